//! Statuses, priorities and times as people read them: a colour and a word.

use domain::message::Message;
use domain::outsourcing::Status;
use domain::ticket::{Priority, TicketStatus};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, Render, html};

use super::parts::{Text, Tone, mark};
use crate::actions::tickets::{priority_key, ticket_status_key};
use crate::format::Format;
use crate::http::visit::Visit;
use crate::words::Words;

/// The class that colours an outsource status.
pub fn status_class(status: Status) -> String {
    format!("status-{}", status.name())
}

/// An outsource status.
pub fn outsource_status(words: &Words, status: Status) -> Markup {
    mark::status_chip(("status-", status.name()), words.t(status.key()))
}

/// A ticket status.
pub fn ticket_status(words: &Words, status: TicketStatus) -> Markup {
    let key = ticket_status_key(status);
    let class = key.strip_prefix("ticket-status-").unwrap_or(key);
    mark::status_chip(("ticket-", class), words.t(key))
}

/// A priority.
pub fn priority(words: &Words, priority: Priority) -> Markup {
    let key = priority_key(priority);
    mark::priority(key, words.t(key))
}

/// So long a time is told by its distance; what is older, by its date, which one can look up and compare.
const NEAR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long ago or how far ahead, the exact time behind it.
pub fn ago(format: &Format, at: Timestamp) -> Markup {
    if format.now.duration_since(at) > NEAR {
        return mark::time(&Format::instant(at), &format.date(at), &format.date_time(at));
    }
    let instant = Written(|page: &mut String| Format::write_instant(page, at));
    let exact = Written(|page: &mut String| format.write_date_time(page, at));
    mark::time_relative(&instant, &Text(&format.relative(at)), &exact)
}

/// Digits and names of months, written straight into the page: in them is nothing to escape.
struct Written<F>(F);

impl<F: Fn(&mut String)> Render for Written<F> {
    fn render_to(&self, page: &mut String) {
        (self.0)(page);
    }
}

/// A deadline: relative and absolute, red when it has passed, amber in its last two hours.
pub fn deadline(format: &Format, at: Timestamp) -> Markup {
    let left = at.duration_since(format.now);
    let tone = if left.is_negative() {
        Tone::Danger
    } else if left.as_hours() < 2 {
        Tone::Warning
    } else {
        Tone::Neutral
    };
    mark::deadline(&Format::instant(at), &format.relative(at), &format.near(at), tone)
}

/// A deadline that says in a word, too, that it has passed.
pub fn deadline_with_word(words: &Words, format: &Format, at: Timestamp) -> Markup {
    html! {
        @if at < format.now {
            span.stacked { (deadline(format, at)) (mark::chip(Tone::Danger, words.t("mark-overdue"))) }
        } @else {
            (deadline(format, at))
        }
    }
}

impl Visit {
    /// A sentence with variables as markup.
    pub fn line(&self, message: &Message) -> Markup {
        html! { (self.say(message)) }
    }
}
