//! Tables as files for a spreadsheet: separator, decimal sign and dates of the reader's language, and no cell that runs.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::language::Language;
use domain::money::{Hours, Money};
use jiff::Timestamp;

use crate::format::Format;
use crate::problem::Problem;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// What people typed: never taken as a formula.
    Text(String),
    /// What we reckoned: stays a number, also below zero.
    Figure(String),
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Nothing.
    pub fn empty() -> Self {
        Self::Text(String::new())
    }

    /// An amount without its currency.
    pub fn money(format: &Format, money: Money) -> Self {
        Self::Figure(format.input_minor(money.minor))
    }

    /// Hours.
    pub fn hours(format: &Format, hours: Hours) -> Self {
        Self::Figure(format.input_minor(hours.0))
    }

    /// Day and time as spreadsheets of the language read them.
    pub fn instant(format: &Format, at: Timestamp) -> Self {
        let pattern = match format.language {
            Language::De => "%d.%m.%Y %H:%M",
            Language::En => "%Y-%m-%d %H:%M",
        };
        Self::Figure(at.to_zoned(format.zone.clone()).strftime(pattern).to_string())
    }

    fn safe(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Figure(figure) => figure.clone(),
        }
    }
}

/// A spreadsheet runs what begins like a formula; an apostrophe in front makes it text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// A file that is being written.
pub struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// An empty one, with its head. Spreadsheets take the separator from the language and the encoding from the mark
    /// in front.
    pub fn new<'a>(
        language: Language,
        head: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, Problem> {
        let separator = if language == Language::De { b';' } else { b',' };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(head).map_err(anyhow::Error::from)?;
        Ok(Self(writer))
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Problem> {
        Ok(self.0.write_record(cells.iter().map(Cell::safe)).map_err(anyhow::Error::from)?)
    }

    /// The whole file.
    pub fn finish(self) -> Result<Vec<u8>, Problem> {
        Ok(self.0.into_inner().map_err(|error| anyhow::anyhow!("a file in memory: {error}"))?)
    }
}

/// Hands a file over; `name` is one of ours and needs no quoting.
pub fn download(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn nothing_runs_in_a_spreadsheet() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        assert_eq!(harmless("Nord IT = gut"), "Nord IT = gut");
        assert_eq!(harmless(""), "");
    }

    #[test]
    fn each_language_has_its_separator_and_its_numbers() {
        let cases = [
            (Language::De, "\u{feff}A;B\n'=1;-12,50\n", "24.11.2026 09:00"),
            (Language::En, "\u{feff}A,B\n'=1,-12.50\n", "2026-11-24 09:00"),
        ];
        for (language, file, instant) in cases {
            let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
            let format = Format { language, zone: TimeZone::UTC, now };
            let mut sheet = Sheet::new(language, ["A", "B"]).unwrap();
            let money = Money::new(-1250, Currency::Eur);
            sheet.row(&[Cell::text("=1"), Cell::money(&format, money)]).unwrap();
            assert_eq!(String::from_utf8(sheet.finish().unwrap()).unwrap(), file);
            assert_eq!(Cell::instant(&format, now), Cell::Figure(instant.into()));
        }
    }
}
