//! Plays the steps through the actions, as the lead's and the partner's people would, with deaths in between.

use std::sync::{Arc, Barrier};

use db::Tx;
use domain::ids::{OrganizationId, OutsourcingId, TicketId};
use domain::money::{Currency, Hours, Money, Quantity};
use domain::outsourcing::{Move, Next, Side, Status};
use domain::sync::{AttachmentKind, ItemKind, Publish};
use domain::terms::{Billing, RateType, Share, Terms};
use domain::ticket::{OpenedFrom, OrganizationType, Priority, Source, TicketStatus};
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;
use staffel::actions::mapping::{Mapping, NewLead};
use staffel::actions::rounds::By;
use staffel::actions::{items, offers, rounds, tickets};
use staffel::app::Acting;
use staffel::problem::Problem;
use staffel::store;
use staffel::store::items::{Attachment, Charge, ItemId, Part, TimeEntry};

use super::model::{Model, Step, What};
use crate::world::World;

const RATE: Money = Money { minor: 6000, currency: Currency::Eur };

/// One world for all histories; each has a ticket of its own.
pub struct Stage<'a> {
    pub world: &'a World,
    people: [Acting; 2],
}

/// A history so far.
pub struct History<'a> {
    pub stage: &'a Stage<'a>,
    pub model: Model,
    pub lead_ticket: TicketId,
    partner_tickets: Vec<TicketId>,
    /// Whether the newest round has a ticket at the partner.
    pub partner_ticket_is_current: bool,
    pub round: Option<OutsourcingId>,
    /// The rounds before it.
    pub earlier: Vec<Earlier>,
    pub texts: usize,
    /// Hours that the bundles should hold, in hundredths.
    pub owed: i64,
}

/// A round that another followed; it is the newest again if that one is removed unsent.
pub struct Earlier {
    pub round: Option<OutsourcingId>,
    pub status: Option<Status>,
    pub has_ticket: bool,
}

impl<'a> Stage<'a> {
    pub fn new(world: &'a World) -> Self {
        Self { world, people: [world.acting("anna"), world.acting("nils")] }
    }

    /// Who acts on a side, now.
    pub fn acting(&self, side: Side) -> Acting {
        let person = &self.people[usize::from(side == Side::Partner)];
        Acting { now: self.world.app.clock.now(), ..person.clone() }
    }

    pub fn read<T: Send + 'static>(
        &self,
        read: impl FnMut(&mut Tx) -> Result<T, Problem> + Send + 'static,
    ) -> T {
        self.world.app.db.read_blocking(read).unwrap()
    }

    fn write<T: Send + 'static>(
        &self,
        write: impl FnMut(&mut Tx) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.world.app.db.write_blocking(write)
    }

    /// Rows and versions of everything that a step may touch: equal before and after a death.
    fn fingerprint(&self) -> Vec<i64> {
        let counts = [
            "SELECT COUNT(*) + COALESCE(SUM(version), 0) FROM ticket",
            "SELECT COUNT(*) + COALESCE(SUM(revision), 0) FROM item",
            "SELECT COUNT(*) FROM time_entry",
            "SELECT COUNT(*) FROM charge",
            "SELECT COUNT(*) FROM attachment",
            "SELECT COUNT(*) + COALESCE(SUM(version), 0) FROM outsourcing",
            "SELECT COUNT(*) FROM round_move",
            "SELECT COUNT(*) + COALESCE(SUM(revision), 0) FROM link",
            "SELECT COUNT(*) FROM link WHERE state = 'linked'",
            "SELECT COUNT(*) FROM crossing",
            "SELECT COUNT(*) FROM mail",
            "SELECT COUNT(*) FROM digest",
            "SELECT COUNT(*) FROM audit",
            "SELECT COALESCE(SUM(last), 0) FROM ticket_counter",
        ];
        counts
            .into_iter()
            .map(|sql| {
                let sql = sql.replacen("SELECT ", "SELECT CAST(", 1).replacen(
                    " FROM",
                    " AS BIGINT) FROM",
                    1,
                );
                self.read(move |tx| Ok(tx.one(&sql, &[], |row| row.get::<i64>(0))?.unwrap()))
            })
            .collect()
    }

    /// A fresh ticket of the lead.
    pub fn begin(&'a self) -> History<'a> {
        let (acting, customer) = (self.acting(Side::Lead), self.world.customer);
        let lead_ticket = self.write(move |tx| {
            let draft = draft(tx, &acting, customer)?;
            tickets::create(tx, &acting, &draft, OpenedFrom::Anywhere)
        });
        History {
            stage: self,
            model: Model::default(),
            lead_ticket: lead_ticket.unwrap(),
            partner_tickets: Vec::new(),
            partner_ticket_is_current: false,
            round: None,
            earlier: Vec::new(),
            texts: 0,
            owed: 0,
        }
    }
}

/// A plain ticket for this customer.
pub fn draft(
    tx: &mut Tx,
    acting: &Acting,
    customer: OrganizationId,
) -> Result<tickets::Draft, Problem> {
    let queue = store::queues::all(tx, acting.actor.company)?.first().unwrap().0;
    Ok(tickets::Draft {
        title: "Geschichte".into(),
        description: String::new(),
        status: TicketStatus::New,
        priority: Priority::Medium,
        queue,
        source: Source::Phone,
        organization: customer,
        contact: None,
        primary_person: None,
        due_at: None,
        site: String::new(),
        device: String::new(),
    })
}

/// Hourly terms that can be answered for a day.
pub fn terms(now: jiff::Timestamp) -> Terms {
    Terms {
        rate_type: RateType::Hourly,
        authorized_charge: RATE,
        authorized_hours: Some(Hours(500)),
        accept_by: Some(now + SignedDuration::from_hours(24)),
        due: None,
        instructions: String::new(),
        share: Share::default(),
        billing: Billing { billing_rate: Some(RATE), work_type: String::new() },
    }
}

/// Hours of a time entry, drawn from its text so that an edit changes them.
pub fn hours_of(text: &str) -> i64 {
    25 + 25 * i64::try_from(text.len() % 7).unwrap()
}

pub fn drawn(what: What, text: &str, publish: Publish) -> items::Draft {
    let day = "2026-11-24".parse().unwrap();
    let part = match what.kind {
        ItemKind::Note => Part::Note,
        ItemKind::TimeEntry => Part::Time(TimeEntry {
            worked_on: day,
            span: None,
            worked: Hours(hours_of(text)),
            deduct: Hours(0),
            billable: true,
            rate: None,
            internal_note: "geheim".into(),
        }),
        ItemKind::Charge => Part::Charge(Charge {
            charged_on: day,
            quantity: Quantity(100),
            unit_cost: RATE,
            unit_price: RATE,
            billable: true,
            bundle_of: None,
        }),
        ItemKind::Attachment => Part::Attachment(attachment(what.attachment.unwrap())),
    };
    let titled = matches!(what.kind, ItemKind::Charge | ItemKind::Attachment);
    items::Draft {
        publish,
        title: if titled { text.to_owned() } else { String::new() },
        body: if titled { String::new() } else { text.to_owned() },
        part,
    }
}

/// A file with its content, or a link with its address.
fn attachment(kind: AttachmentKind) -> Attachment {
    let url = match kind {
        AttachmentKind::File => None,
        AttachmentKind::FileLink => Some("\\\\ablage\\bilder\\bild.png"),
        AttachmentKind::FolderLink => Some("\\\\ablage\\bilder"),
        AttachmentKind::Url => Some("https://ablage.example/bild.png"),
    };
    let is_file = kind == AttachmentKind::File;
    let words = |words: &str| if is_file { words.to_owned() } else { String::new() };
    Attachment {
        kind,
        file_name: words("bild.png"),
        media_type: words("image/png"),
        size: i64::from(is_file),
        blob: is_file.then(|| "blob".into()),
        url: url.map(str::to_owned),
    }
}

pub fn pick(from: &[usize], which: Index) -> Option<usize> {
    (!from.is_empty()).then(|| from[which.index(from.len())])
}

impl History<'_> {
    /// The tickets of a side; the partner has one for each round it took.
    pub fn tickets(&self, side: Side) -> Vec<TicketId> {
        match side {
            Side::Lead => vec![self.lead_ticket],
            Side::Partner => self.partner_tickets.clone(),
        }
    }

    pub fn ticket(&self, side: Side) -> Option<TicketId> {
        match side {
            Side::Lead => Some(self.lead_ticket),
            Side::Partner => {
                self.partner_tickets.last().copied().filter(|_| self.partner_ticket_is_current)
            }
        }
    }

    /// A text that says whether it may cross, and how it is published.
    fn text(&mut self, what: What, publish: Publish) -> (String, Publish) {
        self.texts += 1;
        let publish = what.published(publish);
        let word = if what.may_cross(publish) { "offen" } else { "geheim" };
        (format!("{} {word} {}", what.kind.name(), self.texts), publish)
    }

    /// Takes a step; before that, the process may die in the middle of it and must leave no trace.
    pub fn take(&mut self, step: Step, death: Option<u32>) -> Result<(), TestCaseError> {
        match step {
            Step::Write { side, what, publish } => self.write(side, what, publish, death),
            Step::Edit { side, which, publish } => self.edit(side, which, publish, death),
            Step::Delete { side, which } => self.delete(side, which, death),
            Step::Detach { side, which } => self.detach(side, which, death),
            Step::EditCopy { side, which } => self.edit_copy(side, which, death),
            Step::DeleteCopy { side, which } => self.delete_copy(side, which, death),
            Step::Save => self.save(death),
            Step::Status { side, to } => self.set_status(side, to, death),
            Step::Play(Move::Remove) => self.remove(death),
            Step::Play(mv) => self.play(mv, death),
            Step::Race(one, two) => self.race(one, two),
            Step::Lapse => self.lapse(),
        }
    }

    /// Does it, after dying in the middle of it if asked.
    pub fn done<T: Send + 'static>(
        &self,
        death: Option<u32>,
        act: impl Fn(&mut Tx) -> Result<T, Problem> + Clone + Send + 'static,
    ) -> Result<Result<T, Problem>, TestCaseError> {
        let Some(statements) = death else {
            return Ok(self.stage.write(move |tx| act(tx)));
        };
        let before = self.stage.fingerprint();
        let dying = act.clone();
        let first = self.stage.write(move |tx| {
            tx.die_after(statements);
            dying(tx)
        });
        match first {
            Err(Problem::Overloaded) => {
                prop_assert_eq!(self.stage.fingerprint(), before, "died after {}", statements);
                Ok(self.stage.write(move |tx| act(tx)))
            }
            // It needed fewer statements than that.
            other => Ok(other),
        }
    }

    fn write(
        &mut self,
        side: Side,
        what: What,
        publish: Publish,
        death: Option<u32>,
    ) -> Result<(), TestCaseError> {
        let Some(ticket) = self.ticket(side) else { return Ok(()) };
        let (text, publish) = self.text(what, publish);
        let (acting, draft) = (self.stage.acting(side), drawn(what, &text, publish));
        let wrote = self.done(death, move |tx| items::write(tx, &acting, ticket, &draft))?;
        self.model.wrote(wrote.unwrap().0, side, what, text, publish);
        Ok(())
    }

    fn edit(
        &mut self,
        side: Side,
        which: Index,
        publish: Publish,
        death: Option<u32>,
    ) -> Result<(), TestCaseError> {
        let Some(at) = pick(&self.model.alive(side), which) else { return Ok(()) };
        let (id, what) = (self.model.items[at].id, self.model.items[at].what);
        let (text, publish) = self.text(what, publish);
        let (acting, draft) = (self.stage.acting(side), drawn(what, &text, publish));
        let edited = self.done(death, move |tx| {
            let company = acting.actor.company;
            let found = store::items::of(tx, company, ItemId(id))?.unwrap();
            items::edit(tx, &acting, ItemId(id), found.revision, &draft)
        })?;
        prop_assert_eq!(edited.is_ok(), !self.locked(at), "{:?}", edited);
        if edited.is_ok() {
            self.model.edited(at, text, publish);
        }
        Ok(())
    }

    /// What the partner wrote while linked is locked from the report of completion on (sections 10 and 11.3).
    fn locked(&self, at: usize) -> bool {
        let own = &self.model.items[at];
        let then = if own.born_in == Some(self.model.rounds) {
            self.model.status
        } else {
            // An earlier round took it; that one has ended.
            own.born_in.map(|_| Status::Complete)
        };
        own.side == Side::Partner
            && own.born_in.is_some()
            && matches!(then, Some(Status::WaitingApproval | Status::Complete | Status::Returned))
    }

    fn delete(
        &mut self,
        side: Side,
        which: Index,
        death: Option<u32>,
    ) -> Result<(), TestCaseError> {
        let Some(at) = pick(&self.model.alive(side), which) else { return Ok(()) };
        let (acting, id) = (self.stage.acting(side), ItemId(self.model.items[at].id));
        let deleted = self.done(death, move |tx| items::delete(tx, &acting, id))?;
        prop_assert_eq!(deleted.is_ok(), !self.locked(at), "{:?}", deleted);
        if deleted.is_ok() {
            self.model.deleted(at);
        }
        Ok(())
    }

    /// The move as a person of its side makes it.
    pub fn act(
        &self,
        mv: Move,
    ) -> impl Fn(&mut Tx) -> Result<Option<OutsourcingId>, Problem> + Clone + Send + 'static + use<>
    {
        let side =
            if mv.who() == domain::outsourcing::Who::LEAD { Side::Lead } else { Side::Partner };
        let acting = self.stage.acting(side);
        let (ticket, round) = (self.lead_ticket, self.round);
        let partnership = self.stage.world.partnership;
        let lead = self.stage.acting(Side::Lead).actor.company;
        let late = acting.now + SignedDuration::from_hours(25);
        move |tx| match (mv, round) {
            (Move::Send, _) => {
                offers::send(tx, &acting, ticket, partnership, &terms(acting.now)).map(Some)
            }
            (_, None) => Err(Problem::NotFound),
            (Move::Accept, Some(round)) => {
                let kind = OrganizationType::Customer;
                let new = NewLead { name: "Acme".into(), kind, phone: String::new() };
                let new = Mapping::New(new);
                offers::accept(tx, &acting, round, &new).map(|case| Some(case.id))
            }
            (Move::Expire, Some(round)) => {
                let ended = rounds::expire(tx, lead, round, By::Clock(late, "http://127.0.0.1"))?;
                if ended { Ok(Some(round)) } else { Err(Problem::NotFound) }
            }
            (mv, Some(round)) => {
                rounds::play(tx, &acting, round, mv, "Grund").map(|case| Some(case.id))
            }
        }
    }

    /// Where a move leads now, by the table; a new round begins after every ending.
    fn leads_to(&self, mv: Move) -> Option<Status> {
        if mv == Move::Send {
            let free = self.model.status.is_none_or(|it| it.has_ended() || it == Status::Unsent);
            return (free && !self.model.complete).then_some(Status::Assigned);
        }
        match self.model.status?.after(mv) {
            Ok(Next::To(status)) => Some(status),
            _ => None,
        }
    }

    fn play(&mut self, mv: Move, death: Option<u32>) -> Result<(), TestCaseError> {
        let made = self.done(death, self.act(mv))?;
        let expected = self.leads_to(mv);
        prop_assert_eq!(made.is_ok(), expected.is_some(), "{:?}: {:?}", mv, made);
        if let (Ok(round), Some(to)) = (made, expected) {
            self.moved(mv, round, to);
        }
        Ok(())
    }

    /// A round begins, saved or sent.
    pub fn begun(&mut self, round: Option<OutsourcingId>) {
        self.earlier.push(Earlier {
            round: self.round,
            status: self.model.status,
            has_ticket: self.partner_ticket_is_current,
        });
        self.round = round;
        self.model.rounds += 1;
        self.partner_ticket_is_current = false;
    }

    pub fn moved(&mut self, mv: Move, round: Option<OutsourcingId>, to: Status) {
        match mv {
            // What was saved before is what is sent.
            Move::Send if self.model.status == Some(Status::Unsent) => {}
            Move::Send => self.begun(round),
            Move::Accept => {
                let (company, id) =
                    (self.stage.acting(Side::Partner).actor.company, round.unwrap());
                let case = self.stage.read(move |tx| Ok(store::outsourcings::of(tx, company, id)?));
                self.partner_tickets.push(case.unwrap().partner_ticket.unwrap());
                self.partner_ticket_is_current = true;
                self.model.theirs = None;
            }
            _ => {}
        }
        if matches!(to, Status::Complete | Status::Returned) {
            self.owed += self.worked();
        }
        self.model.moved(to);
    }

    /// Hours of the partner's time that came over in this round and were not taken back: as they were when they last
    /// crossed.
    fn worked(&self) -> i64 {
        let own = self.model.items.iter().filter(|own| {
            own.side == Side::Partner
                && own.what.kind == ItemKind::TimeEntry
                && own.crossed_in == self.model.rounds
        });
        own.filter_map(|own| self.last_crossed(own.id)).sum()
    }

    fn last_crossed(&self, origin: i64) -> Option<i64> {
        let round = self.round?;
        let sql = "SELECT change, content FROM crossing WHERE outsourcing_id = $1 AND origin_item = $2 ORDER BY id DESC LIMIT 1";
        let last = self.stage.read(move |tx| {
            Ok(tx.one(sql, &db::params![round.0, origin], |row| {
                Ok((row.get::<String>(0)?, row.get::<String>(1)?))
            })?)
        });
        let (change, content) = last?;
        let content: staffel::actions::crossings::Content = serde_json::from_str(&content).ok()?;
        (change != "delete").then(|| hours_of(&content.body))
    }

    /// Two people in the same instant: as many succeed as the table lets, one after the other, and nobody breaks.
    fn race(&mut self, one: Move, two: Move) -> Result<(), TestCaseError> {
        let together = Arc::new(Barrier::new(2));
        let db = &self.stage.world.app.db;
        let outcome: Vec<_> = std::thread::scope(|scope| {
            let racing = [one, two].map(|mv| {
                let (act, barrier) = (self.act(mv), together.clone());
                scope.spawn(move || {
                    barrier.wait();
                    db.write_blocking(move |tx| act(tx))
                })
            });
            racing.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        for result in &outcome {
            let told = matches!(result, Ok(_) | Err(Problem::Refused(_) | Problem::NotFound));
            prop_assert!(told, "nobody is answered with a failure: {:?}", result);
        }
        let possible = [one, two].map(|mv| self.leads_to(mv));
        let won: Vec<usize> = (0..2).filter(|at| outcome[*at].is_ok()).collect();
        prop_assert_eq!(
            won.is_empty(),
            possible.iter().all(Option::is_none),
            "{:?} {:?}: {:?}",
            one,
            two,
            outcome
        );
        // Both may succeed where the second follows from the first: report and then complete.
        let order = match won.as_slice() {
            [first, _] if self.leads_to([one, two][*first]).is_some() && self.follows(one, two) => {
                vec![0, 1]
            }
            [_, _] => vec![1, 0],
            other => other.to_vec(),
        };
        for at in order {
            let mv = [one, two][at];
            let to = self.leads_to(mv);
            prop_assert!(to.is_some(), "{:?} was made though it could not be", mv);
            let round = *outcome[at].as_ref().unwrap();
            self.moved(mv, round, to.unwrap());
        }
        Ok(())
    }

    /// Whether the second move can be made where the first leads.
    fn follows(&self, one: Move, two: Move) -> bool {
        self.leads_to(one).is_some_and(|status| matches!(status.after(two), Ok(Next::To(_))))
    }

    fn lapse(&mut self) -> Result<(), TestCaseError> {
        if self.model.status != Some(Status::Assigned) {
            return Ok(());
        }
        let now = self.stage.world.app.clock.now() + SignedDuration::from_hours(25);
        let (lead, round) = (self.stage.acting(Side::Lead).actor.company, self.round.unwrap());
        let ended = self.done(None, move |tx| {
            rounds::expire(tx, lead, round, By::Clock(now, "http://127.0.0.1"))
        })?;
        prop_assert!(ended.unwrap());
        self.model.moved(Status::Expired);
        Ok(())
    }
}
