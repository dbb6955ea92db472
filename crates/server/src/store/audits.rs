//! Who did what, when, from where. Rows are only ever added.

use db::{Error, Tx, params};
use jiff::Timestamp;

use super::PAGE;
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
pub fn record(tx: &mut Tx, acting: &Acting, action: &'static str, about: &str, detail: &str) -> Result<(), Error> {
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

/// A page of the audit, newest first, older than `before`; `text` filters person, subject and detail.
pub fn page(tx: &mut Tx, acting: &Acting, text: &str, before: Option<i64>) -> Result<Vec<Entry>, Error> {
    let pattern = format!("%{}%", text.to_lowercase().replace(['%', '_'], ""));
    tx.all(
        "SELECT id, at, person_name, ip, action, about, detail FROM audit
          WHERE company_id = $1 AND id < $2
            AND LOWER(person_name || ' ' || about || ' ' || detail || ' ' || action) LIKE $3
          ORDER BY id DESC LIMIT $4",
        &params![acting.actor.company.0, before.unwrap_or(i64::MAX), pattern, PAGE + 1],
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
