//! Networks and vendors: the list, the three actions, one live round at a time, and how such a round ends.

use crate::world::{Browser, World, story};

const SECRET: [(&str, &str); 3] =
    [("quick", "1"), ("publish", "internal"), ("body", "Kunde zahlt schlecht")];
const LINK: &str =
    "https://auftrag.example/neu/{ticket_number}?titel={title}&text={description}&an={message}";

async fn status(browser: &mut Browser, ticket: &str, to: &str) -> u16 {
    browser.post(&format!("{ticket}/status"), &[("status", to)]).await.status
}

async fn post(
    browser: &mut Browser,
    path: &str,
    fields: &[(String, String)],
) -> crate::world::Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (&**k, &**v)).collect();
    browser.post(path, &fields).await
}

/// How many letters to networks there are.
fn letters(world: &World) -> i64 {
    world.count("SELECT COUNT(*) FROM mail WHERE kind = 'network'")
}

story!(a_network_is_added_changed_and_switched_off_and_on, world, {
    let mut petra = world.sign_in("petra").await;
    petra.get("/networks").await.is(200).shows("Noch keine Netzwerke").shows("Neues Netzwerk");
    let form = petra.get("/networks/new").await.is(200);
    form.shows("{ticket_number}: {title}").shows("Praxis Dr. Grün").shows("T20260101.0001");
    let id = world
        .network(&mut petra, &[("recipients", "a@kabel.example; b@kabel.example,A@kabel.example")])
        .await;
    let list = petra.get("/networks").await.is(200);
    list.shows("Kabelnetz Nord")
        .shows("E-Mail senden")
        .shows("Praxis Dr. Grün")
        .shows("Deaktivieren");
    let edit = format!("/networks/{id}/edit");
    let page = petra.get(&edit).await.is(200).shows("a@kabel.example\nb@kabel.example</textarea>");
    let version = page.value("version");

    let changed = world.network_fields(&[
        ("version", &version),
        ("name", "Kabelnetz Süd"),
        ("action", "none"),
    ]);
    post(&mut petra, &format!("/networks/{id}"), &changed).await.is(303);
    petra.get("/networks?q=süd").await.shows("Kabelnetz Süd").shows("Keine Aktion");
    petra.get("/networks?q=nord").await.shows("Kein Netzwerk gefunden");
    // Somebody saved in between: nothing is overwritten, and what was typed is kept.
    post(
        &mut petra,
        &format!("/networks/{id}"),
        &world.network_fields(&[("version", &version), ("name", "Zu spät")]),
    )
    .await
    .is(422)
    .shows("inzwischen gespeichert")
    .shows("Zu spät");

    petra.post(&format!("/networks/{id}/deactivation"), &[("back", "/networks?q=k")]).await.is(303);
    petra.get("/networks?active=no").await.shows("Kabelnetz Süd").shows("Aktivieren");
    petra.get("/networks?active=yes").await.hides("Kabelnetz Süd");
    let ticket = world.ticket(&mut petra, "Ohne Netz").await;
    petra.get(&ticket).await.hides("Kabelnetz Süd");
    petra.get(&format!("{ticket}/network?network={id}")).await.is(422).shows("nicht aktiv");
    petra
        .post(&format!("{ticket}/network"), &[("network", &id.to_string()), ("then", "send")])
        .await
        .is(422)
        .shows("nicht aktiv");
    petra.post(&format!("/networks/{id}/activation"), &[("back", "//evil.example")]).await.is(303);
    petra.get(&ticket).await.shows("Netzwerke und Lieferanten").shows("Kabelnetz Süd");
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action LIKE 'audit-network-%'"), 4);
});

story!(what_is_wrong_with_a_network_is_told_at_its_field, world, {
    let mut petra = world.sign_in("petra").await;
    world.network(&mut petra, &[]).await;
    let long = "ä".repeat(101);
    let odd: [(&[(&str, &str)], &str); 14] = [
        (&[("name", "")], "Bitte füllen Sie dieses Feld aus."),
        (&[("name", &long)], "Höchstens 100 Zeichen."),
        (&[("name", "KABELNETZ NORD")], "mit diesem Namen gibt es schon"),
        (&[("organization", "999999")], "Bitte füllen Sie dieses Feld aus."),
        (&[("organization", "x")], "Bitte füllen Sie dieses Feld aus."),
        (&[("action", "fax")], "Bitte wählen Sie einen der angebotenen Werte."),
        (&[("name", "N"), ("recipients", " ; ")], "Bitte füllen Sie dieses Feld aus."),
        (
            &[("name", "N"), ("recipients", "a@b.example, dispo")],
            "„dispo“ ist keine gültige E-Mail-Adresse",
        ),
        (
            &[("name", "N"), ("subject", "{title}")],
            "Bitte setzen Sie {ticket_number} in den Betreff",
        ),
        (
            &[("name", "N"), ("body", "{billing_rate} {notes}")],
            "gibt es nicht: {billing_rate}, {notes}",
        ),
        (
            &[("name", "N"), ("action", "livelink"), ("link", "ftp://x")],
            "muss mit https:// oder http:// beginnen",
        ),
        (
            &[("name", "N"), ("action", "livelink"), ("link", "https://{title}/")],
            "Name des Servers",
        ),
        (
            &[("name", "N"), ("action", "livelink"), ("link", "https://a.example/a b")],
            "ist an dieser Stelle",
        ),
        (
            &[("name", "N"), ("action", "livelink"), ("link", "")],
            "Bitte füllen Sie dieses Feld aus.",
        ),
    ];
    for (changed, sentence) in odd {
        let page = post(&mut petra, "/networks", &world.network_fields(changed)).await.is(422);
        let kept = page.shows(sentence);
        if !changed.iter().any(|(name, _)| *name == "recipients") {
            kept.shows("dispo@kabel.example</textarea>");
        }
    }
    // A type that is no partner, vendor or customer.
    let dead =
        [("name", "Weg GmbH"), ("type", "dead"), ("phone", "1"), ("owner", "1"), ("active", "1")];
    petra.post("/organizations", &dead).await.is(303);
    let dead = world.count("SELECT MAX(id) FROM organization").to_string();
    post(&mut petra, "/networks", &world.network_fields(&[("name", "N"), ("organization", &dead)]))
        .await
        .is(422)
        .shows("können kein Partner sein");
    assert_eq!(world.count("SELECT COUNT(*) FROM network"), 1);
});

story!(networks_are_for_partner_management_and_up_and_only_after_the_agreement, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world.network(&mut anna, &[]).await;
    let ticket = world.ticket(&mut anna, "Rechte").await;
    let round = world.hand_over(&mut anna, &ticket, id, "").await;
    for key in ["axel", "rita"] {
        let mut browser = world.sign_in(key).await;
        browser.get("/tickets").await.hides("href=\"/networks\"");
        for path in ["/networks".into(), "/networks/new".into(), format!("/networks/{id}/edit")] {
            browser.get(&path).await.is(403);
        }
        post(&mut browser, "/networks", &world.network_fields(&[("name", "Neu")])).await.is(403);
        post(&mut browser, &format!("/networks/{id}"), &world.network_fields(&[])).await.is(403);
        browser.post(&format!("/networks/{id}/deactivation"), &[]).await.is(403);
    }
    // Everybody sees with whom the ticket is; what left, and the buttons, need the permission to outsource.
    let mut rita = world.sign_in("rita").await;
    rita.get(&ticket)
        .await
        .shows("Outgesourct an Kabelnetz Nord")
        .hides("Bedingungen anzeigen")
        .hides("/cancellation");
    rita.get(&format!("/network-rounds/{round}")).await.is(403);
    rita.post(&format!("/network-rounds/{round}/completion"), &[]).await.is(403);
    let mut axel = world.sign_in("axel").await;
    axel.get(&ticket)
        .await
        .shows("Bedingungen anzeigen")
        .shows("/cancellation")
        .shows("/completion");
    axel.get(&format!("/network-rounds/{round}")).await.is(200).shows("dispo@kabel.example");

    // Before the agreement nothing of it, also not by direct request.
    let mut nora = world.sign_in("nora").await;
    nora.get("/networks").await.is(403).shows("Outsourcing-Vereinbarung");
    post(&mut nora, "/networks", &world.network_fields(&[("name", "Neu")])).await.is(403);
    nora.post("/networks/preview", &[]).await.is(403);
    nora.get("/tickets/1/network").await.is(403);
    nora.post("/tickets/1/network", &[("network", "1"), ("then", "send")]).await.is(403);
    assert_eq!(world.count("SELECT COUNT(*) FROM network"), 1);

    // A stranger who has agreed learns nothing.
    let mut fritz = world.sign_in("fritz").await;
    fritz.post("/outsource/agreement", &[("agree", "1")]).await.is(303);
    for path in [
        format!("/networks/{id}/edit"),
        format!("/network-rounds/{round}"),
        format!("/network-rounds/{round}/completion"),
        format!("/network-rounds/{round}/nothing"),
        format!("{ticket}/network"),
        format!("{ticket}/network?network={id}"),
    ] {
        fritz.get(&path).await.is(404).hides("Kabelnetz");
    }
    for path in [
        format!("/networks/{id}"),
        format!("/networks/{id}/activation"),
        format!("/networks/{id}/deactivation"),
        format!("/network-rounds/{round}/completion"),
        format!("/network-rounds/{round}/cancellation"),
        format!("{ticket}/network"),
    ] {
        post(&mut fritz, &path, &world.network_fields(&[("network", &id.to_string())]))
            .await
            .is(404);
    }
    fritz.get("/networks").await.is(200).hides("Kabelnetz");
    // Nor can a company use another one's network for a ticket or organization of its own.
    let own = world.network_fields(&[("name", "Fremdes")]);
    post(&mut fritz, "/networks", &own).await.is(422);
});

story!(a_letter_leaves_once_with_what_was_shown_and_nothing_internal, world, {
    let mut anna = world.sign_in("anna").await;
    let recipients = [("recipients", "dispo@kabel.example\nleitung@kabel.example")];
    let id = world.network(&mut anna, &recipients).await;
    let ticket = world.ticket(&mut anna, "Router tot & <b>stumm</b>").await;
    anna.post(&format!("{ticket}/notes"), &SECRET).await.is(303);
    let page = anna.get(&format!("{ticket}/network?network={id}")).await.is(200);
    page.shows("Das verlässt Ihr Haus")
        .shows("Acme bittet um Hilfe.")
        .shows("leitung@kabel.example");
    let fields = [("network", id.to_string()), ("message", "Bitte heute noch".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    anna.post(&format!("{ticket}/network"), &fields)
        .await
        .is(200)
        .shows("Bitte heute noch\nNichts geht mehr.");
    assert_eq!(letters(&world), 0, "looking sends nothing");

    let round = world.hand_over(&mut anna, &ticket, id, "Bitte heute noch").await;
    assert_eq!(letters(&world), 2, "one to each recipient");
    let mails = world
        .app
        .db
        .read_blocking(|tx| staffel::store::mails::page(tx, "kabel.example", None, None))
        .unwrap();
    for mail in &mails {
        assert!(mail.subject.ends_with(".0001: Router tot & <b>stumm</b>"), "{}", mail.subject);
        // Without a site the line that would name it is left out.
        assert_eq!(mail.body, "Acme bittet um Hilfe.\n\nBitte heute noch\nNichts geht mehr.\n");
        assert!(
            mail.html.contains("Acme bittet um Hilfe.") && !mail.html.contains("<b>"),
            "{}",
            mail.html
        );
        for secret in ["95", "Geheimtarif", "Kunde zahlt schlecht"] {
            let all = format!("{} {} {}", mail.subject, mail.body, mail.html);
            assert!(!all.contains(secret), "{secret}: {all}");
        }
    }
    // Sent once: the same form again is refused.
    anna.post(&format!("{ticket}/network"), &[("network", &id.to_string()), ("then", "send")])
        .await
        .is(422)
        .shows("läuft bereits ein Outsourcing");
    assert_eq!(letters(&world), 2);
    anna.get(&ticket)
        .await
        .shows("per E-Mail an Kabelnetz Nord")
        .shows("Outgesourct an Kabelnetz Nord")
        .shows("Zugewiesen");
    anna.get("/tickets").await.shows("Kabelnetz Nord");
    let terms = anna.get(&format!("/network-rounds/{round}")).await.is(200);
    terms
        .shows("95,00")
        .shows("Geheimtarif")
        .shows("leitung@kabel.example")
        .shows("Wartet")
        .shows("Bitte heute noch");
    // What left stays as it left, whatever becomes of the template.
    let version = anna.get(&format!("/networks/{id}/edit")).await.value("version");
    let changed = world.network_fields(&[("version", &version), ("body", "Ganz anders")]);
    post(&mut anna, &format!("/networks/{id}"), &changed).await.is(303);
    anna.get(&format!("/network-rounds/{round}"))
        .await
        .shows("Acme bittet um Hilfe.")
        .hides("Ganz anders");
});

story!(a_letter_that_was_not_seen_is_not_sent, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world.network(&mut anna, &[]).await;
    let ticket = world.ticket(&mut anna, "Vorschau").await;
    let network = id.to_string();
    let seen = anna.get(&format!("{ticket}/network?network={id}")).await.value("seen");
    let version = anna.get(&format!("/networks/{id}/edit")).await.value("version");
    let changed =
        world.network_fields(&[("version", &version), ("recipients", "andere@kabel.example")]);
    post(&mut anna, &format!("/networks/{id}"), &changed).await.is(303);
    let fields = [("network", network.as_str()), ("seen", &seen), ("then", "send")];
    anna.post(&format!("{ticket}/network"), &fields)
        .await
        .is(200)
        .shows("Die Vorschau hat sich geändert")
        .shows("andere@kabel.example");
    assert_eq!(letters(&world) + world.count("SELECT COUNT(*) FROM network_round"), 0);
    let odd = [
        ("network", network.as_str()),
        ("billing_rate", "viel"),
        ("message", "x"),
        ("then", "send"),
    ];
    anna.post(&format!("{ticket}/network"), &odd).await.is(422).shows("keine Zahl").shows("viel");
    let negative = [("network", network.as_str()), ("billing_rate", "-1"), ("then", "send")];
    let seen = anna.get(&format!("{ticket}/network?network={id}")).await.value("seen");
    let negative = [negative.as_slice(), &[("seen", &seen)]].concat();
    anna.post(&format!("{ticket}/network"), &negative)
        .await
        .is(422)
        .shows("darf nicht negativ sein");
});

story!(a_live_link_carries_every_value_encoded, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world
        .network(&mut anna, &[("action", "livelink"), ("link", LINK), ("name", "Portal")])
        .await;
    let ticket = world.ticket(&mut anna, "Öl & Gas? #1/2 <x>").await;
    let round = world.hand_over(&mut anna, &ticket, id, "a=b&c").await;
    let number = ticket_number(&world);
    let link = format!(
        "https://auftrag.example/neu/{number}?titel=%C3%96l%20%26%20Gas%3F%20%231%2F2%20%3Cx%3E&amp;text=Nichts%20geht%20mehr.&amp;an=a%3Db%26c"
    );
    let button = format!("href=\"{link}\" target=\"_blank\" rel=\"noopener noreferrer\"");
    anna.get(&ticket).await.shows(&button).shows("LiveLink öffnen").shows("per LiveLink an Portal");
    anna.get(&format!("/network-rounds/{round}")).await.shows(&button).hides("Zustellung");
    assert_eq!(letters(&world), 0);
    world.sign_in("rita").await.get(&ticket).await.hides("auftrag.example");

    // Dots alone would lead elsewhere: told, and nothing is sent.
    let dots =
        [("action", "livelink"), ("name", "Pfad"), ("link", "https://auftrag.example/{title}/neu")];
    let dots = world.network(&mut anna, &dots).await;
    let ticket = world.ticket(&mut anna, "..").await;
    anna.get(&format!("{ticket}/network?network={dots}"))
        .await
        .is(200)
        .shows("besteht nur aus Punkten");
    anna.post(&format!("{ticket}/network"), &[("network", &dots.to_string()), ("then", "send")])
        .await
        .is(422)
        .shows("besteht nur aus Punkten");
});

fn ticket_number(world: &World) -> String {
    let find =
        |tx: &mut db::Tx| tx.one("SELECT MAX(number) FROM ticket", &[], |row| row.get::<String>(0));
    world.app.db.read_blocking(find).unwrap().unwrap()
}

story!(a_ticket_is_with_one_partner_or_network_at_a_time, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let id = world.network(&mut anna, &[("action", "none")]).await;
    let network = id.to_string();
    let give = [("network", network.as_str()), ("then", "send")];

    // With a partner: no network.
    let first = world.ticket(&mut anna, "Beim Partner").await;
    let offer = world.send(&mut anna, &first).await;
    anna.get(&first).await.hides("Netzwerke und Lieferanten");
    anna.get(&format!("{first}/network?network={id}"))
        .await
        .is(422)
        .shows("läuft bereits ein Outsourcing");
    anna.post(&format!("{first}/network"), &give)
        .await
        .is(422)
        .shows("läuft bereits ein Outsourcing");
    let theirs = world.accept(&mut nora, offer).await;
    anna.post(&format!("{first}/network"), &give).await.is(422);
    // A received ticket is not handed on.
    nora.post("/outsource/agreement", &[("agree", "1")]).await.is(303);
    nora.get(&format!("{theirs}/network")).await.is(422).shows("nicht weitergeben");

    // With a network: no partner, and no second network.
    let second = world.ticket(&mut anna, "Beim Netzwerk").await;
    let terms = world.terms(&mut anna, &second).await;
    let round = world.hand_over(&mut anna, &second, id, "").await;
    anna.get(&second).await.hides("Anderer Partner").hides("Netzwerke und Lieferanten");
    for then in ["send", "save"] {
        let terms: Vec<_> = terms.iter().filter(|(name, _)| name != "then").cloned().collect();
        let fields = [terms, vec![("then".into(), then.into())]].concat();
        post(&mut anna, &format!("{second}/outsource"), &fields)
            .await
            .is(422)
            .shows("läuft bereits ein Outsourcing");
    }
    anna.post(&format!("{second}/network"), &give).await.is(422);
    assert_eq!(world.count("SELECT COUNT(*) FROM outsourcing"), 1);

    // After the end the ticket is free for either.
    anna.post(&format!("/network-rounds/{round}/cancellation"), &[]).await.is(303);
    let offer = world.send(&mut anna, &second).await;
    anna.get(&second).await.shows("Outgesourct an Nord").hides("Outgesourct an Kabelnetz");
    anna.post(&format!("/outsourcings/{offer}/cancellation"), &[]).await.is(303);
    world.hand_over(&mut anna, &second, id, "").await;
    anna.get(&second).await.shows("Outgesourct an Kabelnetz Nord");
});

story!(terms_that_were_never_sent_give_way_to_a_network, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world.network(&mut anna, &[("action", "none")]).await;
    let ticket = world.ticket(&mut anna, "Entwurf").await;
    let mut terms = world.terms(&mut anna, &ticket).await;
    terms.retain(|(name, _)| name != "then");
    terms.push(("then".into(), "save".into()));
    post(&mut anna, &format!("{ticket}/outsource"), &terms).await.is(303);
    anna.get(&ticket).await.shows("Nicht gesendet").shows("Kabelnetz Nord");
    let page = anna.get(&format!("{ticket}/network?network={id}")).await.is(200);
    page.shows("Für Nord sind Bedingungen gespeichert");
    let round = world.hand_over(&mut anna, &ticket, id, "").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM outsourcing"), 0);
    // And back: terms saved after a canceled round and removed again leave the canceled round on the ticket.
    anna.post(&format!("/network-rounds/{round}/cancellation"), &[]).await.is(303);
    post(&mut anna, &format!("{ticket}/outsource"), &terms).await.is(303);
    let saved = world.count("SELECT MAX(id) FROM outsourcing");
    anna.post(&format!("/outsourcings/{saved}/removal"), &[]).await.is(303);
    anna.get(&ticket).await.shows("Storniert").shows("Outsourcing an Kabelnetz Nord");
});

story!(two_who_send_at_once_do_not_both_succeed, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world.network(&mut anna, &[]).await;
    let network = id.to_string();
    for turn in 0..6 {
        let ticket = world.ticket(&mut anna, &format!("Gleichzeitig {turn}")).await;
        let terms = world.terms(&mut anna, &ticket).await;
        let seen = anna.get(&format!("{ticket}/network?network={id}")).await.value("seen");
        let mut sending = Vec::new();
        for way in ["outsource", "network", "network"] {
            let (mut browser, path) = (anna.clone(), format!("{ticket}/{way}"));
            let fields = if way == "network" {
                [("network", &network), ("seen", &seen), ("then", &"send".to_owned())]
                    .map(|(k, v)| (k.to_owned(), v.clone()))
                    .to_vec()
            } else {
                terms.clone()
            };
            sending
                .push(tokio::spawn(async move { post(&mut browser, &path, &fields).await.status }));
        }
        let mut sent = 0;
        for task in sending {
            let answer = task.await.unwrap();
            assert!([303, 409, 422].contains(&answer), "{answer}");
            sent += i32::from(answer == 303);
        }
        assert_eq!(sent, 1, "exactly one of them");
    }
    let rounds = world.count("SELECT COUNT(*) FROM outsourcing")
        + world.count("SELECT COUNT(*) FROM network_round");
    assert_eq!(rounds, 6);
    assert_eq!(letters(&world), world.count("SELECT COUNT(*) FROM network_round"));
});

story!(the_lead_completes_cancels_and_begins_anew, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world.network(&mut anna, &[]).await;
    let ticket = world.ticket(&mut anna, "Enden").await;
    let round = world.hand_over(&mut anna, &ticket, id, "").await;
    // Asked first; a look changes nothing.
    anna.get(&format!("/network-rounds/{round}/cancellation"))
        .await
        .is(200)
        .shows("sagen Sie dem Netzwerk selbst ab");
    anna.get(&ticket).await.shows("Zugewiesen");
    let long = "x".repeat(8001);
    anna.post(&format!("/network-rounds/{round}/cancellation"), &[("reason", &long)]).await.is(422);
    anna.post(&format!("/network-rounds/{round}/cancellation"), &[("reason", "Doch selbst")])
        .await
        .is(303);
    assert_eq!(letters(&world), 0, "what had not left yet was taken back");
    anna.get(&ticket)
        .await
        .shows("Storniert")
        .shows("storniert: Doch selbst")
        .hides("Outgesourct an");
    assert_eq!(
        world.count("SELECT COUNT(*) FROM ticket WHERE outsourced_to IS NOT NULL"),
        0,
        "emptied on cancel"
    );
    anna.get(&format!("/network-rounds/{round}"))
        .await
        .shows("nicht verschickt")
        .shows("Doch selbst");
    for mv in ["completion", "cancellation"] {
        anna.get(&format!("/network-rounds/{round}/{mv}")).await.is(422).shows("schon beendet");
        anna.post(&format!("/network-rounds/{round}/{mv}"), &[])
            .await
            .is(422)
            .shows("schon beendet");
    }

    let round = world.hand_over(&mut anna, &ticket, id, "").await;
    anna.post(&format!("/network-rounds/{round}/completion"), &[]).await.is(303);
    anna.get(&ticket)
        .await
        .shows("Abgeschlossen")
        .shows("hat das Outsourcing an Kabelnetz Nord abgeschlossen");
    assert_eq!(
        world.count("SELECT COUNT(*) FROM ticket WHERE outsourced_to = 'Kabelnetz Nord'"),
        1
    );

    // Completing the ticket ends the round with it; reopened, it can go out again.
    let round = world.hand_over(&mut anna, &ticket, id, "").await;
    anna.get(&format!("{ticket}/completion"))
        .await
        .shows("Das Ticket ist an Kabelnetz Nord outgesourct");
    assert_eq!(status(&mut anna, &ticket, "complete").await, 303);
    anna.get(&format!("/network-rounds/{round}")).await.shows("Mit dem Ticket abgeschlossen");
    anna.get(&format!("{ticket}/network?network={id}"))
        .await
        .is(422)
        .shows("Das Ticket ist abgeschlossen");
    assert_eq!(status(&mut anna, &ticket, "in_progress").await, 303);
    world.hand_over(&mut anna, &ticket, id, "").await;
    let rounds = anna.get(&ticket).await;
    assert!(rounds.body.matches("href=\"/network-rounds/").count() >= 4, "every round is listed");
    let history = "SELECT COUNT(*) FROM network_round_move";
    assert_eq!(world.count(history), 7, "four sent, one canceled, two completed");
    let audit = "SELECT COUNT(*) FROM audit WHERE action LIKE 'audit-network-round-%'";
    assert_eq!(world.count(audit), 7);
});

story!(a_ticket_that_is_with_a_network_is_not_deleted, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world.network(&mut anna, &[("action", "none")]).await;
    let ticket = world.ticket(&mut anna, "Löschen").await;
    let round = world.hand_over(&mut anna, &ticket, id, "").await;
    anna.post(&format!("{ticket}/deletion"), &[])
        .await
        .is(422)
        .shows("läuft bereits ein Outsourcing");
    anna.post(&format!("/network-rounds/{round}/completion"), &[]).await.is(303);
    anna.post(&format!("{ticket}/deletion"), &[]).await.is(303);
    anna.get(&format!("/network-rounds/{round}")).await.is(404);
    assert_eq!(world.count("SELECT COUNT(*) FROM network_round_move"), 0);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM audit WHERE action LIKE 'audit-network-round-%'"),
        2,
        "the record stays"
    );
});

story!(beyond_ten_networks_the_menu_leads_to_a_choice, world, {
    let mut anna = world.sign_in("anna").await;
    for number in 10..21 {
        world.network(&mut anna, &[("name", &format!("Netz {number}")), ("action", "none")]).await;
    }
    let ticket = world.ticket(&mut anna, "Auswahl").await;
    anna.get(&ticket).await.shows("Netz 19").hides("Netz 20").shows("Anderes Netzwerk");
    anna.get(&format!("{ticket}/network")).await.is(200).shows("Netz 20").shows("Netzwerk wählen");
    anna.get(&format!("{ticket}/network?q=netz+20")).await.shows("Netz 20").hides("Netz 11");
    anna.get(&format!("{ticket}/network?q=nirgends")).await.shows("Kein passendes Netzwerk");
    // The one used last comes first.
    let last = world.count("SELECT MAX(id) FROM network");
    let round = world.hand_over(&mut anna, &ticket, last, "").await;
    anna.post(&format!("/network-rounds/{round}/completion"), &[]).await.is(303);
    anna.get(&ticket).await.shows("Netz 20").hides("Netz 19");
});

story!(odd_input_never_breaks_a_network, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world.network(&mut anna, &[]).await;
    let ticket = world.ticket(&mut anna, "Eingaben").await;
    let long = "ä".repeat(9000);
    let odd = [
        "",
        "\u{0}",
        "🦊",
        "{",
        "{title",
        "{{title}}",
        "%",
        "-1",
        "9223372036854775808",
        "<script>",
        &long,
    ];
    let names = [
        "name",
        "organization",
        "action",
        "language",
        "recipients",
        "subject",
        "body",
        "link",
        "version",
        "id",
    ];
    for value in odd {
        for name in names {
            for action in ["email", "livelink"] {
                let all = [
                    ("name", "Seltsam"),
                    ("version", "1"),
                    ("action", action),
                    ("link", LINK),
                    (name, value),
                ];
                let fields = world.network_fields(&all);
                for path in
                    ["/networks".into(), "/networks/preview".into(), format!("/networks/{id}")]
                {
                    let page = post(&mut anna, &path, &fields).await;
                    assert!(page.status < 500, "{path} {name}={value:?}: {}", page.body);
                }
            }
        }
        for name in ["network", "message", "billing_rate", "work_type", "seen", "then"] {
            let number = id.to_string();
            let fields = [("network", number.as_str()), ("then", "send")];
            let fields: Vec<_> =
                fields.into_iter().filter(|(key, _)| *key != name).chain([(name, value)]).collect();
            let page = anna.post(&format!("{ticket}/network"), &fields).await;
            assert!(page.status < 500, "{name}={value:?}: {}", page.body);
        }
    }
    for query in ["after=x_y", "after=1_%00", "q=%25_%00", "action=odd&active=odd", "sort=x"] {
        anna.get(&format!("/networks?{query}")).await.is(200);
    }
    anna.get(&format!("{ticket}/network?network=x&q=%00")).await.is(200);
    anna.get(&format!("{ticket}/network?network=999999")).await.is(404);
    assert_eq!(world.count("SELECT COUNT(*) FROM network_round"), 0);
});

story!(the_dashboard_lists_what_is_with_networks, world, {
    let mut anna = world.sign_in("anna").await;
    anna.get("/outsource?list=on-networks").await.is(200).shows("Kein Ticket bei einem Netzwerk");
    let id = world.network(&mut anna, &[("action", "none")]).await;
    let (first, second) =
        (world.ticket(&mut anna, "Noch dort").await, world.ticket(&mut anna, "Schon zurück").await);
    world.hand_over(&mut anna, &first, id, "").await;
    let round = world.hand_over(&mut anna, &second, id, "").await;
    anna.post(&format!("/network-rounds/{round}/completion"), &[]).await.is(303);
    let mut petra = world.sign_in("petra").await;
    petra.get("/outsource?list=open").await.is(200).shows("href=\"/outsource?list=on-networks\"");
    let list = petra.get("/outsource?list=on-networks").await.is(200);
    list.shows("Noch dort").shows("Keine Aktion").hides("Schon zurück").hides("95,00");
    petra
        .get("/outsource?list=on-networks&status=complete")
        .await
        .shows("Schon zurück")
        .hides("Noch dort");
    petra
        .get("/outsource?list=on-networks&status=all&q=kabelnetz")
        .await
        .shows("Schon zurück")
        .shows("Noch dort");
    petra.get("/outsource?list=on-networks&status=odd&before=x_y&q=%00").await.is(200);
    // Who leads nothing has no such list; who may not see the dashboard sees no list at all.
    for (key, status) in [("axel", 403), ("rita", 403), ("nora", 404)] {
        let mut browser = world.sign_in(key).await;
        for path in ["/outsource?list=on-networks", "/outsource.csv?list=on-networks"] {
            browser.get(path).await.is(status).hides("Noch dort");
        }
    }
    let mut fritz = world.sign_in("fritz").await;
    fritz.post("/outsource/agreement", &[("agree", "1")]).await.is(303);
    fritz.get("/outsource?list=on-networks&status=all").await.is(200).hides("Noch dort");
});
