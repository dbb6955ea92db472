//! A thread of the pool: reads without a transaction, writes within one, and runs a closure again
//! where that is safe.

use std::hash::{BuildHasher, RandomState};
use std::sync::mpsc;
use std::time::Duration;

use super::Session;
use crate::error::{Again, Trouble};
use crate::queue::Queue;
use crate::tx::{Session as AnySession, Tx};
use crate::work::Job;
use crate::{Error, Notice};

/// How often a write that met another one is run again.
const RERUNS: u32 = 5;

/// Works until the queue is closed.
pub(super) fn serve(tx: &mut Tx, queue: &Queue, notifier: &mpsc::Sender<Notice>) {
    let mut jobs = Vec::with_capacity(1);
    while queue.take(1, &mut jobs) {
        for mut job in jobs.drain(..) {
            if !job.work.wanted() {
                continue;
            }
            if job.writes {
                write(tx, &mut job, notifier);
            } else {
                read(tx, &mut job);
            }
            job.work.answer();
        }
    }
}

/// Reads; once more if the connection was lost or a statement had gone stale.
fn read(tx: &mut Tx, job: &mut Job) {
    for last in [false, true] {
        tx.start(false);
        if let Err(trouble) = session(tx).connect() {
            return job.work.fail(trouble.error);
        }
        if job.run(tx) {
            return;
        }
        let again = tx.again();
        recover(tx, again);
        if last || matches!(again, Again::No | Again::Conflict) {
            return;
        }
    }
}

/// What a try at a write came to.
enum Try {
    /// The job has its result.
    Over,
    /// Nothing was stored; it may be tried again, and has a result in case it is not.
    Again(Again),
}

fn write(tx: &mut Tx, job: &mut Job, notifier: &mpsc::Sender<Notice>) {
    let mut conflicts = 0;
    let mut renewed = false;
    while let Try::Again(again) = attempt(tx, job, notifier) {
        match again {
            Again::Conflict if conflicts < RERUNS => {
                pause(conflicts);
                conflicts += 1;
            }
            Again::Lost | Again::Stale if !renewed => renewed = true,
            _ => return,
        }
    }
}

fn attempt(tx: &mut Tx, job: &mut Job, notifier: &mpsc::Sender<Notice>) -> Try {
    tx.start(true);
    if let Err(Trouble { error, again }) = session(tx).begin() {
        session(tx).disconnect();
        job.work.fail(error);
        return Try::Again(again);
    }
    if !job.run(tx) {
        let again = tx.again();
        session(tx).rollback();
        recover(tx, again);
        return if again == Again::No { Try::Over } else { Try::Again(again) };
    }
    match session(tx).commit() {
        Ok(()) => {
            crate::committed(1);
            tell(tx, notifier);
            Try::Over
        }
        Err(Trouble { again: Again::Lost, error }) => {
            session(tx).disconnect();
            let why =
                format!("the connection was lost during COMMIT, its outcome is unknown: {error}");
            job.work.fail(Error::Engine(why));
            // If it did happen, it is told; if not, somebody looks in vain.
            tell(tx, notifier);
            Try::Over
        }
        Err(Trouble { error, again }) => {
            session(tx).rollback();
            job.work.fail(error);
            Try::Again(again)
        }
    }
}

fn tell(tx: &mut Tx, notifier: &mpsc::Sender<Notice>) {
    for notice in tx.take_notices() {
        // It cannot have ended before its senders, unless it panicked.
        if notifier.send(notice).is_err() {
            tracing::error!("nobody sends notices any more");
        }
    }
}

/// Makes the session fit for another try.
fn recover(tx: &mut Tx, again: Again) {
    match again {
        Again::Lost => session(tx).disconnect(),
        Again::Stale => session(tx).forget(),
        Again::No | Again::Conflict => {}
    }
}

/// 5 to 10 ms, then twice as long each time: long enough for the other to be done, and not in step
/// with it.
fn pause(conflicts: u32) {
    let base = 5_000u64 << conflicts;
    let jitter = RandomState::new().hash_one(conflicts) % base;
    std::thread::sleep(Duration::from_micros(base + jitter));
}

fn session(tx: &mut Tx) -> &mut Session {
    match &mut tx.session {
        AnySession::Postgres(session) => session,
        AnySession::Sqlite(_) => unreachable!("a thread of the pool"),
    }
}
