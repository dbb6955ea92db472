//! Nobody answers in time: the late answer is refused with a sentence, both sides read it, and the lead sends again.

use domain::message::Message;
use jiff::SignedDuration;
use staffel::jobs::clock;

use super::{Journey, PARTNER, journey};
use crate::pages::{KATHRIN, NICOLE};
use crate::visitor::Visitor;

async fn tell(journey: &Journey) {
    let lead = journey.arrives(KATHRIN).await;
    let partner = journey.arrives(NICOLE).await;
    journey.opens(&lead).await;
    journey.hands_out(&lead, PARTNER).await;
    let until = journey.now() + SignedDuration::from_hours(24);
    journey.finds_offer(&partner).await;
    journey.looks(&partner, "expiring-offer").await;

    // The page still stands open on the next day; the clock in the background has not run yet.
    journey.wait(SignedDuration::from_mins(24 * 60 - 5));
    journey.becomes(&partner, NICOLE).await;
    journey.finds_offer(&partner).await;
    journey.wait(SignedDuration::from_mins(6));
    partner.press(journey.t("received-accept")).await;
    let late = journey.say(&Message::new("refusal-offer-expired").with("until", until));
    partner.reads(&late).await;
    partner.reads(journey.t("outsourcing-status-expired")).await;
    journey.looks_at(&partner, "expired-late-answer", 422).await;

    assert!(clock::tick(journey.stage.app()).await.unwrap() > 0);
    for visitor in [&lead, &partner] {
        journey.sets_clock(visitor).await;
    }
    is_over_for_the_partner(journey, &partner).await;
    sends_again(journey, &lead).await;
    journey.accepts(&partner).await;
    lead.sees(".outsource-bar .status-accepted").await;
    lead.close().await;
    partner.close().await;
}

async fn is_over_for_the_partner(journey: &Journey, partner: &Visitor) {
    partner.turns_to(journey.t("nav-received")).await;
    partner.sees("main h1").await;
    partner.hides(&journey.title).await;
    partner.go("/received?list=received-ended").await;
    partner.reads(journey.t("outsourcing-status-expired")).await;
    partner.hides(&journey.title).await;
    journey.looks(partner, "expired-received-ended").await;
}

/// The session has ended over night: the lead comes in by the door and finds the ticket in the list of what went wrong.
async fn sends_again(journey: &Journey, lead: &Visitor) {
    lead.go("/outsource?list=declined-expired").await;
    lead.types(journey.t("sign-in-email"), KATHRIN).await;
    lead.types(journey.t("sign-in-password"), staffel::demo::PASSWORD).await;
    lead.press(journey.t("sign-in-title")).await;
    lead.press(&journey.title).await;
    lead.sees(".outsource-bar .status-expired").await;
    let expired = Message::new("note-round-expired").with("partner", PARTNER);
    lead.reads(&journey.say(&expired)).await;
    journey.looks(lead, "expired").await;
    lead.press(journey.t("menu-outsource")).await;
    lead.press(PARTNER).await;
    lead.reads(journey.t("outsource-terms-again")).await;
    journey.sends(lead).await;
}

journey!(
    tell,
    an_offer_nobody_answered_is_sent_again_in_german,
    an_offer_nobody_answered_is_sent_again_in_english
);
