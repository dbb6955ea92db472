//! Mails on their way: written in the transaction of what they tell, sent later by a job.

use std::time::Duration;

use db::{Dialect, Error, Row, Tx, params};
use domain::ids::CompanyId;
use domain::language::Language;
use jiff::Timestamp;

use super::{PAGE, named};

/// How far a mail has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be sent.
    Queued,
    /// Taken by the mail server.
    Sent,
    /// Given up.
    Failed,
    /// There is no mail server; the mailbox page shows it.
    Kept,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Failed, Self::Kept];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Kept => "kept",
        }
    }

    /// The state of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Key.
    pub id: i64,
    /// What it is about: `invitation`, `assigned` …
    pub kind: String,
    /// Address of the receiver.
    pub to_address: String,
    /// Name of the receiver.
    pub to_name: String,
    /// Language it is written in.
    pub language: Language,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same as HTML.
    pub html: String,
    /// How far it has got.
    pub state: State,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried again.
    pub next_at: Timestamp,
    /// What went wrong last.
    pub error: String,
    /// Written.
    pub created_at: Timestamp,
    /// Taken by the mail server.
    pub sent_at: Option<Timestamp>,
    /// Address that answers go to; empty if nobody reads any.
    pub reply_to: String,
}

const COLUMNS: &str =
    "id, kind, to_address, to_name, language, subject, body, html, state, attempts, next_at, error,
    created_at, sent_at, reply_to";

fn read(row: &Row) -> Result<Mail, Error> {
    Ok(Mail {
        id: row.get(0)?,
        kind: row.get(1)?,
        to_address: row.get(2)?,
        to_name: row.get(3)?,
        language: named(row, 4, Language::from_code)?,
        subject: row.get(5)?,
        body: row.get(6)?,
        html: row.get(7)?,
        state: named(row, 8, State::from_name)?,
        attempts: row.get(9)?,
        next_at: row.get(10)?,
        error: row.get(11)?,
        created_at: row.get(12)?,
        sent_at: row.get(13)?,
        reply_to: row.get(14)?,
    })
}

/// A mail to be sent.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// Says what it tells to whom: a second one of the same name is not sent.
    pub name: String,
    /// The receiver's company, if it is known.
    pub company: Option<CompanyId>,
    /// What it is about.
    pub kind: &'static str,
    /// Address of the receiver.
    pub to_address: String,
    /// Name of the receiver.
    pub to_name: String,
    /// Language it is written in.
    pub language: Language,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same as HTML.
    pub html: String,
    /// Address that answers go to; empty if nobody reads any.
    pub reply_to: String,
}

/// Queues a mail, unless one of that name was queued before; tells the job.
pub fn queue(tx: &mut Tx, new: &NewMail, now: Timestamp) -> Result<(), Error> {
    tx.run(
        "INSERT INTO mail (name, company_id, kind, to_address, to_name, language, subject, body, html, state, attempts,
                           next_at, error, created_at, reply_to)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, '', $11, $12) ON CONFLICT (name) DO NOTHING",
        &params![
            &new.name,
            new.company.map(|company| company.0),
            new.kind,
            &new.to_address,
            &new.to_name,
            new.language.code(),
            &new.subject,
            &new.body,
            &new.html,
            State::Queued.name(),
            now,
            &new.reply_to
        ],
    )?;
    tx.notify("mail", "")
}

/// Takes mails that are due. Nobody else takes them until `again`: should this process die, they are tried then.
pub fn claim(tx: &mut Tx, now: Timestamp, again: Duration, limit: i64) -> Result<Vec<Mail>, Error> {
    let skip = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
    };
    let later = now.saturating_add(again).unwrap_or(Timestamp::MAX);
    let sql = format!(
        "UPDATE mail SET attempts = attempts + 1, next_at = $2, claimed = 1
          WHERE id IN (SELECT id FROM mail WHERE state = 'queued' AND next_at <= $1
                        ORDER BY next_at, id LIMIT $3{skip})
         RETURNING {COLUMNS}"
    );
    let mut claimed = tx.all(&sql, &params![now, later, limit], read)?;
    claimed.sort_by_key(|mail| mail.id);
    Ok(claimed)
}

/// What a process that was killed had claimed is due at once. Only where one process alone uses the database: at its
/// start nobody is sending anything.
pub fn release(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    if tx.dialect() == Dialect::Sqlite {
        tx.run(
            "UPDATE mail SET next_at = $1, claimed = 0 WHERE state = 'queued' AND claimed = 1",
            &params![now],
        )?;
    }
    Ok(())
}

/// The mail server took it. An invitation's text goes with it: its link opens a door to whoever reads it.
pub fn sent(tx: &mut Tx, id: i64, now: Timestamp) -> Result<(), Error> {
    tx.run(
        "UPDATE mail SET state = 'sent', sent_at = $2, error = '', claimed = 0,
                body = CASE WHEN kind = 'invitation' THEN '' ELSE body END,
                html = CASE WHEN kind = 'invitation' THEN '' ELSE html END
          WHERE id = $1 AND state = 'queued'",
        &params![id, now],
    )?;
    Ok(())
}

/// It could not be sent; tried again at `next`, or never.
pub fn failed(tx: &mut Tx, id: i64, error: &str, next: Option<Timestamp>) -> Result<(), Error> {
    let state = if next.is_some() { State::Queued } else { State::Failed };
    tx.run(
        "UPDATE mail SET state = $2, error = $3, next_at = COALESCE($4, next_at), claimed = 0
          WHERE id = $1 AND state = 'queued'",
        &params![id, state.name(), error, next],
    )?;
    Ok(())
}

/// A mail that was given up or kept is to be sent after all; `false` if there is none, or nothing left of its text.
pub fn again(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool, Error> {
    let changed = tx.run(
        "UPDATE mail SET state = 'queued', attempts = 0, next_at = $2, error = ''
          WHERE id = $1 AND state IN ('failed', 'kept') AND body <> ''",
        &params![id, now],
    )?;
    tx.notify("mail", "")?;
    Ok(changed == 1)
}

/// There is no mail server: what waits is kept for the mailbox page.
pub fn keep(tx: &mut Tx) -> Result<u64, Error> {
    tx.run("UPDATE mail SET state = 'kept' WHERE state = 'queued'", &[])
}

/// Whether anything waits to be kept; reading costs no write.
pub fn any_queued(tx: &mut Tx, until: Timestamp) -> Result<bool, Error> {
    let found = tx.one(
        "SELECT 1 FROM mail WHERE state = 'queued' AND next_at <= $1 LIMIT 1",
        &params![until],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Invitations that were taken back are not sent any more.
pub fn drop_queued(tx: &mut Tx, name_begins: &str) -> Result<(), Error> {
    tx.run(
        "DELETE FROM mail WHERE state = 'queued' AND name LIKE $1",
        &params![format!("{}%", name_begins.replace(['%', '_'], ""))],
    )?;
    Ok(())
}

/// How far the mail of this name has got; `None` if it was taken back.
pub fn state_of(tx: &mut Tx, name: &str) -> Result<Option<State>, Error> {
    tx.one("SELECT state FROM mail WHERE name = $1", &params![name], |row| {
        named(row, 0, State::from_name)
    })
}

/// A page of the mailbox of this installation, newest first, older than `before`.
pub fn page(
    tx: &mut Tx,
    text: &str,
    state: Option<State>,
    before: Option<i64>,
) -> Result<Vec<Mail>, Error> {
    let pattern = format!("%{}%", text.to_lowercase().replace(['%', '_'], ""));
    let sql = format!(
        "SELECT {COLUMNS} FROM mail
          WHERE id < $1 AND ($2 = '' OR state = $2)
            AND ($3 = '%%' OR LOWER(to_address || ' ' || to_name || ' ' || subject) LIKE $3)
          ORDER BY id DESC LIMIT $4"
    );
    let state = state.map_or("", State::name);
    tx.all(&sql, &params![before.unwrap_or(i64::MAX), state, pattern, PAGE + 1], read)
}

/// One mail of the installation.
pub fn of(tx: &mut Tx, id: i64) -> Result<Option<Mail>, Error> {
    tx.one(&format!("SELECT {COLUMNS} FROM mail WHERE id = $1"), &params![id], read)
}

/// In which language and time zone a company reads at this address: the person's there, or the company's own.
pub fn voice(
    tx: &mut Tx,
    company: CompanyId,
    address: &str,
) -> Result<Option<(Language, String)>, Error> {
    tx.one(
        "SELECT COALESCE(p.language, c.language), COALESCE(p.time_zone, c.time_zone)
           FROM company c LEFT JOIN person p ON p.company_id = c.id AND p.email = $2 AND p.active = 1
          WHERE c.id = $1",
        &params![company.0, address.trim().to_lowercase()],
        |row| Ok((named(row, 0, Language::from_code)?, row.get(1)?)),
    )
}

/// A company's own text of the invitation in a language: subject and body.
pub fn invitation_text(
    tx: &mut Tx,
    company: CompanyId,
    language: Language,
) -> Result<Option<(String, String)>, Error> {
    tx.one(
        "SELECT subject, body FROM invitation_text WHERE company_id = $1 AND language = $2",
        &params![company.0, language.code()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Replaces it.
pub fn set_invitation_text(
    tx: &mut Tx,
    company: CompanyId,
    language: Language,
    subject: &str,
    body: &str,
) -> Result<(), Error> {
    tx.run(
        "INSERT INTO invitation_text (company_id, language, subject, body) VALUES ($1, $2, $3, $4)
         ON CONFLICT (company_id, language) DO UPDATE SET subject = excluded.subject, body = excluded.body",
        &params![company.0, language.code(), subject, body],
    )?;
    Ok(())
}

/// Back to the text everybody starts with.
pub fn reset_invitation_text(
    tx: &mut Tx,
    company: CompanyId,
    language: Language,
) -> Result<(), Error> {
    tx.run(
        "DELETE FROM invitation_text WHERE company_id = $1 AND language = $2",
        &params![company.0, language.code()],
    )?;
    Ok(())
}
