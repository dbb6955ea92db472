//! `cargo xtask pictures`: takes a picture of every page as people see it, for people to look at.
//! A test can say that nothing sticks out; whether a page is clear, only eyes can.

use std::fs;

use anyhow::{Result, ensure};

use crate::{
    chrome::Chromedriver,
    install::{self, Need, cargo},
    leftovers::Leftovers,
};

pub fn run(leftovers: &Leftovers, arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "cargo xtask pictures takes no arguments");
    install::packages(leftovers, &[Need::Chromium, Need::Chromedriver])?;
    let chrome = Chromedriver::start(leftovers)?;
    let folder = install::target_directory().join("pictures");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut test = cargo();
    test.args(["test", "--package", "staffel", "--test", "browser", "pictures", "--", "--ignored"]);
    test.env("STAFFEL_TEST_WEBDRIVER", chrome.url()).env("STAFFEL_PICTURES", &folder);
    let status = leftovers.run(&mut test)?;
    ensure!(status.success(), "not all pictures were taken: {status}");
    println!("the pictures are in {}", folder.display());
    Ok(())
}
