//! A believable world for an empty installation: four IT service companies, their customers, tickets in every state.
//!
//! It is told as a script (`tickets`, `neighbors`, `rounds`) at times relative to now, and carried out by the same
//! actions as a person's clicks, in the order of time: so every history, number, mail and crossing is a real one.

mod customers;
mod deeds;
mod neighbors;
mod networks;
mod people;
mod rounds;
mod script;
mod setting;
mod tickets;
mod timeline;
mod world;

#[cfg(test)]
mod tests;

use anyhow::anyhow;

use crate::app::App;
use crate::problem::Problem;
use crate::store;

/// What every demo person signs in with.
pub const PASSWORD: &str = "staffel-demo";

/// Somebody a visitor can sign in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Where they work.
    pub company: &'static str,
    /// First and last name.
    pub name: String,
    /// The address to sign in with; the password is [`PASSWORD`].
    pub email: String,
    /// What they are there, in German.
    pub role: &'static str,
}

/// Everybody a visitor can sign in as; the one to begin with comes first.
pub fn sign_ins() -> Vec<SignIn> {
    let sign_in = |person: &people::Person| SignIn {
        company: person.house.name(),
        name: person.name(),
        email: person.email(),
        role: person.role,
    };
    people::PEOPLE.iter().map(sign_in).collect()
}

/// Whether the people of [`sign_ins`] live here: another installation may be started without its flag later.
pub fn is_here(tx: &mut db::Tx) -> Result<bool, db::Error> {
    let Some(first) = people::PEOPLE.first() else { return Ok(false) };
    Ok(store::people::by_email(tx, &first.email())?.is_some())
}

/// Fills an empty database. One where a company lives is left as it is.
pub fn load(app: &App) -> anyhow::Result<()> {
    if app.db.read_blocking(store::companies::any).map_err(anyhow::Error::from)? {
        return Ok(());
    }
    let now = app.clock.now();
    let hash = crate::secret::hash_password(PASSWORD)?;
    let files = world::files(app)?;
    let base_url: std::sync::Arc<str> = app.config.public_url.as_str().into();
    let story = timeline::story(now)?;
    let filled = app.db.write_blocking(move |tx| {
        // Two nodes may start at once on the same empty database; the second finds it filled.
        if store::companies::any(tx)? {
            return Ok(());
        }
        let mut world = world::World::new(now, base_url.clone(), files.clone());
        setting::before(tx, &mut world, &hash)?;
        for event in &story {
            world.play(tx, event)?;
        }
        // The letters of the past go to invented people: they can be read on the mailbox page, and no server gets them.
        store::mails::keep(tx)?;
        Ok(())
    });
    filled.map_err(|problem: Problem| match problem {
        Problem::Broken(error) => error.context("the demo world"),
        other => anyhow!("the demo world does not keep to the rules: {other:?}"),
    })
}
