//! Letters: what somebody is told by mail, said in their language, queued in the transaction of what happened.

use db::Tx;
use domain::ids::{CompanyId, OrganizationId, PersonId};
use domain::language::Language;
use domain::message::Message;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::format::Format;
use crate::mail::{self, Content};
use crate::problem::Problem;
use crate::store;
use crate::store::mails::NewMail;
use crate::words::Words;

/// Who gets a letter, and how they read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Mail address.
    pub address: String,
    /// Name.
    pub name: String,
    /// Language.
    pub language: Language,
    /// IANA time zone.
    pub time_zone: String,
}

/// A letter, still without a language.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Unique: a letter is sent once per event and person.
    pub name: String,
    /// The receiver's company.
    pub company: Option<CompanyId>,
    /// What it is about.
    pub kind: &'static str,
    /// To whom.
    pub to: Recipient,
    /// Subject.
    pub subject: Message,
    /// One paragraph each.
    pub lines: Vec<Message>,
    /// What somebody wrote, such as a reason.
    pub quote: Option<String>,
    /// Where to go on.
    pub link: Option<String>,
}

/// Queues a letter, unless one of its name was queued before.
pub fn queue(tx: &mut Tx, letter: &Letter, now: Timestamp) -> Result<(), Problem> {
    let words = Words::of(letter.to.language);
    let zone = TimeZone::get(&letter.to.time_zone).unwrap_or(TimeZone::UTC);
    let format = Format { language: letter.to.language, zone, now };
    let subject = one_line(&words.say(&letter.subject, &format));
    let greeting = Message::new("mail-greeting").with("name", letter.to.name.as_str());
    let greeting = words.say(&greeting, &format);
    let lines: Vec<String> = letter.lines.iter().map(|line| words.say(line, &format)).collect();
    let content = Content {
        language: letter.to.language,
        subject: &subject,
        greeting: &greeting,
        lines: &lines,
        quote: letter.quote.as_deref().map(str::trim).filter(|quote| !quote.is_empty()),
        link: letter.link.as_deref().map(|link| (words.t("mail-link"), link)),
        footer: words.t("mail-footer"),
    };
    let new = NewMail {
        name: letter.name.clone(),
        company: letter.company,
        kind: letter.kind,
        to_address: letter.to.address.clone(),
        to_name: one_line(&letter.to.name),
        language: letter.to.language,
        body: mail::plain(&content),
        html: mail::page(&content),
        reply_to: String::new(),
        subject: subject.clone(),
    };
    Ok(store::mails::queue(tx, &new, now)?)
}

/// A text fit for the head of a mail: no line breaks, no control characters.
pub fn one_line(text: &str) -> String {
    let flat: String =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    flat.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who is written to at `company` about outsourcing: the primary contact of the organization that stands for it in
/// the other company's book `(whose, organization)`; without one that can be written to, the fallback
/// `(address, name)` (gap G18). `None` if nobody can be written to.
pub fn recipient_at(
    tx: &mut Tx,
    company: CompanyId,
    in_book_of: Option<(CompanyId, OrganizationId)>,
    fallback: Option<(String, String)>,
) -> Result<Option<Recipient>, Problem> {
    let contacts = match in_book_of {
        Some((whose, organization)) => store::contacts::at(tx, whose, organization)?,
        None => Vec::new(),
    };
    let primary = contacts
        .into_iter()
        .find(|contact| contact.is_primary && contact.active && !contact.redacted)
        .map(|contact| (contact.email.clone(), contact.name()));
    let reachable = |pair: &(String, String)| super::check::is_email(pair.0.trim());
    match primary.filter(reachable).or_else(|| fallback.filter(reachable)) {
        Some((address, name)) => at_address(tx, company, name, &address),
        None => Ok(None),
    }
}

/// Somebody of a company by name and address, in the language they read there.
fn at_address(
    tx: &mut Tx,
    company: CompanyId,
    name: String,
    address: &str,
) -> Result<Option<Recipient>, Problem> {
    let address = address.trim().to_owned();
    let Some((language, time_zone)) = store::mails::voice(tx, company, &address)? else {
        return Ok(None);
    };
    Ok(Some(Recipient { address, name, language, time_zone }))
}

/// A person of a company; `None` if they are not active any more.
pub fn recipient_person(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
) -> Result<Option<Recipient>, Problem> {
    match store::people::of(tx, company, person)? {
        Some(person) if person.active => at_address(tx, company, person.name(), &person.email),
        _ => Ok(None),
    }
}
