//! The frame around every page.

use maud::{DOCTYPE, Markup, html};

use super::icon::{Icon, icon, logo};
use super::mark::avatar_initials;
use super::text::Text;

/// One entry of the navigation.
#[derive(Debug, Clone, Copy)]
pub struct NavEntry<'a> {
    /// The word.
    pub label: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// Its icon.
    pub icon: Icon,
    /// Is it where one is?
    pub current: bool,
    /// Things that wait there; 0 shows nothing.
    pub badge: i64,
    /// For what they wait.
    pub badge_means: &'a str,
}

/// Entries under a heading; the first section usually has none (empty text).
#[derive(Debug, Clone)]
pub struct NavSection<'a> {
    /// The heading, or empty.
    pub heading: &'a str,
    /// The entries.
    pub entries: Vec<NavEntry<'a>>,
    /// Further entries under headings of their own.
    pub groups: Vec<NavGroup<'a>>,
}

/// Entries of a section under a heading of their own (section 3.1).
#[derive(Debug, Clone)]
pub struct NavGroup<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The entries.
    pub entries: Vec<NavEntry<'a>>,
}

/// Words the frame itself needs.
#[derive(Debug, Clone, Copy)]
pub struct FrameWords<'a> {
    /// "Zum Inhalt springen"
    pub skip: &'a str,
    /// "Menü"
    pub menu: &'a str,
    /// "Hauptnavigation"
    pub navigation: &'a str,
    /// "Benutzermenü"
    pub person_menu: &'a str,
    /// "Tickets suchen"
    pub search: &'a str,
    /// "Aktualisiert": the polite word when a live part has changed
    pub updated: &'a str,
    /// What stands over a form whose text was kept over a sign-in
    pub draft: &'a str,
}

/// Addresses of the static files, with their digest.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// `staffel.css`
    pub css: &'a str,
    /// `staffel.js`
    pub js: &'a str,
    /// `favicon.svg`
    pub favicon: &'a str,
}

/// A page of somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// `de` or `en`.
    pub lang: &'a str,
    /// `system`, `light` or `dark`.
    pub theme: &'a str,
    /// Title of the page, for the tab of the browser.
    pub title: &'a str,
    /// The static files.
    pub files: Files<'a>,
    /// Words of the frame.
    pub words: FrameWords<'a>,
    /// Name of the company.
    pub company: &'a str,
    /// Name of the person.
    pub person: &'a str,
    /// What the person is here, e.g. the security level.
    pub person_detail: &'a str,
    /// Entries of the person's menu, from `menu::link`, `menu::post`.
    pub person_menu: Markup,
    /// The navigation.
    pub nav: &'a [NavSection<'a>],
    /// Where the search goes (`?q=`), if the person may search.
    pub search_action: Option<&'a str>,
    /// What is searched for now.
    pub search_value: &'a str,
    /// Address of the page's live events, if it has any.
    pub live: Option<&'a str>,
    /// What came of the last action: `flash`. May be empty.
    pub flash: Markup,
    /// The page.
    pub body: &'a Markup,
}

/// The whole document.
pub fn frame(page: &Frame) -> Markup {
    let waiting: i64 =
        page.nav.iter().flat_map(|section| &section.entries).map(|entry| entry.badge).sum();
    html! {
        (DOCTYPE)
        html lang=(page.lang) data-theme=(page.theme) {
            (head(page.title, &page.files))
            body.app data-who=(Text(page.person)) data-draft-text=(Text(page.words.draft)) {
                a.skip-link href="#main" { (page.words.skip) }
                header.side {
                    div.side-top {
                        a.brand href="/" { (logo()) span.brand-words { span.brand-name { "Staffel" } span.brand-company { (page.company) } } }
                        details.nav-toggle {
                            summary.button.quiet {
                                (icon(Icon::Menu)) span { (page.words.menu) }
                                @if waiting > 0 { span.badge { (waiting) } }
                            }
                        }
                        (side_menu(page))
                    }
                }
                main #main tabindex="-1" data-live=[page.live] data-live-text=[page.live.map(|_| page.words.updated)] {
                    (page.flash)
                    (page.body)
                }
                div.toasts role="status" aria-live="polite" {}
            }
        }
    }
}

fn side_menu(page: &Frame) -> Markup {
    html! {
        div.side-menu {
            @if let Some(action) = page.search_action {
                form.side-search role="search" method="get" action=(action) {
                    (icon(Icon::Search))
                    input type="search" name="q" value=(page.search_value) placeholder=(page.words.search)
                        aria-label=(page.words.search) data-search autocomplete="off";
                    kbd aria-hidden="true" { "/" }
                }
            }
            nav.nav aria-label=(page.words.navigation) data-live-part="nav" {
                @for section in page.nav {
                    @if !section.heading.is_empty() { h2 { (section.heading) } }
                    (nav_links(&section.entries))
                    @for group in &section.groups {
                        h3 { (group.heading) }
                        (nav_links(&group.entries))
                    }
                }
            }
            details.menu.person data-menu {
                summary {
                    (avatar_initials(page.person))
                    span.visually-hidden { (page.words.person_menu) ": " }
                    span.person-words { span.person-name { (page.person) } span.person-detail { (page.person_detail) } }
                    (icon(Icon::Up))
                }
                div.menu-list { (page.person_menu) }
            }
        }
    }
}

fn nav_links(entries: &[NavEntry]) -> Markup {
    html! { @if !entries.is_empty() { ul { @for entry in entries { li { (nav_link(entry)) } } } } }
}

fn nav_link(entry: &NavEntry) -> Markup {
    html! {
        a href=(Text(entry.href)) aria-current=[entry.current.then_some("page")] {
            (icon(entry.icon))
            span { (Text(entry.label)) }
            @if entry.badge > 0 {
                span.badge title=(entry.badge_means) { (entry.badge) span.visually-hidden { " " (entry.badge_means) } }
            }
        }
    }
}

/// A page of somebody who is not signed in: sign-in, invitation, set-up, a problem.
#[derive(Debug, Clone)]
pub struct Door<'a> {
    /// `de` or `en`.
    pub lang: &'a str,
    /// Title of the page.
    pub title: &'a str,
    /// The static files.
    pub files: Files<'a>,
    /// "Zum Inhalt springen"
    pub skip: &'a str,
    /// Wide enough for a document (an agreement, an invitation)?
    pub wide: bool,
    /// What came of the last action: `flash`. May be empty.
    pub flash: Markup,
    /// The page, beginning with its `h1`.
    pub body: Markup,
    /// Links below the card: other language, imprint. May be empty.
    pub foot: Markup,
}

/// The whole document.
pub fn door(page: &Door) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(page.lang) data-theme="system" {
            (head(page.title, &page.files))
            body.door {
                a.skip-link href="#main" { (page.skip) }
                header.door-brand { (logo()) span.brand-name { "Staffel" } }
                main.door-card.wide[page.wide] #main tabindex="-1" {
                    (page.flash)
                    (page.body)
                }
                footer.door-foot { (page.foot) }
            }
        }
    }
}

fn head(title: &str, files: &Files) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · Staffel" }
            link rel="icon" href=(files.favicon) type="image/svg+xml";
            link rel="stylesheet" href=(files.css);
            script src=(files.js) defer {}
        }
    }
}

/// A page with a column of facts at its side; on a phone the column follows the page.
pub fn with_side(main: &Markup, side_label: &str, side: &Markup) -> Markup {
    html! {
        div.with-side {
            div.main-column { (main) }
            aside.side-column aria-label=(side_label) { (side) }
        }
    }
}

/// The same where the side comes before most of the main column on a phone: what one needs first, the facts, the rest.
pub fn with_facts(first: &Markup, facts_label: &str, facts: &Markup, rest: &Markup) -> Markup {
    html! {
        div.with-facts {
            @if !first.0.is_empty() { div.main-column { (first) } }
            aside.side-column aria-label=(facts_label) { (facts) }
            div.main-column { (rest) }
        }
    }
}

/// A dashboard: lists at the left (`page::side_tabs`), the chosen one at the right.
pub fn with_lists(lists: &Markup, main: &Markup) -> Markup {
    html! { div.with-lists { (lists) div.main-column { (main) } } }
}
