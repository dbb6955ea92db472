//! Lists of tickets: what narrows and orders them, a page at a time.

use db::{Error, Row, Tx, Value};
use domain::ids::{CompanyId, OrganizationId, PersonId, QueueId, TicketId};
use domain::outsourcing::Status;
use domain::ticket::{Priority, TicketStatus};
use jiff::Timestamp;

use super::priority;
use crate::store::search::{self, Kept};
use crate::store::{PAGE, maybe_named, named};

/// A ticket as a row of a list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Key.
    pub id: TicketId,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Organization's name.
    pub organization: String,
    /// Status.
    pub status: TicketStatus,
    /// Priority.
    pub priority: Priority,
    /// Primary resource's name.
    pub person: Option<String>,
    /// Due.
    pub due_at: Option<Timestamp>,
    /// Last activity.
    pub activity_at: Timestamp,
    /// Partner it is with.
    pub outsourced_to: Option<String>,
    /// Status of that round.
    pub outsource_status: Option<Status>,
    /// Lead partner it came from.
    pub insourced_from: Option<String>,
    /// Where this row stands in the order (see [`Order`]).
    pub place: i64,
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Last activity.
    Activity,
    /// Number, that is age.
    Number,
    /// Due date, none last.
    Due,
    /// Priority.
    Priority,
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 4] = [Self::Activity, Self::Number, Self::Due, Self::Priority];

    /// As it stands in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Number => "number",
            Self::Due => "due",
            Self::Priority => "priority",
        }
    }

    /// From an address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    fn column(self) -> &'static str {
        match self {
            Self::Activity => "t.activity_at",
            Self::Number => "t.id",
            Self::Due => "t.due_order",
            Self::Priority => "t.priority",
        }
    }
}

/// Which tickets of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Not complete.
    Open,
    /// Every ticket.
    All,
    /// In this status.
    In(TicketStatus),
}

impl Which {
    /// Where a search for them looks.
    fn kept(self) -> &'static [Kept] {
        match self {
            Self::Open => &[Kept::Open],
            Self::All => &[Kept::Open, Kept::Done],
            Self::In(status) => match Kept::of(status) {
                Kept::Open => &[Kept::Open],
                Kept::Done => &[Kept::Done],
            },
        }
    }
}

/// What a list of tickets shows, and in which order.
#[derive(Debug, Clone)]
pub struct Filter {
    /// By status.
    pub which: Which,
    /// Words to find.
    pub text: String,
    /// Of this queue.
    pub queue: Option<QueueId>,
    /// Of this primary resource.
    pub person: Option<PersonId>,
    /// Of this organization.
    pub organization: Option<OrganizationId>,
    /// Order.
    pub order: Order,
    /// Whether largest or newest comes first.
    pub descending: bool,
    /// Beyond this place and id (the last row of the page before).
    pub after: Option<(i64, i64)>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            which: Which::Open,
            text: String::new(),
            queue: None,
            person: None,
            organization: None,
            order: Order::Activity,
            descending: true,
            after: None,
        }
    }
}

/// A page of a list, one row more than a page shows.
///
/// The rows are chosen before their names are looked up: a search that finds thousands orders keys, not whole lines.
/// Open tickets and done ones are chosen apart, as each have an index for every order.
pub fn page(tx: &mut Tx, company: CompanyId, filter: &Filter) -> Result<Vec<Line>, Error> {
    let mut values: Vec<Value> = vec![company.0.into(), (PAGE + 1).into()];
    let narrowed = narrowed(filter, &mut values);
    let column = filter.order.column();
    let direction = if filter.descending { "DESC" } else { "ASC" };
    let mut parts = Vec::new();
    for kept in filter.which.kept() {
        let (mut from, mut and) = ("ticket t".to_owned(), "");
        if !filter.text.trim().is_empty() {
            let at = values.len() + 1;
            let found = search::found(tx.dialect(), company, *kept, &filter.text, at);
            let Some(found) = found else { return Ok(Vec::new()) };
            values.push(found.words.into());
            (from, and) = (found.from, found.and);
        }
        let open = i64::from(*kept == Kept::Open);
        parts.push(format!(
            "SELECT * FROM (SELECT t.id, {column} AS place FROM {from}
              WHERE t.company_id = $1 AND t.is_open = {open}{narrowed}{and}
              ORDER BY {column} {direction}, t.id {direction} LIMIT $2) AS kept_{open}"
        ));
    }
    let parts = parts.join(" UNION ALL ");
    let sql = format!(
        "WITH chosen AS MATERIALIZED (SELECT id, place FROM ({parts}) AS parts ORDER BY place {direction}, id {direction} LIMIT $2)
         SELECT t.id, t.number, t.title, o.name, t.status, t.priority, p.first_name, p.last_name, t.due_at, t.activity_at,
                t.outsourced_to, t.outsource_status, t.insourced_from, chosen.place
           FROM chosen CROSS JOIN ticket t JOIN organization o ON o.id = t.organization_id
           LEFT JOIN person p ON p.id = t.primary_person
          WHERE t.id = chosen.id ORDER BY chosen.place {direction}, chosen.id {direction}"
    );
    tx.all(&sql, &values, line)
}

/// What narrows the list, but for the words to find.
fn narrowed(filter: &Filter, values: &mut Vec<Value>) -> String {
    let mut conditions = String::new();
    let status = match filter.which {
        // The done ones are all in this one status.
        Which::Open | Which::All | Which::In(TicketStatus::Complete) => None,
        Which::In(status) => Some(Value::from(status.name())),
    };
    let id = |id: Option<i64>| id.map(Value::from);
    let equal = [
        ("t.status", status),
        ("t.queue_id", id(filter.queue.map(|id| id.0))),
        ("t.primary_person", id(filter.person.map(|id| id.0))),
        ("t.organization_id", id(filter.organization.map(|id| id.0))),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            values.push(value);
            conditions.push_str(&format!(" AND {column} = ${}", values.len()));
        }
    }
    if let Some((place, id)) = filter.after {
        let (column, than) = (filter.order.column(), if filter.descending { "<" } else { ">" });
        values.extend([place.into(), id.into()]);
        let n = values.len();
        conditions.push_str(&format!(" AND ({column}, t.id) {than} (${}, ${n})", n - 1));
    }
    conditions
}

fn line(row: &Row) -> Result<Line, Error> {
    let first: Option<String> = row.get(6)?;
    Ok(Line {
        id: TicketId(row.get(0)?),
        number: row.get(1)?,
        title: row.get(2)?,
        organization: row.get(3)?,
        status: named(row, 4, TicketStatus::from_name)?,
        priority: priority(row, 5)?,
        person: match first {
            Some(first) => Some(format!("{first} {}", row.get::<String>(7)?)),
            None => None,
        },
        due_at: row.get(8)?,
        activity_at: row.get(9)?,
        outsourced_to: row.get(10)?,
        outsource_status: maybe_named(row, 11, Status::from_name)?,
        insourced_from: row.get(12)?,
        place: row.get(13)?,
    })
}
