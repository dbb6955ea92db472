//! The history of rounds, and the dashboard's lists over them.

use db::{Error, Row, Tx, Value, params};
use domain::ids::{CompanyId, OutsourcingId, PersonId, TicketId};
use domain::money::{Currency, Hours, Money};
use domain::outsourcing::{Side, Status};
use domain::terms::RateType;
use domain::ticket::{Priority, TicketStatus};
use jiff::Timestamp;

use super::{PAGE, maybe_named, named, tickets};

/// One move of a round.
#[derive(Debug, Clone)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What was done, as the name of a [`domain::outsourcing::Move`].
    pub mv: String,
    /// Where it led; empty if the round was removed.
    pub to: Option<Status>,
    /// `lead`, `partner` or `clock`.
    pub side: String,
    /// Who.
    pub person: String,
    /// Why.
    pub reason: String,
}

/// Writes a move down.
pub fn record(tx: &mut Tx, round: OutsourcingId, step: &Step) -> Result<(), Error> {
    tx.run(
        "INSERT INTO round_move (outsourcing_id, at, move, to_status, side, person_name, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &params![round.0, step.at, &step.mv, step.to.map_or("", Status::name), &step.side, &step.person, &step.reason],
    )?;
    Ok(())
}

/// The moves of a round, oldest first. The caller has shown that its company takes part.
pub fn steps(tx: &mut Tx, round: OutsourcingId) -> Result<Vec<Step>, Error> {
    tx.all(
        "SELECT at, move, to_status, side, person_name, reason FROM round_move WHERE outsourcing_id = $1 ORDER BY id LIMIT 1000",
        &params![round.0],
        |row| {
            Ok(Step {
                at: row.get(0)?,
                mv: row.get(1)?,
                to: Status::from_name(&row.get::<String>(2)?),
                side: row.get(3)?,
                person: row.get(4)?,
                reason: row.get(5)?,
            })
        },
    )
}

/// A round as a row of the dashboard (section 14).
#[derive(Debug, Clone)]
pub struct Line {
    /// Key.
    pub id: OutsourcingId,
    /// Our ticket; none while a received offer is not accepted.
    pub ticket: Option<TicketId>,
    /// Its number; empty without a ticket.
    pub number: String,
    /// Its title, or the offer's.
    pub title: String,
    /// Its organization; empty without a ticket.
    pub organization: String,
    /// The other company.
    pub other: String,
    /// The other company's ticket number, once accepted.
    pub other_number: Option<String>,
    /// Status of the round.
    pub status: Status,
    /// Since when.
    pub since: Timestamp,
    /// Status of our ticket.
    pub ticket_status: Option<TicketStatus>,
    /// Priority of our ticket.
    pub priority: Option<Priority>,
    /// Who sent it.
    pub sent_by: String,
    /// When.
    pub sent_at: Option<Timestamp>,
    /// Until when it must be answered.
    pub accept_by: Timestamp,
    /// Due.
    pub due_at: Option<Timestamp>,
    /// Flat or hourly.
    pub rate_type: RateType,
    /// Flat amount or hourly rate.
    pub charge: Money,
    /// Upper limit of hourly work.
    pub hours: Option<Hours>,
    /// Hours billed so far on our ticket by the partner.
    pub used: Hours,
    /// Snapshot of the offer, for its title before acceptance.
    pub snapshot: String,
    /// Where it stands in the order.
    pub place: i64,
}

/// A list of the dashboard: whose side, which statuses, only mine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// As it stands in the address and, with a prefix, in the locale files.
    pub name: &'static str,
    /// Outsourced work (lead) or received work (partner).
    pub side: Side,
    /// Which statuses.
    pub statuses: &'static [Status],
    /// Only what I sent, or where I am primary resource.
    pub mine: bool,
}

use Status as S;
const OPEN: &[Status] = &[S::Assigned, S::Accepted, S::InProgress, S::WaitingApproval];
const WORKING: &[Status] = &[S::Accepted, S::InProgress, S::WaitingApproval];

/// The lists of outsourced work.
pub const OUTSOURCED: [List; 10] = [
    List { name: "my-open", side: Side::Lead, statuses: OPEN, mine: true },
    List { name: "open", side: Side::Lead, statuses: OPEN, mine: false },
    List { name: "unsent", side: Side::Lead, statuses: &[S::Unsent], mine: false },
    List { name: "waiting-acceptance", side: Side::Lead, statuses: &[S::Assigned], mine: false },
    List { name: "accepted", side: Side::Lead, statuses: &[S::Accepted], mine: false },
    List { name: "in-progress", side: Side::Lead, statuses: &[S::InProgress], mine: false },
    List {
        name: "waiting-approval",
        side: Side::Lead,
        statuses: &[S::WaitingApproval],
        mine: false,
    },
    List {
        name: "declined-expired",
        side: Side::Lead,
        statuses: &[S::Declined, S::Expired, S::Returned],
        mine: false,
    },
    List { name: "canceled", side: Side::Lead, statuses: &[S::Canceled], mine: false },
    List { name: "complete", side: Side::Lead, statuses: &[S::Complete], mine: false },
];

/// The lists of received work.
pub const RECEIVED: [List; 8] = [
    List {
        name: "received-waiting-acceptance",
        side: Side::Partner,
        statuses: &[S::Assigned],
        mine: false,
    },
    List { name: "received-my-open", side: Side::Partner, statuses: WORKING, mine: true },
    List { name: "received-open", side: Side::Partner, statuses: WORKING, mine: false },
    List { name: "received-accepted", side: Side::Partner, statuses: &[S::Accepted], mine: false },
    List {
        name: "received-in-progress",
        side: Side::Partner,
        statuses: &[S::InProgress],
        mine: false,
    },
    List {
        name: "received-waiting-approval",
        side: Side::Partner,
        statuses: &[S::WaitingApproval],
        mine: false,
    },
    List { name: "received-complete", side: Side::Partner, statuses: &[S::Complete], mine: false },
    List {
        name: "received-ended",
        side: Side::Partner,
        statuses: &[S::Declined, S::Expired, S::Canceled, S::Returned],
        mine: false,
    },
];

/// What narrows a list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Letters in number, title or the other company's name.
    pub text: String,
    /// Oldest first instead of newest first.
    pub ascending: bool,
    /// Order by deadline instead of since.
    pub by_deadline: bool,
    /// Beyond this place and id.
    pub after: Option<(i64, i64)>,
    /// Rows at most; [`PAGE`] unless an export asks for more.
    pub limit: Option<i64>,
}

fn side_columns(
    side: Side,
) -> (&'static str, &'static str, &'static str, &'static str, &'static str) {
    match side {
        Side::Lead => {
            ("o.lead_company", "o.lead_ticket", "o.partner_ticket", "o.partner_name", "o.sent_by")
        }
        Side::Partner => (
            "o.partner_company",
            "o.partner_ticket",
            "o.lead_ticket",
            "o.lead_name",
            "t.primary_person",
        ),
    }
}

fn conditions(list: &List, person: PersonId, values: &mut Vec<Value>) -> String {
    let (company, _, _, _, mine) = side_columns(list.side);
    let statuses: Vec<String> =
        list.statuses.iter().map(|status| format!("'{}'", status.name())).collect();
    let mut sql = format!("{company} = $1 AND o.status IN ({})", statuses.join(", "));
    if list.mine {
        values.push(person.0.into());
        sql.push_str(&format!(" AND {mine} = ${}", values.len()));
    }
    sql
}

/// A page of a list, one row more than it shows.
pub fn page(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
    list: &List,
    filter: &Filter,
) -> Result<Vec<Line>, Error> {
    let (_, own, other, other_name, _) = side_columns(list.side);
    let mut values: Vec<Value> = vec![company.0.into()];
    let mut sql = conditions(list, person, &mut values);
    let order = if filter.by_deadline { "o.accept_by" } else { "o.since" };
    let (than, direction) = if filter.ascending { (">", "ASC") } else { ("<", "DESC") };
    let text = filter.text.trim().to_lowercase().replace(['%', '_'], "");
    if !text.is_empty() {
        values.push(format!("%{text}%").into());
        let n = values.len();
        sql.push_str(&format!(" AND LOWER(COALESCE(t.number, '') || ' ' || COALESCE(t.title, '') || ' ' || {other_name}) LIKE ${n}"));
    }
    if let Some((place, id)) = filter.after {
        values.push(place.into());
        values.push(id.into());
        let n = values.len();
        sql.push_str(&format!(" AND ({order}, o.id) {than} (${}, ${n})", n - 1));
    }
    values.push((filter.limit.unwrap_or(PAGE) + 1).into());
    let sql = format!(
        "SELECT o.id, t.id, t.number, t.title, g.name, {other_name}, x.number, o.status, o.since, t.status, t.priority, o.sent_name,
                o.sent_at, o.accept_by, COALESCE(t.due_at, o.due_at), o.rate_type, o.currency, o.authorized_charge,
                o.authorized_hours,
                (SELECT CAST(COALESCE(SUM(e.worked - e.deduct), 0) AS BIGINT) FROM link l JOIN time_entry e ON e.item_id = l.copy_item
                  WHERE l.outsourcing_id = o.id AND l.from_side = 'partner'),
                o.snapshot, {order}
           FROM outsourcing o LEFT JOIN ticket t ON t.id = {own} LEFT JOIN organization g ON g.id = t.organization_id
           LEFT JOIN ticket x ON x.id = {other}
          WHERE {sql} ORDER BY {order} {direction}, o.id {direction} LIMIT ${}",
        values.len()
    );
    tx.all(&sql, &values, line)
}

fn line(row: &Row) -> Result<Line, Error> {
    let currency = named(row, 16, Currency::from_code)?;
    let priority: Option<i64> = row.get(10)?;
    Ok(Line {
        id: OutsourcingId(row.get(0)?),
        ticket: row.get::<Option<i64>>(1)?.map(TicketId),
        number: row.get::<Option<String>>(2)?.unwrap_or_default(),
        title: row.get::<Option<String>>(3)?.unwrap_or_default(),
        organization: row.get::<Option<String>>(4)?.unwrap_or_default(),
        other: row.get(5)?,
        other_number: row.get(6)?,
        status: named(row, 7, Status::from_name)?,
        since: row.get(8)?,
        ticket_status: maybe_named(row, 9, TicketStatus::from_name)?,
        priority: priority.and_then(tickets::priority_of),
        sent_by: row.get(11)?,
        sent_at: row.get(12)?,
        accept_by: row.get(13)?,
        due_at: row.get(14)?,
        rate_type: named(row, 15, RateType::from_name)?,
        charge: Money { minor: row.get(17)?, currency },
        hours: row.get::<Option<i64>>(18)?.map(Hours),
        used: Hours(row.get(19)?),
        snapshot: row.get(20)?,
        place: row.get(21)?,
    })
}

/// How many rounds each list holds now.
pub fn count(tx: &mut Tx, company: CompanyId, person: PersonId, list: &List) -> Result<i64, Error> {
    let mut values: Vec<Value> = vec![company.0.into()];
    let condition = conditions(list, person, &mut values);
    let (_, own, ..) = side_columns(list.side);
    let join =
        if list.mine { format!(" LEFT JOIN ticket t ON t.id = {own}") } else { String::new() };
    let found = tx.one(
        &format!("SELECT COUNT(*) FROM outsourcing o{join} WHERE {condition}"),
        &values,
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}
