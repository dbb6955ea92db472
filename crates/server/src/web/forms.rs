//! How a form shows what was typed and what is wrong with it.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use jiff::ToSpan;
use maud::{Markup, html};

use super::parts::page::flash_with;
use super::parts::{Field, Look, Tone, button, field, flash};
use crate::format::Format;
use crate::http::fields::Fields;
use crate::http::visit::{Stranger, Visit};
use crate::problem::{Mistakes, Problem};
use crate::store::Span;
use crate::words::Words;

/// A form with what was typed and every mistake, in the reader's language.
pub struct Form {
    fields: Fields,
    mistakes: Vec<(&'static str, String)>,
    refusal: Option<String>,
    /// A way out of the refusal: label and address.
    way: Option<(&'static str, String)>,
    heading: &'static str,
}

impl Form {
    /// A form shown for the first time.
    pub fn fresh(fields: Fields) -> Self {
        Self { fields, mistakes: Vec::new(), refusal: None, way: None, heading: "" }
    }

    /// A button beside the refusal that leads on.
    #[must_use]
    pub fn leading(self, label: &'static str, href: String) -> Self {
        Self { way: Some((label, href)), ..self }
    }

    /// A form that came back with a problem the person can mend; any other problem goes on.
    pub fn returned(
        fields: Fields,
        problem: Problem,
        words: &'static Words,
        format: &Format,
    ) -> Result<Self, Problem> {
        let say = |message: &Message| words.say(message, format);
        let heading = words.t("form-mistakes");
        match problem {
            Problem::Invalid(Mistakes(list)) => {
                let mistakes = list.iter().map(|(name, message)| (*name, say(message))).collect();
                Ok(Self { fields, mistakes, refusal: None, way: None, heading })
            }
            Problem::Refused(refusal) => Ok(Self {
                fields,
                mistakes: Vec::new(),
                refusal: Some(say(&refusal.message())),
                way: None,
                heading,
            }),
            Problem::Stale => {
                let refusal = Some(say(&Problem::Stale.message()));
                Ok(Self { fields, mistakes: Vec::new(), refusal, way: None, heading })
            }
            other => Err(other),
        }
    }

    /// The value as typed.
    pub fn value(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    /// Everything that was typed.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.fields.ticked(name)
    }

    /// The first mistake at a field.
    pub fn mistake(&self, name: &str) -> Option<&str> {
        self.mistakes.iter().find(|(field, _)| *field == name).map(|(_, text)| text.as_str())
    }

    /// A field with its value and its mistake.
    pub fn field<'a>(&'a self, name: &'a str, label: &'a str) -> Field<'a> {
        Field::new(name, label).value(self.value(name)).error(self.mistake(name))
    }

    /// All mistakes and the refusal, for the head of the form.
    pub fn summary(&self) -> Markup {
        let list: Vec<(&str, &str)> =
            self.mistakes.iter().map(|(name, text)| (*name, text.as_str())).collect();
        html! {
            @match (&self.refusal, &self.way) {
                (Some(refusal), Some((label, href))) => (flash_with(Tone::Danger, &html! {
                    p { (refusal) }
                    p { (button::link(label, href, Look::Plain, None)) }
                })),
                (Some(refusal), None) => (flash(Tone::Danger, refusal)),
                (None, _) => {}
            }
            (field::mistakes(self.heading, &list))
        }
    }

    /// 200 for a fresh form, 422 for one that came back.
    pub fn answer(&self, page: Markup) -> Response {
        let fresh = self.mistakes.is_empty() && self.refusal.is_none();
        let status = if fresh { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        (status, page).into_response()
    }
}

impl Visit {
    /// A form that came back.
    pub fn returned(&self, fields: Fields, problem: Problem) -> Result<Form, Problem> {
        Form::returned(fields, problem, self.words, &self.format)
    }
}

impl Stranger {
    /// A form that came back.
    pub fn returned(&self, fields: Fields, problem: Problem) -> Result<Form, Problem> {
        Form::returned(fields, problem, self.words, &self.format)
    }
}

/// On to another page after something was done; `done` is the locale key of what to say there, or empty.
pub fn go(to: &str, done: &str) -> Response {
    let target = if done.is_empty() {
        to.to_owned()
    } else {
        let (path, anchor) = to
            .split_once('#')
            .map_or((to, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}done={done}{anchor}")
    };
    (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response()
}

/// A path of ours to return to, or this one: never another site.
pub fn own_path<'a>(asked: &'a str, otherwise: &'a str) -> &'a str {
    let ours = asked.starts_with('/')
        && !asked.starts_with("//")
        && !asked.contains('\\')
        && !asked.contains(['\r', '\n']);
    if ours { asked } else { otherwise }
}

/// A day of a filter. One that is none is shown as it was typed, which a date field could not.
pub fn day(form: &Form, name: &'static str, label: &'static str) -> Markup {
    let field: Field = form.field(name, label);
    if form.mistake(name).is_some() && form.value(name).parse::<jiff::civil::Date>().is_err() {
        return field::text(field);
    }
    field::date(field)
}

/// From the beginning of one day to the end of another, as the person's zone has them.
pub fn span(
    query: &Fields,
    (from, to): (&'static str, &'static str),
    format: &Format,
    mistakes: &mut Mistakes,
) -> Span {
    let mut day = |name: &'static str, days: i64| {
        let day = query.day(name, mistakes)?;
        let at = day.checked_add(days.days()).ok().and_then(|day| format.midnight(day));
        if at.is_none() {
            mistakes.add(name, Message::new("mistake-date"));
        }
        at
    };
    let span = Span { from: day(from, 0), until: day(to, 1) };
    if let (Some(begin), Some(end)) = (span.from, span.until)
        && end <= begin
    {
        mistakes.add(to, Message::new("mistake-span"));
    }
    span
}
