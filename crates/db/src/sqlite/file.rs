//! The database file: how connections to it are set up, its size, its backup.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::session::{Session, trouble};
use crate::{Error, Options};

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 256;

/// Where the file is and how patient its connections are.
#[derive(Clone)]
pub(crate) struct File {
    path: PathBuf,
    statement_timeout: Duration,
    lock_timeout: Duration,
}

impl File {
    pub fn new(path: PathBuf, options: &Options) -> Self {
        let Options { statement_timeout, lock_timeout, .. } = *options;
        Self { path, statement_timeout, lock_timeout }
    }

    /// A connection for the one writer. FULL means that an answered write survives a power cut;
    /// the group commit pays for it.
    pub fn writing_session(&self) -> Result<Session, Error> {
        let connection = self.connect()?;
        let mut mode = String::new();
        self.patiently(|| {
            mode = connection.query_row("PRAGMA journal_mode=WAL", [], |row| row.get(0))?;
            Ok(())
        })?;
        if mode != "wal" {
            // Some network file systems cannot share memory, and readers would block the writer.
            let why = format!("{}: this file system cannot hold a WAL", self.path.display());
            return Err(Error::Engine(why));
        }
        // The log goes into the file every 16 MiB instead of 4: what many writes change, such as the ends of indexes, is
        // copied once for all of them, and the disk is waited for a quarter as often.
        let pragmas = "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=4000; \
                       PRAGMA journal_size_limit=67108864;";
        connection.execute_batch(pragmas).map_err(|error| trouble(&error).error)?;
        Session::new(connection, Some(self.statement_timeout))
    }

    /// A connection that cannot change anything.
    pub fn reading_session(&self) -> Result<Session, Error> {
        let connection = self.connect()?;
        let pragmas = "PRAGMA cache_size=-8192; PRAGMA query_only=ON;";
        connection.execute_batch(pragmas).map_err(|error| trouble(&error).error)?;
        Session::new(connection, Some(self.statement_timeout))
    }

    /// A connection that may take its time and that may rebuild tables others refer to.
    pub fn session_for_migrations(&self) -> Result<Session, Error> {
        let connection = self.connect()?;
        let pragmas = "PRAGMA foreign_keys=OFF; PRAGMA busy_timeout=60000;";
        connection.execute_batch(pragmas).map_err(|error| trouble(&error).error)?;
        Session::new(connection, None)
    }

    /// Without a map of the file in memory: each connection would count its own among what is resident. The system
    /// keeps the file's pages anyway.
    fn connect(&self) -> Result<Connection, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)
            .map_err(|error| Error::Engine(format!("{}: {error}", self.path.display())))?;
        connection.busy_timeout(self.lock_timeout).map_err(|error| trouble(&error).error)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // A plan must not depend on the values: SQLite would make it anew for each of them, which takes longer than a
        // page of a list.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(|error| trouble(&error).error)?;
        self.patiently(|| {
            connection.execute_batch(
                "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; \
                 PRAGMA trusted_schema=OFF;",
            )
        })?;
        Ok(connection)
    }

    /// `SQLite` does not wait for everything: two processes that open a new file at once may find
    /// it busy in spite of the busy timeout.
    fn patiently(&self, mut f: impl FnMut() -> rusqlite::Result<()>) -> Result<(), Error> {
        let begun = Instant::now();
        loop {
            match f() {
                Err(error)
                    if matches!(
                        error.sqlite_error_code(),
                        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
                    ) && begun.elapsed() < self.lock_timeout =>
                {
                    std::thread::sleep(Duration::from_millis(10));
                }
                result => return result.map_err(|error| trouble(&error).error),
            }
        }
    }

    /// Of the file and its log, in bytes.
    pub fn size_bytes(&self) -> Result<u64, Error> {
        let file = fs::metadata(&self.path).map_err(|error| Error::Engine(error.to_string()))?;
        let log = fs::metadata(with_suffix(&self.path, "-wal")).map_or(0, |log| log.len());
        Ok(file.len() + log)
    }

    /// Copies one snapshot in one go: readers and the writer go on meanwhile.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        if to.exists() {
            return Err(Error::Engine(format!("{}: exists already", to.display())));
        }
        let partial = with_suffix(to, ".partial");
        let result = self.copy(&partial).and_then(|()| {
            fs::rename(&partial, to).map_err(|error| Error::Engine(error.to_string()))
        });
        if result.is_err() {
            // Best effort: what failed is told, what is left over is not worth a second error.
            drop(fs::remove_file(&partial));
        }
        result
    }

    fn copy(&self, partial: &Path) -> Result<(), Error> {
        let copy = || -> rusqlite::Result<StepResult> {
            let source = Connection::open(&self.path)?;
            source.busy_timeout(self.lock_timeout)?;
            let mut target = Connection::open(partial)?;
            Backup::new(&source, &mut target)?.step(-1)
        };
        match copy() {
            Ok(StepResult::Done) => Ok(()),
            Ok(_) => Err(Error::Timeout),
            Err(error) => Err(trouble(&error).error),
        }
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
