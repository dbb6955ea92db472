//! The page of one ticket: the outsource bar on top, the conversation in the middle, the facts at the side.

use axum::extract::Path;
use axum::response::Response;
use db::Tx;
use domain::ids::TicketId;
use domain::message::Message;
use domain::outsourcing::Side;
use domain::permission::{Actor, Permission};
use domain::sync::{ItemKind, Publish};
use domain::ticket::TicketStatus;
use maud::{Markup, html};

use super::forms::Form;
use super::parts::mark::email_link;
use super::parts::page::{back, head_with};
use super::parts::{Icon, Look, Tone, button, definition_list, field, flash, layout, menu, panel};
use super::tickets::source_key;
use super::{mark, outsource_bar, pick, received, stream};
use crate::actions::tickets::{may_delete, priority_key};
use crate::http::fields::Fields;
use crate::http::visit::{Arrival, Visit};
use crate::problem::Problem;
use crate::store;
use crate::store::items::{Item, Totals};
use crate::store::links::Link;
use crate::store::network_rounds::NetworkRound;
use crate::store::outsourcings::Outsourcing;
use crate::store::tickets::{Names, Ticket};

/// Items shown at once; older ones are a page further.
pub const STREAM_PAGE: i64 = 50;

/// Networks that the Outsource menu lists by name.
pub const MENU: i64 = 10;

/// Everything the page shows, read in one go.
pub struct Facts {
    /// The ticket.
    pub ticket: Ticket,
    /// Names beside its keys.
    pub names: Names,
    /// The newest items.
    pub items: Vec<Item>,
    /// Whether there are older ones.
    pub more: bool,
    /// Rounds, newest first.
    pub rounds: Vec<Outsourcing>,
    /// What is linked to the other side.
    pub links: Vec<Link>,
    /// Sums.
    pub totals: Totals,
    /// Hours to bill that the partner has written in the newest round, in hundredths.
    pub used: i64,
    /// Partners for the Outsource menu: partnership and name.
    pub partners: Vec<(domain::ids::PartnershipId, String)>,
    /// The other side's ticket number of the newest round.
    pub other_number: Option<String>,
    /// One-way rounds with networks, newest first.
    pub network_rounds: Vec<NetworkRound>,
    /// Active networks for the Outsource menu, one more than it lists if there is.
    pub networks: Vec<(domain::ids::NetworkId, String)>,
}

impl Facts {
    /// On which side of its rounds the ticket stands.
    pub fn side(&self) -> Side {
        if self.ticket.insourced_from.is_some() { Side::Partner } else { Side::Lead }
    }

    /// The newest round with a partner.
    pub fn round(&self) -> Option<&Outsourcing> {
        self.rounds.first()
    }

    /// The newest one-way round, if nothing with a partner is newer.
    pub fn network(&self) -> Option<&NetworkRound> {
        let newest = self.network_rounds.first()?;
        self.round().is_none_or(|round| newest.is_newer_than(round)).then_some(newest)
    }
}

/// Reads what the page shows.
pub async fn facts(visit: &Visit, id: TicketId, before: Option<i64>) -> Result<Facts, Problem> {
    visit.read(move |tx, acting| read(tx, &acting.actor, id, before)).await
}

/// The same within a transaction.
pub fn read(
    tx: &mut Tx,
    actor: &Actor,
    id: TicketId,
    before: Option<i64>,
) -> Result<Facts, Problem> {
    let company = actor.company;
    let ticket = store::tickets::of(tx, company, id)?.ok_or(Problem::NotFound)?;
    let names = store::tickets::names(tx, &ticket)?.ok_or(Problem::NotFound)?;
    let mut items = store::items::stream(tx, company, id, before, STREAM_PAGE)?;
    let more = pick::cut(&mut items, STREAM_PAGE);
    let with_rounds = ticket.outsource_status.is_some() || ticket.insourced_from.is_some();
    let rounds =
        if with_rounds { store::outsourcings::on_ticket(tx, company, id)? } else { Vec::new() };
    let links = if rounds.is_empty() { Vec::new() } else { store::links::of_items(tx, &items)? };
    let outsources = domain::permission::allows(actor, Permission::Outsource).is_ok()
        && ticket.insourced_from.is_none();
    let partners = if outsources {
        store::partnerships::recent(tx, company, 10)?
            .into_iter()
            .map(|p| (p.partnership, p.name))
            .collect()
    } else {
        Vec::new()
    };
    let networks =
        if outsources { store::networks::offered(tx, company, MENU)? } else { Vec::new() };
    let network_rounds = if ticket.outsource_status.is_some() {
        store::network_rounds::on_ticket(tx, company, id)?
    } else {
        Vec::new()
    };
    let other_number = match rounds.first() {
        Some(round) => store::tickets::other_number(tx, company, round)?,
        None => None,
    };
    // Most tickets stand on one page: then nothing has to be read again for the sums.
    let totals = if before.is_none() && !more {
        Totals::of(&items)
    } else {
        store::items::totals(tx, company, id)?
    };
    let used = match rounds.first() {
        Some(round) if round.lead == company => store::links::hours_received(tx, round.id)?,
        Some(round) => store::links::hours_sent(tx, round.id)?,
        None => 0,
    };
    Ok(Facts {
        ticket,
        names,
        items,
        more,
        rounds,
        links,
        totals,
        used,
        partners,
        other_number,
        network_rounds,
        networks,
    })
}

/// `GET /tickets/{id}`
pub async fn show(arrival: Arrival, Path(id): Path<i64>) -> Result<Response, Problem> {
    let query = pick::asked(&arrival.here);
    let before = query.number("before");
    let (visit, facts) =
        arrival.read(move |tx, visit| read(tx, visit.actor(), TicketId(id), before)).await?;
    let form = Form::fresh(Fields::default().with("publish", Publish::All.name()));
    Ok(shown(&visit, &query, &facts, &form))
}

/// The page with the quick note as it was typed.
pub async fn answer(visit: &Visit, id: TicketId, form: &Form) -> Result<Response, Problem> {
    let query = pick::query(visit);
    let facts = facts(visit, id, query.number("before")).await?;
    Ok(shown(visit, &query, &facts, form))
}

fn shown(visit: &Visit, query: &Fields, facts: &Facts, form: &Form) -> Response {
    let prepared = prepared_note(visit, facts, query);
    let page = page(visit, facts, prepared.as_ref().unwrap_or(form));
    form.answer(page)
}

/// A note about what was just changed, ready to be added, if the partner should perhaps know (decision 10).
fn prepared_note(visit: &Visit, facts: &Facts, query: &Fields) -> Option<Form> {
    facts.round().filter(|round| round.round.status.is_linked() && facts.side() == Side::Lead)?;
    let lines: Vec<String> = query
        .all("tell")
        .filter_map(|what| match (what, facts.ticket.due_at) {
            ("due", Some(due)) => Some(visit.say(&Message::new("tell-due").with("due", due))),
            ("due", None) => Some(visit.t("tell-due-removed").to_owned()),
            ("priority", _) => {
                let key = priority_key(facts.ticket.priority);
                Some(visit.say(&Message::new("tell-priority").with_key("priority", key)))
            }
            _ => None,
        })
        .take(2)
        .collect();
    (!lines.is_empty()).then(|| {
        Form::fresh(
            Fields::default()
                .with("publish", Publish::All.name())
                .with("body", lines.join("\n"))
                .with("prepared", "1"),
        )
    })
}

fn page(visit: &Visit, facts: &Facts, form: &Form) -> Markup {
    let ticket = &facts.ticket;
    let body = html! {
        // What can be done follows what the other side did, as the bar does.
        div data-live-part="head" { (head(visit, facts)) }
        div data-live-part="bar" { (outsource_bar::bar(visit, facts)) }
        (layout::with_facts(
            &description(visit, facts),
            visit.t("ticket-facts"),
            &html! { div data-live-part="facts" { (side(visit, facts)) } },
            &conversation(visit, facts, form),
        ))
    };
    visit.live_page(
        &format!("{} {}", ticket.number, ticket.title),
        &format!("/live/tickets/{}", ticket.id),
        &body,
    )
}

fn head(visit: &Visit, facts: &Facts) -> Markup {
    let ticket = &facts.ticket;
    let above =
        html! { (back(visit.t("nav-tickets"), "/tickets")) span.ticket-number { (ticket.number) } };
    let below = html! {
        (mark::ticket_status(visit.words, ticket.status))
        (mark::priority(visit.words, ticket.priority))
        span { (facts.names.organization) }
    };
    head_with(&above, &html! { (ticket.title) }, &below, &toolbar(visit, facts))
}

fn toolbar(visit: &Visit, facts: &Facts) -> Markup {
    let ticket = &facts.ticket;
    let base = format!("/tickets/{}", ticket.id);
    html! {
        @if visit.may(Permission::EditTickets) {
            @if ticket.primary_person.is_none() && ticket.status != TicketStatus::Complete {
                (button::post(visit.t("ticket-take"), &format!("{base}/taking"), Look::Plain, Some(Icon::Person)))
            }
            (button::link(visit.t("form-edit"), &format!("{base}/edit"), Look::Plain, Some(Icon::Edit)))
        }
        (outsource_bar::outsource_menu(visit, facts))
        @if visit.may(Permission::EditTickets) {
            (menu::more(visit.t("ticket-more"), &html! {
                @if ticket.status == TicketStatus::Complete {
                    (status_button(visit, &base, TicketStatus::InProgress, "ticket-reopen", Icon::Refresh))
                } @else {
                    (status_button(visit, &base, TicketStatus::Complete, "ticket-complete", Icon::Check))
                }
                @if may_delete(ticket).is_ok() {
                    (menu::line())
                    (menu::link(visit.t("ticket-delete"), &format!("{base}/deletion"), Some(Icon::Delete)))
                }
            }))
        }
    }
}

fn status_button(
    visit: &Visit,
    base: &str,
    status: TicketStatus,
    label: &'static str,
    picture: Icon,
) -> Markup {
    if status == TicketStatus::Complete {
        return menu::link(visit.t(label), &format!("{base}/completion"), Some(picture));
    }
    html! {
        form method="post" action={ (base) "/status" } {
            (field::hidden("status", status.name()))
            button.menu-item type="submit" { span.menu-icon { (super::parts::icon(picture)) } span { (visit.t(label)) } }
        }
    }
}

fn description(visit: &Visit, facts: &Facts) -> Markup {
    let text = &facts.ticket.description;
    html! {
        @if !text.is_empty() {
            (panel(visit.t("ticket-description"), &html! {}, &super::parts::stream::prose(text)))
        }
    }
}

fn conversation(visit: &Visit, facts: &Facts, form: &Form) -> Markup {
    let older =
        facts.items.last().filter(|_| facts.more).map(|item| format!("?before={}", item.id.0));
    html! {
        @if visit.may(Permission::EditTickets) { (quick_note(visit, facts, form)) }
        div data-live-part="stream" {
            (stream::stream(visit, facts))
            @if let Some(older) = older {
                p.center { (button::link(visit.t("stream-older"), &older, Look::Plain, None)) }
            }
        }
    }
}

fn quick_note(visit: &Visit, facts: &Facts, form: &Form) -> Markup {
    let base = format!("/tickets/{}", facts.ticket.id);
    html! {
        section.composer aria-label=(visit.t("note-new")) {
            (form.summary())
            @if let Some(round) = facts.round().filter(|_| form.ticked("prepared")) {
                (flash(Tone::Info, &visit.say(&Message::new("tell-hint").with("partner", round.partner_name.as_str()))))
            }
            form method="post" action={ (base) "/notes" } data-warn-unsaved {
                (field::hidden("quick", "1"))
                (field::textarea(form.field("body", visit.t("note-body")).required().maxlength(domain::ticket::limits::NOTE_TEXT), 3))
                // Who will read it changes with the round, also under somebody who is writing.
                div data-live-part="composer-hint" { (stays(visit, facts)) }
                div.composer-foot {
                    div data-live-part="composer-publish" {
                        (field::select(form.field("publish", visit.t("item-publish")), &stream::publish_choices(visit, facts)))
                    }
                    (button::submit(visit.t("note-add"), Look::Primary))
                    span.composer-more {
                        (button::link(visit.t("time-add"), &format!("{base}/time/new"), Look::Quiet, Some(Icon::Time)))
                        (button::link(visit.t("charge-add"), &format!("{base}/charges/new"), Look::Quiet, Some(Icon::Charge)))
                        (button::link(visit.t("file-add"), &format!("{base}/files/new"), Look::Quiet, Some(Icon::Attachment)))
                    }
                }
            }
        }
    }
}

/// What one should know before one writes: who will read it, or that nobody across will (decision 16).
pub fn stays(visit: &Visit, facts: &Facts) -> Markup {
    stays_of(visit, facts, ItemKind::Note)
}

/// The same for an item of this kind: time and charges have no choice of who may see them (section 18.2).
pub fn stays_of(visit: &Visit, facts: &Facts, kind: ItemKind) -> Markup {
    use domain::outsourcing::Status;
    let Some(round) = facts.round() else { return html! {} };
    let other = round.name(facts.side().other());
    let key = match round.round.status {
        Status::Accepted | Status::InProgress => match kind {
            ItemKind::TimeEntry => "composer-crosses-time",
            ItemKind::Charge => "composer-crosses-charge",
            ItemKind::Note | ItemKind::Attachment => "composer-crosses",
        },
        Status::WaitingApproval => "composer-waiting",
        _ => return html! {},
    };
    html! { p.hint { (visit.say(&Message::new(key).with("other", other))) } }
}

fn side(visit: &Visit, facts: &Facts) -> Markup {
    html! {
        @if facts.side() == Side::Partner { (outsource_bar::instructions(visit, facts)) }
        (panel(visit.t("ticket-facts"), &html! {}, &definition_list(&fact_list(visit, facts))))
        (outsource_bar::rounds(visit, facts))
    }
}

/// Who does it: still to be seen as long as there is something to do.
fn nobody(status: TicketStatus) -> &'static str {
    if status == TicketStatus::Complete { "ticket-nobody-done" } else { "ticket-nobody" }
}

fn fact_list<'a>(visit: &Visit, facts: &'a Facts) -> Vec<(&'static str, Markup)> {
    let ticket = &facts.ticket;
    let names = &facts.names;
    let text = |text: &'a str| html! { (text) };
    let mut list = vec![
        (
            visit.t("ticket-organization"),
            html! { a href={ "/organizations/" (ticket.organization) } { (names.organization) } },
        ),
        (visit.t("ticket-queue"), text(&names.queue)),
        (
            visit.t("ticket-person"),
            html! { (names.person.as_deref().unwrap_or(visit.t(nobody(ticket.status)))) },
        ),
        (visit.t("ticket-source"), html! { (visit.t(source_key(ticket.source))) }),
    ];
    if let Some((name, email, phone)) = &names.contact {
        list.push((
            visit.t("ticket-contact"),
            html! {
                (name)
                @if !phone.is_empty() { br; a href={ "tel:" (phone) } { (phone) } }
                @if !email.is_empty() { br; (email_link(email)) }
            },
        ));
    }
    if let Some(due) = ticket.due_at {
        // What is done is not late any more.
        let shown = match ticket.status {
            TicketStatus::Complete => html! { (visit.format.date_time(due)) },
            _ => mark::deadline(&visit.format, due),
        };
        list.push((visit.t("ticket-due"), shown));
    }
    if !ticket.site.is_empty() {
        list.push((visit.t("ticket-site"), text(&ticket.site)));
    }
    list.extend(received::contact_on_site(visit, facts));
    if !ticket.device.is_empty() {
        list.push((visit.t("ticket-device"), text(&ticket.device)));
    }
    let hours = |hundredths: i64| visit.format.hours(domain::money::Hours(hundredths));
    if facts.totals.worked > 0 {
        list.push((
            visit.t("ticket-worked"),
            html! { (hours(facts.totals.worked)) " " (visit.t("unit-hours")) },
        ));
    }
    list.push((visit.t("ticket-created"), html! { (visit.format.date_time(ticket.created_at)) }));
    if let Some(at) = ticket.completed_at {
        list.push((visit.t("ticket-completed"), html! { (visit.format.date_time(at)) }));
    }
    list
}

/// `GET /tickets/{id}/deletion`
pub async fn ask_deletion(visit: Visit, Path(id): Path<i64>) -> Result<Markup, Problem> {
    visit.require(Permission::EditTickets)?;
    let facts = facts(&visit, TicketId(id), None).await?;
    may_delete(&facts.ticket)?;
    let form = html! {
        form method="post" action={ "/tickets/" (id) "/deletion" } {
            (button::row(&html! {
                (button::submit(visit.t("ticket-delete"), Look::Danger))
                (button::link(visit.t("form-cancel"), &format!("/tickets/{id}"), Look::Quiet, None))
            }))
        }
    };
    Ok(ask(&visit, &facts, visit.t("ticket-delete"), visit.t("ticket-delete-text"), &form))
}

/// A question before something that cannot be undone.
pub fn ask(visit: &Visit, facts: &Facts, title: &str, text: &str, form: &Markup) -> Markup {
    let above = back(&facts.ticket.number, &format!("/tickets/{}", facts.ticket.id));
    let body = html! {
        (head_with(&above, &html! { (title) }, &html! { (facts.ticket.title) }, &html! {}))
        section.sheet { p { (text) } (form) }
    };
    visit.page(title, &body)
}
