//! Under load from many users the program is killed and started again, many times: every acknowledged write is there,
//! both sides agree, every letter arrives.
//!
//! `users` are the people, who write, hand tickets out (`handing`) and answer offers (`receiving`) through the pages;
//! `ledger` remembers what they were told. At the end `writes`, `rounds` and `letters` compare.

mod handing;
mod ledger;
mod letters;
mod post;
mod receiving;
mod rounds;
mod server;
mod users;
mod wire;
mod writes;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use domain::outsourcing::Move;
use jiff::SignedDuration;
use staffel::clock::Clock;
use staffel::jobs::{clock, mailer};

use crate::world::{Engine, World};
use ledger::Ledger;
use letters::UnderWay;
use post::PostOffice;
use rounds::Played;
use server::Server;
use users::{Relay, Users};

const KILLS: usize = 16;
/// A life ends while somebody asks for one of these moves, in turn.
const DEATHS: [Move; 11] = [
    Move::Send,
    Move::Accept,
    Move::Cancel,
    Move::Decline,
    Move::Return,
    Move::ReportCompletion,
    Move::Reject,
    Move::Approve,
    Move::Complete,
    Move::CompleteTicket,
    Move::Remove,
];
/// Tickets that are with the partner from the beginning, two people at each.
const RELAYS: usize = 6;
/// Acknowledged writes and moves of a life before it may end: not by the clock, for a busy machine must not make the
/// proof weaker.
const WRITES: usize = 15;
const MOVES: usize = 10;

fn kill_again_and_again(engine: Engine) {
    let Some(world) = World::with_clock(engine, Clock::System) else { return };
    let office = PostOffice::open();
    let relays: Vec<Relay> = (0..RELAYS).map(|_| Relay::begin(&world)).collect();
    let port = server::free_port();
    let users = Users::begin(&world, port, &relays);
    let mut under_way = UnderWay::default();
    for life in 0..KILLS {
        let running = Server::start(&world, port, &office);
        users.await_more(WRITES, MOVES);
        users.await_asking(DEATHS[life % DEATHS.len()], life % 3);
        running.kill();
        under_way.look(&world);
    }
    let ledger = users.stop();
    deaths_met_somebody(&ledger);
    settle(&world, &office);
    let rounds = Played::all(&world);
    rounds::were_made(&world, &ledger, &rounds);
    rounds::have_their_tickets(&world, &rounds);
    rounds::are_whole(&world, &rounds);
    writes::are_there(&world, &ledger);
    writes::crossed_once(&world, &rounds);
    letters::are_due(&world, &rounds);
    letters::arrived(&world, &office, &under_way);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        rounds::show_the_same(&world, &rounds).await;
        writes::files_are_whole(&world).await;
    });
}

/// Deaths at which nobody waited for an answer would prove nothing.
fn deaths_met_somebody(ledger: &Ledger) {
    let writes = ledger.sum(|deed| deed.mv().is_none());
    let moves = ledger.sum(|deed| deed.mv().is_some());
    for (asked, least) in [(writes, KILLS * WRITES), (moves, KILLS * MOVES)] {
        assert!(asked.acknowledged >= i64::try_from(least).unwrap(), "{asked:?}");
        assert!(asked.unknown > 0, "every answer was heard: {asked:?}");
    }
}

/// What the dead left to do is done later: their claims on letters have run out, what crossed has been quiet, offers
/// that nobody answers have lapsed.
fn settle(world: &World, office: &PostOffice) {
    let later = Clock::fixed(world.app.clock.now() + SignedDuration::from_hours(1));
    let app = world.another(later, Some(office.address()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let waits = "SELECT COUNT(*) FROM digest";
        while clock::tick(&app).await.unwrap() > 0 || world.count(waits) > 0 {}
        while mailer::deliver_once(&app).await > 0 {}
    });
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
