//! Notices: after COMMIT, to everybody, once.

use db::{Db, Dialect, Error, Notice};
use tokio::sync::broadcast::Receiver;

use crate::place::{eventually, on_both};

/// What arrived up to the notice `end`, which the caller has sent last.
fn until_end(listener: &mut Receiver<Notice>) -> Vec<(String, String)> {
    let mut heard = Vec::new();
    eventually("the last notice", || {
        while let Ok(notice) = listener.try_recv() {
            if notice.topic == "end" {
                return true;
            }
            heard.push((notice.topic, notice.payload));
        }
        false
    });
    heard
}

fn tell(db: &Db, topic: &'static str, payload: &'static str) {
    let result: Result<(), Error> = db.write_blocking(move |tx| tx.notify(topic, payload));
    result.unwrap();
}

#[test]
fn only_what_was_committed_is_heard() {
    on_both(|place| {
        let db = place.open();
        let mut listener = db.listen();
        let failed = db.write_blocking(|tx| {
            tx.notify("ticket", "of the one that failed")?;
            Err::<(), _>(Error::Unsupported)
        });
        assert_eq!(failed, Err(Error::Unsupported));
        let panicked: Result<(), Error> = db.write_blocking(|tx| {
            tx.notify("ticket", "of the one that panicked")?;
            panic!("ouch")
        });
        assert!(panicked.is_err());
        let mut early = db.listen();
        let result: Result<(), Error> = db.write_blocking(move |tx| {
            tx.notify("ticket", "17\nsecond line ü")?;
            tx.notify("ticket", "17\nsecond line ü")?;
            tx.notify("empty", "")?;
            std::thread::sleep(std::time::Duration::from_millis(50));
            assert!(early.try_recv().is_err(), "heard before COMMIT");
            Ok(())
        });
        result.unwrap();
        tell(&db, "end", "");
        let expected = [("ticket", "17\nsecond line ü"), ("empty", "")];
        let expected = expected.map(|(topic, payload)| (topic.to_owned(), payload.to_owned()));
        assert_eq!(until_end(&mut listener), expected);
    });
}

#[test]
fn what_cannot_be_carried_is_refused() {
    on_both(|place| {
        let db = place.open();
        for (topic, payload) in [("two\nlines", String::new()), ("long", "x".repeat(7900))] {
            let result: Result<(), Error> = db.write_blocking(move |tx| tx.notify(topic, &payload));
            assert!(matches!(result, Err(Error::Engine(_))), "{result:?}");
        }
        let most: Result<(), Error> = db.write_blocking(|tx| tx.notify("long", &"x".repeat(7896)));
        assert_eq!(most, Ok(()));
    });
}

#[test]
fn another_node_hears_too_and_another_schema_does_not() {
    on_both(|place| {
        if place.dialect == Dialect::Sqlite {
            return;
        }
        let (here, there) = (place.open(), place.open());
        let elsewhere_place = crate::place::Place::postgres().unwrap();
        let elsewhere = elsewhere_place.open();
        let mut near = here.listen();
        let mut far = there.listen();
        let mut foreign = elsewhere.listen();
        tell(&here, "a", "1");
        tell(&elsewhere, "b", "2");
        tell(&here, "end", "");
        tell(&elsewhere, "end", "");
        assert_eq!(until_end(&mut near), [("a".to_owned(), "1".to_owned())]);
        assert_eq!(until_end(&mut far), [("a".to_owned(), "1".to_owned())]);
        assert_eq!(until_end(&mut foreign), [("b".to_owned(), "2".to_owned())]);
    });
}
