//! Declined and handed on: the first partner says no and why, the lead reads it and finds another one.

use domain::message::Message;

use super::{Journey, LEAD, PARTNER, SECOND_PARTNER, journey};
use crate::pages::{KATHRIN, NICOLE, VERONIKA};
use crate::visitor::Visitor;

const REASON: &str = "Diese Woche ist niemand von uns in der Nähe.";

async fn tell(journey: &Journey) {
    let lead = journey.arrives(KATHRIN).await;
    let partner = journey.arrives(VERONIKA).await;
    joins(journey, &partner).await;

    journey.becomes(&partner, NICOLE).await;
    journey.opens(&lead).await;
    journey.hands_out(&lead, PARTNER).await;
    let offer = declines(journey, &partner).await;

    lead.sees(".outsource-bar .status-declined").await;
    let reason = Message::new("bar-note-reason").with("reason", REASON);
    lead.reads(&journey.say(&reason)).await;
    journey.looks(&lead, "declined").await;
    hands_on(journey, &lead).await;

    // Whoever declined is told that it is over, and nothing of what it was about.
    partner.client.refresh().await.unwrap();
    partner.hides(&journey.title).await;
    partner.go(&offer).await;
    partner.reads(journey.t("received-over-hint")).await;
    partner.hides(&journey.title).await;
    partner.hides(SECOND_PARTNER).await;
    journey.looks(&partner, "declined-offer-over").await;

    journey.becomes(&partner, VERONIKA).await;
    accepts_the_first(journey, &partner).await;
    lead.sees(".outsource-bar .status-accepted").await;
    both_rounds(journey, &lead).await;
    lead.close().await;
    partner.close().await;
}

/// The second partner follows the link of its invitation, and accepts.
async fn joins(journey: &Journey, partner: &Visitor) {
    partner.go(&journey.invitation()).await;
    partner.reads(LEAD).await;
    partner.press(journey.t("invitation-accept")).await;
    partner.reads(journey.t("done-invitation-accepted")).await;
    journey.looks(partner, "invitation-accepted").await;
}

/// The address of the offer that was declined.
async fn declines(journey: &Journey, partner: &Visitor) -> String {
    journey.finds_offer(partner).await;
    partner.reads(LEAD).await;
    let offer = partner.client.current_url().await.unwrap().path().to_owned();
    partner.press(journey.t("received-decline")).await;
    let ask = Message::new("ask-decline").with("other", LEAD);
    partner.reads(&journey.say(&ask)).await;
    partner.types(journey.t("reason"), REASON).await;
    partner.press(journey.t("deed-decline")).await;
    partner.reads(journey.t("done-round-declined")).await;
    partner.hides(&journey.title).await;
    journey.looks(partner, "declined-list").await;
    offer
}

/// The terms of the first round serve again; only the partner is another one.
async fn hands_on(journey: &Journey, lead: &Visitor) {
    lead.press(journey.t("menu-outsource")).await;
    lead.press(journey.t("menu-other-partner")).await;
    lead.press(SECOND_PARTNER).await;
    lead.reads(journey.t("outsource-terms-again")).await;
    lead.reads(&journey.amount("300.00")).await;
    journey.looks(lead, "declined-terms-again").await;
    journey.sends(lead).await;
}

/// Its first ticket of this lead: it says which of its organizations stands for the lead.
async fn accepts_the_first(journey: &Journey, partner: &Visitor) {
    journey.finds_offer(partner).await;
    partner.hides(REASON).await;
    let hint = Message::new("mapping-hint").with("lead", LEAD);
    partner.reads(&journey.say(&hint)).await;
    assert_eq!(partner.value(journey.t("mapping-new-name")).await, LEAD);
    journey.looks(partner, "declined-first-offer").await;
    partner.press(journey.t("received-accept")).await;
    partner.reads(journey.t("done-accepted")).await;
    partner.hides(PARTNER).await;
}

/// The ticket tells of both rounds, and so does the page of each.
async fn both_rounds(journey: &Journey, lead: &Visitor) {
    let declined =
        Message::new("note-round-declined").with("partner", PARTNER).with("reason", REASON);
    lead.reads(&journey.say(&declined)).await;
    let accepted = Message::new("note-round-accepted").with("partner", SECOND_PARTNER);
    lead.reads(&journey.say(&accepted)).await;
    let rounds = lead.panel(journey.t("rounds-title")).await;
    let said =
        [(SECOND_PARTNER, "outsourcing-status-accepted"), (PARTNER, "outsourcing-status-declined")];
    let places = said.map(|(name, status)| {
        let place = rounds.find(name).unwrap_or_else(|| panic!("no {name} in {rounds}"));
        assert!(rounds[place..].contains(journey.t(status)), "{rounds}");
        place
    });
    assert!(places.is_sorted(), "the newest round comes first: {rounds}");
    journey.looks(lead, "declined-both-rounds").await;
    lead.press(PARTNER).await;
    lead.reads(journey.t("history-decline")).await;
    lead.reads(REASON).await;
    journey.looks(lead, "declined-first-round").await;
}

journey!(
    tell,
    a_declined_ticket_goes_to_another_partner_in_german,
    a_declined_ticket_goes_to_another_partner_in_english
);
