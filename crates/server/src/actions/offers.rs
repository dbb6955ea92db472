//! Offers: the terms, the snapshot that leaves with them, sending, accepting (sections 8 and 11; decision 2).

mod snapshot;

pub use snapshot::{
    Offerable, SharedContact, SharedFile, SharedNote, Snapshot, offerable, snapshot,
};

use db::Tx;
use domain::ids::{OutsourcingId, PartnershipId, TicketId};
use domain::message::Message;
use domain::outsourcing::{Move, Round, Side, Status, may_start_round};
use domain::permission::Permission;
use domain::sync::{AttachmentKind, ItemKind, Publish};
use domain::terms::{Share, Terms};
use domain::ticket::{Source, TicketStatus};
use jiff::Timestamp;

use super::mapping::{self, Mapping};
use super::rounds::{self, By};
use super::{check, crossings, tickets};
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::items::{Item, ItemId, Part};
use crate::store::outsourcings::Outsourcing;
use crate::store::tickets::Ticket;

/// Saves terms without sending (Unsent): a new round, or the one that is not sent yet.
pub fn save(
    tx: &mut Tx,
    acting: &Acting,
    ticket: TicketId,
    partnership: PartnershipId,
    terms: &Terms,
) -> Result<OutsourcingId, Problem> {
    check::require(acting, Permission::Outsource)?;
    let company = acting.actor.company;
    let existing = store::outsourcings::live_of_ticket(tx, company, ticket)?;
    let row = store::tickets::lock(tx, company, ticket)?.ok_or(Problem::NotFound)?;
    // The ticket's own status knows of a network, too.
    let live = existing.as_ref().is_some_and(|case| case.round.status.is_live())
        || row.outsource_status.is_some_and(Status::is_live);
    may_start_round(row.status == TicketStatus::Complete, live, row.insourced_from.is_some())?;
    let case = with_terms(tx, acting, &row, partnership, terms, existing.as_ref())?;
    let id = match &existing {
        Some(_) => {
            if !store::outsourcings::save_terms(tx, &case)? {
                return Err(Problem::Stale);
            }
            case.id
        }
        None => create(tx, &case)?,
    };
    let (subject, about) = rounds::about(tx, &case, Side::Lead)?;
    store::audits::record_on(tx, acting, subject, ("audit-round-saved", &about, ""))?;
    store::outsourcings::save_billing(tx, company, id, &terms.billing)?;
    rounds::show_on_lead(tx, &case, Some(Status::Unsent))?;
    store::tickets::touch(tx, company, ticket, acting.now)?;
    Ok(id)
}

fn create(tx: &mut Tx, case: &Outsourcing) -> Result<OutsourcingId, Problem> {
    let id = match store::outsourcings::create(tx, case) {
        Err(error) if error.is_unique() => return Err(domain::Refusal::RoundLive.into()),
        other => other?,
    };
    Ok(id)
}

fn with_terms(
    tx: &mut Tx,
    acting: &Acting,
    ticket: &Ticket,
    partnership: PartnershipId,
    terms: &Terms,
    existing: Option<&Outsourcing>,
) -> Result<Outsourcing, Problem> {
    let chosen =
        store::partnerships::of(tx, acting.actor.company, partnership)?.ok_or(Problem::NotFound)?;
    chosen.status.may_receive_tickets()?;
    let entry = store::organizations::of(tx, acting.actor.company, chosen.organization)?;
    entry.ok_or(Problem::NotFound)?.may_be_partner()?;
    let partner = chosen.partner_company.ok_or(domain::Refusal::PartnerInactive)?;
    let lead = store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
    let other = store::companies::of(tx, partner)?.ok_or(Problem::NotFound)?;
    acting.languages.may_outsource(lead.language, other.language)?;
    let (lead_name, partner_name) = (lead.name, other.name);
    let terms = Terms { share: only_own(tx, ticket, &terms.share)?, ..terms.clone() };
    let snapshot = serde_json::to_string(&snapshot(tx, ticket, &terms)?)?;
    let fresh = Outsourcing {
        id: OutsourcingId(0),
        public_id: uuid::Uuid::now_v7().to_string(),
        lead: acting.actor.company,
        lead_name,
        lead_ticket: ticket.id,
        partner,
        partner_name: partner_name.clone(),
        partner_ticket: None,
        partnership,
        round: Round::unsent(terms.accept_by, acting.now),
        terms: terms.clone(),
        snapshot: snapshot.clone(),
        reason: String::new(),
        sent_by: None,
        sent_name: String::new(),
        sent_at: None,
        reported_at: None,
        ended_at: None,
        created_at: acting.now,
        version: 1,
    };
    Ok(match existing {
        None => fresh,
        Some(before) => Outsourcing {
            partner,
            partner_name,
            partnership,
            terms,
            snapshot,
            round: fresh.round,
            ..before.clone()
        },
    })
}

/// Of what a form ticked, what really is the ticket's own and public.
fn only_own(tx: &mut Tx, ticket: &Ticket, share: &Share) -> Result<Share, Problem> {
    let known = offerable(tx, ticket.company, ticket.id)?.standard();
    Ok(Share {
        contact: share.contact && ticket.contact.is_some(),
        device: share.device,
        notes: share.notes.iter().copied().filter(|note| known.notes.contains(note)).collect(),
        files: share.files.iter().copied().filter(|file| known.files.contains(file)).collect(),
    })
}

/// Saves the terms and sends the ticket out. Every mistake of the terms stands against it.
pub fn send(
    tx: &mut Tx,
    acting: &Acting,
    ticket: TicketId,
    partnership: PartnershipId,
    terms: &Terms,
) -> Result<OutsourcingId, Problem> {
    let mut mistakes = Mistakes::default();
    for (field, message) in terms.validate(acting.now) {
        mistakes.add(field, message);
    }
    check::require(acting, Permission::Outsource)?;
    mistakes.check()?;
    let id = save(tx, acting, ticket, partnership, terms)?;
    let case = store::outsourcings::lock(tx, acting.actor.company, id)?.ok_or(Problem::NotFound)?;
    rounds::apply(tx, By::Person(acting), &case, Move::Send, "")?;
    store::partnerships::mark_outsourced(tx, partnership, acting.now)?;
    Ok(id)
}

/// Drops terms that were saved and not sent.
pub fn remove(tx: &mut Tx, acting: &Acting, id: OutsourcingId) -> Result<TicketId, Problem> {
    Ok(rounds::play(tx, acting, id, Move::Remove, "")?.lead_ticket)
}

/// Accepts an offer: from here both sides see each other's work.
pub fn accept(
    tx: &mut Tx,
    acting: &Acting,
    id: OutsourcingId,
    organization: &Mapping,
) -> Result<Outsourcing, Problem> {
    check::require(acting, Permission::AnswerOffers)?;
    let case = store::outsourcings::lock(tx, acting.actor.company, id)?.ok_or(Problem::NotFound)?;
    if case.side_of(acting.actor.company) != Some(Side::Partner) {
        return Err(domain::Refusal::NotYours { mv: Move::Accept }.into());
    }
    // Ask the table before anything is written for the mapping.
    case.round.play(domain::outsourcing::Who::PARTNER, Move::Accept, None, acting.now)?;
    mapping::choose(tx, acting, &case, organization)?;
    rounds::apply(tx, By::Person(acting), &case, Move::Accept, "")
}

/// Makes the partner's ticket from the snapshot (section 11.1). Called by the move itself.
pub fn make_ticket(tx: &mut Tx, acting: &Acting, case: &Outsourcing) -> Result<TicketId, Problem> {
    let snapshot = Snapshot::read(&case.snapshot);
    let company = store::companies::of(tx, case.partner)?.ok_or(Problem::NotFound)?;
    let organization = store::partnerships::mapping(tx, case.partner, case.lead)?
        .ok_or_else(|| Mistakes::one("organization", Message::new("mistake-mapping")))?;
    let queues = store::queues::all(tx, case.partner)?;
    let queue = company.default_queue.or_else(|| queues.first().map(|(id, _)| *id));
    let draft = tickets::Draft {
        title: snapshot.title.clone(),
        description: snapshot.description.clone(),
        status: TicketStatus::New,
        priority: snapshot.priority(),
        queue: queue.ok_or_else(|| Mistakes::one("queue", Message::new("mistake-missing")))?,
        source: Source::Insourced,
        organization,
        contact: None,
        primary_person: None,
        due_at: snapshot.due,
        site: snapshot.site.clone(),
        device: snapshot.device.clone().unwrap_or_default(),
    };
    let mut ticket = tickets::fresh(tx, acting, &draft)?;
    ticket.insourced_from = Some(case.lead_name.clone());
    ticket.insource_status = Some(Status::Accepted);
    ticket.ever_accepted = true;
    Ok(store::tickets::create(tx, &ticket, Some(acting.actor.person))?)
}

/// Brings the notes and files that left with the offer onto the partner's new ticket, each a crossing.
pub fn bring_shared(tx: &mut Tx, acting: &Acting, case: &Outsourcing) -> Result<(), Problem> {
    let snapshot = Snapshot::read(&case.snapshot);
    for note in &snapshot.notes {
        let item = as_sent(
            case,
            note.item,
            note.revision,
            (&note.title, &note.body, &note.author),
            note.at,
            Part::Note,
        );
        crossings::send_new(
            tx,
            acting,
            case,
            Side::Lead,
            &item,
            ItemKind::Note,
            Publish::Internal,
        )?;
    }
    for file in &snapshot.files {
        let part = Part::Attachment(store::items::Attachment {
            kind: AttachmentKind::File,
            file_name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            blob: Some(file.blob.clone()),
            url: None,
        });
        let words = (file.title.as_str(), "", file.author.as_str());
        let item = as_sent(case, file.item, file.revision, words, case.created_at, part);
        crossings::send_new(
            tx,
            acting,
            case,
            Side::Lead,
            &item,
            ItemKind::Attachment,
            Publish::Internal,
        )?;
    }
    Ok(())
}

/// The lead's item as it was when it was sent, whatever became of it since.
fn as_sent(
    case: &Outsourcing,
    id: i64,
    revision: i64,
    words: (&str, &str, &str),
    at: Timestamp,
    part: Part,
) -> Item {
    Item {
        id: ItemId(id),
        company: case.lead,
        ticket: case.lead_ticket,
        publish: Publish::All,
        title: words.0.to_owned(),
        body: words.1.to_owned(),
        message: None,
        author: None,
        author_name: words.2.to_owned(),
        born_round: None,
        is_copy: false,
        revision,
        created_at: at,
        edited_at: None,
        part,
    }
}
