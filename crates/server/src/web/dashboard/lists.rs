//! The lists at the side of the dashboard, a person's own views above them; and what an empty list says.

use domain::outsourcing::Side;
use maud::{Markup, html};

use super::asked;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::store::rounds::{COUNTED, Kind, List};
use crate::store::views::{Door, SavedView};
use crate::web::parts::page::{Tab, side_tabs};
use crate::web::parts::{Icon, Look, button, empty_state};
use crate::web::views;

/// What is known of the lists.
pub struct Known<'a> {
    /// The person's views.
    pub views: &'a [SavedView],
    /// How much each list holds.
    pub counts: &'a [i64],
}

/// Which of them is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Current {
    /// A list, by its name.
    List(&'static str),
    /// A view, by its id.
    View(i64),
}

/// Views and lists with their counts.
pub fn tabs(visit: &Visit, door: Door, lists: &[List], known: &Known, current: Current) -> Markup {
    let own: Vec<(String, bool)> = known
        .views
        .iter()
        .map(|saved| (views::address(saved), current == Current::View(saved.id)))
        .collect();
    let own: Vec<Tab> = known
        .views
        .iter()
        .zip(&own)
        .map(|(saved, (href, current))| Tab {
            label: &saved.name,
            href,
            current: *current,
            count: None,
        })
        .collect();
    let made: Vec<(Side, &'static str, String, bool, String)> = lists
        .iter()
        .zip(known.counts)
        .map(|(list, count)| {
            let href = format!("{}?list={}", door.path(), list.name);
            let current = current == Current::List(list.name);
            (list.kind.side(), visit.t(list_key(list)), href, current, number(visit, list, *count))
        })
        .collect();
    let of = |side: Side| -> Vec<Tab> {
        made.iter()
            .filter(|tab| tab.0 == side)
            .map(|(_, label, href, current, count)| Tab {
                label,
                href,
                current: *current,
                count: Some(count),
            })
            .collect()
    };
    let sections = [
        (visit.t("views-mine"), own),
        (visit.t("dashboard-outsourced"), of(Side::Lead)),
        (visit.t("dashboard-received"), of(Side::Partner)),
    ];
    let sections: Vec<(&str, &[Tab])> = sections
        .iter()
        .filter(|(_, tabs)| !tabs.is_empty())
        .map(|(heading, tabs)| (*heading, tabs.as_slice()))
        .collect();
    html! { div data-live-part="lists" { (side_tabs(visit.t("dashboard-lists"), &sections)) } }
}

/// How many rounds there are, as far as they were counted.
fn number(visit: &Visit, list: &List, count: i64) -> String {
    if list.has_ended() && !asked::has_period(list) && count >= COUNTED {
        return format!("{}+", visit.format.number(COUNTED - 1));
    }
    visit.format.number(count)
}

/// The locale key of a list.
pub fn list_key(list: &List) -> &'static str {
    match list.name {
        "my-open" => "list-my-open",
        "open" => "list-open",
        "unsent" => "list-unsent",
        "waiting-acceptance" => "list-waiting-acceptance",
        "accepted" => "list-accepted",
        "in-progress" => "list-in-progress",
        "waiting-approval" => "list-waiting-approval",
        "declined-expired" => "list-declined-expired",
        "canceled" => "list-canceled",
        "complete" => "list-complete",
        "on-networks" => "list-networks",
        "received-waiting-acceptance" => "list-received-waiting-acceptance",
        "received-my-open" => "list-received-my-open",
        "received-open" => "list-received-open",
        "received-accepted" => "list-received-accepted",
        "received-in-progress" => "list-received-in-progress",
        "received-waiting-approval" => "list-received-waiting-approval",
        "received-complete" => "list-received-complete",
        _ => "list-received-ended",
    }
}

/// What an empty list says.
pub fn nothing(visit: &Visit, list: &List, query: &Fields) -> Markup {
    if asked::is_narrowed(query) {
        return empty_state(
            Icon::Search,
            visit.t("list-nothing-found"),
            visit.t("list-nothing-found-hint"),
            &html! {},
        );
    }
    if asked::has_period(list) {
        let all = button::link(
            visit.t("period-all"),
            &format!("?list={}&period=all", list.name),
            Look::Plain,
            None,
        );
        return empty_state(
            Icon::History,
            visit.t("dashboard-empty"),
            visit.t("dashboard-empty-period"),
            &all,
        );
    }
    let (icon, title, hint) = match list.kind {
        Kind::Outsourced => (Icon::Handover, "dashboard-empty", "dashboard-empty-hint"),
        Kind::Received => (Icon::Handover, "dashboard-empty", "received-empty-hint"),
        Kind::Networks => (Icon::Network, "networks-no-rounds", "networks-no-rounds-hint"),
    };
    let action = html! {
        @if list.kind.side() == Side::Lead { (button::link(visit.t("nav-tickets"), "/tickets", Look::Plain, Some(Icon::Ticket))) }
    };
    empty_state(icon, visit.t(title), visit.t(hint), &action)
}
