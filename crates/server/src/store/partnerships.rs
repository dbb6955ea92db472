//! Partnerships: the relation of a lead company to one organization of its book, and to the company behind it.
//!
//! Whoever asks as a lead names itself; only a token leads a stranger here. `list` is the table Invite & Manage.

pub mod leads;
pub mod list;

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, ContactId, OrganizationId, PartnershipId, PersonId};
use domain::language::Language;
use domain::partnership::{Move, State};
use jiff::Timestamp;

use super::organizations::name_key;
use super::{maybe_named, named, returned};

/// The relation to one organization.
#[derive(Debug, Clone)]
pub struct Partnership {
    /// Key.
    pub id: PartnershipId,
    /// Whose partner.
    pub lead: CompanyId,
    /// The partner in the lead's book.
    pub organization: OrganizationId,
    /// The company behind it, from its acceptance on.
    pub partner_company: Option<CompanyId>,
    /// Where the relation stands.
    pub status: State,
    /// Invitation recipient.
    pub contact: Option<ContactId>,
    /// Their address when they were chosen or last written to.
    pub email: String,
    /// In which language they are invited; without one in the lead's.
    pub language: Option<Language>,
    /// Until when the invitation can be answered.
    pub expires_at: Option<Timestamp>,
    /// When it was last sent.
    pub invited_at: Option<Timestamp>,
    /// By whom.
    pub invited_by: Option<PersonId>,
    /// Their name.
    pub invited_name: String,
    /// When it was answered.
    pub responded_at: Option<Timestamp>,
    /// When a ticket last went there.
    pub outsourced_at: Option<Timestamp>,
    /// Grows with each change.
    pub version: i64,
}

const COLUMNS: &str = "p.id, p.lead_company, p.organization_id, p.partner_company, p.status, p.contact_id, p.email,
    p.expires_at, p.invited_at, p.invited_by, p.invited_name, p.responded_at, p.outsourced_at, p.version, p.language";

fn read(row: &Row) -> Result<Partnership, Error> {
    Ok(Partnership {
        id: PartnershipId(row.get(0)?),
        lead: CompanyId(row.get(1)?),
        organization: OrganizationId(row.get(2)?),
        partner_company: row.get::<Option<i64>>(3)?.map(CompanyId),
        status: named(row, 4, State::from_name)?,
        contact: row.get::<Option<i64>>(5)?.map(ContactId),
        email: row.get(6)?,
        expires_at: row.get(7)?,
        invited_at: row.get(8)?,
        invited_by: row.get::<Option<i64>>(9)?.map(PersonId),
        invited_name: row.get(10)?,
        responded_at: row.get(11)?,
        outsourced_at: row.get(12)?,
        version: row.get(13)?,
        language: maybe_named(row, 14, Language::from_code)?,
    })
}

/// One partnership of a lead.
pub fn of(tx: &mut Tx, lead: CompanyId, id: PartnershipId) -> Result<Option<Partnership>, Error> {
    let sql =
        format!("SELECT {COLUMNS} FROM partnership p WHERE p.lead_company = $1 AND p.id = $2");
    tx.one(&sql, &params![lead.0, id.0], read)
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Tx, lead: CompanyId, id: PartnershipId) -> Result<Option<Partnership>, Error> {
    let lock = tx.dialect().for_update();
    let sql = format!(
        "SELECT {COLUMNS} FROM partnership p WHERE p.lead_company = $1 AND p.id = $2{lock}"
    );
    tx.one(&sql, &params![lead.0, id.0], read)
}

/// The partnership with an organization of the lead's book, if there ever was an attempt.
pub fn by_organization(
    tx: &mut Tx,
    lead: CompanyId,
    organization: OrganizationId,
) -> Result<Option<Partnership>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM partnership p WHERE p.lead_company = $1 AND p.organization_id = $2"
    );
    tx.one(&sql, &params![lead.0, organization.0], read)
}

/// The same, locked, and made as *Not Invited* if there is none. The organization must be the lead's own.
pub fn lock_or_create(
    tx: &mut Tx,
    lead: CompanyId,
    organization: OrganizationId,
) -> Result<Partnership, Error> {
    tx.run(
        "INSERT INTO partnership (lead_company, organization_id, status, email, invited_name, version)
         VALUES ($1, $2, $3, '', '', 1) ON CONFLICT (lead_company, organization_id) DO NOTHING",
        &params![lead.0, organization.0, State::NotInvited.name()],
    )?;
    let lock = tx.dialect().for_update();
    let sql = format!(
        "SELECT {COLUMNS} FROM partnership p WHERE p.lead_company = $1 AND p.organization_id = $2{lock}"
    );
    let found = tx.one(&sql, &params![lead.0, organization.0], read)?;
    found.ok_or_else(|| Error::Decode("a partnership vanished".into()))
}

/// The partnership an invitation's token leads to; `digest` is what is stored of the token.
pub fn by_token(tx: &mut Tx, digest: &str) -> Result<Option<Partnership>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM partnership p WHERE p.token_hash = $1");
    tx.one(&sql, &params![digest], read)
}

/// The same, locked until the transaction ends.
pub fn lock_by_token(tx: &mut Tx, digest: &str) -> Result<Option<Partnership>, Error> {
    let lock = tx.dialect().for_update();
    let sql = format!("SELECT {COLUMNS} FROM partnership p WHERE p.token_hash = $1{lock}");
    tx.one(&sql, &params![digest], read)
}

/// The partnership of two companies, whatever its status: there is one at most.
pub fn between(
    tx: &mut Tx,
    lead: CompanyId,
    partner: CompanyId,
) -> Result<Option<Partnership>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM partnership p WHERE p.lead_company = $1 AND p.partner_company = $2"
    );
    tx.one(&sql, &params![lead.0, partner.0], read)
}

/// The active partnership of two companies.
pub fn active_for(
    tx: &mut Tx,
    lead: CompanyId,
    partner: CompanyId,
) -> Result<Option<Partnership>, Error> {
    Ok(between(tx, lead, partner)?.filter(|found| found.status == State::Active))
}

/// What becomes of the token when a partnership is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// It stays what it is.
    Keep,
    /// It opens nothing any more.
    Void,
    /// A new one, of which only this digest is known; the old one is void.
    New(String),
}

/// Saves a partnership that is locked by this transaction.
pub fn save(tx: &mut Tx, changed: &Partnership, token: &Token) -> Result<(), Error> {
    tx.run(
        "UPDATE partnership SET partner_company = $3, status = $4, contact_id = $5, email = $6, expires_at = $7,
                invited_at = $8, invited_by = $9, invited_name = $10, responded_at = $11, language = $12, version = version + 1
          WHERE lead_company = $1 AND id = $2",
        &params![
            changed.lead.0,
            changed.id.0,
            changed.partner_company.map(|partner| partner.0),
            changed.status.name(),
            changed.contact.map(|contact| contact.0),
            &changed.email,
            changed.expires_at,
            changed.invited_at,
            changed.invited_by.map(|person| person.0),
            &changed.invited_name,
            changed.responded_at,
            changed.language.map(Language::code)
        ],
    )?;
    let digest = match token {
        Token::Keep => return Ok(()),
        Token::Void => None,
        Token::New(digest) => Some(digest.as_str()),
    };
    tx.run(
        "UPDATE partnership SET token_hash = $3 WHERE lead_company = $1 AND id = $2",
        &params![changed.lead.0, changed.id.0, digest],
    )?;
    Ok(())
}

/// Notes that a ticket goes there now.
pub fn mark_outsourced(tx: &mut Tx, id: PartnershipId, now: Timestamp) -> Result<(), Error> {
    tx.run("UPDATE partnership SET outsourced_at = $2 WHERE id = $1", &params![id.0, now])?;
    Ok(())
}

/// A partner that can be chosen for a ticket.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Key.
    pub partnership: PartnershipId,
    /// The organization in the lead's book.
    pub organization: OrganizationId,
    /// Its name there.
    pub name: String,
    /// The company behind it.
    pub partner: CompanyId,
    /// Where it is.
    pub city: String,
    /// When a ticket last went there.
    pub outsourced_at: Option<Timestamp>,
}

const CHOICE: &str = "p.id, o.id, o.name, p.partner_company, o.city, p.outsourced_at";

fn choice(row: &Row) -> Result<Choice, Error> {
    Ok(Choice {
        partnership: PartnershipId(row.get(0)?),
        organization: OrganizationId(row.get(1)?),
        name: row.get(2)?,
        partner: CompanyId(row.get(3)?),
        city: row.get(4)?,
        outsourced_at: row.get(5)?,
    })
}

/// The active partners whose organization is active, too, and may be one, and whose name contains these letters, by name; with `recent_only` those that got a ticket
/// before, the last one first.
pub fn active(
    tx: &mut Tx,
    lead: CompanyId,
    text: &str,
    recent_only: bool,
    limit: i64,
) -> Result<Vec<Choice>, Error> {
    let pattern = format!("%{}%", name_key(text).replace(['%', '_'], ""));
    let (condition, order) = if recent_only {
        ("AND p.outsourced_at IS NOT NULL", "p.outsourced_at DESC, p.id")
    } else {
        ("", "o.name_key, o.id")
    };
    let sql = format!(
        "SELECT {CHOICE} FROM partnership p JOIN organization o ON o.id = p.organization_id
          WHERE p.lead_company = $1 AND p.status = 'active' AND p.partner_company IS NOT NULL
            AND o.active = 1 AND o.kind IN ('partner', 'vendor', 'customer') AND o.name_key LIKE $2 {condition}
          ORDER BY {order} LIMIT $3"
    );
    tx.all(&sql, &params![lead.0, pattern, limit], choice)
}

/// The active partners that last got a ticket, the last one first.
pub fn recent(tx: &mut Tx, lead: CompanyId, limit: i64) -> Result<Vec<Choice>, Error> {
    active(tx, lead, "", true, limit)
}

/// One step in the history of a partnership.
#[derive(Debug, Clone)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub mv: Move,
    /// Where it led.
    pub to: State,
    /// Whose person did it.
    pub company: Option<CompanyId>,
    /// Their name.
    pub person: String,
}

/// Writes a step down.
pub fn record(tx: &mut Tx, id: PartnershipId, step: &Step) -> Result<(), Error> {
    tx.one(
        "INSERT INTO partnership_move (partnership_id, at, move, to_status, company_id, person_name)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        &params![
            id.0,
            step.at,
            step.mv.name(),
            step.to.name(),
            step.company.map(|company| company.0),
            &step.person
        ],
        |row| row.get(0),
    )
    .and_then(returned)?;
    Ok(())
}

/// The history of a lead's partnership, newest first; the last 200 steps.
pub fn history(tx: &mut Tx, lead: CompanyId, id: PartnershipId) -> Result<Vec<Step>, Error> {
    tx.all(
        "SELECT m.at, m.move, m.to_status, m.company_id, m.person_name
           FROM partnership_move m JOIN partnership p ON p.id = m.partnership_id
          WHERE p.lead_company = $1 AND p.id = $2 ORDER BY m.id DESC LIMIT 200",
        &params![lead.0, id.0],
        |row| {
            Ok(Step {
                at: row.get(0)?,
                mv: named(row, 1, Move::from_name)?,
                to: named(row, 2, State::from_name)?,
                company: row.get::<Option<i64>>(3)?.map(CompanyId),
                person: row.get(4)?,
            })
        },
    )
}

/// Which own organization stands for this lead at a service partner (section 11.2).
pub fn mapping(
    tx: &mut Tx,
    partner: CompanyId,
    lead: CompanyId,
) -> Result<Option<OrganizationId>, Error> {
    let found = tx.one(
        "SELECT organization_id FROM lead_mapping WHERE company_id = $1 AND lead_company = $2",
        &params![partner.0, lead.0],
        |row| row.get(0),
    )?;
    Ok(found.map(OrganizationId))
}

/// Says which own organization stands for a lead; the organization must be the partner's own.
pub fn set_mapping(
    tx: &mut Tx,
    partner: CompanyId,
    lead: CompanyId,
    organization: OrganizationId,
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        "INSERT INTO lead_mapping (company_id, lead_company, organization_id, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (company_id, lead_company) DO UPDATE SET organization_id = excluded.organization_id",
        &params![partner.0, lead.0, organization.0, now],
    )?;
    Ok(())
}

/// A lead partner and the own organization that stands for it.
#[derive(Debug, Clone)]
pub struct LeadMapping {
    /// The lead.
    pub lead: CompanyId,
    /// Its name.
    pub lead_name: String,
    /// The own organization.
    pub organization: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// Since when they belong together.
    pub since: Timestamp,
    /// How many tickets came from that lead.
    pub tickets: i64,
}

/// A list of lead partners holds so many; whoever shows one of that length says so.
pub const LEADS: usize = 500;

/// Every lead partner this company has accepted a ticket of, by name, at most [`LEADS`].
pub fn mappings(tx: &mut Tx, partner: CompanyId) -> Result<Vec<LeadMapping>, Error> {
    mapped(tx, partner, "$2 = 0", 0)
}

/// One of them.
pub fn mapping_of(
    tx: &mut Tx,
    partner: CompanyId,
    lead: CompanyId,
) -> Result<Option<LeadMapping>, Error> {
    Ok(mapped(tx, partner, "m.lead_company = $2", lead.0)?.pop())
}

fn mapped(
    tx: &mut Tx,
    partner: CompanyId,
    which: &str,
    lead: i64,
) -> Result<Vec<LeadMapping>, Error> {
    let sql = format!(
        "SELECT m.lead_company, c.name, m.organization_id, g.name, m.created_at,
                (SELECT COUNT(*) FROM outsourcing o WHERE o.partner_company = $1 AND o.lead_company = m.lead_company
                    AND o.partner_ticket IS NOT NULL)
           FROM lead_mapping m JOIN company c ON c.id = m.lead_company JOIN organization g ON g.id = m.organization_id
          WHERE m.company_id = $1 AND {which} ORDER BY c.name, c.id LIMIT {LEADS}"
    );
    tx.all(&sql, &params![partner.0, lead], |row| {
        Ok(LeadMapping {
            lead: CompanyId(row.get(0)?),
            lead_name: row.get(1)?,
            organization: OrganizationId(row.get(2)?),
            organization_name: row.get(3)?,
            since: row.get(4)?,
            tickets: row.get(5)?,
        })
    })
}
