//! The dashboard's list *Networks*: the tickets that are with networks and vendors (section 14).

use domain::network::Status;
use domain::outsourcing::Side;
use domain::permission::Permission;
use jiff::Timestamp;
use maud::{Markup, html};

use super::action_key;
use crate::actions::tickets::ticket_status_key;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::PAGE;
use crate::store::network_rounds::{Filter, Line};
use crate::store::rounds::{List, OUTSOURCED, RECEIVED};
use crate::web::dashboard::list_key;
use crate::web::mark;
use crate::web::parts::page::{Tab, side_tabs};
use crate::web::parts::{
    Choice, Icon, Look, button, empty_state, field, layout, page_head, pager, table,
};
use crate::web::pick;
use crate::web::tickets::pager_words;

/// The address of the list.
pub const HERE: &str = "/outsource/networks";

/// How many tickets are there now, for the tab of the dashboard.
pub async fn count(visit: &Visit) -> Result<i64, Problem> {
    visit.read(|tx, acting| Ok(store::network_rounds::count_live(tx, acting.actor.company)?)).await
}

/// The tab of the dashboard that leads here.
pub fn tab<'a>(visit: &Visit, count: &'a str) -> Tab<'a> {
    Tab { label: visit.t("list-networks"), href: HERE, current: false, count: Some(count) }
}

/// `GET /outsource/networks`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    visit.require(Permission::SeeDashboard)?;
    let query = pick::query(&visit);
    let filter = filter(&query);
    let (mut lines, open) = visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let lines = store::network_rounds::page(tx, company, &filter)?;
            Ok((lines, store::network_rounds::count_live(tx, company)?))
        })
        .await?;
    let more = pick::cut(&mut lines, PAGE);
    let place = |line: &Line| format!("{}_{}", line.since.as_microsecond(), line.id);
    let next =
        lines.last().filter(|_| more).map(|line| pick::address(&query, "before", &place(line)));
    let first = query.has("before").then(|| pick::address(&query, "before", ""));
    let words = pager_words(&visit);
    let main = html! {
        (filters(&visit, &query))
        div data-live-part="rounds" {
            @if lines.is_empty() { (nothing(&visit, &query)) } @else {
                (rows(&visit, &lines))
                (pager(words.0, "", (words.1, first.as_deref()), (words.2, next.as_deref())))
            }
        }
    };
    let title = visit.t("dashboard-title");
    let body = html! {
        (page_head(title, Some(visit.t("list-networks")), &html! {}))
        (layout::with_lists(&tabs(&visit, open), &main))
    };
    Ok(visit.live_page(title, "/live/company", &body))
}

fn filter(query: &Fields) -> Filter {
    Filter {
        text: query.text("q").chars().take(100).collect(),
        status: match query.get("status") {
            "all" => None,
            name => Some(Status::from_name(name).unwrap_or(Status::Assigned)),
        },
        before: query.get("before").split_once('_').and_then(|(since, id)| {
            Some((Timestamp::from_microsecond(since.parse().ok()?).ok()?, id.parse().ok()?))
        }),
    }
}

fn filters(visit: &Visit, query: &Fields) -> Markup {
    let choices = [
        Choice::new("", visit.t("networks-open-rounds")),
        Choice::new(Status::Complete.name(), visit.t(Status::Complete.shown().key())),
        Choice::new(Status::Canceled.name(), visit.t(Status::Canceled.shown().key())),
        Choice::new("all", visit.t("networks-all-rounds")),
    ];
    let fields = html! {
        (field::search("q", visit.t("networks-round-search"), query.get("q")))
        (field::filter("status", visit.t("round-status"), query.get("status"), &choices))
    };
    let narrowed = query.has("q") || query.has("status");
    let reset = narrowed.then(|| (visit.t("list-reset"), HERE));
    table::filters(HERE, &fields, visit.t("list-filter"), reset)
}

/// The same lists as on the dashboard, this one among them. Only its own count is known here.
fn tabs(visit: &Visit, open: i64) -> Markup {
    let count = visit.format.number(open);
    let address = |list: &List| format!("/outsource?list={}", list.name);
    let lists: Vec<(Side, String, &'static str)> = OUTSOURCED
        .iter()
        .chain(&RECEIVED)
        .map(|list| (list.side, address(list), visit.t(list_key(list))))
        .collect();
    let of = |side: Side| -> Vec<Tab> {
        let of_side = lists.iter().filter(|list| list.0 == side);
        of_side.map(|(_, href, label)| Tab { label, href, current: false, count: None }).collect()
    };
    let (mut lead, partner) = (of(Side::Lead), of(Side::Partner));
    lead.push(Tab { current: true, ..tab(visit, &count) });
    let sections: [(&str, &[Tab]); 2] =
        [(visit.t("dashboard-outsourced"), &lead), (visit.t("dashboard-received"), &partner)];
    html! { div data-live-part="lists" { (side_tabs(visit.t("dashboard-lists"), &sections)) } }
}

fn nothing(visit: &Visit, query: &Fields) -> Markup {
    if query.has("q") || query.has("status") {
        let reset = button::link(visit.t("list-reset"), HERE, Look::Plain, None);
        let hint = visit.t("list-nothing-found-hint");
        return empty_state(Icon::Search, visit.t("list-nothing-found"), hint, &reset);
    }
    let tickets = button::link(visit.t("nav-tickets"), "/tickets", Look::Plain, Some(Icon::Ticket));
    let hint = visit.t("networks-no-rounds-hint");
    empty_state(Icon::Network, visit.t("networks-no-rounds"), hint, &tickets)
}

fn rows(visit: &Visit, lines: &[Line]) -> Markup {
    let head = html! {
        @for key in ["ticket-number", "ticket-title", "network", "network-action", "network-status-since", "ticket-due"] {
            (table::head(visit.t(key)))
        }
    };
    table::records(
        visit.t("list-networks"),
        &head,
        &html! { @for line in lines { (row(visit, line)) } },
    )
}

fn row(visit: &Visit, line: &Line) -> Markup {
    let href = format!("/tickets/{}", line.ticket);
    let detail =
        format!("{} · {}", line.organization, visit.t(ticket_status_key(line.ticket_status)));
    let cells = html! {
        (table::cell(visit.t("ticket-number"), &html! {
            span.stacked {
                a.number href=(href) { (line.number) }
                span.detail { (visit.t("round-sent-by")) " " (line.sent_by) }
            }
        }))
        (table::cell_title(&line.title, &href, Some(&detail)))
        (table::cell_text(visit.t("network"), &line.network))
        (table::cell_text(visit.t("network-action"), visit.t(action_key(line.action))))
        (table::cell(visit.t("network-status-since"), &html! {
            span.stacked {
                (mark::outsource_status(visit.words, line.status.shown()))
                span.detail { (mark::ago(&visit.format, line.since)) }
            }
        }))
        (table::cell(visit.t("ticket-due"), &html! {
            @match line.due_at {
                Some(due) if line.status.is_live() => (mark::deadline(&visit.format, due)),
                Some(due) => (visit.format.near(due)),
                None => "–",
            }
        }))
    };
    table::row(&href, &cells)
}
