//! A message as it is kept: key and arguments as JSON, so that each reader hears it in their own language.

use domain::message::{Arg, Message};
use domain::money::{Currency, Hours, Money};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::format::Format;
use crate::words::Words;

#[derive(Serialize, Deserialize)]
struct Saying {
    key: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    args: Vec<(String, Kept)>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kept {
    Text(String),
    Number(i64),
    Instant(Timestamp),
    Hours(i64),
    Money(i64, String),
    Key(String),
}

/// The JSON of a message.
pub fn keep(message: &Message) -> Result<String, serde_json::Error> {
    let args = message.args.iter().map(|(name, arg)| ((*name).to_owned(), kept(arg))).collect();
    serde_json::to_string(&Saying { key: message.key.to_owned(), args })
}

fn kept(arg: &Arg) -> Kept {
    match arg {
        Arg::Text(text) => Kept::Text(text.clone()),
        Arg::Number(number) => Kept::Number(*number),
        Arg::Instant(at) => Kept::Instant(*at),
        Arg::Hours(hours) => Kept::Hours(hours.0),
        Arg::Money(money) => Kept::Money(money.minor, money.currency.code().to_owned()),
        Arg::Key(key) => Kept::Key((*key).to_owned()),
    }
}

/// The sentence of a kept message; empty if it cannot be read.
pub fn tell(json: &str, words: &Words, format: &Format) -> String {
    let Ok(saying) = serde_json::from_str::<Saying>(json) else { return String::new() };
    let args: Vec<(String, Arg)> = saying
        .args
        .into_iter()
        .filter_map(|(name, kept)| Some((name, arg(kept, words)?)))
        .collect();
    words.say_with(&saying.key, args.iter().map(|(name, arg)| (name.as_str(), arg)), format)
}

fn arg(kept: Kept, words: &Words) -> Option<Arg> {
    Some(match kept {
        Kept::Text(text) => Arg::Text(text),
        Kept::Number(number) => Arg::Number(number),
        Kept::Instant(at) => Arg::Instant(at),
        Kept::Hours(hours) => Arg::Hours(Hours(hours)),
        Kept::Money(minor, code) => {
            Arg::Money(Money { minor, currency: Currency::from_code(&code)? })
        }
        Kept::Key(key) => Arg::Text(words.t(&key).to_owned()),
    })
}
