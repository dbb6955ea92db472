//! The figures of rounds, from the worked example on (section 15.6).

use super::*;
use crate::money::Currency;
use crate::terms::Billing;
use crate::terms::tests::{flat, hourly};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn progress(status: Status, billed: Option<i64>) -> Progress {
    Progress { status, accepted: status.accepted_once(), billed: billed.map(Hours) }
}

/// The part at 40.00, as it stands at the lead: passed through at its price.
fn part() -> Charged {
    Charged { quantity: Quantity::ONE, unit_cost: eur(4000), unit_price: eur(4000), billable: true }
}

#[test]
fn the_worked_example_adds_up() {
    let figures =
        hourly().figures(Side::Lead, progress(Status::InProgress, Some(250)), &[part()]).unwrap();
    assert_eq!(figures.total, eur(30_000));
    assert_eq!(figures.used, eur(15_000));
    assert_eq!(figures.charges, eur(4000));
    assert_eq!(figures.margin, Some(eur(8750)));
    // Raised to 50.00 it brings ten more; not billed at all it costs.
    let raised = Charged { unit_price: eur(5000), ..part() };
    let given = Charged { billable: false, ..part() };
    for (charge, margin) in [(raised, 9750), (given, 4750)] {
        let figures =
            hourly().figures(Side::Lead, progress(Status::Complete, Some(250)), &[charge]).unwrap();
        assert_eq!(figures.margin, Some(eur(margin)));
    }
}

#[test]
fn the_partner_sees_what_it_earns_and_no_margin() {
    let own = Charged { unit_cost: eur(1711), ..part() };
    let figures =
        hourly().figures(Side::Partner, progress(Status::InProgress, Some(250)), &[own]).unwrap();
    assert_eq!((figures.used, figures.charges), (eur(15_000), eur(4000)));
    assert_eq!(figures.margin, None);
}

#[test]
fn used_follows_rate_and_status() {
    use Status::*;
    let cases = [
        // Rate type, status, hours, amount used.
        (RateType::Hourly, Assigned, None, 0),
        (RateType::Hourly, Accepted, None, 0),
        (RateType::Hourly, InProgress, Some(1), 60),
        (RateType::Hourly, InProgress, Some(33), 1980),
        (RateType::Hourly, Returned, Some(100), 6000),
        (RateType::Flat, Unsent, None, 0),
        (RateType::Flat, Assigned, None, 0),
        (RateType::Flat, Declined, None, 0),
        (RateType::Flat, Accepted, None, 6000),
        (RateType::Flat, Complete, None, 6000),
        (RateType::Flat, Returned, None, 0),
        (RateType::Flat, Returned, Some(0), 6000),
    ];
    for (rate, status, billed, used) in cases {
        let terms = if rate == RateType::Flat { flat() } else { hourly() };
        let figures = terms.figures(Side::Lead, progress(status, billed), &[]).unwrap();
        assert_eq!(figures.used, eur(used), "{rate:?} {status:?} {billed:?}");
    }
}

#[test]
fn each_charge_is_rounded_once_half_away_from_zero() {
    // 0.50 of 0.01 is half a cent: it counts as one, and two of them as two.
    let half = Charged { quantity: Quantity(50), unit_cost: eur(1), ..part() };
    let figures =
        hourly().figures(Side::Lead, progress(Status::InProgress, None), &[half, half]).unwrap();
    assert_eq!(figures.charges, eur(2));
}

#[test]
fn a_margin_that_is_not_known_is_not_made_up() {
    let at = progress(Status::InProgress, Some(250));
    assert_eq!(flat().figures(Side::Lead, at, &[]).unwrap().margin, None);
    let open = Terms { billing: Billing::default(), ..hourly() };
    assert_eq!(open.figures(Side::Lead, at, &[]).unwrap().margin, None);
    let francs = Money::new(4000, Currency::Chf);
    let abroad = Charged { unit_cost: francs, unit_price: francs, ..part() };
    let figures = hourly().figures(Side::Lead, at, &[part(), abroad]).unwrap();
    assert_eq!((figures.charges, figures.elsewhere, figures.margin), (eur(4000), 1, None));
}

#[test]
fn what_does_not_fit_is_refused() {
    let huge = Charged { quantity: Quantity(i64::MAX), unit_cost: eur(i64::MAX), ..part() };
    let at = progress(Status::InProgress, None);
    assert_eq!(hourly().figures(Side::Lead, at, &[huge]), Err(Refusal::AmountTooLarge));
}
