//! The table of all moves, whole and row by row as section 9 numbers them.

use std::fmt::Write;

use jiff::SignedDuration;

use super::*;
use crate::golden::golden;
use crate::turn::{Letter, PartnerView};

pub(crate) const NOW: Timestamp = Timestamp::UNIX_EPOCH;
pub(crate) const UNTIL: Timestamp = Timestamp::constant(86_400, 0);
const LATE: Timestamp = Timestamp::constant(86_400, 1);

pub(crate) fn round(status: Status) -> Round {
    let accepted = status.accepted_once();
    Round { status, since: NOW, accept_by: Some(UNTIL), accepted_at: accepted.then_some(NOW) }
}

fn play(status: Status, mv: Move) -> Result<Turn, Refusal> {
    let now = if mv == Move::Expire { LATE } else { UNTIL };
    round(status).play(mv.who(), mv, Some(" because "), now)
}

fn letters(status: Status, mv: Move) -> Vec<(Side, Letter)> {
    play(status, mv).unwrap().letters()
}

fn to(status: Status, mv: Move) -> Option<Status> {
    play(status, mv).unwrap().status()
}

#[test]
fn the_table_is_as_listed() {
    let mut text = String::from(
        "Every status and every move: whose move it is and where it leads, or which refusal is the answer.\n\
         Printed by a test; STAFFEL_BLESS=1 rewrites it.\n",
    );
    for status in Status::ALL {
        writeln!(text, "\n{}", status.name()).unwrap();
        for mv in Move::ALL {
            let result = match status.after(mv) {
                Ok(Next::To(to)) => format!("-> {}", to.name()),
                Ok(Next::Removed) => "-> (removed)".to_owned(),
                Err(refusal) => refusal.key().to_owned(),
            };
            let reason = if mv.asks_reason() { "reason" } else { "" };
            let line = format!("  {:<18} {:<8} {reason:<7} {result}", mv.name(), mv.who().name());
            writeln!(text, "{}", line.trim_end()).unwrap();
        }
    }
    text.push_str(&crate::network::tests::table());
    golden("moves.txt", &text);
}

/// All that is allowed; whatever is not here is refused.
#[test]
fn the_whole_table() {
    use Move as M;
    use Status as S;
    let allowed = [
        (S::Unsent, M::Send, Next::To(S::Assigned)),
        (S::Unsent, M::Remove, Next::Removed),
        (S::Assigned, M::Cancel, Next::To(S::Canceled)),
        (S::Assigned, M::Accept, Next::To(S::Accepted)),
        (S::Assigned, M::Decline, Next::To(S::Declined)),
        (S::Assigned, M::Expire, Next::To(S::Expired)),
        (S::Assigned, M::CompleteTicket, Next::To(S::Complete)),
        (S::Accepted, M::BeginWork, Next::To(S::InProgress)),
        (S::Accepted, M::ReportCompletion, Next::To(S::WaitingApproval)),
        (S::Accepted, M::Complete, Next::To(S::Complete)),
        (S::Accepted, M::CompleteTicket, Next::To(S::Complete)),
        (S::Accepted, M::Return, Next::To(S::Returned)),
        (S::InProgress, M::ReportCompletion, Next::To(S::WaitingApproval)),
        (S::InProgress, M::Complete, Next::To(S::Complete)),
        (S::InProgress, M::CompleteTicket, Next::To(S::Complete)),
        (S::InProgress, M::Return, Next::To(S::Returned)),
        (S::WaitingApproval, M::Approve, Next::To(S::Complete)),
        (S::WaitingApproval, M::Reject, Next::To(S::InProgress)),
        (S::WaitingApproval, M::Complete, Next::To(S::Complete)),
        (S::WaitingApproval, M::CompleteTicket, Next::To(S::Complete)),
    ];
    for status in S::ALL {
        for mv in M::ALL {
            let expected = allowed.iter().find(|row| (row.0, row.1) == (status, mv));
            assert_eq!(status.after(mv).ok(), expected.map(|row| row.2), "{status:?} {mv:?}");
        }
    }
}

#[test]
fn row_01_saved_terms_are_an_unsent_round() {
    let round = Round::unsent(Some(UNTIL), NOW);
    assert_eq!(round.status, Status::Unsent);
    assert_eq!(round.partner_view(), PartnerView::Nothing);
    for status in Status::ALL {
        let may = may_start_round(false, status.is_live(), false).is_ok();
        assert_eq!(may, status == Status::Unsent || status.has_ended(), "{status:?}");
    }
    assert_eq!(may_start_round(true, false, false), Err(Refusal::TicketComplete));
    assert_eq!(may_start_round(false, true, false), Err(Refusal::RoundLive));
    assert_eq!(may_start_round(false, false, true), Err(Refusal::ReceivedTicket));
}

#[test]
fn row_02_outsource_locks_the_terms_and_tells_the_partner() {
    assert_eq!(to(Status::Unsent, Move::Send), Some(Status::Assigned));
    assert!(Status::Unsent.terms_open() && !Status::Assigned.terms_open());
    assert!(!Status::Unsent.shows_partner() && Status::Assigned.shows_partner());
    assert!(!Status::Unsent.names_partner() && Status::Assigned.names_partner());
    assert_eq!(letters(Status::Unsent, Move::Send), [(Side::Partner, Letter::Assigned)]);
    assert!(play(Status::Unsent, Move::Send).unwrap().note(Side::Lead).is_some());
}

#[test]
fn row_03_an_unsent_round_is_removed_without_a_trace() {
    let turn = play(Status::Unsent, Move::Remove).unwrap();
    assert_eq!(turn.status(), None);
    assert_eq!(round(Status::Unsent).after(&turn), None);
    assert_eq!(turn.letters(), []);
    assert_eq!(turn.note(Side::Lead), None);
}

#[test]
fn row_04_cancel_frees_the_ticket_and_opens_the_terms() {
    assert_eq!(to(Status::Assigned, Move::Cancel), Some(Status::Canceled));
    assert!(!Status::Canceled.names_partner() && Status::Canceled.terms_open());
    assert_eq!(letters(Status::Assigned, Move::Cancel), [(Side::Partner, Letter::Canceled)]);
    assert!(play(Status::Assigned, Move::Cancel).unwrap().note(Side::Lead).is_some());
}

#[test]
fn row_05_accept_makes_the_partners_ticket() {
    let turn = play(Status::Assigned, Move::Accept).unwrap();
    assert_eq!(turn.status(), Some(Status::Accepted));
    assert!(turn.makes_partner_ticket());
    let after = round(Status::Assigned).after(&turn).unwrap();
    assert!(after.was_accepted() && after.status.is_linked());
    assert_eq!(turn.letters(), [(Side::Lead, Letter::Accepted)]);
}

#[test]
fn row_06_decline_says_why() {
    let turn = play(Status::Assigned, Move::Decline).unwrap();
    assert_eq!(turn.status(), Some(Status::Declined));
    assert_eq!(turn.reason.as_deref(), Some("because"));
    assert!(!turn.makes_partner_ticket());
    assert_eq!(turn.letters(), [(Side::Lead, Letter::Declined)]);
    let without = round(Status::Assigned).play(Who::PARTNER, Move::Decline, Some("  "), NOW);
    assert_eq!(without, Err(Refusal::ReasonMissing));
}

#[test]
fn row_07_the_clock_ends_an_offer_and_late_answers_are_refused() {
    let assigned = round(Status::Assigned);
    let expire = |now| assigned.play(Who::Clock, Move::Expire, None, now);
    assert_eq!(expire(LATE).unwrap().status(), Some(Status::Expired));
    assert_eq!(expire(UNTIL), Err(Refusal::OfferOpen { until: UNTIL }));
    assert_eq!(
        expire(LATE).unwrap().letters(),
        [(Side::Lead, Letter::Expired), (Side::Partner, Letter::Expired)]
    );
    for mv in [Move::Accept, Move::Decline] {
        let late = assigned.play(Who::PARTNER, mv, Some("sorry"), LATE);
        assert_eq!(late, Err(Refusal::OfferExpired { until: UNTIL }));
        assert!(assigned.play(Who::PARTNER, mv, Some("sorry"), UNTIL).is_ok());
    }
    let endless = Round { accept_by: None, ..assigned };
    assert_eq!(endless.play(Who::Clock, Move::Expire, None, LATE), Err(Refusal::NoDeadline));
}

#[test]
fn row_08_first_work_begins_it() {
    assert_eq!(to(Status::Accepted, Move::BeginWork), Some(Status::InProgress));
    assert_eq!(letters(Status::Accepted, Move::BeginWork), []);
    assert!(Status::InProgress.after(Move::BeginWork).is_err());
}

#[test]
fn row_09_reporting_completion_suspends_the_link() {
    for status in [Status::Accepted, Status::InProgress] {
        assert_eq!(to(status, Move::ReportCompletion), Some(Status::WaitingApproval));
        assert_eq!(
            letters(status, Move::ReportCompletion),
            [(Side::Lead, Letter::CompletionReported)]
        );
    }
    assert!(!Status::WaitingApproval.is_linked() && Status::WaitingApproval.is_live());
}

#[test]
fn row_10_approval_completes_and_tells_both() {
    let turn = play(Status::WaitingApproval, Move::Approve).unwrap();
    assert_eq!(turn.status(), Some(Status::Complete));
    assert!(turn.ends_link());
    assert_eq!(
        turn.letters(),
        [(Side::Lead, Letter::Completed), (Side::Partner, Letter::Completed)]
    );
    assert!(Side::ALL.into_iter().all(|side| turn.note(side).is_some()));
}

#[test]
fn row_11_rejection_says_why_and_resumes() {
    let turn = play(Status::WaitingApproval, Move::Reject).unwrap();
    assert_eq!(turn.status(), Some(Status::InProgress));
    assert_eq!(turn.letters(), [(Side::Partner, Letter::CompletionRejected)]);
    let note = turn.note(Side::Partner).unwrap();
    assert_eq!(note.args, [("reason", "because".into())]);
    let without = round(Status::WaitingApproval).play(Who::LEAD, Move::Reject, None, NOW);
    assert_eq!(without, Err(Refusal::ReasonMissing));
}

#[test]
fn row_12_the_lead_completes_at_any_time() {
    for status in [Status::Accepted, Status::InProgress] {
        assert_eq!(to(status, Move::Complete), Some(Status::Complete));
        assert!(play(status, Move::Complete).unwrap().ends_link());
        assert_eq!(letters(status, Move::Complete), [(Side::Partner, Letter::Completed)]);
    }
}

#[test]
fn row_13_the_leads_ticket_ends_any_live_round() {
    for status in Status::ALL {
        let turn = play(status, Move::CompleteTicket);
        assert_eq!(turn.is_ok(), status.is_live(), "{status:?}");
        assert!(turn.is_err() || to(status, Move::CompleteTicket) == Some(Status::Complete));
    }
    let early = play(Status::Assigned, Move::CompleteTicket).unwrap();
    assert!(!early.ends_link(), "nothing was linked, nothing is bundled");
    assert_eq!(partner_may_complete_ticket(true), Err(Refusal::ReportInstead));
    assert_eq!(partner_may_complete_ticket(false), Ok(()));
}

#[test]
fn row_14_once_accepted_nothing_is_canceled() {
    for status in [Status::Accepted, Status::InProgress, Status::WaitingApproval] {
        assert_eq!(play(status, Move::Cancel), Err(Refusal::CancelAccepted));
    }
    for status in [Status::Complete, Status::Returned] {
        assert_eq!(play(status, Move::Cancel), Err(Refusal::RoundEnded { status }));
    }
}

#[test]
fn row_15_once_accepted_nothing_is_deleted() {
    for status in Status::ALL {
        let may = may_delete_ticket(round(status).was_accepted());
        assert_eq!(may, if status.accepted_once() { Err(Refusal::TicketKept) } else { Ok(()) });
    }
}

#[test]
fn row_16_completing_while_waiting_is_approving() {
    assert_eq!(to(Status::WaitingApproval, Move::Complete), Some(Status::Complete));
    let approving = letters(Status::WaitingApproval, Move::Approve);
    assert_eq!(letters(Status::WaitingApproval, Move::Complete), approving);
}

/// Decision 8.
#[test]
fn a_partner_returns_with_a_reason_and_its_time_is_bundled() {
    for status in [Status::Accepted, Status::InProgress] {
        let turn = play(status, Move::Return).unwrap();
        assert_eq!(turn.status(), Some(Status::Returned));
        assert!(turn.ends_link());
        assert_eq!(turn.letters(), [(Side::Lead, Letter::Returned)]);
        let silent = round(status).play(Who::PARTNER, Move::Return, None, NOW);
        assert_eq!(silent, Err(Refusal::ReasonMissing));
    }
    assert_eq!(may_start_round(false, Status::Returned.is_live(), false), Ok(()));
}

#[test]
fn a_deadline_is_a_day_unless_said_otherwise() {
    let day = SignedDuration::from_hours(crate::terms::DEFAULT_ACCEPT_HOURS);
    assert_eq!(NOW + day, UNTIL);
}
