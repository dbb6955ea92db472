//! Items: notes, time entries, charges and files of a ticket, one stream. Each company has its own rows.

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, OutsourcingId, PersonId, TicketId};
use domain::money::{Currency, Hours, Money, Quantity};
use domain::sync::{AttachmentKind, ItemKind, Publish};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{maybe_named, named, returned};

/// Key of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub i64);

/// An item: what all kinds share, and the part of its kind.
#[derive(Debug, Clone)]
pub struct Item {
    /// Key.
    pub id: ItemId,
    /// Its company.
    pub company: CompanyId,
    /// Its ticket.
    pub ticket: TicketId,
    /// Who may see it.
    pub publish: Publish,
    /// Title of a note, name of a charge or file; may be empty.
    pub title: String,
    /// Text of a note, summary of a time entry, description of a charge.
    pub body: String,
    /// For a system note: its sentence as key and arguments (see [`crate::saying`]), told in the reader's language.
    pub message: Option<String>,
    /// Who wrote it, if a person of this company did.
    pub author: Option<PersonId>,
    /// The author's name as of writing.
    pub author_name: String,
    /// The round that was linked when it was written (section 10).
    pub born_round: Option<OutsourcingId>,
    /// Whether it came over from the other side.
    pub is_copy: bool,
    /// Grows with each edit.
    pub revision: i64,
    /// Written.
    pub created_at: Timestamp,
    /// Edited last.
    pub edited_at: Option<Timestamp>,
    /// What its kind adds.
    pub part: Part,
}

/// What each kind adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Nothing: title and body are the note.
    Note,
    /// Time worked.
    Time(TimeEntry),
    /// Material or a fee.
    Charge(Charge),
    /// A file or a link to one.
    Attachment(Attachment),
}

/// Time worked (section 18.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeEntry {
    /// The day.
    pub worked_on: Date,
    /// Start and end as minutes of the day, if given.
    pub span: Option<(i64, i64)>,
    /// Hours worked.
    pub worked: Hours,
    /// Hours taken off (section 12, Deduct); never negative.
    pub deduct: Hours,
    /// Whether the customer pays for it.
    pub billable: bool,
    /// What an hour brings, if known: the lead's billing rate on a partner's entry, the agreed rate on the partner's own.
    pub rate: Option<Money>,
    /// For one's own company only; never crosses.
    pub internal_note: String,
}

impl TimeEntry {
    /// Hours to bill: worked less deducted.
    pub fn billed(&self) -> Hours {
        Hours(self.worked.0.saturating_sub(self.deduct.0))
    }
}

/// Material or a fee (section 18.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The day.
    pub charged_on: Date,
    /// How many.
    pub quantity: Quantity,
    /// What a piece costs us.
    pub unit_cost: Money,
    /// What a piece brings.
    pub unit_price: Money,
    /// Whether the customer pays for it.
    pub billable: bool,
    /// The round whose labor it bundles (section 13), if it does.
    pub bundle_of: Option<OutsourcingId>,
}

impl Charge {
    /// Quantity times unit price.
    pub fn price(&self) -> Money {
        self.unit_price.times(self.quantity).unwrap_or(self.unit_price)
    }

    /// Quantity times unit cost.
    pub fn cost(&self) -> Money {
        self.unit_cost.times(self.quantity).unwrap_or(self.unit_cost)
    }
}

/// A file or a link to one (section 18.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// File, file link, folder link, URL.
    pub kind: AttachmentKind,
    /// Name as uploaded; empty for links.
    pub file_name: String,
    /// Media type as guessed from the name; files are always served as downloads.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Where the content lies; never changes, so that both sides may point to it.
    pub blob: Option<String>,
    /// Where a link points.
    pub url: Option<String>,
}

impl Item {
    /// Its kind.
    pub fn kind(&self) -> ItemKind {
        match self.part {
            Part::Note => ItemKind::Note,
            Part::Time(_) => ItemKind::TimeEntry,
            Part::Charge(_) => ItemKind::Charge,
            Part::Attachment(_) => ItemKind::Attachment,
        }
    }

    /// Whether it is a note that the program wrote.
    pub fn is_system(&self) -> bool {
        self.message.is_some()
    }
}

const SELECT: &str = "SELECT i.id, i.company_id, i.ticket_id, i.kind, i.publish, i.title, i.body, i.message, i.author_id,
       i.author_name, i.born_round, i.is_copy, i.revision, i.created_at, i.edited_at,
       e.worked_on, e.start_minute, e.end_minute, e.worked, e.deduct, e.billable, e.rate, e.currency, e.internal_note,
       c.charged_on, c.quantity, c.currency, c.unit_cost, c.unit_price, c.billable, c.outsourcing_id,
       a.kind, a.file_name, a.media_type, a.size, a.content_key, a.url
  FROM item i LEFT JOIN time_entry e ON e.item_id = i.id LEFT JOIN charge c ON c.item_id = i.id
  LEFT JOIN attachment a ON a.item_id = i.id";

fn read(row: &Row) -> Result<Item, Error> {
    let part = match named(row, 3, ItemKind::from_name)? {
        ItemKind::Note => Part::Note,
        ItemKind::TimeEntry => Part::Time(read_time(row)?),
        ItemKind::Charge => Part::Charge(read_charge(row)?),
        ItemKind::Attachment => Part::Attachment(read_attachment(row)?),
    };
    Ok(Item {
        id: ItemId(row.get(0)?),
        company: CompanyId(row.get(1)?),
        ticket: TicketId(row.get(2)?),
        publish: named(row, 4, Publish::from_name)?,
        title: row.get(5)?,
        body: row.get(6)?,
        message: row.get(7)?,
        author: row.get::<Option<i64>>(8)?.map(PersonId),
        author_name: row.get(9)?,
        born_round: row.get::<Option<i64>>(10)?.map(OutsourcingId),
        is_copy: row.get(11)?,
        revision: row.get(12)?,
        created_at: row.get(13)?,
        edited_at: row.get(14)?,
        part,
    })
}

fn read_day(row: &Row, index: usize) -> Result<Date, Error> {
    let text: String = row.get(index)?;
    text.parse().map_err(|_| Error::Decode(format!("«{text}» is no day")))
}

fn read_time(row: &Row) -> Result<TimeEntry, Error> {
    let start: Option<i64> = row.get(16)?;
    let end: Option<i64> = row.get(17)?;
    let rate: Option<i64> = row.get(21)?;
    let currency = maybe_named(row, 22, Currency::from_code)?;
    Ok(TimeEntry {
        worked_on: read_day(row, 15)?,
        span: start.zip(end),
        worked: Hours(row.get(18)?),
        deduct: Hours(row.get(19)?),
        billable: row.get(20)?,
        rate: rate.zip(currency).map(|(minor, currency)| Money { minor, currency }),
        internal_note: row.get(23)?,
    })
}

fn read_charge(row: &Row) -> Result<Charge, Error> {
    let currency = named(row, 26, Currency::from_code)?;
    Ok(Charge {
        charged_on: read_day(row, 24)?,
        quantity: Quantity(row.get(25)?),
        unit_cost: Money { minor: row.get(27)?, currency },
        unit_price: Money { minor: row.get(28)?, currency },
        billable: row.get(29)?,
        bundle_of: row.get::<Option<i64>>(30)?.map(OutsourcingId),
    })
}

fn read_attachment(row: &Row) -> Result<Attachment, Error> {
    Ok(Attachment {
        kind: named(row, 31, AttachmentKind::from_name)?,
        file_name: row.get(32)?,
        media_type: row.get(33)?,
        size: row.get(34)?,
        blob: row.get(35)?,
        url: row.get(36)?,
    })
}

/// One item of a company.
pub fn of(tx: &mut Tx, company: CompanyId, id: ItemId) -> Result<Option<Item>, Error> {
    tx.one(
        &format!("{SELECT} WHERE i.company_id = $1 AND i.id = $2"),
        &params![company.0, id.0],
        read,
    )
}

/// A page of a ticket's stream, newest first, older than `before`; one row more than asked for.
pub fn stream(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Item>, Error> {
    let sql = format!(
        "{SELECT} WHERE i.company_id = $1 AND i.ticket_id = $2 AND i.id < $3 ORDER BY i.id DESC LIMIT $4"
    );
    tx.all(&sql, &params![company.0, ticket.0, before.unwrap_or(i64::MAX), limit + 1], read)
}

/// Every item of one kind on a ticket, oldest first. A ticket has hundreds at most; five thousand is the end.
pub fn of_kind(
    tx: &mut Tx,
    company: CompanyId,
    ticket: TicketId,
    kind: ItemKind,
) -> Result<Vec<Item>, Error> {
    let sql = format!(
        "{SELECT} WHERE i.company_id = $1 AND i.ticket_id = $2 AND i.kind = $3 ORDER BY i.id LIMIT 5000"
    );
    tx.all(&sql, &params![company.0, ticket.0, kind.name()], read)
}

/// Adds an item; `id` and `revision` of `new` are ignored.
pub fn create(tx: &mut Tx, new: &Item) -> Result<ItemId, Error> {
    let id = tx.one(
        "INSERT INTO item (company_id, ticket_id, kind, publish, title, body, message, author_id, author_name, born_round,
                           is_copy, revision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12) RETURNING id",
        &params![
            new.company.0,
            new.ticket.0,
            new.kind().name(),
            new.publish.name(),
            &new.title,
            &new.body,
            new.message.as_deref(),
            new.author.map(|person| person.0),
            &new.author_name,
            new.born_round.map(|round| round.0),
            new.is_copy,
            new.created_at
        ],
        |row| row.get(0),
    )?;
    let id = ItemId(returned(id)?);
    insert_part(tx, new.company, id, &new.part)?;
    Ok(id)
}

fn insert_part(tx: &mut Tx, company: CompanyId, id: ItemId, part: &Part) -> Result<(), Error> {
    match part {
        Part::Note => Ok(()),
        Part::Time(time) => insert_time(tx, company, id, time),
        Part::Charge(charge) => insert_charge(tx, company, id, charge),
        Part::Attachment(file) => insert_attachment(tx, company, id, file),
    }
}

fn insert_time(tx: &mut Tx, company: CompanyId, id: ItemId, time: &TimeEntry) -> Result<(), Error> {
    tx.run(
        "INSERT INTO time_entry (item_id, company_id, worked_on, start_minute, end_minute, worked, deduct, billable, rate,
                                 currency, internal_note)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &params![
            id.0,
            company.0,
            time.worked_on.to_string(),
            time.span.map(|span| span.0),
            time.span.map(|span| span.1),
            time.worked.0,
            time.deduct.0,
            time.billable,
            time.rate.map(|rate| rate.minor),
            time.rate.map(|rate| rate.currency.code().to_owned()),
            &time.internal_note
        ],
    )?;
    Ok(())
}

fn insert_charge(
    tx: &mut Tx,
    company: CompanyId,
    id: ItemId,
    charge: &Charge,
) -> Result<(), Error> {
    tx.run(
        "INSERT INTO charge (item_id, company_id, charged_on, quantity, currency, unit_cost, unit_price, billable, outsourcing_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            id.0,
            company.0,
            charge.charged_on.to_string(),
            charge.quantity.0,
            charge.unit_price.currency.code(),
            charge.unit_cost.minor,
            charge.unit_price.minor,
            charge.billable,
            charge.bundle_of.map(|round| round.0)
        ],
    )?;
    Ok(())
}

fn insert_attachment(
    tx: &mut Tx,
    company: CompanyId,
    id: ItemId,
    file: &Attachment,
) -> Result<(), Error> {
    tx.run(
        "INSERT INTO attachment (item_id, company_id, kind, file_name, media_type, size, content_key, url)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            id.0,
            company.0,
            file.kind.name(),
            &file.file_name,
            &file.media_type,
            file.size,
            file.blob.as_deref(),
            file.url.as_deref()
        ],
    )?;
    Ok(())
}

/// Saves an edited item over the revision it was made from; `false` if somebody was quicker.
pub fn save(tx: &mut Tx, changed: &Item, now: Timestamp) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE item SET publish = $4, title = $5, body = $6, edited_at = $7, revision = revision + 1
          WHERE company_id = $1 AND id = $2 AND revision = $3",
        &params![
            changed.company.0,
            changed.id.0,
            changed.revision,
            changed.publish.name(),
            &changed.title,
            &changed.body,
            now
        ],
    )?;
    if saved == 1 {
        delete_part(tx, changed.company, changed.id)?;
        insert_part(tx, changed.company, changed.id, &changed.part)?;
    }
    Ok(saved == 1)
}

fn delete_part(tx: &mut Tx, company: CompanyId, id: ItemId) -> Result<(), Error> {
    for table in ["time_entry", "charge", "attachment"] {
        tx.run(
            &format!("DELETE FROM {table} WHERE company_id = $1 AND item_id = $2"),
            &params![company.0, id.0],
        )?;
    }
    Ok(())
}

/// Deletes an item.
pub fn delete(tx: &mut Tx, company: CompanyId, id: ItemId) -> Result<(), Error> {
    delete_part(tx, company, id)?;
    tx.run("DELETE FROM item WHERE company_id = $1 AND id = $2", &params![company.0, id.0])?;
    Ok(())
}

/// Sums of a ticket's time and charges, for the facts beside the stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Hours worked.
    pub worked: i64,
    /// Hours to bill.
    pub billed: i64,
    /// Number of charges.
    pub charges: i64,
    /// Number of files and links.
    pub files: i64,
}

impl Totals {
    /// Of a ticket whose items are all here.
    pub fn of(items: &[Item]) -> Self {
        let mut totals = Self::default();
        for item in items {
            match &item.part {
                Part::Time(time) => {
                    totals.worked += time.worked.0;
                    totals.billed += time.worked.0 - time.deduct.0;
                }
                Part::Charge(_) => totals.charges += 1,
                Part::Attachment(_) => totals.files += 1,
                Part::Note => {}
            }
        }
        totals
    }
}

/// Those sums.
pub fn totals(tx: &mut Tx, company: CompanyId, ticket: TicketId) -> Result<Totals, Error> {
    let found = tx.one(
        "SELECT CAST(COALESCE(SUM(e.worked), 0) AS BIGINT), CAST(COALESCE(SUM(e.worked - e.deduct), 0) AS BIGINT),
                COUNT(c.item_id), COUNT(a.item_id)
           FROM item i LEFT JOIN time_entry e ON e.item_id = i.id LEFT JOIN charge c ON c.item_id = i.id
           LEFT JOIN attachment a ON a.item_id = i.id
          WHERE i.company_id = $1 AND i.ticket_id = $2",
        &params![company.0, ticket.0],
        |row| Ok(Totals { worked: row.get(0)?, billed: row.get(1)?, charges: row.get(2)?, files: row.get(3)? }),
    )?;
    Ok(found.unwrap_or_default())
}
