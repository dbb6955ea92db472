//! Everything that can stop a request. A refusal is the rules' no, a problem the request's, `Broken` is ours.

use domain::message::Message;
use domain::refusal::Refusal;

/// Sentences beside fields: the field's name and what is wrong with what was typed.
#[derive(Debug, Clone, Default)]
pub struct Mistakes(pub Vec<(&'static str, Message)>);

impl Mistakes {
    /// Notes that something is wrong with a field.
    pub fn add(&mut self, field: &'static str, message: Message) {
        self.0.push((field, message));
    }

    /// The first mistake at this field.
    pub fn at(&self, field: &str) -> Option<&Message> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, message)| message)
    }

    /// Takes over what others found at fields where nothing was noted yet: what cannot be read is not also too small.
    pub fn join(&mut self, others: Self) {
        for (field, message) in others.0 {
            if self.at(field).is_none() {
                self.add(field, message);
            }
        }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok` if nothing is wrong, else the problem that carries every mistake.
    pub fn check(self) -> Result<(), Problem> {
        if self.is_empty() { Ok(()) } else { Err(Problem::Invalid(self)) }
    }

    /// A single mistake as a problem.
    pub fn one(field: &'static str, message: Message) -> Problem {
        Problem::Invalid(Self(vec![(field, message)]))
    }
}

/// What stops a request, by whose fault it is.
#[derive(Debug)]
pub enum Problem {
    /// Not there, or not theirs: the same answer (404).
    NotFound,
    /// Nobody is signed in (to the sign-in page).
    SignIn,
    /// This person may not (403).
    Forbidden(Refusal),
    /// A colleague wrote it, and this person is not in charge (403).
    Colleagues,
    /// The rules say no (422).
    Refused(Refusal),
    /// Somebody else was quicker (409).
    Stale,
    /// The form has mistakes (422).
    Invalid(Mistakes),
    /// A request that no page of ours sends (400, 403, 413, 429 …) with its sentence.
    Odd(axum::http::StatusCode, Message),
    /// Too much at once (503).
    Overloaded,
    /// Our fault (500); logged once, at the border.
    Broken(anyhow::Error),
}

impl Problem {
    /// Whether it is certain that nothing was stored: it was we who said no, before the COMMIT. What the database says may
    /// be about its COMMIT, whose outcome nobody knows when the connection was lost meanwhile.
    pub fn is_certain(&self) -> bool {
        match self {
            Self::NotFound
            | Self::SignIn
            | Self::Forbidden(_)
            | Self::Colleagues
            | Self::Refused(_)
            | Self::Stale
            | Self::Invalid(_)
            | Self::Odd(..) => true,
            Self::Overloaded | Self::Broken(_) => false,
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<db::Error> for Problem {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Overloaded | db::Error::Timeout | db::Error::Closed => Self::Overloaded,
            other => Self::Broken(other.into()),
        }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.into())
    }
}
