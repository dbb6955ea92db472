//! Reported as done, rejected, worked on, approved; what is written while the lead decides stays where it is.

use domain::message::Message;

use super::{Journey, LEAD, PARTNER, journey};
use crate::pages::{KATHRIN, NICOLE};
use crate::visitor::Visitor;

const REASON: &str = "Bitte noch das Messprotokoll anhängen.";

async fn tell(journey: &Journey) {
    let lead = journey.arrives(KATHRIN).await;
    let partner = journey.arrives(NICOLE).await;
    journey.relay(&lead, &partner).await;
    journey.writes(&partner, "Leitung gemessen, Stecker ersetzt.").await;
    partner.sees(".outsource-bar .status-in_progress").await;

    reports(journey, &partner).await;
    // Whoever leads here may not see figures, and is not asked to check them.
    let asked = Message::new("bar-note-waiting-lead-unpriced").with("other", PARTNER);
    lead.reads(&journey.say(&asked)).await;
    journey.looks(&lead, "waiting-approval").await;
    journey.writes(&partner, "Nur für uns, solange geprüft wird.").await;
    partner.reads(journey.t("composer-waiting")).await;
    journey.looks(&partner, "waiting-approval-partner").await;
    rejects(journey, &lead).await;

    let told = Message::new("bar-note-rejected").with("reason", REASON);
    partner.reads(&journey.say(&told)).await;
    // Without loading the page again one reads that what one writes crosses once more.
    partner.reads(&journey.say(&Message::new("composer-crosses").with("other", LEAD))).await;
    partner.hides(journey.t("composer-waiting")).await;
    journey.looks(&partner, "rejected-partner").await;
    journey.writes(&partner, "Protokoll liegt jetzt bei.").await;
    lead.reads("Protokoll liegt jetzt bei.").await;
    lead.hides("Nur für uns, solange geprüft wird.").await;

    reports(journey, &partner).await;
    approves(journey, &lead).await;
    partner.sees(".outsource-bar .status-complete").await;
    let over = Message::new("bar-note-complete");
    partner.reads(&journey.say(&over.clone().with("other", LEAD))).await;
    lead.reads(&journey.say(&over.with("other", PARTNER))).await;
    closes(journey, &lead).await;
    lead.close().await;
    partner.close().await;
}

async fn reports(journey: &Journey, partner: &Visitor) {
    partner.press(journey.t("menu-notify-lead")).await;
    partner.press(journey.t("move-report-completion")).await;
    let ask = Message::new("ask-report").with("other", LEAD);
    partner.reads(&journey.say(&ask)).await;
    partner.click("main form.sheet button[type=submit]").await;
    partner.reads(journey.t("done-round-reported")).await;
    let waits = Message::new("bar-note-waiting-partner").with("other", LEAD);
    partner.reads(&journey.say(&waits)).await;
}

async fn rejects(journey: &Journey, lead: &Visitor) {
    lead.press(journey.t("move-reject")).await;
    lead.reads(journey.t("reject-title")).await;
    lead.types(journey.t("reason-rejection"), REASON).await;
    lead.press(journey.t("deed-reject")).await;
    lead.reads(journey.t("done-round-rejected")).await;
    let note = Message::new("note-round-rejected").with("reason", REASON);
    lead.reads(&journey.say(&note)).await;
    lead.sees(".outsource-bar .status-in_progress").await;
    journey.looks(lead, "rejected").await;
}

async fn approves(journey: &Journey, lead: &Visitor) {
    lead.press(journey.t("move-approve")).await;
    let ask = Message::new("ask-approve").with("other", PARTNER);
    lead.reads(&journey.say(&ask)).await;
    lead.click("main form.sheet button[type=submit]").await;
    lead.reads(journey.t("done-round-approved")).await;
    lead.sees(".outsource-bar .status-complete").await;
    journey.looks(lead, "approved").await;
}

/// The lead goes on with the ticket as with any other.
async fn closes(journey: &Journey, lead: &Visitor) {
    lead.press(journey.t("ticket-more")).await;
    lead.press(journey.t("ticket-complete")).await;
    lead.reads(journey.t("ticket-complete-plain")).await;
    lead.press(journey.t("ticket-complete")).await;
    lead.sees("main .ticket-complete").await;
}

journey!(
    tell,
    rejected_work_is_done_again_and_approved_in_german,
    rejected_work_is_done_again_and_approved_in_english
);
