//! What belongs in which room: SQL in the store, HTTP at the doors, time in the clock, and nothing
//! that runs on unseen.

use crate::{
    Complaint, Source,
    text::{Parts, has_word, numbered, parts},
};

const SERVER: &str = "crates/server/src/";

/// The rooms of the server that may contain SQL.
const SQL_ROOMS: &[&str] = &["crates/server/src/store/", "crates/server/src/reports/"];

/// The rooms that must not know who is at the door.
const INNER_ROOMS: &[&str] =
    &["crates/server/src/actions/", "crates/server/src/store/", "crates/domain/src/"];

/// Where work may be begun that nobody waits for.
const SPAWNING_ROOMS: &[&str] = &[
    "crates/server/src/main.rs",
    "crates/server/src/app.rs",
    "crates/server/src/jobs/",
    "crates/server/src/web/live.rs",
    // Waits for its thread at once.
    "crates/server/src/demo/world.rs",
];

const CLOCK: &str = "crates/server/src/clock.rs";

/// A statement in a string outside the store.
pub fn stray_sql(sources: &[Source]) -> Vec<Complaint> {
    let statements = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"];
    search(
        sources,
        // A file of tests may count rows: it shows what the store did.
        |source| {
            source.is_in(&[SERVER])
                && !source.is_in(SQL_ROOMS)
                && !source.path.ends_with("/tests.rs")
        },
        |parts| &parts.strings,
        |line| {
            let line = format!("{line} "); // a statement may go on in the next line
            let found = statements.iter().find(|statement| has_word(&line, statement))?;
            Some(format!("SQL ({}) belongs in store/ or reports/", found.trim()))
        },
    )
}

/// HTTP and pages in the rooms behind the doors.
pub fn doors_inside(sources: &[Source]) -> Vec<Complaint> {
    search(
        sources,
        |source| source.is_in(INNER_ROOMS),
        |parts| &parts.code,
        |line| {
            let found =
                ["crate::web", "axum", "maud"].into_iter().find(|word| has_word(line, word))?;
            Some(format!("{found} is a matter of the doors"))
        },
    )
}

/// Work that nobody waits for, begun where nobody looks for it.
pub fn stray_spawns(sources: &[Source]) -> Vec<Complaint> {
    let policed = |source: &Source| {
        source.is_in(&[SERVER, "crates/domain/src/"]) && !source.is_in(SPAWNING_ROOMS)
    };
    search(
        sources,
        policed,
        |parts| &parts.code,
        |line| {
            has_word(line, "spawn(").then(|| "an effect is in the transaction or a job".to_owned())
        },
    )
}

/// The time taken from the air.
pub fn stray_clocks(sources: &[Source]) -> Vec<Complaint> {
    let policed = |source: &Source| source.is_in(&["crates/"]) && !source.is_in(&[CLOCK]);
    search(
        sources,
        policed,
        |parts| &parts.code,
        |line| {
            let clocks = ["Timestamp::now", "Zoned::now", "SystemTime::now"];
            let found = clocks.into_iter().find(|clock| has_word(line, clock))?;
            Some(format!("{found}: time is an argument, ask the clock"))
        },
    )
}

/// Every line of the wanted sources about which `complaint` has something to say.
fn search(
    sources: &[Source],
    wanted: impl Fn(&Source) -> bool,
    part: impl Fn(&Parts) -> &String,
    complaint: impl Fn(&str) -> Option<String>,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| wanted(source)) {
        for (number, line) in numbered(part(&parts(&source.text))) {
            if let Some(words) = complaint(line) {
                complaints.push(format!("{}:{number}: {words}", source.path));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        complains_at, holds,
        tree::{rust, sample},
    };

    #[test]
    fn sql_stays_in_the_store() {
        holds(&stray_sql(&rust()));
    }

    #[test]
    fn a_statement_at_a_door_is_noticed() {
        let text = "//! Says SELECT in a comment.\nlet a = \"UPDATE ticket SET x = 1\";\n\
                    let b = \"\n  SELECT\n id\";\nlet c = \"Select a queue, LAST UPDATE\";\n";
        let door = "crates/server/src/web/tickets.rs";
        complains_at(
            &stray_sql(&sample(door, text)),
            &[&format!("{door}:2"), &format!("{door}:4")],
        );
        complains_at(&stray_sql(&sample("crates/server/src/store/tickets.rs", text)), &[]);
    }

    #[test]
    fn the_inner_rooms_do_not_know_the_doors() {
        holds(&doors_inside(&rust()));
    }

    #[test]
    fn a_door_inside_is_noticed() {
        let path = "crates/server/src/actions/tickets.rs";
        let text = "use crate::web::Visit;\nuse axum::Json;\n// axum is not used here\n";
        complains_at(
            &doors_inside(&sample(path, text)),
            &[&format!("{path}:1"), &format!("{path}:2")],
        );
    }

    #[test]
    fn nothing_runs_on_unseen() {
        holds(&stray_spawns(&rust()));
    }

    #[test]
    fn a_spawn_in_an_action_is_noticed() {
        let path = "crates/server/src/actions/tickets.rs";
        let text = "tokio::spawn(tell());\nspawn_blocking(hash);\n";
        complains_at(&stray_spawns(&sample(path, text)), &[&format!("{path}:1")]);
        complains_at(&stray_spawns(&sample("crates/server/src/jobs/worker.rs", text)), &[]);
    }

    #[test]
    fn only_the_clock_knows_the_time() {
        holds(&stray_clocks(&rust()));
    }

    #[test]
    fn time_from_the_air_is_noticed() {
        let path = "crates/domain/src/terms.rs";
        let text = "let now = jiff::Timestamp::now();\n";
        complains_at(&stray_clocks(&sample(path, text)), &[&format!("{path}:1")]);
        complains_at(&stray_clocks(&sample(CLOCK, text)), &[]);
    }
}
