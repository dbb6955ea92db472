//! Invite & Manage: every organization that could be a partner, who of it is invited, and how it stands (section 5).
//! `partners::table` is the table itself.

pub mod history;
pub mod recipient;
mod table;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{OrganizationId, PartnershipId};
use domain::message::Message;
use domain::partnership::{Move, PartnerKind, State};
use domain::permission::Permission;
use domain::ticket::OrganizationType;
use maud::{Markup, html};

use super::forms::{go, own_path};
use super::parts::page::flash_with;
use super::parts::{Icon, Look, Tone, button, empty_state, flash, page_head, pager};
use super::pick;
use crate::actions;
use crate::actions::partnerships::Outcome;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store::PAGE;
use crate::store::partnerships::list::{self, Filter, Sort};

/// The address of the list.
const HERE: &str = "/partners";

/// `GET /partners`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    page(&visit, &pick::query(&visit), &html! {}).await
}

async fn page(visit: &Visit, query: &Fields, notice: &Markup) -> Result<Markup, Problem> {
    visit.require(Permission::ManagePartners)?;
    let filter = filter(query);
    let asked = filter.clone();
    let mut lines =
        visit.read(move |tx, acting| Ok(list::page(tx, acting.actor.company, &asked)?)).await?;
    let more = pick::cut(&mut lines, PAGE);
    let last = lines.last().filter(|_| more);
    let next =
        last.map(|line| address(query, "after", &format!("{}~{}", line.organization, line.key)));
    let first = query.has("after").then(|| address(query, "after", ""));
    let title = visit.t("partner-title");
    let body = html! {
        (page_head(title, Some(visit.t("partner-subtitle")), &buttons(visit, lines.is_empty() && !is_filtered(query))))
        (notice)
        (table::form(visit, query))
        div data-live-part="list" {
            @if lines.is_empty() && !is_filtered(query) { (nothing(visit, query)) } @else {
                (table::table(visit, query, &filter, &lines))
                @if lines.is_empty() { (nothing(visit, query)) }
                (pager(visit.t("pager-label"), "", (visit.t("pager-first"), first.as_deref()),
                       (visit.t("pager-next"), next.as_deref())))
            }
        }
    };
    Ok(visit.live_page(title, "/live/company", &body))
}

/// The list's address with one value changed; works on pages that answer a form, too.
fn address(query: &Fields, name: &str, value: &str) -> String {
    format!("{HERE}{}", pick::address(query, name, value))
}

/// An empty list has the button for a new organization itself.
fn buttons(visit: &Visit, empty: bool) -> Markup {
    html! {
        @if visit.may(Permission::EditInvitation) {
            (button::link(visit.t("partner-edit-invitation"), "/partners/invitation-text", Look::Plain, Some(Icon::Edit)))
        }
        @if visit.may(Permission::EditOrganizations) && !empty {
            (button::link(visit.t("partner-new-organization"), "/organizations/new?type=partner&return=/partners",
                          Look::Plain, Some(Icon::Plus)))
        }
    }
}

fn filter(query: &Fields) -> Filter {
    let (sort, down) = pick::sort(query);
    let typed =
        |name: &str| query.get(name).chars().take(200).collect::<String>().replace('\0', "");
    Filter {
        text: typed("q"),
        kind: OrganizationType::from_name(query.get("kind")).filter(|kind| kind.may_be_partner()),
        status: State::from_name(query.get("status")),
        place: typed("place"),
        partner: PartnerKind::from_name(query.get("partner")),
        recipient: typed("recipient"),
        sort: Sort::from_name(sort),
        down,
        after: pick::after(query),
    }
}

fn is_filtered(query: &Fields) -> bool {
    ["q", "place", "kind", "partner", "status", "recipient"]
        .iter()
        .any(|name| !query.get(name).is_empty())
}

fn nothing(visit: &Visit, query: &Fields) -> Markup {
    if is_filtered(query) || query.has("after") {
        let reset = button::link(visit.t("form-reset"), HERE, Look::Plain, None);
        return empty_state(
            Icon::Search,
            visit.t("partner-not-found"),
            visit.t("partner-not-found-hint"),
            &reset,
        );
    }
    empty_state(
        Icon::Partner,
        visit.t("partner-none"),
        visit.t("partner-none-hint"),
        &html! {
            @if visit.may(Permission::EditOrganizations) {
                (button::link(visit.t("partner-new-organization"), "/organizations/new?type=partner&return=/partners",
                              Look::Primary, Some(Icon::Plus)))
            }
        },
    )
}

/// `POST /partners/invitations`: invites one or several.
pub async fn invite(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::ManagePartners)?;
    let back = back(&fields);
    let query = Fields::parse(back.split_once('?').map_or("", |(_, query)| query));
    let chosen: Vec<OrganizationId> =
        fields.numbers("organization").into_iter().map(OrganizationId).collect();
    if chosen.is_empty() {
        let notice = flash(Tone::Warning, visit.t("partner-none-chosen"));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &query, &notice).await?)
            .into_response());
    }
    let outcomes =
        visit.write(move |tx, acting| actions::partnerships::invite(tx, acting, &chosen)).await?;
    if outcomes.iter().all(|outcome| outcome.refusal.is_none()) {
        let done =
            if outcomes.len() == 1 { "done-partner-invited" } else { "done-partners-invited" };
        return Ok(go(&back, done));
    }
    let none = outcomes.iter().all(|outcome| outcome.refusal.is_some());
    let status = if none { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page(&visit, &query, &told(&visit, &outcomes)).await?).into_response())
}

/// Who was invited, and who was not, with the reason.
fn told(visit: &Visit, outcomes: &[Outcome]) -> Markup {
    let sent = outcomes.iter().filter(|outcome| outcome.refusal.is_none()).count();
    let sent = i64::try_from(sent).unwrap_or(i64::MAX);
    html! {
        @if sent > 0 {
            (flash(Tone::Success, &visit.say(&Message::new("partner-some-invited").with("count", sent))))
        }
        (flash_with(Tone::Danger, &html! {
            p { (visit.t("partner-some-refused")) }
            ul {
                @for outcome in outcomes {
                    @if let Some(refusal) = &outcome.refusal {
                        li { strong { (outcome.name) } ": " (visit.say(&refusal.message())) }
                    }
                }
            }
        }))
    }
}

/// `POST /partners/{id}/renewal`: the invitation once more, with a new link.
pub async fn renew(visit: Visit, Path(id): Path<i64>, fields: Fields) -> Result<Response, Problem> {
    play(visit, id, &fields, Move::Resend, "done-partner-renewed").await
}

/// `POST /partners/{id}/withdrawal`
pub async fn withdraw(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    play(visit, id, &fields, Move::Withdraw, "done-partner-withdrawn").await
}

/// `POST /partners/{id}/deactivation`
pub async fn deactivate(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    play(visit, id, &fields, Move::Deactivate, "done-partner-deactivated").await
}

/// `POST /partners/{id}/reactivation`
pub async fn reactivate(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    play(visit, id, &fields, Move::Reactivate, "done-partner-reactivated").await
}

async fn play(
    visit: Visit,
    id: i64,
    fields: &Fields,
    mv: Move,
    done: &str,
) -> Result<Response, Problem> {
    let id = PartnershipId(id);
    visit.write(move |tx, acting| actions::partnerships::play(tx, acting, id, mv)).await?;
    Ok(go(&back(fields), done))
}

/// The list as the person had it before.
fn back(fields: &Fields) -> String {
    let asked = own_path(fields.get("back"), HERE);
    if asked == HERE || asked.starts_with("/partners?") {
        asked.to_owned()
    } else {
        HERE.to_owned()
    }
}
