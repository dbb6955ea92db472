//! Whole histories of two companies: random moves, edits, detaches, answers at the same instant, and the death of the
//! process between any two statements. After every step both sides agree, nothing internal has crossed, and everything
//! else has crossed exactly once.
//!
//! `model` says, in its own words and without the program's rules, what should stand on both tickets; `stage` plays the
//! steps through the actions; `check` compares.

mod check;
mod copies;
mod model;
mod rows;
mod stage;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::world::{Engine, World};
use domain::outsourcing::Move;
use domain::sync::{AttachmentKind, Publish};
use model::{Step, step};
use stage::Stage;

pub use stage::{draft, terms};

/// The same histories at every run; `STAFFEL_TEST_HISTORIES=1000` plays as many others.
const CASES: u32 = 64;

/// What a history is: its steps, each with the statement before which the process dies at the first try.
fn histories() -> impl Strategy<Value = Vec<(Step, Option<u32>)>> {
    let death = || prop::option::weighted(0.4, 0..24u32);
    // Most begin with a ticket that is at work: little can be said of one that is never sent.
    let opening = vec(prop::option::weighted(0.9, death()), 2);
    (opening, vec((step(), death()), 4..40)).prop_map(|(opening, steps)| {
        let begin = [Move::Send, Move::Accept].into_iter().zip(opening);
        begin.filter_map(|(mv, death)| Some((Step::Play(mv), death?))).chain(steps).collect()
    })
}

fn play(engine: Engine) {
    let Some(world) = World::new(engine) else { return };
    let stage = Stage::new(&world);
    let more = std::env::var("STAFFEL_TEST_HISTORIES").ok().and_then(|text| text.parse().ok());
    let config =
        Config { cases: more.unwrap_or(CASES), failure_persistence: None, ..Config::default() };
    let mut runner = match more {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let outcome = runner.run(&histories(), |steps| {
        let mut history = stage.begin();
        for (step, death) in steps {
            history.take(step, death)?;
            check::both_sides(&stage, &history)?;
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    world.both_sides_agree();
    something_happened(&world);
}

/// Histories in which nothing happens would prove nothing.
fn something_happened(world: &World) {
    for (what, sql) in [
        ("crossings", "SELECT COUNT(*) FROM crossing WHERE change = 'create'"),
        ("edits that crossed", "SELECT COUNT(*) FROM crossing WHERE change = 'edit'"),
        ("items taken back", "SELECT COUNT(*) FROM crossing WHERE change = 'delete'"),
        ("detached copies", "SELECT COUNT(*) FROM link WHERE state = 'severed'"),
        ("ties that ended", "SELECT COUNT(*) FROM link WHERE state = 'ended'"),
        ("rejections", "SELECT COUNT(*) FROM round_move WHERE move = 'reject'"),
        ("returns", "SELECT COUNT(*) FROM round_move WHERE move = 'return'"),
        ("offers that ran out", "SELECT COUNT(*) FROM round_move WHERE move = 'expire'"),
        (
            "rounds that ended with the ticket",
            "SELECT COUNT(*) FROM round_move WHERE move = 'complete_ticket'",
        ),
        (
            "unsent rounds removed",
            "SELECT COUNT(*) FROM audit WHERE action = 'audit-round-removed'",
        ),
        (
            "copies deleted by their receiver",
            "SELECT COUNT(*) FROM link l WHERE NOT EXISTS (SELECT 1 FROM item i WHERE i.id = l.copy_item)",
        ),
        (
            "links for all that were written while linked",
            "SELECT COUNT(*) FROM item i JOIN attachment a ON a.item_id = i.id
              WHERE a.kind <> 'file' AND i.publish = 'all' AND i.born_round IS NOT NULL",
        ),
        ("bundles", "SELECT COUNT(*) FROM charge WHERE outsourcing_id IS NOT NULL"),
        (
            "tickets with several rounds",
            "SELECT COUNT(*) FROM (SELECT 1 FROM outsourcing GROUP BY lead_ticket HAVING COUNT(*) > 1) AS t",
        ),
    ] {
        assert!(world.count(sql) > 0, "no {what} in any history");
    }
    let written = |column: &str, name: &str| {
        let from = "item i LEFT JOIN attachment a ON a.item_id = i.id";
        world
            .count(format!("SELECT COUNT(*) FROM {from} WHERE is_copy = 0 AND {column} = '{name}'"))
    };
    for kind in AttachmentKind::ALL {
        assert!(written("a.kind", kind.name()) > 0, "no {kind:?} in any history");
    }
    for publish in Publish::ALL {
        assert!(written("i.publish", publish.name()) > 0, "nothing {publish:?} in any history");
    }
}

#[test]
fn both_sides_agree_through_every_history_on_sqlite() {
    play(Engine::Sqlite);
}

#[test]
fn both_sides_agree_through_every_history_on_postgres() {
    play(Engine::Postgres);
}
