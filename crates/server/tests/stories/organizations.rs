//! Whose tickets can be opened from where (section 18.1).

use domain::ticket::OrganizationType;

use crate::world::story;

story!(leads_and_prospects_have_tickets_opened_from_their_own_page_only, world, {
    let mut anna = world.sign_in("anna").await;
    let owner = world.acting("anna").actor.person.to_string();
    for kind in [OrganizationType::Lead, OrganizationType::Prospect] {
        let fields = [
            ("name", kind.name()),
            ("type", kind.name()),
            ("phone", "1"),
            ("owner", owner.as_str()),
            ("active", "1"),
        ];
        anna.post("/organizations", &fields).await.is(303);
        let id = world.count("SELECT MAX(id) FROM organization").to_string();
        let queue = world.count("SELECT MIN(id) FROM queue").to_string();
        let mut ticket = vec![
            ("title", "Erstgespräch"),
            ("organization", id.as_str()),
            ("queue", &queue),
            ("status", "new"),
            ("priority", "low"),
            ("source", "phone"),
        ];
        let refused = anna.post("/tickets", &ticket).await.is(422);
        refused.shows("field-organization-error");
        let customer = world.customer.to_string();
        ticket.push(("page_of", &customer));
        anna.post("/tickets", &ticket).await.is(422);
        let page = anna.get(&format!("/tickets/new?organization={id}")).await.is(200);
        let from = page.value("page_of");
        ticket.pop();
        ticket.push(("page_of", &from));
        anna.post("/tickets", &ticket).await.is(303);
    }
    // A ticket of a customer does not become one of a lead afterwards.
    let ticket = world.ticket(&mut anna, "Netz").await;
    let version = anna.get(&format!("{ticket}/edit")).await.value("version");
    let lead = world.count("SELECT MIN(id) FROM organization WHERE kind = 'lead'").to_string();
    let queue = world.count("SELECT MIN(id) FROM queue").to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", "Netz"),
        ("organization", &lead),
        ("queue", &queue),
        ("status", "new"),
        ("priority", "low"),
        ("source", "phone"),
    ];
    anna.post(&ticket, &fields).await.is(422).shows("field-organization-error");
});

story!(each_setting_of_the_company_is_told_with_what_it_was, world, {
    let mut anna = world.sign_in("anna").await;
    let version = anna.get("/company").await.is(200).value("version");
    let fields = [
        ("version", version.as_str()),
        ("name", "Acme AG"),
        ("language", "de"),
        ("time_zone", "Europe/Zurich"),
        ("currency", "CHF"),
        ("accept_hours", "48"),
    ];
    anna.post("/company", &fields).await.is(303);
    let audit = anna.get("/audit?kind=company").await.is(200);
    let told = ["Acme → Acme AG", "Europe/Berlin → Europe/Zurich", "EUR → CHF", "24 → 48"];
    let audit = told.into_iter().fold(audit, |page, change| page.shows(change));
    audit.shows("Währung der Firma geändert").hides("Sprache der Firma geändert");
});
