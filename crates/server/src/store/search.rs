//! Full text over tickets, the one thing that the two databases do differently.
//!
//! Words are folded before they are stored (ß is ss; ä is both a and ae), so that both engines find the same.

use db::{Dialect, Error, Tx, params};
use domain::ids::{CompanyId, TicketId};

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

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// What is stored for a ticket: the company's word, then every word, umlauts both ways.
pub fn document(company: CompanyId, text: &str) -> String {
    let mut words = vec![format!("company{company}")];
    for word in text.split_whitespace() {
        let folded = fold(word);
        let spelled = spelled_out(word);
        words.extend(words_of(&folded).map(str::to_owned));
        if spelled != folded {
            words.extend(words_of(&spelled).map(str::to_owned));
        }
    }
    words.join(" ")
}

/// Replaces what is known of a ticket.
pub fn index(tx: &mut Tx, company: CompanyId, ticket: TicketId, text: &str) -> Result<(), Error> {
    let words = document(company, text);
    match tx.dialect() {
        Dialect::Sqlite => {
            tx.run("DELETE FROM ticket_search WHERE rowid = $1", &params![ticket.0])?;
            tx.run(
                "INSERT INTO ticket_search (rowid, words) VALUES ($1, $2)",
                &params![ticket.0, words],
            )?;
        }
        Dialect::Postgres => {
            tx.run(
                "INSERT INTO ticket_search (rowid, words) VALUES ($1, to_tsvector('simple', $2))
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

/// The condition `id IN (…)` for parameter number `at`, and that parameter; `None` if nothing searchable was typed.
/// Every word typed must begin a word of the ticket.
pub fn condition(
    dialect: Dialect,
    company: CompanyId,
    typed: &str,
    at: usize,
) -> Option<(String, String)> {
    let folded = fold(typed);
    let words: Vec<&str> = words_of(&folded).take(8).collect();
    if words.is_empty() {
        return None;
    }
    let (sql, parts): (String, Vec<String>) = match dialect {
        Dialect::Sqlite => (
            format!("t.id IN (SELECT rowid FROM ticket_search WHERE ticket_search MATCH ${at})"),
            words.iter().map(|word| format!("\"{word}\"*")).collect(),
        ),
        Dialect::Postgres => (
            format!(
                "t.id IN (SELECT rowid FROM ticket_search WHERE words @@ to_tsquery('simple', ${at}))"
            ),
            words.iter().map(|word| format!("'{word}':*")).collect(),
        ),
    };
    let (own, and) = match dialect {
        Dialect::Sqlite => (format!("\"company{company}\""), " AND "),
        Dialect::Postgres => (format!("'company{company}'"), " & "),
    };
    Some((sql, format!("{own}{and}{}", parts.join(and))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_are_found_both_ways() {
        let text = document(CompanyId(7), "Büro-Straße T20261124.0001");
        assert_eq!(text, "company7 buro strasse buero strasse t20261124 0001");
    }

    #[test]
    fn a_query_cannot_break_out_of_its_company() {
        let (_, query) = condition(Dialect::Sqlite, CompanyId(7), "a\" OR company8", 2).unwrap();
        assert_eq!(query, "\"company7\" AND \"a\"* AND \"or\"* AND \"company8\"*");
        assert!(condition(Dialect::Postgres, CompanyId(7), "'|!", 2).is_none());
    }
}
