//! A thread that reads: every closure sees one snapshot, taken after everything already answered.

use crate::queue::Queue;
use crate::tx::{Session, Tx};
use crate::work::Job;

/// Works until the queue is closed.
pub(super) fn serve(tx: &mut Tx, queue: &Queue) {
    let mut jobs = Vec::with_capacity(1);
    while queue.take(1, &mut jobs) {
        for mut job in jobs.drain(..) {
            if job.work.wanted() {
                read(tx, &mut job);
                job.work.answer();
            }
        }
    }
}

fn read(tx: &mut Tx, job: &mut Job) {
    tx.start(false);
    if let Session::Sqlite(session) = &mut tx.session
        && let Err(trouble) = session.execute("BEGIN")
    {
        return job.work.fail(trouble.error);
    }
    job.run(tx);
    if let Session::Sqlite(session) = &mut tx.session {
        session.rollback();
    }
}
