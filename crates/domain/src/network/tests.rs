//! The table of one-way rounds, whole.

use std::fmt::Write;

use super::*;

/// As it is printed to the list of all moves.
pub(crate) fn table() -> String {
    let mut text =
        String::from("\n\nOne-way rounds with a network or vendor: every move is the lead's.\n");
    for newest in std::iter::once(None).chain(Status::ALL.map(Some)) {
        writeln!(text, "\n{}", newest.map_or("(none)", Status::name)).unwrap();
        for mv in Move::ALL {
            let result = match Status::after(newest, mv) {
                Ok(to) => format!("-> {}", to.name()),
                Err(refusal) => refusal.key().to_owned(),
            };
            writeln!(text, "  {:<18} {:<8} {:<7} {result}", mv.name(), "lead", "").unwrap();
        }
    }
    text
}

#[test]
fn whatever_is_not_listed_is_refused() {
    use Status::{Assigned, Canceled, Complete};
    let allowed = [
        (None, Move::Send, Assigned),
        (Some(Complete), Move::Send, Assigned),
        (Some(Canceled), Move::Send, Assigned),
        (Some(Assigned), Move::Complete, Complete),
        (Some(Assigned), Move::CompleteTicket, Complete),
        (Some(Assigned), Move::Cancel, Canceled),
    ];
    for newest in [None, Some(Assigned), Some(Complete), Some(Canceled)] {
        for mv in Move::ALL {
            let row = allowed.iter().find(|row| (row.0, row.1) == (newest, mv));
            assert_eq!(Status::after(newest, mv).ok(), row.map(|row| row.2), "{newest:?} {mv:?}");
        }
    }
    assert_eq!(Status::after(Some(Assigned), Move::Send), Err(Refusal::RoundLive));
    assert_eq!(Status::after(None, Move::Cancel), Err(Refusal::NetworkRoundMissing));
}

#[test]
fn a_live_round_has_two_buttons_and_an_ended_one_none() {
    for status in Status::ALL {
        let expected: &[Move] =
            if status.is_live() { &[Move::Complete, Move::Cancel] } else { &[] };
        assert_eq!(status.moves(), expected);
    }
}

#[test]
fn a_ticket_shows_both_kinds_of_rounds_in_the_same_words() {
    for status in Status::ALL {
        assert_eq!(status.shown().name(), status.name());
        assert_eq!(status.shown().is_live(), status.is_live());
    }
    for mv in Move::ALL {
        assert_eq!(mv.shown().name(), mv.name());
    }
    // Emptied on cancel, as with partners (section 7).
    assert!(Status::Complete.shown().shows_partner() && !Status::Canceled.shown().shows_partner());
}

#[test]
fn inactive_networks_and_former_organizations_get_nothing() {
    assert_eq!(may_receive_tickets(false), Err(Refusal::NetworkInactive));
    assert_eq!(may_receive_tickets(true), Ok(()));
    let fitting = OrganizationType::ALL.into_iter().filter(|kind| may_stand_for(*kind).is_ok());
    let expected =
        [OrganizationType::Customer, OrganizationType::Vendor, OrganizationType::Partner];
    assert_eq!(fitting.collect::<Vec<_>>(), expected);
}
