//! What `cargo xtask bench` needs of the program itself: fills a database, counts its rows, measures the yardsticks.
//! Not for people: what is printed is read by the command.

mod batch;
mod load;
mod measure;
mod rounds;
mod rows;
mod words;
mod world;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use db::{Db, Dialect, Error, Options, Tx};
use staffel::clock::Clock;

use measure::{Facts, Page};

#[derive(Parser)]
enum Task {
    /// Fills an empty database.
    Load { url: String, tickets: i64, facts: PathBuf },
    /// Prints tickets, items, crossings, bytes and, on PostgreSQL, syncs of its log so far.
    Count { url: String },
    /// Prints the rate of a page's reads.
    Sql { url: String, facts: PathBuf, page: Page, at_once: usize, seconds: u64 },
    /// Serves a constant.
    Bare { listen: SocketAddr },
    /// Prints how often the disk can be waited for.
    Syncs { file: PathBuf, seconds: u64 },
}

fn main() -> anyhow::Result<()> {
    // One TLS provider for everything that speaks TLS, as in the program.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let patient = Options { statement_timeout: Duration::from_hours(1), ..Options::default() };
    match Task::parse() {
        Task::Load { url, tickets, facts } => {
            load::load(&Db::open(&url, patient)?, tickets, &facts, Clock::System.now())
        }
        Task::Count { url } => {
            let db = Db::open(&url, patient)?;
            let [tickets, items, crossings, syncs] = db.read_blocking(count)?;
            println!("{tickets} {items} {crossings} {} {syncs}", db.size_bytes()?);
            Ok(())
        }
        Task::Sql { url, facts, page, at_once, seconds } => {
            let (db, time) = (Db::open(&url, Options::default())?, Duration::from_secs(seconds));
            let (facts, now) = (Facts::read(&facts)?, Clock::System.now());
            let took = runtime.block_on(measure::pages(db, facts, page, at_once, time, now))?;
            tell(&took, time);
            Ok(())
        }
        Task::Bare { listen } => runtime.block_on(measure::bare(listen)),
        Task::Syncs { file, seconds } => {
            let time = Duration::from_secs(seconds);
            tell(&measure::syncs(&file, time)?, time);
            Ok(())
        }
    }
}

/// How many there were in all, in how many microseconds, and how long half and 99 of 100 of them took at most.
fn tell(took: &[u128], time: Duration) {
    let place = |hundredths: usize| took.get(took.len() * hundredths / 100).copied().unwrap_or(0);
    println!("{} {} {} {}", took.len(), time.as_micros(), place(50), place(99));
}

fn count(tx: &mut Tx) -> Result<[i64; 4], Error> {
    let syncs = match tx.dialect() {
        Dialect::Sqlite => "SELECT 0",
        Dialect::Postgres if version(tx)? < 180_000 => "SELECT wal_sync FROM pg_stat_wal",
        Dialect::Postgres => {
            "SELECT CAST(COALESCE(SUM(fsyncs), 0) AS BIGINT) FROM pg_stat_io WHERE object = 'wal'"
        }
    };
    let mut counts = [0; 4];
    let tables =
        ["ticket", "item", "crossing"].map(|table| format!("SELECT COUNT(*) FROM {table}"));
    for (count, sql) in counts.iter_mut().zip(tables.iter().map(String::as_str).chain([syncs])) {
        *count = tx.one(sql, &[], |row| row.get(0))?.unwrap_or(0);
    }
    Ok(counts)
}

fn version(tx: &mut Tx) -> Result<i64, Error> {
    let sql = "SELECT CAST(current_setting('server_version_num') AS BIGINT)";
    Ok(tx.one(sql, &[], |row| row.get(0))?.unwrap_or(0))
}
