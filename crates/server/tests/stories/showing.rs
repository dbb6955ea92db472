//! What pages say of a round beyond its moves: to each side what is its own to know, and the same figures on both.

use domain::permission::{OutsourcingLevel, SecurityLevel};

use crate::world::{Browser, World, story};

const TIME: [(&str, &str); 3] =
    [("date", "2026-11-24"), ("worked", "2,00"), ("body", "Kabel gezogen")];

async fn at_work(
    world: &World,
    lead: &mut Browser,
    partner: &mut Browser,
) -> (String, String, i64) {
    let ticket = world.ticket(lead, "Kabel").await;
    let round = world.send(lead, &ticket).await;
    let theirs = world.accept(partner, round).await;
    partner.post(&format!("{theirs}/time"), &TIME).await.is(303);
    (ticket, theirs, round)
}

story!(both_bars_and_both_dashboards_count_the_same_hours, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, theirs, round) = at_work(&world, &mut anna, &mut nora).await;
    nora.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    // Written while waiting it stays, and counts nowhere.
    nora.post(&format!("{theirs}/time"), &TIME).await.is(303);
    let lists = ["/outsource?list=waiting-approval", "/received?list=received-waiting-approval"];
    for (browser, pages) in [(&mut anna, [&*ticket, lists[0]]), (&mut nora, [&*theirs, lists[1]])] {
        for page in pages {
            browser.get(page).await.is(200).shows("2,00 / 5,00").hides("4,00 / 5,00");
        }
    }
});

story!(a_copy_says_that_it_is_for_internal_users_until_it_is_published, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, theirs, _) = at_work(&world, &mut anna, &mut nora).await;
    let note = [("quick", "1"), ("publish", "all"), ("body", "Dose war lose")];
    nora.post(&format!("{theirs}/notes"), &note).await.is(303);
    let page = anna.get(&ticket).await;
    let copy = page.items("Dose war lose")[0];
    let mark = |page: &crate::world::Page| {
        let entry = page.body.split(&format!("id=\"item-{copy}\"")).nth(1).unwrap();
        entry.split("</li>").next().unwrap().contains("Nur interne Benutzer")
    };
    assert!(mark(&page), "{}", page.body);
    anna.post(&format!("/items/{copy}/detachment"), &[]).await.is(303);
    assert!(mark(&anna.get(&ticket).await), "detached, it is still internal");
    let publish = [("revision", "1"), ("publish", "all"), ("body", "Dose war lose")];
    anna.post(&format!("/items/{copy}"), &publish).await.is(303);
    assert!(!mark(&anna.get(&ticket).await));
});

story!(the_partner_looks_back_on_its_round_and_learns_no_names_of_the_lead, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (_, theirs, round) = at_work(&world, &mut anna, &mut nora).await;
    let page = format!("/outsourcings/{round}");
    nora.get(&theirs).await.shows(&format!("href=\"{page}\""));
    nora.post(&format!("{page}/report"), &[]).await.is(303);
    let reason = [("reason", "Dose fehlt noch")];
    anna.post(&format!("{page}/rejection"), &reason).await.is(303);
    nora.post(&format!("{page}/report"), &[]).await.is(303);
    anna.post(&format!("{page}/approval"), &[]).await.is(303);
    let history = nora.get(&page).await.is(200).shows("300,00").shows("Bitte vor Ort prüfen.");
    let history = history.shows("Dose fehlt noch").shows("Nora Muster").shows("Acme");
    let history = history.shows("Abschluss genehmigt").hides("Anna Muster");
    history.hides("95,00").hides("Praxis Dr. Grün");
    // Whoever may only read sees it as the ticket; a stranger does not.
    world.sign_in("nele").await.get(&page).await.is(200).hides("/crossings");
    world.sign_in("fritz").await.get(&page).await.is(404);
    let ticket = world.ticket(&mut anna, "Geheimer Umzug").await;
    let declined = world.send(&mut anna, &ticket).await;
    let page = format!("/outsourcings/{declined}");
    assert_eq!(nora.get(&page).await.is(303).location, format!("/received/{declined}"));
    nora.post(&format!("{page}/refusal"), &[("reason", "Kein Termin")]).await.is(303);
    nora.get(&format!("/received/{declined}")).await.shows(&format!("href=\"{page}\""));
    nora.get(&page).await.is(200).shows("Kein Termin").hides("Geheimer Umzug").hides("300,00");
    world.sign_in("nele").await.get(&page).await.is(403);
});

story!(a_lead_is_known_before_its_first_ticket, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    nora.get("/leads").await.is(200).shows("Acme").shows("wird beim ersten Ticket gewählt");
    at_work(&world, &mut anna, &mut nora).await;
    nora.get("/leads").await.is(200).shows("Acme").hides("wird beim ersten Ticket gewählt");
    anna.get("/leads").await.is(200).hides("Nord").hides("Acme</strong>");
});

story!(a_returned_ticket_says_so_in_list_and_bar, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, theirs, round) = at_work(&world, &mut anna, &mut nora).await;
    let reason = [("reason", "Kein Werkzeug")];
    nora.post(&format!("/outsourcings/{round}/return"), &reason).await.is(303);
    anna.get(&ticket)
        .await
        .shows("Grund: Kein Werkzeug")
        .shows("Die beiden Tickets sind nicht mehr");
    nora.get(&theirs).await.shows("Die beiden Tickets sind nicht mehr verknüpft");
    anna.get("/tickets").await.shows("Nord").shows("Zurückgegeben");
    nora.get("/received?list=received-ended")
        .await
        .shows("Abgelehnt, abgelaufen, storniert, zurückgegeben")
        .shows("Kabel");
});

story!(an_open_ticket_is_told_anew_what_can_be_done_and_who_reads_along, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Kabel").await;
    let round = world.send(&mut anna, &ticket).await;
    let part = |page: &crate::world::Page, name: &str| {
        let part = page.body.split(&format!("data-live-part=\"{name}\"")).nth(1);
        part.unwrap().split("data-live-part").next().unwrap().to_owned()
    };
    let before = anna.get(&ticket).await;
    assert!(part(&before, "head").contains("/cancellation"));
    assert!(!part(&before, "composer-publish").contains("auch der Partner"));
    world.accept(&mut nora, round).await;
    let after = anna.get(&ticket).await;
    assert!(part(&after, "head").contains("/completion"));
    assert!(!part(&after, "head").contains("/cancellation"));
    assert!(part(&after, "composer-hint").contains("Nord"));
    assert!(part(&after, "composer-publish").contains("auch der Partner"));
    // What one types in is in none of them.
    assert!(!part(&after, "composer-hint").contains("<textarea"));
});

story!(a_one_way_round_is_not_ended_unasked_or_without_the_permission_either, world, {
    let mut anna = world.sign_in("anna").await;
    let network = world.network(&mut anna, &[]).await;
    let ticket = world.ticket(&mut anna, "Kabelschaden").await;
    world.hand_over(&mut anna, &ticket, network, "").await;
    let live = || world.count("SELECT COUNT(*) FROM network_round WHERE status = 'assigned'");
    world.levels("axel", SecurityLevel::ServiceDeskUser, OutsourcingLevel::None);
    let mut axel = world.sign_in("axel").await;
    axel.get(&format!("{ticket}/completion")).await.is(403).shows("Outsourcing zulassen");
    axel.post(&format!("{ticket}/status"), &[("status", "complete")]).await.is(403);
    let (customer, edit) = (world.customer.to_string(), format!("{ticket}/edit"));
    let queue = anna.get(&edit).await.is(200);
    let queue = queue.body.split("name=\"queue\"").nth(1).unwrap();
    let queue = queue.split(" selected").next().unwrap().rsplit("value=\"").next().unwrap();
    let version = anna.get(&edit).await.value("version");
    let mut form = vec![
        ("version", version.as_str()),
        ("title", "Kabelschaden"),
        ("organization", customer.as_str()),
        ("queue", queue.split('"').next().unwrap()),
        ("status", "complete"),
        ("priority", "high"),
        ("source", "phone"),
    ];
    anna.post(&ticket, &form).await.is(422).shows("Speichern und Outsourcing abschließen");
    assert_eq!(live(), 1);
    form.push(("ends_round", "1"));
    anna.post(&ticket, &form).await.is(303);
    assert_eq!(live(), 0);
});
