//! The furniture of a page: heading, tabs, pager, messages, empty states, panels, lists of facts, figures.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use super::mark::Tone;

/// The heading of a page with its actions at the right. `actions` may be empty.
pub fn page_head(title: &str, subtitle: Option<&str>, actions: &Markup) -> Markup {
    head_with(
        &html! {},
        &html! { (title) },
        &html! { @if let Some(subtitle) = subtitle { (subtitle) } },
        actions,
    )
}

/// The same with markup: `above` is a way back or a number, `below` a line of chips and facts.
pub fn head_with(above: &Markup, title: &Markup, below: &Markup, actions: &Markup) -> Markup {
    html! {
        header.page-head {
            div.page-title {
                @if !above.0.is_empty() { div.page-above { (above) } }
                h1 { (title) }
                @if !below.0.is_empty() { div.page-below { (below) } }
            }
            @if !actions.0.is_empty() { div.page-actions { (actions) } }
        }
    }
}

/// The way back to the list one came from.
pub fn back(label: &str, href: &str) -> Markup {
    html! { a.back href=(href) { (icon(Icon::Left)) span { (label) } } }
}

/// One tab or one list of a dashboard.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tab<'a> {
    /// The word.
    pub label: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// Is it the one shown?
    pub current: bool,
    /// A count behind the word, formatted.
    pub count: Option<&'a str>,
}

/// Tabs side by side; they scroll by themselves on a phone.
pub fn tabs(label: &str, list: &[Tab]) -> Markup {
    html! { nav.tabs aria-label=(label) { (tab_list(list)) } }
}

/// Lists one above the other at the side of a dashboard, under headings: `(heading, tabs)`.
pub fn side_tabs(label: &str, sections: &[(&str, &[Tab])]) -> Markup {
    html! {
        nav.side-tabs aria-label=(label) {
            @for (heading, list) in sections {
                h2 { (heading) }
                (tab_list(list))
            }
        }
    }
}

fn tab_list(list: &[Tab]) -> Markup {
    html! {
        ul {
            @for tab in list {
                li {
                    a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                        span { (tab.label) }
                        @if let Some(count) = tab.count { span.count { (count) } }
                    }
                }
            }
        }
    }
}

/// Backwards and forwards through a list, as far as there is anything; a list of one page has none. `text` says where
/// one is ("1–25 von 312").
pub fn pager(
    label: &str,
    text: &str,
    previous: (&str, Option<&str>),
    next: (&str, Option<&str>),
) -> Markup {
    html! {
        @if previous.1.or(next.1).is_some() {
            nav.pager aria-label=(label) {
                span.pager-text { (text) }
                (step(previous.1, "prev", &html! { (icon(Icon::Left)) span { (previous.0) } }))
                (step(next.1, "next", &html! { span { (next.0) } (icon(Icon::Right)) }))
            }
        }
    }
}

fn step(href: Option<&str>, rel: &str, content: &Markup) -> Markup {
    html! { @if let Some(href) = href { a.button.small href=(href) rel=(rel) { (content) } } }
}

/// What came of the last action. Danger interrupts a screen reader, the others wait.
pub fn flash(tone: Tone, text: &str) -> Markup {
    flash_with(tone, &html! { (text) })
}

/// The same with markup, for a sentence with a link or a button that helps.
pub fn flash_with(tone: Tone, content: &Markup) -> Markup {
    let picture = match tone {
        Tone::Success => Icon::Success,
        Tone::Warning => Icon::Warning,
        Tone::Danger => Icon::Alert,
        Tone::Neutral | Tone::Accent | Tone::Info => Icon::Info,
    };
    let role = if tone == Tone::Danger { "alert" } else { "status" };
    html! { div class={ "flash " (tone.class()) } role=(role) { (icon(picture)) div { (content) } } }
}

/// Nothing here: says why and what to do next. `action` may be empty.
pub fn empty_state(picture: Icon, title: &str, text: &str, action: &Markup) -> Markup {
    html! {
        div.empty {
            span.empty-icon { (icon(picture)) }
            p.empty-title { (title) }
            p.empty-text { (text) }
            @if !action.0.is_empty() { div.empty-action { (action) } }
        }
    }
}

/// A part of a page with a heading. `actions` may be empty.
pub fn panel(heading: &str, actions: &Markup, content: &Markup) -> Markup {
    html! {
        section.panel {
            header.panel-head {
                h2 { (heading) }
                @if !actions.0.is_empty() { div.panel-actions { (actions) } }
            }
            div.panel-body { (content) }
        }
    }
}

/// A part without a heading: what it is says the page's own.
pub fn panel_bare(content: &Markup) -> Markup {
    html! { section.panel { div.panel-body { (content) } } }
}

/// A part whose content (a table, a list) goes to the edge.
pub fn panel_flush(heading: &str, actions: &Markup, content: &Markup) -> Markup {
    html! {
        section.panel.flush {
            header.panel-head {
                h2 { (heading) }
                @if !actions.0.is_empty() { div.panel-actions { (actions) } }
            }
            div.panel-body { (content) }
        }
    }
}

/// Facts: the term and its value. An empty value is shown as a dash.
pub fn definition_list(facts: &[(&str, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (term, value) in facts {
                div {
                    dt { (term) }
                    dd { @if value.0.is_empty() { span.none { "–" } } @else { (value) } }
                }
            }
        }
    }
}

/// A card with one figure.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figure<'a> {
    /// What is counted.
    pub label: &'a str,
    /// The figure, formatted.
    pub value: &'a str,
    /// A quiet line below.
    pub detail: Option<&'a str>,
    /// Where the card leads.
    pub href: Option<&'a str>,
    /// Its colour, if it wants to be looked at.
    pub tone: Tone,
}

/// Cards with figures in a row.
pub fn figures(list: &[Figure]) -> Markup {
    html! {
        div.figure-cards {
            @for figure in list {
                @if let Some(href) = figure.href {
                    a class={ "figure-card " (figure.tone.class()) } href=(href) { (figure_content(figure)) }
                } @else {
                    div class={ "figure-card " (figure.tone.class()) } { (figure_content(figure)) }
                }
            }
        }
    }
}

fn figure_content(figure: &Figure) -> Markup {
    html! {
        span.figure-label { (figure.label) }
        span.figure-value { (figure.value) }
        @if let Some(detail) = figure.detail { span.figure-detail { (detail) } }
    }
}
