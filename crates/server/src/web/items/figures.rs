//! Who sees and changes which figures of a charge.

use domain::permission::Permission;

use super::fields_of;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::store::items::{Item, Part};

/// The figures of a charge that this person may see and change. What it costs is for those who may see figures
/// (section 18.4); what a partner asks is a cost, too (section 19, rule 8).
pub fn shown(visit: &Visit, existing: Option<&Item>) -> &'static [&'static str] {
    let received = existing.is_some_and(|item| {
        item.is_copy || matches!(&item.part, Part::Charge(charge) if charge.bundle_of.is_some())
    });
    match (visit.may(Permission::SeeFinancials), received) {
        (true, _) => &["unit_price", "unit_cost"],
        (false, false) => &["unit_price"],
        (false, true) => &[],
    }
}

/// What this person's form does not show stays as it is, whatever was sent.
pub fn keep_hidden(visit: &Visit, item: &Item, fields: &mut Fields) {
    let stored = fields_of(visit, item);
    let figures = shown(visit, Some(item));
    for name in ["unit_price", "unit_cost"].into_iter().filter(|name| !figures.contains(name)) {
        fields.set(name, stored.get(name));
    }
}

/// Of a new charge: who may not see what it costs does not say it either.
pub fn without_hidden(visit: &Visit, mut fields: Fields) -> Fields {
    if !visit.may(Permission::SeeFinancials) {
        fields.set("unit_cost", "");
    }
    fields
}
