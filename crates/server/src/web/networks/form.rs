//! The page of one network or vendor: what it is, what happens when a ticket goes there, and an example of it.

use axum::extract::Path;
use axum::response::Response;
use domain::ids::{NetworkId, OrganizationId};
use domain::message::Message;
use domain::network::Action;
use domain::network::template::Variable;
use domain::permission::Permission;
use domain::ticket::limits;
use maud::{Markup, html};

use super::{HERE, action_choices, left};
use crate::actions::network_rounds::{filled, sample};
use crate::actions::networks::{self, LONGEST_BODY, LONGEST_LINK, LONGEST_SUBJECT};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::network_rounds::Left;
use crate::store::networks::Network;
use crate::web::choices;
use crate::web::forms::{Form, go};
use crate::web::parts::outsource::preview as frame;
use crate::web::parts::page::{back, head_with};
use crate::web::parts::{Choice, Look, button, field, panel};
use crate::web::pick;
use crate::web::standing_in::{self, Offered};

/// `GET /networks/new`
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::ManageNetworks)?;
    let language = visit
        .read(|tx, acting| store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound))
        .await?
        .language;
    let (subject, body) = networks::standard(language);
    let fields = Fields::default()
        .with("name", pick::query(&visit).get("name"))
        .with("organization", pick::query(&visit).get("organization"))
        .with("action", Action::Email.name())
        .with("language", language.name())
        .with("subject", subject)
        .with("body", body)
        .with("active", "1");
    page(&visit, &Form::fresh(fields), None).await
}

/// `POST /networks`
pub async fn create(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::ManageNetworks)?;
    let made = match typed(&fields, NetworkId(0)) {
        Ok(new) => visit.write(move |tx, acting| networks::create(tx, acting, &new)).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok(_) => Ok(go(HERE, "done-network-added")),
        Err(problem) => page(&visit, &visit.returned(fields, problem)?, None).await,
    }
}

/// `GET /networks/{id}/edit`
pub async fn edit(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::ManageNetworks)?;
    let stored = own(&visit, id).await?;
    page(&visit, &Form::fresh(stored_fields(&stored)), Some(id)).await
}

/// The page of a network that was to be switched on, with what stands against it.
pub async fn mend(visit: &Visit, id: i64, problem: Problem) -> Result<Response, Problem> {
    let mut fields = stored_fields(&own(visit, id).await?);
    fields.set("active", "1");
    page(visit, &visit.returned(fields, problem)?, Some(id)).await
}

fn stored_fields(stored: &Network) -> Fields {
    Fields::default()
        .with("version", stored.version.to_string())
        .with("name", &stored.name)
        .with("organization", stored.organization.to_string())
        .with("action", stored.action.name())
        .with("language", stored.language.name())
        .with("recipients", &stored.recipients)
        .with("subject", &stored.subject)
        .with("body", &stored.body)
        .with("link", &stored.link)
        .with("active", if stored.active { "1" } else { "" })
}

async fn own(visit: &Visit, id: i64) -> Result<Network, Problem> {
    visit
        .read(move |tx, acting| {
            store::networks::of(tx, acting.actor.company, NetworkId(id))?.ok_or(Problem::NotFound)
        })
        .await
}

/// `POST /networks/{id}`
pub async fn update(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::ManageNetworks)?;
    own(&visit, id).await?;
    let saved = match typed(&fields, NetworkId(id)) {
        Ok(changed) => visit.write(move |tx, acting| networks::change(tx, acting, &changed)).await,
        Err(problem) => Err(problem),
    };
    match saved {
        Ok(()) => Ok(go(HERE, "done-network-saved")),
        Err(Problem::Stale) => {
            let stored = stored_fields(&own(&visit, id).await?);
            page(&visit, &visit.overtaken(fields, stored, "version"), Some(id)).await
        }
        Err(problem) => page(&visit, &visit.returned(fields, problem)?, Some(id)).await,
    }
}

/// `POST /networks/preview`: shows an example and saves nothing. A field `id` says that a stored one is being edited.
pub async fn preview(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::ManageNetworks)?;
    let id = fields.number("id");
    if let Some(id) = id {
        own(&visit, id).await?;
    }
    page(&visit, &Form::fresh(fields), id).await
}

fn typed(fields: &Fields, id: NetworkId) -> Result<Network, Problem> {
    let mut mistakes = Mistakes::default();
    let action = Action::from_name(fields.get("action")).unwrap_or_else(|| {
        mistakes.add("action", Message::new("mistake-choice"));
        Action::Nothing
    });
    mistakes.check()?;
    Ok(read(fields, id, action))
}

fn read(fields: &Fields, id: NetworkId, action: Action) -> Network {
    Network {
        id,
        name: fields.text("name"),
        organization: OrganizationId(fields.number("organization").unwrap_or(0)),
        action,
        language: choices::language(fields.get("language")),
        recipients: fields.text("recipients"),
        subject: fields.text("subject"),
        body: fields.text("body"),
        link: fields.text("link"),
        active: fields.ticked("active"),
        version: fields.number("version").unwrap_or(0),
    }
}

/// What can stand for it. One that was switched off stays until another one is chosen.
async fn organizations(visit: &Visit, fields: &Fields) -> Result<Offered, Problem> {
    let text = standing_in::asked(fields);
    let chosen: Vec<_> = fields.number("organization").map(OrganizationId).into_iter().collect();
    visit
        .read(move |tx, acting| Ok(standing_in::offered(tx, acting.actor.company, &text, &chosen)?))
        .await
}

async fn page(visit: &Visit, form: &Form, id: Option<i64>) -> Result<Response, Problem> {
    let organizations = organizations(visit, form.fields()).await?;
    let title = visit.t(if id.is_some() { "network-edit" } else { "network-new" });
    let action = id.map_or_else(|| HERE.to_owned(), |id| format!("{HERE}/{id}"));
    let example = example(visit, form).await?;
    let body = html! {
        (head_with(&back(visit.t("networks-title"), HERE), &html! { (title) }, &html! { (form.value("name")) }, &html! {}))
        (form.summary())
        form.sheet.terms.network-form method="post" action=(action) data-warn-unsaved data-compute={ (HERE) "/preview" } {
            (field::hidden("version", form.value("version")))
            @if let Some(id) = id { (field::hidden("id", &id.to_string())) }
            (what(visit, form, &organizations))
            (letter(visit, form))
            (link(visit, form))
            div data-computed="network" { (example) }
            (button::row(&html! {
                (button::submit(form.save(visit.t("form-save")), Look::Primary))
                (button::submit_to(visit.t("network-preview-refresh"), &format!("{HERE}/preview"), Look::Plain))
                (button::link(visit.t("form-cancel"), HERE, Look::Quiet, None))
            }))
        }
        (variables(visit))
    };
    Ok(form.answer(visit.page(title, &body)))
}

fn what(visit: &Visit, form: &Form, organizations: &Offered) -> Markup {
    let hints =
        ["network-action-email-hint", "network-action-livelink-hint", "network-action-none-hint"];
    let actions: Vec<Choice> = action_choices(visit)
        .into_iter()
        .zip(hints)
        .map(|(choice, hint)| choice.hint(visit.t(hint)))
        .collect();
    let name = form.field("name", visit.t("network-name")).required();
    let organization = form.field("organization", visit.t("network-organization")).required();
    field::group(
        visit.t("network-facts"),
        None,
        &html! {
            (field::text(name.maxlength(limits::ORGANIZATION_NAME)))
            (field::select(organization.hint(visit.t("network-organization-hint")),
                           &pick::choices(visit.t("form-choose"), &organizations.list)))
            @if organizations.is_searched(visit) { (find(visit, form, organizations)) }
            (field::radio(form.field("action", visit.t("network-action")).required().wide(), &actions))
            (field::checkbox(form.field("active", visit.t("network-active-field")), form.ticked("active")))
        },
    )
}

/// Looks for an organization that the list has no room for; what is typed elsewhere in the form stays.
fn find(visit: &Visit, form: &Form, organizations: &Offered) -> Markup {
    let said = organizations.said(visit);
    let field = form.field(standing_in::FIND, visit.t("find-organization"));
    html! {
        div.stack {
            (field::text(field.maybe_hint(said.as_deref()).maxlength(100)))
            div { (button::submit_to(visit.t("list-search"), &format!("{HERE}/preview"), Look::Plain)) }
        }
    }
}

fn letter(visit: &Visit, form: &Form) -> Markup {
    let group = field::group(
        visit.t("network-letter"),
        Some(visit.t("network-letter-hint")),
        &html! {
            (field::textarea(form.field("recipients", visit.t("network-recipients"))
                .hint(visit.t("network-recipients-hint")).maxlength(2700).wide(), 2))
            (field::text(form.field("subject", visit.t("network-subject")).maxlength(LONGEST_SUBJECT).wide()))
            (field::textarea(form.field("body", visit.t("network-body")).maxlength(LONGEST_BODY).wide(), 14))
            (field::select(form.field("language", visit.t("network-language")).hint(visit.t("network-language-hint")),
                           &choices::LANGUAGES))
        },
    );
    html! { div.for-email { (group) } }
}

fn link(visit: &Visit, form: &Form) -> Markup {
    let group = field::group(
        visit.t("network-link-group"),
        Some(visit.t("network-link-hint")),
        &html! {
            (field::text(form.field("link", visit.t("network-link")).maxlength(LONGEST_LINK).wide()
                .placeholder("https://desk.example/new?ref={ticket_number}&subject={title}")))
        },
    );
    html! { div.for-livelink { (group) } }
}

/// What would leave for a ticket that nobody has; nothing while the templates have mistakes.
async fn example(visit: &Visit, form: &Form) -> Result<Markup, Problem> {
    let action = Action::from_name(form.value("action")).unwrap_or(Action::Nothing);
    let network = read(form.fields(), NetworkId(0), action);
    let network =
        Network { recipients: networks::addresses(&network.recipients).join("\n"), ..network };
    let made = network.clone();
    let values = visit.read(move |tx, acting| sample(tx, acting, &made)).await?;
    let body = match texts(&network, &values) {
        Ok(left) => left::content(visit, action, &left),
        Err(Problem::Invalid(mistakes)) => html! {
            @for (_, message) in &mistakes.0 { p.hint { (visit.say(message)) } }
        },
        Err(other) => return Err(other),
    };
    let stays = ["preview-stays-internal", "preview-stays-rate"].map(|key| visit.t(key));
    Ok(frame(
        visit.t("network-example"),
        visit.t("network-example-hint"),
        &body,
        visit.t("preview-stays"),
        &stays,
    ))
}

fn texts(network: &Network, values: &domain::network::template::Values) -> Result<Left, Problem> {
    let mut mistakes = networks::wording(network);
    // An example needs no recipient, and an empty field says for itself that it is empty.
    mistakes
        .0
        .retain(|(field, message)| *field != "recipients" && message.key != "mistake-missing");
    mistakes.check()?;
    if network.action == Action::LiveLink && network.link.is_empty() {
        return Ok(Left::default());
    }
    filled(network, values)
}

fn variables(visit: &Visit) -> Markup {
    panel(
        visit.t("network-variables"),
        &html! {},
        &html! {
            p.hint { (visit.t("network-variables-hint")) }
            dl.facts.wide {
                @for variable in Variable::ALL {
                    div {
                        dt { code { "{" (variable.name()) "}" } }
                        dd { (visit.t(variable.key())) }
                    }
                }
            }
        },
    )
}
