//! The bundle: at the end of a round the partner's time becomes one non-billable charge that carries the cost
//! (sections 13 and 15.6). The entries themselves stay on the ticket.

use jiff::civil::Date;

use crate::message::Message;
use crate::money::{Hours, Money, Quantity};
use crate::outsourcing::Status;
use crate::refusal::Refusal;
use crate::terms::{RateType, Terms};

/// The name of the charge; argument `partner`.
pub const NAME: &str = "bundle-name";
/// A line without deduction; arguments `date`, `resource`, `worked`.
pub const LINE: &str = "bundle-line";
/// A line that shows the deduct arithmetic; arguments `date`, `resource`, `worked`, `deduct`, `billed`.
pub const LINE_DEDUCTED: &str = "bundle-line-deducted";
/// A line that shows a surcharge; arguments `date`, `resource`, `worked`, `surcharge`, `billed`.
pub const LINE_SURCHARGED: &str = "bundle-line-surcharged";
/// The sums if more was added than taken off; arguments `worked`, `surcharge`, `billed`.
pub const TOTAL_SURCHARGED: &str = "bundle-total-surcharged";
/// The sum where nothing was taken off or added; argument `billed`.
pub const TOTAL_PLAIN: &str = "bundle-total-plain";
/// The sums; arguments `worked`, `deduct`, `billed`. What it costs is the charge's own figure: texts are read by all.
pub const TOTAL: &str = "bundle-total";

/// Every key of this module.
pub const KEYS: [&str; 7] =
    [NAME, LINE, LINE_DEDUCTED, LINE_SURCHARGED, TOTAL, TOTAL_PLAIN, TOTAL_SURCHARGED];

/// A time entry of the partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    pub date: Date,
    pub resource: String,
    pub worked: Hours,
    /// What is taken off the hours worked; below zero it is added.
    pub deduct: Hours,
}

impl Worked {
    /// Hours to bill: worked less deduction (sections 12 and 18.3).
    pub fn billed(&self) -> Result<Hours, Refusal> {
        self.worked.minus(self.deduct)
    }
}

/// A time entry with its arithmetic done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub date: Date,
    pub resource: String,
    pub worked: Hours,
    pub deduct: Hours,
    pub billed: Hours,
}

impl Line {
    /// The line of the charge's text; `date` as the reader's language writes it.
    pub fn message(&self, date: &str) -> Message {
        let key = match self.deduct.0 {
            0 => LINE,
            1.. => LINE_DEDUCTED,
            _ => LINE_SURCHARGED,
        };
        let message = Message::new(key)
            .with("date", date)
            .with("resource", self.resource.as_str())
            .with("worked", self.worked);
        if self.deduct == Hours::ZERO {
            return message;
        }
        offset(message, self.deduct).with("billed", self.billed)
    }
}

/// What is taken off, or added, as a positive figure.
fn offset(message: Message, deduct: Hours) -> Message {
    if deduct < Hours::ZERO {
        message.with("surcharge", Hours(deduct.0.saturating_neg()))
    } else {
        message.with("deduct", deduct)
    }
}

/// The charge at the lead. It is never billable and its price is zero: revenue comes from the time entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    pub name: Message,
    pub date: Date,
    /// 1 for flat terms, else the billed hours.
    pub quantity: Quantity,
    pub unit_cost: Money,
    pub cost: Money,
    pub unit_price: Money,
    pub billable: bool,
    pub lines: Vec<Line>,
    pub worked: Hours,
    pub deduct: Hours,
    pub billed: Hours,
}

impl Bundle {
    /// The last line of the charge's text: hours, no amount, as everybody who opens the ticket reads it.
    pub fn total_message(&self) -> Message {
        if self.deduct < Hours::ZERO {
            let message = Message::new(TOTAL_SURCHARGED).with("worked", self.worked);
            return offset(message, self.deduct).with("billed", self.billed);
        }
        if self.deduct == Hours::ZERO {
            return Message::new(TOTAL_PLAIN).with("billed", self.billed);
        }
        Message::new(TOTAL)
            .with("worked", self.worked)
            .with("deduct", self.deduct)
            .with("billed", self.billed)
    }
}

/// The bundle of a round that ends on `date`; `None` if the partner recorded no time and none is owed.
pub fn bundle(
    terms: &Terms,
    partner: &str,
    entries: &[Worked],
    status: Status,
    date: Date,
) -> Result<Option<Bundle>, Refusal> {
    // Flat work is owed when it is done, whether or not hours were written; a ticket given back untouched is not.
    let owed = terms.rate_type == RateType::Flat && status == Status::Complete;
    if entries.is_empty() && !owed {
        return Ok(None);
    }
    let lines = entries.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let billed = Hours::sum(lines.iter().map(|line| line.billed))?;
    let unit_cost = terms.authorized_charge;
    let quantity = match terms.rate_type {
        RateType::Flat => Quantity::ONE,
        RateType::Hourly => Quantity::of_hours(billed),
    };
    Ok(Some(Bundle {
        name: Message::new(NAME).with("partner", partner),
        date,
        quantity,
        unit_cost,
        cost: unit_cost.times(quantity)?,
        unit_price: Money::zero(unit_cost.currency),
        billable: false,
        worked: Hours::sum(lines.iter().map(|line| line.worked))?,
        deduct: Hours::sum(lines.iter().map(|line| line.deduct))?,
        billed,
        lines,
    }))
}

fn line(entry: &Worked) -> Result<Line, Refusal> {
    Ok(Line {
        date: entry.date,
        resource: entry.resource.clone(),
        worked: entry.worked,
        deduct: entry.deduct,
        billed: entry.billed()?,
    })
}

#[cfg(test)]
mod tests;
