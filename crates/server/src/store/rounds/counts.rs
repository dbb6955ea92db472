//! How many rounds the lists of the dashboard hold.

use db::{Error, Tx, Value};
use domain::ids::{CompanyId, PersonId};
use domain::outsourcing::Status;
use jiff::Timestamp;

use super::lists::{among, conditions};
use super::{Kind, List};
use crate::store::named;

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
/// narrower than a status once more, for one dashboard has nineteen lists and shall not ask nineteen times.
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
        let plain: Vec<Status> = of_kind()
            .filter(|wanted| wanted.is_plain())
            .flat_map(|wanted| wanted.list.statuses)
            .copied()
            .collect();
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
    counted(list.kind, list.name, join, &condition)
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
