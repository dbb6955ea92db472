//! Sends the notices of committed transactions: one thread, many in one go.
//!
//! Not within the transactions themselves: of all that notify, the server lets one commit at a time, and writers that
//! came together would wait for the disk one after the other. What is lost when this process dies between COMMIT and
//! notice is a page that shows the change later.

use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use ::postgres::Client;

use super::errors::trouble;
use super::target::Target;
use crate::{Error, Notice};

/// Notices in one transaction.
const MOST: usize = 200;

/// Starts the thread; it ends once every sender is gone and everything is sent.
pub(super) fn start(target: &Arc<Target>) -> Result<(mpsc::Sender<Notice>, JoinHandle<()>), Error> {
    let target = Arc::clone(target);
    let (sender, receiver) = mpsc::channel();
    let handle = crate::worker("db-notifier".to_owned(), move || serve(&target, &receiver))?;
    Ok((sender, handle))
}

fn serve(target: &Target, receiver: &mpsc::Receiver<Notice>) {
    let mut client = None;
    while let Ok(first) = receiver.recv() {
        let mut lines = vec![first.to_line()];
        for notice in receiver.try_iter().take(MOST - 1) {
            let line = notice.to_line();
            // Many writes tell the same: that a company's lists have changed.
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        let sent = send(target, &mut client, &lines).or_else(|_| {
            client = None;
            send(target, &mut client, &lines)
        });
        if let Err(error) = sent {
            tracing::warn!(%error, notices = lines.len(), "notices were lost");
            client = None;
        }
    }
}

fn send(target: &Target, client: &mut Option<Client>, lines: &[String]) -> Result<(), Error> {
    let client = match client {
        Some(client) => client,
        None => client.insert(target.connect()?),
    };
    // A notice need not survive a crash of the server: nobody is connected then.
    let tell = |client: &mut Client| {
        client.batch_execute("BEGIN READ WRITE; SET LOCAL synchronous_commit = off")?;
        let sql = "SELECT pg_notify($1, line) FROM unnest($2::TEXT[]) AS line";
        client.execute(sql, &[&target.channel(), &lines])?;
        client.batch_execute("COMMIT")
    };
    tell(client).map_err(|error| trouble(&error).error)
}
