//! The connection that listens to the notices of all nodes.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use ::postgres::Client;
use ::postgres::fallible_iterator::FallibleIterator;
use tokio::sync::broadcast;

use super::errors::trouble;
use super::target::Target;
use crate::{Error, Notice};

/// How long a closed database's listener may linger; nobody waits for it.
const PATIENCE: Duration = Duration::from_millis(250);
/// Waits after a lost connection: from, and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));

/// Starts the thread and waits until it listens.
pub(super) fn start(target: &Arc<Target>, notices: broadcast::Sender<Notice>) -> Result<(), Error> {
    let target = Arc::clone(target);
    let (ready, listening) = mpsc::sync_channel(1);
    crate::worker("db-listener".to_owned(), move || serve(&target, &notices, &ready))?;
    listening.recv().unwrap_or(Err(Error::Closed))
}

fn serve(
    target: &Target,
    notices: &broadcast::Sender<Notice>,
    ready: &mpsc::SyncSender<Result<(), Error>>,
) {
    let mut client = match connect(target) {
        Ok(client) => client,
        Err(error) => return drop(ready.send(Err(error))),
    };
    drop(ready.send(Ok(())));
    while !target.is_closed() {
        let Err(error) = hear(target, &mut client, notices) else { continue };
        tracing::warn!(%error, "the listening connection was lost");
        let Some(renewed) = reconnect(target) else { return };
        client = renewed;
        // Whatever was said meanwhile is lost.
        drop(notices.send(Notice { topic: Notice::GAP.to_owned(), payload: String::new() }));
    }
}

fn connect(target: &Target) -> Result<Client, Error> {
    let mut client = target.connect()?;
    let sql = format!("LISTEN {}", target.channel());
    client.batch_execute(&sql).map_err(|error| trouble(&error).error)?;
    Ok(client)
}

/// Passes notices on until the connection is lost or the database closed.
fn hear(
    target: &Target,
    client: &mut Client,
    notices: &broadcast::Sender<Notice>,
) -> Result<(), Error> {
    while !target.is_closed() {
        {
            let mut waiting = client.notifications();
            let mut arrived = waiting.timeout_iter(PATIENCE);
            while let Some(line) = arrived.next().map_err(|error| trouble(&error).error)? {
                // An error only says that nobody listens.
                drop(notices.send(Notice::from_line(line.payload())));
            }
        }
        if client.is_closed() {
            return Err(Error::Closed);
        }
    }
    Ok(())
}

fn reconnect(target: &Target) -> Option<Client> {
    let (mut pause, longest) = PAUSES;
    while !target.is_closed() {
        std::thread::sleep(pause);
        pause = (pause * 2).min(longest);
        match connect(target) {
            Ok(client) => return Some(client),
            Err(error) => tracing::warn!(%error, "cannot listen"),
        }
    }
    None
}
