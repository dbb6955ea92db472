//! The columns of the lists (section 14), which of them a person sees, and the form in which they choose.

use maud::{Markup, html};

use super::Shown;
use crate::http::visit::Visit;
use crate::store::rounds::filter::Order;
use crate::store::rounds::{Kind, List};
use crate::web::parts::{Icon, Look, button, field, icon};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Column {
    Number,
    Title,
    Organization,
    Partner,
    PartnerTicket,
    Network,
    Action,
    Status,
    Since,
    TicketStatus,
    Priority,
    SentBy,
    SentOn,
    AcceptBy,
    Due,
    RateType,
    AuthorizedHours,
    Hours,
    AuthorizedCharge,
    Total,
    Used,
    Charges,
    Margin,
    BillingRate,
}

impl Column {
    /// Every column, in the order in which they stand.
    pub const ALL: [Self; 24] = [
        Self::Number,
        Self::Title,
        Self::Organization,
        Self::Partner,
        Self::PartnerTicket,
        Self::Network,
        Self::Action,
        Self::Status,
        Self::Since,
        Self::TicketStatus,
        Self::Priority,
        Self::SentBy,
        Self::SentOn,
        Self::AcceptBy,
        Self::Due,
        Self::RateType,
        Self::AuthorizedHours,
        Self::Hours,
        Self::AuthorizedCharge,
        Self::Total,
        Self::Used,
        Self::Charges,
        Self::Margin,
        Self::BillingRate,
    ];

    /// What is shown until somebody chooses: what matters in this list, and fits beside the lists on an ordinary screen.
    /// While offers are open their deadline stands with the status; where all are offers it has the column that work
    /// needs elsewhere.
    pub fn standard(list: &List) -> Vec<Self> {
        if list.kind == Kind::Networks {
            return [
                Self::Number,
                Self::Title,
                Self::Network,
                Self::Action,
                Self::Status,
                Self::Due,
            ]
            .into();
        }
        let work = list.statuses.iter().any(|status| status.accepted_once());
        let (second, third) =
            if work { (Self::Due, Self::Hours) } else { (Self::AcceptBy, Self::Due) };
        [Self::Number, Self::Title, Self::Partner, Self::Status, second, third, Self::Total].into()
    }

    /// As it stands in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Title => "title",
            Self::Organization => "organization",
            Self::Partner => "partner",
            Self::PartnerTicket => "partner-ticket",
            Self::Network => "network",
            Self::Action => "action",
            Self::Status => "status",
            Self::Since => "since",
            Self::TicketStatus => "ticket-status",
            Self::Priority => "priority",
            Self::SentBy => "sent-by",
            Self::SentOn => "sent-on",
            Self::AcceptBy => "accept-by",
            Self::Due => "due",
            Self::RateType => "rate-type",
            Self::AuthorizedHours => "authorized-hours",
            Self::Hours => "hours",
            Self::AuthorizedCharge => "authorized-charge",
            Self::Total => "total",
            Self::Used => "used",
            Self::Charges => "charges",
            Self::Margin => "margin",
            Self::BillingRate => "billing-rate",
        }
    }

    /// The locale key of its head.
    pub const fn key(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Number, _) => "ticket-number",
            (Self::Title, _) => "ticket-title",
            (Self::Organization, _) => "ticket-organization",
            (Self::Partner, Kind::Received) => "round-lead",
            (Self::Partner, _) => "round-partner",
            (Self::PartnerTicket, Kind::Received) => "round-lead-number",
            (Self::PartnerTicket, _) => "round-other-number",
            (Self::Network, _) => "network",
            (Self::Action, _) => "network-action",
            (Self::Status, Kind::Received) => "round-insource-status",
            (Self::Status, _) => "round-status",
            (Self::Since, _) => "round-since",
            (Self::TicketStatus, _) => "ticket-status",
            (Self::Priority, _) => "ticket-priority",
            (Self::SentBy, _) => "round-sent-by",
            (Self::SentOn, _) => "round-sent-on",
            (Self::AcceptBy, _) => "round-accept-by",
            (Self::Due, Kind::Networks) => "ticket-due",
            (Self::Due, _) => "terms-due",
            (Self::RateType, _) => "terms-rate-type",
            (Self::AuthorizedHours, _) => "terms-authorized-hours",
            (Self::Hours, _) => "round-hours-used",
            (Self::AuthorizedCharge, _) => "terms-authorized-charge",
            (Self::Total, _) => "terms-total",
            (Self::Used, _) => "round-amount-used",
            (Self::Charges, _) => "round-charges",
            (Self::Margin, _) => "terms-margin",
            (Self::BillingRate, _) => "round-billing-rate",
        }
    }

    /// Whether it shows money.
    pub const fn is_financial(self) -> bool {
        matches!(
            self,
            Self::AuthorizedCharge
                | Self::Total
                | Self::Used
                | Self::Charges
                | Self::Margin
                | Self::BillingRate
        )
    }

    /// Whether it shows figures, which stand at the right.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::AuthorizedHours | Self::Hours) || self.is_financial()
    }

    /// What its head sorts by. What is reckoned from the items of a round sorts nothing (decision 16).
    pub const fn order(self) -> Option<Order> {
        match self {
            Self::Number => Some(Order::Number),
            Self::Title => Some(Order::Title),
            Self::Partner => Some(Order::Partner),
            Self::Network => Some(Order::Network),
            Self::Action => Some(Order::Action),
            Self::Organization => Some(Order::Organization),
            Self::PartnerTicket => Some(Order::OtherNumber),
            Self::Status => Some(Order::Status),
            Self::Since => Some(Order::Since),
            Self::TicketStatus => Some(Order::TicketStatus),
            Self::SentBy => Some(Order::SentBy),
            Self::RateType => Some(Order::RateType),
            Self::AuthorizedHours => Some(Order::AuthorizedHours),
            Self::Hours => Some(Order::Hours),
            Self::Priority => Some(Order::Priority),
            Self::SentOn => Some(Order::Sent),
            Self::AcceptBy => Some(Order::AcceptBy),
            Self::Due => Some(Order::Due),
            Self::AuthorizedCharge => Some(Order::AuthorizedCharge),
            Self::Total => Some(Order::Total),
            Self::BillingRate => Some(Order::BillingRate),
            Self::Used | Self::Charges | Self::Margin => None,
        }
    }

    /// In whose cell it stands small as long as it has no column of its own.
    pub const fn neighbour(self) -> Option<Self> {
        match self {
            Self::Organization | Self::TicketStatus => Some(Self::Title),
            Self::PartnerTicket => Some(Self::Partner),
            Self::SentBy => Some(Self::Number),
            Self::Since | Self::AcceptBy => Some(Self::Status),
            Self::AuthorizedHours => Some(Self::Hours),
            _ => None,
        }
    }

    /// Which kinds of list have it.
    const fn fits(self, kind: Kind) -> bool {
        match self {
            Self::Network | Self::Action | Self::BillingRate => matches!(kind, Kind::Networks),
            Self::Margin => matches!(kind, Kind::Outsourced),
            Self::Partner
            | Self::PartnerTicket
            | Self::AcceptBy
            | Self::RateType
            | Self::AuthorizedHours
            | Self::Hours
            | Self::AuthorizedCharge
            | Self::Total
            | Self::Used
            | Self::Charges => !matches!(kind, Kind::Networks),
            _ => true,
        }
    }

    /// The columns of these names, in their order; unknown names are nothing.
    pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let names: Vec<&str> = names.into_iter().collect();
        Self::ALL.into_iter().filter(|column| names.contains(&column.name())).collect()
    }

    /// Their names, as they stand in an address.
    pub fn names(columns: &[Self]) -> String {
        columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(",")
    }

    /// What this person may see of lists of this kind.
    pub fn allowed(kind: Kind, shown: Shown) -> Vec<Self> {
        let may = |column: &Self| shown == Shown::Everything || !column.is_financial();
        Self::ALL.into_iter().filter(|column| column.fits(kind) && may(column)).collect()
    }

    /// What is shown: what was chosen as far as it is allowed, or the standard; never without the title.
    pub fn shown(list: &List, chosen: Option<&[Self]>, allowed: &[Self]) -> Vec<Self> {
        let chosen = chosen.filter(|chosen| chosen.iter().any(|column| allowed.contains(column)));
        let standard = Self::standard(list);
        let chosen = chosen.unwrap_or(&standard);
        let wanted = |column: &&Self| **column == Self::Title || chosen.contains(column);
        allowed.iter().filter(wanted).copied().collect()
    }

    /// What a page with these columns shows, with what stands small in them.
    pub fn with_neighbours(columns: &[Self], allowed: &[Self]) -> Vec<Self> {
        let seen = |column: &&Self| {
            columns.contains(column) || column.neighbour().is_some_and(|it| columns.contains(&it))
        };
        allowed.iter().filter(seen).copied().collect()
    }
}

/// The menu in which a person ticks what they want to see. `back` is the address of the page.
pub fn choice(
    visit: &Visit,
    kind: Kind,
    back: &str,
    allowed: &[Column],
    shown: &[Column],
) -> Markup {
    html! {
        details.menu.wide data-menu {
            summary.button.quiet { (icon(Icon::Columns)) span { (visit.t("columns-choose")) } (icon(Icon::Down)) }
            div.menu-list {
                form.menu-form method="post" action="/columns" {
                    (field::hidden("kind", kind.name()))
                    (field::hidden("back", back))
                    div.menu-ticks {
                        @for column in allowed {
                            label.filter-tick {
                                input type="checkbox" name="columns" value=(column.name())
                                    checked[shown.contains(column)] disabled[*column == Column::Title];
                                span { (visit.t(column.key(kind))) }
                            }
                        }
                    }
                    div.button-row {
                        (button::submit(visit.t("columns-apply"), Look::Primary))
                        (button::submit_as(visit.t("columns-standard"), "standard", "1", Look::Quiet))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::rounds::{NETWORKS, OUTSOURCED, RECEIVED};

    #[test]
    fn money_is_shown_to_nobody_without_the_right() {
        let list = &OUTSOURCED[0];
        let wanted = [Column::Margin, Column::Used, Column::Number];
        for kind in Kind::ALL {
            let allowed = Column::allowed(kind, Shown::WithoutMoney);
            assert_eq!(allowed.iter().filter(|column| column.is_financial()).count(), 0);
            assert_eq!(
                Column::shown(list, Some(&wanted), &allowed),
                [Column::Number, Column::Title]
            );
        }
        let partner = Column::allowed(Kind::Received, Shown::Everything);
        assert_eq!(
            Column::shown(list, Some(&wanted), &partner),
            [Column::Number, Column::Title, Column::Used]
        );
    }

    #[test]
    fn a_choice_of_nothing_that_is_there_is_the_standard() {
        let list = &OUTSOURCED[0];
        let allowed = Column::allowed(Kind::Outsourced, Shown::WithoutMoney);
        let standard = Column::shown(list, None, &allowed);
        assert_eq!(standard.len(), 6);
        assert_eq!(Column::shown(list, Some(&[Column::Margin]), &allowed), standard);
        assert_eq!(
            Column::list(["margin", "number", "nonsense"]),
            [Column::Number, Column::Margin]
        );
    }

    #[test]
    fn the_standard_is_made_of_what_a_list_has() {
        for list in OUTSOURCED.iter().chain(&RECEIVED).chain([&NETWORKS]) {
            let allowed = Column::allowed(list.kind, Shown::Everything);
            let standard = Column::standard(list);
            assert_eq!(Column::shown(list, None, &allowed), standard, "{}", list.name);
        }
    }

    #[test]
    fn what_stands_small_in_a_cell_belongs_to_what_is_shown() {
        let allowed = Column::allowed(Kind::Networks, Shown::Everything);
        let seen = Column::with_neighbours(&[Column::Title, Column::Status], &allowed);
        let expected = [
            Column::Title,
            Column::Organization,
            Column::Status,
            Column::Since,
            Column::TicketStatus,
        ];
        assert_eq!(seen.len(), expected.len());
        assert!(expected.iter().all(|column| seen.contains(column)), "{seen:?}");
    }

    #[test]
    fn lists_of_offers_show_until_when_they_can_be_answered() {
        for list in OUTSOURCED.iter().chain(&RECEIVED) {
            let offers = Column::standard(list).contains(&Column::AcceptBy);
            assert_eq!(offers, !Column::standard(list).contains(&Column::Hours), "{}", list.name);
        }
        assert!(Column::standard(&RECEIVED[0]).contains(&Column::AcceptBy));
    }
}
