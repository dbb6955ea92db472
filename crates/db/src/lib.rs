//! The database: synchronous closures over `SQLite` or `PostgreSQL`, one SQL text for both.
//!
//! A closure gets a [`Tx`] and runs on a thread of the database, never on the async runtime. It
//! must not wait for anything but the database, above all not for this database itself:
//! [`Db::read_blocking`] inside a closure can wait for its own thread for ever. It may run more
//! than once (after a conflict, a lost connection, or the failure of a neighbour in its group), so
//! it changes nothing outside the transaction.
//!
//! Text with the character NUL is refused by `PostgreSQL` and accepted by `SQLite`: keep it out
//! before it gets here. Rows inserted with an id of their own do not move `PostgreSQL`'s sequence.

mod error;
mod migrate;
mod notice;
mod options;
mod postgres;
mod queue;
mod row;
mod sqlite;
mod translate;
mod tx;
mod value;
mod work;

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use tokio::sync::{broadcast, oneshot};

pub use error::Error;
pub use migrate::Migration;
pub use notice::Notice;
pub use options::Options;
pub use row::{Cell, FromValue, Row};
pub use tx::{Dialect, Tx};
pub use value::Value;

use options::Place;
use queue::Queue;
use work::{Answer, Call, Job};

/// A database. Clones share it; the last one to go finishes what is queued, closes the
/// connections and, on `SQLite`, writes the log back into the file.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    engine: Engine,
    reads: Arc<Queue>,
    writes: Arc<Queue>,
    /// Joined before `writers`, so that the writer closes the file last.
    readers: Vec<JoinHandle<()>>,
    writers: Vec<JoinHandle<()>>,
    notices: broadcast::Sender<Notice>,
}

enum Engine {
    Sqlite(sqlite::File),
    Postgres(Arc<postgres::Target>),
}

impl Db {
    /// Opens `sqlite:///path`, `sqlite:path`, a bare path (the file is created if missing) or
    /// `postgres://…`, there with `?schema=x` in that schema (created if missing) and with
    /// `sslmode=disable|prefer|require` and `sslrootcert=/path.pem` as usual, except that
    /// `require` checks the certificate.
    pub fn open(url: &str, options: Options) -> Result<Self, Error> {
        let (notices, _) = broadcast::channel(options.notice_limit.max(1));
        let place = Place::parse(url)?;
        // PostgreSQL's client may not be used on a thread of the async runtime, where we may be.
        let inner = aside(move || match place {
            Place::Sqlite(path) => sqlite::open(path, &options, notices),
            Place::Postgres { url, schema } => postgres::open(&url, schema, &options, notices),
        })?;
        Ok(Self(Arc::new(inner)))
    }

    /// Which engine this is.
    pub fn dialect(&self) -> Dialect {
        match &self.0.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Brings the schema to the last of `migrations`, which are all there ever were, in order.
    /// Each is applied once, in its own transaction, whichever process comes first.
    pub fn migrate(&self, migrations: &[Migration]) -> Result<(), Error> {
        let migrations = migrations.to_vec();
        let session = match &self.0.engine {
            Engine::Sqlite(file) => tx::Session::Sqlite(file.session_for_migrations()?),
            Engine::Postgres(target) => {
                tx::Session::Postgres(Box::new(postgres::Session::new(target)))
            }
        };
        aside(move || migrate::migrate(&mut Tx::new(session), &migrations))
    }

    /// Reads; sees every write that was answered before.
    pub async fn read<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask(f, false).await
    }

    /// Writes, in one transaction: `Err` (and a panic) rolls back what this closure did, and only
    /// that. Dropping the future before the work was begun withdraws it.
    pub async fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask(f, true).await
    }

    /// [`Db::read`] for threads outside the async runtime.
    pub fn read_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask_blocking(f, false)
    }

    /// [`Db::write`] for threads outside the async runtime.
    pub fn write_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask_blocking(f, true)
    }

    /// Every notice from now on, of this node and, on `PostgreSQL`, of all others.
    pub fn listen(&self) -> broadcast::Receiver<Notice> {
        self.0.notices.subscribe()
    }

    /// Copies the database into a new file while it is in use (`SQLite`; a server has its own
    /// ways). The file appears when it is whole.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        match &self.0.engine {
            Engine::Sqlite(file) => file.backup(to),
            Engine::Postgres(_) => Err(Error::Unsupported),
        }
    }

    /// The size on disk, in bytes.
    pub fn size_bytes(&self) -> Result<u64, Error> {
        match &self.0.engine {
            Engine::Sqlite(file) => file.size_bytes(),
            Engine::Postgres(_) => self.read_blocking(|tx| {
                let sql = "SELECT pg_database_size(current_database())";
                Ok(tx.one(sql, &[], |row| row.get(0))?.unwrap_or_default())
            }),
        }
    }

    /// Does the database answer?
    pub async fn ping(&self) -> Result<(), Error> {
        self.read(|tx| tx.run("SELECT 1", &[]).map(drop)).await
    }

    async fn ask<T, E, F>(&self, closure: F, writes: bool) -> Result<T, E>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        self.push(closure, writes, Answer::Task(sender))?;
        receiver.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    fn ask_blocking<T, E, F>(&self, closure: F, writes: bool) -> Result<T, E>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.push(closure, writes, Answer::Thread(sender))?;
        receiver.recv().unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    fn push<T, E, F>(
        &self,
        closure: F,
        writes: bool,
        answer: Answer<Result<T, E>>,
    ) -> Result<(), Error>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let label = std::any::type_name::<F>();
        let work = Box::new(Call { closure, result: None, answer: Some(answer) });
        let queue = if writes { &self.0.writes } else { &self.0.reads };
        queue.push(Job { writes, label, work })
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.reads.close();
        join(&mut self.readers);
        self.writes.close();
        join(&mut self.writers);
        if let Engine::Postgres(target) = &self.engine {
            target.close();
        }
    }
}

fn join(threads: &mut Vec<JoinHandle<()>>) {
    for handle in threads.drain(..) {
        // A closure may have held the last clone: no thread can wait for itself.
        if handle.thread().id() != thread::current().id() && handle.join().is_err() {
            tracing::error!("a database thread had panicked");
        }
    }
}

/// Counts a COMMIT and the writes that share it: how well the disk is used.
fn committed(writes: u64) {
    metrics::counter!("db_commits_total").increment(1);
    metrics::counter!("db_writes_total").increment(writes);
}

/// Runs something that blocks on a thread of its own and waits for it.
fn aside<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let handle = thread::Builder::new().name("db-aside".to_owned()).spawn(f);
    let handle = handle.map_err(|error| Error::Engine(error.to_string()))?;
    handle.join().unwrap_or_else(|_| Err(Error::Panicked("aside".to_owned())))
}

/// Starts a thread that works for the database.
fn worker(name: String, f: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    let handle = thread::Builder::new().name(name).spawn(f);
    handle.map_err(|error| Error::Engine(error.to_string()))
}
