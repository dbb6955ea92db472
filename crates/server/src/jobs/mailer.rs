//! Sends the queued mails. A mail is claimed before it is sent, so a crash sends it at worst once more, under the
//! same Message-ID. A server that is slow or gone costs its mails a delay and nobody else anything.

use std::time::{Duration, SystemTime};

use anyhow::Context;
use jiff::Timestamp;
use lettre::address::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;

use crate::app::App;
use crate::config::Config;
use crate::store;
use crate::store::mails::Mail;

/// Sent side by side.
const BATCH: i64 = 8;
/// A claim ends after this long; everything about one mail takes less.
const CLAIM: Duration = Duration::from_mins(5);
/// The longest a mail server may take for one step, and for a whole mail.
const STEP: Duration = Duration::from_secs(20);
const WHOLE: Duration = Duration::from_mins(1);
/// How often the queue is looked at when nothing calls.
const PAUSE: Duration = Duration::from_secs(15);
/// After so many attempts a mail is given up: about a week, so that a server that is dead over holidays loses nothing.
const ATTEMPTS: i64 = 37;
const FIRST_DELAY: Duration = Duration::from_mins(1);
const LONGEST_DELAY: Duration = Duration::from_hours(6);

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// What sending needs: made once, so that connections are used again.
#[derive(Clone)]
pub struct Post {
    transport: Option<Transport>,
    from: Mailbox,
}

impl Post {
    /// As configured; an error names the setting.
    pub fn of(config: &Config) -> anyhow::Result<Self> {
        let from = config.mail_from.parse().context("mail_from is no mail address")?;
        let transport = match &config.smtp_url {
            Some(url) => Some(to_server(url)?.timeout(Some(STEP)).build()),
            None => None,
        };
        Ok(Self { transport, from })
    }
}

/// The way to a mail server; nothing is connected yet. An error names the setting, never the password in it.
pub fn to_server(url: &str) -> anyhow::Result<AsyncSmtpTransportBuilder> {
    Transport::from_url(&with_encryption(url)).context("smtp_url is no address of a mail server")
}

/// `smtp://` says nothing about encryption. To another machine a password never goes in clear, and whatever can be
/// encrypted is; `?tls=` in the address says otherwise. A server on this machine is spoken to as it is.
fn with_encryption(url: &str) -> String {
    let Some(rest) = url.strip_prefix("smtp://") else { return url.to_owned() };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = place.split('/').next().unwrap_or_default();
    let (login, host) =
        authority.rsplit_once('@').map_or((None, authority), |(it, host)| (Some(it), host));
    let name = host
        .trim_end_matches(|letter: char| letter.is_ascii_digit())
        .strip_suffix(':')
        .unwrap_or(host);
    let local = matches!(name, "localhost" | "[::1]") || name.starts_with("127.");
    if local || query.split('&').any(|pair| pair.starts_with("tls=")) {
        return url.to_owned();
    }
    let tls = if login.is_some() { "required" } else { "opportunistic" };
    let joint = if query.is_empty() { "" } else { "&" };
    format!("smtp://{place}?{query}{joint}tls={tls}")
}

/// Sends what is due until the program ends (`shutdown` becomes true or its sender goes).
pub async fn run(app: App, mut shutdown: watch::Receiver<bool>) {
    let post = match Post::of(&app.config) {
        Ok(post) => post,
        Err(error) => {
            tracing::error!("mails are not sent: {error:#}");
            return;
        }
    };
    let now = app.clock.now();
    if let Err(error) = app.db.write(move |tx| store::mails::release(tx, now)).await {
        tracing::error!("claims on mails could not be released: {error:#}");
    }
    let mut notices = app.db.listen();
    loop {
        let delivery = deliver(&app, &post);
        tokio::select! {
            // What is under way is claimed: another run sends it once its claim has ended.
            _ = shutdown.wait_for(|over| *over) => return,
            _ = delivery => {}
        }
        tokio::select! {
            _ = shutdown.wait_for(|over| *over) => return,
            () = tokio::time::sleep(PAUSE) => {}
            () = called(&mut notices) => {}
        }
    }
}

/// Comes back when a mail was queued.
async fn called(notices: &mut broadcast::Receiver<db::Notice>) {
    loop {
        match notices.recv().await {
            Ok(notice) if notice.topic == "mail" => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Lagged(_)) => return,
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Sends everything that is due now; answers how many mails the server took.
pub async fn deliver_once(app: &App) -> usize {
    match Post::of(&app.config) {
        Ok(post) => deliver(app, &post).await,
        Err(error) => {
            tracing::error!("mails are not sent: {error:#}");
            0
        }
    }
}

async fn deliver(app: &App, post: &Post) -> usize {
    let Some(transport) = &post.transport else {
        if let Err(error) = keep(app).await {
            tracing::error!("mails could not be kept: {error:#}");
        }
        return 0;
    };
    let mut total = 0;
    loop {
        match batch(app, post, transport).await {
            Ok((claimed, sent)) => {
                total += sent;
                // A whole batch without one success: the server is gone. The others wait for the next round.
                if sent == 0 || claimed < BATCH {
                    return total;
                }
            }
            Err(error) => {
                tracing::error!("mails could not be sent: {error:#}");
                return total;
            }
        }
    }
}

/// There is no mail server: what waits is shown on the mailbox page.
async fn keep(app: &App) -> Result<(), db::Error> {
    let now = app.clock.now();
    if app.db.read(move |tx| store::mails::any_queued(tx, now)).await? {
        app.db.write(store::mails::keep).await?;
    }
    Ok(())
}

async fn batch(app: &App, post: &Post, transport: &Transport) -> Result<(i64, usize), db::Error> {
    let now = app.clock.now();
    if !app.db.read(move |tx| store::mails::any_queued(tx, now)).await? {
        return Ok((0, 0));
    }
    let claimed = app.db.write(move |tx| store::mails::claim(tx, now, CLAIM, BATCH)).await?;
    let count = i64::try_from(claimed.len()).unwrap_or(BATCH);
    let mut tasks = JoinSet::new();
    for mail in claimed {
        tasks.spawn(one(app.clone(), post.from.clone(), transport.clone(), mail));
    }
    let mut sent = 0;
    for result in tasks.join_all().await {
        sent += usize::from(result);
    }
    Ok((count, sent))
}

/// Sends one mail and writes down what came of it; whether the server took it.
async fn one(app: App, from: Mailbox, transport: Transport, mail: Mail) -> bool {
    let result = match compose(&from, &mail) {
        Ok(message) => hand_over(&transport, message).await,
        // No attempt will ever make a broken address a good one.
        Err(error) => Err(Failure { why: format!("{error:#}"), hopeless: true }),
    };
    let now = app.clock.now();
    let (id, attempts) = (mail.id, mail.attempts);
    let taken = result.is_ok();
    let label = if taken { "sent" } else { "failed" };
    metrics::counter!("staffel_mails_total", "result" => label).increment(1);
    let stored = match result {
        Ok(()) => app.db.write(move |tx| store::mails::sent(tx, id, now)).await,
        Err(failure) => {
            tracing::warn!(mail = id, attempts, "a mail was not sent: {}", failure.why);
            let next = if failure.hopeless { None } else { again(attempts, now) };
            let why: String =
                failure.why.chars().filter(|letter| *letter != '\0').take(1000).collect();
            app.db.write(move |tx| store::mails::failed(tx, id, &why, next)).await
        }
    };
    if let Err(error) = stored {
        tracing::error!(mail = id, "what came of a mail could not be stored: {error}");
    }
    taken
}

struct Failure {
    why: String,
    hopeless: bool,
}

async fn hand_over(transport: &Transport, message: Message) -> Result<(), Failure> {
    let failed = |why: String| Failure { why, hopeless: false };
    match tokio::time::timeout(WHOLE, transport.send(message)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(failed(format!("{:#}", anyhow::Error::from(error)))),
        Err(_) => Err(failed("the mail server took too long".to_owned())),
    }
}

/// When a mail that failed is tried again: after 1, 2, 4 … minutes, at most six hours; `None` to give up.
fn again(attempts: i64, now: Timestamp) -> Option<Timestamp> {
    if attempts >= ATTEMPTS {
        return None;
    }
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(16);
    let delay = FIRST_DELAY.saturating_mul(1 << doublings).min(LONGEST_DELAY);
    now.checked_add(delay).ok()
}

/// The mail as it travels.
fn compose(from: &Mailbox, mail: &Mail) -> anyhow::Result<Message> {
    let address: Address = mail.to_address.parse().context("the receiver's address")?;
    let name = Some(mail.to_name.clone()).filter(|name| !name.is_empty());
    // The same mail carries the same id, however often it is tried.
    let id = format!("<{}.{}@{}>", mail.id, mail.created_at.as_microsecond(), from.email.domain());
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    let mut message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(name, address))
        .subject(mail.subject.clone())
        .date(SystemTime::from(mail.created_at))
        .message_id(Some(id))
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()));
    if !mail.reply_to.is_empty() {
        message = message.reply_to(mail.reply_to.parse().context("the address for answers")?);
    }
    Ok(message
        .multipart(MultiPart::alternative_plain_html(mail.body.clone(), mail.html.clone()))?)
}

#[cfg(test)]
mod tests;
