//! Sweeps the store of files: removes contents that no row names any more or never did, because their item was deleted,
//! because the program died between storing and the row, or because nobody knew whether the row was written.
//!
//! A content goes when its file is older than a day and nobody has named it for a day; see decision 18.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use object_store::ObjectStoreExt;
use object_store::path::Path as BlobPath;
use tokio::fs::{DirEntry, ReadDir};
use tokio::sync::watch;

use crate::app::App;
use crate::problem::Problem;
use crate::store;
use crate::store::files::Known;

/// The first sweep comes when whatever waited for the program has been answered.
const FIRST: Duration = Duration::from_mins(1);
const STEP: Duration = Duration::from_hours(1);
/// Younger files may be uploads whose row is being written. The same again must pass after it was noted that nobody
/// names a content.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// After so many what was noted is forgotten; its content is gone by then.
const NOTED_FOR: SignedDuration = SignedDuration::from_hours(10 * 24);
/// So many files are looked at together.
const PAGE: usize = 500;

/// Runs until the program shuts down.
pub async fn run(app: App, mut shutdown: watch::Receiver<bool>) {
    let mut pause = FIRST;
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = shutdown.wait_for(|over| *over) => return,
        }
        tokio::select! {
            swept = sweep(&app) => {
                if let Err(problem) = swept {
                    tracing::error!("the store of files could not be swept: {problem:?}");
                }
            }
            // It can stop anywhere: the next one begins anew.
            _ = shutdown.wait_for(|over| *over) => return,
        }
        pause = STEP;
    }
}

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Contents newly found that nobody names.
    pub noted: usize,
    /// Files removed.
    pub removed: usize,
}

/// One walk through the store of files.
///
/// It reads the folder itself and not through the store, whose list hides what an upload that died has left, and ends
/// at the first folder that cannot be read.
pub async fn sweep(app: &App) -> Result<Swept, Problem> {
    let mut swept = Swept::default();
    let mut folder = tokio::fs::read_dir(app.uploads()).await.map_err(anyhow::Error::from)?;
    loop {
        let (page, end) = next_page(&mut folder, app.clock.now()).await?;
        swept.removed += remove_unfinished(app, &page.unfinished).await;
        let of_page = contents(app, page.contents).await?;
        swept.noted += of_page.noted;
        swept.removed += of_page.removed;
        if end {
            break;
        }
    }
    let before = app.clock.now().saturating_sub(NOTED_FOR).unwrap_or(Timestamp::MIN);
    app.db.write(move |tx| store::files::purge(tx, before)).await?;
    if swept != Swept::default() {
        let Swept { noted, removed } = swept;
        tracing::info!(removed, noted, "swept the store of files; what is noted goes in a day");
    }
    Ok(swept)
}

/// Old files.
#[derive(Default)]
struct Page {
    contents: Vec<String>,
    unfinished: Vec<String>,
}

/// The next old files, and whether the folder ends with them.
async fn next_page(folder: &mut ReadDir, now: Timestamp) -> Result<(Page, bool), Problem> {
    let mut page = Page::default();
    while let Some(entry) = folder.next_entry().await.map_err(anyhow::Error::from)? {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let list = match name.split_once('#') {
            None if is_content(&name) => &mut page.contents,
            Some((name, part)) if is_content(name) && is_number(part) => &mut page.unfinished,
            // Nothing of ours: whoever put it there may want it.
            _ => continue,
        };
        if is_old(&entry, now).await {
            list.push(name);
        }
        if page.contents.len() + page.unfinished.len() >= PAGE {
            return Ok((page, false));
        }
    }
    Ok((page, true))
}

/// A name as uploads are given.
fn is_content(name: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(&letter);
    name.len() == 32 && name.bytes().all(fits)
}

/// `#1` after its name marks an upload that the store has not finished.
fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|letter| letter.is_ascii_digit())
}

/// A file that is gone meanwhile, or cannot be looked at, is left alone.
async fn is_old(entry: &DirEntry, now: Timestamp) -> bool {
    let Ok(facts) = entry.metadata().await else { return false };
    let modified = facts.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    facts.is_file() && modified.is_some_and(|at| now.duration_since(at) >= DAY)
}

/// The store neither shows nor deletes what was not finished.
async fn remove_unfinished(app: &App, names: &[String]) -> usize {
    let mut removed = 0;
    for name in names {
        match tokio::fs::remove_file(app.uploads().join(name)).await {
            Ok(()) => removed += 1,
            Err(error) => tracing::warn!(name, "cannot remove an unfinished upload: {error}"),
        }
    }
    removed
}

/// Notes what nobody names, and removes what nobody has named for long enough.
async fn contents(app: &App, keys: Vec<String>) -> Result<Swept, Problem> {
    if keys.is_empty() {
        return Ok(Swept::default());
    }
    let now = app.clock.now();
    let asked = keys.clone();
    let known = app.db.read(move |tx| store::files::known(tx, &asked)).await?;
    let sorted = Sorted::of(keys, &known, now);
    let mut over = sorted.found_again;
    let mut removed = 0;
    for key in sorted.doomed {
        match app.files.delete(&BlobPath::from(key.as_str())).await {
            Ok(()) => removed += 1,
            Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => {
                tracing::warn!(key, "cannot remove a file that nobody names: {error}");
                continue;
            }
        }
        over.push(key);
    }
    let noted = sorted.fresh.len();
    if noted > 0 || !over.is_empty() {
        let fresh = sorted.fresh;
        app.db
            .write(move |tx| {
                store::files::forget(tx, &over)?;
                store::files::note(tx, &fresh, now)
            })
            .await?;
    }
    Ok(Swept { noted, removed })
}

/// Contents by what becomes of them.
#[derive(Default)]
struct Sorted {
    /// Noted, and named again.
    found_again: Vec<String>,
    /// Named by nobody, not noted yet.
    fresh: Vec<String>,
    /// Named by nobody for long enough.
    doomed: Vec<String>,
}

impl Sorted {
    fn of(keys: Vec<String>, known: &Known, now: Timestamp) -> Self {
        let mut sorted = Self::default();
        for key in keys {
            match (known.named.contains(&key), known.noted.get(&key)) {
                (true, None) => {}
                (true, Some(_)) => sorted.found_again.push(key),
                (false, None) => sorted.fresh.push(key),
                (false, Some(since)) if now.duration_since(*since) >= DAY => {
                    sorted.doomed.push(key);
                }
                (false, Some(_)) => {}
            }
        }
        sorted
    }
}
