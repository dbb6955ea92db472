//! An invitation as the invited one sees it: who invites, what it means, accept or decline (section 5.2).
//! A token that opens nothing – wrong, used, withdrawn, too old – always leads to the same page.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use domain::permission::Permission;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::parts::{Icon, Look, Tone, button, definition_list, empty_state, flash};
use crate::actions::partnerships::answers::{self, Reading};
use crate::actions::tokens;
use crate::http::fields::Fields;
use crate::http::visit::{Stranger, Visit};
use crate::problem::Problem;

/// `GET /invitation/{token}`
pub async fn show(
    stranger: Stranger,
    visit: Result<Visit, Problem>,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    page(&stranger, visit.ok().as_ref(), &token, &Form::fresh(Fields::default())).await
}

/// `POST /invitation/{token}/acceptance`
pub async fn accept(
    stranger: Stranger,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    guard(&stranger).await?;
    let known = token.clone();
    let answered = visit.write(move |tx, acting| answers::accept(tx, acting, &known)).await;
    after(&stranger, &visit, &token, answered, ("/received", "done-invitation-accepted")).await
}

/// `POST /invitation/{token}/refusal`
pub async fn decline(
    stranger: Stranger,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    guard(&stranger).await?;
    let known = token.clone();
    let answered = visit.write(move |tx, acting| answers::decline(tx, acting, &known)).await;
    after(&stranger, &visit, &token, answered, ("/tickets", "done-invitation-declined")).await
}

async fn after(
    stranger: &Stranger,
    visit: &Visit,
    token: &str,
    answered: Result<(), Problem>,
    (to, done): (&str, &str),
) -> Result<Response, Problem> {
    match answered {
        Ok(()) => Ok(go(to, done)),
        Err(Problem::NotFound) => {
            tokens::missed(&stranger.app, &stranger.ip, stranger.now).await?;
            Ok(gone(stranger, Some(visit)))
        }
        Err(problem) => {
            let form = visit.returned(Fields::default(), problem)?;
            page(stranger, Some(visit), token, &form).await
        }
    }
}

/// Stops the request of an address that has tried too many tokens.
async fn guard(stranger: &Stranger) -> Result<(), Problem> {
    match tokens::wait(&stranger.app, &stranger.ip, stranger.now).await? {
        Some(message) => Err(Problem::Odd(StatusCode::TOO_MANY_REQUESTS, message)),
        None => Ok(()),
    }
}

/// The invitation behind a token, if it can be answered. Whoever tries many waits.
pub async fn reading(stranger: &Stranger, token: &str) -> Result<Option<Reading>, Problem> {
    guard(stranger).await?;
    let (token, now) = (token.to_owned(), stranger.now);
    match stranger.app.db.read(move |tx| answers::read(tx, &token, now)).await {
        Ok(reading) => Ok(Some(reading)),
        Err(Problem::NotFound) => {
            tokens::missed(&stranger.app, &stranger.ip, now).await?;
            Ok(None)
        }
        Err(problem) => Err(problem),
    }
}

/// There is nothing behind this token.
pub fn gone(stranger: &Stranger, visit: Option<&Visit>) -> Response {
    let words = visit.map_or(stranger.words, |visit| visit.words);
    let title = words.t("invitation-gone-title");
    let (label, href) = match visit {
        Some(_) => ("problem-home", "/"),
        None => ("sign-in-title", "/sign-in"),
    };
    let way = button::link(words.t(label), href, Look::Plain, None);
    let body = html! {
        h1.visually-hidden { (title) }
        (empty_state(Icon::Mail, title, words.t("invitation-gone"), &way))
    };
    (StatusCode::NOT_FOUND, around(stranger, visit, title, body)).into_response()
}

fn around(stranger: &Stranger, visit: Option<&Visit>, title: &str, body: Markup) -> Markup {
    match visit {
        Some(visit) => visit.page(title, &body),
        None => stranger.page(title, true, body),
    }
}

async fn page(
    stranger: &Stranger,
    visit: Option<&Visit>,
    token: &str,
    form: &Form,
) -> Result<Response, Problem> {
    let Some(reading) = reading(stranger, token).await? else { return Ok(gone(stranger, visit)) };
    let words = visit.map_or(stranger.words, |visit| visit.words);
    let (obstacle, answer) = match visit {
        Some(visit) => signed_in(visit, &reading, token).await?,
        None => (html! {}, not_signed_in(stranger, token)),
    };
    let say =
        |message: &Message| visit.map_or_else(|| stranger.say(message), |visit| visit.say(message));
    let lead = reading.lead.name.as_str();
    let title = words.t("invitation-title");
    let until = visit.map_or(&stranger.format, |visit| &visit.format).date(reading.expires_at);
    let body = html! {
        h1 { (title) }
        (form.summary())
        (obstacle)
        p.lead { (say(&Message::new("invitation-says").with("lead", lead))) }
        (definition_list(&[
            (words.t("invitation-lead"), html! { (lead) }),
            (words.t("invitation-sender"), html! { (reading.sender) }),
            (words.t("invitation-organization"), html! { (reading.organization) }),
            (words.t("invitation-until"), html! { (until) }),
        ]))
        h2 { (words.t("invitation-meaning")) }
        ul.prose {
            @for key in ["invitation-meaning-tickets", "invitation-meaning-choice", "invitation-meaning-own",
                         "invitation-meaning-separate", "invitation-meaning-free"] {
                li { (say(&Message::new(key).with("lead", lead))) }
            }
        }
        (answer)
    };
    Ok(form.answer(around(stranger, visit, title, body)))
}

fn not_signed_in(stranger: &Stranger, token: &str) -> Markup {
    let sign_in = format!("/sign-in?next=/invitation/{token}");
    let register = format!("/register?invitation={token}");
    html! {
        p { (stranger.t("invitation-how")) }
        (button::row(&html! {
            (button::link(stranger.t("invitation-sign-in"), &sign_in, Look::Primary, None))
            (button::link(stranger.t("invitation-register"), &register, Look::Plain, None))
        }))
    }
}

/// What stands against an answer, to be read first; or the answers, below what the invitation means.
async fn signed_in(
    visit: &Visit,
    reading: &Reading,
    token: &str,
) -> Result<(Markup, Markup), Problem> {
    if !visit.may(Permission::AdministerCompany) {
        return Ok((flash(Tone::Info, visit.t("invitation-administrator")), html! {}));
    }
    let lead = reading.lead.clone();
    let obstacle = visit.read(move |tx, acting| answers::obstacle(tx, acting, &lead)).await?;
    if let Some(message) = obstacle {
        return Ok((flash(Tone::Warning, &visit.say(&message)), html! {}));
    }
    let company = Message::new("invitation-for").with("company", visit.frame.company.as_str());
    let answers = html! {
        p { (visit.say(&company)) }
        (button::row(&html! {
            (button::post(visit.t("invitation-accept"), &format!("/invitation/{token}/acceptance"), Look::Primary, Some(Icon::Check)))
            (button::post(visit.t("invitation-decline"), &format!("/invitation/{token}/refusal"), Look::Plain, Some(Icon::Close)))
        }))
    };
    Ok((html! {}, answers))
}
