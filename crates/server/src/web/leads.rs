//! *Lead Partner Administration*: which own organization stands for each lead partner, and its correction
//! (section 11.2, decision 15).

use axum::extract::Path;
use axum::response::Response;
use domain::ids::{CompanyId, OrganizationId};
use domain::message::Message;
use domain::permission::Permission;
use jiff::Timestamp;
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
use crate::store::organizations::name_key;
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
    let (of_known, of_new) = (known.len(), new.len());
    let mut lines: Vec<Line> =
        known.into_iter().map(Line::from).chain(new.into_iter().map(Line::from)).collect();
    let query = pick::query(&visit);
    let (sort, down) = pick::sort(&query);
    arrange(&mut lines, sort, down);
    let title = visit.t("leads-title");
    let body = html! {
        (page_head(title, Some(visit.t("leads-text")), &html! {}))
        @if lines.is_empty() {
            (empty_state(Icon::Lead, visit.t("leads-none"), visit.t("leads-none-hint"), &html! {}))
        } @else {
            (table::records(title, &head(&visit, &query), &html! { @for line in &lines { (row(&visit, line)) } }))
            (pick::notes(&visit, &[(pick::LEADS, of_known.max(of_new))]))
        }
    };
    Ok(visit.page(title, &body))
}

/// A lead as a row. One whose invitation was accepted stands here before its first ticket, which asks for the
/// organization.
struct Line {
    lead: Option<CompanyId>,
    name: String,
    organization: Option<(OrganizationId, String)>,
    tickets: i64,
    since: Timestamp,
}

impl From<LeadMapping> for Line {
    fn from(known: LeadMapping) -> Self {
        Self {
            lead: Some(known.lead),
            name: known.lead_name,
            organization: Some((known.organization, known.organization_name)),
            tickets: known.tickets,
            since: known.since,
        }
    }
}

impl From<NewLead> for Line {
    fn from(new: NewLead) -> Self {
        Self { lead: None, name: new.name, organization: None, tickets: 0, since: new.since }
    }
}

/// The columns with their names in the address of the page.
const COLUMNS: [(&str, &str); 4] = [
    ("name", "lead-name"),
    ("organization", "lead-organization"),
    ("tickets", "lead-tickets"),
    ("since", "lead-since"),
];

/// The list is read whole, as there are few: it is sorted where it is shown.
fn arrange(lines: &mut [Line], sort: &str, down: bool) {
    lines.sort_by_cached_key(|line| (name_key(&line.name), line.lead.map(|lead| lead.0)));
    match sort {
        "organization" => lines.sort_by_cached_key(|line| {
            let name = line.organization.as_ref().map(|(_, name)| name_key(name));
            (name.is_none(), name)
        }),
        "tickets" => lines.sort_by_key(|line| line.tickets),
        "since" => lines.sort_by_key(|line| line.since),
        _ => {}
    }
    if down {
        lines.reverse();
    }
}

fn head(visit: &Visit, query: &Fields) -> Markup {
    let (asked, down) = pick::sort(query);
    let known = COLUMNS.iter().any(|(name, _)| *name == asked);
    let sort = if known { asked } else { "name" };
    html! {
        @for (name, key) in COLUMNS {
            @let now = pick::way(sort == name, down);
            @let href = pick::sorted_by(query, name, now);
            @if name == "tickets" { (table::sort_head_number(visit.t(key), &href, now)) }
            @else { (table::sort_head(visit.t(key), &href, now)) }
        }
    }
}

fn row(visit: &Visit, line: &Line) -> Markup {
    let facts = html! {
        (table::cell(visit.t("lead-organization"), &html! {
            @match &line.organization {
                Some((id, name)) => a href={ "/organizations/" (id) } { (name) },
                None => span.quiet { (visit.t("lead-not-mapped")) },
            }
        }))
        (table::cell_number(visit.t("lead-tickets"), &visit.format.number(line.tickets)))
        (table::cell_text(visit.t("lead-since"), &visit.format.near(line.since)))
    };
    let Some(href) = line.lead.map(|lead| format!("/leads/{lead}")) else {
        return html! { tr { td.title { strong { (line.name) } } (facts) } };
    };
    table::row(&href, &html! { (table::cell_title(&line.name, &href, None)) (facts) })
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
