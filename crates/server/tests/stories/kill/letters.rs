//! Every letter that is due arrives, once; one that was under way at a death may arrive once more for that death, under
//! the same Message-ID (decision 14).

use std::collections::{BTreeMap, BTreeSet};

use db::Dialect;
use domain::outsourcing::Side;
use domain::turn::Letter;
use staffel::problem::Problem;

use super::post::{Arrived, PostOffice};
use super::rounds::Played;
use super::writes::rows;
use crate::world::World;

/// The outbox sends so many side by side; no more can be under way at one death.
const SIDE_BY_SIDE: usize = 8;

/// What was under way at the deaths so far: a letter, and which attempt it was.
#[derive(Default)]
pub struct UnderWay(BTreeSet<(i64, i64)>);

impl UnderWay {
    /// After a death, before the next life: what was claimed and is not known to be sent. On PostgreSQL a claim outlives
    /// its process; it counts for the death that left it.
    pub fn look(&mut self, world: &World) {
        await_last_words(world);
        let sql = "SELECT id, attempts FROM mail WHERE state = 'queued' AND claimed = 1";
        let claimed = rows(world, sql.into(), |row| Ok((row.get(0)?, row.get(1)?)));
        let fresh: Vec<_> = claimed.into_iter().filter(|claim| !self.0.contains(claim)).collect();
        assert!(fresh.len() <= SIDE_BY_SIDE, "{} letters under way at once", fresh.len());
        self.0.extend(fresh);
    }

    fn deaths_of(&self, letter: i64) -> usize {
        self.0.iter().filter(|(id, _)| *id == letter).count()
    }
}

/// A server may still be about to end what a dead client had begun: wait for its locks.
pub fn await_last_words(world: &World) {
    let waited = world.app.db.write_blocking(|tx| {
        if tx.dialect() == Dialect::Postgres {
            tx.script("LOCK TABLE company, ticket, item, outsourcing, mail IN EXCLUSIVE MODE")?;
        }
        Ok::<_, Problem>(())
    });
    waited.unwrap();
}

/// Of what was written every letter has arrived at its receiver, and nothing else has.
pub fn arrived(world: &World, office: &PostOffice, under_way: &UnderWay) {
    assert_eq!(world.count("SELECT COUNT(*) FROM mail WHERE state <> 'sent'"), 0, "none is left");
    let sql = "SELECT id, created_at, to_address FROM mail";
    let written = rows(world, sql.into(), |row| {
        let at: jiff::Timestamp = row.get(1)?;
        let begins = format!("<{}.{}@", row.get::<i64>(0)?, at.as_microsecond());
        Ok((row.get::<i64>(0)?, begins, row.get::<String>(2)?))
    });
    let mut arrived = BTreeMap::<Arrived, usize>::new();
    for letter in office.letters() {
        *arrived.entry(letter).or_default() += 1;
    }
    assert_eq!(arrived.len(), written.len(), "a Message-ID for each letter, and no other");
    let mut twice = 0;
    for (letter, begins, to) in written {
        let fits = |known: &Arrived| known.message_id.starts_with(&begins) && known.to == to;
        let times = arrived.iter().find(|(known, _)| fits(known)).map_or(0, |(_, times)| *times);
        assert!(times >= 1, "letter {letter} did not arrive");
        let deaths = under_way.deaths_of(letter);
        assert!(
            times <= 1 + deaths,
            "letter {letter} came {times} times, under way at {deaths} deaths"
        );
        twice += times - 1;
    }
    assert!(twice > 0, "no death met a letter under way: that proves nothing");
}

/// Each move has written the letters it is due, and no other.
pub fn are_due(world: &World, rounds: &[Played]) {
    for round in rounds {
        let mut due = BTreeMap::<(Side, Letter), i64>::new();
        for letter in round.letters() {
            *due.entry(letter).or_default() += 1;
        }
        for side in Side::ALL {
            for letter in Letter::ALL {
                let name = format!("{} {} %", letter.name(), side.name());
                let expected = due.get(&(side, letter)).copied().unwrap_or_default();
                assert_eq!(
                    named(world, round, &name).len(),
                    usize::try_from(expected).unwrap(),
                    "round {}: {name}",
                    round.case.id
                );
            }
        }
        let reminded = format!(
            "SELECT COUNT(*) FROM outsourcing WHERE reminded = 1 AND id = {}",
            round.case.id
        );
        let reminders = named(world, round, "reminder").len();
        assert_eq!(world.count(reminded), i64::try_from(reminders).unwrap());
    }
    items_are_told(world, rounds);
}

/// Every item that was written while linked is told, once: the letters say of how many they tell. What left with the
/// offer is not: who accepts has seen it.
fn items_are_told(world: &World, rounds: &[Played]) {
    assert_eq!(world.count("SELECT COUNT(*) FROM digest"), 0, "nothing waits to be told");
    for round in rounds {
        for to in Side::ALL {
            let crossed = format!(
                "SELECT COUNT(*) FROM crossing c JOIN item i ON i.id = c.origin_item AND i.born_round = c.outsourcing_id
                  WHERE c.outsourcing_id = {} AND c.from_side = '{}'",
                round.case.id,
                to.other().name()
            );
            let subjects = named(world, round, &format!("items {} %", to.name()));
            let told: i64 = subjects.iter().map(|subject| count_in(subject)).sum();
            assert_eq!(told, world.count(crossed), "round {}: told the {to:?}", round.case.id);
        }
    }
}

/// “T20261124.0001: 4 neue Einträge von Nord”, or “ein neuer Eintrag”.
fn count_in(subject: &str) -> i64 {
    let count = subject.split(": ").nth(1).unwrap().split(' ').next().unwrap();
    if count == "ein" { 1 } else { count.parse().unwrap() }
}

/// The subjects of a round's letters of this name.
fn named(world: &World, round: &Played, name: &str) -> Vec<String> {
    let name = format!("round {} {name}", round.case.public_id);
    rows(world, format!("SELECT subject FROM mail WHERE name LIKE '{name}'"), |row| row.get(0))
}
