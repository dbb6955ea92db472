//! What should stand on both tickets, told without the program's rules: items with their own text, and what the other
//! side should have of each.

use domain::outsourcing::{Move, Side, Status};
use domain::sync::{AttachmentKind, ItemKind, Publish};
use domain::ticket::TicketStatus;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Something that is tried.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    Write {
        side: Side,
        what: What,
        publish: Publish,
    },
    Edit {
        side: Side,
        which: Index,
        publish: Publish,
    },
    Delete {
        side: Side,
        which: Index,
    },
    /// The receiver detaches a copy.
    Detach {
        side: Side,
        which: Index,
    },
    /// The receiver edits a copy, detached or not.
    EditCopy {
        side: Side,
        which: Index,
    },
    /// The receiver deletes a copy, detached or not.
    DeleteCopy {
        side: Side,
        which: Index,
    },
    /// The lead saves terms without sending.
    Save,
    /// A side gives its ticket another status.
    Status {
        side: Side,
        to: TicketStatus,
    },
    /// Its own side makes the move, whether or not it can be made now.
    Play(Move),
    /// Both sides move in the same instant.
    Race(Move, Move),
    /// The clock passes the deadline.
    Lapse,
}

/// What can be written: of attachments, a file or a link to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct What {
    pub kind: ItemKind,
    pub attachment: Option<AttachmentKind>,
}

impl What {
    const fn plain(kind: ItemKind) -> Self {
        Self { kind, attachment: None }
    }

    pub const fn attached(attachment: AttachmentKind) -> Self {
        Self { kind: ItemKind::Attachment, attachment: Some(attachment) }
    }

    /// Time entries and charges are for all by nature (section 18.2).
    pub fn published(self, publish: Publish) -> Publish {
        match self.kind {
            ItemKind::TimeEntry | ItemKind::Charge => Publish::All,
            ItemKind::Note | ItemKind::Attachment => publish,
        }
    }

    /// What is for all crosses; a link of any kind never does (section 10).
    pub fn may_cross(self, publish: Publish) -> bool {
        publish == Publish::All && matches!(self.attachment, None | Some(AttachmentKind::File))
    }
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        2 => select(&[ItemKind::Note, ItemKind::TimeEntry, ItemKind::Charge][..]).prop_map(What::plain),
        // As many files as links.
        1 => select(
            &[
                AttachmentKind::File,
                AttachmentKind::File,
                AttachmentKind::File,
                AttachmentKind::FileLink,
                AttachmentKind::FolderLink,
                AttachmentKind::Url,
            ][..]
        )
        .prop_map(What::attached),
    ]
}

fn publish() -> impl Strategy<Value = Publish> {
    prop_oneof![
        7 => Just(Publish::All),
        2 => Just(Publish::Internal),
        1 => Just(Publish::InternalCoManaged),
    ]
}

pub fn step() -> impl Strategy<Value = Step> {
    let side = || select(&[Side::Lead, Side::Partner][..]);
    let mv = select(
        &[
            Move::Send,
            Move::Send,
            Move::Accept,
            Move::Accept,
            Move::Accept,
            Move::ReportCompletion,
            Move::ReportCompletion,
            Move::ReportCompletion,
            Move::Reject,
            Move::Reject,
            Move::Reject,
            Move::Cancel,
            Move::Decline,
            Move::Return,
            Move::Approve,
            Move::Complete,
            Move::Remove,
            Move::Remove,
        ][..],
    );
    let race = select(
        &[
            (Move::Accept, Move::Cancel),
            (Move::Decline, Move::Cancel),
            (Move::Return, Move::Complete),
            (Move::ReportCompletion, Move::Complete),
            (Move::ReportCompletion, Move::Return),
            (Move::Approve, Move::Reject),
            (Move::Approve, Move::Complete),
            (Move::Accept, Move::Decline),
            (Move::Accept, Move::Expire),
            (Move::Decline, Move::Expire),
        ][..],
    );
    // The lead completes its ticket and opens it again; the partner's leaves New.
    let status = select(
        &[
            (Side::Lead, TicketStatus::Complete),
            (Side::Lead, TicketStatus::InProgress),
            (Side::Lead, TicketStatus::InProgress),
            (Side::Partner, TicketStatus::WaitingCustomer),
            (Side::Partner, TicketStatus::Complete),
        ][..],
    );
    prop_oneof![
        8 => (side(), what(), publish()).prop_map(|(side, what, publish)| Step::Write { side, what, publish }),
        4 => (side(), any::<Index>(), publish()).prop_map(|(side, which, publish)| Step::Edit { side, which, publish }),
        2 => (side(), any::<Index>()).prop_map(|(side, which)| Step::Delete { side, which }),
        3 => (side(), any::<Index>()).prop_map(|(side, which)| Step::Detach { side, which }),
        1 => (side(), any::<Index>()).prop_map(|(side, which)| Step::EditCopy { side, which }),
        1 => (side(), any::<Index>()).prop_map(|(side, which)| Step::DeleteCopy { side, which }),
        8 => mv.prop_map(Step::Play),
        2 => Just(Step::Save),
        2 => status.prop_map(|(side, to)| Step::Status { side, to }),
        2 => race.prop_map(|(one, two)| Step::Race(one, two)),
        1 => Just(Step::Lapse),
    ]
}

/// What the other side has of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copy {
    /// Nothing (yet, or any more).
    None,
    /// In step.
    Linked(String),
    /// Cut loose by its receiver; whose text it now is.
    Severed(String),
    /// As it was when the round ended.
    Ended(String),
    /// It came over; its receiver deleted it, and it does not come again.
    Gone,
}

impl Copy {
    /// The text that stands over there.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::None | Self::Gone => None,
            Self::Linked(text) | Self::Severed(text) | Self::Ended(text) => Some(text),
        }
    }
}

/// An item that a side wrote.
#[derive(Debug, Clone)]
pub struct Own {
    pub id: i64,
    pub side: Side,
    pub what: What,
    /// `None` once it was deleted.
    pub text: Option<String>,
    /// Written while the round of this number was linked.
    pub born_in: Option<usize>,
    /// Of the round of the same number, counted from one.
    pub crossed_in: usize,
    pub copy: Copy,
}

/// Both tickets, as they should be.
#[derive(Debug, Default)]
pub struct Model {
    pub items: Vec<Own>,
    /// Rounds so far.
    pub rounds: usize,
    pub status: Option<Status>,
    /// Time entries of the partner that crossed in this round, in hundredths of an hour.
    pub moves: usize,
    /// Whether the lead's ticket is complete.
    pub complete: bool,
    /// Whether the partner's newest ticket has left New, and for what.
    pub theirs: Option<TicketStatus>,
}

impl Model {
    pub fn is_linked(&self) -> bool {
        matches!(self.status, Some(Status::Accepted | Status::InProgress))
    }

    /// What this side wrote and did not delete.
    pub fn alive(&self, side: Side) -> Vec<usize> {
        self.at(|own| own.side == side && own.text.is_some())
    }

    /// What stands on this side as a copy.
    pub fn copies_at(&self, side: Side) -> Vec<usize> {
        self.at(|own| own.side != side && own.copy.text().is_some())
    }

    fn at(&self, fits: impl Fn(&Own) -> bool) -> Vec<usize> {
        let fitting = self.items.iter().enumerate().filter(|(_, own)| fits(own));
        fitting.map(|(at, _)| at).collect()
    }

    pub fn wrote(&mut self, id: i64, side: Side, what: What, text: String, publish: Publish) {
        self.begin_work(side);
        let linked = self.is_linked();
        let crosses = linked && what.may_cross(publish);
        self.items.push(Own {
            id,
            side,
            what,
            copy: if crosses { Copy::Linked(text.clone()) } else { Copy::None },
            text: Some(text),
            born_in: linked.then_some(self.rounds),
            crossed_in: if crosses { self.rounds } else { 0 },
        });
    }

    pub fn edited(&mut self, at: usize, text: String, publish: Publish) {
        let (linked, round) = (self.is_linked(), self.rounds);
        let own = &mut self.items[at];
        own.text = Some(text.clone());
        if !linked {
            return;
        }
        match (&own.copy, own.what.may_cross(publish)) {
            (Copy::Linked(_), true) => own.copy = Copy::Linked(text),
            (Copy::Linked(_), false) => own.copy = Copy::None,
            (Copy::None, true) if own.born_in == Some(round) => {
                own.copy = Copy::Linked(text);
                own.crossed_in = round;
            }
            _ => {}
        }
    }

    pub fn deleted(&mut self, at: usize) {
        let linked = self.is_linked();
        let own = &mut self.items[at];
        own.text = None;
        if linked && matches!(own.copy, Copy::Linked(_)) {
            own.copy = Copy::None;
        }
    }

    pub fn detached(&mut self, at: usize) {
        let text = self.items[at].copy.text().unwrap().to_owned();
        self.items[at].copy = Copy::Severed(text);
    }

    /// The partner's first work begins it.
    pub fn begin_work(&mut self, side: Side) {
        if side == Side::Partner && self.status == Some(Status::Accepted) {
            self.status = Some(Status::InProgress);
            self.moves += 1;
        }
    }

    pub fn moved(&mut self, to: Status) {
        self.moves += 1;
        self.status = Some(to);
        if matches!(to, Status::Complete | Status::Returned) {
            for own in &mut self.items {
                if let Copy::Linked(text) = &own.copy {
                    own.copy = Copy::Ended(text.clone());
                }
            }
        }
    }
}
