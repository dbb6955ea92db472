//! What narrows and orders a list of rounds, said in SQL. What the partner may not see any more it cannot ask for either.

use db::{Tx, Value};
use domain::ids::{CompanyId, NetworkId, PersonId, QueueId};
use domain::outsourcing::{Side, Status};
use domain::ticket::Priority;
use jiff::Timestamp;

use super::list::own_item;
use super::lists::conditions;
pub use super::order::Order;
use super::{Kind, List};
use crate::store::{PAGE, Span, search};

/// Which end comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Smallest or oldest first.
    Up,
    /// Largest or newest first.
    Down,
}

/// Where a row stands in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Behind everything that has a value.
    Nowhere,
    /// By a number or an instant.
    Number(i64),
    /// By a text.
    Text(String),
}

/// What narrows and orders a list.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Letters in number, title or the other company's name.
    pub text: String,
    /// Letters in the name of our ticket's organization.
    pub organization: String,
    /// With this company on the other side.
    pub other: Option<CompanyId>,
    /// With this network.
    pub network: Option<NetworkId>,
    /// Only these statuses; those of the list if empty.
    pub statuses: Vec<Status>,
    /// Our ticket is in this queue.
    pub queue: Option<QueueId>,
    /// Sent by this person of ours.
    pub sent_by: Option<PersonId>,
    /// When it was sent.
    pub sent: Span,
    /// Until when it must be answered.
    pub accept_by: Span,
    /// Until when it must be done.
    pub due: Span,
    /// In its status since when.
    pub since: Span,
    /// Only what was overdue at this instant.
    pub overdue_at: Option<Timestamp>,
    /// Order.
    pub order: Order,
    /// Its direction.
    pub way: Way,
    /// Beyond this row: its place and id.
    pub after: Option<(Place, i64)>,
    /// Rows at most.
    pub limit: i64,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            text: String::new(),
            organization: String::new(),
            other: None,
            network: None,
            statuses: Vec::new(),
            queue: None,
            sent_by: None,
            sent: Span::default(),
            accept_by: Span::default(),
            due: Span::default(),
            since: Span::default(),
            overdue_at: None,
            order: Order::Since,
            way: Way::Down,
            after: None,
            limit: PAGE,
        }
    }
}

/// The partner may see what an offer is about while it is open, and from acceptance on (section 19, rule 6).
const KNOWN: &str = "(t.id IS NOT NULL OR o.status = 'assigned')";

/// An expression that is there for this side.
pub(super) fn known(side: Side, expression: &str) -> String {
    match side {
        Side::Lead => expression.to_owned(),
        Side::Partner => format!("CASE WHEN {KNOWN} THEN {expression} END"),
    }
}

/// The title of our ticket, or the offer's.
pub(super) fn title(side: Side) -> String {
    match side {
        Side::Lead => "t.title".to_owned(),
        Side::Partner => format!("COALESCE(t.title, {})", known(side, "o.offer_title")),
    }
}

/// When the work is due: as agreed, else as our ticket says. With a network nothing is agreed.
pub(super) fn due(kind: Kind) -> String {
    match kind {
        Kind::Networks => "t.due_at".to_owned(),
        Kind::Outsourced | Kind::Received => known(kind.side(), "COALESCE(o.due_at, t.due_at)"),
    }
}

/// The priority of our ticket, or the offer's.
pub(super) fn priority(side: Side) -> String {
    if side == Side::Lead {
        return "t.priority".to_owned();
    }
    let offered: Vec<String> = Priority::ALL
        .iter()
        .enumerate()
        .map(|(place, priority)| format!("WHEN '{}' THEN {place}", priority.name()))
        .collect();
    let offered = format!("CASE o.offer_priority {} END", offered.join(" "));
    format!("COALESCE(t.priority, {})", known(side, &offered))
}

/// Hours to bill that this side can see of the partner's work; nothing if there is no entry.
pub(super) fn billed(side: Side) -> String {
    format!(
        "(SELECT CAST(SUM(e.worked - e.deduct) AS BIGINT) FROM link l JOIN time_entry e ON e.item_id = {}
           WHERE l.outsourcing_id = o.id AND l.from_side = 'partner' AND e.company_id = $1)",
        own_item(side)
    )
}

/// The parts of the statement that picks the rows of a page.
pub(super) struct Picked {
    /// Where the rows are.
    pub table: &'static str,
    /// The tables that conditions and order speak of; a join for nothing costs a look-up per row.
    pub joins: String,
    /// Conditions.
    pub conditions: String,
    /// Ends with the id, so that no two rows stand at one place.
    pub order: String,
    /// The place of a row; NULL if it has none.
    pub place: String,
    /// Parameters; the first is the company.
    pub values: Vec<Value>,
}

struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// `?` in the condition is the value.
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.sql.push(condition.replace('?', &format!("${}", self.values.len())));
    }

    fn span(&mut self, expression: &str, span: Span) {
        if let Some(from) = span.from {
            self.add(&format!("{expression} >= ?"), from);
        }
        if let Some(until) = span.until {
            self.add(&format!("{expression} < ?"), until);
        }
    }

    /// Letters anywhere in a text. `SQLite` lowers no umlauts: the second pattern finds them as they were typed.
    fn letters(&mut self, expression: &str, typed: &str) {
        let escaped = typed.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        self.values.push(format!("%{}%", escaped.to_lowercase()).into());
        self.values.push(format!("%{escaped}%").into());
        let n = self.values.len();
        self.sql.push(format!(
            "(LOWER({expression}) LIKE ${} ESCAPE '!' OR {expression} LIKE ${n} ESCAPE '!')",
            n - 1
        ));
    }
}

/// Says a list and its filter in SQL over `o` (round), `t` (our ticket), `g` (its organization), `x` (their ticket).
pub(super) fn picked(company: CompanyId, person: PersonId, list: &List, filter: &Filter) -> Picked {
    let kind = list.kind;
    let mut values: Vec<Value> = vec![company.0.into()];
    let asked = Some(filter.statuses.as_slice()).filter(|statuses| !statuses.is_empty());
    let first = conditions(list, asked.unwrap_or(list.statuses), person, &mut values);
    let mut all = Conditions { sql: vec![first], values };
    narrow(&mut all, kind, filter);
    let place = filter.order.expression(kind);
    let (than, way) = match filter.way {
        Way::Up => (">", "ASC"),
        Way::Down => ("<", "DESC"),
    };
    // The rows without a value are behind the others, whichever way one looks.
    let (absent, present) = if filter.way == Way::Up { (1, 0) } else { (0, 1) };
    let rank = format!("CASE WHEN {place} IS NULL THEN {absent} ELSE {present} END");
    let nothing = if filter.order.is_text() { "''" } else { "0" };
    let always = filter.order.is_always_there(kind);
    let keys = if always {
        vec![place.clone()]
    } else {
        vec![rank, format!("COALESCE({place}, {nothing})")]
    };
    if let Some((after, id)) = &filter.after {
        let gap = Gap { always, absent, present };
        beyond(&mut all, filter.order, (&keys, than), (after, *id), &gap);
    }
    let order: Vec<String> =
        keys.iter().map(String::as_str).chain(["o.id"]).map(|key| format!("{key} {way}")).collect();
    let (conditions, order) = (all.sql.join(" AND "), order.join(", "));
    let joins = needed_joins(kind, &format!(" {conditions} {order}"));
    Picked { table: kind.table(), joins, conditions, order, place, values: all.values }
}

/// Every table of a page.
pub(super) fn joins(kind: Kind) -> [String; 3] {
    let theirs = |other| format!(" LEFT JOIN ticket x ON x.id = {other}");
    [
        format!(" LEFT JOIN ticket t ON t.id = {}", kind.own_ticket()),
        " LEFT JOIN organization g ON g.id = t.organization_id".to_owned(),
        kind.other_ticket().map(theirs).unwrap_or_default(),
    ]
}

fn needed_joins(kind: Kind, sql: &str) -> String {
    let speaks_of =
        |alias: char| sql.contains(&format!(" {alias}.")) || sql.contains(&format!("({alias}."));
    let [ticket, organization, theirs] = joins(kind);
    let wanted = [
        (speaks_of('t') || speaks_of('g'), ticket),
        (speaks_of('g'), organization),
        (speaks_of('x'), theirs),
    ];
    wanted.into_iter().filter(|(needed, _)| *needed).map(|(_, join)| join).collect()
}

/// How rows without a value are kept behind the others.
struct Gap {
    always: bool,
    absent: u8,
    present: u8,
}

fn narrow(all: &mut Conditions, kind: Kind, filter: &Filter) {
    whom(all, kind, filter);
    if let Some(queue) = filter.queue {
        all.add("t.queue_id = ?", queue.0);
    }
    if let Some(person) = filter.sent_by.filter(|_| kind.side() == Side::Lead) {
        all.add("o.sent_by = ?", person.0);
    }
    let organization = search::fold(filter.organization.trim());
    if !organization.is_empty() {
        let escaped = organization.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        all.add("g.name_key LIKE ? ESCAPE '!'", format!("%{escaped}%"));
    }
    let text = filter.text.trim();
    if !text.is_empty() {
        all.letters(&haystack(kind), text);
    }
    all.span("o.sent_at", filter.sent);
    all.span("o.since", filter.since);
    all.span(&due(kind), filter.due);
    if kind != Kind::Networks {
        all.span("o.accept_by", filter.accept_by);
    }
    if let Some(now) = filter.overdue_at {
        all.add(&overdue(kind), now);
    }
}

/// With whom it is.
fn whom(all: &mut Conditions, kind: Kind, filter: &Filter) {
    let (column, id) = match kind {
        Kind::Outsourced => ("o.partner_company", filter.other.map(|company| company.0)),
        Kind::Received => ("o.lead_company", filter.other.map(|company| company.0)),
        Kind::Networks => ("o.network_id", filter.network.map(|network| network.0)),
    };
    if let Some(id) = id {
        all.add(&format!("{column} = ?"), id);
    }
}

/// Where letters are looked for: the numbers, the title, the name of the other side.
fn haystack(kind: Kind) -> String {
    let side = kind.side();
    let mut parts = vec![
        "COALESCE(t.number, '')".to_owned(),
        format!("COALESCE({}, '')", title(side)),
        kind.other_name().to_owned(),
    ];
    if kind.other_ticket().is_some() {
        parts.push(format!("COALESCE({}, '')", known(side, "x.number")));
    }
    format!("({})", parts.join(" || ' ' || "))
}

/// Whether a deadline has passed: for an answer, or for work that has not ended. A network owes no answer.
fn overdue(kind: Kind) -> String {
    let ended: Vec<String> = Status::ALL
        .iter()
        .filter(|status| status.has_ended())
        .map(|status| format!("'{}'", status.name()))
        .collect();
    let work = format!("o.status NOT IN ({}) AND {} < ?", ended.join(", "), due(kind));
    match kind {
        Kind::Networks => format!("({work})"),
        Kind::Outsourced | Kind::Received => {
            format!("((o.status = 'assigned' AND o.accept_by < ?) OR ({work}))")
        }
    }
}

/// Only what comes after a row. A place of the wrong kind (an address that was tampered with) begins at the start.
fn beyond(
    all: &mut Conditions,
    order: Order,
    (keys, than): (&[String], &str),
    (after, id): (&Place, i64),
    gap: &Gap,
) {
    let value: Value = match after {
        Place::Nowhere if gap.always => return,
        Place::Nowhere if order.is_text() => "".into(),
        Place::Nowhere => 0.into(),
        Place::Number(number) if !order.is_text() => (*number).into(),
        Place::Text(text) if order.is_text() => text.as_str().into(),
        Place::Number(_) | Place::Text(_) => return,
    };
    all.values.push(value);
    all.values.push(id.into());
    let n = all.values.len();
    let rank = match (gap.always, after) {
        (true, _) => String::new(),
        (false, Place::Nowhere) => format!("{}, ", gap.absent),
        (false, _) => format!("{}, ", gap.present),
    };
    all.sql.push(format!("({}, o.id) {than} ({rank}${}, ${n})", keys.join(", "), n - 1));
}

/// A list of those on the other side holds so many; whoever shows one of that length says so.
pub const PICKED: usize = 500;

/// Those who were ever on the other side, for the choice of a filter: id and name, at most [`PICKED`].
pub fn others(
    tx: &mut Tx,
    company: CompanyId,
    kind: Kind,
) -> Result<Vec<(i64, String)>, db::Error> {
    let partners = |own: &str, other: &str| {
        format!(
            "SELECT c.id, c.name FROM partnership p JOIN company c ON c.id = p.{other} WHERE p.{own} = $1 ORDER BY c.name, c.id LIMIT {PICKED}"
        )
    };
    let sql = match kind {
        Kind::Outsourced => partners("lead_company", "partner_company"),
        Kind::Received => partners("partner_company", "lead_company"),
        Kind::Networks => format!(
            "SELECT id, name FROM network WHERE company_id = $1 AND used_at IS NOT NULL ORDER BY name_key, id LIMIT {PICKED}"
        ),
    };
    tx.all(&sql, &db::params![company.0], |row| Ok((row.get(0)?, row.get(1)?)))
}
