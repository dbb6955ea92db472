//! Setting up an empty installation, once: the company and its first administrator, who also runs the installation.

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
use super::parts::{Look, button, field};
use crate::actions::companies::{self, Founding};
use crate::actions::{check, sessions, tokens};
use crate::http::cookie;
use crate::http::fields::Fields;
use crate::http::visit::Stranger;
use crate::problem::{Mistakes, Problem};
use crate::secret;
use crate::store;
use crate::store::companies::NewCompany;
use crate::store::people::NewPerson;

/// `GET /setup`
pub async fn show(stranger: Stranger) -> Result<Response, Problem> {
    is_empty(&stranger).await?;
    let query = stranger.here.split_once('?').map_or("", |(_, query)| query);
    let fields = Fields::default()
        .with("token", Fields::parse(query).get("token"))
        .with("language", stranger.words.language.code())
        .with("time_zone", "Europe/Berlin")
        .with("currency", Currency::Eur.code());
    Ok(page(&stranger, &Form::fresh(fields)))
}

/// Once somebody lives here this page is not there.
async fn is_empty(stranger: &Stranger) -> Result<(), Problem> {
    let inhabited = stranger.app.db.read(store::companies::any).await?;
    if inhabited { Err(Problem::NotFound) } else { Ok(()) }
}

/// `POST /setup`
pub async fn create(stranger: Stranger, fields: Fields) -> Result<Response, Problem> {
    is_empty(&stranger).await?;
    match found(&stranger, &fields).await {
        Ok(token) => {
            let mut response = go("/tickets", "done-setup");
            let session = cookie::set(&stranger.app.config, &token);
            response.headers_mut().insert(SET_COOKIE, session);
            Ok(response)
        }
        Err(problem) => Ok(page(&stranger, &stranger.returned(fields, problem)?)),
    }
}

async fn found(stranger: &Stranger, fields: &Fields) -> Result<String, Problem> {
    let app = &stranger.app;
    let mut founding = typed(fields);
    let password = fields.get("password");
    let mut mistakes = Mistakes::default();
    if let Some(wait) = tokens::wait(app, &stranger.ip, stranger.now).await? {
        return Err(Mistakes::one("token", wait));
    }
    // Comparing digests takes the same time however much of the token was guessed.
    if fields.get("token").trim().is_empty() {
        mistakes.add("token", Message::new("mistake-missing"));
    } else if secret::digest(fields.get("token").trim()) != secret::digest(&app.setup_token) {
        tokens::missed(app, &stranger.ip, stranger.now).await?;
        mistakes.add("token", Message::new("mistake-setup-token"));
    }
    if Currency::from_code(fields.get("currency")).is_none() {
        mistakes.add("currency", Message::new("mistake-choice"));
    }
    mistakes.0.extend(companies::mistakes(&founding, password).0);
    let twice = (password, fields.get("repeat"));
    check::repeated(&mut mistakes, "repeat", twice, "register-repeat-differs");
    mistakes.check()?;
    founding.person.password_hash = sessions::hash(app, password.to_owned()).await?;
    let (now, email) = (stranger.now, founding.person.email.clone());
    let ip = stranger.ip.clone();
    app.db.write(move |tx| companies::found_first(tx, &founding, now, &ip)).await?;
    sessions::sign_in(app, &email, password, &stranger.ip, stranger.token.as_deref()).await
}

fn typed(fields: &Fields) -> Founding {
    Founding {
        company: NewCompany {
            name: fields.text("company"),
            language: Language::from_code(fields.get("language")).unwrap_or(Language::De),
            time_zone: fields.text("time_zone"),
            currency: Currency::from_code(fields.get("currency")).unwrap_or(Currency::Eur),
        },
        person: NewPerson {
            email: fields.text("email"),
            first_name: fields.text("first_name"),
            last_name: fields.text("last_name"),
            phone: String::new(),
            password_hash: String::new(),
            security: SecurityLevel::Administrator,
            outsourcing: OutsourcingLevel::All,
            operator: true,
        },
    }
}

fn page(stranger: &Stranger, form: &Form) -> Response {
    let title = stranger.t("setup-title");
    let token = form.field("token", stranger.t("setup-token")).required().wide();
    let body = html! {
        h1 { (title) }
        p.muted { (stranger.t("setup-text")) }
        (form.summary())
        form method="post" action="/setup" {
            (field::text(token.hint(stranger.t("setup-token-hint")).autocomplete("off")))
            (field::group(stranger.t("company-title"), None, &company(stranger, form)))
            (field::group(stranger.t("setup-person"), None, &person(stranger, form)))
            (button::row(&button::submit(stranger.t("setup-submit"), Look::Primary)))
        }
    };
    form.answer(stranger.page(title, true, body))
}

fn company(stranger: &Stranger, form: &Form) -> Markup {
    let zones = choices::zones(form.value("time_zone"));
    let name = form.field("company", stranger.t("company-name")).required().maxlength(100).wide();
    let language = form.field("language", stranger.t("company-language")).required();
    let zone = form.field("time_zone", stranger.t("company-time-zone")).required();
    let currency = form.field("currency", stranger.t("company-currency")).required();
    html! {
        (field::text(name.autocomplete("organization")))
        (field::select(language, &choices::LANGUAGES))
        (field::select(zone, &choices::plain(&zones)))
        (field::select(currency, &choices::currencies()))
    }
}

fn person(stranger: &Stranger, form: &Form) -> Markup {
    let name = limits::PERSON_NAME;
    let first = form.field("first_name", stranger.t("person-first-name")).maxlength(name);
    let last = form.field("last_name", stranger.t("person-last-name")).maxlength(name);
    let email = form.field("email", stranger.t("person-email")).maxlength(limits::EMAIL);
    let password = form.field("password", stranger.t("sign-in-password")).required();
    let repeat = form.field("repeat", stranger.t("register-repeat")).required();
    html! {
        (field::text(first.required().autocomplete("given-name")))
        (field::text(last.required().autocomplete("family-name")))
        (field::email(email.required().autocomplete("username").wide()))
        (field::password(password.hint(stranger.t("password-hint")).autocomplete("new-password")))
        (field::password(repeat.autocomplete("new-password")))
    }
}
