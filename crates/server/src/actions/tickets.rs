//! Tickets: create, edit, take, complete, delete.

use db::Tx;
use domain::Refusal;
use domain::ids::{ContactId, OrganizationId, PersonId, QueueId, TicketId};
use domain::message::Message;
use domain::outsourcing::Status;
use domain::permission::Permission;
use domain::ticket::{OpenedFrom, Priority, Source, TicketStatus};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{check, items, network_rounds, rounds};
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::network_rounds::NetworkRound;
use crate::store::outsourcings::Outsourcing;
use crate::store::tickets::Ticket;

/// What a person types about a ticket.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Status.
    pub status: TicketStatus,
    /// Priority.
    pub priority: Priority,
    /// Queue.
    pub queue: QueueId,
    /// Source; *Insourced* is reserved.
    pub source: Source,
    /// Organization.
    pub organization: OrganizationId,
    /// Contact at the organization.
    pub contact: Option<ContactId>,
    /// Primary resource.
    pub primary_person: Option<PersonId>,
    /// Due.
    pub due_at: Option<Timestamp>,
    /// Where the work is done.
    pub site: String,
    /// Device.
    pub device: String,
}

impl Draft {
    /// A ticket's fields as a draft, to change some of them.
    pub fn of(ticket: &Ticket) -> Self {
        Self {
            title: ticket.title.clone(),
            description: ticket.description.clone(),
            status: ticket.status,
            priority: ticket.priority,
            queue: ticket.queue,
            source: ticket.source,
            organization: ticket.organization,
            contact: ticket.contact,
            primary_person: ticket.primary_person,
            due_at: ticket.due_at,
            site: ticket.site.clone(),
            device: ticket.device.clone(),
        }
    }
}

/// Creates a ticket of the acting company. Leads and prospects have theirs opened from their own page only (section 18.1).
pub fn create(
    tx: &mut Tx,
    acting: &Acting,
    draft: &Draft,
    from: OpenedFrom,
) -> Result<TicketId, Problem> {
    check::require(acting, Permission::EditTickets)?;
    wrong(tx, acting, draft, None, from)?.check()?;
    let ticket = fresh(tx, acting, draft)?;
    let id = store::tickets::create(tx, &ticket, Some(acting.actor.person))?;
    tx.notify("company", &acting.actor.company.to_string())?;
    Ok(id)
}

/// A new ticket with the next number of the company's day; not stored yet.
pub fn fresh(tx: &mut Tx, acting: &Acting, draft: &Draft) -> Result<Ticket, Problem> {
    let company = store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
    let zone = TimeZone::get(&company.time_zone).unwrap_or(TimeZone::UTC);
    let day = acting.now.to_zoned(zone).date();
    let number = store::tickets::next_number(tx, company.id, day)?;
    Ok(Ticket {
        id: TicketId(0),
        company: company.id,
        number,
        title: draft.title.clone(),
        description: draft.description.clone(),
        status: draft.status,
        priority: draft.priority,
        queue: draft.queue,
        source: draft.source,
        organization: draft.organization,
        contact: draft.contact,
        primary_person: draft.primary_person,
        due_at: draft.due_at,
        site: draft.site.clone(),
        device: draft.device.clone(),
        outsourced_to: None,
        outsource_status: None,
        insourced_from: None,
        insource_status: None,
        ever_accepted: false,
        created_at: acting.now,
        activity_at: acting.now,
        completed_at: (draft.status == TicketStatus::Complete).then_some(acting.now),
        version: 1,
    })
}

/// Every mistake of a draft; `before` is the ticket it changes. Another organization may come in only as `from` lets it.
fn wrong(
    tx: &mut Tx,
    acting: &Acting,
    draft: &Draft,
    before: Option<&Ticket>,
    from: OpenedFrom,
) -> Result<Mistakes, Problem> {
    let mut mistakes = Mistakes::default();
    let company = acting.actor.company;
    check::required(&mut mistakes, "title", &draft.title, 255);
    check::short(&mut mistakes, "description", &draft.description, 8000);
    check::short(&mut mistakes, "site", &draft.site, 255);
    check::short(&mut mistakes, "device", &draft.device, 255);
    match store::organizations::of(tx, company, draft.organization)? {
        Some(organization) => {
            let kept = before.is_some_and(|ticket| ticket.organization == organization.id);
            let fits = organization.active && organization.kind.may_open_ticket(from).is_ok();
            if !kept && !fits {
                mistakes.add("organization", Message::new("mistake-organization-type"));
            }
        }
        None => mistakes.add("organization", Message::new("mistake-missing")),
    }
    if let Some(contact) = draft.contact {
        let found = store::contacts::of(tx, company, contact)?;
        if found.is_none_or(|found| found.organization != draft.organization) {
            mistakes.add("contact", Message::new("mistake-contact-elsewhere"));
        }
    }
    if let Some(person) = draft.primary_person {
        let found = store::people::of(tx, company, person)?;
        let kept = before.is_some_and(|ticket| ticket.primary_person == Some(person));
        if !found.is_some_and(|found| found.active || kept) {
            mistakes.add("person", Message::new("mistake-person-inactive"));
        }
    }
    if !store::queues::has(tx, company, draft.queue)? {
        mistakes.add("queue", Message::new("mistake-missing"));
    }
    let reserved = before.map_or(Source::Phone, |ticket| ticket.source);
    if (draft.source == Source::Insourced || reserved == Source::Insourced)
        && draft.source != reserved
    {
        mistakes.add("source", Message::new("mistake-source-reserved"));
    }
    Ok(mistakes)
}

/// Whether an edit may end the ticket's live round, too (decision 4: the lead is asked first).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nobody was asked yet.
    NotAsked,
    /// The person knows and wants it.
    Confirmed,
}

/// Changes a ticket's fields, if nobody changed them since `version`.
pub fn edit(
    tx: &mut Tx,
    acting: &Acting,
    id: TicketId,
    version: i64,
    draft: &Draft,
    ending: Ending,
) -> Result<(), Problem> {
    check::require(acting, Permission::EditTickets)?;
    let Locked { case, network, ticket: before } = locked(tx, acting, id)?;
    if before.version != version {
        return Err(Problem::Stale);
    }
    wrong(tx, acting, draft, Some(&before), OpenedFrom::Anywhere)?.check()?;
    let ends = draft.status == TicketStatus::Complete
        && before.outsource_status.is_some_and(Status::is_live);
    if ends {
        rounds::may_decide_by_completing(acting)?;
        if ending == Ending::NotAsked {
            return Err(Refusal::EndsRound.into());
        }
    }
    rounds::before_status(tx, acting, case, &before, draft.status)?;
    network_rounds::before_status(tx, acting, network, draft.status)?;
    apply(tx, acting, &before, draft)
}

fn apply(tx: &mut Tx, acting: &Acting, before: &Ticket, draft: &Draft) -> Result<(), Problem> {
    let complete = draft.status == TicketStatus::Complete;
    let after = Ticket {
        title: draft.title.clone(),
        description: draft.description.clone(),
        status: draft.status,
        priority: draft.priority,
        queue: draft.queue,
        source: draft.source,
        organization: draft.organization,
        contact: draft.contact,
        primary_person: draft.primary_person,
        due_at: draft.due_at,
        site: draft.site.clone(),
        device: draft.device.clone(),
        activity_at: acting.now,
        completed_at: if complete { before.completed_at.or(Some(acting.now)) } else { None },
        ..before.clone()
    };
    if !store::tickets::save(tx, &after)? {
        return Err(Problem::Stale);
    }
    for message in differences(before, &after) {
        items::system_note(
            tx,
            acting.actor.company,
            before.id,
            &acting.actor.name,
            &message,
            acting.now,
        )?;
    }
    store::tickets::touch(tx, acting.actor.company, before.id, acting.now)?;
    tx.notify("company", &acting.actor.company.to_string())?;
    Ok(())
}

/// What the stream says about an edit: the fields that people act on.
fn differences(before: &Ticket, after: &Ticket) -> Vec<Message> {
    let mut messages = Vec::new();
    if before.status != after.status {
        messages.push(
            Message::new("note-status-changed")
                .with_key("from", ticket_status_key(before.status))
                .with_key("to", ticket_status_key(after.status)),
        );
    }
    if before.priority != after.priority {
        messages.push(
            Message::new("note-priority-changed")
                .with_key("from", priority_key(before.priority))
                .with_key("to", priority_key(after.priority)),
        );
    }
    if before.due_at != after.due_at {
        messages.push(match after.due_at {
            Some(due) => Message::new("note-due-changed").with("due", due),
            None => Message::new("note-due-removed"),
        });
    }
    messages
}

/// The locale key of a ticket status.
pub fn ticket_status_key(status: TicketStatus) -> &'static str {
    match status {
        TicketStatus::New => "ticket-status-new",
        TicketStatus::InProgress => "ticket-status-in_progress",
        TicketStatus::WaitingCustomer => "ticket-status-waiting_customer",
        TicketStatus::OnHold => "ticket-status-on_hold",
        TicketStatus::Escalated => "ticket-status-escalated",
        TicketStatus::Complete => "ticket-status-complete",
    }
}

/// The locale key of a priority.
pub fn priority_key(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "priority-low",
        Priority::Medium => "priority-medium",
        Priority::High => "priority-high",
        Priority::Critical => "priority-critical",
    }
}

/// Changes the status alone (buttons of the toolbar).
pub fn set_status(
    tx: &mut Tx,
    acting: &Acting,
    id: TicketId,
    status: TicketStatus,
) -> Result<(), Problem> {
    check::require(acting, Permission::EditTickets)?;
    let Locked { case, network, ticket: before } = locked(tx, acting, id)?;
    if before.status == status {
        return Ok(());
    }
    rounds::before_status(tx, acting, case, &before, status)?;
    network_rounds::before_status(tx, acting, network, status)?;
    apply(tx, acting, &before, &Draft { status, ..Draft::of(&before) })
}

/// Takes an unassigned ticket: the toolbar's *Accept*, not the outsourcing one.
pub fn take(tx: &mut Tx, acting: &Acting, id: TicketId) -> Result<(), Problem> {
    check::require(acting, Permission::EditTickets)?;
    let before = locked(tx, acting, id)?.ticket;
    if before.primary_person.is_some() {
        return Err(Problem::Stale);
    }
    apply(
        tx,
        acting,
        &before,
        &Draft { primary_person: Some(acting.actor.person), ..Draft::of(&before) },
    )
}

/// Whether a ticket can be deleted as it stands (section 9, row 15).
pub fn may_delete(ticket: &Ticket) -> Result<(), Refusal> {
    domain::outsourcing::may_delete_ticket(
        ticket.ever_accepted || ticket.insourced_from.is_some(),
    )?;
    if ticket.outsource_status.is_some_and(Status::is_live) {
        return Err(Refusal::RoundLive);
    }
    Ok(())
}

/// Deletes a ticket that no partner ever accepted and that is with nobody now (section 9, row 15).
pub fn delete(tx: &mut Tx, acting: &Acting, id: TicketId) -> Result<String, Problem> {
    check::require(acting, Permission::EditTickets)?;
    let company = acting.actor.company;
    let Locked { case, network, ticket } = locked(tx, acting, id)?;
    may_delete(&ticket)?;
    if network.is_some() || case.is_some_and(|case| case.round.status.is_live()) {
        return Err(Refusal::RoundLive.into());
    }
    store::tickets::delete(tx, company, id)?;
    store::audits::record(tx, acting, "audit-ticket-deleted", &ticket.number, &ticket.title)?;
    tx.notify("company", &company.to_string())?;
    Ok(ticket.number)
}

/// A ticket, its unsent or live round with a partner and its live one-way round: one of the two at most is live.
struct Locked {
    case: Option<Outsourcing>,
    network: Option<NetworkRound>,
    ticket: Ticket,
}

/// All of it locked: the rounds first, as everybody does, then the ticket.
fn locked(tx: &mut Tx, acting: &Acting, id: TicketId) -> Result<Locked, Problem> {
    let company = acting.actor.company;
    let case = store::outsourcings::live_of_ticket(tx, company, id)?;
    let network = store::network_rounds::live_of_ticket(tx, company, id)?;
    let ticket = store::tickets::lock(tx, company, id)?.ok_or(Problem::NotFound)?;
    // A round may have begun after we looked and before we had the ticket.
    let shown = ticket.insource_status.or(ticket.outsource_status);
    if case.is_none() && network.is_none() && shown.is_some_and(Status::is_live) {
        return Err(Problem::Stale);
    }
    Ok(Locked { case, network, ticket })
}
