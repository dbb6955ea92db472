//! Organizations: customers, partners, vendors of a company.

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, OrganizationId, PersonId};
use domain::partnership::may_invite;
use domain::refusal::Refusal;
use domain::ticket::OrganizationType;
use jiff::Timestamp;

use super::sorted::{After, Sorted, folded};
use super::{PAGE, named, returned};

/// An organization with its fields (section 18.6).
#[derive(Debug, Clone)]
pub struct Organization {
    /// Key.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// Customer, Partner, Vendor …
    pub kind: OrganizationType,
    /// Telephone.
    pub phone: String,
    /// Street and number.
    pub address: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: String,
    /// Web address.
    pub web: String,
    /// VAT id.
    pub tax_id: String,
    /// Account manager.
    pub owner: PersonId,
    /// Whether it can be chosen.
    pub active: bool,
    /// Grows with each change; 0 for one that is not stored yet.
    pub version: i64,
}

const COLUMNS: &str = "o.id, o.name, o.kind, o.phone, o.address, o.postal_code, o.city, o.country, o.web, o.tax_id, o.owner_id, o.active, o.version";

fn read(row: &Row) -> Result<Organization, Error> {
    Ok(Organization {
        id: OrganizationId(row.get(0)?),
        name: row.get(1)?,
        kind: named(row, 2, OrganizationType::from_name)?,
        phone: row.get(3)?,
        address: row.get(4)?,
        postal_code: row.get(5)?,
        city: row.get(6)?,
        country: row.get(7)?,
        web: row.get(8)?,
        tax_id: row.get(9)?,
        owner: PersonId(row.get(10)?),
        active: row.get(11)?,
        version: row.get(12)?,
    })
}

impl Organization {
    /// Whether it can be invited and get tickets: active, and of a fitting type (section 5).
    pub fn may_be_partner(&self) -> Result<(), Refusal> {
        if !self.active {
            return Err(Refusal::OrganizationInactive);
        }
        may_invite(self.kind)
    }
}

/// One organization of a company.
pub fn of(
    tx: &mut Tx,
    company: CompanyId,
    id: OrganizationId,
) -> Result<Option<Organization>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM organization o WHERE o.company_id = $1 AND o.id = $2");
    tx.one(&sql, &params![company.0, id.0], read)
}

/// Which column the list of organizations is sorted by; each has an index, as there may be many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// Those of a type together.
    Kind,
    /// By city.
    City,
    /// Active ones first.
    Active,
}

impl Sort {
    /// Every column with its name in the address of the page.
    const NAMES: [(Self, &'static str); 4] = [
        (Self::Name, "name"),
        (Self::Kind, "type"),
        (Self::City, "city"),
        (Self::Active, "active"),
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
            Self::Name => "o.name_key".to_owned(),
            Self::Kind => "o.kind".to_owned(),
            Self::City => folded("o.city"),
            Self::Active => "(1 - o.active)".to_owned(),
        };
        Sorted { key, is_text: self != Self::Active, down }
    }
}

/// What a list of organizations shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Letters the name contains.
    pub text: String,
    /// Only this type.
    pub kind: Option<OrganizationType>,
    /// Sorted by.
    pub sort: Sort,
    /// Largest first.
    pub down: bool,
    /// After this row (its sorted value and its id).
    pub after: Option<After>,
}

/// A page of organizations, one row more than a page shows, each with the value it is sorted by.
pub fn page(
    tx: &mut Tx,
    company: CompanyId,
    filter: &Filter,
) -> Result<Vec<(Organization, String)>, Error> {
    let pattern = format!("%{}%", name_key(&filter.text).replace(['%', '_'], ""));
    let sorted = filter.sort.sorted(filter.down);
    let kind = filter.kind.map_or("", OrganizationType::name);
    let mut values = params![company.0, pattern, kind].to_vec();
    let further = sorted.further(filter.after.as_ref(), "o.id", &mut values);
    let sql = format!(
        "SELECT {COLUMNS}, {key} FROM organization o
          WHERE o.company_id = $1 AND o.name_key LIKE $2 AND ($3 = '' OR o.kind = $3) {further}
          ORDER BY {order} LIMIT {limit}",
        key = sorted.key,
        order = sorted.order("o.id"),
        limit = PAGE + 1,
    );
    tx.all(&sql, &values, |row| Ok((read(row)?, sorted.place(row, 13)?)))
}

/// A pick list offers so many; whoever shows one of that length says that there are more.
pub const PICKED: usize = 2000;

/// Active organizations of these types whose names hold these letters, for pick lists, by name: id and name, at most
/// [`PICKED`].
pub fn pick_list(
    tx: &mut Tx,
    company: CompanyId,
    fits: fn(OrganizationType) -> bool,
    text: &str,
) -> Result<Vec<(OrganizationId, String)>, Error> {
    let kinds: Vec<String> = OrganizationType::ALL
        .iter()
        .filter(|kind| fits(**kind))
        .map(|kind| format!("'{}'", kind.name()))
        .collect();
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, name FROM organization
          WHERE company_id = $1 AND active = 1 AND kind IN ({}) AND name_key LIKE $2
          ORDER BY name_key, id LIMIT {PICKED}",
        kinds.join(", ")
    );
    let pattern = format!("%{}%", name_key(text).replace(['%', '_'], ""));
    tx.all(&sql, &params![company.0, pattern], |row| Ok((OrganizationId(row.get(0)?), row.get(1)?)))
}

/// What sorts and finds a name: lower case, without accents.
pub fn name_key(name: &str) -> String {
    super::search::fold(name)
}

/// Adds an organization.
pub fn create(
    tx: &mut Tx,
    company: CompanyId,
    new: &Organization,
    now: Timestamp,
) -> Result<OrganizationId, Error> {
    let id = tx.one(
        "INSERT INTO organization (company_id, name, name_key, kind, phone, address, postal_code, city, country, web,
                                   tax_id, owner_id, active, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1) RETURNING id",
        &params![
            company.0,
            &new.name,
            name_key(&new.name),
            new.kind.name(),
            &new.phone,
            &new.address,
            &new.postal_code,
            &new.city,
            &new.country,
            &new.web,
            &new.tax_id,
            new.owner.0,
            new.active,
            now
        ],
        |row| row.get(0),
    )?;
    Ok(OrganizationId(returned(id)?))
}

/// Saves an organization over the version it was made from; `false` if somebody was quicker.
pub fn save(tx: &mut Tx, company: CompanyId, changed: &Organization) -> Result<bool, Error> {
    let saved = tx.run(
        "UPDATE organization SET name = $4, name_key = $5, kind = $6, phone = $7, address = $8, postal_code = $9, city = $10,
                country = $11, web = $12, tax_id = $13, owner_id = $14, active = $15, version = version + 1
          WHERE company_id = $1 AND id = $2 AND version = $3",
        &params![
            company.0,
            changed.id.0,
            changed.version,
            &changed.name,
            name_key(&changed.name),
            changed.kind.name(),
            &changed.phone,
            &changed.address,
            &changed.postal_code,
            &changed.city,
            &changed.country,
            &changed.web,
            &changed.tax_id,
            changed.owner.0,
            changed.active
        ],
    )?;
    Ok(saved == 1)
}
