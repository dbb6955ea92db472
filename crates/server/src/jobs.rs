//! What happens by itself: the clock that ends offers, the outbox, the daily tidying.
//!
//! Jobs call the same actions as the doors; the clock is nobody's side.

pub mod clock;
pub mod mailer;
