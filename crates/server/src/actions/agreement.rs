//! The outsourcing agreement (section 3): accepted once per company, never taken back.

use db::Tx;
use domain::permission::{self, Permission};

use super::{check, people};
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::audits::Subject;

/// Accepts the agreement for the acting company. Everybody gets the default permission of their security level.
pub fn accept(tx: &mut Tx, acting: &Acting, agreed: bool) -> Result<(), Problem> {
    check::require(acting, Permission::AcceptAgreement)?;
    permission::submit_agreement(agreed)
        .map_err(|refusal| Mistakes::one("agree", refusal.message()))?;
    let company = acting.actor.company;
    if !store::companies::accept_agreement(
        tx,
        company,
        acting.actor.person,
        &acting.actor.name,
        acting.now,
    )? {
        return Ok(());
    }
    store::audits::record(tx, acting, "audit-agreement-accepted", &acting.actor.name, "")?;
    for person in store::people::lock_all(tx, company)? {
        let level = person.security.default_outsourcing();
        store::people::set_outsourcing(tx, company, person.id, level)?;
        if level != person.outsourcing {
            let (name, detail) = (person.name(), people::step(person.outsourcing, level));
            let words = ("audit-permission-changed", name.as_str(), detail.as_str());
            store::audits::record_on(tx, acting, Subject::Person(person.id), words)?;
        }
    }
    Ok(())
}
