//! The program as a process of its own, to be killed.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::post::PostOffice;
use crate::world::World;

/// The running program.
pub struct Server(Child);

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Server {
    /// Starts it on the world's database and waits until it listens.
    pub fn start(world: &World, port: u16, office: &PostOffice) -> Self {
        let config = &world.app.config;
        let mut child = Command::new(env!("CARGO_BIN_EXE_staffel"))
            .args(["--listen", &format!("127.0.0.1:{port}"), "--no-demo"])
            .args(["--database-url", &config.database_url, "--smtp-url", &office.address()])
            .arg("--data-dir")
            .arg(&config.data_dir)
            .env_remove("STAFFEL_CONFIG")
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let patience = Instant::now() + Duration::from_mins(1);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
            assert!(Instant::now() < patience, "it does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
        Self(child)
    }

    /// Asks it politely and waits until it has ended; how it ended.
    pub fn end(mut self, patience: Duration) -> Option<std::process::ExitStatus> {
        let id = nix::unistd::Pid::from_raw(i32::try_from(self.0.id()).unwrap());
        nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGTERM).unwrap();
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if let Some(status) = self.0.try_wait().unwrap() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }

    /// SIGKILL: no destructor runs, nothing is said goodbye to.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A test that fails must not leave it running.
        let _ = self.0.kill();
    }
}
