//! The choice of an organization that stands for a lead partner or a network: a list, and a search where the list is full.

use db::{Error, Tx};
use domain::ids::{CompanyId, OrganizationId};
use domain::ticket::OrganizationType;
use maud::{Markup, html};

use super::parts::{field, table};
use super::pick;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::store;

/// The field with the letters to look for.
pub const FIND: &str = "find";

/// What is offered.
pub struct Offered {
    /// Ids and names.
    pub list: Vec<(String, String)>,
    /// So many fit.
    fitting: usize,
    /// The letters that were looked for.
    text: String,
}

/// The letters that a page or a form looks for.
pub fn asked(fields: &Fields) -> String {
    fields.text(FIND).chars().take(100).collect()
}

/// Organizations whose names hold these letters, and those that are chosen already, whatever they are called.
pub fn offered(
    tx: &mut Tx,
    company: CompanyId,
    text: &str,
    chosen: &[OrganizationId],
) -> Result<Offered, Error> {
    let fits = OrganizationType::may_be_partner;
    let mut list = store::organizations::pick_list(tx, company, fits, text)?;
    let fitting = list.len();
    for id in chosen {
        if !list.iter().any(|(known, _)| known == id)
            && let Some(found) = store::organizations::of(tx, company, *id)?
        {
            list.push((found.id, found.name));
        }
    }
    let list = list.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    Ok(Offered { list, fitting, text: text.to_owned() })
}

impl Offered {
    /// That there may be more, if there may.
    pub fn said(&self, visit: &Visit) -> Option<String> {
        pick::said(visit, pick::ORGANIZATIONS, self.fitting)
    }

    /// Whether there is something to look for.
    pub fn is_searched(&self, visit: &Visit) -> bool {
        !self.text.is_empty() || self.said(visit).is_some()
    }

    /// A search of its own above a form; nothing as long as the list holds everything.
    pub fn search(&self, visit: &Visit, path: &str) -> Markup {
        let find = html! {
            (field::search(FIND, visit.t("find-organization"), &self.text))
            (pick::notes(visit, &[(pick::ORGANIZATIONS, self.fitting)]))
        };
        let reset = (!self.text.is_empty()).then(|| (visit.t("form-reset"), path));
        html! { @if self.is_searched(visit) { (table::filters(path, &find, visit.t("list-search"), reset)) } }
    }
}
