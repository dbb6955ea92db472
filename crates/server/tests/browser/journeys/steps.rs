//! What people do on more than one journey: hand a ticket out, accept it, write a note.

use super::Journey;
use crate::visitor::Visitor;

impl Journey {
    /// The lead finds the ticket in the list.
    pub async fn opens(&self, lead: &Visitor) {
        lead.press(self.t("nav-tickets")).await;
        lead.press(&self.title).await;
        lead.reads(&self.title).await;
    }

    /// The lead chooses a partner in the ticket's menu, by way of the list of all, and says under which terms.
    pub async fn hands_out(&self, lead: &Visitor, partner: &str) {
        lead.press(self.t("menu-outsource")).await;
        lead.press(self.t("menu-other-partner")).await;
        lead.press(partner).await;
        lead.types(self.t("terms-authorized-charge"), &self.amount("60.00")).await;
        lead.types(self.t("terms-authorized-hours"), "5").await;
        lead.types(self.t("terms-billing-rate"), "95").await;
        lead.types(self.t("terms-instructions"), "Bitte vor Ort prüfen.").await;
        lead.reads(&self.amount("300.00")).await;
        self.sends(lead).await;
    }

    pub async fn sends(&self, lead: &Visitor) {
        lead.click("main button[name=then][value=send]").await;
        lead.reads(self.t("done-outsourced")).await;
        lead.sees(".outsource-bar .status-assigned").await;
    }

    /// The partner finds the offer in the list of what waits for an answer.
    pub async fn finds_offer(&self, partner: &Visitor) {
        partner.turns_to(self.t("nav-received")).await;
        partner.press(&self.title).await;
        partner.reads(self.t("received-offer")).await;
    }

    pub async fn accepts(&self, partner: &Visitor) {
        self.finds_offer(partner).await;
        partner.press(self.t("received-accept")).await;
        partner.reads(self.t("done-accepted")).await;
        partner.sees(".outsource-bar .status-accepted").await;
    }

    /// A note for everybody, the other side included.
    pub async fn writes(&self, visitor: &Visitor, text: &str) {
        visitor.types(self.t("note-body"), text).await;
        visitor.press(self.t("note-add")).await;
        visitor.reads(text).await;
    }

    /// The lead hands the ticket to the partner, who accepts it.
    pub async fn relay(&self, lead: &Visitor, partner: &Visitor) {
        self.opens(lead).await;
        self.hands_out(lead, super::PARTNER).await;
        self.accepts(partner).await;
        lead.sees(".outsource-bar .status-accepted").await;
    }
}
