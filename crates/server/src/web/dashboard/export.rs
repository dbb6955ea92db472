//! A list as a file: exactly what its filters show, in the order of the page, with the columns of the page and what stands
//! small in them; with every column one may see if the address names none.

use axum::http::StatusCode;
use axum::response::Response;
use db::Tx;
use domain::message::Message;
use domain::permission::Permission;

use super::asked::Asked;
use super::table::{money, other_number, title};
use super::{Column, Shown, asked, lists_of, money_of};
use crate::actions::tickets::{priority_key, ticket_status_key};
use crate::app::Acting;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::rounds::Kind;
use crate::store::rounds::list::{Agreed, Line, Round};
use crate::store::rounds::money::{Amounts, Purses};
use crate::store::views::Door;
use crate::web::networks::action_key;
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
    let shown = Shown::to(visit);
    let asked = asked::read(&pick::query(visit), &lists_of(visit, door), &visit.format, shown)?;
    asked.mistakes.clone().check()?;
    let (kind, columns) = (asked.list.kind, columns(&asked, shown));
    let name = format!("staffel-{}-{}", asked.list.name, visit.format.today());
    let person = visit.clone();
    let bytes = visit
        .read(move |tx, acting| {
            let mut sheet = Sheet::new(person.format.language, heads(&person, kind, &columns))?;
            let mut asked = asked.clone();
            asked.filter.after = None;
            asked.filter.limit = BATCH;
            let mut written = 0;
            loop {
                let (lines, purses, more) = batch(tx, acting, &asked, shown)?;
                written += lines.len();
                if written > MOST {
                    return Err(too_many());
                }
                for line in &lines {
                    sheet.row(&record(&person, &columns, line, purses.get(&line.id())))?;
                }
                match lines.last().filter(|_| more) {
                    Some(end) => asked.filter.after = Some((end.place.clone(), end.id())),
                    None => return sheet.finish(),
                }
            }
        })
        .await?;
    Ok(download(&name, bytes))
}

fn columns(asked: &Asked, shown: Shown) -> Vec<Column> {
    let allowed = Column::allowed(asked.list.kind, shown);
    match &asked.columns {
        None => allowed,
        named => {
            let seen = Column::shown(&asked.list, named.as_deref(), &allowed);
            Column::with_neighbours(&seen, &allowed)
        }
    }
}

fn batch(
    tx: &mut Tx,
    acting: &Acting,
    asked: &Asked,
    shown: Shown,
) -> Result<(Vec<Line>, Purses, bool), Problem> {
    let (company, whose) = (acting.actor.company, acting.actor.person);
    let mut lines = store::rounds::list::page(tx, company, whose, &asked.list, &asked.filter)?;
    let more = pick::cut(&mut lines, BATCH);
    let purses = money_of(tx, acting, &asked.list, &lines, shown)?;
    Ok((lines, purses, more))
}

/// The sentence instead of a file that is cut.
fn too_many() -> Problem {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    Problem::Odd(StatusCode::UNPROCESSABLE_ENTITY, Message::new("csv-too-many").with("most", most))
}

fn heads(visit: &Visit, kind: Kind, columns: &[Column]) -> Vec<&'static str> {
    let mut heads: Vec<&'static str> =
        columns.iter().map(|column| visit.t(column.key(kind))).collect();
    heads.extend(columns.iter().any(|column| column.is_financial()).then(|| visit.t("currency")));
    heads.extend(columns.contains(&Column::Charges).then(|| visit.t("charges-elsewhere-head")));
    heads
}

fn record(visit: &Visit, columns: &[Column], line: &Line, amounts: Option<&Amounts>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = columns
        .iter()
        .map(|column| {
            if column.is_financial() {
                let amount = money(*column, line.agreed(), amounts);
                amount.map_or_else(Cell::empty, |amount| Cell::money(&visit.format, amount))
            } else {
                cell(visit, *column, line)
            }
        })
        .collect();
    // Only those who may see money have columns for it, and only they need its currency.
    if columns.iter().any(|column| column.is_financial()) {
        let currency = match amounts {
            Some(Amounts::Shared(figures)) => figures.total.currency.code(),
            Some(Amounts::OneWay(rate)) => rate.currency.code(),
            None => "",
        };
        cells.push(Cell::text(currency));
    }
    if columns.contains(&Column::Charges) {
        let elsewhere = match amounts {
            Some(Amounts::Shared(figures)) => figures.elsewhere.to_string(),
            Some(Amounts::OneWay(_)) | None => String::new(),
        };
        cells.push(Cell::Figure(elsewhere));
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
        Column::Partner | Column::Network => Cell::text(&line.other),
        Column::PartnerTicket => Cell::text(other_number(line).unwrap_or_default()),
        Column::Action => match &line.round {
            Round::OneWay(_, action) => Cell::text(visit.t(action_key(*action))),
            Round::Shared(_) => Cell::empty(),
        },
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
        Column::AcceptBy => when(line.accept_by()),
        Column::Due => when(line.due_at),
        _ => line.agreed().map_or_else(Cell::empty, |agreed| term(visit, column, agreed)),
    }
}

fn term(visit: &Visit, column: Column, agreed: &Agreed) -> Cell {
    let hours = match column {
        Column::RateType => return Cell::text(visit.t(rate_key(agreed.rate_type))),
        Column::AuthorizedHours => agreed.hours,
        _ => agreed.billed.filter(|_| column == Column::Hours),
    };
    hours.map_or_else(Cell::empty, |hours| Cell::hours(&visit.format, hours))
}
