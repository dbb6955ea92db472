//! The people of both companies, each with a session of their own, who work as fast as they are answered: they write on
//! tickets that are with the partner, hand further ones out and answer them, and remember what was acknowledged.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use domain::ids::{OutsourcingId, PartnershipId, TicketId};
use domain::outsourcing::{Move, Side};
use domain::ticket::{OpenedFrom, OrganizationType};
use staffel::actions::mapping::{Mapping, NewLead};
use staffel::actions::{offers, tickets};
use staffel::problem::Problem;

use super::RELAYS;
use super::handing::{Board, Case, Form};
use super::ledger::{Deed, Ledger, Outcome};
use super::receiving::Received;
use super::wire::{Answer, Wire};
use crate::histories::{draft, terms};
use crate::world::World;

/// Everybody, in pairs: the first two share the first relay, and so on.
const PEOPLE: [[&str; RELAYS]; 2] = [
    ["berta", "carl", "doris", "emil", "frieda", "georg"],
    ["hanna", "ida", "jens", "karl", "lotte", "max"],
];

/// A ticket that is with the partner from the beginning.
pub struct Relay {
    lead: TicketId,
    partner: TicketId,
    round: OutsourcingId,
}

impl Relay {
    pub fn begin(world: &World) -> Self {
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
            Ok::<_, Problem>(Self { lead, partner: case.partner_ticket.unwrap(), round })
        });
        begun.unwrap()
    }

    fn ticket(&self, side: Side) -> TicketId {
        match side {
            Side::Lead => self.lead,
            Side::Partner => self.partner,
        }
    }

    /// What was done before anybody was killed.
    fn enter(&self, ledger: &mut Ledger) {
        ledger.acknowledged(Deed::Send(self.lead.0));
        ledger.acknowledged(Deed::Play(self.round.0, Move::Accept));
    }
}

/// What all of them share; and what they did so far, counted.
pub struct Shared {
    pub board: Board,
    pub form: Form,
    pub partnership: PartnershipId,
    over: AtomicBool,
    /// Acknowledged: items, tickets and saved terms, and moves.
    written: AtomicUsize,
    moved: AtomicUsize,
    /// How often each move was asked for, answered or not.
    asked: Mutex<BTreeMap<Move, usize>>,
}

impl Shared {
    fn of(world: &World) -> Self {
        Self {
            board: Board::default(),
            form: Form::of(world),
            partnership: world.partnership,
            over: AtomicBool::new(false),
            written: AtomicUsize::new(0),
            moved: AtomicUsize::new(0),
            asked: Mutex::default(),
        }
    }

    fn acknowledged(&self) -> usize {
        self.written.load(Ordering::SeqCst) + self.moved.load(Ordering::SeqCst)
    }

    fn asked(&self, mv: Move) -> usize {
        self.asked.lock().unwrap().get(&mv).copied().unwrap_or_default()
    }
}

/// Everybody at work.
pub struct Users {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<Ledger>>,
    ledger: Ledger,
}

impl Users {
    pub fn begin(world: &World, port: u16, relays: &[Relay]) -> Self {
        let mut ledger = Ledger::default();
        for relay in relays {
            relay.enter(&mut ledger);
        }
        let shared = Arc::new(Shared::of(world));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut threads = Vec::new();
        for (side, names) in Side::ALL.into_iter().zip(PEOPLE) {
            for (number, (relay, name)) in relays.iter().zip(names).enumerate() {
                let wire = Wire::new(port, &runtime.block_on(session(world, side, name)));
                let user = User::new(wire, shared.clone(), side, name, number, relay);
                threads.push(std::thread::spawn(move || user.work()));
            }
        }
        Self { shared, threads, ledger }
    }

    /// Waits until so many more writes and so many more moves are acknowledged.
    pub fn await_more(&self, writes: usize, moves: usize) {
        let counts = [(&self.shared.written, writes), (&self.shared.moved, moves)];
        let enough = counts.map(|(count, more)| (count, count.load(Ordering::SeqCst) + more));
        self.wait(|| enough.iter().all(|(count, enough)| count.load(Ordering::SeqCst) >= *enough));
    }

    /// Waits until somebody asks for this move, and then until so many more of whatever else are acknowledged.
    pub fn await_asking(&self, mv: Move, more: usize) {
        let before = self.shared.asked(mv);
        self.wait(|| self.shared.asked(mv) > before);
        let enough = self.shared.acknowledged() + more;
        self.wait(|| self.shared.acknowledged() >= enough);
    }

    fn wait(&self, until: impl Fn() -> bool) {
        let patience = Instant::now() + Duration::from_mins(2);
        while !until() {
            let all_there = self.threads.iter().all(|thread| !thread.is_finished());
            assert!(all_there && Instant::now() < patience, "nobody gets on");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Sends everybody home; what was acknowledged, and what was not answered.
    pub fn stop(self) -> Ledger {
        self.shared.over.store(true, Ordering::SeqCst);
        let mut ledger = self.ledger;
        for thread in self.threads {
            ledger.absorb(thread.join().unwrap());
        }
        ledger
    }
}

/// A new colleague who has signed in: what proves the session.
async fn session(world: &World, side: Side, name: &str) -> String {
    let administrator = match side {
        Side::Lead => "anna",
        Side::Partner => "nora",
    };
    world.hire(&mut world.sign_in(administrator).await, name).await;
    world.sign_in(name).await.cookie().to_owned()
}

/// Somebody at work.
pub struct User {
    pub wire: Wire,
    pub shared: Arc<Shared>,
    ledger: Ledger,
    side: Side,
    pub name: &'static str,
    pub number: usize,
    /// The own side's ticket of the relay, and its round.
    ticket: String,
    round: i64,
    texts: usize,
    /// What somebody of the lead is handing out.
    pub case: Option<Case>,
    pub cases: usize,
    /// What somebody of the partner has taken on.
    pub received: Option<Received>,
}

/// What one can write.
#[derive(Clone, Copy)]
pub enum Kind {
    Note,
    Time,
    Charge,
    File,
}

impl User {
    fn new(
        wire: Wire,
        shared: Arc<Shared>,
        side: Side,
        name: &'static str,
        number: usize,
        relay: &Relay,
    ) -> Self {
        Self {
            wire,
            shared,
            ledger: Ledger::default(),
            side,
            name,
            number,
            ticket: format!("/tickets/{}", relay.ticket(side)),
            round: relay.round.0,
            texts: 0,
            case: None,
            cases: 0,
            received: None,
        }
    }

    fn work(mut self) -> Ledger {
        for count in 0.. {
            if self.shared.over.load(Ordering::SeqCst) {
                break;
            }
            self.step(count);
        }
        self.ledger
    }

    /// Items on the relay, moves of other rounds, and now and then a report or a rejection of the relay.
    fn step(&mut self, count: usize) {
        match count % 12 {
            0 => self.write_on_relay(Kind::Note),
            3 => self.write_on_relay(Kind::Time),
            5 => self.write_on_relay(Kind::Charge),
            8 => self.write_on_relay(Kind::File),
            11 => self.decide_relay(),
            _ => self.turn(),
        }
    }

    fn write_on_relay(&mut self, kind: Kind) {
        let ticket = self.ticket.clone();
        self.write(kind, &ticket);
    }

    /// Who has nothing to do, or is not answered, leaves the processor to others.
    pub fn wait_a_moment() {
        std::thread::sleep(Duration::from_millis(5));
    }

    /// One step with a ticket that is handed out.
    fn turn(&mut self) {
        match self.side {
            Side::Lead => self.hand_out(),
            Side::Partner => self.answer(),
        }
    }

    /// The last relay is approved early and written on apart.
    fn decide_relay(&mut self) {
        let mv = match self.side {
            Side::Partner => Move::ReportCompletion,
            Side::Lead if self.number + 1 == RELAYS => Move::Approve,
            Side::Lead => Move::Reject,
        };
        self.play(self.round, mv);
    }

    /// Asks for a move of a round.
    pub fn play(&mut self, round: i64, mv: Move) -> Outcome {
        let path = match mv {
            Move::Accept => format!("/received/{round}/acceptance"),
            _ => format!("/outsourcings/{round}/{}", noun(mv)),
        };
        let fields = if mv.asks_reason() { &[("reason", "So geht es nicht")][..] } else { &[] };
        self.ask(Deed::Play(round, mv), |wire| wire.post(&path, fields))
    }

    /// Writes something on a ticket, by a text that nobody else writes.
    pub fn write(&mut self, kind: Kind, ticket: &str) -> Outcome {
        let text = format!("{} {} {}", self.side.name(), self.name, self.texts);
        self.texts += 1;
        let words = text.clone();
        let words = words.as_str();
        self.ask(Deed::Item(text), |wire| match kind {
            Kind::Note => {
                let note = [("quick", "1"), ("publish", "all"), ("body", words)];
                wire.post(&format!("{ticket}/notes"), &note)
            }
            Kind::Time => {
                let time = [("date", "2026-11-24"), ("worked", "1,00"), ("body", words)];
                wire.post(&format!("{ticket}/time"), &time)
            }
            Kind::Charge => {
                let charge = [("title", words), ("quantity", "1"), ("unit_price", "40,00")];
                let with_day = [&[("date", "2026-11-24"), ("unit_cost", "17,00")], &charge[..]];
                wire.post(&format!("{ticket}/charges"), &with_day.concat())
            }
            Kind::File => wire.upload(&format!("{ticket}/files"), words),
        })
    }

    /// Asks for something and enters what is answered.
    pub fn ask(&mut self, deed: Deed, request: impl FnOnce(&Wire) -> Answer) -> Outcome {
        let mv = deed.mv();
        if let Some(mv) = mv {
            *self.shared.asked.lock().unwrap().entry(mv).or_default() += 1;
        }
        let outcome = self.ledger.enter(deed, request(&self.wire));
        match (&outcome, mv) {
            (Outcome::Done(_), Some(_)) => drop(self.shared.moved.fetch_add(1, Ordering::SeqCst)),
            (Outcome::Done(_), None) => drop(self.shared.written.fetch_add(1, Ordering::SeqCst)),
            (Outcome::Refused, _) => {}
            (Outcome::Unanswered, _) => Self::wait_a_moment(),
        }
        outcome
    }
}

/// The last part of a move's address.
fn noun(mv: Move) -> &'static str {
    match mv {
        Move::Cancel => "cancellation",
        Move::Decline => "refusal",
        Move::ReportCompletion => "report",
        Move::Approve => "approval",
        Move::Reject => "rejection",
        Move::Complete => "completion",
        Move::Return => "return",
        other => panic!("{other:?} has no button"),
    }
}
