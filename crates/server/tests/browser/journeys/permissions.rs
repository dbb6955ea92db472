//! Who may outsource: the page that orders and changes the levels, what each level finds in its menu, and the doors
//! that stay shut also for those who know the address.

use domain::message::Message;

use super::{Journey, journey};
use crate::pages::{BIRGIT, JENS, KATHRIN, Who, YASEMIN};
use crate::visitor::Visitor;

const OLE: Who = "ole.hinrichs@hansekontor.example";
const HERE: &str = "/outsource/permissions";

const BY_NAME: [&str; 6] = [
    "Behrens, Kathrin",
    "Hinrichs, Ole",
    "Kaya, Yasemin",
    "Lüders, Birgit",
    "Petersen, Jens",
    "Thomsen, Maike",
];

/// What whoever edits tickets finds in the menu; whoever outsources also finds the agreement, and partner management
/// adds the rest.
const DESK: [&str; 3] = ["nav-tickets", "nav-received", "nav-organizations"];
const MANAGEMENT: [&str; 5] =
    ["nav-dashboard", "nav-invite", "nav-edit-invitation", "nav-networks", "nav-agreement"];

async fn tell(journey: &Journey) {
    let chief = journey.arrives(JENS).await;
    let other = journey.arrives(YASEMIN).await;
    may_not(journey, &other).await;
    chief.turns_to(journey.t("nav-permissions")).await;
    orders(journey, &chief).await;
    raises(journey, &chief).await;
    // At once, without signing in again.
    journey.opens(&other).await;
    other.press(journey.t("menu-outsource")).await;
    other.press(journey.t("menu-other-partner")).await;
    other.reads(journey.t("outsource-choose-partner")).await;

    keeps_the_last(journey, &chief).await;
    finds(journey, &chief, &[&DESK[..], &MANAGEMENT, &ADMINISTRATION].concat()).await;
    let desk_and = |more: &[&'static str]| [&DESK[..], more].concat();
    let menus = [
        (OLE, desk_and(&["nav-agreement"])),
        (KATHRIN, desk_and(&MANAGEMENT)),
        (BIRGIT, vec!["nav-tickets", "nav-organizations"]),
    ];
    for (who, entries) in menus {
        journey.becomes(&other, who).await;
        finds(journey, &other, &entries).await;
        stays_shut(journey, &other, who).await;
    }
    chief.close().await;
    other.close().await;
}

const ADMINISTRATION: [&str; 6] =
    ["nav-permissions", "nav-people", "nav-company", "nav-leads", "nav-audit", "nav-mailbox"];

/// Without a permission the ticket has no menu to outsource it, and the address of that page opens nothing.
async fn may_not(journey: &Journey, visitor: &Visitor) {
    journey.opens(visitor).await;
    visitor.reads(journey.t("note-add")).await;
    visitor.hides(journey.t("menu-other-partner")).await;
    let page = visitor.client.current_url().await.unwrap().path().to_owned();
    let level =
        Message::new("refusal-level-too-low").with_key("level", "outsourcing-level-outsourcing");
    journey.is_refused(visitor, &format!("{page}/outsource"), 403, &journey.say(&level)).await;
}

async fn orders(journey: &Journey, chief: &Visitor) {
    chief.reads(journey.t("permissions-text")).await;
    assert_eq!(names(chief).await, BY_NAME);
    journey.looks(chief, "permissions-by-name").await;
    chief.press(journey.t("permissions-column")).await;
    chief.sees("th[aria-sort=ascending] a[href*='-permission']").await;
    let least = ["Kaya, Yasemin", "Lüders, Birgit"];
    assert_eq!(names(chief).await[..2], least, "whoever may least comes first");
    chief.press(journey.t("permissions-column")).await;
    chief.sees("th[aria-sort=descending]").await;
    assert_eq!(names(chief).await[..2], ["Petersen, Jens", "Thomsen, Maike"]);
    journey.looks(chief, "permissions-by-level").await;
}

async fn names(chief: &Visitor) -> Vec<String> {
    chief.texts("main td.title .strong").await
}

fn row(journey: &Journey, name: &str) -> String {
    format!("{}: {name}", journey.t("permissions-column"))
}

async fn raises(journey: &Journey, chief: &Visitor) {
    let yasemin = row(journey, "Kaya, Yasemin");
    chief.chooses(&yasemin, journey.t("outsourcing-level-outsourcing")).await;
    chief.press(journey.t("form-save")).await;
    chief.reads(journey.t("done-permissions-saved")).await;
    assert_eq!(chief.value(&yasemin).await, "outsourcing");
    chief.sees("th[aria-sort=descending]").await;
}

/// Maike can be lowered, as Jens remains; he cannot: an administrator always holds Allow All, and the last one stays.
async fn keeps_the_last(journey: &Journey, chief: &Visitor) {
    let maike = row(journey, "Thomsen, Maike");
    chief.chooses(&maike, journey.t("outsourcing-level-none")).await;
    chief.press(journey.t("form-save")).await;
    chief.reads(journey.t("done-permissions-saved")).await;
    assert_eq!(chief.value(&maike).await, "none");
    assert!(!chief.may_change(&row(journey, "Petersen, Jens")).await);
    chief.reads(journey.t("refusal-administrator-holds-all")).await;
    journey.looks(chief, "permissions-last").await;

    chief.turns_to(journey.t("nav-people")).await;
    chief.press("Petersen, Jens").await;
    chief.press(journey.t("person-tab-security")).await;
    chief.ticks(journey.t("person-active")).await;
    chief.press(journey.t("form-save")).await;
    chief.reads(journey.t("refusal-last-administrator")).await;
    assert_eq!(chief.value(journey.t("permissions-column")).await, "all", "as it was before");
    journey.looks_at(chief, "last-administrator", 422).await;
}

/// The menu shows these entries and no other.
async fn finds(journey: &Journey, visitor: &Visitor, entries: &[&'static str]) {
    let words: Vec<&str> = entries.iter().map(|key| journey.t(key)).collect();
    assert_eq!(visitor.texts("nav.nav a > span:first-of-type").await, words);
}

async fn stays_shut(journey: &Journey, visitor: &Visitor, who: Who) {
    let level = Message::new("refusal-level-too-low").with_key("level", "outsourcing-level-all");
    journey.is_refused(visitor, HERE, 403, &journey.say(&level)).await;
    if who != KATHRIN {
        let level = Message::new("refusal-level-too-low")
            .with_key("level", "outsourcing-level-partner-management");
        visitor.go("/outsource").await;
        visitor.reads(&journey.say(&level)).await;
        visitor.complaints().await;
    }
}

journey!(
    tell,
    levels_are_ordered_and_changed_and_hold_in_german,
    levels_are_ordered_and_changed_and_hold_in_english
);
