//! The table of a list: one cell per column. What has no column of its own stands small in its neighbour's cell.

use domain::money::{Hours, Money};
use domain::outsourcing::Status;
use jiff::Timestamp;
use maud::{Markup, html};

use super::asked::Asked;
use super::{Column, Facts, list_key};
use crate::actions::tickets::ticket_status_key;
use crate::format::Format;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::store::rounds::Kind;
use crate::store::rounds::filter::{Order, Way};
use crate::store::rounds::list::{Agreed, Line, Round};
use crate::store::rounds::money::Amounts;
use crate::web::networks::action_key;
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
    let kind = asked.list.kind;
    let head = html! { @for column in columns { (head(visit, query, asked, kind, *column)) } };
    let body = html! {
        @for line in &facts.lines {
            @let amounts = facts.money.get(&line.id());
            (parts::row(&href(line), &html! {
                @for column in columns { (cell(visit, kind, columns, *column, line, amounts)) }
            }))
        }
    };
    parts::records(visit.t(list_key(&asked.list)), &head, &body)
}

fn head(visit: &Visit, query: &Fields, asked: &Asked, kind: Kind, column: Column) -> Markup {
    let label = visit.t(column.key(kind));
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
    let href = pick::address(&query, "sort", &sort);
    if column.is_number() {
        return parts::sort_head_number(label, &href, now);
    }
    parts::sort_head(label, &href, now)
}

/// Names and deadlines are read from the beginning, the rest from what is newest or most urgent.
fn begins(order: Order) -> Way {
    match order {
        Order::Title
        | Order::Organization
        | Order::Partner
        | Order::Network
        | Order::Action
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
        | Order::Hours
        | Order::AuthorizedCharge
        | Order::Total
        | Order::BillingRate => Way::Down,
    }
}

fn href(line: &Line) -> String {
    match line.ticket {
        Some(ticket) => format!("/tickets/{ticket}"),
        None => format!("/received/{}", line.id()),
    }
}

/// The title, or that there is nothing to see any more.
pub fn title(visit: &Visit, line: &Line) -> String {
    if line.is_known() { line.title.clone() } else { visit.t("received-over").to_owned() }
}

fn cell(
    visit: &Visit,
    kind: Kind,
    columns: &[Column],
    column: Column,
    line: &Line,
    amounts: Option<&Amounts>,
) -> Markup {
    let label = visit.t(column.key(kind));
    if column.is_financial() {
        return parts::cell_number(label, &amount(visit, column, line, amounts));
    }
    if column.is_number() {
        return parts::cell_number(label, &hours(visit, columns, column, line));
    }
    if column == Column::Title {
        let detail = title_detail(visit, columns, line);
        let detail = Some(detail.as_str()).filter(|text| !text.is_empty());
        return parts::cell_title(&title(visit, line), &href(line), detail);
    }
    // What has no number yet has a way to it instead: the label would be that of something else.
    let named = column != Column::Number || !line.number.is_empty();
    parts::cell(if named { label } else { "" }, &words(visit, columns, column, line))
}

/// Organization and status of our ticket, unless they have columns.
fn title_detail(visit: &Visit, columns: &[Column], line: &Line) -> String {
    let status = line.ticket_status.map(|status| visit.t(ticket_status_key(status)));
    // Of received work it is the lead, which has a column.
    let organization = Some(line.organization.as_str()).filter(|name| *name != line.other);
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
        Column::Partner | Column::Network => html! {
            span.stacked {
                (line.other)
                @if let Some(number) = other_number(line).filter(|_| alone(Column::PartnerTicket)) {
                    span.detail.number.nowrap { (number) }
                }
            }
        },
        Column::Action => match &line.round {
            Round::OneWay(_, action) => html! { (visit.t(action_key(*action))) },
            Round::Shared(_) => nothing(),
        },
        Column::Status => html! {
            span.stacked {
                (mark::outsource_status(visit.words, line.status))
                @if alone(Column::Since) { span.detail { (mark::ago(format, line.since)) } }
                @if let Some(at) = line.accept_by().filter(|_| alone(Column::AcceptBy) && line.status == Status::Assigned) {
                    span.detail { (visit.t("round-accept-by")) }
                    (mark::deadline_with_word(visit.words, format, at))
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
        Column::SentOn => line.sent_at.map_or_else(nothing, |at| day(format, at)),
        Column::AcceptBy => line.accept_by().map_or_else(nothing, |at| {
            if line.status == Status::Assigned {
                mark::deadline_with_word(visit.words, format, at)
            } else {
                day(format, at)
            }
        }),
        Column::Due => line.due_at.map_or_else(nothing, |due| {
            if line.status.has_ended() {
                day(format, due)
            } else {
                mark::deadline_with_word(visit.words, format, due)
            }
        }),
        Column::RateType => line
            .agreed()
            .map_or_else(nothing, |agreed| html! { (visit.t(rate_key(agreed.rate_type))) }),
        Column::Organization => text(&line.organization),
        Column::PartnerTicket => text(other_number(line).unwrap_or_default()),
        Column::SentBy => text(&line.sent_by),
        _ => nothing(),
    }
}

/// A date that nobody waits for any more stays on one line, as a deadline does.
fn day(format: &Format, at: Timestamp) -> Markup {
    html! { span.nowrap { (format.near(at)) } }
}

fn text(text: &str) -> Markup {
    html! { @if text.is_empty() { (NOTHING) } @else { (text) } }
}

/// The number of the other side's ticket, if we may see it.
pub fn other_number(line: &Line) -> Option<&str> {
    line.agreed().and_then(|agreed| agreed.other_number.as_deref())
}

fn hours(visit: &Visit, columns: &[Column], column: Column, line: &Line) -> String {
    let format = &visit.format;
    let Some(agreed) = line.agreed() else { return NOTHING.to_owned() };
    let used = agreed.billed.map(|hours| format.hours(hours));
    let limit = agreed.hours.map(|hours| format.hours(hours));
    match (column, used, limit) {
        (Column::AuthorizedHours, _, limit) => limit.unwrap_or_else(|| NOTHING.to_owned()),
        (_, used, Some(limit)) if !columns.contains(&Column::AuthorizedHours) => {
            format!("{} / {limit}", used.unwrap_or_else(|| format.hours(Hours::ZERO)))
        }
        (_, used, _) => used.unwrap_or_else(|| NOTHING.to_owned()),
    }
}

fn amount(visit: &Visit, column: Column, line: &Line, amounts: Option<&Amounts>) -> String {
    let Some(money) = money(column, line.agreed(), amounts) else { return NOTHING.to_owned() };
    let money = visit.format.money(money);
    match elsewhere(amounts).filter(|_| column == Column::Charges) {
        Some(count) => format!("{money} {}", visit.count("charges-elsewhere", count)),
        None => money,
    }
}

/// What stands in a column of money, if it is known.
pub fn money(column: Column, agreed: Option<&Agreed>, amounts: Option<&Amounts>) -> Option<Money> {
    match (column, amounts?) {
        (Column::AuthorizedCharge, Amounts::Shared(_)) => agreed.map(|agreed| agreed.charge),
        (Column::Total, Amounts::Shared(figures)) => Some(figures.total),
        (Column::Used, Amounts::Shared(figures)) => Some(figures.used),
        (Column::Charges, Amounts::Shared(figures)) => Some(figures.charges),
        (Column::Margin, Amounts::Shared(figures)) => figures.margin,
        (Column::BillingRate, Amounts::OneWay(rate)) => Some(*rate),
        _ => None,
    }
}

/// So many charges are in another currency and in no sum.
fn elsewhere(amounts: Option<&Amounts>) -> Option<i64> {
    match amounts {
        Some(Amounts::Shared(figures)) => Some(figures.elsewhere).filter(|count| *count > 0),
        Some(Amounts::OneWay(_)) | None => None,
    }
}
