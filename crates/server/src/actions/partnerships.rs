//! Partners (section 5): choose a recipient, invite, withdraw, switch off and on. `answers` is the other side.
//!
//! The lead's moves need Allow Partner Management; the table of the domain decides what follows what. Each move
//! leaves a step in the partnership's history and a line in the audit.

pub mod answers;

use db::Tx;
use domain::ids::{CompanyId, ContactId, OrganizationId, PartnershipId};
use domain::language::Language;
use domain::message::Message;
use domain::outsourcing::Side;
use domain::partnership::{Move, State, may_invite, may_receive_invitation};
use domain::permission::Permission;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::invitations::Values;
use super::{check, invitations, letters};
use crate::app::Acting;
use crate::format::Format;
use crate::problem::{Mistakes, Problem};
use crate::secret;
use crate::store;
use crate::store::audits::{Subject, Told};
use crate::store::contacts::Contact;
use crate::store::mails::NewMail;
use crate::store::organizations::Organization;
use crate::store::partnerships::{Partnership, Step, Token};

/// How long an invitation can be answered.
const LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Who at an organization is invited, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Invitee {
    /// The contact; nobody.
    pub contact: Option<ContactId>,
    /// The language they read; without one the inviting company's.
    pub language: Option<Language>,
}

/// Chooses who at an organization is invited. An invitation that is out stays valid until it is sent again.
pub fn set_recipient(
    tx: &mut Tx,
    acting: &Acting,
    organization: OrganizationId,
    invitee: Invitee,
) -> Result<(), Problem> {
    check::require(acting, Permission::ManagePartners)?;
    let company = acting.actor.company;
    let organization = own_organization(tx, company, organization)?;
    may_invite(organization.kind)?;
    let chosen = match invitee.contact {
        Some(contact) => Some(choosable(tx, company, &organization, contact)?),
        None => None,
    };
    let before = store::partnerships::lock_or_create(tx, company, organization.id)?;
    let (name, address) =
        chosen.as_ref().map_or_else(Default::default, |it| (it.name(), it.email.clone()));
    // While an invitation is out, the address stays the one it went to.
    let email = if before.status == State::Invited { before.email.clone() } else { address };
    let changed = Partnership {
        contact: chosen.map(|contact| contact.id),
        email,
        language: invitee.language,
        ..before
    };
    store::partnerships::save(tx, &changed, &Token::Keep)?;
    let subject = Subject::Organization(organization.id);
    let words = ("audit-partner-recipient", organization.name.as_str(), name.as_str());
    store::audits::record_on(tx, acting, subject, words)?;
    Ok(())
}

fn own_organization(
    tx: &mut Tx,
    company: CompanyId,
    id: OrganizationId,
) -> Result<Organization, Problem> {
    let found = store::organizations::of(tx, company, id)?;
    found.filter(|organization| organization.active).ok_or(Problem::NotFound)
}

fn choosable(
    tx: &mut Tx,
    company: CompanyId,
    organization: &Organization,
    id: ContactId,
) -> Result<Contact, Problem> {
    let contact = store::contacts::of(tx, company, id)?.ok_or(Problem::NotFound)?;
    if contact.organization != organization.id {
        return Err(Problem::NotFound);
    }
    if !contact.active {
        return Err(Mistakes::one("contact", Message::new("partner-recipient-inactive")));
    }
    // Redacted or without an address: told at once, not only when inviting.
    may_receive_invitation(Some(&contact.email), contact.redacted)
        .map_err(|refusal| Mistakes::one("contact", refusal.message()))?;
    Ok(contact)
}

/// What became of one of several invitations.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The organization.
    pub name: String,
    /// Why it could not be invited, if so.
    pub refusal: Option<Refusal>,
}

/// Invites one or several organizations. One that cannot be invited keeps no other from it.
pub fn invite(
    tx: &mut Tx,
    acting: &Acting,
    organizations: &[OrganizationId],
) -> Result<Vec<Outcome>, Problem> {
    check::require(acting, Permission::ManagePartners)?;
    let mut outcomes = Vec::new();
    for id in organizations {
        let organization = own_organization(tx, acting.actor.company, *id)?;
        let partnership = store::partnerships::lock_or_create(tx, acting.actor.company, *id)?;
        let mv = first_of(&partnership, &[Move::SendInvitation, Move::Reinvite]);
        let refusal = match send(tx, acting, &partnership, &organization, mv) {
            Ok(()) => None,
            Err(Problem::Refused(refusal)) => Some(refusal),
            Err(other) => return Err(other),
        };
        outcomes.push(Outcome { name: organization.name, refusal });
    }
    tx.notify("company", &acting.actor.company.to_string())?;
    Ok(outcomes)
}

/// The first of these moves that the partnership allows; the first of all, to be refused, if none.
fn first_of(partnership: &Partnership, moves: &[Move]) -> Move {
    let possible = partnership.status.moves(Side::Lead);
    moves.iter().copied().find(|mv| possible.contains(mv)).unwrap_or(moves[0])
}

/// Makes a move of the lead with a partnership that was invited before: resend, withdraw, deactivate, reactivate.
pub fn play(tx: &mut Tx, acting: &Acting, id: PartnershipId, mv: Move) -> Result<(), Problem> {
    check::require(acting, Permission::ManagePartners)?;
    let company = acting.actor.company;
    let before = store::partnerships::lock(tx, company, id)?.ok_or(Problem::NotFound)?;
    let organization =
        store::organizations::of(tx, company, before.organization)?.ok_or(Problem::NotFound)?;
    if mv.sends_invitation() {
        send(tx, acting, &before, &organization, mv)?;
    } else {
        let status = before.status.play(Side::Lead, mv)?;
        let token = if mv == Move::Withdraw { Token::Void } else { Token::Keep };
        let expires_at = before.expires_at.filter(|_| mv != Move::Withdraw);
        let after = Partnership { status, expires_at, ..before };
        store::partnerships::save(tx, &after, &token)?;
        if mv == Move::Withdraw {
            store::mails::drop_queued(tx, &letter_names(id))?;
        }
        written_down(tx, acting, &after, &organization.name, mv)?;
    }
    tx.notify("company", &company.to_string())?;
    Ok(())
}

/// Sends an invitation with a new token; every older one is void.
fn send(
    tx: &mut Tx,
    acting: &Acting,
    before: &Partnership,
    organization: &Organization,
    mv: Move,
) -> Result<(), Problem> {
    let status = before.status.play(Side::Lead, mv)?;
    organization.may_be_partner()?;
    let contact = recipient(tx, before)?;
    let contact = contact.ok_or(Problem::Refused(Refusal::RecipientMissing))?;
    may_receive_invitation(Some(&contact.email), contact.redacted)?;
    let token = secret::token()?;
    let expires_at = acting.now.checked_add(LIFE).map_err(anyhow::Error::from)?;
    let after = Partnership {
        status,
        email: contact.email.trim().to_owned(),
        expires_at: Some(expires_at),
        invited_at: Some(acting.now),
        invited_by: Some(acting.actor.person),
        invited_name: acting.actor.name.clone(),
        responded_at: None,
        ..before.clone()
    };
    store::partnerships::save(tx, &after, &Token::New(secret::digest(&token)))?;
    store::mails::drop_queued(tx, &letter_names(after.id))?;
    let mail = letter(tx, acting, &after, organization, &contact, &token)?;
    store::mails::queue(tx, &mail, acting.now)?;
    written_down(tx, acting, &after, &organization.name, mv)
}

/// The chosen contact as it is today; an inactive one is nobody.
fn recipient(tx: &mut Tx, partnership: &Partnership) -> Result<Option<Contact>, Problem> {
    let Some(contact) = partnership.contact else { return Ok(None) };
    let found = store::contacts::of(tx, partnership.lead, contact)?;
    Ok(found.filter(|contact| contact.active && contact.organization == partnership.organization))
}

/// How the names of a partnership's invitation mails begin.
fn letter_names(id: PartnershipId) -> String {
    format!("invitation-{id}-")
}

/// Mail M1, in the inviting company's words and time zone, in the language chosen for the recipient or its own.
fn letter(
    tx: &mut Tx,
    acting: &Acting,
    partnership: &Partnership,
    organization: &Organization,
    contact: &Contact,
    token: &str,
) -> Result<NewMail, Problem> {
    let company = store::companies::of(tx, partnership.lead)?.ok_or(Problem::NotFound)?;
    let sender =
        store::people::of(tx, partnership.lead, acting.actor.person)?.ok_or(Problem::NotFound)?;
    let zone = TimeZone::get(&company.time_zone).unwrap_or(TimeZone::UTC);
    let language = partnership.language.unwrap_or(company.language);
    let format = Format { language, zone, now: acting.now };
    let values = Values {
        sender: sender.name(),
        sender_email: sender.email.clone(),
        sender_phone: sender.phone,
        first_name: contact.first_name.clone(),
        last_name: contact.last_name.clone(),
        organization: organization.name.clone(),
        link: format!("{}/invitation/{token}", acting.base_url),
        expires: partnership.expires_at.map(|at| format.date(at)).unwrap_or_default(),
        company: company.name,
    };
    let (text, _) = invitations::text(tx, partnership.lead, language)?;
    let filled = invitations::fill(language, &text, &values);
    Ok(NewMail {
        name: format!("{}{}", letter_names(partnership.id), partnership.version),
        company: None,
        kind: "invitation",
        to_address: partnership.email.clone(),
        to_name: letters::one_line(&contact.name()),
        language,
        subject: filled.subject,
        body: filled.plain,
        html: filled.html,
        reply_to: sender.email,
    })
}

/// A step in the history and a line in the acting company's audit.
fn written_down(
    tx: &mut Tx,
    acting: &Acting,
    after: &Partnership,
    about: &str,
    mv: Move,
) -> Result<(), Problem> {
    let step = Step {
        at: acting.now,
        mv,
        to: after.status,
        company: Some(acting.actor.company),
        person: acting.actor.name.clone(),
    };
    store::partnerships::record(tx, after.id, &step)?;
    let detail = if mv.sends_invitation() { after.email.as_str() } else { "" };
    let own = acting.actor.company == after.lead;
    let words = (made_key(mv), about, detail);
    if own {
        let subject = Subject::Organization(after.organization);
        store::audits::record_on(tx, acting, subject, words)?;
    } else {
        store::audits::record(tx, acting, words.0, words.1, words.2)?;
    }
    tell_across(tx, acting, after, mv)
}

/// The same move in the audit of the company across, as far as there is one.
fn tell_across(tx: &mut Tx, acting: &Acting, after: &Partnership, mv: Move) -> Result<(), Problem> {
    let home = store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
    let by = format!("{} ({})", acting.actor.name, home.name);
    let (company, subject, about) = if acting.actor.company == after.lead {
        let Some(partner) = after.partner_company else { return Ok(()) };
        (partner, None, home.name.clone())
    } else {
        let known = store::organizations::of(tx, after.lead, after.organization)?;
        let name = known.map(|organization| organization.name).unwrap_or_default();
        (after.lead, Some(Subject::Organization(after.organization)), name)
    };
    let told = Told { company, at: acting.now, by: &by, subject };
    Ok(store::audits::tell(tx, &told, (made_key(mv), &about, ""))?)
}

/// What a move is called once it is made.
pub fn made_key(mv: Move) -> &'static str {
    match mv {
        Move::SendInvitation => "audit-partner-invited",
        Move::Resend => "audit-partner-invitation-resent",
        Move::Accept => "audit-partner-invitation-accepted",
        Move::Decline => "audit-partner-invitation-declined",
        Move::Withdraw => "audit-partner-invitation-withdrawn",
        Move::Reinvite => "audit-partner-reinvited",
        Move::Deactivate => "audit-partner-deactivated",
        Move::Reactivate => "audit-partner-reactivated",
    }
}
