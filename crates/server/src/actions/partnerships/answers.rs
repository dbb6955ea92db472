//! The invited side: read an invitation, accept or decline it, register a company through it (section 5.2).
//!
//! A token that is wrong, used, void or too old leads to the same answer: there is nothing here.

use std::sync::Arc;

use db::Tx;
use domain::message::Message;
use domain::outsourcing::Side;
use domain::partnership::Languages;
use domain::partnership::{Move, may_answer_invitation};
use domain::permission::{Actor, OutsourcingLevel, Permission, SecurityLevel};
use jiff::Timestamp;

use super::written_down;
use crate::actions::companies::{Founding, found};
use crate::actions::letters::{Letter, Recipient, queue, recipient_person};
use crate::actions::people::holder;
use crate::actions::{check, companies};
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::secret;
use crate::store;
use crate::store::companies::Company;
use crate::store::partnerships::{Partnership, Token};

/// What whoever holds the token may know.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The inviting company.
    pub lead: Company,
    /// Who invited.
    pub sender: String,
    /// When.
    pub invited_at: Option<Timestamp>,
    /// Until when it can be answered.
    pub expires_at: Timestamp,
    /// The invited organization, as the lead calls it.
    pub organization: String,
    /// First name, last name, address of the recipient.
    pub recipient: Option<(String, String, String)>,
}

/// Reads an invitation.
pub fn read(tx: &mut Tx, token: &str, now: Timestamp) -> Result<Reading, Problem> {
    let found = store::partnerships::by_token(tx, &secret::digest(token))?;
    let (partnership, expires_at) = answerable(found, now)?;
    let lead = store::companies::of(tx, partnership.lead)?.ok_or(Problem::NotFound)?;
    let organization = store::organizations::of(tx, partnership.lead, partnership.organization)?
        .ok_or(Problem::NotFound)?;
    let contact = match partnership.contact {
        Some(contact) => store::contacts::of(tx, partnership.lead, contact)?,
        None => None,
    };
    // Whoever the link was sent to, not whoever was chosen since.
    let recipient =
        contact.filter(|contact| contact.email.trim() == partnership.email && !contact.redacted);
    Ok(Reading {
        lead,
        sender: partnership.invited_name,
        invited_at: partnership.invited_at,
        expires_at,
        organization: organization.name,
        recipient: recipient.map(|contact| (contact.first_name, contact.last_name, contact.email)),
    })
}

fn answerable(
    found: Option<Partnership>,
    now: Timestamp,
) -> Result<(Partnership, Timestamp), Problem> {
    let found = found.ok_or(Problem::NotFound)?;
    let expires_at = found.expires_at.ok_or(Problem::NotFound)?;
    may_answer_invitation(expires_at, now).map_err(|_| Problem::NotFound)?;
    found.status.play(Side::Partner, Move::Accept).map_err(|_| Problem::NotFound)?;
    Ok((found, expires_at))
}

/// Why this company cannot accept an invitation of that lead, if so.
pub fn obstacle(tx: &mut Tx, acting: &Acting, lead: &Company) -> Result<Option<Message>, Problem> {
    if lead.id == acting.actor.company {
        return Ok(Some(Message::new("invitation-own-company")));
    }
    let known = store::partnerships::between(tx, lead.id, acting.actor.company)?;
    if known.is_some() {
        return Ok(Some(already(&lead.name)));
    }
    let own = store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
    let together = acting.languages.may_outsource(lead.language, own.language);
    Ok(together.err().map(|refusal| refusal.message()))
}

fn already(lead: &str) -> Message {
    Message::new("invitation-already-partner").with("lead", lead)
}

/// Accepts an invitation for the acting company: from now on it can receive tickets of that lead.
pub fn accept(tx: &mut Tx, acting: &Acting, token: &str) -> Result<(), Problem> {
    answer(tx, acting, token, Move::Accept)
}

/// Declines an invitation for the acting company.
pub fn decline(tx: &mut Tx, acting: &Acting, token: &str) -> Result<(), Problem> {
    answer(tx, acting, token, Move::Decline)
}

fn answer(tx: &mut Tx, acting: &Acting, token: &str, mv: Move) -> Result<(), Problem> {
    check::require(acting, Permission::AdministerCompany)?;
    let found = store::partnerships::lock_by_token(tx, &secret::digest(token))?;
    let (before, _) = answerable(found, acting.now)?;
    let lead = store::companies::of(tx, before.lead)?.ok_or(Problem::NotFound)?;
    let stops = obstacle(tx, acting, &lead)?;
    if let Some(message) = stops.filter(|_| mv == Move::Accept || lead.id == acting.actor.company) {
        return Err(Mistakes::one("invitation", message));
    }
    let status = before.status.play(Side::Partner, mv)?;
    let partner_company = if mv == Move::Accept { Some(acting.actor.company) } else { None };
    let after = Partnership { status, partner_company, responded_at: Some(acting.now), ..before };
    store::partnerships::save(tx, &after, &Token::Void).map_err(|error| {
        // Two invitations of the same lead, accepted at the same moment.
        if error.is_unique() {
            Mistakes::one("invitation", already(&lead.name))
        } else {
            error.into()
        }
    })?;
    written_down(tx, acting, &after, &lead.name, mv)?;
    tell_inviter(tx, acting, &after, mv)?;
    tx.notify("company", &after.lead.to_string())?;
    Ok(())
}

/// Mail M2 to whoever invited; if they have left since, to everybody who holds Allow All: somebody always does.
fn tell_inviter(
    tx: &mut Tx,
    acting: &Acting,
    after: &Partnership,
    mv: Move,
) -> Result<(), Problem> {
    let organization = store::organizations::of(tx, after.lead, after.organization)?;
    let organization = organization.map(|organization| organization.name).unwrap_or_default();
    let company = store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
    let (subject, line) = match mv {
        Move::Accept => ("mail-invitation-accepted-subject", "mail-invitation-accepted"),
        _ => ("mail-invitation-declined-subject", "mail-invitation-declined"),
    };
    let said = |key| {
        Message::new(key)
            .with("organization", organization.as_str())
            .with("company", company.name.as_str())
            .with("person", acting.actor.name.as_str())
    };
    for (place, to) in inviters(tx, after)?.into_iter().enumerate() {
        let letter = Letter {
            name: format!("invitation-answer-{}-{}-{place}", after.id, after.version),
            company: Some(after.lead),
            kind: "invitation-answer",
            to,
            subject: said(subject),
            lines: vec![said(line)],
            quote: None,
            link: Some(format!("{}/partners", acting.base_url)),
        };
        queue(tx, &letter, acting.now)?;
    }
    Ok(())
}

fn inviters(tx: &mut Tx, after: &Partnership) -> Result<Vec<Recipient>, Problem> {
    let inviter = match after.invited_by {
        Some(inviter) => recipient_person(tx, after.lead, inviter)?,
        None => None,
    };
    if let Some(inviter) = inviter {
        return Ok(vec![inviter]);
    }
    let mut found = Vec::new();
    for person in store::people::lock_all(tx, after.lead)? {
        if holder(&person).holds_all() {
            found.extend(recipient_person(tx, after.lead, person.id)?);
        }
    }
    Ok(found)
}

/// Where a registration comes from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The instant of the request.
    pub now: Timestamp,
    /// The address it came from.
    pub ip: String,
    /// Scheme, host and port for links in mails.
    pub base_url: Arc<str>,
    /// Which companies may work together here.
    pub languages: Languages,
}

/// Founds a company through an invitation, accepts the invitation for it and signs its first administrator in:
/// all of it or nothing, so that a token opens the door once. `session` is the digest of the new session's token.
pub fn register(
    tx: &mut Tx,
    token: &str,
    founding: &Founding,
    session: &str,
    origin: &Origin,
) -> Result<(), Problem> {
    read(tx, token, origin.now)?;
    let (company, person) = found(tx, founding, origin.now)?;
    let acting = Acting {
        actor: Actor {
            company,
            person,
            name: format!("{} {}", founding.person.first_name, founding.person.last_name),
            security: SecurityLevel::Administrator,
            outsourcing: OutsourcingLevel::All,
            agreement: false,
            operator: false,
            language: founding.company.language,
        },
        now: origin.now,
        ip: origin.ip.clone(),
        base_url: origin.base_url.clone(),
        languages: origin.languages,
    };
    store::audits::record(tx, &acting, "audit-company-registered", &founding.company.name, "")?;
    accept(tx, &acting, token)?;
    store::sessions::create(tx, session, person, origin.now)?;
    Ok(())
}

/// What is wrong with a registration; `password` as typed.
pub fn mistakes(founding: &Founding, password: &str) -> Mistakes {
    let mut mistakes = companies::mistakes(founding, password);
    check::short(&mut mistakes, "phone", &founding.person.phone, 25);
    mistakes
}
