//! What an address of the dashboard asks for: list, filters, order, columns. Anything that is not offered is not there.

use domain::ids::{CompanyId, NetworkId, PersonId, QueueId};
use domain::outsourcing::Status;
use jiff::{SignedDuration, Timestamp};

use super::Shown;
use super::columns::Column;
use crate::format::Format;
use crate::http::fields::Fields;
use crate::problem::{Mistakes, Problem};
use crate::store::Span;
use crate::store::rounds::filter::{Filter, Order, Place, Way};
use crate::store::rounds::{Kind, List};
use crate::web::forms::span;

/// The fields that narrow a list, in the order of the filter row.
pub const FILTERS: [&str; 17] = [
    "q",
    "other",
    "network",
    "status",
    "organization",
    "queue",
    "sent_by",
    "overdue",
    "period",
    "since_from",
    "since_to",
    "sent_from",
    "sent_to",
    "accept_from",
    "accept_to",
    "due_from",
    "due_to",
];

/// How far back the lists of complete work go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// The last thirty days.
    Month,
    /// The last ninety days.
    Quarter,
    /// Everything.
    All,
}

impl Period {
    /// Every choice, the standard first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::All];

    /// As it stands in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "30",
            Self::Quarter => "90",
            Self::All => "all",
        }
    }

    fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|period| period.name() == name).unwrap_or(Self::Month)
    }

    /// When it begins.
    pub fn start(self, now: Timestamp) -> Option<Timestamp> {
        let days = match self {
            Self::Month => 30,
            Self::Quarter => 90,
            Self::All => return None,
        };
        now.checked_sub(SignedDuration::from_hours(days * 24)).ok()
    }
}

/// What stands for all statuses in the address of a list that holds only some by itself.
pub const ALL: &str = "all";

/// Whether a list goes back for a period only.
pub fn has_period(list: &List) -> bool {
    list.statuses == [Status::Complete]
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The list.
    pub list: List,
    /// What narrows and orders it.
    pub filter: Filter,
    /// How far it goes back, if it is a list of complete work.
    pub period: Option<Period>,
    /// The columns, if the address names any.
    pub columns: Option<Vec<Column>>,
    /// Dates that are none.
    pub mistakes: Mistakes,
}

/// Reads an address. `shown` is what this person may see: what they may not see orders nothing either, as an order
/// tells about what it orders.
pub fn read(
    query: &Fields,
    lists: &[List],
    format: &Format,
    shown: Shown,
) -> Result<Asked, Problem> {
    let list = list(query, lists)?;
    let mut mistakes = Mistakes::default();
    let period = has_period(&list).then(|| Period::from_name(query.get("period")));
    let (order, way) = order(query.get("sort"), &Column::allowed(list.kind, shown));
    let letters = |name| query.text(name).chars().take(100).collect();
    let mut span = |names| span(query, names, format, &mut mistakes);
    let since = match period {
        Some(period) => Span { from: period.start(format.now), until: None },
        None if list.kind == Kind::Networks => span(("since_from", "since_to")),
        None => Span::default(),
    };
    let filter = Filter {
        text: letters("q"),
        organization: letters("organization"),
        other: query.number("other").map(CompanyId),
        network: query.number("network").map(NetworkId),
        statuses: statuses(query, &list),
        queue: query.number("queue").map(QueueId),
        sent_by: query.number("sent_by").map(PersonId),
        sent: span(("sent_from", "sent_to")),
        accept_by: span(("accept_from", "accept_to")),
        due: span(("due_from", "due_to")),
        since,
        overdue_at: query.ticked("overdue").then_some(format.now),
        order,
        way,
        after: after(query.get("after")),
        ..Filter::default()
    };
    Ok(Asked { list, filter, period, columns: columns(query), mistakes })
}

fn list(query: &Fields, lists: &[List]) -> Result<List, Problem> {
    let name = query.get("list");
    let found =
        if name.is_empty() { lists.first() } else { lists.iter().find(|list| list.name == name) };
    found.copied().ok_or(Problem::NotFound)
}

/// Which of the list's statuses; what is with networks has one list, so that its filter reaches every status.
fn statuses(query: &Fields, list: &List) -> Vec<Status> {
    let reach = if list.kind == Kind::Networks { list.kind.statuses() } else { list.statuses };
    if list.kind == Kind::Networks && query.get("status") == ALL {
        return reach.to_vec();
    }
    query.all("status").filter_map(Status::from_name).filter(|it| reach.contains(it)).collect()
}

/// `-since` is newest first, `since` oldest first.
fn order(sort: &str, columns: &[Column]) -> (Order, Way) {
    let (name, way) = sort.strip_prefix('-').map_or((sort, Way::Up), |name| (name, Way::Down));
    columns
        .iter()
        .filter_map(|column| column.order())
        .find(|order| order.name() == name)
        .map_or((Order::Since, Way::Down), |order| (order, way))
}

fn columns(query: &Fields) -> Option<Vec<Column>> {
    query.has("columns").then(|| Column::list(query.all("columns").flat_map(|it| it.split(','))))
}

/// The last row of the page before, as [`cursor`] wrote it.
fn after(typed: &str) -> Option<(Place, i64)> {
    let (place, id) = typed.rsplit_once('_')?;
    let id = id.parse().ok()?;
    let place = match place.split_at_checked(1)? {
        ("x", "") => Place::Nowhere,
        ("n", number) => Place::Number(number.parse().ok()?),
        ("t", text) => Place::Text(text.replace('\0', "")),
        _ => return None,
    };
    Some((place, id))
}

/// Where the next page begins.
pub fn cursor(place: &Place, id: i64) -> String {
    match place {
        Place::Nowhere => format!("x_{id}"),
        Place::Number(number) => format!("n{number}_{id}"),
        Place::Text(text) => format!("t{text}_{id}"),
    }
}

/// What of an address is kept in a view: list, filters, order and columns, nothing of the moment.
pub fn kept(query: &Fields, columns: &[Column]) -> String {
    let mut kept = Fields::default();
    let names = ["list", "sort"].into_iter().chain(FILTERS);
    for name in names {
        kept.0.extend(query.all(name).map(|value| (name.to_owned(), value.to_owned())));
    }
    kept.0.push(("columns".into(), Column::names(columns)));
    serde_urlencoded::to_string(&kept.0).unwrap_or_default()
}

/// Whether anything narrows the list.
pub fn is_narrowed(query: &Fields) -> bool {
    FILTERS.iter().any(|name| !query.get(name).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for place in [
            Place::Nowhere,
            Place::Number(-5),
            Place::Text("a_b".into()),
            Place::Text(String::new()),
        ] {
            assert_eq!(after(&cursor(&place, 7)), Some((place, 7)));
        }
        for odd in ["", "_", "7", "n_7", "nx_7", "q1_7", "t", "ä_1", "x1_7"] {
            assert_eq!(after(odd), None, "{odd}");
        }
    }

    #[test]
    fn nothing_of_the_moment_is_kept() {
        let query = Fields::parse(
            "list=open&after=n1_2&q=a%20b&status=assigned&status=accepted&view=3&done=x",
        );
        assert_eq!(
            kept(&query, &[Column::Title, Column::Margin]),
            "list=open&q=a+b&status=assigned&status=accepted&columns=title%2Cmargin"
        );
    }
}
