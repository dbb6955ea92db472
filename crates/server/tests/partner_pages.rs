//! Partners and invitations, walked through as browsers would: both companies, a stranger with a link, the mails.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::similar_names, reason = "token and taken are what they are called")]

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use jiff::SignedDuration;
use staffel::app::App;
use staffel::clock::Clock;
use staffel::jobs::mailer;
use staffel::store;
use staffel::store::mails::Mail;
use tower::ServiceExt;

#[path = "shared/both.rs"]
mod both;
#[path = "shared/house.rs"]
mod house;

use both::on_both;
use house::{Engine, House};

const PASSWORD: &str = "sieben Staffeln laufen";

/// An installation with the company that invites.
struct Place {
    app: App,
    router: Router,
    _house: House,
}

/// A browser: what it was told to remember.
#[derive(Default)]
struct Browser {
    cookie: String,
}

struct Page {
    status: StatusCode,
    location: String,
    body: String,
}

impl Page {
    fn shows(self, text: &str) -> Self {
        assert!(self.body.contains(text), "«{text}» is missing: {}", self.body);
        self
    }

    fn hides(self, text: &str) -> Self {
        assert!(!self.body.contains(text), "«{text}» is there: {}", self.body);
        self
    }
}

impl Place {
    /// The lead company with its administrator, signed in; the agreement is accepted.
    async fn with_lead(engine: Engine) -> (Self, Browser) {
        let clock = Clock::fixed("2026-11-24T09:00:00Z".parse().unwrap());
        let open = move || House::open(engine, clock, None).unwrap();
        let house = tokio::task::spawn_blocking(open).await.unwrap();
        let app = house.app.clone();
        let router = staffel::serve::router(app.clone(), None);
        let place = Self { app, router, _house: house };
        let mut lead = Browser::default();
        let token = place.app.setup_token.to_string();
        let setup = [
            ("token", token.as_str()),
            ("company", "Nordlicht IT GmbH"),
            ("language", "de"),
            ("time_zone", "Europe/Berlin"),
            ("currency", "EUR"),
            ("first_name", "Jana"),
            ("last_name", "Öhlen"),
            ("email", "jana@nordlicht.example"),
            ("password", PASSWORD),
            ("repeat", PASSWORD),
        ];
        place.done(&mut lead, "/setup", &setup).await;
        (place, lead)
    }

    async fn agreed(engine: Engine) -> (Self, Browser) {
        let (place, mut lead) = Self::with_lead(engine).await;
        place.done(&mut lead, "/outsource/agreement", &[("agree", "1")]).await;
        (place, lead)
    }

    async fn send(&self, browser: &mut Browser, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let head = |name| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or("").to_owned()
        };
        let (location, cookie) = (head(header::LOCATION), head(header::SET_COOKIE));
        if let Some((session, _)) = cookie.split_once(';') {
            session.clone_into(&mut browser.cookie);
        }
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        // Where a word may break is no letter of it.
        let body = String::from_utf8(body.to_vec()).unwrap().replace("<wbr>", "");
        Page { status, location, body }
    }

    async fn get(&self, browser: &mut Browser, path: &str) -> Page {
        let request = Request::get(path).header(header::COOKIE, &browser.cookie);
        self.send(browser, request.body(Body::empty()).unwrap()).await
    }

    async fn ok(&self, browser: &mut Browser, path: &str) -> Page {
        let page = self.get(browser, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        assert_eq!(bare_keys(&page.body), Vec::<&str>::new(), "{path}");
        page
    }

    async fn post(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = Request::post(path)
            .header(header::COOKIE, &browser.cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let form = serde_urlencoded::to_string(fields).unwrap();
        self.send(browser, request.body(Body::from(form)).unwrap()).await
    }

    async fn done(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
        let page = self.post(browser, path, fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path} {fields:?}: {}", page.body);
        page.location
    }

    async fn refused(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.post(browser, path, fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", page.body);
        page
    }

    /// Adds an organization with a contact, who is chosen as recipient if they have an address.
    async fn organization(&self, lead: &mut Browser, name: &str, email: &str) -> String {
        let fields = [
            ("name", name),
            ("type", "partner"),
            ("phone", "030 1"),
            ("owner", "1"),
            ("active", "1"),
        ];
        let to = self.done(lead, "/organizations", &fields).await;
        let id = number(&to);
        let contact = [("first_name", "Petra"), ("last_name", "Kühn"), ("email", email)];
        self.done(lead, &format!("/organizations/{id}/contacts"), &contact).await;
        if !email.is_empty() {
            let own = self.ok(lead, &format!("/partners/{id}/recipient")).await.shows(email);
            // The primary contact is proposed.
            let chosen = own
                .body
                .split("\" selected>")
                .next()
                .unwrap()
                .rsplit('"')
                .next()
                .unwrap()
                .to_owned();
            let path = format!("/partners/{id}/recipient");
            assert_eq!(
                self.done(lead, &path, &[("contact", &chosen)]).await,
                "/partners?done=done-partner-recipient"
            );
        }
        id
    }

    async fn mails(&self) -> Vec<Mail> {
        let mut all = self.app.db.read(|tx| store::mails::page(tx, "", None, None)).await.unwrap();
        all.reverse();
        all
    }

    /// The token in the newest invitation.
    async fn token(&self) -> String {
        let mails = self.mails().await;
        let mail = mails.iter().rfind(|mail| mail.kind == "invitation").expect("an invitation");
        let rest = mail.body.split("http://127.0.0.1:8080/invitation/").nth(1).expect("a link");
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

fn number(location: &str) -> String {
    let path = location.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

/// Texts of a page that look like a key whose words are missing.
fn bare_keys(html: &str) -> Vec<&str> {
    let prefixes = [
        "partner-",
        "partners-",
        "partnership-",
        "invitation-",
        "register-",
        "mailbox-",
        "mail-",
        "form-",
        "refusal-",
    ];
    let between = html.split('>').filter_map(|part| part.split('<').next());
    between
        .map(str::trim)
        .filter(|text| {
            prefixes.iter().any(|prefix| text.starts_with(prefix)) && !text.contains(' ')
        })
        .collect()
}

fn registration<'a>(token: &'a str, company: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("invitation", token),
        ("company", company),
        ("language", "en"),
        ("time_zone", "Europe/Vienna"),
        ("currency", "EUR"),
        ("first_name", "Petra"),
        ("last_name", "Kühn"),
        ("email", email),
        ("phone", ""),
        ("password", PASSWORD),
        ("repeat", PASSWORD),
    ]
}

on_both! {
async fn from_the_invitation_to_the_active_partner(engine) {
    let (place, mut lead) = Place::agreed(engine).await;
    let id = place.organization(&mut lead, "Südwind Service", "petra@suedwind.example").await;
    place
        .ok(&mut lead, "/partners")
        .await
        .shows("Südwind Service")
        .shows("Nicht eingeladen")
        .shows("petra@suedwind.example");
    let to = place
        .done(
            &mut lead,
            "/partners/invitations",
            &[("organization", &id), ("back", "/partners?q=S")],
        )
        .await;
    assert_eq!(to, "/partners?q=S&done=done-partner-invited");
    let mail = place.mails().await.pop().unwrap();
    assert_eq!(mail.subject, "Nordlicht IT GmbH lädt Sie zur Zusammenarbeit ein");
    assert!(
        mail.body.contains("Guten Tag Petra Kühn") && mail.body.contains("24.12.2026"),
        "{}",
        mail.body
    );
    assert!(mail.html.contains("<a href=\"http://127.0.0.1:8080/invitation/"), "{}", mail.html);

    let token = place.token().await;
    let mut stranger = Browser::default();
    let own = format!("/invitation/{token}");
    place
        .ok(&mut stranger, &own)
        .await
        .shows("Nordlicht IT GmbH")
        .shows("Jana Öhlen")
        .shows("/register?invitation=");
    assert_eq!(
        place.post(&mut stranger, &format!("{own}/acceptance"), &[]).await.location,
        "/sign-in"
    );
    let page = place.get(&mut stranger, "/invitation/guessed").await.hides("Nordlicht");
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(place.get(&mut stranger, "/register").await.status, StatusCode::NOT_FOUND);
    place
        .ok(&mut stranger, &format!("/register?invitation={token}"))
        .await
        .shows("Südwind Service")
        .shows("Kühn");

    let mut wrong = registration(&token, "Südwind <Service>", "petra@suedwind.example");
    wrong.retain(|(name, _)| *name != "repeat");
    wrong.push(("repeat", "vertippt vertippt"));
    place
        .refused(&mut stranger, "/register", &wrong)
        .await
        .shows("Südwind &lt;Service&gt;")
        .shows("verschieden")
        .hides(PASSWORD);
    let taken = registration(&token, "Südwind", "jana@nordlicht.example");
    place.refused(&mut stranger, "/register", &taken).await.shows("schon jemand");
    let good = registration(&token, "Südwind Service GmbH", "Petra@Suedwind.example");
    assert_eq!(
        place.done(&mut stranger, "/register", &good).await,
        "/received?done=done-registered"
    );
    place.ok(&mut stranger, "/received").await;
    for path in [own, format!("/register?invitation={token}")] {
        assert_eq!(place.get(&mut Browser::default(), &path).await.status, StatusCode::NOT_FOUND);
    }
    let again = registration(&token, "Zweite", "zweite@suedwind.example");
    assert_eq!(
        place.post(&mut Browser::default(), "/register", &again).await.status,
        StatusCode::NOT_FOUND
    );

    let answer = place.mails().await.pop().unwrap();
    assert_eq!(answer.to_address, "jana@nordlicht.example");
    assert_eq!(answer.subject, "Südwind Service hat Ihre Einladung angenommen");
    assert!(answer.body.contains("Petra Kühn hat Ihre Einladung"), "{}", answer.body);
    place.ok(&mut lead, "/partners?status=active").await.shows("Südwind Service GmbH");
    place.done(&mut lead, "/partners/1/deactivation", &[]).await;
    place.ok(&mut lead, "/partners?status=active").await.hides("Südwind");
    place.refused(&mut lead, "/partners/1/deactivation", &[]).await;
    place.done(&mut lead, "/partners/1/reactivation", &[]).await;
    place
        .ok(&mut lead, "/partners/1/history")
        .await
        .shows("Petra Kühn")
        .shows("Eingeladene Firma")
        .shows("Partner deaktiviert");
    // What is the lead's is not there for its partner, whatever that may do in its own house.
    place.done(&mut stranger, "/outsource/agreement", &[("agree", "1")]).await;
    place.ok(&mut stranger, "/partners").await.hides("deactivation");
    assert_eq!(place.get(&mut stranger, "/partners/1/history").await.status, StatusCode::NOT_FOUND);
    let page = place.post(&mut stranger, "/partners/1/deactivation", &[]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}


async fn old_links_are_void_and_several_are_invited_at_once(engine) {
    let (place, mut lead) = Place::agreed(engine).await;
    let first = place.organization(&mut lead, "Erste", "a@erste.example").await;
    let second = place.organization(&mut lead, "Zweite", "").await;
    place.ok(&mut lead, "/partners?sort=-status").await.shows("disabled");
    place.refused(&mut lead, "/partners/invitations", &[]).await.shows("keine Organisation");
    let both = [("organization", first.as_str()), ("organization", second.as_str())];
    let page = place.post(&mut lead, "/partners/invitations", &both).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("Eine Einladung ist unterwegs").shows("<strong>Zweite</strong>");
    place.refused(&mut lead, "/partners/invitations", &both).await.shows("<strong>Erste</strong>");
    assert_eq!(place.mails().await.len(), 1);

    for sort in ["name", "status", "invited", "outsourced"] {
        let path = |sort: &str, after: &str| format!("/partners?sort={sort}&after={after}");
        let (up, down) = (path(sort, "0~"), path(&format!("-{sort}"), "99~zzz"));
        place.ok(&mut lead, &format!("/partners?sort={sort}")).await.shows("Erste").shows("Zweite");
        place.ok(&mut lead, &up).await;
        place.ok(&mut lead, &down).await;
    }
    place.ok(&mut lead, "/partners?after=1~erste").await.hides(">Erste<").shows(">Zweite<");
    place.ok(&mut lead, "/partners?sort=-name&after=2~zweite").await.shows(">Erste<").hides(">Zweite<");
    place.ok(&mut lead, "/partners?recipient=K%C3%BChn&kind=partner").await.shows(">Erste<").hides(">Zweite<");

    let old = place.token().await;
    place.done(&mut lead, "/partners/1/renewal", &[]).await;
    let mails = place.mails().await;
    assert_eq!(mails.len(), 1, "the one that still waited is replaced");
    let renewed = place.token().await;
    let mut stranger = Browser::default();
    let status = |page: Page| page.status;
    assert_eq!(
        status(place.get(&mut stranger, &format!("/invitation/{old}")).await),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        status(place.get(&mut stranger, &format!("/invitation/{renewed}")).await),
        StatusCode::OK
    );
    place.done(&mut lead, "/partners/1/withdrawal", &[]).await;
    assert_eq!(
        status(place.get(&mut stranger, &format!("/invitation/{renewed}")).await),
        StatusCode::NOT_FOUND
    );
    assert_eq!(place.mails().await.len(), 0, "what was taken back is not sent");

    place.done(&mut lead, "/partners/invitations", &[("organization", &first)]).await;
    let token = place.token().await;
    place.app.clock.advance(SignedDuration::from_hours(30 * 24));
    assert_eq!(
        status(place.get(&mut stranger, &format!("/invitation/{token}")).await),
        StatusCode::OK
    );
    place.app.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(
        status(place.get(&mut stranger, &format!("/invitation/{token}")).await),
        StatusCode::NOT_FOUND
    );
    let form = registration(&token, "Erste", "a@erste.example");
    assert_eq!(status(place.post(&mut stranger, "/register", &form).await), StatusCode::NOT_FOUND);
}


async fn a_company_answers_once_and_only_by_its_administrators(engine) {
    let (place, mut lead) = Place::agreed(engine).await;
    let first = place.organization(&mut lead, "Südwind", "petra@suedwind.example").await;
    let second = place.organization(&mut lead, "Südwind Süd", "sued@suedwind.example").await;
    place.done(&mut lead, "/partners/invitations", &[("organization", &first)]).await;
    let token = place.token().await;
    let own = format!("/invitation/{token}/acceptance");
    place.refused(&mut lead, &own, &[]).await.shows("eigenen Firma");
    place.ok(&mut lead, &format!("/invitation/{token}")).await.hides("/acceptance");
    let mut partner = Browser::default();
    let form = registration(&token, "Südwind", "petra@suedwind.example");
    place.done(&mut partner, "/register", &form).await;

    place.done(&mut lead, "/partners/invitations", &[("organization", &second)]).await;
    let token = place.token().await;
    let own = format!("/invitation/{token}");
    place
        .ok(&mut partner, &own)
        .await
        .shows("is already a service partner of Nordlicht IT GmbH")
        .hides("/acceptance");
    place
        .refused(&mut partner, &format!("{own}/acceptance"), &[])
        .await
        .shows("is already a service partner");
    let person = [
        ("first_name", "Uwe"),
        ("last_name", "Aal"),
        ("email", "uwe@suedwind.example"),
        ("phone", ""),
        ("security", "manager"),
        ("password", PASSWORD),
    ];
    place.done(&mut partner, "/people", &person).await;
    let mut manager = Browser::default();
    let login = [("email", "uwe@suedwind.example"), ("password", PASSWORD), ("next", own.as_str())];
    assert_eq!(place.done(&mut manager, "/sign-in", &login).await, own);
    place.ok(&mut manager, &own).await.shows("Only an administrator").hides("/refusal");
    let page = place.post(&mut manager, &format!("{own}/refusal"), &[]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let to = place.done(&mut partner, &format!("{own}/refusal"), &[]).await;
    assert_eq!(to, "/tickets?done=done-invitation-declined");
    assert_eq!(
        place.mails().await.pop().unwrap().subject,
        "Südwind Süd hat Ihre Einladung abgelehnt"
    );
    place
        .ok(&mut lead, "/partners?status=declined")
        .await
        .shows("Südwind Süd")
        .shows("Erneut einladen");
}


async fn the_text_of_the_invitation(engine) {
    let (place, mut lead) = Place::agreed(engine).await;
    let here = "/partners/invitation-text";
    place
        .ok(&mut lead, here)
        .await
        .shows("{company} lädt Sie")
        .shows("<code>{sender_phone}</code>");
    place
        .ok(&mut lead, "/partners/invitation-text?language=en")
        .await
        .shows("{company} invites you");
    let typed = [("language", "de"), ("subject", "Hallo <du>"), ("body", "Komm zu {firma}")];
    place
        .refused(&mut lead, here, &typed)
        .await
        .shows("{firma}")
        .shows("Hallo &lt;du&gt;")
        .shows("field-body-error");
    let typed = [("language", "de"), ("subject", "Hallo {first_name}"), ("body", "Komm:\n{link}")];
    let page = place.post(&mut lead, "/partners/invitation-text/preview", &typed).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("<strong>Hallo Petra</strong>").shows("Komm:");
    place.ok(&mut lead, here).await.shows("{company} lädt Sie");
    let to = place.done(&mut lead, here, &typed).await;
    assert_eq!(to, "/partners/invitation-text?language=de&done=done-invitation-text-saved");
    let id = place.organization(&mut lead, "Erste", "a@erste.example").await;
    place.done(&mut lead, "/partners/invitations", &[("organization", &id)]).await;
    let mail = place.mails().await.pop().unwrap();
    assert_eq!(mail.subject, "Hallo Petra");
    assert!(mail.body.starts_with("Komm:\nhttp://127.0.0.1:8080/invitation/"), "{}", mail.body);
    place.done(&mut lead, "/partners/invitation-text/standard", &[("language", "de")]).await;
    place.ok(&mut lead, here).await.shows("{company} lädt Sie");
}


async fn before_the_agreement_and_without_the_right_nothing_opens(engine) {
    let (place, mut lead) = Place::with_lead(engine).await;
    let pages =
        ["/partners", "/partners/invitation-text", "/partners/1/recipient", "/partners/1/history"];
    let posts = [
        "/partners/invitations",
        "/partners/invitation-text",
        "/partners/invitation-text/preview",
        "/partners/invitation-text/standard",
        "/partners/1/recipient",
        "/partners/1/renewal",
        "/partners/1/withdrawal",
        "/partners/1/deactivation",
        "/partners/1/reactivation",
    ];
    let person = [
        ("first_name", "Uwe"),
        ("last_name", "Aal"),
        ("email", "uwe@nordlicht.example"),
        ("phone", ""),
        ("security", "service_desk_user"),
        ("password", PASSWORD),
    ];
    place.done(&mut lead, "/people", &person).await;
    let mut uwe = Browser::default();
    let login = [("email", "uwe@nordlicht.example"), ("password", PASSWORD)];
    place.done(&mut uwe, "/sign-in", &login).await;
    for agreed in [false, true] {
        let browsers = if agreed { vec![&mut uwe] } else { vec![&mut lead, &mut uwe] };
        for browser in browsers {
            for path in pages {
                assert_eq!(place.get(browser, path).await.status, StatusCode::FORBIDDEN, "{path}");
            }
            for path in posts {
                let page = place.post(browser, path, &[("organization", "1")]).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
            }
        }
        if !agreed {
            place.done(&mut lead, "/outsource/agreement", &[("agree", "1")]).await;
        }
    }
    assert_eq!(place.get(&mut uwe, "/operator/mailbox").await.status, StatusCode::FORBIDDEN);
    for path in ["/partners/99/recipient", "/partners/99/history"] {
        assert_eq!(place.get(&mut lead, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}


async fn the_operator_reads_what_could_not_be_sent(engine) {
    let (place, mut lead) = Place::agreed(engine).await;
    place.ok(&mut lead, "/operator/mailbox").await.shows("Noch keine E-Mails");
    let id = place.organization(&mut lead, "Erste", "a@erste.example").await;
    place.done(&mut lead, "/partners/invitations", &[("organization", &id)]).await;
    place.ok(&mut lead, "/operator/mailbox").await.shows("Wartet").shows("a@erste.example");
    // Whoever claims a mail has it for a while, and has it alone.
    let now = place.app.clock.now();
    let claim = move |tx: &mut db::Tx| store::mails::claim(tx, now, Duration::from_mins(5), 8);
    assert_eq!(place.app.db.write(claim).await.unwrap().len(), 1);
    assert_eq!(place.app.db.write(claim).await.unwrap().len(), 0);
    place.app.clock.advance(SignedDuration::from_secs(300));
    assert_eq!(mailer::deliver_once(&place.app).await, 0);
    place.ok(&mut lead, "/operator/mailbox?state=kept&q=erste").await.shows("Nicht verschickt");
    place.ok(&mut lead, "/operator/mailbox?state=sent").await.shows("Keine E-Mail gefunden");
    let token = place.token().await;
    let mail = place.mails().await.pop().unwrap();
    let link = format!("<a href=\"http://127.0.0.1:8080/invitation/{token}\"");
    place.ok(&mut lead, &format!("/operator/mailbox/{}", mail.id)).await.shows(&link);
}
}
