//! Every page is there for whoever may open it, in both languages, without a word missing and without a word of the
//! other language.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use domain::language::Language;
use staffel::clock::Clock;
use staffel::demo;
use staffel::words::Words;

use crate::house::{Engine, House};
use crate::pages::{NOBODY, PAGES, Page, Place, Who, furnish, speak};
use crate::world::{Browser, Page as Answer};

/// Words that become data, in the language of the company or of whoever gets the letter.
const DATA: &[&str] = &["queue-", "mail-", "network-default-", "audit-round-expire"];

/// What a language says, and what only the other one says.
struct Vocabulary {
    code: &'static str,
    keys: HashSet<String>,
    foreign: HashSet<String>,
}

impl Vocabulary {
    fn of(language: Language, other: Language) -> Self {
        let said = |language| -> HashSet<String> {
            let words = Words::of(language);
            let keys = words
                .keys()
                .into_iter()
                .filter(|key| !DATA.iter().any(|data| key.starts_with(data)));
            keys.map(|key| words.t(&key).to_owned()).collect()
        };
        let keys = Words::of(language).keys().into_iter().collect();
        let foreign = &said(other) - &said(language);
        Self { code: language.code(), keys, foreign }
    }
}

/// Reads all pages; `None` if this database is not there.
async fn read(engine: Engine) -> Option<()> {
    let (de, en) = (Language::De, Language::En);
    let vocabularies = [Vocabulary::of(de, en), Vocabulary::of(en, de)];
    let mut complaints = Vec::new();
    for place in [Place::Demo, Place::Fresh, Place::Bare] {
        let house = tokio::task::spawn_blocking(move || {
            let clock = Clock::fixed("2026-11-24T09:40:00Z".parse().unwrap());
            let house = House::open(engine, clock, None)?;
            furnish(&house.app, place);
            Some(house)
        });
        let house = house.await.unwrap()?;
        let mut people = BTreeMap::new();
        for vocabulary in &vocabularies {
            speak(&house.app, vocabulary.code);
            for page in PAGES.iter().filter(|page| page.place == place) {
                let browser = match people.entry(page.who) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => new.insert(sign_in(&house, page.who).await),
                };
                let got = browser.get_in(&page.address(&house.app), vocabulary.code).await;
                complaints.extend(mistakes(page, &got, vocabulary));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    Some(())
}

async fn sign_in(house: &House, who: Who) -> Browser {
    let mut browser = Browser::new(staffel::serve::router(house.app.clone(), None));
    if who != NOBODY {
        let fields = [("email", who), ("password", demo::PASSWORD)];
        browser.post("/sign-in", &fields).await.is(303);
    }
    browser
}

fn mistakes(page: &Page, got: &Answer, vocabulary: &Vocabulary) -> Vec<String> {
    let among = |known: &HashSet<String>| -> Vec<&str> {
        texts(&got.body).filter(|text| known.contains(*text)).collect()
    };
    let (missing, strays) = (among(&vocabulary.keys), among(&vocabulary.foreign));
    let language = format!("<html lang=\"{}\"", vocabulary.code);
    let found = [
        (got.status != page.status, format!("answers {}", got.status)),
        (!got.body.contains(&language), "does not name its language".to_owned()),
        (
            got.body.matches("<h1").count() != 1,
            "has not one heading that says what it is".to_owned(),
        ),
        (
            page.who != NOBODY && !got.body.contains("<nav class=\"nav\""),
            "stands outside the frame".to_owned(),
        ),
        (!missing.is_empty(), format!("lacks the words of {missing:?}")),
        (!strays.is_empty(), format!("says in the other language {strays:?}")),
    ];
    let wrong = found.into_iter().filter(|(wrong, _)| *wrong);
    wrong.map(|(_, what)| format!("{} ({}): {what}", page.name, vocabulary.code)).collect()
}

/// What is written between tags and in the attributes people read or hear.
fn texts(html: &str) -> impl Iterator<Item = &str> {
    let between = html.split('>').filter_map(|part| part.split('<').next());
    let quoted = ["title=\"", "aria-label=\"", "placeholder=\"", "data-label=\""]
        .into_iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|part| part.split('"').next());
    between.chain(quoted).map(str::trim).filter(|text| !text.is_empty())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_read_on_sqlite() {
    read(Engine::Sqlite).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_read_on_postgres() {
    read(Engine::Postgres).await;
}
