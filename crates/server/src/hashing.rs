//! The room where passwords are hashed: a few places, and a short line before them. A hash takes 20 ms of a core, so
//! whoever comes when the line is full is told so at once instead of making everybody wait.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::problem::Problem;

/// Hashed at a time.
const PLACES: usize = 2;
/// Inside and in line together: the last of them waits about a second.
const LINE: usize = 100;

/// Places and line. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Hashing {
    places: Arc<Semaphore>,
    line: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(PLACES)), line: Arc::new(Semaphore::new(LINE)) }
    }
}

/// A place; it is free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    _place: OwnedSemaphorePermit,
    _line: OwnedSemaphorePermit,
}

impl Hashing {
    /// Waits for a place, if the line is not full.
    pub async fn enter(&self) -> Result<Place, Problem> {
        let line = Arc::clone(&self.line).try_acquire_owned().map_err(|_| Problem::Overloaded)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(anyhow::Error::from)?;
        Ok(Place { _place: place, _line: line })
    }
}

impl Place {
    /// Hashes where it blocks nobody. The place goes along and comes back: whoever hangs up meanwhile does not free it
    /// for the next before the work is done.
    pub async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> Result<(Self, T), Problem> {
        let done = tokio::task::spawn_blocking(move || work().map(|result| (self, result)));
        Ok(done.await.map_err(anyhow::Error::from)??)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_line_has_an_end() {
        let room = Hashing::default();
        let mut inside = Vec::new();
        for _ in 0..PLACES {
            inside.push(room.enter().await.expect("a place"));
        }
        let mut waiting: Vec<_> = (PLACES..LINE).map(|_| Box::pin(room.enter())).collect();
        for one in &mut waiting {
            assert!(futures_now(one).is_none(), "there are only two places");
        }
        assert!(matches!(room.enter().await, Err(Problem::Overloaded)));
        inside.clear();
        assert!(waiting.remove(0).await.is_ok());
    }

    /// What a future answers if it is asked once.
    fn futures_now<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::Pin::new(future).poll(&mut context) {
            std::task::Poll::Ready(output) => Some(output),
            std::task::Poll::Pending => None,
        }
    }
}
