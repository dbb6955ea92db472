//! Two editors at once, and edits that must not lose what they do not touch.

use domain::ids::PersonId;

use crate::world::{Browser, Page, story};

/// Every field of the form of an edit page, as a browser would send it.
fn fields(page: &Page) -> Vec<(String, String)> {
    let text = |part: &str| {
        let plain = part.replace("&lt;", "<").replace("&quot;", "\"");
        plain.replace("&amp;", "&")
    };
    let main = page.body.split("<main").nth(1).unwrap();
    let attribute = |tag: &str, name: &str| {
        tag.split_once(&format!(" {name}=\""))
            .map(|(_, rest)| text(rest.split('"').next().unwrap()))
    };
    let mut fields = Vec::new();
    for tag in main.split('<') {
        let Some(name) = attribute(tag.split('>').next().unwrap(), "name") else { continue };
        if tag.starts_with("input") && (!tag.contains("\"checkbox\"") || tag.contains(" checked")) {
            fields.push((name, attribute(tag, "value").unwrap_or_default()));
        } else if tag.starts_with("textarea") {
            fields.push((name, text(tag.split_once(">\n").unwrap().1)));
        } else if tag.starts_with("select") {
            let at = tag.as_ptr() as usize - main.as_ptr() as usize;
            let list = main[at..].split("</select>").next().unwrap();
            let chosen = list.split("<option").find(|option| option.contains(" selected"));
            fields.push((
                name,
                chosen.and_then(|option| attribute(option, "value")).unwrap_or_default(),
            ));
        }
    }
    fields
}

/// Sends the form of a page with some values changed.
async fn save(browser: &mut Browser, to: &str, page: &Page, changed: &[(&str, &str)]) -> Page {
    let mut all = fields(page);
    for (name, value) in changed {
        all.retain(|(key, _)| key != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    let all: Vec<(&str, &str)> = all.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    browser.post(to, &all).await
}

/// The second editor sees what the first saved, and overwrites only knowingly.
async fn two_editors(
    (first, second): (&mut Browser, &mut Browser),
    (edit, to): (&str, &str),
    (field, ours, theirs): (&str, &str, &str),
) {
    let (page_1, page_2) = (first.get(edit).await.is(200), second.get(edit).await.is(200));
    save(first, to, &page_1, &[(field, theirs)]).await.is(303);
    let told = save(second, to, &page_2, &[(field, ours)]).await.is(422);
    let told = told.shows("Jetzt gespeichert:").shows(theirs).shows(ours);
    let told = told.shows("Meine Fassung speichern").hides(">Speichern<");
    assert_eq!(told.body.matches("Jetzt gespeichert:").count(), 1, "{to}: {}", told.body);
    first.get(edit).await.shows(theirs).hides(ours);
    save(second, to, &told, &[]).await.is(303);
    second.get(edit).await.shows(ours).hides(theirs);
}

story!(the_second_of_two_editors_sees_what_the_first_saved, world, {
    let (mut anna, mut again) = (world.sign_in("anna").await, world.sign_in("anna").await);
    let ticket = world.ticket(&mut anna, "Zweimal offen").await;
    let edit = format!("{ticket}/edit");
    let both = (&mut anna, &mut again);
    two_editors(both, (&edit, &ticket), ("title", "Meiner", "Ihrer")).await;
    let note = [("quick", "1"), ("publish", "all"), ("body", "Anfangs")];
    anna.post(&format!("{ticket}/notes"), &note).await.is(303);
    let item = format!("/items/{}", anna.get(&ticket).await.items("Anfangs")[0]);
    let both = (&mut anna, &mut again);
    two_editors(both, (&format!("{item}/edit"), &item), ("body", "Meine Notiz", "Ihre Notiz"))
        .await;
    let organization = format!("/organizations/{}", world.customer);
    let edit = format!("{organization}/edit");
    let both = (&mut anna, &mut again);
    two_editors(both, (&edit, &organization), ("city", "Kiel", "Bremen")).await;
    let contact = world.count("SELECT MAX(id) FROM contact WHERE first_name = 'Nora'");
    let contact = format!("/contacts/{contact}");
    let both = (&mut anna, &mut again);
    two_editors(both, (&format!("{contact}/edit"), &contact), ("phone", "111", "222")).await;
    let axel = world.count("SELECT id FROM person WHERE email = 'axel@stage.example'");
    let person = format!("/people/{axel}");
    let both = (&mut anna, &mut again);
    two_editors(both, (&person, &person), ("last_name", "Meier", "Ihde")).await;
    let network = format!("/networks/{}", world.network(&mut anna, &[]).await);
    let both = (&mut anna, &mut again);
    two_editors(both, (&format!("{network}/edit"), &network), ("name", "Netz M", "Netz I")).await;
});

story!(the_second_editor_of_the_company_sees_what_the_first_saved, world, {
    let (mut anna, mut again) = (world.sign_in("anna").await, world.sign_in("anna").await);
    let page = anna.get("/company").await.is(200);
    let version = page.value("version");
    let fields = |hours: &'static str| {
        let kept = [("name", "Acme"), ("language", "de"), ("time_zone", "Europe/Berlin")];
        let typed = [("currency", "EUR"), ("accept_hours", hours), ("version", version.as_str())];
        [kept, typed].concat()
    };
    anna.post("/company", &fields("7")).await.is(303);
    let told = again.post("/company", &fields("9")).await.is(422);
    told.shows("Jetzt gespeichert:").shows("Meine Fassung speichern");
});

story!(an_edit_keeps_who_has_left, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Wer war das").await;
    let id = ticket.rsplit('/').next().unwrap().to_owned();
    let contact = [("first_name", "Erika"), ("last_name", "Weggang")];
    anna.post(&format!("/organizations/{}/contacts", world.customer), &contact).await.is(303);
    let contact = world.count("SELECT MAX(id) FROM contact");
    let axel = world.acting("axel").actor.person;
    let edit = format!("{ticket}/edit");
    let page = anna.get(&edit).await;
    let chosen = [("contact", contact.to_string()), ("person", axel.to_string())];
    let chosen: Vec<(&str, &str)> = chosen.iter().map(|(k, v)| (*k, v.as_str())).collect();
    save(&mut anna, &ticket, &page, &chosen).await.is(303);
    leave(&world, axel, contact);
    let page =
        anna.get(&edit).await.shows("Erika Weggang (Inaktiv)").shows("Axel Muster (Inaktiv)");
    save(&mut anna, &ticket, &page, &[("title", "Wer war das?")]).await.is(303);
    let kept = format!(
        "SELECT COUNT(*) FROM ticket WHERE id = {id} AND contact_id = {contact} AND primary_person = {axel}"
    );
    assert_eq!(world.count(kept), 1);
});

fn leave(world: &crate::world::World, person: PersonId, contact: i64) {
    let inactivate = move |tx: &mut db::Tx| {
        tx.run("UPDATE person SET active = 0 WHERE id = $1", &db::params![person.0])?;
        tx.run("UPDATE contact SET active = 0 WHERE id = $1", &db::params![contact])
    };
    world.app.db.write_blocking(inactivate).unwrap();
}

story!(what_nobody_could_have_meant_is_told_at_its_field, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Gemeint?").await;
    let time = |date: &'static str| [("date", date), ("worked", "1"), ("body", "Arbeit")];
    for date in ["-009999-01-01", "9999-12-31", "1999-12-31", "2100-01-01"] {
        let page = anna.post(&format!("{ticket}/time"), &time(date)).await.is(422);
        page.shows("field-date-error").shows("zwischen 2000 und 2099");
    }
    anna.post(&format!("{ticket}/time"), &time("2026-11-24")).await.is(303);
    let charge = |quantity: &'static str| {
        [("date", "2026-11-24"), ("title", "Kabel"), ("quantity", quantity), ("unit_price", "0,01")]
    };
    for quantity in ["92233720368547758,07", "1000000,01", "0", "-1"] {
        let page = anna.post(&format!("{ticket}/charges"), &charge(quantity)).await.is(422);
        page.shows("field-quantity-error");
    }
    anna.post(&format!("{ticket}/charges"), &charge("1000000")).await.is(303);
});

story!(a_choice_that_no_page_offers_comes_back_with_the_form, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Erfunden").await;
    let status = [("status", "erfunden")];
    anna.post(&format!("{ticket}/status"), &status)
        .await
        .is(422)
        .shows("Erfunden")
        .shows("angebotenen Werte");
    let edit = format!("/organizations/{}", world.customer);
    let page = anna.get(&format!("{edit}/edit")).await;
    let told =
        save(&mut anna, &edit, &page, &[("owner", "999999"), ("city", "Husum")]).await.is(422);
    told.shows("field-owner-error").shows("Husum");
    let long = "ä".repeat(101);
    let mut terms = world.terms(&mut anna, &ticket).await;
    terms.push(("work_type".to_owned(), long.clone()));
    let terms: Vec<(&str, &str)> = terms.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    anna.post(&format!("{ticket}/outsource"), &terms)
        .await
        .shows("field-work_type-error")
        .shows(&long);
});
