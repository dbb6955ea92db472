//! Links between an item and its copy on the other side, and the append-only list of crossings.
//!
//! These are the only rows that two companies share about their work. Both may read them; an item itself
//! is read through [`super::items`], on behalf of the company it belongs to.

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, OutsourcingId, TicketId};
use domain::outsourcing::Side;
use domain::sync::{ItemKind, LinkState};
use jiff::Timestamp;

use super::items::ItemId;
use super::{named, returned};

/// An item that crossed, and its copy.
#[derive(Debug, Clone)]
pub struct Link {
    /// Key.
    pub id: i64,
    /// The round it crossed in.
    pub round: OutsourcingId,
    /// Where it comes from.
    pub from: Side,
    /// The item.
    pub origin: ItemId,
    /// Its copy.
    pub copy: ItemId,
    /// Linked, severed, ended.
    pub state: LinkState,
    /// Revision of the item that the copy shows.
    pub revision: i64,
}

const COLUMNS: &str =
    "l.id, l.outsourcing_id, l.from_side, l.origin_item, l.copy_item, l.state, l.revision";

fn read(row: &Row) -> Result<Link, Error> {
    Ok(Link {
        id: row.get(0)?,
        round: OutsourcingId(row.get(1)?),
        from: named(row, 2, Side::from_name)?,
        origin: ItemId(row.get(3)?),
        copy: ItemId(row.get(4)?),
        state: named(row, 5, LinkState::from_name)?,
        revision: row.get(6)?,
    })
}

/// Every link of the rounds a ticket takes part in.
pub fn on_ticket(tx: &mut Tx, company: CompanyId, ticket: TicketId) -> Result<Vec<Link>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM link l JOIN outsourcing o ON o.id = l.outsourcing_id
          WHERE (o.lead_company = $1 AND o.lead_ticket = $2) OR (o.partner_company = $1 AND o.partner_ticket = $2)
          ORDER BY l.id LIMIT 20000"
    );
    tx.all(&sql, &params![company.0, ticket.0], read)
}

/// The link of an own item in a round.
pub fn of_origin(tx: &mut Tx, round: OutsourcingId, origin: ItemId) -> Result<Option<Link>, Error> {
    let sql =
        format!("SELECT {COLUMNS} FROM link l WHERE l.outsourcing_id = $1 AND l.origin_item = $2");
    tx.one(&sql, &params![round.0, origin.0], read)
}

/// The newest link of an own item in any round of its ticket.
pub fn newest_of_origin(tx: &mut Tx, origin: ItemId) -> Result<Option<Link>, Error> {
    let sql =
        format!("SELECT {COLUMNS} FROM link l WHERE l.origin_item = $1 ORDER BY l.id DESC LIMIT 1");
    tx.one(&sql, &params![origin.0], read)
}

/// The link a copy came by.
pub fn of_copy(tx: &mut Tx, copy: ItemId) -> Result<Option<Link>, Error> {
    tx.one(&format!("SELECT {COLUMNS} FROM link l WHERE l.copy_item = $1"), &params![copy.0], read)
}

/// Ties an item to its new copy.
pub fn create(
    tx: &mut Tx,
    round: OutsourcingId,
    from: Side,
    origin: ItemId,
    copy: ItemId,
    revision: i64,
) -> Result<(), Error> {
    tx.run(
        "INSERT INTO link (outsourcing_id, from_side, origin_item, copy_item, state, revision)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &params![round.0, from.name(), origin.0, copy.0, LinkState::Linked.name(), revision],
    )?;
    Ok(())
}

/// The copy now shows this revision.
pub fn advance(tx: &mut Tx, link: i64, revision: i64) -> Result<(), Error> {
    tx.run("UPDATE link SET revision = $2 WHERE id = $1", &params![link, revision])?;
    Ok(())
}

/// Changes the state of a link.
pub fn set_state(tx: &mut Tx, link: i64, state: LinkState) -> Result<(), Error> {
    tx.run("UPDATE link SET state = $2 WHERE id = $1", &params![link, state.name()])?;
    Ok(())
}

/// Cuts every tie of a round that still holds (section 13).
pub fn end_all(tx: &mut Tx, round: OutsourcingId) -> Result<(), Error> {
    tx.run(
        "UPDATE link SET state = $2 WHERE outsourcing_id = $1 AND state = $3",
        &params![round.0, LinkState::Ended.name(), LinkState::Linked.name()],
    )?;
    Ok(())
}

/// One crossing.
#[derive(Debug, Clone)]
pub struct Crossing {
    /// Key; also the order.
    pub id: i64,
    /// The id that means the same on another server.
    pub public_id: String,
    /// When.
    pub at: Timestamp,
    /// From which side.
    pub from: Side,
    /// `create`, `edit`, `delete`.
    pub change: String,
    /// What it is at its origin.
    pub kind: ItemKind,
    /// What it became.
    pub copy_kind: ItemKind,
    /// The item.
    pub origin: ItemId,
    /// Its revision.
    pub revision: i64,
    /// Its copy.
    pub copy: ItemId,
    /// Who wrote it.
    pub person: String,
    /// What the other side got, as JSON.
    pub content: String,
}

/// Writes a crossing down.
pub fn record(tx: &mut Tx, round: OutsourcingId, crossing: &Crossing) -> Result<i64, Error> {
    let id = tx.one(
        "INSERT INTO crossing (public_id, outsourcing_id, at, from_side, change, kind, copy_kind, origin_item,
                               origin_revision, copy_item, person_name, content)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
        &params![
            &crossing.public_id,
            round.0,
            crossing.at,
            crossing.from.name(),
            &crossing.change,
            crossing.kind.name(),
            crossing.copy_kind.name(),
            crossing.origin.0,
            crossing.revision,
            crossing.copy.0,
            &crossing.person,
            &crossing.content
        ],
        |row| row.get(0),
    )?;
    returned(id)
}

const CROSSING: &str = "id, public_id, at, from_side, change, kind, copy_kind, origin_item, origin_revision, copy_item, person_name, content";

fn read_crossing(row: &Row) -> Result<Crossing, Error> {
    Ok(Crossing {
        id: row.get(0)?,
        public_id: row.get(1)?,
        at: row.get(2)?,
        from: named(row, 3, Side::from_name)?,
        change: row.get(4)?,
        kind: named(row, 5, ItemKind::from_name)?,
        copy_kind: named(row, 6, ItemKind::from_name)?,
        origin: ItemId(row.get(7)?),
        revision: row.get(8)?,
        copy: ItemId(row.get(9)?),
        person: row.get(10)?,
        content: row.get(11)?,
    })
}

/// What crossed from a side since this crossing (that one included), oldest first.
pub fn crossings_since(
    tx: &mut Tx,
    round: OutsourcingId,
    from: Side,
    first: i64,
) -> Result<Vec<Crossing>, Error> {
    let sql = format!(
        "SELECT {CROSSING} FROM crossing WHERE outsourcing_id = $1 AND from_side = $2 AND id >= $3 ORDER BY id LIMIT 500"
    );
    tx.all(&sql, &params![round.0, from.name(), first], read_crossing)
}

/// A page of what crossed in a round, newest first, older than `before`. The caller has shown that it takes part.
pub fn crossings(
    tx: &mut Tx,
    round: OutsourcingId,
    before: Option<i64>,
) -> Result<Vec<Crossing>, Error> {
    let sql = format!(
        "SELECT {CROSSING} FROM crossing WHERE outsourcing_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    tx.all(&sql, &params![round.0, before.unwrap_or(i64::MAX), super::PAGE + 1], read_crossing)
}

/// Hours to bill, in hundredths, that the partner's time entries on the lead's ticket show in a round.
pub fn hours_received(tx: &mut Tx, round: OutsourcingId) -> Result<i64, Error> {
    let found = tx.one(
        "SELECT CAST(COALESCE(SUM(e.worked - e.deduct), 0) AS BIGINT) FROM link l JOIN time_entry e ON e.item_id = l.copy_item
          WHERE l.outsourcing_id = $1 AND l.from_side = 'partner'",
        &params![round.0],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or_default())
}

/// Hours to bill of the partner's own time entries that crossed in a round, in hundredths: what the partner's side
/// counts. Once detached, the lead's copies are the lead's.
pub fn hours_sent(tx: &mut Tx, round: OutsourcingId) -> Result<i64, Error> {
    let found = tx.one(
        "SELECT CAST(COALESCE(SUM(e.worked - e.deduct), 0) AS BIGINT) FROM link l JOIN time_entry e ON e.item_id = l.origin_item
          WHERE l.outsourcing_id = $1 AND l.from_side = 'partner'",
        &params![round.0],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or_default())
}

/// Unties an item from its copy, which is about to be deleted.
pub fn delete(tx: &mut Tx, link: i64) -> Result<(), Error> {
    tx.run("DELETE FROM link WHERE id = $1", &params![link])?;
    Ok(())
}

/// The newest content of every time entry of the partner that crossed in a round and was not taken back, oldest first.
pub fn partner_time(tx: &mut Tx, round: OutsourcingId) -> Result<Vec<String>, Error> {
    tx.all(
        "SELECT c.content FROM crossing c
          WHERE c.outsourcing_id = $1 AND c.from_side = 'partner' AND c.kind = 'time_entry' AND c.change <> 'delete'
            AND NOT EXISTS (SELECT 1 FROM crossing n WHERE n.outsourcing_id = $1 AND n.origin_item = c.origin_item AND n.id > c.id)
          ORDER BY c.id LIMIT 5000",
        &params![round.0],
        |row| row.get(0),
    )
}
