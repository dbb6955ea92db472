//! What people type, in both languages.

use proptest::prelude::*;

use super::*;

fn de(text: &str) -> Result<i64, &'static str> {
    parse_hundredths(text, Language::De).map_err(|message| message.key)
}

fn en(text: &str) -> Result<i64, &'static str> {
    parse_hundredths(text, Language::En).map_err(|message| message.key)
}

#[test]
fn germans_write_a_comma() {
    assert_eq!(de("1.234,56"), Ok(123_456));
    assert_eq!(de("1234,5"), Ok(123_450));
    assert_eq!(de("1.234"), Ok(123_400));
    assert_eq!(de(" 60 "), Ok(6000));
    assert_eq!(de(",5"), Ok(50));
    assert_eq!(de("-0,05"), Ok(-5));
    assert_eq!(de("−12.345.678,90"), Ok(-1_234_567_890));
    assert_eq!(de("1 234,50"), Ok(123_450));
    assert_eq!(de("1’234,50"), Ok(123_450));
}

#[test]
fn english_write_a_point() {
    assert_eq!(en("1,234.56"), Ok(123_456));
    assert_eq!(en("1,234"), Ok(123_400));
    assert_eq!(en("+7.5"), Ok(750));
}

#[test]
fn the_other_language_is_not_guessed() {
    assert_eq!(de("1.5"), Err(UNREADABLE));
    assert_eq!(de("1.50"), Err(UNREADABLE));
    assert_eq!(de("1,234.56"), Err(UNREADABLE));
    assert_eq!(en("1,50"), Err(UNREADABLE));
    assert_eq!(en("1.234,56"), Err(UNREADABLE));
}

#[test]
fn what_is_no_number_is_said_to_be_none() {
    for text in ["abc", "1,2,3", "--1", "-", ",", "1e3", "1234.567", ".500", "1,-2", "٣"] {
        assert_eq!(de(text), Err(UNREADABLE), "{text}");
    }
    assert_eq!(de("  "), Err(MISSING));
    assert_eq!(de("0,005"), Err(TOO_PRECISE));
    assert_eq!(de("0,500"), Ok(50));
    assert_eq!(de("92233720368547758,07"), Ok(i64::MAX));
    assert_eq!(de("92233720368547758,08"), Err(TOO_LARGE));
    assert_eq!(de("-92233720368547758,08"), Ok(i64::MIN));
}

#[test]
fn an_amount_may_carry_its_currency() {
    let expected = Ok(Money::new(123_456, Currency::Eur));
    for text in ["1.234,56 €", "1.234,56 EUR", "EUR 1.234,56", "€1.234,56"] {
        assert_eq!(Money::parse(text, Language::De, Currency::Eur), expected, "{text}");
    }
    let refused = Money::parse("10 USD", Language::De, Currency::Eur);
    assert_eq!(refused, Err(Message::new(UNREADABLE)));
}

#[test]
fn hours_are_typed_as_numbers_or_by_the_clock() {
    let hours = |text| Hours::parse(text, Language::De).map_err(|message| message.key);
    assert_eq!(hours("2,5"), Ok(Hours(250)));
    assert_eq!(hours("2,5 h"), Ok(Hours(250)));
    assert_eq!(hours("2:30"), Ok(Hours(250)));
    assert_eq!(hours("0:20"), Ok(Hours(33)));
    assert_eq!(hours("0:50"), Ok(Hours(83)));
    assert_eq!(hours("0:03"), Ok(Hours(5)));
    assert_eq!(hours("1:60"), Err(UNREADABLE));
    assert_eq!(hours("1:5"), Err(UNREADABLE));
    assert_eq!(hours("-1:30"), Err(UNREADABLE));
    assert_eq!(hours("99999999999999999999:00"), Err(TOO_LARGE));
    assert_eq!(hours("92233720368547758:30"), Err(TOO_LARGE));
}

proptest! {
    /// What is written the way a language writes it is read back; nothing typed brings the reader down.
    #[test]
    fn what_is_written_is_read(minor in any::<i64>()) {
        let english = Money::new(minor, Currency::Eur).to_string();
        let german = english.replace('.', ",");
        let expected = Ok(Money::new(minor, Currency::Eur));
        prop_assert_eq!(Money::parse(&english, Language::En, Currency::Eur), expected.clone());
        prop_assert_eq!(Money::parse(&german, Language::De, Currency::Eur), expected);
    }

    #[test]
    fn anything_can_be_typed(text in "\\PC{0,20}|[0-9.,: '−-]{0,24}") {
        for language in Language::ALL {
            // An answer of either kind will do: a panic or an overflow would fail the test.
            let _ = Hours::parse(&text, language);
            let _ = Money::parse(&text, language, Currency::Eur);
        }
    }
}
