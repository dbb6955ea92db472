//! Compares both tickets with what should stand there.

use std::collections::BTreeMap;

use db::{Tx, params};
use domain::outsourcing::Side;
use domain::sync::{ItemKind, Publish};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use staffel::problem::Problem;
use staffel::store;
use staffel::store::items::Part;

use super::model::Copy;
use super::stage::{History, Stage, hours_of};

/// An item as it stands on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    body: String,
    kind: &'static str,
    publish: Publish,
}

/// Both sides are as the model says, and the records say the same.
pub fn both_sides(stage: &Stage, history: &History) -> Result<(), TestCaseError> {
    let model = &history.model;
    let mut there: BTreeMap<Side, Vec<Seen>> = BTreeMap::new();
    for side in [Side::Lead, Side::Partner] {
        there.insert(side, stage.copies(history, side));
    }
    for side in [Side::Lead, Side::Partner] {
        let mut expected: Vec<Seen> = model
            .copies_at(side)
            .into_iter()
            .map(|at| {
                let own = &model.items[at];
                Seen {
                    body: own.copy.text().unwrap().to_owned(),
                    kind: kind_across(own.what.kind, own.side).name(),
                    // Whoever detached or got it by the end may publish it; nobody does in these histories.
                    publish: Publish::Internal,
                }
            })
            .collect();
        let mut found = there[&side].clone();
        expected.sort_by(|a, b| a.body.cmp(&b.body));
        found.sort_by(|a, b| a.body.cmp(&b.body));
        prop_assert_eq!(&found, &expected, "copies at the {:?}", side);
        for seen in &found {
            prop_assert!(
                !seen.body.contains("geheim"),
                "something crossed that may not: {:?}",
                seen
            );
        }
        let mut own: Vec<_> =
            model.alive(side).into_iter().filter_map(|at| model.items[at].text.clone()).collect();
        own.sort();
        prop_assert_eq!(stage.own(history, side), own, "own items of the {:?}", side);
    }
    records(stage, history)
}

/// The status on both tickets, the history, the list of crossings, the bundle.
fn records(stage: &Stage, history: &History) -> Result<(), TestCaseError> {
    let model = &history.model;
    let Some(round) = history.round else { return Ok(()) };
    let (lead, partner, moves) = stage.statuses(history);
    let status = model.status.map(domain::outsourcing::Status::name);
    prop_assert_eq!(lead.as_deref(), status, "at the lead");
    if let Some(partner) = partner {
        prop_assert_eq!(Some(partner.as_str()), status, "at the partner");
    }
    prop_assert_eq!(moves, model.moves, "every move has its row, and no row is there twice");
    let (creates, deletes) = stage.crossings(round);
    let came = model.items.iter().filter(|own| own.crossed_in == model.rounds);
    let stands = came.filter(|own| own.copy != Copy::None).count();
    prop_assert_eq!(creates - deletes, stands, "crossed exactly once");
    let bundled = stage.bundled(history);
    prop_assert_eq!(bundled, history.owed, "hours in bundles");
    Ok(())
}

const fn kind_across(kind: ItemKind, from: Side) -> ItemKind {
    match (kind, from) {
        (ItemKind::TimeEntry, Side::Lead) => ItemKind::Note,
        _ => kind,
    }
}

impl Stage<'_> {
    fn copies(&self, history: &History, side: Side) -> Vec<Seen> {
        self.items(history, side, |item| {
            item.is_copy.then(|| Seen {
                body: text_of(item),
                kind: item.kind().name(),
                publish: item.publish,
            })
        })
    }

    fn own(&self, history: &History, side: Side) -> Vec<String> {
        let mut texts = self.items(history, side, |item| {
            let bundle = matches!(&item.part, Part::Charge(charge) if charge.bundle_of.is_some());
            (!item.is_copy && !item.is_system() && !bundle).then(|| text_of(item))
        });
        texts.sort();
        texts
    }

    fn items<T: Send + 'static>(
        &self,
        history: &History,
        side: Side,
        pick: fn(&store::items::Item) -> Option<T>,
    ) -> Vec<T> {
        let company = self.acting(side).actor.company;
        let tickets = history.tickets(side);
        self.read(move |tx| {
            let mut found = Vec::new();
            for ticket in &tickets {
                let page = store::items::stream(tx, company, *ticket, None, 500)?;
                found.extend(page.iter().filter_map(pick));
            }
            Ok(found)
        })
    }

    /// Status shown on the lead's ticket, on the partner's of the newest round, and how many moves are written down.
    fn statuses(&self, history: &History) -> (Option<String>, Option<String>, usize) {
        let (lead, partner) =
            (history.lead_ticket.0, history.tickets(Side::Partner).last().copied());
        let live = history.partner_ticket_is_current;
        self.read(move |tx| {
            let one = |tx: &mut Tx, sql: &str, id: i64| {
                tx.one(sql, &params![id], |row| row.get::<Option<String>>(0))
            };
            let ours = one(tx, "SELECT outsource_status FROM ticket WHERE id = $1", lead)?;
            let theirs = match partner.filter(|_| live) {
                Some(id) => one(tx, "SELECT insource_status FROM ticket WHERE id = $1", id.0)?,
                None => None,
            };
            let moves = "SELECT COUNT(*) FROM round_move m JOIN outsourcing o ON o.id = m.outsourcing_id WHERE o.lead_ticket = $1";
            let moves = tx.one(moves, &params![lead], |row| row.get::<i64>(0))?.unwrap();
            Ok((ours.flatten(), theirs.flatten(), usize::try_from(moves).unwrap()))
        })
    }

    /// How many items came over in a round, and how many were taken back.
    fn crossings(&self, round: domain::ids::OutsourcingId) -> (usize, usize) {
        self.read(move |tx| {
            let mut count = |change: &str| {
                let sql = "SELECT COUNT(*) FROM crossing WHERE outsourcing_id = $1 AND change = $2";
                let found = tx.one(sql, &params![round.0, change], |row| row.get::<i64>(0))?;
                Ok::<_, Problem>(usize::try_from(found.unwrap()).unwrap())
            };
            Ok((count("create")?, count("delete")?))
        })
    }

    /// Hours in the bundles on the lead's ticket, in hundredths.
    fn bundled(&self, history: &History) -> i64 {
        let lead = history.lead_ticket.0;
        self.read(move |tx| {
            let sql = "SELECT CAST(COALESCE(SUM(c.quantity), 0) AS BIGINT) FROM charge c JOIN item i ON i.id = c.item_id
                        WHERE i.ticket_id = $1 AND c.outsourcing_id IS NOT NULL";
            Ok(tx.one(sql, &params![lead], |row| row.get(0))?.unwrap())
        })
    }
}

/// The text that tells items apart: of a charge and a file it is the title.
fn text_of(item: &store::items::Item) -> String {
    match &item.part {
        Part::Charge(_) | Part::Attachment(_) => item.title.clone(),
        Part::Time(time) => {
            assert_eq!(time.worked.0, hours_of(&item.body));
            item.body.clone()
        }
        Part::Note => item.body.clone(),
    }
}
