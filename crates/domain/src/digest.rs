//! When the other side hears by mail of what crossed, and of how much (M6 of section 16): one letter once it has been
//! quiet for a while, instead of one for each item.

use jiff::{SignedDuration, Timestamp};

use crate::sync::Change;

/// The letter waits until nothing has crossed for this long …
pub const QUIET: SignedDuration = SignedDuration::from_mins(3);
/// … but no longer than this after the first thing it tells of.
pub const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// When a letter is due that tells of what crossed between these two instants.
#[must_use]
pub fn due(first: Timestamp, last: Timestamp) -> Timestamp {
    let quiet = last.saturating_add(QUIET).unwrap_or(Timestamp::MAX);
    let longest = first.saturating_add(LONGEST).unwrap_or(Timestamp::MAX);
    quiet.min(longest)
}

/// What is left to tell of a row of crossings (the item, what was done to it; in the order of time): for each item its
/// last crossing and what all of them together amount to. What came and went in between is not worth a word.
#[must_use]
pub fn net(crossings: &[(i64, Change)]) -> Vec<(usize, Change)> {
    let mut told = Vec::new();
    for (at, (item, last)) in crossings.iter().enumerate() {
        let own = |other: &&(i64, Change)| other.0 == *item;
        if crossings.iter().skip(at + 1).any(|other| own(&other)) {
            continue;
        }
        let first = crossings.iter().find(own).map_or(*last, |(_, change)| *change);
        let was_there = first != Change::Create;
        let is_there = *last != Change::Delete;
        match (was_there, is_there) {
            (false, true) => told.push((at, Change::Create)),
            (true, true) => told.push((at, Change::Edit)),
            (true, false) => told.push((at, Change::Delete)),
            (false, false) => {}
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use Change::{Create, Delete, Edit};

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn a_letter_waits_for_quiet_but_not_for_ever() {
        for (last, due_at) in [(0, 3), (1, 4), (11, 14), (12, 15), (13, 15), (14, 15)] {
            assert_eq!(due(at(0), at(last)), at(due_at), "{last}");
        }
    }

    #[test]
    fn many_crossings_of_an_item_are_told_as_one() {
        type Told = [(usize, Change)];
        let rows: [(&[(i64, Change)], &Told); 7] = [
            (&[(1, Create)], &[(0, Create)]),
            (&[(1, Create), (1, Edit)], &[(1, Create)]),
            (&[(1, Edit), (1, Edit)], &[(1, Edit)]),
            (&[(1, Edit), (1, Delete)], &[(1, Delete)]),
            (&[(1, Create), (1, Edit), (1, Delete)], &[]),
            // Made internal and public again: it is there, and may read differently.
            (&[(1, Delete), (1, Create)], &[(1, Edit)]),
            (
                &[(1, Create), (2, Edit), (1, Edit), (3, Delete)],
                &[(1, Edit), (2, Create), (3, Delete)],
            ),
        ];
        for (crossings, told) in rows {
            assert_eq!(net(crossings), told, "{crossings:?}");
        }
    }
}
