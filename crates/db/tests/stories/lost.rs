//! Connections that go away, schemas that change underfoot, closing, copies.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use db::{Db, Dialect, Error, Notice, Options};

use crate::place::{Place, add, eventually, names, on_both, on_postgres};

/// Ends every connection of this story's databases.
fn terminate_all(place: &Place) {
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1";
    let ended = place.raw().query(sql, &[&place.schema()]).unwrap();
    assert!(!ended.is_empty());
}

#[test]
fn a_lost_connection_is_made_anew() {
    on_postgres(|place| {
        let db = place.open_with(Options { connections: 2, ..Options::default() });
        for round in 0..5 {
            let name = format!("before-{round}");
            add(&db, &name).unwrap();
            terminate_all(place);
            if round % 2 == 0 {
                assert!(names(&db).contains(&name));
            }
            add(&db, &format!("after-{round}")).unwrap();
        }
        assert_eq!(names(&db).len(), 10);
    });
}

#[test]
fn a_connection_lost_halfway_stores_once() {
    on_postgres(|place| {
        let db = place.open();
        let tries = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&tries);
        let result: Result<(), Error> = db.write_blocking(move |tx| {
            tx.run("INSERT INTO thing (name) VALUES ('a')", &[])?;
            if count.fetch_add(1, Ordering::SeqCst) == 0 {
                tx.run("SELECT pg_terminate_backend(pg_backend_pid())", &[])?;
            }
            tx.run("INSERT INTO thing (name) VALUES ('b')", &[]).map(drop)
        });
        assert_eq!(result, Ok(()));
        assert_eq!(tries.load(Ordering::SeqCst), 2);
        assert_eq!(names(&db), ["a", "b"]);
        // A read as well; and one that ends its connection every time comes to an end.
        let count = Arc::clone(&tries);
        let read: Result<u64, Error> = db.read_blocking(move |tx| {
            if count.fetch_add(1, Ordering::SeqCst) == 2 {
                tx.run("SELECT pg_terminate_backend(pg_backend_pid())", &[])?;
            }
            tx.run("SELECT 1", &[])
        });
        assert_eq!(read, Ok(1));
        assert_eq!(tries.load(Ordering::SeqCst), 4);
        let hopeless: Result<u64, Error> =
            db.write_blocking(|tx| tx.run("SELECT pg_terminate_backend(pg_backend_pid())", &[]));
        assert!(hopeless.is_err());
        add(&db, "c").unwrap();
    });
}

#[test]
fn a_connection_lost_before_commit_is_not_taken_for_stored() {
    on_postgres(|place| {
        let db = place.open();
        let tries = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&tries);
        let schema = place.schema();
        let url = place.url.split('?').next().unwrap().to_owned();
        let result: Result<(), Error> = db.write_blocking(move |tx| {
            count.fetch_add(1, Ordering::SeqCst);
            tx.run("INSERT INTO thing (name) VALUES ('a')", &[])?;
            // From outside, while the closure is at its end: COMMIT finds the connection gone.
            let mut other = postgres::Client::connect(&url, postgres::NoTls).unwrap();
            let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                       WHERE application_name = $1 AND state = 'idle in transaction'";
            assert_eq!(other.query(sql, &[&schema]).unwrap().len(), 1);
            Ok(())
        });
        let Err(Error::Engine(why)) = result else { panic!("{result:?}") };
        assert!(why.contains("unknown"), "{why}");
        assert_eq!(tries.load(Ordering::SeqCst), 1, "not run again");
        assert!(names(&db).is_empty());
    });
}

#[test]
fn the_listener_comes_back_and_says_so() {
    on_postgres(|place| {
        let db = place.open();
        let mut listener = db.listen();
        terminate_all(place);
        eventually("the gap", || {
            std::iter::from_fn(|| listener.try_recv().ok())
                .any(|notice| notice.topic == Notice::GAP)
        });
        let told: Result<(), Error> = db.write_blocking(|tx| tx.notify("a", "1"));
        told.unwrap();
        eventually("the notice", || listener.try_recv().is_ok_and(|notice| notice.topic == "a"));
    });
}

#[test]
fn a_changed_table_is_noticed() {
    on_both(|place| {
        let db = place.open_with(Options { connections: 1, ..Options::default() });
        add(&db, "a").unwrap();
        let columns = |db: &Db| -> Result<usize, Error> {
            db.read_blocking(|tx| {
                let all = tx.one("SELECT * FROM thing", &[], |row| {
                    Ok((0..9)
                        .take_while(|at| row.get::<Option<i64>>(*at).is_ok() || *at == 1)
                        .count())
                })?;
                Ok(all.unwrap())
            })
        };
        assert_eq!(columns(&db), Ok(3));
        let other = Db::open(&place.url, Options { connections: 1, ..Options::default() }).unwrap();
        let altered: Result<(), Error> =
            other.write_blocking(|tx| tx.script("ALTER TABLE thing ADD COLUMN m INTEGER"));
        altered.unwrap();
        assert_eq!(columns(&db), Ok(4));
    });
}

#[test]
fn a_server_that_is_not_there_is_an_error() {
    for url in [
        "postgres://nobody@127.0.0.1:1/nothing",
        "postgres://nobody@127.0.0.1:1/nothing?sslmode=require",
        "/nonexistent/folder/test.db",
    ] {
        let result = Db::open(url, Options::default());
        assert!(matches!(result, Err(Error::Engine(_))), "{url}");
    }
}

#[test]
fn closing_finishes_and_leaves_one_file() {
    let place = Place::sqlite();
    let db = place.open();
    let log = place.path().with_extension("db-wal");
    add(&db, "a").unwrap();
    assert!(log.metadata().unwrap().len() > 0);
    drop(db);
    assert!(!log.exists(), "the log was not written back");
    let file = rusqlite::Connection::open(place.path()).unwrap();
    let count: i64 = file.query_row("SELECT count(*) FROM thing", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 1);
}

#[test]
fn the_last_clone_may_go_anywhere() {
    on_both(|place| {
        // In a closure, on a thread of the database itself.
        let db = place.open();
        let (sender, receiver) = std::sync::mpsc::channel();
        let mut held = Some(db.clone());
        let result: Result<(), Error> = db.write_blocking(move |tx| {
            tx.run("INSERT INTO thing (name) VALUES ('a')", &[])?;
            drop(held.take());
            sender.send(()).unwrap();
            Ok(())
        });
        result.unwrap();
        receiver.recv().unwrap();
        // On a thread of the async runtime, and opened, asked and migrated there.
        drop(db);
        let url = place.url.clone();
        tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async move {
            let db = Db::open(&url, Options { connections: 2, ..Options::default() }).unwrap();
            db.migrate(&[]).unwrap();
            db.ping().await.unwrap();
            assert!(db.size_bytes().unwrap() > 0);
            assert_eq!(names(&db), ["a"]);
        });
    });
}

#[test]
fn a_copy_is_whole_while_others_write() {
    on_both(|place| {
        let db = place.open();
        let to = std::env::temp_dir().join(format!("db_copy_{}.db", std::process::id()));
        if place.dialect == Dialect::Postgres {
            assert_eq!(db.backup(&to), Err(Error::Unsupported));
            return;
        }
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| (0..300).for_each(|n| drop(add(&db, &n.to_string()))));
            eventually("some rows", || names(&db).len() > 20);
            db.backup(&to).unwrap();
            writing.join().unwrap();
        });
        assert!(matches!(db.backup(&to), Err(Error::Engine(_))), "an existing file is kept");
        let copy = rusqlite::Connection::open(&to).unwrap();
        let ok: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        let count: i64 =
            copy.query_row("SELECT count(*) FROM thing", [], |row| row.get(0)).unwrap();
        std::fs::remove_file(&to).unwrap();
        assert_eq!(ok, "ok");
        assert!(count > 20, "{count}");
        assert_eq!(names(&db).len(), 300);
    });
}
