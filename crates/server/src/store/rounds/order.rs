//! What a list of rounds is ordered by, said in SQL.

use domain::network::Action;
use domain::outsourcing::{Side, Status};
use domain::terms::RateType;
use domain::ticket::TicketStatus;

use super::Kind;
use super::filter::{billed, due, known, priority, title};
use crate::store::sorted::folded;

/// What a list is ordered by. Rows without a value come last, in both directions. Which orders a list has, its columns
/// say; an order by what its rows have not is an error of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Status since.
    Since,
    /// Number of our ticket.
    Number,
    /// Title.
    Title,
    /// The other company.
    Partner,
    /// The network.
    Network,
    /// What happened when it was handed over.
    Action,
    /// When it was sent.
    Sent,
    /// Until when it must be answered.
    AcceptBy,
    /// Until when it must be done.
    Due,
    /// Priority.
    Priority,
    /// Organization of our ticket.
    Organization,
    /// Number of the other side's ticket.
    OtherNumber,
    /// Status of the round, as it runs.
    Status,
    /// Status of our ticket.
    TicketStatus,
    /// Who sent it.
    SentBy,
    /// Flat before hourly.
    RateType,
    /// Upper limit of hourly work.
    AuthorizedHours,
    /// Hours to bill so far.
    Hours,
    /// Flat amount or hourly rate. Amounts of two currencies are compared as numbers.
    AuthorizedCharge,
    /// The flat amount, or the hourly rate for all authorized hours.
    Total,
    /// What the customer pays per hour of what is with a network.
    BillingRate,
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 21] = [
        Self::Since,
        Self::Number,
        Self::Title,
        Self::Partner,
        Self::Network,
        Self::Action,
        Self::Sent,
        Self::AcceptBy,
        Self::Due,
        Self::Priority,
        Self::Organization,
        Self::OtherNumber,
        Self::Status,
        Self::TicketStatus,
        Self::SentBy,
        Self::RateType,
        Self::AuthorizedHours,
        Self::Hours,
        Self::AuthorizedCharge,
        Self::Total,
        Self::BillingRate,
    ];

    /// As it stands in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Since => "since",
            Self::Number => "number",
            Self::Title => "title",
            Self::Partner => "partner",
            Self::Network => "network",
            Self::Action => "action",
            Self::Sent => "sent",
            Self::AcceptBy => "accept-by",
            Self::Due => "due",
            Self::Priority => "priority",
            Self::Organization => "organization",
            Self::OtherNumber => "partner-ticket",
            Self::Status => "status",
            Self::TicketStatus => "ticket-status",
            Self::SentBy => "sent-by",
            Self::RateType => "rate-type",
            Self::AuthorizedHours => "authorized-hours",
            Self::Hours => "hours",
            Self::AuthorizedCharge => "authorized-charge",
            Self::Total => "total",
            Self::BillingRate => "billing-rate",
        }
    }

    /// From an address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// Whether its place is a text.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Title
                | Self::Partner
                | Self::Network
                | Self::Organization
                | Self::OtherNumber
                | Self::SentBy
        )
    }

    pub(super) fn expression(self, kind: Kind) -> String {
        let side = kind.side();
        match self {
            Self::Since => "o.since".into(),
            Self::Number => "t.number".into(),
            Self::Title => folded(&title(side)),
            Self::Partner | Self::Network => folded(kind.other_name()),
            Self::Action => ranked("o.action", Action::ALL.map(Action::name)),
            Self::Sent => "o.sent_at".into(),
            Self::AcceptBy => "o.accept_by".into(),
            Self::Due => due(kind),
            Self::Priority => priority(side),
            Self::Organization => "g.name_key".into(),
            Self::OtherNumber => known(side, "x.number"),
            Self::Status => ranked("o.status", Status::ALL.map(Status::name)),
            Self::TicketStatus => ranked("t.status", TicketStatus::ALL.map(TicketStatus::name)),
            Self::SentBy => format!("NULLIF({}, '')", folded("o.sent_name")),
            Self::RateType => ranked("o.rate_type", RateType::ALL.map(RateType::name)),
            Self::AuthorizedHours => "o.authorized_hours".into(),
            Self::Hours => billed(side),
            Self::AuthorizedCharge => known(side, "o.authorized_charge"),
            Self::Total => known(side, &total()),
            Self::BillingRate => "o.billing_rate".into(),
        }
    }

    /// Whether every row has a place: the lead has its ticket from the start.
    pub(super) const fn is_always_there(self, kind: Kind) -> bool {
        match kind.side() {
            Side::Lead => !matches!(
                self,
                Self::Due
                    | Self::OtherNumber
                    | Self::SentBy
                    | Self::Sent
                    | Self::AuthorizedHours
                    | Self::Hours
                    | Self::Total
                    | Self::BillingRate
            ),
            Side::Partner => matches!(
                self,
                Self::Since | Self::Partner | Self::AcceptBy | Self::Status | Self::RateType
            ),
        }
    }
}

/// What the terms come to, in minor units and as [`domain::terms::Terms::total`] rounds it; money and hours are never
/// negative. Whole and broken part are multiplied apart, and what would not fit into a number has no place: terms that
/// are saved and not sent may be too large, and a list must not fail of them.
fn total() -> String {
    let (charge, hours) = ("o.authorized_charge", "COALESCE(o.authorized_hours, 0)");
    format!(
        "CASE WHEN o.rate_type = '{flat}' THEN {charge}
              WHEN {hours} = 0 THEN 0
              WHEN {hours} > {most} / 100 OR {charge} / 100 >= {most} / {hours} THEN NULL
              ELSE {charge} / 100 * {hours} + ({charge} % 100 * {hours} + 50) / 100 END",
        flat = RateType::Flat.name(),
        most = i64::MAX,
    )
}

/// The place of a name in its list.
fn ranked<const N: usize>(column: &str, names: [&'static str; N]) -> String {
    let cases: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(place, name)| format!("WHEN '{name}' THEN {place}"))
        .collect();
    format!("CASE {column} {} END", cases.join(" "))
}
