//! The dashboard's list *Networks*: the tickets that are with networks and vendors (section 14).

use axum::response::Response;
use domain::ids::NetworkId;
use domain::network::Status;
use domain::permission::Permission;
use maud::{Markup, html};

use super::action_key;
use crate::actions::tickets::ticket_status_key;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::PAGE;
use crate::store::network_rounds::{Filter, Line, Sort};
use crate::web::dashboard::beside_networks;
use crate::web::forms::{Form, day, span};
use crate::web::mark;
use crate::web::parts::table::{self, Direction};
use crate::web::parts::{Choice, Icon, Look, button, empty_state, field, layout, page_head, pager};
use crate::web::pick;
use crate::web::sheet::{Cell, Sheet, download};
use crate::web::tickets::pager_words;

/// So many are read at a time for a file.
const BATCH: i64 = 1000;

/// The address of the list.
pub const HERE: &str = "/outsource/networks";

/// How many tickets are there now, for the tab of the dashboard.
pub async fn count(visit: &Visit) -> Result<i64, Problem> {
    visit.read(|tx, acting| Ok(store::network_rounds::count_live(tx, acting.actor.company)?)).await
}

/// `GET /outsource/networks`
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::SeeDashboard)?;
    let query = pick::query(&visit);
    let mut mistakes = Mistakes::default();
    let filter = filter(&visit, &query, &mut mistakes);
    let (asked, right) = (filter.clone(), mistakes.is_empty());
    let (mut lines, networks) = visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            // Dates that are none narrow nothing, so nothing is shown.
            let lines =
                if right { store::network_rounds::page(tx, company, &asked)? } else { Vec::new() };
            Ok((lines, store::network_rounds::networks(tx, company)?))
        })
        .await?;
    let more = pick::cut(&mut lines, PAGE);
    let last = lines.last().filter(|_| more);
    let next =
        last.map(|line| pick::address(&query, "after", &format!("{}~{}", line.id, line.key)));
    let first = query.has("after").then(|| pick::address(&query, "after", ""));
    let words = pager_words(&visit);
    let form = if right {
        Form::fresh(query.clone())
    } else {
        visit.returned(query.clone(), Problem::Invalid(mistakes))?
    };
    let main = html! {
        (form.summary())
        (filters(&visit, &form, &networks))
        div data-live-part="rounds" {
            @if lines.is_empty() { (nothing(&visit, &query)) } @else {
                (rows(&visit, &query, &filter, &lines))
                (pager(words.0, "", (words.1, first.as_deref()), (words.2, next.as_deref())))
            }
        }
    };
    let title = visit.t("dashboard-title");
    let csv = format!("{HERE}.csv{}", pick::address(&query, "after", ""));
    let export = button::link(visit.t("list-csv"), &csv, Look::Quiet, Some(Icon::Download));
    let body = html! {
        (page_head(title, Some(visit.t("list-networks")), &export))
        (layout::with_lists(&beside_networks(&visit).await?, &main))
    };
    Ok(form.answer(visit.live_page(title, "/live/company", &body)))
}

fn filter(visit: &Visit, query: &Fields, mistakes: &mut Mistakes) -> Filter {
    let (sort, down) = pick::sort(query);
    // What changed last comes first, unless something else is asked for.
    let (sort, down) = Sort::from_name(sort).map_or((Sort::Since, true), |sort| (sort, down));
    Filter {
        text: query.text("q").chars().take(100).collect(),
        status: match query.get("status") {
            "all" => None,
            name => Some(Status::from_name(name).unwrap_or(Status::Assigned)),
        },
        network: query.number("network").map(NetworkId),
        since: span(query, ("since_from", "since_to"), &visit.format, mistakes),
        sort,
        down,
        after: pick::after(query),
        limit: PAGE,
    }
}

fn filters(visit: &Visit, form: &Form, networks: &[(NetworkId, String)]) -> Markup {
    let query = form.fields();
    let choices = [
        Choice::new("", visit.t("networks-open-rounds")),
        Choice::new(Status::Complete.name(), visit.t(Status::Complete.shown().key())),
        Choice::new(Status::Canceled.name(), visit.t(Status::Canceled.shown().key())),
        Choice::new("all", visit.t("networks-all-rounds")),
    ];
    let networks: Vec<(String, &str)> =
        networks.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let networks = pick::any(visit, "networks-any-network", &networks);
    let fields = html! {
        (field::search("q", visit.t("networks-round-search"), query.get("q")))
        (field::filter("network", visit.t("network"), query.get("network"), &networks))
        (field::filter("status", visit.t("round-status"), query.get("status"), &choices))
        div.filter-days {
            (day(form, "since_from", visit.t("networks-since-from")))
            (day(form, "since_to", visit.t("networks-since-to")))
        }
        @if query.has("sort") { (field::hidden("sort", query.get("sort"))) }
    };
    let reset = is_narrowed(query).then(|| (visit.t("list-reset"), HERE));
    table::filters(HERE, &fields, visit.t("list-filter"), reset)
}

fn is_narrowed(query: &Fields) -> bool {
    ["q", "network", "status", "since_from", "since_to"].iter().any(|name| query.has(name))
}

fn nothing(visit: &Visit, query: &Fields) -> Markup {
    if is_narrowed(query) {
        let reset = button::link(visit.t("list-reset"), HERE, Look::Plain, None);
        let hint = visit.t("list-nothing-found-hint");
        return empty_state(Icon::Search, visit.t("list-nothing-found"), hint, &reset);
    }
    let tickets = button::link(visit.t("nav-tickets"), "/tickets", Look::Plain, Some(Icon::Ticket));
    let hint = visit.t("networks-no-rounds-hint");
    empty_state(Icon::Network, visit.t("networks-no-rounds"), hint, &tickets)
}

/// The columns: what they are called, and what they sort by.
const COLUMNS: [(&str, Sort); 6] = [
    ("ticket-number", Sort::Number),
    ("ticket-title", Sort::Title),
    ("network", Sort::Network),
    ("network-action", Sort::Action),
    ("network-status-since", Sort::Since),
    ("ticket-due", Sort::Due),
];

fn rows(visit: &Visit, query: &Fields, filter: &Filter, lines: &[Line]) -> Markup {
    let way = if filter.down { Direction::Down } else { Direction::Up };
    let head = html! {
        @for (key, sort) in COLUMNS {
            @let now = (filter.sort == sort).then_some(way);
            (table::sort_head(visit.t(key), &pick::sorted_by(query, sort.name(), now), now))
        }
    };
    table::records(
        visit.t("list-networks"),
        &head,
        &html! { @for line in lines { (row(visit, line)) } },
    )
}

/// `GET /outsource/networks.csv`: all that the filters leave.
pub async fn export(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::SeeDashboard)?;
    let mut mistakes = Mistakes::default();
    let filter = filter(&visit, &pick::query(&visit), &mut mistakes);
    mistakes.check()?;
    let mut filter = Filter { after: None, limit: BATCH, ..filter };
    let mut sheet = Sheet::new(visit.format.language, HEADS.map(|key| visit.t(key)))?;
    loop {
        let asked = filter.clone();
        let mut lines = visit
            .read(move |tx, acting| {
                Ok(store::network_rounds::page(tx, acting.actor.company, &asked)?)
            })
            .await?;
        let more = pick::cut(&mut lines, BATCH);
        for line in &lines {
            sheet.row(&cells(&visit, line))?;
        }
        match lines.last().filter(|_| more) {
            Some(last) => filter.after = Some((last.key.clone(), last.id.0)),
            None => break,
        }
    }
    Ok(download(&format!("staffel-on-networks-{}", visit.format.today()), sheet.finish()?))
}

const HEADS: [&str; 11] = [
    "ticket-number",
    "ticket-title",
    "ticket-organization",
    "ticket-status",
    "network",
    "network-action",
    "round-status",
    "round-since",
    "round-sent-by",
    "round-sent-on",
    "ticket-due",
];

fn cells(visit: &Visit, line: &Line) -> [Cell; HEADS.len()] {
    [
        Cell::text(&line.number),
        Cell::text(&line.title),
        Cell::text(&line.organization),
        Cell::text(visit.t(ticket_status_key(line.ticket_status))),
        Cell::text(&line.network),
        Cell::text(visit.t(action_key(line.action))),
        Cell::text(visit.t(line.status.shown().key())),
        Cell::instant(&visit.format, line.since),
        Cell::text(&line.sent_by),
        Cell::instant(&visit.format, line.sent_at),
        line.due_at.map_or_else(Cell::empty, |due| Cell::instant(&visit.format, due)),
    ]
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
