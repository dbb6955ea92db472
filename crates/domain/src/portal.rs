//! The smaller door of a subcontractor: who there reaches which ticket, and when nothing can be added (section 12).

use crate::named::named;
use crate::outsourcing::Status;
use crate::refusal::Refusal;

/// The kinds of user in the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortalUser {
    Administrator,
    /// May accept and decline tickets.
    Accepter,
    Plain,
}

named! { PortalUser { Administrator = "administrator", Accepter = "accepter", Plain = "plain" } }

impl PortalUser {
    /// Whether this user reaches a ticket of the own company: a plain one only if it is assigned to them
    /// (section 19, rule 5).
    pub fn may_reach(self, assigned_to_them: bool) -> Result<(), Refusal> {
        match self {
            Self::Plain if !assigned_to_them => Err(Refusal::NotAssigned),
            _ => Ok(()),
        }
    }

    /// Whether this user may accept and decline (decision 6).
    pub fn may_answer(self) -> Result<(), Refusal> {
        if self == Self::Plain { Err(Refusal::PortalAnswer) } else { Ok(()) }
    }
}

/// Whether anything can be added or changed in the portal: not while the lead decides, and not after the round
/// (sections 10, 12 and 13).
pub fn may_write(status: Status) -> Result<(), Refusal> {
    match status {
        Status::WaitingApproval => Err(Refusal::PortalWaiting),
        status if status.is_linked() => Ok(()),
        _ => Err(Refusal::PortalEnded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_portal_one_writes_only_while_linked() {
        for status in Status::ALL {
            assert_eq!(may_write(status).is_ok(), status.is_linked(), "{status:?}");
        }
        assert_eq!(may_write(Status::WaitingApproval), Err(Refusal::PortalWaiting));
        assert_eq!(may_write(Status::Complete), Err(Refusal::PortalEnded));
    }

    #[test]
    fn a_plain_user_answers_no_offer() {
        assert_eq!(PortalUser::ALL.map(|user| user.may_answer().is_ok()), [true, true, false]);
    }
}
