//! Invitations and partners (section 5): in which language, told to whom, and that no partner gets out of reach.

use staffel::store;
use staffel::store::mails::Mail;

use crate::world::{Browser, World, story};

/// An organization of Acme with one contact; its number and the contact's.
async fn entry(world: &World, lead: &mut Browser, name: &str) -> (i64, i64) {
    let owner = world.acting("anna").actor.person.to_string();
    let fields = [
        ("name", name),
        ("type", "partner"),
        ("phone", "+49 40 2"),
        ("city", "Kiel"),
        ("owner", owner.as_str()),
        ("active", "1"),
    ];
    lead.post("/organizations", &fields).await.is(303);
    let organization = world.count("SELECT MAX(id) FROM organization");
    let contact = [
        ("first_name", "Fritz"),
        ("last_name", "Muster"),
        ("email", "fritz@stage.example"),
        ("is_primary", "1"),
    ];
    lead.post(&format!("/organizations/{organization}/contacts"), &contact).await.is(303);
    (organization, world.count("SELECT MAX(id) FROM contact"))
}

/// Acme invites Fritz in this language; his letter.
async fn invite(world: &World, lead: &mut Browser, at: (i64, i64), language: &str) -> Mail {
    let (organization, contact) = (at.0.to_string(), at.1.to_string());
    let chosen = [("contact", contact.as_str()), ("language", language)];
    lead.post(&format!("/partners/{organization}/recipient"), &chosen).await.is(303);
    lead.post("/partners/invitations", &[("organization", &organization)]).await.is(303);
    newest(world, "fritz@stage.example")
}

fn newest(world: &World, to: &'static str) -> Mail {
    let find = move |tx: &mut db::Tx| store::mails::page(tx, to, None, None);
    world.app.db.read_blocking(find).unwrap().remove(0)
}

fn path(mail: &Mail) -> String {
    let token = mail.body.split("/invitation/").nth(1).unwrap();
    let token: String =
        token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    format!("/invitation/{token}")
}

story!(an_invitation_goes_out_in_the_language_of_its_recipient, world, {
    let mut lead = world.sign_in("anna").await;
    let at = entry(&world, &mut lead, "Fremd im Adressbuch").await;
    let german = lead.get(&format!("/partners/{}/recipient", at.0)).await.is(200);
    german.shows("<option value=\"de\" selected>Deutsch</option>");
    let text = [
        ("language", "en"),
        ("subject", "{company} would like to work with {organization}"),
        ("body", "Dear {first_name},\n{link}\nuntil {expires}"),
    ];
    lead.post("/partners/invitation-text", &text).await.is(303);
    let mail = invite(&world, &mut lead, at, "en").await;
    assert_eq!(mail.subject, "Acme would like to work with Fremd im Adressbuch");
    assert!(mail.body.contains("until 24 Dec 2026"), "{}", mail.body);
    lead.get(&format!("/partners/{}/recipient", at.0)).await.shows("\"en\" selected>English");
    // And in the other one, once that is chosen.
    let row = world.count("SELECT MAX(id) FROM partnership");
    lead.post(&format!("/partners/{row}/withdrawal"), &[]).await.is(303);
    let mail = invite(&world, &mut lead, at, "de").await;
    assert!(mail.body.contains("24.12.2026"), "{}", mail.body);
});

story!(an_answer_reaches_somebody_even_if_the_inviter_has_left, world, {
    let mut lead = world.sign_in("petra").await;
    let mut boss = world.sign_in("anna").await;
    let at = entry(&world, &mut boss, "Fremd im Adressbuch").await;
    let mail = invite(&world, &mut lead, at, "de").await;
    let gone = |tx: &mut db::Tx| {
        tx.run("UPDATE person SET active = 0 WHERE email = 'petra@stage.example'", &[]).map(|_| ())
    };
    world.app.db.write_blocking(gone).unwrap();
    let mut fritz = world.sign_in("fritz").await;
    fritz.post(&format!("{}/acceptance", path(&mail)), &[]).await.is(303);
    let told = newest(&world, "anna@stage.example");
    assert_eq!(told.subject, "Fremd im Adressbuch hat Ihre Einladung angenommen");
    let of_petra = "SELECT COUNT(*) FROM mail WHERE kind = 'invitation-answer' AND to_address = 'petra@stage.example'";
    assert_eq!(world.count(of_petra), 0);
});

story!(a_partner_stays_within_reach_when_its_organization_is_switched_off, world, {
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "Netz").await;
    let terms = world.terms(&mut lead, &ticket).await;
    let organization = world.count("SELECT MAX(organization_id) FROM partnership");
    let page = format!("/organizations/{organization}");
    let version = lead.get(&format!("{page}/edit")).await.is(200).value("version");
    let owner = world.acting("anna").actor.person.to_string();
    let fields = [
        ("version", version.as_str()),
        ("name", "Nord im Adressbuch"),
        ("type", "cancelation"),
        ("phone", "1"),
        ("owner", owner.as_str()),
    ];
    lead.post(&page, &fields).await.is(303);
    let list = lead.get("/partners").await.is(200).shows("Nord im Adressbuch");
    list.shows(&format!("/partners/{}/deactivation", world.partnership));
    // Not offered, not chosen by its address, not by what was typed before.
    lead.get(&ticket).await.hides("Nord im Adressbuch");
    let choose = format!("{ticket}/outsource?partner={}", world.partnership);
    lead.get(&choose).await.is(200).shows("Kein passender Partner");
    let terms: Vec<(&str, &str)> = terms.iter().map(|(k, v)| (&**k, &**v)).collect();
    lead.post(&format!("{ticket}/outsource"), &terms).await.is(200).shows("Kein passender Partner");
    assert_eq!(world.count("SELECT COUNT(*) FROM outsourcing"), 0);
    let switched = format!("/partners/{}/deactivation", world.partnership);
    lead.post(&switched, &[]).await.is(303);
    assert_eq!(world.count("SELECT COUNT(*) FROM partnership WHERE status = 'inactive'"), 1);
});

story!(the_table_of_partners_is_filtered_and_sorted_by_every_column, world, {
    let mut lead = world.sign_in("anna").await;
    entry(&world, &mut lead, "Alpha").await;
    entry(&world, &mut lead, "Zulu").await;
    let all = lead.get("/partners").await.is(200);
    all.shows("Nord im Adressbuch").shows("Partnertyp").shows("Eigene Instanz");
    for (filter, there, gone) in [
        ("place=kie", "Alpha", "Nord im Adressbuch"),
        ("partner=tenant", "Nord im Adressbuch", "Zulu"),
        ("partner=portal", "Keine Organisation gefunden", "Zulu"),
        ("kind=partner&status=active", "Nord im Adressbuch", "Zulu"),
        ("recipient=nora", "Nord im Adressbuch", "Zulu"),
        ("q=alp", "Alpha", "Zulu"),
    ] {
        let page = lead.get(&format!("/partners?{filter}")).await.is(200);
        page.shows(&format!(">{there}<")).hides(&format!(">{gone}<")).shows("column-filters");
    }
    let sorts = [
        "name",
        "place",
        "kind",
        "partner",
        "status",
        "recipient",
        "invited",
        "responded",
        "outsourced",
        "open",
    ];
    for sort in sorts {
        for sign in ["", "-"] {
            let page = lead.get(&format!("/partners?sort={sign}{sort}")).await.is(200);
            for name in ["Alpha", "Zulu", "Nord im Adressbuch"] {
                assert!(page.body.contains(name), "{name} is missing, sorted by {sign}{sort}");
            }
            assert_eq!(page.body.matches("aria-sort=").count(), 1, "{sort}");
        }
    }
    let first = |page: &str| {
        let places = ["Alpha", "Zulu", "Nord im Adressbuch"];
        places.into_iter().min_by_key(|name| page.find(&format!(">{name}<"))).unwrap()
    };
    for (sort, expected) in [
        ("-name", "Zulu"),
        ("-responded", "Nord im Adressbuch"),
        ("partner", "Nord im Adressbuch"),
        ("-partner", "Nord im Adressbuch"),
        ("place", "Alpha"),
        ("recipient", "Nord im Adressbuch"),
    ] {
        let page = lead.get(&format!("/partners?sort={sort}")).await;
        assert_eq!(first(&page.body), expected, "sorted by {sort}");
    }
});

story!(from_the_recipient_one_comes_back_to_the_list_as_it_was, world, {
    let mut lead = world.sign_in("anna").await;
    let (organization, _) = entry(&world, &mut lead, "Alpha").await;
    let list = lead.get("/partners?q=alpha&sort=-name").await.is(200);
    let back = "%2Fpartners%3Fq%3Dalpha%26sort%3D-name";
    list.shows(&format!("/partners/{organization}/recipient?back={back}"));
    let page = lead.get(&format!("/partners/{organization}/recipient?back={back}")).await.is(200);
    let new = page.body.split("/contacts/new?return=").nth(1).unwrap().split('"').next().unwrap();
    let form = lead.get(&format!("/organizations/{organization}/contacts/new?return={new}")).await;
    let returns = form.is(200).value("return").replace("&amp;", "&");
    let contact = [
        ("return", returns.as_str()),
        ("first_name", "Berta"),
        ("last_name", "Neu"),
        ("email", "berta@a.example"),
    ];
    let added = lead.post(&format!("/organizations/{organization}/contacts"), &contact).await;
    let added = added.is(303).location;
    let number = world.count("SELECT MAX(id) FROM contact").to_string();
    let page = lead.get(&added).await.is(200);
    let page = page.shows(&format!("<option value=\"{number}\" selected>Berta Neu"));
    let back = page.value("back").replace("&amp;", "&");
    assert_eq!(back, "/partners?q=alpha&sort=-name");
    let saved = [("back", back.as_str()), ("contact", &number), ("language", "de")];
    let saved = lead.post(&format!("/partners/{organization}/recipient"), &saved).await.is(303);
    assert_eq!(saved.location, "/partners?q=alpha&sort=-name&done=done-partner-recipient");
});
