//! What only outsourcing has: the information bar, the preview of what leaves the house, the steps of the rounds.

use maud::{Markup, html};

use super::icon::{Icon, icon};

/// The blue bar on top of a ticket that is with somebody else, or came from somebody else.
#[derive(Debug, Clone)]
pub struct Bar<'a> {
    /// "Outgesourct an Nordlicht IT" (may hold a link).
    pub title: Markup,
    /// The status chip.
    pub status: Markup,
    /// Facts: term and value ("Annahme bis", deadline).
    pub facts: &'a [(&'a str, Markup)],
    /// Sentences below, e.g. that the link is paused.
    pub notes: &'a [Markup],
    /// Buttons at the right of the title: what is waited for. May be empty.
    pub actions: Markup,
    /// Quiet links beside the facts: what one may look at. May be empty.
    pub links: Markup,
    /// For screen readers: "Outsourcing-Informationsleiste".
    pub label: &'a str,
}

/// The information bar.
pub fn bar(bar: &Bar) -> Markup {
    html! {
        section.outsource-bar aria-label=(bar.label) {
            div.bar-top {
                span.bar-icon { (icon(Icon::Handover)) }
                p.bar-title { (bar.title) }
                (bar.status)
                @if !bar.actions.0.is_empty() { div.bar-actions { (bar.actions) } }
            }
            div.bar-line {
                dl.bar-facts {
                    @for (term, value) in bar.facts {
                        div { dt { (term) } dd { (value) } }
                    }
                }
                @if !bar.links.0.is_empty() { div.bar-links { (bar.links) } }
            }
            @for note in bar.notes { p.bar-note { (note) } }
        }
    }
}

/// What will leave the house, and under it what stays.
pub fn preview(
    heading: &str,
    hint: &str,
    leaves: &Markup,
    stays_heading: &str,
    stays: &[&str],
) -> Markup {
    html! {
        section.preview {
            header.preview-head {
                (icon(Icon::Eye))
                div { h2 { (heading) } p { (hint) } }
            }
            div.preview-body { (leaves) }
            @if !stays.is_empty() {
                footer.preview-stays {
                    (icon(Icon::Lock))
                    div {
                        h3 { (stays_heading) }
                        ul { @for item in stays { li { (item) } } }
                    }
                }
            }
        }
    }
}

/// One step of a round.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// `status-…` of the domain: sets the colour of the dot.
    pub class: &'a str,
    /// What happened.
    pub title: Markup,
    /// When and by whom.
    pub detail: Markup,
    /// A reason, quoted. May be empty.
    pub quote: &'a str,
    /// Still to come.
    pub ahead: bool,
}

/// The steps of a round, oldest first.
pub fn steps(label: &str, list: &[Step]) -> Markup {
    html! {
        ol.steps aria-label=(label) {
            @for step in list {
                li class={ (step.class) @if step.ahead { " ahead" } } {
                    span.step-title { (step.title) }
                    span.step-detail { (step.detail) }
                    @if !step.quote.is_empty() { blockquote { (step.quote) } }
                }
            }
        }
    }
}

/// Lines of a sum: `(label, figure)`; the last is the total.
pub fn sum(lines: &[(&str, &str)], total: (&str, &str)) -> Markup {
    html! {
        dl.sum {
            @for (label, figure) in lines {
                div { dt { (label) } dd { (figure) } }
            }
            div.total { dt { (total.0) } dd { (total.1) } }
        }
    }
}
