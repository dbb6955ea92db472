//! *Lead Partner Administration*: whose organization stands for a lead, and its correction (11.2, decision 15).

use domain::ticket::OrganizationType;

use crate::world::story;

story!(an_administrator_corrects_which_organization_stands_for_a_lead, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    // Its invitation was accepted; which organization stands for it is asked with the first ticket.
    nora.get("/leads").await.is(200).shows("Acme").shows("wird beim ersten Ticket gewählt");
    world.sign_in("anna").await.get("/leads").await.is(200).shows("Noch kein Lead-Partner");
    let ticket = world.ticket(&mut anna, "Internet").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nora, round).await;
    nora.get("/leads").await.is(200).shows("Acme").hides("Fremd");
    let form = nora.get("/organizations/new").await.is(200);
    let owner = form.body.split("name=\"owner\"").nth(1).unwrap();
    let owner =
        owner.split("value=\"").find_map(|part| part.split('"').next()?.parse::<i64>().ok());
    let owner = owner.unwrap().to_string();
    let new = [
        ("owner", owner.as_str()),
        ("name", "Acme Deutschland GmbH"),
        ("type", OrganizationType::Customer.name()),
        ("phone", "+49 30 1"),
        ("active", "1"),
    ];
    let place = nora.post("/organizations", &new).await.is(303).location;
    let id = place.trim_start_matches("/organizations/").split('?').next().unwrap().to_owned();
    let lead = world.acme.to_string();
    let page = nora.get(&format!("/leads/{lead}")).await.is(200).shows("Acme Deutschland GmbH");
    assert!(page.body.contains("<select"));
    nora.post(&format!("/leads/{lead}"), &[("organization", "")]).await.is(422);
    nora.post(&format!("/leads/{lead}"), &[("organization", "999999")]).await.is(422);
    nora.post(&format!("/leads/{lead}"), &[("organization", &id)]).await.is(303);
    nora.get(&theirs).await.shows("Acme Deutschland GmbH");
    nora.get("/tickets?q=deutschland").await.shows("Internet");
    let acts = nora.get("/audit?kind=relationship").await.shows("Acme → Acme Deutschland GmbH");
    acts.shows("Zuordnung eines Lead-Partners geändert");
    nora.get("/audit?kind=other").await.is(200).hides("Acme Deutschland GmbH");
    // The next ticket of this lead comes to the new organization without a question.
    let second = world.ticket(&mut anna, "Telefon").await;
    let round = world.send(&mut anna, &second).await;
    nora.get(&format!("/received/{round}")).await.is(200).hides("name=\"new_name\"");
    let theirs = world.accept(&mut nora, round).await;
    nora.get(&theirs).await.shows("Acme Deutschland GmbH");
});

story!(nobody_else_touches_the_mapping, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Internet").await;
    let round = world.send(&mut anna, &ticket).await;
    world.accept(&mut nora, round).await;
    let mut nils = world.sign_in("nils").await;
    nils.get("/leads").await.is(403);
    nils.post(&format!("/leads/{}", world.acme), &[("organization", "1")]).await.is(403);
    let mut fritz = world.sign_in("fritz").await;
    fritz.get(&format!("/leads/{}", world.acme)).await.is(404);
    fritz.post(&format!("/leads/{}", world.acme), &[("organization", "1")]).await.is(404);
});

story!(a_changed_due_date_offers_a_note_and_sends_nothing_by_itself, world, {
    let (mut anna, mut nils) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut anna, "Drucker").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nils, round).await;
    let form = anna.get(&format!("{ticket}/edit")).await.is(200);
    let (version, customer) = (form.value("version"), world.customer.to_string());
    let queue = form.body.split("name=\"queue\"").nth(1).unwrap();
    let queue =
        queue.split("value=\"").find_map(|part| part.split('"').next()?.parse::<i64>().ok());
    let queue = queue.unwrap().to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", "Drucker"),
        ("description", "Nichts geht mehr."),
        ("organization", customer.as_str()),
        ("queue", queue.as_str()),
        ("status", "new"),
        ("priority", "critical"),
        ("source", "phone"),
        ("due", "2026-12-01T12:00"),
    ];
    let place = anna.post(&ticket, &fields).await.is(303).location;
    assert!(place.contains("tell=due&tell=priority"), "{place}");
    anna.get(&place)
        .await
        .is(200)
        .shows("Nord erfährt von Ihrer Änderung nichts")
        .shows("Die Priorität hat sich geändert. Neu: Kritisch.")
        .shows("01.12.2026");
    assert_eq!(world.count("SELECT COUNT(*) FROM crossing"), 0, "an offer, not an act");
    nils.get(&theirs).await.hides("Kritisch");
});

story!(the_terms_of_a_round_that_was_not_taken_serve_again, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Umzug").await;
    let round = world.send(&mut anna, &ticket).await;
    nora.post(&format!("/outsourcings/{round}/refusal"), &[("reason", "Kein Termin")])
        .await
        .is(303);
    let page = anna.get(&format!("{ticket}/outsource?partner={}", world.partnership)).await.is(200);
    assert_eq!(page.value("authorized_charge"), "60,00");
    assert_eq!(page.value("billing_rate"), "95,00");
    page.shows("Bitte vor Ort prüfen.").shows("aus der letzten Runde");
});

story!(a_lead_comes_into_the_book_as_a_partner_with_its_telephone, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Internet").await;
    let round = world.send(&mut anna, &ticket).await;
    let form = nora.get(&format!("/received/{round}")).await.is(200);
    form.shows("<option value=\"partner\" selected>").shows("name=\"new_phone\"");
    let new = [
        ("mapping", "1"),
        ("new_name", "Acme"),
        ("new_kind", "partner"),
        ("new_phone", "+49 40 12"),
    ];
    nora.post(&format!("/received/{round}/acceptance"), &new).await.is(303);
    let made = "SELECT COUNT(*) FROM organization WHERE name = 'Acme' AND kind = 'partner' AND phone = '+49 40 12'";
    assert_eq!(world.count(made), 1);
});
