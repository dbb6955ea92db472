//! The main job, from end to end, and its other endings.

use domain::permission::{OutsourcingLevel, SecurityLevel};
use jiff::SignedDuration;
use staffel::jobs::clock;

use crate::world::story;

const NOTE: [(&str, &str); 3] =
    [("quick", "1"), ("publish", "all"), ("body", "Router getauscht, läuft wieder.")];
const SECRET: [(&str, &str); 3] =
    [("quick", "1"), ("publish", "internal"), ("body", "Kunde zahlt schlecht")];
const TIME: [(&str, &str); 5] = [
    ("date", "2026-11-24"),
    ("worked", "3,00"),
    ("deduct", "0,50"),
    ("billable", "1"),
    ("body", "Fehler gesucht"),
];
const PART: [(&str, &str); 5] = [
    ("date", "2026-11-24"),
    ("title", "Netzteil"),
    ("quantity", "1"),
    ("unit_price", "40,00"),
    ("unit_cost", "17,11"),
];

story!(the_relay_runs_from_end_to_end, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Internet fällt aus").await;
    anna.post(
        &format!("{ticket}/notes"),
        &[("quick", "1"), ("publish", "all"), ("body", "Kunde ist informiert")],
    )
    .await
    .is(303);
    anna.post(&format!("{ticket}/notes"), &SECRET).await.is(303);

    let preview =
        anna.get(&format!("{ticket}/outsource?partner={}", world.partnership)).await.is(200);
    preview.shows("Internet fällt aus").shows("Kunde ist informiert").hides("Kunde zahlt schlecht");
    let round = world.send(&mut anna, &ticket).await;
    anna.get(&ticket).await.shows("Zugewiesen");

    nora.get("/received").await.shows("Internet fällt aus").shows("Acme");
    let offer = nora.get(&format!("/received/{round}")).await.is(200);
    offer
        .shows("Bitte vor Ort prüfen.")
        .shows("300,00")
        .hides("95,00")
        .hides("Kunde zahlt schlecht")
        .hides("Praxis Dr. Grün");
    let theirs = world.accept(&mut nora, round).await;
    nora.get(&theirs).await.shows("Insourcing").shows("300,00").shows("Angenommen").hides("95,00");
    anna.get(&ticket).await.shows("Angenommen");

    nora.post(&format!("{theirs}/notes"), &NOTE).await.is(303);
    anna.get(&ticket).await.shows("In Bearbeitung").shows("Router getauscht");
    nora.post(&format!("{theirs}/notes"), &SECRET).await.is(303);
    nora.post(&format!("{theirs}/time"), &TIME).await.is(303);
    nora.post(&format!("{theirs}/charges"), &PART).await.is(303);
    nora.upload(&format!("{theirs}/files"), "messung.html", b"<script>alert(1)</script>", "all")
        .await
        .is(303);
    let page = anna.get(&ticket).await.is(200);
    assert_eq!(page.items("Router getauscht").len(), 1, "crossed exactly once");
    assert_eq!(page.items("Fehler gesucht").len(), 1);
    assert_eq!(page.items("messung.html").len(), 1);
    // Own secret once, never theirs; and what the part cost the partner stays there.
    assert_eq!(page.items("Kunde zahlt schlecht").len(), 1);
    let file = page.items("messung.html")[0];
    page.shows("40,00").hides("17,11");
    let served = anna.get(&format!("/files/{file}")).await.is(200);
    assert_eq!(served.headers["content-type"], "application/octet-stream");
    assert!(served.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));

    nora.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    nora.post(
        &format!("{theirs}/notes"),
        &[("quick", "1"), ("publish", "all"), ("body", "Nachtrag während der Prüfung")],
    )
    .await
    .is(303);
    anna.get(&ticket).await.shows("Warten auf Genehmigung").hides("Nachtrag während");
    anna.post(&format!("/outsourcings/{round}/rejection"), &[("reason", " ")])
        .await
        .is(422)
        .shows("Bitte geben Sie einen Grund an");
    anna.post(
        &format!("/outsourcings/{round}/rejection"),
        &[("reason", "Bitte noch dokumentieren")],
    )
    .await
    .is(303);
    nora.get(&theirs).await.shows("Bitte noch dokumentieren").shows("In Bearbeitung");
    anna.get(&ticket).await.hides("Nachtrag während");
    // Whoever settles sees what: 2.50 h at 60.00 and the part, the same sum on both sides.
    let asked = nora.get(&format!("/outsourcings/{round}/report")).await.is(200);
    asked.shows("2,50 Std.").shows("150,00").shows("190,00").hides("17,11");
    nora.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    let approval = format!("/outsourcings/{round}/approval");
    let asked = anna.get(&approval).await.is(200).shows("2,50 Std.").shows("150,00");
    asked.shows("190,00").shows("300,00").hides("17,11");
    world.levels("anna", SecurityLevel::Manager, OutsourcingLevel::Outsourcing);
    let asked = anna.get(&approval).await.is(200).shows("2,50 Std.");
    asked.shows("Was die Arbeit kostet, sieht nur").hides("150,00").hides("190,00");
    world.levels("anna", SecurityLevel::Administrator, OutsourcingLevel::All);
    anna.post(&approval, &[]).await.is(303);

    // Worked example 15.6: 2.50 h at 60.00 cost 150.00, priced at nothing, not billable.
    let done =
        anna.get(&ticket).await.shows("Abgeschlossen").shows("Outgesourcter Arbeitsaufwand – Nord");
    done.shows("150,00").shows("3,00 − 0,50 = 2,50").shows("nicht abrechenbar");
    assert_eq!(
        world.count("SELECT unit_cost * quantity FROM charge WHERE outsourcing_id IS NOT NULL"),
        6000 * 250
    );
    assert_eq!(
        world.count("SELECT unit_price + billable FROM charge WHERE outsourcing_id IS NOT NULL"),
        0
    );
    // Labor margin: 2.50 h at 95.00 less 150.00 is 87.50.
    let revenue = "SELECT SUM((e.worked - e.deduct) * e.rate) FROM time_entry e JOIN item i ON i.id = e.item_id WHERE i.is_copy = 1";
    assert_eq!(world.count(revenue) / 100 - 15_000, 8_750);

    let before = world.count("SELECT COUNT(*) FROM crossing");
    nora.post(
        &format!("{theirs}/notes"),
        &[("quick", "1"), ("publish", "all"), ("body", "Nur noch für uns")],
    )
    .await
    .is(303);
    anna.post(
        &format!("{ticket}/notes"),
        &[("quick", "1"), ("publish", "all"), ("body", "Auch nur für uns")],
    )
    .await
    .is(303);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM crossing"),
        before,
        "nothing crosses after the end"
    );
    anna.get(&ticket).await.hides("Nur noch für uns");
    assert_eq!(world.count("SELECT COUNT(*) FROM link WHERE state = 'linked'"), 0);
    anna.post(&format!("{ticket}/deletion"), &[]).await.is(422);
    anna.get(&format!("/outsourcings/{round}/crossings")).await.is(200).shows("Router getauscht");
});

story!(an_edit_and_a_deletion_follow_the_item_and_a_detached_copy_is_left_alone, world, {
    let (mut anna, mut nils) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut anna, "Drucker").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nils, round).await;
    nils.post(&format!("{theirs}/notes"), &NOTE).await.is(303);
    let own = nils.get(&theirs).await.items("Router getauscht")[0];
    let copy = anna.get(&ticket).await.items("Router getauscht")[0];
    // Read-only while linked.
    anna.get(&format!("/items/{copy}/edit")).await.is(422);
    let edit = |revision: &'static str, body: &'static str| {
        [("revision", revision), ("publish", "all"), ("body", body)]
    };
    nils.post(&format!("/items/{own}"), &edit("1", "Switch getauscht")).await.is(303);
    anna.get(&ticket).await.shows("Switch getauscht").hides("Router getauscht");
    // A second editor of the first version is told, and nothing is lost.
    nils.post(&format!("/items/{own}"), &edit("1", "Überschrieben"))
        .await
        .is(422)
        .shows("Überschrieben");
    anna.post(&format!("/items/{copy}/detachment"), &[]).await.is(303);
    nils.get(&theirs).await.shows("gelöst");
    nils.post(&format!("/items/{own}"), &edit("2", "Kabel getauscht")).await.is(303);
    anna.get(&ticket).await.shows("Switch getauscht").hides("Kabel getauscht");

    nils.post(
        &format!("{theirs}/notes"),
        &[("quick", "1"), ("publish", "all"), ("body", "Vorübergehend")],
    )
    .await
    .is(303);
    let second = nils.get(&theirs).await.items("Vorübergehend")[0];
    anna.get(&ticket).await.shows("Vorübergehend");
    nils.post(
        &format!("/items/{second}"),
        &[("revision", "1"), ("publish", "internal"), ("body", "Vorübergehend")],
    )
    .await
    .is(303);
    anna.get(&ticket).await.hides("Vorübergehend");
    nils.post(&format!("/items/{second}/deletion"), &[]).await.is(303);
    nils.get(&theirs).await.hides("Vorübergehend");
});

story!(a_partner_declines_and_the_lead_hands_it_out_again, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Umzug").await;
    let round = world.send(&mut anna, &ticket).await;
    nora.post(&format!("/outsourcings/{round}/refusal"), &[]).await.is(422);
    nora.post(&format!("/outsourcings/{round}/refusal"), &[("reason", "Kein Termin frei")])
        .await
        .is(303);
    anna.get(&ticket).await.shows("Abgelehnt").shows("Kein Termin frei");
    nora.get(&format!("/received/{round}")).await.is(200).hides("Umzug");
    let again = world.send(&mut anna, &ticket).await;
    assert_ne!(again, round);
    anna.get(&format!("/outsourcings/{again}/cancellation")).await.is(200);
    anna.post(&format!("/outsourcings/{again}/cancellation"), &[]).await.is(303);
    nora.post(&format!("/received/{again}/acceptance"), &[("mapping", "1"), ("new_name", "Acme")])
        .await
        .is(422);
    anna.get(&ticket).await.shows("Storniert");
});

story!(an_offer_expires_and_a_late_answer_is_refused_before_the_clock_has_run, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Server").await;
    let round = world.send(&mut anna, &ticket).await;
    world.app.clock.advance(SignedDuration::from_hours(24 + 1));
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    nora.post(&format!("/received/{round}/acceptance"), &[("mapping", "1"), ("new_name", "Acme")])
        .await
        .is(422)
        .shows("abgelaufen");
    assert_eq!(clock::tick(&world.app).await.unwrap(), 1);
    assert_eq!(clock::tick(&world.app).await.unwrap(), 0, "once is enough");
    anna.get(&ticket).await.shows("Abgelaufen");
    assert_eq!(world.count("SELECT COUNT(*) FROM mail WHERE subject LIKE '%abgelaufen%'"), 2);
});

story!(a_partner_gives_the_ticket_back, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Telefon").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nora, round).await;
    nora.post(&format!("{theirs}/time"), &TIME).await.is(303);
    nora.post(&format!("/outsourcings/{round}/return"), &[("reason", "Uns fehlt das Fachwissen")])
        .await
        .is(303);
    anna.get(&ticket)
        .await
        .shows("Zurückgegeben")
        .shows("Uns fehlt das Fachwissen")
        .shows("Outgesourcter Arbeitsaufwand");
    let again = world.send(&mut anna, &ticket).await;
    assert_ne!(again, round);
});

story!(completing_the_ticket_ends_the_round_on_both_sides, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "WLAN").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nora, round).await;
    nora.post(&format!("{theirs}/status"), &[("status", "complete")])
        .await
        .is(422)
        .shows("Insourcing abgeschlossen");
    nora.post(&format!("{theirs}/status"), &[("status", "in_progress")]).await.is(303);
    anna.get(&ticket).await.shows("In Bearbeitung");
    anna.post(&format!("{ticket}/status"), &[("status", "complete")]).await.is(303);
    nora.get(&theirs).await.shows("nicht mehr verknüpft");
    nora.post(&format!("{theirs}/status"), &[("status", "complete")]).await.is(303);
});

story!(of_two_answers_in_the_same_instant_one_wins, world, {
    let (mut anna, nora, nils) =
        (world.sign_in("anna").await, world.sign_in("nora").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut anna, "Firewall").await;
    let round = world.send(&mut anna, &ticket).await;
    let answer = |mut browser: crate::world::Browser, path: String| async move {
        let fields =
            [("mapping", "1"), ("new_name", "Acme"), ("new_kind", "customer"), ("reason", "Nein")];
        browser.post(&path, &fields).await.status
    };
    let (one, two) = tokio::join!(
        tokio::spawn(answer(nora, format!("/received/{round}/acceptance"))),
        tokio::spawn(answer(nils, format!("/outsourcings/{round}/refusal"))),
    );
    let mut answers = [one.unwrap(), two.unwrap()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM round_move WHERE move IN ('accept', 'decline')"),
        1
    );
});

story!(ticket_numbers_have_no_gap_and_no_double, world, {
    let anna = world.sign_in("anna").await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..24 {
        let (mut browser, world) = (anna.clone(), world.clone());
        tasks.spawn(async move { world.ticket(&mut browser, &format!("Ticket {n}")).await });
    }
    tasks.join_all().await;
    assert_eq!(
        world.count("SELECT COUNT(DISTINCT number) FROM ticket WHERE number LIKE 'T20261124.%'"),
        24
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM ticket WHERE number = 'T20261124.0024'"), 1);
});

story!(the_number_of_what_was_deleted_is_never_used_again, world, {
    let (mut anna, mut nils) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let doomed = world.ticket(&mut anna, "Versehen").await;
    anna.post(&format!("{doomed}/deletion"), &[]).await.is(303);
    let ticket = world.ticket(&mut anna, "Drucker").await;
    assert_ne!(ticket, doomed);
    anna.get(&doomed).await.is(404);
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nils, round).await;
    // A crossing names its item for good: the next one must be another.
    for _ in 0..3 {
        nils.post(&format!("{theirs}/notes"), &NOTE).await.is(303);
        let note = nils.get(&theirs).await.items("Router getauscht")[0];
        nils.post(&format!("/items/{note}/deletion"), &[]).await.is(303);
    }
    assert_eq!(world.count("SELECT COUNT(DISTINCT origin_item) FROM crossing"), 3);
    anna.get(&ticket).await.hides("Router getauscht");
});
