//! People: who works in a company and may sign in. Never deleted, only inactivated.

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, PersonId};
use domain::language::Language;
use domain::permission::{OutsourcingLevel, SecurityLevel};
use jiff::Timestamp;

use super::sorted::ranked;
use super::{PAGE, maybe_named, named, returned};

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

/// What a list of people is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// By last name.
    #[default]
    Name,
    /// By address.
    Email,
    /// By security level, administrators first.
    Security,
    /// By outsourcing permission, the least first.
    Outsourcing,
    /// Active ones first.
    Active,
}

impl By {
    /// Every column with its name in the address of the page.
    const NAMES: [(Self, &'static str); 5] = [
        (Self::Name, "name"),
        (Self::Email, "email"),
        (Self::Security, "security"),
        (Self::Outsourcing, "permission"),
        (Self::Active, "active"),
    ];

    /// As it stands in the address of the page.
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(by, _)| *by == self).map_or("", |(_, name)| name)
    }

    /// The column of this name; by name if there is none.
    pub fn from_name(name: &str) -> Self {
        Self::NAMES.into_iter().find(|(_, known)| *known == name).map_or(Self::Name, |(it, _)| it)
    }
}

/// In which order a list of people stands. No index but that of the names: the people of one company are few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    /// The column.
    pub by: By,
    /// Largest first.
    pub down: bool,
}

impl Order {
    /// Those with the most outsourcing permission first.
    pub const MOST: Self = Self { by: By::Outsourcing, down: true };
}

/// Whether a list of people shows the inactive ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Everybody.
    All,
    /// Only who may sign in.
    Active,
}

/// A page of the people of a company after this person, one row more than a page shows. A person who is not there
/// begins anew.
pub fn page(
    tx: &mut Tx,
    company: CompanyId,
    which: Which,
    order: Order,
    after: Option<PersonId>,
) -> Result<Vec<Person>, Error> {
    let last = match after {
        Some(id) => of(tx, company, id)?,
        None => None,
    };
    let (rank, turned) = (rank(order), turned(order));
    let (beyond, way) = if turned { ("<", "DESC") } else { (">", "ASC") };
    let active = if which == Which::Active { "AND active = 1" } else { "" };
    let from = match &last {
        Some(_) => format!(
            "AND ({rank}, last_name, first_name, id) {beyond} (SELECT {rank}, last_name, first_name, id FROM person WHERE id = $2)"
        ),
        None => "AND id > $2".to_owned(),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE company_id = $1 {active} {from}
          ORDER BY {rank} {way}, last_name {way}, first_name {way}, id {way} LIMIT $3"
    );
    let after = last.map_or(0, |person| person.id.0);
    tx.all(&sql, &params![company.0, after, PAGE + 1], read)
}

/// What an order counts before the name. Of one rank people stand by name, whichever way the ranks are sorted.
fn rank(order: Order) -> String {
    let rank = match order.by {
        // Not a bare number, which would be the number of a column.
        By::Name => return "(company_id)".to_owned(),
        By::Email => return "(email)".to_owned(),
        By::Security => ranked("security", SecurityLevel::ALL.map(SecurityLevel::name)),
        By::Outsourcing => ranked("outsourcing", OutsourcingLevel::ALL.map(OutsourcingLevel::name)),
        By::Active => "1 - active".to_owned(),
    };
    let sign = if order.down { "-" } else { "" };
    format!("({sign}({rank}))")
}

/// Whether the whole order is turned, and not only its ranks.
fn turned(order: Order) -> bool {
    order.down && matches!(order.by, By::Name | By::Email)
}

/// A list of people holds so many; whoever shows one of that length says so.
pub const PICKED: usize = 1000;

/// Names for the filter of a list, by last name, at most [`PICKED`].
pub fn names(tx: &mut Tx, company: CompanyId) -> Result<Vec<(PersonId, String)>, Error> {
    tx.all(
        &format!(
            "SELECT id, first_name, last_name FROM person WHERE company_id = $1
              ORDER BY last_name, first_name, id LIMIT {PICKED}"
        ),
        &params![company.0],
        id_and_name,
    )
}

fn id_and_name(row: &Row) -> Result<(PersonId, String), Error> {
    Ok((PersonId(row.get(0)?), format!("{} {}", row.get::<String>(1)?, row.get::<String>(2)?)))
}

/// Everybody of a company, for changing permissions: locked until the transaction ends. Read in steps and never cut: who
/// was left out would keep a permission, or seem to be the last who has one.
pub fn lock_all(tx: &mut Tx, company: CompanyId) -> Result<Vec<Person>, Error> {
    let lock = tx.dialect().for_update();
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE company_id = $1 AND id > $2 ORDER BY id LIMIT $3{lock}"
    );
    super::in_steps(|after| {
        let person = |row: &Row| read(row).map(|person| (person.id.0, person));
        tx.all(&sql, &params![company.0, after, super::STEP], person)
    })
}

/// The active people, for pick lists: id and name, at most [`PICKED`].
pub fn pick_list(tx: &mut Tx, company: CompanyId) -> Result<Vec<(PersonId, String)>, Error> {
    tx.all(
        &format!(
            "SELECT id, first_name, last_name FROM person WHERE company_id = $1 AND active = 1
              ORDER BY last_name, first_name, id LIMIT {PICKED}"
        ),
        &params![company.0],
        id_and_name,
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
