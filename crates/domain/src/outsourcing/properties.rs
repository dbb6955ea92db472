//! However they play.

use jiff::SignedDuration;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::tests::{NOW, UNTIL};
use super::*;

#[derive(Debug, Clone, Copy)]
struct Attempt {
    who: Who,
    mv: Move,
    reason: Option<&'static str>,
    hours_later: i64,
}

/// Mostly whoever's move it is, so that histories get somewhere; sometimes a stranger to the move.
fn attempt() -> impl Strategy<Value = Attempt> {
    let who = prop_oneof![3 => Just(None), 1 => select(Who::ALL.to_vec()).prop_map(Some)];
    let reason = select(vec![None, Some(" "), Some("because"), Some("because")]);
    (who, select(Move::ALL.to_vec()), reason, 0..4_i64).prop_map(
        |(who, mv, reason, hours_later)| Attempt {
            who: who.unwrap_or(mv.who()),
            mv,
            reason,
            hours_later,
        },
    )
}

/// A history: every attempt, the round before it, and what came of it. A removed round is followed by a new one.
fn history(attempts: Vec<Attempt>) -> Vec<(Round, Attempt, Timestamp, Result<Turn, Refusal>)> {
    let mut round = Round::unsent(Some(UNTIL), NOW);
    let mut now = NOW;
    let mut all = Vec::new();
    for attempt in attempts {
        now += SignedDuration::from_hours(attempt.hours_later);
        let turn = round.play(attempt.who, attempt.mv, attempt.reason, now);
        let after = match &turn {
            Ok(turn) => round.after(turn).unwrap_or_else(|| Round::unsent(Some(UNTIL), now)),
            Err(_) => round.clone(),
        };
        all.push((round, attempt, now, turn));
        round = after;
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Nothing follows an end; what is played is the player's own; reasons are given; late answers never count.
    #[test]
    fn the_lead_has_the_last_word(attempts in vec(attempt(), 0..60)) {
        for (before, attempt, now, turn) in history(attempts) {
            let Ok(turn) = turn else { continue };
            prop_assert!(!before.status.has_ended(), "nothing follows {:?}", before.status);
            prop_assert_eq!(attempt.mv.who(), attempt.who);
            let completed = turn.status() == Some(Status::Complete);
            prop_assert!(!completed || attempt.who == Who::LEAD);
            let expired = turn.status() == Some(Status::Expired);
            prop_assert!(!expired || attempt.who == Who::Clock);
            prop_assert!(!expired || now > UNTIL);
            prop_assert!(!matches!(attempt.mv, Move::Accept | Move::Decline) || now <= UNTIL);
            prop_assert!(!attempt.mv.asks_reason() || turn.reason.is_some_and(|reason| !reason.is_empty()));
        }
    }

    /// Once accepted it stays accepted: no way back to an offer, to cancel, decline or expire.
    #[test]
    fn nothing_undoes_an_acceptance(attempts in vec(attempt(), 0..60)) {
        for (before, _, _, turn) in history(attempts) {
            let Ok(turn) = turn else { continue };
            if before.was_accepted() {
                let after = before.after(&turn).unwrap();
                prop_assert!(after.was_accepted() && after.status.accepted_once(), "{:?}", after.status);
            } else {
                prop_assert!(!before.status.is_linked() && before.status != Status::WaitingApproval);
                prop_assert!(!turn.ends_link());
            }
        }
    }

    /// What the page offers is exactly what the rules allow.
    #[test]
    fn every_button_works(attempts in vec(attempt(), 1..60), reason in "[a-z]{1,9}") {
        for (round, _, now, _) in history(attempts) {
            for who in Who::ALL {
                let buttons = round.moves(who, now);
                for mv in Move::ALL {
                    let allowed = round.play(who, mv, Some(&reason), now).is_ok();
                    prop_assert_eq!(buttons.contains(&mv), allowed, "{:?} {:?}", who, mv);
                }
            }
        }
    }
}

/// Random play really reaches every status, so that the properties above speak of all of them.
#[test]
fn every_status_can_be_reached() {
    let mut reached = vec![Status::Unsent];
    let mut next = 0;
    while let Some(status) = reached.get(next).copied() {
        next += 1;
        for mv in Move::ALL {
            if let Ok(Next::To(to)) = status.after(mv)
                && !reached.contains(&to)
            {
                reached.push(to);
            }
        }
    }
    reached.sort_unstable();
    assert_eq!(reached, Status::ALL);
}
