//! The form of a ticket: reading it, its pick lists, its page.

use domain::ids::{ContactId, OrganizationId, PersonId, QueueId, TicketId};
use domain::message::Message;
use domain::permission::Permission;
use domain::ticket::{OpenedFrom, Priority, Source, TicketStatus, limits};
use maud::{Markup, html};

use super::source_key;
use crate::actions;
use crate::actions::tickets::{Draft, priority_key, ticket_status_key};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::web::forms::{Form, own_path};
use crate::web::parts::page::{self, head_with};
use crate::web::parts::{Choice, Icon, Look, button, field};
use crate::web::pick;

/// Reads the form. Ids that are none become 0, which is nobody's.
pub fn draft(visit: &Visit, fields: &Fields) -> Result<Draft, Problem> {
    let mut mistakes = Mistakes::default();
    let due_at = fields.instant("due", &visit.format, &mut mistakes);
    let status = TicketStatus::from_name(fields.get("status"));
    let priority = Priority::from_name(fields.get("priority"));
    let source = Source::from_name(fields.get("source"));
    for (field, missing) in [
        ("status", status.is_none()),
        ("priority", priority.is_none()),
        ("source", source.is_none()),
    ] {
        if missing {
            mistakes.add(field, Message::new("mistake-choice"));
        }
    }
    for (field, longest) in [("title", limits::TITLE), ("description", limits::DESCRIPTION)] {
        actions::check::short(&mut mistakes, field, &fields.text(field), longest);
    }
    for (field, missing) in [
        ("title", fields.text("title").is_empty()),
        ("organization", fields.number("organization").is_none()),
    ] {
        if missing {
            mistakes.add(
                field,
                Message::new(if field == "title" { "mistake-missing" } else { "mistake-unchosen" }),
            );
        }
    }
    mistakes.check()?;
    Ok(Draft {
        title: fields.text("title"),
        description: fields.text("description"),
        status: status.unwrap_or(TicketStatus::New),
        priority: priority.unwrap_or(Priority::Medium),
        queue: QueueId(fields.number("queue").unwrap_or(0)),
        source: source.unwrap_or(Source::Phone),
        organization: OrganizationId(fields.number("organization").unwrap_or(0)),
        contact: fields.number("contact").map(ContactId),
        primary_person: fields.number("person").map(PersonId),
        due_at,
        site: fields.text("site"),
        device: fields.text("device"),
    })
}

struct Picks {
    /// Whether there are organizations that the list has no room for.
    more: bool,
    organizations: Vec<(String, String)>,
    contacts: Vec<(String, String)>,
    queues: Vec<(String, String)>,
    /// So many were offered before the one was added that the ticket has.
    queues_offered: usize,
    people: Vec<(String, String)>,
    /// The same of people.
    people_offered: usize,
}

/// What can be chosen, and with it what was chosen before it was switched off: an edit that does not touch it must not
/// lose it.
async fn picks(visit: &Visit, form: &Form) -> Result<Picks, Problem> {
    let company = visit.company();
    let chosen = form.fields().number("organization").map(OrganizationId);
    let kept = |name: &str| -> Vec<i64> {
        [form.value(name), form.stored(name)].iter().filter_map(|id| id.parse().ok()).collect()
    };
    let (contact_ids, person_ids) = (kept("contact"), kept("person"));
    let (organization_ids, queue_ids) = (kept("organization"), kept("queue"));
    let inactive = visit.t("form-inactive");
    let mark = move |name: String, active: bool| {
        if active { name } else { format!("{name} ({inactive})") }
    };
    visit
        .read(move |tx, _| {
            let fits = |kind: domain::ticket::OrganizationType| {
                kind.may_open_ticket(OpenedFrom::Anywhere).is_ok()
            };
            let mut organizations: Vec<_> = store::organizations::pick_list(tx, company, fits, "")?
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect();
            let more = organizations.len() >= store::organizations::PICKED;
            let contacts = match chosen {
                Some(id) => store::contacts::at(tx, company, id)?,
                None => Vec::new(),
            };
            let contacts = contacts.into_iter().filter(|contact| contact.active);
            let mut contacts: Vec<_> =
                contacts.map(|contact| (contact.id.to_string(), contact.name())).collect();
            let mut queues: Vec<_> = store::queues::all(tx, company)?
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect();
            let mut people: Vec<_> = store::people::pick_list(tx, company)?
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect();
            let (people_offered, queues_offered) = (people.len(), queues.len());
            for id in missing(&queue_ids, &queues) {
                if let Some(name) = store::queues::name(tx, company, QueueId(id))? {
                    queues.push((id.to_string(), name));
                }
            }
            for id in missing(&organization_ids, &organizations) {
                if let Some(own) = store::organizations::of(tx, company, OrganizationId(id))? {
                    organizations.push((own.id.to_string(), mark(own.name, own.active)));
                }
            }
            for id in missing(&contact_ids, &contacts) {
                if let Some(own) = store::contacts::of(tx, company, ContactId(id))? {
                    contacts.push((own.id.to_string(), mark(own.name(), own.active)));
                }
            }
            for id in missing(&person_ids, &people) {
                if let Some(own) = store::people::of(tx, company, PersonId(id))? {
                    people.push((own.id.to_string(), mark(own.name(), own.active)));
                }
            }
            Ok(Picks {
                more,
                organizations,
                contacts,
                queues,
                queues_offered,
                people,
                people_offered,
            })
        })
        .await
}

/// The ids that a list does not offer, each once.
fn missing(ids: &[i64], list: &[(String, String)]) -> Vec<i64> {
    let mut missing = ids.to_vec();
    missing.dedup();
    missing.retain(|id| !list.iter().any(|(known, _)| *known == id.to_string()));
    missing
}

/// The page of the form, for a new ticket or an existing one.
pub async fn form_page(
    visit: &Visit,
    form: &Form,
    existing: Option<(TicketId, &str)>,
) -> Result<Markup, Problem> {
    let picks = picks(visit, form).await?;
    let received = form.value("source") == Source::Insourced.name();
    let title = match existing {
        Some((_, number)) => visit.say(&Message::new("ticket-edit-title").with("number", number)),
        None => visit.t("ticket-new").to_owned(),
    };
    let (action, back) = match existing {
        Some((id, _)) => (format!("/tickets/{id}"), format!("/tickets/{id}")),
        None => (
            "/tickets".to_owned(),
            own_path(pick::query(visit).get("return"), "/tickets").to_owned(),
        ),
    };
    let body = html! {
        (head_with(&way_back(visit, &back, existing.is_some()), &html! { (title) }, &html! {}, &html! {}))
        (form.summary())
        form.sheet method="post" action=(action) data-warn-unsaved {
            (field::hidden("version", form.value("version")))
            @if form.ticked("ends_round") { (field::hidden("ends_round", "1")) }
            @if existing.is_none() && !form.value("page_of").is_empty() { (field::hidden("page_of", form.value("page_of"))) }
            (what(visit, form))
            (for_whom(visit, form, &picks))
            (how(visit, form, &picks, received))
            (button::row(&html! {
                (button::submit(form.save(visit.t(submit_key(form, existing.is_some()))), Look::Primary))
                (button::link(visit.t("form-cancel"), &back, Look::Quiet, None))
            }))
        }
    };
    Ok(visit.page(&title, &body))
}

fn way_back(visit: &Visit, href: &str, exists: bool) -> Markup {
    let label = match href {
        _ if exists => "ticket-back",
        "/tickets" => "nav-tickets",
        _ => "form-back",
    };
    page::back(visit.t(label), href)
}

/// The word on the button: once asked, it says that the round ends, too.
fn submit_key(form: &Form, exists: bool) -> &'static str {
    match (exists, form.ticked("ends_round")) {
        (true, true) => "ticket-save-and-end",
        (true, false) => "form-save",
        (false, _) => "ticket-create",
    }
}

fn what(visit: &Visit, form: &Form) -> Markup {
    field::group(
        visit.t("ticket-group-what"),
        None,
        &html! {
            (field::text(form.field("title", visit.t("ticket-title")).required().maxlength(limits::TITLE).wide()))
            (field::textarea(form.field("description", visit.t("ticket-description")).maxlength(limits::DESCRIPTION).wide(), 8))
            (field::text(form.field("site", visit.t("ticket-site")).hint(visit.t("ticket-site-hint")).maxlength(255)))
            (field::text(form.field("device", visit.t("ticket-device")).maxlength(255)))
        },
    )
}

fn for_whom(visit: &Visit, form: &Form, picks: &Picks) -> Markup {
    let none = visit.t("form-choose");
    let organization = form.field("organization", visit.t("ticket-organization")).required();
    let organization = if picks.more {
        organization.hint(visit.t("ticket-organization-more"))
    } else {
        organization
    };
    field::group(
        visit.t("ticket-group-for"),
        None,
        &html! {
            (field::select(organization, &pick::choices(none, &picks.organizations)))
            @if picks.organizations.is_empty() && visit.may(Permission::EditOrganizations) { (first_organization(visit)) }
            (field::select(form.field("contact", visit.t("ticket-contact")).hint(visit.t(if form.value("organization").is_empty() { "ticket-contact-hint-new" } else { "ticket-contact-hint" })), &pick::choices("–", &picks.contacts)))
        },
    )
}

/// A company that has just begun knows nobody yet.
fn first_organization(visit: &Visit) -> Markup {
    html! {
        div.field {
            p.hint { (visit.t("ticket-organization-none")) }
            div { (button::link(visit.t("organization-new"), "/organizations/new?return=/tickets/new", Look::Plain, Some(Icon::Plus))) }
        }
    }
}

fn how(visit: &Visit, form: &Form, picks: &Picks, received: bool) -> Markup {
    let statuses: Vec<Choice> = TicketStatus::ALL
        .iter()
        .map(|s| Choice::new(s.name(), visit.t(ticket_status_key(*s))))
        .collect();
    let priorities: Vec<Choice> =
        Priority::ALL.iter().map(|p| Choice::new(p.name(), visit.t(priority_key(*p)))).collect();
    let sources: Vec<Choice> = Source::ALL
        .iter()
        .filter(|source| received == (**source == Source::Insourced))
        .map(|source| Choice::new(source.name(), visit.t(source_key(*source))))
        .collect();
    let none = visit.t("form-choose");
    let queues = pick::said(visit, pick::QUEUES, picks.queues_offered);
    let people = pick::said(visit, pick::PEOPLE, picks.people_offered);
    let queue = form.field("queue", visit.t("ticket-queue")).required();
    let person = form.field("person", visit.t("ticket-person"));
    field::group(
        visit.t("ticket-group-how"),
        None,
        &html! {
            (field::select(form.field("status", visit.t("ticket-status")).required(), &statuses))
            (field::select(form.field("priority", visit.t("ticket-priority")).required(), &priorities))
            (field::select(queue.maybe_hint(queues.as_deref()), &pick::choices(none, &picks.queues)))
            (field::select(person.maybe_hint(people.as_deref()), &pick::choices("–", &picks.people)))
            (field::date_time(form.field("due", visit.t("ticket-due"))))
            (field::select(form.field("source", visit.t("ticket-source")).required(), &sources))
        },
    )
}
