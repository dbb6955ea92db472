//! The filter row of a list: what is asked most stands in sight, the rest opens below it.

use domain::network;
use domain::outsourcing::Side;
use maud::{Markup, html};

use super::Facts;
use super::asked::{ALL, Asked, Period, is_narrowed};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::store::rounds::Kind;
use crate::store::views::Door;
use crate::web::forms::{Form, day};
use crate::web::parts::{Choice, Icon, Look, button, field, icon, table};
use crate::web::pick;

/// The days that open below the row: the fields of a span and what they are called.
const SENT: Days = [("sent_from", "filter-sent-from"), ("sent_to", "filter-sent-to")];
const ACCEPT: Days = [("accept_from", "filter-accept-from"), ("accept_to", "filter-accept-to")];
const DUE: Days = [("due_from", "filter-due-from"), ("due_to", "filter-due-to")];
const SINCE: Days = [("since_from", "filter-since-from"), ("since_to", "filter-since-to")];

type Days = [(&'static str, &'static str); 2];

/// The days that narrow a list of this kind.
fn days(kind: Kind) -> Vec<(&'static str, &'static str)> {
    match kind {
        Kind::Outsourced | Kind::Received => [SENT, ACCEPT, DUE].concat(),
        Kind::Networks => [SINCE, SENT, DUE].concat(),
    }
}

/// The whole row.
pub fn row(visit: &Visit, door: Door, form: &Form, asked: &Asked, facts: &Facts) -> Markup {
    let query = form.fields();
    let numbered = |(id, name): (i64, &String)| (id.to_string(), name.clone());
    let others: Vec<_> = facts.others.iter().map(|(id, name)| numbered((*id, name))).collect();
    let queues: Vec<_> = facts.queues.iter().map(|(id, name)| numbered((id.0, name))).collect();
    let (other, label, any, search) = match asked.list.kind {
        Kind::Outsourced => ("other", "round-partner", "filter-any-partner", "dashboard-search"),
        Kind::Received => ("other", "round-lead", "filter-any-lead", "dashboard-search"),
        Kind::Networks => ("network", "network", "filter-any-network", "filter-search-networks"),
    };
    let cut = if asked.list.kind == Kind::Networks { pick::NETWORKS } else { pick::PARTNERS };
    let fields = html! {
        (field::hidden("list", asked.list.name))
        @for name in ["sort", "columns", "view"] {
            @for value in query.all(name) { (field::hidden(name, value)) }
        }
        (field::search("q", visit.t(search), query.get("q")))
        (field::filter(other, visit.t(label), query.get(other), &pick::choices(visit.t(any), &others)))
        (field::filter("queue", visit.t("ticket-queue"), query.get("queue"), &pick::choices(visit.t("ticket-any-queue"), &queues)))
        @if asked.list.kind == Kind::Networks { (one_way_status(visit, query)) }
        @if let Some(period) = asked.period { (period_choice(visit, period)) }
        // What has ended is not late any more.
        @if !asked.list.has_ended() {
            label.tick.filter-tick {
                input type="checkbox" name="overdue" value="1" checked[query.ticked("overdue")];
                span { (visit.t("filter-overdue")) }
            }
        }
        (folded(visit, form, asked, facts))
        (pick::notes(visit, &[(cut, others.len()), (pick::QUEUES, queues.len())]))
    };
    let reset = is_narrowed(query).then(|| format!("{}?list={}", door.path(), asked.list.name));
    table::filters(
        door.path(),
        &fields,
        visit.t("list-filter"),
        reset.as_deref().map(|href| (visit.t("list-reset"), href)),
    )
}

/// What is with networks has one list for all its statuses; it begins with what is there now.
fn one_way_status(visit: &Visit, query: &Fields) -> Markup {
    let ended = [network::Status::Complete, network::Status::Canceled].map(network::Status::shown);
    let mut choices = vec![Choice::new("", visit.t("networks-open-rounds"))];
    choices.extend(ended.map(|status| Choice::new(status.name(), visit.t(status.key()))));
    choices.push(Choice::new(ALL, visit.t("networks-all-rounds")));
    field::filter("status", visit.t("round-status"), query.get("status"), &choices)
}

fn period_choice(visit: &Visit, now: Period) -> Markup {
    let choices = Period::ALL.map(|period| Choice::new(period.name(), visit.t(period_key(period))));
    html! {
        select name="period" aria-label=(visit.t("period")) title=(visit.t("period")) {
            @for choice in choices {
                option value=(choice.value) selected[choice.value == now.name()] { (choice.label) }
            }
        }
    }
}

fn period_key(period: Period) -> &'static str {
    match period {
        Period::Month => "period-month",
        Period::Quarter => "period-quarter",
        Period::All => "period-all",
    }
}

/// Whether the statuses of the list stand below the row.
fn has_statuses(asked: &Asked) -> bool {
    asked.list.statuses.len() > 1
}

/// The fields that open below the row.
fn folded_names(asked: &Asked) -> Vec<&'static str> {
    let mut names: Vec<&'static str> =
        days(asked.list.kind).iter().map(|(name, _)| *name).collect();
    names.push("organization");
    names.extend(has_statuses(asked).then_some("status"));
    names.extend((asked.list.kind.side() == Side::Lead).then_some("sent_by"));
    names
}

/// Statuses, organization, sender and dates: a part that opens, and sends itself only by its button.
fn folded(visit: &Visit, form: &Form, asked: &Asked, facts: &Facts) -> Markup {
    let (query, names) = (form.fields(), folded_names(asked));
    let active = names.iter().filter(|name| !query.get(name).is_empty()).count();
    let wrong = names.iter().any(|name| form.mistake(name).is_some());
    let people: Vec<(String, String)> =
        facts.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    html! {
        details.more-filters open[wrong] data-own-submit {
            summary.button.active[active > 0] {
                (icon(Icon::Filter))
                span { (visit.t("filter-more")) @if active > 0 { " (" (active) ")" } }
                (icon(Icon::Down))
            }
            div.more-fields {
                @if has_statuses(asked) { (statuses(visit, asked)) }
                (field::text(form.field("organization", visit.t("ticket-organization")).maxlength(100)))
                @if asked.list.kind.side() == Side::Lead {
                    @let senders = pick::said(visit, pick::PEOPLE, people.len());
                    (field::select(form.field("sent_by", visit.t("round-sent-by")).maybe_hint(senders.as_deref()),
                                   &pick::choices(visit.t("ticket-any-person"), &people)))
                }
                @for (name, label) in days(asked.list.kind) { (day(form, name, visit.t(label))) }
                div.button-row.wide { (button::submit(visit.t("filter-apply"), Look::Primary)) }
            }
        }
    }
}

fn statuses(visit: &Visit, asked: &Asked) -> Markup {
    let received = asked.list.kind == Kind::Received;
    html! {
        fieldset.field.choices.wide {
            legend { (visit.t(if received { "round-insource-status" } else { "round-status" })) }
            div.choice-list {
                @for status in asked.list.statuses {
                    label.filter-tick {
                        input type="checkbox" name="status" value=(status.name())
                            checked[asked.filter.statuses.contains(status)];
                        span { (visit.t(status.key())) }
                    }
                }
            }
        }
    }
}
