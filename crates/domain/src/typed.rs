//! Reading the amounts and hours that people type, the way their language writes them.

use crate::language::Language;
use crate::message::Message;
use crate::money::{Currency, Hours, Money, Quantity};

/// Nothing was typed.
pub const MISSING: &str = "typed-missing";
/// What was typed is not a number as this language writes it.
pub const UNREADABLE: &str = "typed-unreadable";
/// More than two decimals: rounding it silently would change what was meant.
pub const TOO_PRECISE: &str = "typed-too-precise";
/// More than we can count.
pub const TOO_LARGE: &str = "typed-too-large";

/// Every key of this module.
pub const KEYS: [&str; 4] = [MISSING, UNREADABLE, TOO_PRECISE, TOO_LARGE];

impl Money {
    /// The amount typed: `1.234,56` in German, `1,234.56` in English, with or without the currency.
    pub fn parse(text: &str, language: Language, currency: Currency) -> Result<Self, Message> {
        let text = text.trim();
        let text = [currency.code(), currency.sign()]
            .iter()
            .find_map(|mark| text.strip_suffix(mark).or_else(|| text.strip_prefix(mark)))
            .unwrap_or(text);
        parse_hundredths(text, language).map(|minor| Self { minor, currency })
    }
}

impl Hours {
    /// The hours typed: decimal (`2,5` or `2.5`), or by the clock (`2:30`).
    pub fn parse(text: &str, language: Language) -> Result<Self, Message> {
        let text = text.trim();
        let text = text.strip_suffix('h').unwrap_or(text);
        match text.split_once(':') {
            Some((hours, minutes)) => by_the_clock(hours.trim(), minutes.trim()),
            None => parse_hundredths(text, language).map(Self),
        }
    }
}

impl Quantity {
    /// The quantity typed.
    pub fn parse(text: &str, language: Language) -> Result<Self, Message> {
        parse_hundredths(text, language).map(Self)
    }
}

fn by_the_clock(hours: &str, minutes: &str) -> Result<Hours, Message> {
    if minutes.len() != 2 || !all_digits(hours) || !all_digits(minutes) {
        return Err(Message::new(UNREADABLE));
    }
    let hours: i64 = hours.parse().map_err(|_| Message::new(TOO_LARGE))?;
    let minutes: i64 = minutes.parse().map_err(|_| Message::new(UNREADABLE))?;
    if minutes > 59 {
        return Err(Message::new(UNREADABLE));
    }
    // Half away from zero, as everywhere: 20 minutes are 0.33 h, 50 are 0.83 h, 3 are 0.05 h.
    let part = (minutes * 100 + 30) / 60;
    let whole = hours.checked_mul(100).and_then(|whole| whole.checked_add(part));
    whole.map(Hours).ok_or_else(|| Message::new(TOO_LARGE))
}

/// A number with at most two decimals, in hundredths: an amount in cents, hours, a quantity.
pub fn parse_hundredths(text: &str, language: Language) -> Result<i64, Message> {
    let (group, point) = match language {
        Language::De => ('.', ','),
        Language::En => (',', '.'),
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(Message::new(MISSING));
    }
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = text.split_once(point).unwrap_or((text, ""));
    let whole = ungrouped(whole, group).ok_or_else(|| Message::new(UNREADABLE))?;
    if !all_digits(decimals) && !decimals.is_empty() || whole.is_empty() && decimals.is_empty() {
        return Err(Message::new(UNREADABLE));
    }
    if decimals.trim_end_matches('0').len() > 2 {
        return Err(Message::new(TOO_PRECISE));
    }
    let cents: String = decimals.chars().chain("00".chars()).take(2).collect();
    let sign = if negative { "-" } else { "" };
    format!("{sign}{whole}{cents}").parse().map_err(|_| Message::new(TOO_LARGE))
}

/// The digits without the marks between the thousands; `None` when a mark stands elsewhere,
/// so that `1.5` typed by a German is not taken for fifteen.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let is_mark = |c: char| c == group || matches!(c, '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
    let mut parts = whole.split(is_mark);
    let first = parts.next().unwrap_or_default();
    let mut digits = first.to_owned();
    for part in parts {
        if part.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        digits.push_str(part);
    }
    (digits.is_empty() || all_digits(&digits)).then_some(digits)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
