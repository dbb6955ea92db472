//! What happens by itself: the clock that ends offers, the outbox, the sweep of the store of files.
//!
//! Jobs call the same actions as the doors; the clock is nobody's side.

pub mod clock;
pub mod mailer;
pub mod sweep;
