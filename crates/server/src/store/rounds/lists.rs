//! Which lists the dashboard has (section 14), and where their rows are. One-way rounds have a table of their own, and a
//! list like the others.

use db::Value;
use domain::ids::PersonId;
use domain::outsourcing::{Side, Status, Status as S};

/// What the rows of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rounds with partners that we lead.
    Outsourced,
    /// Rounds that lead partners sent us.
    Received,
    /// One-way rounds with networks and vendors.
    Networks,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Outsourced, Self::Received, Self::Networks];

    /// As it is stored beside the columns that somebody chose for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outsourced => "lead",
            Self::Received => "partner",
            Self::Networks => "networks",
        }
    }

    /// From its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// On which side we stand.
    pub const fn side(self) -> Side {
        match self {
            Self::Outsourced | Self::Networks => Side::Lead,
            Self::Received => Side::Partner,
        }
    }

    /// In which statuses its rows can be.
    pub const fn statuses(self) -> &'static [Status] {
        match self {
            Self::Outsourced | Self::Received => &Status::ALL,
            Self::Networks => &[S::Assigned, S::Complete, S::Canceled],
        }
    }

    /// Where its rows are.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Outsourced | Self::Received => "outsourcing",
            Self::Networks => "network_round",
        }
    }

    /// The company whose rows these are.
    pub(super) const fn own_company(self) -> &'static str {
        match self {
            Self::Outsourced => "o.lead_company",
            Self::Received => "o.partner_company",
            Self::Networks => "o.company_id",
        }
    }

    /// Our ticket.
    pub(super) const fn own_ticket(self) -> &'static str {
        match self {
            Self::Outsourced => "o.lead_ticket",
            Self::Received => "o.partner_ticket",
            Self::Networks => "o.ticket_id",
        }
    }

    /// The ticket on the other side, where there is another side.
    pub(super) const fn other_ticket(self) -> Option<&'static str> {
        match self {
            Self::Outsourced => Some("o.partner_ticket"),
            Self::Received => Some("o.lead_ticket"),
            Self::Networks => None,
        }
    }

    /// With whom it is.
    pub(super) const fn other_name(self) -> &'static str {
        match self {
            Self::Outsourced => "o.partner_name",
            Self::Received => "o.lead_name",
            Self::Networks => "o.network_name",
        }
    }

    /// Whose it is among us.
    pub(super) const fn mine(self) -> &'static str {
        match self {
            Self::Outsourced | Self::Networks => "o.sent_by",
            Self::Received => "t.primary_person",
        }
    }
}

/// A list of the dashboard: what it is of, which statuses, only mine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// As it stands in the address and, with a prefix, in the locale files.
    pub name: &'static str,
    /// Outsourced work, received work, or what is with networks.
    pub kind: Kind,
    /// Which statuses.
    pub statuses: &'static [Status],
    /// Only what I sent, or where I am primary resource.
    pub mine: bool,
}

impl List {
    /// Whether it holds what has ended, so that it grows for ever.
    pub fn has_ended(&self) -> bool {
        self.statuses.iter().all(|status| status.has_ended())
    }
}

const OPEN: &[Status] = &[S::Assigned, S::Accepted, S::InProgress, S::WaitingApproval];
const WORKING: &[Status] = &[S::Accepted, S::InProgress, S::WaitingApproval];

/// The lists of outsourced work.
pub const OUTSOURCED: [List; 10] = [
    List { name: "my-open", kind: Kind::Outsourced, statuses: OPEN, mine: true },
    List { name: "open", kind: Kind::Outsourced, statuses: OPEN, mine: false },
    List { name: "unsent", kind: Kind::Outsourced, statuses: &[S::Unsent], mine: false },
    List {
        name: "waiting-acceptance",
        kind: Kind::Outsourced,
        statuses: &[S::Assigned],
        mine: false,
    },
    List { name: "accepted", kind: Kind::Outsourced, statuses: &[S::Accepted], mine: false },
    List { name: "in-progress", kind: Kind::Outsourced, statuses: &[S::InProgress], mine: false },
    List {
        name: "waiting-approval",
        kind: Kind::Outsourced,
        statuses: &[S::WaitingApproval],
        mine: false,
    },
    List {
        name: "declined-expired",
        kind: Kind::Outsourced,
        statuses: &[S::Declined, S::Expired, S::Returned],
        mine: false,
    },
    List { name: "canceled", kind: Kind::Outsourced, statuses: &[S::Canceled], mine: false },
    List { name: "complete", kind: Kind::Outsourced, statuses: &[S::Complete], mine: false },
];

/// The lists of received work.
pub const RECEIVED: [List; 8] = [
    List {
        name: "received-waiting-acceptance",
        kind: Kind::Received,
        statuses: &[S::Assigned],
        mine: false,
    },
    List { name: "received-my-open", kind: Kind::Received, statuses: WORKING, mine: true },
    List { name: "received-open", kind: Kind::Received, statuses: WORKING, mine: false },
    List { name: "received-accepted", kind: Kind::Received, statuses: &[S::Accepted], mine: false },
    List {
        name: "received-in-progress",
        kind: Kind::Received,
        statuses: &[S::InProgress],
        mine: false,
    },
    List {
        name: "received-waiting-approval",
        kind: Kind::Received,
        statuses: &[S::WaitingApproval],
        mine: false,
    },
    List { name: "received-complete", kind: Kind::Received, statuses: &[S::Complete], mine: false },
    List {
        name: "received-ended",
        kind: Kind::Received,
        statuses: &[S::Declined, S::Expired, S::Canceled, S::Returned],
        mine: false,
    },
];

/// What is with networks. It holds what is there now; its filter reaches what is over.
pub const NETWORKS: List =
    List { name: "on-networks", kind: Kind::Networks, statuses: &[S::Assigned], mine: false };

/// The company's rounds of a kind in one of these statuses.
pub(super) fn among(kind: Kind, statuses: &[Status]) -> String {
    let own = format!("{} = $1", kind.own_company());
    // Said in full it would keep the database from reading all statuses in the order of an index.
    if kind.statuses().iter().all(|status| statuses.contains(status)) {
        return own;
    }
    let names: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
    format!("{own} AND o.status IN ('{}')", names.join("', '"))
}

/// The company's rounds of a list, if need be in other statuses than it holds by itself.
pub(super) fn conditions(
    list: &List,
    statuses: &[Status],
    person: PersonId,
    values: &mut Vec<Value>,
) -> String {
    let mut sql = among(list.kind, statuses);
    if list.mine {
        values.push(person.0.into());
        sql.push_str(&format!(" AND {} = ${}", list.kind.mine(), values.len()));
        // Word for word as the index has it: SQLite looks no further.
        if list.kind == Kind::Outsourced && statuses.iter().all(|status| status.is_live()) {
            sql.push_str(" AND o.status IN ('unsent', 'assigned', 'accepted', 'in_progress', 'waiting_approval')");
        }
    }
    sql
}

#[cfg(test)]
mod tests {
    use domain::network;

    use super::*;

    #[test]
    fn a_list_holds_only_what_its_rows_can_be() {
        let one_way = network::Status::ALL.map(network::Status::shown);
        assert_eq!(Kind::Networks.statuses(), one_way);
        for list in OUTSOURCED.iter().chain(&RECEIVED).chain([&NETWORKS]) {
            assert!(list.statuses.iter().all(|it| list.kind.statuses().contains(it)), "{list:?}");
        }
    }
}
