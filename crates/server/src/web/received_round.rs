//! A round as its partner may look back on it: what crossed and when. Who decided at the lead is that company's own
//! matter; for the partner the company did.

use axum::response::{IntoResponse, Response};
use domain::message::Message;
use domain::outsourcing::Side;
use domain::permission::Permission;
use domain::turn::PartnerView;
use maud::html;

use super::forms::go;
use super::parts::page::{back, head_with};
use super::parts::{Icon, Look, button, empty_state, layout, panel};
use super::rounds::{buttons, history_list, home};
use super::{mark, offer};
use crate::actions::offers::Snapshot;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::outsourcings::Outsourcing;
use crate::store::rounds::Step;

/// The page. While the offer is open, it is the offer itself.
pub async fn page(visit: &Visit, case: &Outsourcing) -> Result<Response, Problem> {
    let view = case.round.partner_view();
    match view {
        PartnerView::Nothing => return Err(Problem::NotFound),
        PartnerView::Offer => return Ok(go(&format!("/received/{}", case.id), "")),
        PartnerView::Ticket => visit.require(Permission::ViewTickets)?,
        PartnerView::Ending => visit.require(Permission::SeeReceivedWork)?,
    }
    let id = case.id;
    let steps = visit.read(move |tx, _| Ok(store::rounds::steps(tx, id)?)).await?;
    let steps: Vec<Step> = steps.into_iter().map(|step| as_crossed(step, case)).collect();
    // No detail of an offer that was not taken remains open (section 19, rule 6).
    let content = if view == PartnerView::Ticket {
        panel(
            visit.t("received-agreed"),
            &html! {},
            &offer::content(visit, &Snapshot::read(&case.snapshot), &case.terms),
        )
    } else {
        let (title, hint) = (visit.t("received-over"), visit.t("received-over-hint"));
        empty_state(Icon::Handover, title, hint, &html! {})
    };
    let (label, href) = match view {
        PartnerView::Ticket => (visit.t("ticket-back"), home(case, Side::Partner)),
        _ => (visit.t("nav-received"), "/received".to_owned()),
    };
    let below = mark::outsource_status(visit.words, case.round.status);
    let actions = html! {
        @if visit.may(Permission::EditTickets) { (buttons(visit, case, Side::Partner)) }
    };
    let title = visit.say(&Message::new("bar-from").with("other", case.lead_name.as_str()));
    let history = visit.t("round-history");
    let side = panel(history, &html! {}, &history_list(visit, &steps));
    let body = html! {
        (head_with(&back(label, &href), &html! { (title) }, &below, &actions))
        (layout::with_side(&content, history, &side))
    };
    Ok(visit.page(&title, &body).into_response())
}

/// A step as the partner learned of it.
fn as_crossed(step: Step, case: &Outsourcing) -> Step {
    if step.side == Side::Lead.name() {
        Step { person: case.lead_name.clone(), ..step }
    } else {
        step
    }
}

/// The way to the page.
pub fn link(visit: &Visit, case: &Outsourcing) -> maud::Markup {
    button::link(
        visit.t("round-history"),
        &format!("/outsourcings/{}", case.id),
        Look::Quiet,
        Some(Icon::History),
    )
}
