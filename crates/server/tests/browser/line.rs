//! The five-minute story of a newcomer, from an empty installation to the closed ticket, with and without script.
//!
//! With script the other side's open page follows by itself; without it one loads it again.

use std::path::PathBuf;

use domain::language::Language;
use staffel::words::Words;

use crate::house::Engine;
use crate::pages::Place;
use crate::stage::{Stage, webdriver};
use crate::visitor::{Script, Visitor};

const PASSWORD: &str = "sieben Staffeln laufen";
const PARTNER: &str = "Südwind Service GmbH";
const TITLE: &str = "Alarmanlage meldet Sabotage";

/// A telling of the story: the two companies at their browsers.
struct Telling {
    stage: Stage,
    lead: Visitor,
    partner: Visitor,
    script: Script,
    language: Language,
}

async fn tell(engine: Engine, language: Language, script: Script) {
    let Some(driver) = webdriver() else { return };
    let Some(stage) = Stage::new(engine, Place::Bare).await else { return };
    let lead = Visitor::new(&driver, &stage, language.code(), script).await;
    let partner = Visitor::new(&driver, &stage, language.code(), script).await;
    let telling = Telling { stage, lead, partner, script, language };
    telling.set_up().await;
    telling.invite().await;
    telling.register().await;
    telling.hand_over().await;
    telling.work().await;
    telling.give_back().await;
    telling.lead.close().await;
    telling.partner.close().await;
}

impl Telling {
    fn t(&self, key: &'static str) -> &'static str {
        let text = Words::of(self.language).t(key);
        assert_ne!(text, key, "nobody says that");
        text
    }

    /// An amount as one types and reads it.
    fn amount(&self, text: &str) -> String {
        if self.language == Language::De { text.replace('.', ",") } else { text.to_owned() }
    }

    /// The page of somebody hears of what the others did; without script one loads it again.
    async fn hears(&self, visitor: &Visitor) {
        if self.script == Script::Off {
            visitor.client.refresh().await.unwrap();
        }
    }

    /// The console has printed where to go; the first company and its administrator move in.
    async fn set_up(&self) {
        let lead = &self.lead;
        lead.go("/").await;
        lead.reads(self.t("setup-title")).await;
        lead.go(&format!("/setup?token={}", self.stage.app().setup_token)).await;
        lead.fill("company", "Nordlicht IT GmbH").await;
        lead.fill("first_name", "Jana").await;
        lead.fill("last_name", "Öhlen").await;
        lead.fill("email", "jana@nordlicht.example").await;
        lead.fill("password", PASSWORD).await;
        lead.fill("repeat", PASSWORD).await;
        lead.press(self.t("setup-submit")).await;
        lead.sees(&format!("html[lang={}] nav.nav", self.language.code())).await;
        lead.click("nav.nav a[href='/outsource']").await;
        lead.press(self.t("agreement-open")).await;
        lead.click("main [name=agree]").await;
        lead.press(self.t("agreement-submit")).await;
        lead.reads(self.t("list-my-open")).await;
    }

    /// The partner is written down with a primary contact, who gets the invitation.
    async fn invite(&self) {
        let lead = &self.lead;
        lead.click("nav.nav a[href='/partners']").await;
        lead.press(self.t("partner-new-organization")).await;
        lead.fill("name", PARTNER).await;
        lead.fill("phone", "+49 711 1234-0").await;
        lead.press(self.t("form-save")).await;
        lead.press(PARTNER).await;
        lead.press(self.t("contact-new")).await;
        lead.fill("first_name", "Petra").await;
        lead.fill("last_name", "Kühn").await;
        lead.fill("email", "petra@suedwind.example").await;
        lead.press(self.t("form-save")).await;
        lead.click("nav.nav a[href='/partners']").await;
        // The row says what is missing; the page behind it proposes the primary contact.
        lead.click("main td a[href*='/recipient']:not(.menu-item)").await;
        lead.press(self.t("form-save")).await;
        lead.click("main input[type=checkbox][name=organization]").await;
        lead.press(self.t("partner-invite-chosen")).await;
        lead.sees(".partnership-invited").await;
    }

    /// The mail lies in the mailbox of the installation; the partner follows its link and registers.
    async fn register(&self) {
        let (lead, partner) = (&self.lead, &self.partner);
        lead.click("nav.nav a[href='/operator/mailbox']").await;
        lead.click("main td.title a").await;
        let text = lead.text("main .prose").await;
        let link = text.split_whitespace().find_map(|word| word.split_once("/invitation/"));
        let (_, token) = link.unwrap_or_else(|| panic!("no link in: {text}"));
        partner.go(&format!("/invitation/{token}")).await;
        partner.reads("Nordlicht IT GmbH").await;
        partner.press(self.t("invitation-register")).await;
        partner.fill("password", PASSWORD).await;
        partner.fill("repeat", PASSWORD).await;
        partner.press(self.t("register-submit")).await;
        partner.sees(&format!("html[lang={}] nav.nav", self.language.code())).await;
    }

    /// A customer calls, the ticket is opened and sent with terms; the partner accepts it.
    async fn hand_over(&self) {
        let (lead, partner) = (&self.lead, &self.partner);
        lead.click("nav.nav a[href='/organizations']").await;
        lead.press(self.t("organization-new")).await;
        lead.fill("name", "Praxis Dr. Grün").await;
        lead.fill("phone", "+49 40 1234-0").await;
        lead.press(self.t("form-save")).await;
        lead.press(self.t("organization-new-ticket")).await;
        lead.fill("title", TITLE).await;
        lead.fill("description", "Seit heute früh um sechs.").await;
        lead.click("main form.sheet button[type=submit]").await;
        lead.sees(".composer").await;

        // Nobody was outsourced to yet, so the menu proposes nobody.
        lead.press(self.t("menu-outsource")).await;
        lead.press(self.t("menu-other-partner")).await;
        lead.press(PARTNER).await;
        lead.fill("authorized_charge", &self.amount("60.00")).await;
        lead.fill("authorized_hours", "5").await;
        lead.fill("billing_rate", "95").await;
        lead.fill("instructions", "Bitte vor Ort prüfen.").await;
        if self.script == Script::Off {
            lead.press(self.t("outsource-preview-refresh")).await;
        }
        // With script the total and the preview follow while one types.
        lead.reads(&self.amount("300.00")).await;
        lead.sees(".preview").await;
        lead.click("button[name=then][value=send]").await;
        lead.sees(".outsource-bar .status-assigned").await;

        self.hears(partner).await;
        partner.press(TITLE).await;
        partner.sees("main [name=new_name]").await;
        partner.press(self.t("received-accept")).await;
        partner.sees(".outsource-bar .status-accepted").await;
        self.hears(lead).await;
        lead.sees(".outsource-bar .status-accepted").await;
    }

    /// Note, time, charge and file of the partner stand on the lead's ticket.
    async fn work(&self) {
        let (lead, partner) = (&self.lead, &self.partner);
        partner.fill("body", "Kontakt an Tor 3 war lose.").await;
        partner.press(self.t("note-add")).await;
        partner.reads("Kontakt an Tor 3 war lose.").await;
        self.hears(lead).await;
        lead.reads("Kontakt an Tor 3 war lose.").await;
        lead.sees(".outsource-bar .status-in_progress").await;
        partner.press(self.t("time-add")).await;
        partner.fill("worked", &self.amount("2.50")).await;
        partner.fill("body", "Kontakt befestigt.").await;
        partner.click("main form.sheet button[type=submit]").await;
        partner.press(self.t("charge-add")).await;
        partner.fill("title", "Magnetkontakt").await;
        partner.fill("quantity", "1").await;
        partner.fill("unit_price", &self.amount("19.90")).await;
        partner.click("main form.sheet button[type=submit]").await;
        partner.press(self.t("file-add")).await;
        let file = scratch();
        partner.attach("file", &file).await;
        partner.click("main form[enctype] button[type=submit]").await;
        partner.reads("messung.txt").await;
        std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
        self.hears(lead).await;
        for text in ["Kontakt befestigt.", "Magnetkontakt", "messung.txt"] {
            lead.reads(text).await;
        }
    }

    /// Reported, rejected with a reason, reported again, approved; then the lead closes its ticket.
    async fn give_back(&self) {
        let (lead, partner) = (&self.lead, &self.partner);
        self.report().await;
        lead.press(self.t("move-reject")).await;
        lead.fill("reason", "Bitte Tor 4 auch prüfen.").await;
        lead.press(self.t("deed-reject")).await;
        lead.sees(".outsource-bar .status-in_progress").await;
        self.hears(partner).await;
        partner.reads("Bitte Tor 4 auch prüfen.").await;
        self.report().await;
        lead.press(self.t("move-approve")).await;
        lead.click("main form.sheet button[type=submit]").await;
        lead.sees(".outsource-bar .status-complete").await;
        // 2.50 h at 60.00 became one charge.
        lead.reads(&self.amount("150.00")).await;
        self.hears(partner).await;
        partner.sees(".outsource-bar .status-complete").await;
        lead.click("main .page-actions details.menu:last-of-type > summary").await;
        lead.press(self.t("ticket-complete")).await;
        lead.click("main form[action$='/status'] button[type=submit]").await;
        lead.sees("main .ticket-complete").await;
    }

    async fn report(&self) {
        self.partner.press(self.t("move-report-completion")).await;
        self.partner.click("main form.sheet button[type=submit]").await;
        self.partner.sees(".outsource-bar .status-waiting_approval").await;
        self.hears(&self.lead).await;
        self.lead.sees(".outsource-bar .status-waiting_approval").await;
    }
}

/// A file to send along.
fn scratch() -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("staffel-upload-{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("messung.txt");
    std::fs::write(&file, "Tor 3: 12 V\n").unwrap();
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_in_german_on_sqlite() {
    tell(Engine::Sqlite, Language::De, Script::Runs).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_in_german_on_postgres() {
    tell(Engine::Postgres, Language::De, Script::Runs).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_in_english_on_sqlite() {
    tell(Engine::Sqlite, Language::En, Script::Runs).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_in_english_on_postgres() {
    tell(Engine::Postgres, Language::En, Script::Runs).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_line_without_script_in_german_on_sqlite() {
    tell(Engine::Sqlite, Language::De, Script::Off).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_line_without_script_in_english_on_postgres() {
    tell(Engine::Postgres, Language::En, Script::Off).await;
}
