//! The leads of a company: whose invitation it accepted.

use db::{Error, Tx, params};
use domain::ids::CompanyId;
use domain::partnership::State;
use jiff::Timestamp;

use super::LEADS;

/// A lead partner that has not had a ticket accepted yet, so that no organization stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLead {
    /// Its name.
    pub name: String,
    /// When its invitation was accepted.
    pub since: Timestamp,
}

/// Every lead whose invitation this company accepted and whose first ticket it has not, by name, at most [`LEADS`].
pub fn without_ticket(tx: &mut Tx, partner: CompanyId) -> Result<Vec<NewLead>, Error> {
    let sql = format!(
        "SELECT c.name, MAX(p.responded_at) FROM partnership p JOIN company c ON c.id = p.lead_company
          WHERE p.partner_company = $1 AND p.status IN ('{}', '{}') AND p.responded_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM lead_mapping m WHERE m.company_id = $1 AND m.lead_company = p.lead_company)
          GROUP BY c.id, c.name ORDER BY c.name, c.id LIMIT {LEADS}",
        State::Active.name(),
        State::Inactive.name()
    );
    tx.all(&sql, &params![partner.0], |row| Ok(NewLead { name: row.get(0)?, since: row.get(1)? }))
}
