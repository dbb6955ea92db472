//! Which contents of the store of files anybody still names, and since when that has been nobody. The store of files
//! belongs to no company: only the job that sweeps it asks here.

use std::collections::{HashMap, HashSet};

use db::{Error, Tx, Value, params};
use jiff::Timestamp;

use super::{STEP, in_steps};

/// So many names are looked up at once: one statement, whatever their number.
const AT_ONCE: usize = 64;

/// What the database knows of some contents.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Named by an attachment of either side, or by what left with an offer.
    pub named: HashSet<String>,
    /// Noted as named by nobody, and since when.
    pub noted: HashMap<String, Timestamp>,
}

/// What is known of these contents.
pub fn known(tx: &mut Tx, keys: &[String]) -> Result<Known, Error> {
    let mut named = attached(tx, keys)?;
    // In this order: what an offer names may become an attachment only while the offer goes on naming it. The other way
    // round an attachment that is offered and then deleted could slip through between the two.
    let rest: HashSet<&str> =
        keys.iter().map(String::as_str).filter(|key| !named.contains(*key)).collect();
    named.extend(offered(tx, &rest)?);
    Ok(Known { named, noted: noted(tx, keys)? })
}

fn attached(tx: &mut Tx, keys: &[String]) -> Result<HashSet<String>, Error> {
    let found = in_chunks(tx, keys, |tx, places, keys| {
        let sql = format!("SELECT content_key FROM attachment WHERE content_key IN ({places})");
        tx.all(&sql, keys, |row| row.get(0))
    })?;
    Ok(found.into_iter().collect())
}

/// What left with an offer stays as long as the round: the partner may still accept it, though the lead has deleted the
/// item. A key is any word of the snapshot, wherever it stands in there.
fn offered(tx: &mut Tx, keys: &HashSet<&str>) -> Result<HashSet<String>, Error> {
    if keys.is_empty() {
        return Ok(HashSet::new());
    }
    let found = in_steps(|after| {
        tx.all(
            "SELECT id, snapshot FROM outsourcing WHERE id > $1 AND snapshot LIKE '%\"blob\"%' ORDER BY id LIMIT $2",
            &params![after, STEP],
            |row| {
                let snapshot: String = row.get(1)?;
                let words = snapshot.split(|letter: char| !letter.is_ascii_alphanumeric());
                let found = words.filter(|word| keys.contains(word)).map(str::to_owned);
                Ok((row.get(0)?, found.collect::<Vec<String>>()))
            },
        )
    })?;
    Ok(found.into_iter().flatten().collect())
}

fn noted(tx: &mut Tx, keys: &[String]) -> Result<HashMap<String, Timestamp>, Error> {
    let found = in_chunks(tx, keys, |tx, places, keys| {
        let sql =
            format!("SELECT content_key, since FROM unused_file WHERE content_key IN ({places})");
        tx.all(&sql, keys, |row| Ok((row.get(0)?, row.get(1)?)))
    })?;
    Ok(found.into_iter().collect())
}

fn in_chunks<T>(
    tx: &mut Tx,
    keys: &[String],
    mut read: impl FnMut(&mut Tx, &str, &[Value]) -> Result<Vec<T>, Error>,
) -> Result<Vec<T>, Error> {
    let places: Vec<String> = (1..=AT_ONCE).map(|at| format!("${at}")).collect();
    let places = places.join(", ");
    let mut all = Vec::new();
    for some in keys.chunks(AT_ONCE) {
        let padded = some.iter().map(String::as_str).chain(std::iter::repeat(""));
        let padded: Vec<Value> = padded.take(AT_ONCE).map(Value::from).collect();
        all.extend(read(tx, &places, &padded)?);
    }
    Ok(all)
}

/// Nobody names these from now on; what was noted before keeps its time.
pub fn note(tx: &mut Tx, keys: &[String], now: Timestamp) -> Result<(), Error> {
    for key in keys {
        tx.run(
            "INSERT INTO unused_file (content_key, since) VALUES ($1, $2) ON CONFLICT (content_key) DO NOTHING",
            &params![key.as_str(), now],
        )?;
    }
    Ok(())
}

/// These are named after all, or gone.
pub fn forget(tx: &mut Tx, keys: &[String]) -> Result<(), Error> {
    for key in keys {
        tx.run("DELETE FROM unused_file WHERE content_key = $1", &params![key.as_str()])?;
    }
    Ok(())
}

/// Forgets what was noted before: its content was removed without this being told.
pub fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    tx.run("DELETE FROM unused_file WHERE since < $1", &params![before])
}
