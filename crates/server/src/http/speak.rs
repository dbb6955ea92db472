//! Tells a problem in the visitor's language. `IntoResponse` leaves the words open; this layer fills them in.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{HOST, LOCATION, REFERER};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use jiff::tz::TimeZone;

use super::visit::{Visit, browser_language};
use crate::app::App;
use crate::format::Format;
use crate::problem::Problem;
use crate::web::trouble;
use crate::words::Words;

/// Set by the visit once it knows who stands there; read when a problem has to be told.
#[derive(Clone, Default)]
pub struct Speaker(Arc<OnceLock<Visit>>);

impl Speaker {
    /// Remembers the visitor for the answer.
    pub fn introduce(&self, visit: &Visit) {
        let _ = self.0.set(visit.clone());
    }

    /// The visitor, once they are known.
    pub fn visit(&self) -> Option<&Visit> {
        self.0.get()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::Forbidden(_) | Self::Colleagues => StatusCode::FORBIDDEN,
            Self::Refused(_) | Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale => StatusCode::CONFLICT,
            Self::Odd(status, _) => *status,
            Self::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The sentence for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::NotFound | Self::SignIn => Message::new("problem-not-found"),
            Self::Forbidden(refusal) | Self::Refused(refusal) => refusal.message(),
            Self::Colleagues => Message::new("problem-colleagues-item"),
            Self::Stale => Message::new("problem-stale"),
            Self::Invalid(mistakes) => mistakes
                .0
                .first()
                .map_or_else(|| Message::new("problem-unreadable"), |(_, message)| message.clone()),
            Self::Odd(_, message) => message.clone(),
            Self::Overloaded => Message::new("problem-overloaded"),
            Self::Broken(_) => Message::new("problem-broken"),
        }
    }
}

/// Turns a problem into a page; anything else passes.
pub async fn speak(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let speaker = Speaker::default();
    request.extensions_mut().insert(speaker.clone());
    let language = browser_language(request.headers());
    let here = way_back(&request);
    let response = next.run(request).await;
    let Some(problem) = told(&response) else { return response };
    if matches!(*problem, Problem::SignIn) {
        return to_sign_in(&here);
    }
    let reference = log(&problem);
    let status = problem.status();
    let page = if let Some(visit) = speaker.visit() {
        trouble::inside(visit, status, &visit.say(&problem.message()), reference.as_deref())
    } else {
        let format = Format { language, zone: TimeZone::UTC, now: app.clock.now() };
        let words = Words::of(language);
        trouble::outside(
            words,
            status,
            &words.say(&problem.message(), &format),
            reference.as_deref(),
        )
    };
    (status, page).into_response()
}

/// A problem of ours, or a bare refusal of the router (no such route, wrong method, too large).
fn told(response: &Response) -> Option<Arc<Problem>> {
    if let Some(problem) = response.extensions().get::<Arc<Problem>>() {
        return Some(Arc::clone(problem));
    }
    let bare = response
        .headers()
        .get(axum::http::header::CONTENT_TYPE)
        .is_none_or(|kind| kind == "text/plain; charset=utf-8");
    let status = response.status();
    if !bare || status.is_success() || status.is_redirection() || status.is_informational() {
        return None;
    }
    let problem = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Problem::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::Odd(status, Message::new("problem-too-large")),
        status if status.is_server_error() => {
            Problem::Broken(anyhow::anyhow!("bare answer {status}"))
        }
        // A path or query of ours that does not read is an address that does not exist.
        _ => Problem::NotFound,
    };
    Some(Arc::new(problem))
}

/// Where to go on after signing in: this page, or the one whose form was sent.
fn way_back(request: &Request) -> String {
    if request.method() == axum::http::Method::GET {
        return request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    }
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let origin = text(REFERER).and_then(|referer| referer.split_once("://"));
    match (origin.and_then(|(_, rest)| rest.split_once('/')), text(HOST)) {
        (Some((place, path)), Some(host)) if place == host => format!("/{path}"),
        _ => String::new(),
    }
}

fn to_sign_in(here: &str) -> Response {
    let back = if matches!(here, "" | "/") {
        "/sign-in".to_owned()
    } else {
        let query = serde_urlencoded::to_string([("next", here)]).unwrap_or_default();
        format!("/sign-in?{query}")
    };
    (StatusCode::SEE_OTHER, [(LOCATION, back)]).into_response()
}

/// Logs what is our fault, once, with a number the person can quote.
fn log(problem: &Problem) -> Option<String> {
    match problem {
        Problem::Broken(error) => {
            let reference = uuid::Uuid::now_v7().simple().to_string();
            tracing::error!(reference, "{error:#}");
            Some(reference)
        }
        Problem::Overloaded => {
            tracing::warn!("too many requests at once");
            None
        }
        _ => None,
    }
}
