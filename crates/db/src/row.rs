//! What comes out of a statement: rows, read by column index, without an allocation per cell.

use jiff::Timestamp;

use crate::Error;

/// A row of a result, valid while the mapping closure runs.
pub struct Row<'a>(pub(crate) Source<'a>);

/// The row as its engine hands it out.
pub(crate) enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a ::postgres::Row),
}

/// One cell, borrowed from its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// SQL NULL.
    Null,
    /// Any whole number; `PostgreSQL`'s booleans as 0 and 1.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

/// A type a column can be read as. Implement it for your own ids and enums.
pub trait FromValue: Sized {
    /// Reads the cell; the error says what was expected, the column is added by [`Row::get`].
    fn from_value(cell: Cell<'_>) -> Result<Self, Error>;
}

impl Row<'_> {
    /// The column at `index`, counted from 0; [`Error::Decode`] if it is missing or of another type.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, Error> {
        self.cell(index).and_then(T::from_value).map_err(|error| match error {
            Error::Decode(why) => Error::Decode(format!("column {index}: {why}")),
            other => other,
        })
    }

    fn cell(&self, index: usize) -> Result<Cell<'_>, Error> {
        match &self.0 {
            Source::Sqlite(row) => {
                let cell = row.get_ref(index).map_err(|error| Error::Decode(error.to_string()))?;
                crate::sqlite::cell(cell)
            }
            Source::Postgres(row) => row.try_get(index).map_err(|error| {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                Error::Decode(cause.unwrap_or_else(|| error.to_string()))
            }),
        }
    }
}

fn wrong<T>(expected: &str, cell: Cell<'_>) -> Result<T, Error> {
    // The content may be personal: name its kind only.
    let found = match cell {
        Cell::Null => "NULL",
        Cell::Int(_) => "a number",
        Cell::Text(_) => "text",
        Cell::Blob(_) => "bytes",
    };
    Err(Error::Decode(format!("expected {expected}, found {found}")))
}

impl FromValue for i64 {
    fn from_value(cell: Cell<'_>) -> Result<Self, Error> {
        if let Cell::Int(value) = cell { Ok(value) } else { wrong("a number", cell) }
    }
}

/// The smaller numbers: what does not fit is an error, never cut.
macro_rules! smaller {
    ($($number:ty),+) => {$(
        impl FromValue for $number {
            fn from_value(cell: Cell<'_>) -> Result<Self, Error> {
                let value = i64::from_value(cell)?;
                Self::try_from(value).map_err(|_| {
                    Error::Decode(concat!("number out of range of ", stringify!($number)).to_owned())
                })
            }
        }
    )+};
}
smaller!(i32, u8, u16, u32, u64, usize);

impl FromValue for bool {
    fn from_value(cell: Cell<'_>) -> Result<Self, Error> {
        match cell {
            Cell::Int(0) => Ok(false),
            Cell::Int(1) => Ok(true),
            other => wrong("0 or 1", other),
        }
    }
}

impl FromValue for String {
    fn from_value(cell: Cell<'_>) -> Result<Self, Error> {
        if let Cell::Text(value) = cell { Ok(value.to_owned()) } else { wrong("text", cell) }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(cell: Cell<'_>) -> Result<Self, Error> {
        if let Cell::Blob(value) = cell { Ok(value.to_vec()) } else { wrong("bytes", cell) }
    }
}

/// From microseconds since 1970, UTC.
impl FromValue for Timestamp {
    fn from_value(cell: Cell<'_>) -> Result<Self, Error> {
        Self::from_microsecond(i64::from_value(cell)?)
            .map_err(|error| Error::Decode(error.to_string()))
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(cell: Cell<'_>) -> Result<Self, Error> {
        if cell == Cell::Null { Ok(None) } else { T::from_value(cell).map(Some) }
    }
}
