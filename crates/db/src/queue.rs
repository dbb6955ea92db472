//! A bounded queue between many callers and the threads that work for them. A caller never waits
//! for a place in it: full is full, and said at once.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::Error;
use crate::work::Job;

/// Jobs that wait for a thread.
pub(crate) struct Queue {
    state: Mutex<State>,
    arrived: Condvar,
    limit: usize,
}

struct State {
    jobs: VecDeque<Job>,
    closed: bool,
}

impl Queue {
    pub fn new(limit: usize) -> Self {
        let state = State { jobs: VecDeque::new(), closed: false };
        Self { state: Mutex::new(state), arrived: Condvar::new(), limit: limit.max(1) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing can panic while the lock is held, so a poisoned state is a whole one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a job, or says why not.
    pub fn push(&self, job: Job) -> Result<(), Error> {
        let mut state = self.state();
        if state.closed {
            return Err(Error::Closed);
        }
        if state.jobs.len() >= self.limit {
            return Err(Error::Overloaded);
        }
        state.jobs.push_back(job);
        drop(state);
        self.arrived.notify_one();
        Ok(())
    }

    /// Waits for work, then moves up to `most` jobs into `into`; `false` once the queue is closed
    /// and empty.
    pub fn take(&self, most: usize, into: &mut Vec<Job>) -> bool {
        let mut state = self.state();
        while state.jobs.is_empty() {
            if state.closed {
                return false;
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let count = most.max(1).min(state.jobs.len());
        into.extend(state.jobs.drain(..count));
        true
    }

    /// Takes no more jobs; those in it are still worked on.
    pub fn close(&self) {
        self.state().closed = true;
        self.arrived.notify_all();
    }

    /// Takes no more jobs and drops those in it, which answers their callers with `Closed`.
    fn abandon(&self) {
        let jobs = {
            let mut state = self.state();
            state.closed = true;
            std::mem::take(&mut state.jobs)
        };
        self.arrived.notify_all();
        drop(jobs);
    }
}

/// Held by the only thread that serves a queue: should that thread ever die, nobody must wait for
/// it.
pub(crate) struct Served<'a>(pub &'a Queue);

impl Drop for Served<'_> {
    fn drop(&mut self) {
        self.0.abandon();
    }
}
