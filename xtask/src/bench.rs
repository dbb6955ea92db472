//! `cargo xtask bench`: how fast it is with a million tickets, on both databases, beside two yardsticks.
//!
//! It fills a database of its own in bulk, starts the program as it is delivered, and lets `wrk` ask for pages and post
//! forms. The yardsticks come from the same run: a handler that answers a constant, and what the page reads without HTTP
//! and HTML. The last lines say which aims are met.

mod http;
mod plan;
mod report;
mod stage;
mod wrk;

use anyhow::{Result, ensure};

use crate::{
    install::{self, Need, cargo},
    leftovers::Leftovers,
    steps::Steps,
};
use plan::{Engine, Plan};
use report::Report;
use stage::Stage;

pub fn run(leftovers: &Leftovers, arguments: &[String]) -> Result<()> {
    let plan = Plan::read(arguments)?;
    let mut steps = Steps::new(leftovers);
    steps.prepare("programs", || {
        let mut needs = vec![Need::Wrk];
        needs.extend(plan.engines.contains(&Engine::Postgres).then_some(Need::Postgres));
        install::packages(leftovers, &needs)
    })?;
    steps.prepare("release build", || build(leftovers))?;
    let mut report = Report::default();
    for engine in plan.engines.iter().copied() {
        for tickets in plan.sizes.iter().copied() {
            let name = format!("{} with {} tickets", engine.name(), report::grouped(tickets));
            let stage = steps
                .prepare(&format!("{name}: load"), || Stage::load(leftovers, engine, tickets))?;
            steps.prepare(&format!("{name}: measure"), || {
                stage::measure(&stage, &plan, &mut report)
            })?;
        }
    }
    report.print();
    steps.finish()
}

fn build(leftovers: &Leftovers) -> Result<()> {
    let status = leftovers.run(cargo().args([
        "build",
        "--release",
        "-p",
        "staffel",
        "--bin",
        "staffel",
        "--example",
        "bench",
    ]))?;
    ensure!(status.success(), "{status}");
    Ok(())
}
