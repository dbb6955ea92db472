//! *What crossed*: all that the other side got and we got from it, so that one can prove it; on the screen and as a file.

use axum::extract::Path;
use axum::response::Response;
use domain::message::Message;
use domain::money::{Currency, Hours, Money};
use domain::permission::Permission;
use domain::sync::Change;
use jiff::civil::Date;
use maud::{Markup, html};

use super::{home, round, ticket_of};
use crate::actions::crossings::Content;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::PAGE;
use crate::store::links::Crossing;
use crate::store::outsourcings::Outsourcing;
use crate::web::parts::page::{back, head_with};
use crate::web::parts::{Icon, Look, button, empty_state, pager, stream, table};
use crate::web::pick;
use crate::web::sheet::{Cell, Sheet, download};
use crate::web::stream::size;
use crate::web::tickets::pager_words;

/// `GET /outsourcings/{id}/crossings`
pub async fn index(visit: Visit, Path(id): Path<i64>) -> Result<Markup, Problem> {
    visit.require(Permission::EditTickets)?;
    let (case, side) = round(&visit, id).await?;
    let query = pick::query(&visit);
    let before = query.number("before");
    let round_id = case.id;
    let mut rows =
        visit.read(move |tx, _| Ok(store::links::crossings(tx, round_id, before)?)).await?;
    let more = pick::cut(&mut rows, PAGE);
    let ticket = ticket_of(&visit, &case, side).await?;
    let last = rows.last().filter(|_| more);
    let next = last.map(|last| pick::address(&query, "before", &last.id.to_string()));
    let words = pager_words(&visit);
    let first = before.map(|_| pick::address(&query, "before", ""));
    let file = format!("/outsourcings/{id}/crossings.csv");
    let export = button::link(visit.t("list-csv"), &file, Look::Plain, Some(Icon::Download));
    let body = html! {
        (head_with(
            &back(visit.t("ticket-back"), &home(&case, side)),
            &html! { (visit.t("crossings-title")) },
            &html! { span { (ticket) " · " (case.name(side.other())) } },
            &html! { @if !rows.is_empty() { (export) } },
        ))
        @if rows.is_empty() {
            (empty_state(Icon::Handover, visit.t("crossings-none"), visit.t("crossings-none-hint"), &html! {}))
        } @else {
            (table::records(visit.t("crossings-title"), &head(&visit), &html! {
                @for crossing in &rows { (row(&visit, &case, crossing)) }
            }))
            (pager(words.0, "", (words.1, first.as_deref()), (words.2, next.as_deref())))
        }
    };
    Ok(visit.page(visit.t("crossings-title"), &body))
}

fn head(visit: &Visit) -> Markup {
    html! {
        @for key in ["crossing-at", "crossing-from", "crossing-what", "crossing-content", "crossing-by"] { (table::head(visit.t(key))) }
    }
}

fn change(visit: &Visit, crossing: &Crossing) -> &'static str {
    visit.t(match Change::from_name(&crossing.change) {
        Some(Change::Create) => "crossing-create",
        Some(Change::Edit) => "crossing-edit",
        _ => "crossing-delete",
    })
}

fn direction(case: &Outsourcing, crossing: &Crossing) -> String {
    format!("{} → {}", case.name(crossing.from), case.name(crossing.from.other()))
}

fn row(visit: &Visit, case: &Outsourcing, crossing: &Crossing) -> Markup {
    let content = told(visit, case, crossing);
    html! {
        tr {
            (table::cell(visit.t("crossing-at"), &html! { (visit.format.date_time(crossing.at)) }))
            (table::cell_text(visit.t("crossing-from"), &direction(case, crossing)))
            (table::cell(visit.t("crossing-what"), &html! { (visit.t(crossing.kind.key())) ": " (change(visit, crossing)) }))
            td.span data-label=(visit.t("crossing-content")) { @if let Some(content) = content { (shown(visit, &content)) } }
            (table::cell_text(visit.t("crossing-by"), &crossing.person))
        }
    }
}

/// What crossed; without what the partner asks, for those at the lead who may not see figures (section 19, rule 8).
fn told(visit: &Visit, case: &Outsourcing, crossing: &Crossing) -> Option<Content> {
    let mut content: Content = serde_json::from_str(&crossing.content).ok()?;
    if case.lead == visit.company() && !visit.may(Permission::SeeFinancials) {
        content.price = None;
        content.currency = None;
    }
    Some(content)
}

/// Every field of it, those with figures in one line.
fn shown(visit: &Visit, content: &Content) -> Markup {
    let facts = facts(visit, content);
    html! {
        @if !content.title.is_empty() { strong { (content.title) } }
        @if !facts.is_empty() { p.detail { (facts.join(" · ")) } }
        @if !content.body.is_empty() { (stream::prose(&content.body)) }
    }
}

fn facts(visit: &Visit, content: &Content) -> Vec<String> {
    let hours = |hundredths: i64| visit.format.hours(Hours(hundredths));
    let clock = |(start, end)| format!("{}–{}", clock(start), clock(end));
    let figure =
        |key, name: &'static str, value: String| visit.say(&Message::new(key).with(name, value));
    let mut list = Vec::new();
    list.extend(day(content).map(|day| visit.format.day(day)));
    list.extend(content.start.zip(content.end).map(clock));
    list.extend(content.worked.map(|worked| figure("crossing-worked", "hours", hours(worked))));
    let deduct = content.deduct.filter(|deduct| *deduct != 0);
    list.extend(deduct.map(|deduct| {
        let key = if deduct > 0 { "crossing-deduct" } else { "crossing-surcharge" };
        figure(key, "hours", hours(deduct.saturating_abs()))
    }));
    let quantity = content.quantity;
    list.extend(quantity.map(|pieces| figure("crossing-quantity", "quantity", hours(pieces))));
    let price = price(content).map(|price| visit.format.money(price));
    list.extend(price.map(|price| figure("crossing-price", "price", price)));
    list.extend(content.file.clone());
    list.extend(content.size.map(|bytes| size(visit, bytes)));
    list.push(figure("crossing-author", "author", content.author.clone()));
    list
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn day(content: &Content) -> Option<Date> {
    content.day.as_ref()?.parse().ok()
}

fn price(content: &Content) -> Option<Money> {
    let currency = Currency::from_code(content.currency.as_deref()?)?;
    Some(Money { minor: content.price?, currency })
}

/// `GET /outsourcings/{id}/crossings.csv`: all of it, newest first.
pub async fn export(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let (case, _) = round(&visit, id).await?;
    let mut sheet = Sheet::new(visit.format.language, HEADS.map(|key| visit.t(key)))?;
    let (round_id, mut before) = (case.id, None);
    loop {
        let mut rows =
            visit.read(move |tx, _| Ok(store::links::crossings(tx, round_id, before)?)).await?;
        let more = pick::cut(&mut rows, PAGE);
        for crossing in &rows {
            sheet.row(&cells(&visit, &case, crossing))?;
        }
        match rows.last().filter(|_| more) {
            Some(last) => before = Some(last.id),
            None => return Ok(download(visit.t("crossings-file"), sheet.finish()?)),
        }
    }
}

const HEADS: [&str; 19] = [
    "crossing-at",
    "crossing-from",
    "crossing-kind",
    "crossing-what",
    "crossing-revision",
    "crossing-by",
    "crossing-author-head",
    "crossing-title",
    "crossing-text",
    "crossing-day",
    "crossing-start",
    "crossing-end",
    "crossing-worked-head",
    "crossing-deduct-head",
    "crossing-quantity-head",
    "crossing-price-head",
    "crossing-currency",
    "crossing-file",
    "crossing-size-head",
];

fn cells(visit: &Visit, case: &Outsourcing, crossing: &Crossing) -> [Cell; HEADS.len()] {
    let format = &visit.format;
    let content = told(visit, case, crossing).unwrap_or_default();
    let time = |minute: Option<i64>| Cell::Figure(minute.map(clock).unwrap_or_default());
    let hundredths = |value: Option<i64>| {
        Cell::Figure(value.map(|value| format.input_minor(value)).unwrap_or_default())
    };
    let day = day(&content).map(|day| format.day(day)).unwrap_or_default();
    let price = price(&content);
    [
        Cell::instant(format, crossing.at),
        Cell::text(direction(case, crossing)),
        Cell::text(visit.t(crossing.kind.key())),
        Cell::text(change(visit, crossing)),
        Cell::Figure(crossing.revision.to_string()),
        Cell::text(&crossing.person),
        Cell::text(content.author),
        Cell::text(content.title),
        Cell::text(content.body),
        Cell::Figure(day),
        time(content.start),
        time(content.end),
        hundredths(content.worked),
        hundredths(content.deduct),
        hundredths(content.quantity),
        price.map_or_else(Cell::empty, |price| Cell::money(format, price)),
        Cell::text(price.map(|price| price.currency.code()).unwrap_or_default()),
        Cell::text(content.file.unwrap_or_default()),
        // In bytes, so that a spreadsheet can add them up.
        Cell::Figure(content.size.map(|bytes| bytes.to_string()).unwrap_or_default()),
    ]
}
