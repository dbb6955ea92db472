//! Tickets: numbers and rows; `list` reads pages of them.

mod list;

pub use list::{Filter, Line, Order, Which, page};

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, ContactId, OrganizationId, PersonId, QueueId, TicketId};
use domain::outsourcing::Status;
use domain::ticket::{Priority, Source, TicketStatus};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{maybe_named, named, returned, search};

/// Stands for «no due date» in the order by due date.
const NEVER: i64 = i64::MAX;

/// A ticket with its fields (section 18.1).
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Key.
    pub id: TicketId,
    /// Its company.
    pub company: CompanyId,
    /// E.g. `T20261124.0001`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Ticket status.
    pub status: TicketStatus,
    /// Priority.
    pub priority: Priority,
    /// Queue.
    pub queue: QueueId,
    /// Source.
    pub source: Source,
    /// Organization.
    pub organization: OrganizationId,
    /// Contact.
    pub contact: Option<ContactId>,
    /// Primary resource.
    pub primary_person: Option<PersonId>,
    /// Due.
    pub due_at: Option<Timestamp>,
    /// Where the work is done.
    pub site: String,
    /// Device the ticket is about.
    pub device: String,
    /// Partner it is with, while a round runs or after it was completed (section 7).
    pub outsourced_to: Option<String>,
    /// Status of the newest round as lead.
    pub outsource_status: Option<Status>,
    /// Lead partner it came from.
    pub insourced_from: Option<String>,
    /// Status of the round it came with.
    pub insource_status: Option<Status>,
    /// Whether a partner ever accepted it: then it can never be deleted.
    pub ever_accepted: bool,
    /// Made.
    pub created_at: Timestamp,
    /// Last change or item.
    pub activity_at: Timestamp,
    /// Completed.
    pub completed_at: Option<Timestamp>,
    /// Grows with each change of a field.
    pub version: i64,
}

const COLUMNS: &str = "t.id, t.company_id, t.number, t.title, t.description, t.status, t.priority, t.queue_id, t.source,
    t.organization_id, t.contact_id, t.primary_person, t.due_at, t.site, t.device, t.outsourced_to, t.outsource_status,
    t.insourced_from, t.insource_status, t.ever_accepted, t.created_at, t.activity_at, t.completed_at, t.version";

fn read(row: &Row) -> Result<Ticket, Error> {
    Ok(Ticket {
        id: TicketId(row.get(0)?),
        company: CompanyId(row.get(1)?),
        number: row.get(2)?,
        title: row.get(3)?,
        description: row.get(4)?,
        status: named(row, 5, TicketStatus::from_name)?,
        priority: priority(row, 6)?,
        queue: QueueId(row.get(7)?),
        source: named(row, 8, Source::from_name)?,
        organization: OrganizationId(row.get(9)?),
        contact: row.get::<Option<i64>>(10)?.map(ContactId),
        primary_person: row.get::<Option<i64>>(11)?.map(PersonId),
        due_at: row.get(12)?,
        site: row.get(13)?,
        device: row.get(14)?,
        outsourced_to: row.get(15)?,
        outsource_status: maybe_named(row, 16, Status::from_name)?,
        insourced_from: row.get(17)?,
        insource_status: maybe_named(row, 18, Status::from_name)?,
        ever_accepted: row.get(19)?,
        created_at: row.get(20)?,
        activity_at: row.get(21)?,
        completed_at: row.get(22)?,
        version: row.get(23)?,
    })
}

fn rank(priority: Priority) -> i64 {
    let place = Priority::ALL.iter().position(|known| *known == priority).unwrap_or(0);
    i64::try_from(place).unwrap_or(0)
}

fn priority(row: &Row, index: usize) -> Result<Priority, Error> {
    let place: i64 = row.get(index)?;
    priority_of(place).ok_or_else(|| Error::Decode(format!("unknown priority {place}")))
}

/// The priority stored as this number.
pub fn priority_of(place: i64) -> Option<Priority> {
    usize::try_from(place).ok().and_then(|place| Priority::ALL.get(place)).copied()
}

/// One ticket of a company.
pub fn of(tx: &mut Tx, company: CompanyId, id: TicketId) -> Result<Option<Ticket>, Error> {
    tx.one(
        &format!("SELECT {COLUMNS} FROM ticket t WHERE t.company_id = $1 AND t.id = $2"),
        &params![company.0, id.0],
        read,
    )
}

/// The same, locked until the transaction ends: whoever decides about a ticket looks at what stays true.
pub fn lock(tx: &mut Tx, company: CompanyId, id: TicketId) -> Result<Option<Ticket>, Error> {
    let lock = tx.dialect().for_update();
    let sql = format!("SELECT {COLUMNS} FROM ticket t WHERE t.company_id = $1 AND t.id = $2{lock}");
    tx.one(&sql, &params![company.0, id.0], read)
}

/// Names that stand beside a ticket's keys on its page.
#[derive(Debug, Clone)]
pub struct Names {
    /// Organization.
    pub organization: String,
    /// Queue.
    pub queue: String,
    /// Primary resource.
    pub person: Option<String>,
    /// Contact's name, mail, telephone.
    pub contact: Option<(String, String, String)>,
}

/// Those names.
pub fn names(tx: &mut Tx, ticket: &Ticket) -> Result<Option<Names>, Error> {
    tx.one(
        "SELECT o.name, q.name, p.first_name, p.last_name, c.first_name, c.last_name, c.email, c.phone
           FROM ticket t JOIN organization o ON o.id = t.organization_id JOIN queue q ON q.id = t.queue_id
           LEFT JOIN person p ON p.id = t.primary_person LEFT JOIN contact c ON c.id = t.contact_id
          WHERE t.company_id = $1 AND t.id = $2",
        &params![ticket.company.0, ticket.id.0],
        |row| {
            let person: Option<String> = row.get(2)?;
            let contact: Option<String> = row.get(4)?;
            Ok(Names {
                organization: row.get(0)?,
                queue: row.get(1)?,
                person: match person {
                    Some(first) => Some(format!("{first} {}", row.get::<String>(3)?)),
                    None => None,
                },
                contact: match contact {
                    Some(first) => Some((format!("{first} {}", row.get::<String>(5)?), row.get(6)?, row.get(7)?)),
                    None => None,
                },
            })
        },
    )
}

/// Takes the next number of the company's day. The counter's row is locked until the transaction ends,
/// so there is no gap and no double.
pub fn next_number(tx: &mut Tx, company: CompanyId, day: Date) -> Result<String, Error> {
    let last = tx.one(
        "INSERT INTO ticket_counter (company_id, day, last) VALUES ($1, $2, 1)
         ON CONFLICT (company_id, day) DO UPDATE SET last = ticket_counter.last + 1 RETURNING last",
        &params![company.0, day.to_string()],
        |row| row.get::<i64>(0),
    )?;
    Ok(domain::number::ticket_number(day, returned(last)?))
}

/// Adds a ticket and makes it findable. `id` and `version` of `new` are ignored.
pub fn create(tx: &mut Tx, new: &Ticket, by: Option<PersonId>) -> Result<TicketId, Error> {
    let id = tx.one(
        "INSERT INTO ticket (company_id, number, title, description, status, is_open, priority, queue_id, source,
             organization_id, contact_id, primary_person, due_at, due_order, site, device, insourced_from, insource_status,
             ever_accepted, created_by, created_at, activity_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $21, 1)
         RETURNING id",
        &params![
            new.company.0,
            &new.number,
            &new.title,
            &new.description,
            new.status.name(),
            new.status != TicketStatus::Complete,
            rank(new.priority),
            new.queue.0,
            new.source.name(),
            new.organization.0,
            new.contact.map(|contact| contact.0),
            new.primary_person.map(|person| person.0),
            new.due_at,
            due_order(new.due_at),
            &new.site,
            &new.device,
            new.insourced_from.as_deref(),
            new.insource_status.map(Status::name),
            new.ever_accepted,
            by.map(|person| person.0),
            new.created_at
        ],
        |row| row.get(0),
    )?;
    let id = TicketId(returned(id)?);
    make_findable(tx, new.company, id, new)?;
    Ok(id)
}

fn due_order(due: Option<Timestamp>) -> i64 {
    due.map_or(NEVER, Timestamp::as_microsecond)
}

fn make_findable(
    tx: &mut Tx,
    company: CompanyId,
    id: TicketId,
    ticket: &Ticket,
) -> Result<(), Error> {
    let organization: Option<String> = tx.one(
        "SELECT name FROM organization WHERE company_id = $1 AND id = $2",
        &params![company.0, ticket.organization.0],
        |row| row.get(0),
    )?;
    let organization = organization.unwrap_or_default();
    let text = search::text(&ticket.number, &ticket.title, &organization, &ticket.description);
    search::index(tx, company, id, search::Kept::of(ticket.status), &text)
}

/// Gives the tickets that came from a lead to another organization (decision 15); those that somebody gave to a third
/// one stay there. A contact stays with the organization it belongs to, so it goes from the ticket.
pub fn move_insourced(
    tx: &mut Tx,
    company: CompanyId,
    lead: CompanyId,
    (from, to): (OrganizationId, OrganizationId),
) -> Result<(), Error> {
    let moved = tx.all(
        "UPDATE ticket SET organization_id = $4, contact_id = NULL, version = version + 1
          WHERE company_id = $1 AND organization_id = $3
            AND id IN (SELECT partner_ticket FROM outsourcing WHERE partner_company = $1 AND lead_company = $2)
         RETURNING id",
        &params![company.0, lead.0, from.0, to.0],
        |row| row.get::<i64>(0),
    )?;
    for id in moved {
        if let Some(ticket) = of(tx, company, TicketId(id))? {
            make_findable(tx, company, ticket.id, &ticket)?;
        }
    }
    Ok(())
}

/// Saves a ticket's fields over the version they were made from; `false` if somebody was quicker.
pub fn save(tx: &mut Tx, changed: &Ticket) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE ticket SET title = $4, description = $5, status = $6, is_open = $7, priority = $8, queue_id = $9, source = $10,
                organization_id = $11, contact_id = $12, primary_person = $13, due_at = $14, due_order = $15, site = $16,
                device = $17, activity_at = $18, completed_at = $19, version = version + 1
          WHERE company_id = $1 AND id = $2 AND version = $3",
        &params![
            changed.company.0,
            changed.id.0,
            changed.version,
            &changed.title,
            &changed.description,
            changed.status.name(),
            changed.status != TicketStatus::Complete,
            rank(changed.priority),
            changed.queue.0,
            changed.source.name(),
            changed.organization.0,
            changed.contact.map(|contact| contact.0),
            changed.primary_person.map(|person| person.0),
            changed.due_at,
            due_order(changed.due_at),
            &changed.site,
            &changed.device,
            changed.activity_at,
            changed.completed_at
        ],
    )?;
    if saved == 1 {
        make_findable(tx, changed.company, changed.id, changed)?;
    }
    Ok(saved == 1)
}

/// Notes that something happened on the ticket and tells everybody who looks at it, after the commit.
pub fn touch(tx: &mut Tx, company: CompanyId, id: TicketId, now: Timestamp) -> Result<(), Error> {
    tx.run(
        "UPDATE ticket SET activity_at = $3 WHERE company_id = $1 AND id = $2 AND activity_at < $3",
        &params![company.0, id.0, now],
    )?;
    tx.notify("ticket", &id.0.to_string())
}

/// Shows the round on the lead's ticket.
pub fn show_outsourced(
    tx: &mut Tx,
    company: CompanyId,
    id: TicketId,
    to: Option<&str>,
    status: Option<Status>,
) -> Result<(), Error> {
    tx.run(
        "UPDATE ticket SET outsourced_to = $3, outsource_status = $4 WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0, to, status.map(Status::name)],
    )?;
    Ok(())
}

/// Shows the round on the partner's ticket.
pub fn show_insourced(
    tx: &mut Tx,
    company: CompanyId,
    id: TicketId,
    status: Status,
) -> Result<(), Error> {
    tx.run(
        "UPDATE ticket SET insource_status = $3 WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0, status.name()],
    )?;
    Ok(())
}

/// From now on the ticket can never be deleted.
pub fn mark_accepted(tx: &mut Tx, company: CompanyId, id: TicketId) -> Result<(), Error> {
    tx.run(
        "UPDATE ticket SET ever_accepted = 1 WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0],
    )?;
    Ok(())
}

/// Deletes a ticket with everything on it. The caller has asked the rules.
pub fn delete(tx: &mut Tx, company: CompanyId, id: TicketId) -> Result<(), Error> {
    for table in ["time_entry", "charge", "attachment"] {
        tx.run(
            &format!("DELETE FROM {table} WHERE item_id IN (SELECT id FROM item WHERE company_id = $1 AND ticket_id = $2)"),
            &params![company.0, id.0],
        )?;
    }
    tx.run("DELETE FROM item WHERE company_id = $1 AND ticket_id = $2", &params![company.0, id.0])?;
    for table in ["outsourcing_billing", "round_move"] {
        tx.run(
            &format!(
                "DELETE FROM {table} WHERE outsourcing_id IN
                   (SELECT id FROM outsourcing WHERE lead_company = $1 AND lead_ticket = $2)"
            ),
            &params![company.0, id.0],
        )?;
    }
    tx.run(
        "DELETE FROM outsourcing WHERE lead_company = $1 AND lead_ticket = $2",
        &params![company.0, id.0],
    )?;
    super::network_rounds::forget(tx, company, id)?;
    tx.run("DELETE FROM ticket WHERE company_id = $1 AND id = $2", &params![company.0, id.0])?;
    search::forget(tx, id)
}

/// The number of the other side's ticket in a round of this company; a number is all that is shown of it.
pub fn other_number(
    tx: &mut Tx,
    company: CompanyId,
    round: &super::outsourcings::Outsourcing,
) -> Result<Option<String>, Error> {
    let Some(other) = round.side_of(company).and_then(|side| round.ticket(side.other())) else {
        return Ok(None);
    };
    tx.one("SELECT number FROM ticket WHERE id = $1", &params![other.0], |row| row.get(0))
}
