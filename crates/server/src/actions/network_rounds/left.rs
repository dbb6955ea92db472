//! What leaves for a network: its templates, filled with the ticket. The preview and the round are made by the same
//! function, so that what leaves is what was seen.

use db::Tx;
use domain::message::Message;
use domain::network::Action;
use domain::network::template::{self, Values, Variable};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::actions::letters::one_line;
use crate::actions::tickets::priority_key;
use crate::app::Acting;
use crate::format::Format;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::network_rounds::Left;
use crate::store::networks::Network;
use crate::store::tickets::Ticket;
use crate::words::Words;

/// The letter or the link for this ticket.
pub fn left(
    tx: &mut Tx,
    acting: &Acting,
    ticket: &Ticket,
    network: &Network,
    message: &str,
) -> Result<Left, Problem> {
    let values = values(tx, acting, ticket, network)?.with(Variable::Message, message);
    filled(network, &values)
}

/// The templates of the chosen action, filled.
pub fn filled(network: &Network, values: &Values) -> Result<Left, Problem> {
    Ok(match network.action {
        Action::Nothing => Left::default(),
        Action::Email => Left {
            recipients: network.recipients.clone(),
            subject: one_line(&template::text(&network.subject, values)),
            body: template::text(&network.body, values).replace("\r\n", "\n").trim_end().to_owned()
                + "\n",
            link: String::new(),
        },
        Action::LiveLink => {
            let link = template::link(&network.link, values)
                .map_err(|message| Mistakes::one("message", message))?;
            Left { link, ..Left::default() }
        }
    })
}

/// What the variables stand for on this ticket. Its notes, times, charges and prices are not among them.
fn values(
    tx: &mut Tx,
    acting: &Acting,
    ticket: &Ticket,
    network: &Network,
) -> Result<Values, Problem> {
    let names = store::tickets::names(tx, ticket)?.ok_or(Problem::NotFound)?;
    let company = store::companies::of(tx, ticket.company)?.ok_or(Problem::NotFound)?;
    let sender = store::people::of(tx, ticket.company, acting.actor.person)?;
    let (contact, email, phone) = names.contact.unwrap_or_default();
    let zone = TimeZone::get(&company.time_zone).unwrap_or(TimeZone::UTC);
    let format = Format { language: network.language, zone, now: acting.now };
    let values = Values::default()
        .with(Variable::TicketNumber, &*ticket.number)
        .with(Variable::Title, &*ticket.title)
        .with(Variable::Description, &*ticket.description)
        .with(Variable::Priority, priority(network, ticket))
        .with(
            Variable::Due,
            ticket.due_at.map(|due| due_date(network, &format, due)).unwrap_or_default(),
        )
        .with(Variable::Site, &*ticket.site)
        .with(Variable::Device, &*ticket.device)
        .with(Variable::Organization, names.organization)
        .with(Variable::Contact, contact)
        .with(Variable::ContactEmail, email)
        .with(Variable::ContactPhone, phone)
        .with(Variable::Network, &*network.name)
        .with(Variable::Company, company.name)
        .with(Variable::Sender, &*acting.actor.name);
    Ok(match sender {
        Some(sender) => values
            .with(Variable::SenderEmail, sender.email)
            .with(Variable::SenderPhone, sender.phone),
        None => values,
    })
}

/// In a letter as people say it, in a link as programs do.
fn priority(network: &Network, ticket: &Ticket) -> String {
    match network.action {
        Action::LiveLink => ticket.priority.name().to_owned(),
        _ => Words::of(network.language).t(priority_key(ticket.priority)).to_owned(),
    }
}

fn due_date(network: &Network, format: &Format, due: Timestamp) -> String {
    match network.action {
        Action::LiveLink => {
            due.to_zoned(format.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
        }
        _ => format.date_time(due),
    }
}

/// A ticket that nobody has, for the preview of a template, in the words of the network's language.
pub fn sample(tx: &mut Tx, acting: &Acting, network: &Network) -> Result<Values, Problem> {
    let company = store::companies::of(tx, acting.actor.company)?.ok_or(Problem::NotFound)?;
    let sender = store::people::of(tx, acting.actor.company, acting.actor.person)?
        .ok_or(Problem::NotFound)?;
    let words = Words::of(network.language);
    let zone = TimeZone::get(&company.time_zone).unwrap_or(TimeZone::UTC);
    let format = Format { language: network.language, zone, now: acting.now };
    let say = |key: &'static str| words.say(&Message::new(key), &format);
    let due = acting.now.saturating_add(SignedDuration::from_hours(48)).unwrap_or(acting.now);
    let due = due_date(network, &format, due);
    let priority = match network.action {
        Action::LiveLink => "high".to_owned(),
        _ => say("priority-high"),
    };
    Ok(Values::default()
        .with(Variable::TicketNumber, "T20260101.0001")
        .with(Variable::Title, say("network-sample-title"))
        .with(Variable::Description, say("network-sample-description"))
        .with(Variable::Message, say("network-sample-message"))
        .with(Variable::Priority, priority)
        .with(Variable::Due, due)
        .with(Variable::Site, say("network-sample-site"))
        .with(Variable::Device, say("network-sample-device"))
        .with(Variable::Organization, say("invitation-sample-organization"))
        .with(Variable::Contact, say("network-sample-contact"))
        .with(Variable::ContactEmail, "contact@customer.example")
        .with(Variable::ContactPhone, "+49 40 123450")
        .with(Variable::Network, &*network.name)
        .with(Variable::Company, company.name)
        .with(Variable::Sender, sender.name())
        .with(Variable::SenderEmail, sender.email)
        .with(Variable::SenderPhone, sender.phone))
}
