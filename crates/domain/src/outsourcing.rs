//! One round of outsourcing and the table of all its moves (section 9; decisions 4, 5, 7 and 8).
//! Buttons, doors, the clock and the handbook's table are derived from [`Status::after`] and [`Round::play`];
//! the whole table is printed to `tests/moves.txt`. What a move brings about is in [`crate::turn`].

use jiff::Timestamp;

use crate::named::named;
use crate::refusal::Refusal;
use crate::turn::Turn;

/// Where a round stands, on both sides alike (section 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Unsent,
    Assigned,
    Accepted,
    InProgress,
    WaitingApproval,
    Complete,
    Declined,
    Canceled,
    Expired,
    Returned,
}

named! { Status {
    Unsent = "unsent", Assigned = "assigned", Accepted = "accepted", InProgress = "in_progress",
    WaitingApproval = "waiting_approval", Complete = "complete", Declined = "declined",
    Canceled = "canceled", Expired = "expired", Returned = "returned",
} }

/// One of the two companies of a round (section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Lead,
    Partner,
}

named! { Side { Lead = "lead", Partner = "partner" } }

impl Side {
    /// The company across.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Lead => Self::Partner,
            Self::Partner => Self::Lead,
        }
    }
}

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    Side(Side),
    Clock,
}

impl Who {
    /// Everybody there is.
    pub const ALL: [Self; 3] = [Self::LEAD, Self::PARTNER, Self::Clock];
    pub const LEAD: Self = Self::Side(Side::Lead);
    pub const PARTNER: Self = Self::Side(Side::Partner);

    /// The name it is recorded under.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Side(side) => side.name(),
            Self::Clock => "clock",
        }
    }
}

/// What can be done to a round (section 9). *Reject* is the lead's no to a reported completion;
/// *return* is the partner giving the ticket back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    Send,
    Remove,
    Cancel,
    Accept,
    Decline,
    Expire,
    /// The partner's first item, or its ticket leaving New (decision 5); no button.
    BeginWork,
    ReportCompletion,
    Approve,
    Reject,
    Complete,
    /// The lead completes its ticket; no button of its own.
    CompleteTicket,
    Return,
}

named! { Move {
    Send = "send", Remove = "remove", Cancel = "cancel", Accept = "accept", Decline = "decline",
    Expire = "expire", BeginWork = "begin_work", ReportCompletion = "report_completion",
    Approve = "approve", Reject = "reject", Complete = "complete",
    CompleteTicket = "complete_ticket", Return = "return",
} }

/// What becomes of the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Next {
    To(Status),
    /// An unsent round is dropped (section 9, row 3).
    Removed,
}

impl Status {
    /// THE table: where a move leads, or why it cannot be made (section 9). Numbers are its rows.
    pub const fn after(self, mv: Move) -> Result<Next, Refusal> {
        use Move as M;
        use Status as S;
        match (self, mv) {
            (S::Unsent, M::Send) => Ok(Next::To(S::Assigned)), // 2
            (S::Unsent, M::Remove) => Ok(Next::Removed),       // 3
            (S::Assigned, M::Cancel) => Ok(Next::To(S::Canceled)), // 4
            (S::Assigned, M::Accept) => Ok(Next::To(S::Accepted)), // 5
            (S::Assigned, M::Decline) => Ok(Next::To(S::Declined)), // 6
            (S::Assigned, M::Expire) => Ok(Next::To(S::Expired)), // 7
            (S::Accepted, M::BeginWork) => Ok(Next::To(S::InProgress)), // 8
            (S::Accepted | S::InProgress, M::ReportCompletion) => Ok(Next::To(S::WaitingApproval)), // 9
            (S::WaitingApproval, M::Approve) => Ok(Next::To(S::Complete)), // 10
            (S::WaitingApproval, M::Reject) => Ok(Next::To(S::InProgress)), // 11
            (S::Accepted | S::InProgress | S::WaitingApproval, M::Complete) => {
                Ok(Next::To(S::Complete)) // 12, 16
            }
            (S::Assigned | S::Accepted | S::InProgress | S::WaitingApproval, M::CompleteTicket) => {
                Ok(Next::To(S::Complete))
            } // 13
            (S::Accepted | S::InProgress | S::WaitingApproval, M::Cancel) => {
                Err(Refusal::CancelAccepted) // 14
            }
            (S::Accepted | S::InProgress, M::Return) => Ok(Next::To(S::Returned)), // decision 8
            (status, mv) if !status.has_ended() => Err(Refusal::NotNow { mv, status }),
            (status, _) => Err(Refusal::RoundEnded { status }),
        }
    }

    /// Sent and not ended: at most one such round per ticket (section 9).
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Assigned | Self::Accepted | Self::InProgress | Self::WaitingApproval)
    }

    /// The two tickets are kept in step (section 10).
    pub const fn is_linked(self) -> bool {
        matches!(self, Self::Accepted | Self::InProgress)
    }

    /// Nothing follows but a new round.
    pub const fn has_ended(self) -> bool {
        !matches!(self, Self::Unsent) && !self.is_live()
    }

    /// The partner took it at some time. A round is complete without that only if the lead completed its ticket
    /// while the offer was open; [`Round::was_accepted`] knows.
    pub const fn accepted_once(self) -> bool {
        self.is_linked() || matches!(self, Self::WaitingApproval | Self::Complete | Self::Returned)
    }

    /// Terms are locked by sending and open again after a cancel (section 8). What is saved over a canceled round
    /// starts the next one: the old round is history.
    pub const fn terms_open(self) -> bool {
        matches!(self, Self::Unsent | Self::Canceled)
    }

    /// Whether the ticket is, or was until it was done, with the partner: the bar says "outsourced to" then.
    pub const fn shows_partner(self) -> bool {
        self.is_live() || matches!(self, Self::Complete)
    }

    /// Whether the ticket's list names the partner in "Outsourced To": from sending on, also who declined, let the
    /// offer lapse or returned it, so that one sees at a glance who has answered; emptied on cancel (section 7).
    pub const fn names_partner(self) -> bool {
        !matches!(self, Self::Unsent | Self::Canceled)
    }

    /// The key of its name in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unsent => "outsourcing-status-unsent",
            Self::Assigned => "outsourcing-status-assigned",
            Self::Accepted => "outsourcing-status-accepted",
            Self::InProgress => "outsourcing-status-in-progress",
            Self::WaitingApproval => "outsourcing-status-waiting-approval",
            Self::Complete => "outsourcing-status-complete",
            Self::Declined => "outsourcing-status-declined",
            Self::Canceled => "outsourcing-status-canceled",
            Self::Expired => "outsourcing-status-expired",
            Self::Returned => "outsourcing-status-returned",
        }
    }
}

impl Move {
    /// Whose move it is (section 9, column "Actor").
    pub const fn who(self) -> Who {
        match self {
            Self::Send
            | Self::Remove
            | Self::Cancel
            | Self::Approve
            | Self::Reject
            | Self::Complete
            | Self::CompleteTicket => Who::LEAD,
            Self::Accept
            | Self::Decline
            | Self::BeginWork
            | Self::ReportCompletion
            | Self::Return => Who::PARTNER,
            Self::Expire => Who::Clock,
        }
    }

    /// Declining, rejecting and returning must say why.
    pub const fn asks_reason(self) -> bool {
        matches!(self, Self::Decline | Self::Reject | Self::Return)
    }

    /// Whether a person presses it; the others follow from something else.
    pub const fn is_button(self) -> bool {
        !matches!(self, Self::Expire | Self::BeginWork | Self::CompleteTicket)
    }

    /// The key of its name in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Send => "move-send",
            Self::Remove => "move-remove",
            Self::Cancel => "move-cancel",
            Self::Accept => "move-accept",
            Self::Decline => "move-decline",
            Self::Expire => "move-expire",
            Self::BeginWork => "move-begin-work",
            Self::ReportCompletion => "move-report-completion",
            Self::Approve => "move-approve",
            Self::Reject => "move-reject",
            Self::Complete => "move-complete",
            Self::CompleteTicket => "move-complete-ticket",
            Self::Return => "move-return",
        }
    }
}

/// What the moves need to know of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub status: Status,
    pub since: Timestamp,
    /// The last moment to answer the offer.
    pub accept_by: Option<Timestamp>,
    /// When the partner took it, if ever.
    pub accepted_at: Option<Timestamp>,
}

impl Round {
    /// A round with terms saved and not sent (section 9, row 1).
    pub const fn unsent(accept_by: Option<Timestamp>, now: Timestamp) -> Self {
        Self { status: Status::Unsent, since: now, accept_by, accepted_at: None }
    }

    /// Makes the move if it is theirs to make, is explained where it must be, comes in time and fits the status.
    pub fn play(
        &self,
        who: Who,
        mv: Move,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<Turn, Refusal> {
        if mv.who() != who {
            return Err(Refusal::NotYours { mv });
        }
        let next = self.status.after(mv)?;
        self.in_time(mv, now)?;
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        if mv.asks_reason() && reason.is_none() {
            return Err(Refusal::ReasonMissing);
        }
        let accepted = self.was_accepted();
        Ok(Turn {
            from: self.status,
            next,
            mv,
            who,
            reason: reason.map(str::to_owned),
            at: now,
            accepted,
        })
    }

    /// Exactly the moves that [`Round::play`] allows them now, given a reason where one is asked.
    pub fn moves(&self, who: Who, now: Timestamp) -> Vec<Move> {
        let allowed = |mv: &Move| self.play(who, *mv, Some("reason"), now).is_ok();
        Move::ALL.into_iter().filter(allowed).collect()
    }

    /// The round after a turn; `None` if it was removed.
    #[must_use]
    pub fn after(&self, turn: &Turn) -> Option<Self> {
        let status = turn.status()?;
        let accepted_at = if turn.mv == Move::Accept { Some(turn.at) } else { self.accepted_at };
        Some(Self { status, since: turn.at, accept_by: self.accept_by, accepted_at })
    }

    /// Whether the partner ever took it; from then on nothing of it can be deleted.
    pub const fn was_accepted(&self) -> bool {
        self.accepted_at.is_some()
    }

    /// An answer that comes too late is refused even before the clock has run; the clock never comes early (decision 7).
    fn in_time(&self, mv: Move, now: Timestamp) -> Result<(), Refusal> {
        match (mv, self.accept_by) {
            (Move::Accept | Move::Decline, Some(until)) if now > until => {
                Err(Refusal::OfferExpired { until })
            }
            (Move::Expire, Some(until)) if now <= until => Err(Refusal::OfferOpen { until }),
            (Move::Expire, None) => Err(Refusal::NoDeadline),
            _ => Ok(()),
        }
    }
}

/// Whether a round can be started, or an unsent one sent, on this ticket: it is not complete (section 7),
/// no other round is live (section 9), and it was not itself received from a lead (decision 12).
pub fn may_start_round(
    ticket_complete: bool,
    live_round: bool,
    insourced: bool,
) -> Result<(), Refusal> {
    match (insourced, ticket_complete, live_round) {
        (true, _, _) => Err(Refusal::ReceivedTicket),
        (_, true, _) => Err(Refusal::TicketComplete),
        (_, _, true) => Err(Refusal::RoundLive),
        _ => Ok(()),
    }
}

/// Once accepted, a ticket is never deleted on either side, even when completed and empty (section 9, row 15).
pub fn may_delete_ticket(ever_accepted: bool) -> Result<(), Refusal> {
    if ever_accepted { Err(Refusal::TicketKept) } else { Ok(()) }
}

/// While the round lives the partner reports completion instead of completing its own ticket (decision 4).
pub fn partner_may_complete_ticket(live: bool) -> Result<(), Refusal> {
    if live { Err(Refusal::ReportInstead) } else { Ok(()) }
}

/// Every key of this module that is not a refusal.
pub fn keys() -> impl Iterator<Item = &'static str> {
    Status::ALL.map(Status::key).into_iter().chain(Move::ALL.map(Move::key))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod tests;
