//! A one-way round: what left, its history, and the question before it ends.

use axum::extract::Path;
use axum::response::Response;
use domain::ids::NetworkRoundId;
use domain::message::Message;
use domain::network::{Action, Move, Status};
use domain::permission::{Permission, for_network_move};
use domain::ticket::limits;
use maud::{Markup, html};

use super::bar::{address, icon, noun, possible, terms};
use super::{action_key, left};
use crate::actions::network_rounds;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::mails::State;
use crate::store::network_rounds::{NetworkRound, Step};
use crate::web::forms::{Form, go};
use crate::web::mailbox::state_chip;
use crate::web::mark;
use crate::web::parts::outsource::{Step as Shown, steps};
use crate::web::parts::page::{back, head_with};
use crate::web::parts::{Look, Tone, button, definition_list, field, flash, layout, panel, stream};
use crate::web::rounds::history_key;

/// The round, and number and title of its ticket.
async fn own(visit: &Visit, id: i64) -> Result<(NetworkRound, String), Problem> {
    visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let round = store::network_rounds::of(tx, company, NetworkRoundId(id))?
                .ok_or(Problem::NotFound)?;
            let ticket = store::tickets::of(tx, company, round.ticket)?.ok_or(Problem::NotFound)?;
            Ok((round, format!("{} · {}", ticket.number, ticket.title)))
        })
        .await
}

fn home(round: &NetworkRound) -> String {
    format!("/tickets/{}", round.ticket)
}

/// `GET /network-rounds/{id}`: *View Terms*.
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Markup, Problem> {
    let (round, ticket) = own(&visit, id).await?;
    visit.require(Permission::SeeTerms)?;
    let asked = round.clone();
    let (history, letters) = visit
        .read(move |tx, _| {
            let history = store::network_rounds::steps(tx, asked.company, asked.id)?;
            Ok((history, network_rounds::letters(tx, &asked)?))
        })
        .await?;
    let body = html! {
        (head_with(
            &back(visit.t("ticket-back"), &home(&round)),
            &html! { (visit.t("terms-of")) " " (round.network_name) },
            &html! {
                (mark::outsource_status(visit.words, round.status.shown()))
                span { (visit.t("network-action")) ": " (visit.t(action_key(round.action))) }
                span { (ticket) }
            },
            &buttons(&visit, &round),
        ))
        @if letters.iter().any(|(_, state)| *state == Some(State::Kept)) {
            (flash(Tone::Warning, visit.t("network-delivery-kept")))
        }
        (layout::with_side(
            &html! {
                (panel(visit.t("preview-left"), &html! {}, &html! {
                    (left::content(&visit, round.action, &round.left))
                    (delivery(&visit, &letters))
                }))
                // In a letter one has just read it.
                @if !round.message.is_empty() && !round.left.body.contains(&round.message) {
                    (panel(visit.t("network-message"), &html! {}, &stream::prose(&round.message)))
                }
            },
            visit.t("round-history"),
            &html! {
                (panel(visit.t("round-history"), &html! {}, &history_list(&visit, &history)))
                (panel(visit.t("terms-billing"), &html! {}, &definition_list(&facts(&visit, &round))))
            },
        ))
    };
    Ok(visit.page(visit.t("terms-view"), &body))
}

fn buttons(visit: &Visit, round: &NetworkRound) -> Markup {
    html! {
        @if round.action == Action::LiveLink {
            (button::open(visit.t("network-open-link"), &round.left.link, Look::Plain))
        }
        @for mv in possible(visit, round) {
            (button::link(visit.t(deed(mv)), &address(round, mv), Look::Plain, Some(icon(mv))))
        }
    }
}

/// What a move is called away from the ticket: a page that only said *Cancel* would not say what becomes of it.
fn deed(mv: Move) -> &'static str {
    if mv == Move::Cancel { "deed-network-cancel" } else { "deed-complete" }
}

fn facts(visit: &Visit, round: &NetworkRound) -> Vec<(&'static str, Markup)> {
    let rate = round.billing.billing_rate.map(|rate| visit.format.money(rate));
    vec![
        (visit.t("terms-billing-rate"), html! { (rate.unwrap_or_default()) }),
        (visit.t("terms-work-type"), html! { (round.billing.work_type) }),
    ]
}

/// Whether each letter has left the house.
fn delivery(visit: &Visit, letters: &[(String, Option<State>)]) -> Markup {
    html! {
        @if !letters.is_empty() {
            h3 { (visit.t("network-delivery")) }
            ul.plain {
                @for (address, state) in letters {
                    li {
                        (address) " "
                        @match state {
                            Some(state) => (state_chip(visit, *state)),
                            None => span.detail { (visit.t("network-taken-back")) },
                        }
                    }
                }
            }
        }
    }
}

fn history_list(visit: &Visit, history: &[Step]) -> Markup {
    let classes: Vec<String> =
        history.iter().map(|step| mark::status_class(step.to.shown())).collect();
    let list: Vec<Shown> = history
        .iter()
        .zip(&classes)
        .map(|(step, class)| Shown {
            class,
            title: html! { (visit.t(history_key(step.mv.shown()))) },
            detail: html! { (visit.format.date_time(step.at)) " · " (step.person) },
            quote: &step.reason,
            ahead: false,
        })
        .collect();
    steps(visit.t("round-history"), &list)
}

fn move_of(name: &str) -> Result<Move, Problem> {
    let found = Move::ALL.into_iter().find(|mv| !name.is_empty() && noun(*mv) == name);
    found.ok_or(Problem::NotFound)
}

/// `GET /network-rounds/{id}/{move}`: what it means, before it is done.
pub async fn ask(visit: Visit, Path((id, name)): Path<(i64, String)>) -> Result<Response, Problem> {
    page(&visit, id, &name, &Form::fresh(Fields::default())).await
}

async fn page(visit: &Visit, id: i64, name: &str, form: &Form) -> Result<Response, Problem> {
    let mv = move_of(name)?;
    let (round, ticket) = own(visit, id).await?;
    visit.require(for_network_move(mv))?;
    Status::after(Some(round.status), mv)?;
    let (text, look) = match mv {
        Move::Cancel => ("ask-network-cancel", Look::Danger),
        _ => ("ask-network-complete", Look::Primary),
    };
    let text = visit.say(&Message::new(text).with("network", round.network_name.as_str()));
    let title = visit.t(deed(mv));
    let about = html! { span { (ticket) " · " (round.network_name) } };
    let body = html! {
        (head_with(&back(visit.t("ticket-back"), &home(&round)), &html! { (title) }, &about, &html! {}))
        (form.summary())
        form.sheet method="post" action={ (terms(&round)) "/" (name) } {
            p { (text) }
            @if mv == Move::Cancel {
                (field::textarea(form.field("reason", visit.t("reason")).hint(visit.t("network-reason-hint")).maxlength(limits::REASON), 3))
            }
            (button::row(&html! {
                (button::submit(title, look))
                (button::link(visit.t("ticket-back"), &home(&round), Look::Quiet, None))
            }))
        }
    };
    Ok(form.answer(visit.page(title, &body)))
}

/// `POST /network-rounds/{id}/{move}`
pub async fn play(
    visit: Visit,
    Path((id, name)): Path<(i64, String)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let mv = move_of(&name)?;
    let reason = fields.text("reason");
    let played = visit
        .write(move |tx, acting| network_rounds::play(tx, acting, NetworkRoundId(id), mv, &reason))
        .await;
    match played {
        Ok(round) => {
            let done =
                if mv == Move::Cancel { "done-network-canceled" } else { "done-round-completed" };
            Ok(go(&home(&round), done))
        }
        Err(problem @ Problem::Invalid(_)) => {
            let form = visit.returned(fields, problem)?;
            page(&visit, id, &name, &form).await
        }
        Err(problem) => Err(problem),
    }
}
