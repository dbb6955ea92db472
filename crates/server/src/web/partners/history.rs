//! What happened with a partner: invited, answered, switched off and on, by whom and when.

use axum::extract::Path;
use domain::ids::PartnershipId;
use domain::permission::Permission;
use maud::{Markup, html};

use super::table::state_chip;
use crate::actions::partnerships::made_key;
use crate::format::Format;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::partnerships::Step;
use crate::web::parts::page::{back, head_with};
use crate::web::parts::{Icon, empty_state, mark, table};

/// `GET /partners/{id}/history`
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Markup, Problem> {
    visit.require(Permission::ManagePartners)?;
    let id = PartnershipId(id);
    let (name, status, steps) = visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let known = store::partnerships::of(tx, company, id)?.ok_or(Problem::NotFound)?;
            let organization = store::organizations::of(tx, company, known.organization)?
                .ok_or(Problem::NotFound)?;
            Ok((organization.name, known.status, store::partnerships::history(tx, company, id)?))
        })
        .await?;
    let title = visit.t("partner-history");
    let head = head_with(
        &back(visit.t("partner-title"), "/partners"),
        &html! { (title) },
        &html! { span { (name) } (state_chip(&visit, status)) },
        &html! {},
    );
    let body = html! {
        (head)
        @if steps.is_empty() {
            (empty_state(Icon::History, visit.t("partner-history-none"), visit.t("partner-history-none-hint"), &html! {}))
        } @else { (list(&visit, &steps)) }
    };
    Ok(visit.page(title, &body))
}

fn list(visit: &Visit, steps: &[Step]) -> Markup {
    let head = html! {
        (table::head(visit.t("partner-when")))
        (table::head(visit.t("partner-move")))
        (table::head(visit.t("partner-status")))
        (table::head(visit.t("partner-who")))
    };
    let rows = html! {
        @for step in steps {
            tr {
                (table::cell(visit.t("partner-when"), &mark::time(
                    &Format::instant(step.at), &visit.format.date_time(step.at), &visit.format.relative(step.at))))
                (table::cell_text(visit.t("partner-move"), visit.t(made_key(step.mv))))
                (table::cell(visit.t("partner-status"), &state_chip(visit, step.to)))
                (table::cell(visit.t("partner-who"), &html! {
                    span.stacked {
                        (step.person)
                        @if step.company != Some(visit.company()) { span.detail { (visit.t("partner-invited-side")) } }
                    }
                }))
            }
        }
    };
    table::records(visit.t("partner-history"), &head, &rows)
}
