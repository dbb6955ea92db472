//! Contacts: people at an organization. The primary one gets the outsourcing mails.

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, ContactId, OrganizationId};
use jiff::Timestamp;

use super::returned;

/// A contact (section 18.6).
#[derive(Debug, Clone)]
pub struct Contact {
    /// Key.
    pub id: ContactId,
    /// Their organization.
    pub organization: OrganizationId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Mail address; may be empty.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Target of outsourcing mails; one per organization.
    pub is_primary: bool,
    /// Whether they can be chosen.
    pub active: bool,
    /// Whether their data was redacted (privacy); then nothing is sent to them.
    pub redacted: bool,
    /// Grows with each change; 0 for one that is not stored yet.
    pub version: i64,
}

impl Contact {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

const COLUMNS: &str = "id, organization_id, first_name, last_name, email, phone, is_primary, active, redacted, version";

fn read(row: &Row) -> Result<Contact, Error> {
    Ok(Contact {
        id: ContactId(row.get(0)?),
        organization: OrganizationId(row.get(1)?),
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        email: row.get(4)?,
        phone: row.get(5)?,
        is_primary: row.get(6)?,
        active: row.get(7)?,
        redacted: row.get(8)?,
        version: row.get(9)?,
    })
}

/// One contact of a company.
pub fn of(tx: &mut Tx, company: CompanyId, id: ContactId) -> Result<Option<Contact>, Error> {
    tx.one(
        &format!("SELECT {COLUMNS} FROM contact WHERE company_id = $1 AND id = $2"),
        &params![company.0, id.0],
        read,
    )
}

/// An organization shows so many contacts at most; whoever shows that many says so.
pub const SHOWN: usize = 500;

/// The contacts of an organization, at most [`SHOWN`]: primary first, then by name.
pub fn at(
    tx: &mut Tx,
    company: CompanyId,
    organization: OrganizationId,
) -> Result<Vec<Contact>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM contact WHERE company_id = $1 AND organization_id = $2
          ORDER BY is_primary DESC, last_name, first_name, id LIMIT {SHOWN}"
    );
    tx.all(&sql, &params![company.0, organization.0], read)
}

/// Adds a contact; a new primary one takes the flag from the old.
pub fn create(
    tx: &mut Tx,
    company: CompanyId,
    new: &Contact,
    now: Timestamp,
) -> Result<ContactId, Error> {
    if new.is_primary {
        clear_primary(tx, company, (new.organization, new.id))?;
    }
    let id = tx.one(
        "INSERT INTO contact (company_id, organization_id, first_name, last_name, email, phone, is_primary, active, redacted,
                              created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) RETURNING id",
        &params![
            company.0,
            new.organization.0,
            &new.first_name,
            &new.last_name,
            &new.email,
            &new.phone,
            new.is_primary,
            new.active,
            new.redacted,
            now
        ],
        |row| row.get(0),
    )?;
    Ok(ContactId(returned(id)?))
}

/// Saves a contact over the version it was made from; `false` if somebody was quicker.
pub fn save(tx: &mut Tx, company: CompanyId, changed: &Contact) -> Result<bool, Error> {
    if changed.is_primary {
        clear_primary(tx, company, (changed.organization, changed.id))?;
    }
    let saved = tx.run(
        "UPDATE contact SET first_name = $4, last_name = $5, email = $6, phone = $7, is_primary = $8, active = $9,
                redacted = $10, version = version + 1
          WHERE company_id = $1 AND id = $2 AND version = $3",
        &params![
            company.0,
            changed.id.0,
            changed.version,
            &changed.first_name,
            &changed.last_name,
            &changed.email,
            &changed.phone,
            changed.is_primary,
            changed.active,
            changed.redacted
        ],
    )?;
    Ok(saved == 1)
}

/// Takes the flag from whoever else has it. It counts as a change of them: who has their form open is told.
fn clear_primary(
    tx: &mut Tx,
    company: CompanyId,
    (organization, next): (OrganizationId, ContactId),
) -> Result<(), Error> {
    tx.run(
        "UPDATE contact SET is_primary = 0, version = version + 1
          WHERE company_id = $1 AND organization_id = $2 AND is_primary = 1 AND id <> $3",
        &params![company.0, organization.0, next.0],
    )?;
    Ok(())
}
