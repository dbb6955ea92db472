//! A round: its terms and history, its moves. `crossings` is what crossed in it.

pub mod crossings;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::figures::Figures;
use domain::ids::{OutsourcingId, TicketId};
use domain::message::Message;
use domain::money::Hours;
use domain::outsourcing::{Move, Side, Status};
use domain::permission::{Permission, for_move};
use domain::ticket::limits;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::offer;
use super::outsource_bar::{button_key, figures, from_noun, noun, picture, possible};
use super::parts::outsource::{Step, steps};
use super::parts::page::{back, head_with};
use super::parts::{Icon, Look, button, definition_list, field, panel};
use super::{mark, received_round};
use crate::actions;
use crate::actions::offers::Snapshot;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::outsourcings::Outsourcing;

async fn round(visit: &Visit, id: i64) -> Result<(Outsourcing, Side), Problem> {
    let company = visit.company();
    let case = visit
        .read(move |tx, _| {
            store::outsourcings::of(tx, company, OutsourcingId(id))?.ok_or(Problem::NotFound)
        })
        .await?;
    let side = case.side_of(company).ok_or(Problem::NotFound)?;
    Ok((case, side))
}

/// Where a side has the work: its ticket, or the offer.
pub fn home(case: &Outsourcing, side: Side) -> String {
    match case.ticket(side) {
        Some(TicketId(id)) => format!("/tickets/{id}"),
        None => format!("/received/{}", case.id),
    }
}

/// `GET /outsourcings/{id}`: *View Terms* of the lead; what the partner may look back on.
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let (case, side) = round(&visit, id).await?;
    if side == Side::Partner {
        return received_round::page(&visit, &case).await;
    }
    visit.require(Permission::SeeTerms)?;
    let company = visit.company();
    let currency = case.terms.authorized_charge.currency;
    let round_id = case.id;
    let (history, billing) = visit
        .read(move |tx, _| {
            Ok((
                store::rounds::steps(tx, round_id)?,
                store::outsourcings::billing(tx, company, round_id, currency)?,
            ))
        })
        .await?;
    let ticket = ticket_of(&visit, &case, side).await?;
    let rate = billing.billing_rate.map(|rate| visit.format.money(rate)).unwrap_or_default();
    let internal = [
        (visit.t("terms-billing-rate"), html! { (rate) }),
        (visit.t("terms-work-type"), html! { (billing.work_type) }),
    ];
    let body = html! {
        (head_with(
            &back(visit.t("ticket-back"), &home(&case, side)),
            &html! { (visit.t("terms-of")) " " (case.partner_name) },
            &html! { (mark::outsource_status(visit.words, case.round.status)) span { (ticket) } },
            &buttons(&visit, &case, side),
        ))
        (super::parts::layout::with_side(
            &panel(visit.t("preview-left"), &html! {}, &offer::content(&visit, &Snapshot::read(&case.snapshot), &case.terms)),
            visit.t("round-history"),
            &html! {
                (panel(visit.t("round-history"), &html! {}, &history_list(&visit, &history)))
                (panel(visit.t("terms-billing"), &html! {}, &definition_list(&internal)))
            },
        ))
    };
    Ok(visit.page(visit.t("terms-view"), &body).into_response())
}

/// What can be done with a round, and the way to what crossed.
pub fn buttons(visit: &Visit, case: &Outsourcing, side: Side) -> Markup {
    html! {
        @for mv in possible(visit, side, case) {
            @if mv != Move::Send {
                (button::link(visit.t(button_key(mv)), &format!("/outsourcings/{}/{}", case.id, noun(mv)), Look::Plain, Some(picture(mv))))
            }
        }
        @if case.round.was_accepted() {
            (button::link(visit.t("crossings-link"), &format!("/outsourcings/{}/crossings", case.id), Look::Quiet, Some(Icon::Handover)))
        }
    }
}

/// The moves of a round, oldest first.
pub fn history_list(visit: &Visit, history: &[store::rounds::Step]) -> Markup {
    let classes: Vec<String> =
        history.iter().map(|step| mark::status_class(step.to.unwrap_or(Status::Unsent))).collect();
    let list: Vec<Step> = history
        .iter()
        .zip(&classes)
        .map(|(step, class)| {
            let title = Move::from_name(&step.mv).map_or("", |mv| visit.t(history_key(mv)));
            Step {
                class,
                title: html! { (title) },
                detail: html! { (visit.format.date_time(step.at)) @if !step.person.is_empty() { " · " (step.person) } },
                quote: &step.reason,
                ahead: false,
            }
        })
        .collect();
    steps(visit.t("round-history"), &list)
}

/// The locale key of a move that was made.
pub fn history_key(mv: Move) -> &'static str {
    match mv {
        Move::Send => "history-send",
        Move::Remove => "history-remove",
        Move::Cancel => "history-cancel",
        Move::Accept => "history-accept",
        Move::Decline => "history-decline",
        Move::Expire => "history-expire",
        Move::BeginWork => "history-begin_work",
        Move::ReportCompletion => "history-report_completion",
        Move::Approve => "history-approve",
        Move::Reject => "history-reject",
        Move::Complete => "history-complete",
        Move::CompleteTicket => "history-complete_ticket",
        Move::Return => "history-return",
    }
}

/// `GET /outsourcings/{id}/{move}`: what it means, and its reason if one is asked.
pub async fn ask(visit: Visit, Path((id, name)): Path<(i64, String)>) -> Result<Response, Problem> {
    let form = Form::fresh(Fields::default());
    move_page(&visit, id, &name, &form).await
}

fn move_of(name: &str) -> Result<Move, Problem> {
    from_noun(name).filter(|mv| !matches!(mv, Move::Send | Move::Accept)).ok_or(Problem::NotFound)
}

async fn move_page(visit: &Visit, id: i64, name: &str, form: &Form) -> Result<Response, Problem> {
    let mv = move_of(name)?;
    let (case, side) = round(visit, id).await?;
    if let Some(permission) = for_move(mv) {
        visit.require(permission)?;
    }
    case.round.play(domain::outsourcing::Who::Side(side), mv, Some("-"), visit.now())?;
    let back_to = home(&case, side);
    let text = visit.say(&Message::new(text_key(mv)).with("other", case.name(side.other())));
    let look = if matches!(
        mv,
        Move::Cancel | Move::Decline | Move::Reject | Move::Return | Move::Remove
    ) {
        Look::Danger
    } else {
        Look::Primary
    };
    // Before it accepts, the partner has no ticket.
    let way_back = if case.ticket(side).is_some() { "ticket-back" } else { "offer-back" };
    let title = visit.t(if mv == Move::Reject { "reject-title" } else { deed_key(mv) });
    let about =
        html! { span { (ticket_of(visit, &case, side).await?) " · " (case.name(side.other())) } };
    let sums = if settles(mv) {
        worked(visit, &case, side).await?
    } else {
        html! {}
    };
    let body = html! {
        (head_with(&back(visit.t(way_back), &back_to), &html! { (title) }, &about, &html! {}))
        (form.summary())
        form.sheet method="post" action={ "/outsourcings/" (id) "/" (name) } {
            @if let Some(ticket) = case.ticket(side) { (field::hidden("ticket", &ticket.to_string())) }
            p { (text) }
            (sums)
            @if mv.asks_reason() {
                (field::textarea(form.field("reason", visit.t(reason_key(mv))).required().maxlength(limits::REASON).autofocus(), 4))
            }
            (button::row(&html! {
                (button::submit(visit.t(deed_key(mv)), look))
                (button::link(visit.t(way_back), &back_to, Look::Quiet, None))
            }))
        }
    };
    Ok(form.answer(visit.page(title, &body)))
}

/// What a move is called where it is done: a button that only said *Cancel* or *Save* would not say what becomes of it.
fn deed_key(mv: Move) -> &'static str {
    match mv {
        Move::Cancel => "deed-cancel",
        Move::Remove => "deed-remove",
        Move::Reject => "deed-reject",
        Move::Complete => "deed-complete",
        Move::Return => "deed-return",
        Move::Decline => "deed-decline",
        mv => button_key(mv),
    }
}

/// Whether a move settles what was worked, or asks for it.
fn settles(mv: Move) -> bool {
    matches!(mv, Move::ReportCompletion | Move::Approve | Move::Complete | Move::Return)
}

/// What there is to settle: hours, and amounts for whoever may see them.
async fn worked(visit: &Visit, case: &Outsourcing, side: Side) -> Result<Markup, Problem> {
    if !case.round.was_accepted() {
        return Ok(html! {});
    }
    let sees_money = visit.may(Permission::SeeFinancials);
    let (company, round) = (visit.company(), case.clone());
    let (hours, figures) = visit
        .read(move |tx, _| {
            let hours = Hours(match side {
                Side::Lead => store::links::hours_received(tx, round.id)?,
                Side::Partner => store::links::hours_sent(tx, round.id)?,
            });
            let figures = if sees_money {
                store::rounds::money::of_round(tx, company, &round, side, hours)?
            } else {
                None
            };
            Ok((hours, figures))
        })
        .await?;
    Ok(sums(visit, case, hours, figures, sees_money))
}

/// The hours and what they cost beside the terms they were agreed on.
fn sums(
    visit: &Visit,
    case: &Outsourcing,
    hours: Hours,
    come_to: Option<Figures>,
    sees_money: bool,
) -> Markup {
    let hours = format!("{} {}", visit.format.hours(hours), visit.t("unit-hours"));
    let mut list = vec![(visit.t("round-hours-billed"), html! { (hours) })];
    if let Some(come_to) = come_to {
        list.push((visit.t("round-amount-used"), html! { (visit.format.money(come_to.used)) }));
        let elsewhere = match come_to.elsewhere {
            0 => String::new(),
            count => visit.count("charges-elsewhere", count),
        };
        list.push((
            visit.t("round-charges"),
            html! { (visit.format.money(come_to.charges)) " " (elsewhere) },
        ));
        if let Ok(sum) = come_to.used.plus(come_to.charges) {
            list.push((visit.t("round-sum"), html! { strong { (visit.format.money(sum)) } }));
        }
    }
    list.extend(figures(visit, case));
    html! {
        (definition_list(&list))
        @if !sees_money { p.hint { (visit.t("round-sums-hidden")) } }
    }
}

/// Number and title of the ticket as this side knows it; the partner knows an offer by its title.
async fn ticket_of(visit: &Visit, case: &Outsourcing, side: Side) -> Result<String, Problem> {
    let Some(id) = case.ticket(side) else { return Ok(Snapshot::read(&case.snapshot).title) };
    let company = visit.company();
    let ticket = visit
        .read(move |tx, _| store::tickets::of(tx, company, id)?.ok_or(Problem::NotFound))
        .await?;
    Ok(format!("{} · {}", ticket.number, ticket.title))
}

fn reason_key(mv: Move) -> &'static str {
    if mv == Move::Reject { "reason-rejection" } else { "reason" }
}

fn text_key(mv: Move) -> &'static str {
    match mv {
        Move::Remove => "ask-remove",
        Move::Cancel => "ask-cancel",
        Move::Decline => "ask-decline",
        Move::ReportCompletion => "ask-report",
        Move::Approve => "ask-approve",
        Move::Reject => "ask-reject",
        Move::Return => "ask-return",
        _ => "ask-complete",
    }
}

fn done_key(mv: Move) -> &'static str {
    match mv {
        Move::Remove => "done-round-removed",
        Move::Cancel => "done-round-canceled",
        Move::Decline => "done-round-declined",
        Move::ReportCompletion => "done-round-reported",
        Move::Approve => "done-round-approved",
        Move::Reject => "done-round-rejected",
        Move::Return => "done-round-returned",
        _ => "done-round-completed",
    }
}

/// `POST /outsourcings/{id}/{move}`
pub async fn play(
    visit: Visit,
    Path((id, name)): Path<(i64, String)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let mv = move_of(&name)?;
    let (reason, meant) = (fields.text("reason"), fields.number("ticket").map(TicketId));
    let played = visit
        .write(move |tx, acting| {
            let case = actions::rounds::play(tx, acting, OutsourcingId(id), mv, &reason)?;
            // SQLite gives the number of a removed draft to the next one: a page left open may mean another ticket's.
            let side = case.side_of(acting.actor.company).ok_or(Problem::NotFound)?;
            match (meant, case.ticket(side)) {
                (Some(meant), Some(ticket)) if meant != ticket => Err(Problem::NotFound),
                _ => Ok(case),
            }
        })
        .await;
    match played {
        Ok(case) => {
            let side = case.side_of(visit.company()).ok_or(Problem::NotFound)?;
            let to = if mv == Move::Decline { "/received".to_owned() } else { home(&case, side) };
            Ok(go(&to, done_key(mv)))
        }
        Err(Problem::Refused(domain::Refusal::ReasonMissing)) => {
            let missing =
                crate::problem::Mistakes::one("reason", domain::Refusal::ReasonMissing.message());
            let form = visit.returned(fields, missing)?;
            move_page(&visit, id, &name, &form).await
        }
        Err(problem @ Problem::Invalid(_)) => {
            let form = visit.returned(fields, problem)?;
            move_page(&visit, id, &name, &form).await
        }
        Err(problem) => Err(problem),
    }
}
