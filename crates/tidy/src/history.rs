//! What has happened stays: no statement of ours changes or removes a line of the audit.

use crate::{Complaint, Source, text::parts};

/// Beginnings of statements that would rewrite history.
const REWRITING: &[&[&str]] = &[
    &["UPDATE", "audit"],
    &["DELETE", "FROM", "audit"],
    &["TRUNCATE", "audit"],
    &["TRUNCATE", "TABLE", "audit"],
    &["REPLACE", "INTO", "audit"],
    &["DROP", "TABLE", "audit"],
];

/// Statements on `audit` besides adding and reading, in the server's strings and in its migrations, however they are
/// broken into lines.
pub fn rewritten_history(sources: &[Source]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_in(&["crates/server/"])) {
        let text = if source.path.contains("/migrations/") {
            source
                .text
                .lines()
                .filter(|line| !line.trim_start().starts_with("--"))
                .collect::<Vec<_>>()
                .join(" ")
        } else {
            parts(&source.text).strings
        };
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .collect();
        for statement in REWRITING {
            let says = |window: &[&str]| {
                window
                    .iter()
                    .zip(*statement)
                    .all(|(word, wanted)| word.eq_ignore_ascii_case(wanted))
            };
            if words.windows(statement.len()).any(says) {
                complaints.push(format!(
                    "{}: {}: the audit is only ever added to",
                    source.path,
                    statement.join(" ")
                ));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{complains_at, holds, root, sources, tree::sample};

    #[test]
    fn the_audit_is_only_ever_added_to() {
        let found = sources(&root(), &["rs", "sql"]);
        let inserts = found.iter().filter(|it| it.text.contains("INSERT INTO audit")).count();
        assert!(inserts > 0, "the walk finds no audit");
        holds(&rewritten_history(&found));
    }

    #[test]
    fn a_statement_that_rewrites_history_is_noticed() {
        let store = "crates/server/src/store/audits.rs";
        let text = "let a = \"update\\n  audit SET detail = ''\";\n";
        complains_at(&rewritten_history(&sample(store, text)), &[store]);
        let sql = "crates/server/migrations/0009_bad.sql";
        complains_at(&rewritten_history(&sample(sql, "DELETE FROM\n  audit;\n")), &[sql]);
        let fine = "// UPDATE audit\nlet a = \"INSERT INTO audit\"; let b = \"DELETE FROM audit_trail\";\n";
        complains_at(&rewritten_history(&sample(store, fine)), &[]);
    }
}
