//! The two lists of networks: who they are, and what is there now; every order, every filter, both files.

use crate::world::{Browser, Page, story};

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

story!(what_is_with_networks_is_a_list_like_the_others, world, {
    let mut anna = world.sign_in("anna").await;
    let kabel = world.network(&mut anna, &[]).await;
    let other = world.network(&mut anna, &[("name", "Anbieter"), ("action", "none")]).await;
    for (title, network) in [("Alpha", kabel), ("Zulu", other)] {
        let ticket = world.ticket(&mut anna, title).await;
        world.hand_over(&mut anna, &ticket, network, "Bitte helfen").await;
    }
    let view = [("door", "outsource"), ("name", "Meine Runden"), ("query", "list=open")];
    anna.post("/views", &view).await.is(303);
    let ticket = world.ticket(&mut anna, "Beim Partner").await;
    world.send(&mut anna, &ticket).await;
    let page = anna.get("/outsource/networks").await.is(200);
    let page = page.shows("Meine Runden").shows("aria-current=\"page\"");
    // The other lists say how much they hold: one offer at the partner.
    let beside = anna.get("/outsource?list=open").await.is(200);
    let count = |page: &Page| {
        let list = page.body.split("?list=waiting-acceptance\"").nth(1).unwrap();
        list.split("</a>").next().unwrap().to_owned()
    };
    assert!(count(&page).contains('1'), "{}", count(&page));
    assert_eq!(count(&page), count(&beside));
    let path = "/outsource/networks";
    for (sort, alpha_first) in [
        ("title", true),
        ("-title", false),
        ("number", true),
        ("-number", false),
        ("network", false),
        ("-network", true),
        ("action", true),
        ("-action", false),
        ("due", true),
        ("since", true),
    ] {
        let sorted = format!("{path}?sort={sort}");
        assert_eq!(first(&mut anna, &sorted, "Alpha", "Zulu").await, alpha_first, "{sort}");
    }
    anna.get(&format!("{path}?network={other}")).await.shows(">Zulu<").hides(">Alpha<");
    anna.get(&format!("{path}?since_from=2026-11-25")).await.hides(">Zulu<");
    anna.get(&format!("{path}?since_from=2026-11-24&since_to=2026-11-24")).await.shows(">Zulu<");
    anna.get(&format!("{path}?since_from=morgen")).await.is(422).hides(">Zulu<");
    let file = anna.get(&format!("{path}.csv?network={other}")).await.is(200);
    assert_eq!(file.body.lines().count(), 2, "{}", file.body);
    assert!(file.body.contains(";Zulu;Praxis Dr. Grün;Neu;Anbieter;Keine Aktion;Zugewiesen;"));
});
