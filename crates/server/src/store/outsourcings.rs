//! Outsourcings: one row per round, shared by both companies. Every look-up names the company that asks.

use db::{Error, Row, Tx, params};
use domain::ids::{
    AttachmentId, CompanyId, NoteId, OutsourcingId, PartnershipId, PersonId, TicketId,
};
use domain::money::{Currency, Hours, Money};
use domain::outsourcing::{Round, Side, Status};
use domain::terms::{Billing, RateType, Share, Terms};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{named, returned};

/// A round as both sides see it. `terms.billing` is always empty here: see [`billing`].
#[derive(Debug, Clone)]
pub struct Outsourcing {
    /// Key.
    pub id: OutsourcingId,
    /// The id that means the same on another server.
    pub public_id: String,
    /// Who hands out.
    pub lead: CompanyId,
    /// Its name when the round was made.
    pub lead_name: String,
    /// Its ticket.
    pub lead_ticket: TicketId,
    /// Who works.
    pub partner: CompanyId,
    /// Its name when the round was made.
    pub partner_name: String,
    /// Its ticket, once accepted.
    pub partner_ticket: Option<TicketId>,
    /// The relationship it goes by.
    pub partnership: PartnershipId,
    /// Status, since when, deadline.
    pub round: Round,
    /// What was agreed.
    pub terms: Terms,
    /// What left with the offer, as JSON (see [`crate::actions::offers::Snapshot`]).
    pub snapshot: String,
    /// Why it was declined, rejected or returned last.
    pub reason: String,
    /// Who sent it.
    pub sent_by: Option<PersonId>,
    /// Their name.
    pub sent_name: String,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When completion was reported last.
    pub reported_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// When its terms were first saved.
    pub created_at: Timestamp,
    /// Grows with each change.
    pub version: i64,
}

impl Outsourcing {
    /// On which side this company stands; `None` for a stranger.
    pub fn side_of(&self, company: CompanyId) -> Option<Side> {
        match company {
            company if company == self.lead => Some(Side::Lead),
            company if company == self.partner => Some(Side::Partner),
            _ => None,
        }
    }

    /// The company on this side.
    pub fn company(&self, side: Side) -> CompanyId {
        match side {
            Side::Lead => self.lead,
            Side::Partner => self.partner,
        }
    }

    /// The name of the company on this side.
    pub fn name(&self, side: Side) -> &str {
        match side {
            Side::Lead => &self.lead_name,
            Side::Partner => &self.partner_name,
        }
    }

    /// The ticket on this side, if there is one.
    pub fn ticket(&self, side: Side) -> Option<TicketId> {
        match side {
            Side::Lead => Some(self.lead_ticket),
            Side::Partner => self.partner_ticket,
        }
    }
}

#[derive(Serialize, Deserialize, Default)]
struct StoredShare {
    contact: bool,
    device: bool,
    notes: Vec<i64>,
    files: Vec<i64>,
}

fn share_json(share: &Share) -> Result<String, Error> {
    let stored = StoredShare {
        contact: share.contact,
        device: share.device,
        notes: share.notes.iter().map(|note| note.0).collect(),
        files: share.files.iter().map(|file| file.0).collect(),
    };
    serde_json::to_string(&stored).map_err(|error| Error::Decode(error.to_string()))
}

fn read_share(json: &str) -> Share {
    let stored: StoredShare = serde_json::from_str(json).unwrap_or_default();
    Share {
        contact: stored.contact,
        device: stored.device,
        notes: stored.notes.into_iter().map(NoteId).collect(),
        files: stored.files.into_iter().map(AttachmentId).collect(),
    }
}

const COLUMNS: &str = "o.id, o.public_id, o.lead_company, o.lead_name, o.lead_ticket, o.partner_company, o.partner_name,
    o.partner_ticket, o.partnership_id, o.status, o.since, o.accept_by, o.accepted_at, o.rate_type, o.currency,
    o.authorized_charge, o.authorized_hours, o.due_at, o.instructions, o.share, o.snapshot, o.reason, o.sent_by, o.sent_name,
    o.sent_at, o.reported_at, o.ended_at, o.created_at, o.version";

fn read(row: &Row) -> Result<Outsourcing, Error> {
    let currency = named(row, 14, Currency::from_code)?;
    let accept_by: Timestamp = row.get(11)?;
    Ok(Outsourcing {
        id: OutsourcingId(row.get(0)?),
        public_id: row.get(1)?,
        lead: CompanyId(row.get(2)?),
        lead_name: row.get(3)?,
        lead_ticket: TicketId(row.get(4)?),
        partner: CompanyId(row.get(5)?),
        partner_name: row.get(6)?,
        partner_ticket: row.get::<Option<i64>>(7)?.map(TicketId),
        partnership: PartnershipId(row.get(8)?),
        round: Round {
            status: named(row, 9, Status::from_name)?,
            since: row.get(10)?,
            accept_by: Some(accept_by),
            accepted_at: row.get(12)?,
        },
        terms: Terms {
            rate_type: named(row, 13, RateType::from_name)?,
            authorized_charge: Money { minor: row.get(15)?, currency },
            authorized_hours: row.get::<Option<i64>>(16)?.map(Hours),
            accept_by: Some(accept_by),
            due: row.get(17)?,
            instructions: row.get(18)?,
            share: read_share(&row.get::<String>(19)?),
            billing: Billing::default(),
        },
        snapshot: row.get(20)?,
        reason: row.get(21)?,
        sent_by: row.get::<Option<i64>>(22)?.map(PersonId),
        sent_name: row.get(23)?,
        sent_at: row.get(24)?,
        reported_at: row.get(25)?,
        ended_at: row.get(26)?,
        created_at: row.get(27)?,
        version: row.get(28)?,
    })
}

/// A company takes part if it leads, or if it is the partner and the round was sent (section 19, rule 6).
const TAKES_PART: &str =
    "(o.lead_company = $1 OR (o.partner_company = $1 AND o.status <> 'unsent'))";
const LIVE: &str =
    "o.status IN ('unsent', 'assigned', 'accepted', 'in_progress', 'waiting_approval')";

/// The round, if this company takes part in it.
pub fn of(
    tx: &mut Tx,
    company: CompanyId,
    id: OutsourcingId,
) -> Result<Option<Outsourcing>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM outsourcing o WHERE {TAKES_PART} AND o.id = $2");
    tx.one(&sql, &params![company.0, id.0], read)
}

/// The same, locked until the transaction ends. Whoever locks rows of a round locks this one first.
pub fn lock(
    tx: &mut Tx,
    company: CompanyId,
    id: OutsourcingId,
) -> Result<Option<Outsourcing>, Error> {
    let lock = tx.dialect().for_update();
    let sql = format!("SELECT {COLUMNS} FROM outsourcing o WHERE {TAKES_PART} AND o.id = $2{lock}");
    tx.one(&sql, &params![company.0, id.0], read)
}

/// The round of a ticket that is unsent or live, on either side, locked until the transaction ends.
pub fn live_of_ticket(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
) -> Result<Option<Outsourcing>, Error> {
    let lock = tx.dialect().for_update();
    let as_lead = format!(
        "SELECT {COLUMNS} FROM outsourcing o WHERE o.lead_company = $1 AND o.lead_ticket = $2 AND {LIVE}{lock}"
    );
    if let Some(found) = tx.one(&as_lead, &params![company.0, ticket.0], read)? {
        return Ok(Some(found));
    }
    let as_partner = format!(
        "SELECT {COLUMNS} FROM outsourcing o WHERE o.partner_company = $1 AND o.partner_ticket = $2 AND {LIVE}{lock}"
    );
    tx.one(&as_partner, &params![company.0, ticket.0], read)
}

/// Every round of a ticket on either side, newest first. A ticket has a handful; two hundred is the end.
pub fn on_ticket(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
) -> Result<Vec<Outsourcing>, Error> {
    let as_lead = format!(
        "SELECT {COLUMNS} FROM outsourcing o WHERE o.lead_company = $1 AND o.lead_ticket = $2 ORDER BY o.id DESC LIMIT 200"
    );
    let rounds = tx.all(&as_lead, &params![company.0, ticket.0], read)?;
    if !rounds.is_empty() {
        return Ok(rounds);
    }
    let as_partner = format!(
        "SELECT {COLUMNS} FROM outsourcing o WHERE o.partner_company = $1 AND o.partner_ticket = $2 LIMIT 1"
    );
    tx.all(&as_partner, &params![company.0, ticket.0], read)
}

/// Adds an unsent round; `id` and `version` of `new` are ignored. [`Error::Unique`] if the ticket has one already.
pub fn create(tx: &mut Tx, new: &Outsourcing) -> Result<OutsourcingId, Error> {
    let terms = &new.terms;
    let id = tx.one(
        "INSERT INTO outsourcing (public_id, lead_company, lead_name, lead_ticket, partner_company, partner_name, partnership_id,
             status, since, accept_by, due_at, rate_type, currency, authorized_charge, authorized_hours, instructions, share,
             snapshot, reason, sent_name, reminded, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', '', 0, $19, 1)
         RETURNING id",
        &params![
            &new.public_id,
            new.lead.0,
            &new.lead_name,
            new.lead_ticket.0,
            new.partner.0,
            &new.partner_name,
            new.partnership.0,
            new.round.status.name(),
            new.round.since,
            terms.accept_by.unwrap_or(new.created_at),
            terms.due,
            terms.rate_type.name(),
            terms.authorized_charge.currency.code(),
            terms.authorized_charge.minor,
            terms.authorized_hours.map(|hours| hours.0),
            &terms.instructions,
            share_json(&terms.share)?,
            &new.snapshot,
            new.created_at
        ],
        |row| row.get(0),
    )?;
    Ok(OutsourcingId(returned(id)?))
}

/// Saves the terms of an unsent round, and the partner it is for; `false` if it is not the lead's or not unsent any more.
pub fn save_terms(tx: &mut Tx, case: &Outsourcing) -> Result<bool, Error> {
    let terms = &case.terms;
    let saved = tx.run(
        "UPDATE outsourcing SET partner_company = $4, partner_name = $5, partnership_id = $6, accept_by = $7, due_at = $8,
                rate_type = $9, currency = $10, authorized_charge = $11, authorized_hours = $12, instructions = $13,
                share = $14, snapshot = $15, version = version + 1
          WHERE lead_company = $1 AND id = $2 AND version = $3 AND status = 'unsent'",
        &params![
            case.lead.0,
            case.id.0,
            case.version,
            case.partner.0,
            &case.partner_name,
            case.partnership.0,
            terms.accept_by.unwrap_or(case.created_at),
            terms.due,
            terms.rate_type.name(),
            terms.authorized_charge.currency.code(),
            terms.authorized_charge.minor,
            terms.authorized_hours.map(|hours| hours.0),
            &terms.instructions,
            share_json(&terms.share)?,
            &case.snapshot
        ],
    )?;
    Ok(saved == 1)
}

/// Writes the round after a move over the version it was made from; `false` if somebody was quicker.
pub fn save(tx: &mut Tx, case: &Outsourcing) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE outsourcing SET status = $3, since = $4, accepted_at = $5, partner_ticket = $6, reason = $7, sent_by = $8,
                sent_name = $9, sent_at = $10, reported_at = $11, ended_at = $12, snapshot = $13, version = version + 1
          WHERE id = $1 AND version = $2",
        &params![
            case.id.0,
            case.version,
            case.round.status.name(),
            case.round.since,
            case.round.accepted_at,
            case.partner_ticket.map(|ticket| ticket.0),
            &case.reason,
            case.sent_by.map(|person| person.0),
            &case.sent_name,
            case.sent_at,
            case.reported_at,
            case.ended_at,
            &case.snapshot
        ],
    )?;
    Ok(saved == 1)
}

/// Drops an unsent round.
pub fn remove(tx: &mut Tx, lead: CompanyId, id: OutsourcingId) -> Result<(), Error> {
    tx.run(
        "DELETE FROM outsourcing_billing WHERE company_id = $1 AND outsourcing_id = $2",
        &params![lead.0, id.0],
    )?;
    tx.run("DELETE FROM round_move WHERE outsourcing_id = $1", &params![id.0])?;
    tx.run(
        "DELETE FROM outsourcing WHERE lead_company = $1 AND id = $2 AND status = 'unsent'",
        &params![lead.0, id.0],
    )?;
    Ok(())
}

/// What the lead bills its customer; only the lead's own company finds it.
pub fn billing(
    tx: &mut Tx,
    lead: CompanyId,
    id: OutsourcingId,
    currency: Currency,
) -> Result<Billing, Error> {
    let found = tx.one(
        "SELECT billing_rate, work_type FROM outsourcing_billing WHERE company_id = $1 AND outsourcing_id = $2",
        &params![lead.0, id.0],
        |row| {
            let rate: Option<i64> = row.get(0)?;
            Ok(Billing { billing_rate: rate.map(|minor| Money { minor, currency }), work_type: row.get(1)? })
        },
    )?;
    Ok(found.unwrap_or_default())
}

/// Saves what the lead bills its customer.
pub fn save_billing(
    tx: &mut Tx,
    lead: CompanyId,
    id: OutsourcingId,
    billing: &Billing,
) -> Result<(), Error> {
    tx.run(
        "INSERT INTO outsourcing_billing (outsourcing_id, company_id, billing_rate, work_type) VALUES ($1, $2, $3, $4)
         ON CONFLICT (outsourcing_id) DO UPDATE SET billing_rate = $3, work_type = $4",
        &params![id.0, lead.0, billing.billing_rate.map(|rate| rate.minor), &billing.work_type],
    )?;
    Ok(())
}

/// Offers whose deadline has passed: the clock's next work. Without a company, as the clock has none.
pub fn overdue(tx: &mut Tx, now: Timestamp) -> Result<Vec<(OutsourcingId, CompanyId)>, Error> {
    tx.all(
        "SELECT id, lead_company FROM outsourcing WHERE status = 'assigned' AND accept_by < $1 ORDER BY accept_by LIMIT 100",
        &params![now],
        |row| Ok((OutsourcingId(row.get(0)?), CompanyId(row.get(1)?))),
    )
}

/// Open offers that run out before `until` and of which the partner was not reminded.
pub fn to_remind(tx: &mut Tx, now: Timestamp, until: Timestamp) -> Result<Vec<Outsourcing>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outsourcing o WHERE o.status = 'assigned' AND o.reminded = 0 AND o.accept_by BETWEEN $1 AND $2
          ORDER BY o.accept_by LIMIT 100"
    );
    tx.all(&sql, &params![now, until], read)
}

/// Notes that the partner was reminded.
pub fn reminded(tx: &mut Tx, id: OutsourcingId) -> Result<(), Error> {
    tx.run("UPDATE outsourcing SET reminded = 1 WHERE id = $1", &params![id.0])?;
    Ok(())
}
