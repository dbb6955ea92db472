//! One-way rounds: which ticket is or was with which network, what left, and the history. All of it is one company's.

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, NetworkId, NetworkRoundId, PersonId, TicketId};
use domain::money::{Currency, Money};
use domain::network::{Action, Move, Status};
use domain::terms::Billing;
use jiff::Timestamp;
use serde::Serialize;

use super::outsourcings::Outsourcing;
use super::{named, returned};

/// What left for a network, as it left. Empty where the action has no such part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Mail addresses, one a line.
    pub recipients: String,
    /// Subject of the letter.
    pub subject: String,
    /// Text of the letter.
    pub body: String,
    /// The link.
    pub link: String,
}

/// A one-way round.
#[derive(Debug, Clone)]
pub struct NetworkRound {
    /// Key.
    pub id: NetworkRoundId,
    /// The id that letters are named by.
    pub public_id: String,
    /// Whose.
    pub company: CompanyId,
    /// Which ticket.
    pub ticket: TicketId,
    /// With whom.
    pub network: NetworkId,
    /// Its name when the ticket was sent.
    pub network_name: String,
    /// What happened on sending.
    pub action: Action,
    /// Where it stands.
    pub status: Status,
    /// Since when.
    pub since: Timestamp,
    /// What the sender wrote for the network.
    pub message: String,
    /// What left.
    pub left: Left,
    /// What the customer is billed; it never leaves.
    pub billing: Billing,
    /// The company's currency at that time.
    pub currency: Currency,
    /// Who sent it.
    pub sent_by: Option<PersonId>,
    /// Their name.
    pub sent_name: String,
    /// When.
    pub sent_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it was canceled, if somebody said so.
    pub reason: String,
    /// Grows with each change.
    pub version: i64,
}

impl NetworkRound {
    /// Whether this is what a ticket shows, and not its newest round with a partner: a live round is the newest, of
    /// two ended ones it is the one that ended last.
    pub fn is_newer_than(&self, case: &Outsourcing) -> bool {
        self.status.is_live() || case.round.status.has_ended() && self.since >= case.round.since
    }
}

const COLUMNS: &str = "r.id, r.public_id, r.company_id, r.ticket_id, r.network_id, r.network_name, r.action, r.status, r.since,
    r.message, r.recipients, r.subject, r.body, r.link, r.billing_rate, r.currency, r.work_type, r.sent_by, r.sent_name,
    r.sent_at, r.ended_at, r.reason, r.version";

fn read(row: &Row) -> Result<NetworkRound, Error> {
    let currency = named(row, 15, Currency::from_code)?;
    let rate: Option<i64> = row.get(14)?;
    Ok(NetworkRound {
        id: NetworkRoundId(row.get(0)?),
        public_id: row.get(1)?,
        company: CompanyId(row.get(2)?),
        ticket: TicketId(row.get(3)?),
        network: NetworkId(row.get(4)?),
        network_name: row.get(5)?,
        action: named(row, 6, Action::from_name)?,
        status: named(row, 7, Status::from_name)?,
        since: row.get(8)?,
        message: row.get(9)?,
        left: Left {
            recipients: row.get(10)?,
            subject: row.get(11)?,
            body: row.get(12)?,
            link: row.get(13)?,
        },
        billing: Billing {
            billing_rate: rate.map(|minor| Money { minor, currency }),
            work_type: row.get(16)?,
        },
        currency,
        sent_by: row.get::<Option<i64>>(17)?.map(PersonId),
        sent_name: row.get(18)?,
        sent_at: row.get(19)?,
        ended_at: row.get(20)?,
        reason: row.get(21)?,
        version: row.get(22)?,
    })
}

/// One round of a company.
pub fn of(
    tx: &mut Tx,
    company: CompanyId,
    id: NetworkRoundId,
) -> Result<Option<NetworkRound>, Error> {
    let sql =
        format!("SELECT {COLUMNS} FROM network_round r WHERE r.company_id = $1 AND r.id = $2");
    tx.one(&sql, &params![company.0, id.0], read)
}

/// The same, locked until the transaction ends. Rounds are locked before their ticket.
pub fn lock(
    tx: &mut Tx,
    company: CompanyId,
    id: NetworkRoundId,
) -> Result<Option<NetworkRound>, Error> {
    let lock = tx.dialect().for_update();
    let sql = format!(
        "SELECT {COLUMNS} FROM network_round r WHERE r.company_id = $1 AND r.id = $2{lock}"
    );
    tx.one(&sql, &params![company.0, id.0], read)
}

/// The live round of a ticket, locked until the transaction ends.
pub fn live_of_ticket(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
) -> Result<Option<NetworkRound>, Error> {
    let lock = tx.dialect().for_update();
    let sql = format!(
        "SELECT {COLUMNS} FROM network_round r
          WHERE r.company_id = $1 AND r.ticket_id = $2 AND r.status = 'assigned'{lock}"
    );
    tx.one(&sql, &params![company.0, ticket.0], read)
}

/// The newest round of a ticket. Rounds begin under the ticket's lock, so whoever holds it may rely on the answer.
pub fn newest(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
) -> Result<Option<NetworkRound>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM network_round r
          WHERE r.company_id = $1 AND r.ticket_id = $2 ORDER BY r.id DESC LIMIT 1"
    );
    tx.one(&sql, &params![company.0, ticket.0], read)
}

/// Every round of a ticket, newest first. A ticket has a handful; two hundred is the end.
pub fn on_ticket(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
) -> Result<Vec<NetworkRound>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM network_round r
          WHERE r.company_id = $1 AND r.ticket_id = $2 ORDER BY r.id DESC LIMIT 200"
    );
    tx.all(&sql, &params![company.0, ticket.0], read)
}

/// Adds a round; `id` and `version` of `new` are ignored. [`Error::Unique`] if the ticket has a live one.
pub fn create(tx: &mut Tx, new: &NetworkRound) -> Result<NetworkRoundId, Error> {
    let id = tx.one(
        "INSERT INTO network_round (public_id, company_id, ticket_id, network_id, network_name, action, status, since, message,
             recipients, subject, body, link, billing_rate, currency, work_type, sent_by, sent_name, sent_at, reason, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', 1) RETURNING id",
        &params![
            &new.public_id,
            new.company.0,
            new.ticket.0,
            new.network.0,
            &new.network_name,
            new.action.name(),
            new.status.name(),
            new.since,
            &new.message,
            &new.left.recipients,
            &new.left.subject,
            &new.left.body,
            &new.left.link,
            new.billing.billing_rate.map(|rate| rate.minor),
            new.currency.code(),
            &new.billing.work_type,
            new.sent_by.map(|person| person.0),
            &new.sent_name,
            new.sent_at
        ],
        |row| row.get(0),
    )?;
    Ok(NetworkRoundId(returned(id)?))
}

/// Writes the round after a move over the version it was made from; `false` if somebody was quicker.
pub fn save(tx: &mut Tx, round: &NetworkRound) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE network_round SET status = $4, since = $5, ended_at = $6, reason = $7, version = version + 1
          WHERE company_id = $1 AND id = $2 AND version = $3",
        &params![
            round.company.0,
            round.id.0,
            round.version,
            round.status.name(),
            round.since,
            round.ended_at,
            &round.reason
        ],
    )?;
    Ok(saved == 1)
}

/// One move of a round.
#[derive(Debug, Clone)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub mv: Move,
    /// Where it led.
    pub to: Status,
    /// Who.
    pub person: String,
    /// Why.
    pub reason: String,
}

/// Writes a move down.
pub fn record(tx: &mut Tx, round: NetworkRoundId, step: &Step) -> Result<(), Error> {
    tx.run(
        "INSERT INTO network_round_move (network_round_id, at, move, to_status, person_name, reason)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &params![round.0, step.at, step.mv.name(), step.to.name(), &step.person, &step.reason],
    )?;
    Ok(())
}

/// The moves of a round, oldest first.
pub fn steps(tx: &mut Tx, company: CompanyId, round: NetworkRoundId) -> Result<Vec<Step>, Error> {
    tx.all(
        "SELECT m.at, m.move, m.to_status, m.person_name, m.reason
           FROM network_round_move m JOIN network_round r ON r.id = m.network_round_id
          WHERE r.company_id = $1 AND r.id = $2 ORDER BY m.id LIMIT 100",
        &params![company.0, round.0],
        |row| {
            Ok(Step {
                at: row.get(0)?,
                mv: named(row, 1, Move::from_name)?,
                to: named(row, 2, Status::from_name)?,
                person: row.get(3)?,
                reason: row.get(4)?,
            })
        },
    )
}

/// Forgets the rounds of a ticket that is deleted.
pub fn forget(tx: &mut Tx, company: CompanyId, ticket: TicketId) -> Result<(), Error> {
    tx.run(
        "DELETE FROM network_round_move WHERE network_round_id IN
           (SELECT id FROM network_round WHERE company_id = $1 AND ticket_id = $2)",
        &params![company.0, ticket.0],
    )?;
    tx.run(
        "DELETE FROM network_round WHERE company_id = $1 AND ticket_id = $2",
        &params![company.0, ticket.0],
    )?;
    Ok(())
}
