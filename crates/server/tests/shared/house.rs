//! An installation on either database, empty, in a folder or a schema of its own; dropping it removes all of it.

use std::path::PathBuf;

use staffel::app::App;
use staffel::clock::Clock;
use staffel::config::{Config, Flags};

/// Which database.
#[derive(Debug, Clone, Copy)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A program without doors.
pub struct House {
    pub app: App,
    folder: PathBuf,
    schema: Option<String>,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Some(schema) = &self.schema {
            let drop = format!("DROP SCHEMA \"{schema}\" CASCADE");
            let _ = self.app.db.write_blocking(move |tx| tx.script(&drop));
        }
    }
}

impl House {
    /// Nobody lives here yet; `None` if this database is not there.
    pub fn open(engine: Engine, clock: Clock, public_url: Option<String>) -> Option<Self> {
        if !is_there(engine) {
            return None;
        }
        let name = format!("staffel_test_{}", uuid::Uuid::now_v7().simple());
        let folder = std::env::temp_dir().join(&name);
        let database_url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(format!("{}?schema={name}", std::env::var(POSTGRES).unwrap())),
        };
        std::fs::create_dir_all(&folder).unwrap();
        let schema = database_url.is_some().then_some(name);
        let flags = Flags {
            data_dir: Some(folder.clone()),
            no_demo: true,
            database_url,
            public_url,
            ..Flags::default()
        };
        let app = App::open(Config::assemble(flags).unwrap(), clock).unwrap();
        Some(Self { app, folder, schema })
    }
}

const POSTGRES: &str = "STAFFEL_TEST_POSTGRES";

/// Whether this database was named, which is said loudly if not. CI always names one.
pub fn is_there(engine: Engine) -> bool {
    let named = matches!(engine, Engine::Sqlite) || std::env::var_os(POSTGRES).is_some();
    if !named {
        assert!(std::env::var_os("CI").is_none(), "CI must name a PostgreSQL");
        eprintln!("SKIPPED on PostgreSQL: {POSTGRES} is not set");
    }
    named
}
