//! Edit Recipient: which contact of an organization gets the invitation.

use axum::extract::Path;
use axum::response::Response;
use domain::ids::{ContactId, OrganizationId};
use domain::language::Language;
use domain::partnership::{State, may_receive_invitation};
use domain::permission::Permission;
use maud::{Markup, html};

use crate::actions;
use crate::actions::partnerships::Invitee;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::contacts::Contact;
use crate::store::organizations::Organization;
use crate::store::partnerships::Partnership;
use crate::web::choices;
use crate::web::forms::{Form, go};
use crate::web::parts::page::back;
use crate::web::parts::{Choice, Icon, Look, Tone, button, field, flash, page};
use crate::web::pick;

struct Facts {
    organization: Organization,
    contacts: Vec<Contact>,
    partnership: Option<Partnership>,
    /// The own company's language: that of invitations for which none is chosen.
    language: Language,
}

async fn facts(visit: &Visit, id: OrganizationId) -> Result<Facts, Problem> {
    visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let organization =
                store::organizations::of(tx, company, id)?.ok_or(Problem::NotFound)?;
            let mut contacts = store::contacts::at(tx, company, id)?;
            contacts.retain(|contact| contact.active);
            let partnership = store::partnerships::by_organization(tx, company, id)?;
            let own = store::companies::of(tx, company)?.ok_or(Problem::NotFound)?;
            Ok(Facts { organization, contacts, partnership, language: own.language })
        })
        .await
}

/// `GET /partners/{organization}/recipient`
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::ManagePartners)?;
    let facts = facts(&visit, OrganizationId(id)).await?;
    let query = pick::query(&visit);
    // Whoever was just added for this is meant.
    let added = query.number("contact").map(ContactId);
    let added = added.filter(|added| facts.contacts.iter().any(|contact| contact.id == *added));
    let chosen = added.or(facts.partnership.as_ref().and_then(|known| known.contact));
    // The first time the primary contact is proposed.
    let proposed =
        facts.contacts.iter().find(|contact| contact.is_primary && !contact.email.is_empty());
    let chosen = chosen.or(proposed.map(|contact| contact.id));
    let language = facts.partnership.as_ref().and_then(|known| known.language);
    let fields = Fields::default()
        .with("back", query.get("back"))
        .with("contact", chosen.map(|id| id.to_string()).unwrap_or_default())
        .with("language", language.unwrap_or(facts.language).code());
    let form = Form::fresh(fields);
    Ok(form.answer(form_page(&visit, &form, &facts)))
}

/// `POST /partners/{organization}/recipient`
pub async fn update(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::ManagePartners)?;
    let id = OrganizationId(id);
    let invitee = Invitee {
        contact: fields.number("contact").map(ContactId),
        language: Language::from_code(fields.get("language")),
    };
    let saved = visit
        .write(move |tx, acting| actions::partnerships::set_recipient(tx, acting, id, invitee));
    match saved.await {
        Ok(()) => Ok(go(&super::back(&fields), "done-partner-recipient")),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            let facts = facts(&visit, id).await?;
            Ok(form.answer(form_page(&visit, &form, &facts)))
        }
    }
}

fn form_page(visit: &Visit, form: &Form, facts: &Facts) -> Markup {
    let id = facts.organization.id;
    let own = format!("/partners/{id}/recipient");
    let labels: Vec<(String, String)> = facts
        .contacts
        .iter()
        .map(|contact| (contact.id.to_string(), label(visit, contact)))
        .collect();
    let mut choices = vec![Choice::new("", visit.t("partner-recipient-nobody"))];
    choices.extend(labels.iter().map(|(id, label)| Choice::new(id, label)));
    let invited = facts.partnership.as_ref().is_some_and(|known| known.status == State::Invited);
    let title = visit.t("partner-edit-recipient");
    let list = super::back(form.fields());
    // The number of the new contact is added to where one returns to.
    let returns = pick::address(&Fields::default().with("back", list.as_str()), "", "");
    let returns = Fields::default().with("return", format!("{own}{returns}&contact="));
    let new_contact =
        format!("/organizations/{id}/contacts/new{}", pick::address(&returns, "", ""));
    let head = page::head_with(
        &back(visit.t("partner-title"), &list),
        &html! { (title) },
        &html! { (facts.organization.name) },
        &html! {
            @if visit.may(Permission::EditOrganizations) {
                (button::link(visit.t("partner-new-contact"), &new_contact, Look::Plain, Some(Icon::Plus)))
            }
        },
    );
    let body = html! {
        (head)
        (form.summary())
        @if invited { (flash(Tone::Info, visit.t("partner-recipient-invited"))) }
        form.sheet method="post" action=(own) {
            (field::hidden("back", &list))
            (field::select(form.field("contact", visit.t("partner-invitation-recipient"))
                .hint(visit.t("partner-recipient-hint")).wide(), &choices))
            (field::select(form.field("language", visit.t("partner-recipient-language"))
                .hint(visit.t("partner-recipient-language-hint")), &choices::LANGUAGES))
            (button::row(&html! {
                (button::submit(visit.t("form-save"), Look::Primary))
                (button::link(visit.t("form-cancel"), &list, Look::Quiet, None))
            }))
        }
    };
    visit.page(title, &body)
}

/// Name and address, or why this contact cannot be written to.
fn label(visit: &Visit, contact: &Contact) -> String {
    match may_receive_invitation(Some(&contact.email), contact.redacted) {
        Ok(()) if contact.is_primary => {
            format!("{} – {} ({})", contact.name(), contact.email, visit.t("partner-primary"))
        }
        Ok(()) => format!("{} – {}", contact.name(), contact.email),
        Err(refusal) => format!("{} – {}", contact.name(), visit.say(&refusal.message())),
    }
}
