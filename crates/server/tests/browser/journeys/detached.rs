//! An entry that came over is read-only; detached, it is one's own, and what its author changes arrives no more.

use domain::message::Message;

use super::{Journey, LEAD, PARTNER, journey};
use crate::pages::{KATHRIN, NICOLE};
use crate::visitor::Visitor;

const FIRST: &str = "Der Switch ist getauscht.";
const OWN: &str = "Der Switch ist getauscht, Kunde informiert.";

async fn tell(journey: &Journey) {
    let lead = journey.arrives(KATHRIN).await;
    let partner = journey.arrives(NICOLE).await;
    journey.relay(&lead, &partner).await;
    journey.writes(&partner, FIRST).await;
    lead.reads(FIRST).await;
    is_read_only(journey, &lead).await;

    // While it is linked, a change follows.
    changes(journey, &partner, FIRST, "Der Switch wird getauscht.").await;
    lead.reads("Der Switch wird getauscht.").await;
    changes(journey, &partner, "Der Switch wird getauscht.", FIRST).await;
    lead.reads(FIRST).await;

    detaches(journey, &lead).await;
    partner.reads(journey.t("link-severed")).await;
    journey.looks(&partner, "detached-partner").await;
    changes(journey, &lead, FIRST, OWN).await;
    changes(journey, &partner, FIRST, "Der Router ist getauscht.").await;
    lead.client.refresh().await.unwrap();
    lead.reads(OWN).await;
    lead.hides("Der Router ist getauscht.").await;
    partner.hides(OWN).await;
    lead.close().await;
    partner.close().await;
}

async fn is_read_only(journey: &Journey, lead: &Visitor) {
    let from = Message::new("item-from").with("other", PARTNER);
    lead.reads(&journey.say(&from)).await;
    lead.press_in(FIRST, journey.t("item-menu")).await;
    let why = lead.text("main .entry details[open] .menu-heading").await;
    // A heading of a menu may be written in capitals.
    let copy = journey.t("refusal-copy-read-only");
    assert_eq!(why.to_lowercase(), copy.to_lowercase());
    let entries = lead.texts("main .entry details[open] .menu-item").await;
    assert_eq!(entries, [journey.t("item-detach")], "neither change nor deletion");
    journey.looks(lead, "linked-entry-menu").await;
    let item = lead.client.find(fantoccini::Locator::Css("main .entry.note")).await.unwrap();
    let id = item.attr("id").await.unwrap().unwrap().replace("item-", "");
    lead.client.back().await.unwrap();
    journey.is_refused(lead, &format!("/items/{id}/edit"), 422, copy).await;
    journey.opens(lead).await;
}

async fn changes(journey: &Journey, visitor: &Visitor, from: &str, to: &str) {
    visitor.press_in(from, journey.t("item-menu")).await;
    visitor.press_in(from, journey.t("form-edit")).await;
    visitor.reads(journey.t("note-edit")).await;
    visitor.types(journey.t("note-body"), to).await;
    visitor.press(journey.t("form-save")).await;
    visitor.sees(".outsource-bar").await;
    visitor.reads(to).await;
}

async fn detaches(journey: &Journey, lead: &Visitor) {
    lead.press_in(FIRST, journey.t("item-menu")).await;
    lead.press_in(FIRST, journey.t("item-detach")).await;
    lead.reads(journey.t("done-item-detached")).await;
    lead.reads(journey.t("link-severed")).await;
    journey.looks(lead, "detached").await;
    // What crossed before is still told, for both.
    lead.press(journey.t("crossings-link")).await;
    lead.reads(&format!("{PARTNER} → {LEAD}")).await;
    lead.reads(journey.t("crossing-edit")).await;
    journey.looks(lead, "crossings-of-an-edit").await;
    lead.press(journey.t("ticket-back")).await;
}

journey!(
    tell,
    a_detached_entry_goes_its_own_way_in_german,
    a_detached_entry_goes_its_own_way_in_english
);
