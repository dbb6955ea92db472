//! Money, hours and quantities in whole small units, with one rounding rule: half away from zero (section 15.6).
//! Every sum is checked; what does not fit is refused instead of wrapped.

use std::fmt;

use crate::named::named;
use crate::refusal::Refusal;

pub use crate::typed::parse_hundredths;

/// A currency of two decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Currency {
    Eur,
    Chf,
    Usd,
    Gbp,
    Dkk,
    Sek,
    Nok,
    Pln,
    Czk,
}

named! { Currency {
    Eur = "EUR", Chf = "CHF", Usd = "USD", Gbp = "GBP",
    Dkk = "DKK", Sek = "SEK", Nok = "NOK", Pln = "PLN", Czk = "CZK",
} }

impl Currency {
    /// The ISO 4217 code; it is also the stored name.
    pub const fn code(self) -> &'static str {
        self.name()
    }

    /// The currency of an ISO 4217 code, in either case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::from_name(&code.trim().to_ascii_uppercase())
    }

    /// The sign people type instead of the code.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Eur => "€",
            Self::Usd => "$",
            Self::Gbp => "£",
            Self::Chf => "Fr.",
            Self::Dkk | Self::Sek | Self::Nok => "kr",
            Self::Pln => "zł",
            Self::Czk => "Kč",
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount of one currency in minor units, such as cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// Hours in hundredths: 2.50 h are 250.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours(pub i64);

/// How many, in hundredths: a quantity of 1 is 100.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(pub i64);

/// What one unit of a currency is worth in another, in millionths; frozen at acceptance (section 15.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExchangeRate(pub i64);

impl ExchangeRate {
    /// One for one: both sides reckon in the same currency.
    pub const ONE: Self = Self(1_000_000);
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The sum; two currencies have none.
    pub fn plus(self, other: Self) -> Result<Self, Refusal> {
        self.of_the_same(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(Refusal::AmountTooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// The difference; two currencies have none.
    pub fn minus(self, other: Self) -> Result<Self, Refusal> {
        self.of_the_same(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(Refusal::AmountTooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// This hourly rate for so many hours.
    pub fn for_hours(self, hours: Hours) -> Result<Self, Refusal> {
        Ok(Self { minor: scale(self.minor, hours.0, 100)?, ..self })
    }

    /// This unit price for so many.
    pub fn times(self, quantity: Quantity) -> Result<Self, Refusal> {
        Ok(Self { minor: scale(self.minor, quantity.0, 100)?, ..self })
    }

    /// The same worth in another currency.
    pub fn convert(self, rate: ExchangeRate, to: Currency) -> Result<Self, Refusal> {
        Ok(Self { minor: scale(self.minor, rate.0, ExchangeRate::ONE.0)?, currency: to })
    }

    /// The sum of them all, in this currency.
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, Refusal> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    fn of_the_same(self, other: Self) -> Result<(), Refusal> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(Refusal::CurrenciesDiffer { one: self.currency, other: other.currency })
    }
}

/// Machine-readable: `-1234.56 EUR`. People are shown what the server writes in their language.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hundredths(f, self.minor)?;
        write!(f, " {}", self.currency)
    }
}

impl Hours {
    pub const ZERO: Self = Self(0);

    pub fn plus(self, other: Self) -> Result<Self, Refusal> {
        self.0.checked_add(other.0).map(Self).ok_or(Refusal::AmountTooLarge)
    }

    pub fn minus(self, other: Self) -> Result<Self, Refusal> {
        self.0.checked_sub(other.0).map(Self).ok_or(Refusal::AmountTooLarge)
    }

    pub fn sum(hours: impl IntoIterator<Item = Self>) -> Result<Self, Refusal> {
        hours.into_iter().try_fold(Self::ZERO, Self::plus)
    }
}

/// Machine-readable: `2.50`.
impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hundredths(f, self.0)
    }
}

impl Quantity {
    pub const ONE: Self = Self(100);

    /// So many hours as the quantity of a charge.
    pub const fn of_hours(hours: Hours) -> Self {
        Self(hours.0)
    }
}

/// Machine-readable: `1.00`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hundredths(f, self.0)
    }
}

fn hundredths(f: &mut fmt::Formatter<'_>, value: i64) -> fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    let magnitude = value.unsigned_abs();
    write!(f, "{sign}{}.{:02}", magnitude / 100, magnitude % 100)
}

/// `value * by / per`, rounded half away from zero. `per` is positive.
fn scale(value: i64, by: i64, per: i64) -> Result<i64, Refusal> {
    // The product of two i64 always fits an i128, and half of `per` more does too.
    let product = i128::from(value) * i128::from(by);
    let per = i128::from(per);
    let half = if product < 0 { -(per / 2) } else { per / 2 };
    i64::try_from((product + half) / per).map_err(|_| Refusal::AmountTooLarge)
}

#[cfg(test)]
mod tests;
