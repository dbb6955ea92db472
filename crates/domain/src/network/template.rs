//! What leaves for a network is worded by the company, with variables in braces: a letter, or a link.
//! In a link every value is percent-encoded (RFC 3986), so that none can be more than a value.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::message::Message;
use crate::named::named;
use crate::template::{Piece, pieces};

pub const UNKNOWN: &str = "template-unknown-variable";
pub const LINK_SCHEME: &str = "template-link-scheme";
pub const LINK_HOST: &str = "template-link-host";
pub const LINK_CHARACTER: &str = "template-link-character";
pub const LINK_DOTS: &str = "template-link-dots";

/// Every key of this module that is no name of a variable.
pub const KEYS: [&str; 5] = [UNKNOWN, LINK_SCHEME, LINK_HOST, LINK_CHARACTER, LINK_DOTS];

/// A word in braces that stands for something of the ticket or of who sends it. What the customer pays and what is
/// internal has no variable, and never gets one (section 19, rules 1 and 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    TicketNumber,
    Title,
    Description,
    Message,
    Priority,
    Due,
    Site,
    Device,
    Organization,
    Contact,
    ContactEmail,
    ContactPhone,
    Network,
    Company,
    Sender,
    SenderEmail,
    SenderPhone,
}

named! { Variable {
    TicketNumber = "ticket_number", Title = "title", Description = "description",
    Message = "message", Priority = "priority", Due = "due", Site = "site", Device = "device",
    Organization = "organization", Contact = "contact", ContactEmail = "contact_email",
    ContactPhone = "contact_phone", Network = "network", Company = "company", Sender = "sender",
    SenderEmail = "sender_email", SenderPhone = "sender_phone",
} }

impl Variable {
    /// The key of its explanation.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TicketNumber => "network-variable-ticket-number",
            Self::Title => "network-variable-title",
            Self::Description => "network-variable-description",
            Self::Message => "network-variable-message",
            Self::Priority => "network-variable-priority",
            Self::Due => "network-variable-due",
            Self::Site => "network-variable-site",
            Self::Device => "network-variable-device",
            Self::Organization => "network-variable-organization",
            Self::Contact => "network-variable-contact",
            Self::ContactEmail => "network-variable-contact-email",
            Self::ContactPhone => "network-variable-contact-phone",
            Self::Network => "network-variable-network",
            Self::Company => "network-variable-company",
            Self::Sender => "network-variable-sender",
            Self::SenderEmail => "network-variable-sender-email",
            Self::SenderPhone => "network-variable-sender-phone",
        }
    }
}

/// What the variables stand for. What was not set is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<Variable, String>);

impl Values {
    /// The same with one value more.
    #[must_use]
    pub fn with(mut self, variable: Variable, value: impl Into<String>) -> Self {
        self.0.insert(variable, value.into());
        self
    }

    /// What this variable stands for.
    pub fn of(&self, variable: Variable) -> &str {
        self.0.get(&variable).map_or("", String::as_str)
    }
}

/// Whether a template uses a variable.
pub fn uses(template: &str, variable: Variable) -> bool {
    pieces(template).into_iter().any(|piece| piece == Piece::Name(variable.name()))
}

/// What is wrong with the text of a letter: names that are no variables.
pub fn text_mistake(template: &str) -> Option<Message> {
    let unknown: Vec<String> = pieces(template)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Name(name) if Variable::from_name(name).is_none() => Some(format!("{{{name}}}")),
            _ => None,
        })
        .collect();
    (!unknown.is_empty()).then(|| Message::new(UNKNOWN).with("names", unknown.join(", ")))
}

/// The text with every variable filled in; a name that is none stays as it is. A line whose variables are all empty
/// is left out, so that a ticket without a device has no line that says only "Device:".
pub fn text(template: &str, values: &Values) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut left_out = false;
    for line in template.lines() {
        let pieces = pieces(line);
        if says_nothing(&pieces, values) {
            left_out = true;
            continue;
        }
        let gap = lines.last().is_none_or(|before| before.trim().is_empty());
        if !(left_out && gap && line.trim().is_empty()) {
            lines.push(filled(&pieces, values));
        }
        left_out = false;
    }
    lines.join("\n")
}

fn says_nothing(line: &[Piece], values: &Values) -> bool {
    let mut variables = line.iter().filter_map(|piece| match piece {
        Piece::Name(name) => Variable::from_name(name),
        Piece::Text(_) => None,
    });
    let named = variables.clone().next().is_some();
    named && variables.all(|variable| values.of(variable).trim().is_empty())
}

fn filled(line: &[Piece], values: &Values) -> String {
    let each = |piece: &Piece| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Name(name) => match Variable::from_name(name) {
            Some(variable) => values.of(variable).to_owned(),
            None => format!("{{{name}}}"),
        },
    };
    line.iter().map(each).collect()
}

/// What is wrong with the template of a link: where it leads must be fixed, and nothing in it may be read in two ways.
pub fn link_mistake(template: &str) -> Option<Message> {
    let Some((_, rest)) = scheme(template) else { return Some(Message::new(LINK_SCHEME)) };
    let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if !is_host(host) {
        return Some(Message::new(LINK_HOST));
    }
    if let Some(mistake) = text_mistake(rest) {
        return Some(mistake);
    }
    let texts = pieces(rest).into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Name(_) => None,
    });
    if let Some(odd) = texts.into_iter().find_map(odd_character) {
        return Some(Message::new(LINK_CHARACTER).with("character", odd.to_string()));
    }
    let empty = Values::default();
    link(template, &empty).err()
}

/// The link with every value filled in, encoded. An error if a value would change the path: of all values only `.`
/// and `..` can, alone between two slashes, because browsers read them there even when they are encoded.
pub fn link(template: &str, values: &Values) -> Result<String, Message> {
    let (scheme, rest) = scheme(template).ok_or_else(|| Message::new(LINK_SCHEME))?;
    let mut filled = String::with_capacity(template.len());
    for piece in pieces(rest) {
        match piece {
            Piece::Text(text) => filled.push_str(&ascii(text)),
            Piece::Name(name) => {
                if let Some(variable) = Variable::from_name(name) {
                    filled.push_str(&encoded(values.of(variable)));
                }
            }
        }
    }
    let path = filled.split(['?', '#']).next().unwrap_or("");
    if path.split('/').skip(1).any(is_dots) {
        return Err(Message::new(LINK_DOTS));
    }
    Ok(format!("{scheme}{filled}"))
}

/// Everything but unreserved characters percent-encoded (RFC 3986, section 2.3).
pub fn encoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").unwrap_or_else(|_| unreachable!("a string takes all"));
        }
    }
    text
}

fn scheme(template: &str) -> Option<(&str, &str)> {
    ["https://", "http://"].iter().find_map(|scheme| {
        template.strip_prefix(scheme).map(|rest| template.split_at(template.len() - rest.len()))
    })
}

/// A name or number with an optional port; no variable, and nobody's password.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    name.starts_with(char::is_alphanumeric)
        && name.chars().all(fits)
        && port.parse::<u16>().is_ok()
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first character of the fixed text that has no place in an address.
fn odd_character(text: &str) -> Option<char> {
    let reserved = "-._~:/?#[]@!$&'()*+,;=%";
    let fits = |c: &char| c.is_alphanumeric() || reserved.contains(*c);
    text.chars().find(|c| !fits(c)).or_else(|| half_encoded(text).then_some('%'))
}

/// A percent sign that encodes nothing.
fn half_encoded(text: &str) -> bool {
    text.split('%').skip(1).any(|rest| {
        !rest.as_bytes().get(..2).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Letters of other alphabets in the fixed text are encoded as browsers would.
fn ascii(text: &str) -> String {
    let each =
        |c: char| if c.is_ascii() { c.to_string() } else { encoded(c.encode_utf8(&mut [0; 4])) };
    text.chars().map(each).collect()
}

fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// Every key of this module.
pub fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().chain(Variable::ALL.map(Variable::key))
}

#[cfg(test)]
mod tests;
