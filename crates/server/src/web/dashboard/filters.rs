//! The filter row of a list: what is asked most stands in sight, the rest opens below it.

use domain::outsourcing::Side;
use maud::{Markup, html};

use super::Facts;
use super::asked::{Asked, Period, is_narrowed};
use crate::http::visit::Visit;
use crate::store::views::Door;
use crate::web::forms::{Form, day};
use crate::web::parts::{Choice, Icon, Look, button, field, icon, table};
use crate::web::pick;

/// The fields that open below the row.
const FOLDED: [&str; 9] = [
    "status",
    "organization",
    "sent_by",
    "sent_from",
    "sent_to",
    "accept_from",
    "accept_to",
    "due_from",
    "due_to",
];

/// The whole row.
pub fn row(visit: &Visit, door: Door, form: &Form, asked: &Asked, facts: &Facts) -> Markup {
    let query = form.fields();
    let lead = asked.list.side == Side::Lead;
    let numbered = |list: &[(i64, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(id, name)| (id.to_string(), (*name).to_owned())).collect()
    };
    let others =
        numbered(&facts.others.iter().map(|(id, name)| (id.0, name.as_str())).collect::<Vec<_>>());
    let queues =
        numbered(&facts.queues.iter().map(|(id, name)| (id.0, name.as_str())).collect::<Vec<_>>());
    let any_other = visit.t(if lead { "filter-any-partner" } else { "filter-any-lead" });
    let other = visit.t(if lead { "round-partner" } else { "round-lead" });
    let fields = html! {
        (field::hidden("list", asked.list.name))
        @for name in ["sort", "columns", "view"] {
            @for value in query.all(name) { (field::hidden(name, value)) }
        }
        (field::search("q", visit.t("dashboard-search"), query.get("q")))
        (field::filter("other", other, query.get("other"), &pick::choices(any_other, &others)))
        (field::filter("queue", visit.t("ticket-queue"), query.get("queue"), &pick::choices(visit.t("ticket-any-queue"), &queues)))
        @if let Some(period) = asked.period { (period_choice(visit, period)) }
        label.tick.filter-tick {
            input type="checkbox" name="overdue" value="1" checked[query.ticked("overdue")];
            span { (visit.t("filter-overdue")) }
        }
        (folded(visit, form, asked, facts))
    };
    let reset = is_narrowed(query).then(|| format!("{}?list={}", door.path(), asked.list.name));
    table::filters(
        door.path(),
        &fields,
        visit.t("list-filter"),
        reset.as_deref().map(|href| (visit.t("list-reset"), href)),
    )
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

/// Statuses, organization, sender and dates: a part that opens, and sends itself only by its button.
fn folded(visit: &Visit, form: &Form, asked: &Asked, facts: &Facts) -> Markup {
    let query = form.fields();
    let active = FOLDED.iter().filter(|name| !query.get(name).is_empty()).count();
    let wrong = FOLDED.iter().any(|name| form.mistake(name).is_some());
    let people: Vec<(String, String)> =
        facts.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    html! {
        details.more-filters open[wrong] data-own-submit {
            summary.button.small.active[active > 0] {
                (icon(Icon::Filter))
                span { (visit.t("filter-more")) @if active > 0 { " (" (active) ")" } }
                (icon(Icon::Down))
            }
            div.more-fields {
                @if asked.list.statuses.len() > 1 {
                    fieldset.field.choices.wide {
                        legend { (visit.t(if asked.list.side == Side::Lead { "round-status" } else { "round-insource-status" })) }
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
                (field::text(form.field("organization", visit.t("ticket-organization")).maxlength(100)))
                @if asked.list.side == Side::Lead {
                    (field::select(form.field("sent_by", visit.t("round-sent-by")), &pick::choices(visit.t("ticket-any-person"), &people)))
                }
                (day(form, "sent_from", visit.t("filter-sent-from")))
                (day(form, "sent_to", visit.t("filter-sent-to")))
                (day(form, "accept_from", visit.t("filter-accept-from")))
                (day(form, "accept_to", visit.t("filter-accept-to")))
                (day(form, "due_from", visit.t("filter-due-from")))
                (day(form, "due_to", visit.t("filter-due-to")))
                div.button-row.wide { (button::submit(visit.t("filter-apply"), Look::Primary)) }
            }
        }
    }
}
