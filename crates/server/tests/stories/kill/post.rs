//! A mail server that takes everything and remembers the ids.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// The mail server; it ends with the test.
pub struct PostOffice {
    port: u16,
    ids: Arc<Mutex<Vec<String>>>,
}

impl PostOffice {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let ids = Arc::<Mutex<Vec<String>>>::default();
        let taken = ids.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let taken = taken.clone();
                // A conversation that breaks off is one with the dead.
                std::thread::spawn(move || drop(converse(&stream, &taken)));
            }
        });
        Self { port, ids }
    }

    pub fn address(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The Message-ID of each letter, in the order of arrival.
    pub fn letters(&self) -> Vec<String> {
        self.ids.lock().unwrap().clone()
    }
}

fn converse(stream: &TcpStream, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let answer = |text: &str| {
        let mut stream = stream;
        stream.write_all(text.as_bytes())
    };
    answer("220 test\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        if line.to_uppercase().starts_with("DATA") {
            answer("354 go on\r\n")?;
            let mut id = None;
            loop {
                let Some(line) = lines.next().transpose()? else { return Ok(()) };
                if line == "." {
                    break;
                }
                id = id.or_else(|| line.strip_prefix("Message-ID: ").map(str::to_owned));
            }
            taken.lock().unwrap().push(id.unwrap());
            answer("250 taken\r\n")?;
        } else {
            answer("250 fine\r\n")?;
        }
    }
    Ok(())
}
