//! Messages from committed transactions to everybody who listens, on every node.

use crate::Error;

/// A message sent with [`Tx::notify`](crate::Tx::notify) by a transaction that was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about, or [`Notice::GAP`].
    pub topic: String,
    /// Text for the receivers, often an id.
    pub payload: String,
}

impl Notice {
    /// The topic of the notice that this layer sends itself after the listening connection to
    /// `PostgreSQL` was lost and is back: notices may have been missed, so caches are to be dropped.
    pub const GAP: &'static str = "db.gap";

    /// `PostgreSQL`'s limit is 8000 bytes for the message as a whole.
    const LIMIT: usize = 7900;

    /// A notice both engines can carry.
    pub(crate) fn new(topic: &str, payload: &str) -> Result<Self, Error> {
        if topic.len() + payload.len() > Self::LIMIT {
            return Err(Error::Engine(format!("a notice may have {} bytes", Self::LIMIT)));
        }
        if topic.contains('\n') || topic.contains('\0') || payload.contains('\0') {
            return Err(Error::Engine("a notice's topic is one line, without NUL".to_owned()));
        }
        Ok(Self { topic: topic.to_owned(), payload: payload.to_owned() })
    }

    /// As one text for `PostgreSQL`: the topic is the first line.
    pub(crate) fn to_line(&self) -> String {
        format!("{}\n{}", self.topic, self.payload)
    }

    /// The inverse of [`Notice::to_line`].
    pub(crate) fn from_line(line: &str) -> Self {
        let (topic, payload) = line.split_once('\n').unwrap_or((line, ""));
        Self { topic: topic.to_owned(), payload: payload.to_owned() }
    }
}
