//! How the demo world is told: tickets, and what people do on them, at times relative to the moment of loading.

use domain::network;
use domain::outsourcing::Move;
use domain::ticket::{Priority, Source, TicketStatus};

/// When: `(3, 1415)` is 14:15 three working days ago, `(0, 45)` is 45 minutes ago.
pub type When = (i64, i64);

/// The three queues of each company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Where calls arrive.
    Desk,
    /// On site.
    Field,
    /// Longer work.
    Projects,
}

/// Queue, priority, source.
pub type Kind = (Queue, Priority, Source);

/// A ticket as it is opened.
#[derive(Debug, Clone, Copy)]
pub struct Ticket {
    /// When.
    pub at: When,
    /// For which entry of the address book.
    pub customer: &'static str,
    /// Primary resource; nobody if empty.
    pub owner: &'static str,
    /// Queue, priority, source.
    pub kind: Kind,
    /// Title.
    pub title: &'static str,
    /// Description.
    pub text: &'static str,
    /// Where the work is done, and on what device.
    pub site: (&'static str, &'static str),
}

/// An everyday ticket: a note of the owner, their time, a status.
#[derive(Debug, Clone, Copy)]
pub struct Plain {
    /// As it is opened.
    pub ticket: Ticket,
    /// Where it stands now.
    pub status: TicketStatus,
    /// A public note; none if empty.
    pub note: &'static str,
    /// Hours worked in hundredths, and what was done; none if 0.
    pub work: (i64, &'static str),
}

/// A ticket that went to the partner, and everything that happened on either side.
#[derive(Debug, Clone, Copy)]
pub struct Relay {
    /// As it is opened.
    pub ticket: Ticket,
    /// In order.
    pub steps: &'static [Step],
}

/// Who did what, when.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// When.
    pub at: When,
    /// The person's key; their company decides on whose ticket. Empty for the clock.
    pub who: &'static str,
    /// What.
    pub what: Deed,
}

/// What somebody did.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    /// A note for all.
    Note(&'static str),
    /// A note for colleagues.
    Internal(&'static str),
    /// Hours worked and deducted in hundredths, and what was done.
    Time(i64, i64, &'static str),
    /// Name, how many, cost and price of a piece in cents.
    Charge(&'static str, i64, i64, i64),
    /// A text file for all.
    File(&'static str, &'static str),
    /// A link to a web page.
    Link(&'static str, &'static str),
    /// Sets the ticket's status.
    Status(TicketStatus),
    /// Takes the ticket and sets it to In Progress.
    Take,
    /// Saves terms without sending.
    Draft(Offer),
    /// Saves terms and sends.
    Send(Offer),
    /// Accepts the offer.
    Accept,
    /// Makes a move, with a reason where one is asked for.
    Move(Move, &'static str),
    /// The deadline passes.
    Expire,
    /// Hands the ticket to a network (its key), with a message and what the customer pays for an hour in cents (0: open).
    Give(&'static str, &'static str, i64),
    /// Ends the round with the network, with a reason or without.
    Close(network::Move, &'static str),
}

/// Terms.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    /// Amount (flat) or rate (hourly) in cents.
    pub charge: i64,
    /// Hours in hundredths; flat if 0.
    pub hours: i64,
    /// What the lead's customer pays for an hour, in cents.
    pub bill: i64,
    /// Time to answer.
    pub answer: Answer,
    /// Whether contact and device go along.
    pub share: (bool, bool),
    /// What the partner is to do.
    pub text: &'static str,
}

/// Until when an offer can be answered.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// Hours after sending.
    Within(i64),
    /// Minutes after the moment of loading.
    Ahead(i64),
}

/// Hourly terms with a week to answer: contact and device go along.
pub const fn hourly(charge: i64, hours: i64, bill: i64, text: &'static str) -> Offer {
    Offer { charge, hours, bill, answer: Answer::Within(168), share: (true, true), text }
}

/// A flat price with a week to answer; the contact goes along.
pub const fn flat(charge: i64, bill: i64, text: &'static str) -> Offer {
    Offer { charge, hours: 0, bill, answer: Answer::Within(168), share: (true, false), text }
}

impl Offer {
    /// The same with another time to answer.
    pub const fn answer(self, answer: Answer) -> Self {
        Self { answer, ..self }
    }
}

/// A step.
pub const fn step(at: When, who: &'static str, what: Deed) -> Step {
    Step { at, who, what }
}

/// An everyday ticket.
pub const fn plain(
    at: When,
    about: (&'static str, &'static str),
    kind: Kind,
    status: TicketStatus,
    words: (&'static str, &'static str),
    note: &'static str,
    work: (i64, &'static str),
) -> Plain {
    let (customer, owner) = about;
    let (title, text) = words;
    Plain {
        ticket: Ticket { at, customer, owner, kind, title, text, site: ("", "") },
        status,
        note,
        work,
    }
}
