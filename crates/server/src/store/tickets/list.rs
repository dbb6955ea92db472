//! Lists of tickets: what narrows and orders them, a page at a time.

use db::{Error, Row, Tx, Value};
use domain::ids::{CompanyId, OrganizationId, PersonId, QueueId, TicketId};
use domain::outsourcing::Status;
use domain::ticket::{Priority, TicketStatus};
use jiff::Timestamp;

use super::priority;
use crate::store::{PAGE, maybe_named, named, search};

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
    /// Queue's name.
    pub queue: String,
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
pub fn page(tx: &mut Tx, company: CompanyId, filter: &Filter) -> Result<Vec<Line>, Error> {
    let mut values: Vec<Value> = vec![company.0.into()];
    let mut conditions = vec!["t.company_id = $1".to_owned()];
    match filter.which {
        Which::Open => conditions.push("t.is_open = 1".into()),
        Which::All => {}
        Which::In(status) => {
            values.push(status.name().into());
            conditions.push(format!("t.status = ${}", values.len()));
        }
    }
    let ids = [
        ("t.queue_id", filter.queue.map(|id| id.0)),
        ("t.primary_person", filter.person.map(|id| id.0)),
        ("t.organization_id", filter.organization.map(|id| id.0)),
    ];
    for (column, id) in ids {
        if let Some(id) = id {
            values.push(id.into());
            conditions.push(format!("{column} = ${}", values.len()));
        }
    }
    if !filter.text.trim().is_empty() {
        match search::condition(tx.dialect(), company, &filter.text, values.len() + 1) {
            Some((sql, query)) => {
                values.push(query.into());
                conditions.push(sql);
            }
            None => return Ok(Vec::new()),
        }
    }
    let column = filter.order.column();
    let (than, direction) = if filter.descending { ("<", "DESC") } else { (">", "ASC") };
    if let Some((place, id)) = filter.after {
        values.push(place.into());
        values.push(id.into());
        let n = values.len();
        conditions.push(format!("({column}, t.id) {than} (${}, ${n})", n - 1));
    }
    values.push((PAGE + 1).into());
    let tie = if column == "t.id" { String::new() } else { format!(", t.id {direction}") };
    let sql = format!(
        "SELECT t.id, t.number, t.title, o.name, t.status, t.priority, q.name, p.first_name, p.last_name, t.due_at,
                t.activity_at, t.outsourced_to, t.outsource_status, t.insourced_from, {column}
           FROM ticket t JOIN organization o ON o.id = t.organization_id JOIN queue q ON q.id = t.queue_id
           LEFT JOIN person p ON p.id = t.primary_person
          WHERE {} ORDER BY {column} {direction}{tie} LIMIT ${}",
        conditions.join(" AND "),
        values.len()
    );
    tx.all(&sql, &values, line)
}

fn line(row: &Row) -> Result<Line, Error> {
    let first: Option<String> = row.get(7)?;
    Ok(Line {
        id: TicketId(row.get(0)?),
        number: row.get(1)?,
        title: row.get(2)?,
        organization: row.get(3)?,
        status: named(row, 4, TicketStatus::from_name)?,
        priority: priority(row, 5)?,
        queue: row.get(6)?,
        person: match first {
            Some(first) => Some(format!("{first} {}", row.get::<String>(8)?)),
            None => None,
        },
        due_at: row.get(9)?,
        activity_at: row.get(10)?,
        outsourced_to: row.get(11)?,
        outsource_status: maybe_named(row, 12, Status::from_name)?,
        insourced_from: row.get(13)?,
        place: row.get(14)?,
    })
}
