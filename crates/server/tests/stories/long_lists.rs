//! Lists that are longer than a page: nothing is cut without a word.

use domain::ids::{CompanyId, OutsourcingId, PersonId};
use staffel::store;

use crate::dashboard::multiply;
use crate::world::{Browser, World, story};

/// The numbers from 1 to this, as a table `n (i)`.
fn numbers(most: i64) -> String {
    format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})")
}

fn run(world: &World, sql: String) {
    world.app.db.write_blocking(move |tx| tx.run(&sql, &[])).unwrap();
}

fn crowd(world: &World, many: i64) {
    run(
        world,
        format!(
            "{} INSERT INTO person (company_id, email, first_name, last_name, phone, password_hash, security, outsourcing,
                                    operator, active, theme, created_at, version)
             SELECT {}, 'p' || i || '@crowd.example', 'P', 'Menge ' || i, '', 'x', 'service_desk_user', 'none', 0, 1,
                    'system', 0, 1 FROM n",
            numbers(many),
            world.acme
        ),
    );
}

/// The rows of a list, page by page, and how many pages it has.
async fn leaf(browser: &mut Browser, path: &str) -> (Vec<String>, usize) {
    let (mut all, mut at, mut pages) = (Vec::new(), path.to_owned(), 0);
    loop {
        let page = browser.get(&at).await.is(200);
        pages += 1;
        let rows = page.body.split("<tbody").nth(1).unwrap().split("</tbody>").next().unwrap();
        all.extend(rows.split("<tr").skip(1).map(ToOwned::to_owned));
        let next =
            page.body.split("rel=\"next\"").next().filter(|before| before.len() < page.body.len());
        let Some(next) = next else { return (all, pages) };
        let next = next.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
        at = format!("{}{}", path.split('?').next().unwrap(), next.replace("&amp;", "&"));
    }
}

story!(people_and_their_permissions_are_paged, world, {
    crowd(&world, 120);
    let mut anna = world.sign_in("anna").await;
    let sorts = ["name", "email", "security", "permission", "active"];
    let lists = ["/people", "/outsource/permissions"].map(|list| {
        let way = |sort: &str| [format!("{list}?sort={sort}"), format!("{list}?sort=-{sort}")];
        sorts.map(way).concat()
    });
    for path in lists.concat() {
        let (rows, pages) = leaf(&mut anna, &path).await;
        let mails: Vec<&str> = rows
            .iter()
            .map(|row| row.split('@').next().unwrap().rsplit('>').next().unwrap())
            .collect();
        let seen: std::collections::BTreeSet<&str> = mails.iter().copied().collect();
        assert_eq!((mails.len(), seen.len(), pages), (124, 124, 3), "{path}");
        let firsts = ["p1", "p99"].map(|mail| mails.iter().position(|one| *one == mail));
        match path.split_once('=').unwrap().1 {
            "-name" | "-email" => assert!(firsts[1] < firsts[0], "{path}"),
            _ => assert!(firsts[0] < firsts[1], "{path}"),
        }
    }
    // Anna alone has more than the crowd.
    let permissions = ["permission", "-permission"];
    for (sort, anna_first) in permissions.into_iter().zip([false, true]) {
        let (rows, _) = leaf(&mut anna, &format!("/people?sort={sort}")).await;
        assert_eq!(rows[0].contains("anna@"), anna_first, "{sort}");
    }
});

/// What a numbered organization is sorted by.
type Key = fn(usize) -> usize;

story!(organizations_sort_by_each_column_page_by_page, world, {
    run(
        &world,
        format!(
            "{} INSERT INTO organization (company_id, name, name_key, kind, phone, address, postal_code, city, country, web,
                                          tax_id, owner_id, active, created_at, version)
             SELECT {acme}, 'Kunde ' || (1000 + i), 'kunde ' || (1000 + i),
                    CASE i % 3 WHEN 0 THEN 'customer' WHEN 1 THEN 'partner' ELSE 'vendor' END, '', '', '',
                    CASE i % 7 WHEN 0 THEN 'Aachen' WHEN 1 THEN 'Ärzen' WHEN 2 THEN 'Bonn' WHEN 3 THEN 'Köln'
                        WHEN 4 THEN 'kyritz' WHEN 5 THEN 'Ürzig' ELSE 'Weimar' END, '', '', '', (SELECT MIN(id) FROM person WHERE company_id = {acme}), i % 2, 0, 1
               FROM n",
            numbers(120),
            acme = world.acme
        ),
    );
    let mut anna = world.sign_in("anna").await;
    let keys: [(&str, Key); 4] =
        [("name", |i| i), ("type", |i| i % 3), ("city", |i| i % 7), ("active", |i| 1 - i % 2)];
    for (sort, key) in keys {
        for way in ["", "-"] {
            let (rows, _) =
                leaf(&mut anna, &format!("/organizations?q=kunde+1&sort={way}{sort}")).await;
            let mut seen: Vec<usize> = rows
                .iter()
                .map(|row| row.split("Kunde 1").nth(1).unwrap()[..3].parse().unwrap())
                .collect();
            let order: Vec<usize> = seen.iter().map(|i| key(*i)).collect();
            let sorted =
                if way.is_empty() { order.is_sorted() } else { order.iter().rev().is_sorted() };
            assert!(sorted, "{way}{sort}: {order:?}");
            seen.sort_unstable();
            assert!(seen.into_iter().eq(1..=120), "{way}{sort}");
        }
    }
    for odd in ["after=x_y", "after=1~%00&sort=city", "sort=odd", "after=9~x&sort=active"] {
        anna.get(&format!("/organizations?{odd}")).await.is(200);
    }
});

story!(whoever_saves_permissions_on_the_second_page_stays_there, world, {
    crowd(&world, 120);
    let mut anna = world.sign_in("anna").await;
    let id = world.count("SELECT id FROM person WHERE email = 'p77@crowd.example'");
    let (seen, level) = (format!("seen-{id}"), format!("level-{id}"));
    let change =
        [(seen.as_str(), "none"), (&level, "outsourcing"), ("after", "9"), ("sort", "permission")];
    let page = anna.post("/outsource/permissions", &change).await.is(303);
    assert!(
        page.location.contains("after=9") && page.location.contains("sort=permission"),
        "{}",
        page.location
    );
    let late = [(seen.as_str(), "none"), (&level, "all")];
    anna.post("/outsource/permissions", &late).await.is(422);
    let told = anna
        .post("/outsource/permissions", &[late.as_slice(), &[("sort", "-permission")]].concat())
        .await;
    told.shows("Jetzt gespeichert:");
});

story!(nobody_is_left_out_when_permissions_are_decided, world, {
    crowd(&world, 2500);
    let company = world.acme;
    let everybody = world.app.db.write_blocking(move |tx| store::people::lock_all(tx, company));
    assert_eq!(everybody.unwrap().len(), 2504);
});

story!(a_list_of_organizations_says_that_there_are_more, world, {
    let mut anna = world.sign_in("anna").await;
    let more = "Es gibt mehr Organisationen";
    anna.get("/tickets/new").await.is(200).hides(more);
    let with = numbers(2100);
    let owner = world.acting("anna").actor.person;
    run(
        &world,
        format!(
            "{with} INSERT INTO organization (company_id, name, name_key, kind, phone, address, postal_code, city, country,
                                              web, tax_id, owner_id, active, created_at, version)
             SELECT {}, 'Kunde ' || i, 'kunde ' || i, 'customer', '1', '', '', '', '', '', '', {owner}, 1, 0, 1 FROM n",
            world.acme
        ),
    );
    anna.get("/tickets/new").await.is(200).shows(more);
    let last = world.count("SELECT id FROM organization WHERE name_key = 'praxis dr. grun'");
    let chosen = format!("<option value=\"{last}\" selected>");
    anna.get(&format!("/tickets/new?organization={last}")).await.is(200).shows(&chosen);
});

/// So many organizations of this type in a company's book, «Haus 1» and so on.
fn houses(world: &World, company: CompanyId, person: PersonId, kind: &str, many: i64) {
    run(
        world,
        format!(
            "{} INSERT INTO organization (company_id, name, name_key, kind, phone, address, postal_code, city, country,
                                          web, tax_id, owner_id, active, created_at, version)
             SELECT {company}, 'Haus ' || i, 'haus ' || i, '{kind}', '1', '', '', '', '', '', '', {person}, 1, 0, 1 FROM n",
            numbers(many),
        ),
    );
}

story!(a_list_of_queues_says_that_it_ends_and_loses_none, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "In der letzten Queue").await;
    let cut = "die ersten 200 Queues";
    let pages = ["/tickets", "/tickets/new", "/company", "/outsource?list=open"];
    for path in pages {
        anna.get(path).await.is(200).hides(cut);
    }
    run(
        &world,
        format!(
            "{} INSERT INTO queue (company_id, name) SELECT {}, 'Q ' || i FROM n",
            numbers(200),
            world.acme
        ),
    );
    anna.post("/company/queues", &[("queue", "Zuletzt")]).await.is(303);
    for path in pages {
        anna.get(path).await.is(200).shows(cut).hides("Zuletzt");
    }
    // What is beyond the end of the list and was chosen stays chosen.
    let last = world.count("SELECT id FROM queue WHERE name = 'Zuletzt'");
    run(&world, format!("UPDATE ticket SET queue_id = {last}"));
    run(&world, format!("UPDATE company SET default_queue = {last} WHERE id = {}", world.acme));
    let chosen = format!("<option value=\"{last}\" selected>Zuletzt</option>");
    anna.get(&format!("{ticket}/edit")).await.is(200).shows(&chosen);
    anna.get("/company").await.is(200).shows(&chosen);
});

story!(a_list_of_people_says_that_it_ends, world, {
    let mut anna = world.sign_in("anna").await;
    let cut = "die ersten 1000 Mitarbeiter";
    let pages =
        ["/tickets", "/tickets/new", "/organizations/new", "/outsource?list=open", "/audit"];
    for path in pages {
        anna.get(path).await.is(200).hides(cut);
    }
    crowd(&world, 1000);
    for path in pages {
        anna.get(path).await.is(200).shows(cut);
    }
});

story!(an_organization_beyond_the_end_of_a_list_is_found, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let first = world.ticket(&mut anna, "Erstes").await;
    let offer = world.send(&mut anna, &first).await;
    let cut = "die ersten 2000 Organisationen";
    let received = format!("/received/{offer}");
    for (browser, path) in [(&mut anna, "/networks/new"), (&mut nora, received.as_str())] {
        let page = browser.get(path).await.is(200).hides(cut);
        assert!(!page.body.contains("name=\"find\""), "nothing is to be found: {path}");
    }
    for key in ["anna", "nora"] {
        let actor = world.acting(key).actor;
        houses(&world, actor.company, actor.person, "partner", 2000);
        let late = "INSERT INTO organization (company_id, name, name_key, kind, phone, address, postal_code, city, country,
                        web, tax_id, owner_id, active, created_at, version)
                    SELECT company_id, 'Zölle & Co.', 'zolle & co.', kind, phone, address, postal_code, city, country,
                        web, tax_id, owner_id, active, created_at, version FROM organization WHERE name = 'Haus 1' AND company_id = ";
        run(&world, format!("{late}{}", actor.company));
    }
    // An offer: the first of a lead asks what stands for it.
    nora.get(&received).await.is(200).shows(cut).hides("Zölle");
    let found = nora.get(&format!("{received}?find=Z%C3%96LLE")).await.is(200).hides("Haus 7");
    found.shows(">Zölle &amp; Co.<");
    nora.get(&format!("{received}?find=%25")).await.is(200);
    world.accept(&mut nora, offer).await;
    // The correction of it; what stands for the lead now is offered whatever one looks for.
    let lead = format!("/leads/{}", world.acme);
    nora.get(&lead).await.is(200).shows(cut).shows(" selected>Acme<").hides("Zölle");
    let found = nora.get(&format!("{lead}?find=z%C3%B6lle")).await.is(200).shows(" selected>Acme<");
    found.shows(">Zölle &amp; Co.<").hides("Haus 7");
    let late = world.count("SELECT MAX(id) FROM organization WHERE name LIKE 'Z%'").to_string();
    nora.post(&lead, &[("organization", late.as_str())]).await.is(303);
    nora.get("/leads").await.shows("Zölle &amp; Co.");
    // A network: what is typed stays while one looks.
    anna.get("/networks/new").await.is(200).shows(cut).hides("Zölle");
    let typed = world.network_fields(&[("find", "zoll"), ("name", "Halb getippt")]);
    let typed: Vec<(&str, &str)> = typed.iter().map(|(k, v)| (&**k, &**v)).collect();
    let found = anna.post("/networks/preview", &typed).await.is(200);
    found.shows(">Zölle &amp; Co.<").shows("value=\"Halb getippt\"").shows("Praxis Dr. Grün");
});

story!(a_list_of_leads_or_networks_says_that_it_ends, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let network = world.network(&mut anna, &[("name", "Anbieter")]).await;
    let ticket = world.ticket(&mut anna, "Kabel").await;
    let choose = format!("{ticket}/network");
    anna.get(&choose).await.is(200).hides("Weitere Netzwerke");
    let networks = "die ersten 500 Netzwerke";
    anna.get("/outsource?list=on-networks").await.is(200).hides(networks);
    run(
        &world,
        format!(
            "{} INSERT INTO network (company_id, name, name_key, organization_id, action, language, recipients, subject, body,
                                     link, active, used_at, created_at, version)
             SELECT company_id, 'Netz ' || i, 'netz ' || i, organization_id, action, language, recipients, subject, body,
                    link, active, 1, created_at, 1 FROM network, n WHERE network.id = {network}",
            numbers(500)
        ),
    );
    anna.get("/outsource?list=on-networks").await.is(200).shows(networks);
    anna.get(&choose).await.is(200).shows("Weitere Netzwerke");
    anna.get(&format!("{choose}?q=netz%20499")).await.is(200).hides("Weitere Netzwerke");

    let actor = world.acting("nora").actor;
    let leads = "die ersten 500 Lead-Partner";
    nora.get("/leads").await.is(200).hides(leads);
    run(
        &world,
        format!(
            "{} INSERT INTO company (public_id, name, language, time_zone, currency, accept_hours, created_at, version)
             SELECT 'lead-' || i, 'Lead ' || i, 'de', 'Europe/Berlin', 'EUR', 24, 0, 1 FROM n",
            numbers(501)
        ),
    );
    houses(&world, actor.company, actor.person, "customer", 1);
    run(
        &world,
        format!(
            "INSERT INTO lead_mapping (company_id, lead_company, organization_id, created_at)
             SELECT {company}, c.id, (SELECT id FROM organization WHERE name = 'Haus 1'), 0
               FROM company c WHERE c.public_id LIKE 'lead-%'",
            company = actor.company
        ),
    );
    nora.get("/leads").await.is(200).shows(leads).hides("Lead 99<");
    for (sort, falls) in [("name", false), ("-name", true), ("odd", false)] {
        let page = nora.get(&format!("/leads?sort={sort}")).await.is(200).body;
        assert_eq!(page.find("Lead 98<") < page.find("Lead 97<"), falls, "{sort}");
    }
    for sort in ["organization", "-tickets", "-since"] {
        nora.get(&format!("/leads?sort={sort}")).await.is(200).shows("Lead 97<");
    }
    // Who is not on the list can be opened nevertheless.
    let last = world.count("SELECT id FROM company WHERE name = 'Lead 99'");
    nora.get(&format!("/leads/{last}")).await.is(200).shows("Lead 99");
});

story!(an_organization_says_that_it_has_more_contacts, world, {
    let mut anna = world.sign_in("anna").await;
    let home = format!("/organizations/{}", world.customer);
    anna.get(&home).await.is(200).hides("Es gibt weitere Kontakte");
    run(
        &world,
        format!(
            "{} INSERT INTO contact (company_id, organization_id, first_name, last_name, email, phone, is_primary, active,
                                     redacted, created_at, version)
             SELECT {}, {}, 'K', 'Nr. ' || i, '', '', 0, 1, 0, 0, 1 FROM n",
            numbers(501),
            world.acme,
            world.customer
        ),
    );
    anna.get(&home).await.is(200).shows("Es gibt weitere Kontakte");
});

story!(no_hour_of_the_partner_is_left_out_of_the_bill, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Sehr viel Arbeit").await;
    let round = world.send(&mut anna, &ticket).await;
    world.accept(&mut nora, round).await;
    let with = numbers(5200);
    run(
        &world,
        format!(
            "{with} INSERT INTO crossing (public_id, outsourcing_id, at, from_side, change, kind, copy_kind, origin_item,
                                          origin_revision, copy_item, person_name, content)
             SELECT 'c' || i, {round}, 0, 'partner', 'create', 'time_entry', 'time_entry', 900000 + i, 1, 950000 + i, 'N', '{{}}'
               FROM n"
        ),
    );
    let read = move |tx: &mut db::Tx| store::links::partner_time(tx, OutsourcingId(round));
    assert_eq!(world.app.db.read_blocking(read).unwrap().len(), 5200);
});

story!(what_has_ended_is_counted_up_to_ninety_nine, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Drucker druckt nicht").await;
    world.send(&mut anna, &ticket).await;
    multiply(&world, 120);
    let end = |many: i64| {
        run(
            &world,
            format!(
                "UPDATE outsourcing SET status = 'canceled', ended_at = since
                  WHERE id IN (SELECT id FROM outsourcing WHERE status = 'assigned' ORDER BY id LIMIT {many})"
            ),
        );
        run(
            &world,
            "UPDATE ticket SET outsource_status = 'canceled', outsourced_to = NULL
              WHERE id IN (SELECT lead_ticket FROM outsourcing WHERE status = 'canceled')"
                .to_owned(),
        );
    };
    let shows = |name: &str, count: &str| {
        format!("<span>{name}</span><span class=\"count\">{count}</span>")
    };
    // What is open is counted to the last round.
    let page = anna.get("/outsource").await.is(200);
    page.shows(&shows("Alle offenen", "121")).shows(&shows("Storniert", "0"));
    end(99);
    let page = anna.get("/outsource?list=canceled").await.is(200);
    page.shows(&shows("Alle offenen", "22")).shows(&shows("Storniert", "99"));
    end(1);
    let page = anna.get("/outsource?list=canceled").await.is(200);
    page.shows(&shows("Storniert", "99+")).shows("rel=\"next\"");
    end(21);
    let page = anna.get("/outsource?list=open").await.is(200);
    page.shows(&shows("Alle offenen", "0")).shows(&shows("Storniert", "99+"));
    let mut nora = world.sign_in("nora").await;
    let page = nora.get("/received").await.is(200);
    page.shows(&shows("Abgelehnt, abgelaufen, storniert, zurückgegeben", "99+"))
        .shows(&shows("Alle offenen", "0"));
});
