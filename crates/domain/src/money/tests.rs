//! Rounding, overflow and currencies.

use proptest::prelude::*;

use super::*;

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

#[test]
fn half_is_rounded_away_from_zero() {
    // 0.01 EUR for 0.50 h is half a cent.
    assert_eq!(eur(1).for_hours(Hours(50)), Ok(eur(1)));
    assert_eq!(eur(-1).for_hours(Hours(50)), Ok(eur(-1)));
    assert_eq!(eur(1).for_hours(Hours(-50)), Ok(eur(-1)));
    assert_eq!(eur(1).for_hours(Hours(49)), Ok(eur(0)));
    assert_eq!(eur(-1).for_hours(Hours(49)), Ok(eur(0)));
    assert_eq!(eur(9999).for_hours(Hours(33)), Ok(eur(3300)));
    assert_eq!(eur(333).times(Quantity(150)), Ok(eur(500)));
}

#[test]
fn what_does_not_fit_is_refused() {
    assert_eq!(eur(i64::MAX).plus(eur(1)), Err(Refusal::AmountTooLarge));
    assert_eq!(eur(i64::MIN).minus(eur(1)), Err(Refusal::AmountTooLarge));
    assert_eq!(eur(i64::MAX).for_hours(Hours(101)), Err(Refusal::AmountTooLarge));
    assert_eq!(eur(i64::MIN).for_hours(Hours(i64::MIN)), Err(Refusal::AmountTooLarge));
    assert_eq!(eur(i64::MAX).for_hours(Hours(100)), Ok(eur(i64::MAX)));
    assert_eq!(Hours(i64::MAX).plus(Hours(1)), Err(Refusal::AmountTooLarge));
    assert_eq!(Hours(i64::MIN).minus(Hours(1)), Err(Refusal::AmountTooLarge));
}

#[test]
fn two_currencies_have_no_sum() {
    let francs = Money::new(1, Currency::Chf);
    let refused = Err(Refusal::CurrenciesDiffer { one: Currency::Eur, other: Currency::Chf });
    assert_eq!(eur(1).plus(francs), refused);
    assert_eq!(eur(1).minus(francs), refused);
    assert_eq!(Money::sum(Currency::Eur, [eur(1), francs]), refused);
    assert_eq!(Money::sum(Currency::Eur, [eur(1), eur(2)]), Ok(eur(3)));
}

#[test]
fn the_rate_of_the_day_converts() {
    let rate = ExchangeRate(937_500);
    assert_eq!(Money::new(1000, Currency::Chf).convert(rate, Currency::Eur), Ok(eur(938)));
    assert_eq!(eur(77).convert(ExchangeRate::ONE, Currency::Eur), Ok(eur(77)));
}

#[test]
fn machines_read_points() {
    assert_eq!(eur(-123_456).to_string(), "-1234.56 EUR");
    assert_eq!(eur(-5).to_string(), "-0.05 EUR");
    assert_eq!(Hours(250).to_string(), "2.50");
    assert_eq!(Quantity::ONE.to_string(), "1.00");
    assert_eq!(Hours(i64::MIN).to_string(), "-92233720368547758.08");
}

#[test]
fn a_currency_is_found_by_its_code() {
    assert_eq!(Currency::from_code("chf"), Some(Currency::Chf));
    assert_eq!(Currency::from_code("JPY"), None);
}

proptest! {
    /// The product is within half a cent of the exact one, and the sign makes no difference.
    #[test]
    fn rounding_is_fair(rate in -1_000_000_000_i64..1_000_000_000, hours in -100_000_i64..100_000) {
        let rounded = eur(rate).for_hours(Hours(hours)).unwrap().minor;
        let error = i128::from(rounded) * 100 - i128::from(rate) * i128::from(hours);
        prop_assert!(error.abs() <= 50);
        prop_assert_eq!(eur(-rate).for_hours(Hours(hours)).unwrap().minor, -rounded);
    }
}
