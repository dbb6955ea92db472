//! Where the stories take place: a fresh `SQLite` file always, a fresh `PostgreSQL` schema when
//! `STAFFEL_TEST_POSTGRES` names a server.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use db::{Db, Dialect, Error, Options};

const SERVER: &str = "STAFFEL_TEST_POSTGRES";
static SAID: Once = Once::new();

/// A database of its own for one story, gone when dropped.
pub struct Place {
    pub url: String,
    pub dialect: Dialect,
    remains: Remains,
}

enum Remains {
    Folder(PathBuf),
    Schema { server: String, name: String },
}

/// Tells the story on every engine there is.
pub fn on_both(story: impl Fn(&Place)) {
    story(&Place::sqlite());
    on_postgres(story);
}

/// Tells a story that only `PostgreSQL` has.
pub fn on_postgres(story: impl Fn(&Place)) {
    if let Some(place) = Place::postgres() {
        story(&place);
    }
}

impl Place {
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(unique());
        std::fs::create_dir(&folder).unwrap();
        let url = format!("sqlite://{}", folder.join("test.db").display());
        Self { url, dialect: Dialect::Sqlite, remains: Remains::Folder(folder) }
    }

    pub fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var(SERVER) else {
            assert!(std::env::var_os("CI").is_none(), "{SERVER} must be set where CI is");
            SAID.call_once(|| {
                // Past the test harness, which swallows what a passing test prints.
                let text = format!("\n*** POSTGRESQL SKIPPED: {SERVER} is not set ***\n\n");
                std::io::stderr().write_all(text.as_bytes()).unwrap();
            });
            return None;
        };
        let name = unique();
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}schema={name}&application_name={name}");
        Some(Self { url, dialect: Dialect::Postgres, remains: Remains::Schema { server, name } })
    }

    /// With a table to play with.
    pub fn open(&self) -> Db {
        self.open_with(Options { connections: 8, ..Options::default() })
    }

    pub fn open_with(&self, options: Options) -> Db {
        let db = Db::open(&self.url, options).unwrap();
        let made: Result<(), Error> = db.write_blocking(|tx| {
            tx.script(
                "CREATE TABLE IF NOT EXISTS thing (id INTEGER PRIMARY KEY, \
                 name TEXT NOT NULL UNIQUE, n INTEGER NOT NULL DEFAULT 0) STRICT;",
            )
        });
        made.unwrap();
        db
    }

    /// The `SQLite` file's path.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(self.url.strip_prefix("sqlite://").unwrap())
    }

    /// The schema's name, which is its connections' `application_name` too.
    pub fn schema(&self) -> String {
        match &self.remains {
            Remains::Schema { name, .. } => name.clone(),
            Remains::Folder(_) => panic!("a file has no schema"),
        }
    }

    /// A connection past the layer.
    pub fn raw(&self) -> postgres::Client {
        match &self.remains {
            Remains::Schema { server, .. } => {
                postgres::Client::connect(server, postgres::NoTls).unwrap()
            }
            Remains::Folder(_) => panic!("not a server"),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        match &self.remains {
            Remains::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Remains::Schema { name, .. } => {
                let sql = format!("DROP SCHEMA IF EXISTS {name} CASCADE");
                self.raw().batch_execute(&sql).unwrap();
            }
        }
    }
}

fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("db_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Adds a thing.
pub fn add(db: &Db, name: &str) -> Result<u64, Error> {
    let name = name.to_owned();
    db.write_blocking(move |tx| tx.run("INSERT INTO thing (name) VALUES ($1)", &db::params![&name]))
}

/// The names of all things, sorted.
pub fn names(db: &Db) -> Vec<String> {
    let all = |tx: &mut db::Tx| tx.all("SELECT name FROM thing ORDER BY name", &[], |r| r.get(0));
    let result: Result<_, Error> = db.read_blocking(all);
    result.unwrap()
}

/// Waits until it is so.
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("never came: {what}");
}
