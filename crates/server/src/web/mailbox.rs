//! The mailbox of the installation, for its operator: what was sent, what waits, what failed and why.

use axum::extract::Path;
use axum::response::Response;
use domain::permission::Permission;
use maud::{Markup, html};

use super::forms::go;
use super::parts::mark::email;
use super::parts::page::{back, head_with};
use super::parts::{
    Choice, Icon, Look, Tone, button, chip, definition_list, empty_state, field, flash, page_head,
    pager, panel, table,
};
use super::pick;
use crate::actions;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::mail::paragraphs;
use crate::problem::Problem;
use crate::store;
use crate::store::PAGE;
use crate::store::mails::{Mail, State};

const HERE: &str = "/operator/mailbox";

/// `GET /operator/mailbox`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    visit.require(Permission::ReadMailbox)?;
    let query = pick::query(&visit);
    let text: String = query.text("q").chars().take(200).collect();
    let (state, before) = (State::from_name(query.get("state")), query.number("before"));
    let mut mails =
        visit.read(move |tx, _| Ok(store::mails::page(tx, &text, state, before)?)).await?;
    let more = pick::cut(&mut mails, PAGE);
    let last = mails.last().filter(|_| more);
    let next = last.map(|mail| pick::address(&query, "before", &mail.id.to_string()));
    let first =
        query.has("before").then(|| format!("{HERE}{}", pick::address(&query, "before", "")));
    let title = visit.t("mailbox-title");
    let body = html! {
        (page_head(title, Some(visit.t("mailbox-subtitle")), &html! {}))
        @if visit.app.config.smtp_url.is_none() { (flash(Tone::Info, visit.t("mailbox-no-server"))) }
        (filters(&visit, &query))
        @if mails.is_empty() {
            (nothing(&visit, &query))
        } @else {
            (list(&visit, &mails))
            (pager(visit.t("pager-label"), "", (visit.t("pager-first"), first.as_deref()),
                   (visit.t("pager-next"), next.as_deref())))
        }
    };
    Ok(visit.page(title, &body))
}

fn nothing(visit: &Visit, query: &Fields) -> Markup {
    if query.0.is_empty() {
        return empty_state(
            Icon::Mail,
            visit.t("mailbox-none"),
            visit.t("mailbox-none-hint"),
            &html! {},
        );
    }
    let reset = button::link(visit.t("form-reset"), HERE, Look::Plain, None);
    empty_state(
        Icon::Search,
        visit.t("mailbox-not-found"),
        visit.t("mailbox-not-found-hint"),
        &reset,
    )
}

fn filters(visit: &Visit, query: &Fields) -> Markup {
    let mut states = vec![Choice::new("", visit.t("mailbox-any-state"))];
    states.extend(State::ALL.map(|state| Choice::new(state.name(), visit.t(state_key(state)))));
    let fields = html! {
        (field::search("q", visit.t("mailbox-search"), query.get("q")))
        (field::filter("state", visit.t("mailbox-state"), query.get("state"), &states))
    };
    let filtered = query.has("q") || query.has("state");
    table::filters(
        HERE,
        &fields,
        visit.t("form-filter"),
        filtered.then(|| (visit.t("form-reset"), HERE)),
    )
}

fn list(visit: &Visit, mails: &[Mail]) -> Markup {
    let head = html! {
        (table::head(visit.t("mailbox-subject")))
        (table::head(visit.t("mailbox-to")))
        (table::head(visit.t("mailbox-state")))
        (table::head(visit.t("mailbox-written")))
    };
    let rows = html! {
        @for mail in mails {
            @let href = format!("{HERE}/{}", mail.id);
            (table::row(&href, &html! {
                (table::cell_title(&mail.subject, &href, None))
                (table::cell(visit.t("mailbox-to"), &html! {
                    span.stacked { span { (mail.to_name) } span.detail { (email(&mail.to_address)) } }
                }))
                (table::cell(visit.t("mailbox-state"), &state_chip(visit, mail.state)))
                (table::cell(visit.t("mailbox-written"), &html! { span.nowrap { (visit.format.near(mail.created_at)) } }))
            }))
        }
    };
    table::records(visit.t("mailbox-title"), &head, &rows)
}

/// How far a mail has got, as people read it.
pub fn state_chip(visit: &Visit, state: State) -> Markup {
    let tone = match state {
        State::Queued => Tone::Info,
        State::Sent => Tone::Success,
        State::Failed => Tone::Danger,
        State::Kept => Tone::Neutral,
    };
    chip(tone, visit.t(state_key(state)))
}

fn state_key(state: State) -> &'static str {
    match state {
        State::Queued => "mailbox-state-queued",
        State::Sent => "mailbox-state-sent",
        State::Failed => "mailbox-state-failed",
        State::Kept => "mailbox-state-kept",
    }
}

/// A mail without its text says nothing, and without a server none goes anywhere.
fn may_go_again(visit: &Visit, mail: &Mail) -> bool {
    let server = visit.app.config.smtp_url.is_some();
    server && matches!(mail.state, State::Failed | State::Kept) && !mail.body.is_empty()
}

/// `POST /operator/mailbox/{id}/sending`
pub async fn send_again(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::ReadMailbox)?;
    visit.write(move |tx, acting| actions::mailbox::send_again(tx, acting, id)).await?;
    Ok(go(&format!("{HERE}/{id}"), "done-mail-queued"))
}

/// `GET /operator/mailbox/{id}`
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Markup, Problem> {
    visit.require(Permission::ReadMailbox)?;
    let mail = visit.read(move |tx, _| store::mails::of(tx, id)?.ok_or(Problem::NotFound)).await?;
    let at = |at| html! { (visit.format.date_time(at)) };
    let mut facts = vec![
        (
            visit.t("mailbox-to"),
            html! { (mail.to_name) " " span.detail { (email(&mail.to_address)) } },
        ),
        (visit.t("mailbox-state"), state_chip(&visit, mail.state)),
        (visit.t("mailbox-written"), at(mail.created_at)),
        (visit.t("mailbox-attempts"), html! { (visit.format.number(mail.attempts)) }),
    ];
    if let Some(sent) = mail.sent_at {
        facts.push((visit.t("mailbox-sent"), at(sent)));
    }
    if mail.state == State::Queued {
        facts.push((visit.t("mailbox-next"), at(mail.next_at)));
    }
    if !mail.error.is_empty() {
        facts.push((visit.t("mailbox-error"), html! { (mail.error) }));
    }
    let body = html! {
        (head_with(&back(visit.t("mailbox-title"), HERE), &html! { (mail.subject) }, &html! {}, &html! {}))
        (definition_list(&facts))
        @if may_go_again(&visit, &mail) {
            (button::row(&html! {
                (button::post(visit.t("mailbox-again"), &format!("{HERE}/{id}/sending"), Look::Primary, Some(Icon::Mail)))
            }))
        }
        (panel(visit.t("mailbox-text"), &html! {}, &html! {
            @if mail.body.is_empty() {
                p.hint { (visit.t("mailbox-removed")) }
            } @else {
                div.prose lang=(mail.language.code()) { (paragraphs(&mail.body)) }
            }
        }))
    };
    Ok(visit.page(&mail.subject, &body))
}
