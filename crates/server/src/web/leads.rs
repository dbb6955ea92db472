//! *Lead Partner Administration*: which own organization stands for each lead partner, and its correction
//! (section 11.2, decision 15).

use axum::extract::Path;
use axum::response::Response;
use domain::ids::{CompanyId, OrganizationId};
use domain::message::Message;
use domain::permission::Permission;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::parts::page::{back, head_with};
use super::parts::{Icon, Look, button, empty_state, field, page_head, table};
use super::pick;
use super::standing_in::{self, Offered};
use crate::actions;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::partnerships::LeadMapping;
use crate::store::partnerships::leads::NewLead;

/// `GET /leads`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    visit.require(Permission::RemapLeadPartner)?;
    let company = visit.company();
    let (known, new) = visit
        .read(move |tx, _| {
            Ok((
                store::partnerships::mappings(tx, company)?,
                store::partnerships::leads::without_ticket(tx, company)?,
            ))
        })
        .await?;
    let columns = ["lead-name", "lead-organization", "lead-tickets", "lead-since"];
    let head = html! { @for key in columns { (table::head(visit.t(key))) } };
    let rows = html! {
        @for mapping in &known { (row(&visit, mapping)) }
        @for lead in &new { (new_row(&visit, lead)) }
    };
    let title = visit.t("leads-title");
    let body = html! {
        (page_head(title, Some(visit.t("leads-text")), &html! {}))
        @if known.is_empty() && new.is_empty() {
            (empty_state(Icon::Received, visit.t("leads-none"), visit.t("leads-none-hint"), &html! {}))
        } @else {
            (table::records(title, &head, &rows))
            (pick::notes(&visit, &[(pick::LEADS, known.len().max(new.len()))]))
        }
    };
    Ok(visit.page(title, &body))
}

fn row(visit: &Visit, mapping: &LeadMapping) -> Markup {
    let href = format!("/leads/{}", mapping.lead);
    table::row(
        &href,
        &html! {
            (table::cell_title(&mapping.lead_name, &href, None))
            (table::cell(visit.t("lead-organization"), &html! {
                a href={ "/organizations/" (mapping.organization) } { (mapping.organization_name) }
            }))
            (table::cell_text(visit.t("lead-tickets"), &visit.format.number(mapping.tickets)))
            (table::cell_text(visit.t("lead-since"), &visit.format.near(mapping.since)))
        },
    )
}

/// A lead whose invitation was accepted: it stands here before its first ticket, which asks for the organization.
fn new_row(visit: &Visit, lead: &NewLead) -> Markup {
    html! {
        tr {
            (table::cell(visit.t("lead-name"), &html! { strong { (lead.name) } }))
            (table::cell(visit.t("lead-organization"), &html! { span.quiet { (visit.t("lead-not-mapped")) } }))
            (table::cell_text(visit.t("lead-tickets"), &visit.format.number(0)))
            (table::cell_text(visit.t("lead-since"), &visit.format.near(lead.since)))
        }
    }
}

/// `GET /leads/{id}`
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::RemapLeadPartner)?;
    let text = standing_in::asked(&pick::query(&visit));
    let (mapping, organizations) = one(&visit, CompanyId(id), text).await?;
    let fields = Fields::default().with("organization", mapping.organization.to_string());
    Ok(page(&visit, &mapping, &organizations, &Form::fresh(fields)))
}

async fn one(
    visit: &Visit,
    lead: CompanyId,
    text: String,
) -> Result<(LeadMapping, Offered), Problem> {
    let company = visit.company();
    visit
        .read(move |tx, _| {
            let mapping = store::partnerships::mapping_of(tx, company, lead)?;
            let mapping = mapping.ok_or(Problem::NotFound)?;
            let offered = standing_in::offered(tx, company, &text, &[mapping.organization])?;
            Ok((mapping, offered))
        })
        .await
}

fn page(visit: &Visit, mapping: &LeadMapping, organizations: &Offered, form: &Form) -> Response {
    let hint = Message::new("lead-change-hint").with("lead", mapping.lead_name.as_str());
    let organization = form.field("organization", visit.t("lead-organization")).required();
    let body = html! {
        (head_with(
            &back(visit.t("leads-title"), "/leads"),
            &html! { (mapping.lead_name) },
            &html! { (visit.t("lead-change")) },
            &html! {},
        ))
        (form.summary())
        (organizations.search(visit, &format!("/leads/{}", mapping.lead)))
        form.sheet method="post" action={ "/leads/" (mapping.lead) } data-warn-unsaved {
            p { (visit.say(&hint)) }
            (field::select(organization.wide(), &pick::choices(visit.t("form-choose"), &organizations.list)))
            (button::row(&html! {
                (button::submit(visit.t("form-save"), Look::Primary))
                (button::link(visit.t("form-cancel"), "/leads", Look::Quiet, None))
            }))
        }
    };
    form.answer(visit.page(&mapping.lead_name, &body))
}

/// `POST /leads/{id}`
pub async fn update(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::RemapLeadPartner)?;
    let lead = CompanyId(id);
    let (mapping, organizations) = one(&visit, lead, String::new()).await?;
    let changed = match fields.number("organization").map(OrganizationId) {
        Some(to) => {
            visit.write(move |tx, acting| actions::mapping::change(tx, acting, lead, to)).await
        }
        None => Err(Mistakes::one("organization", Message::new("mistake-missing"))),
    };
    match changed {
        Ok(()) => Ok(go("/leads", "done-lead-remapped")),
        Err(problem) => {
            Ok(page(&visit, &mapping, &organizations, &visit.returned(fields, problem)?))
        }
    }
}
