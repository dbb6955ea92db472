//! Buttons, and links that look like buttons: a link goes somewhere, a button does something.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use super::text::Text;

/// How much a button asks for attention. One `Primary` in a group at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// An ordinary button.
    #[default]
    Plain,
    /// What the page is for.
    Primary,
    /// Takes something away.
    Danger,
    /// Without a frame until one points at it.
    Quiet,
}

impl Look {
    /// The classes of the button.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

/// A link that looks like a button.
pub fn link(label: &str, href: &str, look: Look, picture: Option<Icon>) -> Markup {
    html! {
        a class=(look.class()) href=(Text(href)) {
            @if let Some(picture) = picture { (icon(picture)) }
            span { (Text(label)) }
        }
    }
}

/// A link out of the house, in a tab of its own; the page it opens learns nothing of ours.
pub fn open(label: &str, href: &str, look: Look) -> Markup {
    html! {
        a class=(look.class()) href=(href) target="_blank" rel="noopener noreferrer" {
            (icon(Icon::External))
            span { (label) }
        }
    }
}

/// Submits the form around it.
pub fn submit(label: &str, look: Look) -> Markup {
    html! { button class=(look.class()) type="submit" { (label) } }
}

/// Submits the form around it and says by which of its buttons.
pub fn submit_as(label: &str, name: &str, value: &str, look: Look) -> Markup {
    html! { button class=(look.class()) type="submit" name=(name) value=(value) { (label) } }
}

/// Submits the form around it to another address.
pub fn submit_to(label: &str, action: &str, look: Look) -> Markup {
    html! { button class=(look.class()) type="submit" formaction=(action) formnovalidate { (label) } }
}

/// A form of a single button: does something at once, by POST.
pub fn post(label: &str, action: &str, look: Look, picture: Option<Icon>) -> Markup {
    html! {
        form.inline method="post" action=(action) {
            button class=(look.class()) type="submit" {
                @if let Some(picture) = picture { (icon(picture)) }
                span { (label) }
            }
        }
    }
}

/// A small link that shows only an icon; the label is read aloud and shown as a hint.
pub fn icon_link(label: &str, href: &str, picture: Icon) -> Markup {
    html! { a.button.quiet.icon-only href=(href) title=(label) aria-label=(label) { (icon(picture)) } }
}

/// A small button that shows only an icon, as a form of its own.
pub fn icon_post(label: &str, action: &str, picture: Icon) -> Markup {
    html! {
        form.inline method="post" action=(action) {
            button.button.quiet.icon-only type="submit" title=(label) aria-label=(label) { (icon(picture)) }
        }
    }
}

/// The row of buttons that ends a form.
pub fn row(buttons: &Markup) -> Markup {
    html! { div.button-row { (buttons) } }
}
