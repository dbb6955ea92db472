//! The script as one row of events in the order of time.

use anyhow::{Context, anyhow};
use domain::ticket::{Priority, TicketStatus};
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use super::people::{House, by_key};
use super::script::{Answer, Deed, Plain, Relay, Step, Ticket, When};
use super::{neighbors, networks, rounds, tickets};

/// Where all four companies are.
pub const ZONE: &str = "Europe/Berlin";

/// Something that happens.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// On which ticket of the script; [`INVITATION`] for none.
    pub ticket: usize,
    /// What.
    pub what: What,
}

/// The number of no ticket.
pub const INVITATION: usize = usize::MAX;

/// What happens.
#[derive(Debug, Clone, Copy)]
pub enum What {
    /// A ticket is opened by a company, due then.
    Open(House, Ticket, Option<Timestamp>),
    /// Somebody (their key) does something on it.
    Do(&'static str, Deed),
    /// The second partner is invited.
    Invite,
}

/// Everything that happens, from the oldest ticket to now.
pub fn story(now: Timestamp) -> anyhow::Result<Vec<Event>> {
    let mut events = Vec::new();
    let desks = [
        (House::Hansekontor, tickets::HANSEKONTOR),
        (House::Rheinwerk, neighbors::RHEINWERK),
        (House::Isar, neighbors::ISAR),
        (House::Elbtal, neighbors::ELBTAL),
    ];
    let mut ticket = 0;
    for (house, plains) in desks {
        for plain in plains {
            everyday(&mut events, ticket, house, plain, now)?;
            ticket += 1;
        }
    }
    for relay in rounds::OPEN.iter().chain(rounds::OVER).chain(networks::HANDED) {
        outsourced(&mut events, ticket, relay, now)?;
        ticket += 1;
    }
    events.push(Event { at: instant((2, 930), now)?, ticket: INVITATION, what: What::Invite });
    events.sort_by_key(|event| event.at);
    Ok(events)
}

/// An everyday ticket: the owner's note and time follow soon after, always before now.
fn everyday(
    events: &mut Vec<Event>,
    ticket: usize,
    house: House,
    plain: &Plain,
    now: Timestamp,
) -> anyhow::Result<()> {
    let opened = instant(plain.ticket.at, now)?;
    let due = due(opened, plain.ticket.kind.1, plain.status, ticket, now);
    events.push(Event { at: opened, ticket, what: What::Open(house, plain.ticket, due) });
    let pause = (now.duration_since(opened) / 5).min(SignedDuration::from_mins(35));
    let who = if plain.ticket.owner.is_empty() { house.desk() } else { plain.ticket.owner };
    let (worked, summary) = plain.work;
    let deeds = [
        (1, !plain.note.is_empty(), Deed::Note(plain.note)),
        (3, worked > 0, Deed::Time(worked, 0, summary)),
        (4, plain.status != TicketStatus::New, Deed::Status(plain.status)),
    ];
    for (pauses, happens, deed) in deeds {
        if happens {
            events.push(Event { at: opened + pause * pauses, ticket, what: What::Do(who, deed) });
        }
    }
    Ok(())
}

/// When a ticket is due: by its priority; an old open one was put off, but for every seventh, which is late.
fn due(
    opened: Timestamp,
    priority: Priority,
    status: TicketStatus,
    ticket: usize,
    now: Timestamp,
) -> Option<Timestamp> {
    let hours = match priority {
        Priority::Critical => 8,
        Priority::High => 24,
        Priority::Medium => 72,
        Priority::Low => return None,
    };
    let mut due = opened + SignedDuration::from_hours(hours);
    let put_off = status != TicketStatus::Complete && !ticket.is_multiple_of(7);
    while put_off && due < now {
        due += SignedDuration::from_hours(24);
    }
    Some(due)
}

fn outsourced(
    events: &mut Vec<Event>,
    ticket: usize,
    relay: &Relay,
    now: Timestamp,
) -> anyhow::Result<()> {
    let opened = instant(relay.ticket.at, now)?;
    let due = due(opened, relay.ticket.kind.1, TicketStatus::New, 1, now);
    events.push(Event {
        at: opened,
        ticket,
        what: What::Open(House::Hansekontor, relay.ticket, due),
    });
    let begun = What::Do(House::Hansekontor.desk(), Deed::Status(TicketStatus::InProgress));
    events.push(Event { at: opened + SignedDuration::from_mins(2), ticket, what: begun });
    for Step { at, who, what } in relay.steps {
        // The clock ends an offer a moment after its deadline.
        let late = if matches!(what, Deed::Expire) { 20 } else { 0 };
        let at = instant(*at, now)? + SignedDuration::from_secs(late);
        events.push(Event { at, ticket, what: What::Do(who, *what) });
    }
    Ok(())
}

/// The moment a script means.
pub fn instant(when: When, now: Timestamp) -> anyhow::Result<Timestamp> {
    let (days, clock) = when;
    if days == 0 {
        return Ok(now - SignedDuration::from_mins(clock));
    }
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let mut date = now.to_zoned(zone.clone()).date();
    for _ in 0..days {
        date = date.yesterday()?;
        while matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            date = date.yesterday()?;
        }
    }
    let time = Time::new(i8::try_from(clock / 100)?, i8::try_from(clock % 100)?, 0, 0)
        .with_context(|| format!("{clock} is no time of day"))?;
    Ok(date.to_datetime(time).to_zoned(zone)?.timestamp())
}

/// Until when an offer can be answered that is sent at `sent`.
pub fn deadline(answer: Answer, sent: Timestamp, now: Timestamp) -> Timestamp {
    match answer {
        Answer::Within(hours) => sent + SignedDuration::from_hours(hours),
        Answer::Ahead(minutes) => now + SignedDuration::from_mins(minutes),
    }
}

/// Where this person works.
pub fn house_of(who: &str) -> anyhow::Result<House> {
    by_key(who).map(|person| person.house).ok_or_else(|| anyhow!("nobody goes by «{who}»"))
}

/// The same moment so many days before.
pub fn days_before(now: Timestamp, days: i64) -> anyhow::Result<Timestamp> {
    Ok(now.checked_sub(Span::new().hours(days * 24))?)
}
