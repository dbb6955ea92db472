//! One connection to the file: statements, parameters, time limits, errors.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, Statement, ToSql, ffi};

use crate::error::{Again, Trouble};
use crate::row::{Row, Source};
use crate::{Cell, Error, Value};

/// The clock is looked at after so many steps of `SQLite`'s machine: a few times a millisecond.
const STEPS: i32 = 20_000;

/// A connection with its prepared statements.
pub(crate) struct Session {
    connection: Connection,
    limit: Option<Limit>,
}

/// Ends a statement that takes too long.
struct Limit {
    timeout: Duration,
    origin: Instant,
    /// Milliseconds after `origin`; 0 while no statement runs.
    deadline: Arc<AtomicU64>,
}

impl Session {
    pub fn new(connection: Connection, timeout: Option<Duration>) -> Result<Self, Error> {
        let mut connection = connection;
        let limit = timeout.map(|timeout| Limit {
            timeout,
            origin: Instant::now(),
            deadline: Arc::new(AtomicU64::new(0)),
        });
        if let Some(Limit { origin, deadline, .. }) = &limit {
            let (origin, deadline) = (*origin, Arc::clone(deadline));
            let handler = move || {
                let deadline = deadline.load(Ordering::Relaxed);
                deadline != 0 && milliseconds(origin.elapsed()) > deadline
            };
            connection
                .progress_handler(STEPS, Some(handler))
                .map_err(|error| trouble(&error).error)?;
        }
        Ok(Self { connection, limit })
    }

    /// Runs a statement with parameters; see [`crate::Tx`].
    pub fn each(
        &mut self,
        sql: &str,
        params: &[Value],
        visit: &mut dyn FnMut(&Row) -> Result<bool, Error>,
    ) -> Result<u64, Trouble> {
        let _running = self.limit.as_ref().map(Limit::start);
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| trouble(&e))?;
        bind(&mut statement, params)?;
        if statement.column_count() == 0 {
            return statement.raw_execute().map(|n| n as u64).map_err(|e| trouble(&e));
        }
        // A statement that changes something is carried to its end, whoever wants its rows.
        let changes = !statement.readonly();
        let (mut count, mut wanted) = (0, true);
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|e| trouble(&e))? {
            count += 1;
            wanted = wanted && visit(&Row(Source::Sqlite(row)))?;
            if !wanted && !changes {
                break;
            }
        }
        Ok(count)
    }

    /// Several statements.
    pub fn script(&mut self, sql: &str) -> Result<(), Trouble> {
        let _running = self.limit.as_ref().map(Limit::start);
        self.connection.execute_batch(sql).map_err(|e| trouble(&e))
    }

    /// BEGIN, COMMIT and the like: no parameters, no time limit.
    pub fn execute(&mut self, sql: &str) -> Result<(), Trouble> {
        let run = || self.connection.prepare_cached(sql)?.raw_execute();
        run().map(drop).map_err(|e| trouble(&e))
    }

    /// Ends the transaction, if there still is one.
    pub fn rollback(&mut self) {
        if self.in_transaction()
            && let Err(trouble) = self.execute("ROLLBACK")
        {
            tracing::error!(error = %trouble.error, "cannot roll back");
        }
    }

    /// Is a transaction open? Some errors end it by themselves.
    pub fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// Before the file is closed: refresh the planner's figures, write the log back.
    pub fn checkpoint(&mut self) {
        let sql = "PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);";
        if let Err(error) = self.connection.execute_batch(sql) {
            tracing::warn!(%error, "cannot checkpoint");
        }
    }
}

impl Limit {
    /// The clock runs until the answer is dropped.
    fn start(&self) -> Running<'_> {
        let deadline = milliseconds(self.origin.elapsed() + self.timeout).max(1);
        self.deadline.store(deadline, Ordering::Relaxed);
        Running(&self.deadline)
    }
}

struct Running<'a>(&'a AtomicU64);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Binds by name: to `SQLite`, `$2` is just a name and gets its place by order of appearance.
fn bind(statement: &mut Statement<'_>, params: &[Value]) -> Result<(), Trouble> {
    let mut highest = 0;
    for place in 1..=statement.parameter_count() {
        let name = statement.parameter_name(place).unwrap_or_default();
        let number: Option<usize> = name.strip_prefix('$').and_then(|number| number.parse().ok());
        let value = number.and_then(|number| params.get(number.checked_sub(1)?));
        let (Some(number), Some(value)) = (number, value) else {
            return Err(Error::Engine(format!("no value for parameter {place} ({name})")).into());
        };
        highest = highest.max(number);
        statement.raw_bind_parameter(place, value).map_err(|e| trouble(&e))?;
    }
    if highest < params.len() {
        let why = format!("{} parameters given, {highest} used", params.len());
        return Err(Error::Engine(why).into());
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
        }))
    }
}

/// A cell in our words.
pub(crate) fn cell(value: ValueRef<'_>) -> Result<Cell<'_>, Error> {
    match value {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(value) => Ok(Cell::Int(value)),
        ValueRef::Text(value) => std::str::from_utf8(value)
            .map(Cell::Text)
            .map_err(|_| Error::Decode("text is not UTF-8".to_owned())),
        ValueRef::Blob(value) => Ok(Cell::Blob(value)),
        ValueRef::Real(_) => Err(Error::Decode("a fraction: no column has them".to_owned())),
    }
}

/// What the engine's error means.
pub(super) fn trouble(error: &rusqlite::Error) -> Trouble {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        return Error::Engine(error.to_string()).into();
    };
    let text = message.clone().unwrap_or_else(|| error.to_string());
    let told = match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => {
            let keys = text.strip_prefix("UNIQUE constraint failed: ").unwrap_or(&text);
            Error::Unique(keys.to_owned())
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::ForeignKey(text),
        _ => match code.code {
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::OperationInterrupted => Error::Timeout,
            _ => Error::Engine(text),
        },
    };
    Trouble { error: told, again: Again::No }
}
