//! What was typed into a form, as it was typed, so that a page can show it again beside its mistakes.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use domain::language::Language;
use domain::message::Message;
use domain::money::{Currency, Hours, Money, Quantity};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::format::Format;
use crate::problem::{Mistakes, Problem};

/// Names and values of a form or a query string, in order.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`.
    pub fn parse(text: &str) -> Self {
        Self::clean(serde_urlencoded::from_str(text).unwrap_or_default())
    }

    /// No value holds a NUL: no key of a keyboard types it, and PostgreSQL keeps no text that has one.
    fn clean(mut pairs: Vec<(String, String)>) -> Self {
        for (_, value) in &mut pairs {
            value.retain(|letter| letter != '\0');
        }
        Self(pairs)
    }

    /// The value as typed; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The value without blanks around it; line ends as `\n`.
    pub fn text(&self, name: &str) -> String {
        self.get(name).trim().replace("\r\n", "\n")
    }

    /// Whether the form had this field at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.get(name), "1" | "on" | "true")
    }

    /// A number; `None` if empty or no number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name).trim().parse().ok()
    }

    /// Every value of a repeated field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every number of a repeated field.
    pub fn numbers(&self, name: &str) -> Vec<i64> {
        self.all(name).filter_map(|value| value.parse().ok()).collect()
    }

    /// Puts a value that arrived with a file.
    pub fn push(&mut self, name: String, value: &str) {
        self.0.push((name, value.replace('\0', "")));
    }

    /// Puts a value, for a form that is shown for the first time.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Replaces a value or adds it.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(key, _)| key != name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// A required day and time in the person's zone.
    pub fn instant(
        &self,
        name: &'static str,
        format: &Format,
        mistakes: &mut Mistakes,
    ) -> Option<Timestamp> {
        let typed = self.get(name).trim();
        if typed.is_empty() {
            return None;
        }
        let at = format.parse_date_time(typed);
        if at.is_none() {
            mistakes.add(name, Message::new("mistake-date-time"));
        }
        at
    }

    /// An amount of money, typed the way the language writes it; `None` if empty or unreadable.
    pub fn money(
        &self,
        name: &'static str,
        language: Language,
        currency: Currency,
        mistakes: &mut Mistakes,
    ) -> Option<Money> {
        self.typed(name, mistakes, |typed| Money::parse(typed, language, currency))
    }

    /// Hours, typed the way the language writes them.
    pub fn hours(
        &self,
        name: &'static str,
        language: Language,
        mistakes: &mut Mistakes,
    ) -> Option<Hours> {
        self.typed(name, mistakes, |typed| Hours::parse(typed, language))
    }

    /// A quantity, typed the way the language writes it.
    pub fn quantity(
        &self,
        name: &'static str,
        language: Language,
        mistakes: &mut Mistakes,
    ) -> Option<Quantity> {
        self.typed(name, mistakes, |typed| Quantity::parse(typed, language))
    }

    /// A calendar day as a date field sends it.
    pub fn day(&self, name: &'static str, mistakes: &mut Mistakes) -> Option<Date> {
        self.typed(name, mistakes, |typed| typed.parse().map_err(|_| Message::new("mistake-date")))
    }

    fn typed<T>(
        &self,
        name: &'static str,
        mistakes: &mut Mistakes,
        parse: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        let typed = self.get(name).trim();
        if typed.is_empty() {
            return None;
        }
        parse(typed).map_err(|message| mistakes.add(name, message)).ok()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let odd = || Problem::Odd(StatusCode::BAD_REQUEST, Message::new("problem-unreadable"));
        let body = Bytes::from_request(request, state).await.map_err(|error| {
            let status = error.status();
            if status == StatusCode::PAYLOAD_TOO_LARGE {
                return Problem::Odd(status, Message::new("problem-too-large"));
            }
            odd()
        })?;
        serde_urlencoded::from_bytes(&body).map(Self::clean).map_err(|_| odd())
    }
}
