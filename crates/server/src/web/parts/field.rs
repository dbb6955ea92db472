//! Form fields: the label above, the hint and the mistake below, tied to the field for screen readers.

use maud::{Markup, html};

use super::icon::{Icon, icon};

/// One field of a form. `Field::new(name, label)` and then only what differs.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the boolean attributes of an HTML field"
)]
pub struct Field<'a> {
    /// Name in the form; the id is `field-{name}` unless `id` says otherwise.
    pub name: &'a str,
    /// What stands above it.
    pub label: &'a str,
    /// As typed or stored.
    pub value: &'a str,
    /// One sentence that helps.
    pub hint: Option<&'a str>,
    /// What is wrong with the value.
    pub error: Option<&'a str>,
    /// What somebody else saved here in the meantime.
    pub theirs: Option<Theirs<'a>>,
    /// An id of its own, when two forms on one page have a field of the same name.
    pub id: Option<&'a str>,
    /// The `autocomplete` attribute.
    pub autocomplete: Option<&'a str>,
    /// The `placeholder` attribute: an example, never the label.
    pub placeholder: Option<&'a str>,
    /// The most characters.
    pub maxlength: Option<usize>,
    /// Must be filled.
    pub required: bool,
    /// Cannot be changed and is not sent.
    pub disabled: bool,
    /// Cannot be changed and is sent.
    pub readonly: bool,
    /// Takes the focus when the page opens.
    pub autofocus: bool,
    /// Spans both columns.
    pub wide: bool,
}

impl<'a> Field<'a> {
    /// A field with a name and a label.
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, ..Self::default() }
    }

    /// With a value.
    #[must_use]
    pub fn value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    /// With a sentence that helps.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// With a sentence that helps, if there is one to say.
    #[must_use]
    pub fn maybe_hint(self, hint: Option<&'a str>) -> Self {
        Self { hint: hint.or(self.hint), ..self }
    }

    /// With its mistake, if there is one.
    #[must_use]
    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    /// With what somebody else saved, if they did.
    #[must_use]
    pub fn theirs(self, theirs: Option<Theirs<'a>>) -> Self {
        Self { theirs, ..self }
    }

    /// With an id of its own.
    #[must_use]
    pub fn id(self, id: &'a str) -> Self {
        Self { id: Some(id), ..self }
    }

    /// With the `autocomplete` attribute.
    #[must_use]
    pub fn autocomplete(self, token: &'a str) -> Self {
        Self { autocomplete: Some(token), ..self }
    }

    /// With an example.
    #[must_use]
    pub fn placeholder(self, text: &'a str) -> Self {
        Self { placeholder: Some(text), ..self }
    }

    /// With a limit.
    #[must_use]
    pub fn maxlength(self, characters: usize) -> Self {
        Self { maxlength: Some(characters), ..self }
    }

    /// Must be filled.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Cannot be changed and is not sent, if so.
    #[must_use]
    pub fn disabled(self, disabled: bool) -> Self {
        Self { disabled, ..self }
    }

    /// Cannot be changed and is sent, if so.
    #[must_use]
    pub fn readonly(self, readonly: bool) -> Self {
        Self { readonly, ..self }
    }

    /// Takes the focus when the page opens.
    #[must_use]
    pub fn autofocus(self) -> Self {
        Self { autofocus: true, ..self }
    }

    /// Spans both columns.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    fn dom_id(&self) -> String {
        self.id.map_or_else(|| format!("field-{}", self.name), str::to_owned)
    }

    fn described_by(&self) -> Option<String> {
        let id = self.dom_id();
        let parts = [
            self.error.map(|_| format!("{id}-error")),
            self.theirs.filter(|_| !self.disabled).map(|_| format!("{id}-theirs")),
            self.hint.map(|_| format!("{id}-hint")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.map(|_| "true")
    }
}

/// What somebody else saved in a field while this form was open.
#[derive(Debug, Clone, Copy)]
pub struct Theirs<'a> {
    /// What stands before it.
    pub said: &'a str,
    /// The value as the form would send it.
    pub value: &'a str,
    /// The value as people read it; of a list that opens, its choice is shown instead.
    pub shown: &'a str,
    /// The same for a box that is ticked or not.
    pub tick: &'a str,
}

/// One of several.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    /// What the form sends.
    pub value: &'a str,
    /// What the person reads.
    pub label: &'a str,
    /// A line below the label (radio buttons only).
    pub hint: Option<&'a str>,
}

impl<'a> Choice<'a> {
    /// A value and its word.
    pub fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, hint: None }
    }

    /// With a line that explains it.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// A line of text.
pub fn text(field: Field) -> Markup {
    input(field, "text", None, None)
}

/// An e-mail address.
pub fn email(field: Field) -> Markup {
    input(field, "email", None, None)
}

/// A telephone number.
pub fn phone(field: Field) -> Markup {
    input(field, "tel", None, None)
}

/// An address on the web.
pub fn url(field: Field) -> Markup {
    input(field, "url", None, None)
}

/// A password; its value is never sent back.
pub fn password(field: Field) -> Markup {
    input(Field { value: "", ..field }, "password", None, None)
}

/// A whole number.
pub fn number(field: Field) -> Markup {
    input(field, "text", Some("numeric"), None)
}

/// An amount, typed the way the language writes it, with its currency behind it.
pub fn money(field: Field, currency: &str) -> Markup {
    input(field, "text", Some("decimal"), Some(currency))
}

/// Hours or another measured figure, with its unit behind it.
pub fn amount(field: Field, unit: &str) -> Markup {
    input(field, "text", Some("decimal"), Some(unit))
}

/// A day and a time, `2026-11-24T16:30`.
pub fn date_time(field: Field) -> Markup {
    input(field, "datetime-local", None, None)
}

/// A day, `2026-11-24`.
pub fn date(field: Field) -> Markup {
    input(field, "date", None, None)
}

fn input(field: Field, kind: &str, mode: Option<&str>, unit: Option<&str>) -> Markup {
    let id = field.dom_id();
    let control = html! {
        input.figure[mode.is_some()] id=(id) type=(kind) name=(field.name) value=(field.value) inputmode=[mode]
            autocomplete=[field.autocomplete.or(mode.map(|_| "off"))] placeholder=[field.placeholder]
            maxlength=[field.maxlength] required[field.required] disabled[field.disabled]
            readonly[field.readonly] autofocus[field.autofocus] aria-invalid=[field.invalid()]
            aria-describedby=[field.described_by()];
    };
    around(
        &field,
        &html! {
            @if let Some(unit) = unit {
                span.with-unit { (control) span.unit { (unit) } }
            } @else {
                (control)
            }
        },
    )
}

/// Several lines of text.
pub fn textarea(field: Field, rows: u8) -> Markup {
    let id = field.dom_id();
    around(
        &field,
        // The line break after the tag is one that browsers swallow; without it a first empty line would get lost.
        &html! {
            textarea id=(id) name=(field.name) rows=(rows) placeholder=[field.placeholder]
                maxlength=[field.maxlength] required[field.required] disabled[field.disabled]
                readonly[field.readonly] autofocus[field.autofocus] aria-invalid=[field.invalid()]
                aria-describedby=[field.described_by()] { "\n" (field.value) }
        },
    )
}

/// One of several, in a list that opens. The field's value is the chosen one.
pub fn select<'a>(field: Field<'a>, choices: &[Choice<'a>]) -> Markup {
    let id = field.dom_id();
    let field = named(field, choices);
    around(
        &field,
        &html! {
            select id=(id) name=(field.name) required[field.required] disabled[field.disabled]
                autofocus[field.autofocus] autocomplete=[field.autocomplete] aria-invalid=[field.invalid()]
                aria-describedby=[field.described_by()] {
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == field.value] { (choice.label) }
                }
            }
        },
    )
}

/// What somebody else chose, by its name.
fn named<'a>(field: Field<'a>, choices: &[Choice<'a>]) -> Field<'a> {
    let theirs = field.theirs.map(|theirs| {
        let chosen = choices.iter().find(|choice| choice.value == theirs.value);
        Theirs { shown: chosen.map_or(theirs.shown, |choice| choice.label), ..theirs }
    });
    Field { theirs, ..field }
}

/// Yes or no; sends `1`. The label stands behind the box.
pub fn checkbox(field: Field, ticked: bool) -> Markup {
    tick(field, "1", ticked)
}

/// One box of several with the same name; sends the field's value. Give each its own `id`.
pub fn checkbox_of(field: Field, ticked: bool) -> Markup {
    tick(field, field.value, ticked)
}

fn tick(field: Field, value: &str, ticked: bool) -> Markup {
    let id = field.dom_id();
    let theirs = field.theirs.map(|theirs| Theirs { shown: theirs.tick, ..theirs });
    let field = Field { theirs, ..field };
    html! {
        div.field.tick.wide[field.wide].has-error[field.error.is_some()] {
            input id=(id) type="checkbox" name=(field.name) value=(value) checked[ticked]
                required[field.required] disabled[field.disabled] aria-invalid=[field.invalid()]
                aria-describedby=[field.described_by()];
            label for=(id) { (field.label) (star(&field)) }
            (below(&field))
        }
    }
}

/// One of a few, all in sight. The field's value is the chosen one.
pub fn radio<'a>(field: Field<'a>, choices: &[Choice<'a>]) -> Markup {
    let id = field.dom_id();
    let field = named(field, choices);
    html! {
        fieldset.field.choices.wide[field.wide].has-error[field.error.is_some()] id=(id) tabindex=[field.error.map(|_| "-1")]
            aria-describedby=[field.described_by()] {
            legend id={ (id) "-label" } { (field.label) (star(&field)) }
            div.choice-list {
                @for (at, choice) in choices.iter().enumerate() {
                    label.choice for={ (id) "-" (at) } {
                        input id={ (id) "-" (at) } type="radio" name=(field.name) value=(choice.value)
                            checked[choice.value == field.value] required[field.required] disabled[field.disabled];
                        span {
                            span.choice-label { (choice.label) }
                            @if let Some(hint) = choice.hint { span.hint { (hint) } }
                        }
                    }
                }
            }
            (below(&field))
        }
    }
}

/// Files. `accept` is the attribute of that name; empty for any.
pub fn file(field: Field, accept: &str, several: bool) -> Markup {
    let id = field.dom_id();
    around(
        &field,
        &html! {
            input id=(id) type="file" name=(field.name) accept=[Some(accept).filter(|kinds| !kinds.is_empty())]
                multiple[several] required[field.required] disabled[field.disabled]
                aria-invalid=[field.invalid()] aria-describedby=[field.described_by()];
        },
    )
}

/// Sent along, not seen.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A value that is only shown, in the place of a field.
pub fn shown(label: &str, value: &Markup) -> Markup {
    html! { div.field.shown { span.label { (label) } div.value { (value) } } }
}

/// The search field of a list: `/` brings the focus here.
pub fn search(name: &str, label: &str, value: &str) -> Markup {
    html! {
        div.search-field {
            (icon(Icon::Search))
            input type="search" name=(name) value=(value) placeholder=(label) aria-label=(label) data-search autocomplete="off";
        }
    }
}

/// A small select without a label in sight, for filter rows.
pub fn filter(name: &str, label: &str, value: &str, choices: &[Choice]) -> Markup {
    html! {
        select.active[!value.is_empty()] name=(name) aria-label=(label) title=(label) {
            @for choice in choices {
                option value=(choice.value) selected[choice.value == value] { (choice.label) }
            }
        }
    }
}

/// Fields that belong together, under a heading (or none, if it is empty), in two columns where there is room.
pub fn group(heading: &str, hint: Option<&str>, fields: &Markup) -> Markup {
    html! {
        fieldset.field-group {
            @if !heading.is_empty() { legend { (heading) } }
            @if let Some(hint) = hint { p.group-hint { (hint) } }
            div.fields { (fields) }
        }
    }
}

fn around(field: &Field, control: &Markup) -> Markup {
    html! {
        div.field.wide[field.wide].has-error[field.error.is_some()] {
            label for=(field.dom_id()) { (field.label) (star(field)) }
            (control)
            (below(field))
        }
    }
}

fn star(field: &Field) -> Markup {
    html! { @if field.required { span.required-mark aria-hidden="true" { " *" } } }
}

fn below(field: &Field) -> Markup {
    let id = field.dom_id();
    html! {
        @if let Some(error) = field.error {
            p.error id={ (id) "-error" } { (icon(Icon::Alert)) span { (error) } }
        }
        // What cannot be changed here cannot be overwritten either.
        @if let Some(theirs) = field.theirs.filter(|_| !field.disabled) {
            p.theirs id={ (id) "-theirs" } { span.said { (theirs.said) } " " span.value { (theirs.shown) } }
        }
        @if let Some(hint) = field.hint {
            p.hint id={ (id) "-hint" } { (hint) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Field, radio, select, text, textarea};

    #[test]
    fn a_mistake_and_a_hint_are_tied_to_the_field() {
        let html = text(Field::new("due", "Fällig").hint("Ortszeit").error(Some("Zu früh.")))
            .into_string();
        assert!(html.contains(r#"aria-describedby="field-due-error field-due-hint""#), "{html}");
        assert!(
            html.contains(r#"id="field-due-error""#) && html.contains(r#"id="field-due-hint""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
    }

    #[test]
    fn what_was_typed_is_escaped_and_kept() {
        let html = textarea(Field::new("body", "Text").value("\n<b>\"x\"</b>"), 4).into_string();
        assert!(html.contains(">\n\n&lt;b&gt;&quot;x&quot;&lt;/b&gt;</textarea>"), "{html}");
    }

    #[test]
    fn the_value_chooses() {
        let choices = [Choice::new("flat", "Pauschal"), Choice::new("hourly", "Stundensatz")];
        let html = select(Field::new("rate", "Satz").value("hourly"), &choices).into_string();
        assert!(html.contains(r#"<option value="hourly" selected>"#), "{html}");
        let html = radio(Field::new("rate", "Satz").value("flat"), &choices).into_string();
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
    }
}
