//! The one thread that writes: takes what is queued, runs each closure in a savepoint, commits
//! once, then answers all. The disk is waited for once a group, not once a write.

use tokio::sync::broadcast;

use super::Session;
use crate::error::Trouble;
use crate::queue::{Queue, Served};
use crate::tx::{Session as AnySession, Tx};
use crate::work::Job;
use crate::{Error, Notice};

/// How a group ended.
enum Ending {
    /// Every job has its result.
    Done,
    /// The whole transaction was lost through the job at this place, which has its result; the
    /// others did nothing wrong.
    Spoiled(usize),
    /// COMMIT found a broken reference (deferred to it), and cannot say whose.
    Unclear,
}

/// Works until the queue is closed, then writes the log back into the file.
pub(super) fn serve(
    tx: &mut Tx,
    queue: &Queue,
    group_limit: usize,
    notices: &broadcast::Sender<Notice>,
) {
    let _served = Served(queue);
    let mut group = Vec::with_capacity(group_limit);
    while queue.take(group_limit, &mut group) {
        group.retain(|job: &Job| job.work.wanted());
        run(tx, &mut group, notices);
        group.clear();
    }
    sqlite(tx).checkpoint();
}

fn run(tx: &mut Tx, group: &mut [Job], notices: &broadcast::Sender<Notice>) {
    match attempt(tx, group, notices) {
        Ok(Ending::Done) => group.iter_mut().for_each(|job| job.work.answer()),
        Ok(Ending::Spoiled(guilty)) => {
            let (before, rest) = group.split_at_mut(guilty);
            let (guilty, after) = rest.split_at_mut(1);
            guilty[0].work.answer();
            alone(tx, before, notices);
            alone(tx, after, notices);
        }
        Ok(Ending::Unclear) => alone(tx, group, notices),
        Err(Trouble { error, .. }) => {
            sqlite(tx).rollback();
            for job in group {
                job.work.fail(error.clone());
                job.work.answer();
            }
        }
    }
}

/// Each job as a group of its own, which cannot be spoiled by another.
fn alone(tx: &mut Tx, jobs: &mut [Job], notices: &broadcast::Sender<Notice>) {
    for job in jobs.chunks_mut(1) {
        run(tx, job, notices);
    }
}

/// An error is one of the transaction itself: it answers every job.
fn attempt(
    tx: &mut Tx,
    group: &mut [Job],
    notices: &broadcast::Sender<Notice>,
) -> Result<Ending, Trouble> {
    let shared = group.len() > 1;
    let mut sent = Vec::new();
    let mut stored = 0;
    if group.is_empty() {
        return Ok(Ending::Done);
    }
    sqlite(tx).execute("BEGIN IMMEDIATE")?;
    for (place, job) in group.iter_mut().enumerate() {
        if shared {
            sqlite(tx).execute("SAVEPOINT job")?;
        }
        tx.start(true);
        let kept = job.run(tx);
        // A full disk, an I/O error or an interrupted statement ends the whole transaction.
        if !sqlite(tx).in_transaction() {
            if kept {
                job.work.fail(Error::Engine("the transaction was ended early".to_owned()));
            }
            return Ok(Ending::Spoiled(place));
        }
        if kept {
            stored += 1;
            sent.extend(tx.take_notices());
        } else if shared {
            sqlite(tx).execute("ROLLBACK TO job")?;
        }
        if shared {
            sqlite(tx).execute("RELEASE job")?;
        }
    }
    if stored == 0 {
        sqlite(tx).rollback();
        return Ok(Ending::Done);
    }
    match sqlite(tx).execute("COMMIT") {
        Ok(()) => {}
        Err(Trouble { error: Error::ForeignKey(_), .. }) if shared => {
            sqlite(tx).rollback();
            return Ok(Ending::Unclear);
        }
        Err(trouble) => return Err(trouble),
    }
    crate::committed(stored);
    for notice in sent {
        // An error only says that nobody listens.
        drop(notices.send(notice));
    }
    Ok(Ending::Done)
}

fn sqlite(tx: &mut Tx) -> &mut Session {
    match &mut tx.session {
        AnySession::Sqlite(session) => session,
        AnySession::Postgres(_) => unreachable!("the writer of a file"),
    }
}
