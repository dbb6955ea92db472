//! The table Invite & Manage: every active organization that could be a partner, invited or not, and every other that
//! was invited once, so that no partner is out of reach.

use std::collections::HashMap;

use db::{Error, Row, Tx, Value, params};
use domain::ids::{CompanyId, ContactId, OrganizationId, PartnershipId};
use domain::partnership::{State, may_invite};
use domain::refusal::Refusal;
use domain::ticket::OrganizationType;
use jiff::Timestamp;

use super::super::organizations::name_key;
use super::super::{PAGE, maybe_named, named};

/// Which column the table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By the organization's name.
    #[default]
    Name,
    /// By status.
    Status,
    /// By the last invitation.
    Invited,
    /// By the last ticket that went there.
    Outsourced,
}

impl Sort {
    /// Every column.
    pub const ALL: [Self; 4] = [Self::Name, Self::Status, Self::Invited, Self::Outsourced];

    /// As it stands in the address of the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Status => "status",
            Self::Invited => "invited",
            Self::Outsourced => "outsourced",
        }
    }

    /// The column of this name; by name if there is none.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.name() == name).unwrap_or_default()
    }

    /// What is compared. Rows without an instant come last, whichever way one sorts.
    fn expression(self, down: bool) -> String {
        let never = if down { -1 } else { i64::MAX };
        match self {
            Self::Name => "o.name_key".to_owned(),
            Self::Status => {
                let ranks = State::ALL.into_iter().enumerate();
                let cases = ranks.fold(String::new(), |sql, (rank, state)| {
                    sql + &format!(" WHEN '{}' THEN {rank}", state.name())
                });
                format!("CASE COALESCE(p.status, 'not_invited'){cases} ELSE 99 END")
            }
            Self::Invited => format!("COALESCE(p.invited_at, {never})"),
            Self::Outsourced => format!("COALESCE(p.outsourced_at, {never})"),
        }
    }
}

/// What the table shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Letters of the organization's name.
    pub text: String,
    /// Only this type.
    pub kind: Option<OrganizationType>,
    /// Only this status.
    pub status: Option<State>,
    /// Letters of the recipient's name or address.
    pub recipient: String,
    /// Sorted by.
    pub sort: Sort,
    /// Largest first.
    pub down: bool,
    /// After this row (its sorted value and its id).
    pub after: Option<(String, i64)>,
}

/// The partnership of a row, if there ever was an attempt.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Key.
    pub id: PartnershipId,
    /// Name of the company behind it.
    pub partner: Option<String>,
    /// When it was last invited, and by whom.
    pub invited: Option<(Timestamp, String)>,
    /// Until when the invitation can be answered.
    pub expires_at: Option<Timestamp>,
    /// When it was answered.
    pub responded_at: Option<Timestamp>,
    /// When a ticket last went there.
    pub outsourced_at: Option<Timestamp>,
}

/// The chosen recipient of an invitation.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// The contact.
    pub contact: ContactId,
    /// First and last name.
    pub name: String,
    /// Mail address; may be empty.
    pub email: String,
    /// Whether their data was redacted.
    pub redacted: bool,
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct Line {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: OrganizationType,
    /// Whether it can be chosen anywhere.
    pub active: bool,
    /// City and country.
    pub place: String,
    /// Where the relation stands.
    pub status: State,
    /// The relation.
    pub relation: Option<Relation>,
    /// Who is invited; an inactive contact is nobody.
    pub recipient: Option<Recipient>,
    /// Tickets that are with this partner now.
    pub open: i64,
    /// The value it is sorted by, for the next page.
    pub key: String,
}

impl Line {
    /// Whether it can be invited and get tickets.
    pub fn may_be_partner(&self) -> Result<(), Refusal> {
        if !self.active {
            return Err(Refusal::OrganizationInactive);
        }
        may_invite(self.kind)
    }

    /// Whether the recipient can be written to.
    pub fn may_receive(&self) -> Result<(), Refusal> {
        let recipient = self.recipient.as_ref();
        domain::partnership::may_receive_invitation(
            recipient.map(|recipient| recipient.email.as_str()),
            recipient.is_some_and(|recipient| recipient.redacted),
        )
    }
}

/// A page of the table, one row more than a page shows.
pub fn page(tx: &mut Tx, lead: CompanyId, filter: &Filter) -> Result<Vec<Line>, Error> {
    let name = format!("%{}%", name_key(&filter.text).replace(['%', '_'], ""));
    let recipient = format!("%{}%", filter.recipient.to_lowercase().replace(['%', '_'], ""));
    let key = filter.sort.expression(filter.down);
    let (beyond, order) = if filter.down { ("<", "DESC") } else { (">", "ASC") };
    let mut values = params![
        lead.0,
        name,
        filter.kind.map_or("", OrganizationType::name),
        filter.status.map_or("", State::name),
        recipient
    ]
    .to_vec();
    let mut further = String::new();
    if let Some((value, id)) = &filter.after {
        values.push(match filter.sort {
            Sort::Name => Value::from(value),
            // A broken address shows the first page's end rather than an error.
            _ => Value::from(value.parse::<i64>().unwrap_or_default()),
        });
        values.push(Value::from(*id));
        further = format!("AND ({key} {beyond} $6 OR ({key} = $6 AND o.id {beyond} $7))");
    }
    let sql = format!(
        "SELECT o.id, o.name, o.kind, o.city, o.country, p.id, p.status, pc.name, p.invited_at, p.invited_name,
                p.expires_at, p.responded_at, p.outsourced_at, c.id, c.first_name, c.last_name, c.email, c.redacted, o.active,
                {key}
           FROM organization o
           LEFT JOIN partnership p ON p.lead_company = o.company_id AND p.organization_id = o.id
           LEFT JOIN company pc ON pc.id = p.partner_company
           LEFT JOIN contact c ON c.id = p.contact_id AND c.company_id = o.company_id AND c.active = 1
          WHERE o.company_id = $1
            AND ((o.active = 1 AND o.kind IN ('partner', 'vendor', 'customer')) OR p.status <> 'not_invited')
            AND o.name_key LIKE $2 AND ($3 = '' OR o.kind = $3)
            AND ($4 = '' OR COALESCE(p.status, 'not_invited') = $4)
            AND ($5 = '%%' OR LOWER(c.first_name || ' ' || c.last_name || ' ' || c.email) LIKE $5)
            {further}
          ORDER BY {key} {order}, o.id {order} LIMIT {}",
        PAGE + 1
    );
    let mut lines = tx.all(&sql, &values, |row| line(row, filter.sort))?;
    let open = open_rounds(tx, lead)?;
    for line in &mut lines {
        let count = line.relation.as_ref().and_then(|relation| open.get(&relation.id.0));
        line.open = count.copied().unwrap_or(0);
    }
    Ok(lines)
}

fn line(row: &Row, sort: Sort) -> Result<Line, Error> {
    let place: Vec<String> = [row.get::<String>(3)?, row.get::<String>(4)?]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    Ok(Line {
        organization: OrganizationId(row.get(0)?),
        name: row.get(1)?,
        kind: named(row, 2, OrganizationType::from_name)?,
        active: row.get(18)?,
        place: place.join(", "),
        status: maybe_named(row, 6, State::from_name)?.unwrap_or(State::NotInvited),
        relation: relation(row)?,
        recipient: recipient(row)?,
        open: 0,
        key: match sort {
            Sort::Name => row.get(19)?,
            _ => row.get::<i64>(19)?.to_string(),
        },
    })
}

fn relation(row: &Row) -> Result<Option<Relation>, Error> {
    let Some(id) = row.get::<Option<i64>>(5)? else { return Ok(None) };
    let invited_at: Option<Timestamp> = row.get(8)?;
    Ok(Some(Relation {
        id: PartnershipId(id),
        partner: row.get(7)?,
        invited: invited_at.zip(row.get(9)?),
        expires_at: row.get(10)?,
        responded_at: row.get(11)?,
        outsourced_at: row.get(12)?,
    }))
}

fn recipient(row: &Row) -> Result<Option<Recipient>, Error> {
    let Some(id) = row.get::<Option<i64>>(13)? else { return Ok(None) };
    Ok(Some(Recipient {
        contact: ContactId(id),
        name: format!("{} {}", row.get::<String>(14)?, row.get::<String>(15)?),
        email: row.get(16)?,
        redacted: row.get(17)?,
    }))
}

/// How many tickets are with each partner now; one walk over the lead's live rounds.
fn open_rounds(tx: &mut Tx, lead: CompanyId) -> Result<HashMap<i64, i64>, Error> {
    let counts = tx.all(
        "SELECT partnership_id, COUNT(*) FROM outsourcing
          WHERE lead_company = $1 AND status IN ('assigned', 'accepted', 'in_progress', 'waiting_approval')
          GROUP BY partnership_id",
        &params![lead.0],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(counts.into_iter().collect())
}
