//! The fixed letters of section 16: who gets them, in which language, that they say what happened and nothing besides.

use domain::permission::{OutsourcingLevel, SecurityLevel};
use jiff::SignedDuration;
use staffel::jobs::clock;
use staffel::store;
use staffel::store::mails::Mail;

use crate::world::{Browser, World, story};

/// Every letter to somebody, oldest first.
fn letters(world: &World, to: &'static str) -> Vec<Mail> {
    let find = move |tx: &mut db::Tx| store::mails::page(tx, to, None, None);
    let mut found = world.app.db.read_blocking(find).unwrap();
    found.reverse();
    found
}

/// The last letter to somebody.
#[track_caller]
fn last(world: &World, to: &'static str) -> Mail {
    letters(world, to).pop().unwrap()
}

async fn note(browser: &mut Browser, ticket: &str, publish: &str, body: &str) {
    let fields = [("quick", "1"), ("publish", publish), ("body", body)];
    browser.post(&format!("{ticket}/notes"), &fields).await.is(303);
}

/// Lets time pass and the clock run.
async fn minutes(world: &World, minutes: i64) {
    world.app.clock.advance(SignedDuration::from_mins(minutes));
    clock::tick(&world.app).await.unwrap();
}

#[track_caller]
fn tells(mail: &Mail, subject: &str, words: &[&str]) {
    assert!(mail.subject.contains(subject), "«{subject}» is missing in «{}»", mail.subject);
    for secret in ["60,00", "95,00", "300,00", "Kunde zahlt schlecht", "Nichts geht mehr"] {
        assert!(!mail.subject.contains(secret), "a subject is for everybody: {}", mail.subject);
        assert!(!mail.body.contains("95,00"), "the customer's rate: {}", mail.body);
    }
    for word in words {
        assert!(mail.body.contains(word), "«{word}» is missing:\n{}", mail.body);
    }
    assert!(mail.html.starts_with("<!DOCTYPE html>"), "{}", mail.html);
    assert!(mail.body.contains("http://"), "a link: {}", mail.body);
}

story!(an_offer_that_ended_with_its_ticket_never_was_a_link, world, {
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "Internet fällt aus").await;
    world.send(&mut lead, &ticket).await;
    lead.post(&format!("{ticket}/status"), &[("status", "complete")]).await.is(303);
    let mail = last(&world, "nora@stage.example");
    tells(&mail, "Outsourcing mit Acme abgeschlossen", &["während das Angebot noch offen war"]);
    assert!(!mail.body.contains("verknüpft"), "no two tickets ever were linked: {}", mail.body);
});

story!(every_move_is_told_to_the_other_side_once, world, {
    let (anna, nora) = ("anna@stage.example", "nora@stage.example");
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut lead, "Internet fällt aus").await;
    let number = "T20261124.0001";
    let round = world.send(&mut lead, &ticket).await;
    let mail = last(&world, nora);
    tells(&mail, "T20261124.0001: neues Ticket von Acme", &[number, "Internet fällt aus"]); // M3
    let play = format!("/outsourcings/{round}");
    lead.post(&format!("{play}/cancellation"), &[]).await.is(303);
    let mail = last(&world, nora);
    tells(&mail, "T20261124.0001: Angebot von Acme storniert", &["Acme", number]); // M4
    assert!(
        !mail.body.contains("Internet"),
        "of a withdrawn offer no detail remains: {}",
        mail.body
    );
    let round = world.send(&mut lead, &ticket).await;
    let play = format!("/outsourcings/{round}");
    partner.post(&format!("{play}/refusal"), &[("reason", "Kein Termin frei")]).await.is(303);
    tells(&last(&world, anna), "T20261124.0001", &["Nord", "> Kein Termin frei"]); // M5
    let round = world.send(&mut lead, &ticket).await;
    world.accept(&mut partner, round).await;
    let play = format!("/outsourcings/{round}");
    tells(&last(&world, anna), "T20261124.0001", &["Nord"]); // M5
    partner.post(&format!("{play}/report"), &[]).await.is(303);
    tells(&last(&world, anna), "T20261124.0001", &["Nord"]); // M7
    lead.post(&format!("{play}/rejection"), &[("reason", "Bitte dokumentieren")]).await.is(303);
    tells(&last(&world, nora), number, &["Acme", "> Bitte dokumentieren"]); // M8
    partner.post(&format!("{play}/report"), &[]).await.is(303);
    lead.post(&format!("{play}/approval"), &[]).await.is(303);
    tells(&last(&world, nora), number, &["Acme"]); // M9
    let told = |to| letters(&world, to).into_iter().map(|mail| mail.subject).collect::<Vec<_>>();
    // The invitation, three offers, one cancellation, one rejection, one completion.
    assert_eq!(told(nora).len(), 7, "{:?}", told(nora));
    // Nora's acceptance of the invitation, a refusal, an acceptance, two reports; nothing for Anna's own approval.
    assert_eq!(told(anna).len(), 5, "{:?}", told(anna));
});

story!(an_answer_to_somebody_who_has_left_reaches_who_is_in_charge, world, {
    world.levels("axel", SecurityLevel::Manager, OutsourcingLevel::All);
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "Internet fällt aus").await;
    let round = world.send(&mut lead, &ticket).await;
    let left = world.app.db.write_blocking(|tx| {
        let sql = "UPDATE person SET active = 0 WHERE email = 'anna@stage.example'";
        Ok::<_, staffel::problem::Problem>(tx.run(sql, &[])?)
    });
    assert_eq!(left.unwrap(), 1);
    let mut partner = world.sign_in("nils").await;
    let reason = [("reason", "Kein Termin frei")];
    partner.post(&format!("/outsourcings/{round}/refusal"), &reason).await.is(303);
    let newest = world.app.db.read_blocking(|tx| store::mails::page(tx, "", None, None)).unwrap();
    let mail = newest.first().unwrap();
    tells(mail, "T20261124.0001", &["Nord", "> Kein Termin frei"]);
    let reader = format!(
        "SELECT COUNT(*) FROM person p JOIN company c ON c.id = p.company_id
          WHERE c.name = 'Acme' AND p.active = 1 AND p.outsourcing = 'all' AND p.email = '{}'",
        mail.to_address
    );
    assert_eq!(world.count(&reader), 1, "{}", mail.to_address);
});

story!(what_crosses_within_minutes_is_told_in_one_letter, world, {
    let (anna, nora) = ("anna@stage.example", "nora@stage.example");
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut lead, "Drucker").await;
    note(&mut lead, &ticket, "all", "Kam mit dem Angebot").await;
    let round = world.send(&mut lead, &ticket).await;
    let theirs = world.accept(&mut partner, round).await;
    let before = (letters(&world, anna).len(), letters(&world, nora).len());
    for n in 0..24 {
        note(&mut partner, &theirs, "all", &format!("Schritt {n}")).await;
    }
    note(&mut partner, &theirs, "internal", "Kunde zahlt schlecht").await;
    note(&mut partner, &theirs, "all", "Nur kurz").await;
    let fleeting = partner.get(&theirs).await.items("Nur kurz")[0];
    partner.post(&format!("/items/{fleeting}/deletion"), &[]).await.is(303);
    minutes(&world, 2).await;
    assert_eq!(letters(&world, anna).len(), before.0, "not yet quiet");
    note(&mut partner, &theirs, "all", "Noch ein Schritt").await;
    minutes(&world, 2).await;
    assert_eq!(letters(&world, anna).len(), before.0, "put off by the new one");
    minutes(&world, 1).await;
    minutes(&world, 60).await;
    assert_eq!(letters(&world, anna).len(), before.0 + 1, "one letter for all");
    let mail = last(&world, anna);
    tells(&mail, "T20261124.0001: 25 neue Einträge von Nord", &["Schritt 0", "Schritt 19"]);
    tells(&mail, "Nord", &["5 weitere Einträge", "Nils Muster"]);
    for hidden in ["Kunde zahlt schlecht", "Nur kurz", "Kam mit dem Angebot", "Schritt 23"] {
        assert!(!mail.body.contains(hidden), "{hidden}: {}", mail.body);
    }
    assert_eq!(letters(&world, nora).len(), before.1, "what came with the offer is no news");
    assert_eq!(world.count("SELECT COUNT(*) FROM digest"), 0);
});

story!(who_writes_on_and_on_is_told_of_after_a_quarter_of_an_hour, world, {
    let anna = "anna@stage.example";
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut lead, "Server").await;
    let round = world.send(&mut lead, &ticket).await;
    let theirs = world.accept(&mut partner, round).await;
    let before = letters(&world, anna).len();
    for n in 0..8 {
        note(&mut partner, &theirs, "all", &format!("Meldung {n}")).await;
        minutes(&world, 2).await;
    }
    assert_eq!(letters(&world, anna).len(), before + 1);
    let mail = last(&world, anna);
    tells(&mail, "8 neue Einträge", &["Meldung 7"]);
});

story!(what_crossed_is_told_before_a_weightier_letter, world, {
    let (anna, nora) = ("anna@stage.example", "nora@stage.example");
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut lead, "Telefon").await;
    let round = world.send(&mut lead, &ticket).await;
    let theirs = world.accept(&mut partner, round).await;
    let time = [("date", "2026-11-24"), ("worked", "1,50"), ("body", "Leitung geprüft")];
    partner.post(&format!("{theirs}/time"), &time).await.is(303);
    note(&mut lead, &ticket, "all", "Der Kunde ist ab zehn da").await;
    partner.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    let told = letters(&world, anna);
    let [.., items, report] = told.as_slice() else { panic!("{told:?}") };
    tells(
        items,
        "ein neuer Eintrag von Nord",
        &["Zeiteintrag von Nils Muster, 1,50 Std.: Leitung"],
    );
    tells(report, "T20261124.0001", &["Nord"]);
    // The other direction waits for its own quiet.
    minutes(&world, 4).await;
    tells(&last(&world, nora), "T20261124.0001", &["Der Kunde ist ab zehn da"]);
    assert_eq!(letters(&world, anna).len(), told.len());
});

story!(an_offer_that_runs_out_is_told_ahead_and_afterwards, world, {
    let (anna, nora) = ("anna@stage.example", "nora@stage.example");
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "WLAN").await;
    world.send(&mut lead, &ticket).await;
    let before = letters(&world, nora).len();
    minutes(&world, 22 * 60 + 30).await;
    minutes(&world, 1).await;
    assert_eq!(letters(&world, nora).len(), before + 1, "reminded once (M11)");
    let mail = last(&world, nora);
    tells(&mail, "T20261124.0001: Angebot von Acme läuft bald ab", &["25.11.2026", "WLAN"]);
    minutes(&world, 2 * 60).await;
    let mail = last(&world, nora);
    tells(&mail, "T20261124.0001: Angebot zwischen Ihnen und Acme abgelaufen", &["Acme"]);
    assert!(!mail.body.contains("WLAN"), "{}", mail.body);
    tells(&last(&world, anna), "T20261124.0001", &["Nord"]);
});

story!(sync_18_the_other_side_is_told_of_each_item_that_crosses, world, {
    let (anna, nora) = ("anna@stage.example", "nora@stage.example");
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut lead, "Netz").await;
    let round = world.send(&mut lead, &ticket).await;
    let theirs = world.accept(&mut partner, round).await;
    let before = (letters(&world, anna).len(), letters(&world, nora).len());
    for (browser, ticket) in [(&mut partner, &theirs), (&mut lead, &ticket)] {
        note(browser, ticket, "all", "Kabel durchgemessen").await;
        let time = [("date", "2026-11-24"), ("worked", "1,00"), ("body", "Fehler gesucht")];
        browser.post(&format!("{ticket}/time"), &time).await.is(303);
        let part = [
            ("date", "2026-11-24"),
            ("title", "Netzteil"),
            ("quantity", "1"),
            ("unit_price", "40,00"),
        ];
        browser.post(&format!("{ticket}/charges"), &part).await.is(303);
        browser.upload(&format!("{ticket}/files"), "messung.txt", b"ok", "all").await.is(303);
    }
    minutes(&world, 4).await;
    let items = |time| ["Kabel durchgemessen", time, "Netzteil", "messung.txt"];
    tells(&last(&world, anna), "4 neue Einträge von Nord", &items("Fehler gesucht"));
    // The lead's time arrives as a note that says so.
    let time = "Zeiteintrag vom 24.11.2026: Fehler gesucht";
    tells(&last(&world, nora), "4 neue Einträge von Acme", &items(time));
    assert_eq!(letters(&world, anna).len(), before.0 + 1);
    assert_eq!(letters(&world, nora).len(), before.1 + 1);
    // A change and a deletion are told, too; what stays in the house is not.
    let page = partner.get(&theirs).await;
    // The newest come first: the lead's copies, then the partner's own.
    let oldest = |text: &str| *page.items(text).last().unwrap();
    let (text, file) = (oldest("Kabel durchgemessen"), oldest("messung.txt"));
    let revision = partner.get(&format!("/items/{text}/edit")).await.is(200).value("revision");
    let changed =
        [("revision", revision.as_str()), ("publish", "all"), ("body", "Kabel getauscht")];
    partner.post(&format!("/items/{text}"), &changed).await.is(303);
    partner.post(&format!("/items/{file}/deletion"), &[]).await.is(303);
    note(&mut partner, &theirs, "internal", "Kunde zahlt schlecht").await;
    minutes(&world, 4).await;
    let mail = last(&world, anna);
    tells(&mail, "2 neue Einträge von Nord", &["geändert", "Kabel getauscht", "gelöscht"]);
    assert!(!mail.body.contains("zahlt schlecht"), "{}", mail.body);
});
