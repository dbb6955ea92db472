//! The history of rounds, and which lists the dashboard has over them. A page of a list is in `list`, what narrows and
//! orders it in `filter`, its money in `money`.

pub mod filter;
pub mod list;
pub mod money;
mod order;

use db::{Error, Tx, Value, params};
use domain::ids::{CompanyId, OutsourcingId, PersonId};
use domain::outsourcing::{Side, Status};
use jiff::Timestamp;

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

/// How many rounds of a list ended in a status since then; what the lists of complete work count.
pub fn count_since(
    tx: &mut Tx,
    company: CompanyId,
    list: &List,
    since: Timestamp,
) -> Result<i64, Error> {
    let mut values: Vec<Value> = vec![company.0.into()];
    let condition = conditions(&List { mine: false, ..*list }, PersonId(0), &mut values);
    values.push(since.into());
    let sql = format!("SELECT COUNT(*) FROM outsourcing o WHERE {condition} AND o.since >= $2");
    Ok(tx.one(&sql, &values, |row| row.get(0))?.unwrap_or(0))
}
