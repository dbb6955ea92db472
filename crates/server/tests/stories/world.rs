//! The stage: three companies, their people, a clock that stands, a browser for each person.

use std::sync::OnceLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use domain::ids::{CompanyId, OrganizationId, PartnershipId, PersonId};
use domain::language::Language;
use domain::money::Currency;
use domain::partnership::Languages;
use domain::permission::{Actor, OutsourcingLevel, SecurityLevel};
use domain::ticket::OrganizationType;
use jiff::Timestamp;
use staffel::actions::partnerships::Invitee;
use staffel::actions::{agreement, companies, organizations, partnerships, people};
use staffel::app::{Acting, App};
use staffel::clock::Clock;
use staffel::config::Config;
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
    /// A fresh stage whose clock stands; `None` if this engine is not there.
    pub fn new(engine: Engine) -> Option<Self> {
        Self::with_clock(engine, Clock::fixed("2026-11-24T09:00:00Z".parse().unwrap()))
    }

    /// A fresh stage with this clock.
    pub fn with_clock(engine: Engine, clock: Clock) -> Option<Self> {
        let house = House::open(engine, clock, None)?;
        let app = house.app.clone();
        let now = app.clock.now();
        let (acme, customer, partnership) =
            app.db.write_blocking(move |tx| furnish(tx, now)).unwrap();
        let router = staffel::serve::router(app.clone(), None);
        Some(Self { app, router, _house: house, acme, customer, partnership })
    }

    /// The same installation once more, at another time and with a mail server.
    pub fn another(&self, clock: Clock, smtp_url: Option<String>) -> App {
        let config = Config { smtp_url, ..(*self.app.config).clone() };
        App::open(config, clock).unwrap()
    }

    /// The same installation once more, with another way to its database.
    pub fn behind(&self, database_url: String) -> App {
        let config = Config { database_url, ..(*self.app.config).clone() };
        App::open(config, self.app.clock.clone()).unwrap()
    }

    /// Somebody's browser, signed in.
    pub async fn sign_in(&self, key: &str) -> Browser {
        let mut browser = self.nobody();
        let email = format!("{key}@stage.example");
        let page = browser.post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
        page.is(303);
        browser
    }

    /// A colleague for the service desk, added by their administrator through the form; signs in by the key.
    pub async fn hire(&self, administrator: &mut Browser, key: &str) {
        let new = person(key, SecurityLevel::ServiceDeskUser);
        let fields = [
            ("first_name", new.first_name.as_str()),
            ("last_name", new.last_name.as_str()),
            ("email", new.email.as_str()),
            ("security", new.security.name()),
            ("password", PASSWORD),
        ];
        administrator.post("/people", &fields).await.is(303);
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
        self.terms_on(lead, ticket, 0).await
    }

    /// The same so many days later.
    pub async fn terms_on(
        &self,
        lead: &mut Browser,
        ticket: &str,
        days: i64,
    ) -> Vec<(String, String)> {
        let day = |at: &str| {
            let at: jiff::civil::DateTime = at.parse().unwrap();
            (at + jiff::Span::new().days(days)).strftime("%Y-%m-%dT%H:%M").to_string()
        };
        let mut fields: Vec<(String, String)> = [
            ("partner", self.partnership.to_string().as_str()),
            ("accept_by", day("2026-11-25T10:00").as_str()),
            ("due", day("2026-11-27T10:00").as_str()),
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

    /// A network that gets a letter, made through its form; `changed` replaces or adds fields.
    pub async fn network(&self, browser: &mut Browser, changed: &[(&str, &str)]) -> i64 {
        let fields = self.network_fields(changed);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (&**k, &**v)).collect();
        browser.post("/networks", &fields).await.is(303);
        self.count("SELECT MAX(id) FROM network")
    }

    /// The form of a network as a person fills it.
    pub fn network_fields(&self, changed: &[(&str, &str)]) -> Vec<(String, String)> {
        let customer = self.customer.to_string();
        let standard = [
            ("name", "Kabelnetz Nord"),
            ("organization", customer.as_str()),
            ("action", "email"),
            ("language", "de"),
            ("recipients", "dispo@kabel.example"),
            ("subject", "{ticket_number}: {title}"),
            ("body", "{company} bittet um Hilfe.\n\n{message}\n{description}\nOrt: {site}"),
            ("active", "1"),
        ];
        let kept = standard.iter().filter(|(name, _)| !changed.iter().any(|(key, _)| key == name));
        let all =
            kept.chain(changed).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        all.collect()
    }

    /// Hands a ticket to a network as a person does, who looks at the preview first; the number of the round.
    pub async fn hand_over(
        &self,
        lead: &mut Browser,
        ticket: &str,
        network: i64,
        message: &str,
    ) -> i64 {
        let (network, path) = (network.to_string(), format!("{ticket}/network"));
        let mut fields = vec![
            ("network", network.as_str()),
            ("message", message),
            ("billing_rate", "95,00"),
            ("work_type", "Geheimtarif"),
        ];
        let seen = lead.post(&path, &fields).await.is(200).value("seen");
        fields.extend([("seen", seen.as_str()), ("then", "send")]);
        lead.post(&path, &fields).await.is(303);
        self.count("SELECT MAX(id) FROM network_round")
    }

    /// The number of the round that was saved last.
    pub fn newest_round(&self) -> i64 {
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

    /// *Fremd* leads, too: it accepts the agreement and wins Nord as its partner.
    pub fn second_lead(&self) -> PartnershipId {
        let (mut fritz, nora) = (self.acting("fritz"), self.acting("nora"));
        let joined = self.app.db.write_blocking(move |tx| {
            agreement::accept(tx, &fritz, true)?;
            fritz.actor.agreement = true;
            partner_up(tx, &fritz, &nora)
        });
        joined.unwrap()
    }

    /// Somebody who acts without a browser.
    pub fn acting(&self, key: &str) -> Acting {
        let (_, house, security, level) = PEOPLE.iter().find(|(known, ..)| *known == key).unwrap();
        let email = format!("{key}@stage.example");
        let find = move |tx: &mut db::Tx| {
            let sql = "SELECT company_id, id FROM person WHERE email = $1";
            tx.one(sql, &db::params![&email], |row| {
                Ok((CompanyId(row.get(0)?), PersonId(row.get(1)?)))
            })
        };
        let (company, person) = self.app.db.read_blocking(find).unwrap().unwrap();
        let mut acting = acting(company, person, self.app.clock.now());
        acting.actor.security = *security;
        acting.actor.outsourcing = *level;
        acting.actor.agreement = *house == 0;
        acting
    }

    /// Somebody has other levels from now on.
    pub fn levels(&self, key: &str, security: SecurityLevel, level: OutsourcingLevel) {
        let email = format!("{key}@stage.example");
        let sql = "UPDATE person SET security = $1, outsourcing = $2 WHERE email = $3";
        let change =
            move |tx: &mut db::Tx| tx.run(sql, &db::params![security.name(), level.name(), &email]);
        self.app.db.write_blocking(change).unwrap();
    }

    /// A number that the database counts.
    pub fn count(&self, sql: impl Into<String>) -> i64 {
        let sql = sql.into();
        let find = move |tx: &mut db::Tx| tx.one(&sql, &[], |row| row.get::<i64>(0));
        self.app.db.read_blocking(find).unwrap().unwrap()
    }

    /// Both tickets of every round show its status (section 10: always kept equal).
    pub fn both_sides_agree(&self) {
        let differ = "SELECT COUNT(*) FROM outsourcing o JOIN ticket t ON t.id = o.partner_ticket
                       WHERE t.insource_status <> o.status";
        assert_eq!(self.count(differ), 0, "a partner's ticket shows another status than its round");
        let lead = "SELECT COUNT(*) FROM ticket t WHERE t.outsource_status IS NOT NULL AND t.outsource_status <>
                      (SELECT o.status FROM outsourcing o WHERE o.lead_ticket = t.id ORDER BY o.id DESC LIMIT 1)
                      AND NOT EXISTS (SELECT 1 FROM network_round r WHERE r.ticket_id = t.id)";
        assert_eq!(
            self.count(lead),
            0,
            "a lead's ticket shows another status than its newest round"
        );
        self.one_round_at_a_time();
    }

    /// A ticket has at most one live round, with a partner or a network, and shows it (section 9).
    fn one_round_at_a_time(&self) {
        let live = "(SELECT COUNT(*) FROM network_round r WHERE r.ticket_id = t.id AND r.status = 'assigned')
                      + (SELECT COUNT(*) FROM outsourcing o WHERE o.lead_ticket = t.id AND o.ended_at IS NULL)";
        let both = format!("SELECT COUNT(*) FROM ticket t WHERE {live} > 1");
        assert_eq!(self.count(both), 0, "two rounds at once");
        let shown = format!(
            "SELECT COUNT(*) FROM ticket t WHERE (COALESCE(t.outsource_status, '') IN
               ('unsent', 'assigned', 'accepted', 'in_progress', 'waiting_approval')) <> ({live} = 1)"
        );
        assert_eq!(
            self.count(shown),
            0,
            "a ticket shows a round that is not live, or shows no live one"
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
    let partnership = partner_up(tx, &houses[0], &houses[1])?;
    Ok((houses[0].actor.company, customer, partnership))
}

/// The lead invites Nora's company, and she accepts by the link in her mail.
fn partner_up(tx: &mut db::Tx, lead: &Acting, partner: &Acting) -> Result<PartnershipId, Problem> {
    let entry = organization(tx, lead, "Nord im Adressbuch", OrganizationType::Partner)?;
    let contact = Contact {
        id: domain::ids::ContactId(0),
        organization: entry,
        first_name: "Nora".into(),
        last_name: "Muster".into(),
        email: "nora@stage.example".into(),
        phone: String::new(),
        is_primary: true,
        active: true,
        redacted: false,
        version: 0,
    };
    let contact = organizations::add_contact(tx, lead, &contact)?;
    partnerships::set_recipient(
        tx,
        lead,
        entry,
        Invitee { contact: Some(contact), language: None },
    )?;
    partnerships::invite(tx, lead, &[entry])?;
    // The newest letter comes first.
    let mails = store::mails::page(tx, "nora@stage.example", None, None)?;
    let token = mails.iter().find_map(|mail| mail.body.split("/invitation/").nth(1)).unwrap();
    let token: String =
        token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    partnerships::answers::accept(tx, partner, &token)?;
    Ok(store::partnerships::by_organization(tx, lead.actor.company, entry)?.unwrap().id)
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
        languages: Languages::Any,
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

    /// The same session at the doors of another program over the same database.
    pub fn of(app: &App, signed_in: &Self) -> Self {
        let router = staffel::serve::router(app.clone(), None);
        Self { router, cookie: signed_in.cookie.clone() }
    }

    /// What proves the session.
    pub fn cookie(&self) -> &str {
        &self.cookie
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
        // Where a word may break is no letter of it.
        let body = String::from_utf8_lossy(&body).replace("<wbr>", "");
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
