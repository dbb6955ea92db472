//! Networks and vendors of a company: whom it hands tickets to one-way (section 6).

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, NetworkId, OrganizationId};
use domain::language::Language;
use domain::network::Action;
use jiff::Timestamp;

use super::organizations::name_key;
use super::sorted::{After, Sorted, instant_or_last, ranked};
use super::{named, returned};

/// A network or vendor with its fields. Texts of an action that is not the chosen one are kept for later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Key.
    pub id: NetworkId,
    /// Name; once per company.
    pub name: String,
    /// The own organization it is tied to.
    pub organization: OrganizationId,
    /// What happens on outsourcing.
    pub action: Action,
    /// The language its people read.
    pub language: Language,
    /// Mail addresses, one a line.
    pub recipients: String,
    /// Subject of the letter, with variables.
    pub subject: String,
    /// Text of the letter, with variables.
    pub body: String,
    /// The link, with variables.
    pub link: String,
    /// Whether it is offered.
    pub active: bool,
    /// Grows with each change; 0 for one that is not stored yet.
    pub version: i64,
}

const COLUMNS: &str = "n.id, n.name, n.organization_id, n.action, n.language, n.recipients, n.subject, n.body, n.link, n.active,
    n.version";

fn read(row: &Row) -> Result<Network, Error> {
    Ok(Network {
        id: NetworkId(row.get(0)?),
        name: row.get(1)?,
        organization: OrganizationId(row.get(2)?),
        action: named(row, 3, Action::from_name)?,
        language: named(row, 4, Language::from_name)?,
        recipients: row.get(5)?,
        subject: row.get(6)?,
        body: row.get(7)?,
        link: row.get(8)?,
        active: row.get(9)?,
        version: row.get(10)?,
    })
}

/// One network of a company.
pub fn of(tx: &mut Tx, company: CompanyId, id: NetworkId) -> Result<Option<Network>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM network n WHERE n.company_id = $1 AND n.id = $2");
    tx.one(&sql, &params![company.0, id.0], read)
}

/// The same, locked until the transaction ends: nobody switches it off while a ticket leaves for it.
pub fn lock(tx: &mut Tx, company: CompanyId, id: NetworkId) -> Result<Option<Network>, Error> {
    let lock = tx.dialect().for_update();
    let sql =
        format!("SELECT {COLUMNS} FROM network n WHERE n.company_id = $1 AND n.id = $2{lock}");
    tx.one(&sql, &params![company.0, id.0], read)
}

/// A network as a row of the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// The network.
    pub network: Network,
    /// Name of its organization.
    pub organization: String,
    /// How many tickets are with it now.
    pub open: i64,
    /// When a ticket last went there.
    pub used_at: Option<Timestamp>,
    /// The value it is sorted by, for the next page.
    pub key: String,
}

/// Which column the list of networks is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By action.
    Action,
    /// By organization.
    Organization,
    /// Active ones first.
    Active,
    /// By the last ticket that went there.
    Used,
    /// By the tickets that are there now.
    Open,
}

impl Sort {
    /// Every column with its name in the address of the page.
    const NAMES: [(Self, &'static str); 6] = [
        (Self::Name, "name"),
        (Self::Action, "action"),
        (Self::Organization, "organization"),
        (Self::Active, "active"),
        (Self::Used, "used"),
        (Self::Open, "open"),
    ];

    /// As it stands in the address of the page.
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(sort, _)| *sort == self).map_or("", |(_, name)| name)
    }

    /// The column of this name; by name if there is none.
    pub fn from_name(name: &str) -> Self {
        Self::NAMES.into_iter().find(|(_, known)| *known == name).map_or(Self::Name, |(it, _)| it)
    }

    fn sorted(self, down: bool) -> Sorted {
        let key = match self {
            Self::Name => "n.name_key".to_owned(),
            Self::Action => ranked("n.action", Action::ALL.map(Action::name)),
            Self::Organization => "o.name_key".to_owned(),
            Self::Active => "(1 - n.active)".to_owned(),
            Self::Used => instant_or_last("n.used_at", down),
            Self::Open => OPEN.to_owned(),
        };
        Sorted { key, is_text: matches!(self, Self::Name | Self::Organization), down }
    }
}

const OPEN: &str = "(SELECT COUNT(*) FROM network_round r
                      WHERE r.company_id = $1 AND r.network_id = n.id AND r.status = 'assigned')";

/// What the list of networks shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Letters that the name or the organization contains.
    pub text: String,
    /// Only this action.
    pub action: Option<Action>,
    /// Only active ones, or only the others.
    pub active: Option<bool>,
    /// Sorted by.
    pub sort: Sort,
    /// Largest first.
    pub down: bool,
    /// After this row.
    pub after: Option<After>,
    /// Rows at most, and one more.
    pub limit: i64,
}

/// A page of networks, one row more than it shows.
pub fn page(tx: &mut Tx, company: CompanyId, filter: &Filter) -> Result<Vec<Line>, Error> {
    let pattern = format!("%{}%", name_key(&filter.text).replace(['%', '_'], ""));
    let action = filter.action.map_or("", Action::name);
    let active = filter.active.map_or(-1, i64::from);
    let sorted = filter.sort.sorted(filter.down);
    let mut values = params![company.0, pattern, action, active].to_vec();
    let further = sorted.further(filter.after.as_ref(), "n.id", &mut values);
    let sql = format!(
        "SELECT {COLUMNS}, o.name, n.used_at, {OPEN}, {key}
           FROM network n JOIN organization o ON o.id = n.organization_id
          WHERE n.company_id = $1 AND (n.name_key LIKE $2 OR o.name_key LIKE $2)
            AND ($3 = '' OR n.action = $3) AND ($4 < 0 OR n.active = $4) {further}
          ORDER BY {order} LIMIT {limit}",
        key = sorted.key,
        order = sorted.order("n.id"),
        limit = filter.limit.saturating_add(1),
    );
    tx.all(&sql, &values, |row| {
        Ok(Line {
            network: read(row)?,
            organization: row.get(11)?,
            used_at: row.get(12)?,
            open: row.get(13)?,
            key: sorted.place(row, 14)?,
        })
    })
}

/// What the Outsource menu offers: active networks, the one used last first, and one more than `limit`, if there is.
pub fn offered(
    tx: &mut Tx,
    company: CompanyId,
    limit: i64,
) -> Result<Vec<(NetworkId, String)>, Error> {
    tx.all(
        "SELECT id, name FROM network WHERE company_id = $1 AND active = 1
          ORDER BY COALESCE(used_at, 0) DESC, name_key, id LIMIT $2",
        &params![company.0, limit + 1],
        |row| Ok((NetworkId(row.get(0)?), row.get(1)?)),
    )
}

/// Adds a network. [`Error::Unique`] if the company has one of that name.
pub fn create(
    tx: &mut Tx,
    company: CompanyId,
    new: &Network,
    now: Timestamp,
) -> Result<NetworkId, Error> {
    let id = tx.one(
        "INSERT INTO network (company_id, name, name_key, organization_id, action, language, recipients, subject, body, link,
                              active, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) RETURNING id",
        &params![
            company.0,
            &new.name,
            name_key(&new.name),
            new.organization.0,
            new.action.name(),
            new.language.name(),
            &new.recipients,
            &new.subject,
            &new.body,
            &new.link,
            new.active,
            now
        ],
        |row| row.get(0),
    )?;
    Ok(NetworkId(returned(id)?))
}

/// Saves a network over the version it was made from; `false` if somebody was quicker. [`Error::Unique`] as in [`create`].
pub fn save(tx: &mut Tx, company: CompanyId, changed: &Network) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE network SET name = $4, name_key = $5, organization_id = $6, action = $7, language = $8, recipients = $9,
                subject = $10, body = $11, link = $12, active = $13, version = version + 1
          WHERE company_id = $1 AND id = $2 AND version = $3",
        &params![
            company.0,
            changed.id.0,
            changed.version,
            &changed.name,
            name_key(&changed.name),
            changed.organization.0,
            changed.action.name(),
            changed.language.name(),
            &changed.recipients,
            &changed.subject,
            &changed.body,
            &changed.link,
            changed.active
        ],
    )?;
    Ok(saved == 1)
}

/// Notes that a ticket went there.
pub fn used(tx: &mut Tx, company: CompanyId, id: NetworkId, now: Timestamp) -> Result<(), Error> {
    tx.run(
        "UPDATE network SET used_at = $3 WHERE company_id = $1 AND id = $2",
        &params![company.0, id.0, now],
    )?;
    Ok(())
}
