//! The two lists of networks: who they are, and what is there now; every order, every filter, both files.

use std::collections::BTreeSet;

use crate::dashboard::{cells, titles, walk};
use crate::world::{Browser, Page, World, story};

/// What is with networks.
const HERE: &str = "/outsource?list=on-networks";
const CSV: &str = "/outsource.csv?list=on-networks";
/// Every column that sorts the list, which are all.
const COLUMNS: [&str; 13] = [
    "number",
    "title",
    "organization",
    "network",
    "action",
    "status",
    "since",
    "ticket-status",
    "priority",
    "sent-by",
    "sent-on",
    "due",
    "billing-rate",
];

fn place(page: &Page, name: &str) -> usize {
    page.body.find(&format!(">{name}<")).unwrap_or_else(|| panic!("{name} is missing"))
}

async fn first(browser: &mut Browser, path: &str, a: &str, b: &str) -> bool {
    let page = browser.get(path).await.is(200);
    place(&page, a) < place(&page, b)
}

story!(the_list_of_networks_is_sorted_filtered_and_taken_along, world, {
    let mut petra = world.sign_in("petra").await;
    let north = world.network(&mut petra, &[("name", "Anbieter Nord")]).await;
    world.network(&mut petra, &[("name", "Zulieferer"), ("action", "none")]).await;
    petra.post(&format!("/networks/{north}/deactivation"), &[]).await.is(303);
    let (a, z) = ("Anbieter Nord", "Zulieferer");
    for (sort, a_first) in [
        ("name", true),
        ("-name", false),
        ("action", true),
        ("-action", false),
        ("active", false),
        ("-active", true),
        ("organization", true),
        ("used", true),
        ("open", true),
    ] {
        let path = format!("/networks?sort={sort}");
        assert_eq!(first(&mut petra, &path, a, z).await, a_first, "{sort}");
    }
    let page =
        petra.get("/networks").await.is(200).shows("column-filters").shows("title=\"Aktiv\"");
    page.shows("title=\"Inaktiv\"");
    petra.get("/networks?active=no").await.shows(a).hides(">Zulieferer<");
    let file = petra.get("/networks.csv?active=no").await.is(200);
    assert!(file.body.contains("Anbieter Nord;E-Mail senden;"), "{}", file.body);
    assert!(!file.body.contains(z), "{}", file.body);
    petra.get("/networks?after=x~y&sort=used").await.is(200);
});

story!(what_no_longer_fits_keeps_a_network_from_being_switched_on, world, {
    let mut anna = world.sign_in("anna").await;
    let id = world.network(&mut anna, &[("active", "")]).await;
    let off = |tx: &mut db::Tx| {
        tx.run("UPDATE organization SET active = 0 WHERE name = 'Praxis Dr. Grün'", &[]).map(|_| ())
    };
    world.app.db.write_blocking(off).unwrap();
    let refused = anna.post(&format!("/networks/{id}/activation"), &[]).await.is(422);
    refused.shows("field-organization-error").shows("Kabelnetz Nord");
    assert_eq!(world.count("SELECT active FROM network"), 0);
});

/// Copies a one-way round and its ticket so often that the list has several pages: many rows are alike in every order,
/// every fifth has a gap where there can be one.
fn multiply(world: &World, copies: i64) {
    let copy = move |tx: &mut db::Tx| {
        for n in 0..copies {
            let gap = n % 5 == 0;
            let beginning = ["Ähre", "apfel", "Zebra", "Öl"][usize::try_from(n % 4).unwrap()];
            let at = 1_795_500_000_000_000_i64 + (n % 7) * 3_600_000_000;
            let maybe = |value: i64| if gap { db::Value::Null } else { value.into() };
            let ticket: i64 = tx
                .one(
                    "INSERT INTO ticket (company_id, number, title, description, status, is_open, priority, queue_id, source,
                         organization_id, due_at, due_order, site, device, ever_accepted, created_at, activity_at, version,
                         outsourced_to, outsource_status)
                     SELECT company_id, $1, $2, '', status, is_open, $3, queue_id, source, organization_id, $4, due_order,
                            '', '', 0, created_at, activity_at, 1, outsourced_to, outsource_status FROM ticket WHERE id = 1
                     RETURNING id",
                    &db::params![format!("T20270101.{n:04}"), format!("{beginning} {n:03}"), n % 4, maybe(at)],
                    |row| row.get(0),
                )?
                .unwrap();
            tx.run(
                "INSERT INTO network_round (public_id, company_id, ticket_id, network_id, network_name, action, status, since,
                     message, recipients, subject, body, link, billing_rate, currency, work_type, sent_by, sent_name, sent_at,
                     reason, version)
                 SELECT $1, company_id, $2, network_id, $3, $4, 'assigned', $5, message, recipients, subject, body, link, $6,
                        currency, work_type, sent_by, $7, $5, reason, 1 FROM network_round WHERE id = 1",
                &db::params![
                    format!("copy-{n}"),
                    ticket,
                    ["Nord", "nordwind", "Öst"][usize::try_from(n % 3).unwrap()],
                    ["email", "livelink", "none"][usize::try_from(n % 3).unwrap()],
                    at,
                    maybe(n % 4 * 1_000),
                    if gap { "" } else { "Anna Muster" }
                ],
            )?;
        }
        Ok::<_, db::Error>(())
    };
    world.app.db.write_blocking(copy).unwrap();
}

/// Two tickets with two networks, sent by two people: «Alpha» by Anna with *Kabelnetz Nord*, «Zulu» by Axel with
/// *Anbieter*, another organization's, in another queue, overdue. The numbers of the networks.
async fn two(world: &World, anna: &mut Browser) -> (i64, i64) {
    let kabel = world.network(anna, &[]).await;
    let other = world.network(anna, &[("name", "Anbieter"), ("action", "none")]).await;
    let mut axel = world.sign_in("axel").await;
    let alpha = world.ticket(anna, "Alpha").await;
    world.hand_over(anna, &alpha, kabel, "Bitte helfen").await;
    let zulu = world.ticket(anna, "Zulu").await;
    world.hand_over(&mut axel, &zulu, other, "").await;
    anna.post("/company/queues", &[("queue", "Nachtschicht")]).await.is(303);
    let apart = |tx: &mut db::Tx| {
        tx.run(
            "UPDATE ticket SET due_at = 1795510000000000,
                    queue_id = (SELECT id FROM queue WHERE name = 'Nachtschicht'),
                    organization_id = (SELECT id FROM organization WHERE name = 'Nord im Adressbuch')
              WHERE title = 'Zulu'",
            &[],
        )
    };
    assert_eq!(world.app.db.write_blocking(apart), Ok(1));
    (kabel, other)
}

story!(every_column_sorts_what_is_with_networks_page_by_page, world, {
    let mut anna = world.sign_in("anna").await;
    let network = world.network(&mut anna, &[]).await;
    let ticket = world.ticket(&mut anna, "Vorlage").await;
    world.hand_over(&mut anna, &ticket, network, "").await;
    multiply(&world, 130);
    // What is gone is in no order before it is asked for.
    let gone = world.ticket(&mut anna, "Zurück").await;
    let round = world.hand_over(&mut anna, &gone, network, "").await;
    anna.post(&format!("/network-rounds/{round}/completion"), &[]).await.is(303);
    for column in COLUMNS {
        let order = if column == "sent-on" { "sent" } else { column };
        let page = anna.get(&format!("{HERE}&columns={column}")).await.is(200);
        let heads = [format!("sort={order}\""), format!("sort=-{order}\"")];
        assert!(heads.iter().any(|it| page.body.contains(it)), "{column} sorts nothing");
        let mut both = Vec::new();
        for (query, rows) in [("", 131), ("&status=all", 132)] {
            for way in ["", "-"] {
                let list = format!("?list=on-networks{query}&sort={way}{order}");
                let seen = walk(&mut anna, "/outsource", &list).await;
                let once: BTreeSet<&String> = seen.iter().collect();
                assert_eq!((seen.len(), once.len()), (rows, rows), "{list}");
                both.push(seen);
            }
        }
        assert_ne!(both[0], both[1], "{column}");
        for odd in ["n_1", "tx_1", "x_1", "n9_x", "t%00_1", "n99999999999999999999_1", "1~x"] {
            anna.get(&format!("{HERE}&sort={order}&after={odd}")).await.is(200);
        }
    }
    // Umlauts stand at their letter, and what has no value comes last whichever way one looks.
    let by_title = walk(&mut anna, "/outsource", "?list=on-networks&sort=title").await;
    assert_eq!(by_title[0], "Ähre 000");
    assert!(by_title[33..66].iter().all(|title| title.starts_with("apfel")), "{by_title:?}");
    for (order, gaps) in [("due", 27), ("billing-rate", 26), ("sent-by", 26)] {
        for way in ["", "-"] {
            let list = format!("?list=on-networks&sort={way}{order}");
            let rows = walk(&mut anna, "/outsource", &list).await;
            let number = |title: &String| title.split(' ').nth(1)?.parse::<i64>().ok();
            let fifth = |title: &String| number(title).is_none_or(|n| n % 5 == 0);
            assert!(rows[131 - gaps..].iter().all(fifth), "{list}: {rows:?}");
            assert!(
                !rows[..131 - gaps].iter().any(|it| number(it).is_some() && fifth(it)),
                "{list}"
            );
        }
    }
});

story!(each_filter_narrows_what_is_with_networks, world, {
    let mut anna = world.sign_in("anna").await;
    let (kabel, other) = two(&world, &mut anna).await;
    let queue = |name| world.count(format!("SELECT id FROM queue WHERE name = '{name}'"));
    let person = |name| world.count(format!("SELECT id FROM person WHERE first_name = '{name}'"));
    let first = world.count("SELECT queue_id FROM ticket WHERE title = 'Alpha'");
    let (alpha, zulu, both, none): (&[&str], &[&str], &[&str], &[&str]) =
        (&["Alpha"], &["Zulu"], &["Zulu", "Alpha"], &[]);
    for (query, found) in [
        (String::new(), both),
        (format!("network={kabel}"), alpha),
        (format!("network={other}"), zulu),
        ("network=999".into(), none),
        (format!("queue={}", queue("Nachtschicht")), zulu),
        (format!("queue={first}"), alpha),
        ("queue=999".into(), none),
        (format!("sent_by={}", person("Anna")), alpha),
        (format!("sent_by={}", person("Axel")), zulu),
        ("organization=adressbuch".into(), zulu),
        ("organization=GR%C3%9CN".into(), alpha),
        ("organization=%25".into(), none),
        ("overdue=1".into(), zulu),
        ("q=alph".into(), alpha),
        ("q=anbieter".into(), zulu),
        ("q=T2026".into(), both),
        ("q=100%25".into(), none),
        ("since_from=2026-11-24&since_to=2026-11-24".into(), both),
        ("since_from=2026-11-25".into(), none),
        ("sent_from=2026-11-24".into(), both),
        ("sent_to=2026-11-23".into(), none),
        ("due_to=2026-11-25".into(), zulu),
        ("due_from=2026-11-26".into(), none),
        (format!("overdue=1&network={kabel}"), none),
        ("status=complete".into(), none),
        ("status=canceled".into(), none),
        ("status=all".into(), both),
        // What rounds with networks cannot be narrows nothing, and neither does another list's filter.
        ("status=accepted".into(), both),
        ("other=1".into(), both),
        ("accept_from=2026-12-01".into(), both),
    ] {
        let page = anna.get(&format!("{HERE}&{query}")).await.is(200);
        assert_eq!(titles(&page), found, "{query}");
        let file = anna.get(&format!("{CSV}&{query}&columns=title")).await.is(200);
        let written: Vec<String> = cells(&file)[1..].iter().map(|row| row[0].clone()).collect();
        assert_eq!(written, found, "the file: {query}");
    }
    for (query, sentence) in [
        ("since_from=morgen", "Bitte geben Sie ein gültiges Datum an."),
        ("sent_from=2026-11-28&sent_to=2026-11-27", "Das Ende liegt vor dem Anfang."),
    ] {
        let page = anna.get(&format!("{HERE}&{query}")).await.is(422).shows(sentence);
        assert_eq!(titles(&page), none, "what is no date narrows nothing, so nothing is shown");
        anna.get(&format!("{CSV}&{query}")).await.is(422);
    }
    // Overdue is said in a word; once it is back it is late no more.
    anna.get(HERE).await.shows(">Überfällig<");
    let round = world.count("SELECT MAX(id) FROM network_round");
    anna.post(&format!("/network-rounds/{round}/cancellation"), &[("reason", "")]).await.is(303);
    let page = anna.get(&format!("{HERE}&status=all")).await.is(200).hides(">Überfällig<");
    assert_eq!(titles(&page), both);
    assert_eq!(titles(&anna.get(&format!("{HERE}&status=all&overdue=1")).await), none);
    assert_eq!(titles(&anna.get(&format!("{HERE}&status=canceled")).await), zulu);
});

story!(the_number_beside_the_networks_is_what_is_there_now, world, {
    let mut anna = world.sign_in("anna").await;
    let count = |page: Page| {
        let count = page.body.split("<span>Netzwerke</span><span class=\"count\">").nth(1).unwrap();
        count.split('<').next().unwrap().to_owned()
    };
    assert_eq!(count(anna.get("/outsource?list=open").await.is(200)), "0");
    two(&world, &mut anna).await;
    let ticket = world.ticket(&mut anna, "Beim Partner").await;
    world.send(&mut anna, &ticket).await;
    for list in ["/outsource?list=open", HERE, &format!("{HERE}&q=nichts")] {
        let page = anna.get(list).await.is(200);
        // What is with a network is in no list of what is with partners.
        assert!(page.body.contains("<span>Alle offenen</span><span class=\"count\">1</span>"));
        assert_eq!(count(page), "2", "{list}");
    }
    let round = world.count("SELECT MAX(id) FROM network_round");
    anna.post(&format!("/network-rounds/{round}/completion"), &[]).await.is(303);
    assert_eq!(count(anna.get(HERE).await), "1");
    assert_eq!(titles(&anna.get("/outsource?list=open").await), ["Beim Partner"]);
});

story!(columns_of_networks_are_chosen_apart_from_those_of_partners, world, {
    let mut anna = world.sign_in("anna").await;
    two(&world, &mut anna).await;
    let shows = |page: &Page, head: &str| page.body.contains(&format!("data-label=\"{head}\""));
    let page = anna.get(HERE).await.is(200);
    for head in ["Nummer", "Outsourcing-Netzwerk", "Handlung", "Outsourcing-Status", "Fällig"] {
        assert!(shows(&page, head), "{head}");
    }
    // What has no column of its own stands small in its neighbour's cell.
    page.shows("Nord im Adressbuch · Neu").shows("Gesendet von Axel Muster");
    let chosen =
        [("kind", "networks"), ("back", HERE), ("columns", "priority"), ("columns", "margin")];
    anna.post("/columns", &chosen).await.is(303);
    let page = anna.get(HERE).await.is(200);
    assert!(shows(&page, "Priorität") && !shows(&page, "Handlung"));
    assert!(!page.body.contains("Marge"), "a network leaves no margin");
    // The lists of partners keep theirs, and so does a colleague.
    let ticket = world.ticket(&mut anna, "Beim Partner").await;
    world.send(&mut anna, &ticket).await;
    let partners = anna.get("/outsource?list=open").await.is(200);
    assert!(shows(&partners, "Service-Partner") && !shows(&partners, "Priorität"));
    let mut petra = world.sign_in("petra").await;
    assert!(shows(&petra.get(HERE).await, "Handlung"));
    anna.post("/columns", &[("kind", "networks"), ("back", HERE), ("standard", "1")]).await.is(303);
    assert!(shows(&anna.get(HERE).await, "Handlung"));
});

story!(a_view_of_networks_is_kept_for_one_person, world, {
    let mut anna = world.sign_in("anna").await;
    let (kabel, _) = two(&world, &mut anna).await;
    let query = format!("list=on-networks&network={kabel}&sort=-title&columns=title,network");
    let new = anna
        .get(&format!("/views/new?door=outsource&query={}", query.replace('&', "%26")))
        .await
        .is(200);
    new.shows("Netzwerke");
    let fields = [("door", "outsource"), ("name", "Beim Kabelnetz"), ("query", query.as_str())];
    let saved = anna.post("/views", &fields).await.is(303).location;
    let page =
        anna.get(&saved).await.is(200).shows("Beim Kabelnetz").hides("data-label=\"Handlung\"");
    assert_eq!(titles(&page), ["Alpha"]);
    // It keeps what stands on the page: the form that overwrites it says so.
    let kept = page.value("query");
    for part in
        ["list=on-networks", &format!("network={kabel}"), "sort=-title", "columns=title%2Cnetwork"]
    {
        assert!(kept.contains(part), "{part} is not in {kept}");
    }
    let id = world.count("SELECT id FROM saved_view");
    anna.post(&format!("/views/{id}"), &[("name", "Beim Kabelnetz"), ("start", "1")]).await.is(303);
    assert!(anna.get("/outsource").await.is(303).location.contains("list=on-networks"));
    let mut petra = world.sign_in("petra").await;
    petra.get(HERE).await.is(200).hides("Beim Kabelnetz");
    petra.get(&format!("/views/{id}")).await.is(404);
    let colleague = petra.get(&format!("{HERE}&view={id}")).await.is(200).hides("Beim Kabelnetz");
    assert_eq!(titles(&colleague), ["Zulu", "Alpha"]);
    anna.post(&format!("/views/{id}/deletion"), &[]).await.is(303);
    anna.get(HERE).await.is(200).hides("Beim Kabelnetz");
});

story!(the_file_of_networks_is_what_the_page_shows, world, {
    let mut anna = world.sign_in("anna").await;
    let (_, other) = two(&world, &mut anna).await;
    // The link on the page names the columns and the filters of the page.
    let page =
        anna.get(&format!("{HERE}&columns=title,due,action&network={other}&sort=title")).await;
    let link = page.body.split("href=\"/outsource.csv").nth(1).unwrap().split('"').next().unwrap();
    let file = anna.get(&format!("/outsource.csv{}", link.replace("&amp;", "&"))).await.is(200);
    let heads = ["Titel", "Organisation", "Handlung", "Ticketstatus", "Fällig"];
    let row = ["Zulu", "Nord im Adressbuch", "Keine Aktion", "Neu", "24.11.2026 09:46"];
    assert_eq!(cells(&file), [heads.map(str::to_owned).to_vec(), row.map(str::to_owned).to_vec()]);
    let name = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"staffel-on-networks-2026-11-24.csv\"");
    // Without columns in its address it has every one, and the currency of the money.
    let all = cells(&anna.get(&format!("{CSV}&network={other}")).await.is(200));
    assert_eq!(all[0].len(), COLUMNS.len() + 1);
    assert_eq!(all[0].last().map(String::as_str), Some("Währung"));
    for cell in ["Anbieter", "Zugewiesen", "Axel Muster", "Hoch", "95,00", "EUR"] {
        assert!(all[1].iter().any(|it| it == cell), "{cell} is not in {all:?}");
    }
    // A row a page further is in the file, once.
    multiply(&world, 120);
    for sort in ["title", "-due", "billing-rate"] {
        let rows = cells(&anna.get(&format!("{CSV}&sort={sort}&columns=number")).await.is(200));
        let once: BTreeSet<&String> = rows.iter().map(|row| &row[0]).collect();
        assert_eq!((rows.len(), once.len()), (123, 123), "{sort}");
    }
    // In the order of the page.
    let shown = walk(&mut anna, "/outsource", "?list=on-networks&sort=-title").await;
    let file = cells(&anna.get(&format!("{CSV}&sort=-title&columns=title")).await);
    let written: Vec<String> = file[1..].iter().map(|row| row[0].clone()).collect();
    assert_eq!(written, shown);
});

story!(what_the_customer_pays_for_a_network_is_for_allow_all, world, {
    let mut anna = world.sign_in("anna").await;
    two(&world, &mut anna).await;
    let dearer =
        |tx: &mut db::Tx| tx.run("UPDATE network_round SET billing_rate = 12000 WHERE id = 1", &[]);
    world.app.db.write_blocking(dearer).unwrap();
    let asked = "columns=title,billing-rate";
    let page = anna.get(&format!("{HERE}&{asked}&sort=billing-rate")).await.is(200);
    assert_eq!(titles(&page), ["Zulu", "Alpha"]);
    page.shows("Kundensatz").shows("95,00\u{a0}€").shows("120,00\u{a0}€");
    let page = anna.get(&format!("{HERE}&{asked}&sort=-billing-rate")).await.is(200);
    assert_eq!(titles(&page), ["Alpha", "Zulu"]);
    let mut petra = world.sign_in("petra").await;
    let chosen = [("kind", "networks"), ("back", HERE), ("columns", "billing-rate")];
    petra.post("/columns", &chosen).await.is(303);
    for query in ["", "&columns=billing-rate", "&sort=billing-rate", "&sort=-billing-rate"] {
        let page = petra.get(&format!("{HERE}{query}")).await.is(200);
        let file = petra.get(&format!("{CSV}{query}")).await.is(200);
        for hidden in ["Kundensatz", "95,00", "120,00", "Währung"] {
            assert!(
                !page.body.contains(hidden) && !file.body.contains(hidden),
                "{hidden}: {query}"
            );
        }
        // An order would tell who pays more.
        assert_eq!(titles(&page), ["Zulu", "Alpha"], "{query}");
    }
});

story!(another_company_finds_nothing_of_what_is_with_our_networks, world, {
    let mut anna = world.sign_in("anna").await;
    let (kabel, _) = two(&world, &mut anna).await;
    let person = world.count("SELECT id FROM person WHERE first_name = 'Anna'");
    let mut fritz = world.sign_in("fritz").await;
    fritz.post("/outsource/agreement", &[("agree", "1")]).await.is(303);
    for query in [
        "status=all".to_owned(),
        format!("status=all&network={kabel}"),
        format!("status=all&sent_by={person}&sort=billing-rate"),
        "q=Alpha&status=all".into(),
    ] {
        let page = fritz.get(&format!("{HERE}&{query}")).await.is(200);
        assert_eq!(titles(&page).len(), 0, "{query}");
        let page = page.hides("Zulu").hides("Kabelnetz").hides("Anbieter").hides("Axel");
        page.shows("<span>Netzwerke</span><span class=\"count\">0</span>");
        let file = fritz.get(&format!("{CSV}&{query}")).await.is(200);
        assert_eq!(file.body.lines().count(), 1, "{}", file.body);
    }
    // Its own networks are its own choice.
    let mut nora = world.sign_in("nora").await;
    nora.get(HERE).await.is(404).hides("Alpha");
});
