//! How instants, hours, numbers and money are written for one person: their language, their time zone.

use domain::language::Language;
use domain::money::{Hours, Money};
use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;
use icu_locale_core::locale;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

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
        self.day(at.to_zoned(self.zone.clone()).date())
    }

    /// A calendar day.
    pub fn day(&self, day: Date) -> String {
        day.strftime(self.day_pattern()).to_string()
    }

    fn day_pattern(&self) -> &'static str {
        match self.language {
            Language::De => "%d.%m.%Y",
            Language::En => "%-d %b %Y",
        }
    }

    /// The time of day, e.g. `16:30`.
    pub fn time(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
    }

    /// Day and time, e.g. `24.11.2026, 16:30`.
    pub fn date_time(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        format!("{}, {}", self.day(local.date()), local.strftime("%H:%M"))
    }

    /// Near instants by the day's name (`heute 16:30`), others by date.
    pub fn near(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let today = self.now.to_zoned(self.zone.clone()).date();
        let words = Words::of(self.language);
        let name = match local.date().duration_since(today).as_hours() {
            0 => words.t("time-today"),
            24 => words.t("time-tomorrow"),
            -24 => words.t("time-yesterday"),
            _ => return self.date_time(at),
        };
        format!("{name} {}", local.strftime("%H:%M"))
    }

    /// How far away, e.g. `in 2 Std.` or `vor 3 Tagen`.
    pub fn relative(&self, at: Timestamp) -> String {
        let words = Words::of(self.language);
        let distance = at.duration_since(self.now);
        let (amount, unit) = largest_unit(distance.abs());
        if amount == 0 {
            return words.t("time-now").to_owned();
        }
        let unit = match (unit, amount) {
            (Unit::Minutes, _) => words.t("time-minutes"),
            (Unit::Hours, _) => words.t("time-hours"),
            (Unit::Days, 1) => words.t("time-day"),
            (Unit::Days, _) => words.t("time-days"),
        };
        let frame = if distance.is_negative() { "time-ago" } else { "time-ahead" };
        words.t(frame).replace("…", &format!("{amount} {unit}"))
    }

    /// The value of a `datetime-local` field.
    pub fn input_date_time(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// What was typed into a `datetime-local` field, read in the person's zone.
    pub fn parse_date_time(&self, typed: &str) -> Option<Timestamp> {
        let local: jiff::civil::DateTime = typed.trim().parse().ok()?;
        self.zone.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// When a day begins in the person's zone; `None` beyond the end of all calendars.
    pub fn midnight(&self, day: Date) -> Option<Timestamp> {
        day.to_zoned(self.zone.clone()).ok().map(|start| start.timestamp())
    }

    /// Today in the person's zone.
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
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

enum Unit {
    Minutes,
    Hours,
    Days,
}

fn largest_unit(distance: SignedDuration) -> (i64, Unit) {
    let minutes = distance.as_mins();
    match minutes {
        0..120 => (minutes, Unit::Minutes),
        120..2880 => (minutes / 60, Unit::Hours),
        _ => (minutes / 1440, Unit::Days),
    }
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
