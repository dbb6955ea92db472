//! The outsourcing agreement (section 3): accepted once for the whole company, readable ever after.

use axum::response::Response;
use domain::message::Message;
use domain::permission::Permission;
use jiff::Timestamp;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::parts::page::{flash_with, panel_bare};
use super::parts::{Icon, Look, Tone, button, field, flash, page_head};
use crate::actions;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;

/// Headings and texts of the agreement, in order.
const PARTS: [(&str, &str); 10] = [
    ("agreement-scope", "agreement-scope-text"),
    ("agreement-roles", "agreement-roles-text"),
    ("agreement-offer", "agreement-offer-text"),
    ("agreement-exchange", "agreement-exchange-text"),
    ("agreement-privacy", "agreement-privacy-text"),
    ("agreement-secrecy", "agreement-secrecy-text"),
    ("agreement-pay", "agreement-pay-text"),
    ("agreement-fee", "agreement-fee-text"),
    ("agreement-liability", "agreement-liability-text"),
    ("agreement-duration", "agreement-duration-text"),
];

/// `GET /outsource/agreement`
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    if !visit.actor().agreement {
        visit.require(Permission::AcceptAgreement)?;
        return Ok(offer(&visit, &Form::fresh(Fields::default())));
    }
    visit.require(Permission::ReadAgreement)?;
    let company = visit
        .read(|tx, acting| store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound))
        .await?;
    let (name, at) = company.agreement.ok_or(Problem::NotFound)?;
    let title = visit.t("agreement-title");
    let body = html! {
        (page_head(title, None, &html! {}))
        (flash(Tone::Success, &accepted(&visit, &name, at)))
        (panel_bare(&html! { div.document { (text(&visit)) } }))
    };
    Ok(Form::fresh(Fields::default()).answer(visit.page(title, &body)))
}

fn accepted(visit: &Visit, name: &str, at: Timestamp) -> String {
    visit.say(&Message::new("agreement-accepted").with("name", name).with("at", at))
}

/// On the dashboard while it is not accepted: what is missing, and the way to it for whoever may accept.
pub fn notice(visit: &Visit) -> Markup {
    if visit.actor().agreement {
        return html! {};
    }
    let may = visit.may(Permission::AcceptAgreement);
    flash_with(
        Tone::Info,
        &html! {
            p { (visit.t(if may { "agreement-missing" } else { "agreement-missing-other" })) }
            @if may { p { (button::link(visit.t("agreement-open"), "/outsource/agreement", Look::Primary, Some(Icon::Agreement))) } }
        },
    )
}

/// `POST /outsource/agreement`
pub async fn accept(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::AcceptAgreement)?;
    let agreed = fields.ticked("agree");
    let accepted =
        visit.write(move |tx, acting| actions::agreement::accept(tx, acting, agreed)).await;
    match accepted {
        Ok(()) => Ok(go("/outsource?list=my-open", "done-agreement-accepted")),
        Err(problem) => Ok(offer(&visit, &visit.returned(fields, problem)?)),
    }
}

fn offer(visit: &Visit, form: &Form) -> Response {
    let title = visit.t("agreement-title");
    let agree = form.field("agree", visit.t("agreement-agree")).required().wide();
    let body = html! {
        (page_head(title, Some(visit.t("agreement-intro")), &html! {}))
        (form.summary())
        (panel_bare(&html! { div.document { (text(visit)) } }))
        // The browser must not stop an empty tick by itself: the answer says why it is needed.
        form.form method="post" action="/outsource/agreement" novalidate {
            (field::checkbox(agree, form.ticked("agree")))
            (button::row(&button::submit(visit.t("agreement-submit"), Look::Primary)))
        }
    };
    form.answer(visit.page(title, &body))
}

fn text(visit: &Visit) -> Markup {
    html! {
        @for (number, (heading, text)) in (1..).zip(PARTS) {
            h2 { (number) ". " (visit.t(heading)) }
            p { (visit.t(text)) }
        }
    }
}
