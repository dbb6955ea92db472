//! Stories: what people can do and what they cannot, told through HTTP on both databases.
//!
//! `world` is the stage. Names are fixed: *Acme* leads, *Nord* works, *Fremd* is the stranger.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod audit;
mod dashboard;
mod doors;
mod line;
mod refusals;
mod words;
mod world;
