//! Many at once: groups that share a COMMIT, full queues, time limits, conflicts.

use std::future::Future;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use db::{Db, Dialect, Error, Options, Tx, params};

use crate::place::{Place, add, names, on_both, on_postgres};

/// A query that would run for many minutes.
const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
                       WHERE i < 2000000000) SELECT count(*) FROM n";

type Job = Box<dyn FnMut(&mut Tx) -> Result<(), Error> + Send>;

fn job(f: impl FnMut(&mut Tx) -> Result<(), Error> + Send + 'static) -> Job {
    Box::new(f)
}

fn insert(name: &'static str) -> Job {
    job(move |tx| tx.run("INSERT INTO thing (name) VALUES ($1)", &params![name]).map(drop))
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// Keeps a thread that writes busy until the sender is dropped.
fn occupy(db: &Db) -> (mpsc::Sender<()>, thread::JoinHandle<Result<(), Error>>) {
    let (release, wait) = mpsc::channel::<()>();
    let (begun, is_begun) = mpsc::channel();
    let db = db.clone();
    let handle = thread::spawn(move || {
        db.write_blocking(move |_| {
            begun.send(()).unwrap();
            assert!(wait.recv().is_err(), "released by dropping");
            Ok(())
        })
    });
    is_begun.recv().unwrap();
    (release, handle)
}

/// Queues the jobs while the writer is busy, so that it finds them together.
fn together(db: &Db, jobs: Vec<Job>) -> Vec<Result<(), Error>> {
    let (release, busy) = occupy(db);
    let results = run(async {
        let tasks: Vec<_> = jobs
            .into_iter()
            .map(|job| {
                let db = db.clone();
                tokio::spawn(async move { db.write(job).await })
            })
            .collect();
        // On this one thread every task queues its job before this one goes on.
        tokio::task::yield_now().await;
        drop(release);
        let mut results = Vec::new();
        for task in tasks {
            results.push(task.await.unwrap());
        }
        results
    });
    busy.join().unwrap().unwrap();
    results
}

fn one_connection(place: &Place) -> Db {
    let patience = Duration::from_millis(300);
    place.open_with(Options { connections: 1, statement_timeout: patience, ..Options::default() })
}

#[test]
fn a_failing_job_takes_nobody_with_it() {
    on_both(|place| {
        let db = one_connection(place);
        add(&db, "taken").unwrap();
        let results = together(
            &db,
            vec![
                insert("a"),
                job(|tx| {
                    insert("gone")(tx)?;
                    Err(Error::Unsupported)
                }),
                insert("b"),
                insert("taken"),
                job(|tx| {
                    insert("gone")(tx)?;
                    panic!("ouch")
                }),
                insert("c"),
            ],
        );
        let taken = Err(Error::Unique("thing.name".to_owned()));
        let panicked = Err(Error::Panicked("ouch".to_owned()));
        assert_eq!(results, [Ok(()), Err(Error::Unsupported), Ok(()), taken, panicked, Ok(())]);
        assert_eq!(names(&db), ["a", "b", "c", "taken"]);
    });
}

#[test]
fn a_group_is_committed_once() {
    let place = Place::sqlite();
    let db = place.open();
    let path = place.path();
    let results = together(
        &db,
        vec![
            insert("first"),
            job(move |tx| {
                let sql = "SELECT count(*) FROM thing";
                let inside: Option<i64> = tx.one(sql, &[], |row| row.get(0))?;
                let other = rusqlite::Connection::open(&path).unwrap();
                let outside: i64 = other.query_row(sql, [], |row| row.get(0)).unwrap();
                // The first job is done but not committed: nobody was answered yet.
                assert_eq!((inside, outside), (Some(1), 0));
                Ok(())
            }),
        ],
    );
    assert_eq!(results, [Ok(()), Ok(())]);
    assert_eq!(names(&db), ["first"]);
}

#[test]
fn a_statement_that_takes_too_long_is_ended() {
    on_both(|place| {
        let db = one_connection(place);
        let begun = Instant::now();
        let read: Result<u64, Error> = db.read_blocking(|tx| tx.run(ENDLESS, &[]));
        assert_eq!(read, Err(Error::Timeout));
        // A write that is ended takes SQLite's whole transaction with it: the neighbours' too.
        let slow = format!("INSERT INTO thing (name, n) SELECT 'slow', c FROM ({ENDLESS}) AS s(c)");
        let slow = if place.dialect == Dialect::Sqlite {
            format!("INSERT INTO thing (name, n) SELECT 'slow', ({ENDLESS})")
        } else {
            slow
        };
        let slow = job(move |tx| tx.run(&slow, &[]).map(drop));
        let results = together(&db, vec![insert("a"), insert("b"), slow, insert("c")]);
        assert_eq!(results, [Ok(()), Ok(()), Err(Error::Timeout), Ok(())]);
        assert!(begun.elapsed() < Duration::from_secs(20));
        assert_eq!(names(&db), ["a", "b", "c"]);
    });
}

#[test]
fn a_reference_checked_at_commit_fails_only_its_job() {
    on_both(|place| {
        let db = one_connection(place);
        let made: Result<(), Error> = db.write_blocking(|tx| {
            tx.script(
                "CREATE TABLE part (thing_id INTEGER NOT NULL REFERENCES thing (id) \
                 DEFERRABLE INITIALLY DEFERRED)",
            )
        });
        made.unwrap();
        let broken = job(|tx| tx.run("INSERT INTO part (thing_id) VALUES (99)", &[]).map(drop));
        let results = together(&db, vec![insert("a"), broken, insert("b")]);
        assert_eq!((&results[0], &results[2]), (&Ok(()), &Ok(())));
        assert!(matches!(results[1], Err(Error::ForeignKey(_))), "{:?}", results[1]);
        assert_eq!(names(&db), ["a", "b"]);
    });
}

#[test]
fn a_full_queue_says_so_at_once() {
    on_both(|place| {
        let options = Options { queue_limit: 2, connections: 1, ..Options::default() };
        let db = place.open_with(options);
        let (release, busy) = occupy(&db);
        let (a, b, third) = run(async {
            // Polled in this order: two find a place, the third does not.
            tokio::join!(db.write(insert("a")), db.write(insert("b")), async {
                // Were it to wait, it would wait for ever: for what it alone will release.
                let third = db.write(insert("c")).await;
                drop(release);
                third
            })
        });
        busy.join().unwrap().unwrap();
        assert_eq!((a, b, third), (Ok(()), Ok(()), Err(Error::Overloaded)));
        assert_eq!(names(&db), ["a", "b"]);
    });
}

#[test]
fn a_withdrawn_write_is_not_begun() {
    on_both(|place| {
        let db = one_connection(place);
        let (release, busy) = occupy(&db);
        run(async {
            let task = tokio::spawn({
                let db = db.clone();
                async move { db.write(insert("withdrawn")).await }
            });
            tokio::task::yield_now().await;
            task.abort();
            assert!(task.await.unwrap_err().is_cancelled());
        });
        drop(release);
        busy.join().unwrap().unwrap();
        add(&db, "a").unwrap();
        assert_eq!(names(&db), ["a"]);
    });
}

#[test]
fn a_deadlock_is_run_again() {
    on_both(|place| {
        let db = place.open();
        add(&db, "a").unwrap();
        add(&db, "b").unwrap();
        thread::scope(|scope| {
            for (first, second) in [("a", "b"), ("b", "a")] {
                let db = &db;
                scope.spawn(move || {
                    let result: Result<(), Error> = db.write_blocking(move |tx| {
                        let sql = "UPDATE thing SET n = n + 1 WHERE name = $1";
                        tx.run(sql, &params![first])?;
                        thread::sleep(Duration::from_millis(200));
                        tx.run(sql, &params![second])?;
                        Ok(())
                    });
                    assert_eq!(result, Ok(()));
                });
            }
        });
        let n: Result<Vec<i64>, Error> =
            db.read_blocking(|tx| tx.all("SELECT n FROM thing", &[], |row| row.get(0)));
        assert_eq!(n, Ok(vec![2, 2]));
    });
}

#[test]
fn a_serialization_failure_is_run_again() {
    on_postgres(|place| {
        let db = place.open();
        add(&db, "counter").unwrap();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        // Without a lock: the server notices the conflict at the second UPDATE.
                        let result: Result<(), Error> = db.write_blocking(|tx| {
                            tx.script("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
                            let sql = "SELECT n FROM thing";
                            let n: i64 = tx.one(sql, &[], |row| row.get(0))?.unwrap();
                            thread::sleep(Duration::from_millis(2));
                            tx.run("UPDATE thing SET n = $1", &params![n + 1]).map(drop)
                        });
                        assert_eq!(result, Ok(()));
                    }
                });
            }
        });
        let n: Result<Option<i64>, Error> =
            db.read_blocking(|tx| tx.one("SELECT n FROM thing", &[], |row| row.get(0)));
        assert_eq!(n, Ok(Some(20)));
    });
}

#[test]
fn a_lock_is_not_waited_for_for_ever() {
    on_both(|place| {
        let options = Options { lock_timeout: Duration::from_millis(200), ..Options::default() };
        let db = place.open_with(options);
        add(&db, "a").unwrap();
        // Another process holds what we need.
        match place.dialect {
            Dialect::Sqlite => {
                let other = rusqlite::Connection::open(place.path()).unwrap();
                other.execute_batch("BEGIN IMMEDIATE").unwrap();
                assert_eq!(add(&db, "b"), Err(Error::Timeout));
            }
            Dialect::Postgres => {
                let mut other = place.raw();
                let table = format!("{}.thing", place.schema());
                other.batch_execute(&format!("BEGIN; LOCK TABLE {table}")).unwrap();
                assert_eq!(add(&db, "b"), Err(Error::Timeout));
            }
        }
        add(&db, "c").unwrap();
        assert_eq!(names(&db), ["a", "c"]);
    });
}
