//! The lists that several forms offer: languages, time zones, currencies, levels.

use domain::language::Language;
use domain::money::Currency;
use domain::permission::{OutsourcingLevel, SecurityLevel};

use super::frame::security_key;
use super::parts::Choice;
use crate::words::Words;

/// Every language in its own words.
pub const LANGUAGES: [Choice<'static>; 2] = [
    Choice { value: "de", label: "Deutsch", hint: None },
    Choice { value: "en", label: "English", hint: None },
];

/// Every IANA time zone that this machine knows, and the one in use.
pub fn zones(in_use: &str) -> Vec<String> {
    let mut zones: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| name.contains('/') || name == "UTC")
        .collect();
    if !in_use.is_empty() && !zones.iter().any(|zone| zone == in_use) {
        zones.push(in_use.to_owned());
    }
    zones.sort();
    zones
}

/// Names that stand for themselves.
pub fn plain(names: &[String]) -> Vec<Choice<'_>> {
    names.iter().map(|name| Choice::new(name, name)).collect()
}

/// Every currency by its code.
pub fn currencies() -> Vec<Choice<'static>> {
    Currency::ALL.iter().map(|currency| Choice::new(currency.code(), currency.code())).collect()
}

/// Every security level.
pub fn security_levels(words: &Words) -> Vec<Choice<'_>> {
    SecurityLevel::ALL
        .iter()
        .map(|level| Choice::new(level.name(), words.t(security_key(*level))))
        .collect()
}

/// Every outsourcing permission, least first.
pub fn outsourcing_levels(words: &Words) -> Vec<Choice<'_>> {
    OutsourcingLevel::ALL
        .iter()
        .map(|level| Choice::new(level.name(), words.t(level.key())))
        .collect()
}

/// The language of a field, or German: the first market is German-speaking.
pub fn language(typed: &str) -> Language {
    Language::from_code(typed).unwrap_or(Language::De)
}
