//! Steps, one after the other: each with a headline and the time it took, all of them in a summary
//! at the end. A step that fails does not keep the next from running – one run shows everything –
//! but the whole has failed.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::leftovers::Leftovers;

/// What ran so far.
pub struct Steps<'a> {
    leftovers: &'a Leftovers,
    done: Vec<Done>,
}

struct Done {
    name: String,
    took: Duration,
    failed: bool,
}

impl<'a> Steps<'a> {
    pub fn new(leftovers: &'a Leftovers) -> Self {
        Self { leftovers, done: Vec::new() }
    }

    /// Does something that the following steps cannot do without.
    pub fn prepare<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.timed(name, work)
    }

    /// Runs a command; it fails with the command.
    pub fn command(&mut self, name: &str, command: &mut Command) {
        let leftovers = self.leftovers;
        let outcome = self.timed(name, || {
            let status = leftovers.run(command)?;
            ensure!(status.success(), "{status}");
            Ok(())
        });
        if let Err(problem) = outcome {
            eprintln!("{name} failed: {problem:#}");
        }
    }

    fn timed<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = work();
        let took = start.elapsed();
        println!("=== {name}: {}", seconds(took));
        self.done.push(Done { name: name.to_owned(), took, failed: outcome.is_err() });
        outcome
    }

    /// The times, and the verdict.
    pub fn finish(self) -> Result<()> {
        println!("\nTimes");
        for Done { name, took, failed } in &self.done {
            println!("{:>9}  {name}{}", seconds(*took), if *failed { "  FAILED" } else { "" });
        }
        println!("{:>9}  together", seconds(self.done.iter().map(|step| step.took).sum()));
        let failed: Vec<_> =
            self.done.iter().filter(|step| step.failed).map(|step| step.name.as_str()).collect();
        ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
        ensure!(!self.done.is_empty(), "nothing was run");
        Ok(())
    }
}

fn seconds(took: Duration) -> String {
    format!("{}.{} s", took.as_secs(), took.subsec_millis() / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_step_fails_the_whole_and_the_others_still_run() {
        let leftovers = Leftovers::default();
        let mut steps = Steps::new(&leftovers);
        steps.command("fails", &mut Command::new("false"));
        steps.command("works", &mut Command::new("true"));
        assert_eq!(steps.done.len(), 2);
        assert_eq!(steps.finish().err().map(|it| it.to_string()), Some("failed: fails".to_owned()));
    }

    #[test]
    fn a_run_without_a_step_has_not_succeeded() {
        assert!(Steps::new(&Leftovers::default()).finish().is_err());
    }
}
