//! The rows: SQL and nothing else. Whoever asks says on whose behalf; «not there» and «not theirs» are one answer.
//!
//! One module per table or family of tables; `search` holds what differs between the two databases.

pub mod audits;
pub mod companies;
pub mod contacts;
pub mod digests;
pub mod files;
pub mod items;
pub mod links;
pub mod mails;
pub mod network_rounds;
pub mod networks;
pub mod organizations;
pub mod outsourcings;
pub mod partnerships;
pub mod people;
pub mod queues;
pub mod rounds;
pub mod search;
pub mod sessions;
pub mod sorted;
pub mod throttles;
pub mod tickets;
pub mod views;

use db::{Error, Row};
use jiff::Timestamp;

/// Reads a column that holds the name of an enum's value.
pub fn named<T>(row: &Row, index: usize, from_name: fn(&str) -> Option<T>) -> Result<T, Error> {
    let name: String = row.get(index)?;
    from_name(&name)
        .ok_or_else(|| Error::Decode(format!("column {index} holds the unknown name «{name}»")))
}

/// The same for a column that may be empty.
pub fn maybe_named<T>(
    row: &Row,
    index: usize,
    from_name: fn(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    let name: Option<String> = row.get(index)?;
    name.map(|name| from_name(&name).ok_or_else(|| Error::Decode(format!("unknown name «{name}»"))))
        .transpose()
}

/// The id an `INSERT … RETURNING id` answers with.
pub fn returned(found: Option<i64>) -> Result<i64, Error> {
    found.ok_or_else(|| Error::Decode("an insert returned no id".into()))
}

/// Up to this many rows of a list are read at once; more are a page further.
pub const PAGE: i64 = 50;

/// From one instant on, until before another; either may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The first instant inside.
    pub from: Option<Timestamp>,
    /// The first instant beyond.
    pub until: Option<Timestamp>,
}

/// So many rows are read in one step.
const STEP: i64 = 1000;

/// Everything of a list that must be whole, read step by step: `read` gets the key of the last row before.
fn in_steps<T>(
    mut read: impl FnMut(i64) -> Result<Vec<(i64, T)>, db::Error>,
) -> Result<Vec<T>, db::Error> {
    let mut all = Vec::new();
    let mut after = 0;
    loop {
        let step = read(after)?;
        let full = i64::try_from(step.len()).is_ok_and(|rows| rows >= STEP);
        after = step.last().map_or(after, |(key, _)| *key);
        all.extend(step.into_iter().map(|(_, row)| row));
        if !full {
            return Ok(all);
        }
    }
}
