//! How a form shows what was typed and what is wrong with it.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::message::Message;
use jiff::ToSpan;
use maud::{Markup, html};

use super::parts::page::flash_with;
use super::parts::{Field, Look, Theirs, Tone, button, field, flash, mistakes};
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
    over: Option<Over>,
    status: StatusCode,
}

/// What somebody else saved while this form was open: as the form would send it, and as people read it.
struct Over {
    stored: Fields,
    shown: Fields,
    said: &'static str,
    tick: [&'static str; 2],
    save: &'static str,
}

impl Form {
    /// A form shown for the first time.
    pub fn fresh(fields: Fields) -> Self {
        let status = StatusCode::OK;
        Self {
            fields,
            mistakes: Vec::new(),
            refusal: None,
            way: None,
            heading: "",
            over: None,
            status,
        }
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
        let (mistakes, refusal, status) = match problem {
            Problem::Invalid(Mistakes(list)) => {
                let mistakes = list.iter().map(|(name, message)| (*name, say(message))).collect();
                (mistakes, None, StatusCode::UNPROCESSABLE_ENTITY)
            }
            Problem::Refused(_) | Problem::Stale => {
                (Vec::new(), Some(say(&problem.message())), StatusCode::UNPROCESSABLE_ENTITY)
            }
            // Nothing is wrong with what was typed: it is to be sent once more.
            Problem::Overloaded => {
                (Vec::new(), Some(say(&problem.message())), StatusCode::SERVICE_UNAVAILABLE)
            }
            other => return Err(other),
        };
        let heading = words.t("form-mistakes");
        Ok(Self { fields, mistakes, refusal, way: None, heading, over: None, status })
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
        let field = Field::new(name, label).value(self.value(name)).error(self.mistake(name));
        field.theirs(self.theirs(name))
    }

    /// What somebody else saved in a field, if it is not what was typed here.
    fn theirs(&self, name: &str) -> Option<Theirs<'_>> {
        let over = self.over.as_ref().filter(|over| over.stored.has(name))?;
        let differs = over.stored.text(name) != self.fields.text(name);
        differs.then(|| Theirs {
            said: over.said,
            value: over.stored.get(name),
            shown: over.shown.get(name),
            tick: over.tick[usize::from(over.stored.ticked(name))],
        })
    }

    /// What somebody else saved in a field, whether it differs or not; for lists that must offer it.
    pub fn stored(&self, name: &str) -> &str {
        self.over.as_ref().map_or("", |over| over.stored.get(name))
    }

    /// What the button that saves is called: whoever overwrites is told that they do.
    pub fn save(&self, otherwise: &'static str) -> &'static str {
        self.over.as_ref().map_or(otherwise, |over| over.save)
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
            (mistakes::list(self.heading, &list))
        }
    }

    /// 200 for a fresh form, 422 for one that came back, 503 if there was too much to do.
    pub fn answer(&self, page: Markup) -> Response {
        (self.status, self.named(page)).into_response()
    }

    /// The page in whose list of mistakes each says which field it is about.
    pub fn named(&self, page: Markup) -> Markup {
        if self.mistakes.is_empty() { page } else { mistakes::name(page) }
    }
}

impl Visit {
    /// A form that came back.
    pub fn returned(&self, fields: Fields, problem: Problem) -> Result<Form, Problem> {
        Form::returned(fields, problem, self.words, &self.format)
    }

    /// A form that came back because somebody else was quicker. It shows what they saved beside what was typed, and
    /// goes on from there: saving it once more overwrites knowingly. `version` names the field that counts.
    pub fn overtaken(&self, mut fields: Fields, stored: Fields, version: &str) -> Form {
        if stored.get(version) == fields.get(version) {
            // What was in the way is not in this form.
            return self.refused(fields, &Problem::Stale.message());
        }
        fields.set(version, stored.get(version));
        let shown = stored.0.iter().map(|(name, value)| (name.clone(), self.readable(value)));
        let over = Over {
            shown: Fields(shown.collect()),
            stored,
            said: self.t("form-theirs"),
            tick: [self.t("form-theirs-unticked"), self.t("form-theirs-ticked")],
            save: self.t("form-save-over"),
        };
        Form { over: Some(over), ..self.refused(fields, &Message::new("form-overtaken")) }
    }

    fn refused(&self, fields: Fields, message: &Message) -> Form {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Form { refusal: Some(self.say(message)), status, ..Form::fresh(fields) }
    }

    /// A value of a form as people read it.
    fn readable(&self, value: &str) -> String {
        use jiff::civil::{Date, DateTime};
        if let (16, Ok(at)) = (value.len(), value.parse::<DateTime>()) {
            return format!("{}, {}", self.format.day(at.date()), at.strftime("%H:%M"));
        }
        match (value, value.parse::<Date>()) {
            ("", _) => self.t("form-theirs-empty").to_owned(),
            (_, Ok(day)) if value.len() == 10 => self.format.day(day),
            _ => value.to_owned(),
        }
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

/// A path of ours to return to, or this one: never another site. Browsers leave out tabs and line ends before they
/// read an address, so `/<tab>/elsewhere` would be another site's, too.
pub fn own_path<'a>(asked: &'a str, otherwise: &'a str) -> &'a str {
    let ours = asked.starts_with('/')
        && !asked.starts_with("//")
        && !asked.contains('\\')
        && !asked.contains(char::is_control);
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

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for elsewhere in [
            "//evil",
            "/\\evil",
            "/\t/evil",
            "/\r/evil",
            "/\n/evil",
            "/\u{1}",
            "/\0",
            "https://evil",
            "",
        ] {
            assert_eq!(own_path(elsewhere, "/"), "/", "{elsewhere:?}");
        }
        assert_eq!(own_path("/tickets?q=a#b", "/"), "/tickets?q=a#b");
    }
}
