//! People: who works in a company and may sign in. Never deleted, only inactivated.

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, PersonId};
use domain::language::Language;
use domain::permission::{OutsourcingLevel, SecurityLevel};
use jiff::Timestamp;

use super::{maybe_named, named, returned};

/// A person.
#[derive(Debug, Clone)]
pub struct Person {
    /// Key.
    pub id: PersonId,
    /// Their company.
    pub company: CompanyId,
    /// Address they sign in with; unique in the installation, in lower case.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Telephone.
    pub phone: String,
    /// Security level (decision 17).
    pub security: SecurityLevel,
    /// Outsourcing permission (section 4).
    pub outsourcing: OutsourcingLevel,
    /// Whether they run this installation.
    pub operator: bool,
    /// Whether they may sign in and be assigned.
    pub active: bool,
    /// Own language, if it differs from the company's.
    pub language: Option<Language>,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Own time zone, if it differs.
    pub time_zone: Option<String>,
    /// Grows with each change.
    pub version: i64,
}

impl Person {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

const COLUMNS: &str =
    "id, company_id, email, first_name, last_name, phone, security, outsourcing, operator, active,
                       language, theme, time_zone, version";

fn read(row: &Row) -> Result<Person, Error> {
    Ok(Person {
        id: PersonId(row.get(0)?),
        company: CompanyId(row.get(1)?),
        email: row.get(2)?,
        first_name: row.get(3)?,
        last_name: row.get(4)?,
        phone: row.get(5)?,
        security: named(row, 6, SecurityLevel::from_name)?,
        outsourcing: named(row, 7, OutsourcingLevel::from_name)?,
        operator: row.get(8)?,
        active: row.get(9)?,
        language: maybe_named(row, 10, Language::from_code)?,
        theme: row.get(11)?,
        time_zone: row.get(12)?,
        version: row.get(13)?,
    })
}

/// One person of a company.
pub fn of(tx: &mut Tx, company: CompanyId, id: PersonId) -> Result<Option<Person>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE company_id = $1 AND id = $2");
    tx.one(&sql, &params![company.0, id.0], read)
}

/// Everybody of a company, by last name. A company has hundreds of people at most; a thousand is the end.
pub fn all(tx: &mut Tx, company: CompanyId) -> Result<Vec<Person>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE company_id = $1 ORDER BY last_name, first_name, id LIMIT 1000"
    );
    tx.all(&sql, &params![company.0], read)
}

/// Everybody of a company, for changing permissions: locked until the transaction ends.
pub fn lock_all(tx: &mut Tx, company: CompanyId) -> Result<Vec<Person>, Error> {
    let lock = tx.dialect().for_update();
    let sql =
        format!("SELECT {COLUMNS} FROM person WHERE company_id = $1 ORDER BY id LIMIT 1000{lock}");
    tx.all(&sql, &params![company.0], read)
}

/// The active people, for pick lists: id and name.
pub fn pick_list(tx: &mut Tx, company: CompanyId) -> Result<Vec<(PersonId, String)>, Error> {
    tx.all(
        "SELECT id, first_name, last_name FROM person WHERE company_id = $1 AND active = 1
          ORDER BY last_name, first_name, id LIMIT 1000",
        &params![company.0],
        |row| {
            Ok((
                PersonId(row.get(0)?),
                format!("{} {}", row.get::<String>(1)?, row.get::<String>(2)?),
            ))
        },
    )
}

/// Who signs in with this address, with the stored form of the password. The one look-up without a company.
pub fn by_email(tx: &mut Tx, email: &str) -> Result<Option<(PersonId, String)>, Error> {
    tx.one(
        "SELECT id, password_hash FROM person WHERE email = $1 AND active = 1",
        &params![email],
        |row| Ok((PersonId(row.get(0)?), row.get(1)?)),
    )
}

/// What a new person starts with.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Address to sign in with.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Telephone.
    pub phone: String,
    /// Stored form of the password (see [`crate::secret::hash_password`]).
    pub password_hash: String,
    /// Security level.
    pub security: SecurityLevel,
    /// Outsourcing permission.
    pub outsourcing: OutsourcingLevel,
    /// Whether they run this installation.
    pub operator: bool,
}

/// Adds a person. [`Error::Unique`] if somebody has that address.
pub fn create(
    tx: &mut Tx,
    company: CompanyId,
    new: &NewPerson,
    now: Timestamp,
) -> Result<PersonId, Error> {
    let id = tx.one(
        "INSERT INTO person (company_id, email, first_name, last_name, phone, password_hash, security, outsourcing,
                             operator, active, theme, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 'system', $10, 1) RETURNING id",
        &params![
            company.0,
            &new.email,
            &new.first_name,
            &new.last_name,
            &new.phone,
            &new.password_hash,
            new.security.name(),
            new.outsourcing.name(),
            new.operator,
            now
        ],
        |row| row.get(0),
    )?;
    Ok(PersonId(returned(id)?))
}

/// Saves a person over the version it was made from; `false` if somebody was quicker.
pub fn save(tx: &mut Tx, person: &Person) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE person SET email = $4, first_name = $5, last_name = $6, phone = $7, security = $8, outsourcing = $9,
                active = $10, language = $11, theme = $12, time_zone = $13, version = version + 1
          WHERE company_id = $1 AND id = $2 AND version = $3",
        &params![
            person.company.0,
            person.id.0,
            person.version,
            &person.email,
            &person.first_name,
            &person.last_name,
            &person.phone,
            person.security.name(),
            person.outsourcing.name(),
            person.active,
            person.language.map(Language::code),
            &person.theme,
            person.time_zone.as_deref()
        ],
    )?;
    Ok(saved == 1)
}

/// Sets the outsourcing permission.
pub fn set_outsourcing(
    tx: &mut Tx,
    company: CompanyId,
    id: PersonId,
    level: OutsourcingLevel,
) -> Result<(), Error> {
    tx.run(
        "UPDATE person SET outsourcing = $3, version = version + 1 WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0, level.name()],
    )?;
    Ok(())
}

/// The stored form of a person's own password.
pub fn password(tx: &mut Tx, company: CompanyId, id: PersonId) -> Result<Option<String>, Error> {
    tx.one(
        "SELECT password_hash FROM person WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0],
        |row| row.get(0),
    )
}

/// Replaces the stored form of the password.
pub fn set_password(
    tx: &mut Tx,
    company: CompanyId,
    id: PersonId,
    hash: &str,
) -> Result<(), Error> {
    tx.run(
        "UPDATE person SET password_hash = $3, version = version + 1 WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0, hash],
    )?;
    Ok(())
}
