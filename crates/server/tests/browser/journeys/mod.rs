//! The other roads of a ticket, in the demo world, as people go them at their browsers: what each of them reads, on
//! either side, in both languages, on both databases; and whether everybody can use the pages they come by.
//!
//! The clock of this world stands until a journey moves it. With `STAFFEL_PICTURES` each page that is looked at leaves
//! pictures.

mod declined;
mod detached;
mod expired;
mod networks;
mod permissions;
mod rejected;
mod returned;
mod steps;

use domain::language::Language;
use domain::message::Message;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use staffel::format::Format;
use staffel::words::Words;

use crate::everybody::{bring_axe, examine};
use crate::house::Engine;
use crate::pages::{Place, Who, speak, token};
use crate::pictures;
use crate::stage::{Stage, axe, webdriver};
use crate::visitor::{Script, Visitor};
use crate::walk::{Look, Theme, become_somebody, put_on};

/// How the companies are written in each other's books.
pub const LEAD: &str = "Hansekontor IT-Service GmbH";
pub const PARTNER: &str = "Rheinwerk Systemhaus GmbH";
pub const SECOND_PARTNER: &str = "Isar Netzwerke GmbH";

/// Two o'clock in the afternoon in Hamburg, on a Tuesday.
const START: &str = "2026-11-24T13:00:00Z";

/// How a page is looked at; the walk through all pages shows the other two pairings.
const LOOKS: [Look; 2] =
    [Look { width: 1440, theme: Theme::Light }, Look { width: 390, theme: Theme::Dark }];
const AT_WORK: Look = Look { width: 1440, theme: Theme::Light };

/// A world of its own, and how one reads in it.
pub struct Journey {
    pub stage: Stage,
    /// An everyday ticket of the lead that has not been outsourced.
    pub title: String,
    language: Language,
    driver: String,
    axe: Option<String>,
}

/// Goes a journey; not at all where there is no browser or not this database.
pub async fn travel(engine: Engine, language: Language, tell: impl AsyncFnOnce(&Journey)) {
    let Some(driver) = webdriver() else { return };
    let clock = staffel::clock::Clock::fixed(START.parse().unwrap());
    let Some(stage) = Stage::at(clock, engine, Place::Demo).await else { return };
    speak(stage.app(), language.code());
    let company = format!("UPDATE company SET language = '{}'", language.code());
    stage.app().db.write_blocking(move |tx| tx.run(&company, &[]).map(|_| ())).unwrap();
    let title = everyday(&stage);
    tell(&Journey { stage, title, language, driver, axe: axe() }).await;
}

fn everyday(stage: &Stage) -> String {
    let sql = "SELECT title FROM ticket WHERE company_id = 1 AND outsource_status IS NULL
                AND status = 'in_progress' ORDER BY id DESC LIMIT 1";
    let find = move |tx: &mut db::Tx| tx.one(sql, &[], |row| row.get::<String>(0));
    stage.app().db.read_blocking(find).unwrap().unwrap()
}

impl Journey {
    /// Somebody sits down at a browser where they are signed in.
    pub async fn arrives(&self, who: Who) -> Visitor {
        let visitor =
            Visitor::new(&self.driver, &self.stage, self.language.code(), Script::Runs).await;
        if let Some(axe) = &self.axe {
            bring_axe(&visitor, axe).await;
        }
        self.becomes(&visitor, who).await;
        visitor
    }

    /// Somebody else sits down there.
    pub async fn becomes(&self, visitor: &Visitor, who: Who) {
        become_somebody(&self.stage, visitor, who).await;
        self.sets_clock(visitor).await;
        put_on(visitor, AT_WORK).await;
        visitor.go("/").await;
        visitor.sees("nav.nav").await;
    }

    /// The browser tells relative times by its own clock: from its next page on by the one of this world.
    pub async fn sets_clock(&self, visitor: &Visitor) {
        let clock = format!("Date.now = () => {};", self.now().as_millisecond());
        let clock = json!({ "source": clock });
        visitor.command("Page.addScriptToEvaluateOnNewDocument", clock).await;
    }

    /// The words of this language.
    pub fn t(&self, key: &'static str) -> &'static str {
        let text = Words::of(self.language).t(key);
        assert_ne!(text, key, "nobody says that");
        text
    }

    /// A sentence of this language, as one reads it in Hamburg.
    pub fn say(&self, message: &Message) -> String {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let format = Format { language: self.language, zone, now: self.now() };
        Words::of(self.language).say(message, &format)
    }

    /// An amount as one types and reads it.
    pub fn amount(&self, text: &str) -> String {
        if self.language == Language::De { text.replace('.', ",") } else { text.to_owned() }
    }

    pub fn now(&self) -> Timestamp {
        self.stage.app().clock.now()
    }

    /// Time passes.
    pub fn wait(&self, by: SignedDuration) {
        self.stage.app().clock.advance(by);
    }

    /// The address in the newest invitation, as it stands in the mail.
    pub fn invitation(&self) -> String {
        format!("/invitation/{}", token(self.stage.app()))
    }

    /// Everybody can use the page that this person came by.
    pub async fn looks(&self, visitor: &Visitor, name: &str) {
        self.looks_at(visitor, name, 200).await;
    }

    /// The same for a page that says no.
    pub async fn looks_at(&self, visitor: &Visitor, name: &str, status: u16) {
        // What is half under the head of a phone is no smaller for that.
        visitor.client.execute("scrollTo(0, 0)", vec![]).await.unwrap();
        let language = self.language.code();
        if let Some(folder) = pictures::wanted() {
            for look in LOOKS {
                put_on(visitor, look).await;
                pictures::keep(visitor, &folder, language, look, name).await;
            }
        }
        if self.axe.is_some() {
            let wrong = examine(visitor, language, status, &LOOKS).await;
            assert!(wrong.is_empty(), "{name} in {language}:\n{}", wrong.join("\n"));
        }
        put_on(visitor, AT_WORK).await;
    }

    /// Somebody tries an address by hand and is told no.
    pub async fn is_refused(&self, visitor: &Visitor, path: &str, status: u16, sentence: &str) {
        visitor.go(path).await;
        visitor.reads(sentence).await;
        self.looks_at(visitor, &format!("refused{}", path.replace('/', "-")), status).await;
    }
}

/// A journey in both languages, each on a database of its own: the rules of one are the rules of the other, and the
/// stories hold every rule against both.
macro_rules! journey {
    ($tell:path, $de:ident, $en:ident) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $de() {
            let (engine, language) = (crate::house::Engine::Sqlite, domain::language::Language::De);
            crate::journeys::travel(engine, language, $tell).await;
        }
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $en() {
            let (engine, language) =
                (crate::house::Engine::Postgres, domain::language::Language::En);
            crate::journeys::travel(engine, language, $tell).await;
        }
    };
}
pub(crate) use journey;
