//! Where the database is, and how hard it may be used.

use std::path::PathBuf;
use std::time::Duration;

use crate::Error;

/// How many threads, how long a queue, how much patience. The defaults suit two cores.
#[derive(Debug, Clone)]
pub struct Options {
    /// Threads that read, each with a connection (`SQLite`).
    pub readers: usize,
    /// Connections, each with a thread, for reads and writes (`PostgreSQL`); made when first used.
    pub connections: usize,
    /// How many writes may share one COMMIT (`SQLite`).
    pub group_limit: usize,
    /// How many jobs may wait; one more is answered [`Error::Overloaded`]. Reads and writes have a
    /// queue each on `SQLite`, one for both on `PostgreSQL`.
    pub queue_limit: usize,
    /// The longest a statement may take.
    pub statement_timeout: Duration,
    /// The longest a statement may wait for a lock (`PostgreSQL`), or for another process to let
    /// go of the file (`SQLite`).
    pub lock_timeout: Duration,
    /// The longest a transaction may sit between two statements (`PostgreSQL`).
    pub idle_timeout: Duration,
    /// The longest a new connection may take (`PostgreSQL`).
    pub connect_timeout: Duration,
    /// How many notices a slow listener may be behind before it misses the oldest.
    pub notice_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 4,
            connections: 16,
            group_limit: 32,
            queue_limit: 1024,
            statement_timeout: Duration::from_secs(15),
            lock_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(5),
            notice_limit: 1024,
        }
    }
}

/// What a database URL says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file.
    Sqlite(PathBuf),
    /// A server: its URL without our own parts, and the schema to work in.
    Postgres { url: String, schema: Option<String> },
}

impl Place {
    pub fn parse(url: &str) -> Result<Self, Error> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::postgres(url);
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
        let path = path.unwrap_or(url);
        // A database in memory would be another one for each connection.
        if path.is_empty() || path.starts_with(':') || path.contains("://") {
            return Err(Error::Unsupported);
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }

    fn postgres(url: &str) -> Result<Self, Error> {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut schema = None;
        let mut kept = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.strip_prefix("schema=") {
                Some(name) => schema = Some(name.to_owned()),
                None => kept.push(pair),
            }
        }
        // It becomes part of a statement and of a channel's name, which have 63 bytes.
        let is_plain = |name: &String| {
            name.len() <= 48
                && name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        if schema.as_ref().is_some_and(|name| !is_plain(name)) {
            return Err(Error::Engine("schema: a to z, 0 to 9, _; at most 48 of them".to_owned()));
        }
        let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
        Ok(Self::Postgres { url: format!("{base}{query}"), schema })
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::Error;

    #[test]
    fn urls_are_understood() {
        for (url, path) in [
            ("sqlite:///var/lib/x.db", "/var/lib/x.db"),
            ("sqlite:x.db", "x.db"),
            ("/tmp/x.db", "/tmp/x.db"),
            ("data/x.db", "data/x.db"),
        ] {
            assert_eq!(Place::parse(url), Ok(Place::Sqlite(path.into())));
        }
        for url in ["", ":memory:", "sqlite::memory:", "mysql://host/x"] {
            assert_eq!(Place::parse(url), Err(Error::Unsupported), "{url}");
        }
        let place =
            Place::parse("postgres://a:b@host:1/x?sslmode=require&schema=t_1&application_name=y");
        let url = "postgres://a:b@host:1/x?sslmode=require&application_name=y".to_owned();
        assert_eq!(place, Ok(Place::Postgres { url, schema: Some("t_1".to_owned()) }));
        assert!(Place::parse("postgres://host/x?schema=a\";drop").is_err());
    }
}
