//! Letters about a round (M3 to M5, M7 to M9, M11): to the primary contact of the other company, in their language.

use db::Tx;
use domain::ids::CompanyId;
use domain::message::Message;
use domain::outsourcing::{Side, Status};
use domain::turn::{Letter as About, Turn};
use jiff::Timestamp;

use super::letters::{self, Letter, Recipient};
use super::offers::Snapshot;
use super::people::holder;
use super::rounds::By;
use crate::problem::Problem;
use crate::store;
use crate::store::outsourcings::Outsourcing;
use crate::store::partnerships::Partnership;
use crate::store::people::{Order, Person, Which};
use crate::store::tickets::Ticket;

/// Puts the letters of a move into the outbox. Nobody is written to for their own act.
pub fn queue(tx: &mut Tx, by: By, case: &Outsourcing, turn: &Turn) -> Result<(), Problem> {
    for (side, about) in turn.letters() {
        let Some(to) = recipient(tx, case, side)? else {
            unwritten(case, side, about.name());
            continue;
        };
        if own_act(tx, by, &to)? {
            continue;
        }
        let link = address(by, case, side);
        let letter = Letter {
            name: format!(
                "round {} {} {} {}",
                case.public_id,
                about.name(),
                side.name(),
                case.version
            ),
            company: Some(case.company(side)),
            kind: "round",
            subject: subject(tx, case, side, subject_key(about))?,
            lines: lines(tx, case, side, about)?,
            quote: turn.reason.clone(),
            link: Some(link),
            to,
        };
        letters::queue(tx, &letter, by.now())?;
    }
    Ok(())
}

/// Nobody can be written to. The sender was told so before (G18); whoever runs the installation reads it here.
fn unwritten(case: &Outsourcing, side: Side, about: &str) {
    let side = side.name();
    tracing::warn!(round = %case.id, side, about, "a letter about a round has no recipient");
}

fn own_act(tx: &mut Tx, by: By, to: &Recipient) -> Result<bool, Problem> {
    let By::Person(acting) = by else { return Ok(false) };
    let own = store::people::of(tx, acting.actor.company, acting.actor.person)?;
    Ok(own.is_some_and(|own| own.email.eq_ignore_ascii_case(&to.address)))
}

/// The primary contact of the company in the other's address book, else whom the invitation went to, or who sent the
/// ticket, else somebody who holds Allow All (decision G18).
pub fn recipient(
    tx: &mut Tx,
    case: &Outsourcing,
    side: Side,
) -> Result<Option<Recipient>, Problem> {
    match side {
        Side::Partner => match store::partnerships::of(tx, case.lead, case.partnership)? {
            Some(partnership) => partner_recipient(tx, &partnership),
            None => Ok(None),
        },
        Side::Lead => {
            let sender = match case.sent_by {
                Some(person) => store::people::of(tx, case.lead, person)?,
                None => None,
            };
            let reachable = match sender.filter(|sender| sender.active) {
                Some(sender) => Some(sender),
                None => in_charge(tx, case.lead)?,
            };
            let fallback = reachable.map(|sender| (sender.email.clone(), sender.name()));
            let book = store::partnerships::mapping(tx, case.partner, case.lead)?
                .map(|id| (case.partner, id));
            letters::recipient_at(tx, case.lead, book, fallback)
        }
    }
}

/// Somebody who holds Allow All, for a letter whose natural receiver has left; there always is one.
fn in_charge(tx: &mut Tx, company: CompanyId) -> Result<Option<Person>, Problem> {
    let most = store::people::page(tx, company, Which::Active, Order::MOST, None)?;
    Ok(most.into_iter().find(|person| holder(person).holds_all()))
}

/// Who at a partner gets the letters about a ticket, `None` if nobody can be written to.
pub fn partner_recipient(
    tx: &mut Tx,
    partnership: &Partnership,
) -> Result<Option<Recipient>, Problem> {
    let Some(partner) = partnership.partner_company else { return Ok(None) };
    let name = store::companies::of(tx, partner)?.map(|company| company.name).unwrap_or_default();
    let invited = Some((partnership.email.clone(), name)).filter(|(email, _)| !email.is_empty());
    letters::recipient_at(tx, partner, Some((partnership.lead, partnership.organization)), invited)
}

/// Where a side reads on: its ticket, or the offer.
pub fn address(by: By, case: &Outsourcing, side: Side) -> String {
    let base = match by {
        By::Person(acting) => acting.base_url.to_string(),
        By::Clock(_, base) => base.to_owned(),
    };
    match case.ticket(side) {
        Some(ticket) => format!("{base}/tickets/{ticket}"),
        None => format!("{base}/received/{}", case.id),
    }
}

/// The ticket number and what happened; nothing confidential.
fn subject(
    tx: &mut Tx,
    case: &Outsourcing,
    side: Side,
    key: &'static str,
) -> Result<Message, Problem> {
    let message = Message::new(key).with("other", case.name(side.other()));
    Ok(message.with("number", number(tx, case, side)?))
}

/// The number of a side's own ticket; while the partner has none, the lead's, which it is shown anyway.
pub fn number(tx: &mut Tx, case: &Outsourcing, side: Side) -> Result<String, Problem> {
    Ok(ticket(tx, case, side)?.map(|ticket| ticket.number).unwrap_or_default())
}

fn ticket(tx: &mut Tx, case: &Outsourcing, side: Side) -> Result<Option<Ticket>, Problem> {
    Ok(match case.ticket(side) {
        Some(ticket) => store::tickets::of(tx, case.company(side), ticket)?,
        None => store::tickets::of(tx, case.lead, case.lead_ticket)?,
    })
}

/// Which ticket it is about. Its title only where it is the side's own, or the offer is open: of an offer that has
/// ended no detail remains (section 19, rule 6), so that what is said later is no more than its number.
fn about_ticket(tx: &mut Tx, case: &Outsourcing, side: Side) -> Result<Message, Problem> {
    let number = number(tx, case, side)?;
    if case.ticket(side).is_some() {
        let title = ticket(tx, case, side)?.map(|own| own.title).unwrap_or_default();
        return Ok(Message::new("mail-line-ticket").with("number", number).with("title", title));
    }
    let (key, title) = match case.round.status {
        Status::Assigned => ("mail-line-lead-ticket", Snapshot::read(&case.snapshot).title),
        _ => ("mail-line-lead-number", String::new()),
    };
    let message = Message::new(key).with("number", number).with("other", case.name(side.other()));
    Ok(if title.is_empty() { message } else { message.with("title", title) })
}

fn subject_key(about: About) -> &'static str {
    match about {
        About::Assigned => "mail-subject-assigned",
        About::Canceled => "mail-subject-canceled",
        About::Accepted => "mail-subject-accepted",
        About::Declined => "mail-subject-declined",
        About::Expired => "mail-subject-expired",
        About::CompletionReported => "mail-subject-completion_reported",
        About::CompletionRejected => "mail-subject-completion_rejected",
        About::Completed => "mail-subject-completed",
        About::Returned => "mail-subject-returned",
    }
}

fn line_key(case: &Outsourcing, about: About) -> &'static str {
    match about {
        // Completed while the offer was open: no two tickets ever were linked.
        About::Completed if !case.round.was_accepted() => "mail-line-completed-unanswered",
        About::Assigned => "mail-line-assigned",
        About::Canceled => "mail-line-canceled",
        About::Accepted => "mail-line-accepted",
        About::Declined => "mail-line-declined",
        About::Expired => "mail-line-expired",
        About::CompletionReported => "mail-line-completion_reported",
        About::CompletionRejected => "mail-line-completion_rejected",
        About::Completed => "mail-line-completed",
        About::Returned => "mail-line-returned",
    }
}

fn lines(
    tx: &mut Tx,
    case: &Outsourcing,
    side: Side,
    about: About,
) -> Result<Vec<Message>, Problem> {
    let mut lines =
        vec![Message::new(line_key(case, about)).with("other", case.name(side.other()))];
    lines.push(about_ticket(tx, case, side)?);
    if about == About::Assigned {
        lines.extend(accept_by(case));
    }
    Ok(lines)
}

fn accept_by(case: &Outsourcing) -> Option<Message> {
    let until = case.round.accept_by?;
    Some(Message::new("mail-line-accept-by").with("until", until))
}

/// Reminds the partner that an offer is about to run out (M11).
pub fn remind(
    tx: &mut Tx,
    case: &Outsourcing,
    now: Timestamp,
    base_url: &str,
) -> Result<(), Problem> {
    if case.round.status != Status::Assigned {
        return Ok(());
    }
    store::outsourcings::reminded(tx, case.id)?;
    let Some(to) = recipient(tx, case, Side::Partner)? else {
        unwritten(case, Side::Partner, "reminder");
        return Ok(());
    };
    let mut lines = vec![Message::new("mail-line-reminder").with("other", case.lead_name.as_str())];
    lines.push(about_ticket(tx, case, Side::Partner)?);
    lines.extend(accept_by(case));
    let letter = Letter {
        name: format!("round {} reminder", case.public_id),
        company: Some(case.partner),
        kind: "round",
        to,
        subject: subject(tx, case, Side::Partner, "mail-subject-reminder")?,
        lines,
        quote: None,
        link: Some(address(By::Clock(now, base_url), case, Side::Partner)),
    };
    letters::queue(tx, &letter, now)
}
