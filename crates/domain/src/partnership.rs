//! The relation of a lead to one partner: invited, answered, switched off and on again (section 5).

use jiff::Timestamp;

use crate::language::Language;
use crate::named::named;
use crate::outsourcing::Side;
use crate::refusal::Refusal;
use crate::ticket::OrganizationType;

/// Where the relation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    NotInvited,
    Invited,
    Active,
    Declined,
    Inactive,
}

named! { State {
    NotInvited = "not_invited", Invited = "invited", Active = "active",
    Declined = "declined", Inactive = "inactive",
} }

/// What can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    SendInvitation,
    Resend,
    Accept,
    Decline,
    Withdraw,
    Reinvite,
    Deactivate,
    Reactivate,
}

named! { Move {
    SendInvitation = "send_invitation", Resend = "resend", Accept = "accept", Decline = "decline",
    Withdraw = "withdraw", Reinvite = "reinvite", Deactivate = "deactivate", Reactivate = "reactivate",
} }

/// What the partner works with (section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartnerKind {
    /// A company with its own service desk here.
    Tenant,
    /// A subcontractor in the portal.
    Portal,
}

named! { PartnerKind { Tenant = "tenant", Portal = "portal" } }

impl State {
    /// The table of section 5: where a move leads, or why it cannot be made.
    pub const fn after(self, mv: Move) -> Result<Self, Refusal> {
        match (self, mv) {
            (Self::NotInvited, Move::SendInvitation)
            | (Self::Invited, Move::Resend)
            | (Self::Declined, Move::Reinvite) => Ok(Self::Invited),
            (Self::Invited, Move::Accept) | (Self::Inactive, Move::Reactivate) => Ok(Self::Active),
            (Self::Invited, Move::Decline) => Ok(Self::Declined),
            (Self::Invited, Move::Withdraw) => Ok(Self::NotInvited),
            (Self::Active, Move::Deactivate) => Ok(Self::Inactive),
            (state, mv) => Err(Refusal::PartnershipNotNow { mv, state }),
        }
    }

    /// The state after a move of this side.
    pub fn play(self, by: Side, mv: Move) -> Result<Self, Refusal> {
        if mv.side() != by {
            return Err(Refusal::PartnershipNotYours { mv });
        }
        self.after(mv)
    }

    /// Exactly the moves that [`State::play`] allows this side; feeds the buttons.
    pub fn moves(self, by: Side) -> Vec<Move> {
        Move::ALL.into_iter().filter(|mv| self.play(by, *mv).is_ok()).collect()
    }

    /// Only active partners can be chosen for a ticket (section 5).
    pub fn may_receive_tickets(self) -> Result<(), Refusal> {
        if self == Self::Active { Ok(()) } else { Err(Refusal::PartnerInactive) }
    }

    /// The key of its name in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotInvited => "partnership-state-not-invited",
            Self::Invited => "partnership-state-invited",
            Self::Active => "partnership-state-active",
            Self::Declined => "partnership-state-declined",
            Self::Inactive => "partnership-state-inactive",
        }
    }
}

/// Which companies may work together, as the operator sets it for the whole installation (decision 13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Languages {
    /// All of them.
    #[default]
    Any,
    /// Only those that work in the same language.
    Same,
}

impl Languages {
    /// Whether a lead of one language may outsource to a partner of another.
    pub fn may_outsource(self, lead: Language, partner: Language) -> Result<(), Refusal> {
        if self == Self::Any || lead == partner { Ok(()) } else { Err(Refusal::LanguagesDiffer) }
    }
}

impl Move {
    /// Whose move it is: the invited one answers, all else is the lead's.
    pub const fn side(self) -> Side {
        match self {
            Self::Accept | Self::Decline => Side::Partner,
            _ => Side::Lead,
        }
    }

    /// Whether an invitation with a new token goes out; every older token is void then.
    pub const fn sends_invitation(self) -> bool {
        matches!(self, Self::SendInvitation | Self::Resend | Self::Reinvite)
    }

    /// The key of its name in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SendInvitation => "partnership-move-send-invitation",
            Self::Resend => "partnership-move-resend",
            Self::Accept => "partnership-move-accept",
            Self::Decline => "partnership-move-decline",
            Self::Withdraw => "partnership-move-withdraw",
            Self::Reinvite => "partnership-move-reinvite",
            Self::Deactivate => "partnership-move-deactivate",
            Self::Reactivate => "partnership-move-reactivate",
        }
    }
}

/// Whether an organization can be invited: of a fitting type (section 5).
pub fn may_invite(kind: OrganizationType) -> Result<(), Refusal> {
    if kind.may_be_partner() { Ok(()) } else { Err(Refusal::NotAPartnerType { kind }) }
}

/// Whether this recipient can be written to: `email` is that of the chosen contact, `None` if no contact is chosen;
/// a redacted contact is never written to (section 5).
pub fn may_receive_invitation(email: Option<&str>, redacted: bool) -> Result<(), Refusal> {
    match email.map(str::trim) {
        None => Err(Refusal::RecipientMissing),
        Some(_) if redacted => Err(Refusal::RecipientRedacted),
        Some("") => Err(Refusal::RecipientEmailMissing),
        Some(_) => Ok(()),
    }
}

/// Whether an invitation can still be answered.
pub fn may_answer_invitation(expires_at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if now > expires_at {
        return Err(Refusal::InvitationExpired { until: expires_at });
    }
    Ok(())
}

/// Decision 15: an administrator may say that another own organization stands for a lead,
/// as long as nothing of that lead is posted.
pub fn may_remap_lead(posted_items: usize) -> Result<(), Refusal> {
    if posted_items == 0 { Ok(()) } else { Err(Refusal::LeadPosted) }
}

/// Every key of this module that is not a refusal.
pub fn keys() -> impl Iterator<Item = &'static str> {
    State::ALL.map(State::key).into_iter().chain(Move::ALL.map(Move::key))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decision 13: a setting of the installation, off.
    #[test]
    fn languages_part_companies_only_where_that_is_set() {
        use Language::{De, En};
        for (setting, lead, partner, allowed) in [
            (Languages::default(), De, En, true),
            (Languages::Any, En, De, true),
            (Languages::Same, De, De, true),
            (Languages::Same, En, En, true),
            (Languages::Same, De, En, false),
            (Languages::Same, En, De, false),
        ] {
            assert_eq!(setting.may_outsource(lead, partner).is_ok(), allowed, "{setting:?}");
        }
    }

    /// The table of section 5, row by row.
    #[test]
    fn the_table_of_section_5() {
        use Move::{
            Accept, Deactivate, Decline, Reactivate, Reinvite, Resend, SendInvitation, Withdraw,
        };
        use State::{Active, Declined, Inactive, Invited, NotInvited};
        let table = [
            (NotInvited, SendInvitation, Side::Lead, Invited),
            (Invited, Resend, Side::Lead, Invited),
            (Invited, Accept, Side::Partner, Active),
            (Invited, Decline, Side::Partner, Declined),
            (Invited, Withdraw, Side::Lead, NotInvited),
            (Declined, Reinvite, Side::Lead, Invited),
            (Active, Deactivate, Side::Lead, Inactive),
            (Inactive, Reactivate, Side::Lead, Active),
        ];
        for from in State::ALL {
            for mv in Move::ALL {
                for side in Side::ALL {
                    let row = table.iter().find(|row| (row.0, row.1, row.2) == (from, mv, side));
                    assert_eq!(
                        from.play(side, mv).ok(),
                        row.map(|row| row.3),
                        "{from:?} {mv:?} {side:?}"
                    );
                    assert_eq!(from.moves(side).contains(&mv), row.is_some());
                }
            }
        }
    }

    #[test]
    fn only_active_partners_receive_tickets() {
        for state in State::ALL {
            assert_eq!(state.may_receive_tickets().is_ok(), state == State::Active);
        }
    }

    #[test]
    fn an_invitation_needs_somebody_who_can_be_written_to() {
        assert_eq!(may_receive_invitation(None, false), Err(Refusal::RecipientMissing));
        assert_eq!(
            may_receive_invitation(Some("a@b.example"), true),
            Err(Refusal::RecipientRedacted)
        );
        assert_eq!(may_receive_invitation(Some("  "), false), Err(Refusal::RecipientEmailMissing));
        assert_eq!(may_receive_invitation(Some("a@b.example"), false), Ok(()));
    }

    #[test]
    fn an_invitation_is_answered_in_time_or_not_at_all() {
        let until = Timestamp::UNIX_EPOCH;
        let later = until + jiff::SignedDuration::from_nanos(1);
        assert_eq!(may_answer_invitation(until, until), Ok(()));
        assert_eq!(may_answer_invitation(until, later), Err(Refusal::InvitationExpired { until }));
    }

    #[test]
    fn a_lead_is_remapped_while_nothing_is_posted() {
        assert_eq!(may_remap_lead(0), Ok(()));
        assert_eq!(may_remap_lead(1), Err(Refusal::LeadPosted));
    }

    #[test]
    fn former_and_dead_organizations_are_not_invited() {
        assert!(may_invite(OrganizationType::Vendor).is_ok());
        assert!(may_invite(OrganizationType::Dead).is_err());
    }
}
