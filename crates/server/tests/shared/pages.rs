//! Every page of the program with an address in the demo world, and who may open it there.
//!
//! The stories read each in both languages, the browser looks at each. Whoever adds a route adds its page here;
//! `every_page_has_an_address` says which is missing.

use staffel::app::App;

/// Who lives where the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The demo world.
    Demo,
    /// A company that has accepted the agreement and done nothing else.
    Fresh,
    /// Nobody yet.
    Bare,
}

/// Somebody at the door: an address to sign in with, or nothing.
pub type Who = &'static str;

pub const NOBODY: Who = "";
/// Service desk user of the lead, manages partners.
pub const KATHRIN: Who = "kathrin.behrens@hansekontor.example";
/// Administrator of the lead, runs the installation.
pub const JENS: Who = "jens.petersen@hansekontor.example";
/// Technician of the lead, may not outsource.
pub const YASEMIN: Who = "yasemin.kaya@hansekontor.example";
/// Bookkeeper of the lead, may only read.
pub const BIRGIT: Who = "birgit.lueders@hansekontor.example";
/// Service desk user of the partner.
pub const NICOLE: Who = "nicole.schmitz@rheinwerk.example";
/// Administrator of the partner.
pub const STEFAN: Who = "stefan.krueger@rheinwerk.example";
/// Administrator of the company that is invited.
pub const VERONIKA: Who = "veronika.huber@isar-netzwerke.example";
/// Administrator of a company without the agreement.
pub const UWE: Who = "uwe.richter@elbtal.example";
/// The founder of the fresh company.
pub const JANA: Who = "jana.oehlen@nordlicht.example";

/// What stands for `{}` in an address.
#[derive(Debug, Clone, Copy)]
pub enum Hole {
    /// There is none.
    None,
    /// The lead's ticket whose newest round is there.
    Ticket(&'static str),
    /// The partner's ticket of a round that is there.
    Received(&'static str),
    /// A round that is there.
    Round(&'static str),
    /// What this query finds first.
    Found(&'static str),
    /// The link of the newest invitation.
    Token,
}

/// A page.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// A name for pictures and findings.
    pub name: &'static str,
    /// The route that answers; empty for none.
    pub route: &'static str,
    pub place: Place,
    pub who: Who,
    pub path: &'static str,
    pub hole: Hole,
    pub status: u16,
}

/// Routes that answer with something else than a page, or lead on to one.
pub const NO_PAGES: &[&str] = &[
    "/",
    "/static/{name}",
    "/live/tickets/{id}",
    "/live/company",
    "/files/{id}",
    "/audit.csv",
    "/outsource.csv",
    "/received.csv",
    "/outsourcings/{id}/crossings.csv",
    "/networks.csv",
];

const fn page(
    name: &'static str,
    route: &'static str,
    who: Who,
    path: &'static str,
    hole: Hole,
) -> Page {
    Page { name, route, place: Place::Demo, who, path, hole, status: 200 }
}

/// The page of a route without a number.
const fn plain(name: &'static str, who: Who, path: &'static str) -> Page {
    page(name, path, who, path, Hole::None)
}

/// What a fresh company sees.
const fn fresh(name: &'static str, path: &'static str) -> Page {
    Page { place: Place::Fresh, ..page(name, "", JANA, path, Hole::None) }
}

/// What says no.
const fn trouble(name: &'static str, who: Who, path: &'static str, status: u16) -> Page {
    Page { status, ..page(name, "", who, path, Hole::None) }
}

const TICKET: &str = "/tickets/{id}";
const MOVE: &str = "/outsourcings/{id}/{move}";
const EVERYDAY: Hole = Hole::Found(
    "SELECT id FROM ticket WHERE company_id = 1 AND outsource_status IS NULL AND status = 'in_progress' ORDER BY id DESC LIMIT 1",
);
const NEW: Hole = Hole::Found(
    "SELECT id FROM ticket WHERE company_id = 1 AND outsource_status IS NULL AND status = 'new' ORDER BY id DESC LIMIT 1",
);
const ORGANIZATION: Hole = Hole::Found("SELECT id FROM organization WHERE name LIKE 'Spedition%'");
const NOTE: Hole = Hole::Found(
    "SELECT i.id FROM item i JOIN person p ON p.id = i.author_id
      WHERE i.kind = 'note' AND i.is_copy = 0 AND i.born_round IS NULL AND p.email LIKE 'kathrin%' ORDER BY i.id LIMIT 1",
);
const PARTNER: Hole =
    Hole::Found("SELECT id FROM partnership WHERE status = 'active' ORDER BY id LIMIT 1");
const PARTNERS_ENTRY: Hole = Hole::Found(
    "SELECT organization_id FROM partnership WHERE status = 'active' ORDER BY id LIMIT 1",
);

const ON_NETWORK: Hole = Hole::Found(
    "SELECT ticket_id FROM network_round WHERE status = 'assigned' ORDER BY id LIMIT 1",
);

/// All of them.
#[rustfmt::skip]
pub const PAGES: &[Page] = &[
    plain("sign-in", NOBODY, "/sign-in"),
    Page { place: Place::Bare, ..plain("setup", NOBODY, "/setup") },
    page("register", "/register", NOBODY, "/register?invitation={}", Hole::Token),
    page("invitation", "/invitation/{token}", NOBODY, "/invitation/{}", Hole::Token),
    page("invitation-answer", "/invitation/{token}", VERONIKA, "/invitation/{}", Hole::Token),
    page("invitation-own", "/invitation/{token}", JENS, "/invitation/{}", Hole::Token),
    trouble("invitation-gone", NOBODY, "/invitation/guessed", 404),
    trouble("nowhere-outside", NOBODY, "/nowhere", 404),
    trouble("nowhere", KATHRIN, "/nowhere", 404),
    trouble("forbidden", BIRGIT, "/people", 403),

    plain("tickets", KATHRIN, "/tickets"),
    page("tickets-none-found", "/tickets", KATHRIN, "/tickets?q=Zeppelin", Hole::None),
    page("tickets-of-partner", "/tickets", NICOLE, "/tickets?scope=all", Hole::None),
    plain("ticket-new", KATHRIN, "/tickets/new"),
    page("ticket", TICKET, KATHRIN, "/tickets/{}", EVERYDAY),
    page("ticket-without-outsourcing", TICKET, YASEMIN, "/tickets/{}", Hole::Ticket("in_progress")),
    page("ticket-read-only", TICKET, BIRGIT, "/tickets/{}", Hole::Ticket("in_progress")),
    page("ticket-unsent", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("unsent")),
    page("ticket-assigned", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("assigned")),
    page("ticket-accepted", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("accepted")),
    page("ticket-in-progress", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("in_progress")),
    page("ticket-waiting-approval", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("waiting_approval")),
    page("ticket-complete", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("complete")),
    page("ticket-declined", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("declined")),
    page("ticket-canceled", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("canceled")),
    page("ticket-expired", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("expired")),
    page("ticket-returned", TICKET, KATHRIN, "/tickets/{}", Hole::Ticket("returned")),
    page("insourced-accepted", TICKET, NICOLE, "/tickets/{}", Hole::Received("accepted")),
    page("insourced-in-progress", TICKET, NICOLE, "/tickets/{}", Hole::Received("in_progress")),
    page("insourced-waiting-approval", TICKET, NICOLE, "/tickets/{}", Hole::Received("waiting_approval")),
    page("insourced-complete", TICKET, NICOLE, "/tickets/{}", Hole::Received("complete")),
    page("ticket-edit", "/tickets/{id}/edit", KATHRIN, "/tickets/{}/edit", EVERYDAY),
    page("ticket-completion", "/tickets/{id}/completion", KATHRIN, "/tickets/{}/completion", Hole::Ticket("in_progress")),
    page("ticket-deletion", "/tickets/{id}/deletion", KATHRIN, "/tickets/{}/deletion", NEW),
    page("time-new", "/tickets/{id}/time/new", KATHRIN, "/tickets/{}/time/new", EVERYDAY),
    page("charge-new", "/tickets/{id}/charges/new", NICOLE, "/tickets/{}/charges/new", Hole::Received("in_progress")),
    page("file-new", "/tickets/{id}/files/new", NICOLE, "/tickets/{}/files/new", Hole::Received("in_progress")),
    page("item-edit", "/items/{id}/edit", KATHRIN, "/items/{}/edit", NOTE),
    page("item-deletion", "/items/{id}/deletion", KATHRIN, "/items/{}/deletion", NOTE),

    page("outsource-choose", "/tickets/{id}/outsource", KATHRIN, "/tickets/{}/outsource", EVERYDAY),
    page("outsource-terms", "/tickets/{id}/outsource", KATHRIN, "/tickets/{}/outsource?partner=1", EVERYDAY),
    page("outsource-unsent", "/tickets/{id}/outsource", KATHRIN, "/tickets/{}/outsource", Hole::Ticket("unsent")),
    plain("outsourced", KATHRIN, "/outsource"),
    page("outsourced-open", "/outsource", KATHRIN, "/outsource?list=open", Hole::None),
    page("outsourced-complete", "/outsource", KATHRIN, "/outsource?list=complete", Hole::None),
    page("outsourced-none-found", "/outsource", KATHRIN, "/outsource?list=open&q=Zeppelin", Hole::None),
    plain("received", NICOLE, "/received"),
    page("received-open", "/received", NICOLE, "/received?list=received-open", Hole::None),
    page("received-complete", "/received", NICOLE, "/received?list=received-complete", Hole::None),
    page("offer", "/received/{id}", NICOLE, "/received/{}", Hole::Round("assigned")),
    page("round", "/outsourcings/{id}", KATHRIN, "/outsourcings/{}", Hole::Round("in_progress")),
    page("round-received", "/outsourcings/{id}", NICOLE, "/outsourcings/{}", Hole::Round("in_progress")),
    page("crossings", "/outsourcings/{id}/crossings", KATHRIN, "/outsourcings/{}/crossings", Hole::Round("in_progress")),
    page("move-removal", MOVE, KATHRIN, "/outsourcings/{}/removal", Hole::Round("unsent")),
    page("move-cancellation", MOVE, KATHRIN, "/outsourcings/{}/cancellation", Hole::Round("assigned")),
    page("move-refusal", MOVE, NICOLE, "/outsourcings/{}/refusal", Hole::Round("assigned")),
    page("move-report", MOVE, NICOLE, "/outsourcings/{}/report", Hole::Round("in_progress")),
    page("move-return", MOVE, NICOLE, "/outsourcings/{}/return", Hole::Round("in_progress")),
    page("move-approval", MOVE, KATHRIN, "/outsourcings/{}/approval", Hole::Round("waiting_approval")),
    page("move-rejection", MOVE, KATHRIN, "/outsourcings/{}/rejection", Hole::Round("waiting_approval")),
    page("move-completion", MOVE, KATHRIN, "/outsourcings/{}/completion", Hole::Round("in_progress")),

    page("view-new", "/views/new", KATHRIN, "/views/new?door=outsource&query=list%3Dopen", Hole::None),
    page("view", "/views/{id}", KATHRIN, "/views/{}", Hole::Found("SELECT MAX(id) FROM saved_view")),
    page("outsourced-view", "/outsource", KATHRIN, "/outsource?list=open&view={}", Hole::Found("SELECT MAX(id) FROM saved_view")),
    page("on-networks", "/outsource", KATHRIN, "/outsource?list=on-networks", Hole::None),
    plain("networks", KATHRIN, "/networks"),
    plain("network-new", KATHRIN, "/networks/new"),
    page("network-edit", "/networks/{id}/edit", KATHRIN, "/networks/{}/edit", Hole::Found("SELECT MIN(id) FROM network")),
    page("network-send", "/tickets/{id}/network", KATHRIN, "/tickets/{}/network?network=1", EVERYDAY),
    page("network-choose", "/tickets/{id}/network", KATHRIN, "/tickets/{}/network", EVERYDAY),
    page("ticket-on-network", TICKET, KATHRIN, "/tickets/{}", ON_NETWORK),
    page("network-round", "/network-rounds/{id}", KATHRIN, "/network-rounds/{}", Hole::Found("SELECT MAX(id) FROM network_round")),
    page("network-completion", "/network-rounds/{id}/{move}", KATHRIN, "/network-rounds/{}/completion",
        Hole::Found("SELECT MAX(id) FROM network_round WHERE status = 'assigned'")),
    plain("leads", STEFAN, "/leads"),
    page("lead", "/leads/{id}", STEFAN, "/leads/{}", Hole::Found("SELECT MIN(lead_company) FROM lead_mapping WHERE company_id = 2")),

    plain("organizations", KATHRIN, "/organizations"),
    page("organizations-none-found", "/organizations", KATHRIN, "/organizations?q=Zeppelin", Hole::None),
    plain("organization-new", KATHRIN, "/organizations/new"),
    page("organization", "/organizations/{id}", KATHRIN, "/organizations/{}", ORGANIZATION),
    page("organization-edit", "/organizations/{id}/edit", KATHRIN, "/organizations/{}/edit", ORGANIZATION),
    page("contact-new", "/organizations/{id}/contacts/new", KATHRIN, "/organizations/{}/contacts/new", ORGANIZATION),
    page("contact-edit", "/contacts/{id}/edit", KATHRIN, "/contacts/{}/edit",
        Hole::Found("SELECT id FROM contact WHERE company_id = 1 ORDER BY id LIMIT 1")),
    plain("people", JENS, "/people"),
    plain("person-new", JENS, "/people/new"),
    page("person", "/people/{id}", JENS, "/people/{}", Hole::Found("SELECT id FROM person WHERE email LIKE 'ole.%'")),
    page("person-security", "/people/{id}", JENS, "/people/{}?tab=security",
        Hole::Found("SELECT id FROM person WHERE email LIKE 'ole.%'")),
    plain("permissions", JENS, "/outsource/permissions"),
    plain("agreement", JENS, "/outsource/agreement"),
    page("agreement-to-accept", "/outsource/agreement", UWE, "/outsource/agreement", Hole::None),
    plain("preferences", KATHRIN, "/preferences"),
    plain("password", KATHRIN, "/preferences/password"),
    plain("company", JENS, "/company"),
    plain("audit", JENS, "/audit"),
    plain("partners", KATHRIN, "/partners"),
    plain("invitation-text", KATHRIN, "/partners/invitation-text"),
    page("partner-recipient", "/partners/{id}/recipient", KATHRIN, "/partners/{}/recipient", PARTNERS_ENTRY),
    page("partner-history", "/partners/{id}/history", KATHRIN, "/partners/{}/history", PARTNER),
    plain("mailbox", JENS, "/operator/mailbox"),
    page("mail", "/operator/mailbox/{id}", JENS, "/operator/mailbox/{}", Hole::Found("SELECT MAX(id) FROM mail")),

    fresh("fresh-tickets", "/tickets"),
    fresh("fresh-ticket-new", "/tickets/new"),
    fresh("fresh-organizations", "/organizations"),
    fresh("fresh-outsourced", "/outsource"),
    fresh("fresh-received", "/received"),
    fresh("fresh-partners", "/partners"),
    fresh("fresh-people", "/people"),
    fresh("fresh-company", "/company"),
    fresh("fresh-audit", "/audit"),
    fresh("fresh-mailbox", "/operator/mailbox"),
];

impl Page {
    /// The address, with what stands in this database in its hole.
    pub fn address(&self, app: &App) -> String {
        let number = |sql: String| {
            let found = app.db.read_blocking(move |tx| tx.one(&sql, &[], |row| row.get::<i64>(0)));
            let number = found.unwrap().unwrap_or_else(|| panic!("nothing for {}", self.name));
            number.to_string()
        };
        let text = match self.hole {
            Hole::None => String::new(),
            Hole::Ticket(status) => number(format!(
                "SELECT o.lead_ticket FROM outsourcing o JOIN ticket t ON t.id = o.lead_ticket
                  WHERE t.outsource_status = '{status}' AND o.status = '{status}' ORDER BY o.lead_ticket DESC LIMIT 1"
            )),
            Hole::Received(status) => number(format!(
                "SELECT partner_ticket FROM outsourcing WHERE status = '{status}' ORDER BY id DESC LIMIT 1"
            )),
            Hole::Round(status) => number(format!(
                "SELECT id FROM outsourcing WHERE status = '{status}' ORDER BY id DESC LIMIT 1"
            )),
            Hole::Found(sql) => number(sql.to_owned()),
            Hole::Token => token(app),
        };
        self.path.replace("{}", &text)
    }
}

/// The link of the newest invitation, as it stands in the mail.
pub fn token(app: &App) -> String {
    let sql = "SELECT body FROM mail WHERE kind = 'invitation' ORDER BY id DESC LIMIT 1";
    let find = |tx: &mut db::Tx| tx.one(sql, &[], |row| row.get::<String>(0));
    let body = app.db.read_blocking(find).unwrap().unwrap();
    let rest = body.split("/invitation/").nth(1).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Lets people move in.
pub fn furnish(app: &App, place: Place) {
    match place {
        Place::Demo => {
            staffel::demo::load(app).unwrap();
            keep_a_view(app);
        }
        Place::Fresh => found(app),
        Place::Bare => {}
    }
}

/// A view that Kathrin keeps: the demo world has none.
fn keep_a_view(app: &App) {
    let sql =
        "INSERT INTO saved_view (company_id, person_id, door, name, query, is_start, created_at)
               SELECT company_id, id, 'outsource', 'Was diese Woche fällig ist', 'list=open', 0, 0
                 FROM person WHERE email = $1";
    app.db.write_blocking(move |tx| tx.run(sql, &db::params![KATHRIN])).map(|_| ()).unwrap();
}

fn found(app: &App) {
    use domain::language::Language;
    use domain::permission::{Actor, OutsourcingLevel, SecurityLevel};
    use staffel::actions::{agreement, companies};
    let hash = staffel::secret::hash_password(staffel::demo::PASSWORD).unwrap();
    let founding = companies::Founding {
        company: staffel::store::companies::NewCompany {
            name: "Nordlicht IT GmbH".into(),
            language: Language::De,
            time_zone: "Europe/Berlin".into(),
            currency: domain::money::Currency::Eur,
        },
        person: staffel::store::people::NewPerson {
            email: JANA.into(),
            first_name: "Jana".into(),
            last_name: "Öhlen".into(),
            phone: String::new(),
            password_hash: hash,
            security: SecurityLevel::Administrator,
            outsourcing: OutsourcingLevel::All,
            operator: true,
        },
    };
    let now = app.clock.now();
    let base_url: std::sync::Arc<str> = app.config.public_url.as_str().into();
    let moved_in = app.db.write_blocking(move |tx| {
        let (company, person) = companies::found(tx, &founding, now)?;
        let actor = Actor {
            company,
            person,
            name: "Jana Öhlen".into(),
            security: SecurityLevel::Administrator,
            outsourcing: OutsourcingLevel::All,
            agreement: false,
            operator: true,
            language: Language::De,
        };
        let acting = staffel::app::Acting {
            actor,
            now,
            ip: "127.0.0.1".into(),
            base_url: base_url.clone(),
            languages: domain::partnership::Languages::Any,
        };
        agreement::accept(tx, &acting, true)
    });
    let moved_in: Result<(), staffel::problem::Problem> = moved_in;
    moved_in.map_err(|problem| format!("{problem:?}")).unwrap();
}

/// Lets everybody read in this language.
pub fn speak(app: &App, language: &str) {
    let set = format!("UPDATE person SET language = '{language}'");
    app.db.write_blocking(move |tx| tx.run(&set, &[]).map(|_| ())).unwrap();
}

#[test]
fn every_page_has_an_address() {
    let known: Vec<&str> =
        PAGES.iter().map(|page| page.route).chain(NO_PAGES.iter().copied()).collect();
    let routes = super::routes::listed();
    let pages = routes.iter().filter(|(_, method)| *method == "GET").map(|(path, _)| path.as_str());
    let missing: Vec<&str> = pages.filter(|path| !known.contains(path)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "these routes need a line in tests/shared/pages.rs");
    let gone: Vec<&&str> = known
        .iter()
        .filter(|path| !path.is_empty() && !routes.contains(&((**path).to_owned(), "GET")))
        .collect();
    assert!(gone.is_empty(), "no such route: {gone:?}");
}
