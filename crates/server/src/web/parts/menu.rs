//! Drop-down menus on `<details>`: they open without script; the script closes them on Escape and on a click elsewhere.

use maud::{Markup, html};

use super::button::Look;
use super::icon::{Icon, icon};
use super::text::Text;

/// A button that opens a list. `items` come from the functions below.
pub fn menu(label: &str, items: &Markup) -> Markup {
    menu_with(label, Look::Plain, None, items)
}

/// The same with a look and an icon.
pub fn menu_with(label: &str, look: Look, picture: Option<Icon>, items: &Markup) -> Markup {
    html! {
        details.menu data-menu {
            summary class=(look.class()) {
                @if let Some(picture) = picture { (icon(picture)) }
                span { (label) }
                (icon(Icon::Down))
            }
            div.menu-list { (items) }
        }
    }
}

/// A menu behind three dots; the label is read aloud.
pub fn more(label: &str, items: &Markup) -> Markup {
    html! {
        details.menu data-menu {
            summary.button.quiet.icon-only title=(Text(label)) aria-label=(Text(label)) { (icon(Icon::More)) }
            div.menu-list { (items) }
        }
    }
}

/// An entry that goes somewhere.
pub fn link(label: &str, href: &str, picture: Option<Icon>) -> Markup {
    html! {
        a.menu-item href=(Text(href)) {
            span.menu-icon { @if let Some(picture) = picture { (icon(picture)) } }
            span { (Text(label)) }
        }
    }
}

/// An entry with a second, quiet line.
pub fn link_with(label: &str, detail: &str, href: &str, picture: Option<Icon>) -> Markup {
    html! { a.menu-item href=(href) { (slot(picture)) span { (label) span.detail { (detail) } } } }
}

/// An entry that does something at once, by POST.
pub fn post(label: &str, action: &str, picture: Option<Icon>) -> Markup {
    html! {
        form method="post" action=(action) {
            button.menu-item type="submit" { (slot(picture)) span { (label) } }
        }
    }
}

/// An entry that takes something away, by POST.
pub fn post_danger(label: &str, action: &str, picture: Option<Icon>) -> Markup {
    html! {
        form method="post" action=(action) {
            button.menu-item.danger type="submit" { (slot(picture)) span { (label) } }
        }
    }
}

/// A heading between entries.
pub fn heading(label: &str) -> Markup {
    html! { div.menu-heading { (label) } }
}

/// A line between entries.
pub fn line() -> Markup {
    html! { hr; }
}

fn slot(picture: Option<Icon>) -> Markup {
    html! { span.menu-icon { @if let Some(picture) = picture { (icon(picture)) } } }
}
