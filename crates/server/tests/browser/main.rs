//! The main job in a real browser, in German and in English: forms, menus, live updates, the script.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod journey;
mod stage;
