//! The terms of a round: what the partner is offered, what the lead bills its customer, and what is left (sections 8 and 15).

use jiff::{SignedDuration, Timestamp};

use crate::ids::{AttachmentId, NoteId};
use crate::message::Message;
use crate::money::{Hours, Money};
use crate::named::named;
use crate::refusal::Refusal;
use crate::sync::{AttachmentKind, Publish};
use crate::ticket::{fits, limits};

/// The time to answer unless the company says otherwise (decision 7).
pub const DEFAULT_ACCEPT_HOURS: i64 = 24;

/// Until when to answer unless somebody says otherwise: after the company's time, but at the latest at half of the time
/// that is left until the work is due, so that an urgent ticket can go out as it is.
pub fn default_accept_by(now: Timestamp, hours: i64, due: Option<Timestamp>) -> Timestamp {
    let usual = now.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(now);
    match due {
        Some(due) if due > now => usual.min(now + due.duration_since(now) / 2),
        _ => usual,
    }
}

pub const ACCEPT_BY_MISSING: &str = "terms-accept-by-missing";
pub const ACCEPT_BY_PAST: &str = "terms-accept-by-past";
pub const DUE_BEFORE_ACCEPT_BY: &str = "terms-due-before-accept-by";
pub const CHARGE_NEGATIVE: &str = "terms-charge-negative";
pub const TOTAL_TOO_LARGE: &str = "terms-total-too-large";
pub const HOURS_MISSING: &str = "terms-hours-missing";
pub const HOURS_NOT_POSITIVE: &str = "terms-hours-not-positive";
pub const RATE_MISSING: &str = "terms-rate-missing";
pub const RATE_NEGATIVE: &str = "terms-rate-negative";
pub const RATE_CURRENCY: &str = "terms-rate-currency";
pub const INSTRUCTIONS_TOO_LONG: &str = "terms-instructions-too-long";
pub const WARN_RATE_BELOW_COST: &str = "terms-warn-rate-below-cost";
pub const WARN_HOURS_EXCEEDED: &str = "terms-warn-hours-exceeded";

/// Every key of this module.
pub const KEYS: [&str; 13] = [
    ACCEPT_BY_MISSING,
    ACCEPT_BY_PAST,
    DUE_BEFORE_ACCEPT_BY,
    CHARGE_NEGATIVE,
    TOTAL_TOO_LARGE,
    HOURS_MISSING,
    HOURS_NOT_POSITIVE,
    RATE_MISSING,
    RATE_NEGATIVE,
    RATE_CURRENCY,
    INSTRUCTIONS_TOO_LONG,
    WARN_RATE_BELOW_COST,
    WARN_HOURS_EXCEEDED,
];

/// How the partner is paid (section 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RateType {
    Flat,
    Hourly,
}

named! { RateType { Flat = "flat", Hourly = "hourly" } }

/// What the sender ticked to leave with the offer (decision 2). Title, description, priority, due and site always do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    pub contact: bool,
    pub device: bool,
    pub notes: Vec<NoteId>,
    pub files: Vec<AttachmentId>,
}

impl Share {
    /// What is ticked at first: contact off, device off, public notes and files on.
    pub fn standard(
        notes: impl IntoIterator<Item = (NoteId, Publish)>,
        attachments: impl IntoIterator<Item = (AttachmentId, Publish, AttachmentKind)>,
    ) -> Self {
        let notes = notes.into_iter().filter(|note| may_offer(note.1, None).is_ok());
        let files = attachments.into_iter().filter(|file| may_offer(file.1, Some(file.2)).is_ok());
        Self {
            contact: false,
            device: false,
            notes: notes.map(|note| note.0).collect(),
            files: files.map(|file| file.0).collect(),
        }
    }
}

/// Whether a note (`attachment` is `None`) or an attachment can be ticked: nothing internal, and of attachments only files.
pub fn may_offer(publish: Publish, attachment: Option<AttachmentKind>) -> Result<(), Refusal> {
    match (publish, attachment) {
        (Publish::Internal | Publish::InternalCoManaged, _) => Err(Refusal::InternalStays),
        (Publish::All, None | Some(AttachmentKind::File)) => Ok(()),
        (Publish::All, Some(_)) => Err(Refusal::OnlyFilesTravel),
    }
}

/// The lead's own billing; it never leaves the lead (section 19, rule 1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Billing {
    /// "Bill to my customer at this hourly rate".
    pub billing_rate: Option<Money>,
    pub work_type: String,
}

/// The terms of one round as the lead sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub rate_type: RateType,
    /// The flat amount, or the hourly rate.
    pub authorized_charge: Money,
    /// The upper limit of hourly work.
    pub authorized_hours: Option<Hours>,
    pub accept_by: Option<Timestamp>,
    pub due: Option<Timestamp>,
    pub instructions: String,
    pub share: Share,
    pub billing: Billing,
}

/// The terms as the partner sees them: there is no field in which a customer's rate could travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub rate_type: RateType,
    pub authorized_charge: Money,
    pub authorized_hours: Option<Hours>,
    pub total: Money,
    pub accept_by: Option<Timestamp>,
    pub due: Option<Timestamp>,
    pub instructions: String,
}

/// What work of a round costs, brings and leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margin {
    pub cost: Money,
    pub revenue: Money,
    pub margin: Money,
}

impl Terms {
    /// Total Authorized: flat the charge, hourly charge x hours (section 8).
    pub fn total(&self) -> Result<Money, Refusal> {
        match self.rate_type {
            RateType::Flat => Ok(self.authorized_charge),
            RateType::Hourly => {
                self.authorized_charge.for_hours(self.authorized_hours.unwrap_or_default())
            }
        }
    }

    /// What the partner sees.
    pub fn offered(&self) -> Result<Offered, Refusal> {
        Ok(Offered {
            rate_type: self.rate_type,
            authorized_charge: self.authorized_charge,
            authorized_hours: self.authorized_hours.filter(|_| self.rate_type == RateType::Hourly),
            total: self.total()?,
            accept_by: self.accept_by,
            due: self.due,
            instructions: self.instructions.clone(),
        })
    }

    /// Every mistake that stands against sending, with the name of its field (section 8).
    pub fn validate(&self, now: Timestamp) -> Vec<(&'static str, Message)> {
        let fields: [(&'static str, Option<&'static str>); 6] = [
            ("accept_by", self.accept_by_mistake(now)),
            ("due", self.due_mistake()),
            ("authorized_charge", self.charge_mistake()),
            ("authorized_hours", self.hours_mistake()),
            ("billing_rate", self.rate_mistake()),
            ("instructions", self.instructions_mistake()),
        ];
        fields
            .into_iter()
            .filter_map(|(field, key)| {
                let message = Message::new(key?);
                let long = field == "instructions";
                Some((
                    field,
                    if long { message.with("limit", INSTRUCTIONS_LIMIT) } else { message },
                ))
            })
            .collect()
    }

    /// What work of so many billed hours costs, brings from the customer and leaves. Flat work brings nothing by itself:
    /// the lead bills its own price (section 15.1).
    pub fn margin(&self, billed: Hours) -> Result<Margin, Refusal> {
        let cost = self.cost(billed)?;
        let rate = self.billing.billing_rate.filter(|_| self.rate_type == RateType::Hourly);
        let revenue = rate.map_or(Ok(Money::zero(cost.currency)), |rate| rate.for_hours(billed))?;
        Ok(Margin { cost, revenue, margin: revenue.minus(cost)? })
    }

    /// What the partner charges for so many billed hours.
    pub fn cost(&self, billed: Hours) -> Result<Money, Refusal> {
        match self.rate_type {
            RateType::Flat => Ok(self.authorized_charge),
            RateType::Hourly => self.authorized_charge.for_hours(billed),
        }
    }

    /// What is worth saying but stands against nothing (section 8): a rate below cost, more hours than authorised.
    pub fn warnings(&self, billed: Hours) -> Vec<(&'static str, Message)> {
        if self.rate_type == RateType::Flat {
            return Vec::new();
        }
        let cost = self.authorized_charge;
        let below = |rate: &Money| rate.currency == cost.currency && rate.minor < cost.minor;
        let rate = self.billing.billing_rate.filter(below).map(|rate| {
            let message = Message::new(WARN_RATE_BELOW_COST).with("rate", rate).with("cost", cost);
            ("billing_rate", message)
        });
        let hours = self.authorized_hours.filter(|hours| billed > *hours).map(|hours| {
            let message = Message::new(WARN_HOURS_EXCEEDED)
                .with("recorded", billed)
                .with("authorized", hours);
            ("authorized_hours", message)
        });
        rate.into_iter().chain(hours).collect()
    }

    fn accept_by_mistake(&self, now: Timestamp) -> Option<&'static str> {
        match self.accept_by {
            None => Some(ACCEPT_BY_MISSING),
            Some(accept_by) if accept_by <= now => Some(ACCEPT_BY_PAST),
            Some(_) => None,
        }
    }

    fn due_mistake(&self) -> Option<&'static str> {
        match (self.due, self.accept_by) {
            (Some(due), Some(accept_by)) if due <= accept_by => Some(DUE_BEFORE_ACCEPT_BY),
            _ => None,
        }
    }

    fn charge_mistake(&self) -> Option<&'static str> {
        if self.authorized_charge.is_negative() {
            return Some(CHARGE_NEGATIVE);
        }
        self.total().is_err().then_some(TOTAL_TOO_LARGE)
    }

    fn hours_mistake(&self) -> Option<&'static str> {
        match (self.rate_type, self.authorized_hours) {
            (RateType::Hourly, None) => Some(HOURS_MISSING),
            (RateType::Hourly, Some(hours)) if hours <= Hours::ZERO => Some(HOURS_NOT_POSITIVE),
            _ => None,
        }
    }

    fn rate_mistake(&self) -> Option<&'static str> {
        match self.billing.billing_rate {
            None => Some(RATE_MISSING),
            Some(rate) if rate.is_negative() => Some(RATE_NEGATIVE),
            Some(rate) if rate.currency != self.authorized_charge.currency => Some(RATE_CURRENCY),
            Some(_) => None,
        }
    }

    fn instructions_mistake(&self) -> Option<&'static str> {
        (!fits(&self.instructions, limits::INSTRUCTIONS)).then_some(INSTRUCTIONS_TOO_LONG)
    }
}

const INSTRUCTIONS_LIMIT: i64 = 8000;
const _: () = assert!(INSTRUCTIONS_LIMIT.cast_unsigned() == limits::INSTRUCTIONS as u64);

#[cfg(test)]
pub(crate) mod tests;
