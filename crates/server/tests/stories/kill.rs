//! Under load from many users the program is killed and started again, many times: every acknowledged write is there,
//! both sides agree, every letter arrives.

mod post;
mod server;
mod users;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use db::params;
use jiff::SignedDuration;
use staffel::clock::Clock;
use staffel::jobs::{clock, mailer};
use staffel::problem::Problem;

use crate::world::{Engine, World};
use post::PostOffice;
use server::Server;
use users::{Relay, Users};

const KILLS: usize = 12;
/// Tickets that are with the partner, two people at each.
const RELAYS: usize = 6;
/// Acknowledged writes of a life before it ends, and a few more with each life: not by the clock, for a busy machine must
/// not make the proof weaker.
const WRITES: usize = 40;
/// So many letters are under way at once: no more can be sent twice by one death.
const UNDER_WAY: usize = 8;

fn kill_again_and_again(engine: Engine) {
    let Some(world) = World::with_clock(engine, Clock::System) else { return };
    let office = PostOffice::open();
    let relays: Vec<Relay> = (0..RELAYS).map(|number| Relay::begin(&world, number)).collect();
    let port = server::free_port();
    let users = Users::begin(&world, port, &relays);
    for life in 0..KILLS {
        let running = Server::start(&world, port, &office);
        users.await_more(WRITES + life);
        running.kill();
    }
    let acknowledged = users.stop();
    let least = KILLS * WRITES;
    assert!(acknowledged.len() >= least, "only {} were acknowledged", acknowledged.len());
    settle(&world, &office);
    every_write_is_there(&world, &acknowledged);
    everything_crossed_once(&world);
    world.both_sides_agree();
    every_letter_arrived(&world, &office);
}

/// What the dead left to do is done later: their claims on letters have run out, what crossed has been quiet.
fn settle(world: &World, office: &PostOffice) {
    // On a server a dead client's transaction may still be about to end: wait for its locks.
    let ended = world.app.db.write_blocking(|tx| {
        Ok::<_, Problem>(tx.run("UPDATE outsourcing SET version = version", &[])?)
    });
    assert_eq!(ended.unwrap(), RELAYS as u64);
    let later = Clock::fixed(world.app.clock.now() + SignedDuration::from_hours(1));
    let app = world.another(later, Some(office.address()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        clock::tick(&app).await.unwrap();
        while mailer::deliver_once(&app).await > 0 {}
    });
}

fn every_write_is_there(world: &World, acknowledged: &BTreeSet<String>) {
    let stored = world.app.db.read_blocking(|tx| {
        // A charge and a file have a title instead of a text.
        let sql = "SELECT title, body FROM item WHERE is_copy = 0 AND message IS NULL AND author_id IS NOT NULL";
        let text = |row: &db::Row| Ok(row.get::<String>(0)? + &row.get::<String>(1)?);
        Ok::<_, Problem>(tx.all(sql, &[], text)?)
    });
    let stored = stored.unwrap();
    let known: BTreeSet<String> = stored.iter().cloned().collect();
    assert_eq!(known.len(), stored.len(), "nothing is there twice");
    let lost: Vec<_> = acknowledged.difference(&known).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}

/// What was written while linked has exactly one copy with the same text (the lead's time arrives with a title); what was written apart has none.
fn everything_crossed_once(world: &World) {
    let copies = |born: &'static str| {
        format!(
            "SELECT i.kind, i.title || i.body FROM item i WHERE i.is_copy = 0 AND i.message IS NULL AND i.author_id IS NOT NULL AND i.born_round IS {born} AND
               (SELECT COUNT(*) FROM link l JOIN item c ON c.id = l.copy_item WHERE l.origin_item = i.id AND c.body = i.body AND (c.title = i.title OR i.kind = 'time_entry'))"
        )
    };
    let linked = copies("NOT NULL") + " <> 1";
    let apart = copies("NULL") + " <> 0";
    for (sql, what) in [(linked, "did not cross exactly once"), (apart, "crossed though apart")] {
        let wrong = world.app.db.read_blocking(move |tx| {
            let text = |row: &db::Row| Ok(row.get::<String>(0)? + ": " + &row.get::<String>(1)?);
            Ok::<_, Problem>(tx.all(&sql, &[], text)?)
        });
        assert_eq!(wrong.unwrap(), Vec::<String>::new(), "{what}");
    }
    let copies = world.count("SELECT COUNT(*) FROM item WHERE is_copy = 1");
    assert_eq!(copies, world.count("SELECT COUNT(*) FROM link"), "no copy without an origin");
}

/// Each report and each rejection has its letter, each letter has arrived, and whatever arrived twice was under way
/// when the program died: it bears the same Message-ID, by which the receiver's mail program knows it.
fn every_letter_arrived(world: &World, office: &PostOffice) {
    let moves = "SELECT COUNT(*) FROM round_move WHERE move IN ('report_completion', 'reject')";
    let letters = world.app.db.read_blocking(|tx| {
        let sql = "SELECT COUNT(*) FROM mail WHERE name LIKE $1";
        let mut count = |name: &str| {
            Ok::<_, Problem>(tx.one(sql, &params![name], |row| row.get::<i64>(0))?.unwrap())
        };
        Ok::<_, Problem>(count("%completion_reported%")? + count("%completion_rejected%")?)
    });
    assert_eq!(letters.unwrap(), world.count(moves), "a letter for each move");
    assert!(world.count(moves) > 0, "nobody reported anything");
    assert_eq!(world.count("SELECT COUNT(*) FROM digest"), 0, "nothing waits to be told");
    assert_eq!(world.count("SELECT COUNT(*) FROM mail WHERE state <> 'sent'"), 0, "none is left");
    let arrived = office.letters();
    let different: BTreeSet<&String> = arrived.iter().collect();
    let sent = usize::try_from(world.count("SELECT COUNT(*) FROM mail")).unwrap();
    assert_eq!(different.len(), sent, "each letter arrived under an id of its own");
    let twice = arrived.len() - different.len();
    assert!(twice <= UNDER_WAY * KILLS, "{twice} arrived twice");
}

#[test]
fn it_ends_when_asked_though_pages_are_open() {
    let Some(world) = World::with_clock(Engine::Sqlite, Clock::System) else { return };
    let (office, port) = (PostOffice::open(), server::free_port());
    let running = Server::start(&world, port, &office);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let anna = runtime.block_on(world.sign_in("anna"));
    let mut page = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let ask = format!("GET /live/company HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", anna.cookie());
    page.write_all(ask.as_bytes()).unwrap();
    let mut head = [0; 12];
    page.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
    // Well below the twenty seconds after which it would give up waiting.
    let status = running.end(Duration::from_secs(10));
    assert!(status.is_some_and(|status| status.success()), "{status:?}");
}

#[test]
fn nothing_acknowledged_is_lost_when_killed_on_sqlite() {
    kill_again_and_again(Engine::Sqlite);
}

#[test]
fn nothing_acknowledged_is_lost_when_killed_on_postgres() {
    kill_again_and_again(Engine::Postgres);
}
