//! What only a real browser can say: the main job with forms, menus, live updates and the script; the same without
//! the script; the other roads a ticket can take; whether every page can be used by everybody, in both languages,
//! light and dark, wide and narrow.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod drafts;
mod everybody;
#[path = "../shared/house.rs"]
mod house;
mod journeys;
mod line;
#[path = "../shared/pages.rs"]
mod pages;
mod pictures;
mod plain;
#[path = "../shared/routes.rs"]
mod routes;
mod stage;
mod visitor;
mod walk;
