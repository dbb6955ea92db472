//! The table of networks: a filter beneath and an order above every column; and the same as a file.

use axum::response::Response;
use domain::permission::Permission;
use maud::{Markup, html};

use super::{HERE, action_choices, action_key, filter, is_filtered};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::networks::{Filter, Line, Sort};
use crate::web::mark::ago;
use crate::web::parts::table;
use crate::web::parts::{Choice, Icon, button, field, icon};
use crate::web::pick;
use crate::web::sheet::{Cell, Sheet, download};

/// The id of the form with the filters.
const FORM: &str = "network-filters";
/// So many are read at a time for a file.
const BATCH: i64 = 1000;

/// The form to which the filters beneath the head belong.
pub fn form(visit: &Visit, query: &Fields) -> Markup {
    let hidden = html! { @if query.has("sort") { (field::hidden("sort", query.get("sort"))) } };
    let reset = is_filtered(query).then(|| (visit.t("form-reset"), HERE));
    table::filter_form((FORM, HERE), &hidden, visit.t("form-filter"), reset)
}

/// The table.
pub fn table(visit: &Visit, query: &Fields, filter: &Filter, lines: &[Line]) -> Markup {
    let back = pick::address(query, "", "");
    let back = format!("{HERE}{}", if back == "?" { "" } else { &back });
    let link = |sort: Sort| {
        let now = pick::way(filter.sort == sort, filter.down);
        (pick::sorted_by(query, sort.name(), now), now)
    };
    let sorted = |sort: Sort, label| {
        let (href, now) = link(sort);
        table::sort_head(visit.t(label), &href, now)
    };
    let (href, now) = link(Sort::Open);
    let counted = table::sort_head_number(visit.t("network-open"), &href, now);
    let head = html! {
        (table::head_hidden(visit.t("form-edit")))
        (sorted(Sort::Name, "network-name"))
        (sorted(Sort::Action, "network-action"))
        (sorted(Sort::Organization, "network-organization"))
        (sorted(Sort::Active, "network-active"))
        (sorted(Sort::Used, "network-used"))
        (counted)
        (table::head_hidden(visit.t("network-switch")))
    };
    table::records_filtered(
        visit.t("networks-title"),
        &head,
        &filters(visit, query),
        &html! { @for line in lines { (row(visit, line, &back)) } },
    )
}

fn filters(visit: &Visit, query: &Fields) -> Markup {
    let mut actions = vec![Choice::new("", visit.t("filter-any"))];
    actions.extend(action_choices(visit));
    let states = [
        Choice::new("", visit.t("filter-any")),
        Choice::new("yes", visit.t("form-active")),
        Choice::new("no", visit.t("form-inactive")),
    ];
    html! {
        (table::filter_none())
        (table::filter_text(FORM, "q", visit.t("networks-search"), query.get("q")))
        (table::filter_choice(FORM, "action", visit.t("network-action"), query.get("action"), &actions))
        (table::filter_none())
        (table::filter_choice(FORM, "active", visit.t("network-active"), query.get("active"), &states))
        @for _ in 0..3 { (table::filter_none()) }
    }
}

fn row(visit: &Visit, line: &Line, back: &str) -> Markup {
    let network = &line.network;
    let edit = format!("{HERE}/{}/edit", network.id);
    let (label, noun) = if network.active {
        ("network-deactivate", "deactivation")
    } else {
        ("network-activate", "activation")
    };
    table::row(
        &edit,
        &html! {
            (table::cell_actions(&button::icon_link(&format!("{}: {}", visit.t("form-edit"), network.name), &edit, Icon::Edit)))
            (table::cell_title(&network.name, &edit, None))
            (table::cell_text(visit.t("network-action"), visit.t(action_key(network.action))))
            (table::cell(visit.t("network-organization"), &html! {
                a href={ "/organizations/" (network.organization) } { (line.organization) }
            }))
            (table::cell(visit.t("network-active"), &check_mark(visit, network.active)))
            (table::cell(visit.t("network-used"), &html! {
                @match line.used_at { Some(at) => (ago(&visit.format, at)), None => "–" }
            }))
            (table::cell_number(visit.t("network-open"), &visit.format.number(line.open)))
            (table::cell_actions(&html! {
                form.inline method="post" action={ (HERE) "/" (network.id) "/" (noun) } {
                    (field::hidden("back", back))
                    button.button.quiet.small type="submit" { (visit.t(label)) }
                }
            }))
        },
    )
}

/// A check mark for what is active (section 6), said in words to those who do not see it.
fn check_mark(visit: &Visit, active: bool) -> Markup {
    let word = visit.t(if active { "form-active" } else { "form-inactive" });
    html! {
        span title=(word) {
            @if active { (icon(Icon::Check)) } @else { span aria-hidden="true" { "–" } }
            span.visually-hidden { (word) }
        }
    }
}

/// `GET /networks.csv`: all that the filters leave.
pub async fn export(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::ManageNetworks)?;
    let mut filter = Filter { after: None, ..filter(&pick::query(&visit), BATCH) };
    let heads = [
        "network-name",
        "network-action",
        "network-organization",
        "network-active",
        "network-used",
        "network-open",
    ];
    let mut sheet = Sheet::new(visit.format.language, heads.map(|key| visit.t(key)))?;
    loop {
        let asked = filter.clone();
        let mut lines = visit
            .read(move |tx, acting| Ok(store::networks::page(tx, acting.actor.company, &asked)?))
            .await?;
        let more = pick::cut(&mut lines, BATCH);
        for line in &lines {
            sheet.row(&cells(&visit, line))?;
        }
        match lines.last().filter(|_| more) {
            Some(last) => filter.after = Some((last.key.clone(), last.network.id.0)),
            None => break,
        }
    }
    Ok(download(&format!("staffel-networks-{}", visit.format.today()), sheet.finish()?))
}

fn cells(visit: &Visit, line: &Line) -> [Cell; 6] {
    let network = &line.network;
    let active = if network.active { "form-active" } else { "form-inactive" };
    [
        Cell::text(&network.name),
        Cell::text(visit.t(action_key(network.action))),
        Cell::text(&line.organization),
        Cell::text(visit.t(active)),
        line.used_at.map_or_else(Cell::empty, |at| Cell::instant(&visit.format, at)),
        Cell::Figure(line.open.to_string()),
    ]
}
