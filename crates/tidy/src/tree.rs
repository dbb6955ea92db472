//! Which files there are: everything a person wrote, nothing a machine built.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file of the project.
#[derive(Debug, Clone)]
pub struct Source {
    /// From the root, with slashes.
    pub path: String,
    pub text: String,
}

impl Source {
    /// Is it in one of these rooms (or one of these files)? A room ends with a slash.
    pub fn is_in(&self, rooms: &[&str]) -> bool {
        rooms
            .iter()
            .any(|room| self.path == *room || room.ends_with('/') && self.path.starts_with(room))
    }
}

/// The root of the project.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The files below `root` with one of these extensions, by path.
pub fn sources(root: &Path, extensions: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(root, root, extensions, &mut found);
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(root: &Path, directory: &Path, extensions: &[&str], found: &mut Vec<Source>) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        let wanted =
            path.extension().is_some_and(|it| extensions.iter().any(|wanted| it == *wanted));
        if path.is_dir() {
            if !is_built(&entry.file_name().to_string_lossy()) {
                walk(root, &path, extensions, found);
            }
        } else if wanted && let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(root).unwrap_or(&path);
            found.push(Source { path: path.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

/// What builds, runs and editors leave in the tree.
fn is_built(directory: &str) -> bool {
    ["target", "data", ".git", ".jj", ".idea", ".vscode"].contains(&directory)
}

#[cfg(test)]
pub(crate) fn rust() -> Vec<Source> {
    let found = sources(&root(), &["rs"]);
    assert!(found.iter().any(|it| it.path == "crates/tidy/src/tree.rs"), "the walk finds nothing");
    found
}

#[cfg(test)]
pub(crate) fn sample(path: &str, text: &str) -> [Source; 1] {
    [Source { path: path.to_owned(), text: text.to_owned() }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_ends_with_a_slash_and_a_file_does_not() {
        let [store] = sample("crates/server/src/store/tickets.rs", "");
        assert!(store.is_in(&["crates/server/src/store/"]));
        assert!(!store.is_in(&["crates/server/src/sto", "crates/server/src/store.rs"]));
    }

    #[test]
    fn what_was_built_is_not_read() {
        assert!(rust().iter().all(|it| !it.path.starts_with("target/")));
    }
}
