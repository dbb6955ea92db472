//! What is refused: strangers, missing permissions, the time before the agreement, odd input.

use crate::world::story;

story!(a_stranger_learns_nothing, world, {
    let (mut anna, mut fritz) = (world.sign_in("anna").await, world.sign_in("fritz").await);
    let ticket = world.ticket(&mut anna, "Geheim").await;
    let round = world.send(&mut anna, &ticket).await;
    for path in [
        ticket.clone(),
        format!("{ticket}/edit"),
        format!("/received/{round}"),
        format!("/outsourcings/{round}/crossings"),
        "/tickets/999999".into(),
        "/tickets/x".into(),
    ] {
        fritz.get(&path).await.is(404).hides("Geheim");
    }
    fritz
        .post(&format!("{ticket}/notes"), &[("quick", "1"), ("body", "Hallo"), ("publish", "all")])
        .await
        .is(404);
    fritz.get("/tickets?q=Geheim").await.is(200).hides("Geheim</a>");
});

story!(before_the_agreement_no_lead_function_can_be_called, world, {
    let mut nora = world.sign_in("nora").await;
    // The dashboard offers received work alone, and the way to the agreement (section 3).
    nora.get("/outsource")
        .await
        .is(200)
        .shows("Outsourcing-Management-Dashboard")
        .shows("Vereinbarung lesen und annehmen")
        .shows("Erhaltene Arbeit")
        .hides("Outgesourcte Arbeit")
        .hides("list=my-open")
        .hides("Netzwerke");
    nora.get("/outsource?list=received-open").await.is(200).shows("Erhaltene Arbeit");
    nora.get("/outsource.csv?list=received-open").await.is(200);
    for path in [
        "/outsource?list=my-open",
        "/outsource.csv?list=my-open",
        "/outsource?list=on-networks",
        "/outsource.csv?list=on-networks",
    ] {
        nora.get(path).await.is(404);
    }
    for path in ["/partners", "/partners/invitation-text", "/outsource/permissions"] {
        nora.get(path).await.is(403).shows("Outsourcing-Vereinbarung");
    }
    nora.post("/outsource/agreement", &[]).await.is(422);
    nora.post("/outsource/agreement", &[("agree", "1")]).await.is(303);
    nora.get("/outsource")
        .await
        .is(200)
        .shows("Outgesourcte Arbeit")
        .hides("Vereinbarung lesen und annehmen");
    nora.get("/outsource?list=my-open").await.is(200).shows("Alle meine offenen");
    nora.get("/partners").await.is(200);
    let mut nils = world.sign_in("nils").await;
    nils.get("/outsource").await.is(403);
    nils.get("/received").await.is(200);
});

story!(levels_see_what_section_four_gives_them, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Stufen").await;
    world.send(&mut anna, &ticket).await;
    let mut rita = world.sign_in("rita").await;
    rita.get(&ticket)
        .await
        .shows("Outgesourct an Nord")
        .hides("Bedingungen anzeigen")
        .hides("Notiz hinzufügen");
    rita.get("/outsource").await.is(403);
    let mut axel = world.sign_in("axel").await;
    axel.get(&ticket).await.shows("Bedingungen anzeigen").shows("Stornieren");
    axel.get("/outsource").await.is(403);
    let mut petra = world.sign_in("petra").await;
    petra.get("/outsource?list=open").await.is(200).shows("Stufen").hides("300,00");
    anna.get("/outsource?list=open").await.is(200).shows("300,00");
});

story!(what_is_sent_is_what_was_seen, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Vorschau").await;
    let terms = world.terms(&mut anna, &ticket).await;
    anna.post(
        &format!("{ticket}/notes"),
        &[("quick", "1"), ("publish", "all"), ("body", "Inzwischen")],
    )
    .await
    .is(303);
    let mut fields: Vec<(&str, &str)> =
        terms.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let page = anna.get(&ticket).await;
    let note = page.items("Inzwischen")[0].to_string();
    fields.push(("note", &note));
    anna.post(&format!("{ticket}/outsource"), &fields)
        .await
        .is(200)
        .shows("Die Vorschau hat sich geändert");
    assert_eq!(world.count("SELECT COUNT(*) FROM outsourcing"), 0);
});

story!(a_file_leaves_with_its_title_and_its_author_in_sight, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Anhang").await;
    anna.upload(&format!("{ticket}/files"), "plan.txt", b"x", "all").await.is(303);
    let file = anna.get(&ticket).await.items("plan.txt")[0].to_string();
    let titled = [("revision", "1"), ("publish", "all"), ("title", "Plan für Kunde Grün")];
    anna.post(&format!("/items/{file}"), &titled).await.is(303);
    let preview = anna
        .post(
            &format!("{ticket}/outsource"),
            &[("partner", &*world.partnership.to_string()), ("file", &file)],
        )
        .await;
    let left = preview.body.split("class=\"preview-body\"").nth(1).unwrap();
    let left = left.split("</footer>").next().unwrap();
    for seen in ["plan.txt", "Plan für Kunde Grün", "Anna Muster"] {
        assert!(left.contains(seen), "«{seen}» leaves unseen: {left}");
    }
});

story!(odd_input_is_told_beside_its_field_and_never_breaks_anything, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Eingaben").await;
    let long = "ä".repeat(300);
    let odd = [
        "",
        " ",
        long.as_str(),
        "-1",
        "1e9",
        "9223372036854775808",
        "2026-02-31T25:00",
        "🦊",
        "\u{0}",
        "' OR 1=1 --",
        "<script>",
    ];
    let forms: [(&str, &[&str]); 8] = [
        (
            "/tickets",
            &[
                "title",
                "organization",
                "queue",
                "status",
                "priority",
                "source",
                "due",
                "person",
                "contact",
            ],
        ),
        ("/organizations", &["name", "kind", "phone", "owner", "city"]),
        ("/people", &["email", "first_name", "last_name", "security", "password"]),
        (
            "/company",
            &[
                "name",
                "language",
                "time_zone",
                "currency",
                "accept_hours",
                "default_queue",
                "version",
            ],
        ),
        ("/preferences", &["language", "theme", "time_zone"]),
        ("TICKET/time", &["date", "start", "end", "worked", "deduct", "body"]),
        ("TICKET/charges", &["date", "title", "quantity", "unit_price", "unit_cost"]),
        (
            "TICKET/outsource",
            &[
                "partner",
                "accept_by",
                "due",
                "rate_type",
                "authorized_charge",
                "authorized_hours",
                "billing_rate",
                "note",
                "then",
            ],
        ),
    ];
    for (path, names) in forms {
        let path = path.replace("TICKET", &ticket);
        for value in odd {
            for name in names {
                let page = anna.post(&path, &[(name, value)]).await;
                assert!(
                    page.status < 500,
                    "{path} {name}={value:?}: {} {}",
                    page.status,
                    page.body
                );
            }
        }
    }
    let page = anna
        .post(
            &format!("{ticket}/time"),
            &[("date", "2026-11-24"), ("worked", "viel"), ("body", "Getippt und behalten")],
        )
        .await
        .is(422);
    page.shows("Getippt und behalten").shows("aria-invalid=\"true\"").shows("field-worked-error");
    let big = vec![b'x'; 11_000_000];
    anna.upload(&format!("{ticket}/files"), "gross.bin", &big, "all")
        .await
        .is(422)
        .shows("höchstens 10 MB");
    anna.post_raw("/tickets", "application/json", b"{}".to_vec()).await.is(422);
    anna.get("/tickets?after=x_y&sort=nonsense&status=odd&queue=zz&q=%00%27").await.is(200);
});

story!(a_form_from_elsewhere_is_refused, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Fremdes Formular").await;
    let request = axum::http::Request::post(format!("{ticket}/status"))
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("status=complete"))
        .unwrap();
    anna.send(request).await.is(403);
});

story!(whoever_guesses_passwords_waits, world, {
    let mut nobody = world.nobody();
    for _ in 0..6 {
        nobody
            .post("/sign-in", &[("email", "anna@stage.example"), ("password", "falsch")])
            .await
            .is(422);
    }
    let right = [("email", "anna@stage.example"), ("password", "sieben Staffeln laufen")];
    nobody.post("/sign-in", &right).await.is(422);
    world.app.clock.advance(jiff::SignedDuration::from_mins(16));
    nobody.post("/sign-in", &right).await.is(303);
    nobody.get("/tickets").await.is(200);
    world.app.clock.advance(jiff::SignedDuration::from_hours(9));
    assert!(nobody.get("/tickets").await.is(303).location.starts_with("/sign-in"));
});

story!(search_finds_umlauts_both_ways_and_only_the_own_company, world, {
    let mut anna = world.sign_in("anna").await;
    world.ticket(&mut anna, "Büroschlüssel Straße").await;
    for query in ["büro", "buro", "bueroschl", "strasse", "Stra%C3%9Fe"] {
        anna.get(&format!("/tickets?q={query}")).await.is(200).shows("Büroschlüssel");
    }
    anna.get("/tickets?q=unbekannt").await.is(200).hides("Büroschlüssel");
    world.sign_in("fritz").await.get("/tickets?q=buro").await.is(200).hides("Büroschlüssel");
});
