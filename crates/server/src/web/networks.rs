//! Outsource Networks: the list of networks and vendors that tickets are handed to one-way (section 6).
//! `networks::list` is their table, `networks::form` the page of one, `networks::send` hands a ticket over, `networks::round` shows what left.
//! What is there is a list of the dashboard.

pub mod bar;
pub mod form;
pub mod left;
pub mod list;
pub mod round;
pub mod send;

use axum::extract::Path;
use axum::response::Response;
use domain::ids::NetworkId;
use domain::network::Action;
use domain::permission::Permission;
use maud::{Markup, html};

use super::forms::{go, own_path};
use super::parts::{Choice, Icon, Look, button, empty_state, page_head, pager};
use super::pick;
use crate::actions;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::PAGE;
use crate::store::networks::{Filter, Line, Sort};

/// The address of the list.
pub const HERE: &str = "/networks";

/// `GET /networks`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    visit.require(Permission::ManageNetworks)?;
    let query = pick::query(&visit);
    let filter = filter(&query, PAGE);
    let asked = filter.clone();
    let mut lines = visit
        .read(move |tx, acting| Ok(store::networks::page(tx, acting.actor.company, &asked)?))
        .await?;
    let more = pick::cut(&mut lines, PAGE);
    let place = |line: &Line| format!("{}~{}", line.network.id, line.key);
    let next =
        lines.last().filter(|_| more).map(|line| pick::address(&query, "after", &place(line)));
    let first = query.has("after").then(|| pick::address(&query, "after", ""));
    let title = visit.t("networks-title");
    let body = html! {
        (page_head(title, Some(visit.t("networks-subtitle")), &buttons(&visit, &query, lines.is_empty() && !is_filtered(&query))))
        (list::form(&visit, &query))
        div data-live-part="list" {
            @if lines.is_empty() && !is_filtered(&query) { (nothing(&visit, &query)) } @else {
                (list::table(&visit, &query, &filter, &lines))
                @if lines.is_empty() { (nothing(&visit, &query)) }
                (pager(visit.t("pager-label"), "", (visit.t("pager-first"), first.as_deref()),
                       (visit.t("pager-next"), next.as_deref())))
            }
        }
    };
    Ok(visit.live_page(title, "/live/company", &body))
}

/// An empty list has nothing for a file, and the button for a new network itself.
fn buttons(visit: &Visit, query: &Fields, empty: bool) -> Markup {
    if empty {
        return html! {};
    }
    let csv = format!("{HERE}.csv{}", pick::address(query, "after", ""));
    html! {
        (button::link(visit.t("list-csv"), &csv, Look::Quiet, Some(Icon::Download)))
        (new_button(visit))
    }
}

fn new_button(visit: &Visit) -> Markup {
    button::link(visit.t("network-new"), "/networks/new", Look::Primary, Some(Icon::Plus))
}

fn filter(query: &Fields, limit: i64) -> Filter {
    let (sort, down) = pick::sort(query);
    Filter {
        text: query.text("q").chars().take(100).collect(),
        action: Action::from_name(query.get("action")),
        active: match query.get("active") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        sort: Sort::from_name(sort),
        down,
        after: pick::after(query),
        limit,
    }
}

fn is_filtered(query: &Fields) -> bool {
    ["q", "action", "active", "after"].iter().any(|name| query.has(name))
}

/// Every action with its word.
pub fn action_choices(visit: &Visit) -> [Choice<'static>; 3] {
    Action::ALL.map(|action| Choice::new(action.name(), visit.t(action_key(action))))
}

/// The locale key of an action.
pub fn action_key(action: Action) -> &'static str {
    match action {
        Action::Email => "network-action-email",
        Action::LiveLink => "network-action-livelink",
        Action::Nothing => "network-action-none",
    }
}

fn nothing(visit: &Visit, query: &Fields) -> Markup {
    if is_filtered(query) {
        let reset = button::link(visit.t("form-reset"), HERE, Look::Plain, None);
        let hint = visit.t("networks-not-found-hint");
        return empty_state(Icon::Search, visit.t("networks-not-found"), hint, &reset);
    }
    empty_state(
        Icon::Network,
        visit.t("networks-none"),
        visit.t("networks-none-hint"),
        &new_button(visit),
    )
}

/// `POST /networks/{id}/activation`
pub async fn activate(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let done =
        visit.write(move |tx, acting| actions::networks::activate(tx, acting, NetworkId(id)));
    match done.await {
        // What stands against it is said where it can be mended.
        Err(problem @ Problem::Invalid(_)) => form::mend(&visit, id, problem).await,
        done => done.map(|()| go(&back(&fields), "done-network-activated")),
    }
}

/// `POST /networks/{id}/deactivation`
pub async fn deactivate(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.write(move |tx, acting| actions::networks::deactivate(tx, acting, NetworkId(id))).await?;
    Ok(go(&back(&fields), "done-network-deactivated"))
}

/// The list as the person had it before.
fn back(fields: &Fields) -> String {
    let asked = own_path(fields.get("back"), HERE);
    let ours = asked == HERE || asked.starts_with("/networks?");
    if ours { asked.to_owned() } else { HERE.to_owned() }
}
