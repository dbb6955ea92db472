//! Full text over tickets, the one thing that the two databases do differently.
//!
//! Words are folded before they are stored (ß is ss; ä is both a and ae), so that both engines find the same.

use std::collections::BTreeSet;

use db::{Dialect, Error, Tx, params};
use domain::ids::{CompanyId, TicketId};
use domain::ticket::TicketStatus;

use super::named;

/// Lower case, umlauts and accents to their base letter, ß to ss.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'à' | 'á' | 'â' | 'å' => folded.push('a'),
            'ö' | 'ò' | 'ó' | 'ô' => folded.push('o'),
            'ü' | 'ù' | 'ú' | 'û' => folded.push('u'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            'ß' => folded.push_str("ss"),
            other => folded.push(other),
        }
    }
    folded
}

fn spelled_out(text: &str) -> String {
    let spelled = text.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    fold(&spelled)
}

/// Letters of a word that count; PostgreSQL refuses words of more than 2,046 bytes, and nobody types that many.
const LETTERS: usize = 64;

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(begin)
}

/// The first letters of a word.
fn begin(word: &str) -> &str {
    word.char_indices().nth(LETTERS).map_or(word, |(end, _)| &word[..end])
}

/// Which tickets are looked through. What is done grows with the years; what is open does not, and is what people search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Not complete.
    Open,
    /// Complete.
    Done,
}

impl Kept {
    /// Where a ticket is kept.
    pub fn of(status: TicketStatus) -> Self {
        if status == TicketStatus::Complete { Self::Done } else { Self::Open }
    }

    fn letter(self) -> char {
        match self {
            Self::Open => 'o',
            Self::Done => 'd',
        }
    }
}

/// What begins every word of a company's tickets, so that a search touches no other word of the index: neither another
/// company's nor, among the open ones, those of years ago. No company's beginning is the beginning of another's.
fn beginning(company: CompanyId, kept: Kept) -> String {
    format!("c{company}{}", kept.letter())
}

/// What can be found of a ticket.
pub fn text(number: &str, title: &str, organization: &str, description: &str) -> String {
    format!("{number} {title} {organization} {description}")
}

/// What is stored for a ticket: every word once behind its company's beginning, umlauts both ways.
pub fn document(company: CompanyId, kept: Kept, text: &str) -> String {
    let beginning = beginning(company, kept);
    let mut words = BTreeSet::new();
    for word in text.split_whitespace() {
        let folded = fold(word);
        let spelled = spelled_out(word);
        words.extend(words_of(&folded).map(str::to_owned));
        if spelled != folded {
            words.extend(words_of(&spelled).map(str::to_owned));
        }
    }
    words.iter().fold(String::new(), |mut document, word| {
        if !document.is_empty() {
            document.push(' ');
        }
        document.push_str(&beginning);
        document.push_str(word);
        document
    })
}

/// Replaces what is known of a ticket.
pub fn index(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
    kept: Kept,
    text: &str,
) -> Result<(), Error> {
    let words = document(company, kept, text);
    match tx.dialect() {
        Dialect::Sqlite => {
            tx.run("DELETE FROM ticket_search WHERE rowid = $1", &params![ticket.0])?;
            tx.run(
                "INSERT INTO ticket_search (rowid, words) VALUES ($1, $2)",
                &params![ticket.0, words],
            )?;
        }
        Dialect::Postgres => {
            // Not `to_tsvector`: these are words already, and its reading of them is another one than ours.
            tx.run(
                "INSERT INTO ticket_search (rowid, words) VALUES ($1, CAST(CAST($2 AS TEXT) AS TSVECTOR))
                 ON CONFLICT (rowid) DO UPDATE SET words = EXCLUDED.words",
                &params![ticket.0, words],
            )?;
        }
    }
    Ok(())
}

/// Forgets a ticket.
pub fn forget(tx: &mut Tx, ticket: TicketId) -> Result<(), Error> {
    tx.run("DELETE FROM ticket_search WHERE rowid = $1", &params![ticket.0])?;
    Ok(())
}

/// Makes every ticket findable, after the migration that emptied the index. Returns how many there are.
pub fn refill(tx: &mut Tx) -> Result<usize, Error> {
    const STEP: i64 = 1_000;
    if tx.one("SELECT 1 FROM ticket_search LIMIT 1", &[], |row| row.get::<i64>(0))?.is_some() {
        return Ok(0);
    }
    let (mut last, mut count) = (0, 0);
    loop {
        let found = tx.all(
            "SELECT t.id, t.company_id, t.status, t.number, t.title, o.name, t.description
               FROM ticket t JOIN organization o ON o.id = t.organization_id
              WHERE t.id > $1 ORDER BY t.id LIMIT $2",
            &params![last, STEP],
            |row| {
                let words: [String; 4] = [row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
                let kept = Kept::of(named(row, 2, TicketStatus::from_name)?);
                Ok((TicketId(row.get(0)?), CompanyId(row.get(1)?), kept, words))
            },
        )?;
        let Some((newest, ..)) = found.last() else { return Ok(count) };
        last = newest.0;
        for (ticket, company, kept, [number, title, organization, description]) in &found {
            let text = text(number, title, organization, description);
            index(tx, *company, *ticket, *kept, &text)?;
        }
        count += found.len();
    }
}

/// How a statement looks only at what was found: its FROM, which ends with `ticket t`, a condition, and the parameter
/// they hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// After `FROM`.
    pub from: String,
    /// Begins with `AND`.
    pub and: &'static str,
    /// The words, as the engine wants them.
    pub words: String,
}

/// For parameter number `at`; `None` if nothing searchable was typed. Every word typed must begin a word of the ticket.
///
/// Both engines are made to begin with what was found. Left to themselves they may walk through all of a company's
/// tickets in the wanted order and ask of each whether it was, which takes long for a word that is rare.
pub fn found(
    dialect: Dialect,
    company: CompanyId,
    kept: Kept,
    typed: &str,
    at: usize,
) -> Option<Found> {
    let folded = fold(typed);
    let words: Vec<&str> = words_of(&folded).take(8).collect();
    if words.is_empty() {
        return None;
    }
    let beginning = beginning(company, kept);
    Some(match dialect {
        Dialect::Sqlite => {
            let words = words.iter().map(|word| format!("\"{beginning}{word}\"*"));
            Found {
                from: format!("ticket_search(${at}) s CROSS JOIN ticket t"),
                and: " AND t.id = s.rowid",
                words: words.collect::<Vec<_>>().join(" AND "),
            }
        }
        Dialect::Postgres => {
            let words = words.iter().map(|word| format!("'{beginning}{word}':*"));
            Found {
                from: format!(
                    "(SELECT rowid FROM ticket_search WHERE words @@ CAST(CAST(${at} AS TEXT) AS TSQUERY) OFFSET 0) AS s
                     CROSS JOIN LATERAL (SELECT * FROM ticket WHERE ticket.id = s.rowid OFFSET 0) AS t"
                ),
                and: "",
                words: words.collect::<Vec<_>>().join(" & "),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(dialect: Dialect, kept: Kept, typed: &str) -> Option<String> {
        found(dialect, CompanyId(7), kept, typed, 2).map(|found| found.words)
    }

    #[test]
    fn umlauts_are_found_both_ways() {
        let text = document(CompanyId(7), Kept::Open, "Büro-Straße T20261124.0001, Büro");
        assert_eq!(text, "c7o0001 c7obuero c7oburo c7ostrasse c7ot20261124");
    }

    #[test]
    fn a_query_cannot_break_out_of_its_company() {
        let typed = "a\" OR c8o";
        let asked = query(Dialect::Sqlite, Kept::Open, typed);
        assert_eq!(asked.as_deref(), Some("\"c7oa\"* AND \"c7oor\"* AND \"c7oc8o\"*"));
        let asked = query(Dialect::Postgres, Kept::Done, typed);
        assert_eq!(asked.as_deref(), Some("'c7da':* & 'c7dor':* & 'c7dc8o':*"));
        assert_eq!(query(Dialect::Postgres, Kept::Open, "'|!"), None);
    }
}
