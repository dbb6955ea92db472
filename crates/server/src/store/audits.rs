//! Who did what, when, from where. Rows are only ever added.
//!
//! An act that concerns two companies stands in the audit of both: where it was done with the person and the address
//! it came from, across with the person's name and company alone.

use db::{Error, Row, Tx, Value, params};
use domain::ids::{CompanyId, OrganizationId, OutsourcingId, PersonId, TicketId};
use jiff::Timestamp;

use super::Span;
use crate::app::Acting;

/// The row that an act happened to, for the link to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A ticket of the audit's company.
    Ticket(TicketId),
    /// A round in which it is the partner and has no ticket.
    Round(OutsourcingId),
    /// One of its people.
    Person(PersonId),
    /// One of its organizations.
    Organization(OrganizationId),
}

impl Subject {
    const fn stored(self) -> (&'static str, i64) {
        match self {
            Self::Ticket(id) => ("ticket", id.0),
            Self::Round(id) => ("round", id.0),
            Self::Person(id) => ("person", id.0),
            Self::Organization(id) => ("organization", id.0),
        }
    }

    fn read(kind: &str, id: i64) -> Option<Self> {
        match kind {
            "ticket" => Some(Self::Ticket(TicketId(id))),
            "round" => Some(Self::Round(OutsourcingId(id))),
            "person" => Some(Self::Person(PersonId(id))),
            "organization" => Some(Self::Organization(OrganizationId(id))),
            _ => None,
        }
    }
}

/// One line of the audit.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Key.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who; empty for the clock and for somebody unknown.
    pub person: String,
    /// From which address; empty for the clock and for the other company.
    pub ip: String,
    /// What, as a locale key `audit-…`.
    pub action: String,
    /// About what: a name that people know (ticket number, person, company).
    pub about: String,
    /// Details in plain words or values.
    pub detail: String,
    /// Where it can be looked at, if it is still there.
    pub subject: Option<Subject>,
}

/// Writes a line in the acting company's audit.
pub fn record(
    tx: &mut Tx,
    acting: &Acting,
    action: &'static str,
    about: &str,
    detail: &str,
) -> Result<(), Error> {
    insert(tx, acting, None, (action, about, detail))
}

/// The same about a row that can be looked at.
pub fn record_on(
    tx: &mut Tx,
    acting: &Acting,
    subject: Subject,
    (action, about, detail): (&'static str, &str, &str),
) -> Result<(), Error> {
    insert(tx, acting, Some(subject), (action, about, detail))
}

fn insert(
    tx: &mut Tx,
    acting: &Acting,
    subject: Option<Subject>,
    (action, about, detail): (&'static str, &str, &str),
) -> Result<(), Error> {
    let (kind, id) = subject.map(Subject::stored).unzip();
    tx.run(
        "INSERT INTO audit (company_id, at, person_id, person_name, ip, action, about, detail, subject, subject_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            acting.actor.company.0,
            acting.now,
            acting.actor.person.0,
            &acting.actor.name,
            &acting.ip,
            action,
            about,
            detail,
            kind.unwrap_or(""),
            id
        ],
    )?;
    Ok(())
}

/// What somebody of another company, or the clock, did to a company.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// In whose audit.
    pub company: CompanyId,
    /// When.
    pub at: Timestamp,
    /// Name and company of the person; empty for the clock.
    pub by: &'a str,
    /// What it happened to.
    pub subject: Option<Subject>,
}

/// Writes a line in the audit of a company that did not act. Where the other side came from is not its business.
pub fn tell(
    tx: &mut Tx,
    told: &Told,
    (action, about, detail): (&'static str, &str, &str),
) -> Result<(), Error> {
    let (kind, id) = told.subject.map(Subject::stored).unzip();
    tx.run(
        "INSERT INTO audit (company_id, at, person_name, ip, action, about, detail, subject, subject_id)
         VALUES ($1, $2, $3, '', $4, $5, $6, $7, $8)",
        &params![
            told.company.0,
            told.at,
            told.by,
            action,
            about,
            detail,
            kind.unwrap_or(""),
            id
        ],
    )?;
    Ok(())
}

/// Whether it is known who stood at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The person proved who they are.
    Opened,
    /// Somebody tried to come in as this person.
    Stayed,
}

/// Writes down who came to the door, in the audit of the person's company: no request of theirs has a session yet.
pub fn at_door(
    tx: &mut Tx,
    person: PersonId,
    door: Door,
    (action, ip, now): (&'static str, &str, Timestamp),
) -> Result<(), Error> {
    let who = match door {
        Door::Opened => ("id", "first_name || ' ' || last_name"),
        Door::Stayed => ("NULL", "''"),
    };
    let sql = format!(
        "INSERT INTO audit (company_id, at, person_id, person_name, ip, action, about, detail, subject, subject_id)
         SELECT company_id, $2, {}, {}, $3, $4, first_name || ' ' || last_name, '', 'person', id FROM person WHERE id = $1",
        who.0, who.1
    );
    tx.run(&sql, &params![person.0, now, ip, action])?;
    Ok(())
}

/// Acts that belong together: the nouns of their keys (`audit-round-send`: round).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Moves of rounds, with partners and with networks; the list of networks, too.
    Round,
    /// Partnerships: invited, accepted, switched off; which organization stands for a lead.
    Relationship,
    /// Rights.
    Permission,
    /// The agreement.
    Agreement,
    /// Signing in and out, passwords.
    SignIn,
    /// People.
    People,
    /// Organizations and contacts.
    Organizations,
    /// Tickets and what stands on them.
    Tickets,
    /// The company's settings.
    Company,
    /// Everything else.
    Other,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Round,
        Self::Relationship,
        Self::Permission,
        Self::Agreement,
        Self::SignIn,
        Self::People,
        Self::Organizations,
        Self::Tickets,
        Self::Company,
        Self::Other,
    ];

    /// As it stands in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::Relationship => "relationship",
            Self::Permission => "permission",
            Self::Agreement => "agreement",
            Self::SignIn => "sign-in",
            Self::People => "people",
            Self::Organizations => "organizations",
            Self::Tickets => "tickets",
            Self::Company => "company",
            Self::Other => "other",
        }
    }

    /// From an address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    const fn nouns(self) -> &'static [&'static str] {
        match self {
            Self::Round => &["round", "network"],
            Self::Relationship => &["partner", "invitation", "lead"],
            Self::Permission => &["permission", "security"],
            Self::Agreement => &["agreement"],
            Self::SignIn => &["sign", "password"],
            Self::People => &["person"],
            Self::Organizations => &["organization", "contact"],
            Self::Tickets => &["ticket", "item"],
            Self::Company => &["company", "queue"],
            Self::Other => &[],
        }
    }

    /// Only constants of ours become part of the statement.
    fn condition(self) -> String {
        let listed = |nouns: Vec<&str>| {
            nouns.iter().map(|noun| format!("'{noun}'")).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Other => {
                let known = Self::ALL.iter().flat_map(|kind| kind.nouns()).copied().collect();
                format!("a.noun NOT IN ({})", listed(known))
            }
            kind => format!("a.noun IN ({})", listed(kind.nouns().to_vec())),
        }
    }
}

/// So many keys are looked for at most when a typed word is in the words of acts.
pub const KEYS: usize = 16;

/// What narrows the audit.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Letters in person, subject and detail.
    pub text: String,
    /// Keys of acts whose words hold these letters; at most [`KEYS`] are used.
    pub keys: Vec<String>,
    /// Done by.
    pub person: Option<PersonId>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// When.
    pub when: Span,
    /// Older than this row: its instant in microseconds and its id.
    pub after: Option<(i64, i64)>,
    /// Rows at most.
    pub limit: i64,
}

/// The audit of the acting company, newest first, one row more than asked for.
pub fn page(tx: &mut Tx, acting: &Acting, filter: &Filter) -> Result<Vec<Entry>, Error> {
    let mut values: Vec<Value> = vec![acting.actor.company.0.into()];
    let mut conditions = vec!["a.company_id = $1".to_owned()];
    let mut add = |condition: &str, value: Value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("${}", values.len())));
    };
    if let Some(person) = filter.person {
        add("a.person_id = ?", person.0.into());
    }
    if let Some(from) = filter.when.from {
        add("a.at >= ?", from.into());
    }
    if let Some(until) = filter.when.until {
        add("a.at < ?", until.into());
    }
    if let Some((at, id)) = filter.after {
        values.push(at.into());
        values.push(id.into());
        conditions.push(format!("(a.at, a.id) < (${}, ${})", values.len() - 1, values.len()));
    }
    if let Some(kind) = filter.kind {
        conditions.push(kind.condition());
    }
    if !filter.text.trim().is_empty() {
        conditions.push(letters(filter, &mut values));
    }
    values.push(filter.limit.saturating_add(1).into());
    let sql = format!(
        "SELECT a.id, a.at, a.person_name, a.ip, a.action, a.about, a.detail, a.subject, a.subject_id, t.id
           FROM audit a LEFT JOIN ticket t ON a.subject = 'ticket' AND t.id = a.subject_id AND t.company_id = a.company_id
          WHERE {} ORDER BY a.at DESC, a.id DESC LIMIT ${}",
        conditions.join(" AND "),
        values.len()
    );
    tx.all(&sql, &values, entry)
}

/// `SQLite` lowers no umlauts: the second pattern finds them as they were typed.
fn letters(filter: &Filter, values: &mut Vec<Value>) -> String {
    let escaped = filter.text.trim().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    values.push(format!("%{}%", escaped.to_lowercase()).into());
    values.push(format!("%{escaped}%").into());
    let n = values.len();
    // As many places as there can be keys, so that there is one statement to prepare.
    let mut keys = filter.keys.clone();
    keys.resize(KEYS, String::new());
    let places: Vec<String> = keys
        .into_iter()
        .map(|key| {
            values.push(key.into());
            format!("${}", values.len())
        })
        .collect();
    let hay = "(a.person_name || ' ' || a.about || ' ' || a.detail || ' ' || a.ip)";
    format!(
        "(LOWER{hay} LIKE ${} ESCAPE '!' OR {hay} LIKE ${n} ESCAPE '!' OR a.action IN ({}))",
        n - 1,
        places.join(", ")
    )
}

fn entry(row: &Row) -> Result<Entry, Error> {
    let kind: String = row.get(7)?;
    let id: Option<i64> = row.get(8)?;
    let ticket: Option<i64> = row.get(9)?;
    let subject = id.and_then(|id| Subject::read(&kind, id));
    // A ticket may have been deleted since; nothing else is.
    let gone = matches!(subject, Some(Subject::Ticket(_))) && ticket.is_none();
    Ok(Entry {
        id: row.get(0)?,
        at: row.get(1)?,
        person: row.get(2)?,
        ip: row.get(3)?,
        action: row.get(4)?,
        about: row.get(5)?,
        detail: row.get(6)?,
        subject: subject.filter(|_| !gone),
    })
}
