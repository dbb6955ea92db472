//! The columns of the lists (section 14), which of them a person sees, and the form in which they choose.

use domain::outsourcing::Side;
use maud::{Markup, html};

use super::Shown;
use crate::http::visit::Visit;
use crate::store::rounds::List;
use crate::store::rounds::filter::Order;
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
}

impl Column {
    /// Every column, in the order in which they stand.
    pub const ALL: [Self; 21] = [
        Self::Number,
        Self::Title,
        Self::Organization,
        Self::Partner,
        Self::PartnerTicket,
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
    ];

    /// What is shown until somebody chooses: what matters in this list, and fits beside the lists on an ordinary screen.
    /// While offers are open their deadline stands with the status; where all are offers it has the column that work
    /// needs elsewhere.
    pub fn standard(list: &List) -> [Self; 7] {
        let work = list.statuses.iter().any(|status| status.accepted_once());
        let (second, third) =
            if work { (Self::Due, Self::Hours) } else { (Self::AcceptBy, Self::Due) };
        [Self::Number, Self::Title, Self::Partner, Self::Status, second, third, Self::Total]
    }

    /// As it stands in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Title => "title",
            Self::Organization => "organization",
            Self::Partner => "partner",
            Self::PartnerTicket => "partner-ticket",
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
        }
    }

    /// The locale key of its head.
    pub const fn key(self, side: Side) -> &'static str {
        match (self, side) {
            (Self::Number, _) => "ticket-number",
            (Self::Title, _) => "ticket-title",
            (Self::Organization, _) => "ticket-organization",
            (Self::Partner, Side::Lead) => "round-partner",
            (Self::Partner, Side::Partner) => "round-lead",
            (Self::PartnerTicket, Side::Lead) => "round-other-number",
            (Self::PartnerTicket, Side::Partner) => "round-lead-number",
            (Self::Status, Side::Lead) => "round-status",
            (Self::Status, Side::Partner) => "round-insource-status",
            (Self::Since, _) => "round-since",
            (Self::TicketStatus, _) => "ticket-status",
            (Self::Priority, _) => "ticket-priority",
            (Self::SentBy, _) => "round-sent-by",
            (Self::SentOn, _) => "round-sent-on",
            (Self::AcceptBy, _) => "round-accept-by",
            (Self::Due, _) => "round-due",
            (Self::RateType, _) => "terms-rate-type",
            (Self::AuthorizedHours, _) => "terms-authorized-hours",
            (Self::Hours, _) => "round-hours-used",
            (Self::AuthorizedCharge, _) => "terms-authorized-charge",
            (Self::Total, _) => "terms-total",
            (Self::Used, _) => "round-amount-used",
            (Self::Charges, _) => "round-charges",
            (Self::Margin, _) => "terms-margin",
        }
    }

    /// Whether it shows money.
    pub const fn is_financial(self) -> bool {
        matches!(
            self,
            Self::AuthorizedCharge | Self::Total | Self::Used | Self::Charges | Self::Margin
        )
    }

    /// Whether it shows figures, which stand at the right.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::AuthorizedHours | Self::Hours) || self.is_financial()
    }

    /// What its head sorts by. Money sorts nothing: an order tells about what it orders.
    pub const fn order(self) -> Option<Order> {
        match self {
            Self::Number => Some(Order::Number),
            Self::Title => Some(Order::Title),
            Self::Partner => Some(Order::Partner),
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
            Self::AuthorizedCharge | Self::Total | Self::Used | Self::Charges | Self::Margin => {
                None
            }
        }
    }

    /// The columns of these names, in their order; unknown names are nothing.
    pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let names: Vec<&str> = names.into_iter().collect();
        Self::ALL.into_iter().filter(|column| names.contains(&column.name())).collect()
    }

    /// What this person may see on this side.
    pub fn allowed(side: Side, shown: Shown) -> Vec<Self> {
        let fits = |column: &Self| {
            (shown == Shown::Everything || !column.is_financial())
                && (side == Side::Lead || *column != Self::Margin)
        };
        Self::ALL.into_iter().filter(fits).collect()
    }

    /// What is shown: what was chosen as far as it is allowed, or the standard; never without the title.
    pub fn shown(list: &List, chosen: Option<&[Self]>, allowed: &[Self]) -> Vec<Self> {
        let chosen = chosen.filter(|chosen| chosen.iter().any(|column| allowed.contains(column)));
        let standard = Self::standard(list);
        let chosen = chosen.unwrap_or(&standard);
        let wanted = |column: &&Self| **column == Self::Title || chosen.contains(column);
        allowed.iter().filter(wanted).copied().collect()
    }
}

/// The menu in which a person ticks what they want to see. `back` is the address of the page.
pub fn choice(
    visit: &Visit,
    side: Side,
    back: &str,
    allowed: &[Column],
    shown: &[Column],
) -> Markup {
    html! {
        details.menu.wide data-menu {
            summary.button.quiet { (icon(Icon::Columns)) span { (visit.t("columns-choose")) } (icon(Icon::Down)) }
            div.menu-list {
                form.menu-form method="post" action="/columns" {
                    (field::hidden("side", side.name()))
                    (field::hidden("back", back))
                    div.menu-ticks {
                        @for column in allowed {
                            label.filter-tick {
                                input type="checkbox" name="columns" value=(column.name())
                                    checked[shown.contains(column)] disabled[*column == Column::Title];
                                span { (visit.t(column.key(side))) }
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
    use crate::store::rounds::{OUTSOURCED, RECEIVED};

    #[test]
    fn money_is_shown_to_nobody_without_the_right() {
        let list = &OUTSOURCED[0];
        let wanted = [Column::Margin, Column::Used, Column::Number];
        for side in Side::ALL {
            let allowed = Column::allowed(side, Shown::WithoutMoney);
            assert_eq!(allowed.iter().filter(|column| column.is_financial()).count(), 0);
            assert_eq!(
                Column::shown(list, Some(&wanted), &allowed),
                [Column::Number, Column::Title]
            );
        }
        let partner = Column::allowed(Side::Partner, Shown::Everything);
        assert_eq!(
            Column::shown(list, Some(&wanted), &partner),
            [Column::Number, Column::Title, Column::Used]
        );
    }

    #[test]
    fn a_choice_of_nothing_that_is_there_is_the_standard() {
        let list = &OUTSOURCED[0];
        let allowed = Column::allowed(Side::Lead, Shown::WithoutMoney);
        let standard = Column::shown(list, None, &allowed);
        assert_eq!(standard.len(), 6);
        assert_eq!(Column::shown(list, Some(&[Column::Margin]), &allowed), standard);
        assert_eq!(
            Column::list(["margin", "number", "nonsense"]),
            [Column::Number, Column::Margin]
        );
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
