//! Companies: the tenants.

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, PersonId, QueueId};
use domain::language::Language;
use domain::money::Currency;
use jiff::Timestamp;

use super::{named, returned};

/// A company and its settings.
#[derive(Debug, Clone)]
pub struct Company {
    /// Key.
    pub id: CompanyId,
    /// Name, as partners see it.
    pub name: String,
    /// Language of people who chose none.
    pub language: Language,
    /// IANA time zone; ticket numbers count by its day.
    pub time_zone: String,
    /// Currency of all its figures.
    pub currency: Currency,
    /// Default time a partner has to answer, in hours (decision 7).
    pub accept_hours: i64,
    /// Queue of insourced tickets.
    pub default_queue: Option<QueueId>,
    /// Who accepted the outsourcing agreement, and when (section 3).
    pub agreement: Option<(String, Timestamp)>,
    /// Grows with each change.
    pub version: i64,
}

const COLUMNS: &str = "id, name, language, time_zone, currency, accept_hours, default_queue, agreement_name, agreement_at, version";

fn read(row: &Row) -> Result<Company, Error> {
    let name: Option<String> = row.get(7)?;
    let at: Option<Timestamp> = row.get(8)?;
    Ok(Company {
        id: CompanyId(row.get(0)?),
        name: row.get(1)?,
        language: named(row, 2, Language::from_code)?,
        time_zone: row.get(3)?,
        currency: named(row, 4, Currency::from_code)?,
        accept_hours: row.get(5)?,
        default_queue: row.get::<Option<i64>>(6)?.map(QueueId),
        agreement: name.zip(at),
        version: row.get(9)?,
    })
}

/// The company itself.
pub fn of(tx: &mut Tx, company: CompanyId) -> Result<Option<Company>, Error> {
    tx.one(&format!("SELECT {COLUMNS} FROM company WHERE id = $1"), &params![company.0], read)
}

/// Whether anybody lives here yet.
pub fn any(tx: &mut Tx) -> Result<bool, Error> {
    Ok(tx.one("SELECT 1 FROM company LIMIT 1", &[], |row| row.get::<i64>(0))?.is_some())
}

/// What a new company starts with.
#[derive(Debug, Clone)]
pub struct NewCompany {
    /// Name.
    pub name: String,
    /// Language.
    pub language: Language,
    /// IANA time zone.
    pub time_zone: String,
    /// Currency.
    pub currency: Currency,
}

/// Adds a company.
pub fn create(tx: &mut Tx, new: &NewCompany, now: Timestamp) -> Result<CompanyId, Error> {
    let id = tx.one(
        "INSERT INTO company (public_id, name, language, time_zone, currency, accept_hours, created_at, version)
         VALUES ($1, $2, $3, $4, $5, 24, $6, 1) RETURNING id",
        &params![
            uuid::Uuid::now_v7().to_string(),
            &new.name,
            new.language.code(),
            &new.time_zone,
            new.currency.code(),
            now
        ],
        |row| row.get(0),
    )?;
    Ok(CompanyId(returned(id)?))
}

/// Saves the settings over the version they were made from; `false` if somebody was quicker.
pub fn save(tx: &mut Tx, company: &Company) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE company SET name = $3, language = $4, time_zone = $5, currency = $6, accept_hours = $7,
                default_queue = $8, version = version + 1
          WHERE id = $1 AND version = $2",
        &params![
            company.id.0,
            company.version,
            &company.name,
            company.language.code(),
            &company.time_zone,
            company.currency.code(),
            company.accept_hours,
            company.default_queue.map(|queue| queue.0)
        ],
    )?;
    Ok(saved == 1)
}

/// Writes down the acceptance of the agreement, once; `false` if it was accepted before.
pub fn accept_agreement(
    tx: &mut Tx,
    company: CompanyId,
    by: PersonId,
    name: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE company SET agreement_by = $2, agreement_name = $3, agreement_at = $4
          WHERE id = $1 AND agreement_at IS NULL",
        &params![company.0, by.0, name, now],
    )?;
    Ok(saved == 1)
}
