//! The table Invite & Manage: every active organization that could be a partner, invited or not, and every other that
//! was invited once, so that no partner is out of reach.

use std::collections::HashMap;

use db::{Error, Row, Tx, params};
use domain::ids::{CompanyId, ContactId, OrganizationId, PartnershipId};
use domain::partnership::{PartnerKind, State, may_invite};
use domain::refusal::Refusal;
use domain::ticket::OrganizationType;
use jiff::Timestamp;

use super::super::organizations::name_key;
use super::super::sorted::{After, Sorted, instant_or_last, ranked, text_or_last};
use super::super::{PAGE, maybe_named, named};

/// Which column the table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By the organization's name.
    #[default]
    Name,
    /// By city and country.
    Place,
    /// By the organization's type.
    Kind,
    /// By what the partner works with.
    Partner,
    /// By status.
    Status,
    /// By the recipient's last name.
    Recipient,
    /// By the last invitation.
    Invited,
    /// By its answer.
    Responded,
    /// By the last ticket that went there.
    Outsourced,
    /// By the tickets that are there now.
    Open,
}

/// Of the live rounds those that the partner has seen.
const OPEN: &str = "('assigned', 'accepted', 'in_progress', 'waiting_approval')";

impl Sort {
    /// Every column with its name in the address of the page.
    const NAMES: [(Self, &'static str); 10] = [
        (Self::Name, "name"),
        (Self::Place, "place"),
        (Self::Kind, "kind"),
        (Self::Partner, "partner"),
        (Self::Status, "status"),
        (Self::Recipient, "recipient"),
        (Self::Invited, "invited"),
        (Self::Responded, "responded"),
        (Self::Outsourced, "outsourced"),
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

    const fn is_text(self) -> bool {
        matches!(self, Self::Name | Self::Place | Self::Recipient)
    }

    /// What is compared. Rows that have nothing in the column come last, whichever way one sorts.
    fn expression(self, down: bool) -> String {
        match self {
            Self::Name => "o.name_key".to_owned(),
            Self::Place => text_or_last("NULLIF(TRIM(o.city || ' ' || o.country), '')", down),
            Self::Kind => ranked("o.kind", OrganizationType::ALL.map(OrganizationType::name)),
            Self::Partner => {
                instant_or_last("CASE WHEN p.partner_company IS NULL THEN NULL ELSE 0 END", down)
            }
            Self::Status => {
                ranked("COALESCE(p.status, 'not_invited')", State::ALL.map(State::name))
            }
            Self::Recipient => text_or_last("c.last_name || ' ' || c.first_name", down),
            Self::Invited => instant_or_last("p.invited_at", down),
            Self::Responded => instant_or_last("p.responded_at", down),
            Self::Outsourced => instant_or_last("p.outsourced_at", down),
            Self::Open => format!(
                "(SELECT COUNT(*) FROM outsourcing r WHERE r.partnership_id = p.id AND r.lead_company = $1
                     AND r.status IN {OPEN})"
            ),
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
    /// Letters of the city or the country.
    pub place: String,
    /// Only partners that work with this.
    pub partner: Option<PartnerKind>,
    /// Letters of the recipient's name or address.
    pub recipient: String,
    /// Sorted by.
    pub sort: Sort,
    /// Largest first.
    pub down: bool,
    /// After this row (its sorted value and its id).
    pub after: Option<After>,
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

    /// What the partner works with, once a company is known. Whoever accepted an invitation here has a service desk
    /// of its own here.
    pub fn partner_kind(&self) -> Option<PartnerKind> {
        self.relation.as_ref()?.partner.as_ref().map(|_| PartnerKind::Tenant)
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
    let letters = |text: &str| format!("%{}%", text.to_lowercase().replace(['%', '_'], ""));
    let sorted = Sorted {
        key: filter.sort.expression(filter.down),
        is_text: filter.sort.is_text(),
        down: filter.down,
    };
    let mut values = params![
        lead.0,
        name,
        filter.kind.map_or("", OrganizationType::name),
        filter.status.map_or("", State::name),
        letters(&filter.recipient),
        letters(&filter.place),
        filter.partner.map_or("", PartnerKind::name)
    ]
    .to_vec();
    let further = sorted.further(filter.after.as_ref(), "o.id", &mut values);
    let (key, order) = (&sorted.key, sorted.order("o.id"));
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
            AND ($6 = '%%' OR LOWER(o.city || ' ' || o.country) LIKE $6)
            AND ($7 = '' OR ($7 = 'tenant' AND p.partner_company IS NOT NULL))
            {further}
          ORDER BY {order} LIMIT {}",
        PAGE + 1
    );
    let mut lines = tx.all(&sql, &values, |row| line(row, &sorted))?;
    let open = open_rounds(tx, lead)?;
    for line in &mut lines {
        let count = line.relation.as_ref().and_then(|relation| open.get(&relation.id.0));
        line.open = count.copied().unwrap_or(0);
    }
    Ok(lines)
}

fn line(row: &Row, sorted: &Sorted) -> Result<Line, Error> {
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
        key: sorted.place(row, 19)?,
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
        &format!(
            "SELECT partnership_id, COUNT(*) FROM outsourcing
          WHERE lead_company = $1 AND status IN {OPEN} GROUP BY partnership_id"
        ),
        &params![lead.0],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(counts.into_iter().collect())
}
