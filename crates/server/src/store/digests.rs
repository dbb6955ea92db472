//! Letters about items that wait for quiet (M6): one row for each round and side that is to be told.

use db::{Error, Tx, params};
use domain::ids::{CompanyId, OutsourcingId};
use domain::outsourcing::Side;
use jiff::Timestamp;

use super::named;

/// A letter that waits.
#[derive(Debug, Clone, Copy)]
pub struct Digest {
    /// The first crossing it tells of.
    pub first_crossing: i64,
    /// When that happened.
    pub first_at: Timestamp,
    /// When it is to be written.
    pub due_at: Timestamp,
}

/// The letter that waits for this side of a round. The caller holds the round's lock.
pub fn of(tx: &mut Tx, round: OutsourcingId, to: Side) -> Result<Option<Digest>, Error> {
    tx.one(
        "SELECT first_crossing, first_at, due_at FROM digest WHERE outsourcing_id = $1 AND to_side = $2",
        &params![round.0, to.name()],
        |row| {
            Ok(Digest { first_crossing: row.get(0)?, first_at: row.get(1)?, due_at: row.get(2)? })
        },
    )
}

/// Writes it down, or puts it off.
pub fn put(tx: &mut Tx, round: OutsourcingId, to: Side, digest: &Digest) -> Result<(), Error> {
    tx.run(
        "INSERT INTO digest (outsourcing_id, to_side, first_crossing, first_at, due_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (outsourcing_id, to_side) DO UPDATE SET due_at = excluded.due_at",
        &params![round.0, to.name(), digest.first_crossing, digest.first_at, digest.due_at],
    )?;
    Ok(())
}

/// It is written, or there is nothing left to tell.
pub fn delete(tx: &mut Tx, round: OutsourcingId, to: Side) -> Result<(), Error> {
    tx.run(
        "DELETE FROM digest WHERE outsourcing_id = $1 AND to_side = $2",
        &params![round.0, to.name()],
    )?;
    Ok(())
}

/// Letters that are due: the clock's work, without a company as the clock has none.
pub fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<(OutsourcingId, CompanyId, Side)>, Error> {
    tx.all(
        "SELECT d.outsourcing_id, o.lead_company, d.to_side FROM digest d JOIN outsourcing o ON o.id = d.outsourcing_id
          WHERE d.due_at <= $1 ORDER BY d.due_at LIMIT 100",
        &params![now],
        |row| {
            Ok((
                OutsourcingId(row.get(0)?),
                CompanyId(row.get(1)?),
                named(row, 2, Side::from_name)?,
            ))
        },
    )
}
