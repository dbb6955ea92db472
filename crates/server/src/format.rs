//! How instants, hours, numbers and money are written for one person: their language, their time zone.

use domain::language::Language;
use domain::money::{Hours, Money};
use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;
use icu_locale_core::locale;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::words::Words;

/// The reader's way of writing. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Format {
    /// The reader's language.
    pub language: Language,
    /// The reader's time zone; instants are kept in UTC and shown in it.
    pub zone: TimeZone,
    /// When this page is made; relative times count from here.
    pub now: Timestamp,
}

impl Format {
    /// The day, e.g. `24.11.2026` or `24 Nov 2026`.
    pub fn date(&self, at: Timestamp) -> String {
        self.day(self.local(at).date())
    }

    /// A calendar day.
    pub fn day(&self, day: Date) -> String {
        let mut text = String::with_capacity(LONGEST);
        self.write_day(&mut text, day);
        text
    }

    /// The time of day, e.g. `16:30`.
    pub fn time(&self, at: Timestamp) -> String {
        let mut text = String::with_capacity(LONGEST);
        write_time(&mut text, self.local(at).time());
        text
    }

    /// Day and time, e.g. `24.11.2026, 16:30`.
    pub fn date_time(&self, at: Timestamp) -> String {
        let mut text = String::with_capacity(LONGEST);
        self.write_date_time(&mut text, at);
        text
    }

    /// Day and time, behind what is written already.
    pub fn write_date_time(&self, text: &mut String, at: Timestamp) {
        let local = self.local(at);
        self.write_day(text, local.date());
        text.push_str(", ");
        write_time(text, local.time());
    }

    /// Near instants by the day's name (`heute 16:30`), others by date.
    pub fn near(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let words = Words::of(self.language);
        let name = match local.date().duration_since(self.today()).as_hours() {
            0 => words.t("time-today"),
            24 => words.t("time-tomorrow"),
            -24 => words.t("time-yesterday"),
            _ => return self.date_time(at),
        };
        let mut text = String::with_capacity(LONGEST);
        text.push_str(name);
        text.push(' ');
        write_time(&mut text, local.time());
        text
    }

    /// How far away, e.g. `in 2 Std.` or `vor 3 Tagen`: minutes up to an hour, hours up to a day, then days. Days are
    /// those of the calendar: the day after tomorrow is in two days, whatever the hour.
    pub fn relative(&self, at: Timestamp) -> String {
        let words = Words::of(self.language);
        let distance = at.duration_since(self.now);
        let (amount, one, several) = match distance.abs().as_mins() {
            // What is still to come is never said to be over.
            0 if distance.is_positive() => (1, "time-minute", "time-minutes"),
            0 => return words.t("time-now").to_owned(),
            minutes @ 1..60 => (minutes, "time-minute", "time-minutes"),
            minutes @ 60..1440 => (minutes / 60, "time-hour", "time-hours"),
            _ => {
                let days = self.local(at).date().duration_since(self.today()).as_hours() / 24;
                // The day on which clocks are set back is longer than a day.
                (days.abs().max(1), "time-day", "time-days")
            }
        };
        let unit = words.t(if amount == 1 { one } else { several });
        let frame = words.t(if distance.is_negative() { "time-ago" } else { "time-ahead" });
        let (before, after) = frame.split_once('…').unwrap_or((frame, ""));
        format!("{before}{amount} {unit}{after}")
    }

    /// The instant for programs, to the second, e.g. `2026-11-24T15:30:00Z`.
    pub fn instant(at: Timestamp) -> String {
        let mut text = String::with_capacity(LONGEST);
        Self::write_instant(&mut text, at);
        text
    }

    /// The instant for programs, behind what is written already.
    pub fn write_instant(text: &mut String, at: Timestamp) {
        let utc = Offset::UTC.to_datetime(at);
        write_iso_day(text, utc.date());
        text.push('T');
        write_time(text, utc.time());
        text.push(':');
        write_two(text, utc.second());
        text.push('Z');
    }

    /// The value of a `datetime-local` field.
    pub fn input_date_time(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let mut text = String::with_capacity(LONGEST);
        write_iso_day(&mut text, local.date());
        text.push('T');
        write_time(&mut text, local.time());
        text
    }

    /// What was typed into a `datetime-local` field, read in the person's zone.
    pub fn parse_date_time(&self, typed: &str) -> Option<Timestamp> {
        let local: DateTime = typed.trim().parse().ok()?;
        self.zone.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// When a day begins in the person's zone; `None` beyond the end of all calendars.
    pub fn midnight(&self, day: Date) -> Option<Timestamp> {
        day.to_zoned(self.zone.clone()).ok().map(|start| start.timestamp())
    }

    /// Today in the person's zone.
    pub fn today(&self) -> Date {
        self.local(self.now).date()
    }

    fn local(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    fn write_day(&self, text: &mut String, day: Date) {
        match self.language {
            Language::De => {
                write_two(text, day.day());
                text.push('.');
                write_two(text, day.month());
                text.push('.');
            }
            Language::En => {
                let month = usize::from(day.month().unsigned_abs()).saturating_sub(1);
                if day.day() < 10 {
                    write_digit(text, day.day());
                } else {
                    write_two(text, day.day());
                }
                text.push(' ');
                text.push_str(MONTHS.get(month).unwrap_or(&""));
                text.push(' ');
            }
        }
        write_year(text, day);
    }

    /// Hours with two decimals, e.g. `2,50`.
    pub fn hours(&self, hours: Hours) -> String {
        self.decimal(hours.0, 2)
    }

    /// A whole number with the language's grouping.
    pub fn number(&self, number: i64) -> String {
        self.decimal(number, 0)
    }

    /// An amount with its currency, e.g. `1.234,56 €` or `€1,234.56`.
    pub fn money(&self, money: Money) -> String {
        let figure = self.decimal(money.minor, 2);
        let sign = match money.currency.code() {
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            other => other,
        };
        match self.language {
            Language::De => format!("{figure}\u{a0}{sign}"),
            Language::En if sign.chars().count() > 1 => format!("{sign}\u{a0}{figure}"),
            Language::En => match figure.strip_prefix('-') {
                Some(rest) => format!("-{sign}{rest}"),
                None => format!("{sign}{figure}"),
            },
        }
    }

    /// An amount as it stands in a field: no currency, no grouping.
    pub fn input_minor(&self, minor: i64) -> String {
        let sign = if minor < 0 { "-" } else { "" };
        let point = match self.language {
            Language::De => ',',
            Language::En => '.',
        };
        let whole = minor.unsigned_abs() / 100;
        let part = minor.unsigned_abs() % 100;
        format!("{sign}{whole}{point}{part:02}")
    }

    fn decimal(&self, units: i64, places: i16) -> String {
        let mut decimal = Decimal::from(units);
        decimal.multiply_pow10(-places);
        decimal.absolute.pad_end(-places);
        let formatter = match self.language {
            Language::De => &GERMAN,
            Language::En => &ENGLISH,
        };
        formatter.with(|formatter| formatter.format(&decimal).to_string())
    }
}

/// No form of an instant has more letters.
const LONGEST: usize = 24;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// A page of fifty rows writes two hundred instants: digit by digit, because a pattern is read anew each time.

fn write_iso_day(text: &mut String, day: Date) {
    write_year(text, day);
    text.push('-');
    write_two(text, day.month());
    text.push('-');
    write_two(text, day.day());
}

fn write_time(text: &mut String, time: Time) {
    write_two(text, time.hour());
    text.push(':');
    write_two(text, time.minute());
}

fn write_year(text: &mut String, day: Date) {
    use std::fmt::Write;
    // Writing into a String cannot fail.
    let _ = write!(text, "{:04}", day.year());
}

/// A part of a date or of a time.
fn write_two(text: &mut String, part: i8) {
    write_digit(text, part / 10);
    write_digit(text, part);
}

fn write_digit(text: &mut String, part: i8) {
    text.push(char::from(b'0' + part.unsigned_abs() % 10));
}

thread_local! {
    // The formatter of this library stays on its thread; each thread makes its own once.
    static GERMAN: DecimalFormatter = formatter(Language::De);
    static ENGLISH: DecimalFormatter = formatter(Language::En);
}

fn formatter(language: Language) -> DecimalFormatter {
    let locale = match language {
        Language::De => locale!("de-DE"),
        Language::En => locale!("en-GB"),
    };
    DecimalFormatter::try_new(
        locale.into(),
        icu_decimal::options::DecimalFormatterOptions::default(),
    )
    .unwrap_or_else(|error| unreachable!("both locales are compiled in: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(language: Language) -> Format {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Format { language, zone, now: "2026-11-24T23:30:00Z".parse().unwrap() }
    }

    #[test]
    fn instants_are_written_as_the_language_does() {
        let at: Timestamp = "2026-03-04T05:06:07.89Z".parse().unwrap();
        let (de, en) = (format(Language::De), format(Language::En));
        assert_eq!([de.date(at), en.date(at)], ["04.03.2026", "4 Mar 2026"]);
        assert_eq!([de.time(at), en.time(at)], ["06:06", "06:06"]);
        assert_eq!(
            [de.date_time(at), en.date_time(at)],
            ["04.03.2026, 06:06", "4 Mar 2026, 06:06"]
        );
        assert_eq!(de.input_date_time(at), "2026-03-04T06:06");
        assert_eq!(Format::instant(at), "2026-03-04T05:06:07Z");
    }

    #[test]
    fn near_days_have_names_in_the_persons_zone() {
        let de = format(Language::De);
        let near = |text: &str| de.near(text.parse().unwrap());
        // It is half past midnight in Berlin.
        assert_eq!(near("2026-11-24T22:59:00Z"), "gestern 23:59");
        assert_eq!(near("2026-11-24T23:00:00Z"), "heute 00:00");
        assert_eq!(near("2026-11-25T23:00:00Z"), "morgen 00:00");
        assert_eq!(near("2026-11-26T23:00:00Z"), "27.11.2026, 00:00");
    }

    #[test]
    fn distances_are_told_in_the_unit_they_have_reached() {
        let (de, en) = (format(Language::De), format(Language::En));
        let both = |text: &str| {
            let at = text.parse().unwrap();
            [de.relative(at), en.relative(at)]
        };
        // It is the 25th in Berlin, half past midnight.
        assert_eq!(both("2026-11-24T23:29:20Z"), ["gerade eben", "just now"]);
        assert_eq!(both("2026-11-24T23:30:00Z"), ["gerade eben", "just now"]);
        assert_eq!(both("2026-11-24T23:30:40Z"), ["in 1 Min.", "in 1 minute"]);
        assert_eq!(both("2026-11-24T23:29:00Z"), ["vor 1 Min.", "1 minute ago"]);
        assert_eq!(both("2026-11-25T00:29:00Z"), ["in 59 Min.", "in 59 minutes"]);
        assert_eq!(both("2026-11-25T00:30:00Z"), ["in 1 Std.", "in 1 hour"]);
        assert_eq!(both("2026-11-24T22:29:00Z"), ["vor 1 Std.", "1 hour ago"]);
        assert_eq!(both("2026-11-25T23:29:00Z"), ["in 23 Std.", "in 23 hours"]);
        assert_eq!(both("2026-11-25T23:30:00Z"), ["in 1 Tag", "in 1 day"]);
    }

    #[test]
    fn distant_days_are_counted_by_the_calendar() {
        let en = format(Language::En);
        let relative = |text: &str| en.relative(text.parse().unwrap());
        // Two days and 21 hours later it is the 27th.
        assert_eq!(relative("2026-11-27T20:30:00Z"), "in 2 days");
        assert_eq!(relative("2026-11-27T23:30:00Z"), "in 3 days");
        assert_eq!(relative("2026-11-21T22:59:00Z"), "4 days ago");
        // Clocks are set back on the 25th of October: the day has 25 hours.
        let long = Format { now: "2026-10-24T22:10:00Z".parse().unwrap(), ..en };
        assert_eq!(long.relative("2026-10-25T22:50:00Z".parse().unwrap()), "in 1 day");
    }

    #[test]
    fn what_is_written_can_be_read() {
        let de = format(Language::De);
        for text in ["2026-01-01T00:00:00Z", "1999-12-31T23:59:00Z", "2026-07-31T22:00:00Z"] {
            let at: Timestamp = text.parse().unwrap();
            assert_eq!(de.parse_date_time(&de.input_date_time(at)), Some(at));
            assert_eq!(Format::instant(at), text);
        }
    }
}
