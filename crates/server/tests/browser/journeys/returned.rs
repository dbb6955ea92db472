//! The partner gives the ticket back; the lead reads why, and begins a new round.

use domain::message::Message;

use super::{Journey, LEAD, PARTNER, journey};
use crate::pages::{KATHRIN, NICOLE};
use crate::visitor::Visitor;

const REASON: &str = "Dafür fehlt uns die Zulassung des Herstellers.";

async fn tell(journey: &Journey) {
    let lead = journey.arrives(KATHRIN).await;
    let partner = journey.arrives(NICOLE).await;
    journey.relay(&lead, &partner).await;
    works(journey, &partner).await;
    gives_back(journey, &partner).await;

    lead.sees(".outsource-bar .status-returned").await;
    let reason = Message::new("bar-note-reason").with("reason", REASON);
    lead.reads(&journey.say(&reason)).await;
    let bundle = Message::new("bundle-name").with("partner", PARTNER);
    lead.reads(&journey.say(&bundle)).await;
    // What it costs is for those who may see figures; Kathrin may not.
    lead.hides(&journey.amount("90.00")).await;
    journey.looks(&lead, "returned").await;
    // What was written together stays; what is written now does not cross any more.
    journey.writes(&partner, "Nur noch für uns.").await;
    journey.writes(&lead, "Wir fragen den Hersteller.").await;
    lead.hides("Nur noch für uns.").await;
    partner.hides("Wir fragen den Hersteller.").await;
    begins_anew(journey, &lead, &partner).await;
    lead.close().await;
    partner.close().await;
}

async fn works(journey: &Journey, partner: &Visitor) {
    partner.press(journey.t("time-add")).await;
    partner.types(journey.t("time-worked"), &journey.amount("1.50")).await;
    partner.types(journey.t("time-summary"), "Gerät geöffnet, Siegel gefunden.").await;
    partner.press(journey.t("form-save")).await;
    partner.reads("Gerät geöffnet, Siegel gefunden.").await;
}

async fn gives_back(journey: &Journey, partner: &Visitor) {
    partner.press(journey.t("menu-notify-lead")).await;
    partner.press(journey.t("move-return")).await;
    let ask = Message::new("ask-return").with("other", LEAD);
    partner.reads(&journey.say(&ask)).await;
    journey.looks(partner, "returning").await;
    partner.types(journey.t("reason"), REASON).await;
    partner.click("main form.sheet button[type=submit]").await;
    partner.reads(journey.t("done-round-returned")).await;
    partner.sees(".outsource-bar .status-returned").await;
    journey.looks(partner, "returned-partner").await;
}

/// A second round with the same partner: a ticket of its own there, and the lead's page tells of both.
async fn begins_anew(journey: &Journey, lead: &Visitor, partner: &Visitor) {
    let first = partner.client.current_url().await.unwrap().path().to_owned();
    journey.hands_out(lead, PARTNER).await;
    journey.accepts(partner).await;
    let second = partner.client.current_url().await.unwrap().path().to_owned();
    assert_ne!(first, second, "a round has a ticket of its own");
    partner.hides("Gerät geöffnet, Siegel gefunden.").await;
    lead.sees(".outsource-bar .status-accepted").await;
    let rounds = lead.panel(journey.t("rounds-title")).await;
    for status in ["outsourcing-status-accepted", "outsourcing-status-returned"] {
        assert!(rounds.contains(journey.t(status)), "{rounds}");
    }
}

journey!(
    tell,
    a_returned_ticket_begins_a_new_round_in_german,
    a_returned_ticket_begins_a_new_round_in_english
);
