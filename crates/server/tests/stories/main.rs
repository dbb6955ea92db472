//! Stories: what people can do and what they cannot, told through HTTP on both databases.
//!
//! `world` is the stage. Names are fixed: *Acme* leads, *Nord* works, *Fremd* is the stranger.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod audit;
mod crossings;
mod currency;
mod cut;
mod dashboard;
mod doors;
mod entrance;
mod growing;
mod histories;
#[path = "../shared/house.rs"]
mod house;
mod invitations;
mod kill;
mod letters;
mod line;
mod lists;
mod long_lists;
mod mapping;
mod network_lists;
mod networks;
mod organizations;
#[path = "../shared/pages.rs"]
mod pages;
mod reading;
mod refusals;
#[path = "../shared/routes.rs"]
mod routes;
mod rows;
mod saving;
mod separation;
mod showing;
mod sweep;
mod terms;
mod uploads;
mod words;
mod world;
