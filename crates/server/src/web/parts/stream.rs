//! The conversation of a ticket: notes, time, charges, files and what the system did, in order.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use super::mark::avatar_initials;
use super::text::Text;

/// What an item of the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody wrote.
    Note,
    /// Somebody worked.
    Time,
    /// Something costs.
    Charge,
    /// Somebody attached.
    File,
    /// The program tells what happened.
    Event,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Note => "entry note",
            Self::Time => "entry time",
            Self::Charge => "entry charge",
            Self::File => "entry file",
            Self::Event => "entry event",
        }
    }

    fn picture(self) -> Icon {
        match self {
            Self::Note => Icon::Message,
            Self::Time => Icon::Time,
            Self::Charge => Icon::Charge,
            Self::File => Icon::Attachment,
            Self::Event => Icon::Handover,
        }
    }
}

/// One item. Empty markup is left out.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// For links to it, e.g. `note-17`.
    pub id: &'a str,
    /// What it is.
    pub kind: Kind,
    /// The word for what it is, e.g. "Notiz".
    pub kind_label: &'a str,
    /// Who did it.
    pub author: &'a str,
    /// When: see `mark::time_relative`.
    pub when: &'a Markup,
    /// Its title.
    pub title: &'a str,
    /// Figures at the right of the title: "1,50 Std.", "84,00 €".
    pub figure: Option<&'a str>,
    /// Only for our own people.
    pub internal: bool,
    /// Marks: `mark::internal`, `mark::origin`.
    pub marks: &'a Markup,
    /// The text; plain text through `prose`.
    pub body: &'a Markup,
    /// A menu or buttons.
    pub actions: &'a Markup,
}

/// The whole conversation.
pub fn stream(label: &str, entries: &[Entry]) -> Markup {
    html! {
        ol.stream aria-label=(label) {
            @for item in entries { (entry(item)) }
        }
    }
}

/// One item of it.
pub fn entry(item: &Entry) -> Markup {
    html! {
        li class={ (item.kind.class()) @if item.internal { " internal" } } id=(item.id) {
            span.entry-sign { (icon(item.kind.picture())) }
            @if item.kind == Kind::Event {
                div.entry-line {
                    span { @if !item.author.is_empty() { strong { (Text(item.author)) } " " } (Text(item.title)) }
                    span.entry-when { (item.when) }
                    (item.marks)
                    @if !item.body.0.is_empty() { div.entry-body { (item.body) } }
                }
            } @else {
                article.entry-card {
                    header.entry-head {
                        (avatar_initials(item.author))
                        span.entry-who { strong { (Text(item.author)) } span.entry-kind { (Text(item.kind_label)) } }
                        span.entry-when { (item.when) }
                        (item.marks)
                        @if !item.actions.0.is_empty() { span.entry-actions { (item.actions) } }
                    }
                    @if !item.title.is_empty() || item.figure.is_some() {
                        div.entry-title {
                            h3 { (Text(item.title)) }
                            @if let Some(figure) = item.figure { span.entry-figure { (figure) } }
                        }
                    }
                    @if !item.body.0.is_empty() { div.entry-body { (item.body) } }
                }
            }
        }
    }
}

/// Plain text as typed, with its line breaks.
pub fn prose(text: &str) -> Markup {
    html! { div.prose { (Text(text)) } }
}

/// A file: its name, size, and where to get it.
pub fn file(name: &str, detail: &str, href: &str) -> Markup {
    html! {
        a.file-link href=(href) {
            (icon(Icon::Document))
            span.file-name { (name) }
            span.file-detail { (detail) }
            (icon(Icon::Download))
        }
    }
}
