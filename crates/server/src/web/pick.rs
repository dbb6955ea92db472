//! Small things of lists and pick lists: the query of a page, its address with one value changed, choices.

use super::parts::Choice;
use super::parts::table::Direction;
use crate::http::fields::Fields;
use crate::http::visit::Visit;

/// The query of the page's own address.
pub fn query(visit: &Visit) -> Fields {
    asked(&visit.frame.here)
}

/// The query of an address.
pub fn asked(here: &str) -> Fields {
    let mut fields = Fields::parse(here.split_once('?').map_or("", |(_, query)| query));
    fields.0.retain(|(name, value)| name != "done" && !value.is_empty());
    fields
}

/// The page's address with one value set, or left out if empty.
pub fn address(query: &Fields, name: &str, value: &str) -> String {
    let mut fields = query.clone();
    fields.0.retain(|(key, _)| key != name);
    if !value.is_empty() {
        fields.0.push((name.to_owned(), value.to_owned()));
    }
    format!("?{}", serde_urlencoded::to_string(&fields.0).unwrap_or_default())
}

/// What an address asks to be sorted by: the name of a column, and whether largest first (`-name`).
pub fn sort(query: &Fields) -> (&str, bool) {
    let sort = query.get("sort");
    sort.strip_prefix('-').map_or((sort, false), |name| (name, true))
}

/// Where the head of a column leads: to the list sorted by it, or the other way round.
pub fn sorted_by(query: &Fields, name: &str, now: Option<Direction>) -> String {
    let mut query = query.clone();
    query.0.retain(|(key, _)| key != "after");
    let turned = if now == Some(Direction::Up) { "-" } else { "" };
    address(&query, "sort", &format!("{turned}{name}"))
}

/// The row after which a page begins, as `id~value`.
pub fn after(query: &Fields) -> Option<(String, i64)> {
    let (id, value) = query.get("after").split_once('~')?;
    Some((value.replace('\0', ""), id.parse().ok()?))
}

/// Cuts a list that was read one row too long; whether there was one.
pub fn cut<T>(rows: &mut Vec<T>, page: i64) -> bool {
    let page = usize::try_from(page).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    more
}

/// Choices with «nothing» on top.
pub fn choices<'a>(none: &'a str, list: &'a [(String, String)]) -> Vec<Choice<'a>> {
    std::iter::once(Choice::new("", none))
        .chain(list.iter().map(|(value, label)| Choice::new(value, label)))
        .collect()
}

/// Choices of a filter with «any» on top.
pub fn any<'a>(
    visit: &Visit,
    label: &'static str,
    list: &'a [(String, &'a str)],
) -> Vec<Choice<'a>> {
    let any: &'static str = visit.t(label);
    std::iter::once(Choice::new("", any))
        .chain(list.iter().map(|(value, label)| Choice::new(value, label)))
        .collect()
}
