//! What documents promise: the paths they name exist, and decisions keep their price.

use std::{collections::BTreeMap, path::Path};

use crate::{Complaint, Source, text::numbered};

const DECISIONS: &str = "docs/decisions/";

/// Paths in backticks that begin in one of these are meant to exist.
const ROOTS: &[&str] = &["crates/", "docs/", "xtask/", ".ci/", ".cargo/"];

const SECTIONS: &[&str] = &["Situation", "Choice", "Price", "When to look again"];

/// Paths that lead nowhere.
pub fn dead_paths(documents: &[Source], root: &Path) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for document in documents {
        for (number, line) in numbered(&document.text) {
            for path in named_paths(line).filter(|path| !root.join(path).exists()) {
                complaints.push(format!("{}:{number}: {path} does not exist", document.path));
            }
        }
    }
    complaints
}

fn named_paths(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted.filter(|it| ROOTS.iter().any(|root| it.starts_with(root))).filter(|it| is_exact(it))
}

/// `docs/<language>/` and `docs/*.md` are patterns, not paths.
fn is_exact(path: &str) -> bool {
    !path.contains(|c: char| c.is_whitespace() || "*<>{}…$".contains(c)) && !path.contains("NNNN")
}

/// Decision records without one of the four sections, or with a number that another one has.
pub fn incomplete_decisions(documents: &[Source]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut numbers = BTreeMap::new();
    for record in documents.iter().filter(|it| it.path.starts_with(DECISIONS)) {
        for section in SECTIONS {
            if !record.text.lines().any(|line| line.strip_prefix("## ") == Some(section)) {
                complaints.push(format!("{}: the section \"{section}\" is missing", record.path));
            }
        }
        let name = &record.path[DECISIONS.len()..];
        let number = name.split('-').next().unwrap_or(name);
        if number.len() != 4 || number.parse::<u32>().is_err() {
            complaints.push(format!("{}: begins with four digits", record.path));
        } else if let Some(other) = numbers.insert(number, &record.path) {
            complaints.push(format!("{}: {other} has the same number", record.path));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{complains_at, holds, root, sources, tree::sample};

    fn documents() -> Vec<Source> {
        let mut found = sources(&root(), &["md"]);
        found.retain(|it| it.path.starts_with("docs/") || !it.path.contains('/'));
        assert!(found.iter().any(|it| it.path == "CONTRIBUTING.md"), "the walk finds nothing");
        found
    }

    #[test]
    fn every_path_in_a_document_exists() {
        holds(&dead_paths(&documents(), &root()));
    }

    #[test]
    fn a_path_that_leads_nowhere_is_noticed() {
        let text =
            "see `crates/tidy/src/lib.rs`\nand `docs/<language>/`, `crates/nowhere/`, `a/b`\n";
        complains_at(&dead_paths(&sample("README.md", text), &root()), &["README.md:2"]);
    }

    #[test]
    fn every_decision_keeps_its_price() {
        holds(&incomplete_decisions(&documents()));
    }

    #[test]
    fn a_decision_without_its_price_is_noticed() {
        let whole = "# 1\n## Situation\n## Choice\n## Price\n## When to look again\n";
        let path = "docs/decisions/0001-one.md";
        complains_at(&incomplete_decisions(&sample(path, whole)), &[]);
        complains_at(
            &incomplete_decisions(&sample(path, &whole.replace("## Price\n", ""))),
            &[path],
        );
        complains_at(
            &incomplete_decisions(&sample("docs/decisions/one.md", whole)),
            &["docs/decisions/one.md"],
        );
        let [twin] = sample("docs/decisions/0001-two.md", whole);
        let [first] = sample(path, whole);
        complains_at(&incomplete_decisions(&[first, twin]), &["docs/decisions/0001-two.md"]);
    }
}
