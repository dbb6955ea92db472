//! A time entry as it was typed: by the clock or in hours.

use domain::message::Message;
use domain::money::Hours;

use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Mistakes;
use crate::store::items::TimeEntry;

/// The entry; what cannot be read is a mistake at its field.
pub fn read(visit: &Visit, fields: &Fields, mistakes: &mut Mistakes) -> TimeEntry {
    let language = visit.format.language;
    let day = fields.day("date", mistakes);
    if day.is_none() && fields.get("date").is_empty() {
        mistakes.add("date", Message::new("mistake-missing"));
    }
    let start = minute(fields, "start", mistakes);
    let end = minute(fields, "end", mistakes);
    if start.is_some() != end.is_some() {
        let field = if start.is_none() { "start" } else { "end" };
        mistakes.add(field, Message::new("mistake-span-half"));
    }
    let typed = fields.hours("worked", language, mistakes);
    let span = start.zip(end);
    let computed = span.map(|(start, end)| Hours(hundredths(end - start)));
    let worked = typed.or(computed);
    if worked.is_none() && fields.get("worked").trim().is_empty() {
        mistakes.add("worked", Message::new("mistake-hours-or-span"));
    }
    TimeEntry {
        worked_on: day.unwrap_or_else(|| visit.format.today()),
        span,
        worked: worked.unwrap_or(Hours(0)),
        deduct: fields.hours("deduct", language, mistakes).unwrap_or(Hours(0)),
        billable: fields.ticked("billable"),
        rate: None,
        internal_note: fields.text("internal_note"),
    }
}

/// Minutes as hundredths of an hour, rounded half up.
fn hundredths(minutes: i64) -> i64 {
    (minutes * 100 + 30) / 60
}

fn minute(fields: &Fields, name: &'static str, mistakes: &mut Mistakes) -> Option<i64> {
    let typed = fields.get(name).trim();
    if typed.is_empty() {
        return None;
    }
    if let Ok(time) = typed.parse::<jiff::civil::Time>() {
        Some(i64::from(time.hour()) * 60 + i64::from(time.minute()))
    } else {
        mistakes.add(name, Message::new("mistake-time"));
        None
    }
}
