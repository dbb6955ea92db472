//! What the layer promises, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story ends where a promise is broken")]

mod basics;
mod crowd;
mod kill;
mod lost;
mod migrations;
mod notices;
mod place;
