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

use super::named;

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

/// The company's rounds of a side in one of these statuses, given by their names.
fn among(side: Side, statuses: &[&str]) -> String {
    format!("{} = $1 AND o.status IN ('{}')", side_columns(side).0, statuses.join("', '"))
}

fn conditions(list: &List, person: PersonId, values: &mut Vec<Value>) -> String {
    let (.., mine) = side_columns(list.side);
    let statuses: Vec<&str> = list.statuses.iter().map(|status| status.name()).collect();
    let mut sql = among(list.side, &statuses);
    if list.mine {
        values.push(person.0.into());
        sql.push_str(&format!(" AND {mine} = ${}", values.len()));
    }
    sql
}

/// A list to be counted; lists of complete work count from a point in time on.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// The list.
    pub list: List,
    /// Only rounds whose status is at least as young.
    pub since: Option<Timestamp>,
}

impl Wanted {
    /// Whether the numbers by status answer it.
    fn is_plain(&self) -> bool {
        !self.list.mine && self.since.is_none()
    }

    fn part(&self) -> &'static str {
        if self.is_plain() { "" } else { self.list.name }
    }
}

/// How many rounds each of these lists holds now, in their order. One statement counts them all: by status, and what is
/// narrower than a status once more, for one dashboard has eighteen lists and shall not ask eighteen times.
pub fn counts(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
    wanted: &[Wanted],
) -> Result<Vec<i64>, Error> {
    let mut values: Vec<Value> = vec![company.0.into()];
    let mut parts: Vec<String> = Vec::new();
    for side in Side::ALL {
        let of_side = || wanted.iter().filter(|wanted| wanted.list.side == side);
        let plain: Vec<&str> = of_side()
            .filter(|wanted| wanted.is_plain())
            .flat_map(|wanted| wanted.list.statuses)
            .map(|status| status.name())
            .collect();
        if !plain.is_empty() {
            let condition = among(side, &plain);
            parts.push(counted(side, "", "", &condition));
        }
        for narrow in of_side().filter(|wanted| !wanted.is_plain()) {
            parts.push(narrowed(narrow, person, &mut values));
        }
    }
    let found = tx.all(&parts.join(" UNION ALL "), &values, |row| {
        Ok(Counted {
            side: named(row, 0, Side::from_name)?,
            part: row.get(1)?,
            status: named(row, 2, Status::from_name)?,
            rounds: row.get(3)?,
        })
    })?;
    Ok(wanted.iter().map(|wanted| rounds_in(wanted, &found)).collect())
}

struct Counted {
    side: Side,
    part: String,
    status: Status,
    rounds: i64,
}

fn narrowed(wanted: &Wanted, person: PersonId, values: &mut Vec<Value>) -> String {
    let list = &wanted.list;
    let mut condition = conditions(list, person, values);
    if let Some(since) = wanted.since {
        values.push(since.into());
        condition.push_str(&format!(" AND o.since >= ${}", values.len()));
    }
    // What is mine as a partner stands on the ticket.
    let join = match list.side {
        Side::Partner if list.mine => " JOIN ticket t ON t.id = o.partner_ticket",
        _ => "",
    };
    counted(list.side, list.name, join, &condition)
}

fn counted(side: Side, part: &str, join: &str, condition: &str) -> String {
    format!(
        "SELECT '{}', '{part}', o.status, COUNT(*) FROM outsourcing o{join} WHERE {condition} GROUP BY o.status",
        side.name()
    )
}

fn rounds_in(wanted: &Wanted, found: &[Counted]) -> i64 {
    found
        .iter()
        .filter(|counted| counted.side == wanted.list.side && counted.part == wanted.part())
        .filter(|counted| wanted.list.statuses.contains(&counted.status))
        .map(|counted| counted.rounds)
        .sum()
}
