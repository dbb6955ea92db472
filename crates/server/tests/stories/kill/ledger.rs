//! What was acknowledged, and what was asked and never answered: the first must be there, the second may be.

use std::collections::BTreeMap;

use domain::outsourcing::Move;

use super::wire::{Answer, Page};

/// Something that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// A note, time entry, charge or file, by its text.
    Item(String),
    /// A ticket, by its title.
    Ticket(String),
    /// Terms saved on a ticket without sending.
    Save(i64),
    /// Terms of a ticket removed unsent: what is removed leaves no number of its own.
    Remove(i64),
    /// A ticket sent out; which round that makes is not known to who asks.
    Send(i64),
    /// A move of a round.
    Play(i64, Move),
    /// A ticket completed, whatever that means for its round.
    Close(i64),
}

impl Deed {
    /// The move that is asked for, if one is.
    pub const fn mv(&self) -> Option<Move> {
        match self {
            Self::Send(_) => Some(Move::Send),
            Self::Remove(_) => Some(Move::Remove),
            Self::Close(_) => Some(Move::CompleteTicket),
            Self::Play(_, mv) => Some(*mv),
            Self::Item(_) | Self::Ticket(_) | Self::Save(_) => None,
        }
    }
}

/// How often it was acknowledged, and how often nobody answered.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    pub acknowledged: i64,
    pub unknown: i64,
}

/// What came of one request.
pub enum Outcome {
    /// Acknowledged; where to go on.
    Done(String),
    Refused,
    Unanswered,
}

#[derive(Debug, Default)]
pub struct Ledger(BTreeMap<Deed, Asked>);

impl Ledger {
    /// Enters what was answered.
    pub fn enter(&mut self, deed: Deed, answer: Answer) -> Outcome {
        match answer {
            Answer::Came(page) => self.came(deed, page),
            Answer::Lost => {
                self.0.entry(deed).or_default().unknown += 1;
                Outcome::Unanswered
            }
            Answer::Unreachable => Outcome::Unanswered,
        }
    }

    /// Anything else than an acknowledgement or a refusal is a failure of the program.
    fn came(&mut self, deed: Deed, page: Page) -> Outcome {
        assert!(!page.location.starts_with("/sign-in"), "{deed:?}: the session is gone");
        match (page.status, &deed) {
            (303, _) => {
                self.acknowledged(deed);
                Outcome::Done(page.location)
            }
            (409 | 422, _) => Outcome::Refused,
            // The preview once more, for what would leave has changed since.
            (200, Deed::Send(_)) => Outcome::Refused,
            // A removal that was not answered had removed it.
            (404, Deed::Remove(_)) => Outcome::Refused,
            (status, _) => panic!("{deed:?} was answered with {status}: {}", page.body),
        }
    }

    /// Notes something that was done for certain.
    pub fn acknowledged(&mut self, deed: Deed) {
        self.0.entry(deed).or_default().acknowledged += 1;
    }

    pub fn absorb(&mut self, other: Self) {
        for (deed, more) in other.0 {
            let asked = self.0.entry(deed).or_default();
            asked.acknowledged += more.acknowledged;
            asked.unknown += more.unknown;
        }
    }

    pub fn of(&self, deed: &Deed) -> Asked {
        self.0.get(deed).copied().unwrap_or_default()
    }

    /// Every deed for which `pick` has an answer, with how often it was asked.
    pub fn all<'a, T>(
        &'a self,
        pick: impl Fn(&'a Deed) -> Option<T>,
    ) -> impl Iterator<Item = (T, Asked)> {
        self.0.iter().filter_map(move |(deed, asked)| Some((pick(deed)?, *asked)))
    }

    /// Everything of which `pick` says yes, together.
    pub fn sum(&self, pick: impl Fn(&Deed) -> bool) -> Asked {
        let mut sum = Asked::default();
        for (_, asked) in self.0.iter().filter(|(deed, _)| pick(deed)) {
            sum.acknowledged += asked.acknowledged;
            sum.unknown += asked.unknown;
        }
        sum
    }
}

impl Asked {
    /// What was acknowledged is there, and no more than was asked for.
    #[track_caller]
    pub fn accounts_for(self, stored: i64, what: &dyn std::fmt::Debug) {
        let most = self.acknowledged + self.unknown;
        assert!(stored >= self.acknowledged, "acknowledged and lost: {what:?} {self:?}: {stored}");
        assert!(stored <= most, "more than was asked for: {what:?} {self:?}: {stored}");
    }
}
