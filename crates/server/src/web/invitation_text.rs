//! Edit Invitation: the text of the invitation in each language, with preview and the way back (section 5.1).

use axum::response::Response;
use domain::language::Language;
use domain::permission::Permission;
use jiff::SignedDuration;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::parts::page::{Tab, back, head_with};
use super::parts::{Look, button, field, panel, tabs};
use super::pick;
use crate::actions::invitations::{self, LONGEST_BODY, LONGEST_SUBJECT, Text, Values, Variable};
use crate::format::Format;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::mail;
use crate::problem::Problem;
use crate::store;
use crate::words::Words;

const HERE: &str = "/partners/invitation-text";

/// `GET /partners/invitation-text`
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::EditInvitation)?;
    let language = chosen(&visit, &pick::query(&visit));
    let (text, own) =
        visit.read(move |tx, acting| invitations::text(tx, acting.actor.company, language)).await?;
    let fields = Fields::default().with("subject", text.subject).with("body", text.body);
    let form = Form::fresh(fields);
    let page = page(&visit, &form, language, own, None).await?;
    Ok(form.answer(page))
}

/// `POST /partners/invitation-text`
pub async fn update(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::EditInvitation)?;
    let (language, text) = (chosen(&visit, &fields), typed(&fields));
    let saved = visit.write(move |tx, acting| invitations::change(tx, acting, language, &text));
    match saved.await {
        Ok(()) => Ok(go(&here(language), "done-invitation-text-saved")),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            let page = page(&visit, &form, language, true, None).await?;
            Ok(form.answer(page))
        }
    }
}

/// `POST /partners/invitation-text/preview`: shows it with sample values and saves nothing.
pub async fn preview(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::EditInvitation)?;
    let (language, text) = (chosen(&visit, &fields), typed(&fields));
    match invitations::mistakes(&text).check() {
        Ok(()) => {
            let form = Form::fresh(fields);
            let page = page(&visit, &form, language, true, Some(&text)).await?;
            Ok(form.answer(page))
        }
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            let page = page(&visit, &form, language, true, None).await?;
            Ok(form.answer(page))
        }
    }
}

/// `POST /partners/invitation-text/standard`: back to the text everybody starts with.
pub async fn reset(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let language = chosen(&visit, &fields);
    visit.write(move |tx, acting| invitations::reset(tx, acting, language)).await?;
    Ok(go(&here(language), "done-invitation-text-reset"))
}

fn here(language: Language) -> String {
    format!("{HERE}?language={}", language.code())
}

fn chosen(visit: &Visit, fields: &Fields) -> Language {
    Language::from_name(fields.get("language")).unwrap_or(visit.format.language)
}

fn typed(fields: &Fields) -> Text {
    Text { subject: fields.text("subject"), body: fields.text("body") }
}

async fn page(
    visit: &Visit,
    form: &Form,
    language: Language,
    own: bool,
    preview: Option<&Text>,
) -> Result<Markup, Problem> {
    let values = sample(visit, language).await?;
    let title = visit.t("invitation-text-title");
    let list: Vec<Tab> = [
        (Language::De, "Deutsch", "/partners/invitation-text?language=de"),
        (Language::En, "English", "/partners/invitation-text?language=en"),
    ]
    .map(|(each, label, href)| Tab { label, href, current: each == language, count: None })
    .to_vec();
    let body = html! {
        (head_with(&back(visit.t("partner-title"), "/partners"), &html! { (title) },
                   &html! { (visit.t("invitation-text-subtitle")) }, &html! {}))
        (tabs(visit.t("invitation-text-language"), &list))
        (form.summary())
        @if let Some(text) = preview { (shown(visit, language, text, &values)) }
        (editor(visit, form, language))
        @if own {
            form.inline method="post" action={ (HERE) "/standard" } {
                (field::hidden("language", language.code()))
                (button::submit(visit.t("invitation-text-reset"), Look::Quiet))
            }
        }
        (variables(visit, &values))
    };
    Ok(visit.page(title, &body))
}

fn editor(visit: &Visit, form: &Form, language: Language) -> Markup {
    html! {
        form.sheet method="post" action=(HERE) data-warn-unsaved {
            (field::hidden("language", language.code()))
            (field::text(form.field("subject", visit.t("invitation-text-subject")).required().maxlength(LONGEST_SUBJECT).wide()))
            (field::textarea(form.field("body", visit.t("invitation-text-body")).hint(visit.t("invitation-text-hint"))
                .required().maxlength(LONGEST_BODY).wide(), 16))
            (button::row(&html! {
                (button::submit(visit.t("form-save"), Look::Primary))
                (button::submit_to(visit.t("invitation-text-preview"), &format!("{HERE}/preview"), Look::Plain))
                (button::link(visit.t("form-cancel"), "/partners", Look::Quiet, None))
            }))
        }
    }
}

fn shown(visit: &Visit, language: Language, text: &Text, values: &Values) -> Markup {
    let filled = invitations::fill(language, text, values);
    panel(
        visit.t("invitation-text-preview"),
        &html! {},
        &html! {
            p.hint { (visit.t("invitation-text-preview-hint")) }
            div lang=(language.code()) {
                p { strong { (filled.subject) } }
                (mail::paragraphs(&filled.plain))
            }
        },
    )
}

fn variables(visit: &Visit, values: &Values) -> Markup {
    panel(
        visit.t("invitation-variables"),
        &html! {},
        &html! {
            p.hint { (visit.t("invitation-variables-hint")) }
            dl.facts {
                @for variable in Variable::ALL {
                    div {
                        dt { code { "{" (variable.name()) "}" } }
                        dd { (visit.t(variable.key())) span.detail { " – " (values.of(variable)) } }
                    }
                }
            }
        },
    )
}

/// Own company and person as they are; a recipient that nobody is.
async fn sample(visit: &Visit, language: Language) -> Result<Values, Problem> {
    let (company, person) = visit
        .read(|tx, acting| {
            let company =
                store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
            let person = store::people::of(tx, acting.actor.company, acting.actor.person)?;
            Ok((company, person.ok_or(Problem::NotFound)?))
        })
        .await?;
    let words = Words::of(language);
    let format = Format { language, ..visit.format.clone() };
    let until =
        visit.now().saturating_add(SignedDuration::from_hours(30 * 24)).unwrap_or(visit.now());
    Ok(Values {
        company: company.name,
        sender: person.name(),
        sender_email: person.email,
        sender_phone: person.phone,
        first_name: words.t("invitation-sample-first-name").to_owned(),
        last_name: words.t("invitation-sample-last-name").to_owned(),
        organization: words.t("invitation-sample-organization").to_owned(),
        link: format!("{}/invitation/…", visit.acting.base_url),
        expires: format.date(until),
    })
}
