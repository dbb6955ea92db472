//! Puts the doors together: routes, the layers around them, health and metrics.

use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::http::visit::Visit;
use crate::http::{csrf, speak};
use crate::problem::Problem;
use crate::web;

/// The whole program as one service.
pub fn router(app: App, metrics: Option<PrometheusHandle>) -> Router {
    let operations = Router::new()
        .route("/health", get(health))
        .route("/metrics", get(move || std::future::ready(figures(metrics.as_ref()))))
        .with_state(app.clone());
    let pages = web::routes(&app)
        .fallback(nowhere)
        .layer(from_fn(csrf::guard))
        .layer(from_fn_with_state(app.clone(), speak::speak))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), headers))
        .layer(from_fn(measure))
        // A page is made once and sent once: what the best level saves of it costs more time than making it.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(app);
    operations.merge(pages)
}

/// No such address. Asking who visits keeps the frame around the answer.
async fn nowhere(_visit: Result<Visit, Problem>) -> Problem {
    Problem::NotFound
}

/// `GET /health`: 200 while the database answers.
async fn health(State(app): State<App>) -> Response {
    match tokio::time::timeout(Duration::from_secs(5), app.db.ping()).await {
        Ok(Ok(())) => "ok\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// `GET /metrics`, in Prometheus' text form.
fn figures(metrics: Option<&PrometheusHandle>) -> String {
    metrics.map(PrometheusHandle::render).unwrap_or_default()
}

/// No inline script or style, no frames, no sniffing; pages are private. Whoever came over TLS once never comes without.
async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                          form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let mut response = next.run(request).await;
    let headers: &mut HeaderMap = response.headers_mut();
    let fixed = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if app.config.is_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Counts requests and their time, by route and status.
async fn measure(request: Request, next: Next) -> Response {
    let route =
        request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let started = tokio::time::Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("staffel_requests_total", "route" => route.clone(), "status" => status)
        .increment(1);
    metrics::histogram!("staffel_request_seconds", "route" => route)
        .record(started.elapsed().as_secs_f64());
    response
}
