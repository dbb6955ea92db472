//! Offers received: the preview without attachments, accepting with the mapping of a new lead partner (section 11).

use axum::extract::Path;
use axum::response::Response;
use db::Tx;
use domain::ids::{OrganizationId, OutsourcingId};
use domain::message::Message;
use domain::outsourcing::{Move, Side, Status};
use domain::permission::Permission;
use domain::ticket::{OrganizationType, limits};
use domain::turn::PartnerView;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::outsource_bar::noun;
use super::parts::page::{back, head_with};
use super::parts::{Choice, Icon, Look, Tone, button, empty_state, field, flash, panel};
use super::standing_in::{self, Offered};
use super::ticket::Facts;
use super::{mark, offer, pick, received_round};
use crate::actions::mapping::{Mapping, NewLead};
use crate::actions::offers::{self, Snapshot};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::outsourcings::Outsourcing;

struct Received {
    case: Outsourcing,
    /// What can stand for the lead; nothing once something does.
    organizations: Option<Offered>,
}

async fn received(visit: &Visit, id: i64, text: String) -> Result<Received, Problem> {
    visit.require(Permission::SeeReceivedWork)?;
    visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let case = store::outsourcings::of(tx, company, OutsourcingId(id))?
                .ok_or(Problem::NotFound)?;
            if case.side_of(company) != Some(Side::Partner) {
                return Err(Problem::NotFound);
            }
            let mapped = store::partnerships::mapping(tx, company, case.lead)?.is_some();
            let organizations = if mapped {
                None
            } else {
                let namesakes = namesakes(tx, &case)?;
                Some(standing_in::offered(tx, company, &text, &namesakes)?)
            };
            Ok(Received { case, organizations })
        })
        .await
}

/// Organizations of ours that are called like the lead: the list offers them even if it has no room for all.
fn namesakes(tx: &mut Tx, case: &Outsourcing) -> Result<Vec<OrganizationId>, Problem> {
    let fits = OrganizationType::may_be_partner;
    let found = store::organizations::pick_list(tx, case.partner, fits, &case.lead_name)?;
    Ok(found.into_iter().filter(|(_, name)| *name == case.lead_name).map(|(id, _)| id).collect())
}

/// The person at the customer whom the lead named, if it did: a fact of the round, not a contact of the partner's book.
pub fn contact_on_site(visit: &Visit, facts: &Facts) -> Option<(&'static str, Markup)> {
    let round = facts.round().filter(|_| facts.side() == Side::Partner)?;
    let contact = Snapshot::read(&round.snapshot).contact?;
    Some((visit.t("ticket-contact-on-site"), offer::reach(&contact)))
}

/// `GET /received/{id}`
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let received = received(&visit, id, standing_in::asked(&pick::query(&visit))).await?;
    let suggested = suggest(&received);
    let form = Form::fresh(suggested);
    Ok(page(&visit, &received, &form))
}

/// The organization with the lead's name, if there is one; else a new one of type Partner (section 11.2).
fn suggest(received: &Received) -> Fields {
    let offered = received.organizations.iter().flat_map(|offered| &offered.list);
    let same = offered.into_iter().find(|(_, name)| *name == received.case.lead_name);
    Fields::default()
        .with("organization", same.map(|(id, _)| id.clone()).unwrap_or_default())
        .with("new_name", received.case.lead_name.clone())
        .with("new_kind", OrganizationType::Partner.name())
}

fn page(visit: &Visit, received: &Received, form: &Form) -> Response {
    let case = &received.case;
    if case.round.partner_view() == PartnerView::Ticket
        && let Some(ticket) = case.partner_ticket
    {
        return go(&format!("/tickets/{ticket}"), "");
    }
    let above = back(visit.t("nav-received"), "/received");
    let title = visit.say(&Message::new("received-title").with("lead", case.lead_name.as_str()));
    let open = case.round.partner_view() == PartnerView::Offer && !is_late(visit, case);
    let answers = open && visit.may(Permission::AnswerOffers);
    let content = match case.round.partner_view() {
        PartnerView::Offer => offer_content(visit, received, form),
        _ => empty_state(
            Icon::Handover,
            visit.t("received-over"),
            visit.t("received-over-hint"),
            &received_round::link(visit, case),
        ),
    };
    let body = html! {
        (head_with(
            &above,
            &html! { (title) },
            &html! {
                (mark::outsource_status(visit.words, shown_status(visit, case)))
                @if let Some(until) = case.round.accept_by.filter(|_| open) {
                    span { (visit.t("round-accept-by")) " " (mark::deadline(&visit.format, until)) }
                }
            },
            &html! { @if answers { (answers_above(visit, received)) } },
        ))
        (form.summary())
        (content)
    };
    form.answer(visit.page(&title, &body))
}

/// Whether the time to accept has passed, though the clock in the background has not ended the round yet.
fn is_late(visit: &Visit, case: &Outsourcing) -> bool {
    case.round.status == Status::Assigned
        && case.round.accept_by.is_some_and(|until| visit.now() > until)
}

/// What is no longer open does not read as if it were.
fn shown_status(visit: &Visit, case: &Outsourcing) -> Status {
    if is_late(visit, case) { Status::Expired } else { case.round.status }
}

fn offer_content(visit: &Visit, received: &Received, form: &Form) -> Markup {
    let case = &received.case;
    let late = is_late(visit, case);
    let mut shown = Snapshot::read(&case.snapshot);
    let files = shown.files.len();
    // Before acceptance the preview is without attachments (section 11.1): that there are some, not what they are.
    shown.files.clear();
    html! {
        // Whoever has just answered too late has read it above.
        @if late {
            @if form.summary().0.is_empty() { (flash(Tone::Danger, visit.t("received-late"))) }
        }
        (panel(visit.t("received-offer"), &html! {}, &html! {
            (offer::content(visit, &shown, &case.terms))
            @if files > 0 {
                p.hint { (visit.say(&Message::new("received-files").with("count", i64::try_from(files).unwrap_or(0)))) }
            }
        }))
        @if visit.may(Permission::AnswerOffers) && !late { (answer_form(visit, received, form)) }
    }
}

/// The answers once more above all that the offer says: it may run out within the hour. The first offer of a lead asks
/// which organization stands for it, below.
fn answers_above(visit: &Visit, received: &Received) -> Markup {
    html! {
        @if received.organizations.is_none() {
            button.button.primary type="submit" form="answer" { (visit.t("received-accept")) }
        } @else {
            (button::link(visit.t("received-answer"), "#answer", Look::Primary, None))
        }
        (decline(visit, &received.case))
    }
}

fn decline(visit: &Visit, case: &Outsourcing) -> Markup {
    let href = format!("/outsourcings/{}/{}", case.id, noun(Move::Decline));
    button::link(visit.t("received-decline"), &href, Look::Danger, Some(Icon::Refused))
}

fn answer_form(visit: &Visit, received: &Received, form: &Form) -> Markup {
    let id = received.case.id;
    let offered = received.organizations.as_ref();
    html! {
        @if let Some(offered) = offered { (offered.search(visit, &format!("/received/{id}"))) }
        form #answer.sheet method="post" action={ "/received/" (id) "/acceptance" } {
            @if let Some(offered) = offered { (mapping(visit, received, offered, form)) }
            (button::row(&html! {
                (button::submit(visit.t("received-accept"), Look::Primary))
                (decline(visit, &received.case))
            }))
        }
    }
}

/// *Lead Partner Administration*, asked once per lead (section 11.2).
fn mapping(visit: &Visit, received: &Received, offered: &Offered, form: &Form) -> Markup {
    let hint =
        visit.say(&Message::new("mapping-hint").with("lead", received.case.lead_name.as_str()));
    let kinds: Vec<Choice> =
        [OrganizationType::Partner, OrganizationType::Customer, OrganizationType::Vendor]
            .into_iter()
            .map(|kind| Choice::new(kind.name(), visit.t(kind.key())))
            .collect();
    html! {
        (field::hidden("mapping", "1"))
        (field::group(visit.t("mapping-title"), Some(&hint), &html! {
            (field::select(
                form.field("organization", visit.t("mapping-existing")).wide(),
                &pick::choices(visit.t("mapping-new"), &offered.list),
            ))
            (field::text(form.field("new_name", visit.t("mapping-new-name")).maxlength(100)))
            (field::select(form.field("new_kind", visit.t("mapping-new-kind")).hint(visit.t("mapping-new-kind-hint")), &kinds))
            (field::phone(form.field("new_phone", visit.t("mapping-new-phone")).maxlength(limits::PHONE).hint(visit.t("mapping-new-phone-hint"))))
        }))
    }
}

/// `POST /received/{id}/acceptance`
pub async fn accept(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::AnswerOffers)?;
    let mapping = match (fields.ticked("mapping"), fields.number("organization")) {
        (false, _) => Mapping::Known,
        (true, Some(organization)) => Mapping::Existing(OrganizationId(organization)),
        (true, None) => {
            let kind = OrganizationType::from_name(fields.get("new_kind"));
            Mapping::New(NewLead {
                name: fields.text("new_name"),
                kind: kind.unwrap_or(OrganizationType::Partner),
                phone: fields.text("new_phone"),
            })
        }
    };
    match visit
        .write(move |tx, acting| offers::accept(tx, acting, OutsourcingId(id), &mapping))
        .await
    {
        Ok(case) => {
            let ticket = case.partner_ticket.ok_or(Problem::NotFound)?;
            Ok(go(&format!("/tickets/{ticket}"), "done-accepted"))
        }
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            let received = received(&visit, id, String::new()).await?;
            Ok(page(&visit, &received, &form))
        }
    }
}
