//! The bundle, with the worked example to the cent.

use jiff::civil::date;

use super::*;
use crate::money::Currency;
use crate::outsourcing::Status;
use crate::terms::tests::{flat, hourly};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn entry(day: i8, worked: i64, deduct: i64) -> Worked {
    Worked {
        date: date(2026, 11, day),
        resource: "Nora".to_owned(),
        worked: Hours(worked),
        deduct: Hours(deduct),
    }
}

/// Section 15.6: 3.00 h with 0.50 h deducted at 60.00, billed at 95.00, and a part at 40.00.
#[test]
fn the_worked_example_is_right_to_the_cent() {
    let terms = hourly();
    let bundle =
        bundle(&terms, "Nord", &[entry(20, 300, 50)], Status::Complete, date(2026, 11, 24))
            .unwrap()
            .unwrap();
    assert_eq!(bundle.billed, Hours(250));
    assert_eq!(bundle.quantity, Quantity(250));
    assert_eq!(bundle.unit_cost, eur(6000));
    assert_eq!(bundle.cost, eur(15_000));
    assert_eq!((bundle.unit_price, bundle.billable), (eur(0), false));
    assert_eq!(bundle.cost.plus(eur(4000)), Ok(eur(19_000)));
    let margin = terms.margin(bundle.billed).unwrap();
    assert_eq!((margin.revenue, margin.margin), (eur(23_750), eur(8750)));
    assert_eq!(bundle.name, Message::new("bundle-name").with("partner", "Nord"));
}

#[test]
fn flat_work_costs_the_flat_amount_however_long_it_took() {
    let entries = [entry(20, 300, 50), entry(21, 100, 0)];
    let bundle =
        bundle(&flat(), "Nord", &entries, Status::Complete, date(2026, 11, 24)).unwrap().unwrap();
    assert_eq!((bundle.quantity, bundle.cost), (Quantity::ONE, eur(6000)));
    assert_eq!((bundle.worked, bundle.deduct, bundle.billed), (Hours(400), Hours(50), Hours(350)));
}

#[test]
fn the_arithmetic_of_a_deduction_is_shown() {
    let entries = [entry(20, 300, 50), entry(21, 100, 0), entry(22, 100, -25)];
    let bundle =
        bundle(&hourly(), "Nord", &entries, Status::Complete, date(2026, 11, 24)).unwrap().unwrap();
    let plain = Message::new(LINE)
        .with("date", "21.11.2026")
        .with("resource", "Nora")
        .with("worked", Hours(100));
    assert_eq!(bundle.lines[1].message("21.11.2026"), plain);
    let deducted = Message::new(LINE_DEDUCTED)
        .with("date", "20.11.2026")
        .with("resource", "Nora")
        .with("worked", Hours(300))
        .with("deduct", Hours(50))
        .with("billed", Hours(250));
    assert_eq!(bundle.lines[0].message("20.11.2026"), deducted);
    let surcharged = Message::new(LINE_SURCHARGED)
        .with("date", "22.11.2026")
        .with("resource", "Nora")
        .with("worked", Hours(100))
        .with("surcharge", Hours(25))
        .with("billed", Hours(125));
    assert_eq!(bundle.lines[2].message("22.11.2026"), surcharged);
    // The text is read by people who may not see what it costs.
    let told: Vec<_> = bundle.total_message().args.iter().map(|(name, _)| *name).collect();
    assert_eq!(told, ["worked", "deduct", "billed"]);
}

#[test]
fn a_sum_without_deduction_needs_no_arithmetic() {
    let entries = [entry(20, 100, 0), entry(21, 75, 0)];
    let on = date(2026, 11, 24);
    let bundle = bundle(&hourly(), "Nord", &entries, Status::Complete, on).unwrap().unwrap();
    let total = Message::new(TOTAL_PLAIN).with("billed", Hours(175));
    assert_eq!(bundle.total_message(), total);
}

#[test]
fn a_surcharge_is_shown_as_what_it_is() {
    let entries = [entry(20, 100, -50)];
    let bundle =
        bundle(&hourly(), "Nord", &entries, Status::Complete, date(2026, 11, 24)).unwrap().unwrap();
    assert_eq!((bundle.billed, bundle.cost), (Hours(150), eur(9000)));
    let total = Message::new(TOTAL_SURCHARGED)
        .with("worked", Hours(100))
        .with("surcharge", Hours(50))
        .with("billed", Hours(150));
    assert_eq!(bundle.total_message(), total);
}

#[test]
fn without_time_only_flat_work_that_was_done_is_charged() {
    let on = date(2026, 11, 24);
    assert_eq!(bundle(&flat(), "Nord", &[], Status::Returned, on), Ok(None));
    let owed = bundle(&flat(), "Nord", &[], Status::Complete, on).unwrap().unwrap();
    assert_eq!((owed.cost, owed.lines.len()), (flat().authorized_charge, 0));
    assert_eq!(bundle(&hourly(), "Nord", &[], Status::Complete, on), Ok(None));
}

#[test]
fn hours_without_end_are_refused() {
    let entries = [entry(20, i64::MAX, 0), entry(21, 1, 0)];
    assert_eq!(
        bundle(&hourly(), "Nord", &entries, Status::Complete, date(2026, 11, 24)),
        Err(Refusal::AmountTooLarge)
    );
}
