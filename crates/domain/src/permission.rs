//! Who may do what: one match from an actor and a [`Permission`] to yes or the obstacle (sections 3.1, 4 and 4.1).
//! The whole matrix is printed to `tests/permissions.txt`.

use crate::ids::{CompanyId, PersonId};
use crate::language::Language;
use crate::named::named;
use crate::network;
use crate::outsourcing::Move;
use crate::refusal::Refusal;

/// The general right of a person (decision 17); independent of [`OutsourcingLevel`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecurityLevel {
    Administrator,
    Manager,
    ServiceDeskUser,
    ReadOnly,
}

named! { SecurityLevel {
    Administrator = "administrator", Manager = "manager",
    ServiceDeskUser = "service_desk_user", ReadOnly = "read_only",
} }

impl SecurityLevel {
    /// What a person gets when the module is activated, or on joining later (section 4).
    pub const fn default_outsourcing(self) -> OutsourcingLevel {
        match self {
            Self::Administrator => OutsourcingLevel::All,
            Self::ServiceDeskUser => OutsourcingLevel::Outsourcing,
            Self::Manager | Self::ReadOnly => OutsourcingLevel::None,
        }
    }
}

/// The outsourcing permission of a person, least first (section 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutsourcingLevel {
    None,
    Outsourcing,
    PartnerManagement,
    All,
}

named! { OutsourcingLevel {
    None = "none", Outsourcing = "outsourcing", PartnerManagement = "partner_management", All = "all",
} }

impl OutsourcingLevel {
    /// The key of its name in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "outsourcing-level-none",
            Self::Outsourcing => "outsourcing-level-outsourcing",
            Self::PartnerManagement => "outsourcing-level-partner-management",
            Self::All => "outsourcing-level-all",
        }
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub company: CompanyId,
    pub person: PersonId,
    /// As shown in histories.
    pub name: String,
    pub security: SecurityLevel,
    /// As assigned; what holds is [`Actor::level`].
    pub outsourcing: OutsourcingLevel,
    /// Whether the own company has accepted the outsourcing agreement.
    pub agreement: bool,
    /// Whether this person runs the installation.
    pub operator: bool,
    pub language: Language,
}

impl Actor {
    /// The outsourcing level that holds: administrators always have every function (section 4).
    pub const fn level(&self) -> OutsourcingLevel {
        match self.security {
            SecurityLevel::Administrator => OutsourcingLevel::All,
            _ => self.outsourcing,
        }
    }
}

/// Everything that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    ViewTickets,
    EditTickets,
    EditOrganizations,
    AdministerPeople,
    AdministerCompany,
    ReadAudit,
    /// The letterbox of a demonstration or test installation.
    ReadMailbox,
    /// The fee per ticket handed to a portal partner (decision 11).
    SetFees,
    /// Accept or decline, begin, report and return received work (decision 6).
    AnswerOffers,
    SeeReceivedWork,
    RemapLeadPartner,
    SeeOutsourceBar,
    SeeTerms,
    /// Save terms, send, remove.
    Outsource,
    /// Cancel, approve, reject, complete.
    DecideRounds,
    /// The dashboard itself; before the agreement it shows received work and the way to the agreement (section 3).
    OpenDashboard,
    /// The lists of outsourced work.
    SeeDashboard,
    ManagePartners,
    EditInvitation,
    ManageNetworks,
    ConfigurePermissions,
    AcceptAgreement,
    ReadAgreement,
    /// Rates, totals and margin on dashboard and reports.
    SeeFinancials,
}

named! { Permission {
    ViewTickets = "view_tickets",
    EditTickets = "edit_tickets",
    EditOrganizations = "edit_organizations",
    AdministerPeople = "administer_people",
    AdministerCompany = "administer_company",
    ReadAudit = "read_audit",
    ReadMailbox = "read_mailbox",
    SetFees = "set_fees",
    AnswerOffers = "answer_offers",
    SeeReceivedWork = "see_received_work",
    RemapLeadPartner = "remap_lead_partner",
    SeeOutsourceBar = "see_outsource_bar",
    SeeTerms = "see_terms",
    Outsource = "outsource",
    DecideRounds = "decide_rounds",
    OpenDashboard = "open_dashboard",
    SeeDashboard = "see_dashboard",
    ManagePartners = "manage_partners",
    EditInvitation = "edit_invitation",
    ManageNetworks = "manage_networks",
    ConfigurePermissions = "configure_permissions",
    AcceptAgreement = "accept_agreement",
    ReadAgreement = "read_agreement",
    SeeFinancials = "see_financials",
} }

/// Whether this person may, or what stands against it. Whether the thing is theirs at all is asked elsewhere.
pub fn allows(actor: &Actor, permission: Permission) -> Result<(), Refusal> {
    use OutsourcingLevel::{All, Outsourcing, PartnerManagement};
    match permission {
        Permission::ViewTickets | Permission::SeeOutsourceBar => Ok(()),
        Permission::EditTickets | Permission::EditOrganizations | Permission::AnswerOffers => {
            editing(actor)
        }
        Permission::SeeReceivedWork => editing(actor).or_else(|_| level(actor, PartnerManagement)),
        Permission::AdministerPeople
        | Permission::AdministerCompany
        | Permission::ReadAudit
        | Permission::RemapLeadPartner => administrator(actor),
        Permission::ReadMailbox | Permission::SetFees => operator(actor),
        Permission::AcceptAgreement => level(actor, All).and_then(|()| not_yet_agreed(actor)),
        Permission::OpenDashboard => level(actor, PartnerManagement),
        // Received work has figures too, and needs no agreement.
        Permission::SeeFinancials => level(actor, All),
        Permission::SeeTerms
        | Permission::Outsource
        | Permission::DecideRounds
        | Permission::ReadAgreement => agreed(actor).and_then(|()| level(actor, Outsourcing)),
        Permission::SeeDashboard
        | Permission::ManagePartners
        | Permission::EditInvitation
        | Permission::ManageNetworks => {
            agreed(actor).and_then(|()| level(actor, PartnerManagement))
        }
        Permission::ConfigurePermissions => agreed(actor).and_then(|()| level(actor, All)),
    }
}

/// What a person needs to make this move in a round; the clock alone makes [`Move::Expire`].
pub const fn for_move(mv: Move) -> Option<Permission> {
    match mv {
        Move::Send | Move::Remove => Some(Permission::Outsource),
        // Whoever completes the ticket ends the round with it (section 9, row 13): that is deciding, too (4.1).
        Move::Cancel | Move::Approve | Move::Reject | Move::Complete | Move::CompleteTicket => {
            Some(Permission::DecideRounds)
        }
        Move::Accept | Move::Decline | Move::BeginWork | Move::ReportCompletion | Move::Return => {
            Some(Permission::AnswerOffers)
        }
        Move::Expire => None,
    }
}

/// What a person needs to make this move in a one-way round with a network.
pub const fn for_network_move(mv: network::Move) -> Permission {
    match mv {
        network::Move::Send => Permission::Outsource,
        network::Move::Complete | network::Move::Cancel | network::Move::CompleteTicket => {
            Permission::DecideRounds
        }
    }
}

fn editing(actor: &Actor) -> Result<(), Refusal> {
    match actor.security {
        SecurityLevel::ReadOnly => Err(Refusal::ReadOnly),
        _ => Ok(()),
    }
}

fn administrator(actor: &Actor) -> Result<(), Refusal> {
    match actor.security {
        SecurityLevel::Administrator => Ok(()),
        _ => Err(Refusal::AdministratorOnly),
    }
}

fn operator(actor: &Actor) -> Result<(), Refusal> {
    if actor.operator { Ok(()) } else { Err(Refusal::OperatorOnly) }
}

fn level(actor: &Actor, level: OutsourcingLevel) -> Result<(), Refusal> {
    if actor.level() >= level { Ok(()) } else { Err(Refusal::LevelTooLow { level }) }
}

fn agreed(actor: &Actor) -> Result<(), Refusal> {
    if actor.agreement { Ok(()) } else { Err(Refusal::AgreementMissing) }
}

fn not_yet_agreed(actor: &Actor) -> Result<(), Refusal> {
    if actor.agreement { Err(Refusal::AgreementAccepted) } else { Ok(()) }
}

/// Submitting the agreement without the tick is refused (section 3).
pub fn submit_agreement(ticked: bool) -> Result<(), Refusal> {
    if ticked { Ok(()) } else { Err(Refusal::AgreementNotTicked) }
}

/// The person whose rights are about to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    pub security: SecurityLevel,
    pub outsourcing: OutsourcingLevel,
    pub active: bool,
}

impl Holder {
    /// Whether they count as one of those who hold Allow All.
    pub fn holds_all(self) -> bool {
        self.active
            && (self.outsourcing == OutsourcingLevel::All
                || self.security == SecurityLevel::Administrator)
    }
}

/// Whether this outsourcing level can be given (section 4): an administrator's is never lowered, and somebody active
/// always holds Allow All.
/// `active_allow_all_besides` counts the other active people who hold Allow All, administrators among them.
pub fn change_level(
    target: &Holder,
    to: OutsourcingLevel,
    active_allow_all_besides: usize,
) -> Result<(), Refusal> {
    if target.security == SecurityLevel::Administrator {
        return if to == OutsourcingLevel::All {
            Ok(())
        } else {
            Err(Refusal::AdministratorHoldsAll)
        };
    }
    if target.holds_all() && to != OutsourcingLevel::All && active_allow_all_besides == 0 {
        return Err(Refusal::LastAllowAll);
    }
    Ok(())
}

/// Whether this person can be inactivated (section 4): somebody active must remain who holds Allow All,
/// and somebody who is administrator.
pub fn deactivate(
    target: &Holder,
    active_allow_all_besides: usize,
    active_administrators_besides: usize,
) -> Result<(), Refusal> {
    if target.active
        && target.security == SecurityLevel::Administrator
        && active_administrators_besides == 0
    {
        return Err(Refusal::LastAdministrator);
    }
    if target.holds_all() && active_allow_all_besides == 0 {
        return Err(Refusal::LastAllowAll);
    }
    Ok(())
}

/// The outsourcing level a person has after a change of security level, if the change can be made: who becomes
/// administrator gets Allow All, who ceases to be one keeps it until it is lowered.
pub fn change_security(
    target: &Holder,
    to: SecurityLevel,
    active_administrators_besides: usize,
) -> Result<OutsourcingLevel, Refusal> {
    let was = target.security == SecurityLevel::Administrator;
    let will_be = to == SecurityLevel::Administrator;
    if was && !will_be && target.active && active_administrators_besides == 0 {
        return Err(Refusal::LastAdministrator);
    }
    Ok(if was || will_be { OutsourcingLevel::All } else { target.outsourcing })
}

#[cfg(test)]
pub(crate) mod tests;
