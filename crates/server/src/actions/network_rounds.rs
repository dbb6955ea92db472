//! One-way rounds: a ticket leaves for a network, and the lead closes it again (section 6; decision 9).
//! Locks are taken as everywhere: rounds first, the partner's and then the network's, then the ticket.

mod left;

pub use left::{filled, left, sample};

use db::Tx;
use domain::ids::{CompanyId, NetworkId, NetworkRoundId, TicketId};
use domain::message::Message;
use domain::money::Money;
use domain::network::{Action, Move, Status, may_receive_tickets};
use domain::outsourcing::{Move as PartnerMove, Status as Shown, may_start_round};
use domain::permission::{Permission, for_network_move};
use domain::terms::{Billing, RATE_NEGATIVE};
use domain::ticket::{TicketStatus, limits};

use super::rounds::{self, By};
use super::{check, items};
use crate::app::Acting;
use crate::mail;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::audits::Subject;
use crate::store::mails::NewMail;
use crate::store::network_rounds::{Left, NetworkRound, Step};
use crate::store::networks::Network;
use crate::store::outsourcings::Outsourcing;
use crate::store::tickets::Ticket;

/// What a person decides when a ticket goes to a network.
#[derive(Debug, Clone)]
pub struct Order {
    /// To whom.
    pub network: NetworkId,
    /// What the network is told, where its template has a place for it.
    pub message: String,
    /// What the customer is billed; it never leaves.
    pub billing: Billing,
}

/// Hands a ticket to a network. Terms for a partner that were saved and not sent are dropped.
pub fn send(
    tx: &mut Tx,
    acting: &Acting,
    ticket: TicketId,
    order: &Order,
) -> Result<NetworkRoundId, Problem> {
    check::require(acting, Permission::Outsource)?;
    wrong(order).check()?;
    let ticket = free_ticket(tx, acting, ticket)?;
    let network =
        store::networks::lock(tx, acting.actor.company, order.network)?.ok_or(Problem::NotFound)?;
    may_receive_tickets(network.active)?;
    let round = fresh(tx, acting, &ticket, &network, order)?;
    let id = match store::network_rounds::create(tx, &round) {
        Err(error) if error.is_unique() => return Err(domain::Refusal::RoundLive.into()),
        other => other?,
    };
    let round = NetworkRound { id, version: 1, ..round };
    queue_letters(tx, acting, &round, &network)?;
    store::networks::used(tx, acting.actor.company, network.id, acting.now)?;
    write_down(tx, acting, &round, Move::Send)?;
    Ok(id)
}

fn wrong(order: &Order) -> Mistakes {
    let mut mistakes = Mistakes::default();
    check::short(&mut mistakes, "message", &order.message, limits::INSTRUCTIONS);
    check::short(&mut mistakes, "work_type", &order.billing.work_type, 100);
    if order.billing.billing_rate.is_some_and(Money::is_negative) {
        mistakes.add("billing_rate", Message::new(RATE_NEGATIVE));
    }
    mistakes
}

/// The ticket, locked, if a round may begin on it. Nothing begins on it as long as the lock is held, as everybody
/// who begins a round holds it.
fn free_ticket(tx: &mut Tx, acting: &Acting, id: TicketId) -> Result<Ticket, Problem> {
    let company = acting.actor.company;
    let partner = store::outsourcings::live_of_ticket(tx, company, id)?;
    let ticket = store::tickets::lock(tx, company, id)?.ok_or(Problem::NotFound)?;
    let live = ticket.outsource_status.is_some_and(Shown::is_live);
    let complete = ticket.status == TicketStatus::Complete;
    may_start_round(complete, live, ticket.insourced_from.is_some())?;
    let newest = store::network_rounds::newest(tx, company, id)?;
    Status::after(newest.map(|round| round.status), Move::Send)?;
    match partner {
        Some(unsent) => {
            rounds::apply(tx, By::Person(acting), &unsent, PartnerMove::Remove, "")?;
        }
        // Terms that were saved after we looked and before we had the ticket.
        None if ticket.outsource_status == Some(Shown::Unsent) => return Err(Problem::Stale),
        None => {}
    }
    Ok(ticket)
}

fn fresh(
    tx: &mut Tx,
    acting: &Acting,
    ticket: &Ticket,
    network: &Network,
    order: &Order,
) -> Result<NetworkRound, Problem> {
    let company = store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
    Ok(NetworkRound {
        id: NetworkRoundId(0),
        public_id: uuid::Uuid::now_v7().to_string(),
        company: company.id,
        ticket: ticket.id,
        network: network.id,
        network_name: network.name.clone(),
        action: network.action,
        status: Status::Assigned,
        since: acting.now,
        message: order.message.clone(),
        left: left(tx, acting, ticket, network, &order.message)?,
        billing: order.billing.clone(),
        currency: company.currency,
        sent_by: Some(acting.actor.person),
        sent_name: acting.actor.name.clone(),
        sent_at: acting.now,
        ended_at: None,
        reason: String::new(),
        version: 0,
    })
}

/// The names of a round's letters begin with this.
fn letter_name(round: &NetworkRound, address: &str) -> String {
    format!("network {} {address}", round.public_id)
}

/// The letter to each recipient, as it was shown.
fn queue_letters(
    tx: &mut Tx,
    acting: &Acting,
    round: &NetworkRound,
    network: &Network,
) -> Result<(), Problem> {
    let Left { recipients, subject, body, .. } = &round.left;
    let sender = store::people::of(tx, acting.actor.company, acting.actor.person)?;
    let reply_to = sender.map(|sender| sender.email).unwrap_or_default();
    for address in recipients.lines() {
        let new = NewMail {
            name: letter_name(round, address),
            company: None,
            kind: "network",
            to_address: address.to_owned(),
            to_name: super::letters::one_line(&network.name),
            language: network.language,
            subject: subject.clone(),
            body: body.clone(),
            html: mail::text_page(network.language, subject, body),
            reply_to: reply_to.clone(),
        };
        store::mails::queue(tx, &new, acting.now)?;
    }
    Ok(())
}

/// How far the letters of a round have got: address and state, in the order of the recipients.
pub fn letters(
    tx: &mut Tx,
    round: &NetworkRound,
) -> Result<Vec<(String, Option<store::mails::State>)>, Problem> {
    round
        .left
        .recipients
        .lines()
        .map(|address| {
            let state = store::mails::state_of(tx, &letter_name(round, address))?;
            Ok((address.to_owned(), state))
        })
        .collect()
}

/// Makes a move that a person asked for.
pub fn play(
    tx: &mut Tx,
    acting: &Acting,
    id: NetworkRoundId,
    mv: Move,
    reason: &str,
) -> Result<NetworkRound, Problem> {
    check::require(acting, for_network_move(mv))?;
    if matches!(mv, Move::Send | Move::CompleteTicket) {
        return Err(Problem::NotFound);
    }
    let mut mistakes = Mistakes::default();
    check::short(&mut mistakes, "reason", reason, limits::REASON);
    mistakes.check()?;
    let round =
        store::network_rounds::lock(tx, acting.actor.company, id)?.ok_or(Problem::NotFound)?;
    store::tickets::lock(tx, round.company, round.ticket)?.ok_or(Problem::NotFound)?;
    end(tx, acting, &round, mv, reason)
}

/// Ends a live round; it and its ticket are locked.
pub fn end(
    tx: &mut Tx,
    acting: &Acting,
    round: &NetworkRound,
    mv: Move,
    reason: &str,
) -> Result<NetworkRound, Problem> {
    let status = Status::after(Some(round.status), mv)?;
    let after = NetworkRound {
        status,
        since: acting.now,
        ended_at: Some(acting.now),
        reason: reason.trim().to_owned(),
        ..round.clone()
    };
    if !store::network_rounds::save(tx, &after)? {
        return Err(Problem::Stale);
    }
    if mv == Move::Cancel {
        // What has not left yet need not leave any more.
        store::mails::drop_queued(tx, &letter_name(&after, ""))?;
    }
    write_down(tx, acting, &after, mv)?;
    Ok(NetworkRound { version: after.version + 1, ..after })
}

/// History, ticket, system note, audit, word to whoever looks.
fn write_down(tx: &mut Tx, acting: &Acting, round: &NetworkRound, mv: Move) -> Result<(), Problem> {
    let step = Step {
        at: acting.now,
        mv,
        to: round.status,
        person: acting.actor.name.clone(),
        reason: round.reason.clone(),
    };
    store::network_rounds::record(tx, round.id, &step)?;
    show(tx, round)?;
    let name = &acting.actor.name;
    items::system_note(tx, round.company, round.ticket, name, &note(round, mv), acting.now)?;
    let ticket = store::tickets::of(tx, round.company, round.ticket)?.ok_or(Problem::NotFound)?;
    let about = format!("{} · {}", ticket.number, round.network_name);
    let told = (audit_key(mv), about.as_str(), round.reason.as_str());
    store::audits::record_on(tx, acting, Subject::Ticket(round.ticket), told)?;
    store::tickets::touch(tx, round.company, round.ticket, acting.now)?;
    tx.notify("company", &round.company.to_string())?;
    Ok(())
}

/// Puts status and network on the ticket (section 7).
fn show(tx: &mut Tx, round: &NetworkRound) -> Result<(), Problem> {
    let status = round.status.shown();
    let to = status.names_partner().then_some(round.network_name.as_str());
    Ok(store::tickets::show_outsourced(tx, round.company, round.ticket, to, Some(status))?)
}

/// Puts the newest round of either kind on the ticket, after one that was never sent is gone.
pub fn show_newest(tx: &mut Tx, company: CompanyId, ticket: TicketId) -> Result<(), Problem> {
    let partner = store::outsourcings::on_ticket(tx, company, ticket)?.into_iter().next();
    let network = store::network_rounds::newest(tx, company, ticket)?;
    match (partner, network) {
        (Some(case), Some(round)) if !round.is_newer_than(&case) => show_partner(tx, &case),
        (_, Some(round)) => show(tx, &round),
        (Some(case), None) => show_partner(tx, &case),
        (None, None) => Ok(store::tickets::show_outsourced(tx, company, ticket, None, None)?),
    }
}

fn show_partner(tx: &mut Tx, case: &Outsourcing) -> Result<(), Problem> {
    rounds::show_on_lead(tx, case, Some(case.round.status))
}

fn note(round: &NetworkRound, mv: Move) -> Message {
    let key = match (mv, round.action) {
        (Move::Send, Action::Email) => "note-network-mailed",
        (Move::Send, Action::LiveLink) => "note-network-linked",
        (Move::Send, Action::Nothing) => "note-network-sent",
        (Move::Cancel, _) if round.reason.is_empty() => "note-network-canceled",
        (Move::Cancel, _) => "note-network-canceled-reason",
        (Move::Complete | Move::CompleteTicket, _) => "note-network-completed",
    };
    let note = Message::new(key).with("network", round.network_name.as_str());
    if key == "note-network-canceled-reason" {
        return note.with("reason", round.reason.as_str());
    }
    note
}

fn audit_key(mv: Move) -> &'static str {
    match mv {
        Move::Send => "audit-network-round-send",
        Move::Complete => "audit-network-round-complete",
        Move::Cancel => "audit-network-round-cancel",
        Move::CompleteTicket => "audit-network-round-complete_ticket",
    }
}

/// What completing the ticket means for its live one-way round: it ends with it (as section 9, row 13).
pub fn before_status(
    tx: &mut Tx,
    acting: &Acting,
    round: Option<NetworkRound>,
    to: TicketStatus,
) -> Result<(), Problem> {
    match round {
        Some(round) if to == TicketStatus::Complete => {
            super::rounds::may_decide_by_completing(acting)?;
            end(tx, acting, &round, Move::CompleteTicket, "").map(|_| ())
        }
        _ => Ok(()),
    }
}
