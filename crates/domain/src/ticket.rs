//! The service-desk basics that outsourcing stands on: the fixed lists of a ticket and the limits of its fields (section 18).

use crate::named::named;
use crate::refusal::Refusal;

/// The longest texts, in characters (sections 18.1 to 18.6).
pub mod limits {
    pub const TITLE: usize = 255;
    pub const DESCRIPTION: usize = 8000;
    pub const INSTRUCTIONS: usize = 8000;
    pub const REASON: usize = 8000;
    pub const RESOLUTION: usize = 32_000;
    pub const PURCHASE_ORDER: usize = 50;
    pub const NOTE_TITLE: usize = 250;
    pub const NOTE_TEXT: usize = 32_000;
    /// The longest time entry, in hundredths of an hour (section 18.3).
    pub const HOURS_WORKED: i64 = 2400;
    pub const TIME_SUMMARY: usize = 32_000;
    /// Largest quantity of a charge, in hundredths.
    pub const QUANTITY: i64 = 100_000_000;
    pub const CHARGE_NAME: usize = 100;
    pub const CHARGE_DESCRIPTION: usize = 8000;
    pub const CHARGE_NOTES: usize = 2000;
    pub const ATTACHMENT_TITLE: usize = 255;
    pub const ORGANIZATION_NAME: usize = 100;
    pub const PHONE: usize = 25;
    pub const ADDRESS: usize = 128;
    pub const CITY: usize = 30;
    pub const WEB: usize = 255;
    pub const TAX_ID: usize = 50;
    pub const PERSON_NAME: usize = 50;
    pub const EMAIL: usize = 254;
    /// The largest file, in bytes (section 18.5).
    pub const FILE_BYTES: usize = 10_000_000;
}

/// Whether a text keeps to its limit; characters are counted, not bytes.
pub fn fits(text: &str, limit: usize) -> bool {
    text.chars().nth(limit).is_none()
}

/// Where the ticket stands; independent of the outsource status but for [`TicketStatus::Complete`] (section 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketStatus {
    New,
    InProgress,
    WaitingCustomer,
    OnHold,
    Escalated,
    Complete,
}

named! { TicketStatus {
    New = "new", InProgress = "in_progress", WaitingCustomer = "waiting_customer",
    OnHold = "on_hold", Escalated = "escalated", Complete = "complete",
} }

impl TicketStatus {
    /// New and Complete belong to the system; the others are a company's own choice (section 18.1).
    pub const fn is_system(self) -> bool {
        matches!(self, Self::New | Self::Complete)
    }

    /// Whether the ticket is still to be worked on.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Complete)
    }
}

/// How pressing the ticket is, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    Low,
    Medium,
    High,
    Critical,
}

named! { Priority { Low = "low", Medium = "medium", High = "high", Critical = "critical" } }

/// Where the ticket came from (section 18.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    Phone,
    Email,
    WebPortal,
    Monitoring,
    InPerson,
    ClientPortal,
    /// Reserved: set on tickets received from a lead, and on no other (section 11.1).
    Insourced,
}

named! { Source {
    Phone = "phone", Email = "email", WebPortal = "web_portal", Monitoring = "monitoring",
    InPerson = "in_person", ClientPortal = "client_portal", Insourced = "insourced",
} }

impl Source {
    /// Whether a person may choose this source for a ticket.
    pub fn may_choose(self) -> Result<(), Refusal> {
        if self == Self::Insourced { Err(Refusal::SourceReserved) } else { Ok(()) }
    }

    /// Whether the source of a ticket may be changed to `to`: that of a received ticket never (section 11.1).
    pub fn may_change(self, to: Self) -> Result<(), Refusal> {
        if self == to {
            return Ok(());
        }
        self.may_choose().and_then(|()| to.may_choose())
    }
}

/// What an organization is to the company (section 18.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganizationType {
    Customer,
    Lead,
    Prospect,
    Dead,
    Cancelation,
    Vendor,
    Partner,
}

named! { OrganizationType {
    Customer = "customer", Lead = "lead", Prospect = "prospect", Dead = "dead",
    Cancelation = "cancelation", Vendor = "vendor", Partner = "partner",
} }

/// Where a ticket for an organization may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpenedFrom {
    Anywhere,
    /// From the page of the organization itself.
    OrganizationPage,
}

impl OrganizationType {
    /// Whether organizations of this type have tickets at all (section 18.1).
    pub const fn may_have_tickets(self) -> bool {
        !matches!(self, Self::Dead | Self::Cancelation)
    }

    /// Customers, partners and vendors from anywhere; leads and prospects only from their own page;
    /// dead and former ones never (section 18.1).
    pub fn may_open_ticket(self, from: OpenedFrom) -> Result<(), Refusal> {
        match (self, from) {
            (Self::Customer | Self::Partner | Self::Vendor, _)
            | (Self::Lead | Self::Prospect, OpenedFrom::OrganizationPage) => Ok(()),
            _ => Err(Refusal::NoTickets { kind: self }),
        }
    }

    /// Whether it stands in the table of possible service partners (section 5).
    pub const fn may_be_partner(self) -> bool {
        matches!(self, Self::Customer | Self::Vendor | Self::Partner)
    }

    /// The key of its name in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Customer => "organization-type-customer",
            Self::Lead => "organization-type-lead",
            Self::Prospect => "organization-type-prospect",
            Self::Dead => "organization-type-dead",
            Self::Cancelation => "organization-type-cancelation",
            Self::Vendor => "organization-type-vendor",
            Self::Partner => "organization-type-partner",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_measured_in_characters() {
        assert!(fits(&"ü".repeat(limits::TITLE), limits::TITLE));
        assert!(!fits(&"ü".repeat(limits::TITLE + 1), limits::TITLE));
    }

    #[test]
    fn tickets_belong_to_those_one_works_with() {
        let anywhere = |kind: OrganizationType| kind.may_open_ticket(OpenedFrom::Anywhere).is_ok();
        let page =
            |kind: OrganizationType| kind.may_open_ticket(OpenedFrom::OrganizationPage).is_ok();
        let found = OrganizationType::ALL.map(|kind| (kind.name(), anywhere(kind), page(kind)));
        let expected = [
            ("customer", true, true),
            ("lead", false, true),
            ("prospect", false, true),
            ("dead", false, false),
            ("cancelation", false, false),
            ("vendor", true, true),
            ("partner", true, true),
        ];
        assert_eq!(found, expected);
        for kind in OrganizationType::ALL {
            assert_eq!(kind.may_have_tickets(), page(kind));
        }
    }

    #[test]
    fn partners_come_from_three_types() {
        let partners = OrganizationType::ALL.into_iter().filter(|kind| kind.may_be_partner());
        let expected =
            [OrganizationType::Customer, OrganizationType::Vendor, OrganizationType::Partner];
        assert_eq!(partners.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn insourced_is_reserved() {
        for source in Source::ALL {
            assert_eq!(source.may_choose().is_ok(), source != Source::Insourced);
        }
        assert_eq!(Source::Insourced.may_change(Source::Phone), Err(Refusal::SourceReserved));
        assert_eq!(Source::Phone.may_change(Source::Insourced), Err(Refusal::SourceReserved));
        assert_eq!(Source::Insourced.may_change(Source::Insourced), Ok(()));
        assert_eq!(Source::Phone.may_change(Source::Email), Ok(()));
    }

    #[test]
    fn names_lead_back_to_their_values() {
        assert!(
            TicketStatus::ALL.into_iter().all(|s| TicketStatus::from_name(s.name()) == Some(s))
        );
        assert!(Priority::ALL.is_sorted());
        assert_eq!(Source::from_name("fax"), None);
    }
}
