//! Migrations: each once, in order, whole, whoever comes first.

use std::sync::Barrier;
use std::thread;

use db::{Db, Error, Migration, Options, params};

use crate::place::on_both;

const BASE: Migration = Migration {
    name: "0001_base",
    sql: "CREATE TABLE a (id INTEGER PRIMARY KEY, data BLOB, big INTEGER NOT NULL) STRICT;
          CREATE INDEX a_big ON a (big);
          INSERT INTO a (id, big) VALUES (1, 9000000000);",
    postgres: None,
};
const SEARCH: Migration = Migration {
    name: "0002_search",
    sql: "CREATE VIRTUAL TABLE search USING fts5(text);",
    postgres: Some("CREATE TABLE search (text tsvector);"),
};
const BROKEN: Migration = Migration {
    name: "0003_broken",
    sql: "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; SELECT nonsense FROM nowhere;",
    postgres: None,
};

fn open(url: &str) -> Db {
    Db::open(url, Options { connections: 2, ..Options::default() }).unwrap()
}

fn applied(db: &Db) -> Vec<String> {
    let read: Result<_, Error> = db.read_blocking(|tx| {
        tx.all(
            "SELECT name, applied_at FROM migration WHERE length(checksum) = 16 \
             AND applied_at LIKE '20%' ORDER BY name",
            &[],
            |row| row.get(0),
        )
    });
    read.unwrap()
}

#[test]
fn each_is_applied_once() {
    on_both(|place| {
        let db = open(&place.url);
        db.migrate(&[]).unwrap();
        db.migrate(&[BASE]).unwrap();
        db.migrate(&[BASE, SEARCH]).unwrap();
        db.migrate(&[BASE, SEARCH]).unwrap();
        assert_eq!(applied(&db), ["0001_base", "0002_search"]);
        let big: Result<Option<i64>, Error> =
            db.read_blocking(|tx| tx.one("SELECT big FROM a", &[], |row| row.get(0)));
        assert_eq!(big, Ok(Some(9_000_000_000)));
        drop(db);
        let again = open(&place.url);
        again.migrate(&[BASE, SEARCH]).unwrap();
        assert_eq!(applied(&again), ["0001_base", "0002_search"]);
    });
}

#[test]
fn what_does_not_fit_is_refused() {
    on_both(|place| {
        let db = open(&place.url);
        db.migrate(&[BASE]).unwrap();
        let edited = Migration { sql: "CREATE TABLE b (id INTEGER);", ..BASE };
        let edited_there = Migration { postgres: Some("SELECT 1"), ..BASE };
        for wrong in [vec![edited], vec![edited_there], vec![SEARCH], vec![BASE, BASE]] {
            let result = db.migrate(&wrong);
            assert!(matches!(result, Err(Error::Migration(_))), "{wrong:?}: {result:?}");
        }
        assert_eq!(applied(&db), ["0001_base"]);
    });
}

#[test]
fn a_broken_one_leaves_nothing() {
    on_both(|place| {
        let db = open(&place.url);
        let result = db.migrate(&[BASE, BROKEN, SEARCH]);
        let Err(Error::Migration(why)) = result else { panic!("{result:?}") };
        assert!(why.contains("0003_broken"), "{why}");
        assert_eq!(applied(&db), ["0001_base"]);
        let half: Result<u64, Error> = db.read_blocking(|tx| tx.run("SELECT * FROM half", &[]));
        assert!(half.is_err());
        let mended = Migration { sql: "CREATE TABLE half (id INTEGER);", ..BROKEN };
        db.migrate(&[BASE, mended]).unwrap();
    });
}

#[test]
fn a_rebuilt_table_keeps_its_references() {
    on_both(|place| {
        let db = open(&place.url);
        let first = Migration {
            name: "1",
            sql: "CREATE TABLE p (id INTEGER PRIMARY KEY);
                  CREATE TABLE c (p_id INTEGER NOT NULL REFERENCES p (id));
                  INSERT INTO p (id) VALUES (1); INSERT INTO c VALUES (1);",
            postgres: None,
        };
        // SQLite's way of changing a table, which breaks references on the way.
        let rebuilt = Migration {
            name: "2",
            sql: "CREATE TABLE p2 (id INTEGER PRIMARY KEY, name TEXT);
                  INSERT INTO p2 (id) SELECT id FROM p; DROP TABLE p;
                  ALTER TABLE p2 RENAME TO p;",
            postgres: Some("ALTER TABLE p ADD name TEXT"),
        };
        let careless = Migration { name: "3", sql: "DELETE FROM p;", postgres: None };
        db.migrate(&[first, rebuilt]).unwrap();
        let result = db.migrate(&[first, rebuilt, careless]);
        assert!(matches!(result, Err(Error::Migration(_))), "{result:?}");
        let insert = |id: i64| -> Result<u64, Error> {
            db.write_blocking(move |tx| tx.run("INSERT INTO c VALUES ($1)", &params![id]))
        };
        assert_eq!(insert(1), Ok(1));
        assert!(matches!(insert(2), Err(Error::ForeignKey(_))));
    });
}

#[test]
fn two_who_come_at_once_both_find_it_done() {
    on_both(|place| {
        let barrier = Barrier::new(6);
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    barrier.wait();
                    let db = open(&place.url);
                    db.migrate(&[BASE, SEARCH]).unwrap();
                    assert_eq!(applied(&db), ["0001_base", "0002_search"]);
                });
            }
        });
    });
}
