//! What everything may reach: database, clock, files, configuration.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use db::{Db, Migration};
use domain::partnership::Languages;
use domain::permission::Actor;
use jiff::Timestamp;
use object_store::local::LocalFileSystem;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::config::Config;
use crate::hashing::Hashing;
use crate::store;

/// The schema's history, oldest first. A migration that has run anywhere is never changed.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "0001_start",
        sql: include_str!("../migrations/0001_start.sql"),
        postgres: None,
    },
    Migration {
        name: "0002_search",
        sql: include_str!("../migrations/0002_search_sqlite.sql"),
        postgres: Some(include_str!("../migrations/0002_search_postgres.sql")),
    },
    Migration {
        name: "0003_lasting_ids",
        sql: include_str!("../migrations/0003_lasting_ids_sqlite.sql"),
        postgres: Some(include_str!("../migrations/0003_lasting_ids_postgres.sql")),
    },
    Migration {
        name: "0004_networks",
        sql: include_str!("../migrations/0004_networks.sql"),
        postgres: None,
    },
    Migration {
        name: "0005_saved_views",
        sql: include_str!("../migrations/0005_saved_views_sqlite.sql"),
        postgres: Some(include_str!("../migrations/0005_saved_views_postgres.sql")),
    },
    Migration {
        name: "0006_digest",
        sql: include_str!("../migrations/0006_digest.sql"),
        postgres: None,
    },
    Migration {
        name: "0007_search_by_company",
        sql: include_str!("../migrations/0007_search_by_company_sqlite.sql"),
        postgres: Some(include_str!("../migrations/0007_search_by_company_postgres.sql")),
    },
    Migration {
        name: "0008_letters",
        sql: include_str!("../migrations/0008_letters.sql"),
        postgres: None,
    },
    Migration {
        name: "0009_network_rounds_by_time",
        sql: include_str!("../migrations/0009_network_rounds_by_time.sql"),
        postgres: None,
    },
    Migration {
        name: "0010_lasting_rounds",
        sql: include_str!("../migrations/0010_lasting_rounds_sqlite.sql"),
        postgres: Some(include_str!("../migrations/0010_lasting_rounds_postgres.sql")),
    },
    Migration {
        name: "0011_unused_files",
        sql: include_str!("../migrations/0011_unused_files.sql"),
        postgres: None,
    },
    Migration {
        name: "0012_live_rounds",
        sql: include_str!("../migrations/0012_live_rounds.sql"),
        postgres: None,
    },
    Migration {
        name: "0013_organizations_by_column",
        sql: include_str!("../migrations/0013_organizations_by_column.sql"),
        postgres: None,
    },
];

fn uploads(config: &Config) -> PathBuf {
    config.data_dir.join("files")
}

/// The running program. Cheap to clone: every layer a request passes has a clone of its own.
#[derive(Clone)]
pub struct App(Arc<Rooms>);

impl Deref for App {
    type Target = Rooms;

    fn deref(&self) -> &Rooms {
        &self.0
    }
}

/// What the program consists of.
pub struct Rooms {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The configuration.
    pub config: Arc<Config>,
    /// Uploads, outside the database.
    pub files: Arc<LocalFileSystem>,
    /// Where passwords are hashed.
    pub hashing: Hashing,
    /// Lets somebody create the first company on an empty installation; printed on the console.
    pub setup_token: Arc<str>,
    /// Becomes true when the program is to end: whatever goes on without end listens to it.
    pub ending: watch::Sender<bool>,
}

impl App {
    /// Opens database and files and brings the schema up to date.
    pub fn open(config: Config, clock: Clock) -> anyhow::Result<Self> {
        let uploads = uploads(&config);
        std::fs::create_dir_all(&uploads)
            .with_context(|| format!("cannot create the data folder {}", uploads.display()))?;
        let db = Db::open(&config.database_url, db::Options::default())
            .context("cannot open the database")?;
        db.migrate(MIGRATIONS).context("cannot bring the database up to date")?;
        let found = db.write_blocking(store::search::refill).context("cannot fill the search")?;
        if found > 0 {
            tracing::info!(tickets = found, "filled the search anew");
        }
        // What is acknowledged survives a power cut, the content of a file like its row.
        let files = LocalFileSystem::new_with_prefix(&uploads)
            .context("cannot use the folder for uploads")?
            .with_fsync(true);
        Ok(Self(Arc::new(Rooms {
            db,
            clock,
            config: Arc::new(config),
            files: Arc::new(files),
            hashing: Hashing::default(),
            setup_token: crate::secret::token()?.into(),
            ending: watch::Sender::new(false),
        })))
    }

    /// The folder of the store of files.
    pub fn uploads(&self) -> PathBuf {
        uploads(&self.config)
    }

    /// Until when a session without a click lives.
    pub fn idle(&self) -> Duration {
        Duration::from_secs(u64::from(self.config.session_idle_minutes) * 60)
    }
}

/// Who acts, when, from where: the first argument of every action after the transaction.
#[derive(Clone, Debug)]
pub struct Acting {
    /// The person and what they may.
    pub actor: Actor,
    /// The instant of the request; one for everything it changes.
    pub now: Timestamp,
    /// The address it came from, for the audit.
    pub ip: String,
    /// Scheme, host and port for links in mails.
    pub base_url: Arc<str>,
    /// Which companies may work together here.
    pub languages: Languages,
}
