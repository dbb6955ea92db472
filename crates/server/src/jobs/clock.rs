//! The clock in the background: ends offers whose deadline has passed (decision 7), reminds of those about to run out
//! (M11), tells of items that crossed (M6), forgets idle sessions and old failures.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::actions::rounds::{self, By};
use crate::actions::{digests, round_letters};
use crate::app::App;
use crate::problem::Problem;
use crate::store;

/// Well within the minute that the specification allows.
const STEP: Duration = Duration::from_secs(15);
/// The partner is reminded this long before an offer runs out, or when half of its time is left if that is shorter.
const REMIND_AHEAD: SignedDuration = SignedDuration::from_hours(2);

/// Runs until the program shuts down.
pub async fn run(app: App, mut shutdown: watch::Receiver<bool>) {
    loop {
        if let Err(problem) = tick(&app).await {
            tracing::error!("the clock stumbled: {problem:?}");
        }
        tokio::select! {
            () = tokio::time::sleep(STEP) => {}
            _ = shutdown.changed() => return,
        }
    }
}

/// One round of the clock: what is due now. Returns how many offers it ended.
pub async fn tick(app: &App) -> Result<usize, Problem> {
    let ended = expire(app).await?;
    remind(app).await?;
    tell_of_items(app).await?;
    forget(app).await?;
    Ok(ended)
}

async fn expire(app: &App) -> Result<usize, Problem> {
    let now = app.clock.now();
    let due = app.db.read(move |tx| store::outsourcings::overdue(tx, now)).await?;
    let mut ended = 0;
    for (id, lead) in due {
        let base = app.config.public_url.clone();
        // One transaction each: an answer that comes at the same instant meets one offer, not a hundred.
        let expired =
            app.db.write(move |tx| rounds::expire(tx, lead, id, By::Clock(now, &base))).await;
        match expired {
            Ok(true) => ended += 1,
            Ok(false) => {}
            Err(problem) => tracing::error!(round = id.0, "cannot end an offer: {problem:?}"),
        }
    }
    Ok(ended)
}

async fn remind(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let until = now.saturating_add(REMIND_AHEAD).unwrap_or(now);
    let open = app.db.read(move |tx| store::outsourcings::to_remind(tx, now, until)).await?;
    for case in open.into_iter().filter(|case| half_gone(case.sent_at, case.round.accept_by, now)) {
        let base = app.config.public_url.clone();
        app.db
            .write(move |tx| {
                let fresh = store::outsourcings::lock(tx, case.lead, case.id)?;
                fresh.map_or(Ok(()), |fresh| round_letters::remind(tx, &fresh, now, &base))
            })
            .await?;
    }
    Ok(())
}

/// Letters about items for which it has been quiet long enough (M6).
async fn tell_of_items(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let due = app.db.read(move |tx| store::digests::due(tx, now)).await?;
    for (id, lead, to) in due {
        let base = app.config.public_url.clone();
        app.db.write(move |tx| digests::send_due(tx, lead, id, to, By::Clock(now, &base))).await?;
    }
    Ok(())
}

/// Whoever has just been asked needs no reminder.
fn half_gone(sent: Option<Timestamp>, until: Option<Timestamp>, now: Timestamp) -> bool {
    match (sent, until) {
        (Some(sent), Some(until)) => now.duration_since(sent) >= until.duration_since(now),
        _ => false,
    }
}

async fn forget(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let idle = app.idle();
    app.db
        .write(move |tx| {
            let before = now.saturating_sub(idle).unwrap_or(Timestamp::UNIX_EPOCH);
            store::sessions::purge(tx, before)?;
            store::throttles::purge(tx, now)
        })
        .await?;
    Ok(())
}
