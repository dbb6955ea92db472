//! The yardsticks: a page's reads without HTTP and HTML, a handler that answers a constant, a disk that only syncs.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::routing::get;
use db::{Db, Tx};
use domain::ids::TicketId;
use domain::outsourcing::Status;
use domain::partnership::Languages;
use domain::permission::Actor;
use jiff::Timestamp;
use staffel::app::Acting;
use staffel::problem::Problem;
use staffel::store::rounds::{self, List, NETWORKS, OUTSOURCED, RECEIVED, Wanted};
use staffel::store::tickets::Filter;
use staffel::store::views::Door;
use staffel::{secret, store, web};
use tokio::net::TcpListener;

use crate::words::Chance;

/// How long a session may be idle here; longer than any run.
const IDLE: Duration = Duration::from_hours(12);

/// How far the numbers of complete work go back.
const MONTH: Duration = Duration::from_hours(30 * 24);

/// A page whose reads are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Page {
    /// The list of open tickets.
    List,
    /// The page of one ticket.
    Ticket,
    /// The list narrowed by a word.
    Search,
    /// The dashboard.
    Dashboard,
}

/// What can be asked for, as it was loaded.
pub struct Facts {
    /// Digest of each session, by company.
    sessions: Vec<(i64, String)>,
    /// Company and ticket.
    tickets: Vec<(i64, i64)>,
    words: Vec<String>,
}

impl Facts {
    /// As written when the database was filled.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).context("cannot read the facts")?;
        let mut facts = Self { sessions: Vec::new(), tickets: Vec::new(), words: Vec::new() };
        for line in text.lines() {
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["session", company, token] => {
                    facts.sessions.push((company.parse()?, secret::digest(token)));
                }
                ["ticket", company, id] => facts.tickets.push((company.parse()?, id.parse()?)),
                ["word", word] => facts.words.push(word.to_owned()),
                _ => {}
            }
        }
        Ok(facts)
    }
}

/// One reading of a page: whose session, which ticket or word.
struct Reading {
    page: Page,
    digest: String,
    ticket: TicketId,
    word: String,
}

impl Reading {
    fn any(page: Page, facts: &Facts, chance: &mut Chance) -> Self {
        let (company, ticket) = *chance.pick(&facts.tickets);
        let session = match page {
            Page::Ticket => facts.sessions.iter().find(|(of, _)| *of == company),
            _ => None,
        };
        let (_, digest) = session.unwrap_or_else(|| chance.pick(&facts.sessions));
        let word =
            if page == Page::Search { chance.pick(&facts.words).clone() } else { String::new() };
        Self { page, digest: digest.clone(), ticket: TicketId(ticket), word }
    }

    /// Exactly what the page reads.
    fn read(&self, tx: &mut Tx, now: Timestamp) -> Result<usize, Problem> {
        let visitor =
            store::sessions::visitor(tx, &self.digest, now, IDLE)?.ok_or(Problem::SignIn)?;
        let actor = visitor.actor;
        match self.page {
            Page::List | Page::Search => self.list(tx, &actor),
            Page::Ticket => Ok(web::ticket::read(tx, &actor, self.ticket, None)?.items.len()),
            Page::Dashboard => dashboard(tx, &actor, now),
        }
    }

    fn list(&self, tx: &mut Tx, actor: &Actor) -> Result<usize, Problem> {
        let filter = Filter { text: self.word.clone(), ..Filter::default() };
        let lines = store::tickets::page(tx, actor.company, &filter)?;
        let queues = store::queues::all(tx, actor.company)?;
        let people = store::people::pick_list(tx, actor.company)?;
        Ok(lines.len() + queues.len() + people.len())
    }
}

/// The list it opens on with its money, the numbers of all lists, what the filters offer, the person's views.
fn dashboard(tx: &mut Tx, actor: &Actor, now: Timestamp) -> Result<usize, Problem> {
    let (company, person) = (actor.company, actor.person);
    let lists: Vec<List> = OUTSOURCED.iter().chain([&NETWORKS]).chain(&RECEIVED).copied().collect();
    let wanted: Vec<Wanted> = lists
        .iter()
        .map(|&list| Wanted {
            list,
            since: (list.statuses == [Status::Complete]).then(|| now - MONTH),
        })
        .collect();
    let (first, filter) = (&lists[0], rounds::filter::Filter::default());
    let acting = Acting {
        actor: actor.clone(),
        now,
        ip: String::new(),
        base_url: Arc::from("bench"),
        languages: Languages::Any,
    };
    store::views::all(tx, &acting, Door::Outsource)?;
    let lines = rounds::list::page(tx, company, person, first, &filter)?;
    rounds::money::of(tx, company, first.kind, &lines)?;
    rounds::counts(tx, company, person, &wanted)?;
    rounds::filter::others(tx, company, first.kind)?;
    store::queues::all(tx, company)?;
    store::people::pick_list(tx, company)?;
    store::views::all(tx, &acting, Door::Outsource)?;
    store::views::columns(tx, person, first.kind)?;
    Ok(lines.len())
}

/// Reads a page again and again, so many at once, for so long. How long each took, in microseconds.
pub async fn pages(
    db: Db,
    facts: Facts,
    page: Page,
    at_once: usize,
    time: Duration,
    now: Timestamp,
) -> anyhow::Result<Vec<u128>> {
    let facts = Arc::new(facts);
    let begun = Instant::now();
    let mut tasks = Vec::new();
    for number in 0..at_once {
        let (db, facts) = (db.clone(), Arc::clone(&facts));
        let mut chance = Chance::of(number as u64);
        tasks.push(tokio::spawn(async move {
            let mut took = Vec::new();
            while begun.elapsed() < time {
                let reading = Reading::any(page, &facts, &mut chance);
                let started = Instant::now();
                db.read(move |tx| reading.read(tx, now)).await?;
                took.push(started.elapsed().as_micros());
            }
            Ok::<_, Problem>(took)
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await?.map_err(|problem| anyhow::anyhow!("{problem:?}"))?);
    }
    all.sort_unstable();
    Ok(all)
}

/// A server whose only page is a constant.
pub async fn bare(listen: SocketAddr) -> anyhow::Result<()> {
    let router = Router::new().route("/", get(|| async { "Staffel" }));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(TcpListener::bind(listen).await?, service).await?)
}

/// Writes a page and waits for the disk, again and again. How long each took, in microseconds.
pub fn syncs(file: &Path, time: Duration) -> anyhow::Result<Vec<u128>> {
    use std::io::Write;
    let mut open = std::fs::File::create(file)?;
    let (page, begun) = ([0_u8; 4096], Instant::now());
    let mut took = Vec::new();
    while begun.elapsed() < time {
        let started = Instant::now();
        open.write_all(&page)?;
        open.sync_data()?;
        took.push(started.elapsed().as_micros());
    }
    std::fs::remove_file(file)?;
    took.sort_unstable();
    Ok(took)
}
