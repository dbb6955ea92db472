//! A caller's closure on its way through a queue to a thread with a connection, and its result on
//! the way back.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::{Error, Tx};

/// A closure that takes longer holds up every other writer; it is named in the log.
const SLOW: Duration = Duration::from_millis(50);

/// A closure with its kind.
pub(crate) struct Job {
    /// A transaction that may change something?
    pub writes: bool,
    /// The closure's type, which names the function it stands in: for the log.
    pub label: &'static str,
    /// The closure itself.
    pub work: Box<dyn Work>,
}

/// A closure whose types are forgotten, so that one queue can hold all of them.
pub(crate) trait Work: Send {
    /// Does anybody still wait for the answer?
    fn wanted(&self) -> bool;
    /// Runs the closure; `true` if its changes are to be kept. May be called again.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Replaces the result.
    fn fail(&mut self, error: Error);
    /// Hands the result to the caller.
    fn answer(&mut self);
}

impl Job {
    pub fn run(&mut self, tx: &mut Tx) -> bool {
        let begun = Instant::now();
        let kept = self.work.run(tx);
        let took = begun.elapsed();
        if self.writes && took > SLOW {
            tracing::warn!(job = self.label, milliseconds = took.as_millis(), "slow write");
        }
        kept
    }
}

/// Where a result goes.
pub(crate) enum Answer<R> {
    /// To a future.
    Task(oneshot::Sender<R>),
    /// To a thread.
    Thread(mpsc::SyncSender<R>),
}

/// A closure, its result, and who waits for it.
pub(crate) struct Call<T, E, F> {
    pub closure: F,
    pub result: Option<Result<T, E>>,
    pub answer: Option<Answer<Result<T, E>>>,
}

impl<T, E, F> Work for Call<T, E, F>
where
    F: FnMut(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn wanted(&self) -> bool {
        !matches!(&self.answer, Some(Answer::Task(sender)) if sender.is_closed())
    }

    fn run(&mut self, tx: &mut Tx) -> bool {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.closure)(tx)));
        let result = match outcome {
            Ok(Ok(value)) => tx.healthy().map(|()| value).map_err(E::from),
            Ok(Err(error)) => Err(error),
            Err(panic) => Err(Error::Panicked(words(panic.as_ref())).into()),
        };
        self.result.insert(result).is_ok()
    }

    fn fail(&mut self, error: Error) {
        self.result = Some(Err(error.into()));
    }

    fn answer(&mut self) {
        let Some(result) = self.result.take() else { return };
        // A caller that has gone away misses its answer, which is its own decision.
        match self.answer.take() {
            Some(Answer::Task(sender)) => drop(sender.send(result)),
            Some(Answer::Thread(sender)) => drop(sender.send(result)),
            None => {}
        }
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}
