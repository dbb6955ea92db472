//! The load generator: `wrk` with one thread and a script of ours, and what it says at the end.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use super::plan::Work;
use crate::leftovers::Leftovers;

const SCRIPT: &str = include_str!("load.lua");

/// What came of a measurement. Times are microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub requests: u64,
    pub took: u64,
    pub p50: u64,
    pub p99: u64,
}

impl Figures {
    /// Requests per second.
    pub fn rate(&self) -> u64 {
        self.requests.saturating_mul(1_000_000) / self.took.max(1)
    }

    /// From a line of four numbers.
    pub fn read(line: &str) -> Result<Self> {
        let numbers: Result<Vec<u64>, _> = line.split_whitespace().map(str::parse).collect();
        let [requests, took, p50, p99] = numbers?[..] else {
            anyhow::bail!("not four figures: {line}")
        };
        Ok(Self { requests, took, p50, p99 })
    }
}

/// A page has more bytes, with its head; the way to the sign-in has less.
const PAGE: u64 = 4_000;

/// What is asked for.
pub struct Order<'a> {
    /// Where the facts are, and room for more.
    pub directory: &'a Path,
    pub port: u16,
    /// None: the constant.
    pub work: Option<Work>,
    pub at_once: u64,
    pub seconds: u64,
}

/// Asks for this, so many at once, for so long. Any answer but the wanted one is a failure of the whole.
pub fn run(leftovers: &Leftovers, order: &Order) -> Result<Figures> {
    let Order { directory, port, work, at_once, seconds } = *order;
    let (script, output) = (directory.join("load.lua"), directory.join("wrk"));
    fs::write(&script, SCRIPT)?;
    let mut command = Command::new("wrk");
    command.args(["--threads", "1", "--timeout", "10s"]);
    command.arg("--connections").arg(at_once.to_string());
    command.arg("--duration").arg(format!("{seconds}s"));
    command.arg("--script").arg(&script).arg(format!("http://127.0.0.1:{port}"));
    command.arg("--").arg(work.map_or("bare", Work::name)).arg(directory.join("facts"));
    command.stdout(fs::File::create(&output)?);
    let status = leftovers.run(&mut command)?;
    let text = fs::read_to_string(&output)?;
    ensure!(status.success(), "wrk: {status}\n{text}");
    let line = text.lines().find_map(|line| line.strip_prefix("figures "));
    let line = line.with_context(|| format!("wrk gives no figures:\n{text}"))?;
    let numbers: Vec<&str> = line.split(' ').collect();
    let [.., bytes, refused, broken] = numbers[..] else {
        anyhow::bail!("too few figures: {line}")
    };
    ensure!(
        refused == "0" && broken == "0",
        "{refused} refused, {broken} without an answer\n{text}"
    );
    let figures = Figures::read(&numbers[..4].join(" "))?;
    ensure!(figures.requests > 0, "nothing was answered\n{text}");
    let each = bytes.parse::<u64>()? / figures.requests;
    // What is written is counted in the database instead.
    let is_page = work.is_some_and(|work| !work.writes());
    ensure!(!is_page || each >= PAGE, "answers of {each} bytes are not the page\n{text}");
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_from_four_numbers() -> Result<()> {
        let figures = Figures::read("5000 2000000 310 900")?;
        assert_eq!(figures.rate(), 2_500);
        assert!(Figures::read("1 2 3").is_err());
        Ok(())
    }
}
