//! What the rules have to say to a person: a key into the locale files and its arguments, never words.

use jiff::Timestamp;

use crate::money::{Hours, Money};

/// A sentence still without a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

/// An argument of a [`Message`]; the server writes it the way the person's language does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    Text(String),
    Number(i64),
    Instant(Timestamp),
    Hours(Hours),
    Money(Money),
    /// Itself a key into the locale files: the name of a status, of a move.
    Key(&'static str),
}

impl Message {
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// The same message with one argument more.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }

    /// The same message with the name of something that has a name in every language.
    #[must_use]
    pub fn with_key(self, name: &'static str, key: &'static str) -> Self {
        self.with(name, Arg::Key(key))
    }
}

macro_rules! arg_from {
    ($($from:ty => $variant:ident),+ $(,)?) => { $(
        impl From<$from> for Arg {
            fn from(value: $from) -> Self {
                Self::$variant(value)
            }
        }
    )+ };
}

arg_from! { String => Text, i64 => Number, Timestamp => Instant, Hours => Hours, Money => Money }

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
