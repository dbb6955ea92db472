//! The lead's people hand tickets out: each ticket twice, every round with an end of its own, as far as the partner and
//! the deaths let it. Like a person they look at the ticket and press what stands there, so that what a lost answer
//! left undone is done again, and what it did is not.

use std::collections::VecDeque;
use std::sync::Mutex;

use domain::outsourcing::Move;
use jiff::{SignedDuration, Timestamp, Unit};
use staffel::clock::Clock;
use staffel::store;

use super::ledger::{Deed, Outcome};
use super::receiving::Intent;
use super::users::{Kind, User};
use super::wire::{Answer, Page, Wire};
use crate::world::World;

/// After so many looks nobody waits for the partner any more.
const PATIENCE: usize = 60;

/// What is to become of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// Reported, rejected once, approved.
    Approved,
    /// Completed by the lead while the partner works.
    Completed,
    /// The lead completes its ticket.
    Closed,
    /// Canceled, unless the partner is quicker.
    Canceled,
    Declined,
    /// One of the partner's people accepts, another declines.
    Contested,
    Returned,
    /// Nobody answers.
    Lapsed,
    /// Terms are saved and removed before others are sent.
    Removed,
}

/// The partner's own moves come less often to an end than the lead's; hence some twice.
const PLANS: [Plan; 10] = [
    Plan::Approved,
    Plan::Canceled,
    Plan::Declined,
    Plan::Returned,
    Plan::Completed,
    Plan::Contested,
    Plan::Removed,
    Plan::Returned,
    Plan::Closed,
    Plan::Lapsed,
];

impl Plan {
    /// What the partner's people are told to make of the offer.
    fn intents(self) -> &'static [Intent] {
        match self {
            Self::Approved => &[Intent::Report],
            Self::Completed | Self::Closed | Self::Canceled | Self::Removed => &[Intent::Work],
            Self::Declined => &[Intent::Decline],
            Self::Contested => &[Intent::Work, Intent::Decline],
            Self::Returned => &[Intent::Return],
            Self::Lapsed => &[],
        }
    }
}

/// Offers that wait for somebody of the partner, as its list of received work would show them.
#[derive(Default)]
pub struct Board(Mutex<VecDeque<(i64, Intent)>>);

impl Board {
    fn put(&self, round: i64, intents: &[Intent]) {
        self.0.lock().unwrap().extend(intents.iter().map(|intent| (round, *intent)));
    }

    pub fn take(&self) -> Option<(i64, Intent)> {
        self.0.lock().unwrap().pop_front()
    }
}

/// What the form of a new ticket needs to know.
pub struct Form {
    organization: String,
    queue: String,
}

impl Form {
    pub fn of(world: &World) -> Self {
        let company = world.acme;
        let queues = world.app.db.read_blocking(move |tx| store::queues::all(tx, company));
        let queue = queues.unwrap().first().unwrap().0;
        Self { organization: world.customer.to_string(), queue: queue.0.to_string() }
    }
}

/// A ticket on its way out.
pub struct Case {
    ticket: i64,
    plan: Plan,
    /// What the second round is to be.
    next: Option<Plan>,
    /// A note that leaves with the offers, once it is written.
    note: Option<String>,
    /// The round that the partner's people know of.
    offered: Option<i64>,
    /// Whether this round's saved terms were removed, its report rejected.
    once: bool,
    waited: usize,
}

/// Where the newest round of a ticket stands, by the buttons on its page.
enum Standing {
    /// None is live.
    Free,
    Unsent(i64),
    Offered(i64),
    Linked(i64),
    Waiting(i64),
}

fn standing(page: &Page) -> Standing {
    let button = |noun: &str| {
        let links = page.body.split("href=\"/outsourcings/").skip(1);
        let mut paths = links.filter_map(|link| link.split('"').next()?.split_once('/'));
        paths.find(|(_, last)| *last == noun).map(|(round, _)| round.parse().unwrap())
    };
    let known = [
        button("removal").map(Standing::Unsent),
        button("cancellation").map(Standing::Offered),
        button("completion").map(Standing::Linked),
        button("approval").map(Standing::Waiting),
    ];
    known.into_iter().flatten().next().unwrap_or(Standing::Free)
}

impl User {
    /// One step with the ticket in hand, or a new ticket.
    pub fn hand_out(&mut self) {
        self.case = match self.case.take() {
            Some(case) => self.go_on(case),
            None => self.open(),
        };
    }

    fn open(&mut self) -> Option<Case> {
        let title = format!("Störung {} {}", self.name, self.cases);
        let plans = [0, 4].map(|ahead| PLANS[(self.number + self.cases + ahead) % PLANS.len()]);
        self.cases += 1;
        let shared = self.shared.clone();
        let fields = [
            ("title", title.as_str()),
            ("organization", shared.form.organization.as_str()),
            ("queue", shared.form.queue.as_str()),
            ("status", "new"),
            ("priority", "high"),
            ("source", "phone"),
        ];
        let deed = Deed::Ticket(title.clone());
        let opened = self.ask(deed, |wire| wire.post("/tickets", &fields));
        let Outcome::Done(location) = opened else { return None };
        let ticket = location.trim_start_matches("/tickets/").split('?').next().unwrap();
        Some(Case {
            ticket: ticket.parse().unwrap(),
            plan: plans[0],
            next: Some(plans[1]),
            note: None,
            offered: None,
            once: false,
            waited: 0,
        })
    }

    fn go_on(&mut self, mut case: Case) -> Option<Case> {
        if case.note.is_none() {
            self.describe(&mut case);
            return Some(case);
        }
        let Answer::Came(page) = self.wire.get(&path(&case)) else { return Some(case) };
        assert_eq!(page.status, 200, "{}", page.body);
        match standing(&page) {
            Standing::Free if case.offered.is_some() => return round_over(case),
            Standing::Free if case.plan == Plan::Removed && !case.once => self.save(&case),
            Standing::Free => self.send(&case),
            Standing::Unsent(round) if case.plan == Plan::Removed && !case.once => {
                case.once = matches!(self.remove(&case, round), Outcome::Done(_));
            }
            Standing::Unsent(_) => self.send(&case),
            Standing::Offered(_) if case.plan == Plan::Lapsed => return None,
            Standing::Offered(round) => self.while_offered(&mut case, round),
            Standing::Linked(round) => self.while_linked(&mut case, round),
            Standing::Waiting(round) if case.plan == Plan::Approved && !case.once => {
                case.once = matches!(self.play(round, Move::Reject), Outcome::Done(_));
            }
            // Approving it and completing it are the same (row 16).
            Standing::Waiting(round) => {
                let mv = if round % 2 == 0 { Move::Approve } else { Move::Complete };
                self.play(round, mv);
            }
        }
        Some(case)
    }

    /// A note that goes out with the ticket.
    fn describe(&mut self, case: &mut Case) {
        if let Outcome::Done(location) = self.write(Kind::Note, &path(case)) {
            case.note = location.split_once("#item-").map(|(_, id)| id.to_owned());
        }
    }

    fn while_offered(&mut self, case: &mut Case, round: i64) {
        if case.offered != Some(round) {
            case.offered = Some(round);
            self.shared.board.put(round, case.plan.intents());
        }
        match case.plan {
            Plan::Closed if round % 2 == 0 => self.close(case),
            Plan::Canceled => drop(self.play(round, Move::Cancel)),
            _ => self.wait(case, round, Move::Cancel),
        }
    }

    fn while_linked(&mut self, case: &mut Case, round: i64) {
        let theirs = matches!(case.plan, Plan::Approved | Plan::Returned);
        match case.plan {
            Plan::Closed => self.close(case),
            _ if !theirs && case.waited > 3 => drop(self.play(round, Move::Complete)),
            _ => self.wait(case, round, Move::Complete),
        }
    }

    /// Writes something while the partner has the word, and ends it if that takes too long.
    fn wait(&mut self, case: &mut Case, round: i64, last: Move) {
        case.waited += 1;
        if case.waited > PATIENCE {
            self.play(round, last);
        } else if case.waited.is_multiple_of(4) {
            self.write(Kind::Note, &path(case));
        } else {
            Self::wait_a_moment();
        }
    }

    fn close(&mut self, case: &Case) {
        let path = format!("{}/status", path(case));
        self.ask(Deed::Close(case.ticket), |wire| wire.post(&path, &[("status", "complete")]));
    }

    fn save(&mut self, case: &Case) {
        let mut terms = self.terms(case);
        terms.push(("then", "save".into()));
        self.ask(Deed::Save(case.ticket), |wire| outsource(wire, case, &terms));
    }

    fn remove(&mut self, case: &Case, round: i64) -> Outcome {
        let path = format!("/outsourcings/{round}/removal");
        self.ask(Deed::Remove(case.ticket), |wire| wire.post(&path, &[]))
    }

    /// Looks at the preview and sends what was seen.
    fn send(&mut self, case: &Case) {
        let mut terms = self.terms(case);
        let Answer::Came(preview) = outsource(&self.wire, case, &terms) else { return };
        // What an answer that was not heard has sent is not previewed again.
        if preview.status != 200 {
            return;
        }
        let seen = preview.body.split("name=\"seen\" value=\"").nth(1).unwrap();
        terms.push(("seen", seen.split('"').next().unwrap().to_owned()));
        terms.push(("then", "send".into()));
        self.ask(Deed::Send(case.ticket), |wire| outsource(wire, case, &terms));
    }

    fn terms(&self, case: &Case) -> Vec<(&'static str, String)> {
        let now = Clock::System.now();
        let until = match case.plan {
            Plan::Lapsed => next_minute(now),
            _ => now + SignedDuration::from_hours(24),
        };
        vec![
            ("partner", self.shared.partnership.to_string()),
            ("accept_by", local(until)),
            ("rate_type", "hourly".into()),
            ("authorized_charge", "60,00".into()),
            ("authorized_hours", "5".into()),
            ("billing_rate", "95,00".into()),
            ("instructions", "Bitte vor Ort prüfen.".into()),
            ("note", case.note.clone().unwrap_or_default()),
        ]
    }
}

fn outsource(wire: &Wire, case: &Case, terms: &[(&str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        terms.iter().map(|(name, value)| (*name, value.as_str())).collect();
    wire.post(&format!("{}/outsource", path(case)), &fields)
}

fn path(case: &Case) -> String {
    format!("/tickets/{}", case.ticket)
}

/// The first round is over: another one, unless the ticket is done.
fn round_over(case: Case) -> Option<Case> {
    let plan = case.next.filter(|_| case.plan != Plan::Closed)?;
    Some(Case { plan, next: None, offered: None, once: false, waited: 0, ..case })
}

/// The soonest deadline that the form can say.
fn next_minute(now: Timestamp) -> Timestamp {
    let minute = now.round(Unit::Minute).unwrap();
    if minute > now { minute } else { minute + SignedDuration::from_mins(1) }
}

fn local(at: Timestamp) -> String {
    at.in_tz("Europe/Berlin").unwrap().strftime("%Y-%m-%dT%H:%M").to_string()
}
