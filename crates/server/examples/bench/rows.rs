//! Rows on their way into a table, many in one statement where that saves the way to a server.

use db::{Dialect, Error, Tx, Value};

/// Values in one statement at most; PostgreSQL's protocol ends at 65,535.
const VALUES: usize = 3_000;

/// Rows of one table.
pub struct Rows {
    table: &'static str,
    columns: &'static str,
    width: usize,
    values: Vec<Value>,
}

impl Rows {
    /// No rows yet, with these columns.
    pub fn of(table: &'static str, columns: &'static str) -> Self {
        Self { table, columns, width: columns.split(',').count(), values: Vec::new() }
    }

    /// Adds a row.
    pub fn push<const N: usize>(&mut self, row: [Value; N]) {
        assert_eq!(N, self.width, "columns of {}", self.table);
        self.values.extend(row);
    }

    /// Writes them all.
    pub fn insert(&self, tx: &mut Tx) -> Result<(), Error> {
        let at_once = match tx.dialect() {
            Dialect::Sqlite => 1,
            Dialect::Postgres => (VALUES / self.width).max(1),
        };
        let full = self.statement(tx.dialect(), at_once);
        for chunk in self.values.chunks(at_once * self.width) {
            let rows = chunk.len() / self.width;
            if rows == at_once {
                tx.run(&full, chunk)?;
            } else {
                tx.run(&self.statement(tx.dialect(), rows), chunk)?;
            }
        }
        Ok(())
    }

    fn statement(&self, dialect: Dialect, rows: usize) -> String {
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, self.columns);
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 1..=self.width {
                let number = row * self.width + column;
                let comma = if column == 1 { "" } else { ", " };
                // The one column whose type has no literal of text.
                if self.table == "ticket_search" && column == 2 && dialect == Dialect::Postgres {
                    sql.push_str(&format!("{comma}CAST(CAST(${number} AS TEXT) AS TSVECTOR)"));
                } else {
                    sql.push_str(&format!("{comma}${number}"));
                }
            }
            sql.push(')');
        }
        sql
    }
}
