//! Outsource Networks: the list of networks and vendors that tickets are handed to one-way (section 6).
//! `networks::form` is the page of one, `networks::send` hands a ticket over, `networks::round` shows what left,
//! `networks::work` lists what is there.

pub mod bar;
pub mod form;
pub mod left;
pub mod round;
pub mod send;
pub mod work;

use axum::extract::Path;
use axum::response::Response;
use domain::ids::NetworkId;
use domain::network::Action;
use domain::permission::Permission;
use maud::{Markup, html};

use super::forms::{go, own_path};
use super::mark::ago;
use super::organizations::state_chip;
use super::parts::{Choice, Icon, Look, button, empty_state, field, page_head, pager, table};
use super::pick;
use crate::actions;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::PAGE;
use crate::store::networks::{Filter, Line};
use crate::store::organizations::name_key;

/// The address of the list.
pub const HERE: &str = "/networks";

/// `GET /networks`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    visit.require(Permission::ManageNetworks)?;
    let query = pick::query(&visit);
    let filter = filter(&query);
    let mut lines = visit
        .read(move |tx, acting| Ok(store::networks::page(tx, acting.actor.company, &filter)?))
        .await?;
    let more = pick::cut(&mut lines, PAGE);
    let place = |line: &Line| format!("{}_{}", line.network.id, name_key(&line.network.name));
    let next =
        lines.last().filter(|_| more).map(|line| pick::address(&query, "after", &place(line)));
    let first = query.has("after").then(|| pick::address(&query, "after", ""));
    let title = visit.t("networks-title");
    let body = html! {
        (page_head(title, Some(visit.t("networks-subtitle")), &new_button(&visit)))
        (filters(&visit, &query))
        div data-live-part="list" {
            @if lines.is_empty() { (nothing(&visit, &query)) } @else {
                (list(&visit, &query, &lines))
                (pager(visit.t("form-pages"), "", (visit.t("form-newer"), first.as_deref()),
                       (visit.t("form-older"), next.as_deref())))
            }
        }
    };
    Ok(visit.live_page(title, "/live/company", &body))
}

fn new_button(visit: &Visit) -> Markup {
    button::link(visit.t("network-new"), "/networks/new", Look::Primary, Some(Icon::Plus))
}

fn filter(query: &Fields) -> Filter {
    Filter {
        text: query.text("q").chars().take(100).collect(),
        action: Action::from_name(query.get("action")),
        active: match query.get("active") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        after: query
            .get("after")
            .split_once('_')
            .and_then(|(id, name)| Some((name.replace('\0', ""), id.parse().ok()?))),
    }
}

fn filters(visit: &Visit, query: &Fields) -> Markup {
    let mut actions = vec![Choice::new("", visit.t("networks-any-action"))];
    actions.extend(action_choices(visit));
    let states = [
        Choice::new("", visit.t("networks-any-state")),
        Choice::new("yes", visit.t("form-active")),
        Choice::new("no", visit.t("form-inactive")),
    ];
    let fields = html! {
        (field::search("q", visit.t("networks-search"), query.get("q")))
        (field::filter("action", visit.t("network-action"), query.get("action"), &actions))
        (field::filter("active", visit.t("network-active"), query.get("active"), &states))
    };
    let reset = is_filtered(query).then(|| (visit.t("form-reset"), HERE));
    table::filters(HERE, &fields, visit.t("form-filter"), reset)
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

fn list(visit: &Visit, query: &Fields, lines: &[Line]) -> Markup {
    let back = pick::address(query, "", "");
    let back = format!("{HERE}{}", if back == "?" { "" } else { &back });
    let head = html! {
        (table::head_hidden(visit.t("form-edit")))
        (table::head(visit.t("network-name")))
        (table::head(visit.t("network-action")))
        (table::head(visit.t("network-organization")))
        (table::head(visit.t("network-active")))
        (table::head(visit.t("network-used")))
        (table::head_number(visit.t("network-open")))
        (table::head_hidden(visit.t("network-switch")))
    };
    table::records(
        visit.t("networks-title"),
        &head,
        &html! { @for line in lines { (row(visit, line, &back)) } },
    )
}

fn row(visit: &Visit, line: &Line, back: &str) -> Markup {
    let network = &line.network;
    let edit = format!("{HERE}/{}/edit", network.id);
    let (label, noun) = if network.active {
        ("network-deactivate", "deactivation")
    } else {
        ("network-activate", "activation")
    };
    table::row(
        &edit,
        &html! {
            (table::cell_actions(&button::icon_link(&format!("{}: {}", visit.t("form-edit"), network.name), &edit, Icon::Edit)))
            (table::cell_title(&network.name, &edit, None))
            (table::cell_text(visit.t("network-action"), visit.t(action_key(network.action))))
            (table::cell(visit.t("network-organization"), &html! {
                a href={ "/organizations/" (network.organization) } { (line.organization) }
            }))
            (table::cell(visit.t("network-active"), &state_chip(visit, network.active)))
            (table::cell(visit.t("network-used"), &html! {
                @match line.used_at { Some(at) => (ago(&visit.format, at)), None => "–" }
            }))
            (table::cell_number(visit.t("network-open"), &visit.format.number(line.open)))
            (table::cell_actions(&html! {
                form.inline method="post" action={ (HERE) "/" (network.id) "/" (noun) } {
                    (field::hidden("back", back))
                    button.button.quiet.small type="submit" { (visit.t(label)) }
                }
            }))
        },
    )
}

/// `POST /networks/{id}/activation`
pub async fn activate(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.write(move |tx, acting| actions::networks::activate(tx, acting, NetworkId(id))).await?;
    Ok(go(&back(&fields), "done-network-activated"))
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
