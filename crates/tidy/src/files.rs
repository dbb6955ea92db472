//! What holds for every file: it says what it is for, it is finished, it is short.

use crate::{
    Complaint, Source,
    text::{has_word, numbered},
};

/// A longer file is usually two things.
pub const LONGEST: usize = 500;

/// Files that may be longer, and how long they are. This list may only shrink.
pub const LONGER: &[(&str, usize)] = &[];

/// Begins with `//!`.
pub fn without_purpose(sources: &[Source]) -> Vec<Complaint> {
    let silent = sources.iter().filter(|source| !source.text.starts_with("//!"));
    silent
        .map(|source| format!("{}:1: begins with //! and what the file is for", source.path))
        .collect()
}

/// Notes to oneself stay with oneself.
pub fn unfinished(sources: &[Source]) -> Vec<Complaint> {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut complaints = Vec::new();
    for source in sources {
        for (number, line) in numbered(&source.text) {
            if marks.iter().any(|mark| has_word(line, mark)) {
                complaints.push(format!("{}:{number}: do it, or open an issue", source.path));
            }
        }
    }
    complaints
}

/// Longer than [`LONGEST`], or than what was conceded to it; or conceded what it no longer needs.
pub fn too_long(sources: &[Source], longer: &[(&str, usize)]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| is_program(&source.path)) {
        let lines = source.text.lines().count();
        let conceded =
            longer.iter().find(|(path, _)| *path == source.path).map(|(_, lines)| *lines);
        if lines > conceded.unwrap_or(LONGEST) {
            complaints.push(format!("{}: {lines} lines; which part has a name?", source.path));
        } else if conceded.is_some_and(|conceded| lines <= LONGEST || lines < conceded) {
            complaints.push(format!("{}: only {lines} lines now; shorten the list", source.path));
        }
    }
    for (path, _) in longer {
        if !sources.iter().any(|source| source.path == *path) {
            complaints.push(format!("{path}: is gone; shorten the list"));
        }
    }
    complaints
}

fn is_program(path: &str) -> bool {
    path.starts_with("xtask/src/") || path.starts_with("crates/") && path.contains("/src/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        complains_at, holds, root, sources,
        tree::{rust, sample},
    };

    #[test]
    fn every_file_says_what_it_is_for() {
        holds(&without_purpose(&rust()));
    }

    #[test]
    fn a_file_without_a_word_about_itself_is_noticed() {
        complains_at(&without_purpose(&sample("a.rs", "// not a doc\n")), &["a.rs:1"]);
    }

    #[test]
    fn nothing_is_left_unfinished() {
        let kinds = ["rs", "ftl", "sql", "css", "js", "toml", "md"];
        holds(&unfinished(&sources(&root(), &kinds)));
    }

    #[test]
    fn a_note_to_oneself_is_noticed() {
        let text =
            concat!("//! A file.\n// TO", "DO: more\n// todo lists are fine\n// FIX", "ME\n");
        complains_at(&unfinished(&sample("a.rs", text)), &["a.rs:2", "a.rs:4"]);
    }

    #[test]
    fn no_file_is_longer_than_one_likes_to_read() {
        holds(&too_long(&rust(), LONGER));
    }

    #[test]
    fn a_long_file_and_a_needless_exception_are_noticed() {
        let path = "crates/domain/src/a.rs";
        let long = sample(path, &"line\n".repeat(LONGEST + 1));
        complains_at(&too_long(&long, &[]), &[path]);
        complains_at(&too_long(&long, &[(path, LONGEST + 1)]), &[]);
        complains_at(&too_long(&long, &[(path, LONGEST + 9)]), &[path]);
        complains_at(&too_long(&sample(path, "short"), &[(path, LONGEST + 1)]), &[path]);
        complains_at(&too_long(&[], &[(path, LONGEST + 1)]), &[path]);
    }
}
