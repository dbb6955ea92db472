//! The history of rounds, and the lists that the dashboard has over them (`lists`): how much each holds is in `counts`, a page
//! of one in `list`, what narrows and orders it in `filter`, its money in `money`.

mod counts;
pub mod filter;
pub mod list;
mod lists;
pub mod money;
mod order;

use db::{Error, Tx, params};
use domain::ids::OutsourcingId;
use domain::outsourcing::Status;
use jiff::Timestamp;

pub use counts::{COUNTED, Wanted, counts};
pub use lists::{Kind, List, NETWORKS, OUTSOURCED, RECEIVED};

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
