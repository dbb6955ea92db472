//! Server-sent events: an open page hears that something changed and fetches its parts again. The streams end with the
//! program, which would else wait for every open page before it can.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::Path;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use domain::ids::TicketId;
use tokio_stream::wrappers::{BroadcastStream, WatchStream};
use tokio_stream::{Stream, StreamExt};

use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;

/// `GET /live/tickets/{id}`: something happened on this ticket.
pub async fn ticket(
    visit: Visit,
    Path(id): Path<i64>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let company = visit.company();
    visit
        .read(move |tx, _| store::tickets::of(tx, company, TicketId(id))?.ok_or(Problem::NotFound))
        .await?;
    Ok(events(&visit, "ticket", id.to_string()))
}

/// `GET /live/company`: something changed in one of the company's lists.
pub async fn company(visit: Visit) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    events(&visit, "company", visit.company().to_string())
}

/// Ends after ten minutes; the browser comes back by itself, and with it the question who is signed in.
const LIFE: Duration = Duration::from_mins(10);

fn events(
    visit: &Visit,
    topic: &'static str,
    about: String,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let notices = BroadcastStream::new(visit.app.db.listen());
    let changed = notices.filter_map(move |notice| match notice {
        Ok(notice) if notice.topic != topic || notice.payload != about => None,
        // Having missed some is as good as one: the page fetches everything again.
        _ => Some(Event::default().event("changed").data("1")),
    });
    let ending = WatchStream::from_changes(visit.app.ending.subscribe());
    let stream = changed
        .map(Some)
        .merge(ending.map(|_| None))
        .map_while(|event| event.map(Ok))
        .take_until_deadline();
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}

trait Deadline: Stream + Sized {
    fn take_until_deadline(self) -> impl Stream<Item = Self::Item>;
}

impl<S: Stream> Deadline for S {
    fn take_until_deadline(self) -> impl Stream<Item = S::Item> {
        self.timeout_repeating(tokio::time::interval_at(tokio::time::Instant::now() + LIFE, LIFE))
            .take_while(Result::is_ok)
            .filter_map(Result::ok)
    }
}
