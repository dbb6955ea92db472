//! Lists that are sorted by one of their columns, page by page: each page begins after the last row of the one before.

use db::{Error, Row, Value};

/// How a list is sorted: by an expression, then by id.
#[derive(Debug, Clone)]
pub struct Sorted {
    /// What is compared; never NULL.
    pub key: String,
    /// Whether it is a text.
    pub is_text: bool,
    /// Largest first.
    pub down: bool,
}

/// The last row of the page before: the value it is sorted by, and its id.
pub type After = (String, i64);

impl Sorted {
    /// The condition for what comes after a row, with its values; empty on the first page.
    pub fn further(&self, after: Option<&After>, id: &str, values: &mut Vec<Value>) -> String {
        let Some((value, last)) = after else { return String::new() };
        values.push(if self.is_text {
            Value::from(value)
        } else {
            // A broken address shows the first page's end rather than an error.
            Value::from(value.parse::<i64>().unwrap_or_default())
        });
        values.push(Value::from(*last));
        let (key, n, beyond) = (&self.key, values.len(), if self.down { "<" } else { ">" });
        let value = n - 1;
        format!("AND ({key} {beyond} ${value} OR ({key} = ${value} AND {id} {beyond} ${n}))")
    }

    /// The order.
    pub fn order(&self, id: &str) -> String {
        let way = if self.down { "DESC" } else { "ASC" };
        format!("{} {way}, {id} {way}", self.key)
    }

    /// The value of a row, for the next page.
    pub fn place(&self, row: &Row, column: usize) -> Result<String, Error> {
        if self.is_text { row.get(column) } else { Ok(row.get::<i64>(column)?.to_string()) }
    }
}

/// An instant, or something after all others if there is none, whichever way one sorts.
pub fn instant_or_last(expression: &str, down: bool) -> String {
    let never = if down { -1 } else { i64::MAX };
    format!("COALESCE({expression}, {never})")
}

/// A text with a digit before it, because digits sort the same under every collation; none comes last.
pub fn text_or_last(expression: &str, down: bool) -> String {
    let (there, none) = if down { (1, 0) } else { (0, 1) };
    format!("COALESCE('{there}' || {}, '{none}')", folded(expression))
}

/// The place of a name in its list.
pub fn ranked<const N: usize>(expression: &str, names: [&'static str; N]) -> String {
    let cases: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(place, name)| format!("WHEN '{name}' THEN {place}"))
        .collect();
    format!("CASE {expression} {} ELSE {N} END", cases.join(" "))
}

/// Letters as they are sorted: small, umlauts at their base letter, on both databases alike.
pub fn folded(expression: &str) -> String {
    let pairs =
        [("Ä", "a"), ("ä", "a"), ("Ö", "o"), ("ö", "o"), ("Ü", "u"), ("ü", "u"), ("ß", "ss")];
    pairs.iter().fold(format!("LOWER({expression})"), |sql, (letter, base)| {
        format!("REPLACE({sql}, '{letter}', '{base}')")
    })
}
