//! The Outsource Management dashboard and the received work (section 14): lists with live counts, filters, columns,
//! saved views, CSV. `asked` reads the address, `columns` says what there is to see, `table` shows it, `export` writes it.

mod asked;
mod columns;
mod export;
mod filters;
mod lists;
mod table;

use std::collections::HashMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use db::Tx;
use domain::ids::{PersonId, QueueId};
use domain::message::Message;
use domain::permission::{Actor, Permission};
use jiff::Timestamp;
use maud::{Markup, html};

pub use columns::Column;
pub use export::{outsourced_csv, received_csv};
pub use lists::list_key;

use self::asked::Asked;
use super::forms::{Form, go};
use super::parts::{Icon, Look, button, layout, page_head, pager};
use super::tickets::pager_words;
use super::{agreement, pick, views};
use crate::app::Acting;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::PAGE;
use crate::store::rounds::list::Line;
use crate::store::rounds::money::Purses;
use crate::store::rounds::{Kind, List, NETWORKS, OUTSOURCED, RECEIVED, Wanted};
use crate::store::views::{Door, SavedView};

/// Whether a person sees money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All columns.
    Everything,
    /// None of the financial ones: they are not even read.
    WithoutMoney,
}

impl Shown {
    /// What this person may see.
    pub fn to(visit: &Visit) -> Self {
        if visit.may(Permission::SeeFinancials) { Self::Everything } else { Self::WithoutMoney }
    }
}

/// `GET /outsource`: before the agreement with received work alone, and the way to the agreement (section 3).
pub async fn outsourced(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::OpenDashboard)?;
    dashboard(&visit, Door::Outsource).await
}

/// `GET /received`: the same lists of received work for whoever may answer offers, without the agreement.
pub async fn received(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::SeeReceivedWork)?;
    dashboard(&visit, Door::Received).await
}

/// The lists behind a door; those of outsourced work are there once the agreement is accepted.
pub fn lists_of(visit: &Visit, door: Door) -> Vec<List> {
    match door {
        Door::Outsource if visit.may(Permission::SeeDashboard) => {
            OUTSOURCED.iter().chain([&NETWORKS]).chain(&RECEIVED).copied().collect()
        }
        Door::Outsource | Door::Received => RECEIVED.to_vec(),
    }
}

/// Everything a page needs, read at once.
struct Facts {
    lines: Vec<Line>,
    money: Purses,
    counts: Vec<i64>,
    others: Vec<(i64, String)>,
    queues: Vec<(QueueId, String)>,
    people: Vec<(PersonId, String)>,
    views: Vec<SavedView>,
    chosen: Option<String>,
}

async fn dashboard(visit: &Visit, door: Door) -> Result<Response, Problem> {
    let query = pick::query(visit);
    if query.0.is_empty()
        && let Some(start) = start(visit, door).await?
    {
        return Ok(start);
    }
    let lists = lists_of(visit, door);
    let asked = asked::read(&query, &lists, &visit.format, Shown::to(visit))?;
    let facts = facts(visit, door, &lists, &asked).await?;
    let status =
        if asked.mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(visit, door, &query, &lists, &asked, facts)?).into_response())
}

/// Where a person begins who has chosen a view for it; All My Open otherwise (section 3).
async fn start(visit: &Visit, door: Door) -> Result<Option<Response>, Problem> {
    let views = visit.read(move |tx, acting| Ok(store::views::all(tx, acting, door)?)).await?;
    let start = views.iter().find(|view| view.is_start);
    let done = Fields::parse(visit.frame.here.split_once('?').map_or("", |(_, query)| query));
    Ok(start.map(|view| go(&views::address(view), done.get("done"))))
}

async fn facts(visit: &Visit, door: Door, lists: &[List], asked: &Asked) -> Result<Facts, Problem> {
    let shown = Shown::to(visit);
    let (lists, asked, now) = (lists.to_vec(), asked.clone(), visit.now());
    visit
        .read(move |tx, acting| {
            let (company, person) = (acting.actor.company, acting.actor.person);
            let kind = asked.list.kind;
            // Dates that are none narrow nothing, so nothing is shown: a list must not look as if it were filtered.
            let lines = if asked.mistakes.is_empty() {
                store::rounds::list::page(tx, company, person, &asked.list, &asked.filter)?
            } else {
                Vec::new()
            };
            let money = money_of(tx, acting, &asked.list, &lines, shown)?;
            let counts = counts(tx, acting, &lists, now)?;
            Ok(Facts {
                lines,
                money,
                counts,
                others: store::rounds::filter::others(tx, company, kind)?,
                queues: store::queues::all(tx, company)?,
                people: store::people::pick_list(tx, company)?,
                views: store::views::all(tx, acting, door)?,
                chosen: store::views::columns(tx, person, kind)?,
            })
        })
        .await
}

/// The money of a page, for those who may see it.
fn money_of(
    tx: &mut Tx,
    acting: &Acting,
    list: &List,
    lines: &[Line],
    shown: Shown,
) -> Result<Purses, Problem> {
    match shown {
        Shown::Everything => {
            Ok(store::rounds::money::of(tx, acting.actor.company, list.kind, lines)?)
        }
        Shown::WithoutMoney => Ok(HashMap::new()),
    }
}

/// How many rounds each list holds; those of complete work count the standard period.
fn counts(
    tx: &mut Tx,
    acting: &Acting,
    lists: &[List],
    now: Timestamp,
) -> Result<Vec<i64>, Problem> {
    let standard = asked::Period::Month.start(now);
    let wanted: Vec<Wanted> = lists
        .iter()
        .map(|&list| Wanted { list, since: standard.filter(|_| asked::has_period(&list)) })
        .collect();
    let Actor { company, person, .. } = acting.actor;
    Ok(store::rounds::counts(tx, company, person, &wanted)?)
}

fn page(
    visit: &Visit,
    door: Door,
    query: &Fields,
    lists: &[List],
    asked: &Asked,
    mut facts: Facts,
) -> Result<Markup, Problem> {
    let list = asked.list;
    let allowed = Column::allowed(list.kind, Shown::to(visit));
    let remembered = facts.chosen.as_deref().map(|names| Column::list(names.split(',')));
    let columns =
        Column::shown(&list, asked.columns.as_deref().or(remembered.as_deref()), &allowed);
    let view = facts.views.iter().find(|view| Some(view.id) == query.number("view"));
    let more = pick::cut(&mut facts.lines, PAGE);
    let next = facts
        .lines
        .last()
        .filter(|_| more)
        .map(|line| pick::address(query, "after", &asked::cursor(&line.place, line.id())));
    let first = query.has("after").then(|| pick::address(query, "after", ""));
    let words = pager_words(visit);
    let title = visit.t(if door == Door::Outsource { "dashboard-title" } else { "nav-received" });
    let form = mistaken(visit, query, asked)?;
    let main = html! {
        div data-live-part="rounds" {
            h2.visually-hidden { (visit.t(list_key(&list))) }
            @if facts.lines.is_empty() { (lists::nothing(visit, &list, query)) } @else {
                (table::rows(visit, query, asked, &columns, &facts))
                (pager(words.0, "", (words.1, first.as_deref()), (words.2, next.as_deref())))
            }
        }
    };
    let subtitle = match view {
        Some(view) => format!("{} · {}", view.name, visit.t(list_key(&list))),
        None => visit.t(list_key(&list)).to_owned(),
    };
    let known = lists::Known { views: &facts.views, counts: &facts.counts };
    let current =
        view.map_or(lists::Current::List(list.name), |view| lists::Current::View(view.id));
    let body = html! {
        (page_head(title, Some(&subtitle), &actions(visit, door, query, asked, (&allowed, &columns), view)))
        @if door == Door::Outsource { (agreement::notice(visit)) }
        (layout::with_lists(&lists::tabs(visit, door, lists, &known, current), &html! {
            (form.summary())
            (filters::row(visit, door, &form, asked, &facts))
            (main)
        }))
    };
    Ok(visit.live_page(title, "/live/company", &form.named(body)))
}

/// The filter row as a form: with what was typed, and with dates that are none.
fn mistaken(visit: &Visit, query: &Fields, asked: &Asked) -> Result<Form, Problem> {
    if asked.mistakes.is_empty() {
        return Ok(Form::fresh(query.clone()));
    }
    visit.returned(query.clone(), Problem::Invalid(asked.mistakes.clone()))
}

/// Columns, view, file.
fn actions(
    visit: &Visit,
    door: Door,
    query: &Fields,
    asked: &Asked,
    (allowed, columns): (&[Column], &[Column]),
    view: Option<&SavedView>,
) -> Markup {
    let mut here = query.clone();
    here.0.retain(|(name, _)| name != "after");
    let here = here_with_list(&here, asked);
    let back = format!("{}{}", door.path(), pick::address(&here, "", ""));
    let kept = asked::kept(&here, columns);
    // The file has the columns of this page, whatever is chosen on another one meanwhile.
    let file = pick::address(&here, "columns", &Column::names(columns));
    html! {
        (columns::choice(visit, asked.list.kind, &back, allowed, columns))
        (views::menu(visit, door, &kept, view))
        (button::link(visit.t("list-csv"), &format!("{}.csv{file}", door.path()), Look::Quiet, Some(Icon::Download)))
    }
}

fn here_with_list(here: &Fields, asked: &Asked) -> Fields {
    let mut fields = here.clone();
    fields.set("list", asked.list.name);
    fields
}

/// `POST /columns`: what a person wants to see on the lists of a kind. Over a view only the view's page changes.
pub async fn choose_columns(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let kind = Kind::from_name(fields.get("kind")).ok_or(Problem::NotFound)?;
    visit.require(Permission::SeeReceivedWork)?;
    let standard = fields.has("standard");
    let chosen = if standard { Vec::new() } else { Column::list(fields.all("columns")) };
    let names = Column::names(&chosen);
    let back = super::forms::own_path(fields.get("back"), "/received");
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let mut query = Fields::parse(query);
    if query.has("columns") {
        return Ok(go(&format!("{path}{}", pick::address(&query, "columns", &names)), ""));
    }
    visit
        .write(move |tx, acting| crate::actions::views::choose_columns(tx, acting, kind, &names))
        .await?;
    query.0.retain(|(name, _)| name != "done");
    Ok(go(&format!("{path}{}", pick::address(&query, "after", "")), ""))
}

impl Visit {
    /// A sentence that counts.
    pub fn count(&self, key: &'static str, count: i64) -> String {
        self.say(&Message::new(key).with("count", count))
    }
}
