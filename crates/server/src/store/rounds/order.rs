//! What a list of rounds is ordered by, said in SQL.

use domain::outsourcing::{Side, Status};
use domain::terms::RateType;
use domain::ticket::TicketStatus;

use super::filter::{billed, due, known, priority, title};
use super::side_columns;

/// What a list is ordered by. Rows without a value come last, in both directions.
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
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 16] = [
        Self::Since,
        Self::Number,
        Self::Title,
        Self::Partner,
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
    ];

    /// As it stands in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Since => "since",
            Self::Number => "number",
            Self::Title => "title",
            Self::Partner => "partner",
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
                | Self::Organization
                | Self::OtherNumber
                | Self::SentBy
        )
    }

    pub(super) fn expression(self, side: Side) -> String {
        let (.., other_name, _) = side_columns(side);
        match self {
            Self::Since => "o.since".into(),
            Self::Number => "t.number".into(),
            Self::Title => folded(&title(side)),
            Self::Partner => folded(other_name),
            Self::Sent => "o.sent_at".into(),
            Self::AcceptBy => "o.accept_by".into(),
            Self::Due => due(side),
            Self::Priority => priority(side),
            Self::Organization => "g.name_key".into(),
            Self::OtherNumber => known(side, "x.number"),
            Self::Status => ranked("o.status", Status::ALL.map(Status::name)),
            Self::TicketStatus => ranked("t.status", TicketStatus::ALL.map(TicketStatus::name)),
            Self::SentBy => format!("NULLIF({}, '')", folded("o.sent_name")),
            Self::RateType => ranked("o.rate_type", RateType::ALL.map(RateType::name)),
            Self::AuthorizedHours => "o.authorized_hours".into(),
            Self::Hours => billed(side),
        }
    }

    /// Whether every row has a place: the lead has its ticket from the start.
    pub(super) const fn is_always_there(self, side: Side) -> bool {
        match side {
            Side::Lead => !matches!(
                self,
                Self::Sent
                    | Self::Due
                    | Self::OtherNumber
                    | Self::SentBy
                    | Self::AuthorizedHours
                    | Self::Hours
            ),
            Side::Partner => matches!(
                self,
                Self::Since | Self::Partner | Self::AcceptBy | Self::Status | Self::RateType
            ),
        }
    }
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

/// Letters as they are sorted: small, umlauts at their base letter, on both databases alike.
fn folded(expression: &str) -> String {
    let pairs =
        [("Ä", "a"), ("ä", "a"), ("Ö", "o"), ("ö", "o"), ("Ü", "u"), ("ü", "u"), ("ß", "ss")];
    pairs.iter().fold(format!("LOWER({expression})"), |sql, (letter, base)| {
        format!("REPLACE({sql}, '{letter}', '{base}')")
    })
}
