//! The rules of the house, as tests that read the source. A rule that matters is a test, not a
//! paragraph.
//!
//! Each rule is a function from sources to complaints, with two tests: the house keeps it, and a
//! small bad sample does not – so that we know the rule can fail. Read [`tree`] (which files there
//! are) and [`text`] (code without its strings, strings without their code) first.

pub mod documents;
pub mod files;
pub mod history;
pub mod names;
pub mod pages;
pub mod rooms;
pub mod text;
pub mod tree;

pub use tree::{Source, root, sources};

/// Where a rule is broken, and how: `path:line: what`.
pub type Complaint = String;

/// The rule holds: nobody complains.
#[cfg(test)]
fn holds(complaints: &[Complaint]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The rule can fail: it complains about exactly these lines.
#[cfg(test)]
fn complains_at(complaints: &[Complaint], places: &[&str]) {
    let found: Vec<_> = complaints.iter().filter_map(|it| it.split(": ").next()).collect();
    assert_eq!(found, places, "\n{}\n", complaints.join("\n"));
}
