//! Carries what may cross to the other side: the copy, the link, the record, all in the transaction of the change.

use db::Tx;
use domain::ids::OutsourcingId;
use domain::message::Message;
use domain::money::Money;
use domain::outsourcing::Side;
use domain::sync::{self, Change, Crossing, ItemKind, Publish};
use domain::terms::RateType;
use serde::{Deserialize, Serialize};

use super::digests;
use super::rounds::By;
use crate::app::Acting;
use crate::problem::Problem;
use crate::store;
use crate::store::items::{Item, ItemId, Part};
use crate::store::links::Link;
use crate::store::outsourcings::Outsourcing;
use crate::words::Words;

/// What the rules need to know of an item in this round.
pub fn facts(item: &Item, link: Option<&Link>, round: OutsourcingId) -> sync::Item {
    sync::Item {
        kind: item.kind(),
        publish: item.publish,
        attachment: match &item.part {
            Part::Attachment(file) => Some(file.kind),
            _ => None,
        },
        own: !item.is_copy,
        link: link.map(|link| link.state),
        born_linked: item.born_round == Some(round),
        system: item.is_system(),
    }
}

/// Brings a change of an item to the other side of its live round, if the rules let it cross.
pub fn carry(
    tx: &mut Tx,
    acting: &Acting,
    case: &Outsourcing,
    item: &Item,
    change: Change,
) -> Result<(), Problem> {
    let Some(from) = case.side_of(item.company) else { return Ok(()) };
    let link = store::links::of_origin(tx, case.id, item.id)?;
    match (
        sync::crossing(&facts(item, link.as_ref(), case.id), change, from, case.round.status),
        link,
    ) {
        (Crossing::Create { as_kind, publish }, _) => {
            send_new(tx, acting, case, from, item, as_kind, publish)
        }
        (Crossing::Update { as_kind }, Some(link)) => {
            send_edit(tx, acting, case, &link, item, as_kind)
        }
        (Crossing::Delete, Some(link)) => take_back(tx, acting, case, &link, item),
        _ => Ok(()),
    }
}

/// Writes the copy of an item that was not there before.
pub fn send_new(
    tx: &mut Tx,
    acting: &Acting,
    case: &Outsourcing,
    from: Side,
    item: &Item,
    as_kind: ItemKind,
    publish: Publish,
) -> Result<(), Problem> {
    let to = from.other();
    let Some(ticket) = case.ticket(to) else { return Ok(()) };
    let mut copy = copy(tx, case, from, item, as_kind)?;
    copy.ticket = ticket;
    copy.publish = publish;
    copy.created_at = acting.now;
    copy.id = store::items::create(tx, &copy)?;
    store::links::create(tx, case.id, from, item.id, copy.id, item.revision)?;
    record(tx, acting, case, from, item, &copy, Change::Create)?;
    Ok(store::tickets::touch(tx, copy.company, ticket, acting.now)?)
}

fn send_edit(
    tx: &mut Tx,
    acting: &Acting,
    case: &Outsourcing,
    link: &Link,
    item: &Item,
    as_kind: ItemKind,
) -> Result<(), Problem> {
    let company = case.company(link.from.other());
    let before = store::items::of(tx, company, link.copy)?.ok_or(Problem::NotFound)?;
    let fresh = copy(tx, case, link.from, item, as_kind)?;
    let after = Item { title: fresh.title, body: fresh.body, part: fresh.part, ..before };
    if !store::items::save(tx, &after, acting.now)? {
        return Err(Problem::Stale);
    }
    store::links::advance(tx, link.id, item.revision)?;
    record(tx, acting, case, link.from, item, &after, Change::Edit)?;
    Ok(store::tickets::touch(tx, company, after.ticket, acting.now)?)
}

fn take_back(
    tx: &mut Tx,
    acting: &Acting,
    case: &Outsourcing,
    link: &Link,
    item: &Item,
) -> Result<(), Problem> {
    let company = case.company(link.from.other());
    let copy = store::items::of(tx, company, link.copy)?.ok_or(Problem::NotFound)?;
    record(tx, acting, case, link.from, item, &copy, Change::Delete)?;
    store::links::delete(tx, link.id)?;
    store::items::delete(tx, company, copy.id)?;
    Ok(store::tickets::touch(tx, company, copy.ticket, acting.now)?)
}

/// The item as the other side gets it: its own company's row, nothing internal, no customer's price.
fn copy(
    tx: &mut Tx,
    case: &Outsourcing,
    from: Side,
    item: &Item,
    as_kind: ItemKind,
) -> Result<Item, Problem> {
    let to = case.company(from.other());
    let part = match (&item.part, as_kind, from) {
        (Part::Time(time), ItemKind::TimeEntry, _) => Part::Time(received_time(tx, case, time)?),
        (Part::Charge(charge), ItemKind::Charge, Side::Partner) => {
            Part::Charge(received_charge(charge))
        }
        (Part::Charge(charge), ItemKind::Charge, Side::Lead) => {
            Part::Charge(charge_without_price(charge))
        }
        (Part::Attachment(file), ItemKind::Attachment, _) => Part::Attachment(file.clone()),
        _ => Part::Note,
    };
    let title = match (&item.part, &part) {
        (Part::Time(time), Part::Note) => time_title(tx, case, item, time)?,
        _ => item.title.clone(),
    };
    Ok(Item {
        id: ItemId(0),
        company: to,
        title,
        message: None,
        author: None,
        born_round: None,
        is_copy: true,
        part,
        ..item.clone()
    })
}

/// The lead's time arrives as a note; its title says that it was time, without hours to bill.
fn time_title(
    tx: &mut Tx,
    case: &Outsourcing,
    item: &Item,
    time: &store::items::TimeEntry,
) -> Result<String, Problem> {
    let partner = store::companies::of(tx, case.partner)?.ok_or(Problem::NotFound)?;
    let format = crate::format::Format {
        language: partner.language,
        zone: jiff::tz::TimeZone::get(&partner.time_zone).unwrap_or(jiff::tz::TimeZone::UTC),
        now: item.created_at,
    };
    let message = Message::new("copy-time-title").with("date", format.day(time.worked_on));
    Ok(Words::of(partner.language).say(&message, &format))
}

/// A partner's time at the lead: billed to the customer at the lead's own rate if the terms are hourly (section 15.1).
fn received_time(
    tx: &mut Tx,
    case: &Outsourcing,
    time: &store::items::TimeEntry,
) -> Result<store::items::TimeEntry, Problem> {
    let currency = case.terms.authorized_charge.currency;
    let billing = store::outsourcings::billing(tx, case.lead, case.id, currency)?;
    let rate = billing.billing_rate.filter(|_| case.terms.rate_type == RateType::Hourly);
    Ok(store::items::TimeEntry {
        billable: rate.is_some(),
        rate,
        internal_note: String::new(),
        ..time.clone()
    })
}

/// A partner's charge at the lead: what the partner asks is what it costs us, and passes through unless raised.
fn received_charge(charge: &store::items::Charge) -> store::items::Charge {
    store::items::Charge { unit_cost: charge.unit_price, bundle_of: None, ..charge.clone() }
}

/// A lead's charge at the partner: that it exists, not what it costs or what the customer pays.
fn charge_without_price(charge: &store::items::Charge) -> store::items::Charge {
    let nothing = Money::zero(charge.unit_price.currency);
    store::items::Charge {
        unit_cost: nothing,
        unit_price: nothing,
        billable: false,
        bundle_of: None,
        ..charge.clone()
    }
}

/// What the other side got, kept for proof and for the bundle.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Content {
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// Day of a time entry or charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// When the work began, in minutes of the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<i64>,
    /// Hours worked, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worked: Option<i64>,
    /// Hours deducted, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deduct: Option<i64>,
    /// Quantity, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    /// Price of a piece at its origin, in minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    /// Its currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Name of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
}

impl Content {
    fn of(copy: &Item, from: Side) -> Self {
        let mut content = Self {
            title: copy.title.clone(),
            body: copy.body.clone(),
            author: copy.author_name.clone(),
            ..Self::default()
        };
        match &copy.part {
            Part::Note => {}
            Part::Time(time) => {
                content.day = Some(time.worked_on.to_string());
                (content.start, content.end) = time.span.unzip();
                content.worked = Some(time.worked.0);
                content.deduct = Some(time.deduct.0);
            }
            Part::Charge(charge) => {
                content.day = Some(charge.charged_on.to_string());
                content.quantity = Some(charge.quantity.0);
                if from == Side::Partner {
                    content.price = Some(charge.unit_cost.minor);
                    content.currency = Some(charge.unit_cost.currency.code().to_owned());
                }
            }
            Part::Attachment(file) => {
                content.file = Some(file.file_name.clone());
                content.size = Some(file.size);
            }
        }
        content
    }
}

/// Who sent the round; the company, if that is not known.
fn sender(tx: &mut Tx, case: &Outsourcing) -> Result<String, Problem> {
    let person = match case.sent_by {
        Some(person) => store::people::of(tx, case.lead, person)?,
        None => None,
    };
    Ok(person.map_or_else(|| case.lead_name.clone(), |person| person.name()))
}

fn record(
    tx: &mut Tx,
    acting: &Acting,
    case: &Outsourcing,
    from: Side,
    item: &Item,
    copy: &Item,
    change: Change,
) -> Result<(), Problem> {
    // What comes along with the acceptance is the reader's own act: nobody is written to for that, and it was the
    // sender who handed it over.
    let own = acting.actor.company == case.company(from);
    let crossing = store::links::Crossing {
        id: 0,
        public_id: uuid::Uuid::now_v7().to_string(),
        at: acting.now,
        from,
        change: change.name().to_owned(),
        kind: item.kind(),
        copy_kind: copy.kind(),
        origin: item.id,
        revision: item.revision,
        copy: copy.id,
        person: if own { acting.actor.name.clone() } else { sender(tx, case)? },
        content: serde_json::to_string(&Content::of(copy, from))?,
    };
    let id = store::links::record(tx, case.id, &crossing)?;
    if own {
        digests::remember(tx, case, from.other(), id, By::Person(acting))?;
    }
    Ok(())
}
