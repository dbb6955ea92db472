//! Who stands at the door: signed in, with a language, a time zone, a theme.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use db::Tx;
use domain::ids::CompanyId;
use domain::language::Language;
use domain::message::Message;
use domain::permission::{Actor, Permission};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::cookie;
use super::speak::Speaker;
use crate::app::{Acting, App};
use crate::format::Format;
use crate::problem::Problem;
use crate::store;
use crate::words::Words;

/// A person at the door.
#[derive(Clone)]
pub struct Visit {
    /// The program.
    pub app: App,
    /// The person, the instant, the address.
    pub acting: Acting,
    /// Their way of writing.
    pub format: Format,
    /// Words in their language.
    pub words: &'static Words,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// What stands in the frame around every page.
    pub frame: Arc<FrameFacts>,
    /// Whether the session should be marked as seen.
    seen_long_ago: bool,
}

/// Facts for the navigation, read with the session.
#[derive(Debug, Clone, Default)]
pub struct FrameFacts {
    /// The company's name.
    pub company: String,
    /// Offers that wait for our answer.
    pub waiting_acceptance: i64,
    /// Reported completions that wait for our approval.
    pub waiting_approval: i64,
    /// Path of this request, to mark the current entry.
    pub path: String,
    /// Path and query, for links that come back here.
    pub here: String,
}

impl Visit {
    /// The person and their rights.
    pub fn actor(&self) -> &Actor {
        &self.acting.actor
    }

    /// Their company.
    pub fn company(&self) -> CompanyId {
        self.acting.actor.company
    }

    /// The instant of this request.
    pub fn now(&self) -> Timestamp {
        self.acting.now
    }

    /// A word without variables.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.words.t(key)
    }

    /// A sentence with variables.
    pub fn say(&self, message: &Message) -> String {
        self.words.say(message, &self.format)
    }

    /// Whether the person may.
    pub fn may(&self, permission: Permission) -> bool {
        domain::permission::allows(&self.acting.actor, permission).is_ok()
    }

    /// Stops the request if the person may not.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        domain::permission::allows(&self.acting.actor, permission).map_err(Problem::Forbidden)
    }

    /// Reads on behalf of the person's company.
    pub async fn read<T: Send + 'static>(
        &self,
        mut read: impl FnMut(&mut Tx, &Acting) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let acting = self.acting.clone();
        self.app.db.read(move |tx| read(tx, &acting)).await
    }

    /// Runs an action in one transaction.
    pub async fn write<T: Send + 'static>(
        &self,
        mut write: impl FnMut(&mut Tx, &Acting) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let acting = self.acting.clone();
        self.app.db.write(move |tx| write(tx, &acting)).await
    }
}

/// A request whose visitor has not been looked up yet. Pages that are asked for most look them up in the same
/// reading as what they show: each reading is a way to a thread of the database and back.
pub struct Arrival {
    app: App,
    now: Timestamp,
    digest: String,
    ip: String,
    path: String,
    /// Path and query.
    pub here: String,
    is_click: bool,
    speaker: Speaker,
}

impl Arrival {
    /// Looks up the visitor and reads on their behalf.
    pub async fn read<T: Send + 'static>(
        self,
        mut read: impl FnMut(&mut Tx, &Visit) -> Result<T, Problem> + Send + 'static,
    ) -> Result<(Visit, T), Problem> {
        let (app, digest, now) = (self.app.clone(), self.digest.clone(), self.now);
        let (speaker, is_click) = (self.speaker.clone(), self.is_click);
        let found = app
            .db
            .read(move |tx| {
                let visitor = store::sessions::visitor(tx, &self.digest, now, self.app.idle())?
                    .ok_or(Problem::SignIn)?;
                let visit = self.visit(visitor);
                self.speaker.introduce(&visit);
                let found = read(tx, &visit)?;
                Ok((visit, found))
            })
            .await;
        // Whatever came of it: somebody clicked.
        if is_click && speaker.visit().is_some_and(|visit| visit.seen_long_ago) {
            app.db.write(move |tx| store::sessions::seen(tx, &digest, now)).await?;
        }
        found
    }

    fn visit(&self, visitor: store::sessions::Visitor) -> Visit {
        let language = visitor.actor.language;
        let zone = TimeZone::get(&visitor.time_zone).unwrap_or(TimeZone::UTC);
        let frame = FrameFacts {
            company: visitor.company_name,
            waiting_acceptance: visitor.waiting_acceptance,
            waiting_approval: visitor.waiting_approval,
            path: self.path.clone(),
            here: self.here.clone(),
        };
        Visit {
            app: self.app.clone(),
            acting: Acting {
                actor: visitor.actor,
                now: self.now,
                ip: self.ip.clone(),
                base_url: self.app.config.public_url.as_str().into(),
                languages: self.app.config.languages,
            },
            format: Format { language, zone, now: self.now },
            words: Words::of(language),
            theme: visitor.theme,
            frame: Arc::new(frame),
            seen_long_ago: visitor.seen_long_ago,
        }
    }
}

impl FromRequestParts<App> for Arrival {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = cookie::token(&app.config, &parts.headers).ok_or(Problem::SignIn)?;
        Ok(Self {
            app: app.clone(),
            now: app.clock.now(),
            digest: crate::secret::digest(token),
            ip: address(app, parts).to_string(),
            path: parts.uri.path().to_owned(),
            here: parts.uri.path_and_query().map_or_else(String::new, ToString::to_string),
            is_click: is_a_click(parts),
            speaker: parts.extensions.get::<Speaker>().cloned().unwrap_or_default(),
        })
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let arrival = Arrival::from_request_parts(parts, app).await?;
        Ok(arrival.read(|_, _| Ok(())).await?.0)
    }
}

/// What a page asks for by itself is no click: a browser that somebody forgot must not keep the session alive.
fn is_a_click(parts: &Parts) -> bool {
    !parts.uri.path().starts_with("/live/") && !parts.headers.contains_key("x-part")
}

/// Somebody who need not be signed in: sign-in, invitations, set-up.
#[derive(Clone)]
pub struct Stranger {
    /// The program.
    pub app: App,
    /// The instant of this request.
    pub now: Timestamp,
    /// Where it came from.
    pub ip: String,
    /// Words in the language their browser asks for.
    pub words: &'static Words,
    /// UTC, as nothing is known of them.
    pub format: Format,
    /// The session token they bring, if any (to end it).
    pub token: Option<String>,
    /// Path and query.
    pub here: String,
}

impl Stranger {
    /// A word without variables.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.words.t(key)
    }

    /// A sentence with variables.
    pub fn say(&self, message: &Message) -> String {
        self.words.say(message, &self.format)
    }
}

impl FromRequestParts<App> for Stranger {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let asked = parts.uri.query().and_then(asked_language);
        let language = asked.unwrap_or_else(|| browser_language(&parts.headers));
        let now = app.clock.now();
        Ok(Self {
            app: app.clone(),
            now,
            ip: address(app, parts).to_string(),
            words: Words::of(language),
            format: Format { language, zone: TimeZone::UTC, now },
            token: cookie::token(&app.config, &parts.headers).map(str::to_owned),
            here: parts.uri.path_and_query().map_or_else(String::new, ToString::to_string),
        })
    }
}

fn asked_language(query: &str) -> Option<Language> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Language::from_code)
}

/// German unless the browser prefers English: the first market is German-speaking.
pub fn browser_language(headers: &HeaderMap) -> Language {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    accepted
        .split(',')
        .filter_map(|entry| entry.trim().get(..2))
        .find_map(|code| Language::from_code(&code.to_ascii_lowercase()))
        .unwrap_or(Language::De)
}

/// The last address of the last line is what our own proxy saw; whatever stands before it the visitor may have written.
fn address(app: &App, parts: &Parts) -> IpAddr {
    let forwarded = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .filter(|_| app.config.trust_proxy)
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse().ok());
    forwarded
        .or_else(|| parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()))
        .unwrap_or(IpAddr::from([0, 0, 0, 0]))
}
