//! The moves of a round: asked of the domain's table, written on both sides, noted, mailed, all in one transaction.

use db::Tx;
use domain::ids::{CompanyId, OutsourcingId};
use domain::message::Message;
use domain::outsourcing::{Move, Side, Status, Who};
use domain::permission::{Permission, for_move};
use domain::ticket::TicketStatus;
use domain::turn::Turn;
use jiff::Timestamp;

use super::{check, digests, finish, items, network_rounds, offers, round_letters};
use crate::app::Acting;
use crate::problem::Problem;
use crate::store;
use crate::store::audits::{Subject, Told};
use crate::store::outsourcings::Outsourcing;
use crate::store::tickets::Ticket;

/// Who makes a move: a person of one side, or the clock.
#[derive(Clone, Copy)]
pub enum By<'a> {
    /// A person.
    Person(&'a Acting),
    /// The clock, at this instant; with the address for links in letters.
    Clock(Timestamp, &'a str),
}

impl By<'_> {
    /// When.
    pub fn now(self) -> Timestamp {
        match self {
            Self::Person(acting) => acting.now,
            Self::Clock(now, _) => now,
        }
    }

    /// The person's name; empty for the clock.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(acting) => &acting.actor.name,
            Self::Clock(..) => "",
        }
    }
}

/// Makes a move that a person asked for (a button, a form).
pub fn play(
    tx: &mut Tx,
    acting: &Acting,
    id: OutsourcingId,
    mv: Move,
    reason: &str,
) -> Result<Outsourcing, Problem> {
    if let Some(permission) = for_move(mv) {
        check::require(acting, permission)?;
    }
    if !mv.is_button() || mv == Move::Send || mv == Move::Accept {
        return Err(Problem::NotFound);
    }
    if reason.chars().count() > domain::ticket::limits::REASON {
        let limit = i64::try_from(domain::ticket::limits::REASON).unwrap_or(i64::MAX);
        return Err(crate::problem::Mistakes::one(
            "reason",
            Message::new("mistake-too-long").with("longest", limit),
        ));
    }
    let case = store::outsourcings::lock(tx, acting.actor.company, id)?.ok_or(Problem::NotFound)?;
    apply(tx, By::Person(acting), &case, mv, reason)
}

/// Makes a move that follows from what a person or the clock did; `case` is locked.
pub fn apply(
    tx: &mut Tx,
    by: By,
    case: &Outsourcing,
    mv: Move,
    reason: &str,
) -> Result<Outsourcing, Problem> {
    let who = match by {
        By::Person(acting) => {
            Who::Side(case.side_of(acting.actor.company).ok_or(Problem::NotFound)?)
        }
        By::Clock(..) => Who::Clock,
    };
    let turn = case.round.play(who, mv, Some(reason), by.now())?;
    let Some(round) = case.round.after(&turn) else {
        return remove(tx, by, case);
    };
    let mut after = Outsourcing { round, ..case.clone() };
    date(&mut after, by, &turn);
    if turn.makes_partner_ticket()
        && let By::Person(acting) = by
    {
        after.partner_ticket = Some(offers::make_ticket(tx, acting, &after)?);
    }
    if !store::outsourcings::save(tx, &after)? {
        return Err(Problem::Stale);
    }
    after.version += 1;
    write_down(tx, by, &after, &turn)?;
    if turn.makes_partner_ticket()
        && let By::Person(acting) = by
    {
        offers::bring_shared(tx, acting, &after)?;
    }
    if turn.ends_link() {
        finish::finish(tx, &after, by.now())?;
    }
    tell(tx, by, &after, &turn)?;
    Ok(after)
}

fn date(after: &mut Outsourcing, by: By, turn: &Turn) {
    if turn.reason.is_some() {
        after.reason = turn.reason.clone().unwrap_or_default();
    }
    match (turn.mv, by) {
        (Move::Send, By::Person(acting)) => {
            after.sent_by = Some(acting.actor.person);
            after.sent_name.clone_from(&acting.actor.name);
            after.sent_at = Some(by.now());
        }
        (Move::ReportCompletion, _) => after.reported_at = Some(by.now()),
        _ => {}
    }
    if after.round.status.has_ended() {
        after.ended_at = Some(by.now());
    }
}

fn remove(tx: &mut Tx, by: By, case: &Outsourcing) -> Result<Outsourcing, Problem> {
    store::outsourcings::remove(tx, case.lead, case.id)?;
    network_rounds::show_newest(tx, case.lead, case.lead_ticket)?;
    if let By::Person(acting) = by {
        let (subject, about) = about(tx, case, Side::Lead)?;
        store::audits::record_on(tx, acting, subject, ("audit-round-removed", &about, ""))?;
    }
    store::tickets::touch(tx, case.lead, case.lead_ticket, by.now())?;
    Ok(case.clone())
}

/// Puts status and partner on the lead's ticket (section 7).
pub fn show_on_lead(
    tx: &mut Tx,
    case: &Outsourcing,
    status: Option<Status>,
) -> Result<(), Problem> {
    let to = status.filter(|status| status.names_partner()).map(|_| case.partner_name.as_str());
    Ok(store::tickets::show_outsourced(tx, case.lead, case.lead_ticket, to, status)?)
}

/// History row, both tickets, system notes, audit.
fn write_down(tx: &mut Tx, by: By, after: &Outsourcing, turn: &Turn) -> Result<(), Problem> {
    let step = store::rounds::Step {
        at: by.now(),
        mv: turn.mv.name().to_owned(),
        to: turn.status(),
        side: turn.who.name().to_owned(),
        person: by.name().to_owned(),
        reason: turn.reason.clone().unwrap_or_default(),
    };
    store::rounds::record(tx, after.id, &step)?;
    show_on_lead(tx, after, Some(after.round.status))?;
    if let Some(ticket) = after.partner_ticket {
        store::tickets::show_insourced(tx, after.partner, ticket, after.round.status)?;
    }
    if turn.makes_partner_ticket() {
        store::tickets::mark_accepted(tx, after.lead, after.lead_ticket)?;
    }
    for side in Side::ALL {
        if let (Some(note), Some(ticket)) = (turn.note(side), after.ticket(side)) {
            let note = note
                .with("partner", after.partner_name.as_str())
                .with("lead", after.lead_name.as_str());
            items::system_note(tx, after.company(side), ticket, by.name(), &note, by.now())?;
        }
    }
    audit(tx, by, after, turn)
}

/// A move stands in the audit of both companies, also when the clock made it; with an address only where it was made.
fn audit(tx: &mut Tx, by: By, after: &Outsourcing, turn: &Turn) -> Result<(), Problem> {
    let key = audit_key(turn.mv);
    let reason = turn.reason.as_deref().unwrap_or_default();
    for side in Side::ALL {
        let (subject, about) = about(tx, after, side)?;
        match by {
            By::Person(acting) if acting.actor.company == after.company(side) => {
                store::audits::record_on(tx, acting, subject, (key, &about, reason))?;
            }
            _ => {
                let by_whom = match by {
                    By::Person(acting) => {
                        format!("{} ({})", acting.actor.name, after.name(side.other()))
                    }
                    By::Clock(..) => String::new(),
                };
                let told = Told {
                    company: after.company(side),
                    at: by.now(),
                    by: &by_whom,
                    subject: Some(subject),
                };
                store::audits::tell(tx, &told, (key, &about, reason))?;
            }
        }
    }
    Ok(())
}

/// The ticket of a side and the company across, for its audit.
pub fn about(tx: &mut Tx, case: &Outsourcing, side: Side) -> Result<(Subject, String), Problem> {
    let other = case.name(side.other());
    let Some(id) = case.ticket(side) else {
        return Ok((Subject::Round(case.id), other.to_owned()));
    };
    let ticket = store::tickets::of(tx, case.company(side), id)?;
    let number = ticket.map(|ticket| ticket.number).unwrap_or_default();
    Ok((Subject::Ticket(id), format!("{number} · {other}")))
}

fn audit_key(mv: Move) -> &'static str {
    match mv {
        Move::Send => "audit-round-send",
        Move::Remove => "audit-round-removed",
        Move::Cancel => "audit-round-cancel",
        Move::Accept => "audit-round-accept",
        Move::Decline => "audit-round-decline",
        Move::Expire => "audit-round-expire",
        Move::BeginWork => "audit-round-begin_work",
        Move::ReportCompletion => "audit-round-report_completion",
        Move::Approve => "audit-round-approve",
        Move::Reject => "audit-round-reject",
        Move::Complete => "audit-round-complete",
        Move::CompleteTicket => "audit-round-complete_ticket",
        Move::Return => "audit-round-return",
    }
}

/// Letters into the outbox; word to whoever looks at one of the two tickets or a list.
fn tell(tx: &mut Tx, by: By, after: &Outsourcing, turn: &Turn) -> Result<(), Problem> {
    // What crossed before is told before.
    for (side, _) in turn.letters() {
        digests::send(tx, after, side, by)?;
    }
    round_letters::queue(tx, by, after, turn)?;
    for side in Side::ALL {
        let company = after.company(side);
        if let Some(ticket) = after.ticket(side) {
            store::tickets::touch(tx, company, ticket, by.now())?;
        }
        tx.notify("company", &company.to_string())?;
    }
    Ok(())
}

/// The partner's first work sets In Progress (decision 5); anything else leaves the round as it is.
pub fn begin_work(tx: &mut Tx, acting: &Acting, case: Outsourcing) -> Result<Outsourcing, Problem> {
    let first = case.round.status == Status::Accepted
        && case.side_of(acting.actor.company) == Some(Side::Partner);
    if first { apply(tx, By::Person(acting), &case, Move::BeginWork, "") } else { Ok(case) }
}

/// What a change of the ticket's status means for its live round (section 9, rows 8 and 13; decision 4).
pub fn before_status(
    tx: &mut Tx,
    acting: &Acting,
    case: Option<Outsourcing>,
    ticket: &Ticket,
    to: TicketStatus,
) -> Result<(), Problem> {
    let Some(case) = case else { return Ok(()) };
    if to == ticket.status {
        return Ok(());
    }
    match case.side_of(acting.actor.company) {
        Some(Side::Partner) => {
            if to == TicketStatus::Complete {
                domain::outsourcing::partner_may_complete_ticket(case.round.status.is_live())?;
            }
            begin_work(tx, acting, case)?;
        }
        Some(Side::Lead) if to == TicketStatus::Complete && case.round.status.is_live() => {
            may_decide_by_completing(acting)?;
            apply(tx, By::Person(acting), &case, Move::CompleteTicket, "")?;
        }
        _ => {}
    }
    Ok(())
}

/// Completing a ticket ends its live round: that is for those who may decide rounds (section 4.1).
pub fn may_decide_by_completing(acting: &Acting) -> Result<(), Problem> {
    check::require(acting, Permission::DecideRounds)
        .map_err(|_| Problem::Forbidden(domain::Refusal::CompletionDecides))
}

/// Ends an offer whose deadline has passed (decision 7). `false` if somebody answered in the meantime.
pub fn expire(tx: &mut Tx, lead: CompanyId, id: OutsourcingId, by: By) -> Result<bool, Problem> {
    let Some(case) = store::outsourcings::lock(tx, lead, id)? else { return Ok(false) };
    if case.round.status != Status::Assigned {
        return Ok(false);
    }
    apply(tx, by, &case, Move::Expire, "")?;
    Ok(true)
}
