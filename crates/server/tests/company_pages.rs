//! The pages of company, people and organizations, walked through as a browser would: set-up, forms with mistakes,
//! two editors at once, the agreement, and what belongs to somebody else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::language::Language;
use domain::money::Currency;
use domain::permission::{OutsourcingLevel, SecurityLevel};
use staffel::actions::companies::{Founding, found};
use staffel::app::App;
use staffel::clock::Clock;
use staffel::problem::Problem;
use staffel::store::companies::NewCompany;
use staffel::store::people::NewPerson;
use tower::ServiceExt;

#[path = "shared/both.rs"]
mod both;
#[path = "shared/house.rs"]
mod house;

use both::on_both;
use house::{Engine, House};

const PASSWORD: &str = "sieben Staffeln laufen";

struct Browser {
    app: App,
    router: Router,
    cookie: String,
    _house: House,
}

struct Page {
    status: StatusCode,
    location: String,
    body: String,
}

impl Browser {
    async fn on_an_empty_installation(engine: Engine) -> Self {
        let clock = Clock::fixed("2026-11-24T09:00:00Z".parse().unwrap());
        let open = move || House::open(engine, clock, None).unwrap();
        let house = tokio::task::spawn_blocking(open).await.unwrap();
        let app = house.app.clone();
        let router = staffel::serve::router(app.clone(), None);
        Self { app, router, cookie: String::new(), _house: house }
    }

    async fn set_up(engine: Engine) -> Self {
        let mut browser = Self::on_an_empty_installation(engine).await;
        let token = browser.app.setup_token.to_string();
        let page = browser.post("/setup", &setup_form(&token)).await;
        assert_eq!(
            (page.status, page.location.as_str()),
            (StatusCode::SEE_OTHER, "/tickets?done=done-setup")
        );
        browser
    }

    async fn send(&mut self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let head = |name| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or("")
                .to_owned()
        };
        let (location, cookie) = (head(header::LOCATION), head(header::SET_COOKIE));
        if let Some((session, _)) = cookie.split_once(';') {
            session.clone_into(&mut self.cookie);
        }
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        // Where a word may break is no letter of it.
        let body = String::from_utf8(body.to_vec()).unwrap().replace("<wbr>", "");
        Page { status, location, body }
    }

    async fn get(&mut self, path: &str) -> Page {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let form = serde_urlencoded::to_string(fields).unwrap();
        self.send(request.body(Body::from(form)).unwrap()).await
    }

    /// Posts what must succeed; where it leads.
    async fn done(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let page = self.post(path, fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", page.body);
        page.location
    }

    async fn accept_agreement(&mut self) {
        let to = self.done("/outsource/agreement", &[("agree", "1")]).await;
        assert_eq!(to, "/outsource?list=my-open&done=done-agreement-accepted");
    }

    /// Adds a person and says under which number.
    async fn add_person(&mut self, email: &str, security: &str) -> String {
        let fields = person_form(email, security);
        let to = self.done("/people", &fields).await;
        number(&to)
    }
}

fn number(location: &str) -> String {
    let path = location.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

fn setup_form(token: &str) -> Vec<(&str, &str)> {
    vec![
        ("token", token),
        ("company", "Nordlicht IT GmbH"),
        ("language", "de"),
        ("time_zone", "Europe/Berlin"),
        ("currency", "EUR"),
        ("first_name", "Jana"),
        ("last_name", "Öhlen"),
        ("email", "Jana@Nordlicht.example"),
        ("password", PASSWORD),
        ("repeat", PASSWORD),
    ]
}

fn person_form<'a>(email: &'a str, security: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("first_name", "Tom"),
        ("last_name", "Abel"),
        ("email", email),
        ("phone", ""),
        ("security", security),
        ("password", PASSWORD),
    ]
}

fn organization_form<'a>(name: &'a str, version: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("type", "customer"),
        ("phone", "030 1234"),
        ("owner", "1"),
        ("active", "1"),
        ("version", version),
    ]
}

on_both! {
async fn the_first_company_needs_the_key_from_the_console_and_there_is_no_second(engine) {
    let mut browser = Browser::on_an_empty_installation(engine).await;
    assert_eq!(browser.get("/sign-in").await.location, "/setup");
    assert_eq!(browser.get("/setup").await.status, StatusCode::OK);
    let page = browser.post("/setup", &setup_form("guessed")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("Nordlicht IT GmbH") && !page.body.contains(PASSWORD),
        "{}",
        page.body
    );
    let token = browser.app.setup_token.to_string();
    browser.done("/setup", &setup_form(&token)).await;
    assert_eq!(browser.get("/company").await.status, StatusCode::OK);
    assert_eq!(browser.get("/setup").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post("/setup", &setup_form(&token)).await.status, StatusCode::NOT_FOUND);
}

async fn a_form_keeps_what_was_typed_and_the_second_editor_is_told(engine) {
    let mut browser = Browser::set_up(engine).await;
    let mut form = organization_form("Bäckerei <Krume>", "");
    form.retain(|(name, _)| *name != "phone");
    let page = browser.post("/organizations", &form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("Bäckerei &lt;Krume&gt;") && page.body.contains("field-phone-error")
    );
    let to = browser.done("/organizations", &organization_form("Bäckerei Krume", "")).await;
    let path = format!("/organizations/{}", number(&to));
    browser.done(&path, &organization_form("Krume GmbH", "1")).await;
    let late = browser.post(&path, &organization_form("Krume AG", "1")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("Krume AG") && late.body.contains("inzwischen gespeichert"));
    assert!(browser.get(&path).await.body.contains("Krume GmbH"));
}

async fn saving_leads_back_to_our_own_pages_only(engine) {
    let mut browser = Browser::set_up(engine).await;
    for (asked, expected) in [
        ("/tickets/new", "/tickets/new?done="),
        ("//evil.example", "/organizations/"),
        ("https://evil.example", "/organizations/"),
    ] {
        let mut form = organization_form("Krume", "");
        form.push(("return", asked));
        let to = browser.done("/organizations", &form).await;
        assert!(to.starts_with(expected), "{asked}: {to}");
    }
}

async fn the_agreement_needs_the_tick_and_then_names_who_accepted(engine) {
    let mut browser = Browser::set_up(engine).await;
    assert_eq!(browser.get("/outsource/permissions").await.status, StatusCode::FORBIDDEN);
    let page = browser.post("/outsource/agreement", &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("field-agree-error"));
    browser.accept_agreement().await;
    let page = browser.get("/outsource/agreement").await;
    assert!(
        page.body.contains("Angenommen von Jana Öhlen am 24.11.2026, 10:00 Uhr."),
        "{}",
        page.body
    );
    assert_eq!(
        browser.post("/outsource/agreement", &[("agree", "1")]).await.status,
        StatusCode::FORBIDDEN
    );
}

async fn permissions_follow_section_four(engine) {
    let mut browser = Browser::set_up(engine).await;
    let early = browser.add_person("tom@nordlicht.example", "service_desk_user").await;
    browser.accept_agreement().await;
    let manager = browser.add_person("eva@nordlicht.example", "manager").await;
    let page = browser.get("/outsource/permissions").await;
    let chosen = |id: &str, level: &str| {
        let (_, select) = page.body.split_once(&format!("name=\"level-{id}\"")).unwrap();
        select.split("</select>").next().unwrap().contains(&format!("value=\"{level}\" selected"))
    };
    assert!(chosen("1", "all") && chosen(&early, "outsourcing") && chosen(&manager, "none"));
    let (seen, level) = (format!("seen-{manager}"), format!("level-{manager}"));
    let form = [(seen.as_str(), "none"), (level.as_str(), "partner_management")];
    browser.done("/outsource/permissions", &form).await;
    // The same page in a second window still shows «none».
    let late = browser
        .post("/outsource/permissions", &[(seen.as_str(), "none"), (level.as_str(), "all")])
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let forged = [("seen-1", "all"), ("level-1", "none")];
    let page = browser.post("/outsource/permissions", &forged).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = browser
        .post(
            "/people/1",
            &[("tab", "security"), ("version", "2"), ("security", "manager"), ("active", "1")],
        )
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "the last administrator stays");
}

async fn a_password_is_changed_by_whoever_knows_it(engine) {
    let mut browser = Browser::set_up(engine).await;
    let next = "acht Staffeln laufen";
    let form = |old| [("old", old), ("new", next), ("again", next)];
    let page = browser.post("/preferences/password", &form("geraten")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("field-old-error"));
    let first = browser.cookie.clone();
    let sign_in = [("email", "jana@nordlicht.example"), ("password", PASSWORD)];
    browser.cookie.clear();
    browser.done("/sign-in", &sign_in).await;
    browser.done("/preferences/password", &form(PASSWORD)).await;
    assert_eq!(browser.get("/preferences").await.status, StatusCode::OK);
    browser.cookie = first;
    let page = browser.get("/preferences").await;
    assert!(page.location.starts_with("/sign-in"), "the other session has ended");
}

async fn what_belongs_to_another_company_is_not_there(engine) {
    let mut browser = Browser::set_up(engine).await;
    let to = browser.done("/organizations", &organization_form("Krume", "")).await;
    let path = format!("/organizations/{}", number(&to));
    browser.done(&format!("{path}/contacts"), &[("first_name", "U"), ("last_name", "W")]).await;
    found_other(&browser.app).await;
    browser.cookie.clear();
    browser.done("/sign-in", &[("email", "kim@sued.example"), ("password", PASSWORD)]).await;
    for path in [
        path.clone(),
        format!("{path}/edit"),
        format!("{path}/contacts/new"),
        "/contacts/1/edit".into(),
        "/people/1".into(),
    ] {
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut form = organization_form("Gestohlen", "1");
    form.retain(|(name, _)| *name != "owner");
    form.push(("owner", "2"));
    assert_eq!(browser.post(&path, &form).await.status, StatusCode::NOT_FOUND);
    let reset = browser.post("/people/1/password", &[("password", "gekapert gekapert")]).await;
    assert_eq!(reset.status, StatusCode::NOT_FOUND);
    let csv = browser.get("/audit.csv").await;
    assert!(csv.status.is_success() && !csv.body.contains("Krume"), "{}", csv.body);
}
}

async fn found_other(app: &App) {
    let hash = staffel::secret::hash_password(PASSWORD).unwrap();
    let founding = Founding {
        company: NewCompany {
            name: "Südwind".into(),
            language: Language::De,
            time_zone: "Europe/Berlin".into(),
            currency: Currency::Eur,
        },
        person: NewPerson {
            email: "kim@sued.example".into(),
            first_name: "Kim".into(),
            last_name: "Süd".into(),
            phone: String::new(),
            password_hash: hash,
            security: SecurityLevel::Administrator,
            outsourcing: OutsourcingLevel::All,
            operator: false,
        },
    };
    let now = app.clock.now();
    app.db
        .write(move |tx| found(tx, &founding, now).map(|_| ()))
        .await
        .map_err(|problem: Problem| format!("{problem:?}"))
        .unwrap();
}
