//! What can go wrong, in the few kinds a caller can act on; the rest is text for the log.

/// A failure of the database or of the layer over it.
///
/// `Clone`, because one failed COMMIT answers a whole group of writers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A unique key is taken: `table.column, table.column` on both engines (an index over
    /// expressions: `index 'name'`).
    #[error("unique key taken: {0}")]
    Unique(String),
    /// A reference points nowhere, or a row still referenced was to go. `PostgreSQL` names the
    /// constraint, `SQLite` cannot.
    #[error("reference broken: {0}")]
    ForeignKey(String),
    /// The queue is full, or the server takes no more connections: answered at once, the work was
    /// not begun. A web door answers 503.
    #[error("the database is overloaded")]
    Overloaded,
    /// A statement, or the wait for a lock, took longer than allowed, or conflicts did not cease
    /// after all reruns. Nothing was stored.
    #[error("the database took too long")]
    Timeout,
    /// The database is closing, or the thread at work is gone.
    #[error("the database is closed")]
    Closed,
    /// The closure panicked; its changes were rolled back.
    #[error("panicked inside a transaction: {0}")]
    Panicked(String),
    /// This engine, or this kind of transaction, cannot do that.
    #[error("not supported here")]
    Unsupported,
    /// A column did not hold what was asked of it.
    #[error("cannot read a column: {0}")]
    Decode(String),
    /// The schema is not what this program expects, or could not be brought there.
    #[error("migration: {0}")]
    Migration(String),
    /// Everything else, in the engine's words.
    #[error("{0}")]
    Engine(String),
}

impl Error {
    /// Was it a unique key that is taken?
    pub fn is_unique(&self) -> bool {
        matches!(self, Self::Unique(_))
    }
}

/// What a failed statement means for the transaction it was part of.
#[derive(Debug, Clone)]
pub(crate) struct Trouble {
    /// What the caller is told.
    pub error: Error,
    /// Whether running the closure again can help.
    pub again: Again,
}

/// Whether, and after what, the same closure may run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// It would only fail again.
    No,
    /// It met another transaction (40001, 40P01): again after a pause.
    Conflict,
    /// A prepared statement no longer fits the schema: again with fresh ones.
    Stale,
    /// The connection is gone: again over a new one.
    Lost,
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self { error, again: Again::No }
    }
}
