//! Small marks: chips, statuses, priorities, origin, initials, meters, times. Always a word, never colour alone.

use maud::{Markup, Render, html};

use super::icon::{Icon, icon};

/// A colour with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Neutral,
    /// The product's own colour.
    Accent,
    /// Good to know.
    Info,
    /// Well done.
    Success,
    /// Look at it.
    Warning,
    /// Wrong, late or lost.
    Danger,
}

impl Tone {
    /// The class that sets the colours.
    pub fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Accent => "tone-accent",
            Self::Info => "tone-info",
            Self::Success => "tone-success",
            Self::Warning => "tone-warning",
            Self::Danger => "tone-danger",
        }
    }
}

/// A word on a coloured ground.
pub fn chip(tone: Tone, text: &str) -> Markup {
    html! { span class={ "chip " (tone.class()) } { (text) } }
}

/// A status. Its class is its kind and its name in the domain: `status-` `in_progress` (outsource status),
/// `ticket-` `waiting_customer` (ticket status), `partnership-` `invited` (partnership).
pub fn status_chip((kind, name): (&str, &str), text: &str) -> Markup {
    html! { span class={ "chip dot " (kind) (name) } { (text) } }
}

/// A priority; `class` is `priority-low` … `priority-critical`.
pub fn priority(class: &str, text: &str) -> Markup {
    html! { span class={ "priority " (class) } { (text) } }
}

/// Where an item or a ticket came from, and whether it still follows its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Follows every change of the original.
    Linked,
    /// Was detached by a person.
    Severed,
    /// The round is over.
    Ended,
}

/// "from Partner X", with the state of the link as icon and as a word.
pub fn origin(link: Link, text: &str, state: &str) -> Markup {
    let (class, picture) = match link {
        Link::Linked => ("origin linked", Icon::Link),
        Link::Severed => ("origin severed", Icon::Unlink),
        Link::Ended => ("origin ended", Icon::History),
    };
    html! { span class=(class) { (icon(picture)) span { (text) } span.origin-state { (state) } } }
}

/// A mail address; where it finds no room it breaks behind the @, and only a longer word breaks elsewhere.
pub fn email(address: &str) -> Markup {
    html! { span.email { (breakable(address)) } }
}

/// The same as a link that writes to it.
pub fn email_link(address: &str) -> Markup {
    html! { a.email href={ "mailto:" (address) } { (breakable(address)) } }
}

/// A number that the phone dials.
pub fn phone_link(number: &str) -> Markup {
    html! { a.nowrap href={ "tel:" (number) } { (number) } }
}

fn breakable(address: &str) -> Markup {
    let (name, place) = address.split_once('@').unwrap_or((address, ""));
    html! { (name) @if !place.is_empty() { "@" wbr; (place) } }
}

/// Only for our own people.
pub fn internal(text: &str) -> Markup {
    html! { span.internal-mark { (icon(Icon::Lock)) (text) } }
}

/// The initials of a name on a coloured disc; the name stands beside it, so it is not read aloud.
pub fn avatar_initials(name: &str) -> Markup {
    let initials: String = initials(name);
    let hue =
        name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
            % 6;
    html! { span class={ "avatar hue-" (hue) } aria-hidden="true" { (initials) } }
}

fn initials(name: &str) -> String {
    let mut firsts =
        name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = firsts.next();
    let last = firsts.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// How much of something is used up. Beyond the limit it turns red; `text` says the figures.
pub fn meter(label: &str, used: i64, limit: i64, text: &str) -> Markup {
    let full = limit.max(1);
    let over = used > limit;
    let near = !over && used.saturating_mul(10) >= limit.saturating_mul(9);
    html! {
        span.meter.over[over].near[near] {
            meter min="0" max=(full) value=(used.clamp(0, full)) aria-label=(label) { (text) }
            span.meter-text { (text) }
        }
    }
}

/// A time: shown as `text`; `title` is its other form (absolute beside relative).
pub fn time(datetime: &str, text: &str, title: &str) -> Markup {
    html! { time datetime=(datetime) title=(title) { (text) } }
}

/// A time that the script keeps telling relative to now ("vor 5 Min.").
pub fn time_relative(datetime: &impl Render, text: &impl Render, title: &impl Render) -> Markup {
    html! { time datetime=(datetime) title=(title) data-relative { (text) } }
}

/// A deadline: relative and absolute side by side, red when it has passed, amber when it is near.
pub fn deadline(datetime: &str, relative: &str, absolute: &str, urgency: Tone) -> Markup {
    html! {
        span class={ "deadline " (urgency.class()) } {
            time datetime=(datetime) data-relative { (relative) }
            span.deadline-at { (absolute) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{initials, meter};

    #[test]
    fn initials_are_first_and_last() {
        assert_eq!(initials("Jana von Öhlen"), "JÖ");
        assert_eq!(initials("  staffel "), "S");
        assert_eq!(initials(""), "");
        assert_eq!(initials("(Nord) IT-Service GmbH"), "NG");
    }

    #[test]
    fn a_meter_never_says_more_than_full_and_marks_what_is_over() {
        let html = meter("Stunden", 900, 800, "9,00 von 8,00").into_string();
        assert!(html.contains(r#"value="800""#) && html.contains("meter over"), "{html}");
        assert!(meter("Stunden", 0, 0, "").into_string().contains(r#"max="1""#));
    }
}
