//! What was there before the first ticket: companies, people, address books, the agreement, the first partner.

use std::collections::HashMap;

use anyhow::{Context, anyhow};
use db::Tx;
use domain::ids::{ContactId, OrganizationId};
use domain::language::Language;
use domain::money::Currency;
use jiff::Timestamp;

use super::customers::{BOOKS, Entry};
use super::networks;
use super::people::{House, PEOPLE, Person, by_key, founder};
use super::timeline::{ZONE, days_before, instant};
use super::world::{Founded, World};
use crate::actions::partnerships::Invitee;
use crate::actions::{agreement, companies, organizations, partnerships, people};
use crate::problem::Problem;
use crate::store;
use crate::store::companies::NewCompany;
use crate::store::contacts::Contact;
use crate::store::organizations::Organization;
use crate::store::people::NewPerson;

const PROJECTS: &str = "Projekte";

/// Everything before the first ticket.
pub fn before(tx: &mut Tx, world: &mut World, hash: &str) -> Result<(), Problem> {
    let start = days_before(world.now, 90)?;
    for house in House::ALL {
        found(tx, world, house, hash, start)?;
    }
    for entry in BOOKS {
        write_entry(tx, world, entry, start)?;
    }
    agree(tx, world)?;
    let invited = instant((42, 1000), world.now)?;
    invite(tx, world, "rheinwerk", invited)?;
    let accepted = instant((41, 915), world.now)?;
    accept(tx, world, accepted)?;
    networks::found(tx, world)
}

fn found(
    tx: &mut Tx,
    world: &mut World,
    house: House,
    hash: &str,
    at: Timestamp,
) -> Result<(), Problem> {
    let first = founder(house).ok_or_else(|| anyhow!("{} has no administrator", house.name()))?;
    let founding = companies::Founding {
        company: NewCompany {
            name: house.name().to_owned(),
            language: Language::De,
            time_zone: ZONE.to_owned(),
            currency: Currency::Eur,
        },
        person: new_person(first, hash),
    };
    let (company, person) = companies::found(tx, &founding, at)?;
    world.people.insert(first.key, person);
    let stored = store::companies::of(tx, company)?.ok_or(Problem::NotFound)?;
    let desk = stored.default_queue.ok_or_else(|| anyhow!("a company without a queue"))?;
    world.founded.push(Founded { id: company, queues: [desk; 3], agreement: false });
    let acting = world.acting(first.key, at)?;
    companies::add_queue(tx, &acting, PROJECTS)?;
    let queues = store::queues::all(tx, company)?;
    let projects = queues.iter().find(|(_, name)| name == PROJECTS);
    let field = queues.iter().find(|(id, name)| *id != desk && name != PROJECTS);
    if let (Some((projects, _)), Some((field, _))) = (projects, field) {
        world.founded[house as usize].queues = [desk, *field, *projects];
    }
    for colleague in PEOPLE.iter().filter(|person| person.house == house && person.key != first.key)
    {
        let id = people::add(tx, &acting, &new_person(colleague, hash))?;
        world.people.insert(colleague.key, id);
    }
    Ok(())
}

fn new_person(person: &Person, hash: &str) -> NewPerson {
    let administrator = founder(person.house).is_some_and(|first| first.key == person.key);
    NewPerson {
        email: person.email(),
        first_name: person.first.to_owned(),
        last_name: person.last.to_owned(),
        phone: person.phone.to_owned(),
        password_hash: hash.to_owned(),
        security: person.security,
        outsourcing: person.outsourcing,
        operator: administrator && person.house == House::Hansekontor,
    }
}

fn write_entry(
    tx: &mut Tx,
    world: &mut World,
    entry: &Entry,
    at: Timestamp,
) -> Result<(), Problem> {
    let first = founder(entry.house)
        .ok_or_else(|| anyhow!("{} has no administrator", entry.house.name()))?;
    let acting = world.acting(first.key, at)?;
    let (address, postal_code, city) = entry.place;
    let organization = Organization {
        id: OrganizationId(0),
        name: entry.name.to_owned(),
        kind: entry.kind,
        phone: entry.phone.to_owned(),
        address: address.to_owned(),
        postal_code: postal_code.to_owned(),
        city: city.to_owned(),
        country: "Deutschland".to_owned(),
        web: format!("www.{}", entry.web),
        tax_id: String::new(),
        owner: world.person(entry.house.desk())?,
        active: true,
        version: 0,
    };
    let id = organizations::create(tx, &acting, &organization)?;
    let mut primary = None;
    for contact in entry.contacts {
        let contact = organizations::add_contact(tx, &acting, &new_contact(entry, id, *contact))?;
        primary = primary.or(Some(contact));
    }
    world.book.insert((entry.house as usize, entry.key), (id, primary));
    Ok(())
}

fn new_contact(entry: &Entry, organization: OrganizationId, words: (&str, &str, &str)) -> Contact {
    let (first, last, extension) = words;
    let mailbox = format!("{}.{}", mail_name(first), mail_name(last));
    // The extension takes the place of the last two digits of the switchboard.
    let switchboard = entry.phone.len().saturating_sub(extension.len());
    Contact {
        id: ContactId(0),
        organization,
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: format!("{mailbox}@{}", entry.web),
        phone: format!("{}{extension}", &entry.phone[..switchboard]),
        is_primary: false,
        active: true,
        redacted: false,
        version: 0,
    }
}

/// A name as it stands in a mail address.
fn mail_name(name: &str) -> String {
    let letters =
        HashMap::from([('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ß', "ss"), ('é', "e"), (' ', "-")]);
    let lower = name.to_lowercase();
    lower
        .chars()
        .map(|letter| letters.get(&letter).map_or(letter.to_string(), |&other| other.into()))
        .collect()
}

/// The lead accepts the agreement and says who may do what.
fn agree(tx: &mut Tx, world: &mut World) -> Result<(), Problem> {
    let at = instant((44, 1100), world.now)?;
    let first = founder(House::Hansekontor).context("the lead has no administrator")?;
    let acting = world.acting(first.key, at)?;
    agreement::accept(tx, &acting, true)?;
    world.founded[House::Hansekontor as usize].agreement = true;
    let acting = world.acting(first.key, at)?;
    let levels = PEOPLE
        .iter()
        .filter(|person| person.house == House::Hansekontor)
        .map(|person| {
            // The agreement has just given everybody the default of their security level.
            let seen = person.security.default_outsourcing();
            Ok(people::Row { id: world.person(person.key)?, seen, wanted: person.outsourcing })
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    people::set_levels(tx, &acting, &levels)?;
    Ok(())
}

/// Invites an entry of the lead's book: its primary contact gets the mail.
pub fn invite(tx: &mut Tx, world: &World, key: &'static str, at: Timestamp) -> Result<(), Problem> {
    let acting = world.acting("maike.thomsen", at)?;
    let (organization, contact) = world.entry(House::Hansekontor, key)?;
    partnerships::set_recipient(tx, &acting, organization, Invitee { contact, language: None })?;
    for outcome in partnerships::invite(tx, &acting, &[organization])? {
        if let Some(refusal) = outcome.refusal {
            return Err(refusal.into());
        }
    }
    Ok(())
}

/// The partner's administrator opens the link of the mail and accepts.
fn accept(tx: &mut Tx, world: &mut World, at: Timestamp) -> Result<(), Problem> {
    let (organization, _) = world.entry(House::Hansekontor, "rheinwerk")?;
    let lead = world.company(House::Hansekontor)?.id;
    let token =
        token_in_mail(tx, &by_key(House::Rheinwerk.desk()).map(Person::email).unwrap_or_default())?;
    let acting = world.acting("stefan.krueger", at)?;
    partnerships::answers::accept(tx, &acting, &token)?;
    let partnership = store::partnerships::by_organization(tx, lead, organization)?;
    world.partnership = partnership.map(|partnership| partnership.id);
    Ok(())
}

/// The token of the newest invitation to this address.
fn token_in_mail(tx: &mut Tx, address: &str) -> Result<String, Problem> {
    let mails = store::mails::page(tx, address, None, None)?;
    let bodies =
        mails.iter().filter(|mail| mail.kind == "invitation").map(|mail| mail.body.as_str());
    let token =
        bodies.filter_map(|body| body.split_once("/invitation/")).map(|(_, rest)| rest).next();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let token = token.and_then(|rest| rest.split(|letter| !fits(letter)).next());
    Ok(token.context("the invitation has no link")?.to_owned())
}
