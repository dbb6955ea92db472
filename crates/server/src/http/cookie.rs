//! The session cookie. Over TLS it is bound to the host and never sent in clear.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue};

use crate::config::Config;

fn name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-staffel" } else { "staffel" }
}

/// The session token a request brings.
pub fn token<'a>(config: &Config, headers: &'a HeaderMap) -> Option<&'a str> {
    named(headers, name(config))
}

/// The value of a cookie.
pub fn named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The header that starts a session.
pub fn set(config: &Config, token: &str) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    header(format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", name(config)))
}

/// The header that ends it.
pub fn clear(config: &Config) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    header(format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", name(config)))
}

fn header(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}
