//! What the demo world knows while it is being told: who has which key, which ticket is which.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use db::Tx;
use domain::ids::{
    CompanyId, ContactId, NetworkId, NetworkRoundId, OrganizationId, OutsourcingId, PartnershipId,
    PersonId, QueueId, TicketId,
};
use domain::language::Language;
use domain::partnership::Languages;
use domain::permission::{Actor, OutsourcingLevel, SecurityLevel};
use jiff::Timestamp;
use object_store::{ObjectStoreExt, PutPayload};

use super::people::{House, by_key};
use super::rounds;
use super::script::{Deed, Queue};
use super::timeline::{Event, What};
use crate::app::{Acting, App};
use crate::problem::Problem;

/// Where a file's content lies, by the file's name.
pub type Files = Arc<HashMap<&'static str, String>>;

/// A company that has been founded.
pub struct Founded {
    /// Its key.
    pub id: CompanyId,
    /// Its queues: Service Desk, field service, projects.
    pub queues: [QueueId; 3],
    /// Whether it has accepted the agreement.
    pub agreement: bool,
}

/// A ticket that is being told.
#[derive(Default)]
pub struct Told {
    /// Whose script it is.
    pub house: Option<House>,
    /// Its ticket there.
    pub ticket: Option<TicketId>,
    /// The newest round.
    pub round: Option<OutsourcingId>,
    /// The ticket of the partner in that round.
    pub partner_ticket: Option<TicketId>,
    /// The newest round with a network.
    pub network_round: Option<NetworkRoundId>,
}

/// What is known so far.
pub struct World {
    /// The moment of loading.
    pub now: Timestamp,
    /// For links in letters.
    pub base_url: Arc<str>,
    /// Contents of files.
    pub files: Files,
    /// Companies, in the order of [`House::ALL`].
    pub founded: Vec<Founded>,
    /// People by key.
    pub people: HashMap<&'static str, PersonId>,
    /// Organizations and their primary contacts, by company and key.
    pub book: HashMap<(usize, &'static str), (OrganizationId, Option<ContactId>)>,
    /// The partnership the tickets go by.
    pub partnership: Option<PartnershipId>,
    /// Networks by key.
    pub networks: HashMap<&'static str, NetworkId>,
    /// Tickets by their number in the script.
    pub told: HashMap<usize, Told>,
}

impl World {
    /// An empty one.
    pub fn new(now: Timestamp, base_url: Arc<str>, files: Files) -> Self {
        Self {
            now,
            base_url,
            files,
            founded: Vec::new(),
            people: HashMap::new(),
            book: HashMap::new(),
            partnership: None,
            networks: HashMap::new(),
            told: HashMap::new(),
        }
    }

    /// The company.
    pub fn company(&self, house: House) -> anyhow::Result<&Founded> {
        self.founded.get(house as usize).ok_or_else(|| anyhow!("{} is not founded", house.name()))
    }

    /// A queue of the company.
    pub fn queue(&self, house: House, queue: Queue) -> anyhow::Result<QueueId> {
        Ok(self.company(house)?.queues[queue as usize])
    }

    /// The person of this key.
    pub fn person(&self, key: &str) -> anyhow::Result<PersonId> {
        self.people.get(key).copied().ok_or_else(|| anyhow!("nobody goes by «{key}»"))
    }

    /// An entry of the company's address book.
    pub fn entry(
        &self,
        house: House,
        key: &'static str,
    ) -> anyhow::Result<(OrganizationId, Option<ContactId>)> {
        let found = self.book.get(&(house as usize, key)).copied();
        found.with_context(|| format!("«{key}» is not in the book of {}", house.name()))
    }

    /// The network of this key.
    pub fn network(&self, key: &str) -> anyhow::Result<NetworkId> {
        self.networks.get(key).copied().ok_or_else(|| anyhow!("there is no network «{key}»"))
    }

    /// This person, acting at this moment.
    pub fn acting(&self, key: &str, at: Timestamp) -> anyhow::Result<Acting> {
        let person = by_key(key).ok_or_else(|| anyhow!("nobody goes by «{key}»"))?;
        let company = self.company(person.house)?;
        let administrator = person.security == SecurityLevel::Administrator;
        let holds = company.agreement || administrator;
        Ok(Acting {
            actor: Actor {
                company: company.id,
                person: self.person(key)?,
                name: person.name(),
                security: person.security,
                outsourcing: if holds { person.outsourcing } else { OutsourcingLevel::None },
                agreement: company.agreement,
                operator: administrator && person.house == House::Hansekontor,
                language: Language::De,
            },
            now: at,
            ip: String::new(),
            base_url: self.base_url.clone(),
            languages: Languages::Any,
        })
    }

    /// Lets an event happen; a mistake says where.
    pub fn play(&mut self, tx: &mut Tx, event: &Event) -> Result<(), Problem> {
        self.happen(tx, event).map_err(|problem| match problem {
            // The database's own troubles are for the caller, who may begin again.
            Problem::Broken(_) | Problem::Overloaded => problem,
            other => Problem::Broken(anyhow!("{event:?} ends with {other:?}")),
        })
    }

    fn happen(&mut self, tx: &mut Tx, event: &Event) -> Result<(), Problem> {
        match &event.what {
            What::Open(house, ticket, due) => self.open(tx, event, *house, ticket, *due),
            What::Do(who, deed) => self.act(tx, event, who, deed),
            What::Invite => super::setting::invite(tx, self, "isar", event.at),
        }
    }
}

/// Puts the content of every file of the script where uploads go.
pub fn files(app: &App) -> anyhow::Result<Files> {
    let steps = rounds::OPEN.iter().chain(rounds::OVER).flat_map(|relay| relay.steps);
    let texts: Vec<(&'static str, &'static str)> = steps
        .filter_map(|step| match step.what {
            Deed::File(name, text) => Some((name, text)),
            _ => None,
        })
        .collect();
    let store = app.files.clone();
    // A thread of its own, so that it does not matter whether the caller is inside a runtime.
    let writing = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        runtime.block_on(async {
            let mut keys = HashMap::new();
            for (name, text) in texts {
                let key = uuid::Uuid::now_v7().simple().to_string();
                store.put(&key.as_str().into(), PutPayload::from_static(text.as_bytes())).await?;
                keys.insert(name, key);
            }
            anyhow::Ok(keys)
        })
    });
    let keys =
        writing.join().map_err(|_| anyhow!("the thread that writes the demo files panicked"))?;
    Ok(Arc::new(keys?))
}
