//! Why the rules said no: one variant per obstacle, one sentence per variant in every language.

use jiff::Timestamp;

use crate::message::{Arg, Message};
use crate::money::Currency;
use crate::permission::OutsourcingLevel;
use crate::ticket::OrganizationType;
use crate::{outsourcing, partnership};

/// An obstacle. The sentence for the person is [`Refusal::message`]; the texts here are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    // Who may (section 4).
    #[error("the outsourcing permission {} is needed", level.name())]
    LevelTooLow { level: OutsourcingLevel },
    #[error("this security level may only read")]
    ReadOnly,
    #[error("only an administrator may")]
    AdministratorOnly,
    #[error("only the operator of the installation may")]
    OperatorOnly,
    #[error("the company has not accepted the outsourcing agreement")]
    AgreementMissing,
    #[error("the company has accepted the outsourcing agreement already")]
    AgreementAccepted,
    #[error("the agreement was submitted without the tick")]
    AgreementNotTicked,
    #[error("an administrator always holds Allow All")]
    AdministratorHoldsAll,
    #[error("somebody active must hold Allow All")]
    LastAllowAll,
    #[error("somebody active must be administrator")]
    LastAdministrator,
    #[error("this portal user reaches only tickets assigned to them")]
    NotAssigned,
    #[error("this portal user may not answer offers")]
    PortalAnswer,

    // Moves (section 9).
    #[error("{} is not this side's move", mv.name())]
    NotYours { mv: outsourcing::Move },
    #[error("cannot {} while {}", mv.name(), status.name())]
    NotNow { mv: outsourcing::Move, status: outsourcing::Status },
    #[error("the round has ended: {}", status.name())]
    RoundEnded { status: outsourcing::Status },
    #[error("the offer ran out at {until}")]
    OfferExpired { until: Timestamp },
    #[error("the offer is open until {until}")]
    OfferOpen { until: Timestamp },
    #[error("the offer has no deadline")]
    NoDeadline,
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("once accepted, a round is completed, not canceled")]
    CancelAccepted,

    // Around the moves (sections 7, 9; decisions 4 and 12).
    #[error("the ticket is complete")]
    TicketComplete,
    #[error("another round is live on this ticket")]
    RoundLive,
    #[error("a received ticket cannot be handed on")]
    ReceivedTicket,
    #[error("a ticket that was accepted once cannot be deleted")]
    TicketKept,
    #[error("the partner reports completion instead of completing its ticket")]
    ReportInstead,
    #[error("completing the ticket ends its round, which was not confirmed")]
    EndsRound,
    #[error("completing the ticket decides its round, for which a permission is needed")]
    CompletionDecides,
    #[error("the partner is not active")]
    PartnerInactive,
    #[error("the partner's organization in the own address book is not active")]
    OrganizationInactive,
    #[error(
        "the two companies work in different languages, which this installation does not allow"
    )]
    LanguagesDiffer,
    #[error("the network is not active")]
    NetworkInactive,
    #[error("the ticket was sent to no network")]
    NetworkRoundMissing,
    #[error("what is internal cannot be offered")]
    InternalStays,
    #[error("only files travel")]
    OnlyFilesTravel,

    // Items (section 10; decision 3, gap G21).
    #[error("an item of the other side is read-only while linked")]
    CopyReadOnly,
    #[error("a charge of the other side is read-only until the round has ended")]
    ChargeReadOnly,
    #[error("reported work is locked while the lead decides")]
    LockedWaiting,
    #[error("reported work stays locked after the round")]
    LockedEnded,
    #[error("a system note is never changed")]
    SystemNote,
    #[error("only an item of the other side is detached")]
    OwnItem,
    #[error("the item is not linked")]
    NotLinked,
    #[error("nothing is detached while the lead decides")]
    DetachWaiting,
    #[error("in the portal nothing is added while the lead decides")]
    PortalWaiting,
    #[error("in the portal nothing is added after the round")]
    PortalEnded,

    // Partners and leads (sections 5 and 11.2).
    #[error("cannot {} while {}", mv.name(), state.name())]
    PartnershipNotNow { mv: partnership::Move, state: partnership::State },
    #[error("{} is not this side's move", mv.name())]
    PartnershipNotYours { mv: partnership::Move },
    #[error("the invitation ran out at {until}")]
    InvitationExpired { until: Timestamp },
    #[error("nobody is named to receive the invitation")]
    RecipientMissing,
    #[error("the contact was redacted")]
    RecipientRedacted,
    #[error("the contact has no e-mail address")]
    RecipientEmailMissing,
    #[error("an organization of type {} cannot be a partner", kind.name())]
    NotAPartnerType { kind: OrganizationType },
    #[error("something of this lead is posted")]
    LeadPosted,

    // Tickets (section 18).
    #[error("an organization of type {} has no tickets", kind.name())]
    NoTickets { kind: OrganizationType },
    #[error("the source Insourced is reserved")]
    SourceReserved,

    // Money (section 15).
    #[error("the amount is too large")]
    AmountTooLarge,
    #[error("{one} and {other} cannot be added")]
    CurrenciesDiffer { one: Currency, other: Currency },
}

impl Refusal {
    /// Every key of this module, for the test that looks for its words in every language.
    pub const KEYS: [&str; 56] = [
        "refusal-level-too-low",
        "refusal-read-only",
        "refusal-administrator-only",
        "refusal-operator-only",
        "refusal-agreement-missing",
        "refusal-agreement-accepted",
        "refusal-agreement-not-ticked",
        "refusal-administrator-holds-all",
        "refusal-last-allow-all",
        "refusal-last-administrator",
        "refusal-not-assigned",
        "refusal-portal-answer",
        "refusal-not-yours",
        "refusal-not-now",
        "refusal-round-ended",
        "refusal-offer-expired",
        "refusal-offer-open",
        "refusal-no-deadline",
        "refusal-reason-missing",
        "refusal-cancel-accepted",
        "refusal-ticket-complete",
        "refusal-round-live",
        "refusal-received-ticket",
        "refusal-ticket-kept",
        "refusal-report-instead",
        "refusal-ends-round",
        "refusal-completion-decides",
        "refusal-partner-inactive",
        "refusal-organization-inactive",
        "refusal-languages-differ",
        "refusal-network-inactive",
        "refusal-network-round-missing",
        "refusal-internal-stays",
        "refusal-only-files-travel",
        "refusal-copy-read-only",
        "refusal-charge-read-only",
        "refusal-locked-waiting",
        "refusal-locked-ended",
        "refusal-system-note",
        "refusal-own-item",
        "refusal-not-linked",
        "refusal-detach-waiting",
        "refusal-portal-waiting",
        "refusal-portal-ended",
        "refusal-partnership-not-now",
        "refusal-partnership-not-yours",
        "refusal-invitation-expired",
        "refusal-recipient-missing",
        "refusal-recipient-redacted",
        "refusal-recipient-email-missing",
        "refusal-not-a-partner-type",
        "refusal-lead-posted",
        "refusal-no-tickets",
        "refusal-source-reserved",
        "refusal-amount-too-large",
        "refusal-currencies-differ",
    ];

    /// The key of the sentence.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::LevelTooLow { .. } => "refusal-level-too-low",
            Self::ReadOnly => "refusal-read-only",
            Self::AdministratorOnly => "refusal-administrator-only",
            Self::OperatorOnly => "refusal-operator-only",
            Self::AgreementMissing => "refusal-agreement-missing",
            Self::AgreementAccepted => "refusal-agreement-accepted",
            Self::AgreementNotTicked => "refusal-agreement-not-ticked",
            Self::AdministratorHoldsAll => "refusal-administrator-holds-all",
            Self::LastAllowAll => "refusal-last-allow-all",
            Self::LastAdministrator => "refusal-last-administrator",
            Self::NotAssigned => "refusal-not-assigned",
            Self::PortalAnswer => "refusal-portal-answer",
            Self::NotYours { .. } => "refusal-not-yours",
            Self::NotNow { .. } => "refusal-not-now",
            Self::RoundEnded { .. } => "refusal-round-ended",
            Self::OfferExpired { .. } => "refusal-offer-expired",
            Self::OfferOpen { .. } => "refusal-offer-open",
            Self::NoDeadline => "refusal-no-deadline",
            Self::ReasonMissing => "refusal-reason-missing",
            Self::CancelAccepted => "refusal-cancel-accepted",
            Self::TicketComplete => "refusal-ticket-complete",
            Self::RoundLive => "refusal-round-live",
            Self::ReceivedTicket => "refusal-received-ticket",
            Self::TicketKept => "refusal-ticket-kept",
            Self::ReportInstead => "refusal-report-instead",
            Self::EndsRound => "refusal-ends-round",
            Self::CompletionDecides => "refusal-completion-decides",
            Self::PartnerInactive => "refusal-partner-inactive",
            Self::OrganizationInactive => "refusal-organization-inactive",
            Self::LanguagesDiffer => "refusal-languages-differ",
            Self::NetworkInactive => "refusal-network-inactive",
            Self::NetworkRoundMissing => "refusal-network-round-missing",
            Self::InternalStays => "refusal-internal-stays",
            Self::OnlyFilesTravel => "refusal-only-files-travel",
            Self::CopyReadOnly => "refusal-copy-read-only",
            Self::ChargeReadOnly => "refusal-charge-read-only",
            Self::LockedWaiting => "refusal-locked-waiting",
            Self::LockedEnded => "refusal-locked-ended",
            Self::SystemNote => "refusal-system-note",
            Self::OwnItem => "refusal-own-item",
            Self::NotLinked => "refusal-not-linked",
            Self::DetachWaiting => "refusal-detach-waiting",
            Self::PortalWaiting => "refusal-portal-waiting",
            Self::PortalEnded => "refusal-portal-ended",
            Self::PartnershipNotNow { .. } => "refusal-partnership-not-now",
            Self::PartnershipNotYours { .. } => "refusal-partnership-not-yours",
            Self::InvitationExpired { .. } => "refusal-invitation-expired",
            Self::RecipientMissing => "refusal-recipient-missing",
            Self::RecipientRedacted => "refusal-recipient-redacted",
            Self::RecipientEmailMissing => "refusal-recipient-email-missing",
            Self::NotAPartnerType { .. } => "refusal-not-a-partner-type",
            Self::LeadPosted => "refusal-lead-posted",
            Self::NoTickets { .. } => "refusal-no-tickets",
            Self::SourceReserved => "refusal-source-reserved",
            Self::AmountTooLarge => "refusal-amount-too-large",
            Self::CurrenciesDiffer { .. } => "refusal-currencies-differ",
        }
    }

    /// The sentence for the person, still without a language.
    pub fn message(&self) -> Message {
        let message = Message::new(self.key());
        match self {
            Self::LevelTooLow { level } => message.with_key("level", level.key()),
            Self::NotYours { mv } => message.with_key("move", mv.key()),
            Self::NotNow { mv, status } => {
                message.with_key("move", mv.key()).with_key("status", status.key())
            }
            Self::RoundEnded { status } => message.with_key("status", status.key()),
            Self::OfferExpired { until }
            | Self::OfferOpen { until }
            | Self::InvitationExpired { until } => message.with("until", Arg::Instant(*until)),
            Self::PartnershipNotNow { mv, state } => {
                message.with_key("move", mv.key()).with_key("state", state.key())
            }
            Self::PartnershipNotYours { mv } => message.with_key("move", mv.key()),
            Self::NotAPartnerType { kind } | Self::NoTickets { kind } => {
                message.with_key("type", kind.key())
            }
            Self::CurrenciesDiffer { one, other } => {
                message.with("one", one.code()).with("other", other.code())
            }
            _ => message,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every literal of this file that looks like a key.
    fn literals() -> BTreeSet<&'static str> {
        let source = include_str!("refusal.rs");
        source
            .split('"')
            .filter(|part| part.starts_with("refusal-") && !part.ends_with('-'))
            .collect()
    }

    #[test]
    fn every_key_is_listed_once() {
        let listed: BTreeSet<_> = Refusal::KEYS.into_iter().collect();
        assert_eq!(listed.len(), Refusal::KEYS.len());
        assert_eq!(listed, literals());
    }

    #[test]
    fn what_the_sentence_needs_travels_with_it() {
        let refusal =
            Refusal::NotNow { mv: outsourcing::Move::Accept, status: outsourcing::Status::Unsent };
        let expected = Message::new("refusal-not-now")
            .with_key("move", "move-accept")
            .with_key("status", "outsourcing-status-unsent");
        assert_eq!(refusal.message(), expected);
    }
}
