//! The audit: who did what, when, from where; on the screen and as a file. There is no way to change it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::PersonId;
use domain::message::Message;
use domain::network::Action;
use domain::permission::{OutsourcingLevel, Permission, SecurityLevel};
use domain::sync::ItemKind;
use domain::ticket::OrganizationType;
use maud::{Markup, html};

use super::choices::LANGUAGES;
use super::forms::{Form, day, span};
use super::parts::{Choice, Icon, Look, button, empty_state, field, page_head, pager, table};
use super::sheet::{Cell, Sheet, download};
use super::{frame, networks, pick};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::PAGE;
use crate::store::audits::{Entry, Filter, KEYS, Kind, Subject};

/// More rows of a file are refused with a sentence, never cut.
const MOST: usize = 50_000;
/// So many are read at a time.
const BATCH: i64 = 1000;
/// What narrows the audit.
const FILTERS: [&str; 5] = ["q", "person", "kind", "from", "to"];

/// `GET /audit`
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::ReadAudit)?;
    let query = pick::query(&visit);
    let mut mistakes = Mistakes::default();
    let filter = filter(&visit, &query, &mut mistakes);
    let right = mistakes.is_empty();
    let (mut rows, people) = visit
        .read(move |tx, acting| {
            let people = store::people::names(tx, acting.actor.company)?;
            let rows = if right { store::audits::page(tx, acting, &filter)? } else { Vec::new() };
            Ok((rows, people))
        })
        .await?;
    let more = pick::cut(&mut rows, PAGE);
    let form = if right {
        Form::fresh(query)
    } else {
        visit.returned(query, Problem::Invalid(mistakes))?
    };
    let status = if right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(&visit, &form, &rows, &people, more)).into_response())
}

fn filter(visit: &Visit, query: &Fields, mistakes: &mut Mistakes) -> Filter {
    let text: String = query.text("q").chars().take(200).collect();
    let keys = if text.is_empty() { Vec::new() } else { visit.words.keys_saying("audit-", &text) };
    Filter {
        keys: keys.into_iter().take(KEYS).collect(),
        text,
        person: query.number("person").map(PersonId),
        kind: Kind::from_name(query.get("kind")),
        when: span(query, ("from", "to"), &visit.format, mistakes),
        after: query
            .get("after")
            .split_once('_')
            .and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?))),
        limit: PAGE,
    }
}

fn page(
    visit: &Visit,
    form: &Form,
    rows: &[Entry],
    people: &[(PersonId, String)],
    more: bool,
) -> Markup {
    let query = form.fields();
    let older = rows.last().filter(|_| more).map(|row| {
        pick::address(query, "after", &format!("{}_{}", row.at.as_microsecond(), row.id))
    });
    let newest = query.has("after").then(|| pick::address(query, "after", ""));
    let csv = format!("/audit.csv{}", pick::address(query, "after", ""));
    let export = button::link(visit.t("list-csv"), &csv, Look::Plain, Some(Icon::Download));
    let title = visit.t("audit-title");
    let body = html! {
        (page_head(title, Some(visit.t("audit-text")), &export))
        (form.summary())
        (filter_row(visit, form, people))
        @if rows.is_empty() {
            (empty_state(Icon::History, visit.t("audit-none"), visit.t("audit-none-text"), &html! {}))
        } @else {
            (list(visit, rows))
            (pager(
                visit.t("pager-label"),
                "",
                (visit.t("pager-first"), newest.as_deref()),
                (visit.t("pager-next"), older.as_deref()),
            ))
        }
    };
    visit.page(title, &form.named(body))
}

fn filter_row(visit: &Visit, form: &Form, people: &[(PersonId, String)]) -> Markup {
    let query = form.fields();
    let people: Vec<(String, String)> =
        people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let mut kinds = vec![Choice::new("", visit.t("audit-any-kind"))];
    kinds.extend(Kind::ALL.map(|kind| Choice::new(kind.name(), visit.t(kind_key(kind)))));
    let fields = html! {
        (field::search("q", visit.t("audit-search"), query.get("q")))
        (field::filter("person", visit.t("audit-person"), query.get("person"), &pick::choices(visit.t("ticket-any-person"), &people)))
        (field::filter("kind", visit.t("audit-kind"), query.get("kind"), &kinds))
        div.filter-days {
            (day(form, "from", visit.t("audit-from")))
            (day(form, "to", visit.t("audit-to")))
        }
        (pick::notes(visit, &[(pick::PEOPLE, people.len())]))
    };
    let filtered = FILTERS.iter().any(|name| !query.get(name).is_empty());
    let reset = filtered.then(|| (visit.t("form-reset"), "/audit"));
    table::filters("/audit", &fields, visit.t("form-filter"), reset)
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Round => "audit-kind-round",
        Kind::Relationship => "audit-kind-relationship",
        Kind::Permission => "audit-kind-permission",
        Kind::Agreement => "audit-kind-agreement",
        Kind::SignIn => "audit-kind-sign-in",
        Kind::People => "audit-kind-people",
        Kind::Organizations => "audit-kind-organizations",
        Kind::Tickets => "audit-kind-tickets",
        Kind::Company => "audit-kind-company",
        Kind::Other => "audit-kind-other",
    }
}

fn columns(visit: &Visit) -> [&'static str; 6] {
    ["audit-at", "audit-person", "audit-action", "audit-about", "audit-detail", "audit-ip"]
        .map(|key| visit.t(key))
}

fn list(visit: &Visit, rows: &[Entry]) -> Markup {
    let [at, person, action, about, detail, ip] = columns(visit);
    let head = html! { @for label in columns(visit) { (table::head(label)) } };
    let lines = html! {
        @for row in rows {
            tr {
                (table::cell(at, &html! { span.nowrap { (visit.format.date_time(row.at)) } }))
                (table::cell_text(person, who(visit, row)))
                td.leading data-label=(action) { (visit.words.t(&row.action)) }
                td.blank[row.about == who(visit, row)] data-label=(about) {
                    @match row.subject.map(address) {
                        Some(href) => a href=(href) { (row.about) },
                        None => (row.about),
                    }
                }
                (table::cell_text(detail, &told(visit, row)))
                (table::cell_text(ip, &row.ip))
            }
        }
    };
    table::records(visit.t("audit-title"), &head, &lines)
}

fn address(subject: Subject) -> String {
    match subject {
        Subject::Ticket(id) => format!("/tickets/{id}"),
        Subject::Round(id) => format!("/received/{id}"),
        Subject::Person(id) => format!("/people/{id}"),
        Subject::Organization(id) => format!("/organizations/{id}"),
    }
}

/// The person; the clock; or that nobody knows who tried.
fn who<'a>(visit: &Visit, row: &'a Entry) -> &'a str {
    match row.action.as_str() {
        _ if !row.person.is_empty() => &row.person,
        "audit-sign-in-failed" => visit.t("audit-unknown"),
        _ => visit.t("audit-clock"),
    }
}

/// The detail, with the names that the program uses said in words.
fn told(visit: &Visit, row: &Entry) -> String {
    let word = |name: &str| -> Option<&'static str> {
        Some(visit.t(match row.action.as_str() {
            "audit-permission-changed" => OutsourcingLevel::from_name(name)?.key(),
            "audit-security-changed" | "audit-person-added" => {
                frame::security_key(SecurityLevel::from_name(name)?)
            }
            "audit-organization-added" => OrganizationType::from_name(name)?.key(),
            "audit-item-deleted" | "audit-item-detached" => ItemKind::from_name(name)?.key(),
            "audit-network-added"
            | "audit-network-changed"
            | "audit-network-activated"
            | "audit-network-deactivated" => networks::action_key(Action::from_name(name)?),
            "audit-invitation-text-changed" | "audit-invitation-text-reset" => {
                return LANGUAGES.iter().find(|choice| choice.value == name).map(|it| it.label);
            }
            _ => return None,
        }))
    };
    let said: Vec<&str> = row.detail.split(" → ").map(|name| word(name).unwrap_or(name)).collect();
    said.join(" → ")
}

/// `GET /audit.csv`
pub async fn export(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::ReadAudit)?;
    let query = pick::query(&visit);
    let mut mistakes = Mistakes::default();
    let filter = filter(&visit, &query, &mut mistakes);
    mistakes.check()?;
    let name = format!("staffel-audit-{}", visit.format.today());
    let person = visit.clone();
    let bytes = visit
        .read(move |tx, acting| {
            let mut sheet = Sheet::new(person.format.language, columns(&person))?;
            let mut filter = Filter { after: None, limit: BATCH, ..filter.clone() };
            let mut written = 0;
            loop {
                let mut rows = store::audits::page(tx, acting, &filter)?;
                let more = pick::cut(&mut rows, BATCH);
                written += rows.len();
                if written > MOST {
                    return Err(too_many());
                }
                for row in &rows {
                    sheet.row(&record(&person, row))?;
                }
                match rows.last().filter(|_| more) {
                    Some(end) => filter.after = Some((end.at.as_microsecond(), end.id)),
                    None => return sheet.finish(),
                }
            }
        })
        .await?;
    Ok(download(&name, bytes))
}

fn too_many() -> Problem {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let message = Message::new("csv-too-many").with("most", most);
    Problem::Odd(StatusCode::UNPROCESSABLE_ENTITY, message)
}

fn record(visit: &Visit, row: &Entry) -> [Cell; 6] {
    [
        Cell::instant(&visit.format, row.at),
        Cell::text(who(visit, row)),
        Cell::text(visit.words.t(&row.action)),
        Cell::text(&row.about),
        Cell::text(told(visit, row)),
        Cell::text(&row.ip),
    ]
}
