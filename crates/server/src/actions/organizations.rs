//! Organizations and contacts: create and change.

use db::Tx;
use domain::ids::{ContactId, OrganizationId};
use domain::message::Message;
use domain::permission::Permission;

use super::check;
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::audits::Subject;
use crate::store::contacts::Contact;
use crate::store::organizations::Organization;

fn wrong(organization: &Organization) -> Mistakes {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "name", &organization.name, 100);
    check::required(&mut mistakes, "phone", &organization.phone, 25);
    check::short(&mut mistakes, "address", &organization.address, 128);
    check::short(&mut mistakes, "postal_code", &organization.postal_code, 20);
    check::short(&mut mistakes, "city", &organization.city, 30);
    check::short(&mut mistakes, "country", &organization.country, 60);
    check::short(&mut mistakes, "web", &organization.web, 255);
    check::short(&mut mistakes, "tax_id", &organization.tax_id, 50);
    mistakes
}

/// Adds an organization to the acting company.
pub fn create(tx: &mut Tx, acting: &Acting, new: &Organization) -> Result<OrganizationId, Problem> {
    check::require(acting, Permission::EditOrganizations)?;
    wrong(new).check()?;
    owned(tx, acting, new)?;
    let id = store::organizations::create(tx, acting.actor.company, new, acting.now)?;
    let words = ("audit-organization-added", new.name.as_str(), new.kind.name());
    store::audits::record_on(tx, acting, Subject::Organization(id), words)?;
    Ok(id)
}

/// Changes an organization of the acting company.
pub fn change(tx: &mut Tx, acting: &Acting, changed: &Organization) -> Result<(), Problem> {
    check::require(acting, Permission::EditOrganizations)?;
    store::organizations::of(tx, acting.actor.company, changed.id)?.ok_or(Problem::NotFound)?;
    wrong(changed).check()?;
    owned(tx, acting, changed)?;
    if !store::organizations::save(tx, acting.actor.company, changed)? {
        return Err(Problem::Stale);
    }
    let words = ("audit-organization-changed", changed.name.as_str(), "");
    store::audits::record_on(tx, acting, Subject::Organization(changed.id), words)?;
    Ok(())
}

fn owned(tx: &mut Tx, acting: &Acting, organization: &Organization) -> Result<(), Problem> {
    let owner = store::people::of(tx, acting.actor.company, organization.owner)?;
    owner.map(|_| ()).ok_or_else(|| Mistakes::one("owner", Message::new("mistake-choice")))
}

fn wrong_contact(contact: &Contact) -> Mistakes {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "first_name", &contact.first_name, 50);
    check::required(&mut mistakes, "last_name", &contact.last_name, 50);
    if !contact.email.is_empty() {
        check::email(&mut mistakes, "email", &contact.email);
    }
    check::short(&mut mistakes, "phone", &contact.phone, 25);
    mistakes
}

/// Adds a contact; the first of an organization is its primary one.
pub fn add_contact(tx: &mut Tx, acting: &Acting, new: &Contact) -> Result<ContactId, Problem> {
    check::require(acting, Permission::EditOrganizations)?;
    let company = acting.actor.company;
    store::organizations::of(tx, company, new.organization)?.ok_or(Problem::NotFound)?;
    wrong_contact(new).check()?;
    let first = !store::contacts::at(tx, company, new.organization)?
        .iter()
        .any(|contact| contact.is_primary);
    let contact = Contact {
        is_primary: new.is_primary || first,
        active: true,
        redacted: false,
        ..new.clone()
    };
    let id = store::contacts::create(tx, company, &contact, acting.now)?;
    audit_contact(tx, acting, "audit-contact-added", &contact)?;
    Ok(id)
}

/// Changes a contact. An inactive one is nobody's primary contact.
pub fn change_contact(tx: &mut Tx, acting: &Acting, changed: &Contact) -> Result<(), Problem> {
    check::require(acting, Permission::EditOrganizations)?;
    let company = acting.actor.company;
    let before = store::contacts::of(tx, company, changed.id)?.ok_or(Problem::NotFound)?;
    wrong_contact(changed).check()?;
    let contact = Contact {
        organization: before.organization,
        redacted: before.redacted,
        is_primary: changed.is_primary && changed.active,
        ..changed.clone()
    };
    if !store::contacts::save(tx, company, &contact)? {
        return Err(Problem::Stale);
    }
    audit_contact(tx, acting, "audit-contact-changed", &contact)?;
    Ok(())
}

fn audit_contact(
    tx: &mut Tx,
    acting: &Acting,
    action: &'static str,
    contact: &Contact,
) -> Result<(), Problem> {
    let (name, subject) = (contact.name(), Subject::Organization(contact.organization));
    Ok(store::audits::record_on(tx, acting, subject, (action, &name, &contact.email))?)
}
