//! A transaction, as closures see it: the same four verbs on both engines.

use crate::error::{Again, Trouble};
use crate::row::Row;
use crate::{Error, Notice, Value, postgres, sqlite};

/// The engine behind a database; statements seldom need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// One file, one writer.
    Sqlite,
    /// A server, shared by several nodes.
    Postgres,
}

impl Dialect {
    /// What follows a SELECT whose rows this transaction is about to change. `SQLite` has one
    /// writer and needs nothing.
    pub fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }
}

/// A transaction. In a write, all of it is stored or nothing; in a read, `SQLite` shows one
/// snapshot, `PostgreSQL` the committed state at each statement.
///
/// A statement that fails spoils a write: later statements answer the same error and nothing is
/// stored, even if the closure returns `Ok`. (`PostgreSQL` works so; `SQLite` is made to, so that
/// the tests of one tell the truth about the other.) Where a clash is expected, say `ON CONFLICT`.
pub struct Tx {
    pub(crate) session: Session,
    writes: bool,
    trouble: Option<Trouble>,
    notices: Vec<Notice>,
    /// How many statements a test still lets through; `None` without end.
    left: Option<u32>,
}

/// The connection at work, with its prepared statements.
pub(crate) enum Session {
    Sqlite(sqlite::Session),
    Postgres(Box<postgres::Session>),
}

impl Tx {
    pub(crate) fn new(session: Session) -> Self {
        Self { session, writes: false, trouble: None, notices: Vec::new(), left: None }
    }

    /// Forgets what the last closure did.
    pub(crate) fn start(&mut self, writes: bool) {
        self.writes = writes;
        self.trouble = None;
        self.notices.clear();
        self.left = None;
    }

    /// For tests: lets so many statements through and answers [`Error::Closed`] from then on, as if
    /// the process had died between two of them. What the closure did is rolled back.
    pub fn die_after(&mut self, statements: u32) {
        self.left = Some(statements);
    }

    fn live_on(&mut self) -> Result<(), Error> {
        match &mut self.left {
            None => Ok(()),
            Some(0) => self.note(Err(Trouble { error: Error::Closed, again: Again::No })),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
        }
    }

    /// The first error of this write, if there was one.
    pub(crate) fn healthy(&self) -> Result<(), Error> {
        match &self.trouble {
            Some(trouble) if self.writes => Err(trouble.error.clone()),
            _ => Ok(()),
        }
    }

    /// Whether running the closure again can help.
    pub(crate) fn again(&self) -> Again {
        self.trouble.as_ref().map_or(Again::No, |trouble| trouble.again)
    }

    pub(crate) fn take_notices(&mut self) -> std::vec::Drain<'_, Notice> {
        self.notices.drain(..)
    }

    /// Which engine this is.
    pub fn dialect(&self) -> Dialect {
        match self.session {
            Session::Sqlite(_) => Dialect::Sqlite,
            Session::Postgres(_) => Dialect::Postgres,
        }
    }

    /// All rows, each mapped.
    pub fn all<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut map: impl FnMut(&Row) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut found = Vec::new();
        self.each(sql, params, &mut |row| {
            found.push(map(row)?);
            Ok(true)
        })?;
        Ok(found)
    }

    /// The first row, mapped, if there is one.
    pub fn one<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut map: impl FnMut(&Row) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut found = None;
        self.each(sql, params, &mut |row| {
            found = Some(map(row)?);
            Ok(false)
        })?;
        Ok(found)
    }

    /// Runs a statement for its effect; answers how many rows it touched.
    pub fn run(&mut self, sql: &str, params: &[Value]) -> Result<u64, Error> {
        self.each(sql, params, &mut |_| Ok(true))
    }

    /// Runs several statements without parameters, in `SQLite`'s words: they are translated like
    /// schema text.
    pub fn script(&mut self, sql: &str) -> Result<(), Error> {
        match self.dialect() {
            Dialect::Sqlite => self.script_as_is(sql),
            Dialect::Postgres => self.script_as_is(&crate::translate::to_postgres(sql)),
        }
    }

    /// Runs several statements in the engine's own words.
    pub(crate) fn script_as_is(&mut self, sql: &str) -> Result<(), Error> {
        self.healthy()?;
        let result = match &mut self.session {
            Session::Sqlite(session) => session.script(sql),
            Session::Postgres(session) => session.script(sql),
        };
        self.note(result)
    }

    /// Tells every [`Db::listen`](crate::Db::listen)er, on every node, once this transaction is
    /// committed. Only in a write; a topic is one line, topic and payload together have at most
    /// 7900 bytes; the same notice twice in a transaction is sent once.
    pub fn notify(&mut self, topic: &str, payload: &str) -> Result<(), Error> {
        self.healthy()?;
        if !self.writes {
            return Err(Error::Unsupported);
        }
        let notice = Notice::new(topic, payload)?;
        if self.notices.contains(&notice) {
            return Ok(());
        }
        self.notices.push(notice);
        Ok(())
    }

    /// The one way to a statement's rows: `visit` answers whether it wants more.
    fn each(
        &mut self,
        sql: &str,
        params: &[Value],
        visit: &mut dyn FnMut(&Row) -> Result<bool, Error>,
    ) -> Result<u64, Error> {
        self.healthy()?;
        self.live_on()?;
        let result = match &mut self.session {
            Session::Sqlite(session) => session.each(sql, params, visit),
            Session::Postgres(session) => session.each(sql, params, visit),
        };
        self.note(result)
    }

    fn note<T>(&mut self, result: Result<T, Trouble>) -> Result<T, Error> {
        result.map_err(|trouble| {
            let error = trouble.error.clone();
            self.trouble = Some(trouble);
            error
        })
    }
}
