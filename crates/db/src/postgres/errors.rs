//! What the server's errors mean.

use std::error::Error as StdError;

use ::postgres::error::{DbError, SqlState};

use crate::Error;
use crate::error::{Again, Trouble};

/// In our words, and whether it is worth another try.
pub(super) fn trouble(error: &::postgres::Error) -> Trouble {
    let Some(found) = error.as_db_error() else {
        // A broken connection, or a value the client could not write.
        let lost =
            error.is_closed() || error.source().is_some_and(<dyn StdError>::is::<std::io::Error>);
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        let again = if lost { Again::Lost } else { Again::No };
        return Trouble { error: Error::Engine(format!("{error}{cause}")), again };
    };
    let code = found.code();
    let again = if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED]
        .contains(code)
    {
        Again::Conflict
    } else if *code == SqlState::FEATURE_NOT_SUPPORTED && found.message().contains("cached plan") {
        Again::Stale
    } else if is_farewell(code) {
        Again::Lost
    } else {
        Again::No
    };
    let told = match *code {
        SqlState::UNIQUE_VIOLATION => Error::Unique(keys(found)),
        SqlState::FOREIGN_KEY_VIOLATION => {
            Error::ForeignKey(found.constraint().unwrap_or(found.message()).to_owned())
        }
        SqlState::QUERY_CANCELED | SqlState::LOCK_NOT_AVAILABLE => Error::Timeout,
        SqlState::TOO_MANY_CONNECTIONS => Error::Overloaded,
        _ if again == Again::Conflict => Error::Timeout,
        _ => Error::Engine(format!("{} ({})", found.message(), code.code())),
    };
    Trouble { error: told, again }
}

/// Codes after which the server hangs up.
fn is_farewell(code: &SqlState) -> bool {
    ["57P01", "57P02", "57P03", "57P05", "25P03", "25P04"].contains(&code.code())
        || code.code().starts_with("08")
}

/// `table.a, table.b`, as `SQLite` says it, out of `Key (a, b)=(1, 2) already exists.` in any
/// language of the server.
fn keys(found: &DbError) -> String {
    let columns = found.detail().and_then(|detail| {
        let (_, rest) = detail.split_once('(')?;
        let (columns, _) = rest.split_once(")=(")?;
        Some(columns)
    });
    match (columns, found.table()) {
        (Some(columns), Some(table)) if !columns.contains('(') => columns
            .split(", ")
            .map(|column| format!("{table}.{}", column.trim_matches('"')))
            .collect::<Vec<_>>()
            .join(", "),
        _ => format!("index '{}'", found.constraint().unwrap_or_default()),
    }
}
