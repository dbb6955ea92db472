//! `PostgreSQL`: a pool of threads, each with a connection, and one connection that listens.

mod errors;
mod listener;
mod notifier;
mod pool;
mod session;
mod target;
mod types;

use std::sync::Arc;

use tokio::sync::broadcast;

use crate::queue::Queue;
use crate::tx::{Session as AnySession, Tx};
use crate::{Engine, Error, Inner, Notice, Options};

pub(crate) use session::Session;
pub(crate) use target::Target;

/// Connects once, to fail early, and starts the threads.
pub(crate) fn open(
    url: &str,
    schema: Option<String>,
    options: &Options,
    notices: broadcast::Sender<Notice>,
) -> Result<Inner, Error> {
    let target = Arc::new(Target::parse(url, schema, options)?);
    let queue = Arc::new(Queue::new(options.queue_limit));
    let first = target.connect()?;
    target.create_schema(first)?;
    listener::start(&target, notices.clone())?;
    let mut inner = Inner {
        engine: Engine::Postgres(Arc::clone(&target)),
        reads: Arc::clone(&queue),
        writes: queue,
        readers: Vec::new(),
        writers: Vec::new(),
        notices,
    };
    let (notifier, handle) = notifier::start(&target)?;
    for number in 0..options.connections.max(1) {
        let mut tx = Tx::new(AnySession::Postgres(Box::new(Session::new(&target))));
        let (queue, notifier) = (Arc::clone(&inner.writes), notifier.clone());
        let name = format!("db-pool-{number}");
        inner.writers.push(crate::worker(name, move || pool::serve(&mut tx, &queue, &notifier))?);
    }
    // Joined last: it sends what the others leave.
    inner.writers.push(handle);
    Ok(inner)
}
