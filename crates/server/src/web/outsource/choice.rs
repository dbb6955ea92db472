//! The choice of a partner. Whoever switches in the middle takes along what they have typed.

use axum::response::Response;
use domain::message::Message;
use domain::permission::Permission;
use maud::{Markup, html};

use super::{Stage, head};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::partnerships::Choice;
use crate::web::forms::Form;
use crate::web::mark;
use crate::web::parts::{Icon, Look, button, empty_state, field, table};
use crate::web::pick;

/// So many partners at once; the name finds the others.
const PAGE: i64 = 50;

/// What belongs to this page or to the moment, not to the terms.
const OWN: [&str; 7] = ["partner", "to", "then", "seen", "q", "recent", "switch"];

/// The page; `query` is the search, and the terms as far as they were typed.
pub async fn page(visit: &Visit, stage: &Stage, query: &Fields) -> Result<Response, Problem> {
    let text = query.text("q");
    let recent = query.ticked("recent");
    let company = visit.company();
    let asked = text.clone();
    let mut list = visit
        .read(move |tx, _| {
            Ok(store::partnerships::active(tx, company, &asked, recent, PAGE.saturating_add(1))?)
        })
        .await?;
    let more = pick::cut(&mut list, PAGE);
    let home = format!("/tickets/{}", stage.ticket.id);
    let terms: Vec<_> = query.0.iter().filter(|(name, _)| !OWN.contains(&&**name)).collect();
    let carries = !terms.is_empty();
    let fields = html! {
        (field::hidden(if carries { "then" } else { "switch" }, if carries { "switch" } else { "1" }))
        @for (name, value) in terms { (field::hidden(name, value)) }
        (field::search("q", visit.t("outsource-partner-search"), &text))
        (field::checkbox(field::Field::new("recent", visit.t("outsource-recent-only")), recent))
    };
    let body = html! {
        (head(visit, stage))
        h2 { (visit.t("outsource-choose-partner")) }
        form.filters #choose method=(if carries { "post" } else { "get" }) action={ (home) "/outsource" } role="search"
            aria-label=(visit.t("list-search")) data-auto-submit {
            (fields)
            button.button.small type="submit" data-script-hides { (visit.t("list-search")) }
        }
        @if list.is_empty() {
            (empty_state(Icon::Partner, visit.t("outsource-no-partner"), visit.t("outsource-no-partner-hint"), &invite(visit)))
        } @else {
            (partners(visit, &list, &home, carries))
        }
        @if more { p.hint { (visit.say(&Message::new("outsource-partners-more").with("count", PAGE))) } }
    };
    Ok(Form::fresh(Fields::default()).answer(visit.page(visit.t("outsource-title"), &body)))
}

/// A row leads to the terms; one that takes typed terms along is a button of the form above.
fn partners(visit: &Visit, list: &[Choice], home: &str, carries: bool) -> Markup {
    let columns = html! {
        (table::head(visit.t("partner-name-column")))
        (table::head(visit.t("partner-city-column")))
        (table::head(visit.t("partner-last-column")))
        @if carries { (table::head_hidden(visit.t("outsource-choose-partner"))) }
    };
    let facts = |partner: &Choice| {
        html! {
            (table::cell_text(visit.t("partner-city-column"), &partner.city))
            (table::cell(visit.t("partner-last-column"), &html! {
                @match partner.outsourced_at { Some(at) => (mark::ago(&visit.format, at)), None => "–" }
            }))
        }
    };
    let rows = html! {
        @for partner in list {
            @if carries {
                @let label = format!("{}: {}", visit.t("outsource-choose"), partner.name);
                tr {
                    td.title { (partner.name) }
                    (facts(partner))
                    (table::cell_actions(&html! {
                        button.button.small type="submit" form="choose" name="to" value=(partner.partnership)
                            aria-label=(label) { (visit.t("outsource-choose")) }
                    }))
                }
            } @else {
                @let href = format!("{home}/outsource?partner={}", partner.partnership);
                (table::row(&href, &html! { (table::cell_title(&partner.name, &href, None)) (facts(partner)) }))
            }
        }
    };
    table::records(visit.t("outsource-choose-partner"), &columns, &rows)
}

fn invite(visit: &Visit) -> Markup {
    html! {
        @if visit.may(Permission::ManagePartners) {
            (button::link(visit.t("nav-invite"), "/partners", Look::Primary, Some(Icon::Partner)))
        }
    }
}
