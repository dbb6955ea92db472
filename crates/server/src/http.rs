//! What all doors share: who visits, what they typed, where a request may come from, how a problem is told.
//!
//! Read in this order: `visit`, `fields`, `speak`, `csrf`, `cookie`, `assets`.

pub mod assets;
pub mod cookie;
pub mod csrf;
pub mod fields;
pub mod speak;
pub mod visit;
