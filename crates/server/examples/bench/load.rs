//! Fills an empty database: the companies through the store, the tickets in bulk, with the indexes made at the end.

use std::path::Path;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, ensure};
use db::{Db, Dialect, Error, Tx, params};
use jiff::Timestamp;
use staffel::app::MIGRATIONS;
use staffel::{secret, store};

use crate::batch::{Batch, Maker};
use crate::words::{self, Chance};
use crate::world::{self, House};

/// Tickets in one transaction.
const STEP: i64 = 2_000;
/// Computers that are searched for, beside the things that break.
const HOSTS: usize = 20;
const SERIAL: &[&str] = &["ticket", "item", "outsourcing"];

/// Loads so many tickets and writes down what the load generator must know.
pub fn load(db: &Db, tickets: i64, facts: &Path, now: Timestamp) -> anyhow::Result<()> {
    db.migrate(MIGRATIONS)?;
    ensure!(!db.read_blocking(store::companies::any)?, "there are companies already");
    let hash = secret::hash_password("bench")?;
    let made = db.write_blocking(move |tx| world::make(tx, &hash, now));
    let houses = made.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let indexes = db.write_blocking(drop_indexes)?;
    let mut maker = Maker::new(&houses, tickets, now)?;
    fill(db, &mut maker)?;
    let numbers: Vec<_> =
        maker.numbers.iter().map(|((house, day), last)| (*house, day.to_string(), *last)).collect();
    let last = [maker.last.ticket, maker.last.item, maker.last.round];
    db.write_blocking(move |tx| finish(tx, &indexes, &numbers, last))?;
    if db.dialect() == Dialect::Postgres {
        db.read_blocking(|tx| tx.script("VACUUM ANALYZE"))?;
    }
    maker.facts.extend(known(&houses));
    std::fs::write(facts, maker.facts.join("\n") + "\n").context("cannot write the facts")
}

/// One thread thinks of rows while this one writes them.
fn fill(db: &Db, maker: &mut Maker) -> anyhow::Result<()> {
    let (sender, receiver) = mpsc::sync_channel::<Batch>(2);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut from = 0;
            while from < maker.tickets {
                let to = (from + STEP).min(maker.tickets);
                let batch = maker.batch(from, to);
                from = to;
                // Nobody takes it any more: the writer has stopped, and says why.
                if sender.send(batch).is_err() {
                    return;
                }
            }
        });
        for batch in receiver {
            db.write_blocking(move |tx| {
                unreferenced(tx)?;
                batch.insert(tx)
            })?;
        }
        Ok(())
    })
}

/// PostgreSQL asks a trigger for every reference of every row; what is made here refers to what is there.
fn unreferenced(tx: &mut Tx) -> Result<(), Error> {
    match tx.dialect() {
        Dialect::Postgres => tx.run("SET LOCAL session_replication_role = replica", &[]).map(drop),
        Dialect::Sqlite => Ok(()),
    }
}

/// Takes every index away that no rule depends on, and says how to make it again.
fn drop_indexes(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => {
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        }
        Dialect::Postgres => {
            "SELECT indexname, indexdef FROM pg_indexes i WHERE schemaname = current_schema()
                AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
        }
    };
    let found = tx.all(sql, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    for (name, _) in &found {
        tx.run(&format!("DROP INDEX {name}"), &[])?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

fn finish(
    tx: &mut Tx,
    indexes: &[String],
    numbers: &[(i64, String, i64)],
    last: [i64; 3],
) -> Result<(), Error> {
    for sql in indexes {
        tx.run(sql, &[])?;
    }
    for (company, day, last) in numbers {
        tx.run(
            "INSERT INTO ticket_counter (company_id, day, last) VALUES ($1, $2, $3)",
            &params![*company, day, *last],
        )?;
    }
    for (table, last) in SERIAL.iter().zip(last) {
        if tx.dialect() == Dialect::Postgres {
            let sql = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), $1)");
            tx.run(&sql, &params![last.max(1)])?;
        }
    }
    Ok(())
}

/// Sessions, what a new ticket needs, words to search for.
fn known(houses: &[House]) -> Vec<String> {
    let mut facts = Vec::new();
    for house in houses {
        facts.push(format!("session {} {}", house.id, house.token));
        let (queue, person) = (house.queues[1], house.people[2].0);
        facts.push(format!("form {} {} {queue} {person}", house.id, house.customers[0].0));
    }
    facts.extend(words::THINGS.iter().map(|word| format!("word {word}")));
    let mut chance = Chance::of(0);
    facts.extend((0..HOSTS).map(|_| format!("word {}", words::host(&mut chance))));
    facts
}
