//! The project's own tooling, behind one command: `cargo xtask`.
//!
//! Every subcommand is a line in [`COMMANDS`] and a module with a `run`. What they share:
//! `install` finds or fetches programs, `postgres` and `chrome` start servers of our own,
//! `leftovers` sees to it that nothing of it outlives us, `steps` runs and times.

mod bench;
mod chrome;
mod install;
mod leftovers;
mod pictures;
mod postgres;
mod steps;
mod test;

use std::{env, path::PathBuf, process::ExitCode};

use anyhow::{Result, bail};

use leftovers::Leftovers;

/// One thing `cargo xtask` can do.
struct Command {
    name: &'static str,
    says: &'static str,
    run: fn(&Leftovers, &[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "test",
        says: "everything that must hold: format, lints, licences, house rules, all tests",
        run: test::run,
    },
    Command {
        name: "pictures",
        says: "pictures of every page, in both languages, light and dark, wide and narrow",
        run: pictures::run,
    },
    Command {
        name: "bench",
        says: "how fast it is with a million tickets, beside two yardsticks",
        run: bench::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nxtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let wanted = arguments.first().map(String::as_str);
    let Some(command) = COMMANDS.iter().find(|command| Some(command.name) == wanted) else {
        bail!("{}", usage());
    };
    let leftovers = Leftovers::watch_signals()?;
    env::set_current_dir(root())?;
    (command.run)(&leftovers, &arguments[1..])
}

fn usage() -> String {
    let lines = COMMANDS.iter().map(|it| format!("  cargo xtask {:<8} {}", it.name, it.says));
    lines.fold("what shall it be?".to_owned(), |text, line| text + "\n" + &line)
}

/// The root of the project, wherever the command was typed.
fn root() -> PathBuf {
    tidy::root()
}
