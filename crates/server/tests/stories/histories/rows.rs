//! Rows 1, 3, 8 and 13 of section 9: steps around the moves.

use domain::outsourcing::{Move, Side, Status};
use domain::ticket::TicketStatus;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use staffel::actions::{offers, tickets};

use super::stage::{History, terms};

impl History<'_> {
    /// Row 1: terms are saved after every ending, or again; on a complete ticket they are not.
    pub fn save(&mut self, death: Option<u32>) -> Result<(), TestCaseError> {
        let acting = self.stage.acting(Side::Lead);
        let (ticket, partnership) = (self.lead_ticket, self.stage.world.partnership);
        let saved = self.done(death, move |tx| {
            offers::save(tx, &acting, ticket, partnership, &terms(acting.now))
        })?;
        let again = self.model.status == Some(Status::Unsent);
        let free = again || self.model.status.is_none_or(Status::has_ended);
        prop_assert_eq!(saved.is_ok(), free && !self.model.complete, "{:?}", saved);
        match saved {
            Ok(id) if again => prop_assert_eq!(Some(id), self.round),
            Ok(id) => {
                self.begun(Some(id));
                self.model.status = Some(Status::Unsent);
            }
            Err(_) => {}
        }
        Ok(())
    }

    /// Row 3: an unsent round leaves no trace; the one before it is the newest again.
    pub fn remove(&mut self, death: Option<u32>) -> Result<(), TestCaseError> {
        let removed = self.done(death, self.act(Move::Remove))?;
        let unsent = self.model.status == Some(Status::Unsent);
        prop_assert_eq!(removed.is_ok(), unsent, "{:?}", removed);
        if unsent {
            let before = self.earlier.pop().unwrap();
            self.round = before.round;
            self.model.status = before.status;
            self.partner_ticket_is_current = before.has_ticket;
            self.model.rounds -= 1;
        }
        Ok(())
    }

    /// Rows 8 and 13: the partner's ticket leaving New begins the work and is not completed while the round lives; the
    /// lead's completed ticket ends any live round.
    pub fn set_status(
        &mut self,
        side: Side,
        to: TicketStatus,
        death: Option<u32>,
    ) -> Result<(), TestCaseError> {
        let Some(ticket) = self.ticket(side) else { return Ok(()) };
        let acting = self.stage.acting(side);
        let set = self.done(death, move |tx| tickets::set_status(tx, &acting, ticket, to))?;
        let live = self.model.status.is_some_and(Status::is_live);
        let completes = to == TicketStatus::Complete;
        let same = side == Side::Partner && self.model.theirs == Some(to);
        let refused = side == Side::Partner && completes && live && !same;
        prop_assert_eq!(set.is_ok(), !refused, "{:?} {:?}: {:?}", side, to, set);
        if refused {
            return Ok(());
        }
        match side {
            Side::Lead if completes && live => {
                self.moved(Move::CompleteTicket, self.round, Status::Complete);
                self.model.complete = true;
            }
            Side::Lead => self.model.complete = completes,
            Side::Partner => {
                self.model.begin_work(side);
                self.model.theirs = Some(to);
            }
        }
        Ok(())
    }
}
