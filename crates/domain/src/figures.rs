//! What a round has come to so far: the money columns of dashboard and reports (sections 14 and 15).
//! Only for those who may see financial figures; the margin exists at the lead alone.

use crate::money::{Hours, Money, Quantity};
use crate::outsourcing::{Side, Status};
use crate::refusal::Refusal;
use crate::terms::{RateType, Terms};

/// How far the work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub status: Status,
    /// Whether the partner ever took it.
    pub accepted: bool,
    /// Hours to bill of all the partner's time entries; `None` if there is no entry.
    pub billed: Option<Hours>,
}

/// A charge of the partner as it stands with the company that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charged {
    pub quantity: Quantity,
    pub unit_cost: Money,
    pub unit_price: Money,
    pub billable: bool,
}

/// The figures of one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Total Authorized.
    pub total: Money,
    /// What the partner's labor comes to: the lead's cost, the partner's revenue.
    pub used: Money,
    /// What the partner's charges come to, in the currency of the terms.
    pub charges: Money,
    /// So many charges are in another currency and in no sum.
    pub elsewhere: i64,
    /// What the lead keeps; `None` at the partner, for flat work (the lead bills its own price) and while a charge
    /// of another currency keeps it from being known.
    pub margin: Option<Money>,
}

impl Terms {
    /// What the round has come to, seen from one side. At the lead a partner's charge counts at its cost, at the
    /// partner at its price: both are what the partner asks for it.
    pub fn figures(
        &self,
        side: Side,
        progress: Progress,
        items: &[Charged],
    ) -> Result<Figures, Refusal> {
        let currency = self.authorized_charge.currency;
        let same =
            || items.iter().filter(|charge| charge.asked(side).currency == currency).copied();
        let charges = Money::sum(
            currency,
            same().map(|it| it.asked(side).times(it.quantity)).collect::<Result<Vec<_>, _>>()?,
        )?;
        let elsewhere = i64::try_from(items.len() - same().count()).unwrap_or(i64::MAX);
        let margin = match side {
            Side::Lead if elsewhere == 0 => self.kept(progress, items, charges)?,
            _ => None,
        };
        Ok(Figures { total: self.total()?, used: self.used(progress)?, charges, elsewhere, margin })
    }

    /// Flat work is owed from acceptance on, hourly work as it is written. Work given back without an hour is not owed,
    /// as in the bundle.
    fn used(&self, progress: Progress) -> Result<Money, Refusal> {
        let given_back = progress.status == Status::Returned && progress.billed.is_none();
        match self.rate_type {
            RateType::Flat if !progress.accepted || given_back => {
                Ok(Money::zero(self.authorized_charge.currency))
            }
            RateType::Flat => Ok(self.authorized_charge),
            RateType::Hourly => self.cost(progress.billed.unwrap_or_default()),
        }
    }

    /// Margin of labor, and of the charges that the customer pays.
    fn kept(
        &self,
        progress: Progress,
        items: &[Charged],
        cost: Money,
    ) -> Result<Option<Money>, Refusal> {
        let unknown = self.rate_type == RateType::Flat || self.billing.billing_rate.is_none();
        let abroad = items.iter().any(|charge| charge.unit_price.currency != cost.currency);
        if unknown || abroad {
            return Ok(None);
        }
        let labor = self.margin(progress.billed.unwrap_or_default())?;
        let paid = items.iter().filter(|charge| charge.billable);
        let paid =
            paid.map(|it| it.unit_price.times(it.quantity)).collect::<Result<Vec<_>, _>>()?;
        let revenue = Money::sum(cost.currency, paid)?;
        labor.margin.plus(revenue)?.minus(cost).map(Some)
    }
}

impl Charged {
    /// What the partner asks for a piece.
    const fn asked(&self, side: Side) -> Money {
        match side {
            Side::Lead => self.unit_cost,
            Side::Partner => self.unit_price,
        }
    }
}

#[cfg(test)]
mod tests;
