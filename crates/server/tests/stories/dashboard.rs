//! The dashboard: lists, filters, every order from page to page, saved views, money for those who may see it, files.

use std::collections::BTreeSet;
use std::fmt::Write;

use staffel::store::rounds::OUTSOURCED;

use crate::world::{Browser, Page, World, story};

const TIME: [(&str, &str); 5] = [
    ("date", "2026-11-24"),
    ("worked", "3,00"),
    ("deduct", "0,50"),
    ("billable", "1"),
    ("body", "Fehler gesucht"),
];
const PART: [(&str, &str); 6] = [
    ("date", "2026-11-24"),
    ("title", "Netzteil"),
    ("quantity", "1"),
    ("unit_price", "40,00"),
    ("unit_cost", "17,11"),
    ("billable", "1"),
];
/// Every order in both directions.
const ORDERS: [&str; 18] = [
    "since",
    "number",
    "title",
    "partner",
    "sent",
    "accept-by",
    "due",
    "priority",
    "organization",
    "partner-ticket",
    "status",
    "ticket-status",
    "sent-by",
    "rate-type",
    "authorized-hours",
    "hours",
    "authorized-charge",
    "total",
];

/// The titles on a page, in order.
pub fn titles(page: &Page) -> Vec<String> {
    let rows = page.body.split("<td class=\"title\">").skip(1);
    rows.filter_map(|row| row.split('>').nth(1)?.split('<').next().map(str::to_owned)).collect()
}

/// The address of the next page, if there is one.
pub fn next(page: &Page) -> Option<String> {
    let link = page.body.split("rel=\"next\"").next()?;
    if link.len() == page.body.len() {
        return None;
    }
    let href = link.rsplit("href=\"").next()?.split('"').next()?;
    Some(href.replace("&amp;", "&"))
}

/// Every title of a list, page after page.
pub async fn walk(browser: &mut Browser, path: &str, query: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut query = query.to_owned();
    for _ in 0..20 {
        let page = browser.get(&format!("{path}{query}")).await.is(200);
        all.extend(titles(&page));
        match next(&page) {
            Some(href) => query = href,
            None => return all,
        }
    }
    panic!("{path} does not end");
}

/// The cells of a file, row by row; the head is the first.
pub fn cells(page: &Page) -> Vec<Vec<String>> {
    let body = page.body.strip_prefix('\u{feff}').unwrap();
    let rows = body.lines().map(|line| line.split(';').map(str::to_owned).collect());
    rows.collect()
}

/// Copies a round and its two tickets so often that a list has several pages, some rows with gaps in every order.
/// Half of the copies are offers that the partner has not accepted.
pub fn multiply(world: &World, copies: i64) {
    let copy = move |tx: &mut db::Tx| {
        for n in 0..copies {
            let gap = n % 5 == 0;
            let title = format!(
                "{} {n:03}",
                ["Ähre", "apfel", "Zebra", "Öl"][usize::try_from(n % 4).unwrap()]
            );
            let day = 1_795_500_000_000_000_i64 + (n % 7) * 3_600_000_000;
            let due = if gap { db::Value::Null } else { (day + n % 3).into() };
            let sent = if n % 2 == 0 { db::Value::Null } else { day.into() };
            let ticket: i64 = tx
                .one(
                    "INSERT INTO ticket (company_id, number, title, description, status, is_open, priority, queue_id, source,
                         organization_id, due_at, due_order, site, device, ever_accepted, created_at, activity_at, version,
                         outsourced_to, outsource_status)
                     SELECT company_id, $1, $2, '', status, is_open, $3, queue_id, source, organization_id, NULL, due_order,
                            '', '', 0, created_at, activity_at, 1, 'Nord', 'assigned' FROM ticket WHERE id = 1 RETURNING id",
                    &db::params![format!("T20270101.{n:04}"), &title, n % 4],
                    |row| row.get(0),
                )?
                .unwrap();
            tx.run(
                "INSERT INTO outsourcing (public_id, lead_company, lead_name, lead_ticket, partner_company, partner_name, partnership_id,
                     status, since, accept_by, due_at, rate_type, currency, authorized_charge, authorized_hours, instructions,
                     share, snapshot, reason, sent_by, sent_name, sent_at, reminded, created_at, version)
                 SELECT $1, lead_company, $2, $3, partner_company, $2, partnership_id, 'assigned', $4, $4, $5, rate_type, currency,
                        authorized_charge + $8, authorized_hours, instructions, share, $6, '', sent_by, sent_name, $7, 1, created_at, 1
                   FROM outsourcing WHERE id = 1",
                &db::params![
                    format!("copy-{n}"),
                    ["Nord", "nordwind", "Öst"][usize::try_from(n % 3).unwrap()],
                    ticket,
                    day,
                    due,
                    format!("{{\"title\":\"{title}\",\"priority\":\"high\"}}"),
                    sent,
                    n % 4
                ],
            )?;
        }
        Ok::<_, db::Error>(())
    };
    world.app.db.write_blocking(copy).unwrap();
}

story!(every_order_shows_every_row_exactly_once_on_both_sides, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Vorlage").await;
    world.send(&mut anna, &ticket).await;
    multiply(&world, 130);
    for (browser, path, list) in [
        (&mut anna, "/outsource", "waiting-acceptance"),
        (&mut nora, "/received", "received-waiting-acceptance"),
    ] {
        for order in ORDERS {
            let up = walk(browser, path, &format!("?list={list}&sort={order}")).await;
            let down = walk(browser, path, &format!("?list={list}&sort=-{order}")).await;
            for seen in [&up, &down] {
                let once: BTreeSet<&String> = seen.iter().collect();
                assert_eq!((seen.len(), once.len()), (131, 131), "{path} by {order}");
            }
            assert_ne!(up, down, "{order}");
        }
        // Umlauts stand at their letter and case does not count.
        let by_title = walk(browser, path, &format!("?list={list}&sort=title")).await;
        assert_eq!(by_title.first().map(String::as_str), Some("Ähre 000"));
        assert!(by_title.get(33..66).unwrap().iter().all(|title| title.starts_with("apfel")));
        assert_eq!(by_title.last().map(String::as_str), Some("Zebra 126"));
        // What has no date comes last, whichever way one looks.
        for order in ["due", "-due"] {
            let rows = walk(browser, path, &format!("?list={list}&sort={order}")).await;
            let gaps = rows.get(105..).unwrap();
            let number =
                |title: &String| title.split(' ').nth(1).and_then(|n| n.parse::<i64>().ok());
            assert!(
                gaps.iter().all(|title| number(title).is_some_and(|n| n % 5 == 0)),
                "{order}: {gaps:?}"
            );
        }
        // A cursor that was tampered with leads somewhere, never to an error.
        for odd in ["n_1", "tx_1", "x_1", "n9_x", "t%00_1", "n99999999999999999999_1"] {
            for order in ORDERS {
                let page =
                    browser.get(&format!("{path}?list={list}&sort={order}&after={odd}")).await;
                page.is(200);
            }
        }
    }
});

story!(what_is_authorized_is_an_order_only_for_those_who_see_it, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Vorlage").await;
    world.send(&mut anna, &ticket).await;
    multiply(&world, 60);
    // Every kind of amount: flat, hourly with halves of a cent, nothing, and what no number holds.
    let amounts = |tx: &mut db::Tx| {
        for (rest, rate_type, charge, hours) in [
            (0, "flat", 12_345_i64, None::<i64>),
            (1, "hourly", 333, Some(150)),
            (2, "hourly", 1_001, Some(50)),
            (3, "hourly", 99, None),
            (4, "hourly", 4_000_000_000_000_000_000, Some(4_000_000_000_000_000_000)),
            (5, "hourly", i64::MAX, Some(200)),
            (6, "hourly", 5, Some(10)),
        ] {
            let sql = "UPDATE outsourcing SET rate_type = $1, authorized_charge = $2, authorized_hours = $3 WHERE id % 7 = $4";
            tx.run(sql, &db::params![rate_type, charge, hours, rest])?;
        }
        Ok::<_, db::Error>(())
    };
    world.app.db.write_blocking(amounts).unwrap();
    for (sort, head) in [("total", "Genehmigt gesamt"), ("authorized-charge", "Genehmigter Betrag")]
    {
        for way in ["", "-"] {
            let file =
                anna.get(&format!("/outsource.csv?list=open&sort={way}{sort}")).await.is(200);
            let rows = cells(&file);
            let at = rows[0].iter().position(|it| it == head).unwrap();
            let written: Vec<&str> = rows[1..].iter().map(|row| row[at].as_str()).collect();
            let known = written.iter().filter(|it| !it.is_empty()).count();
            assert_eq!((written.len(), known), (61, 43), "{sort}: {written:?}");
            let minor = |it: &&str| it.replace(',', "").parse::<i64>().unwrap();
            let order: Vec<i64> = written.iter().filter(|it| !it.is_empty()).map(minor).collect();
            let right =
                |pair: &[i64]| if way.is_empty() { pair[0] <= pair[1] } else { pair[0] >= pair[1] };
            assert!(order.windows(2).all(right), "{way}{sort}: {order:?}");
            if sort == "total" {
                assert!(written[known..].iter().all(|it| it.is_empty()), "{way}: {written:?}");
            }
        }
    }
    // To others the order is the usual one: it would tell who costs more.
    let mut petra = world.sign_in("petra").await;
    let usual = titles(&petra.get("/outsource?list=open").await.is(200));
    for sort in ["total", "-total", "authorized-charge", "-authorized-charge"] {
        let page = petra.get(&format!("/outsource?list=open&sort={sort}")).await.is(200);
        assert_eq!(titles(&page), usual, "{sort}");
    }
    assert_ne!(titles(&anna.get("/outsource?list=open&sort=total").await.is(200)), usual);
});

story!(filters_narrow_together_and_wrong_dates_say_so, world, {
    let mut anna = world.sign_in("anna").await;
    let mut axel = world.sign_in("axel").await;
    let mut nora = world.sign_in("nora").await;
    let printer = world.ticket(&mut anna, "Drucker 100% kaputt").await;
    let first = world.send(&mut anna, &printer).await;
    let server = world.ticket(&mut axel, "Server ÜBERLASTET").await;
    let second = world.send(&mut axel, &server).await;
    let theirs = world.accept(&mut nora, second).await;
    let open = "/outsource?list=open";
    let only = |page: Page, wanted: &[&str]| assert_eq!(titles(&page), wanted, "{}", page.body);
    only(anna.get(open).await.is(200), &["Server ÜBERLASTET", "Drucker 100% kaputt"]);
    only(anna.get(&format!("{open}&q=100%25")).await, &["Drucker 100% kaputt"]);
    only(anna.get(&format!("{open}&q=%C3%9CBERL")).await, &["Server ÜBERLASTET"]);
    only(anna.get(&format!("{open}&q=nord&status=assigned")).await, &["Drucker 100% kaputt"]);
    let several = format!("{open}&status=assigned&status=accepted&organization=GR%C3%9CN");
    assert_eq!(titles(&anna.get(&several).await).len(), 2);
    only(anna.get(&format!("{open}&organization=rot")).await, &[]);
    // A status that the list does not hold narrows nothing and shows nothing more.
    assert_eq!(titles(&anna.get(&format!("{open}&status=complete")).await).len(), 2);
    let axel_id = world.count("SELECT id FROM person WHERE first_name = 'Axel'");
    only(anna.get(&format!("{open}&sent_by={axel_id}")).await, &["Server ÜBERLASTET"]);
    let partner = world.count("SELECT id FROM company WHERE name = 'Nord'");
    assert_eq!(titles(&anna.get(&format!("{open}&other={partner}")).await).len(), 2);
    only(anna.get(&format!("{open}&other=999")).await, &[]);
    let queue = world.count("SELECT MIN(queue_id) FROM ticket");
    assert_eq!(titles(&anna.get(&format!("{open}&queue={queue}")).await).len(), 2);
    only(anna.get(&format!("{open}&queue=999")).await, &[]);
    for (query, found) in [
        ("sent_from=2026-11-24&sent_to=2026-11-24", 2),
        ("sent_from=2026-11-25", 0),
        ("sent_to=2026-11-23", 0),
        ("accept_from=2026-11-25&accept_to=2026-11-25", 2),
        ("due_from=2026-11-27&due_to=2026-11-27", 2),
        ("due_from=2026-11-28", 0),
        ("overdue=1", 0),
    ] {
        assert_eq!(
            titles(&anna.get(&format!("{open}&{query}")).await.is(200)).len(),
            found,
            "{query}"
        );
    }
    for (query, sentence) in [
        ("sent_from=gestern", "Bitte geben Sie ein gültiges Datum an."),
        ("due_to=2026-02-30", "Bitte geben Sie ein gültiges Datum an."),
        ("due_from=9999-12-31", "Bitte geben Sie ein gültiges Datum an."),
        ("due_from=2026-11-28&due_to=2026-11-27", "Das Ende liegt vor dem Anfang."),
    ] {
        let page = anna.get(&format!("{open}&q=Drucker&{query}")).await.is(422).shows(sentence);
        let typed = query.rsplit('=').next().unwrap();
        let typed = format!("value=\"{typed}\"");
        assert!(page.body.contains(&typed) && page.body.contains("value=\"Drucker\""), "{query}");
        anna.get(&format!("/outsource.csv?list=open&{query}")).await.is(422).shows(sentence);
    }
    anna.get("/outsource?list=nonsense").await.is(404);
    // The day after the deadlines: what was not answered, and what was not done, is marked in a word.
    world.app.clock.advance(jiff::SignedDuration::from_hours(24 * 4));
    let mut anna = world.sign_in("anna").await;
    let late = anna.get(&format!("{open}&overdue=1")).await;
    assert_eq!(titles(&late).len(), 2);
    late.shows(">Überfällig<");
    // The partner finds an offer by its title while it is open, and by nothing when it is over.
    let mut nora = world.sign_in("nora").await;
    let waiting = "/received?list=received-waiting-acceptance&q=Drucker";
    assert_eq!(titles(&nora.get(waiting).await), ["Drucker 100% kaputt"]);
    nora.get(&theirs).await.is(200);
    assert_eq!(staffel::jobs::clock::tick(&world.app).await.unwrap(), 1);
    let over = "/received?list=received-ended";
    assert_eq!(titles(&nora.get(over).await.hides("Drucker")), ["Angebot nicht mehr offen"]);
    let leaks = ["q=Drucker", "due_from=2026-11-27", "q=T2026"];
    for leak in leaks {
        assert_eq!(titles(&nora.get(&format!("{over}&{leak}")).await).len(), 0, "{leak}");
    }
    let file = nora.get("/received.csv?list=received-ended").await.is(200);
    file.hides("Drucker").hides("60,00").hides("T2026");
    assert_ne!(first, second);
});

story!(money_is_for_allow_all_and_nobody_else, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Beispiel 15.6").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nora, round).await;
    nora.post(&format!("{theirs}/time"), &TIME).await.is(303);
    nora.post(&format!("{theirs}/charges"), &PART).await.is(303);
    let asked =
        "list=open&columns=authorized-charge,total,used,charges,margin,hours,authorized-hours";
    let page = anna.get(&format!("/outsource?{asked}")).await.is(200);
    // Worked example 15.6: 2.50 h cost 150.00, the part 40.00, 87.50 remain of labor.
    page.shows("60,00\u{a0}€")
        .shows("300,00\u{a0}€")
        .shows("150,00\u{a0}€")
        .shows("40,00\u{a0}€")
        .shows("87,50\u{a0}€")
        .shows(">2,50<")
        .shows(">5,00<");
    let file = anna.get("/outsource.csv?list=open").await.is(200);
    let rows = cells(&file);
    assert_eq!(rows.len(), 2);
    let of = |name: &str| {
        let at =
            rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name}"));
        rows[1][at].clone()
    };
    for (name, value) in [
        ("Titel", "Beispiel 15.6"),
        ("Organisation", "Praxis Dr. Grün"),
        ("Genehmigter Betrag", "60,00"),
        ("Genehmigt gesamt", "300,00"),
        ("Verbrauchter Betrag", "150,00"),
        ("Warenposten", "40,00"),
        ("Marge", "87,50"),
        ("Geleistete Stunden", "2,50"),
        ("Währung", "EUR"),
        ("Gesendet am", "24.11.2026 10:00"),
    ] {
        assert_eq!(of(name), value, "{name}");
    }
    // The partner sees what it earns, never a margin, and not what the customer pays.
    let own =
        nora.get(&format!("/received?{}", asked.replace("open", "received-open"))).await.is(200);
    own.shows("150,00").shows("40,00").hides("Marge").hides("87,50").hides("95,00").hides("17,11");
    nora.get("/received.csv?list=received-open")
        .await
        .is(200)
        .hides("Marge")
        .hides("87,5")
        .hides("95,00");

    let (mut petra, mut axel, mut rita) =
        (world.sign_in("petra").await, world.sign_in("axel").await, world.sign_in("rita").await);
    let heads =
        ["Marge", "Verbrauchter Betrag", "Genehmigter Betrag", "Genehmigt gesamt", "Währung"];
    for query in
        [asked, "list=open&sort=margin", "list=open&sort=-total&columns=margin", "list=open"]
    {
        let mut page = petra.get(&format!("/outsource?{query}")).await.is(200);
        let mut file = petra.get(&format!("/outsource.csv?{query}")).await.is(200);
        for head in heads {
            (page, file) = (page.hides(head), file.hides(head));
        }
        for amount in ["60,00", "300,00", "150,00", "40,00", "87,50", "95,00"] {
            (page, file) = (page.hides(amount), file.hides(amount));
        }
        page.shows("Beispiel 15.6");
    }
    for closed in [&mut axel, &mut rita] {
        for path in
            ["/outsource?list=open", "/outsource.csv?list=open", "/views/new?door=outsource"]
        {
            closed.get(path).await.is(403).hides("Beispiel");
        }
        closed
            .post("/views", &[("door", "outsource"), ("name", "X"), ("query", "list=open")])
            .await
            .is(403);
    }
    // Received lists are for whoever may answer offers; Axel may, Rita only reads.
    axel.get("/received").await.is(200);
    rita.get("/received").await.is(403);
    let mut fritz = world.sign_in("fritz").await;
    fritz.get("/received?list=received-open").await.is(200).hides("Beispiel");
    fritz.get("/received.csv?list=received-open").await.is(200).hides("Beispiel");
});

story!(a_file_is_exactly_the_filtered_list_in_both_languages, world, {
    let mut anna = world.sign_in("anna").await;
    for title in ["=1+1", "-Minus", "Ganz \"normal\"; fast", "Anderes"] {
        let ticket = world.ticket(&mut anna, title).await;
        world.send(&mut anna, &ticket).await;
    }
    let query = "list=open&sort=number&q=T2026";
    let shown = titles(&anna.get(&format!("/outsource?{query}")).await);
    let file = anna.get(&format!("/outsource.csv?{query}")).await.is(200);
    let name = file.headers["content-disposition"].to_str().unwrap().to_owned();
    assert_eq!(name, "attachment; filename=\"staffel-open-2026-11-24.csv\"");
    let written: Vec<&str> =
        file.body.lines().skip(1).map(|row| row.split(';').nth(1).unwrap()).collect();
    assert_eq!(shown.len(), 4);
    assert_eq!(written, ["'=1+1", "'-Minus", "\"Ganz \"\"normal\"\"", "Anderes"]);
    let found = anna.get("/outsource.csv?list=open&q=Anderes").await;
    assert_eq!(found.body.lines().count(), 2);
    anna.post(
        "/preferences",
        &[("language", "en"), ("theme", "system"), ("time_zone", "Europe/Berlin")],
    )
    .await
    .is(303);
    let english = anna.get("/outsource.csv?list=open&q=Anderes").await.is(200);
    english
        .shows("\u{feff}Number,Title,Organization,Service partner,")
        .shows("2026-11-24 10:00")
        .shows("300.00");
    // More pages than one are in one file, each row once.
    multiply(&world, 120);
    let all = anna.get("/outsource.csv?list=open&sort=title").await.is(200);
    assert_eq!(all.body.lines().count(), 125);
    let numbers: BTreeSet<&str> =
        all.body.lines().map(|row| row.split(',').next().unwrap()).collect();
    assert_eq!(numbers.len(), 125);
});

story!(a_file_from_the_page_has_the_columns_of_the_page, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Spalten").await;
    world.send(&mut anna, &ticket).await;
    let heads = async |browser: &mut Browser, path: &str| {
        let page = browser.get(path).await.is(200);
        let link = page.body.split("href=\"/outsource.csv").nth(1).unwrap();
        let link = link.split('"').next().unwrap().replace("&amp;", "&");
        let rows = cells(&browser.get(&format!("/outsource.csv{link}")).await.is(200));
        assert_eq!(rows.len(), 2, "{path}");
        rows[0].clone()
    };
    // What stands small in a neighbour's cell is on the page, too.
    let named = heads(&mut anna, "/outsource?list=open&columns=title,due,margin").await;
    assert_eq!(
        named,
        ["Titel", "Organisation", "Ticketstatus", "Arbeit fällig", "Marge", "Währung"]
    );
    let chosen = [("kind", "lead"), ("back", "/outsource"), ("columns", "hours")];
    anna.post("/columns", &chosen).await.is(303);
    let remembered = heads(&mut anna, "/outsource?list=open").await;
    let hours =
        ["Titel", "Organisation", "Ticketstatus", "Genehmigte Stunden", "Geleistete Stunden"];
    assert_eq!(remembered, hours);
    // Whoever may not see money gets none, whatever the address names.
    let mut petra = world.sign_in("petra").await;
    let without = heads(&mut petra, "/outsource?list=open&columns=title,margin,total").await;
    assert_eq!(without, ["Titel", "Organisation", "Ticketstatus"]);
});

story!(complete_work_goes_back_as_far_as_one_asks, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let mut days = 0;
    for (title, wait) in [("Uralt", 60), ("Alt", 40), ("Neu", 0)] {
        let ticket = world.ticket(&mut anna, title).await;
        // The clock has moved on: the terms must be in its future.
        let terms = world.terms_on(&mut anna, &ticket, days).await;
        let fields: Vec<(&str, &str)> =
            terms.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        anna.post(&format!("{ticket}/outsource"), &fields).await.is(303);
        let round = world.newest_round();
        world.accept(&mut nora, round).await;
        anna.post(&format!("/outsourcings/{round}/completion"), &[]).await.is(303);
        world.app.clock.advance(jiff::SignedDuration::from_hours(24 * wait));
        days += wait;
        (anna, nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    }
    for (browser, list) in
        [(&mut anna, "/outsource?list=complete"), (&mut nora, "/received?list=received-complete")]
    {
        for (period, wanted) in [
            ("", vec!["Neu"]),
            ("&period=30", vec!["Neu"]),
            ("&period=90", vec!["Neu", "Alt"]),
            ("&period=all", vec!["Neu", "Alt", "Uralt"]),
            ("&period=7", vec!["Neu"]),
        ] {
            assert_eq!(
                titles(&browser.get(&format!("{list}{period}")).await.is(200)),
                wanted,
                "{period}"
            );
        }
        // The count beside the list is what the list shows.
        browser.get(list).await.shows("<span>Abgeschlossen</span><span class=\"count\">1</span>");
    }
});

story!(views_are_kept_for_one_person_and_nobody_else_finds_them, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Ansicht").await;
    world.send(&mut anna, &ticket).await;
    let query = "list=open&q=Ansicht&status=assigned&sort=due&columns=title,margin";
    anna.get(&format!(
        "/views/new?door=outsource&query={}",
        query.replace('&', "%26").replace('=', "%3D")
    ))
    .await
    .is(200)
    .shows("Alle offenen");
    let saved = anna
        .post("/views", &[("door", "outsource"), ("name", " Dringend "), ("query", query)])
        .await
        .is(303)
        .location;
    let page = anna
        .get(&saved)
        .await
        .is(200)
        .shows("Dringend")
        .shows("Die Ansicht ist gespeichert.")
        .shows("Marge");
    assert_eq!(titles(&page), ["Ansicht"]);
    let id = world.count("SELECT id FROM saved_view");
    // Names: there, short, once; what was typed stays.
    for (name, sentence) in [
        ("", "Bitte füllen Sie dieses Feld aus."),
        ("Dringend", "Diesen Namen gibt es schon."),
        (&"x".repeat(41), "Höchstens 40 Zeichen."),
    ] {
        anna.post("/views", &[("door", "outsource"), ("name", name), ("query", query)])
            .await
            .is(422)
            .shows(sentence)
            .shows(&format!("value=\"{name}\""));
    }
    anna.post("/views", &[("door", "nowhere"), ("name", "X"), ("query", "")]).await.is(404);
    let long = "q=".to_owned() + &"x".repeat(5000);
    anna.post("/views", &[("door", "outsource"), ("name", "X"), ("query", &long)])
        .await
        .is(422)
        .shows("So viele Filter");

    // All My Open stays the start until a view is chosen for it.
    anna.get("/outsource").await.is(200).shows("Alle meine offenen");
    anna.post(&format!("/views/{id}"), &[("name", "Sehr dringend"), ("start", "1")]).await.is(303);
    let start = anna.get("/outsource").await.is(303).location;
    assert!(start.contains("q=Ansicht") && start.contains(&format!("view={id}")), "{start}");
    anna.get("/outsource?list=my-open").await.is(200).shows("Sehr dringend");
    anna.post("/views", &[("door", "outsource"), ("name", "Zweite"), ("query", "list=unsent")])
        .await
        .is(303);
    let second = world.count("SELECT MAX(id) FROM saved_view");
    anna.post(&format!("/views/{second}"), &[("name", "Zweite"), ("start", "1")]).await.is(303);
    assert_eq!(world.count("SELECT COUNT(*) FROM saved_view WHERE is_start = 1"), 1);
    assert!(anna.get("/outsource").await.is(303).location.contains("list=unsent"));
    anna.post(&format!("/views/{second}/query"), &[("query", "list=complete&period=90")])
        .await
        .is(303);
    assert!(anna.get("/outsource").await.is(303).location.contains("period=90"));
    anna.post(&format!("/views/{second}"), &[("name", "Zweite")]).await.is(303);
    anna.get("/outsource").await.is(200);

    // Not even a colleague who has every right finds them.
    let others =
        [world.sign_in("petra").await, world.sign_in("nora").await, world.sign_in("fritz").await];
    for mut other in others {
        other.get(&format!("/views/{id}")).await.is(404);
        other.post(&format!("/views/{id}"), &[("name", "Meins")]).await.is(404);
        other.post(&format!("/views/{id}/query"), &[("query", "list=open")]).await.is(404);
        other.post(&format!("/views/{id}/deletion"), &[]).await.is(404);
    }
    let mut petra = world.sign_in("petra").await;
    petra.get("/outsource?list=open").await.is(200).hides("Sehr dringend");
    // A colleague may use the same name.
    petra
        .post("/views", &[("door", "outsource"), ("name", "Zweite"), ("query", query)])
        .await
        .is(303);
    petra.get(&format!("/outsource?{query}")).await.is(200).hides("Marge");

    anna.post(&format!("/views/{id}/deletion"), &[]).await.is(303);
    anna.get(&format!("/views/{id}")).await.is(404);
    for n in 0..19 {
        let mut name = String::new();
        write!(name, "Nummer {n}").unwrap();
        anna.post("/views", &[("door", "outsource"), ("name", &name), ("query", query)])
            .await
            .is(303);
    }
    anna.post("/views", &[("door", "outsource"), ("name", "Eine zu viel"), ("query", query)])
        .await
        .is(422)
        .shows("Sie haben schon 20 Ansichten.");
    // Behind the other door there is room of its own.
    anna.post(
        "/views",
        &[("door", "received"), ("name", "Eine zu viel"), ("query", "list=received-open")],
    )
    .await
    .is(303);
});

story!(columns_are_remembered_per_person_and_direction, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Spalten").await;
    world.send(&mut anna, &ticket).await;
    let open = "/outsource?list=open";
    anna.get(open).await.shows("Service-Partner");
    let chosen = [
        ("kind", "lead"),
        ("back", open),
        ("columns", "priority"),
        ("columns", "nonsense"),
        ("columns", "rate-type"),
    ];
    anna.post("/columns", &chosen).await.is(303);
    let page = anna.get(open).await.is(200);
    assert!(
        page.body.contains("data-label=\"Priorität\"")
            && page.body.contains("data-label=\"Vergütung\"")
    );
    assert!(!page.body.contains("data-label=\"Service-Partner\""));
    // On an address that names its columns, a view for example, only the address changes.
    let viewed =
        [("kind", "lead"), ("back", "/outsource?list=open&columns=title"), ("columns", "due")];
    assert!(anna.post("/columns", &viewed).await.is(303).location.contains("columns=due"));
    assert!(anna.get(open).await.body.contains("data-label=\"Priorität\""));
    let mut petra = world.sign_in("petra").await;
    assert!(!petra.get(open).await.body.contains("data-label=\"Priorität\""));
    anna.post("/columns", &[("kind", "lead"), ("back", open), ("standard", "1")]).await.is(303);
    assert!(anna.get(open).await.body.contains("data-label=\"Service-Partner\""));
    anna.post("/columns", &[("kind", "middle"), ("back", open)]).await.is(404);
    let away = [("kind", "lead"), ("back", "//evil.example/"), ("columns", "due")];
    assert!(anna.post("/columns", &away).await.is(303).location.starts_with("/received"));
    let mut rita = world.sign_in("rita").await;
    rita.post("/columns", &chosen).await.is(403);
});

story!(every_list_can_be_opened_and_written, world, {
    let mut anna = world.sign_in("anna").await;
    for list in OUTSOURCED {
        anna.get(&format!("/outsource?list={}", list.name)).await.is(200);
        anna.get(&format!("/outsource.csv?list={}", list.name)).await.is(200);
    }
});
