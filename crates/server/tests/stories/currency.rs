//! Money is exact: a charge keeps the currency it was entered in, on both sides and through every edit.

use crate::world::{Browser, story};

const PART: [(&str, &str); 5] = [
    ("date", "2026-11-24"),
    ("title", "Netzteil"),
    ("quantity", "1"),
    ("unit_price", "40,00"),
    ("unit_cost", "17,11"),
];

/// A company changes the currency it reckons in.
async fn reckon_in(browser: &mut Browser, name: &str, currency: &str) {
    let version = browser.get("/company").await.is(200).value("version");
    let fields = [
        ("version", version.as_str()),
        ("name", name),
        ("language", "de"),
        ("time_zone", "Europe/Berlin"),
        ("currency", currency),
        ("accept_hours", "24"),
    ];
    browser.post("/company", &fields).await.is(303);
}

story!(a_charge_from_another_currency_is_edited_in_its_own, world, {
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nora").await);
    reckon_in(&mut partner, "Nord", "CHF").await;
    let ticket = world.ticket(&mut lead, "Netzteil").await;
    let round = world.send(&mut lead, &ticket).await;
    let theirs = world.accept(&mut partner, round).await;
    partner.get(&format!("{theirs}/charges/new")).await.shows(">CHF<").hides(">EUR<");
    partner.post(&format!("{theirs}/charges"), &PART).await.is(303);
    lead.get(&ticket).await.shows("40,00\u{a0}CHF");
    lead.post(&format!("/outsourcings/{round}/completion"), &[]).await.is(303);

    let item = lead.get(&ticket).await.items("Netzteil")[0];
    let form = lead.get(&format!("/items/{item}/edit")).await.is(200).shows(">CHF<").hides(">EUR<");
    let revision = form.value("revision");
    let changed = [
        ("revision", revision.as_str()),
        ("date", "2026-11-24"),
        ("title", "Netzteil, gebraucht"),
        ("quantity", "1"),
        ("unit_price", "45,00"),
        ("unit_cost", "40,00"),
        ("billable", "1"),
    ];
    lead.post(&format!("/items/{item}"), &changed).await.is(303);
    lead.get(&ticket)
        .await
        .shows("Netzteil, gebraucht")
        .shows("45,00\u{a0}CHF")
        .hides("45,00\u{a0}€");
    lead.get(&format!("{ticket}/charges/new")).await.shows(">EUR<");
    let kept = "SELECT COUNT(*) FROM charge c JOIN item i ON i.id = c.item_id
                 WHERE i.title = 'Netzteil, gebraucht' AND c.currency = 'CHF' AND c.unit_price = 4500";
    assert_eq!(world.count(kept), 1);
});

story!(who_changes_the_currency_leaves_what_was_entered_before, world, {
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "Netzteil").await;
    lead.post(&format!("{ticket}/charges"), &PART).await.is(303);
    reckon_in(&mut lead, "Acme", "USD").await;
    let item = lead.get(&ticket).await.items("Netzteil")[0];
    let form = lead.get(&format!("/items/{item}/edit")).await.is(200).shows(">EUR<").hides(">USD<");
    let revision = form.value("revision");
    let mut changed = PART.to_vec();
    changed.push(("revision", &revision));
    changed[3] = ("unit_price", "50,00");
    lead.post(&format!("/items/{item}"), &changed).await.is(303);
    let kept = "SELECT COUNT(*) FROM charge WHERE currency = 'EUR' AND unit_price = 5000";
    assert_eq!(world.count(kept), 1);
});
