//! One request of one person, over a connection of its own: what was answered, and whether anything was.

use std::io::{Read, Write};
use std::net::TcpStream;

/// A person's way to the program.
pub struct Wire {
    port: u16,
    cookie: String,
}

/// What became of a request.
pub enum Answer {
    Came(Page),
    /// It was asked and died: what was asked for may have been done, or not.
    Lost,
    /// Nobody listened: nothing was asked.
    Unreachable,
}

/// An answer that came whole.
pub struct Page {
    pub status: u16,
    pub location: String,
    pub body: String,
}

impl Wire {
    pub fn new(port: u16, cookie: &str) -> Self {
        Self { port, cookie: cookie.to_owned() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "text/plain", "")
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.send("POST", path, "application/x-www-form-urlencoded", &body)
    }

    /// A file whose title and content are the text.
    pub fn upload(&self, path: &str, text: &str) -> Answer {
        let part = |disposition: &str, content: &str| {
            format!("--edge\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
        };
        let parts = [
            part("name=\"publish\"", "all"),
            part("name=\"title\"", text),
            part("name=\"file\"; filename=\"messung.txt\"", text),
        ];
        let kind = "multipart/form-data; boundary=edge";
        self.send("POST", path, kind, &(parts.concat() + "--edge--\r\n"))
    }

    fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> Answer {
        let Ok(stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return Answer::Unreachable;
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nCookie: {}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            self.cookie,
            body.len()
        );
        converse(stream, &head).map_or(Answer::Lost, Answer::Came)
    }
}

/// The answer, if all of it came.
fn converse(mut stream: TcpStream, request: &str) -> Option<Page> {
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let field = |name: &str| {
        let named = head.lines().filter_map(|line| line.split_once(": "));
        let mut values = named.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        values.next().map(|(_, value)| value.to_owned())
    };
    let length: usize = field("content-length")?.parse().ok()?;
    (body.len() == length).then_some(())?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Page { status, location: field("location").unwrap_or_default(), body: body.to_owned() })
}
