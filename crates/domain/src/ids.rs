//! One type for every identity, so that a person is never looked up under the number of a ticket.

use std::fmt;

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+ };
}

ids! {
    /// A company that works here: a tenant or a subcontractor (section 1).
    CompanyId,
    /// A person who signs in (section 18.7).
    PersonId,
    /// A customer, partner or vendor in a company's own address book (section 18.6).
    OrganizationId,
    /// A person at an organization (section 18.6).
    ContactId,
    /// A queue of tickets.
    QueueId,
    /// A ticket; it belongs to exactly one company.
    TicketId,
    /// A note on a ticket.
    NoteId,
    /// A time entry on a ticket.
    TimeEntryId,
    /// A charge on a ticket.
    ChargeId,
    /// An attachment of a ticket.
    AttachmentId,
    /// The relation of a lead to one of its partners (section 5).
    PartnershipId,
    /// One round of outsourcing (section 9).
    OutsourcingId,
    /// A network or vendor that is not a partner (section 6).
    NetworkId,
    /// One one-way round of a ticket with a network (section 6).
    NetworkRoundId,
}
