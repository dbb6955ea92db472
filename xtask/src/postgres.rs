//! A Postgres server of our own: a fresh cluster in a temporary directory, on a port of its own,
//! listening on 127.0.0.1 only. It is gone when the handle is dropped.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use nix::{
    sys::signal::Signal,
    unistd::{self, Uid},
};

use crate::{
    install,
    leftovers::{Directory, Leftovers, Running, User, guarded},
};

const START: Duration = Duration::from_mins(1);
const ATTEMPTS: usize = 5;
/// What the handbook advises an operator to set for a million tickets.
const ADVISED: [&str; 5] = [
    "shared_buffers=2GB",
    "effective_cache_size=6GB",
    "random_page_cost=1.1",
    "commit_delay=1000",
    "commit_siblings=2",
];

/// Whether the server waits for the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in production: `fsync` and `full_page_writes` on, and set up as the handbook advises (`docs/handbook/en/operating.md`).
    Durable,
    /// For tests: what is lost when the machine crashes is thrown away anyway.
    Forgetful,
}

/// A running server. Fields drop in this order: first the server, then its files.
pub struct Postgres {
    port: u16,
    _server: Running,
    _directory: Directory,
}

impl Postgres {
    pub fn start(leftovers: &Leftovers, durability: Durability) -> Result<Self> {
        let programs = install::postgres_programs().context("no PostgreSQL server found")?;
        let user = unprivileged()?;
        let directory = leftovers.directory("postgres")?;
        if let Some(User { uid, gid }) = user {
            chown(directory.path(), Some(uid), Some(gid))?;
        }
        initdb(leftovers, &programs, directory.path(), user)?;
        // Between asking for a free port and using it another process may take it.
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let server = serve(leftovers, &programs, directory.path(), user, port, durability)?;
            if ready(&server, directory.path())? {
                return Ok(Self { port, _server: server, _directory: directory });
            }
        }
        bail!("PostgreSQL does not start:\n{}", log(directory.path()))
    }

    /// The address of its database `postgres`.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

fn initdb(leftovers: &Leftovers, programs: &Path, home: &Path, user: Option<User>) -> Result<()> {
    let mut command = guarded(&programs.join("initdb"), Signal::SIGTERM, user)?;
    command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
    command.args(["--no-sync", "--no-instructions"]).arg("-D").arg(data(home));
    let log_file = fs::File::create(home.join("log"))?;
    command.current_dir(home).stdout(log_file.try_clone()?).stderr(log_file);
    let status = leftovers.run(&mut command)?;
    ensure!(status.success(), "initdb failed:\n{}", log(home));
    Ok(())
}

fn serve(
    leftovers: &Leftovers,
    programs: &Path,
    home: &Path,
    user: Option<User>,
    port: u16,
    durability: Durability,
) -> Result<Running> {
    let on = if durability == Durability::Durable { "on" } else { "off" };
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        "unix_socket_directories=".to_owned(),
        "max_connections=300".to_owned(),
        format!("fsync={on}"),
        format!("synchronous_commit={on}"),
        format!("full_page_writes={on}"),
    ];
    if durability == Durability::Durable {
        settings.extend(ADVISED.map(str::to_owned));
    }
    // SIGQUIT is PostgreSQL's immediate shutdown: there is nothing to save.
    let mut command = guarded(&programs.join("postgres"), Signal::SIGQUIT, user)?;
    command.arg("-D").arg(data(home));
    for setting in settings {
        command.arg("-c").arg(setting);
    }
    let log_file = fs::File::options().append(true).open(home.join("log"))?;
    command.current_dir(home).stdin(Stdio::null());
    command.stdout(log_file.try_clone()?).stderr(log_file);
    leftovers.spawn(&mut command, Signal::SIGQUIT)
}

/// Waits until the server says in its pid file that it is ready. (Asking the port instead might
/// reach somebody else's server.) False: it gave up.
fn ready(server: &Running, home: &Path) -> Result<bool> {
    let deadline = Instant::now() + START;
    while Instant::now() < deadline {
        if server.ended()?.is_some() {
            return Ok(false);
        }
        let state = fs::read_to_string(data(home).join("postmaster.pid")).unwrap_or_default();
        if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(20));
    }
    bail!("PostgreSQL was not ready after {START:?}:\n{}", log(home))
}

fn data(home: &Path) -> PathBuf {
    home.join("data")
}

fn log(home: &Path) -> String {
    fs::read_to_string(home.join("log")).unwrap_or_default()
}

/// A port that nobody uses now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Postgres refuses to run as root; then it runs as `postgres`, or `nobody`.
fn unprivileged() -> Result<Option<User>> {
    if !Uid::effective().is_root() {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        if let Some(user) = unistd::User::from_name(name)? {
            return Ok(Some(User { uid: user.uid.as_raw(), gid: user.gid.as_raw() }));
        }
    }
    bail!("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}
