//! Names that say nothing: whoever reads `TicketManager` still does not know what it does.

use crate::{
    Complaint, Source,
    text::{numbered, parts},
};

const EMPTY: &[&str] = &["manager", "managers", "helper", "helpers", "util", "utils"];

/// Types and modules with an empty word in their name. (The security level *Manager* is a word of
/// the field; it is a variant, not a type.)
pub fn empty_names(sources: &[Source]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        if words(file_name(&source.path)).any(|word| EMPTY.contains(&word.as_str())) {
            complaints.push(format!("{}: a file is named after what is in it", source.path));
        }
        for (number, line) in numbered(&parts(&source.text).code) {
            if let Some(name) = declared(line)
                && words(name).any(|word| EMPTY.contains(&word.as_str()))
            {
                complaints.push(format!("{}:{number}: {name}: what does it do?", source.path));
            }
        }
    }
    complaints
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(path)
}

/// The name of the type or module that a line declares.
fn declared(line: &str) -> Option<&str> {
    let mut words =
        line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|it| !it.is_empty());
    words.find(|word| ["struct", "enum", "trait", "type", "mod", "union"].contains(word))?;
    words.next()
}

/// The words of `CamelCase` and `snake_case`, in small letters.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut spaced = String::new();
    for c in name.chars() {
        if c.is_uppercase() {
            spaced.push('_');
        }
        spaced.extend(c.to_lowercase());
    }
    spaced.split('_').map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        complains_at, holds,
        tree::{rust, sample},
    };

    #[test]
    fn names_say_what_things_are() {
        holds(&empty_names(&rust()));
    }

    #[test]
    fn an_empty_name_is_noticed() {
        let text = "pub struct TicketManager;\nenum SecurityLevel { Manager }\nmod form_utils;\n\
                    struct Utility;\ntrait Helper {}\n";
        complains_at(&empty_names(&sample("a.rs", text)), &["a.rs:1", "a.rs:3", "a.rs:5"]);
        complains_at(&empty_names(&sample("src/helpers.rs", "")), &["src/helpers.rs"]);
    }
}
