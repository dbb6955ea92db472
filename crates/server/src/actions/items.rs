//! Notes, time entries, charges and files: write, edit, delete, detach. Each asks the sync rules and carries what may
//! cross to the other side in the same transaction (section 10).

use db::Tx;
use domain::ids::{CompanyId, TicketId};
use domain::message::Message;
use domain::outsourcing::{Side, Status};
use domain::permission::Permission;
use domain::sync::{self, AttachmentKind, Change, Publish};
use domain::ticket::limits;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{check, crossings, rounds};
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::saying;
use crate::store;
use crate::store::audits::Subject;
use crate::store::items::{Item, ItemId, Part};
use crate::store::outsourcings::Outsourcing;

/// What a person writes: the kind's part with what all kinds share.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who may see it.
    pub publish: Publish,
    /// Title of a note, name of a charge, title of a link.
    pub title: String,
    /// Text.
    pub body: String,
    /// What the kind adds.
    pub part: Part,
}

/// Writes an item on a ticket of the acting company.
pub fn write(
    tx: &mut Tx,
    acting: &Acting,
    ticket: TicketId,
    draft: &Draft,
) -> Result<ItemId, Problem> {
    check::require(acting, Permission::EditTickets)?;
    let company = acting.actor.company;
    let case = store::outsourcings::live_of_ticket(tx, company, ticket)?;
    store::tickets::of(tx, company, ticket)?.ok_or(Problem::NotFound)?;
    wrong(draft).check()?;
    let case = match case {
        Some(case) => Some(rounds::begin_work(tx, acting, case)?),
        None => None,
    };
    let linked = case.as_ref().filter(|case| case.round.status.is_linked());
    let mut item = Item {
        id: ItemId(0),
        company,
        ticket,
        publish: draft.publish,
        title: draft.title.clone(),
        body: draft.body.clone(),
        message: None,
        author: Some(acting.actor.person),
        author_name: acting.actor.name.clone(),
        born_round: linked.map(|case| case.id),
        is_copy: false,
        revision: 1,
        created_at: acting.now,
        edited_at: None,
        part: draft.part.clone(),
    };
    item.id = store::items::create(tx, &item)?;
    if let Some(case) = &case {
        crossings::carry(tx, acting, case, &item, Change::Create)?;
    }
    store::tickets::touch(tx, company, ticket, acting.now)?;
    Ok(item.id)
}

/// Changes an item, if nobody changed it since `revision`.
pub fn edit(
    tx: &mut Tx,
    acting: &Acting,
    id: ItemId,
    revision: i64,
    draft: &Draft,
) -> Result<TicketId, Problem> {
    let (before, case) = may_change(tx, acting, id)?;
    if before.revision != revision || before.kind() != kind_of(&draft.part) {
        return Err(Problem::Stale);
    }
    let draft = Draft { part: keep_blob(&before.part, draft.part.clone()), ..draft.clone() };
    wrong(&draft).check()?;
    let after = Item {
        publish: draft.publish,
        title: draft.title,
        body: draft.body,
        part: draft.part,
        ..before.clone()
    };
    if !store::items::save(tx, &after, acting.now)? {
        return Err(Problem::Stale);
    }
    let saved = Item { revision: after.revision + 1, edited_at: Some(acting.now), ..after };
    if let Some(case) = &case {
        crossings::carry(tx, acting, case, &saved, Change::Edit)?;
    }
    store::tickets::touch(tx, acting.actor.company, before.ticket, acting.now)?;
    Ok(before.ticket)
}

fn kind_of(part: &Part) -> sync::ItemKind {
    match part {
        Part::Note => sync::ItemKind::Note,
        Part::Time(_) => sync::ItemKind::TimeEntry,
        Part::Charge(_) => sync::ItemKind::Charge,
        Part::Attachment(_) => sync::ItemKind::Attachment,
    }
}

/// The content of a file is never changed by an edit: only its title and who may see it.
/// Nor does an edit untie a bundle from its round.
fn keep_blob(before: &Part, after: Part) -> Part {
    match (before, after) {
        (Part::Attachment(kept), Part::Attachment(edited)) => {
            Part::Attachment(store::items::Attachment {
                url: if kept.kind == AttachmentKind::File { None } else { edited.url },
                ..kept.clone()
            })
        }
        (Part::Charge(kept), Part::Charge(mut edited)) => {
            edited.bundle_of = kept.bundle_of;
            Part::Charge(edited)
        }
        (_, after) => after,
    }
}

/// Deletes an item.
pub fn delete(tx: &mut Tx, acting: &Acting, id: ItemId) -> Result<TicketId, Problem> {
    let (item, case) = may_change(tx, acting, id)?;
    if let Some(case) = &case {
        crossings::carry(tx, acting, case, &item, Change::Delete)?;
    }
    store::items::delete(tx, acting.actor.company, id)?;
    audit(tx, acting, "audit-item-deleted", &item)?;
    store::tickets::touch(tx, acting.actor.company, item.ticket, acting.now)?;
    Ok(item.ticket)
}

/// Turns a copy into an own item; later changes by its owner no longer arrive (decision 3).
pub fn detach(tx: &mut Tx, acting: &Acting, id: ItemId) -> Result<TicketId, Problem> {
    check::require(acting, Permission::EditTickets)?;
    let company = acting.actor.company;
    let found = store::items::of(tx, company, id)?.ok_or(Problem::NotFound)?;
    let case = store::outsourcings::live_of_ticket(tx, company, found.ticket)?;
    let item = store::items::of(tx, company, id)?.ok_or(Problem::NotFound)?;
    let link = store::links::of_copy(tx, id)?.ok_or(Problem::NotFound)?;
    let status = case
        .as_ref()
        .filter(|case| case.id == link.round)
        .map_or(Status::Complete, |case| case.round.status);
    sync::may_detach(&crossings::facts(&item, Some(&link), link.round), status)?;
    store::links::set_state(tx, link.id, sync::LinkState::Severed)?;
    audit(tx, acting, "audit-item-detached", &item)?;
    store::tickets::touch(tx, company, item.ticket, acting.now)?;
    if let Some(case) = &case
        && let Some(other) = case.ticket(link.from)
    {
        store::tickets::touch(tx, case.company(link.from), other, acting.now)?;
    }
    Ok(item.ticket)
}

/// The item and its ticket's live round (locked), if the person may change the item now.
fn may_change(
    tx: &mut Tx,
    acting: &Acting,
    id: ItemId,
) -> Result<(Item, Option<Outsourcing>), Problem> {
    check::require(acting, Permission::EditTickets)?;
    let company = acting.actor.company;
    let found = store::items::of(tx, company, id)?.ok_or(Problem::NotFound)?;
    let case = store::outsourcings::live_of_ticket(tx, company, found.ticket)?;
    // Read again: what the lock waited for may have changed it.
    let item = store::items::of(tx, company, id)?.ok_or(Problem::NotFound)?;
    changeable(tx, acting, &item, case.as_ref())?;
    Ok((item, case))
}

/// Whether the person may edit or delete this item: their own or, as manager or administrator, a colleague's,
/// and only what the rules of the round leave open.
pub fn changeable(
    tx: &mut Tx,
    acting: &Acting,
    item: &Item,
    live: Option<&Outsourcing>,
) -> Result<(), Problem> {
    let company = acting.actor.company;
    let link = if item.is_copy {
        store::links::of_copy(tx, item.id)?
    } else {
        store::links::newest_of_origin(tx, item.id)?
    };
    let round = link.as_ref().map(|link| link.round).or(item.born_round);
    let case = match (round, live) {
        (Some(round), Some(live)) if live.id == round => Some(live.clone()),
        (Some(round), _) => store::outsourcings::of(tx, company, round)?,
        (None, live) => live.cloned(),
    };
    let (side, status) = match &case {
        Some(case) => (case.side_of(company).unwrap_or(Side::Lead), case.round.status),
        None => (Side::Lead, Status::Unsent),
    };
    let id = case.as_ref().map_or(domain::ids::OutsourcingId(0), |case| case.id);
    sync::may_edit(&crossings::facts(item, link.as_ref(), id), side, status)?;
    whose(acting, item)
}

fn whose(acting: &Acting, item: &Item) -> Result<(), Problem> {
    use domain::permission::SecurityLevel::{Administrator, Manager};
    let own = item.author == Some(acting.actor.person);
    let in_charge = matches!(acting.actor.security, Administrator | Manager);
    if own || in_charge || item.is_copy { Ok(()) } else { Err(colleagues()) }
}

fn colleagues() -> Problem {
    Problem::Colleagues
}

/// Every mistake of a draft, at the field where it is.
pub fn wrong(draft: &Draft) -> Mistakes {
    let mut mistakes = Mistakes::default();
    match &draft.part {
        Part::Note => {
            check::short(&mut mistakes, "title", &draft.title, limits::NOTE_TITLE);
            check::required(&mut mistakes, "body", &draft.body, limits::NOTE_TEXT);
        }
        Part::Time(time) => {
            check::required(&mut mistakes, "body", &draft.body, limits::TIME_SUMMARY);
            check::short(&mut mistakes, "internal_note", &time.internal_note, limits::TIME_SUMMARY);
            day(&mut mistakes, time.worked_on);
            if time.worked.0 <= 0 || time.worked.0 > limits::HOURS_WORKED {
                mistakes.add("worked", Message::new("mistake-hours-range"));
            } else if time.deduct.0 < -limits::HOURS_WORKED || time.deduct.0 > time.worked.0 {
                mistakes.add("deduct", Message::new("mistake-deduct-range"));
            }
            if time.span.is_some_and(|(start, end)| end <= start) {
                mistakes.add("end", Message::new("mistake-end-before-start"));
            }
        }
        Part::Charge(charge) => {
            check::required(&mut mistakes, "title", &draft.title, limits::CHARGE_NAME);
            check::short(&mut mistakes, "body", &draft.body, limits::CHARGE_DESCRIPTION);
            day(&mut mistakes, charge.charged_on);
            if !(1..=limits::QUANTITY).contains(&charge.quantity.0) {
                mistakes.add("quantity", Message::new("mistake-quantity-range"));
            }
            for (field, money) in
                [("unit_cost", charge.unit_cost), ("unit_price", charge.unit_price)]
            {
                if money.is_negative() || money.times(charge.quantity).is_err() {
                    mistakes.add(field, Message::new("mistake-amount-range"));
                }
            }
        }
        Part::Attachment(file) => {
            check::short(&mut mistakes, "title", &draft.title, limits::ATTACHMENT_TITLE);
            if file.kind != AttachmentKind::File {
                let url = file.url.as_deref().unwrap_or("");
                check::required(&mut mistakes, "url", url, 2000);
                if file.kind == AttachmentKind::Url && !url.is_empty() && !is_web(url) {
                    mistakes.add("url", Message::new("mistake-url"));
                }
            }
        }
    }
    mistakes
}

/// A day that somebody could have meant.
fn day(mistakes: &mut Mistakes, day: Date) {
    if !(2000..2100).contains(&day.year()) {
        mistakes.add("date", Message::new("mistake-date-range"));
    }
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Puts a note by the program on a ticket; it is about this ticket alone and never crosses.
pub fn system_note(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
    by: &str,
    message: &Message,
    now: Timestamp,
) -> Result<(), Problem> {
    let note = Item {
        id: ItemId(0),
        company,
        ticket,
        publish: Publish::Internal,
        title: String::new(),
        body: String::new(),
        message: Some(saying::keep(message)?),
        author: None,
        author_name: by.to_owned(),
        born_round: None,
        is_copy: false,
        revision: 1,
        created_at: now,
        edited_at: None,
        part: Part::Note,
    };
    store::items::create(tx, &note)?;
    Ok(())
}

/// What was done to an item: its title, or how its text begins, and its kind.
fn audit(tx: &mut Tx, acting: &Acting, action: &'static str, item: &Item) -> Result<(), Problem> {
    let beginning: String = item.body.lines().next().unwrap_or_default().chars().take(60).collect();
    let about = if item.title.is_empty() { &beginning } else { &item.title };
    let words = (action, about.as_str(), item.kind().name());
    Ok(store::audits::record_on(tx, acting, Subject::Ticket(item.ticket), words)?)
}
