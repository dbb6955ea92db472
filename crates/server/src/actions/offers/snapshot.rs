//! The snapshot that leaves with an offer, and what can be ticked to leave with it (decision 2).

use db::Tx;
use domain::ids::{AttachmentId, CompanyId, NoteId, TicketId};
use domain::sync::{AttachmentKind, ItemKind};
use domain::terms::{Share, Terms, may_offer};
use domain::ticket::Priority;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::store;
use crate::store::items::{Item, Part};
use crate::store::tickets::Ticket;

/// Exactly what leaves with the offer: the sender sees it before sending, the partner's ticket is made from it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Name of the [`Priority`].
    pub priority: String,
    /// Due.
    pub due: Option<Timestamp>,
    /// Where the work is done.
    pub site: String,
    /// The person at the customer, if ticked.
    pub contact: Option<SharedContact>,
    /// The device, if ticked.
    pub device: Option<String>,
    /// Notes that were ticked.
    pub notes: Vec<SharedNote>,
    /// Files that were ticked.
    pub files: Vec<SharedFile>,
}

/// A person at the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedContact {
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
}

/// A note as it was when the ticket was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedNote {
    /// The lead's item.
    pub item: i64,
    /// Its revision.
    pub revision: i64,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

/// A file as it was when the ticket was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFile {
    /// The lead's item.
    pub item: i64,
    /// Its revision.
    pub revision: i64,
    /// Title.
    pub title: String,
    /// Name as uploaded.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Where its content lies.
    pub blob: String,
    /// Who attached it.
    pub author: String,
}

impl Snapshot {
    /// From its JSON; empty if it cannot be read.
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// The priority it left with.
    pub fn priority(&self) -> Priority {
        Priority::from_name(&self.priority).unwrap_or(Priority::Medium)
    }
}

/// What can be ticked on the terms page: the lead's public notes and files.
#[derive(Debug, Clone, Default)]
pub struct Offerable {
    /// Notes for all.
    pub notes: Vec<Item>,
    /// Files for all.
    pub files: Vec<Item>,
}

impl Offerable {
    /// What is ticked at first: contact and device off, public notes and files on.
    pub fn standard(&self) -> Share {
        Share::standard(
            self.notes.iter().map(|note| (NoteId(note.id.0), note.publish)),
            self.files
                .iter()
                .map(|file| (AttachmentId(file.id.0), file.publish, AttachmentKind::File)),
        )
    }
}

/// The lead's public notes and files of a ticket.
pub fn offerable(tx: &mut Tx, company: CompanyId, ticket: TicketId) -> Result<Offerable, Problem> {
    let own = |item: &Item| !item.is_system() && !item.is_copy;
    let notes = store::items::of_kind(tx, company, ticket, ItemKind::Note)?;
    let files = store::items::of_kind(tx, company, ticket, ItemKind::Attachment)?;
    let file_kind = |item: &Item| match &item.part {
        Part::Attachment(file) => Some(file.kind),
        _ => None,
    };
    Ok(Offerable {
        notes: notes
            .into_iter()
            .filter(|note| own(note) && may_offer(note.publish, None).is_ok())
            .collect(),
        files: files
            .into_iter()
            .filter(|file| own(file) && may_offer(file.publish, file_kind(file)).is_ok())
            .collect(),
    })
}

/// Makes the snapshot of a ticket under these terms. What is internal is left out even if a form claims it.
pub fn snapshot(tx: &mut Tx, ticket: &Ticket, terms: &Terms) -> Result<Snapshot, Problem> {
    let offerable = offerable(tx, ticket.company, ticket.id)?;
    let contact = match ticket.contact.filter(|_| terms.share.contact) {
        Some(contact) => store::contacts::of(tx, ticket.company, contact)?,
        None => None,
    };
    let ticked_note = |item: &&Item| terms.share.notes.contains(&NoteId(item.id.0));
    let ticked_file = |item: &&Item| terms.share.files.contains(&AttachmentId(item.id.0));
    Ok(Snapshot {
        title: ticket.title.clone(),
        description: ticket.description.clone(),
        priority: ticket.priority.name().to_owned(),
        // As agreed: the terms page fills in the ticket's own, and whoever empties the field means it.
        due: terms.due,
        site: ticket.site.clone(),
        contact: contact.map(|found| SharedContact {
            name: found.name(),
            email: found.email.clone(),
            phone: found.phone,
        }),
        device: Some(ticket.device.clone())
            .filter(|device| terms.share.device && !device.is_empty()),
        notes: offerable.notes.iter().filter(ticked_note).map(shared_note).collect(),
        files: offerable.files.iter().filter(ticked_file).filter_map(shared_file).collect(),
    })
}

fn shared_note(item: &Item) -> SharedNote {
    SharedNote {
        item: item.id.0,
        revision: item.revision,
        title: item.title.clone(),
        body: item.body.clone(),
        author: item.author_name.clone(),
        at: item.created_at,
    }
}

fn shared_file(item: &Item) -> Option<SharedFile> {
    let Part::Attachment(file) = &item.part else { return None };
    Some(SharedFile {
        item: item.id.0,
        revision: item.revision,
        title: item.title.clone(),
        name: file.file_name.clone(),
        media_type: file.media_type.clone(),
        size: file.size,
        blob: file.blob.clone()?,
        author: item.author_name.clone(),
    })
}
