//! A move that was made, and what it brings about: what happens to the link, who is written to,
//! which note stands on the tickets, what the partner sees (sections 9 and 13; M3 to M9 of section 16).

use jiff::Timestamp;

use crate::message::Message;
use crate::named::named;
use crate::outsourcing::{Move, Next, Round, Side, Status, Who};

/// One move of a round, to be recorded in its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub from: Status,
    pub next: Next,
    pub mv: Move,
    pub who: Who,
    /// As given, trimmed.
    pub reason: Option<String>,
    pub at: Timestamp,
    /// Whether the partner had taken the round before this move.
    pub accepted: bool,
}

/// The fixed letters about a round (section 16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Letter {
    Assigned,
    Canceled,
    Accepted,
    Declined,
    Expired,
    CompletionReported,
    CompletionRejected,
    Completed,
    Returned,
}

named! { Letter {
    Assigned = "assigned", Canceled = "canceled", Accepted = "accepted", Declined = "declined",
    Expired = "expired", CompletionReported = "completion_reported",
    CompletionRejected = "completion_rejected", Completed = "completed", Returned = "returned",
} }

/// What of a round the partner sees (section 19, rule 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartnerView {
    /// It does not exist.
    Nothing,
    /// The snapshot and the terms, to decide on.
    Offer,
    /// Its own ticket.
    Ticket,
    /// That there was an offer, and how it ended; no detail.
    Ending,
}

pub const NOTE_SENT: &str = "note-round-sent";
pub const NOTE_CANCELED: &str = "note-round-canceled";
pub const NOTE_ACCEPTED: &str = "note-round-accepted";
pub const NOTE_DECLINED: &str = "note-round-declined";
pub const NOTE_EXPIRED: &str = "note-round-expired";
pub const NOTE_REPORTED: &str = "note-round-reported";
pub const NOTE_APPROVED: &str = "note-round-approved";
pub const NOTE_REJECTED: &str = "note-round-rejected";
pub const NOTE_COMPLETED: &str = "note-round-completed";
pub const NOTE_RETURNED: &str = "note-round-returned";

/// Every key of this module.
pub const KEYS: [&str; 10] = [
    NOTE_SENT,
    NOTE_CANCELED,
    NOTE_ACCEPTED,
    NOTE_DECLINED,
    NOTE_EXPIRED,
    NOTE_REPORTED,
    NOTE_APPROVED,
    NOTE_REJECTED,
    NOTE_COMPLETED,
    NOTE_RETURNED,
];

impl Turn {
    /// The status after it; `None` if the round was removed.
    pub const fn status(&self) -> Option<Status> {
        match self.next {
            Next::To(status) => Some(status),
            Next::Removed => None,
        }
    }

    /// The partner's ticket is made from the snapshot (section 11.1).
    pub const fn makes_partner_ticket(&self) -> bool {
        matches!(self.mv, Move::Accept)
    }

    /// The tie is cut for good: every link of the round becomes ended, and the partner's time entries are bundled
    /// into one charge at the lead (section 13; decision 8).
    pub const fn ends_link(&self) -> bool {
        self.accepted && matches!(self.next, Next::To(Status::Complete | Status::Returned))
    }

    /// Who is written to: the primary contact of the named side (section 9, last columns).
    pub fn letters(&self) -> Vec<(Side, Letter)> {
        use Side::{Lead, Partner};
        match self.mv {
            Move::Send => vec![(Partner, Letter::Assigned)],
            Move::Cancel => vec![(Partner, Letter::Canceled)],
            Move::Accept => vec![(Lead, Letter::Accepted)],
            Move::Decline => vec![(Lead, Letter::Declined)],
            Move::Expire => vec![(Lead, Letter::Expired), (Partner, Letter::Expired)],
            Move::ReportCompletion => vec![(Lead, Letter::CompletionReported)],
            Move::Reject => vec![(Partner, Letter::CompletionRejected)],
            Move::Return => vec![(Lead, Letter::Returned)],
            // Out of Waiting Approval, Complete and completing the ticket are the same as approving (rows 13 and 16).
            Move::Approve | Move::Complete | Move::CompleteTicket if self.ends_waiting() => {
                vec![(Lead, Letter::Completed), (Partner, Letter::Completed)]
            }
            Move::Approve | Move::Complete | Move::CompleteTicket => {
                vec![(Partner, Letter::Completed)]
            }
            Move::Remove | Move::BeginWork => Vec::new(),
        }
    }

    /// The system note on the ticket of this side. The server adds who and which company.
    pub fn note(&self, on: Side) -> Option<Message> {
        let key = match (self.mv, on) {
            (Move::Send, Side::Lead) => NOTE_SENT,
            (Move::Cancel, Side::Lead) => NOTE_CANCELED,
            (Move::Accept, _) => NOTE_ACCEPTED,
            (Move::Decline, Side::Lead) => NOTE_DECLINED,
            (Move::Expire, Side::Lead) => NOTE_EXPIRED,
            (Move::ReportCompletion, _) => NOTE_REPORTED,
            (Move::Reject, _) => NOTE_REJECTED,
            (Move::Return, _) => NOTE_RETURNED,
            (Move::Approve, _) => NOTE_APPROVED,
            (Move::Complete | Move::CompleteTicket, Side::Lead) => NOTE_COMPLETED,
            // Completed while the offer was open, there is no ticket at the partner to write on.
            (Move::Complete | Move::CompleteTicket, Side::Partner) if self.accepted => {
                NOTE_COMPLETED
            }
            _ => return None,
        };
        let message = Message::new(key);
        Some(match &self.reason {
            Some(reason) => message.with("reason", reason.clone()),
            None => message,
        })
    }

    const fn ends_waiting(&self) -> bool {
        matches!(self.from, Status::WaitingApproval)
    }
}

impl Round {
    /// What the partner sees of it now.
    pub const fn partner_view(&self) -> PartnerView {
        match self.status {
            Status::Unsent => PartnerView::Nothing,
            Status::Assigned => PartnerView::Offer,
            _ if self.was_accepted() => PartnerView::Ticket,
            _ => PartnerView::Ending,
        }
    }
}
