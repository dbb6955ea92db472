//! People: add, change, inactivate, set permissions, change one's own settings.

use db::Tx;
use domain::ids::{CompanyId, PersonId};
use domain::language::Language;
use domain::message::Message;
use domain::permission::{self, Holder, OutsourcingLevel, Permission, SecurityLevel};
use domain::ticket::limits;
use jiff::Timestamp;

use super::{check, sessions};
use crate::app::{Acting, App};
use crate::problem::{Mistakes, Problem};
use crate::store::audits::Subject;
use crate::store::people::{NewPerson, Person};
use crate::{secret, store};

/// Adds a person; a taken address is a mistake at its field.
pub fn insert(
    tx: &mut Tx,
    company: CompanyId,
    new: &NewPerson,
    now: Timestamp,
) -> Result<PersonId, Problem> {
    let new = NewPerson { email: new.email.trim().to_lowercase(), ..new.clone() };
    store::people::create(tx, company, &new, now).map_err(taken)
}

fn taken(error: db::Error) -> Problem {
    if error.is_unique() {
        Mistakes::one("email", Message::new("mistake-email-taken"))
    } else {
        error.into()
    }
}

/// What is wrong with a new person; `password` as typed.
pub fn mistakes(new: &NewPerson, password: &str) -> Mistakes {
    let mut mistakes = wrong(&new.first_name, &new.last_name, &new.email, &new.phone);
    check::password(&mut mistakes, "password", password);
    mistakes
}

/// Adds a person to the acting company, with the hash of a password that was checked before.
pub fn add(tx: &mut Tx, acting: &Acting, new: &NewPerson) -> Result<PersonId, Problem> {
    check::require(acting, Permission::AdministerPeople)?;
    wrong(&new.first_name, &new.last_name, &new.email, &new.phone).check()?;
    let mut new = new.clone();
    new.operator = false;
    new.outsourcing = first_level(acting, new.security);
    let id = insert(tx, acting.actor.company, &new, acting.now)?;
    let name = format!("{} {}", new.first_name, new.last_name);
    let words = ("audit-person-added", name.as_str(), new.security.name());
    store::audits::record_on(tx, acting, Subject::Person(id), words)?;
    Ok(id)
}

/// Later people take the default of their security level; before the agreement only administrators hold one (section 4).
fn first_level(acting: &Acting, security: SecurityLevel) -> OutsourcingLevel {
    if acting.actor.agreement || security == SecurityLevel::Administrator {
        security.default_outsourcing()
    } else {
        OutsourcingLevel::None
    }
}

fn wrong(first: &str, last: &str, email: &str, phone: &str) -> Mistakes {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "first_name", first, limits::PERSON_NAME);
    check::required(&mut mistakes, "last_name", last, limits::PERSON_NAME);
    check::email(&mut mistakes, "email", email);
    check::short(&mut mistakes, "phone", phone, limits::PHONE);
    mistakes
}

/// What an administrator changes about a person: one tab of the page at a time.
#[derive(Debug, Clone)]
pub struct Change {
    /// Whom.
    pub id: PersonId,
    /// Made from this version.
    pub version: i64,
    /// What.
    pub tab: Tab,
}

/// The tabs of a person's page.
#[derive(Debug, Clone)]
pub enum Tab {
    /// Name and addresses.
    Data {
        /// First name.
        first_name: String,
        /// Last name.
        last_name: String,
        /// Address to sign in with.
        email: String,
        /// Telephone.
        phone: String,
    },
    /// Rights.
    Security {
        /// Security level.
        security: SecurityLevel,
        /// Outsourcing permission; `None` leaves what follows from the security level.
        outsourcing: Option<OutsourcingLevel>,
        /// Whether they may sign in.
        active: bool,
    },
}

/// Changes a person of the acting company (resource management with the Security tab).
pub fn change(tx: &mut Tx, acting: &Acting, change: &Change) -> Result<(), Problem> {
    check::require(acting, Permission::AdministerPeople)?;
    let everybody = store::people::lock_all(tx, acting.actor.company)?;
    let before = everybody.iter().find(|person| person.id == change.id).ok_or(Problem::NotFound)?;
    if before.version != change.version {
        return Err(Problem::Stale);
    }
    let after = match &change.tab {
        Tab::Data { first_name, last_name, email, phone } => {
            wrong(first_name, last_name, email, phone).check()?;
            Person {
                first_name: first_name.clone(),
                last_name: last_name.clone(),
                email: email.trim().to_lowercase(),
                phone: phone.clone(),
                ..before.clone()
            }
        }
        Tab::Security { security, outsourcing, active } => {
            let level = level_after(acting, &everybody, before, *security, *outsourcing, *active)?;
            Person { security: *security, outsourcing: level, active: *active, ..before.clone() }
        }
    };
    if !store::people::save(tx, &after).map_err(taken)? {
        return Err(Problem::Stale);
    }
    if !after.active {
        store::sessions::delete_others(tx, after.id, None)?;
    }
    audit(tx, acting, before, &after)
}

/// A line for each thing that changed, with what it was before.
fn audit(tx: &mut Tx, acting: &Acting, before: &Person, after: &Person) -> Result<(), Problem> {
    let facts = |person: &Person| [person.name(), person.email.clone(), person.phone.clone()];
    let changed: Vec<String> = facts(before)
        .iter()
        .zip(&facts(after))
        .filter(|(was, is)| was != is)
        .map(|(was, is)| format!("{was} → {is}"))
        .collect();
    let activity = if after.active { "audit-person-activated" } else { "audit-person-inactivated" };
    let lines = [
        (!changed.is_empty()).then(|| ("audit-person-changed", changed.join("; "))),
        (before.active != after.active).then(|| (activity, String::new())),
        (before.security != after.security).then(|| {
            let detail = format!("{} → {}", before.security.name(), after.security.name());
            ("audit-security-changed", detail)
        }),
        (before.outsourcing != after.outsourcing)
            .then(|| ("audit-permission-changed", step(before.outsourcing, after.outsourcing))),
    ];
    for (action, detail) in lines.into_iter().flatten() {
        let words = (action, after.name(), detail);
        let subject = Subject::Person(after.id);
        store::audits::record_on(tx, acting, subject, (words.0, &words.1, &words.2))?;
    }
    Ok(())
}

/// From one outsourcing permission to another, as the audit keeps it.
pub fn step(from: OutsourcingLevel, to: OutsourcingLevel) -> String {
    format!("{} → {}", from.name(), to.name())
}

/// Section 4: administrators never lower; one active person with Allow All remains, and one active administrator.
fn level_after(
    acting: &Acting,
    everybody: &[Person],
    before: &Person,
    security: SecurityLevel,
    wanted: Option<OutsourcingLevel>,
    active: bool,
) -> Result<OutsourcingLevel, Problem> {
    let others = Others::besides(everybody, before.id);
    let mut holder = holder(before);
    if before.active && !active {
        permission::deactivate(&holder, others.allow_all, others.administrators)?;
    }
    if security != before.security {
        holder.outsourcing = permission::change_security(&holder, security, others.administrators)?;
        holder.security = security;
    }
    if security != SecurityLevel::Administrator && !acting.actor.agreement {
        // Before the agreement nobody but administrators holds a level (section 3).
        return Ok(OutsourcingLevel::None);
    }
    let level = wanted.unwrap_or(holder.outsourcing);
    if level != holder.outsourcing {
        permission::change_level(&holder, level, others.allow_all)?;
    }
    Ok(level)
}

/// The active people besides one, counted by what they hold.
struct Others {
    allow_all: usize,
    administrators: usize,
}

impl Others {
    fn besides(everybody: &[Person], id: PersonId) -> Self {
        let others = || everybody.iter().filter(|person| person.active && person.id != id);
        let is_administrator = |person: &&Person| person.security == SecurityLevel::Administrator;
        let holds_all = |person: &&Person| {
            person.outsourcing == OutsourcingLevel::All || is_administrator(person)
        };
        Self {
            allow_all: others().filter(holds_all).count(),
            administrators: others().filter(is_administrator).count(),
        }
    }
}

/// A person as the rules of the levels see them.
pub fn holder(person: &Person) -> Holder {
    Holder { security: person.security, outsourcing: person.outsourcing, active: person.active }
}

/// One row of Configure User Permissions.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Whose.
    pub id: PersonId,
    /// What the page showed.
    pub seen: OutsourcingLevel,
    /// What was chosen.
    pub wanted: OutsourcingLevel,
}

/// Sets outsourcing permissions (Configure User Permissions): every changed row, or none.
pub fn set_levels(tx: &mut Tx, acting: &Acting, rows: &[Row]) -> Result<usize, Problem> {
    check::require(acting, Permission::ConfigurePermissions)?;
    let mut everybody = store::people::lock_all(tx, acting.actor.company)?;
    let mut changes: Vec<Row> = rows.iter().copied().filter(|row| row.seen != row.wanted).collect();
    // Raise before lowering, so that handing Allow All over works in one go.
    changes.sort_by_key(|row| std::cmp::Reverse(row.wanted));
    for row in &changes {
        set_level(tx, acting, &mut everybody, *row)?;
    }
    Ok(changes.len())
}

fn set_level(
    tx: &mut Tx,
    acting: &Acting,
    everybody: &mut [Person],
    row: Row,
) -> Result<(), Problem> {
    let others = Others::besides(everybody, row.id);
    let person =
        everybody.iter_mut().find(|person| person.id == row.id).ok_or(Problem::NotFound)?;
    if person.outsourcing != row.seen {
        return Err(Problem::Stale);
    }
    permission::change_level(&holder(person), row.wanted, others.allow_all)?;
    store::people::set_outsourcing(tx, acting.actor.company, row.id, row.wanted)?;
    let (name, detail) = (person.name(), step(row.seen, row.wanted));
    let words = ("audit-permission-changed", name.as_str(), detail.as_str());
    store::audits::record_on(tx, acting, Subject::Person(row.id), words)?;
    person.outsourcing = row.wanted;
    Ok(())
}

/// One's own settings.
#[derive(Debug, Clone)]
pub struct Preferences {
    /// Language; `None` for the company's.
    pub language: Option<Language>,
    /// `system`, `light`, `dark`.
    pub theme: String,
    /// IANA time zone; `None` for the company's.
    pub time_zone: Option<String>,
}

/// Changes one's own settings.
pub fn prefer(tx: &mut Tx, acting: &Acting, wanted: &Preferences) -> Result<(), Problem> {
    let own = store::people::of(tx, acting.actor.company, acting.actor.person)?
        .ok_or(Problem::NotFound)?;
    let mut mistakes = Mistakes::default();
    if let Some(zone) = &wanted.time_zone {
        check::time_zone(&mut mistakes, "time_zone", zone);
    }
    if !["system", "light", "dark"].contains(&wanted.theme.as_str()) {
        mistakes.add("theme", Message::new("mistake-choice"));
    }
    mistakes.check()?;
    let changed = Person {
        language: wanted.language,
        theme: wanted.theme.clone(),
        time_zone: wanted.time_zone.clone(),
        ..own
    };
    if store::people::save(tx, &changed)? { Ok(()) } else { Err(Problem::Stale) }
}

/// Whether this is one's own password. Wrong tries slow down, as they do when signing in.
pub async fn confirm_password(app: &App, acting: &Acting, typed: String) -> Result<(), Problem> {
    let name = format!("password {}", acting.actor.person);
    own_password(app, acting, &name).await?;
    let place = app.hashing.enter().await?;
    // Asked again inside, and the place kept to the end: tries at one time count as tries one after the other.
    let stored = own_password(app, acting, &name).await?;
    let (_place, fits) = place.work(move || secret::password_fits(&typed, &stored)).await?;
    if fits {
        app.db.write(move |tx| store::throttles::forget(tx, &name)).await?;
        return Ok(());
    }
    let now = acting.now;
    app.db.write(move |tx| store::throttles::fail(tx, &name, now)).await?;
    Err(Mistakes::one("old", Message::new("mistake-password-wrong")))
}

/// The stored form of one's own password; a mistake if one has to wait.
async fn own_password(app: &App, acting: &Acting, name: &str) -> Result<String, Problem> {
    let (company, person, now) = (acting.actor.company, acting.actor.person, acting.now);
    let name = name.to_owned();
    let (wait, stored) = app
        .db
        .read(move |tx| {
            let wait = store::throttles::blocked_until(tx, &name, now)?;
            Ok::<_, Problem>((wait, store::people::password(tx, company, person)?))
        })
        .await?;
    match wait {
        Some(until) => Err(Mistakes::one("old", sessions::too_often(until, now))),
        None => stored.ok_or(Problem::NotFound),
    }
}

/// Changes one's own password to this stored form; every other session of the person ends.
pub fn change_password(
    tx: &mut Tx,
    acting: &Acting,
    hash: &str,
    keep_session: &str,
) -> Result<(), Problem> {
    store::people::set_password(tx, acting.actor.company, acting.actor.person, hash)?;
    store::sessions::delete_others(tx, acting.actor.person, Some(keep_session))?;
    let words = ("audit-password-changed", acting.actor.name.as_str(), "");
    store::audits::record_on(tx, acting, Subject::Person(acting.actor.person), words)?;
    Ok(())
}

/// Sets a person's password as their administrator; all their sessions end.
pub fn reset_password(
    tx: &mut Tx,
    acting: &Acting,
    id: PersonId,
    hash: &str,
) -> Result<(), Problem> {
    check::require(acting, Permission::AdministerPeople)?;
    let person = store::people::of(tx, acting.actor.company, id)?.ok_or(Problem::NotFound)?;
    store::people::set_password(tx, acting.actor.company, id, hash)?;
    store::sessions::delete_others(tx, id, None)?;
    let name = person.name();
    let words = ("audit-password-reset", name.as_str(), "");
    store::audits::record_on(tx, acting, Subject::Person(id), words)?;
    Ok(())
}
