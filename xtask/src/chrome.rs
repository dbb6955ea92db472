//! A chromedriver of our own for the browser tests, on a port it picks itself. The browsers it
//! starts live in its process group and keep their profiles in our directory: they go with it.

use std::{
    fs,
    path::Path,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;

use crate::{
    install,
    leftovers::{Directory, Leftovers, Running, guarded},
};

const START: Duration = Duration::from_secs(30);
const STARTED: &str = "was started successfully on port ";

/// A running chromedriver. Fields drop in this order: first the process, then its files.
pub struct Chromedriver {
    port: u16,
    _driver: Running,
    _directory: Directory,
}

impl Chromedriver {
    pub fn start(leftovers: &Leftovers) -> Result<Self> {
        let program = install::in_path("chromedriver").context("no chromedriver found")?;
        let directory = leftovers.directory("chrome")?;
        let log = directory.path().join("log");
        let output = fs::File::create(&log)?;
        let mut command = guarded(&program, Signal::SIGTERM, None)?;
        command.arg("--port=0").env("TMPDIR", directory.path()).stdin(Stdio::null());
        command.stdout(output.try_clone()?).stderr(output);
        let driver = leftovers.spawn(&mut command, Signal::SIGTERM)?;
        let port = port(&driver, &log)?;
        Ok(Self { port, _driver: driver, _directory: directory })
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// Waits for the line that names the port.
fn port(driver: &Running, log: &Path) -> Result<u16> {
    let deadline = Instant::now() + START;
    while driver.ended()?.is_none() && Instant::now() < deadline {
        if let Some(port) = named_port(&fs::read_to_string(log)?) {
            return Ok(port);
        }
        thread::sleep(Duration::from_millis(20));
    }
    bail!("chromedriver does not start:\n{}", fs::read_to_string(log)?)
}

fn named_port(log: &str) -> Option<u16> {
    let (_, rest) = log.split_once(STARTED)?;
    rest.split_once('.')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::named_port;

    #[test]
    fn the_port_is_read_once_its_line_is_whole() {
        let line = "Starting ChromeDriver 1.2 on port 0\nChromeDriver was started successfully on port 44081.";
        assert_eq!(named_port(line), Some(44081));
        assert_eq!(named_port(&line[..line.len() - 3]), None);
    }
}
