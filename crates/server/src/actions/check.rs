//! What every form asks: is it there, is it short enough, is it a mail address. And: may this person?

use domain::message::Message;
use domain::permission::{Permission, allows};

use crate::app::Acting;
use crate::problem::{Mistakes, Problem};

/// Stops an action if the person may not.
pub fn require(acting: &Acting, permission: Permission) -> Result<(), Problem> {
    allows(&acting.actor, permission).map_err(Problem::Forbidden)
}

/// A text that must be there and not be longer than this many letters.
pub fn required(mistakes: &mut Mistakes, field: &'static str, text: &str, longest: usize) {
    if text.trim().is_empty() {
        mistakes.add(field, Message::new("mistake-missing"));
    } else {
        short(mistakes, field, text, longest);
    }
}

/// A text that may be empty but not longer than this many letters.
pub fn short(mistakes: &mut Mistakes, field: &'static str, text: &str, longest: usize) {
    if text.chars().count() > longest {
        let longest = i64::try_from(longest).unwrap_or(i64::MAX);
        mistakes.add(field, Message::new("mistake-too-long").with("longest", longest));
    }
}

/// A mail address that must be there.
pub fn email(mistakes: &mut Mistakes, field: &'static str, text: &str) {
    required(mistakes, field, text, 254);
    if !text.trim().is_empty() && !is_email(text) {
        mistakes.add(field, Message::new("mistake-email"));
    }
}

/// Whether this can be sent to.
pub fn is_email(text: &str) -> bool {
    text.contains('@') && text.parse::<lettre::Address>().is_ok()
}

/// A new password: long enough to be safe, short enough to be hashed.
pub fn password(mistakes: &mut Mistakes, field: &'static str, text: &str) {
    let letters = text.chars().count();
    if letters < 10 {
        mistakes.add(field, Message::new("mistake-password-short"));
    } else if letters > 200 {
        mistakes.add(field, Message::new("mistake-too-long").with("longest", 200_i64));
    }
}

/// A new password once more: whoever mistypes it unseen could not sign in again. `differ` says that they differ.
pub fn repeated(
    mistakes: &mut Mistakes,
    field: &'static str,
    (password, again): (&str, &str),
    differ: &'static str,
) {
    if again.is_empty() {
        mistakes.add(field, Message::new("mistake-missing"));
    } else if password != again {
        mistakes.add(field, Message::new(differ));
    }
}

/// An IANA time zone.
pub fn time_zone(mistakes: &mut Mistakes, field: &'static str, text: &str) {
    if jiff::tz::TimeZone::get(text).is_err() {
        mistakes.add(field, Message::new("mistake-time-zone"));
    }
}
