//! Users of both companies who write as fast as they are answered, and remember what was acknowledged.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use domain::ids::{OutsourcingId, TicketId};
use domain::outsourcing::Side;
use domain::ticket::{OpenedFrom, OrganizationType};
use staffel::actions::mapping::{Mapping, NewLead};
use staffel::actions::{offers, tickets};
use staffel::problem::Problem;

use super::RELAYS;
use crate::histories::{draft, terms};
use crate::world::World;

/// A ticket that is with the partner.
pub struct Relay {
    number: usize,
    lead: TicketId,
    partner: TicketId,
    round: OutsourcingId,
}

impl Relay {
    pub fn begin(world: &World, number: usize) -> Self {
        let (anna, nils) = (world.acting("anna"), world.acting("nils"));
        let (customer, partnership) = (world.customer, world.partnership);
        let begun = world.app.db.write_blocking(move |tx| {
            let draft = draft(tx, &anna, customer)?;
            let lead = tickets::create(tx, &anna, &draft, OpenedFrom::Anywhere)?;
            let round = offers::send(tx, &anna, lead, partnership, &terms(anna.now))?;
            let kind = OrganizationType::Customer;
            let new = NewLead { name: "Acme".into(), kind, phone: String::new() };
            let new = Mapping::New(new);
            let case = offers::accept(tx, &nils, round, &new)?;
            Ok::<_, Problem>(Self { number, lead, partner: case.partner_ticket.unwrap(), round })
        });
        begun.unwrap()
    }

    fn ticket(&self, side: Side) -> TicketId {
        match side {
            Side::Lead => self.lead,
            Side::Partner => self.partner,
        }
    }
}

/// Everybody at work: two on each ticket.
pub struct Users {
    over: Arc<AtomicBool>,
    written: Arc<AtomicUsize>,
    threads: Vec<JoinHandle<BTreeSet<String>>>,
}

impl Users {
    pub fn begin(world: &World, port: u16, relays: &[Relay]) -> Self {
        let (over, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (anna, nils) =
            runtime.block_on(async { (world.sign_in("anna").await, world.sign_in("nils").await) });
        let mut threads = Vec::new();
        for relay in relays {
            for (side, browser) in [(Side::Lead, &anna), (Side::Partner, &nils)] {
                let user = User {
                    port,
                    cookie: browser.cookie().to_owned(),
                    side,
                    relay: relay.number,
                    ticket: relay.ticket(side),
                    round: relay.round,
                };
                let (over, written) = (over.clone(), written.clone());
                threads.push(std::thread::spawn(move || user.work(&over, &written)));
            }
        }
        Self { over, written, threads }
    }

    /// Waits until so many more writes are acknowledged.
    pub fn await_more(&self, writes: usize) {
        let enough = self.written.load(Ordering::SeqCst) + writes;
        let patience = Instant::now() + Duration::from_mins(2);
        while self.written.load(Ordering::SeqCst) < enough {
            assert!(Instant::now() < patience, "nobody is answered");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Sends everybody home; the texts that were acknowledged.
    pub fn stop(self) -> BTreeSet<String> {
        self.over.store(true, Ordering::SeqCst);
        self.threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    }
}

struct User {
    port: u16,
    cookie: String,
    side: Side,
    relay: usize,
    ticket: TicketId,
    round: OutsourcingId,
}

impl User {
    fn work(&self, over: &AtomicBool, written: &AtomicUsize) -> BTreeSet<String> {
        let mut acknowledged = BTreeSet::new();
        for count in 0.. {
            if over.load(Ordering::SeqCst) {
                break;
            }
            let text = format!("{} {} {count}", self.side.name(), self.relay);
            match self.step(count, &text) {
                Some(303) if count % 9 != 8 => {
                    acknowledged.insert(text);
                    written.fetch_add(1, Ordering::SeqCst);
                }
                // A move that the other was quicker to make, or that is not possible now.
                Some(303 | 422) => {}
                Some(status) => panic!("{text} was answered with {status}"),
                // It is dead; perhaps the write was stored all the same.
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        acknowledged
    }

    /// Notes, time, charges, files, and now and then a report or a rejection; the last ticket is approved early on and
    /// written on apart.
    fn step(&self, count: usize, text: &str) -> Option<u16> {
        let (ticket, round) = (format!("/tickets/{}", self.ticket), self.round);
        match (count % 9, self.side) {
            (8, Side::Partner) => self.post(&format!("/outsourcings/{round}/report"), &[]),
            (8, Side::Lead) if self.relay + 1 == RELAYS => {
                self.post(&format!("/outsourcings/{round}/approval"), &[])
            }
            (8, Side::Lead) => {
                let reason = [("reason", "Bitte noch einmal")];
                self.post(&format!("/outsourcings/{round}/rejection"), &reason)
            }
            (3, _) => {
                let time = [("date", "2026-11-24"), ("worked", "1,00"), ("body", text)];
                self.post(&format!("{ticket}/time"), &time)
            }
            (5, _) => {
                let charge = [("title", text), ("quantity", "1"), ("unit_price", "40,00")];
                let with_day = [&[("date", "2026-11-24"), ("unit_cost", "17,00")], &charge[..]];
                self.post(&format!("{ticket}/charges"), &with_day.concat())
            }
            (6, _) => self.upload(&format!("{ticket}/files"), text),
            _ => {
                let note = [("quick", "1"), ("publish", "all"), ("body", text)];
                self.post(&format!("{ticket}/notes"), &note)
            }
        }
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Option<u16> {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.send(path, "application/x-www-form-urlencoded", &body)
    }

    /// A file whose title and content are the text.
    fn upload(&self, path: &str, text: &str) -> Option<u16> {
        let part = |disposition: &str, content: &str| {
            format!("--edge\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
        };
        let parts = [
            part("name=\"publish\"", "all"),
            part("name=\"title\"", text),
            part("name=\"file\"; filename=\"messung.txt\"", text),
        ];
        self.send(path, "multipart/form-data; boundary=edge", &(parts.concat() + "--edge--\r\n"))
    }

    /// The status of the answer; `None` if none came.
    fn send(&self, path: &str, kind: &str, body: &str) -> Option<u16> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8_lossy(&answer);
        answer.split(' ').nth(1)?.parse().ok()
    }
}
