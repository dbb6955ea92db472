//! Tickets: the list, the form, the toolbar. The page of one ticket is in `ticket`.

mod form;

use axum::extract::Path;
use axum::response::Response;
use domain::Refusal;
use domain::ids::{OrganizationId, PersonId, QueueId, TicketId};
use domain::message::Message;
use domain::outsourcing::Status;
use domain::permission::Permission;
use domain::ticket::{OpenedFrom, Priority, Source, TicketStatus};
use maud::{Markup, html};

use form::{draft, form_page};

use super::forms::{Form, go};
use super::parts::table::Direction;
use super::parts::{Choice, Icon, Look, Text, button, empty_state, field, page_head, pager, table};
use super::{completion, mark, pick, ticket};
use crate::actions;
use crate::actions::tickets::{Ending, ticket_status_key};
use crate::http::fields::Fields;
use crate::http::visit::{Arrival, Visit};
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::PAGE;
use crate::store::tickets::{Filter, Line, Order, Ticket, Which};

/// `GET /tickets`
pub async fn index(arrival: Arrival) -> Result<Markup, Problem> {
    let query = pick::asked(&arrival.here);
    let filter = filter(&query);
    let asked = filter.clone();
    let (visit, (mut lines, queues, people)) = arrival
        .read(move |tx, visit| {
            let company = visit.company();
            Ok((
                store::tickets::page(tx, company, &asked)?,
                store::queues::all(tx, company)?,
                store::people::pick_list(tx, company)?,
            ))
        })
        .await?;
    let more = pick::cut(&mut lines, PAGE);
    let next = more
        .then(|| {
            lines
                .last()
                .map(|line| pick::address(&query, "after", &format!("{}_{}", line.place, line.id)))
        })
        .flatten();
    let first = query.has("after").then(|| pick::address(&query, "after", ""));
    let actions = html! {
        // An empty list says so itself, with the same button.
        @if visit.may(Permission::EditTickets) && (!lines.is_empty() || is_filtered(&query)) {
            (button::link(visit.t("ticket-new"), "/tickets/new", Look::Primary, Some(Icon::Plus)))
        }
    };
    let words = pager_words(&visit);
    let body = html! {
        (page_head(visit.t("nav-tickets"), None, &actions))
        (filter_row(&visit, &query, &queues, &people))
        div data-live-part="list" {
            @if lines.is_empty() { (nothing(&visit, &query)) } @else {
                (list(&visit, &query, &filter, &lines))
                (pager(words.0, "", (words.1, first.as_deref()), (words.2, next.as_deref())))
            }
        }
    };
    Ok(visit.live_page(visit.t("nav-tickets"), "/live/company", &body))
}

/// Words of the pager: its name, back, on.
pub fn pager_words(visit: &Visit) -> (&'static str, &'static str, &'static str) {
    (visit.t("pager-label"), visit.t("pager-first"), visit.t("pager-next"))
}

fn filter(query: &Fields) -> Filter {
    let which = match query.get("status") {
        "all" => Which::All,
        name => TicketStatus::from_name(name).map_or(Which::Open, Which::In),
    };
    let (order, descending) = order(query.get("sort"));
    Filter {
        which,
        text: query.get("q").chars().take(200).collect(),
        queue: query.number("queue").map(QueueId),
        person: query.number("person").map(PersonId),
        organization: query.number("organization").map(OrganizationId),
        order,
        descending,
        after: query
            .get("after")
            .split_once('_')
            .and_then(|(place, id)| Some((place.parse().ok()?, id.parse().ok()?))),
    }
}

/// `-activity` is newest first, `activity` oldest first.
fn order(sort: &str) -> (Order, bool) {
    let (name, descending) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
    Order::from_name(name).map_or((Order::Activity, true), |order| (order, descending))
}

fn filter_row(
    visit: &Visit,
    query: &Fields,
    queues: &[(QueueId, String)],
    people: &[(PersonId, String)],
) -> Markup {
    let queue_ids: Vec<(String, &str)> =
        queues.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let people_ids: Vec<(String, &str)> =
        people.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let mut statuses = vec![
        Choice::new("", visit.t("ticket-filter-open")),
        Choice::new("all", visit.t("ticket-filter-all")),
    ];
    statuses.extend(
        TicketStatus::ALL
            .iter()
            .map(|status| Choice::new(status.name(), visit.t(ticket_status_key(*status)))),
    );
    let fields = html! {
        (field::search("q", visit.t("ticket-search"), query.get("q")))
        (field::filter("status", visit.t("ticket-status"), query.get("status"), &statuses))
        (field::filter("queue", visit.t("ticket-queue"), query.get("queue"), &pick::any(visit, "ticket-any-queue", &queue_ids)))
        (field::filter("person", visit.t("ticket-person"), query.get("person"), &pick::any(visit, "ticket-any-person", &people_ids)))
        @if query.has("sort") { (field::hidden("sort", query.get("sort"))) }
        @if query.has("organization") { (field::hidden("organization", query.get("organization"))) }
        (pick::notes(visit, &[(pick::QUEUES, queues.len()), (pick::PEOPLE, people.len())]))
    };
    let filtered = ["q", "status", "queue", "person", "organization"]
        .iter()
        .any(|name| !query.get(name).is_empty());
    table::filters(
        "/tickets",
        &fields,
        visit.t("list-filter"),
        filtered.then(|| (visit.t("list-reset"), "/tickets")),
    )
}

fn list(visit: &Visit, query: &Fields, filter: &Filter, lines: &[Line]) -> Markup {
    let head = html! {
        (sort_head(visit, query, filter, Order::Number, "ticket-number"))
        (table::head(visit.t("ticket-title-and-organization")))
        (table::head(visit.t("ticket-status")))
        (sort_head(visit, query, filter, Order::Priority, "ticket-priority"))
        (table::head(visit.t("ticket-person")))
        (table::head(visit.t("ticket-outsourced-to")))
        (sort_head(visit, query, filter, Order::Due, "ticket-due"))
        (sort_head(visit, query, filter, Order::Activity, "ticket-activity"))
    };
    let heads = Heads::of(visit);
    let rows = html! { @for line in lines { (row(visit, &heads, line)) } };
    table::records(visit.t("nav-tickets"), &head, &rows)
}

fn sort_head(
    visit: &Visit,
    query: &Fields,
    filter: &Filter,
    order: Order,
    label: &'static str,
) -> Markup {
    let now = (filter.order == order).then_some(if filter.descending {
        Direction::Down
    } else {
        Direction::Up
    });
    let next = match now {
        Some(Direction::Down) => order.name().to_owned(),
        _ => format!("-{}", order.name()),
    };
    let mut query = query.clone();
    query.0.retain(|(name, _)| name != "after");
    table::sort_head(visit.t(label), &pick::address(&query, "sort", &next), now)
}

/// What the heads of the columns say, which each cell repeats for the phone: escaped once, not once a row.
struct Heads {
    number: Markup,
    status: Markup,
    priority: Markup,
    person: Markup,
    outsourced_to: Markup,
    due: Markup,
    activity: Markup,
}

impl Heads {
    fn of(visit: &Visit) -> Self {
        let head = |key| html! { (visit.t(key)) };
        Self {
            number: head("ticket-number"),
            status: head("ticket-status"),
            priority: head("ticket-priority"),
            person: head("ticket-person"),
            outsourced_to: head("ticket-outsourced-to"),
            due: head("ticket-due"),
            activity: head("ticket-activity"),
        }
    }
}

/// One piece of markup for the whole row, not one a cell: this list is asked for more than any other page.
fn row(visit: &Visit, heads: &Heads, line: &Line) -> Markup {
    let id = line.id.0;
    html! {
        tr data-row-href={ "/tickets/" (id) } {
            td data-label=(heads.number) { a.number href={ "/tickets/" (id) } { (line.number) } }
            td.title {
                a href={ "/tickets/" (id) } { (Text(&line.title)) }
                span.detail { (whose(visit, line)) }
            }
            td data-label=(heads.status) { (mark::ticket_status(visit.words, line.status)) }
            td data-label=(heads.priority) { (mark::priority(visit.words, line.priority)) }
            td.blank[line.person.is_none()] data-label=(heads.person) { (line.person.as_deref().unwrap_or("–")) }
            (with_whom(visit, heads, line))
            td.blank[line.due_at.is_none()] data-label=(heads.due) {
                @match line.due_at { Some(due) => (mark::deadline(&visit.format, due)), None => "–" }
            }
            td data-label=(heads.activity) { (mark::ago(&visit.format, line.activity_at)) }
        }
    }
}

/// The organization; of a received ticket also from whom it came, unless that is its organization.
fn whose(visit: &Visit, line: &Line) -> Markup {
    html! {
        @match &line.insourced_from {
            Some(lead) if *lead == line.organization => { (visit.t("ticket-received-from")) " " (lead) }
            Some(lead) => { (line.organization) " · " (visit.t("ticket-received-from")) " " (lead) }
            None => (Text(&line.organization)),
        }
    }
}

fn with_whom(visit: &Visit, heads: &Heads, line: &Line) -> Markup {
    let status = line.outsource_status.filter(|status| status.names_partner());
    html! {
        @if line.outsourced_to.is_some() || status.is_some() {
            td data-label=(heads.outsourced_to) {
                span.stacked {
                    @if let Some(partner) = &line.outsourced_to { (partner) }
                    @if let Some(status) = status { (mark::outsource_status(visit.words, status)) }
                }
            }
        } @else {
            td.blank data-label=(heads.outsourced_to) { "–" }
        }
    }
}

fn is_filtered(query: &Fields) -> bool {
    query.0.iter().any(|(name, value)| name != "sort" && !value.is_empty())
}

fn nothing(visit: &Visit, query: &Fields) -> Markup {
    if is_filtered(query) {
        let reset = button::link(visit.t("list-reset"), "/tickets", Look::Plain, None);
        return empty_state(
            Icon::Search,
            visit.t("list-nothing-found"),
            visit.t("list-nothing-found-hint"),
            &reset,
        );
    }
    let new = html! {
        @if visit.may(Permission::EditTickets) {
            (button::link(visit.t("ticket-new"), "/tickets/new", Look::Primary, Some(Icon::Plus)))
        }
    };
    empty_state(Icon::Ticket, visit.t("ticket-none"), visit.t("ticket-none-hint"), &new)
}

/// `GET /tickets/new`
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let query = pick::query(&visit);
    let company = visit.company();
    let queue = visit
        .read(move |tx, _| Ok(store::companies::of(tx, company)?.and_then(|own| own.default_queue)))
        .await?;
    let fields = Fields::default()
        .with("organization", query.get("organization"))
        .with("page_of", query.get("organization"))
        .with("status", TicketStatus::New.name())
        .with("priority", Priority::Medium.name())
        .with("source", Source::Phone.name())
        .with("queue", queue.map(|queue| queue.to_string()).unwrap_or_default())
        .with("person", visit.actor().person.to_string());
    let form = Form::fresh(fields);
    let page = form_page(&visit, &form, None).await?;
    Ok(form.answer(page))
}

/// `POST /tickets`
pub async fn create(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let from = match fields.number("page_of") {
        // Opened from the page of an organization, and still for that one.
        Some(page) if Some(page) == fields.number("organization") => OpenedFrom::OrganizationPage,
        _ => OpenedFrom::Anywhere,
    };
    let created = match draft(&visit, &fields) {
        Ok(draft) => {
            visit.write(move |tx, acting| actions::tickets::create(tx, acting, &draft, from)).await
        }
        Err(problem) => Err(problem),
    };
    match created {
        Ok(id) => Ok(go(&format!("/tickets/{id}"), "done-ticket-created")),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            let page = form_page(&visit, &form, None).await?;
            Ok(form.answer(page))
        }
    }
}

/// `GET /tickets/{id}/edit`
pub async fn edit(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let ticket = own(&visit, TicketId(id)).await?;
    let form = Form::fresh(stored_fields(&visit, &ticket));
    let page = form_page(&visit, &form, Some((TicketId(id), &ticket.number))).await?;
    Ok(form.answer(page))
}

async fn own(visit: &Visit, id: TicketId) -> Result<Ticket, Problem> {
    let company = visit.company();
    visit.read(move |tx, _| store::tickets::of(tx, company, id)?.ok_or(Problem::NotFound)).await
}

fn stored_fields(visit: &Visit, ticket: &Ticket) -> Fields {
    let typed = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    Fields::default()
        .with("version", ticket.version.to_string())
        .with("title", ticket.title.clone())
        .with("description", ticket.description.clone())
        .with("organization", ticket.organization.to_string())
        .with("contact", typed(ticket.contact.map(|id| id.0)))
        .with("status", ticket.status.name())
        .with("priority", ticket.priority.name())
        .with("source", ticket.source.name())
        .with("queue", ticket.queue.to_string())
        .with("person", typed(ticket.primary_person.map(|id| id.0)))
        .with("due", ticket.due_at.map(|due| visit.format.input_date_time(due)).unwrap_or_default())
        .with("site", ticket.site.clone())
        .with("device", ticket.device.clone())
}

/// `POST /tickets/{id}`
pub async fn update(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let id = TicketId(id);
    let before = own(&visit, id).await?;
    let version = fields.number("version").unwrap_or(0);
    let ending = if fields.ticked("ends_round") { Ending::Confirmed } else { Ending::NotAsked };
    let saved = match draft(&visit, &fields) {
        Ok(draft) => {
            visit
                .write(move |tx, acting| {
                    actions::tickets::edit(tx, acting, id, version, &draft, ending)
                })
                .await
        }
        Err(problem) => Err(problem),
    };
    match saved {
        Ok(()) => {
            Ok(go(&format!("/tickets/{id}{}", to_tell(&before, &fields, &visit)), "done-saved"))
        }
        Err(problem) => {
            let form = match problem {
                Problem::Stale => {
                    let stored = stored_fields(&visit, &own(&visit, id).await?);
                    visit.overtaken(fields, stored, "version")
                }
                problem => {
                    let mut fields = fields;
                    if matches!(problem, Problem::Refused(Refusal::EndsRound)) {
                        // Saving once more is meant to end the round with the ticket.
                        fields.set("ends_round", "1");
                    }
                    completion::on_form(&visit, id, fields, problem).await?
                }
            };
            let page = form_page(&visit, &form, Some((id, &before.number))).await?;
            Ok(form.answer(page))
        }
    }
}

/// What of an edit the partner should perhaps be told, as the query of the ticket page: fields are not synchronized
/// after acceptance, but a note about them is offered (decision 10).
fn to_tell(before: &Ticket, fields: &Fields, visit: &Visit) -> String {
    if !before.outsource_status.is_some_and(Status::is_linked) {
        return String::new();
    }
    let due = fields.instant("due", &visit.format, &mut Mistakes::default());
    let shown = |at| visit.format.input_date_time(at);
    let mut tell = Vec::new();
    if due.map(shown) != before.due_at.map(shown) {
        tell.push("tell=due");
    }
    if Priority::from_name(fields.get("priority")).is_some_and(|typed| typed != before.priority) {
        tell.push("tell=priority");
    }
    if tell.is_empty() { String::new() } else { format!("?{}", tell.join("&")) }
}

/// The locale key of a source.
pub fn source_key(source: Source) -> &'static str {
    match source {
        Source::Phone => "source-phone",
        Source::Email => "source-email",
        Source::WebPortal => "source-web_portal",
        Source::Monitoring => "source-monitoring",
        Source::InPerson => "source-in_person",
        Source::ClientPortal => "source-client_portal",
        Source::Insourced => "source-insourced",
    }
}

/// `POST /tickets/{id}/taking`: the toolbar's *Accept*.
pub async fn take(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.write(move |tx, acting| actions::tickets::take(tx, acting, TicketId(id))).await?;
    Ok(go(&format!("/tickets/{id}"), "done-ticket-taken"))
}

/// `POST /tickets/{id}/status`
pub async fn set_status(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    // Not theirs is not there, whatever the form says.
    visit.require(Permission::EditTickets)?;
    own(&visit, TicketId(id)).await?;
    let Some(status) = TicketStatus::from_name(fields.get("status")) else {
        let problem = Mistakes::one("status", Message::new("mistake-choice"));
        return ticket::answer(&visit, TicketId(id), &visit.returned(fields, problem)?).await;
    };
    let set = visit
        .write(move |tx, acting| actions::tickets::set_status(tx, acting, TicketId(id), status))
        .await;
    match set {
        Ok(()) => Ok(go(&format!("/tickets/{id}"), "done-saved")),
        Err(problem) => completion::answer(&visit, TicketId(id), problem).await,
    }
}

/// `POST /tickets/{id}/deletion`
pub async fn destroy(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.write(move |tx, acting| actions::tickets::delete(tx, acting, TicketId(id))).await?;
    Ok(go("/tickets", "done-ticket-deleted"))
}
