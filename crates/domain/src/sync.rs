//! What crosses between the two sides while a round is linked, and as what (section 10; decisions 1, 3, 10 and 16).
//! The action that writes an item asks [`crossing`] and writes the copy in the same transaction.

use crate::named::named;
use crate::outsourcing::{Side, Status};
use crate::refusal::Refusal;

/// The things on a ticket that can cross.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    Note,
    TimeEntry,
    Charge,
    Attachment,
}

named! { ItemKind { Note = "note", TimeEntry = "time_entry", Charge = "charge", Attachment = "attachment" } }

impl ItemKind {
    /// The key of its name in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Note => "kind-note",
            Self::TimeEntry => "kind-time_entry",
            Self::Charge => "kind-charge",
            Self::Attachment => "kind-attachment",
        }
    }
}

/// For whom an item is published (section 18.2). Time entries and charges are [`Publish::All`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Publish {
    All,
    Internal,
    InternalCoManaged,
}

named! { Publish { All = "all", Internal = "internal", InternalCoManaged = "internal_co_managed" } }

/// The kinds of attachment (section 18.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttachmentKind {
    File,
    FileLink,
    FolderLink,
    Url,
}

named! { AttachmentKind { File = "file", FileLink = "file_link", FolderLink = "folder_link", Url = "url" } }

/// What was done to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    Create,
    Edit,
    Delete,
}

named! { Change { Create = "create", Edit = "edit", Delete = "delete" } }

/// The tie between an item and its copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkState {
    Linked,
    /// The receiver detached its copy.
    Severed,
    /// The round is over.
    Ended,
}

named! { LinkState { Linked = "linked", Severed = "severed", Ended = "ended" } }

/// What the rules need to know of an item, as it is after the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub kind: ItemKind,
    pub publish: Publish,
    /// The kind of attachment; `None` for all that is none.
    pub attachment: Option<AttachmentKind>,
    /// Written on this side; `false` if it is itself a copy.
    pub own: bool,
    /// Its tie to the other side, if it has one.
    pub link: Option<LinkState>,
    /// Written while this round was linked: not before, and not while it waited for approval (decision 16).
    pub born_linked: bool,
    /// Written by the system on this ticket alone.
    pub system: bool,
}

/// What happens at the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crossing {
    Nothing(Why),
    Create { as_kind: ItemKind, publish: Publish },
    Update { as_kind: ItemKind },
    Delete,
}

/// Why nothing crosses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The round is not linked yet.
    NotLinked,
    /// The lead decides about the reported completion.
    Waiting,
    /// The round is over.
    Ended,
    /// A system note is about one ticket.
    System,
    /// It came from the other side: nothing loops back.
    Copy,
    Internal,
    /// A link or URL is no file.
    NotAFile,
    /// Its copy was detached.
    Severed,
    /// Written before the link, or while it was suspended: it stays for good.
    WrittenApart,
    /// It is at the other side already.
    Crossed,
    /// It never was at the other side.
    NeverCrossed,
}

named! { Why {
    NotLinked = "not_linked", Waiting = "waiting", Ended = "ended", System = "system", Copy = "copy",
    Internal = "internal", NotAFile = "not_a_file", Severed = "severed",
    WrittenApart = "written_apart", Crossed = "crossed", NeverCrossed = "never_crossed",
} }

impl Why {
    /// The key of its sentence, for the place where one writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotLinked => "stays-not-linked",
            Self::Waiting => "stays-waiting",
            Self::Ended => "stays-ended",
            Self::System => "stays-system",
            Self::Copy => "stays-copy",
            Self::Internal => "stays-internal",
            Self::NotAFile => "stays-not-a-file",
            Self::Severed => "stays-severed",
            Self::WrittenApart => "stays-written-apart",
            Self::Crossed => "stays-crossed",
            Self::NeverCrossed => "stays-never-crossed",
        }
    }
}

/// What a change of an item at `from` brings about at the other side, in a round of this status.
/// After [`Crossing::Delete`] the item has no link any more.
pub fn crossing(item: &Item, change: Change, from: Side, status: Status) -> Crossing {
    if let Some(why) = stays(*item, status) {
        return Crossing::Nothing(why);
    }
    let as_kind = kind_across(item.kind, from);
    // What arrives is for internal users, so that it reaches neither invoices nor the customer (section 10).
    let create = Crossing::Create { as_kind, publish: Publish::Internal };
    let public = item.publish == Publish::All;
    match (change, item.link.is_some()) {
        (Change::Create, true) => Crossing::Nothing(Why::Crossed),
        (Change::Create | Change::Edit, false) if !public => Crossing::Nothing(Why::Internal),
        (Change::Create | Change::Edit, false) if !item.born_linked => {
            Crossing::Nothing(Why::WrittenApart)
        }
        (Change::Create | Change::Edit, false) => create,
        (Change::Edit, true) if public => Crossing::Update { as_kind },
        // What has become internal is taken back: nothing internal stays in step.
        (Change::Edit | Change::Delete, true) => Crossing::Delete,
        (Change::Delete, false) => Crossing::Nothing(Why::NeverCrossed),
    }
}

/// What keeps an item on its side whatever is done to it.
fn stays(item: Item, status: Status) -> Option<Why> {
    match status {
        Status::Accepted | Status::InProgress => {}
        Status::Unsent | Status::Assigned => return Some(Why::NotLinked),
        Status::WaitingApproval => return Some(Why::Waiting),
        _ => return Some(Why::Ended),
    }
    match (item.link, item.attachment) {
        _ if item.system => Some(Why::System),
        _ if !item.own => Some(Why::Copy),
        (Some(LinkState::Severed), _) => Some(Why::Severed),
        (Some(LinkState::Ended), _) => Some(Why::Ended),
        (_, Some(kind)) if kind != AttachmentKind::File => Some(Why::NotAFile),
        _ => None,
    }
}

/// The lead's time becomes a note at the partner, who has no hours to bill for it; all else keeps its kind.
const fn kind_across(kind: ItemKind, from: Side) -> ItemKind {
    match (kind, from) {
        (ItemKind::TimeEntry, Side::Lead) => ItemKind::Note,
        _ => kind,
    }
}

/// Whether this side may edit or delete an item. `status` is that of the item's round: the round it is linked in,
/// else the ticket's latest. On a ticket that was never outsourced only [`Item::system`] matters: ask with Unsent.
pub fn may_edit(item: &Item, at: Side, status: Status) -> Result<(), Refusal> {
    if item.system {
        return Err(Refusal::SystemNote);
    }
    if item.own {
        return own_may_edit(*item, at, status);
    }
    match (item.link, item.kind) {
        _ if status.has_ended() => Ok(()),
        (Some(LinkState::Linked), ItemKind::Charge) => Err(Refusal::ChargeReadOnly),
        (Some(LinkState::Linked), _) => Err(Refusal::CopyReadOnly),
        _ => Ok(()),
    }
}

/// What the partner added before it reported completion is locked: the lead decides on the strength of it
/// (sections 10 and 11.3; gap G21).
fn own_may_edit(item: Item, at: Side, status: Status) -> Result<(), Refusal> {
    let reported = at == Side::Partner && (item.born_linked || item.link.is_some());
    match status {
        Status::WaitingApproval if reported => Err(Refusal::LockedWaiting),
        Status::Complete | Status::Returned if reported => Err(Refusal::LockedEnded),
        _ => Ok(()),
    }
}

/// Whether the receiver may detach this copy: it becomes its own, and both sides see that it is severed (decision 3).
pub fn may_detach(item: &Item, status: Status) -> Result<(), Refusal> {
    match (item.own, item.link) {
        (true, _) => Err(Refusal::OwnItem),
        (false, Some(LinkState::Linked)) if status.has_ended() => Err(Refusal::NotLinked),
        (false, Some(LinkState::Linked)) => detach_linked(*item, status),
        (false, _) => Err(Refusal::NotLinked),
    }
}

fn detach_linked(item: Item, status: Status) -> Result<(), Refusal> {
    match (item.kind, status) {
        (ItemKind::Charge, _) => Err(Refusal::ChargeReadOnly),
        (_, Status::WaitingApproval) => Err(Refusal::DetachWaiting),
        _ => Ok(()),
    }
}

/// Every key of this module that is not a refusal.
pub fn keys() -> impl Iterator<Item = &'static str> {
    Why::ALL.map(Why::key).into_iter().chain(ItemKind::ALL.map(ItemKind::key))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod tests;
