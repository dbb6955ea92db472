//! Every address of the program. A test walks this list as every kind of visitor.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::{live, sign_in};
use crate::app::App;
use crate::http::assets;

/// All routes for people.
pub fn routes(app: &App) -> Router<App> {
    let _ = app;
    Router::new()
        .route("/", get(sign_in::home))
        .route("/sign-in", get(sign_in::show).post(sign_in::create))
        .route("/sign-out", post(sign_in::destroy))
        .route("/static/{name}", get(assets::show))
        .route("/live/tickets/{id}", get(live::ticket))
        .route("/live/company", get(live::company))
        .layer(DefaultBodyLimit::max(512 * 1024))
}
