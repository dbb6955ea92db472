//! Networks and vendors: whom a ticket is handed to one-way, and the moves of such a round (section 6; decision 9).
//! There is no partner who could answer: the lead sends, and the lead closes. [`Status::after`] is the whole table;
//! it is printed to `tests/moves.txt`. What leaves is worded by the company: see [`template`].

pub mod template;

use crate::named::named;
use crate::outsourcing;
use crate::refusal::Refusal;
use crate::ticket::OrganizationType;

/// What happens when a ticket is handed to the network (section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// A letter leaves at once.
    Email,
    /// A link with the ticket's values is opened by whoever sent.
    LiveLink,
    /// Nothing leaves: somebody calls, or writes elsewhere.
    Nothing,
}

named! { Action { Email = "email", LiveLink = "livelink", Nothing = "none" } }

/// Where a one-way round stands. Its names are those of [`outsourcing::Status`], as a ticket shows both alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Assigned,
    Complete,
    Canceled,
}

named! { Status { Assigned = "assigned", Complete = "complete", Canceled = "canceled" } }

/// What the lead can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    Send,
    Complete,
    Cancel,
    /// The lead completes its ticket; no button of its own (as section 9, row 13).
    CompleteTicket,
}

named! { Move {
    Send = "send", Complete = "complete", Cancel = "cancel", CompleteTicket = "complete_ticket",
} }

impl Status {
    /// THE table: where a move leads from the newest one-way round of a ticket, or from none. Sending after an end
    /// begins a new round; the old one is history.
    pub const fn after(newest: Option<Self>, mv: Move) -> Result<Self, Refusal> {
        use Move as M;
        use Status as S;
        match (newest, mv) {
            (None | Some(S::Complete | S::Canceled), M::Send) => Ok(S::Assigned),
            (Some(S::Assigned), M::Complete | M::CompleteTicket) => Ok(S::Complete),
            (Some(S::Assigned), M::Cancel) => Ok(S::Canceled),
            (Some(S::Assigned), M::Send) => Err(Refusal::RoundLive),
            (Some(status), _) => Err(Refusal::RoundEnded { status: status.shown() }),
            (None, _) => Err(Refusal::NetworkRoundMissing),
        }
    }

    /// Sent and not ended.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Assigned)
    }

    /// The moves a person has buttons for.
    pub fn moves(self) -> Vec<Move> {
        let possible = |mv: &Move| {
            !matches!(mv, Move::Send | Move::CompleteTicket) && Self::after(Some(self), *mv).is_ok()
        };
        Move::ALL.into_iter().filter(possible).collect()
    }

    /// As the ticket and its lists show it, in the words of any other round.
    pub const fn shown(self) -> outsourcing::Status {
        match self {
            Self::Assigned => outsourcing::Status::Assigned,
            Self::Complete => outsourcing::Status::Complete,
            Self::Canceled => outsourcing::Status::Canceled,
        }
    }
}

impl Move {
    /// The move of a round with a partner that it is like; it has the same words.
    pub const fn shown(self) -> outsourcing::Move {
        match self {
            Self::Send => outsourcing::Move::Send,
            Self::Complete => outsourcing::Move::Complete,
            Self::Cancel => outsourcing::Move::Cancel,
            Self::CompleteTicket => outsourcing::Move::CompleteTicket,
        }
    }
}

/// Only active networks are offered (section 6).
pub fn may_receive_tickets(active: bool) -> Result<(), Refusal> {
    if active { Ok(()) } else { Err(Refusal::NetworkInactive) }
}

/// Which organizations can stand for a network (section 6).
pub fn may_stand_for(kind: OrganizationType) -> Result<(), Refusal> {
    if kind.may_be_partner() { Ok(()) } else { Err(Refusal::NotAPartnerType { kind }) }
}

#[cfg(test)]
pub(crate) mod tests;
