//! Some thousand tickets at a time as rows of every table, as the actions would have written them.

use std::collections::HashMap;

use db::{Error, Tx, params};
use domain::ids::CompanyId;
use domain::ticket::{Source, TicketStatus};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use staffel::store::search;

use crate::rounds::Round;
use crate::rows::Rows;
use crate::words::{self, Chance, Subject};
use crate::world::House;

/// A ticket comes every ninety seconds.
const SPACING: i64 = 90_000_000;
/// So many of a company's newest tickets are being worked on, and every tenth of them is with a partner: what is open
/// does not grow with the years, only what is done does.
const CURRENT: i64 = 400;
const MINUTE: i64 = 60_000_000;
/// One company's tickets in ten are outsourced …
const OUTSOURCED: i64 = 10;
/// … three notes each, …
const NOTES: i64 = 3;
/// … but ten on those whose page is measured: five hundred a company, spread over the years.
const MANY_NOTES: i64 = 10;
const MEASURED: i64 = 500;

/// Everything that has been said about the whole so far, and what comes next.
pub struct Maker<'a> {
    /// The companies.
    pub houses: &'a [House],
    /// The newest instant.
    pub now: i64,
    /// How many tickets there will be.
    pub tickets: i64,
    /// Highest keys so far.
    pub last: Last,
    /// Numbers given on each day of each company.
    pub numbers: HashMap<(i64, Date), i64>,
    /// What the load generator must know: lines of words.
    pub facts: Vec<String>,
    zone: TimeZone,
}

/// Highest keys so far.
#[derive(Default)]
pub struct Last {
    /// Of a ticket.
    pub ticket: i64,
    /// Of an item.
    pub item: i64,
    /// Of a round.
    pub round: i64,
}

/// A ticket of a lead, before it becomes rows.
pub struct Case<'a> {
    /// Its company.
    pub house: &'a House,
    /// Key.
    pub id: i64,
    /// What it is about.
    pub subject: Subject,
    /// Whether it is still worked on.
    pub current: bool,
    /// Made.
    pub created: i64,
    /// When its notes were written.
    pub times: Vec<i64>,
    /// Chance of its own.
    pub chance: Chance,
    /// Its round, if it was outsourced.
    pub round: Option<Round<'a>>,
}

/// Rows of every table, in the order in which they refer to each other.
pub struct Batch {
    /// `ticket`
    pub tickets: Rows,
    search: Rows,
    /// `outsourcing`
    pub rounds: Rows,
    /// `outsourcing_billing`
    pub billing: Rows,
    /// `round_move`
    pub moves: Rows,
    /// `item`
    pub items: Rows,
    /// `time_entry`
    pub times: Rows,
    /// `charge`
    pub charges: Rows,
    /// `link`
    pub links: Rows,
    /// `crossing`
    pub crossings: Rows,
}

impl Batch {
    #[rustfmt::skip]
    fn empty() -> Self {
        Self {
            tickets: Rows::of("ticket", "id, company_id, number, title, description, status, is_open, priority, queue_id, source, \
                organization_id, contact_id, primary_person, due_at, due_order, site, device, outsourced_to, outsource_status, \
                insourced_from, insource_status, ever_accepted, created_by, created_at, activity_at, completed_at, version"),
            search: Rows::of("ticket_search", "rowid, words"),
            rounds: Rows::of("outsourcing", "id, public_id, lead_company, lead_name, lead_ticket, partner_company, partner_name, \
                partner_ticket, partnership_id, status, since, accept_by, due_at, rate_type, currency, authorized_charge, \
                authorized_hours, instructions, share, snapshot, reason, sent_by, sent_name, sent_at, accepted_at, reported_at, \
                ended_at, reminded, created_at, version"),
            billing: Rows::of("outsourcing_billing", "outsourcing_id, company_id, billing_rate, work_type"),
            moves: Rows::of("round_move", "outsourcing_id, at, move, to_status, side, person_name, reason"),
            items: Rows::of("item", "id, company_id, ticket_id, kind, publish, title, body, message, author_id, author_name, \
                born_round, is_copy, revision, created_at"),
            times: Rows::of("time_entry", "item_id, company_id, worked_on, start_minute, end_minute, worked, deduct, billable, \
                rate, currency, internal_note"),
            charges: Rows::of("charge", "item_id, company_id, charged_on, quantity, currency, unit_cost, unit_price, billable, \
                outsourcing_id"),
            links: Rows::of("link", "outsourcing_id, from_side, origin_item, copy_item, state, revision"),
            crossings: Rows::of("crossing", "public_id, outsourcing_id, at, from_side, change, kind, copy_kind, origin_item, \
                origin_revision, copy_item, person_name, content"),
        }
    }

    /// Writes all of it.
    pub fn insert(&self, tx: &mut Tx) -> Result<(), Error> {
        let all = [
            &self.tickets,
            &self.search,
            &self.rounds,
            &self.billing,
            &self.moves,
            &self.items,
            &self.times,
            &self.charges,
            &self.links,
            &self.crossings,
        ];
        all.into_iter().try_for_each(|rows| rows.insert(tx))
    }
}

impl<'a> Maker<'a> {
    /// For these companies, nothing said yet.
    pub fn new(houses: &'a [House], tickets: i64, now: Timestamp) -> anyhow::Result<Self> {
        let zone = TimeZone::get("Europe/Berlin")?;
        let (now, last) = (now.as_microsecond(), Last::default());
        let facts = Vec::new();
        Ok(Self { houses, now, tickets, last, numbers: HashMap::new(), facts, zone })
    }

    /// The tickets `from` up to `to`, which is not among them.
    pub fn batch(&mut self, from: i64, to: i64) -> Batch {
        let mut batch = Batch::empty();
        let mut cases: Vec<Case> = (from..to).map(|number| self.case(number)).collect();
        for case in &mut cases {
            self.ticket(&mut batch, case);
        }
        for case in &mut cases {
            crate::rounds::write(self, &mut batch, case);
        }
        // As in life, the notes of one ticket do not stand side by side.
        for step in 0..MANY_NOTES {
            for case in &mut cases {
                crate::rounds::note(self, &mut batch, case, step);
            }
        }
        batch
    }

    /// A company's tickets, all of them.
    fn each(&self) -> i64 {
        let houses = i64::try_from(self.houses.len()).unwrap_or(1);
        (self.tickets / houses).max(1)
    }

    fn case(&mut self, number: i64) -> Case<'a> {
        let houses = i64::try_from(self.houses.len()).unwrap_or(1);
        let house = &self.houses[usize::try_from(number % houses).unwrap_or(0)];
        let rank = number / houses;
        let mut chance = Chance::of(number.unsigned_abs());
        let current = self.each() - rank <= CURRENT;
        let created = self.now - (self.tickets - number) * SPACING;
        let stride = (self.each() / MEASURED).max(10);
        let many = rank % stride == (rank / stride) % 10;
        let notes = if many { MANY_NOTES } else { NOTES };
        let pace = MINUTE * (5 + chance.below(20));
        let times = (1..=notes).map(|step| self.past(created + step * pace)).collect();
        self.last.ticket += 1;
        let id = self.last.ticket;
        let subject = words::subject(&mut chance);
        let outsourced = rank % OUTSOURCED == 3;
        let round =
            outsourced.then(|| Round::new(self, house, rank / OUTSOURCED, current, created));
        if many {
            self.facts.push(format!("ticket {} {id}", house.id));
        }
        Case { house, id, subject, current, created, times, chance, round }
    }

    /// Nothing happens in the future.
    pub fn past(&self, at: i64) -> i64 {
        at.min(self.now - MINUTE)
    }

    /// Day of an instant.
    pub fn day(&self, at: i64) -> Date {
        let instant = Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        instant.to_zoned(self.zone.clone()).date()
    }

    /// The next ticket number of a company's day.
    pub fn ticket_number(&mut self, company: i64, at: i64) -> String {
        let day = self.day(at);
        let last = self.numbers.entry((company, day)).or_default();
        *last += 1;
        domain::number::ticket_number(day, *last)
    }

    fn ticket(&mut self, batch: &mut Batch, case: &mut Case) {
        let house = case.house;
        let number = self.ticket_number(house.id, case.created);
        let live =
            case.round.as_ref().is_some_and(|round| round.status.is_live() || round.is_unsent());
        let open = live || case.current && case.chance.below(5) > 0;
        let working = [
            TicketStatus::New,
            TicketStatus::InProgress,
            TicketStatus::InProgress,
            TicketStatus::WaitingCustomer,
            TicketStatus::OnHold,
            TicketStatus::Escalated,
        ];
        let status = if open { *case.chance.pick(&working) } else { TicketStatus::Complete };
        let (organization, organization_name, contact) = case.chance.pick(&house.customers);
        let person = case.chance.pick(&house.people).0;
        let due = (case.chance.below(2) == 0)
            .then(|| case.created + case.chance.below(10 * 24 * 60) * MINUTE);
        let activity = case.times.last().copied().unwrap_or(case.created);
        let sources = [Source::Phone, Source::Email, Source::Monitoring, Source::WebPortal];
        let round = case.round.as_ref();
        batch.tickets.push(params![
            case.id,
            house.id,
            &number,
            &case.subject.title,
            &case.subject.description,
            status.name(),
            open,
            case.chance.below(4),
            *case.chance.pick(&house.queues),
            case.chance.pick(&sources).name(),
            *organization,
            *contact,
            (case.chance.below(10) > 0).then_some(person),
            due,
            due.unwrap_or(i64::MAX),
            case.subject.site,
            &case.subject.device,
            round
                .filter(|round| round.status.shows_partner())
                .map(|round| round.partner.name.as_str()),
            round.map(|round| round.status.name()),
            Option::<&str>::None,
            Option::<&str>::None,
            round.is_some_and(|round| round.partner_ticket.is_some()),
            person,
            case.created,
            activity,
            (!open).then_some(activity),
            1_i64,
        ]);
        findable(batch, case, &number, organization_name, status);
        if open && case.round.is_none() {
            self.facts.push(format!("open {} {}", house.id, case.id));
        }
        self.received(batch, case, due);
    }

    /// The partner's ticket of an accepted round.
    fn received(&mut self, batch: &mut Batch, case: &Case, due: Option<i64>) {
        let Some((round, id)) =
            case.round.as_ref().and_then(|round| Some((round, round.partner_ticket?)))
        else {
            return;
        };
        let partner = round.partner;
        let open = round.status.is_live();
        let status = if open { TicketStatus::InProgress } else { TicketStatus::Complete };
        let number = self.ticket_number(partner.id, round.accepted);
        let activity = case.times.last().copied().unwrap_or(case.created).max(round.accepted);
        batch.tickets.push(params![
            id,
            partner.id,
            &number,
            &case.subject.title,
            &case.subject.description,
            status.name(),
            open,
            1_i64,
            partner.queues[0],
            Source::Insourced.name(),
            round.mirror.0,
            Option::<i64>::None,
            partner.people[1].0,
            due,
            due.unwrap_or(i64::MAX),
            case.subject.site,
            "",
            Option::<&str>::None,
            Option::<&str>::None,
            case.house.name.as_str(),
            round.status.name(),
            true,
            partner.people[0].0,
            round.accepted,
            activity,
            (!open).then_some(activity),
            1_i64,
        ]);
        let text =
            search::text(&number, &case.subject.title, round.mirror.1, &case.subject.description);
        batch.search.push(params![
            id,
            search::document(CompanyId(partner.id), search::Kept::of(status), &text)
        ]);
        if round.status == domain::outsourcing::Status::InProgress {
            self.facts.push(format!("linked {} {id}", partner.id));
        }
    }
}

fn findable(
    batch: &mut Batch,
    case: &Case,
    number: &str,
    organization: &str,
    status: TicketStatus,
) {
    let text = search::text(number, &case.subject.title, organization, &case.subject.description);
    let company = CompanyId(case.house.id);
    batch.search.push(params![case.id, search::document(company, search::Kept::of(status), &text)]);
}
