//! The stylesheet, the script, the icons: embedded, with an address that changes when they do.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::problem::Problem;
use crate::secret;
use crate::web::parts::icon;

#[derive(RustEmbed)]
#[folder = "static"]
struct Static;

/// `GET /static/{name}`
pub async fn show(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let (content, kind, digest) = find(&name).ok_or(Problem::NotFound)?;
    let tag = format!("\"{digest}\"");
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let headers =
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=3600".to_owned()), (ETAG, tag)];
    Ok((headers, content).into_response())
}

/// Content, type and digest of a file.
fn find(name: &str) -> Option<(Vec<u8>, String, String)> {
    if name == icon::SHEET {
        let sheet = icon::sheet();
        return Some((sheet.into(), "image/svg+xml".to_owned(), secret::digest(sheet)));
    }
    let file = Static::get(name)?;
    let kind = file.metadata.mimetype().to_owned();
    Some((file.data.into_owned(), kind, hex(&file.metadata.sha256_hash())))
}

/// The address of a file, with its digest so that browsers fetch a new one at once.
pub fn address(name: &str) -> String {
    let digest =
        Static::get(name).map(|file| hex(&file.metadata.sha256_hash())).unwrap_or_default();
    format!("/static/{name}?v={}", digest.get(..8).unwrap_or_default())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
