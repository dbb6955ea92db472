//! A list as a file: exactly what its filters show, every column one may see, in the order of the page.

use std::collections::HashMap;

use axum::http::StatusCode;
use axum::response::Response;
use db::Tx;
use domain::figures::Figures;
use domain::message::Message;
use domain::outsourcing::Side;
use domain::permission::Permission;

use super::table::title;
use super::{Column, Shown, asked, lists_of};
use crate::actions::tickets::{priority_key, ticket_status_key};
use crate::app::Acting;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::rounds::list::Line;
use crate::store::views::Door;
use crate::web::outsource_bar::rate_key;
use crate::web::pick;
use crate::web::sheet::{Cell, Sheet, download};

/// More rows are refused with a sentence, never cut.
const MOST: usize = 50_000;
/// So many are read at a time.
const BATCH: i64 = 1000;

/// `GET /outsource.csv`
pub async fn outsourced_csv(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::OpenDashboard)?;
    csv(&visit, Door::Outsource).await
}

/// `GET /received.csv`
pub async fn received_csv(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::SeeReceivedWork)?;
    csv(&visit, Door::Received).await
}

async fn csv(visit: &Visit, door: Door) -> Result<Response, Problem> {
    let asked = asked::read(&pick::query(visit), &lists_of(visit, door), &visit.format)?;
    asked.mistakes.clone().check()?;
    let (list, shown) = (asked.list, Shown::to(visit));
    let columns = Column::allowed(list.side, shown);
    let name = format!("staffel-{}-{}", list.name, visit.format.today());
    let person = visit.clone();
    let bytes = visit
        .read(move |tx, acting| {
            let head = heads(&person, list.side, &columns, shown);
            let mut sheet = Sheet::new(person.format.language, head)?;
            let mut asked = asked.clone();
            asked.filter.after = None;
            asked.filter.limit = BATCH;
            let mut written = 0;
            loop {
                let (lines, figures, more) = batch(tx, acting, &asked, shown)?;
                written += lines.len();
                if written > MOST {
                    return Err(too_many());
                }
                for line in &lines {
                    sheet.row(&record(&person, &columns, line, figures.get(&line.id)))?;
                }
                match lines.last().filter(|_| more) {
                    Some(end) => asked.filter.after = Some((end.place.clone(), end.id.0)),
                    None => return sheet.finish(),
                }
            }
        })
        .await?;
    Ok(download(&name, bytes))
}

type Batch = (Vec<Line>, HashMap<domain::ids::OutsourcingId, Figures>, bool);

fn batch(
    tx: &mut Tx,
    acting: &Acting,
    asked: &asked::Asked,
    shown: Shown,
) -> Result<Batch, Problem> {
    let (company, whose) = (acting.actor.company, acting.actor.person);
    let mut lines = store::rounds::list::page(tx, company, whose, &asked.list, &asked.filter)?;
    let more = pick::cut(&mut lines, BATCH);
    let figures = match shown {
        Shown::Everything => store::rounds::money::figures(tx, company, &lines)?,
        Shown::WithoutMoney => HashMap::new(),
    };
    Ok((lines, figures, more))
}

/// The sentence instead of a file that is cut.
fn too_many() -> Problem {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    Problem::Odd(StatusCode::UNPROCESSABLE_ENTITY, Message::new("csv-too-many").with("most", most))
}

fn heads(visit: &Visit, side: Side, columns: &[Column], shown: Shown) -> Vec<&'static str> {
    let mut heads: Vec<&'static str> =
        columns.iter().map(|column| visit.t(column.key(side))).collect();
    if shown == Shown::Everything {
        heads.extend([visit.t("currency"), visit.t("charges-elsewhere-head")]);
    }
    heads
}

fn record(visit: &Visit, columns: &[Column], line: &Line, figures: Option<&Figures>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = columns
        .iter()
        .map(|column| {
            if column.is_financial() {
                money(visit, *column, line, figures)
            } else {
                cell(visit, *column, line)
            }
        })
        .collect();
    // Only those who may see money have columns for it, and only they need its currency.
    if columns.contains(&Column::Total) {
        let currency = figures.map(|_| line.charge.currency.code()).unwrap_or_default();
        let elsewhere = figures.map(|figures| figures.elsewhere.to_string()).unwrap_or_default();
        cells.extend([Cell::text(currency), Cell::Figure(elsewhere)]);
    }
    cells
}

fn cell(visit: &Visit, column: Column, line: &Line) -> Cell {
    let format = &visit.format;
    let when =
        |at: Option<jiff::Timestamp>| at.map_or_else(Cell::empty, |at| Cell::instant(format, at));
    match column {
        Column::Number => Cell::text(&line.number),
        Column::Title => Cell::text(title(visit, line)),
        Column::Organization => Cell::text(&line.organization),
        Column::Partner => Cell::text(&line.other),
        Column::PartnerTicket => Cell::text(line.other_number.as_deref().unwrap_or_default()),
        Column::Status => Cell::text(visit.t(line.status.key())),
        Column::Since => when(Some(line.since)),
        Column::TicketStatus => line
            .ticket_status
            .map_or_else(Cell::empty, |it| Cell::text(visit.t(ticket_status_key(it)))),
        Column::Priority => {
            line.priority.map_or_else(Cell::empty, |it| Cell::text(visit.t(priority_key(it))))
        }
        Column::SentBy => Cell::text(&line.sent_by),
        Column::SentOn => when(line.sent_at),
        Column::AcceptBy => when(Some(line.accept_by)),
        Column::Due => when(line.due_at),
        Column::RateType if line.is_known() => Cell::text(visit.t(rate_key(line.rate_type))),
        Column::AuthorizedHours => line
            .hours
            .filter(|_| line.is_known())
            .map_or_else(Cell::empty, |hours| Cell::hours(format, hours)),
        Column::Hours => line.billed.map_or_else(Cell::empty, |hours| Cell::hours(format, hours)),
        _ => Cell::empty(),
    }
}

fn money(visit: &Visit, column: Column, line: &Line, figures: Option<&Figures>) -> Cell {
    let amount = figures.and_then(|figures| match column {
        Column::AuthorizedCharge => Some(line.charge),
        Column::Total => Some(figures.total),
        Column::Used => Some(figures.used),
        Column::Charges => Some(figures.charges),
        _ => figures.margin,
    });
    amount.map_or_else(Cell::empty, |amount| Cell::money(&visit.format, amount))
}
