//! Small things of lists and pick lists: the query of a page, its address with one value changed, choices.

use domain::message::Message;
use maud::{Markup, html};

use super::parts::Choice;
use super::parts::table::Direction;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::store;

/// A list of choices that is read up to a number, and the sentence that says so.
#[derive(Debug, Clone, Copy)]
pub struct Cut(&'static str, usize);

/// Queues.
pub const QUEUES: Cut = Cut("cut-queues", store::queues::PICKED);
/// People.
pub const PEOPLE: Cut = Cut("cut-people", store::people::PICKED);
/// Organizations, where one can look for those that are missing.
pub const ORGANIZATIONS: Cut = Cut("cut-organizations", store::organizations::PICKED);
/// Companies with which there is a partnership.
pub const PARTNERS: Cut = Cut("cut-partners", store::rounds::filter::PICKED);
/// Networks.
pub const NETWORKS: Cut = Cut("cut-networks", store::rounds::filter::PICKED);
/// Lead partners.
pub const LEADS: Cut = Cut("cut-leads", store::partnerships::LEADS);

/// What a page says of so many choices, if they may not be all.
pub fn said(visit: &Visit, cut: Cut, offered: usize) -> Option<String> {
    let Cut(key, most) = cut;
    let sentence =
        || visit.say(&Message::new(key).with("most", i64::try_from(most).unwrap_or(i64::MAX)));
    (offered >= most).then(sentence)
}

/// The same below the fields of a filter row.
pub fn notes(visit: &Visit, lists: &[(Cut, usize)]) -> Markup {
    html! {
        @for sentence in lists.iter().filter_map(|(cut, offered)| said(visit, *cut, *offered)) {
            p.hint { (sentence) }
        }
    }
}

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

/// Which way a column is sorted now, if the list is sorted by it.
pub fn way(sorted: bool, down: bool) -> Option<Direction> {
    sorted.then_some(if down { Direction::Down } else { Direction::Up })
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
