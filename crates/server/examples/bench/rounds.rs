//! What an outsourced ticket adds: the round with its history, and the items that crossed with link and record.

use db::{Value, params};
use domain::message::Message;
use domain::outsourcing::{Move, Side, Status};
use domain::sync::{Change, ItemKind, LinkState, Publish};
use domain::turn;
use staffel::actions::crossings::Content;
use staffel::actions::offers::Snapshot;
use staffel::saying;

use crate::batch::{Batch, Case, Maker};
use crate::words;
use crate::world::House;

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// What a flat round costs, and an hour of an hourly one.
const CHARGE: i64 = 8_500;

/// A round, before it becomes rows.
pub struct Round<'a> {
    /// Key.
    pub id: i64,
    /// Where it stands.
    pub status: Status,
    /// Who works.
    pub partner: &'a House,
    /// The organization that stands for the lead there: key and name.
    pub mirror: (i64, &'a str),
    /// The partner's ticket, if it accepted.
    pub partner_ticket: Option<i64>,
    /// Accepted, if it was.
    pub accepted: i64,
    partnership: i64,
    sent: i64,
}

const LIVE: [Status; 6] = [
    Status::InProgress,
    Status::Assigned,
    Status::InProgress,
    Status::Accepted,
    Status::WaitingApproval,
    Status::Unsent,
];

impl<'a> Round<'a> {
    /// The round of this number at a company.
    pub fn new(
        maker: &mut Maker<'a>,
        lead: &'a House,
        number: i64,
        current: bool,
        created: i64,
    ) -> Self {
        let place = usize::try_from(number).unwrap_or(0);
        let status = match number % 20 {
            _ if current => LIVE[place % LIVE.len()],
            0 => Status::Declined,
            1 => Status::Expired,
            2 => Status::Canceled,
            3 => Status::Returned,
            _ => Status::Complete,
        };
        let chosen = &lead.partners[place % lead.partners.len()];
        maker.last.round += 1;
        let id = maker.last.round;
        let partner_ticket = status.accepted_once().then(|| {
            maker.last.ticket += 1;
            maker.last.ticket
        });
        Self {
            id,
            status,
            partner: &maker.houses[chosen.house],
            mirror: (chosen.lead_there.0, &chosen.lead_there.1),
            partner_ticket,
            accepted: maker.past(created + 60 * MINUTE),
            partnership: chosen.partnership,
            sent: maker.past(created + 20 * MINUTE),
        }
    }

    /// Whether only its terms were saved.
    pub fn is_unsent(&self) -> bool {
        self.status == Status::Unsent
    }

    /// The moves that led here: who made each, and where it led.
    fn moves(&self) -> Vec<(Move, Status, &'static str)> {
        let sent = (Move::Send, Status::Assigned, "lead");
        let accepted = (Move::Accept, Status::Accepted, "partner");
        let begun = (Move::BeginWork, Status::InProgress, "partner");
        let reported = (Move::ReportCompletion, Status::WaitingApproval, "partner");
        match self.status {
            Status::Unsent => vec![],
            Status::Assigned => vec![sent],
            Status::Accepted => vec![sent, accepted],
            Status::InProgress => vec![sent, accepted, begun],
            Status::WaitingApproval => vec![sent, accepted, begun, reported],
            Status::Complete => {
                vec![sent, accepted, begun, reported, (Move::Approve, Status::Complete, "lead")]
            }
            Status::Declined => vec![sent, (Move::Decline, Status::Declined, "partner")],
            Status::Canceled => vec![sent, (Move::Cancel, Status::Canceled, "lead")],
            Status::Expired => vec![sent, (Move::Expire, Status::Expired, "clock")],
            Status::Returned => vec![sent, accepted, (Move::Return, Status::Returned, "partner")],
        }
    }
}

/// The round of a ticket, its history, what the lead bills, the system notes.
pub fn write(maker: &mut Maker, batch: &mut Batch, case: &mut Case) {
    let Some(round) = case.round.take() else { return };
    // Four in five are sent by the dispatcher.
    let lead = case.house;
    let sender = if case.chance.below(5) > 0 { &lead.people[0] } else { &lead.people[1] };
    let sent = (!round.is_unsent()).then_some(round.sent);
    let accepted = round.partner_ticket.is_some().then_some(round.accepted);
    let last = case.times.last().copied().unwrap_or(round.accepted).max(round.accepted);
    let since = match round.status {
        Status::Unsent | Status::Assigned => round.sent,
        Status::Accepted => round.accepted,
        _ => last,
    };
    let accept_by =
        if round.status == Status::Assigned { maker.now + 5 * DAY } else { round.sent + DAY };
    let snapshot = Snapshot {
        title: case.subject.title.clone(),
        description: case.subject.description.clone(),
        priority: "medium".to_owned(),
        site: case.subject.site.to_owned(),
        ..Snapshot::default()
    };
    batch.rounds.push(params![
        round.id,
        format!("bench-round-{}", round.id),
        lead.id,
        &lead.name,
        case.id,
        round.partner.id,
        &round.partner.name,
        round.partner_ticket,
        round.partnership,
        round.status.name(),
        since,
        accept_by,
        Option::<i64>::None,
        "hourly",
        "EUR",
        CHARGE,
        800_i64,
        "Bitte Zeiten am selben Tag erfassen.",
        r#"{"contact":false,"device":false,"notes":[],"files":[]}"#,
        serde_json::to_string(&snapshot).unwrap_or_default(),
        if round.status == Status::Declined { "Kein Termin frei." } else { "" },
        sent.map(|_| sender.0),
        sent.map_or("", |_| sender.1.as_str()),
        sent,
        accepted,
        matches!(round.status, Status::WaitingApproval | Status::Complete).then_some(last),
        round.status.has_ended().then_some(last),
        0_i64,
        round.sent,
        1_i64,
    ]);
    batch.billing.push(params![round.id, lead.id, 11_000_i64, "Remote"]);
    for (step, (mv, to, side)) in round.moves().into_iter().enumerate() {
        let at = [round.sent, round.accepted, last][step.min(2)];
        let person = match side {
            "lead" => sender.1.as_str(),
            "partner" => round.partner.people[1].1.as_str(),
            _ => "",
        };
        batch.moves.push(params![round.id, at, mv.name(), to.name(), side, person, ""]);
        told(maker, batch, case, &round, mv, at);
    }
    case.round = Some(round);
}

/// The system notes of a move.
fn told(maker: &mut Maker, batch: &mut Batch, case: &Case, round: &Round, mv: Move, at: i64) {
    let key = match mv {
        Move::Send => turn::NOTE_SENT,
        Move::Accept => turn::NOTE_ACCEPTED,
        Move::Approve => turn::NOTE_APPROVED,
        _ => return,
    };
    let message = Message::new(key)
        .with("partner", round.partner.name.as_str())
        .with("lead", case.house.name.as_str());
    let kept = saying::keep(&message).unwrap_or_default();
    let partner = round.partner_ticket.filter(|_| mv != Move::Send);
    let tickets = [Some((case.house.id, case.id)), partner.map(|id| (round.partner.id, id))];
    for (company, ticket) in tickets.into_iter().flatten() {
        maker.last.item += 1;
        batch.items.push(params![
            maker.last.item,
            company,
            ticket,
            ItemKind::Note.name(),
            Publish::Internal.name(),
            "",
            "",
            kept.as_str(),
            Option::<i64>::None,
            round.partner.people[1].1.as_str(),
            Option::<i64>::None,
            false,
            1_i64,
            at,
        ]);
    }
}

/// A written item: who wrote it, what it says.
struct Written<'a> {
    company: i64,
    ticket: i64,
    kind: ItemKind,
    publish: Publish,
    body: String,
    author: &'a (i64, String),
    round: Option<i64>,
    at: i64,
}

/// Who made the row: a person, the other side, or the program.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hand {
    Person,
    Copy,
    Program,
}

fn item(maker: &mut Maker, batch: &mut Batch, written: &Written, hand: Hand) -> i64 {
    maker.last.item += 1;
    let author = (hand == Hand::Person).then_some(written.author.0);
    let round = written.round.filter(|_| hand == Hand::Person);
    batch.items.push(params![
        maker.last.item,
        written.company,
        written.ticket,
        written.kind.name(),
        written.publish.name(),
        "",
        &written.body,
        Option::<&str>::None,
        author,
        &written.author.1,
        round,
        hand == Hand::Copy,
        1_i64,
        written.at,
    ]);
    maker.last.item
}

/// Note number `step` of a ticket, counted from 0, and what goes with it on the other side.
pub fn note(maker: &mut Maker, batch: &mut Batch, case: &mut Case, step: i64) {
    let Some(at) = usize::try_from(step).ok().and_then(|step| case.times.get(step).copied()) else {
        return;
    };
    let author = case.chance.pick(&case.house.people);
    let body = words::text(&mut case.chance);
    let own = Written {
        company: case.house.id,
        ticket: case.id,
        kind: ItemKind::Note,
        publish: Publish::All,
        body,
        author,
        round: None,
        at,
    };
    let Some((round, partner_ticket)) =
        case.round.as_ref().and_then(|round| Some((round, round.partner_ticket?)))
    else {
        item(maker, batch, &own, Hand::Person);
        return;
    };
    let their = Written {
        company: round.partner.id,
        ticket: partner_ticket,
        author: &round.partner.people[1],
        body: own.body.clone(),
        round: Some(round.id),
        kind: ItemKind::Note,
        publish: Publish::All,
        at: at.max(round.accepted),
    };
    match step {
        0 => {
            item(maker, batch, &own, Hand::Person);
            item(
                maker,
                batch,
                &Written { publish: Publish::Internal, round: None, ..their },
                Hand::Person,
            );
        }
        1 => {
            let own = Written { round: Some(round.id), ..own };
            let copy = Written { author, publish: Publish::Internal, ..their };
            cross(maker, batch, round, Side::Lead, (&own, &copy), None);
        }
        2 => {
            let copy = Written { author: their.author, ..own };
            cross(maker, batch, round, Side::Partner, (&their, &copy), None);
            work(maker, batch, case, &their.body, at);
        }
        _ => {
            item(maker, batch, &own, Hand::Person);
        }
    }
}

/// An item, its copy, the link, the record.
fn cross(
    maker: &mut Maker,
    batch: &mut Batch,
    round: &Round,
    from: Side,
    (origin, copy): (&Written, &Written),
    worked: Option<i64>,
) -> (i64, i64) {
    let (first, second) =
        (item(maker, batch, origin, Hand::Person), item(maker, batch, copy, Hand::Copy));
    let state = if round.status.is_live() { LinkState::Linked } else { LinkState::Ended };
    batch.links.push(params![round.id, from.name(), first, second, state.name(), 1_i64]);
    let content = Content {
        title: String::new(),
        body: origin.body.clone(),
        author: origin.author.1.clone(),
        day: worked.map(|_| maker.day(origin.at).to_string()),
        worked,
        deduct: worked.map(|_| 0),
        ..Content::default()
    };
    batch.crossings.push(params![
        format!("bench-crossing-{first}"),
        round.id,
        origin.at,
        from.name(),
        Change::Create.name(),
        origin.kind.name(),
        copy.kind.name(),
        first,
        1_i64,
        second,
        &origin.author.1,
        serde_json::to_string(&content).unwrap_or_default(),
    ]);
    (first, second)
}

/// The partner's time on both sides and, once the round is complete, the charge that bundles it.
fn work(maker: &mut Maker, batch: &mut Batch, case: &Case, body: &str, at: i64) {
    let Some((round, ticket)) =
        case.round.as_ref().and_then(|round| Some((round, round.partner_ticket?)))
    else {
        return;
    };
    if !matches!(round.status, Status::InProgress | Status::WaitingApproval | Status::Complete) {
        return;
    }
    let (hours, author) = (150_i64, &round.partner.people[1]);
    let written = |company: i64, ticket: i64| Written {
        company,
        ticket,
        kind: ItemKind::TimeEntry,
        publish: Publish::All,
        body: body.to_owned(),
        author,
        round: Some(round.id),
        at,
    };
    let (own, copy) = (written(round.partner.id, ticket), written(case.house.id, case.id));
    let (first, second) = cross(maker, batch, round, Side::Partner, (&own, &copy), Some(hours));
    let day = maker.day(at).to_string();
    for (id, company, rate) in [(first, round.partner.id, CHARGE), (second, case.house.id, 11_000)]
    {
        let nobody: Value = Value::Null;
        batch.times.push(params![
            id,
            company,
            day.as_str(),
            &nobody,
            &nobody,
            hours,
            0_i64,
            true,
            rate,
            "EUR",
            "",
        ]);
    }
    if round.status == Status::Complete {
        let bundle =
            Written { kind: ItemKind::Charge, publish: Publish::Internal, round: None, ..copy };
        let id = item(maker, batch, &bundle, Hand::Program);
        batch.charges.push(params![
            id,
            case.house.id,
            day,
            hours,
            "EUR",
            CHARGE,
            0_i64,
            false,
            round.id
        ]);
    }
}
