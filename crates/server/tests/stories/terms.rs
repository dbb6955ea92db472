//! The page *Outsource Ticket*: what stands in it at first, what becomes of typed terms, whom the letter will reach.

use domain::Refusal;
use domain::partnership::Languages;
use domain::ticket::OpenedFrom;
use staffel::actions::offers;
use staffel::actions::partnerships::answers;
use staffel::actions::tickets;
use staffel::problem::Problem;
use staffel::{app::Acting, store};

use crate::histories::{draft, terms};
use crate::world::{Browser, World, story};

/// A ticket that is due at this time of the stage's first days.
async fn due(world: &World, lead: &mut Browser, ticket: &str, at: &str) {
    let version = lead.get(&format!("{ticket}/edit")).await.is(200).value("version");
    let (customer, queue) = (world.customer.to_string(), world.count("SELECT MIN(id) FROM queue"));
    let queue = queue.to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", "Server steht"),
        ("organization", &customer),
        ("queue", &queue),
        ("status", "new"),
        ("priority", "critical"),
        ("source", "phone"),
        ("due", at),
    ];
    lead.post(ticket, &fields).await.is(303);
}

story!(an_urgent_ticket_goes_out_with_its_own_due_date, world, {
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "Server steht").await;
    // It is ten o'clock in Berlin; the company gives 24 hours to answer.
    due(&world, &mut lead, &ticket, "2026-11-24T16:00").await;
    let path = format!("{ticket}/outsource?partner={}", world.partnership);
    let form = lead.get(&path).await.is(200).shows("24.11.2026, 16:00");
    assert_eq!(form.value("due"), "2026-11-24T16:00");
    assert_eq!(form.value("accept_by"), "2026-11-24T13:00", "half of the time that is left");
});

story!(whoever_empties_the_due_date_sends_none, world, {
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "Server steht").await;
    due(&world, &mut lead, &ticket, "2026-11-28T16:00").await;
    let mut terms = world.terms(&mut lead, &ticket).await;
    terms.retain(|(name, _)| name != "due" && name != "seen" && name != "then");
    let partner = world.partnership.to_string();
    let mut asked: Vec<(&str, &str)> = terms.iter().map(|(k, v)| (&**k, &**v)).collect();
    let seen = lead.post(&format!("{ticket}/outsource"), &asked).await.is(200);
    let seen = seen.hides("28.11.2026, 16:00").value("seen");
    asked.extend([("seen", seen.as_str()), ("then", "send")]);
    lead.post(&format!("{ticket}/outsource"), &asked).await.is(303);
    assert_eq!(world.count("SELECT COUNT(*) FROM outsourcing WHERE due_at IS NOT NULL"), 0);
    let round = world.newest_round();
    let mut nora = world.sign_in("nora").await;
    nora.get(&format!("/received/{round}")).await.is(200).hides("28.11.2026");
    // A due date before the time to answer is a mistake, whether it was typed or proposed.
    lead.post(&format!("/outsourcings/{round}/cancellation"), &[]).await.is(303);
    let early = [
        ("partner", partner.as_str()),
        ("accept_by", "2026-11-25T10:00"),
        ("due", "2026-11-25T09:00"),
        ("rate_type", "flat"),
        ("authorized_charge", "60,00"),
        ("billing_rate", "95,00"),
        ("then", "send"),
    ];
    lead.post(&format!("{ticket}/outsource"), &early).await.is(422).shows("field-due-error");
});

story!(whoever_switches_the_partner_keeps_the_typed_terms, world, {
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "Netz").await;
    let partner = world.partnership.to_string();
    let path = format!("{ticket}/outsource");
    let typed = [
        ("partner", partner.as_str()),
        ("accept_by", "2026-11-25T10:00"),
        ("instructions", "Schlüssel liegt beim Pförtner"),
        ("authorized_charge", "61,50"),
        ("share_device", "1"),
    ];
    let mut asked = typed.to_vec();
    asked.push(("then", "switch"));
    let choice = lead.post(&path, &asked).await.is(200);
    assert_eq!(choice.value("instructions"), "Schlüssel liegt beim Pförtner");
    assert_eq!(choice.value("authorized_charge"), "61,50");
    let choice = choice.shows(&format!("name=\"to\" value=\"{partner}\""));
    assert_eq!(choice.value("then"), "switch");
    // Searching keeps them as well.
    asked.push(("q", "gibt es nicht"));
    let none = lead.post(&path, &asked).await.is(200).shows("Kein passender Partner");
    assert_eq!(none.value("authorized_charge"), "61,50");
    asked.extend([("q", "nord"), ("to", partner.as_str())]);
    let back = lead.post(&path, &asked).await.is(200).shows("Schlüssel liegt beim Pförtner");
    assert_eq!(back.value("authorized_charge"), "61,50");
    assert_eq!(world.count("SELECT COUNT(*) FROM outsourcing"), 0, "nothing is saved by switching");
});

story!(a_partner_whom_no_letter_reaches_is_warned_of, world, {
    let mut lead = world.sign_in("anna").await;
    let ticket = world.ticket(&mut lead, "Netz").await;
    let path = format!("{ticket}/outsource?partner={}", world.partnership);
    let warning = "keine E-Mail-Adresse hinterlegt";
    lead.get(&path).await.is(200).hides(warning);
    let find = "SELECT MAX(organization_id) FROM partnership";
    let organization = world.count(find);
    let recipient = format!("/partners/{organization}/recipient");
    // Without a primary contact the invitation's recipient is written to (G18), …
    let quiet = |tx: &mut db::Tx| tx.run("UPDATE contact SET is_primary = 0", &[]).map(|_| ());
    world.app.db.write_blocking(quiet).unwrap();
    lead.get(&path).await.is(200).hides(warning);
    // … and without that nobody.
    lead.post(&recipient, &[("contact", "")]).await.is(303);
    lead.get(&path).await.is(200).shows(warning);
    let terms = world.terms(&mut lead, &ticket).await;
    let terms: Vec<(&str, &str)> = terms.iter().map(|(k, v)| (&**k, &**v)).collect();
    let sent = lead.post(&format!("{ticket}/outsource"), &terms).await.is(303);
    lead.get(&sent.location).await.is(200).shows("Sagen Sie ihm Bescheid.");
    assert_eq!(world.count("SELECT COUNT(*) FROM mail WHERE kind = 'round'"), 0);
});

story!(the_shared_contact_is_a_fact_of_its_own, world, {
    let (mut lead, mut partner) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let site = "Lager 2, Tor 7, Klingel Hausmeister. ".repeat(6);
    let contacts = format!("/organizations/{}/contacts", world.customer);
    let contact = [
        ("first_name", "Wilhelmine"),
        ("last_name", "Grün"),
        ("email", "wilhelmine.gruen@praxis.example"),
        ("phone", "+49 40 777"),
    ];
    lead.post(&contacts, &contact).await.is(303);
    let ticket = world.ticket(&mut lead, "Netz").await;
    let version = lead.get(&format!("{ticket}/edit")).await.is(200).value("version");
    let (contact, customer) = (world.count("SELECT MAX(id) FROM contact"), world.customer);
    let (contact, customer) = (contact.to_string(), customer.to_string());
    let queue = world.count("SELECT MIN(id) FROM queue").to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", "Netz"),
        ("organization", &customer),
        ("contact", &contact),
        ("queue", &queue),
        ("status", "new"),
        ("priority", "high"),
        ("source", "phone"),
        ("site", &site),
    ];
    lead.post(&ticket, &fields).await.is(303);
    let mut terms = world.terms(&mut lead, &ticket).await;
    terms.retain(|(name, _)| name != "seen" && name != "then");
    let mut asked: Vec<(&str, &str)> = terms.iter().map(|(k, v)| (&**k, &**v)).collect();
    asked.push(("share_contact", "1"));
    let seen = lead.post(&format!("{ticket}/outsource"), &asked).await.is(200);
    let seen = seen.shows("Wilhelmine Grün").value("seen");
    asked.extend([("seen", seen.as_str()), ("then", "send")]);
    lead.post(&format!("{ticket}/outsource"), &asked).await.is(303);
    let theirs = world.accept(&mut partner, world.newest_round()).await;
    let page = partner.get(&theirs).await.is(200).shows("Kontakt vor Ort").shows("tel:+49 40 777");
    page.shows("mailto:wilhelmine.gruen@praxis.example").shows("Klingel Hausmeister.</dd>");
    // Site and contact together are longer than a site may be: the ticket can be saved all the same.
    let form = partner.get(&format!("{theirs}/edit")).await.is(200);
    let own = "SELECT organization_id FROM ticket WHERE insourced_from IS NOT NULL";
    let queue = "SELECT queue_id FROM ticket WHERE insourced_from IS NOT NULL";
    let (own, queue) = (world.count(own).to_string(), world.count(queue).to_string());
    let (version, site) = (form.value("version"), form.value("site"));
    let fields = [
        ("version", version.as_str()),
        ("title", "Netz (vor Ort)"),
        ("organization", &own),
        ("queue", &queue),
        ("status", "new"),
        ("priority", "high"),
        ("source", "insourced"),
        ("site", &site),
    ];
    partner.post(&theirs, &fields).await.is(303);
});

// Decision 13: off as delivered; where it is set, a partner of another language gets no ticket and no lead of another
// language is accepted.
story!(companies_of_different_languages_are_kept_apart_where_that_is_set, world, {
    let (anna, nils) = (world.acting("anna"), world.acting("nils"));
    let (customer, partnership) = (world.customer, world.partnership);
    let send = move |tx: &mut db::Tx, acting: &Acting| {
        let draft = draft(tx, acting, customer)?;
        let ticket = tickets::create(tx, acting, &draft, OpenedFrom::Anywhere)?;
        offers::send(tx, acting, ticket, partnership, &terms(acting.now))
    };
    let same = Acting { languages: Languages::Same, ..anna.clone() };
    let (here, there) = (same.clone(), Acting { languages: Languages::Same, ..nils.clone() });
    world.app.db.write_blocking(move |tx| send(tx, &here)).unwrap();
    let english = nils.actor.company.0;
    world
        .app
        .db
        .write_blocking(move |tx| {
            let sql = "UPDATE company SET language = 'en' WHERE id = $1";
            Ok::<_, Problem>(tx.run(sql, &db::params![english])?)
        })
        .unwrap();
    let refused = world.app.db.write_blocking(move |tx| send(tx, &same));
    assert!(matches!(refused, Err(Problem::Refused(Refusal::LanguagesDiffer))));
    world.app.db.write_blocking(move |tx| send(tx, &anna)).unwrap();
    let other = world.count("SELECT id FROM company WHERE name NOT IN ('Acme', 'Nord')");
    let obstacle = move |tx: &mut db::Tx, acting: &Acting| {
        let lead = store::companies::of(tx, domain::ids::CompanyId(other))?.unwrap();
        answers::obstacle(tx, acting, &lead)
    };
    let found = world.app.db.read_blocking(move |tx| obstacle(tx, &there)).unwrap();
    assert_eq!(found, Some(Refusal::LanguagesDiffer.message()));
    assert_eq!(world.app.db.read_blocking(move |tx| obstacle(tx, &nils)).unwrap(), None);
});
