//! One connection of the pool: made when needed, made anew when lost.

use std::collections::HashMap;
use std::sync::Arc;

use ::postgres::fallible_iterator::FallibleIterator;
use ::postgres::{Client, Statement};

use super::errors::trouble;
use super::target::Target;
use crate::error::{Again, Trouble};
use crate::row::{Row, Source};
use crate::{Error, Value};

/// How many prepared statements a connection keeps; more, and it starts afresh.
const STATEMENTS: usize = 500;

/// A connection with its prepared statements.
pub(crate) struct Session {
    target: Arc<Target>,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
}

impl Session {
    pub fn new(target: &Arc<Target>) -> Self {
        Self { target: Arc::clone(target), client: None, statements: HashMap::new() }
    }

    /// The connection, made if there is none.
    fn client(&mut self) -> Result<&mut Client, Trouble> {
        let alive = self.client.take().filter(|client| !client.is_closed());
        let client = if let Some(client) = alive {
            client
        } else {
            self.statements.clear();
            self.target.connect()?
        };
        Ok(self.client.insert(client))
    }

    /// Makes sure there is a connection, before a closure runs.
    pub fn connect(&mut self) -> Result<(), Trouble> {
        self.client().map(drop)
    }

    /// Gives the connection up.
    pub fn disconnect(&mut self) {
        self.statements.clear();
        self.client = None;
    }

    /// Forgets the prepared statements.
    pub fn forget(&mut self) {
        self.statements.clear();
    }

    /// Runs a statement with parameters; see [`crate::Tx`]. Never connects: within a transaction a
    /// new connection would be outside of it.
    pub fn each(
        &mut self,
        sql: &str,
        params: &[Value],
        visit: &mut dyn FnMut(&Row) -> Result<bool, Error>,
    ) -> Result<u64, Trouble> {
        let client = self.client.as_mut().ok_or_else(gone)?;
        if !self.statements.contains_key(sql) {
            let statement = client.prepare(sql).map_err(|e| trouble(&e))?;
            if self.statements.len() >= STATEMENTS {
                self.statements.clear();
            }
            self.statements.insert(sql.to_owned(), statement);
        }
        let statement = &self.statements[sql];
        let expected = statement.params().len();
        if expected != params.len() {
            let why = format!("{} parameters given, {expected} used", params.len());
            return Err(Error::Engine(why).into());
        }
        let mut rows = client.query_raw(statement, params).map_err(|e| trouble(&e))?;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(|e| trouble(&e))? {
            count += 1;
            if !visit(&Row(Source::Postgres(&row)))? {
                return Ok(count);
            }
        }
        Ok(rows.rows_affected().unwrap_or(count))
    }

    /// Several statements.
    pub fn script(&mut self, sql: &str) -> Result<(), Trouble> {
        let client = self.client.as_mut().ok_or_else(gone)?;
        client.batch_execute(sql).map_err(|e| trouble(&e))
    }

    /// Begins a transaction that may write; connections are read-only otherwise.
    pub fn begin(&mut self) -> Result<(), Trouble> {
        self.client()?.batch_execute("BEGIN READ WRITE").map_err(|e| trouble(&e))
    }

    /// Begins one that may take long and that keeps other migrations out.
    pub fn begin_migration(&mut self) -> Result<(), Trouble> {
        let sql = format!(
            "BEGIN READ WRITE; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 60000; \
             SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL client_min_messages = warning; \
             SELECT pg_advisory_xact_lock({})",
            self.target.lock_key()
        );
        self.client()?.batch_execute(&sql).map_err(|e| trouble(&e))
    }

    /// Commits. When the connection is lost meanwhile, nobody knows whether it happened.
    pub fn commit(&mut self) -> Result<(), Trouble> {
        self.script("COMMIT")
    }

    /// Rolls back; a connection that cannot do even that is given up, which does it too.
    pub fn rollback(&mut self) {
        if self.script("ROLLBACK").is_err() {
            self.disconnect();
        }
    }
}

fn gone() -> Trouble {
    Trouble { error: Error::Engine("no connection".to_owned()), again: Again::Lost }
}
