//! The stage: three companies, their people, a clock that stands, a browser for each person.

use std::sync::OnceLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use domain::ids::{CompanyId, OrganizationId, PartnershipId, PersonId};
use domain::language::Language;
use domain::money::Currency;
use domain::permission::{Actor, OutsourcingLevel, SecurityLevel};
use domain::ticket::OrganizationType;
use jiff::Timestamp;
use staffel::actions::{agreement, companies, organizations, partnerships, people};
use staffel::app::{Acting, App};
use staffel::clock::Clock;
use staffel::problem::Problem;
use staffel::store;
use staffel::store::companies::NewCompany;
use staffel::store::contacts::Contact;
use staffel::store::organizations::Organization;
use staffel::store::people::NewPerson;
use tower::ServiceExt;

pub use crate::house::Engine;
use crate::house::House;

const PASSWORD: &str = "sieben Staffeln laufen";

/// Everybody: key, company, first name, security level, outsourcing permission.
const PEOPLE: &[(&str, usize, SecurityLevel, OutsourcingLevel)] = &[
    ("anna", 0, SecurityLevel::Administrator, OutsourcingLevel::All),
    ("axel", 0, SecurityLevel::ServiceDeskUser, OutsourcingLevel::Outsourcing),
    ("petra", 0, SecurityLevel::ServiceDeskUser, OutsourcingLevel::PartnerManagement),
    ("rita", 0, SecurityLevel::ReadOnly, OutsourcingLevel::None),
    ("nora", 1, SecurityLevel::Administrator, OutsourcingLevel::All),
    ("nils", 1, SecurityLevel::ServiceDeskUser, OutsourcingLevel::None),
    ("nele", 1, SecurityLevel::ReadOnly, OutsourcingLevel::None),
    ("fritz", 2, SecurityLevel::Administrator, OutsourcingLevel::All),
];

/// The stage. Dropping it removes its files and its schema.
pub struct World {
    pub app: App,
    router: Router,
    _house: House,
    pub acme: CompanyId,
    pub customer: OrganizationId,
    pub partnership: PartnershipId,
}

fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| staffel::secret::hash_password(PASSWORD).unwrap())
}

fn person(key: &str, security: SecurityLevel) -> NewPerson {
    let mut name = key.to_owned();
    name.get_mut(..1).unwrap().make_ascii_uppercase();
    NewPerson {
        email: format!("{key}@stage.example"),
        first_name: name,
        last_name: "Muster".into(),
        phone: String::new(),
        password_hash: password_hash().to_owned(),
        security,
        outsourcing: OutsourcingLevel::None,
        operator: key == "anna",
    }
}

impl World {
    /// A fresh stage; `None` if this engine is not there.
    pub fn new(engine: Engine) -> Option<Self> {
        let clock = Clock::fixed("2026-11-24T09:00:00Z".parse().unwrap());
        let house = House::open(engine, clock, None)?;
        let app = house.app.clone();
        let now = app.clock.now();
        let (acme, customer, partnership) =
            app.db.write_blocking(move |tx| furnish(tx, now)).unwrap();
        let router = staffel::serve::router(app.clone(), None);
        Some(Self { app, router, _house: house, acme, customer, partnership })
    }

    /// Somebody's browser, signed in.
    pub async fn sign_in(&self, key: &str) -> Browser {
        let mut browser = self.nobody();
        let email = format!("{key}@stage.example");
        let page = browser.post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
        page.is(303);
        browser
    }

    /// A browser that knows nobody.
    pub fn nobody(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A ticket of Acme, made through its form; its address.
    pub async fn ticket(&self, browser: &mut Browser, title: &str) -> String {
        let customer = self.customer.to_string();
        let queue = self.queue(self.acme).to_string();
        let fields = [
            ("title", title),
            ("description", "Nichts geht mehr."),
            ("organization", customer.as_str()),
            ("queue", queue.as_str()),
            ("status", "new"),
            ("priority", "high"),
            ("source", "phone"),
        ];
        let location = browser.post("/tickets", &fields).await.is(303).location;
        location.split('?').next().unwrap().to_owned()
    }

    fn queue(&self, company: CompanyId) -> i64 {
        self.app
            .db
            .read_blocking(move |tx| store::queues::all(tx, company))
            .unwrap()
            .first()
            .unwrap()
            .0
            .0
    }

    /// Sends a ticket out under the terms of the worked example (15.6); the number of the round.
    pub async fn send(&self, lead: &mut Browser, ticket: &str) -> i64 {
        let terms = self.terms(lead, ticket).await;
        let fields: Vec<(&str, &str)> =
            terms.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        lead.post(&format!("{ticket}/outsource"), &fields).await.is(303);
        self.newest_round()
    }

    /// The form of the terms as a person fills it, with the digest of what they saw.
    pub async fn terms(&self, lead: &mut Browser, ticket: &str) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = [
            ("partner", self.partnership.to_string().as_str()),
            ("accept_by", "2026-11-25T10:00"),
            ("due", "2026-11-27T10:00"),
            ("rate_type", "hourly"),
            ("authorized_charge", "60,00"),
            ("authorized_hours", "5"),
            ("billing_rate", "95,00"),
            ("instructions", "Bitte vor Ort prüfen."),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .to_vec();
        let seen: Vec<(&str, &str)> =
            fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let preview = lead.post(&format!("{ticket}/outsource"), &seen).await.is(200);
        fields.push(("seen".into(), preview.value("seen")));
        fields.push(("then".into(), "send".into()));
        fields
    }

    fn newest_round(&self) -> i64 {
        let find = |tx: &mut db::Tx| {
            tx.one("SELECT MAX(id) FROM outsourcing", &[], |row| row.get::<i64>(0))
        };
        self.app.db.read_blocking(find).unwrap().unwrap()
    }

    /// The partner accepts; the address of its ticket. The first acceptance names the organization of the lead.
    pub async fn accept(&self, partner: &mut Browser, round: i64) -> String {
        let fields = [("mapping", "1"), ("new_name", "Acme"), ("new_kind", "customer")];
        let location =
            partner.post(&format!("/received/{round}/acceptance"), &fields).await.is(303).location;
        location.split('?').next().unwrap().to_owned()
    }

    /// A number that the database counts.
    pub fn count(&self, sql: &'static str) -> i64 {
        let find = move |tx: &mut db::Tx| tx.one(sql, &[], |row| row.get::<i64>(0));
        self.app.db.read_blocking(find).unwrap().unwrap()
    }

    /// Both tickets of every round show its status (section 10: always kept equal).
    pub fn both_sides_agree(&self) {
        let differ = "SELECT COUNT(*) FROM outsourcing o JOIN ticket t ON t.id = o.partner_ticket
                       WHERE t.insource_status <> o.status";
        assert_eq!(self.count(differ), 0, "a partner's ticket shows another status than its round");
        let lead = "SELECT COUNT(*) FROM ticket t WHERE t.outsource_status IS NOT NULL AND t.outsource_status <>
                      (SELECT o.status FROM outsourcing o WHERE o.lead_ticket = t.id ORDER BY o.id DESC LIMIT 1)";
        assert_eq!(
            self.count(lead),
            0,
            "a lead's ticket shows another status than its newest round"
        );
    }
}

type Furniture = (CompanyId, OrganizationId, PartnershipId);

fn furnish(tx: &mut db::Tx, now: Timestamp) -> Result<Furniture, Problem> {
    let mut houses = Vec::new();
    for (name, founder) in [("Acme", "anna"), ("Nord", "nora"), ("Fremd", "fritz")] {
        let company = NewCompany {
            name: name.into(),
            language: Language::De,
            time_zone: "Europe/Berlin".into(),
            currency: Currency::Eur,
        };
        let founding =
            companies::Founding { company, person: person(founder, SecurityLevel::Administrator) };
        let (company, founder) = companies::found(tx, &founding, now)?;
        houses.push(acting(company, founder, now));
    }
    let anna = &mut houses[0];
    agreement::accept(tx, anna, true)?;
    anna.actor.agreement = true;
    for (key, house, security, level) in
        PEOPLE.iter().filter(|(key, ..)| !["anna", "nora", "fritz"].contains(key))
    {
        let id = people::add(tx, &houses[*house], &person(key, *security))?;
        if *house == 0 {
            let seen = security.default_outsourcing();
            people::set_levels(tx, &houses[0], &[people::Row { id, seen, wanted: *level }])?;
        }
    }
    let customer = organization(tx, &houses[0], "Praxis Dr. Grün", OrganizationType::Customer)?;
    let partner = organization(tx, &houses[0], "Nord im Adressbuch", OrganizationType::Partner)?;
    let contact = Contact {
        id: domain::ids::ContactId(0),
        organization: partner,
        first_name: "Nora".into(),
        last_name: "Muster".into(),
        email: "nora@stage.example".into(),
        phone: String::new(),
        is_primary: true,
        active: true,
        redacted: false,
        version: 0,
    };
    let contact = organizations::add_contact(tx, &houses[0], &contact)?;
    partnerships::set_recipient(tx, &houses[0], partner, Some(contact))?;
    partnerships::invite(tx, &houses[0], &[partner])?;
    let mails = store::mails::page(tx, "nora@stage.example", None, None)?;
    let token = mails.iter().find_map(|mail| mail.body.split("/invitation/").nth(1)).unwrap();
    let token: String =
        token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    partnerships::answers::accept(tx, &houses[1], &token)?;
    let found =
        store::partnerships::by_organization(tx, houses[0].actor.company, partner)?.unwrap();
    Ok((houses[0].actor.company, customer, found.id))
}

fn organization(
    tx: &mut db::Tx,
    acting: &Acting,
    name: &str,
    kind: OrganizationType,
) -> Result<OrganizationId, Problem> {
    let text = String::new;
    let new = Organization {
        id: OrganizationId(0),
        name: name.into(),
        kind,
        phone: "+49 40 1".into(),
        address: text(),
        postal_code: text(),
        city: text(),
        country: text(),
        web: text(),
        tax_id: text(),
        owner: acting.actor.person,
        active: true,
        version: 0,
    };
    organizations::create(tx, acting, &new)
}

fn acting(company: CompanyId, person: PersonId, now: Timestamp) -> Acting {
    Acting {
        actor: Actor {
            company,
            person,
            name: "Gründerin".into(),
            security: SecurityLevel::Administrator,
            outsourcing: OutsourcingLevel::All,
            agreement: false,
            operator: false,
            language: Language::De,
        },
        now,
        ip: "127.0.0.1".into(),
        base_url: "http://127.0.0.1".into(),
    }
}

/// A person's browser: it keeps the session.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookie: String,
}

/// What came back.
pub struct Page {
    pub status: u16,
    pub location: String,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookie: String::new() }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// The same with a browser that prefers a language.
    pub async fn get_in(&mut self, path: &str, language: &str) -> Page {
        let request = Request::get(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_LANGUAGE, language);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let form = serde_urlencoded::to_string(fields).unwrap();
        self.post_raw(path, "application/x-www-form-urlencoded", form.into()).await
    }

    pub async fn post_raw(&mut self, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn upload(&mut self, path: &str, name: &str, content: &[u8], publish: &str) -> Page {
        let mut body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"publish\"\r\n\r\n{publish}\r\n--x\r\nContent-Disposition: \
             form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--x--\r\n");
        self.post_raw(path, "multipart/form-data; boundary=x", body).await
    }

    pub async fn send(&mut self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = |name| {
            parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned()
        };
        if let Some((session, _)) = text(header::SET_COOKIE).split_once(';') {
            session.clone_into(&mut self.cookie);
        }
        let stream = text(header::CONTENT_TYPE).starts_with("text/event-stream");
        let location = text(header::LOCATION);
        let body =
            if stream { Vec::new() } else { to_bytes(body, usize::MAX).await.unwrap().to_vec() };
        let body = String::from_utf8_lossy(&body).into_owned();
        Page { status: parts.status.as_u16(), location, headers: parts.headers, body }
    }
}

impl Page {
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    #[track_caller]
    pub fn shows(self, text: &str) -> Self {
        assert!(self.body.contains(text), "«{text}» is missing:\n{}", self.body);
        self
    }

    #[track_caller]
    pub fn hides(self, text: &str) -> Self {
        assert!(!self.body.contains(text), "«{text}» is there:\n{}", self.body);
        self
    }

    /// The value of a field on the page.
    #[track_caller]
    pub fn value(&self, name: &str) -> String {
        let start = self
            .body
            .find(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("no field {name}"));
        self.body.get(start..).unwrap().split('"').nth(3).unwrap().to_owned()
    }

    /// The numbers of the items on a ticket page that contain a text, newest first.
    pub fn items(&self, text: &str) -> Vec<i64> {
        let parts = self.body.split("id=\"item-").skip(1);
        let fitting = parts.filter(|part| part.contains(text));
        fitting.filter_map(|part| part.split('"').next()?.parse().ok()).collect()
    }
}

/// Runs a story on both databases.
macro_rules! story {
    ($(#[$doc:meta])* $name:ident, $world:ident, $body:block) => {
        $(#[$doc])*
        async fn $name($world: std::sync::Arc<$crate::world::World>) {
            $body
        }
        mod $name {
            use crate::world::{Engine, World};
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let world = tokio::task::spawn_blocking(|| World::new(Engine::Sqlite));
                let world = std::sync::Arc::new(world.await.unwrap().unwrap());
                super::$name(world.clone()).await;
                world.both_sides_agree();
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let world = tokio::task::spawn_blocking(|| World::new(Engine::Postgres));
                if let Some(world) = world.await.unwrap().map(std::sync::Arc::new) {
                    super::$name(world.clone()).await;
                    world.both_sides_agree();
                }
            }
        }
    };
}
pub(crate) use story;
