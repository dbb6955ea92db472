//! A wire to PostgreSQL that breaks at the worst instant: a COMMIT after an attachment was written arrives, its answer
//! does not.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use url::Url;

pub struct Cut {
    url: String,
    swallowed: Arc<AtomicUsize>,
}

impl Cut {
    /// Listens in front of this database.
    pub fn before(database: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let mut url = Url::parse(database).unwrap();
        let to = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5432));
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let swallowed = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&swallowed);
        thread::spawn(move || {
            for near in listener.incoming() {
                let far = TcpStream::connect((to.0.as_str(), to.1)).unwrap();
                connect(near.unwrap(), far, &counter);
            }
        });
        Self { url: url.into(), swallowed }
    }

    /// The way to the database that leads through here.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// How many answers to a COMMIT were kept back.
    pub fn swallowed(&self) -> usize {
        self.swallowed.load(Ordering::SeqCst)
    }
}

/// Carries both ways until the answer that is kept back.
fn connect(near: TcpStream, far: TcpStream, swallowed: &Arc<AtomicUsize>) {
    let over = Arc::new(AtomicBool::new(false));
    let (mut from_near, mut to_far) = (near.try_clone().unwrap(), far.try_clone().unwrap());
    let committing = Arc::clone(&over);
    thread::spawn(move || {
        let mut writes = false;
        let mut buffer = vec![0; 65536];
        while let Ok(length @ 1..) = from_near.read(&mut buffer) {
            let said = buffer.get(..length).unwrap();
            writes |= contains(said, b"INSERT INTO attachment");
            committing.fetch_or(writes && contains(said, b"COMMIT\0"), Ordering::SeqCst);
            if to_far.write_all(said).is_err() {
                break;
            }
        }
        let _ = to_far.shutdown(Shutdown::Both);
    });
    let (mut from_far, mut to_near) = (far, near);
    let counter = Arc::clone(swallowed);
    thread::spawn(move || {
        let mut buffer = vec![0; 65536];
        while let Ok(length @ 1..) = from_far.read(&mut buffer) {
            if over.load(Ordering::SeqCst) {
                counter.fetch_add(1, Ordering::SeqCst);
                break;
            }
            if to_near.write_all(buffer.get(..length).unwrap()).is_err() {
                break;
            }
        }
        let _ = to_near.shutdown(Shutdown::Both);
        let _ = from_far.shutdown(Shutdown::Both);
    });
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
