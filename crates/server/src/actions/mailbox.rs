//! The mailbox of the installation: what its operator does with a mail that was not sent.

use db::Tx;
use domain::permission::Permission;

use super::check;
use crate::app::Acting;
use crate::problem::Problem;
use crate::store;

/// Sends a mail after all that was given up, or that was kept while there was no mail server. One that is on its way
/// meanwhile is left alone.
pub fn send_again(tx: &mut Tx, acting: &Acting, id: i64) -> Result<(), Problem> {
    check::require(acting, Permission::ReadMailbox)?;
    let mail = store::mails::of(tx, id)?.ok_or(Problem::NotFound)?;
    if store::mails::again(tx, id, acting.now)? {
        let words = ("audit-mail-again", mail.subject.as_str(), mail.to_address.as_str());
        store::audits::record(tx, acting, words.0, words.1, words.2)?;
    }
    Ok(())
}
