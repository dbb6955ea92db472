//! Failed tries by name (an address, a person): who tries too often waits longer each time.

use db::{Error, Tx, params};
use jiff::{SignedDuration, Timestamp};

/// This many failures cost nothing.
const FREE: i64 = 5;
/// Failures older than this are forgotten.
const MEMORY: SignedDuration = SignedDuration::from_mins(15);

/// Until when this name must wait, if it must.
pub fn blocked_until(tx: &mut Tx, name: &str, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    tx.one(
        "SELECT blocked_until FROM throttle WHERE name = $1 AND blocked_until > $2",
        &params![name, now],
        |row| row.get(0),
    )
}

/// Writes down a failure. From the sixth on each doubles the wait, up to a quarter of an hour.
pub fn fail(tx: &mut Tx, name: &str, now: Timestamp) -> Result<(), Error> {
    let fresh = now.saturating_sub(MEMORY).unwrap_or(Timestamp::UNIX_EPOCH);
    let failures: Option<i64> = tx.one(
        "INSERT INTO throttle (name, failures, blocked_until, updated_at) VALUES ($1, 1, 0, $2)
         ON CONFLICT (name) DO UPDATE SET
           failures = CASE WHEN throttle.updated_at < $3 THEN 1 ELSE throttle.failures + 1 END,
           updated_at = $2
         RETURNING failures",
        &params![name, now, fresh],
        |row| row.get(0),
    )?;
    let over = failures.unwrap_or(0).saturating_sub(FREE).clamp(0, 10);
    if over > 0 {
        let seconds = (1_i64 << over).min(900);
        let until = now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now);
        tx.run("UPDATE throttle SET blocked_until = $2 WHERE name = $1", &params![name, until])?;
    }
    Ok(())
}

/// Forgets the failures of a name after a success.
pub fn forget(tx: &mut Tx, name: &str) -> Result<(), Error> {
    tx.run("DELETE FROM throttle WHERE name = $1", &params![name])?;
    Ok(())
}

/// Forgets what is older than a day.
pub fn purge(tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
    let before =
        now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::UNIX_EPOCH);
    tx.run("DELETE FROM throttle WHERE updated_at < $1", &params![before])
}
