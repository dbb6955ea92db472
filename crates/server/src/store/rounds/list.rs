//! A page of a list in one statement: the rows are picked first, then dressed with everything else. What all rounds have
//! is read alike; what two companies agreed on stands apart from what one company did alone.

use db::{Error, Row, Tx};
use domain::figures::Progress;
use domain::ids::{CompanyId, NetworkRoundId, OutsourcingId, PersonId, TicketId};
use domain::money::{Currency, Hours, Money};
use domain::network::Action;
use domain::outsourcing::{Side, Status};
use domain::terms::{Billing, RateType, Share, Terms};
use domain::ticket::{Priority, TicketStatus};
use jiff::Timestamp;

use super::filter::{self, Filter, Picked, Place};
use super::{Kind, List};
use crate::store::{maybe_named, named, tickets};

/// A round as a row of the dashboard (section 14).
#[derive(Debug, Clone)]
pub struct Line {
    /// Which round it is, and what only its kind has.
    pub round: Round,
    /// Our ticket; none while a received offer is not accepted.
    pub ticket: Option<TicketId>,
    /// Its number; empty without a ticket.
    pub number: String,
    /// Its title, or the offer's; empty if we may not see it any more.
    pub title: String,
    /// Its organization; empty without a ticket.
    pub organization: String,
    /// The other company, or the network.
    pub other: String,
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
    /// Until when it must be done.
    pub due_at: Option<Timestamp>,
    /// Where it stands in the order.
    pub place: Place,
}

/// Which round it is, and what only its kind has.
#[derive(Debug, Clone)]
pub enum Round {
    /// With a partner.
    Shared(Agreed),
    /// With a network.
    OneWay(NetworkRoundId, Action),
}

/// What only a round with a partner has.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// Key.
    pub id: OutsourcingId,
    /// On which side we stand.
    pub side: Side,
    /// The other company's ticket number, once there is one.
    pub other_number: Option<String>,
    /// Until when it must be answered.
    pub accept_by: Timestamp,
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
}

impl Line {
    /// The number of the round.
    pub fn id(&self) -> i64 {
        match &self.round {
            Round::Shared(agreed) => agreed.id.0,
            Round::OneWay(id, _) => id.0,
        }
    }

    /// What is agreed with a partner, if we may see it.
    pub fn agreed(&self) -> Option<&Agreed> {
        match &self.round {
            Round::Shared(agreed) if self.is_known() => Some(agreed),
            Round::Shared(_) | Round::OneWay(..) => None,
        }
    }

    /// Until when it must be answered, where somebody answers.
    pub fn accept_by(&self) -> Option<Timestamp> {
        match &self.round {
            Round::Shared(agreed) => Some(agreed.accept_by),
            Round::OneWay(..) => None,
        }
    }

    /// Whether we may see what it is about: the partner only an open offer and what it accepted (section 19, rule 6).
    pub fn is_known(&self) -> bool {
        let ours = !matches!(&self.round, Round::Shared(agreed) if agreed.side == Side::Partner);
        ours || self.ticket.is_some() || self.status == Status::Assigned
    }

    /// How far the work of a partner has come.
    pub fn progress(&self, agreed: &Agreed) -> Progress {
        Progress { status: self.status, accepted: agreed.accepted, billed: agreed.billed }
    }
}

impl Agreed {
    /// The terms in what figures need, with what the lead bills its customer if that is known.
    pub fn terms(&self, billing_rate: Option<Money>) -> Terms {
        Terms {
            rate_type: self.rate_type,
            authorized_charge: self.charge,
            authorized_hours: self.hours,
            accept_by: Some(self.accept_by),
            due: None,
            instructions: String::new(),
            share: Share::default(),
            billing: Billing { billing_rate, work_type: String::new() },
        }
    }
}

/// The item of the partner that this side can see: its own, or the copy that crossed.
pub(super) const fn own_item(side: Side) -> &'static str {
    match side {
        Side::Lead => "l.copy_item",
        Side::Partner => "l.origin_item",
    }
}

/// What every round has: the first columns of a row.
const COMMON: usize = 14;

/// A page of a list, one row more than it shows.
pub fn page(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
    list: &List,
    filter: &Filter,
) -> Result<Vec<Line>, Error> {
    let kind = list.kind;
    let mut picked = filter::picked(company, person, list, filter);
    picked.values.push((filter.limit.saturating_add(1)).into());
    let text = filter.order.is_text();
    tx.all(&statement(kind, &picked), &picked.values, |row| line(row, kind, text))
}

/// Sorting carries ids only; the wide columns are read for the rows of the page.
fn statement(kind: Kind, picked: &Picked) -> String {
    let side = kind.side();
    format!(
        "SELECT o.id, t.id, t.number, {title}, g.name, {other_name}, o.status, o.since, t.status, {priority},
                o.sent_name, o.sent_at, {due},
                {place},
                {own}
           FROM (SELECT o.id FROM {table} o{joins} WHERE {conditions} ORDER BY {order} LIMIT ${limit}) picked
           JOIN {table} o ON o.id = picked.id{all}
          ORDER BY {order}",
        title = filter::title(side),
        other_name = kind.other_name(),
        priority = filter::priority(side),
        due = filter::due(kind),
        place = picked.place,
        own = own_columns(kind),
        table = picked.table,
        joins = picked.joins,
        all = filter::joins(kind).concat(),
        conditions = picked.conditions,
        order = picked.order,
        limit = picked.values.len(),
    )
}

/// What only this kind of round has.
fn own_columns(kind: Kind) -> String {
    match kind {
        Kind::Networks => "o.action".to_owned(),
        Kind::Outsourced | Kind::Received => format!(
            "x.number, o.accept_by, o.accepted_at, o.rate_type, o.currency, o.authorized_charge, o.authorized_hours, {}",
            filter::billed(kind.side())
        ),
    }
}

fn line(row: &Row, kind: Kind, text: bool) -> Result<Line, Error> {
    let priority: Option<i64> = row.get(9)?;
    let place = if text {
        row.get::<Option<String>>(13)?.map_or(Place::Nowhere, Place::Text)
    } else {
        row.get::<Option<i64>>(13)?.map_or(Place::Nowhere, Place::Number)
    };
    let round = match kind {
        Kind::Networks => {
            Round::OneWay(NetworkRoundId(row.get(0)?), named(row, COMMON, Action::from_name)?)
        }
        Kind::Outsourced | Kind::Received => Round::Shared(agreed(row, kind.side())?),
    };
    Ok(Line {
        round,
        ticket: row.get::<Option<i64>>(1)?.map(TicketId),
        number: row.get::<Option<String>>(2)?.unwrap_or_default(),
        title: row.get::<Option<String>>(3)?.unwrap_or_default(),
        organization: row.get::<Option<String>>(4)?.unwrap_or_default(),
        other: row.get(5)?,
        status: named(row, 6, Status::from_name)?,
        since: row.get(7)?,
        ticket_status: maybe_named(row, 8, TicketStatus::from_name)?,
        priority: priority.and_then(tickets::priority_of),
        sent_by: row.get(10)?,
        sent_at: row.get(11)?,
        due_at: row.get(12)?,
        place,
    })
}

fn agreed(row: &Row, side: Side) -> Result<Agreed, Error> {
    let currency = named(row, COMMON + 4, Currency::from_code)?;
    let accepted: Option<Timestamp> = row.get(COMMON + 2)?;
    Ok(Agreed {
        id: OutsourcingId(row.get(0)?),
        side,
        other_number: row.get(COMMON)?,
        accept_by: row.get(COMMON + 1)?,
        accepted: accepted.is_some(),
        rate_type: named(row, COMMON + 3, RateType::from_name)?,
        charge: Money { minor: row.get(COMMON + 5)?, currency },
        hours: row.get::<Option<i64>>(COMMON + 6)?.map(Hours),
        billed: row.get::<Option<i64>>(COMMON + 7)?.map(Hours),
    })
}
