//! Tables: sortable heads, cells that carry their label for the phone, the region that scrolls by itself.

use maud::{Markup, html};

use super::field::Choice;
use super::icon::{Icon, icon};

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

/// A table of records that becomes cards on a phone. `head` is the `th`s, `rows` the `tr`s.
pub fn records(caption: &str, head: &Markup, rows: &Markup) -> Markup {
    html! {
        div.table-region {
            table.records {
                caption.visually-hidden { (caption) }
                thead { tr { (head) } }
                tbody { (rows) }
            }
        }
    }
}

/// The same with a row of filters beneath the head, a cell for each column; the fields belong to a form elsewhere.
pub fn records_filtered(caption: &str, head: &Markup, filters: &Markup, rows: &Markup) -> Markup {
    html! {
        div.table-region {
            table.records {
                caption.visually-hidden { (caption) }
                thead { tr { (head) } tr.column-filters { (filters) } }
                tbody { (rows) }
            }
        }
    }
}

/// Letters to look for in a column; `form` is the id of the filters' form.
pub fn filter_text(form: &str, name: &str, label: &str, value: &str) -> Markup {
    html! {
        td data-label=(label) {
            input.active[!value.is_empty()] type="search" name=(name) value=(value) form=(form)
                aria-label=(label) autocomplete="off";
        }
    }
}

/// One of the values of a column.
pub fn filter_choice(
    form: &str,
    name: &str,
    label: &str,
    value: &str,
    choices: &[Choice],
) -> Markup {
    html! {
        td data-label=(label) {
            select.active[!value.is_empty()] name=(name) form=(form) aria-label=(label) {
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == value] { (choice.label) }
                }
            }
        }
    }
}

/// A column without a filter.
pub fn filter_none() -> Markup {
    html! { td {} }
}

/// The form of a table's filters: what it always sends, its button for those without script, the way back to all.
pub fn filter_form(
    (id, action): (&str, &str),
    hidden: &Markup,
    submit: &str,
    reset: Option<(&str, &str)>,
) -> Markup {
    html! {
        form.filters id=(id) method="get" action=(action) role="search" aria-label=(submit) data-auto-submit {
            (hidden)
            button.button.small type="submit" data-script-hides { (submit) }
            @if let Some((label, href)) = reset {
                a.button.quiet.small href=(href) { (icon(Icon::Close)) span { (label) } }
            }
        }
    }
}

/// A table of figures that stays a table and scrolls sideways in its own region.
pub fn figures(caption: &str, head: &Markup, rows: &Markup, sums: Option<&Markup>) -> Markup {
    html! {
        div.table-region role="region" aria-label=(caption) tabindex="0" {
            table.figures {
                caption.visually-hidden { (caption) }
                thead { tr { (head) } }
                tbody { (rows) }
                @if let Some(sums) = sums { tfoot { (sums) } }
            }
        }
    }
}

/// A head that sorts. `direction` is how the column is sorted now, if it is.
pub fn sort_head(label: &str, href: &str, direction: Option<Direction>) -> Markup {
    html! { th scope="col" aria-sort=[spoken(direction)] { (sort_link(label, href, direction)) } }
}

/// A head of two facts that stand one above the other, each of which sorts: label, address, direction.
pub fn sort_heads(facts: &[(&str, String, Option<Direction>)]) -> Markup {
    let now = facts.iter().find_map(|(.., direction)| *direction);
    html! {
        th scope="col" aria-sort=[spoken(now)] {
            span.stacked { @for (label, href, direction) in facts { (sort_link(label, href, *direction)) } }
        }
    }
}

/// A head that sorts a column of numbers.
pub fn sort_head_number(label: &str, href: &str, direction: Option<Direction>) -> Markup {
    html! { th.number scope="col" aria-sort=[spoken(direction)] { (sort_link(label, href, direction)) } }
}

/// A head that does not sort.
pub fn head(label: &str) -> Markup {
    html! { th scope="col" { (label) } }
}

/// A head of a column of numbers.
pub fn head_number(label: &str) -> Markup {
    html! { th.number scope="col" { (label) } }
}

/// A head that is only read aloud, for the column of actions.
pub fn head_hidden(label: &str) -> Markup {
    html! { th.actions scope="col" { span.visually-hidden { (label) } } }
}

/// A cell; `label` is the head of its column, shown on a phone.
pub fn cell(label: &str, content: &Markup) -> Markup {
    html! { td data-label=(label) { (content) } }
}

/// A cell that may have nothing to say: a dash, which a phone leaves out.
pub fn cell_maybe(label: &str, content: Option<&Markup>) -> Markup {
    html! { td.blank[content.is_none()] data-label=(label) { @if let Some(content) = content { (content) } @else { "–" } } }
}

/// A cell with text.
pub fn cell_text(label: &str, content: &str) -> Markup {
    html! { td data-label=(label) { (content) } }
}

/// A cell with a figure.
pub fn cell_number(label: &str, content: &str) -> Markup {
    html! { td.number data-label=(label) { (content) } }
}

/// The cell that names the record, a link; the first line of the card on a phone.
pub fn cell_title(title: &str, href: &str, detail: Option<&str>) -> Markup {
    html! {
        td.title {
            a href=(href) { (title) }
            @if let Some(detail) = detail { span.detail { (detail) } }
        }
    }
}

/// The cell with the row's buttons.
pub fn cell_actions(content: &Markup) -> Markup {
    html! { td.actions { (content) } }
}

/// A row that the keyboard can walk to (`j`, `k`, Enter opens `href`).
pub fn row(href: &str, cells: &Markup) -> Markup {
    html! { tr data-row-href=(href) { (cells) } }
}

/// The row of filters above a table: a GET form that submits itself when something changes.
/// `submit` is the word on its button for those without script.
pub fn filters(action: &str, fields: &Markup, submit: &str, reset: Option<(&str, &str)>) -> Markup {
    html! {
        form.filters method="get" action=(action) role="search" aria-label=(submit) data-auto-submit {
            (fields)
            button.button.small type="submit" data-script-hides { (submit) }
            @if let Some((label, href)) = reset {
                a.button.quiet.small href=(href) { (icon(Icon::Close)) span { (label) } }
            }
        }
    }
}

fn sort_link(label: &str, href: &str, direction: Option<Direction>) -> Markup {
    let picture = match direction {
        None => Icon::SortNone,
        Some(Direction::Up) => Icon::SortUp,
        Some(Direction::Down) => Icon::SortDown,
    };
    html! { a.sort.sorted[direction.is_some()] href=(href) { (label) (icon(picture)) } }
}

fn spoken(direction: Option<Direction>) -> Option<&'static str> {
    direction.map(|way| match way {
        Direction::Up => "ascending",
        Direction::Down => "descending",
    })
}
