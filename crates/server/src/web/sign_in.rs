//! Signing in and out.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use maud::{Markup, html};

use super::forms::{Form, go, own_path};
use super::parts::{Look, button, field};
use crate::actions::{check, sessions};
use crate::app::App;
use crate::http::cookie;
use crate::http::fields::Fields;
use crate::http::visit::{Stranger, Visit};
use crate::problem::{Mistakes, Problem};

/// `GET /`
pub async fn home(visit: Visit) -> Response {
    use domain::permission::Permission;
    let outsources = visit.actor().agreement && visit.may(Permission::SeeDashboard);
    go(if outsources { "/outsource" } else { "/tickets" }, "")
}

/// `GET /sign-in`
pub async fn show(stranger: Stranger) -> Result<Response, Problem> {
    if !stranger.app.db.read(crate::store::companies::any).await? {
        return Ok(go("/setup", ""));
    }
    let query = stranger.here.split_once('?').map_or("", |(_, query)| query).to_owned();
    let form = Form::fresh(Fields::parse(&query));
    Ok(form.answer(page(&stranger, &form)))
}

/// `POST /sign-in`
pub async fn create(stranger: Stranger, fields: Fields) -> Result<Response, Problem> {
    match attempt(&stranger, &fields).await {
        Ok(token) => {
            let to = own_path(fields.get("next"), "/").to_owned();
            let mut response = go(&to, "");
            response.headers_mut().insert(SET_COOKIE, cookie::set(&stranger.app.config, &token));
            Ok(response)
        }
        Err(problem) => {
            let form = stranger.returned(fields, problem)?;
            Ok(form.answer(page(&stranger, &form)))
        }
    }
}

async fn attempt(stranger: &Stranger, fields: &Fields) -> Result<String, Problem> {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "email", fields.get("email"), 254);
    if fields.get("password").is_empty() {
        mistakes.add("password", Message::new("mistake-missing"));
    } else if fields.get("password").len() > 1000 {
        mistakes.add("password", Message::new("sign-in-wrong"));
    }
    mistakes.check()?;
    let old = stranger.token.as_deref();
    sessions::sign_in(&stranger.app, fields.get("email"), fields.get("password"), &stranger.ip, old)
        .await
}

fn page(stranger: &Stranger, form: &Form) -> Markup {
    let title = stranger.t("sign-in-title");
    let body = html! {
        h1 { (title) }
        // Shown by the script, which keeps what was written.
        p.flash.tone-info role="status" hidden data-draft-kept { (stranger.t("sign-in-draft-kept")) }
        (form.summary())
        form method="post" action="/sign-in" {
            (field::hidden("next", form.value("next")))
            (field::email(form.field("email", stranger.t("sign-in-email")).required().autocomplete("username").autofocus()))
            (field::password(form.field("password", stranger.t("sign-in-password")).required().autocomplete("current-password")))
            (button::submit(title, Look::Primary))
        }
        p.hint { (stranger.t("sign-in-forgotten")) }
    };
    stranger.page(title, false, body)
}

/// `POST /sign-out`
pub async fn destroy(
    State(app): State<App>,
    stranger: Stranger,
    visit: Result<Visit, Problem>,
) -> Result<Response, Problem> {
    if let (Some(token), Ok(visit)) = (&stranger.token, &visit) {
        sessions::sign_out(&app, &visit.acting, token).await?;
    }
    Ok(([(SET_COOKIE, cookie::clear(&app.config))], go("/sign-in", "")).into_response())
}
