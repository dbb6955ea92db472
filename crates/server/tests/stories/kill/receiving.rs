//! The partner's people take offers from the board, accept or decline them, work, and report or give back.

use domain::outsourcing::Move;

use super::ledger::Outcome;
use super::users::{Kind, User};

/// After so many refusals the lead has decided otherwise.
const PATIENCE: usize = 25;

/// What somebody means to do with an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    Decline,
    /// Accept and work.
    Work,
    /// Accept, work, report, and report again after a rejection.
    Report,
    /// Accept, work, give back.
    Return,
}

/// An offer in somebody's hands.
pub struct Received {
    round: i64,
    intent: Intent,
    /// The own ticket, once it is known.
    ticket: Option<String>,
    written: usize,
    reported: usize,
    refused: usize,
}

impl Received {
    fn new((round, intent): (i64, Intent)) -> Self {
        Self { round, intent, ticket: None, written: 0, reported: 0, refused: 0 }
    }
}

/// What is written on a ticket that was accepted; the first begins the work.
const WORK: [Kind; 2] = [Kind::Time, Kind::File];

impl User {
    /// One step with the offer in hand, or the next one of the board.
    pub fn answer(&mut self) {
        if let Some(received) = self.received.take() {
            self.received = self.go_on_with(received);
            return;
        }
        self.received = self.shared.board.take().map(Received::new);
        if self.received.is_none() {
            Self::wait_a_moment();
        }
    }

    fn go_on_with(&mut self, mut received: Received) -> Option<Received> {
        let Some(ticket) = received.ticket.clone() else { return self.decide(received) };
        if let Some(kind) = WORK.get(received.written) {
            // What was not answered is not written again: its text may be there.
            self.write(*kind, &ticket);
            received.written += 1;
            return Some(received);
        }
        match received.intent {
            Intent::Report => self.report(received),
            Intent::Return => self.give_back(received),
            Intent::Work | Intent::Decline => None,
        }
    }

    /// Accepts or declines, again and again until it is answered. Whoever accepts what they have accepted is led to
    /// the ticket.
    fn decide(&mut self, mut received: Received) -> Option<Received> {
        let mv = if received.intent == Intent::Decline { Move::Decline } else { Move::Accept };
        match self.play(received.round, mv) {
            Outcome::Done(location) if mv == Move::Accept => {
                received.ticket = location.split('?').next().map(str::to_owned);
                Some(received)
            }
            // The lead has canceled it, or a colleague was quicker.
            Outcome::Done(_) | Outcome::Refused => None,
            Outcome::Unanswered => Some(received),
        }
    }

    fn report(&mut self, mut received: Received) -> Option<Received> {
        match self.play(received.round, Move::ReportCompletion) {
            Outcome::Done(_) => received.reported += 1,
            Outcome::Refused => {
                received.refused += 1;
                Self::wait_a_moment();
            }
            Outcome::Unanswered => {}
        }
        (received.reported < 2 && received.refused < PATIENCE).then_some(received)
    }

    fn give_back(&mut self, received: Received) -> Option<Received> {
        match self.play(received.round, Move::Return) {
            Outcome::Done(_) | Outcome::Refused => None,
            Outcome::Unanswered => Some(received),
        }
    }
}
