//! Section 19, rule by rule, and the rows of section 10 that only the whole program can show: whatever way a company
//! is asked for something that is not its own, it does not have it. (Rule 5 is of the subcontractor portal's users:
//! `separation_05` in the domain.)

use domain::permission::{OutsourcingLevel, SecurityLevel};
use staffel::problem::Problem;
use staffel::store;

use crate::world::{Browser, World, story};

/// What only Acme may know: the customer's rate, an internal note, an internal file, the customer's name.
const SECRETS: [&str; 4] = ["95,00", "Kunde zahlt schlecht", "intern.txt", "Praxis Dr. Grün"];
/// What only Nord may know.
const THEIR_SECRETS: [&str; 3] = ["17,11", "Azubi eingesetzt", "Marge knapp"];

async fn note(browser: &mut Browser, ticket: &str, publish: &str, body: &str) {
    let fields = [("quick", "1"), ("publish", publish), ("body", body)];
    browser.post(&format!("{ticket}/notes"), &fields).await.is(303);
}

/// Tickets at work on both sides, with secrets on both.
async fn at_work(
    world: &World,
    lead: &mut Browser,
    partner: &mut Browser,
) -> (String, String, i64) {
    let ticket = world.ticket(lead, "Router").await;
    note(lead, &ticket, "internal", "Kunde zahlt schlecht").await;
    lead.upload(&format!("{ticket}/files"), "intern.txt", b"x", "internal").await.is(303);
    let round = world.send(lead, &ticket).await;
    let theirs = world.accept(partner, round).await;
    let part = [
        ("date", "2026-11-24"),
        ("title", "Netzteil"),
        ("quantity", "1"),
        ("unit_price", "40,00"),
        ("unit_cost", "17,11"),
    ];
    partner.post(&format!("{theirs}/charges"), &part).await.is(303);
    note(partner, &theirs, "internal", "Azubi eingesetzt").await;
    let time = [
        ("date", "2026-11-24"),
        ("worked", "3,00"),
        ("body", "Fehler gesucht"),
        ("internal_note", "Marge knapp"),
    ];
    partner.post(&format!("{theirs}/time"), &time).await.is(303);
    (ticket, theirs, round)
}

/// Everything a company can read about its work: pages, files for spreadsheets, letters, the list of crossings.
async fn everything(
    world: &World,
    browser: &mut Browser,
    ticket: &str,
    round: i64,
    to: &'static str,
) -> String {
    let mut all = String::new();
    for path in [
        ticket.to_owned(),
        format!("{ticket}/edit"),
        "/tickets".into(),
        "/received".into(),
        "/received?list=received-open".into(),
        "/received.csv?list=received-open".into(),
        format!("/received/{round}"),
        format!("/outsourcings/{round}/crossings"),
        format!("/outsourcings/{round}/report"),
    ] {
        all += &browser.get(&path).await.body;
    }
    let letters = world.app.db.read_blocking(move |tx| {
        let letters = store::mails::page(tx, to, None, None)?;
        Ok::<_, Problem>(
            letters
                .iter()
                .map(|mail| [mail.subject.as_str(), mail.body.as_str()].join(" "))
                .collect::<Vec<_>>()
                .concat(),
        )
    });
    all + &letters.unwrap()
}

#[track_caller]
fn knows_nothing_of(all: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!all.contains(secret), "«{secret}» is known");
    }
}

story!(separation_01_what_the_customer_pays_never_leaves_the_lead, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (_, theirs, round) = at_work(&world, &mut anna, &mut nora).await;
    let all = everything(&world, &mut nora, &theirs, round, "nora@stage.example").await;
    knows_nothing_of(&all, &SECRETS[..1]);
    for path in
        [format!("/outsourcings/{round}"), "/outsource.csv?list=open".into(), "/outsource".into()]
    {
        let page = nora.get(&path).await;
        assert!(page.status != 200 || !page.body.contains("95,00"), "{path}");
    }
    let kept = "SELECT COUNT(*) FROM crossing WHERE content LIKE '%9500%'";
    assert_eq!(world.count(kept), 0, "nor does the record of what crossed");
    let snapshot = "SELECT COUNT(*) FROM outsourcing WHERE snapshot LIKE '%95%'";
    assert_eq!(world.count(snapshot), 0, "nor what left with the offer");
});

story!(separation_02_what_is_internal_never_leaves_its_side, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, theirs, round) = at_work(&world, &mut anna, &mut nora).await;
    let all = everything(&world, &mut nora, &theirs, round, "nora@stage.example").await;
    assert!(all.contains("Netzteil") && all.contains("Router"), "it was looked at the right pages");
    knows_nothing_of(&all, &SECRETS);
    let all = everything(&world, &mut anna, &ticket, round, "anna@stage.example").await;
    knows_nothing_of(&all, &THEIR_SECRETS);
});

story!(separation_03_what_the_partner_adds_is_not_for_the_customer, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, theirs, _) = at_work(&world, &mut anna, &mut nora).await;
    note(&mut nora, &theirs, "all", "Netzteil getauscht").await;
    let copies = "SELECT COUNT(*) FROM item WHERE is_copy = 1";
    let public = "SELECT COUNT(*) FROM item WHERE is_copy = 1 AND publish <> 'internal'";
    assert_eq!((world.count(copies), world.count(public)), (3, 0));
    // Until the lead says otherwise: detached, it is the lead's own to publish.
    let copy = anna.get(&ticket).await.items("Netzteil getauscht")[0];
    anna.post(&format!("/items/{copy}/detachment"), &[]).await.is(303);
    let publish = [("revision", "1"), ("publish", "all"), ("body", "Netzteil getauscht")];
    anna.post(&format!("/items/{copy}"), &publish).await.is(303);
    assert_eq!(world.count(public), 1);
});

story!(separation_04_a_company_reaches_only_its_own_by_guessing_numbers_too, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, theirs, round) = at_work(&world, &mut anna, &mut nora).await;
    let mut fritz = world.sign_in("fritz").await;
    let item = anna.get(&ticket).await.items("Kunde zahlt schlecht")[0];
    let file = anna.get(&ticket).await.items("intern.txt")[0];
    let addresses = |own: &str| {
        let of_ticket =
            ["", "/edit", "/time/new", "/charges/new", "/files/new", "/outsource", "/deletion"];
        of_ticket.map(|end| format!("{own}{end}")).to_vec()
    };
    let items = [
        format!("/items/{item}/edit"),
        format!("/items/{item}/deletion"),
        format!("/files/{file}"),
    ];
    for path in addresses(&ticket).iter().chain(&items) {
        for (name, browser) in [("fritz", &mut fritz), ("nora", &mut nora)] {
            let page = browser.get(path).await;
            assert!(matches!(page.status, 403 | 404), "{name} {path}: {}", page.status);
            knows_nothing_of(&page.body, &SECRETS);
        }
    }
    for path in addresses(&theirs) {
        for browser in [&mut fritz, &mut anna] {
            let page = browser.get(&path).await;
            assert!(matches!(page.status, 403 | 404), "{path}: {}", page.status);
        }
    }
    for path in [format!("/outsourcings/{round}/crossings"), format!("/received/{round}")] {
        fritz.get(&path).await.is(404);
    }
});

story!(separation_06_the_partner_sees_an_offer_while_it_stands_and_no_detail_afterwards, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let detail = ["Vertraulicher Umzug", "Bitte vor Ort prüfen.", "300,00"];
    let ticket = world.ticket(&mut anna, "Vertraulicher Umzug").await;
    let mut terms = world.terms(&mut anna, &ticket).await;
    terms.retain(|(name, _)| name != "then");
    terms.push(("then".into(), "save".into()));
    let fields: Vec<(&str, &str)> = terms.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    anna.post(&format!("{ticket}/outsource"), &fields).await.is(303);
    let unsent = world.newest_round();
    nora.get(&format!("/received/{unsent}")).await.is(404);
    let all = everything(&world, &mut nora, "/tickets", unsent, "nora@stage.example").await;
    knows_nothing_of(&all, &detail);
    let round = world.send(&mut anna, &ticket).await;
    nora.get(&format!("/received/{round}")).await.is(200).shows(detail[0]).shows(detail[1]);
    anna.post(&format!("/outsourcings/{round}/cancellation"), &[]).await.is(303);
    let ended = |list: &str| format!("/received{list}?list=received-ended");
    for path in [format!("/received/{round}"), ended(""), ended(".csv")] {
        knows_nothing_of(&nora.get(&path).await.is(200).body, &detail);
    }
    let declined = world.send(&mut anna, &ticket).await;
    nora.post(&format!("/outsourcings/{declined}/refusal"), &[("reason", "Nein")]).await.is(303);
    for path in [format!("/received/{declined}"), ended(""), ended(".csv")] {
        knows_nothing_of(&nora.get(&path).await.is(200).body, &detail);
    }
});

story!(separation_07_while_waiting_and_after_the_end_nothing_crosses, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, theirs, round) = at_work(&world, &mut anna, &mut nora).await;
    let crossed = || world.count("SELECT COUNT(*) FROM crossing");
    nora.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    let before = crossed();
    // The page says so before one writes (decision 16).
    nora.get(&theirs).await.shows("bleibt");
    for (browser, own) in [(&mut anna, &ticket), (&mut nora, &theirs)] {
        note(browser, own, "all", "In der Pause").await;
        browser.upload(&format!("{own}/files"), "pause.txt", b"x", "all").await.is(303);
    }
    anna.post(&format!("/outsourcings/{round}/rejection"), &[("reason", "Fehlt was")])
        .await
        .is(303);
    assert_eq!(crossed(), before, "not even after the rejection");
    nora.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    anna.post(&format!("/outsourcings/{round}/approval"), &[]).await.is(303);
    for (browser, own) in [(&mut anna, &ticket), (&mut nora, &theirs)] {
        note(browser, own, "all", "Nach dem Ende").await;
    }
    assert_eq!(crossed(), before);
    assert_eq!(anna.get(&ticket).await.items("Nach dem Ende").len(), 1);
});

story!(separation_08_without_a_level_one_sees_the_bar_but_not_the_terms, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, _, round) = at_work(&world, &mut anna, &mut nora).await;
    let mut rita = world.sign_in("rita").await;
    let page = rita.get(&ticket).await.is(200);
    let page = page.shows("Outgesourct an Nord").hides("Bedingungen anzeigen");
    knows_nothing_of(&page.body, &["300,00", "60,00", "Bitte vor Ort prüfen.", "5,00 Std"]);
    let mut axel = world.sign_in("axel").await;
    axel.get(&ticket).await.is(200).shows("Bedingungen anzeigen").shows("3,00 / 5,00");
    rita.get(&format!("/outsourcings/{round}")).await.is(403);
    rita.get(&format!("/outsourcings/{round}/crossings")).await.is(403);
});

/// Terms, and what the partner's work costs: 3 h at 60,00, a part at 40,00.
const COSTS: [&str; 6] =
    ["300,00", "60,00", "180,00", "40,00", "Bitte vor Ort prüfen.", "5,00 Std"];

story!(separation_08_nor_what_the_work_costs_wherever_one_looks, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, _, round) = at_work(&world, &mut anna, &mut nora).await;
    // Somebody who writes on tickets, but has no outsourcing permission.
    world.levels("axel", SecurityLevel::Manager, OutsourcingLevel::None);
    let mut axel = world.sign_in("axel").await;
    let crossings = format!("/outsourcings/{round}/crossings");
    let knows_nothing = async |axel: &mut Browser| {
        for path in [ticket.clone(), crossings.clone(), format!("{ticket}/edit"), "/tickets".into()]
        {
            knows_nothing_of(&axel.get(&path).await.is(200).body, &COSTS);
        }
        axel.get(&format!("/outsourcings/{round}")).await.is(403);
        axel.get("/outsource.csv?list=complete").await.is(403);
    };
    axel.get(&crossings).await.shows("Netzteil");
    anna.get(&ticket).await.shows("2026-11-27T09:00");
    axel.get(&ticket).await.hides("2026-11-27T09:00");
    knows_nothing(&mut axel).await;
    anna.get(&crossings).await.shows("40,00");
    anna.post(&format!("/outsourcings/{round}/completion"), &[]).await.is(303);
    knows_nothing(&mut axel).await;
    let page =
        axel.get(&ticket).await.shows("Outgesourcter Arbeitsaufwand").shows("Summe: 3,00 Std.");
    let (part, bundle) = (page.items("Netzteil")[0], page.items("Arbeitsaufwand –")[0]);
    anna.get(&ticket).await.shows("180,00").shows("40,00");
    anna.get(&format!("/items/{bundle}/edit")).await.is(200).shows("60,00").shows("unit_cost");
    let fields = [
        ("revision", "1"),
        ("date", "2026-11-24"),
        ("title", "Netzteil 12 V"),
        ("quantity", "1"),
        ("unit_price", "1,00"),
        ("unit_cost", "1,00"),
    ];
    for item in [part, bundle] {
        let form = axel.get(&format!("/items/{item}/edit")).await.is(200);
        knows_nothing_of(&form.hides("unit_cost").hides("unit_price").body, &COSTS);
        // Nor does what a form does not show change by a forged one, also if the first try was wrong.
        let wrong = [&fields[..2], &[("title", "Netzteil 12 V"), ("quantity", "")]].concat();
        let form = axel.post(&format!("/items/{item}"), &wrong).await.is(422);
        knows_nothing_of(&form.body, &COSTS);
        axel.post(&format!("/items/{item}"), &fields).await.is(303);
    }
    let kept = |id: i64, cost: i64, price: i64| {
        let sql = format!(
            "SELECT COUNT(*) FROM charge WHERE item_id = {id} AND unit_cost = {cost} AND unit_price = {price}"
        );
        assert_eq!(world.count(sql), 1, "{id} costs {cost}");
    };
    kept(part, 4000, 4000);
    kept(bundle, 6000, 0);
});

story!(separation_09_before_the_agreement_no_lead_function_answers_a_direct_request, world, {
    let mut nora = world.sign_in("nora").await;
    let queue = nora.get("/tickets/new").await.is(200);
    assert!(queue.body.contains("name=\"queue\""));
    for path in [
        "/partners",
        "/partners/invitation-text",
        "/outsource/permissions",
        "/networks",
        "/networks/new",
        "/partners/1/history",
    ] {
        nora.get(path).await.is(403);
    }
    for path in [
        "/partners/invitations",
        "/partners/invitation-text",
        "/partners/invitation-text/standard",
        "/outsource/permissions",
        "/partners/1/recipient",
        "/partners/1/renewal",
        "/partners/1/withdrawal",
        "/partners/1/deactivation",
        "/partners/1/reactivation",
        "/networks",
        "/networks/preview",
    ] {
        nora.post(path, &[("partner", "1"), ("organization", "1")]).await.is(403);
    }
    // On a ticket of its own, too.
    let (mut anna, mut nils) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let ticket = world.ticket(&mut anna, "Router").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nils, round).await;
    let of_nord = |what: &str, table: &str| {
        let own = "(SELECT id FROM company WHERE name = 'Nord')";
        world.count(format!("SELECT {what}(id) FROM {table} WHERE company_id = {own}")).to_string()
    };
    let (organization, queue) = (of_nord("MAX", "organization"), of_nord("MIN", "queue"));
    let fields = [
        ("title", "Drucker"),
        ("organization", organization.as_str()),
        ("queue", queue.as_str()),
        ("status", "new"),
        ("priority", "low"),
        ("source", "phone"),
    ];
    let made = nora.post("/tickets", &fields).await.is(303).location;
    let own = made.split('?').next().unwrap().to_owned();
    for ticket in [theirs, own] {
        for page in ["outsource", "network"] {
            nora.get(&format!("{ticket}/{page}")).await.is(403);
            nora.post(&format!("{ticket}/{page}"), &[("then", "send")]).await.is(403);
        }
    }
});

story!(separation_10_leads_never_learn_of_each_other, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, _, round) = at_work(&world, &mut anna, &mut nora).await;
    let second = world.second_lead();
    let mut fritz = world.sign_in("fritz").await;
    let theirs = fritz.get("/partners").await.is(200).shows("Nord");
    knows_nothing_of(&theirs.body, &["Acme"]);
    knows_nothing_of(
        &fritz.get(&format!("/partners/{second}/history")).await.is(200).body,
        &["Acme"],
    );
    let other = everything(&world, &mut fritz, "/tickets", round, "fritz@stage.example").await;
    knows_nothing_of(&other, &["Acme", "Router"]);
    let all = everything(&world, &mut anna, &ticket, round, "anna@stage.example").await;
    knows_nothing_of(&all, &["Fremd"]);
    for path in ["/partners", "/outsource", "/outsource.csv?list=open", "/audit"] {
        knows_nothing_of(&anna.get(path).await.is(200).body, &["Fremd"]);
    }
});

story!(sync_07_the_internal_note_of_a_time_entry_stays, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, _, _) = at_work(&world, &mut anna, &mut nora).await;
    let copy =
        anna.get(&ticket).await.shows("Fehler gesucht").hides("Marge knapp").items("Fehler")[0];
    // Not even once the copy is the lead's own.
    anna.post(&format!("/items/{copy}/detachment"), &[]).await.is(303);
    anna.get(&format!("/items/{copy}/edit")).await.is(200).hides("Marge knapp");
    assert_eq!(world.count("SELECT COUNT(*) FROM time_entry WHERE internal_note LIKE 'Marge%'"), 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM crossing WHERE content LIKE '%Marge%'"), 0);
});

/// A link of each kind, for all, to something that its company keeps elsewhere; their numbers.
async fn links(browser: &mut Browser, ticket: &str, title: &str, place: &str) -> Vec<i64> {
    for (kind, url) in [
        ("file_link", format!(r"\\{place}\netz\plan.pdf")),
        ("folder_link", format!(r"\\{place}\netz")),
        ("url", format!("https://{place}/plan")),
    ] {
        let link = [("kind", kind), ("url", &url), ("title", title), ("publish", "all")];
        browser.post(&format!("{ticket}/links"), &link).await.is(303);
        browser.get(ticket).await.shows(&url);
    }
    browser.get(ticket).await.items(title)
}

story!(sync_09_a_link_of_any_kind_stays_though_it_is_for_all, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ours, theirs) = (["Netzplan", "ablage.acme"], ["Schaltbild", "ablage.nord"]);
    let crossed = "SELECT COUNT(*) FROM crossing";
    let ticket = world.ticket(&mut anna, "Router").await;
    // It does not leave with the offer,
    links(&mut anna, &ticket, ours[0], ours[1]).await;
    let terms = format!("{ticket}/outsource?partner={}", world.partnership);
    knows_nothing_of(&anna.get(&terms).await.is(200).body, &ours);
    let round = world.send(&mut anna, &ticket).await;
    let copy = world.accept(&mut nora, round).await;
    assert_eq!(world.count(crossed), 0);
    // nor while linked in either direction, as is said where one writes it, nor when it is edited.
    for (browser, own, [title, place]) in [(&mut anna, &ticket, ours), (&mut nora, &copy, theirs)] {
        let page = browser.get(&format!("{own}/files/new")).await.is(200);
        page.shows("Verweise werden nie an den Partner übertragen");
        let link = links(browser, own, title, place).await[0];
        let edited = format!("https://{place}/neu");
        let edit = [("revision", "1"), ("url", &edited), ("title", title), ("publish", "all")];
        browser.post(&format!("/items/{link}"), &edit).await.is(303);
        browser.get(own).await.shows(&edited);
    }
    assert_eq!(world.count(crossed), 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM digest"), 0, "nothing to tell the other side");
    // A file beside them does cross, and with it the letters go out.
    for (browser, own) in [(&mut anna, &ticket), (&mut nora, &copy)] {
        browser.upload(&format!("{own}/files"), "messung.txt", b"ok", "all").await.is(303);
    }
    assert_eq!(world.count(crossed), 2);
    nora.post(&format!("/outsourcings/{round}/report"), &[]).await.is(303);
    let all = everything(&world, &mut nora, &copy, round, "nora@stage.example").await;
    knows_nothing_of(&all, &ours);
    let all = everything(&world, &mut anna, &ticket, round, "anna@stage.example").await;
    knows_nothing_of(&all, &theirs);
    assert!(all.contains("messung.txt"));
});

story!(sync_15_both_tickets_show_the_same_status_after_every_move, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let (ticket, theirs, round) = at_work(&world, &mut anna, &mut nora).await;
    let play = format!("/outsourcings/{round}");
    let moves: [(&str, bool, &str); 5] = [
        ("report", false, "Warten auf Genehmigung"),
        ("rejection", true, "In Bearbeitung"),
        ("report", false, "Warten auf Genehmigung"),
        ("approval", true, "Abgeschlossen"),
        ("", true, "Abgeschlossen"),
    ];
    for (mv, by_lead, status) in moves {
        if !mv.is_empty() {
            let browser = if by_lead { &mut anna } else { &mut nora };
            browser.post(&format!("{play}/{mv}"), &[("reason", "Grund")]).await.is(303);
        }
        anna.get(&ticket).await.shows(status);
        nora.get(&theirs).await.shows(status);
        world.both_sides_agree();
    }
});
