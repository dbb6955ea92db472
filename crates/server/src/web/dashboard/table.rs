//! The table of a list: one cell per column. What has no column of its own stands small in its neighbour's cell.

use domain::money::Hours;
use domain::outsourcing::{Side, Status};
use maud::{Markup, html};

use super::asked::Asked;
use super::{Column, Facts, list_key};
use crate::actions::tickets::ticket_status_key;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::store::rounds::filter::{Order, Way};
use crate::store::rounds::list::Line;
use crate::web::outsource_bar::rate_key;
use crate::web::parts::table::{self as parts, Direction};
use crate::web::{mark, pick};

const NOTHING: &str = "–";

/// The table.
pub fn rows(
    visit: &Visit,
    query: &Fields,
    asked: &Asked,
    columns: &[Column],
    facts: &Facts,
) -> Markup {
    let side = asked.list.side;
    let head = html! { @for column in columns { (head(visit, query, asked, side, *column)) } };
    let body = html! {
        @for line in &facts.lines {
            (parts::row(&href(line), &html! {
                @for column in columns { (cell(visit, columns, *column, line, facts)) }
            }))
        }
    };
    parts::records(visit.t(list_key(&asked.list)), &head, &body)
}

fn head(visit: &Visit, query: &Fields, asked: &Asked, side: Side, column: Column) -> Markup {
    let label = visit.t(column.key(side));
    let Some(order) = column.order() else {
        return if column.is_number() { parts::head_number(label) } else { parts::head(label) };
    };
    let now = (asked.filter.order == order).then_some(match asked.filter.way {
        Way::Up => Direction::Up,
        Way::Down => Direction::Down,
    });
    let next = match (now, begins(order)) {
        (None, way) => way,
        (Some(Direction::Up), _) => Way::Down,
        (Some(Direction::Down), _) => Way::Up,
    };
    let sort = format!("{}{}", if next == Way::Down { "-" } else { "" }, order.name());
    let mut query = query.clone();
    query.0.retain(|(name, _)| name != "after");
    parts::sort_head(label, &pick::address(&query, "sort", &sort), now)
}

/// Names and deadlines are read from the beginning, the rest from what is newest or most urgent.
fn begins(order: Order) -> Way {
    match order {
        Order::Title
        | Order::Organization
        | Order::Partner
        | Order::SentBy
        | Order::Status
        | Order::TicketStatus
        | Order::RateType
        | Order::AcceptBy
        | Order::Due => Way::Up,
        Order::Since
        | Order::Number
        | Order::OtherNumber
        | Order::Sent
        | Order::Priority
        | Order::AuthorizedHours
        | Order::Hours => Way::Down,
    }
}

fn href(line: &Line) -> String {
    match line.ticket {
        Some(ticket) => format!("/tickets/{ticket}"),
        None => format!("/received/{}", line.id),
    }
}

/// The title, or that there is nothing to see any more.
pub fn title(visit: &Visit, line: &Line) -> String {
    if line.is_known() { line.title.clone() } else { visit.t("received-over").to_owned() }
}

fn cell(visit: &Visit, columns: &[Column], column: Column, line: &Line, facts: &Facts) -> Markup {
    let label = visit.t(column.key(line.side));
    if column.is_number() {
        return parts::cell_number(label, &number(visit, columns, column, line, facts));
    }
    if column == Column::Title {
        let detail = title_detail(visit, columns, line);
        let detail = Some(detail.as_str()).filter(|text| !text.is_empty());
        return parts::cell_title(&title(visit, line), &href(line), detail);
    }
    parts::cell(label, &words(visit, columns, column, line))
}

/// Organization and status of our ticket, unless they have columns.
fn title_detail(visit: &Visit, columns: &[Column], line: &Line) -> String {
    let status = line.ticket_status.map(|status| visit.t(ticket_status_key(status)));
    let organization = Some(line.organization.as_str());
    let parts = [(Column::Organization, organization), (Column::TicketStatus, status)];
    let wanted = parts.into_iter().filter(|(column, _)| !columns.contains(column));
    wanted
        .filter_map(|(_, text)| text.filter(|text| !text.is_empty()))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn words(visit: &Visit, columns: &[Column], column: Column, line: &Line) -> Markup {
    let format = &visit.format;
    let alone = |other: Column| !columns.contains(&other);
    let nothing = || html! { (NOTHING) };
    match column {
        Column::Number => html! {
            span.stacked {
                a.number href=(href(line)) { @if line.number.is_empty() { (visit.t("received-open-offer")) } @else { (line.number) } }
                @if alone(Column::SentBy) && !line.sent_by.is_empty() {
                    span.detail { (visit.t("round-sent-by")) " " (line.sent_by) }
                }
            }
        },
        Column::Partner => html! {
            span.stacked {
                (line.other)
                @if let Some(number) = line.other_number.as_ref().filter(|_| alone(Column::PartnerTicket)) {
                    span.detail.number.nowrap { (number) }
                }
            }
        },
        Column::Status => html! {
            span.stacked {
                (mark::outsource_status(visit.words, line.status))
                @if alone(Column::Since) { span.detail { (mark::ago(format, line.since)) } }
                @if alone(Column::AcceptBy) && line.status == Status::Assigned {
                    span.detail { (visit.t("round-accept-by")) }
                    (mark::deadline_with_word(visit.words, format, line.accept_by))
                }
            }
        },
        Column::Since => html! { span.nowrap { (mark::ago(format, line.since)) } },
        Column::TicketStatus => line
            .ticket_status
            .map_or_else(nothing, |status| mark::ticket_status(visit.words, status)),
        Column::Priority => {
            line.priority.map_or_else(nothing, |priority| mark::priority(visit.words, priority))
        }
        Column::SentOn => line.sent_at.map_or_else(nothing, |at| html! { (format.near(at)) }),
        Column::AcceptBy if line.status == Status::Assigned => {
            mark::deadline_with_word(visit.words, format, line.accept_by)
        }
        Column::AcceptBy => html! { (format.near(line.accept_by)) },
        Column::Due => line.due_at.map_or_else(nothing, |due| {
            if line.status.has_ended() {
                html! { (format.near(due)) }
            } else {
                mark::deadline_with_word(visit.words, format, due)
            }
        }),
        Column::RateType if line.is_known() => html! { (visit.t(rate_key(line.rate_type))) },
        Column::Organization => text(&line.organization),
        Column::PartnerTicket => text(line.other_number.as_deref().unwrap_or_default()),
        Column::SentBy => text(&line.sent_by),
        _ => nothing(),
    }
}

fn text(text: &str) -> Markup {
    html! { @if text.is_empty() { (NOTHING) } @else { (text) } }
}

fn number(visit: &Visit, columns: &[Column], column: Column, line: &Line, facts: &Facts) -> String {
    let format = &visit.format;
    if !line.is_known() {
        return NOTHING.to_owned();
    }
    if let Column::Hours | Column::AuthorizedHours = column {
        let used = line.billed.map(|hours| format.hours(hours));
        let limit = line.hours.map(|hours| format.hours(hours));
        return match (column, used, limit) {
            (Column::AuthorizedHours, _, limit) => limit.unwrap_or_else(|| NOTHING.to_owned()),
            (_, used, Some(limit)) if !columns.contains(&Column::AuthorizedHours) => {
                format!("{} / {limit}", used.unwrap_or_else(|| format.hours(Hours::ZERO)))
            }
            (_, used, _) => used.unwrap_or_else(|| NOTHING.to_owned()),
        };
    }
    let Some(figures) = facts.figures.get(&line.id) else { return NOTHING.to_owned() };
    match column {
        Column::AuthorizedCharge => format.money(line.charge),
        Column::Total => format.money(figures.total),
        Column::Used => format.money(figures.used),
        Column::Charges if figures.elsewhere > 0 => {
            format!(
                "{} {}",
                format.money(figures.charges),
                visit.count("charges-elsewhere", figures.elsewhere)
            )
        }
        Column::Charges => format.money(figures.charges),
        _ => figures.margin.map_or_else(|| NOTHING.to_owned(), |margin| format.money(margin)),
    }
}
