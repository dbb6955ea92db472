//! Brings the schema forward, one migration at a time, each once and whole.

use std::collections::HashMap;

use crate::error::Trouble;
use crate::tx::Session;
use crate::{Dialect, Error, Tx, params};

/// A step of the schema. Once released it never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// Its name, unique for ever: `0001_base`.
    pub name: &'static str,
    /// Statements in `SQLite`'s words.
    pub sql: &'static str,
    /// Statements for `PostgreSQL` in its own words, in place of the translation of `sql`.
    pub postgres: Option<&'static str>,
}

impl Migration {
    /// Over both texts, so that a database moved to the other engine knows its migrations.
    fn checksum(&self) -> String {
        let mut text = self.sql.as_bytes().to_vec();
        if let Some(postgres) = self.postgres {
            text.push(0);
            text.extend_from_slice(postgres.as_bytes());
        }
        format!("{:016x}", fnv1a(&text))
    }
}

/// FNV-1a, 64 bits: it notices an edit, it does not withstand an attacker.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Applies what is missing; every step looks again under the lock, as another process may be at
/// it too.
pub(crate) fn migrate(tx: &mut Tx, migrations: &[Migration]) -> Result<(), Error> {
    for (index, migration) in migrations.iter().enumerate() {
        if migrations[..index].iter().any(|earlier| earlier.name == migration.name) {
            return Err(Error::Migration(format!("{} is there twice", migration.name)));
        }
    }
    for index in 0..migrations.len() {
        let name = migrations[index].name;
        let named = |error: Error| match error {
            Error::Migration(why) => Error::Migration(why),
            other => Error::Migration(format!("{name}: {other}")),
        };
        tx.start(true);
        lock(tx).map_err(|trouble| named(trouble.error))?;
        match step(tx, migrations, index) {
            Ok(()) => commit(tx).map_err(|trouble| named(trouble.error))?,
            Err(error) => {
                rollback(tx);
                return Err(named(error));
            }
        }
    }
    Ok(())
}

fn step(tx: &mut Tx, migrations: &[Migration], index: usize) -> Result<(), Error> {
    let migration = &migrations[index];
    tx.run(
        "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, \
         checksum TEXT NOT NULL, applied_at TEXT NOT NULL)",
        &[],
    )?;
    let applied: HashMap<String, String> = tx
        .all("SELECT name, checksum FROM migration", &[], |row| Ok((row.get(0)?, row.get(1)?)))?
        .into_iter()
        .collect();
    for name in applied.keys() {
        if !migrations.iter().any(|known| known.name == name) {
            let why = format!("the database has {name}, which this program does not know");
            return Err(Error::Migration(why));
        }
    }
    let checksum = migration.checksum();
    match applied.get(migration.name) {
        Some(known) if *known == checksum => return Ok(()),
        Some(_) => {
            let why = format!("{} was changed after it had been applied", migration.name);
            return Err(Error::Migration(why));
        }
        None => {}
    }
    tracing::info!(migration = migration.name, "migrating");
    apply(tx, migration)?;
    tx.run(
        "INSERT INTO migration (name, checksum, applied_at) VALUES ($1, $2, CURRENT_TIMESTAMP)",
        &params![migration.name, checksum],
    )?;
    Ok(())
}

fn apply(tx: &mut Tx, migration: &Migration) -> Result<(), Error> {
    match (tx.dialect(), migration.postgres) {
        (Dialect::Postgres, Some(sql)) => tx.script_as_is(sql),
        (Dialect::Postgres, None) => tx.script(migration.sql),
        (Dialect::Sqlite, _) => {
            tx.script(migration.sql)?;
            // References are not enforced while tables are rebuilt, so they are checked after.
            let broken = tx.all("PRAGMA foreign_key_check", &[], |row| row.get::<String>(0))?;
            match broken.first() {
                None => Ok(()),
                Some(table) => Err(Error::ForeignKey(format!("from {table}"))),
            }
        }
    }
}

fn lock(tx: &mut Tx) -> Result<(), Trouble> {
    match &mut tx.session {
        Session::Sqlite(session) => session.execute("BEGIN EXCLUSIVE"),
        Session::Postgres(session) => session.begin_migration(),
    }
}

fn commit(tx: &mut Tx) -> Result<(), Trouble> {
    match &mut tx.session {
        Session::Sqlite(session) => session.execute("COMMIT"),
        Session::Postgres(session) => session.commit(),
    }
}

fn rollback(tx: &mut Tx) {
    match &mut tx.session {
        Session::Sqlite(session) => session.rollback(),
        Session::Postgres(session) => session.rollback(),
    }
}

#[cfg(test)]
mod tests {
    use super::fnv1a;

    #[test]
    fn checksum_is_fnv1a() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
