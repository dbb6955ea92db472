//! Signing in and out. Passwords are hashed outside the transaction; the door does that in between.

use domain::ids::PersonId;
use domain::message::Message;
use jiff::Timestamp;

use crate::app::{Acting, App};
use crate::hashing::Place;
use crate::problem::{Mistakes, Problem};
use crate::store::audits::{Door, Subject};
use crate::{secret, store};

/// Signs a person in: a fresh session token, the one they came with is void.
pub async fn sign_in(
    app: &App,
    email: &str,
    password: &str,
    ip: &str,
    old_token: Option<&str>,
) -> Result<String, Problem> {
    let email = email.trim().to_lowercase();
    let now = app.clock.now();
    let names = [format!("mail {email}"), format!("address {ip}")];
    // Who has to wait does not even stand in line.
    look_up(app, &names, &email, now).await?;
    let place = app.hashing.enter().await?;
    // And is asked again inside: those who tried at the same moment may have failed meanwhile.
    let known = look_up(app, &names, &email, now).await?;
    let meant = known.as_ref().map(|(person, _)| *person);
    let ip = ip.to_owned();
    // The place is kept until the failure is written down: so tries at one time count as tries one after the other.
    let (_place, found) = fits(place, known, password.to_owned()).await?;
    if let Some(person) = found {
        return start(app, (person, ip), names, old_token, now).await;
    }
    app.db
        .write(move |tx| {
            for name in &names {
                store::throttles::fail(tx, name, now)?;
            }
            // A try that had to wait is not written down: nobody can fill an audit by trying.
            if let Some(person) = meant {
                let act = ("audit-sign-in-failed", ip.as_str(), now);
                store::audits::at_door(tx, person, Door::Stayed, act)?;
            }
            Ok::<_, Problem>(())
        })
        .await?;
    Err(Mistakes::one("password", Message::new("sign-in-wrong")))
}

/// Who has this address, with the stored form of the password; a mistake if one of the names has to wait.
async fn look_up(
    app: &App,
    names: &[String; 2],
    email: &str,
    now: Timestamp,
) -> Result<Option<(PersonId, String)>, Problem> {
    let (names, email) = (names.clone(), email.to_owned());
    let (wait, known) = app
        .db
        .read(move |tx| {
            let mut wait = None;
            for name in &names {
                wait = wait.max(store::throttles::blocked_until(tx, name, now)?);
            }
            Ok::<_, Problem>((wait, store::people::by_email(tx, &email)?))
        })
        .await?;
    match wait {
        Some(until) => Err(Mistakes::one("password", too_often(until, now))),
        None => Ok(known),
    }
}

/// How long to wait after too many wrong tries.
pub fn too_often(until: Timestamp, now: Timestamp) -> Message {
    let seconds = until.duration_since(now).as_secs().max(1);
    Message::new("sign-in-wait").with("seconds", seconds)
}

/// An unknown address costs the same time as a wrong password, so that nobody learns who is here.
async fn fits(
    place: Place,
    known: Option<(PersonId, String)>,
    password: String,
) -> Result<(Place, Option<PersonId>), Problem> {
    let fits = place.work(move || {
        let (person, stored) = match known {
            Some((person, hash)) => (Some(person), hash),
            None => (None, secret::hash_password("nobody")?),
        };
        let fits = secret::password_fits(&password, &stored)?;
        Ok(person.filter(|_| fits))
    });
    fits.await
}

async fn start(
    app: &App,
    (person, ip): (PersonId, String),
    names: [String; 2],
    old_token: Option<&str>,
    now: Timestamp,
) -> Result<String, Problem> {
    let token = secret::token()?;
    let digest = secret::digest(&token);
    let old = old_token.map(secret::digest);
    app.db
        .write(move |tx| {
            if let Some(old) = &old {
                store::sessions::delete(tx, old)?;
            }
            // Only the person's own name is forgiven: one known password must not reset a guessing address.
            store::throttles::forget(tx, &names[0])?;
            store::audits::at_door(tx, person, Door::Opened, ("audit-sign-in", &ip, now))?;
            store::sessions::create(tx, &digest, person, now)
        })
        .await?;
    Ok(token)
}

/// Ends the session.
pub async fn sign_out(app: &App, acting: &Acting, token: &str) -> Result<(), Problem> {
    let (digest, acting) = (secret::digest(token), acting.clone());
    app.db
        .write(move |tx| {
            store::sessions::delete(tx, &digest)?;
            let words = ("audit-sign-out", acting.actor.name.as_str(), "");
            store::audits::record_on(tx, &acting, Subject::Person(acting.actor.person), words)
        })
        .await?;
    Ok(())
}

/// The stored form of a password, hashed where it blocks nobody.
pub async fn hash(app: &App, password: String) -> Result<String, Problem> {
    let place = app.hashing.enter().await?;
    Ok(place.work(move || secret::hash_password(&password)).await?.1)
}
