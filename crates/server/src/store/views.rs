//! Saved views and chosen columns: each person's own, found by nobody else.

use db::{Error, Tx, params};
use domain::ids::PersonId;
use jiff::Timestamp;

use super::returned;
use super::rounds::Kind;
use crate::app::Acting;

/// Behind which door a view shows its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The Outsource Management dashboard.
    Outsource,
    /// Received work.
    Received,
}

impl Door {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Outsource, Self::Received];

    /// As it is stored, and as its address begins.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outsource => "outsource",
            Self::Received => "received",
        }
    }

    /// From its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.name() == name)
    }

    /// Its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Outsource => "/outsource",
            Self::Received => "/received",
        }
    }
}

/// A list with its filters, order and columns, under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Key.
    pub id: i64,
    /// Behind which door.
    pub door: Door,
    /// Name.
    pub name: String,
    /// The query of its address.
    pub query: String,
    /// Whether the door opens on it.
    pub is_start: bool,
}

/// Whether a view is where its door opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The door opens on it; no other view of that door is the start any more.
    Here,
    /// It does not.
    Elsewhere,
}

const COLUMNS: &str = "id, door, name, query, is_start";

fn read(row: &db::Row) -> Result<SavedView, Error> {
    Ok(SavedView {
        id: row.get(0)?,
        door: super::named(row, 1, Door::from_name)?,
        name: row.get(2)?,
        query: row.get(3)?,
        is_start: row.get(4)?,
    })
}

/// A person's views behind a door, by name. There are few: the action sees to it.
pub fn all(tx: &mut Tx, acting: &Acting, door: Door) -> Result<Vec<SavedView>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM saved_view WHERE person_id = $1 AND company_id = $2 AND door = $3 ORDER BY LOWER(name), id LIMIT 100"
    );
    tx.all(&sql, &params![acting.actor.person.0, acting.actor.company.0, door.name()], read)
}

/// One view, if it is the acting person's.
pub fn of(tx: &mut Tx, acting: &Acting, id: i64) -> Result<Option<SavedView>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM saved_view WHERE person_id = $1 AND company_id = $2 AND id = $3"
    );
    tx.one(&sql, &params![acting.actor.person.0, acting.actor.company.0, id], read)
}

/// Adds a view. [`Error::Unique`] if the person has one of that name there.
pub fn create(
    tx: &mut Tx,
    acting: &Acting,
    door: Door,
    name: &str,
    query: &str,
) -> Result<i64, Error> {
    let id = tx.one(
        "INSERT INTO saved_view (company_id, person_id, door, name, query, is_start, created_at)
         VALUES ($1, $2, $3, $4, $5, 0, $6) RETURNING id",
        &params![
            acting.actor.company.0,
            acting.actor.person.0,
            door.name(),
            name,
            query,
            acting.now
        ],
        |row| row.get(0),
    )?;
    returned(id)
}

/// Saves name, query and start of a view over what it was. [`Error::Unique`] if another one has the name.
pub fn save(tx: &mut Tx, acting: &Acting, view: &SavedView) -> Result<(), Error> {
    if view.is_start {
        tx.run(
            "UPDATE saved_view SET is_start = 0 WHERE person_id = $1 AND door = $2 AND id <> $3 AND is_start = 1",
            &params![acting.actor.person.0, view.door.name(), view.id],
        )?;
    }
    tx.run(
        "UPDATE saved_view SET name = $4, query = $5, is_start = $6 WHERE person_id = $1 AND company_id = $2 AND id = $3",
        &params![
            acting.actor.person.0,
            acting.actor.company.0,
            view.id,
            &view.name,
            &view.query,
            view.is_start
        ],
    )?;
    Ok(())
}

/// Forgets a view; `false` if it is not the acting person's.
pub fn delete(tx: &mut Tx, acting: &Acting, id: i64) -> Result<bool, Error> {
    let gone = tx.run(
        "DELETE FROM saved_view WHERE person_id = $1 AND company_id = $2 AND id = $3",
        &params![acting.actor.person.0, acting.actor.company.0, id],
    )?;
    Ok(gone == 1)
}

/// The columns a person chose for the lists of a kind, as they were written; `None` for the standard. What is called
/// `side` in the table was one when there were two kinds.
pub fn columns(tx: &mut Tx, person: PersonId, kind: Kind) -> Result<Option<String>, Error> {
    tx.one(
        "SELECT columns FROM chosen_columns WHERE person_id = $1 AND side = $2",
        &params![person.0, kind.name()],
        |row| row.get(0),
    )
}

/// Remembers the columns a person chose; an empty list is the standard again.
pub fn choose_columns(
    tx: &mut Tx,
    acting: &Acting,
    kind: Kind,
    columns: &str,
) -> Result<(), Error> {
    if columns.is_empty() {
        tx.run(
            "DELETE FROM chosen_columns WHERE person_id = $1 AND side = $2",
            &params![acting.actor.person.0, kind.name()],
        )?;
        return Ok(());
    }
    tx.run(
        "INSERT INTO chosen_columns (person_id, company_id, side, columns) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id, side) DO UPDATE SET columns = $4",
        &params![acting.actor.person.0, acting.actor.company.0, kind.name(), columns],
    )?;
    Ok(())
}

/// When the acting person's account was made; only to lock it while views are counted.
pub fn lock_person(tx: &mut Tx, acting: &Acting) -> Result<Option<Timestamp>, Error> {
    let lock = tx.dialect().for_update();
    tx.one(
        &format!("SELECT created_at FROM person WHERE id = $1{lock}"),
        &params![acting.actor.person.0],
        |row| row.get(0),
    )
}
