//! Tokens in addresses: invitations and the set-up. They are too long to be guessed; whoever tries many waits all the
//! same, so that trying costs us nothing.

use domain::message::Message;
use jiff::Timestamp;

use super::sessions::too_often;
use crate::app::App;
use crate::problem::Problem;
use crate::store;

fn name(ip: &str) -> String {
    format!("token {ip}")
}

/// How long this address has to wait before its next try, if it has to.
pub async fn wait(app: &App, ip: &str, now: Timestamp) -> Result<Option<Message>, Problem> {
    let name = name(ip);
    let until = app.db.read(move |tx| store::throttles::blocked_until(tx, &name, now)).await?;
    Ok(until.map(|until| too_often(until, now)))
}

/// A token that opened nothing.
pub async fn missed(app: &App, ip: &str, now: Timestamp) -> Result<(), Problem> {
    let name = name(ip);
    app.db.write(move |tx| store::throttles::fail(tx, &name, now)).await?;
    Ok(())
}
