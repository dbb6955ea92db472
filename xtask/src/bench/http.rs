//! One request at a time, by hand: is it up, is it the page we mean, what do its figures say.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

/// Asks for a page, with the cookie of a session if there is one.
pub fn get(port: u16, path: &str, cookie: Option<&str>) -> Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let cookie = cookie.map_or_else(String::new, |token| format!("Cookie: staffel={token}\r\n"));
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{cookie}Connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").context("half an answer")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok(Answer { status: status.context("an answer without a status")?, body: body.to_owned() })
}

/// The body of a page that must be there.
pub fn page(port: u16, path: &str, cookie: Option<&str>) -> Result<String> {
    let answer = get(port, path, cookie)?;
    ensure!(answer.status == 200, "{path} answers {}", answer.status);
    Ok(answer.body)
}
