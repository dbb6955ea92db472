//! Values, rows, statements, and what a transaction keeps.

use std::thread;

use db::{Cell, Db, Error, FromValue, Value, params};
use jiff::Timestamp;

use crate::place::{add, names, on_both};

#[test]
fn values_come_back_as_they_went() {
    on_both(|place| {
        let db = place.open();
        let made = db.write_blocking(|tx| {
            tx.script("CREATE TABLE v (id INTEGER PRIMARY KEY, i INTEGER, t TEXT, b BLOB) STRICT")
        });
        made.map_err(|e: Error| e).unwrap();
        let instant: Timestamp = "1969-07-20T20:17:40.123456Z".parse().unwrap();
        let rows = vec![
            params![i64::MIN, "Straße 🚲 'q' \"q\" $1 ?", vec![0u8, 255, 0]],
            params![i64::MAX, "", Vec::<u8>::new()],
            params![None::<i64>, None::<String>, None::<Vec<u8>>],
            params![true, String::from("x"), Some(vec![1u8])],
            params![instant, &String::from("y"), &[7u8][..]],
            params![7usize, Some("z"), None::<Vec<u8>>],
        ];
        let expected = rows.clone();
        let wrote: Result<Vec<i64>, Error> = db.write_blocking(move |tx| {
            let sql = "INSERT INTO v (i, t, b) VALUES ($1, $2, $3) RETURNING id";
            rows.iter().map(|row| Ok(tx.one(sql, row, |r| r.get(0))?.unwrap())).collect()
        });
        let first = wrote.unwrap()[0];
        let read: Result<Vec<[Value; 3]>, Error> = db.read_blocking(|tx| {
            tx.all("SELECT i, t, b FROM v ORDER BY id", &[], |row| {
                Ok([
                    Value::from(row.get::<Option<i64>>(0)?),
                    Value::from(row.get::<Option<String>>(1)?),
                    Value::from(row.get::<Option<Vec<u8>>>(2)?),
                ])
            })
        });
        assert_eq!(read.unwrap(), expected);
        // Parameters go by number, not by order of appearance.
        let found: Result<_, Error> = db.read_blocking(move |tx| {
            let sql = "SELECT i, id FROM v WHERE t = $2 AND (id > $1 OR id = $1) AND t = $2";
            tx.one(sql, &params![first, "y"], |row| {
                Ok((row.get::<Timestamp>(0)?, row.get::<i64>(1)?))
            })
        });
        assert_eq!(found.unwrap(), Some((instant, first + 4)));
    });
}

#[test]
fn results_of_every_kind_are_numbers() {
    on_both(|place| {
        let db = place.open();
        add(&db, "a").unwrap();
        let got: Result<_, Error> = db.read_blocking(|tx| {
            let sql = "SELECT sum(n), count(*), length(name), name = 'a', EXISTS (SELECT 1), \
                       CAST($1 AS BIGINT), sum(n) > $2 FROM thing GROUP BY name";
            tx.one(sql, &params![-5, 3], |row| {
                let numbers: (i64, usize, u8) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let truths: (bool, bool, bool) = (row.get(3)?, row.get(4)?, row.get(6)?);
                Ok((numbers, truths, row.get::<i32>(5)?))
            })
        });
        assert_eq!(got.unwrap(), Some(((0, 1, 1), (true, true, false), -5)));
    });
}

#[test]
fn what_cannot_be_read_is_said() {
    #[derive(Debug, PartialEq)]
    struct Even(i64);
    impl FromValue for Even {
        fn from_value(cell: Cell<'_>) -> Result<Self, Error> {
            match i64::from_value(cell)? {
                n if n % 2 == 0 => Ok(Self(n)),
                n => Err(Error::Decode(format!("{n} is odd"))),
            }
        }
    }
    fn ask<T: FromValue + Send + 'static>(db: &Db, sql: &'static str) -> Result<T, Error> {
        db.read_blocking(move |tx| Ok(tx.one(sql, &[], |row| row.get(0))?.unwrap()))
    }
    on_both(|place| {
        let db = place.open();
        assert_eq!(ask::<Even>(&db, "SELECT 4"), Ok(Even(4)));
        let odd = Error::Decode("column 0: 3 is odd".to_owned());
        assert_eq!(ask::<Even>(&db, "SELECT 3"), Err(odd));
        for wrong in [
            ask::<String>(&db, "SELECT 3").map(drop),
            ask::<i64>(&db, "SELECT 'x'").map(drop),
            ask::<i64>(&db, "SELECT NULL").map(drop),
            ask::<bool>(&db, "SELECT 2").map(drop),
            ask::<u8>(&db, "SELECT 256").map(drop),
            ask::<i64>(&db, "SELECT 1.5").map(drop),
            db.read_blocking(|tx| tx.one("SELECT 1", &[], |row| row.get::<i64>(1)).map(drop)),
        ] {
            assert!(matches!(wrong, Err(Error::Decode(_))), "{wrong:?}");
        }
        let too_few = db.read_blocking(|tx| tx.run("SELECT 1 WHERE 1 = $1", &[]));
        let too_many = db.read_blocking(|tx| tx.run("SELECT 1 WHERE 1 = $1", &params![1, 2]));
        assert!(matches!(too_few, Err(Error::Engine(_))), "{too_few:?}");
        assert!(matches!(too_many, Err(Error::Engine(_))), "{too_many:?}");
        assert_eq!(ask::<i64>(&db, "SELECT 1"), Ok(1));
    });
}

#[test]
fn run_counts_and_returning_works() {
    on_both(|place| {
        let db = place.open();
        for name in ["a", "b", "c"] {
            assert_eq!(add(&db, name), Ok(1));
        }
        let done: Result<(u64, u64, Option<String>), Error> = db.write_blocking(|tx| {
            let touched = tx.run("UPDATE thing SET n = n + 1 WHERE name < $1", &params!["c"])?;
            let returned = tx.run("UPDATE thing SET n = n + 1 RETURNING id", &[])?;
            // Only one row is wanted, all three are changed.
            let sql = "UPDATE thing SET n = n + 1 RETURNING name";
            Ok((touched, returned, tx.one(sql, &[], |row| row.get(0))?))
        });
        let (touched, returned, one) = done.unwrap();
        assert_eq!((touched, returned, one.is_some()), (2, 3, true));
        let sum: Result<Option<i64>, Error> =
            db.read_blocking(|tx| tx.one("SELECT sum(n) FROM thing", &[], |row| row.get(0)));
        assert_eq!(sum, Ok(Some(8)));
    });
}

#[test]
fn a_taken_key_is_recognised_and_spoils_the_write() {
    on_both(|place| {
        let db = place.open();
        add(&db, "a").unwrap();
        let error = add(&db, "a").unwrap_err();
        assert!(error.is_unique());
        assert_eq!(error, Error::Unique("thing.name".to_owned()));
        // Whoever swallows the error gets it back: PostgreSQL's transaction is lost anyway.
        let swallowed: Result<(), Error> = db.write_blocking(|tx| {
            tx.run("INSERT INTO thing (name) VALUES ('before')", &[])?;
            drop(tx.run("INSERT INTO thing (name) VALUES ('a')", &[]));
            Ok(())
        });
        assert_eq!(swallowed, Err(error.clone()));
        let went_on: Result<u64, Error> = db.write_blocking(|tx| {
            drop(tx.run("INSERT INTO thing (name) VALUES ('a')", &[]));
            tx.run("INSERT INTO thing (name) VALUES ('after')", &[])
        });
        assert_eq!(went_on, Err(error));
        let skipped: Result<u64, Error> = db.write_blocking(|tx| {
            tx.run("INSERT INTO thing (name) VALUES ('a') ON CONFLICT DO NOTHING", &[])
        });
        assert_eq!(skipped, Ok(0));
        let pair: Result<u64, Error> = db.write_blocking(|tx| {
            tx.script("CREATE TABLE pair (a INTEGER, b TEXT, UNIQUE (a, b))")?;
            tx.run("INSERT INTO pair (a, b) VALUES (1, 'x'), (1, 'x')", &[])
        });
        assert_eq!(pair, Err(Error::Unique("pair.a, pair.b".to_owned())));
        assert_eq!(names(&db), ["a"]);
    });
}

#[test]
fn a_read_changes_nothing() {
    on_both(|place| {
        let db = place.open();
        let tried = db.read_blocking(|tx| tx.run("INSERT INTO thing (name) VALUES ('a')", &[]));
        assert!(matches!(tried, Err(Error::Engine(_))), "{tried:?}");
        let told = db.read_blocking(|tx| tx.notify("a", "b"));
        assert_eq!(told, Err(Error::Unsupported));
        assert!(names(&db).is_empty());
    });
}

#[test]
fn a_read_sees_every_answered_write() {
    on_both(|place| {
        let db = place.open();
        thread::scope(|scope| {
            for writer in 0..4 {
                let db = &db;
                scope.spawn(move || {
                    for n in 0..50 {
                        let name = format!("{writer}-{n}");
                        add(db, &name).unwrap();
                        let seen: Result<Option<i64>, Error> = db.read_blocking(move |tx| {
                            tx.one("SELECT id FROM thing WHERE name = $1", &params![&name], |row| {
                                row.get(0)
                            })
                        });
                        assert!(seen.unwrap().is_some());
                    }
                });
            }
        });
    });
}

#[test]
fn increments_are_not_lost() {
    on_both(|place| {
        let db = place.open();
        add(&db, "counter").unwrap();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..40 {
                        increment(&db).unwrap();
                    }
                });
            }
        });
        let n: Result<Option<i64>, Error> =
            db.read_blocking(|tx| tx.one("SELECT n FROM thing", &[], |row| row.get(0)));
        assert_eq!(n, Ok(Some(320)));
    });
}

fn increment(db: &Db) -> Result<u64, Error> {
    db.write_blocking(|tx| {
        let sql = format!("SELECT n FROM thing WHERE name = $1{}", tx.dialect().for_update());
        let n: i64 = tx.one(&sql, &params!["counter"], |row| row.get(0))?.unwrap();
        tx.run("UPDATE thing SET n = $1 WHERE name = $2", &params![n + 1, "counter"])
    })
}

#[test]
fn a_panic_is_an_answer() {
    on_both(|place| {
        let db = place.open();
        for _ in 0..20 {
            let result: Result<(), Error> = db.write_blocking(|tx| {
                tx.run("INSERT INTO thing (name) VALUES ('a')", &[])?;
                panic!("ouch {}", 1)
            });
            assert_eq!(result, Err(Error::Panicked("ouch 1".to_owned())));
            let result: Result<Vec<()>, Error> = db.read_blocking(|tx| {
                tx.all("SELECT 1 UNION SELECT 2", &[], |_| panic!("while reading"))
            });
            assert_eq!(result, Err(Error::Panicked("while reading".to_owned())));
        }
        add(&db, "b").unwrap();
        assert_eq!(names(&db), ["b"]);
    });
}
