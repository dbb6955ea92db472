//! Staffel: everything around the rules.
//!
//! Rooms, from the inside out: `store` (rows), `actions` (what can be done), `mail` (words that leave), `jobs`
//! (what follows by itself), `http` and `web` (the doors), `demo` (a believable world). `main` puts them together.

pub mod actions;
pub mod app;
pub mod clock;
pub mod config;
pub mod demo;
pub mod format;
pub mod hashing;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod problem;
pub mod saying;
pub mod secret;
pub mod serve;
pub mod store;
pub mod web;
pub mod words;

/// A page is thousands of short strings: an allocator that is good at them saves a seventh of the whole request.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
