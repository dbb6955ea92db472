//! Registers a company through an invitation: the only way in for a company that is not here yet.

use axum::http::header::SET_COOKIE;
use axum::response::Response;
use domain::language::Language;
use domain::message::Message;
use domain::money::Currency;
use domain::permission::{OutsourcingLevel, SecurityLevel};
use domain::ticket::limits;
use maud::{Markup, html};

use super::choices;
use super::forms::{Form, go};
use super::invitation::{gone, reading};
use super::parts::{Look, button, field};
use crate::actions::companies::Founding;
use crate::actions::partnerships::answers::{self, Origin, Reading};
use crate::actions::{check, sessions};
use crate::http::cookie;
use crate::http::fields::Fields;
use crate::http::visit::Stranger;
use crate::problem::{Mistakes, Problem};
use crate::secret;
use crate::store::companies::NewCompany;
use crate::store::people::NewPerson;

/// `GET /register?invitation=…`
pub async fn show(stranger: Stranger) -> Result<Response, Problem> {
    let query = stranger.here.split_once('?').map_or("", |(_, query)| query);
    let token = Fields::parse(query).get("invitation").to_owned();
    let Some(reading) = reading(&stranger, &token).await? else { return Ok(gone(&stranger, None)) };
    let (first, last, email) = reading.recipient.clone().unwrap_or_default();
    let fields = Fields::default()
        .with("invitation", token)
        .with("company", reading.organization.clone())
        .with("language", stranger.words.language.code())
        .with("time_zone", reading.lead.time_zone.clone())
        .with("currency", reading.lead.currency.code())
        .with("first_name", first)
        .with("last_name", last)
        .with("email", email);
    let form = Form::fresh(fields);
    Ok(form.answer(page(&stranger, &form, &reading)))
}

/// `POST /register`
pub async fn create(stranger: Stranger, fields: Fields) -> Result<Response, Problem> {
    let token = fields.get("invitation").to_owned();
    let Some(reading) = reading(&stranger, &token).await? else { return Ok(gone(&stranger, None)) };
    match attempt(&stranger, &fields, &token).await {
        Ok(session) => {
            let mut response = go("/received", "done-registered");
            response.headers_mut().insert(SET_COOKIE, cookie::set(&stranger.app.config, &session));
            Ok(response)
        }
        Err(Problem::NotFound) => Ok(gone(&stranger, None)),
        Err(problem) => {
            let form = stranger.returned(fields, problem)?;
            Ok(form.answer(page(&stranger, &form, &reading)))
        }
    }
}

/// Founds the company and signs in; the new session's token.
async fn attempt(stranger: &Stranger, fields: &Fields, token: &str) -> Result<String, Problem> {
    let password = fields.get("password").to_owned();
    let mut founding = typed(fields)?;
    let mut mistakes = answers::mistakes(&founding, &password);
    let twice = (password.as_str(), fields.get("repeat"));
    check::repeated(&mut mistakes, "repeat", twice, "register-repeat-differs");
    mistakes.check()?;
    founding.person.password_hash = sessions::hash(&stranger.app, password).await?;
    let session = secret::token()?;
    let digest = secret::digest(&session);
    let origin = Origin {
        now: stranger.now,
        ip: stranger.ip.clone(),
        base_url: stranger.app.config.public_url.as_str().into(),
        languages: stranger.app.config.languages,
    };
    let token = token.to_owned();
    let registered =
        move |tx: &mut db::Tx| answers::register(tx, &token, &founding, &digest, &origin);
    stranger.app.db.write(registered).await?;
    Ok(session)
}

fn typed(fields: &Fields) -> Result<Founding, Problem> {
    let choice = |field| Mistakes::one(field, Message::new("mistake-choice"));
    let language = Language::from_name(fields.get("language")).ok_or_else(|| choice("language"))?;
    let currency = Currency::from_code(fields.get("currency")).ok_or_else(|| choice("currency"))?;
    Ok(Founding {
        company: NewCompany {
            name: fields.text("company"),
            language,
            time_zone: fields.text("time_zone"),
            currency,
        },
        person: NewPerson {
            email: fields.text("email").to_lowercase(),
            first_name: fields.text("first_name"),
            last_name: fields.text("last_name"),
            phone: fields.text("phone"),
            password_hash: String::new(),
            security: SecurityLevel::Administrator,
            outsourcing: OutsourcingLevel::All,
            operator: false,
        },
    })
}

fn page(stranger: &Stranger, form: &Form, reading: &Reading) -> Markup {
    let title = stranger.t("register-title");
    let hint = Message::new("register-hint").with("lead", reading.lead.name.as_str());
    let body = html! {
        h1 { (title) }
        p { (stranger.say(&hint)) }
        (form.summary())
        form method="post" action="/register" data-warn-unsaved {
            (field::hidden("invitation", form.value("invitation")))
            (company(stranger, form))
            (person(stranger, form))
            (button::row(&html! {
                (button::submit(stranger.t("register-submit"), Look::Primary))
                (button::link(stranger.t("form-cancel"), &format!("/invitation/{}", form.value("invitation")), Look::Quiet, None))
            }))
        }
    };
    stranger.page(title, true, body)
}

fn company(stranger: &Stranger, form: &Form) -> Markup {
    let zones = choices::zones(form.value("time_zone"));
    field::group(
        stranger.t("register-company"),
        None,
        &html! {
            (field::text(form.field("company", stranger.t("register-name")).required().maxlength(limits::ORGANIZATION_NAME)
                .autocomplete("organization").wide()))
            (field::select(form.field("language", stranger.t("register-language")).required(), &choices::LANGUAGES))
            (field::select(form.field("time_zone", stranger.t("register-time-zone")).required(), &choices::plain(&zones)))
            (field::select(form.field("currency", stranger.t("register-currency")).required(), &choices::currencies()))
        },
    )
}

fn person(stranger: &Stranger, form: &Form) -> Markup {
    field::group(
        stranger.t("register-person"),
        Some(stranger.t("register-person-hint")),
        &html! {
            (field::text(form.field("first_name", stranger.t("register-first-name")).required().maxlength(limits::PERSON_NAME)
                .autocomplete("given-name")))
            (field::text(form.field("last_name", stranger.t("register-last-name")).required().maxlength(limits::PERSON_NAME)
                .autocomplete("family-name")))
            (field::email(form.field("email", stranger.t("register-email")).required().maxlength(limits::EMAIL)
                .autocomplete("username")))
            (field::phone(form.field("phone", stranger.t("register-phone")).maxlength(limits::PHONE).autocomplete("tel")))
            (field::password(form.field("password", stranger.t("register-password")).required()
                .hint(stranger.t("password-hint")).autocomplete("new-password")))
            (field::password(form.field("repeat", stranger.t("register-repeat")).required().autocomplete("new-password")))
        },
    )
}
