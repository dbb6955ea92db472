//! The page that tells a problem.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::frame::{Bare, bare};
use super::parts::{Icon, Look, button, empty_state};
use crate::http::visit::Visit;
use crate::words::Words;

/// For somebody who is signed in: inside the frame, with the ways on from here.
pub fn inside(
    visit: &Visit,
    status: StatusCode,
    sentence: &str,
    reference: Option<&str>,
) -> Markup {
    let body = told(visit.words, status, sentence, reference);
    visit.page(visit.t(title(status)), &body)
}

/// For a stranger.
pub fn outside(
    words: &Words,
    status: StatusCode,
    sentence: &str,
    reference: Option<&str>,
) -> Markup {
    bare(&Bare {
        words,
        title: words.t(title(status)),
        wide: false,
        here: "/",
        body: told(words, status, sentence, reference),
    })
}

fn told(words: &Words, status: StatusCode, sentence: &str, reference: Option<&str>) -> Markup {
    let home = button::link(words.t("problem-home"), "/", Look::Primary, None);
    html! {
        h1.visually-hidden { (words.t(title(status))) }
        (empty_state(picture(status), words.t(title(status)), sentence, &home))
        @if let Some(reference) = reference {
            p.hint { (words.t("problem-reference")) " " code { (reference) } }
        }
    }
}

fn picture(status: StatusCode) -> Icon {
    match status {
        StatusCode::NOT_FOUND => Icon::Search,
        StatusCode::FORBIDDEN => Icon::Lock,
        StatusCode::CONFLICT => Icon::People,
        _ => Icon::Warning,
    }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "problem-title-not-found",
        StatusCode::FORBIDDEN => "problem-title-forbidden",
        StatusCode::CONFLICT => "problem-title-stale",
        StatusCode::UNPROCESSABLE_ENTITY => "problem-title-refused",
        StatusCode::SERVICE_UNAVAILABLE => "problem-title-overloaded",
        status if status.is_server_error() => "problem-title-broken",
        _ => "problem-title-odd",
    }
}
