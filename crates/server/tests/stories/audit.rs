//! The audit: everything that matters stands there for whom it concerns, can be found, read and taken along.

use jiff::SignedDuration;
use staffel::jobs::clock;

use crate::world::{Browser, Page, World, story};

/// The rows of the table: time, person, act, about, detail, address.
fn rows(page: &Page) -> Vec<[String; 6]> {
    let body = page.body.split("<tbody>").nth(1).unwrap_or("").split("</tbody>").next().unwrap();
    body.split("<tr>")
        .skip(1)
        .map(|row| {
            let mut cells = row.split("<td").skip(1).map(|cell| {
                let inner = cell.split_once('>').unwrap().1.split("</td>").next().unwrap();
                let mut text = String::new();
                let mut tag = false;
                for c in inner.chars() {
                    match c {
                        '<' => tag = true,
                        '>' => tag = false,
                        _ if !tag => text.push(c),
                        _ => {}
                    }
                }
                text
            });
            std::array::from_fn(|_| cells.next().unwrap())
        })
        .collect()
}

async fn read(browser: &mut Browser, query: &str) -> Vec<[String; 6]> {
    rows(&browser.get(&format!("/audit?{query}")).await.is(200))
}

/// A line of the audit: who, what, about what, further.
#[track_caller]
fn holds(rows: &[[String; 6]], (who, act, about, detail): (&str, &str, &str, &str)) {
    let found = rows.iter().any(|row| {
        row[1] == who && row[2] == act && row[3].contains(about) && row[4].contains(detail)
    });
    assert!(found, "«{who}, {act}, {about}, {detail}» is missing in {rows:#?}");
}

async fn answer(
    world: &World,
    partner: &mut Browser,
    ticket: &str,
    lead: &mut Browser,
) -> (i64, String) {
    let round = world.send(lead, ticket).await;
    let theirs = world.accept(partner, round).await;
    (round, theirs)
}

story!(a_one_way_round_is_told_with_its_ticket_and_in_words, world, {
    let mut anna = world.sign_in("anna").await;
    let network = world.network(&mut anna, &[]).await;
    let ticket = world.ticket(&mut anna, "Kabelschaden").await;
    let round = world.hand_over(&mut anna, &ticket, network, "").await;
    let reason = [("reason", "Doch im Haus")];
    anna.post(&format!("/network-rounds/{round}/cancellation"), &reason).await.is(303);
    let text = [("language", "en"), ("subject", "Join us"), ("body", "Please come: {link}")];
    anna.post("/partners/invitation-text", &text).await;
    let rounds = read(&mut anna, "kind=round").await;
    let about = "T20261124.0001 · Kabelnetz Nord";
    holds(&rounds, ("Anna Muster", "Ticket an ein Netzwerk outgesourct", about, ""));
    holds(&rounds, ("Anna Muster", "Outsourcing an ein Netzwerk storniert", about, "Doch im Haus"));
    holds(
        &rounds,
        ("Anna Muster", "Outsourcing-Netzwerk angelegt", "Kabelnetz Nord", "E-Mail senden"),
    );
    assert!(rounds.iter().all(|row| row[4].len() < 36), "no row tells a key of ours: {rounds:#?}");
    let texts = read(&mut anna, "kind=relationship").await;
    holds(&texts, ("Anna Muster", "Einladungstext geändert", "Join us", "English"));
    anna.get("/audit?kind=round").await.shows(&format!("href=\"{ticket}\""));
});

story!(every_move_stands_in_the_audit_of_both_companies, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Umzug").await;
    let number = "T20261124.0001 · Nord";
    let (round, theirs) = answer(&world, &mut nora, &ticket, &mut anna).await;
    nora.post(&format!("{theirs}/notes"), &[("quick", "1"), ("publish", "all"), ("body", "Da")])
        .await
        .is(303);
    nora.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    anna.post(&format!("/outsourcings/{round}/rejection"), &[("reason", "Noch dokumentieren")])
        .await
        .is(303);
    nora.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    anna.post(&format!("/outsourcings/{round}/approval"), &[]).await.is(303);
    let again = world.send(&mut anna, &ticket).await;
    nora.post(&format!("/outsourcings/{again}/refusal"), &[("reason", "Kein Termin")])
        .await
        .is(303);
    let third = world.send(&mut anna, &ticket).await;
    anna.post(&format!("/outsourcings/{third}/cancellation"), &[]).await.is(303);
    let (fourth, _) = answer(&world, &mut nora, &ticket, &mut anna).await;
    nora.post(&format!("/outsourcings/{fourth}/return"), &[("reason", "Uns fehlt das Fachwissen")])
        .await
        .is(303);
    let (fifth, _) = answer(&world, &mut nora, &ticket, &mut anna).await;
    anna.post(&format!("/outsourcings/{fifth}/completion"), &[]).await.is(303);
    let moves = [
        ("lead", "Ticket outgesourct", ""),
        ("partner", "Outgesourctes Ticket angenommen", ""),
        ("partner", "Arbeit begonnen", ""),
        ("partner", "Abschluss gemeldet", ""),
        ("lead", "Abschluss abgelehnt", "Noch dokumentieren"),
        ("lead", "Abschluss genehmigt", ""),
        ("partner", "Outgesourctes Ticket abgelehnt", "Kein Termin"),
        ("lead", "Outsourcing storniert", ""),
        ("partner", "Ticket zurückgegeben", "Uns fehlt das Fachwissen"),
        ("lead", "Outsourcing abgeschlossen", ""),
    ];
    let (ours, across) = (read(&mut anna, "kind=round").await, read(&mut nora, "kind=round").await);
    for (side, act, reason) in moves {
        let (at_lead, at_partner) = if side == "lead" {
            ("Anna Muster", "Anna Muster (Acme)")
        } else {
            ("Nora Muster (Nord)", "Nora Muster")
        };
        holds(&ours, (at_lead, act, number, reason));
        holds(&across, (at_partner, act, "Acme", reason));
    }
    // The terms are the lead's business until they are sent, and where the other side came from is nobody's.
    holds(&ours, ("Anna Muster", "Outsourcing-Bedingungen gespeichert", number, ""));
    assert!(across.iter().all(|row| row[2] != "Outsourcing-Bedingungen gespeichert"));
    for row in ours.iter().chain(&across) {
        let elsewhere = row[1].ends_with(')');
        assert_eq!(row[5].is_empty(), elsewhere, "{row:?}");
    }
    assert_eq!(ours.iter().filter(|row| row[2] == "Abschluss gemeldet").count(), 2);
    // What is still there is a link; the stranger's audit knows nothing of it all.
    anna.get("/audit?kind=round").await.shows(&format!("<a href=\"{ticket}\">{number}</a>"));
    nora.get("/audit?kind=round").await.shows(&format!("<a href=\"/received/{again}\">Acme</a>"));
    let mut fritz = world.sign_in("fritz").await;
    assert_eq!(read(&mut fritz, "kind=round").await.len(), 0);
});

story!(the_clock_is_written_down_in_both_companies, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Frist").await;
    world.send(&mut anna, &ticket).await;
    world.app.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(clock::tick(&world.app).await.unwrap(), 1);
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let by_itself = "Staffel (automatisch)";
    holds(
        &read(&mut anna, "kind=round").await,
        (by_itself, "Angebot abgelaufen", "T20261124.0001 · Nord", ""),
    );
    holds(&read(&mut nora, "kind=round").await, (by_itself, "Angebot abgelaufen", "Acme", ""));
});

story!(people_rights_and_doors_are_written_down_with_what_was_before, world, {
    let mut anna = world.sign_in("anna").await;
    let rights = read(&mut anna, "kind=permission").await;
    // The agreement gave everybody their default; the stage then set some levels by hand.
    holds(
        &rights,
        (
            "Gründerin",
            "Outsourcing-Berechtigung geändert",
            "Petra Muster",
            "Outsourcing zulassen → Partnerverwaltung zulassen",
        ),
    );
    holds(
        &read(&mut anna, "kind=agreement").await,
        ("Gründerin", "Outsourcing-Vereinbarung angenommen", "Gründerin", ""),
    );
    holds(
        &read(&mut anna, "kind=people").await,
        ("Gründerin", "Mitarbeiter angelegt", "Rita Muster", "Nur lesen"),
    );

    let axel = world.count("SELECT id FROM person WHERE first_name = 'Axel'");
    let version =
        || world.count("SELECT version FROM person WHERE first_name = 'Axel'").to_string();
    let at = version();
    let security = [
        ("tab", "security"),
        ("version", at.as_str()),
        ("security", "manager"),
        ("outsourcing", "all"),
        ("active", "1"),
    ];
    anna.post(&format!("/people/{axel}"), &security).await.is(303);
    let at = version();
    let data = [
        ("tab", "data"),
        ("version", at.as_str()),
        ("first_name", "Axel"),
        ("last_name", "Neumann"),
        ("email", "axel@stage.example"),
        ("phone", ""),
    ];
    anna.post(&format!("/people/{axel}"), &data).await.is(303);
    let rights = read(&mut anna, "kind=permission").await;
    holds(
        &rights,
        ("Anna Muster", "Zugriffsrecht geändert", "Axel Muster", "Service-Desk-Benutzer → Manager"),
    );
    holds(
        &rights,
        (
            "Anna Muster",
            "Outsourcing-Berechtigung geändert",
            "Axel Muster",
            "Outsourcing zulassen → Alle zulassen",
        ),
    );
    let people = read(&mut anna, "kind=people").await;
    holds(
        &people,
        ("Anna Muster", "Mitarbeiter geändert", "Axel Neumann", "Axel Muster → Axel Neumann"),
    );
    assert!(people.iter().all(|row| row[2] != "Mitarbeiter deaktiviert"));
    let at = version();
    let off = [
        ("tab", "security"),
        ("version", at.as_str()),
        ("security", "manager"),
        ("outsourcing", "all"),
    ];
    anna.post(&format!("/people/{axel}"), &off).await.is(303);
    holds(
        &read(&mut anna, "kind=people").await,
        ("Anna Muster", "Mitarbeiter deaktiviert", "Axel Neumann", ""),
    );

    let mut door = world.nobody();
    door.post("/sign-in", &[("email", "rita@stage.example"), ("password", "falsch geraten")])
        .await
        .is(422);
    door.post("/sign-in", &[("email", "niemand@stage.example"), ("password", "falsch geraten")])
        .await
        .is(422);
    let mut rita = world.sign_in("rita").await;
    rita.post("/sign-out", &[]).await.is(303);
    let doors = read(&mut anna, "kind=sign-in").await;
    holds(&doors, ("unbekannt", "Anmeldung mit falschem Passwort", "Rita Muster", ""));
    holds(&doors, ("Rita Muster", "Angemeldet", "Rita Muster", ""));
    holds(&doors, ("Rita Muster", "Abgemeldet", "Rita Muster", ""));
    assert_eq!(doors.iter().filter(|row| row[2].contains("falschem")).count(), 1);
    assert!(doors.iter().all(|row| !row[5].is_empty()), "every door has an address: {doors:?}");

    let relations = read(&mut anna, "kind=relationship").await;
    holds(
        &relations,
        ("Gründerin", "Partner eingeladen", "Nord im Adressbuch", "nora@stage.example"),
    );
    holds(&relations, ("Gründerin (Nord)", "Einladung angenommen", "Nord im Adressbuch", ""));
    let partnership = world.partnership;
    anna.post(&format!("/partners/{partnership}/deactivation"), &[]).await.is(303);
    let mut nora = world.sign_in("nora").await;
    let theirs = read(&mut nora, "kind=relationship").await;
    holds(&theirs, ("Gründerin", "Einladung angenommen", "Acme", ""));
    holds(&theirs, ("Anna Muster (Acme)", "Partner deaktiviert", "Acme", ""));
});

story!(the_audit_is_found_paged_and_taken_along_by_administrators_only, world, {
    let mut anna = world.sign_in("anna").await;
    for n in 0..70 {
        let queue = format!("Queue {n:02}");
        anna.post("/company/queues", &[("queue", &queue)]).await.is(303);
    }
    let mut seen = Vec::new();
    let mut query = "?kind=company".to_owned();
    loop {
        let page = anna.get(&format!("/audit{query}")).await.is(200);
        seen.extend(rows(&page).into_iter().map(|row| row[3].clone()));
        let Some(link) =
            page.body.split("rel=\"next\"").next().filter(|it| it.len() < page.body.len())
        else {
            break;
        };
        query =
            link.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
    }
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (70, 70));
    assert_eq!(seen.first().map(String::as_str), Some("Queue 69"));

    let person = world.count("SELECT id FROM person WHERE first_name = 'Anna'");
    for (filter, found) in [
        ("q=queue%2007".to_owned(), 1),
        // The words of acts are found as the reader's language says them.
        ("q=Queue%20angelegt&from=2026-11-24&to=2026-11-24".to_owned(), 50),
        ("q=Vereinbarung%20angenommen".to_owned(), 1),
        ("q=100%25".to_owned(), 0),
        (format!("person={person}&kind=sign-in"), 1),
        ("person=999999".to_owned(), 0),
        ("from=2026-11-25".to_owned(), 0),
        ("to=2026-11-23".to_owned(), 0),
        ("kind=other".to_owned(), 0),
    ] {
        assert_eq!(read(&mut anna, &filter).await.len(), found, "{filter}");
    }
    for wrong in ["from=gestern", "from=2026-11-25&to=2026-11-24"] {
        anna.get(&format!("/audit?{wrong}")).await.is(422).shows("Bitte prüfen Sie diese Angaben");
        anna.get(&format!("/audit.csv?{wrong}")).await.is(422);
    }
    anna.get("/audit?after=x_y&q=%00&person=x").await.is(200);
    let file = anna.get("/audit.csv?kind=company").await.is(200);
    assert_eq!(file.body.lines().count(), 71);
    file.shows("24.11.2026 10:00;Anna Muster;Queue angelegt;Queue 69;");
    // Another company has its own, and only administrators read it.
    let mut nora = world.sign_in("nora").await;
    nora.get("/audit?kind=company").await.is(200).hides("Queue 07");
    for key in ["petra", "axel", "rita"] {
        let mut other = world.sign_in(key).await;
        other.get("/audit").await.is(403);
        other.get("/audit.csv").await.is(403);
    }
});

story!(a_ticket_that_was_deleted_is_named_and_no_link, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Irrtum").await;
    let terms = world.terms(&mut anna, &ticket).await;
    let mut fields: Vec<(&str, &str)> =
        terms.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    fields.retain(|(name, _)| *name != "then");
    fields.push(("then", "save"));
    anna.post(&format!("{ticket}/outsource"), &fields).await.is(303);
    let round = world.newest_round();
    anna.get("/audit?kind=round")
        .await
        .shows(&format!("<a href=\"{ticket}\">T20261124.0001 · Nord</a>"));
    anna.post(&format!("/outsourcings/{round}/removal"), &[]).await.is(303);
    anna.post(&format!("{ticket}/deletion"), &[]).await.is(303);
    let page = anna
        .get("/audit?kind=round")
        .await
        .is(200)
        .shows("T20261124.0001 · Nord")
        .hides(&format!("<a href=\"{ticket}\">"));
    holds(
        &rows(&page),
        ("Anna Muster", "Outsourcing vor dem Senden entfernt", "T20261124.0001", ""),
    );
    holds(
        &read(&mut anna, "kind=tickets").await,
        ("Anna Muster", "Ticket gelöscht", "T20261124.0001", "Irrtum"),
    );
});
