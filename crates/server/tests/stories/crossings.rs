//! *What crossed*: all of it, on the page and as a file; surcharges, which cross like deductions.

use crate::world::story;

story!(all_that_crossed_can_be_proven, world, {
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut lead, "Netz").await;
    let round = world.send(&mut lead, &ticket).await;
    let theirs = world.accept(&mut partner, round).await;
    let time = [
        ("date", "2026-11-23"),
        ("start", "08:15"),
        ("end", "10:15"),
        ("deduct", "0,25"),
        ("body", "=Fehler gesucht"),
    ];
    partner.post(&format!("{theirs}/time"), &time).await.is(303);
    let part = [
        ("date", "2026-11-22"),
        ("title", "Patchkabel"),
        ("quantity", "3"),
        ("unit_price", "4,00"),
    ];
    lead.post(&format!("{ticket}/charges"), &part).await.is(303);
    partner.post(&format!("{theirs}/charges"), &part).await.is(303);
    lead.upload(&format!("{ticket}/files"), "plan.txt", b"vier", "all").await.is(303);
    let page = lead.get(&format!("/outsourcings/{round}/crossings")).await.is(200);
    let page = page.shows("23.11.2026 · 08:15–10:15 · 2,00 Std. · Abzug 0,25 Std.");
    let page = page.shows("22.11.2026 · Menge 3,00 · verfasst von Anna Muster");
    let page = page.shows("22.11.2026 · Menge 3,00 · je 4,00\u{a0}€ · verfasst von Nils Muster");
    page.shows("plan.txt · 4 B").shows("crossings.csv");
    for browser in [&mut lead, &mut partner] {
        let file = browser.get(&format!("/outsourcings/{round}/crossings.csv")).await.is(200);
        let rows: Vec<Vec<&str>> =
            file.body.lines().map(|line| line.split(';').collect::<Vec<_>>()).collect();
        assert_eq!(rows.len(), 5, "{}", file.body);
        let time = rows.iter().find(|row| row.contains(&"23.11.2026")).unwrap();
        assert_eq!(time[8..13], ["'=Fehler gesucht", "23.11.2026", "08:15", "10:15", "2,00"]);
        assert_eq!(time[1], "Nord → Acme");
        assert_eq!(rows[0][17..], ["Datei", "Dateigröße (Byte)"]);
        let plan = rows.iter().find(|row| row.contains(&"plan.txt")).unwrap();
        assert_eq!((plan[17..].to_vec(), time[18]), (vec!["plan.txt", "4"], ""));
        let prices: Vec<&str> = rows.iter().map(|row| row[15]).filter(|it| *it == "4,00").collect();
        assert_eq!(prices.len(), 1, "the lead's price stays with the lead: {}", file.body);
    }
    // No stranger, and nobody who only reads.
    let mut fritz = world.sign_in("fritz").await;
    fritz.get(&format!("/outsourcings/{round}/crossings.csv")).await.is(404);
    let mut rita = world.sign_in("rita").await;
    rita.get(&format!("/outsourcings/{round}/crossings.csv")).await.is(403);
});

story!(a_surcharge_is_added_and_shown_to_both, world, {
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut lead, "Netz").await;
    let round = world.send(&mut lead, &ticket).await;
    let theirs = world.accept(&mut partner, round).await;
    let entry = |deduct: &'static str| {
        [("date", "2026-11-24"), ("worked", "1,00"), ("deduct", deduct), ("body", "Nachtdienst")]
    };
    for odd in ["1,01", "-24,01"] {
        let page = partner.post(&format!("{theirs}/time"), &entry(odd)).await.is(422);
        page.shows("ein Aufschlag nicht größer als 24 Stunden");
    }
    partner.post(&format!("{theirs}/time"), &entry("-0,50")).await.is(303);
    for (browser, ticket) in [(&mut partner, &theirs), (&mut lead, &ticket)] {
        browser.get(ticket).await.is(200).shows("1,00 + 0,50 = 1,50 Std.");
    }
    lead.get(&format!("/outsourcings/{round}/crossings")).await.shows("Aufschlag 0,50 Std.");
    lead.post(&format!("/outsourcings/{round}/completion"), &[]).await.is(303);
    lead.get(&ticket).await.is(200).shows("Summe: 1,00 + 0,50 = 1,50 Std.");
    let cost = "SELECT unit_cost * quantity FROM charge WHERE outsourcing_id IS NOT NULL";
    assert_eq!(world.count(cost), 6000 * 150);
});

story!(what_went_along_with_the_offer_was_sent_by_the_sender, world, {
    let (mut anna, mut nils) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut anna, "Mit Notiz").await;
    let note = [("quick", "1"), ("publish", "all"), ("body", "Bitte beachten")];
    anna.post(&format!("{ticket}/notes"), &note).await.is(303);
    let note = anna.get(&ticket).await.items("Bitte beachten")[0].to_string();
    let mut fields = world.terms(&mut anna, &ticket).await;
    fields.retain(|(name, _)| name != "seen" && name != "then");
    fields.push(("note".into(), note));
    let seen: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let preview = anna.post(&format!("{ticket}/outsource"), &seen).await.is(200);
    let shown = preview.value("seen");
    let sent = [seen, vec![("seen", shown.as_str()), ("then", "send")]].concat();
    anna.post(&format!("{ticket}/outsource"), &sent).await.is(303);
    let round = world.newest_round();
    world.accept(&mut nils, round).await;
    let by = "<td data-label=\"Übertragen von\">Anna Muster</td>";
    anna.get(&format!("/outsourcings/{round}/crossings")).await.shows("Bitte beachten").shows(by);
    nils.get(&format!("/outsourcings/{round}/crossings")).await.shows(by);
});
