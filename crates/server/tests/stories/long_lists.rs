//! Lists that are longer than a page: nothing is cut without a word.

use domain::ids::OutsourcingId;
use staffel::store;

use crate::world::{World, story};

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

story!(people_and_their_permissions_are_paged, world, {
    crowd(&world, 120);
    let mut anna = world.sign_in("anna").await;
    for (path, all) in [
        ("/people", 124),
        ("/outsource/permissions", 124),
        ("/outsource/permissions?sort=-permission", 124),
    ] {
        let (mut seen, mut at) = (std::collections::BTreeSet::new(), path.to_owned());
        let mut pages = 0;
        loop {
            let page = anna.get(&at).await.is(200);
            pages += 1;
            let rows = page.body.split("<tbody").nth(1).unwrap().split("</tbody>").next().unwrap();
            for row in rows.split("<tr").skip(1) {
                let mail = row.split('@').next().unwrap().rsplit('>').next().unwrap().to_owned();
                assert!(seen.insert(mail.clone()), "{at}: {mail} twice");
            }
            let next = page
                .body
                .split("rel=\"next\"")
                .next()
                .filter(|before| before.len() < page.body.len());
            let Some(next) = next else { break };
            let next = next.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
            at = format!("{}{}", path.split('?').next().unwrap(), next.replace("&amp;", "&"));
        }
        assert_eq!((seen.len(), pages), (all, 3), "{path}");
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
