//! A ticket goes to the partner and comes back, approved and closed; what the partner writes appears without reload.

use crate::stage::{Stage, webdriver};

struct Said {
    language: &'static str,
    outsource: &'static str,
    total: &'static str,
    assigned: &'static str,
    accept: &'static str,
    add_note: &'static str,
    complete: &'static str,
    reject: &'static str,
    save: &'static str,
    approve: &'static str,
    done: &'static str,
    charge: &'static str,
}

const GERMAN: Said = Said {
    language: "de",
    outsource: "Outsourcen",
    total: "300,00",
    assigned: "Zugewiesen",
    accept: "Outgesourctes Ticket annehmen",
    add_note: "Notiz hinzufügen",
    complete: "Insourcing abgeschlossen",
    reject: "Abschluss ablehnen",
    save: "Speichern",
    approve: "Abschluss genehmigen",
    done: "Abgeschlossen",
    charge: "60,00",
};

const ENGLISH: Said = Said {
    language: "en",
    outsource: "Outsource",
    total: "300.00",
    assigned: "Assigned",
    accept: "Accept Outsourced Ticket",
    add_note: "Add note",
    complete: "Insource Complete",
    reject: "Reject Completion",
    save: "Save",
    approve: "Approve Completion",
    done: "Complete",
    charge: "60.00",
};

async fn journey(said: &Said) {
    let Some(driver) = webdriver() else { return };
    let stage = Stage::new().await;
    let lead = stage.sign_in(&driver, "kathrin.behrens@hansekontor.example", said.language).await;
    let partner = stage.sign_in(&driver, "nicole.schmitz@rheinwerk.example", said.language).await;

    lead.go("/tickets/new").await;
    lead.fill("title", "Alarmanlage meldet Sabotage").await;
    lead.choose("organization", "1").await;
    lead.click("main form.sheet button[type=submit]").await;
    lead.sees(".composer").await;

    lead.press(said.outsource).await;
    lead.press("Rheinwerk Systemhaus GmbH").await;
    lead.fill("authorized_charge", said.charge).await;
    lead.fill("authorized_hours", "5").await;
    lead.fill("billing_rate", "95").await;
    // The script computes the total and the preview while one types.
    lead.reads(said.total).await;
    lead.click("button[name=then][value=send]").await;
    lead.sees(".outsource-bar .status-assigned").await;
    lead.reads(said.assigned).await;

    partner.go("/received").await;
    partner.press("Alarmanlage meldet Sabotage").await;
    partner.press(said.accept).await;
    partner.sees(".outsource-bar .status-accepted").await;
    // The lead's page is still open: it hears of the acceptance, and then of the note.
    lead.sees(".outsource-bar .status-accepted").await;
    partner.fill("body", "Kontakt an Tor 3 war lose.").await;
    partner.press(said.add_note).await;
    partner.reads("Kontakt an Tor 3 war lose.").await;
    lead.reads("Kontakt an Tor 3 war lose.").await;
    lead.sees(".outsource-bar .status-in_progress").await;

    partner.press(said.complete).await;
    partner.click("main form.sheet button[type=submit]").await;
    partner.sees(".outsource-bar .status-waiting_approval").await;
    lead.press(said.reject).await;
    lead.fill("reason", "Bitte Tor 4 auch prüfen.").await;
    lead.press(said.save).await;
    lead.sees(".outsource-bar .status-in_progress").await;
    partner.reads("Bitte Tor 4 auch prüfen.").await;
    partner.press(said.complete).await;
    partner.click("main form.sheet button[type=submit]").await;
    lead.press(said.approve).await;
    lead.click("main form.sheet button[type=submit]").await;
    lead.sees(".outsource-bar .status-complete").await;
    lead.reads(said.done).await;
    partner.sees(".outsource-bar .status-complete").await;
    lead.client.close().await.unwrap();
    partner.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_relay_runs_in_german() {
    journey(&GERMAN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_relay_runs_in_english() {
    journey(&ENGLISH).await;
}
