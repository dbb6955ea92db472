//! The Outsource Management dashboard and the received work (section 14): lists with live counts, columns, CSV.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use domain::outsourcing::{Side, Status};
use domain::permission::Permission;
use domain::terms::RateType;
use maud::{Markup, html};

use super::outsource_bar::rate_key;
use super::parts::page::{Tab, side_tabs};
use super::parts::table::Direction;
use super::parts::{Icon, Look, button, empty_state, field, layout, page_head, pager, table};
use super::tickets::pager_words;
use super::{mark, networks, pick};
use crate::actions::offers::Snapshot;
use crate::actions::tickets::ticket_status_key;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::PAGE;
use crate::store::rounds::{Filter, Line, List, OUTSOURCED, RECEIVED};

/// `GET /outsource`: before the agreement the place to accept it.
pub async fn outsourced(visit: Visit) -> Result<Response, Problem> {
    if visit.may(Permission::AcceptAgreement) {
        return Ok(super::forms::go("/outsource/agreement", ""));
    }
    visit.require(Permission::SeeDashboard)?;
    let lists: Vec<List> = OUTSOURCED.iter().chain(RECEIVED.iter()).copied().collect();
    dashboard(&visit, "/outsource", lists).await.map(IntoResponse::into_response)
}

/// `GET /received`: the same lists of received work for whoever may answer offers, without the agreement.
pub async fn received(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::SeeReceivedWork)?;
    dashboard(&visit, "/received", RECEIVED.to_vec()).await.map(IntoResponse::into_response)
}

fn chosen(query: &Fields, lists: &[List]) -> Result<List, Problem> {
    let name = query.get("list");
    let found =
        if name.is_empty() { lists.first() } else { lists.iter().find(|list| list.name == name) };
    found.copied().ok_or(Problem::NotFound)
}

fn filter(query: &Fields) -> Filter {
    Filter {
        text: query.text("q").chars().take(100).collect(),
        ascending: !query.get("sort").is_empty() && !query.get("sort").starts_with('-'),
        by_deadline: query.get("sort").trim_start_matches('-') == "deadline",
        after: query
            .get("after")
            .split_once('_')
            .and_then(|(place, id)| Some((place.parse().ok()?, id.parse().ok()?))),
        limit: None,
    }
}

async fn dashboard(visit: &Visit, base: &'static str, lists: Vec<List>) -> Result<Markup, Problem> {
    let query = pick::query(visit);
    let list = chosen(&query, &lists)?;
    let asked = filter(&query);
    let filter = asked.clone();
    let all = lists.clone();
    let (mut lines, counts) = visit
        .read(move |tx, acting| {
            let (company, person) = (acting.actor.company, acting.actor.person);
            let lines = store::rounds::page(tx, company, person, &list, &asked)?;
            let counts: Vec<i64> = all
                .iter()
                .map(|list| store::rounds::count(tx, company, person, list))
                .collect::<Result<_, _>>()?;
            Ok((lines, counts))
        })
        .await?;
    let on_networks = visit.format.number(networks::work::count(visit).await?);
    let more = pick::cut(&mut lines, PAGE);
    let next = lines
        .last()
        .filter(|_| more)
        .map(|line| pick::address(&query, "after", &format!("{}_{}", line.place, line.id)));
    let first = query.has("after").then(|| pick::address(&query, "after", ""));
    let words = pager_words(visit);
    let title = visit.t(if base == "/outsource" { "dashboard-title" } else { "nav-received" });
    let csv = pick::address(&query, "list", list.name);
    let actions = button::link(
        visit.t("list-csv"),
        &format!("{base}.csv{csv}"),
        Look::Quiet,
        Some(Icon::Download),
    );
    let main = html! {
        div data-live-part="rounds" {
            h2.visually-hidden { (visit.t(list_key(&list))) }
            @if lines.is_empty() { (nothing(visit, &list, &query)) } @else {
                (rows(visit, &query, &filter, &list, &lines))
                (pager(words.0, "", (words.1, first.as_deref()), (words.2, next.as_deref())))
            }
        }
    };
    let filters = html! {
        (field::hidden("list", list.name))
        @if query.has("sort") { (field::hidden("sort", query.get("sort"))) }
        (field::search("q", visit.t("dashboard-search"), query.get("q")))
    };
    let reset = (!query.get("q").is_empty()).then(|| format!("{base}?list={}", list.name));
    let body = html! {
        (page_head(title, Some(visit.t(list_key(&list))), &actions))
        (layout::with_lists(&tabs(visit, base, &lists, &counts, &list, &on_networks), &html! {
            (table::filters(base, &filters, visit.t("list-filter"), reset.as_deref().map(|href| (visit.t("list-reset"), href))))
            (main)
        }))
    };
    Ok(visit.live_page(title, "/live/company", &body))
}

fn tabs(
    visit: &Visit,
    base: &str,
    lists: &[List],
    counts: &[i64],
    current: &List,
    on_networks: &str,
) -> Markup {
    let made: Vec<(Side, &'static str, String, bool, String)> = lists
        .iter()
        .zip(counts)
        .map(|(list, count)| {
            let href = format!("{base}?list={}", list.name);
            (
                list.side,
                visit.t(list_key(list)),
                href,
                list.name == current.name,
                visit.format.number(*count),
            )
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
    let (mut lead, partner) = (of(Side::Lead), of(Side::Partner));
    let mut sections: Vec<(&str, &[Tab])> = Vec::new();
    if !lead.is_empty() {
        lead.push(networks::work::tab(visit, on_networks));
        sections.push((visit.t("dashboard-outsourced"), &lead));
    }
    sections.push((visit.t("dashboard-received"), &partner));
    html! { div data-live-part="lists" { (side_tabs(visit.t("dashboard-lists"), &sections)) } }
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

fn nothing(visit: &Visit, list: &List, query: &Fields) -> Markup {
    if !query.get("q").is_empty() {
        return empty_state(
            Icon::Search,
            visit.t("list-nothing-found"),
            visit.t("list-nothing-found-hint"),
            &html! {},
        );
    }
    let action = html! {
        @if list.side == Side::Lead { (button::link(visit.t("nav-tickets"), "/tickets", Look::Plain, Some(Icon::Ticket))) }
    };
    let hint = if list.side == Side::Lead { "dashboard-empty-hint" } else { "received-empty-hint" };
    empty_state(Icon::Handover, visit.t("dashboard-empty"), visit.t(hint), &action)
}

fn sort(visit: &Visit, query: &Fields, filter: &Filter, name: &str, label: &'static str) -> Markup {
    let own = filter.by_deadline == (name == "deadline");
    let now = own.then_some(if filter.ascending { Direction::Up } else { Direction::Down });
    let next = if now == Some(Direction::Down) { name.to_owned() } else { format!("-{name}") };
    let mut query = query.clone();
    query.0.retain(|(key, _)| key != "after");
    table::sort_head(visit.t(label), &pick::address(&query, "sort", &next), now)
}

fn rows(visit: &Visit, query: &Fields, filter: &Filter, list: &List, lines: &[Line]) -> Markup {
    let money = visit.may(Permission::SeeFinancials);
    let head = html! {
        (table::head(visit.t("ticket-number")))
        (table::head(visit.t("ticket-title")))
        (table::head(visit.t(if list.side == Side::Lead { "round-partner" } else { "round-lead" })))
        (sort(visit, query, filter, "since", "round-status-since"))
        (sort(visit, query, filter, "deadline", "round-accept-by"))
        (table::head(visit.t("round-due")))
        (table::head_number(visit.t("round-hours")))
        @if money { (table::head_number(visit.t("terms-total"))) }
    };
    table::records(
        visit.t(list_key(list)),
        &head,
        &html! {
            @for line in lines { (row(visit, list, line, money)) }
        },
    )
}

/// Whether the partner may still see what the offer was about (section 19, rule 6).
fn detail_shown(list: &List, line: &Line) -> bool {
    list.side == Side::Lead || line.ticket.is_some() || line.status == Status::Assigned
}

fn title(visit: &Visit, list: &List, line: &Line) -> String {
    if !line.title.is_empty() {
        return line.title.clone();
    }
    if detail_shown(list, line) {
        Snapshot::read(&line.snapshot).title
    } else {
        visit.t("received-over").to_owned()
    }
}

/// Organization and status of our ticket, below its title.
fn detail(visit: &Visit, line: &Line) -> String {
    let status = line.ticket_status.map(|status| visit.t(ticket_status_key(status)));
    [Some(line.organization.as_str()), status]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn row(visit: &Visit, list: &List, line: &Line, money: bool) -> Markup {
    let href = match line.ticket {
        Some(ticket) => format!("/tickets/{ticket}"),
        None => format!("/received/{}", line.id),
    };
    let other = match &line.other_number {
        Some(number) => format!("{} ({number})", line.other),
        None => line.other.clone(),
    };
    let cells = html! {
        (table::cell(visit.t("ticket-number"), &html! {
            span.stacked {
                a.number href=(href) { @if line.number.is_empty() { "–" } @else { (line.number) } }
                @if !line.sent_by.is_empty() { span.detail { (visit.t("round-sent-by")) " " (line.sent_by) } }
            }
        }))
        (table::cell_title(&title(visit, list, line), &href, Some(detail(visit, line)).as_deref().filter(|text| !text.is_empty())))
        (table::cell_text(visit.t(if list.side == Side::Lead { "round-partner" } else { "round-lead" }), &other))
        (table::cell(visit.t("round-status-since"), &html! {
            span.stacked {
                (mark::outsource_status(visit.words, line.status))
                span.detail { (mark::ago(&visit.format, line.since)) }
            }
        }))
        (table::cell(visit.t("round-accept-by"), &html! {
            @if line.status == Status::Assigned { (mark::deadline(&visit.format, line.accept_by)) }
            @else { (visit.format.near(line.accept_by)) }
        }))
        (table::cell(visit.t("round-due"), &html! {
            @match line.due_at.filter(|_| detail_shown(list, line)) {
                Some(due) if !line.status.has_ended() => (mark::deadline(&visit.format, due)),
                Some(due) => (visit.format.near(due)),
                None => "–",
            }
        }))
        (table::cell_number(visit.t("round-hours"), &hours(visit, list, line)))
        @if money { (table::cell_number(visit.t("terms-total"), &total(visit, list, line))) }
    };
    table::row(&href, &cells)
}

fn hours(visit: &Visit, list: &List, line: &Line) -> String {
    match line.hours.filter(|_| detail_shown(list, line)) {
        Some(limit) => format!("{} / {}", visit.format.hours(line.used), visit.format.hours(limit)),
        None => "–".to_owned(),
    }
}

fn total(visit: &Visit, list: &List, line: &Line) -> String {
    if !detail_shown(list, line) {
        return "–".to_owned();
    }
    let total = match (line.rate_type, line.hours) {
        (RateType::Hourly, Some(hours)) => line.charge.for_hours(hours).unwrap_or(line.charge),
        _ => line.charge,
    };
    visit.format.money(total)
}

/// `GET /outsource.csv`
pub async fn outsourced_csv(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::SeeDashboard)?;
    csv(&visit, OUTSOURCED.iter().chain(RECEIVED.iter()).copied().collect()).await
}

/// `GET /received.csv`
pub async fn received_csv(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::SeeReceivedWork)?;
    csv(&visit, RECEIVED.to_vec()).await
}

async fn csv(visit: &Visit, lists: Vec<List>) -> Result<Response, Problem> {
    let query = pick::query(visit);
    let list = chosen(&query, &lists)?;
    let filter = Filter { limit: Some(10_000), after: None, ..filter(&query) };
    let lines = visit
        .read(move |tx, acting| {
            Ok(store::rounds::page(tx, acting.actor.company, acting.actor.person, &list, &filter)?)
        })
        .await?;
    let money = visit.may(Permission::SeeFinancials);
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let mut keys = vec![
        "ticket-number",
        "ticket-title",
        "ticket-organization",
        "round-other",
        "round-other-number",
        "round-status",
        "round-since",
        "ticket-status",
        "round-sent-by",
        "round-accept-by",
        "round-due",
        "terms-rate-type",
        "terms-authorized-hours",
        "round-hours",
    ];
    if money {
        keys.extend(["terms-authorized-charge", "terms-total", "currency"]);
    }
    writer.write_record(keys.iter().map(|key| visit.t(key))).map_err(anyhow::Error::from)?;
    for line in &lines {
        writer.write_record(record(visit, &list, line, money)).map_err(anyhow::Error::from)?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    let name = format!("attachment; filename=\"staffel-{}.csv\"", list.name);
    // The mark at the start tells spreadsheets that this is UTF-8.
    let body = [b"\xef\xbb\xbf".to_vec(), bytes].concat();
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], body)
        .into_response())
}

fn record(visit: &Visit, list: &List, line: &Line, money: bool) -> Vec<String> {
    let format = &visit.format;
    let known = detail_shown(list, line);
    let when = |at: Option<jiff::Timestamp>| at.map(|at| format.date_time(at)).unwrap_or_default();
    let mut record = vec![
        line.number.clone(),
        plain(&title(visit, list, line)),
        plain(&line.organization),
        plain(&line.other),
        line.other_number.clone().unwrap_or_default(),
        visit.t(line.status.key()).to_owned(),
        format.date_time(line.since),
        line.ticket_status
            .map(|status| visit.t(ticket_status_key(status)).to_owned())
            .unwrap_or_default(),
        plain(&line.sent_by),
        format.date_time(line.accept_by),
        when(line.due_at.filter(|_| known)),
        if known { visit.t(rate_key(line.rate_type)).to_owned() } else { String::new() },
        line.hours.filter(|_| known).map(|hours| format.hours(hours)).unwrap_or_default(),
        format.hours(line.used),
    ];
    if money {
        let figures = [format.input_minor(line.charge.minor), total(visit, list, line)];
        record.extend(figures.into_iter().map(|figure| if known { figure } else { String::new() }));
        record.push(line.charge.currency.code().to_owned());
    }
    record
}

/// A cell that a spreadsheet takes as text, never as a formula.
pub fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

impl Visit {
    /// A sentence that counts.
    pub fn count(&self, key: &'static str, count: i64) -> String {
        self.say(&Message::new(key).with("count", count))
    }
}
