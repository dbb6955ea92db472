//! Who did what, when, from where. Rows are only ever added.

use db::{Error, Tx, params};
use jiff::Timestamp;

use crate::app::Acting;

/// One line of the audit.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Key; also the order.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: String,
    /// From which address.
    pub ip: String,
    /// What, as a locale key `audit-…`.
    pub action: String,
    /// About what: a name that people know (ticket number, person, company).
    pub about: String,
    /// Details in plain words or values.
    pub detail: String,
}

/// Writes a line in the acting company's audit.
pub fn record(
    tx: &mut Tx,
    acting: &Acting,
    action: &'static str,
    about: &str,
    detail: &str,
) -> Result<(), Error> {
    tx.run(
        "INSERT INTO audit (company_id, at, person_id, person_name, ip, action, about, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            acting.actor.company.0,
            acting.now,
            acting.actor.person.0,
            &acting.actor.name,
            &acting.ip,
            action,
            about,
            detail
        ],
    )?;
    Ok(())
}

/// The audit, newest first, older than `before`; `text` filters person, subject, detail and action.
pub fn newest(
    tx: &mut Tx,
    acting: &Acting,
    text: &str,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let escaped = text.trim().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    // SQLite lowers no umlauts: the second pattern finds them as they were typed.
    tx.all(
        "SELECT id, at, person_name, ip, action, about, detail FROM audit
          WHERE company_id = $1 AND id < $2
            AND (LOWER(person_name || ' ' || about || ' ' || detail || ' ' || action) LIKE $3 ESCAPE '!'
                 OR person_name || ' ' || about || ' ' || detail LIKE $4 ESCAPE '!')
          ORDER BY id DESC LIMIT $5",
        &params![
            acting.actor.company.0,
            before.unwrap_or(i64::MAX),
            format!("%{}%", escaped.to_lowercase()),
            format!("%{escaped}%"),
            limit
        ],
        |row| {
            Ok(Entry {
                id: row.get(0)?,
                at: row.get(1)?,
                person: row.get(2)?,
                ip: row.get(3)?,
                action: row.get(4)?,
                about: row.get(5)?,
                detail: row.get(6)?,
            })
        },
    )
}
