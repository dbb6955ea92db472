//! The twenty companies, through the store as the pages would make them: people, queues, address books, partnerships.

use db::Tx;
use domain::ids::{CompanyId, OrganizationId};
use domain::language::Language;
use domain::money::Currency;
use domain::partnership::State;
use domain::permission::{OutsourcingLevel, SecurityLevel};
use domain::ticket::OrganizationType;
use jiff::Timestamp;
use staffel::problem::Problem;
use staffel::secret;
use staffel::store::companies::NewCompany;
use staffel::store::contacts::Contact;
use staffel::store::organizations::Organization;
use staffel::store::partnerships::Token;
use staffel::store::people::NewPerson;
use staffel::store::{self, companies};

use crate::words;

/// How many companies there are.
pub const COMPANIES: usize = 20;
const PEOPLE: usize = 10;
const CUSTOMERS: usize = 200;
/// To how many neighbours each company hands tickets.
const PARTNERS: usize = 3;

/// A company with what its tickets refer to.
pub struct House {
    /// Key.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Key and name; the first is the dispatcher, who sends most and whose session is measured.
    pub people: Vec<(i64, String)>,
    /// Keys; the first takes insourced tickets.
    pub queues: Vec<i64>,
    /// Customers: key, name, key of a contact.
    pub customers: Vec<(i64, String, i64)>,
    /// Whom it hands tickets to.
    pub partners: Vec<Partner>,
    /// Token of the dispatcher's session.
    pub token: String,
}

/// A partner of a house.
pub struct Partner {
    /// Place of the partner's house.
    pub house: usize,
    /// Key of the partnership.
    pub partnership: i64,
    /// The organization that stands for the lead at the partner: key and name.
    pub lead_there: (i64, String),
}

/// Makes them all.
pub fn make(tx: &mut Tx, password_hash: &str, now: Timestamp) -> Result<Vec<House>, Problem> {
    let mut houses = Vec::new();
    for number in 0..COMPANIES {
        houses.push(house(tx, number, password_hash, now)?);
    }
    for number in 0..COMPANIES {
        for step in 1..=PARTNERS {
            let partner = (number + step) % COMPANIES;
            let made = partner_up(tx, &houses, number, partner, now)?;
            houses[number].partners.push(made);
        }
    }
    Ok(houses)
}

fn house(tx: &mut Tx, number: usize, hash: &str, now: Timestamp) -> Result<House, Problem> {
    let name = words::company(number);
    let new = NewCompany {
        name: name.clone(),
        language: Language::De,
        time_zone: "Europe/Berlin".to_owned(),
        currency: Currency::from_code("EUR").ok_or(Problem::NotFound)?,
    };
    let company = companies::create(tx, &new, now)?;
    let people = people(tx, company, number, hash, now)?;
    let mut queues = Vec::new();
    for queue in ["Erste Hilfe", "Technik vor Ort", "Rechenzentrum", "Verträge"] {
        queues.push(store::queues::create(tx, company, queue)?);
    }
    if let Some(mut own) = companies::of(tx, company)? {
        own.default_queue = queues.first().copied();
        companies::save(tx, &own)?;
    }
    companies::accept_agreement(
        tx,
        company,
        domain::ids::PersonId(people[0].0),
        &people[0].1,
        now,
    )?;
    let token = format!("bench-session-of-company-{number}");
    let dispatcher = domain::ids::PersonId(people[0].0);
    store::sessions::create(tx, &secret::digest(&token), dispatcher, now)?;
    Ok(House {
        id: company.0,
        name,
        customers: customers(tx, company, dispatcher, now)?,
        people,
        queues: queues.into_iter().map(|queue| queue.0).collect(),
        partners: Vec::new(),
        token,
    })
}

fn people(
    tx: &mut Tx,
    company: CompanyId,
    number: usize,
    password_hash: &str,
    now: Timestamp,
) -> Result<Vec<(i64, String)>, Problem> {
    let mut people = Vec::new();
    for place in 0..PEOPLE {
        let (first, last) = words::person(number * PEOPLE + place);
        let new = NewPerson {
            email: format!("p{place}@c{number}.example"),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            phone: String::new(),
            password_hash: password_hash.to_owned(),
            security: if place == 0 {
                SecurityLevel::Administrator
            } else {
                SecurityLevel::ServiceDeskUser
            },
            outsourcing: OutsourcingLevel::Outsourcing,
            operator: number == 0 && place == 0,
        };
        let id = store::people::create(tx, company, &new, now)?;
        people.push((id.0, format!("{first} {last}")));
    }
    Ok(people)
}

fn customers(
    tx: &mut Tx,
    company: CompanyId,
    owner: domain::ids::PersonId,
    now: Timestamp,
) -> Result<Vec<(i64, String, i64)>, Problem> {
    let mut customers = Vec::new();
    for number in 0..CUSTOMERS {
        let (name, city) = words::customer(number);
        let new = organization(&name, city, OrganizationType::Customer, owner);
        let id = store::organizations::create(tx, company, &new, now)?;
        let (first, last) = words::person(number * 7 + 1);
        let contact = Contact {
            id: domain::ids::ContactId(0),
            organization: id,
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            email: format!("kontakt@kunde{number}.example"),
            phone: "030 23125 100".to_owned(),
            is_primary: true,
            active: true,
            redacted: false,
            version: 0,
        };
        let contact = store::contacts::create(tx, company, &contact, now)?;
        customers.push((id.0, name, contact.0));
    }
    Ok(customers)
}

fn organization(
    name: &str,
    city: &str,
    kind: OrganizationType,
    owner: domain::ids::PersonId,
) -> Organization {
    Organization {
        id: OrganizationId(0),
        name: name.to_owned(),
        kind,
        phone: "030 23125 0".to_owned(),
        address: "Hauptstraße 1".to_owned(),
        postal_code: "20095".to_owned(),
        city: city.to_owned(),
        country: "Deutschland".to_owned(),
        web: String::new(),
        tax_id: String::new(),
        owner,
        active: true,
        version: 0,
    }
}

/// An active partnership, with the organization that stands for the partner here and for the lead there.
fn partner_up(
    tx: &mut Tx,
    houses: &[House],
    lead: usize,
    partner: usize,
    now: Timestamp,
) -> Result<Partner, Problem> {
    let (here, there) = (&houses[lead], &houses[partner]);
    let owner = |house: &House| domain::ids::PersonId(house.people[0].0);
    let stands_for = |house: &House| {
        organization(&house.name, "Hamburg", OrganizationType::Partner, owner(house))
    };
    let book = Organization { owner: owner(here), ..stands_for(there) };
    let organization = store::organizations::create(tx, CompanyId(here.id), &book, now)?;
    let mut relation = store::partnerships::lock_or_create(tx, CompanyId(here.id), organization)?;
    relation.partner_company = Some(CompanyId(there.id));
    relation.status = State::Active;
    relation.invited_at = Some(now);
    relation.responded_at = Some(now);
    store::partnerships::save(tx, &relation, &Token::Keep)?;
    store::partnerships::mark_outsourced(tx, relation.id, now)?;
    let book = Organization { owner: owner(there), ..stands_for(here) };
    let mirror = store::organizations::create(tx, CompanyId(there.id), &book, now)?;
    store::partnerships::set_mapping(tx, CompanyId(there.id), CompanyId(here.id), mirror, now)?;
    Ok(Partner {
        house: partner,
        partnership: relation.id.0,
        lead_there: (mirror.0, here.name.clone()),
    })
}
