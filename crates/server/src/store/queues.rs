//! Queues: where tickets wait.

use db::{Error, Tx, params};
use domain::ids::{CompanyId, QueueId};

use super::returned;

/// A list of queues holds so many; whoever shows one of that length says so.
pub const PICKED: usize = 200;

/// The queues of a company by name, at most [`PICKED`].
pub fn all(tx: &mut Tx, company: CompanyId) -> Result<Vec<(QueueId, String)>, Error> {
    tx.all(
        &format!(
            "SELECT id, name FROM queue WHERE company_id = $1 ORDER BY name, id LIMIT {PICKED}"
        ),
        &params![company.0],
        |row| Ok((QueueId(row.get(0)?), row.get(1)?)),
    )
}

/// What a queue of the company is called.
pub fn name(tx: &mut Tx, company: CompanyId, id: QueueId) -> Result<Option<String>, Error> {
    tx.one(
        "SELECT name FROM queue WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0],
        |row| row.get(0),
    )
}

/// Adds a queue. [`Error::Unique`] if the name is taken.
pub fn create(tx: &mut Tx, company: CompanyId, name: &str) -> Result<QueueId, Error> {
    let id = tx.one(
        "INSERT INTO queue (company_id, name) VALUES ($1, $2) RETURNING id",
        &params![company.0, name],
        |row| row.get(0),
    )?;
    Ok(QueueId(returned(id)?))
}

/// Renames a queue; `false` if it is not the company's.
pub fn rename(tx: &mut Tx, company: CompanyId, id: QueueId, name: &str) -> Result<bool, Error> {
    Ok(tx.run(
        "UPDATE queue SET name = $3 WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0, name],
    )? == 1)
}

/// Whether the queue is the company's.
pub fn has(tx: &mut Tx, company: CompanyId, id: QueueId) -> Result<bool, Error> {
    let found = tx.one(
        "SELECT 1 FROM queue WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}
