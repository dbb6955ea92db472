//! Companies: set up the first, register through an invitation, change the settings.

use db::Tx;
use domain::ids::{CompanyId, PersonId};
use domain::message::Message;
use domain::permission::{OutsourcingLevel, Permission, SecurityLevel};
use jiff::Timestamp;

use super::check;
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::audits::Door;
use crate::store::companies::{Company, NewCompany};
use crate::store::people::NewPerson;
use crate::words::Words;

/// A company and its first administrator, as typed.
#[derive(Debug, Clone)]
pub struct Founding {
    /// The company.
    pub company: NewCompany,
    /// Its first administrator; the password is hashed already.
    pub person: NewPerson,
}

/// What is wrong with a founding; `password` as typed.
pub fn mistakes(founding: &Founding, password: &str) -> Mistakes {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "company", &founding.company.name, 100);
    check::time_zone(&mut mistakes, "time_zone", &founding.company.time_zone);
    check::required(&mut mistakes, "first_name", &founding.person.first_name, 50);
    check::required(&mut mistakes, "last_name", &founding.person.last_name, 50);
    check::email(&mut mistakes, "email", &founding.person.email);
    check::password(&mut mistakes, "password", password);
    mistakes
}

/// Creates the first company of an installation; once there is one, the door is shut.
pub fn found_first(
    tx: &mut Tx,
    founding: &Founding,
    now: Timestamp,
    ip: &str,
) -> Result<(CompanyId, PersonId), Problem> {
    if store::companies::any(tx)? {
        return Err(Problem::NotFound);
    }
    let (company, person) = found(tx, founding, now)?;
    store::audits::at_door(tx, person, Door::Opened, ("audit-company-founded", ip, now))?;
    Ok((company, person))
}

/// Creates a company with its first administrator and two queues.
pub fn found(
    tx: &mut Tx,
    founding: &Founding,
    now: Timestamp,
) -> Result<(CompanyId, PersonId), Problem> {
    let company = store::companies::create(tx, &founding.company, now)?;
    let words = Words::of(founding.company.language);
    let first = store::queues::create(tx, company, words.t("queue-service-desk"))?;
    store::queues::create(tx, company, words.t("queue-field-service"))?;
    let mut person = founding.person.clone();
    person.security = SecurityLevel::Administrator;
    person.outsourcing = OutsourcingLevel::All;
    let person = super::people::insert(tx, company, &person, now)?;
    let stored = store::companies::of(tx, company)?.ok_or(Problem::NotFound)?;
    store::companies::save(tx, &Company { default_queue: Some(first), ..stored })?;
    Ok((company, person))
}

/// Changes the settings of the acting company.
pub fn change(tx: &mut Tx, acting: &Acting, changed: &Company) -> Result<(), Problem> {
    check::require(acting, Permission::AdministerCompany)?;
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "name", &changed.name, 100);
    check::time_zone(&mut mistakes, "time_zone", &changed.time_zone);
    if !(1..=24 * 60).contains(&changed.accept_hours) {
        mistakes.add("accept_hours", Message::new("mistake-accept-hours"));
    }
    mistakes.check()?;
    if let Some(queue) = changed.default_queue
        && !store::queues::has(tx, acting.actor.company, queue)?
    {
        return Err(Mistakes::one("default_queue", Message::new("mistake-choice")));
    }
    let before = store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
    let own = Company { id: acting.actor.company, ..changed.clone() };
    if !store::companies::save(tx, &own)? {
        return Err(Problem::Stale);
    }
    let (old, new) = (settings(tx, &before)?, settings(tx, &own)?);
    for ((act, old), (_, new)) in old.into_iter().zip(new).filter(|(old, new)| old != new) {
        store::audits::record(tx, acting, act, &own.name, &format!("{old} → {new}"))?;
    }
    Ok(())
}

/// Each setting: the act that changes it, and its value as the audit tells it.
fn settings(tx: &mut Tx, company: &Company) -> Result<[(&'static str, String); 6], Problem> {
    let queue = match company.default_queue {
        Some(queue) => store::queues::name(tx, company.id, queue)?,
        None => None,
    };
    Ok([
        ("audit-company-changed", company.name.clone()),
        ("audit-company-language-changed", company.language.code().to_owned()),
        ("audit-company-time-zone-changed", company.time_zone.clone()),
        ("audit-company-currency-changed", company.currency.code().to_owned()),
        ("audit-company-accept-hours-changed", company.accept_hours.to_string()),
        ("audit-company-queue-changed", queue.unwrap_or_else(|| "–".to_owned())),
    ])
}

/// Adds a queue.
pub fn add_queue(tx: &mut Tx, acting: &Acting, name: &str) -> Result<(), Problem> {
    check::require(acting, Permission::AdministerCompany)?;
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "queue", name, 50);
    mistakes.check()?;
    match store::queues::create(tx, acting.actor.company, name) {
        Ok(_) => Ok(store::audits::record(tx, acting, "audit-queue-added", name, "")?),
        Err(error) if error.is_unique() => {
            Err(Mistakes::one("queue", Message::new("mistake-taken")))
        }
        Err(error) => Err(error.into()),
    }
}
