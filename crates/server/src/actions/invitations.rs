//! The text of the invitation: each company words it itself, in each language (section 5.1).

use db::Tx;
use domain::ids::CompanyId;
use domain::language::Language;
use domain::message::Message;
use domain::permission::Permission;
use domain::template;

use super::{check, letters};
use crate::app::Acting;
use crate::mail;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::words::Words;

/// Longest subject, in letters.
pub const LONGEST_SUBJECT: usize = 200;
/// Longest text, in letters.
pub const LONGEST_BODY: usize = 8000;

/// A word in braces that stands for something of this very invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// Name of the inviting company.
    Company,
    /// Name of the person who invites.
    Sender,
    /// Their address.
    SenderEmail,
    /// Their telephone.
    SenderPhone,
    /// First name of the recipient.
    FirstName,
    /// Last name of the recipient.
    LastName,
    /// The recipient's organization.
    Organization,
    /// Where the invitation is answered.
    Link,
    /// Until when.
    Expires,
}

impl Variable {
    /// Every variable, in the order the page explains them.
    pub const ALL: [Self; 9] = [
        Self::Link,
        Self::Company,
        Self::Sender,
        Self::SenderEmail,
        Self::SenderPhone,
        Self::FirstName,
        Self::LastName,
        Self::Organization,
        Self::Expires,
    ];

    /// As it is typed between braces, in both languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Sender => "sender",
            Self::SenderEmail => "sender_email",
            Self::SenderPhone => "sender_phone",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Organization => "organization",
            Self::Link => "link",
            Self::Expires => "expires",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.name() == name)
    }

    /// The locale key of its explanation.
    pub fn key(self) -> &'static str {
        match self {
            Self::Company => "invitation-variable-company",
            Self::Sender => "invitation-variable-sender",
            Self::SenderEmail => "invitation-variable-sender-email",
            Self::SenderPhone => "invitation-variable-sender-phone",
            Self::FirstName => "invitation-variable-first-name",
            Self::LastName => "invitation-variable-last-name",
            Self::Organization => "invitation-variable-organization",
            Self::Link => "invitation-variable-link",
            Self::Expires => "invitation-variable-expires",
        }
    }
}

/// Subject and body, with variables in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// What the variables stand for.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Name of the inviting company.
    pub company: String,
    /// Name of the person who invites.
    pub sender: String,
    /// Their address.
    pub sender_email: String,
    /// Their telephone.
    pub sender_phone: String,
    /// First name of the recipient.
    pub first_name: String,
    /// Last name of the recipient.
    pub last_name: String,
    /// The recipient's organization.
    pub organization: String,
    /// Where the invitation is answered.
    pub link: String,
    /// Until when, written out.
    pub expires: String,
}

impl Values {
    /// What this variable stands for.
    pub fn of(&self, variable: Variable) -> &str {
        match variable {
            Variable::Company => &self.company,
            Variable::Sender => &self.sender,
            Variable::SenderEmail => &self.sender_email,
            Variable::SenderPhone => &self.sender_phone,
            Variable::FirstName => &self.first_name,
            Variable::LastName => &self.last_name,
            Variable::Organization => &self.organization,
            Variable::Link => &self.link,
            Variable::Expires => &self.expires,
        }
    }
}

/// An invitation as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub plain: String,
    /// HTML.
    pub html: String,
}

/// The text everybody starts with.
pub fn standard(language: Language) -> Text {
    let words = Words::of(language);
    Text {
        subject: words.t("invitation-default-subject").to_owned(),
        body: words.t("invitation-default-body").to_owned(),
    }
}

/// A company's text in a language, and whether it is its own.
pub fn text(tx: &mut Tx, company: CompanyId, language: Language) -> Result<(Text, bool), Problem> {
    Ok(match store::mails::invitation_text(tx, company, language)? {
        Some((subject, body)) => (Text { subject, body }, true),
        None => (standard(language), false),
    })
}

/// Words the invitation of the acting company anew.
pub fn change(
    tx: &mut Tx,
    acting: &Acting,
    language: Language,
    text: &Text,
) -> Result<(), Problem> {
    check::require(acting, Permission::EditInvitation)?;
    mistakes(text).check()?;
    let company = acting.actor.company;
    store::mails::set_invitation_text(tx, company, language, &text.subject, &text.body)?;
    store::audits::record(
        tx,
        acting,
        "audit-invitation-text-changed",
        &text.subject,
        language.code(),
    )?;
    Ok(())
}

/// Back to the text everybody starts with.
pub fn reset(tx: &mut Tx, acting: &Acting, language: Language) -> Result<(), Problem> {
    check::require(acting, Permission::EditInvitation)?;
    store::mails::reset_invitation_text(tx, acting.actor.company, language)?;
    let subject = standard(language).subject;
    store::audits::record(tx, acting, "audit-invitation-text-reset", &subject, language.code())?;
    Ok(())
}

/// What is wrong with a text: the link is missing, or a variable is none.
pub fn mistakes(text: &Text) -> Mistakes {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "subject", &text.subject, LONGEST_SUBJECT);
    check::required(&mut mistakes, "body", &text.body, LONGEST_BODY);
    for (field, typed) in [("subject", &text.subject), ("body", &text.body)] {
        let unknown: Vec<String> = pieces(typed)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Unknown(name) => Some(format!("{{{name}}}")),
                _ => None,
            })
            .collect();
        if !unknown.is_empty() {
            mistakes.add(
                field,
                Message::new("invitation-unknown-variable").with("names", unknown.join(", ")),
            );
        }
    }
    let link = Piece::Variable(Variable::Link);
    if pieces(&text.subject).contains(&link) {
        mistakes.add("subject", Message::new("invitation-link-in-subject"));
    }
    if !text.body.trim().is_empty() && !pieces(&text.body).contains(&link) {
        mistakes.add("body", Message::new("invitation-link-missing"));
    }
    mistakes
}

/// The invitation with everything filled in.
pub fn fill(language: Language, text: &Text, values: &Values) -> Filled {
    let subject = letters::one_line(&filled(&text.subject, values));
    let plain = filled(&text.body, values).replace("\r\n", "\n") + "\n";
    let html = mail::text_page(language, &subject, &plain);
    Filled { subject, plain, html }
}

fn filled(text: &str, values: &Values) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Variable(variable) => values.of(variable).to_owned(),
            Piece::Unknown(name) => format!("{{{name}}}"),
        })
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Variable(Variable),
    Unknown(&'a str),
}

/// A text cut at its variables.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let known = |name: &str| Variable::from_name(name.trim());
    template::pieces(text)
        .into_iter()
        .map(|piece| match piece {
            template::Piece::Text(text) => Piece::Text(text),
            template::Piece::Name(name) => {
                known(name).map_or(Piece::Unknown(name), Piece::Variable)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(subject: &str, body: &str) -> Text {
        Text { subject: subject.into(), body: body.into() }
    }

    #[test]
    fn the_link_is_mandatory_and_unknown_variables_are_named() {
        let wrong = mistakes(&text("{company} {link}", "Hallo {vorname}, {foo bar} { allein"));
        let keys: Vec<_> = wrong.0.iter().map(|(field, message)| (*field, message.key)).collect();
        let expected = [
            ("body", "invitation-unknown-variable"),
            ("subject", "invitation-link-in-subject"),
            ("body", "invitation-link-missing"),
        ];
        assert_eq!(keys, expected);
        let names = Message::new("invitation-unknown-variable")
            .with("names", "{vorname}, {foo bar}".to_owned());
        assert_eq!(wrong.at("body"), Some(&names));
    }

    #[test]
    fn every_variable_is_filled_and_escaped() {
        let values = Values {
            company: "A & B".into(),
            link: "https://a.example/invitation/x".into(),
            sender: "Eva\nMuster".into(),
            ..Values::default()
        };
        let filled =
            fill(Language::De, &text("{company} {sender}", "{ company }\n\n{link}. {"), &values);
        assert_eq!(filled.subject, "A & B Eva Muster");
        assert_eq!(filled.plain, "A & B\n\nhttps://a.example/invitation/x. {\n");
        assert!(filled.html.contains("<p>A &amp; B</p>"), "{}", filled.html);
        assert!(
            filled.html.contains(r#"<a href="https://a.example/invitation/x""#),
            "{}",
            filled.html
        );
    }

    #[test]
    fn the_text_everybody_starts_with_has_no_mistakes() {
        for language in Language::ALL {
            let standard = standard(language);
            assert!(mistakes(&standard).is_empty(), "{standard:?}");
            assert!(standard.body.len() > 200, "{standard:?}");
        }
    }
}
