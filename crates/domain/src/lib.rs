//! The rules of handing tickets from one company to another: no IO, no clock, no words.
//!
//! Read in this order: [`outsourcing`] (the table of all moves) and [`turn`] (what a move brings about),
//! [`sync`] (what crosses between the two sides), [`digest`] (when one hears of it), [`terms`], [`bundle`] and [`money`] (what it costs),
//! [`permission`] and [`portal`] (who may), [`partnership`] (whom one works with), [`ticket`] and [`number`]
//! (what it all stands on), [`refusal`] and [`message`] (why not, as a key into the locale files).

#[cfg(test)]
mod golden;
mod named;
#[cfg(test)]
mod separation;
mod typed;

pub mod bundle;
pub mod digest;
pub mod figures;
pub mod ids;
pub mod language;
pub mod message;
pub mod money;
pub mod network;
pub mod number;
pub mod outsourcing;
pub mod partnership;
pub mod permission;
pub mod portal;
pub mod refusal;
pub mod sync;
pub mod template;
pub mod terms;
pub mod ticket;
pub mod turn;

pub use language::Language;
pub use message::{Arg, Message};
pub use refusal::Refusal;

/// Every key the rules can speak, for the test that looks for its words in every language.
pub fn keys() -> Vec<&'static str> {
    let refusals = Refusal::KEYS.into_iter();
    let levels = permission::OutsourcingLevel::ALL.map(permission::OutsourcingLevel::key);
    let types = ticket::OrganizationType::ALL.map(ticket::OrganizationType::key);
    refusals
        .chain(typed::KEYS)
        .chain(terms::KEYS)
        .chain(turn::KEYS)
        .chain(bundle::KEYS)
        .chain(levels)
        .chain(types)
        .chain(outsourcing::keys())
        .chain(partnership::keys())
        .chain(network::template::keys())
        .chain(sync::keys())
        .collect()
}
