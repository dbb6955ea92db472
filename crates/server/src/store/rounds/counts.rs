//! How many rounds the lists of the dashboard hold.

use db::{Error, Tx, Value};
use domain::ids::{CompanyId, PersonId};
use domain::outsourcing::Status;
use jiff::Timestamp;

use super::lists::{among, conditions};
use super::{Kind, List};
use crate::store::named;

/// A list that grows for ever is counted up to here: what it holds beyond, nobody needs to know to the last round.
pub const COUNTED: i64 = 100;

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
        !self.list.mine && self.since.is_none() && !self.is_capped()
    }

    /// Whether it is counted up to [`COUNTED`] only: what has ended, ever.
    fn is_capped(&self) -> bool {
        self.since.is_none() && self.list.has_ended()
    }

    fn part(&self) -> &'static str {
        if self.is_plain() { "" } else { self.list.name }
    }
}

/// How many rounds each of these lists holds now, in their order; of what has ended, ever, at most [`COUNTED`]. One
/// statement counts them all: by status, and what is narrower than a status once more, for one dashboard has nineteen
/// lists and shall not ask nineteen times.
pub fn counts(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
    wanted: &[Wanted],
) -> Result<Vec<i64>, Error> {
    let mut values: Vec<Value> = vec![company.0.into()];
    let mut parts: Vec<String> = Vec::new();
    for kind in Kind::ALL {
        let of_kind = || wanted.iter().filter(|wanted| wanted.list.kind == kind);
        let is_plain = |status: &Status| {
            let mut plain = of_kind().filter(|wanted| wanted.is_plain());
            plain.any(|wanted| wanted.list.statuses.contains(status))
        };
        let plain: Vec<Status> = kind.statuses().iter().copied().filter(is_plain).collect();
        if !plain.is_empty() {
            let condition = among(kind, &plain);
            parts.push(counted(kind, "", "", &condition));
        }
        for narrow in of_kind().filter(|wanted| !wanted.is_plain()) {
            parts.push(narrowed(narrow, person, &mut values));
        }
    }
    let found = tx.all(&parts.join(" UNION ALL "), &values, |row| {
        Ok(Counted {
            kind: named(row, 0, Kind::from_name)?,
            part: row.get(1)?,
            status: named(row, 2, Status::from_name)?,
            rounds: row.get(3)?,
        })
    })?;
    Ok(wanted.iter().map(|wanted| rounds_in(wanted, &found)).collect())
}

struct Counted {
    kind: Kind,
    part: String,
    status: Status,
    rounds: i64,
}

fn narrowed(wanted: &Wanted, person: PersonId, values: &mut Vec<Value>) -> String {
    let list = &wanted.list;
    let mut condition = conditions(list, list.statuses, person, values);
    if let Some(since) = wanted.since {
        values.push(since.into());
        condition.push_str(&format!(" AND o.since >= ${}", values.len()));
    }
    // What is mine as a partner stands on the ticket.
    let join = match list.kind {
        Kind::Received if list.mine => " JOIN ticket t ON t.id = o.partner_ticket",
        _ => "",
    };
    if wanted.is_capped() {
        return capped(list, &condition);
    }
    counted(list.kind, list.name, join, &condition)
}

/// Counts at most so many, under the list's first status.
fn capped(list: &List, condition: &str) -> String {
    format!(
        "SELECT '{}', '{}', '{}', COUNT(*) FROM (SELECT 1 FROM {} o WHERE {condition} LIMIT {COUNTED}) ended",
        list.kind.name(),
        list.name,
        list.statuses.first().map_or("", |status| status.name()),
        list.kind.table()
    )
}

fn counted(kind: Kind, part: &str, join: &str, condition: &str) -> String {
    format!(
        "SELECT '{}', '{part}', o.status, COUNT(*) FROM {} o{join} WHERE {condition} GROUP BY o.status",
        kind.name(),
        kind.table()
    )
}

fn rounds_in(wanted: &Wanted, found: &[Counted]) -> i64 {
    found
        .iter()
        .filter(|counted| counted.kind == wanted.list.kind && counted.part == wanted.part())
        .filter(|counted| wanted.list.statuses.contains(&counted.status))
        .map(|counted| counted.rounds)
        .sum()
}
