//! People: add, change, inactivate, set permissions, change one's own settings.

use db::Tx;
use domain::ids::{CompanyId, PersonId};
use domain::language::Language;
use domain::message::Message;
use domain::permission::{OutsourcingLevel, Permission, SecurityLevel};
use jiff::Timestamp;

use super::check;
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::people::{NewPerson, Person};

/// Adds a person; a taken address is a mistake at its field.
pub fn insert(tx: &mut Tx, company: CompanyId, new: &NewPerson, now: Timestamp) -> Result<PersonId, Problem> {
    store::people::create(tx, company, new, now).map_err(taken)
}

fn taken(error: db::Error) -> Problem {
    if error.is_unique() { Mistakes::one("email", Message::new("mistake-email-taken")) } else { error.into() }
}

/// Adds a person to the acting company; `password` as typed, its hash in `new`.
pub fn add(tx: &mut Tx, acting: &Acting, new: &NewPerson) -> Result<PersonId, Problem> {
    check::require(acting, Permission::AdministerPeople)?;
    let mut mistakes = Mistakes::default();
    names(&mut mistakes, &new.first_name, &new.last_name, &new.phone);
    check::email(&mut mistakes, "email", &new.email);
    mistakes.check()?;
    let mut new = new.clone();
    new.operator = false;
    new.outsourcing = first_level(acting, new.security);
    let id = insert(tx, acting.actor.company, &new, acting.now)?;
    let name = format!("{} {}", new.first_name, new.last_name);
    store::audits::record(tx, acting, "audit-person-added", &name, new.security.name())?;
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

fn names(mistakes: &mut Mistakes, first: &str, last: &str, phone: &str) {
    check::required(mistakes, "first_name", first, 50);
    check::required(mistakes, "last_name", last, 50);
    check::short(mistakes, "phone", phone, 25);
}

/// What an administrator changes about a person.
#[derive(Debug, Clone)]
pub struct Change {
    /// Whom.
    pub id: PersonId,
    /// Made from this version.
    pub version: i64,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Address to sign in with.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Security level.
    pub security: SecurityLevel,
    /// Outsourcing permission; `None` leaves it.
    pub outsourcing: Option<OutsourcingLevel>,
    /// Whether they may sign in.
    pub active: bool,
}

/// Changes a person of the acting company (resource management with the Security tab).
pub fn change(tx: &mut Tx, acting: &Acting, change: &Change) -> Result<(), Problem> {
    check::require(acting, Permission::AdministerPeople)?;
    let everybody = store::people::lock_all(tx, acting.actor.company)?;
    let before = everybody.iter().find(|person| person.id == change.id).ok_or(Problem::NotFound)?;
    let mut mistakes = Mistakes::default();
    names(&mut mistakes, &change.first_name, &change.last_name, &change.phone);
    check::email(&mut mistakes, "email", &change.email);
    mistakes.check()?;
    let after = Person {
        version: change.version,
        first_name: change.first_name.clone(),
        last_name: change.last_name.clone(),
        email: change.email.trim().to_lowercase(),
        phone: change.phone.clone(),
        security: change.security,
        outsourcing: level_after(before, change),
        active: change.active,
        ..before.clone()
    };
    keeps_somebody_in_charge(&everybody, before, &after)?;
    if !store::people::save(tx, &after).map_err(taken)? {
        return Err(Problem::Stale);
    }
    if !after.active {
        store::sessions::delete_others(tx, after.id, None)?;
    }
    let detail = format!("{}, {}", after.security.name(), after.outsourcing.name());
    store::audits::record(tx, acting, "audit-person-changed", &after.name(), &detail)?;
    Ok(())
}

/// Whoever becomes an administrator holds everything; whoever stops being one keeps what was chosen.
fn level_after(before: &Person, change: &Change) -> OutsourcingLevel {
    match change.security {
        SecurityLevel::Administrator => change.outsourcing.unwrap_or(OutsourcingLevel::All),
        _ => change.outsourcing.unwrap_or(before.outsourcing),
    }
}

/// Section 4: administrators never lower; at least one active person with Allow All; and one active administrator.
fn keeps_somebody_in_charge(everybody: &[Person], before: &Person, after: &Person) -> Result<(), Problem> {
    let others = everybody.iter().filter(|person| person.active && person.id != before.id);
    let (mut all, mut administrators) = (0_usize, 0_usize);
    for other in others {
        all += usize::from(other.outsourcing == OutsourcingLevel::All);
        administrators += usize::from(other.security == SecurityLevel::Administrator);
    }
    let target = domain::permission::Holder { security: after.security, outsourcing: before.outsourcing, active: after.active };
    domain::permission::change_level(&target, after.outsourcing, all)?;
    let still = after.active && after.security == SecurityLevel::Administrator;
    if administrators == 0 && !still {
        return Err(Mistakes::one("security", Message::new("mistake-last-administrator")));
    }
    Ok(())
}

/// Sets outsourcing permissions (Configure User Permissions): every changed row, or none.
pub fn set_levels(tx: &mut Tx, acting: &Acting, levels: &[(PersonId, OutsourcingLevel)]) -> Result<usize, Problem> {
    check::require(acting, Permission::ConfigurePermissions)?;
    let mut everybody = store::people::lock_all(tx, acting.actor.company)?;
    let mut changed = 0;
    // Raise before lowering, so that handing Allow All over works in one go.
    let mut ordered = levels.to_vec();
    ordered.sort_by_key(|(_, level)| std::cmp::Reverse(*level));
    for (id, level) in ordered {
        let before = everybody.iter().find(|person| person.id == id).cloned().ok_or(Problem::NotFound)?;
        if before.outsourcing == level {
            continue;
        }
        let after = Person { outsourcing: level, ..before.clone() };
        keeps_somebody_in_charge(&everybody, &before, &after)?;
        store::people::set_outsourcing(tx, acting.actor.company, id, level)?;
        let detail = format!("{} → {}", before.outsourcing.name(), level.name());
        store::audits::record(tx, acting, "audit-permission-changed", &before.name(), &detail)?;
        if let Some(row) = everybody.iter_mut().find(|person| person.id == id) {
            *row = after;
        }
        changed += 1;
    }
    Ok(changed)
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
    let own = store::people::of(tx, acting.actor.company, acting.actor.person)?.ok_or(Problem::NotFound)?;
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

/// Changes one's own password to this stored form; every other session of the person ends.
pub fn change_password(tx: &mut Tx, acting: &Acting, hash: &str, keep_session: &str) -> Result<(), Problem> {
    store::people::set_password(tx, acting.actor.company, acting.actor.person, hash)?;
    store::sessions::delete_others(tx, acting.actor.person, Some(keep_session))?;
    store::audits::record(tx, acting, "audit-password-changed", &acting.actor.name, "")?;
    Ok(())
}

/// Sets a person's password as their administrator; all their sessions end.
pub fn reset_password(tx: &mut Tx, acting: &Acting, id: PersonId, hash: &str) -> Result<(), Problem> {
    check::require(acting, Permission::AdministerPeople)?;
    let person = store::people::of(tx, acting.actor.company, id)?.ok_or(Problem::NotFound)?;
    store::people::set_password(tx, acting.actor.company, id, hash)?;
    store::sessions::delete_others(tx, id, None)?;
    store::audits::record(tx, acting, "audit-password-reset", &person.name(), "")?;
    Ok(())
}
