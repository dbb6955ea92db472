//! `cargo xtask test`: everything that must hold before a change lands, and what CI runs.
//!
//! It brings its own Postgres and chromedriver, so that no test is skipped for want of one.

use anyhow::{Result, ensure};

use crate::{
    chrome::Chromedriver,
    install::{self, Need, cargo},
    leftovers::Leftovers,
    postgres::{Durability, Postgres},
    steps::Steps,
};

pub fn run(leftovers: &Leftovers, arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "cargo xtask test takes no arguments");
    let mut steps = Steps::new(leftovers);
    let (cargo_deny, axe) = steps.prepare("programs", || {
        install::packages(leftovers, &[Need::Postgres, Need::Chromium, Need::Chromedriver])?;
        Ok((install::cargo_deny(leftovers)?, install::axe_core(leftovers)?))
    })?;
    let postgres = steps.prepare("PostgreSQL (fsync off: it is thrown away)", || {
        Postgres::start(leftovers, Durability::Forgetful)
    })?;
    let chrome = steps.prepare("chromedriver", || Chromedriver::start(leftovers))?;

    steps.command("format", cargo().args(["fmt", "--all", "--check"]));
    let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    steps.command("lints", cargo().args(clippy));
    let check = ["--workspace", "--all-features", "check", "licenses", "bans", "sources"];
    steps.command("licences", std::process::Command::new(cargo_deny).args(check));
    steps.command(
        "tests",
        cargo()
            .args(["test", "--workspace", "--no-fail-fast"])
            .env("STAFFEL_TEST_POSTGRES", postgres.url())
            .env("STAFFEL_TEST_WEBDRIVER", chrome.url())
            .env("STAFFEL_TEST_AXE", axe),
    );

    print_longest_files();
    steps.finish()
}

/// Read once a month: is there a file that one no longer wants to open?
fn print_longest_files() {
    let mut lengths: Vec<_> = tidy::sources(&tidy::root(), &["rs"])
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path))
        .collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    println!("\nThe ten longest files");
    for (lines, path) in lengths.iter().take(10) {
        println!("{lines:>9}  {path}");
    }
}
