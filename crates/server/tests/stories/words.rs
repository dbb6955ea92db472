//! Both languages say the same things: every key that the program uses, with the same variables, and none besides.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Messages = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Every message of a language with its variables. A key that stands twice is a mistake.
fn messages(language: &str) -> Messages {
    let mut found = Messages::new();
    for entry in std::fs::read_dir(root().join("locales").join(language)).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut key = String::new();
        for line in text.lines() {
            let start = line
                .split_once(" =")
                .map(|(key, _)| key)
                .filter(|key| !key.contains([' ', '#']) && !key.is_empty());
            if let Some(start) = start {
                start.clone_into(&mut key);
                assert!(
                    found.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{language}: {key} stands twice"
                );
            }
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
                    .collect();
                found.get_mut(&key).unwrap().insert(name);
            }
        }
    }
    found
}

fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

/// Every quoted word of the sources that could be a key.
fn quoted() -> BTreeSet<String> {
    let mut texts = Vec::new();
    sources(&root().join("src"), &mut texts);
    sources(&root().join("../domain/src"), &mut texts);
    let all = texts.iter().flat_map(|text| text.split('"').map(str::to_owned));
    all.filter(|word| !word.is_empty() && word.len() < 60 && !word.contains([' ', '\n'])).collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let (de, en) = (messages("de"), messages("en"));
    assert_eq!(de.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, variables) in &de {
        assert_eq!(variables, &en[key], "the variables of {key}");
    }
}

#[test]
fn every_key_of_the_domain_has_its_words() {
    let de = messages("de");
    let missing: Vec<_> = domain::keys().into_iter().filter(|key| !de.contains_key(*key)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn no_words_are_kept_that_nobody_says() {
    let quoted = quoted();
    let unused: Vec<_> = messages("de").into_keys().filter(|key| !quoted.contains(key)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_key_that_is_said_has_its_words() {
    let de = messages("de");
    let mut texts = Vec::new();
    sources(&root().join("src"), &mut texts);
    let mut missing = BTreeSet::new();
    for text in &texts {
        for call in ["t(\"", "Message::new(\"", "with_key(\"", "Message::new(", ".count(\""] {
            for part in text.split(call).skip(1) {
                let key = part.split('"').next().unwrap_or("");
                let looks = !key.is_empty()
                    && key.chars().all(|c| c.is_ascii_lowercase() || "-_".contains(c))
                    && key.contains('-');
                if looks && !de.contains_key(key) {
                    missing.insert(key.to_owned());
                }
            }
        }
    }
    // `t("` also ends other names; those are no keys.
    let known_others =
        ["content-type", "content-disposition", "sec-fetch-site", "x-forwarded-for", "x-part"];
    missing.retain(|key| !known_others.contains(&key.as_str()));
    assert_eq!(missing, BTreeSet::new());
}
