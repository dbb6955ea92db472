//! Letters about items that crossed (M6 of section 16): gathered while both sides write, sent once it has been quiet
//! for a while or something weightier is told anyway.

use db::Tx;
use domain::digest::{due, net};
use domain::ids::{CompanyId, OutsourcingId};
use domain::message::Message;
use domain::money::Hours;
use domain::outsourcing::Side;
use domain::sync::{Change, ItemKind};

use super::crossings::Content;
use super::letters::{self, Letter};
use super::round_letters::{address, number, recipient};
use super::rounds::By;
use crate::problem::Problem;
use crate::store;
use crate::store::digests::Digest;
use crate::store::links::Crossing;
use crate::store::outsourcings::Outsourcing;

/// So many items are told one by one; of more only the number.
const TOLD: usize = 20;
/// So much of a text stands in the letter.
const EXCERPT: usize = 160;

/// Notes that this crossing is to be told; the round is locked.
pub fn remember(
    tx: &mut Tx,
    case: &Outsourcing,
    to: Side,
    crossing: i64,
    by: By,
) -> Result<(), Problem> {
    let now = by.now();
    let before = store::digests::of(tx, case.id, to)?;
    let fresh = Digest { first_crossing: crossing, first_at: now, due_at: now };
    let digest = before.unwrap_or(fresh);
    let digest = Digest { due_at: due(digest.first_at, now), ..digest };
    Ok(store::digests::put(tx, case.id, to, &digest)?)
}

/// Writes the letter that waits for a side, if one does and something is left to tell; the round is locked.
pub fn send(tx: &mut Tx, case: &Outsourcing, to: Side, by: By) -> Result<(), Problem> {
    let Some(digest) = store::digests::of(tx, case.id, to)? else { return Ok(()) };
    store::digests::delete(tx, case.id, to)?;
    let crossed = store::links::crossings_since(tx, case.id, to.other(), digest.first_crossing)?;
    let news = news(&crossed);
    if news.is_empty() {
        return Ok(());
    }
    let Some(receiver) = recipient(tx, case, to)? else { return Ok(()) };
    let count = i64::try_from(news.len()).unwrap_or(i64::MAX);
    let other = case.name(to.other());
    let mut lines = vec![Message::new("mail-line-items").with("other", other).with("count", count)];
    lines.extend(news.iter().take(TOLD).map(|(crossing, change)| line(crossing, *change)));
    if news.len() > TOLD {
        let rest = i64::try_from(news.len() - TOLD).unwrap_or(i64::MAX);
        lines.push(Message::new("mail-items-more").with("count", rest));
    }
    let letter = Letter {
        name: format!("round {} items {} {}", case.public_id, to.name(), digest.first_crossing),
        company: Some(case.company(to)),
        kind: "items",
        to: receiver,
        subject: Message::new("mail-subject-items")
            .with("other", other)
            .with("count", count)
            .with("number", number(tx, case, to)?),
        lines,
        quote: None,
        link: Some(address(by, case, to)),
    };
    letters::queue(tx, &letter, by.now())
}

/// Writes a letter of the clock's list, if it is still due: somebody may have written in the meantime.
pub fn send_due(
    tx: &mut Tx,
    lead: CompanyId,
    id: OutsourcingId,
    to: Side,
    by: By,
) -> Result<(), Problem> {
    let Some(case) = store::outsourcings::lock(tx, lead, id)? else { return Ok(()) };
    let waits = store::digests::of(tx, id, to)?.is_some_and(|digest| digest.due_at <= by.now());
    if waits { send(tx, &case, to, by) } else { Ok(()) }
}

/// What is left to tell of these crossings.
fn news(crossed: &[Crossing]) -> Vec<(&Crossing, Change)> {
    let changes: Vec<(i64, Change)> = crossed
        .iter()
        .filter_map(|crossing| Some((crossing.origin.0, Change::from_name(&crossing.change)?)))
        .collect();
    net(&changes).into_iter().filter_map(|(at, change)| Some((crossed.get(at)?, change))).collect()
}

fn line(crossing: &Crossing, change: Change) -> Message {
    let content: Option<Content> = serde_json::from_str(&crossing.content).ok();
    let worked = content.as_ref().and_then(|content| content.worked);
    let text = content.as_ref().map(|content| excerpt(content, crossing.copy_kind));
    let message = match (change, worked) {
        (Change::Create, Some(worked)) => {
            Message::new("mail-item-time-create").with("hours", Hours(worked))
        }
        (Change::Edit, Some(worked)) => {
            Message::new("mail-item-time-edit").with("hours", Hours(worked))
        }
        (Change::Create, None) => named("mail-item-create", crossing.copy_kind),
        (Change::Edit, None) => named("mail-item-edit", crossing.copy_kind),
        (Change::Delete, _) => named("mail-item-delete", crossing.copy_kind),
    };
    message.with("person", crossing.person.as_str()).with("text", text.unwrap_or_default())
}

fn named(key: &'static str, kind: ItemKind) -> Message {
    Message::new(key).with_key("kind", kind.key())
}

/// What an item is about, on one line.
fn excerpt(content: &Content, kind: ItemKind) -> String {
    let text = match (kind, &content.file) {
        (ItemKind::Attachment, Some(file)) => file.clone(),
        // The lead's time arrives as a note that has both.
        (ItemKind::Note, _) if !content.title.is_empty() && !content.body.is_empty() => {
            format!("{}: {}", content.title, content.body)
        }
        _ if content.title.is_empty() => content.body.clone(),
        _ => content.title.clone(),
    };
    let flat = letters::one_line(&text);
    let mut short: String = flat.chars().take(EXCERPT).collect();
    if flat.chars().count() > EXCERPT {
        short.push('…');
    }
    short
}
