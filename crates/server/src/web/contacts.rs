//! Contacts: the people at an organization, shown on its page, with a form of their own.

use axum::extract::Path;
use axum::response::Response;
use domain::ids::{ContactId, OrganizationId};
use domain::permission::Permission;
use domain::ticket::limits;
use maud::{Markup, html};

use super::forms::{Form, go, own_path};
use super::organizations::{own, state_chip};
use super::parts::mark::{email_link, phone_link};
use super::parts::{Icon, Look, Tone, button, chip, empty_state, field, page, table};
use super::pick;
use crate::actions;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::contacts::Contact;
use crate::store::organizations::Organization;

/// The contacts of an organization, on its page.
pub fn panel_of(visit: &Visit, organization: OrganizationId, contacts: &[Contact]) -> Markup {
    let new = format!("/organizations/{organization}/contacts/new");
    let add = html! {
        @if visit.may(Permission::EditOrganizations) {
            (button::link(visit.t("contact-new"), &new, Look::Plain, Some(Icon::Plus)))
        }
    };
    if contacts.is_empty() {
        let (title, text) = (visit.t("contacts-none"), visit.t("contacts-none-text"));
        let empty = empty_state(Icon::Person, title, text, &add);
        return page::panel(visit.t("contacts-title"), &html! {}, &empty);
    }
    let all = html! {
        (list(visit, contacts))
        @if contacts.len() >= store::contacts::SHOWN { p.hint { (visit.t("contacts-more")) } }
    };
    page::panel_flush(visit.t("contacts-title"), &add, &all)
}

fn list(visit: &Visit, contacts: &[Contact]) -> Markup {
    let (email, phone, state) =
        (visit.t("contact-email"), visit.t("contact-phone"), visit.t("organization-state"));
    let may_edit = visit.may(Permission::EditOrganizations);
    let head = html! {
        (table::head(visit.t("contact-name")))
        (table::head(email)) (table::head(phone)) (table::head(state))
        @if may_edit { (table::head_hidden(visit.t("form-edit"))) }
    };
    let rows = html! {
        @for contact in contacts {
            tr {
                td.title {
                    span.strong { (contact.name()) } " "
                    @if contact.is_primary { (chip(Tone::Accent, visit.t("contact-primary"))) }
                }
                (table::cell(email, &html! {
                    @if !contact.email.is_empty() { (email_link(&contact.email)) }
                }))
                (table::cell(phone, &html! {
                    @if !contact.phone.is_empty() { (phone_link(&contact.phone)) }
                }))
                (table::cell(state, &state_chip(visit, contact.active)))
                @if may_edit {
                    @let label = format!("{}: {}", visit.t("form-edit"), contact.name());
                    @let href = format!("/contacts/{}/edit", contact.id);
                    (table::cell_actions(&button::icon_link(&label, &href, Icon::Edit)))
                }
            }
        }
    };
    table::records(visit.t("contacts-title"), &head, &rows)
}

/// `GET /organizations/{id}/contacts/new`
pub async fn new(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::EditOrganizations)?;
    let organization = visit.read(move |tx, acting| own(tx, acting.actor.company, id)).await?;
    let fields = Fields::default().with("return", pick::query(&visit).get("return"));
    Ok(form_page(&visit, &Form::fresh(fields), &organization, None))
}

/// `POST /organizations/{id}/contacts`
pub async fn create(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::EditOrganizations)?;
    let organization = visit.read(move |tx, acting| own(tx, acting.actor.company, id)).await?;
    let new = Contact { active: true, ..typed(&fields, ContactId(0), organization.id) };
    let added =
        visit.write(move |tx, acting| actions::organizations::add_contact(tx, acting, &new)).await;
    match added {
        Ok(contact) => {
            let page = format!("/organizations/{id}");
            let to = own_path(fields.get("return"), &page);
            // Who waits for the new contact to choose it leaves room for its number.
            let to =
                if to.ends_with("contact=") { format!("{to}{contact}") } else { to.to_owned() };
            Ok(go(&to, "done-contact-added"))
        }
        Err(problem) => {
            Ok(form_page(&visit, &visit.returned(fields, problem)?, &organization, None))
        }
    }
}

/// `GET /contacts/{id}/edit`
pub async fn edit(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::EditOrganizations)?;
    let (contact, organization) = stored(&visit, id).await?;
    let fields = stored_fields(&contact).with("return", pick::query(&visit).get("return"));
    Ok(form_page(&visit, &Form::fresh(fields), &organization, Some(contact.id)))
}

fn stored_fields(contact: &Contact) -> Fields {
    let tick = |yes: bool| if yes { "1" } else { "" };
    Fields::default()
        .with("version", contact.version.to_string())
        .with("first_name", &contact.first_name)
        .with("last_name", &contact.last_name)
        .with("email", &contact.email)
        .with("phone", &contact.phone)
        .with("primary", tick(contact.is_primary))
        .with("active", tick(contact.active))
}

/// `POST /contacts/{id}`
pub async fn update(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::EditOrganizations)?;
    let (contact, organization) = stored(&visit, id).await?;
    let changed = typed(&fields, contact.id, organization.id);
    let saved = visit
        .write(move |tx, acting| actions::organizations::change_contact(tx, acting, &changed))
        .await;
    match saved {
        Ok(()) => {
            let page = format!("/organizations/{}", organization.id);
            Ok(go(own_path(fields.get("return"), &page), "done-contact-saved"))
        }
        Err(problem) => {
            let form = match problem {
                Problem::Stale => {
                    let (contact, _) = stored(&visit, id).await?;
                    visit.overtaken(fields, stored_fields(&contact), "version")
                }
                problem => visit.returned(fields, problem)?,
            };
            Ok(form_page(&visit, &form, &organization, Some(contact.id)))
        }
    }
}

async fn stored(visit: &Visit, id: i64) -> Result<(Contact, Organization), Problem> {
    visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let contact =
                store::contacts::of(tx, company, ContactId(id))?.ok_or(Problem::NotFound)?;
            let organization = own(tx, company, contact.organization.0)?;
            Ok((contact, organization))
        })
        .await
}

fn typed(fields: &Fields, id: ContactId, organization: OrganizationId) -> Contact {
    Contact {
        id,
        organization,
        first_name: fields.text("first_name"),
        last_name: fields.text("last_name"),
        email: fields.text("email"),
        phone: fields.text("phone"),
        is_primary: fields.ticked("primary"),
        active: fields.ticked("active"),
        redacted: false,
        version: fields.number("version").unwrap_or(0),
    }
}

fn form_page(
    visit: &Visit,
    form: &Form,
    organization: &Organization,
    id: Option<ContactId>,
) -> Response {
    let title = visit.t(if id.is_some() { "contact-edit" } else { "contact-new" });
    let home = format!("/organizations/{}", organization.id);
    let action = id.map_or_else(|| format!("{home}/contacts"), |id| format!("/contacts/{id}"));
    let primary = form.field("primary", visit.t("contact-primary")).value("1");
    let active = form.field("active", visit.t("contact-active"));
    let name = limits::PERSON_NAME;
    let fields = html! {
        (field::text(form.field("first_name", visit.t("contact-first-name")).required().maxlength(name)))
        (field::text(form.field("last_name", visit.t("contact-last-name")).required().maxlength(name)))
        (field::email(form.field("email", visit.t("contact-email")).maxlength(limits::EMAIL)))
        (field::phone(form.field("phone", visit.t("contact-phone")).maxlength(limits::PHONE)))
        (field::checkbox(primary.hint(visit.t("contact-primary-hint")).wide(), form.ticked("primary")))
        @if id.is_some() { (field::checkbox(active.wide(), form.ticked("active"))) }
    };
    let body = html! {
        (page::head_with(&page::back(&organization.name, &home), &html! { (title) }, &html! {}, &html! {}))
        (form.summary())
        form.form method="post" action=(action) data-warn-unsaved {
            (field::hidden("version", form.value("version")))
            (field::hidden("return", form.value("return")))
            (field::group(visit.t("contact-facts"), None, &fields))
            (button::row(&html! {
                (button::submit(form.save(visit.t("form-save")), Look::Primary))
                (button::link(visit.t("form-cancel"), own_path(form.value("return"), &home), Look::Quiet, None))
            }))
        }
    };
    form.answer(visit.page(title, &body))
}
