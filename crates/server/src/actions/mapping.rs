//! Which own organization stands for a lead partner (section 11.2): chosen at the first acceptance, corrected by an
//! administrator while nothing of that lead is posted (decision 15).

use db::Tx;
use domain::ids::{CompanyId, OrganizationId};
use domain::message::Message;
use domain::partnership::may_remap_lead;
use domain::permission::Permission;
use domain::ticket::{OrganizationType, limits};

use super::check;
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::audits::Subject;
use crate::store::organizations::Organization;
use crate::store::outsourcings::Outsourcing;

/// Which own organization stands for a lead partner, as chosen at the first acceptance (section 11.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapping {
    /// It was chosen before.
    Known,
    /// This one.
    Existing(OrganizationId),
    /// A new one.
    New(NewLead),
}

/// The lead partner as a new entry of the own address book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLead {
    /// Name.
    pub name: String,
    /// Type.
    pub kind: OrganizationType,
    /// Telephone. An organization has one (section 18.6); nobody is kept from accepting by not knowing it yet.
    pub phone: String,
}

/// Takes the choice at the first acceptance from a lead; later ones are asked no more.
pub fn choose(
    tx: &mut Tx,
    acting: &Acting,
    case: &Outsourcing,
    mapping: &Mapping,
) -> Result<(), Problem> {
    let company = acting.actor.company;
    if store::partnerships::mapping(tx, company, case.lead)?.is_some() {
        return Ok(());
    }
    let organization = match mapping {
        Mapping::Known => {
            return Err(Mistakes::one("organization", Message::new("mistake-mapping")));
        }
        Mapping::Existing(id) => {
            let found = store::organizations::of(tx, company, *id)?;
            let fits =
                found.as_ref().is_some_and(|found| found.active && found.kind.may_be_partner());
            if !fits {
                return Err(Mistakes::one(
                    "organization",
                    Message::new("mistake-organization-type"),
                ));
            }
            *id
        }
        Mapping::New(new) => new_lead(tx, acting, new)?,
    };
    store::partnerships::set_mapping(tx, company, case.lead, organization, acting.now)?;
    let name = store::organizations::of(tx, company, organization)?.map(|found| found.name);
    let subject = Subject::Organization(organization);
    let detail = name.unwrap_or_default();
    store::audits::record_on(tx, acting, subject, ("audit-lead-mapped", &case.lead_name, &detail))?;
    Ok(())
}

fn new_lead(tx: &mut Tx, acting: &Acting, new: &NewLead) -> Result<OrganizationId, Problem> {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "new_name", &new.name, limits::ORGANIZATION_NAME);
    check::short(&mut mistakes, "new_phone", &new.phone, limits::PHONE);
    if !new.kind.may_be_partner() {
        mistakes.add("new_kind", Message::new("mistake-organization-type"));
    }
    mistakes.check()?;
    let organization = Organization {
        id: OrganizationId(0),
        name: new.name.clone(),
        kind: new.kind,
        phone: new.phone.clone(),
        address: String::new(),
        postal_code: String::new(),
        city: String::new(),
        country: String::new(),
        web: String::new(),
        tax_id: String::new(),
        owner: acting.actor.person,
        active: true,
        version: 0,
    };
    Ok(store::organizations::create(tx, acting.actor.company, &organization, acting.now)?)
}

/// Another own organization stands for this lead from now on; its tickets that still belong to the former one follow.
pub fn change(
    tx: &mut Tx,
    acting: &Acting,
    lead: CompanyId,
    organization: OrganizationId,
) -> Result<(), Problem> {
    check::require(acting, Permission::RemapLeadPartner)?;
    let company = acting.actor.company;
    let known = store::partnerships::mappings(tx, company)?;
    let before = known.into_iter().find(|known| known.lead == lead).ok_or(Problem::NotFound)?;
    // Nothing can be posted yet: billing does not exist. It will count here what it has posted of this lead.
    may_remap_lead(0)?;
    let found = store::organizations::of(tx, company, organization)?;
    let fits = found.filter(|found| found.active && found.kind.may_be_partner());
    let Some(after) = fits else {
        return Err(Mistakes::one("organization", Message::new("mistake-organization-type")));
    };
    if before.organization == organization {
        return Ok(());
    }
    store::partnerships::set_mapping(tx, company, lead, organization, acting.now)?;
    store::tickets::move_insourced(tx, company, lead, (before.organization, organization))?;
    let detail = format!("{} → {}", before.organization_name, after.name);
    let subject = Subject::Organization(organization);
    let act = ("audit-lead-remapped", before.lead_name.as_str(), detail.as_str());
    store::audits::record_on(tx, acting, subject, act)?;
    Ok(())
}
