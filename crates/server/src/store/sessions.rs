//! Sessions: who is signed in. Only the digest of the token is stored.

use std::time::Duration;

use db::{Error, Tx, params};
use domain::ids::{CompanyId, PersonId};
use domain::language::Language;
use domain::permission::{Actor, OutsourcingLevel, SecurityLevel};
use jiff::Timestamp;

use super::named;

/// A click renews the session, but is written down at most every five minutes, or ten times before it would end.
const SEEN_STEP: Duration = Duration::from_mins(5);
const STEPS: u32 = 10;

/// The person behind a session and what the frame around every page shows.
#[derive(Debug)]
pub struct Visitor {
    /// Who, and what they may.
    pub actor: Actor,
    /// Their company's name.
    pub company_name: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// IANA name.
    pub time_zone: String,
    /// Whether the session should be marked as seen.
    pub seen_long_ago: bool,
    /// Offers that wait for the company's answer.
    pub waiting_acceptance: i64,
    /// Reported completions that wait for the company's approval.
    pub waiting_approval: i64,
}

/// The person of a session that has not been idle too long and who is still active.
pub fn visitor(
    tx: &mut Tx,
    digest: &str,
    now: Timestamp,
    idle: Duration,
) -> Result<Option<Visitor>, Error> {
    let oldest = now.saturating_sub(idle).unwrap_or(Timestamp::UNIX_EPOCH);
    let refresh = now.saturating_sub(SEEN_STEP.min(idle / STEPS)).unwrap_or(Timestamp::UNIX_EPOCH);
    tx.one(
        "SELECT p.id, p.company_id, p.first_name, p.last_name, p.security, p.outsourcing, p.operator, p.theme,
                COALESCE(p.language, c.language), COALESCE(p.time_zone, c.time_zone), c.name, c.agreement_at, s.seen_at,
                (SELECT COUNT(*) FROM outsourcing o WHERE o.partner_company = p.company_id AND o.status = 'assigned'),
                (SELECT COUNT(*) FROM outsourcing o WHERE o.lead_company = p.company_id AND o.status = 'waiting_approval')
           FROM session s
           JOIN person p ON p.id = s.person_id
           JOIN company c ON c.id = p.company_id
          WHERE s.token_hash = $1 AND s.seen_at > $2 AND p.active = 1",
        &params![digest, oldest],
        |row| {
            let agreement: Option<Timestamp> = row.get(11)?;
            let seen: Timestamp = row.get(12)?;
            Ok(Visitor {
                actor: Actor {
                    person: PersonId(row.get(0)?),
                    company: CompanyId(row.get(1)?),
                    name: format!("{} {}", row.get::<String>(2)?, row.get::<String>(3)?),
                    security: named(row, 4, SecurityLevel::from_name)?,
                    outsourcing: named(row, 5, OutsourcingLevel::from_name)?,
                    operator: row.get(6)?,
                    agreement: agreement.is_some(),
                    language: named(row, 8, Language::from_code)?,
                },
                theme: row.get(7)?,
                time_zone: row.get(9)?,
                company_name: row.get(10)?,
                seen_long_ago: seen < refresh,
                waiting_acceptance: row.get(13)?,
                waiting_approval: row.get(14)?,
            })
        },
    )
}

/// Starts a session.
pub fn create(tx: &mut Tx, digest: &str, person: PersonId, now: Timestamp) -> Result<(), Error> {
    tx.run(
        "INSERT INTO session (token_hash, person_id, created_at, seen_at) VALUES ($1, $2, $3, $3)",
        &params![digest, person.0, now],
    )?;
    Ok(())
}

/// Marks a session as used.
pub fn seen(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<(), Error> {
    tx.run("UPDATE session SET seen_at = $2 WHERE token_hash = $1", &params![digest, now])?;
    Ok(())
}

/// Ends a session.
pub fn delete(tx: &mut Tx, digest: &str) -> Result<(), Error> {
    tx.run("DELETE FROM session WHERE token_hash = $1", &params![digest])?;
    Ok(())
}

/// Ends all sessions of a person but one (after a change of password, or all when inactivated).
pub fn delete_others(tx: &mut Tx, person: PersonId, keep: Option<&str>) -> Result<(), Error> {
    tx.run(
        "DELETE FROM session WHERE person_id = $1 AND token_hash <> $2",
        &params![person.0, keep.unwrap_or("")],
    )?;
    Ok(())
}

/// Forgets sessions that have been idle since `before`.
pub fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    tx.run("DELETE FROM session WHERE seen_at < $1", &params![before])
}
