//! Completing a ticket while a round lives (section 9, row 13; decision 4): the lead is asked first, the partner is led
//! to *Insource Complete* instead.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use domain::ids::TicketId;
use domain::message::Message;
use domain::outsourcing::{Move, Side, Status};
use domain::permission::Permission;
use domain::ticket::TicketStatus;
use maud::html;

use super::forms::Form;
use super::outsource_bar::{button_key, noun, picture};
use super::parts::{Look, button, field};
use super::ticket::{Facts, ask as question, facts};
use crate::actions::rounds::may_decide_by_completing;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store::outsourcings::Outsourcing;

/// `GET /tickets/{id}/completion`: what completing means while a round runs.
pub async fn ask(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let facts = facts(&visit, TicketId(id), None).await?;
    if let Some(round) = reported_instead(&facts) {
        return Ok(refused(&visit, &facts, round));
    }
    let text = consequence(&visit, &facts)?;
    let form = html! {
        form method="post" action={ "/tickets/" (id) "/status" } {
            (field::hidden("status", TicketStatus::Complete.name()))
            (button::row(&html! {
                (button::submit(visit.t("ticket-complete"), Look::Primary))
                (button::link(visit.t("form-cancel"), &format!("/tickets/{id}"), Look::Quiet, None))
            }))
        }
    };
    Ok(question(&visit, &facts, visit.t("ticket-complete"), &text, &form).into_response())
}

/// What else ends with the ticket; or that this person may not end it.
fn consequence(visit: &Visit, facts: &Facts) -> Result<String, Problem> {
    let partner = facts.round().filter(|round| round.round.status.is_live());
    let network = facts.network().filter(|round| round.status.is_live());
    if partner.is_some() || network.is_some() {
        may_decide_by_completing(&visit.acting)?;
    }
    Ok(match (partner, network) {
        (Some(round), _) => visit.say(
            &Message::new("ticket-complete-ends").with("partner", round.partner_name.as_str()),
        ),
        (None, Some(round)) => visit.say(
            &Message::new("ticket-complete-ends-network")
                .with("network", round.network_name.as_str()),
        ),
        (None, None) => visit.t("ticket-complete-plain").to_owned(),
    })
}

/// The live round that a partner ends by reporting completion, not by its own ticket.
fn reported_instead(facts: &Facts) -> Option<&Outsourcing> {
    facts.round().filter(|round| facts.side() == Side::Partner && round.round.status.is_live())
}

/// The partner's ticket is not completed while the round lives: why, and the button that helps.
fn refused(visit: &Visit, facts: &Facts, round: &Outsourcing) -> Response {
    let home = format!("/tickets/{}", facts.ticket.id);
    let waits = round.round.status == Status::WaitingApproval;
    let text = if waits {
        let other = round.name(Side::Lead);
        visit.say(&Message::new("bar-note-waiting-partner").with("other", other))
    } else {
        visit.say(&Refusal::ReportInstead.message())
    };
    let way = html! {
        (button::row(&html! {
            @if !waits {
                (button::link(visit.t(button_key(Move::ReportCompletion)), &report(round), Look::Primary, Some(picture(Move::ReportCompletion))))
            }
            (button::link(visit.t("ticket-back"), &home, Look::Quiet, None))
        }))
    };
    let page = question(visit, facts, visit.t("ticket-complete"), &text, &way);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

fn report(round: &Outsourcing) -> String {
    format!("/outsourcings/{}/{}", round.id, noun(Move::ReportCompletion))
}

/// The answer to a refused change of status: for the partner with the button that helps.
pub async fn answer(visit: &Visit, id: TicketId, problem: Problem) -> Result<Response, Problem> {
    if !matches!(problem, Problem::Refused(Refusal::ReportInstead)) {
        return Err(problem);
    }
    let facts = facts(visit, id, None).await?;
    match reported_instead(&facts) {
        Some(round) => Ok(refused(visit, &facts, round)),
        None => Err(problem),
    }
}

/// The same on the form of the ticket, which keeps what was typed: the partner gets the button that helps, and who may
/// not end the round reads so at the status.
pub async fn on_form(
    visit: &Visit,
    id: TicketId,
    fields: Fields,
    problem: Problem,
) -> Result<Form, Problem> {
    let instead = matches!(problem, Problem::Refused(Refusal::ReportInstead));
    let problem = match problem {
        Problem::Forbidden(refusal @ Refusal::CompletionDecides) => {
            Mistakes::one("status", refusal.message())
        }
        other => other,
    };
    let form = visit.returned(fields, problem)?;
    if !instead {
        return Ok(form);
    }
    let facts = facts(visit, id, None).await?;
    Ok(match reported_instead(&facts).filter(|round| round.round.status.is_linked()) {
        Some(round) => form.leading(visit.t(button_key(Move::ReportCompletion)), report(round)),
        None => form,
    })
}
