//! What must be gone when we are gone: child processes and temporary directories.
//!
//! Each is a handle that cleans up when dropped, so a failure or a panic leaves nothing behind.
//! A signal drops nothing; for that case everything is also on one list, which the signal handler
//! clears before it ends the process. Children run in process groups of their own: what they start
//! themselves goes with them.

use std::{
    env, fs, io,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{self, Child, Command, ExitStatus},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

/// How long a child may take to say goodbye before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(20);

/// The list of what is still there; every clone is the same list.
#[derive(Clone, Default)]
pub struct Leftovers(Arc<Mutex<List>>);

#[derive(Default)]
struct List {
    stopping: bool,
    last: u64,
    things: Vec<(u64, Thing)>,
}

enum Thing {
    Running { child: Child, farewell: Signal },
    Directory(PathBuf),
}

impl Leftovers {
    /// An empty list that is cleared on Ctrl-C, SIGTERM and SIGHUP.
    pub fn watch_signals() -> Result<Self> {
        let leftovers = Self::default();
        let watched = leftovers.clone();
        ctrlc::set_handler(move || {
            eprintln!("\nxtask: stopping, cleaning up");
            let mut list = watched.list();
            list.stopping = true;
            while let Some((_, thing)) = list.things.pop() {
                thing.remove();
            }
            process::exit(130);
        })?;
        Ok(leftovers)
    }

    /// Starts a child that gets `farewell` when its handle is dropped or we are told to stop.
    pub fn spawn(&self, command: &mut Command, farewell: Signal) -> Result<Running> {
        let mut list = self.list();
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let id = list.add(Thing::Running { child, farewell });
        Ok(Running { id, leftovers: self.clone() })
    }

    /// Runs a child to its end.
    pub fn run(&self, command: &mut Command) -> Result<ExitStatus> {
        let running = self.spawn(command.stdin(process::Stdio::null()), Signal::SIGTERM)?;
        loop {
            if let Some(status) = running.ended()? {
                return Ok(status);
            }
            thread::sleep(GLANCE);
        }
    }

    /// A fresh directory of our own.
    pub fn directory(&self, name: &str) -> Result<Directory> {
        let mut list = self.list();
        let path = (0..1000)
            .map(|n| env::temp_dir().join(format!("staffel-{name}-{}-{n}", process::id())))
            .find_map(|path| match fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => None,
                other => Some(other.map(|()| path)),
            })
            .context("no free name for a temporary directory")??;
        let id = list.add(Thing::Directory(path.clone()));
        Ok(Directory { id, path, leftovers: self.clone() })
    }

    fn remove(&self, id: u64) {
        let mut list = self.list();
        if let Some(at) = list.things.iter().position(|(other, _)| *other == id) {
            list.things.remove(at).1.remove();
        }
    }

    /// The list – unless we are stopping: then whoever asks waits here for the end.
    fn list(&self) -> MutexGuard<'_, List> {
        let list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if list.stopping {
            drop(list);
            loop {
                thread::park();
            }
        }
        list
    }
}

impl List {
    fn add(&mut self, thing: Thing) -> u64 {
        self.last += 1;
        self.things.push((self.last, thing));
        self.last
    }
}

impl Thing {
    fn remove(self) {
        match self {
            Self::Running { child, farewell } => stop(child, farewell),
            Self::Directory(path) => {
                if let Err(error) = fs::remove_dir_all(&path) {
                    eprintln!("xtask: {} stays behind: {error}", path.display());
                }
            }
        }
    }
}

fn stop(mut child: Child, farewell: Signal) {
    let group = group(&child);
    // An error here means that nobody is left to hear it.
    let _ = killpg(group, farewell);
    let deadline = Instant::now() + PATIENCE;
    while matches!(child.try_wait(), Ok(None)) && Instant::now() < deadline {
        thread::sleep(GLANCE);
    }
    let _ = killpg(group, Signal::SIGKILL);
    let _ = child.wait();
}

fn group(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}

/// A child process; dropping it ends it.
pub struct Running {
    id: u64,
    leftovers: Leftovers,
}

impl Running {
    /// How it ended, if it has.
    pub fn ended(&self) -> Result<Option<ExitStatus>> {
        let mut list = self.leftovers.list();
        let child = list.things.iter_mut().find_map(|(id, thing)| match thing {
            Thing::Running { child, .. } if *id == self.id => Some(child),
            _ => None,
        });
        Ok(child.context("the process is no longer ours")?.try_wait()?)
    }

    /// Its number.
    pub fn pid(&self) -> Result<u32> {
        let list = self.leftovers.list();
        let child = list.things.iter().find_map(|(id, thing)| match thing {
            Thing::Running { child, .. } if *id == self.id => Some(child.id()),
            _ => None,
        });
        child.context("the process is no longer ours")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.leftovers.remove(self.id);
    }
}

/// A temporary directory; dropping it removes it.
pub struct Directory {
    id: u64,
    path: PathBuf,
    leftovers: Leftovers,
}

impl Directory {
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.leftovers.remove(self.id);
    }
}

/// Who a program runs as, when it must not run as root.
#[derive(Clone, Copy)]
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

/// A command that the kernel ends with `farewell` even if we are killed without a chance to clean
/// up, and that runs as `user` if one is named. Both are the work of util-linux's `setpriv`; where
/// there is none (not Linux) and nobody is named, the command is plain.
pub fn guarded(program: &Path, farewell: Signal, user: Option<User>) -> Result<Command> {
    let Some(setpriv) = crate::install::in_path("setpriv") else {
        anyhow::ensure!(user.is_none(), "setpriv (util-linux) is needed when run as root");
        return Ok(Command::new(program));
    };
    let mut command = Command::new(setpriv);
    if let Some(User { uid, gid }) = user {
        command.args([format!("--reuid={uid}"), format!("--regid={gid}")]).arg("--clear-groups");
    }
    command.arg("--pdeathsig").arg(farewell.as_str().trim_start_matches("SIG"));
    command.arg("--").arg(program);
    Ok(command)
}
