//! `SQLite`: several threads that read, one that writes, one file.

mod file;
mod reader;
mod session;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::broadcast;

use crate::queue::Queue;
use crate::tx::{Session as AnySession, Tx};
use crate::{Engine, Error, Inner, Notice, Options};

pub(crate) use file::File;
pub(crate) use session::{Session, cell};

/// Opens the file and starts the threads.
pub(crate) fn open(
    path: PathBuf,
    options: &Options,
    notices: broadcast::Sender<Notice>,
) -> Result<Inner, Error> {
    let file = File::new(path, options);
    let reads = Arc::new(Queue::new(options.queue_limit));
    let writes = Arc::new(Queue::new(options.queue_limit));
    // The writer's connection comes first: it creates the file and switches it to WAL.
    let mut tx = Tx::new(AnySession::Sqlite(file.writing_session()?));
    let mut inner = Inner {
        engine: Engine::Sqlite(file.clone()),
        reads,
        writes: Arc::clone(&writes),
        readers: Vec::new(),
        writers: Vec::new(),
        notices: notices.clone(),
    };
    let group_limit = options.group_limit.max(1);
    let name = "db-writer".to_owned();
    let handle =
        crate::worker(name, move || writer::serve(&mut tx, &writes, group_limit, &notices))?;
    inner.writers.push(handle);
    for number in 0..options.readers.max(1) {
        let mut tx = Tx::new(AnySession::Sqlite(file.reading_session()?));
        let reads = Arc::clone(&inner.reads);
        let name = format!("db-reader-{number}");
        inner.readers.push(crate::worker(name, move || reader::serve(&mut tx, &reads))?);
    }
    Ok(inner)
}
