//! A page of a list of rounds in one statement: the rows are picked first, then dressed with everything else.

use db::{Error, Row, Tx};
use domain::figures::Progress;
use domain::ids::{CompanyId, OutsourcingId, PersonId, TicketId};
use domain::money::{Currency, Hours, Money};
use domain::outsourcing::{Side, Status};
use domain::terms::{Billing, RateType, Share, Terms};
use domain::ticket::{Priority, TicketStatus};
use jiff::Timestamp;

use super::filter::{self, Filter, Place};
use super::{List, side_columns};
use crate::store::{maybe_named, named, tickets};

/// A round as a row of the dashboard (section 14).
#[derive(Debug, Clone)]
pub struct Line {
    /// Key.
    pub id: OutsourcingId,
    /// On which side we stand.
    pub side: Side,
    /// Our ticket; none while a received offer is not accepted.
    pub ticket: Option<TicketId>,
    /// Its number; empty without a ticket.
    pub number: String,
    /// Its title, or the offer's; empty if we may not see it any more.
    pub title: String,
    /// Its organization; empty without a ticket.
    pub organization: String,
    /// The other company.
    pub other: String,
    /// The other company's ticket number, once there is one.
    pub other_number: Option<String>,
    /// Status of the round.
    pub status: Status,
    /// Since when.
    pub since: Timestamp,
    /// Status of our ticket.
    pub ticket_status: Option<TicketStatus>,
    /// Priority of our ticket, or the offer's.
    pub priority: Option<Priority>,
    /// Who sent it.
    pub sent_by: String,
    /// When.
    pub sent_at: Option<Timestamp>,
    /// Until when it must be answered.
    pub accept_by: Timestamp,
    /// Until when it must be done.
    pub due_at: Option<Timestamp>,
    /// Whether the partner ever took it.
    pub accepted: bool,
    /// Flat or hourly.
    pub rate_type: RateType,
    /// Flat amount or hourly rate.
    pub charge: Money,
    /// Upper limit of hourly work.
    pub hours: Option<Hours>,
    /// Hours to bill of the partner so far; none if there is no entry.
    pub billed: Option<Hours>,
    /// Where it stands in the order.
    pub place: Place,
}

impl Line {
    /// Whether we may see what it is about: the partner only an open offer and what it accepted (section 19, rule 6).
    pub fn is_known(&self) -> bool {
        self.side == Side::Lead || self.ticket.is_some() || self.status == Status::Assigned
    }

    /// The terms, with what the lead bills its customer if that is known.
    pub fn terms(&self, billing_rate: Option<Money>) -> Terms {
        Terms {
            rate_type: self.rate_type,
            authorized_charge: self.charge,
            authorized_hours: self.hours,
            accept_by: Some(self.accept_by),
            due: self.due_at,
            instructions: String::new(),
            share: Share::default(),
            billing: Billing { billing_rate, work_type: String::new() },
        }
    }

    /// How far the work has come.
    pub fn progress(&self) -> Progress {
        Progress { status: self.status, accepted: self.accepted, billed: self.billed }
    }
}

/// The item of the partner that this side can see: its own, or the copy that crossed.
pub(super) const fn own_item(side: Side) -> &'static str {
    match side {
        Side::Lead => "l.copy_item",
        Side::Partner => "l.origin_item",
    }
}

/// A page of a list, one row more than it shows.
pub fn page(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
    list: &List,
    filter: &Filter,
) -> Result<Vec<Line>, Error> {
    let side = list.side;
    let (_, _, _, other_name, _) = side_columns(side);
    let mut picked = filter::picked(company, person, list, filter);
    picked.values.push((filter.limit.saturating_add(1)).into());
    // Sorting carries ids only; the wide columns are read for the rows of the page.
    let sql = format!(
        "SELECT o.id, t.id, t.number, {title}, g.name, {other_name}, x.number, o.status, o.since, t.status, {priority},
                o.sent_name, o.sent_at, o.accept_by, {due}, o.accepted_at, o.rate_type, o.currency, o.authorized_charge,
                o.authorized_hours,
                {billed},
                {place}
           FROM (SELECT o.id FROM outsourcing o{joins} WHERE {conditions} ORDER BY {order} LIMIT ${limit}) picked
           JOIN outsourcing o ON o.id = picked.id{all}
          ORDER BY {order}",
        title = filter::title(side),
        priority = filter::priority(side),
        due = filter::due(side),
        billed = filter::billed(side),
        place = picked.place,
        joins = picked.joins,
        all = filter::joins(side).concat(),
        conditions = picked.conditions,
        order = picked.order,
        limit = picked.values.len(),
    );
    let text = filter.order.is_text();
    tx.all(&sql, &picked.values, |row| line(row, side, text))
}

fn line(row: &Row, side: Side, text: bool) -> Result<Line, Error> {
    let currency = named(row, 17, Currency::from_code)?;
    let priority: Option<i64> = row.get(10)?;
    let place = if text {
        row.get::<Option<String>>(21)?.map_or(Place::Nowhere, Place::Text)
    } else {
        row.get::<Option<i64>>(21)?.map_or(Place::Nowhere, Place::Number)
    };
    let accepted: Option<Timestamp> = row.get(15)?;
    let line = Line {
        id: OutsourcingId(row.get(0)?),
        side,
        ticket: row.get::<Option<i64>>(1)?.map(TicketId),
        number: row.get::<Option<String>>(2)?.unwrap_or_default(),
        title: row.get::<Option<String>>(3)?.unwrap_or_default(),
        organization: row.get::<Option<String>>(4)?.unwrap_or_default(),
        other: row.get(5)?,
        other_number: row.get(6)?,
        status: named(row, 7, Status::from_name)?,
        since: row.get(8)?,
        ticket_status: maybe_named(row, 9, TicketStatus::from_name)?,
        priority: priority.and_then(tickets::priority_of),
        sent_by: row.get(11)?,
        sent_at: row.get(12)?,
        accept_by: row.get(13)?,
        due_at: row.get(14)?,
        accepted: accepted.is_some(),
        rate_type: named(row, 16, RateType::from_name)?,
        charge: Money { minor: row.get(18)?, currency },
        hours: row.get::<Option<i64>>(19)?.map(Hours),
        billed: row.get::<Option<i64>>(20)?.map(Hours),
        place,
    };
    let known = line.is_known();
    Ok(Line { other_number: line.other_number.filter(|_| known), ..line })
}
