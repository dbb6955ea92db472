//! A process that writes is killed again and again: whatever it was answered is there.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use db::{Db, Error, Options, params};

use crate::place::{Place, add, on_both};

const URL: &str = "DB_TEST_KILL_URL";
const ROUNDS: u64 = 5;

/// The process to be killed: this same program, asked for this one test.
#[test]
#[ignore = "is started by the test below"]
fn writer() {
    let db = Db::open(&std::env::var(URL).unwrap(), Options::default()).unwrap();
    thread::scope(|scope| {
        for number in 0..8 {
            let db = &db;
            scope.spawn(move || {
                for count in 0u32.. {
                    let id =
                        write(db, &format!("{}-{number}-{count}", std::process::id())).unwrap();
                    // Past the harness's capture; one write, so that no line is torn.
                    std::io::stdout().write_all(format!("answered {id}\n").as_bytes()).unwrap();
                }
            });
        }
    });
}

/// A row and a counter, together or not at all; now and then a failure among them.
fn write(db: &Db, name: &str) -> Result<i64, Error> {
    let name = name.to_owned();
    let spoil = name.ends_with('7');
    if spoil {
        let failed: Result<(), Error> = db.write_blocking(|tx| {
            tx.run("UPDATE thing SET n = n + 1000000 WHERE name = 'counter'", &[])?;
            Err(Error::Unsupported)
        });
        assert_eq!(failed, Err(Error::Unsupported));
    }
    db.write_blocking(move |tx| {
        tx.run("UPDATE thing SET n = n + 1 WHERE name = 'counter'", &[])?;
        let sql = "INSERT INTO thing (name) VALUES ($1) RETURNING id";
        Ok(tx.one(sql, &params![&name], |row| row.get(0))?.unwrap())
    })
}

#[test]
fn what_was_answered_survives_a_kill() {
    on_both(|place| {
        let db = place.open();
        add(&db, "counter").unwrap();
        drop(db);
        let mut answered = HashSet::new();
        for round in 0..ROUNDS {
            answered.extend(write_and_kill(place, Duration::from_millis(150 + 70 * round)));
            let stored = check(place);
            let lost = answered.difference(&stored).count();
            assert_eq!(lost, 0, "of {} answered", answered.len());
        }
        assert!(answered.len() > 50, "only {} writes in all", answered.len());
    });
}

fn write_and_kill(place: &Place, after: Duration) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "kill::writer", "--nocapture"])
        .env(URL, &place.url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let heard = thread::spawn(move || {
        let lines = output.split(b'\n').map_while(Result::ok);
        lines
            .filter_map(|line| {
                String::from_utf8(line).ok()?.strip_prefix("answered ")?.parse().ok()
            })
            .collect()
    });
    thread::sleep(after);
    // SIGKILL: no destructor runs.
    child.kill().unwrap();
    child.wait().unwrap();
    heard.join().unwrap()
}

/// Opens what the dead left behind; answers the ids that are stored.
fn check(place: &Place) -> HashSet<i64> {
    let db = Db::open(&place.url, Options { connections: 1, ..Options::default() }).unwrap();
    // A dead client's transaction may still be about to end on the server: wait for the lock.
    let settled: Result<u64, Error> =
        db.write_blocking(|tx| tx.run("UPDATE thing SET n = n WHERE name = 'counter'", &[]));
    settled.unwrap();
    let read: Result<_, Error> = db.read_blocking(|tx| {
        let sql = "SELECT n FROM thing WHERE name = 'counter'";
        let counter: usize = tx.one(sql, &[], |row| row.get(0))?.unwrap();
        let sql = "SELECT id FROM thing WHERE name <> 'counter'";
        let ids: HashSet<i64> = tx.all(sql, &[], |row| row.get(0))?.into_iter().collect();
        Ok((counter, ids))
    });
    let (counter, ids) = read.unwrap();
    assert_eq!(counter, ids.len(), "a transaction was stored in part");
    if place.dialect == db::Dialect::Sqlite {
        let sound: Result<Option<String>, Error> =
            db.read_blocking(|tx| tx.one("PRAGMA integrity_check", &[], |row| row.get(0)));
        assert_eq!(sound, Ok(Some("ok".to_owned())));
    }
    ids
}
