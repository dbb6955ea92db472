//! A database of one size with the program running on it, and the measurements on this stage.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::Signal;

use super::{
    http,
    plan::{Engine, Plan, Work},
    report::{Measured, Report, Size, Syncs},
    wrk::{self, Figures, Order},
};
use crate::{
    install::target_directory,
    leftovers::{Directory, Leftovers, Running, guarded},
    postgres::{Durability, Postgres, free_port},
};

const START: Duration = Duration::from_mins(1);
/// PostgreSQL tells its figures once a second.
const TOLD: Duration = Duration::from_millis(1_500);
const AT_ONCE: [u64; 2] = [1, 16];
/// Before a page is measured it is asked for by so many for so long: what is read often is in memory by then.
const WARM_UP: (u64, u64) = (4, 1);

/// What runs. Fields drop in this order: first the program, then what it stands on.
pub struct Stage<'a> {
    engine: Engine,
    tickets: u64,
    loaded: Duration,
    port: u16,
    bare_port: u16,
    url: String,
    server: Running,
    _bare: Running,
    _postgres: Option<Postgres>,
    directory: Directory,
    leftovers: &'a Leftovers,
}

impl<'a> Stage<'a> {
    /// Makes a database, fills it, starts the program on it.
    pub fn load(leftovers: &'a Leftovers, engine: Engine, tickets: u64) -> Result<Self> {
        let directory = leftovers.directory("bench")?;
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Postgres::start(leftovers, Durability::Durable)?),
        };
        let url = postgres.as_ref().map_or_else(
            || format!("sqlite:{}", directory.path().join("staffel.db").display()),
            Postgres::url,
        );
        let begun = Instant::now();
        let facts = directory.path().join("facts");
        let facts = facts.to_str().context("the temporary directory's name is not UTF-8")?;
        tool(leftovers, directory.path(), &["load", &url, &tickets.to_string(), facts])?;
        let loaded = begun.elapsed();
        let (server, port) = serve(leftovers, directory.path(), &url)?;
        let (bare, bare_port) = serve_constant(leftovers, directory.path())?;
        Ok(Self {
            engine,
            tickets,
            loaded,
            port,
            bare_port,
            url,
            server,
            _bare: bare,
            _postgres: postgres,
            directory,
            leftovers,
        })
    }

    fn tool(&self, arguments: &[&str]) -> Result<String> {
        tool(self.leftovers, self.directory.path(), arguments)
    }

    fn count(&self) -> Result<Count> {
        let text = self.tool(&["count", &self.url])?;
        let numbers: Result<Vec<u64>, _> = text.split_whitespace().map(str::parse).collect();
        let [tickets, items, crossings, bytes, syncs] = numbers?[..] else {
            bail!("five counts are wanted: {text}")
        };
        Ok(Count { tickets, items, crossings, bytes, syncs })
    }

    /// Writes and commits so far, as the program counts them.
    fn commits(&self) -> Result<(u64, u64)> {
        let text = http::page(self.port, "/metrics", None)?;
        let of = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.trim().parse().ok()).unwrap_or(0)
        };
        Ok((of("db_writes_total "), of("db_commits_total ")))
    }

    fn order(&self, work: Option<Work>, at_once: u64, seconds: u64) -> Order<'_> {
        let port = if work.is_some() { self.port } else { self.bare_port };
        Order { directory: self.directory.path(), port, work, at_once, seconds }
    }

    fn ask(&self, work: Option<Work>, at_once: u64, seconds: u64) -> Result<Figures> {
        wrk::run(self.leftovers, &self.order(work, at_once, seconds))
    }

    /// The page's reads alone.
    fn reads(&self, work: Work, at_once: u64, seconds: u64) -> Result<Figures> {
        let facts = self.directory.path().join("facts");
        let facts = facts.to_string_lossy();
        let (at_once, seconds) = (at_once.to_string(), seconds.to_string());
        Figures::read(&self.tool(&["sql", &self.url, &facts, work.name(), &at_once, &seconds])?)
    }

    /// Resident memory in KiB: now, and the most there ever was.
    fn memory(&self) -> Result<(u64, u64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.pid()?))?;
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        };
        let found = of("VmRSS:").zip(of("VmHWM:"));
        found.context("the system does not tell the memory of the process")
    }
}

struct Count {
    tickets: u64,
    items: u64,
    crossings: u64,
    bytes: u64,
    syncs: u64,
}

/// Everything the plan wants of this stage. Reading comes first: what is written makes pages longer.
pub fn measure(stage: &Stage, plan: &Plan, report: &mut Report) -> Result<()> {
    prove_the_pages(stage)?;
    let bytes = stage.count()?.bytes;
    let mut bare = [Figures::default(); AT_ONCE.len()];
    for (figures, at_once) in bare.iter_mut().zip(AT_ONCE) {
        *figures = stage.ask(None, at_once, plan.seconds)?;
    }
    let mut pages = plan.works.clone();
    pages.sort_by_key(|work| work.writes());
    for work in pages {
        for (bare, at_once) in bare.iter().zip(AT_ONCE) {
            let measured = if work.writes() {
                written(stage, work, at_once, plan.seconds)?
            } else {
                read(stage, work, at_once, plan.seconds)?
            };
            let measured = Measured { bare: *bare, ..measured };
            println!("{}", measured.line());
            report.measured.push(measured);
        }
    }
    let (resident, most_resident) = stage.memory()?;
    report.sizes.push(Size {
        engine: stage.engine,
        tickets: stage.tickets,
        loaded: stage.loaded,
        resident,
        most_resident,
        bytes,
        syncs: disk(stage)?,
    });
    Ok(())
}

fn blank(stage: &Stage, work: Work, at_once: u64, served: Figures) -> Measured {
    Measured {
        engine: stage.engine,
        tickets: stage.tickets,
        work,
        at_once,
        served,
        reads: None,
        bare: Figures::default(),
        syncs: None,
    }
}

fn read(stage: &Stage, work: Work, at_once: u64, seconds: u64) -> Result<Measured> {
    stage.ask(Some(work), WARM_UP.0, WARM_UP.1)?;
    let served = stage.ask(Some(work), at_once, seconds)?;
    let reads = stage.reads(work, at_once, seconds)?;
    Ok(Measured { reads: Some(reads), ..blank(stage, work, at_once, served) })
}

/// Writes, and counts whether what was acknowledged is there: all of it, and no more than was still on its way when the
/// load generator hung up.
fn written(stage: &Stage, work: Work, at_once: u64, seconds: u64) -> Result<Measured> {
    let (before, commits) = (stage.count()?, stage.commits()?);
    let served = stage.ask(Some(work), at_once, seconds)?;
    thread::sleep(TOLD);
    let (after, commits_after) = (stage.count()?, stage.commits()?);
    let there = match work {
        Work::Create => after.tickets - before.tickets,
        Work::Cross => after.crossings - before.crossings,
        _ => after.items - before.items,
    };
    let acknowledged = served.requests;
    ensure!(
        (acknowledged..=acknowledged + at_once).contains(&there),
        "{}: {acknowledged} acknowledged, {there} there",
        work.title()
    );
    ensure!(
        work != Work::Cross || after.items - before.items == 2 * there,
        "a note that crossed is there twice"
    );
    // SQLite syncs its log once a COMMIT; PostgreSQL counts its syncs itself.
    let syncs = match stage.engine {
        Engine::Sqlite => commits_after.1 - commits.1,
        Engine::Postgres => after.syncs - before.syncs,
    };
    let writes = commits_after.0 - commits.0;
    Ok(Measured { syncs: Some(Syncs { writes, syncs }), ..blank(stage, work, at_once, served) })
}

/// The pages that are about to be measured are the pages one means.
fn prove_the_pages(stage: &Stage) -> Result<()> {
    let facts = fs::read_to_string(stage.directory.path().join("facts"))?;
    let fact = |kind: &str| {
        let line = facts.lines().find_map(|line| line.strip_prefix(kind));
        line.with_context(|| format!("no fact begins with {kind}"))
    };
    let (company, ticket) = fact("ticket ")?.split_once(' ').context("half a fact")?;
    let token = fact(&format!("session {company} "))?;
    let rows = |body: &str, mark: &str| body.matches(mark).count();
    let list = http::page(stage.port, "/tickets", Some(token))?;
    ensure!(rows(&list, "data-row-href") == 50, "the list has not fifty rows");
    let page = http::page(stage.port, &format!("/tickets/{ticket}"), Some(token))?;
    ensure!(rows(&page, "entry note") >= 10, "the ticket has not ten notes");
    let dashboard = http::page(stage.port, "/outsource", Some(token))?;
    ensure!(rows(&dashboard, "data-row-href") > 0, "the dashboard is empty");
    let found = http::page(stage.port, "/tickets?q=Drucker", Some(token))?;
    ensure!(rows(&found, "data-row-href") > 0, "nothing is found");
    Ok(())
}

fn disk(stage: &Stage) -> Result<Figures> {
    let file = stage.directory.path().join("syncs");
    Figures::read(&stage.tool(&["syncs", &file.to_string_lossy(), "1"])?)
}

fn program(path: &str) -> PathBuf {
    target_directory().join("release").join(path)
}

/// Runs the example `bench` to its end; what it says.
fn tool(leftovers: &Leftovers, directory: &Path, arguments: &[&str]) -> Result<String> {
    let output = directory.join("told");
    let mut command = Command::new(program("examples/bench"));
    command.args(arguments).stdout(fs::File::create(&output)?);
    let status = leftovers.run(&mut command)?;
    ensure!(status.success(), "bench {}: {status}", arguments.join(" "));
    Ok(fs::read_to_string(&output)?)
}

fn serve(leftovers: &Leftovers, directory: &Path, url: &str) -> Result<(Running, u16)> {
    let port = free_port()?;
    let log = directory.join("log");
    let output = fs::File::create(&log)?;
    let mut command = guarded(&program("staffel"), Signal::SIGTERM, None)?;
    command.args(["--no-demo", "--listen", &format!("127.0.0.1:{port}"), "--database-url", url]);
    command.arg("--data-dir").arg(directory).env("RUST_LOG", "warn").stdin(Stdio::null());
    command.stdout(output.try_clone()?).stderr(output);
    let server = leftovers.spawn(&mut command, Signal::SIGTERM)?;
    answers(&server, port, "/health")
        .with_context(|| fs::read_to_string(&log).unwrap_or_default())?;
    Ok((server, port))
}

fn serve_constant(leftovers: &Leftovers, directory: &Path) -> Result<(Running, u16)> {
    let port = free_port()?;
    let mut command = guarded(&program("examples/bench"), Signal::SIGTERM, None)?;
    command.args(["bare", &format!("127.0.0.1:{port}")]).stdin(Stdio::null());
    command.stdout(fs::File::create(directory.join("bare"))?);
    let server = leftovers.spawn(&mut command, Signal::SIGTERM)?;
    answers(&server, port, "/")?;
    Ok((server, port))
}

fn answers(server: &Running, port: u16, path: &str) -> Result<()> {
    let deadline = Instant::now() + START;
    while server.ended()?.is_none() && Instant::now() < deadline {
        if http::page(port, path, None).is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    bail!("the program does not start")
}
