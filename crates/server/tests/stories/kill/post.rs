//! A mail server that takes everything, not at once, and remembers what it took.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// So long it thinks about a letter that it has taken: whoever dies meanwhile does not know.
const THINKS: Duration = Duration::from_millis(40);

/// A letter that it took.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrived {
    pub message_id: String,
    pub to: String,
}

/// The mail server; it ends with the test.
pub struct PostOffice {
    port: u16,
    taken: Arc<Mutex<Vec<Arrived>>>,
}

impl PostOffice {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let all = Arc::<Mutex<Vec<Arrived>>>::default();
        let taken = all.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let taken = taken.clone();
                // A conversation that breaks off is one with the dead.
                std::thread::spawn(move || drop(converse(&stream, &taken)));
            }
        });
        Self { port, taken: all }
    }

    pub fn address(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Each letter, in the order of arrival.
    pub fn letters(&self) -> Vec<Arrived> {
        self.taken.lock().unwrap().clone()
    }
}

fn converse(stream: &TcpStream, taken: &Mutex<Vec<Arrived>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let answer = |text: &str| {
        let mut stream = stream;
        stream.write_all(text.as_bytes())
    };
    answer("220 test\r\n")?;
    let mut to = String::new();
    while let Some(line) = lines.next().transpose()? {
        if let Some(rest) = line.strip_prefix("RCPT TO:<") {
            to = rest.split('>').next().unwrap().to_owned();
        }
        if !line.to_uppercase().starts_with("DATA") {
            answer("250 fine\r\n")?;
            continue;
        }
        answer("354 go on\r\n")?;
        let Some(message_id) = message(&mut lines)? else { return Ok(()) };
        taken.lock().unwrap().push(Arrived { message_id, to: to.clone() });
        std::thread::sleep(THINKS);
        answer("250 taken\r\n")?;
    }
    Ok(())
}

/// The id of a whole message; `None` if it breaks off.
fn message(
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
) -> std::io::Result<Option<String>> {
    let mut id = None;
    while let Some(line) = lines.next().transpose()? {
        if line == "." {
            return Ok(id);
        }
        id = id.or_else(|| line.strip_prefix("Message-ID: ").map(str::to_owned));
    }
    Ok(None)
}
