//! At the end: what was written is there once, on its side, and its copy is across once, on the right ticket.

use std::collections::{BTreeMap, BTreeSet};

use db::Row;
use domain::outsourcing::Side;
use staffel::problem::Problem;

use super::ledger::{Asked, Deed, Ledger};
use super::rounds::Played;
use crate::world::World;

/// An item that somebody wrote.
struct Own {
    id: i64,
    company: i64,
    ticket: i64,
    kind: String,
    text: String,
    born: Option<i64>,
}

/// A copy of an item: the round in which it crossed, and what stands there.
type Copy = (i64, Standing);

/// What stands on a ticket: its ticket, its kind, its text.
type Standing = (i64, String, String);

/// Everything that was acknowledged is there, nothing twice, nothing that nobody asked for, all of it on its side.
pub fn are_there(world: &World, ledger: &Ledger) {
    items_are_there(world, ledger);
    tickets_are_there(world, ledger);
}

fn items_are_there(world: &World, ledger: &Ledger) {
    let mut stored = BTreeMap::<String, i64>::new();
    for own in own_items(world) {
        let at_lead = own.text.starts_with(Side::Lead.name());
        assert_eq!(own.company == world.acme.0, at_lead, "on the wrong side: {}", own.text);
        *stored.entry(own.text).or_default() += 1;
    }
    let asked = ledger.all(|deed| match deed {
        Deed::Item(text) => Some(text),
        _ => None,
    });
    accounted(asked, &stored);
}

fn tickets_are_there(world: &World, ledger: &Ledger) {
    let company = world.acme.0;
    let sql =
        format!("SELECT title FROM ticket WHERE company_id = {company} AND title LIKE 'Störung %'");
    let mut stored = BTreeMap::<String, i64>::new();
    for title in rows(world, sql, |row| row.get(0)) {
        *stored.entry(title).or_default() += 1;
    }
    let asked = ledger.all(|deed| match deed {
        Deed::Ticket(title) => Some(title),
        _ => None,
    });
    accounted(asked, &stored);
    let numbers = "SELECT CAST(SUM(last) AS BIGINT) FROM ticket_counter";
    assert_eq!(
        world.count(numbers),
        world.count("SELECT COUNT(*) FROM ticket"),
        "a gap in the numbers"
    );
}

/// What is stored under each text is what was asked for, each text once.
fn accounted<'a>(asked: impl Iterator<Item = (&'a String, Asked)>, stored: &BTreeMap<String, i64>) {
    let mut known = BTreeSet::new();
    for (text, asked) in asked {
        asked.accounts_for(stored.get(text).copied().unwrap_or_default(), text);
        known.insert(text);
    }
    let strange: Vec<_> = stored.keys().filter(|text| !known.contains(text)).collect();
    assert!(strange.is_empty(), "nobody wrote this: {strange:?}");
}

/// What was written while linked has exactly one copy, what left with an offer one in each round that was accepted,
/// all else none.
pub fn crossed_once(world: &World, rounds: &[Played]) {
    let copies = copies(world);
    let total: usize = copies.values().map(Vec::len).sum();
    for own in own_items(world) {
        let expected: BTreeSet<Copy> =
            rounds.iter().filter_map(|round| expected(&own, round)).collect();
        let found = copies.get(&own.id).cloned().unwrap_or_default();
        assert_eq!(found.len(), expected.len(), "{} has {found:?}", own.text);
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{}", own.text);
    }
    let total = i64::try_from(total).unwrap();
    assert!(total > 0, "nothing crossed");
    let stored = "SELECT COUNT(*) FROM item WHERE is_copy = 1";
    assert_eq!(world.count(stored), total, "no copy without an origin");
    let recorded = "SELECT COUNT(*) FROM crossing WHERE change = 'create'";
    assert_eq!(world.count(recorded), total, "each crossing is on the list");
    assert_eq!(world.count("SELECT COUNT(*) FROM crossing"), total, "and nothing else is");
}

/// The copy that this item should have in this round.
fn expected(own: &Own, round: &Played) -> Option<Copy> {
    let from = [Side::Lead, Side::Partner]
        .into_iter()
        .find(|side| round.ticket(*side) == Some(own.ticket))?;
    let there = round.ticket(from.other())?;
    let born = own.born == Some(round.case.id.0);
    let shared = round.case.terms.share.notes.iter().any(|note| note.0 == own.id);
    // The lead's time is a note at the partner.
    let kind = if from == Side::Lead && own.kind == "time_entry" { "note" } else { &own.kind };
    (born || shared).then(|| (round.case.id.0, (there, kind.to_owned(), own.text.clone())))
}

fn own_items(world: &World) -> Vec<Own> {
    let sql = "SELECT id, company_id, ticket_id, kind, title || body, born_round FROM item
                WHERE is_copy = 0 AND message IS NULL AND author_id IS NOT NULL";
    rows(world, sql.into(), |row| {
        Ok(Own {
            id: row.get(0)?,
            company: row.get(1)?,
            ticket: row.get(2)?,
            kind: row.get(3)?,
            text: row.get(4)?,
            born: row.get(5)?,
        })
    })
}

/// Every copy, by its origin. The lead's time arrives with a title that its text does not have.
fn copies(world: &World) -> BTreeMap<i64, Vec<Copy>> {
    let sql = "SELECT l.origin_item, l.outsourcing_id, c.ticket_id, c.kind,
                      CASE WHEN c.body = '' THEN c.title ELSE c.body END
                 FROM link l JOIN item c ON c.id = l.copy_item AND c.is_copy = 1";
    let found = rows(world, sql.into(), |row| {
        let standing = (row.get(2)?, row.get(3)?, row.get(4)?);
        Ok((row.get::<i64>(0)?, (row.get::<i64>(1)?, standing)))
    });
    let mut copies = BTreeMap::<i64, Vec<Copy>>::new();
    for (origin, copy) in found {
        copies.entry(origin).or_default().push(copy);
    }
    copies
}

/// Both companies read the content of every file that stands on their side.
pub async fn files_are_whole(world: &World) {
    let files = rows(world, FILES.into(), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    assert!(!files.is_empty(), "no files");
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    for (id, company, title) in files {
        let (id, company, title): (i64, i64, String) = (id, company, title);
        let reader = if company == world.acme.0 { &mut anna } else { &mut nora };
        assert_eq!(reader.get(&format!("/files/{id}")).await.is(200).body, title);
    }
}

const FILES: &str = "SELECT i.id, i.company_id, i.title FROM item i JOIN attachment a ON a.item_id = i.id ORDER BY i.id";

/// What the database answers.
pub fn rows<T: Send + 'static>(
    world: &World,
    sql: String,
    read: fn(&Row) -> Result<T, db::Error>,
) -> Vec<T> {
    let found = world.app.db.read_blocking(move |tx| Ok::<_, Problem>(tx.all(&sql, &[], read)?));
    found.unwrap()
}
