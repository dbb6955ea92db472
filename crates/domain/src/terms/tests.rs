//! Terms and what is wrong with them.

use jiff::SignedDuration;

use super::*;
use crate::money::Currency;

pub(crate) const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn later(hours: i64) -> Timestamp {
    NOW + SignedDuration::from_hours(hours)
}

/// The hourly terms of the worked example (section 15.6).
pub(crate) fn hourly() -> Terms {
    Terms {
        rate_type: RateType::Hourly,
        authorized_charge: eur(6000),
        authorized_hours: Some(Hours(500)),
        accept_by: Some(later(24)),
        due: Some(later(48)),
        instructions: "Ring first.".to_owned(),
        share: Share::default(),
        billing: Billing { billing_rate: Some(eur(9500)), work_type: "On site".to_owned() },
    }
}

pub(crate) fn flat() -> Terms {
    Terms { rate_type: RateType::Flat, authorized_hours: None, ..hourly() }
}

fn mistakes(terms: &Terms) -> Vec<(&'static str, &'static str)> {
    terms.validate(NOW).into_iter().map(|(field, message)| (field, message.key)).collect()
}

#[test]
fn good_terms_have_no_mistakes() {
    assert_eq!(mistakes(&hourly()), []);
    assert_eq!(mistakes(&flat()), []);
    assert_eq!(mistakes(&Terms { due: None, ..hourly() }), []);
    assert_eq!(mistakes(&Terms { authorized_charge: eur(0), ..hourly() }), []);
}

#[test]
fn every_mistake_is_told_at_its_field() {
    let terms = Terms {
        authorized_charge: eur(-1),
        authorized_hours: Some(Hours(0)),
        accept_by: Some(NOW),
        due: Some(NOW),
        instructions: "x".repeat(8001),
        billing: Billing { billing_rate: Some(eur(-1)), work_type: String::new() },
        ..hourly()
    };
    let expected = [
        ("accept_by", ACCEPT_BY_PAST),
        ("due", DUE_BEFORE_ACCEPT_BY),
        ("authorized_charge", CHARGE_NEGATIVE),
        ("authorized_hours", HOURS_NOT_POSITIVE),
        ("billing_rate", RATE_NEGATIVE),
        ("instructions", INSTRUCTIONS_TOO_LONG),
    ];
    assert_eq!(mistakes(&terms), expected);
}

#[test]
fn what_is_missing_is_told_too() {
    let terms =
        Terms { authorized_hours: None, accept_by: None, billing: Billing::default(), ..hourly() };
    let expected = [
        ("accept_by", ACCEPT_BY_MISSING),
        ("authorized_hours", HOURS_MISSING),
        ("billing_rate", RATE_MISSING),
    ];
    assert_eq!(mistakes(&terms), expected);
}

#[test]
fn a_total_that_cannot_be_counted_and_a_foreign_rate_are_mistakes() {
    let terms = Terms { authorized_charge: eur(i64::MAX), ..hourly() };
    assert_eq!(mistakes(&terms), [("authorized_charge", TOTAL_TOO_LARGE)]);
    let francs = Some(Money::new(9500, Currency::Chf));
    let terms =
        Terms { billing: Billing { billing_rate: francs, work_type: String::new() }, ..hourly() };
    assert_eq!(mistakes(&terms), [("billing_rate", RATE_CURRENCY)]);
}

#[test]
fn the_total_is_the_charge_or_the_charge_times_the_hours() {
    assert_eq!(hourly().total(), Ok(eur(30_000)));
    assert_eq!(flat().total(), Ok(eur(6000)));
}

#[test]
fn the_margin_is_what_the_customer_pays_less_what_the_partner_costs() {
    let expected = Margin { cost: eur(15_000), revenue: eur(23_750), margin: eur(8750) };
    assert_eq!(hourly().margin(Hours(250)), Ok(expected));
    let expected = Margin { cost: eur(6000), revenue: eur(0), margin: eur(-6000) };
    assert_eq!(flat().margin(Hours(250)), Ok(expected));
}

#[test]
fn low_rates_and_long_hours_are_warned_of_only() {
    let terms = Terms { authorized_charge: eur(9501), ..hourly() };
    let warned = |terms: &Terms, hours| {
        terms
            .warnings(hours)
            .into_iter()
            .map(|(field, message)| (field, message.key))
            .collect::<Vec<_>>()
    };
    let expected =
        [("billing_rate", WARN_RATE_BELOW_COST), ("authorized_hours", WARN_HOURS_EXCEEDED)];
    assert_eq!(warned(&terms, Hours(501)), expected);
    assert_eq!(mistakes(&terms), []);
    assert_eq!(warned(&hourly(), Hours(500)), []);
    assert_eq!(warned(&flat(), Hours(9999)), []);
}

#[test]
fn what_is_ticked_at_first_is_public_and_a_file() {
    let notes = [
        (NoteId(1), Publish::All),
        (NoteId(2), Publish::Internal),
        (NoteId(3), Publish::InternalCoManaged),
    ];
    let files = [
        (AttachmentId(1), Publish::All, AttachmentKind::File),
        (AttachmentId(2), Publish::Internal, AttachmentKind::File),
        (AttachmentId(3), Publish::All, AttachmentKind::Url),
    ];
    let expected = Share {
        contact: false,
        device: false,
        notes: vec![NoteId(1)],
        files: vec![AttachmentId(1)],
    };
    assert_eq!(Share::standard(notes, files), expected);
    assert_eq!(may_offer(Publish::Internal, None), Err(Refusal::InternalStays));
    assert_eq!(
        may_offer(Publish::All, Some(AttachmentKind::FolderLink)),
        Err(Refusal::OnlyFilesTravel)
    );
}

#[test]
fn an_urgent_ticket_is_answered_in_half_of_its_time() {
    let by = |due| default_accept_by(NOW, 24, due);
    assert_eq!(by(None), later(24));
    assert_eq!(by(Some(later(96))), later(24));
    assert_eq!(by(Some(later(48))), later(24));
    assert_eq!(by(Some(later(6))), later(3));
    // Too late already: only a person can say what happens now.
    assert_eq!(by(Some(NOW)), later(24));
}
