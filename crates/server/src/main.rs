//! Starts Staffel: configuration, database, demo world, doors, background jobs; ends them in order.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use axum::serve::ListenerExt;
use clap::Parser;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use staffel::app::App;
use staffel::clock::Clock;
use staffel::config::{Config, Flags};
use staffel::{demo, jobs, serve, store};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

/// How long open requests may take once the program is to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// Seconds a request takes at most, from one bucket of the figures to the next.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("staffel: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let config = Config::assemble(Flags::parse())?;
    log(&config);
    // One TLS provider for everything that speaks TLS; a second call would only say that it is set.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let app = App::open(config, Clock::System)?;
    runtime.block_on(live(app))
}

fn log(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json { lines.json().init() } else { lines.init() }
}

async fn live(app: App) -> anyhow::Result<()> {
    let metrics = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("cannot set up the metrics")?;
    let listener = TcpListener::bind(app.config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", app.config.listen))?;
    let first = !app.db.read(store::companies::any).await?;
    if first && app.config.demo {
        let world = app.clone();
        tokio::task::spawn_blocking(move || demo::load(&world))
            .await?
            .context("cannot load the demo world")?;
    }
    let ending = app.ending.subscribe();
    tokio::spawn(keep_metrics_small(metrics.clone()));
    let clock = tokio::spawn(jobs::clock::run(app.clone(), ending.clone()));
    let mailer = tokio::spawn(jobs::mailer::run(app.clone(), ending.clone()));
    let sweep = tokio::spawn(jobs::sweep::run(app.clone(), ending.clone()));
    let people = match (first && !app.config.demo, app.db.read(demo::is_here).await?) {
        (true, _) => People::Nobody,
        (_, true) => People::OfTheDemo,
        _ => People::Others,
    };
    greet(&app, people);
    let service = serve::router(app.clone(), Some(metrics))
        .into_make_service_with_connect_info::<SocketAddr>();
    // An answer in several parts must not wait for the one before to be acknowledged.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!("cannot send without delay: {error}");
        }
    });
    let serving = axum::serve(listener, service).with_graceful_shutdown(signal(app.ending.clone()));
    tokio::select! {
        served = serving.into_future() => served?,
        () = out_of_patience(ending) => tracing::warn!("ended with requests still open"),
    }
    let _ = tokio::join!(clock, mailer, sweep);
    Ok(())
}

/// Whoever sends a file too slowly does not keep the program from ending.
async fn out_of_patience(mut ending: watch::Receiver<bool>) {
    let _ = ending.wait_for(|over| *over).await;
    tokio::time::sleep(PATIENCE).await;
}

/// Counts the times since the last look into their buckets; otherwise each is kept until somebody asks for the figures.
async fn keep_metrics_small(metrics: PrometheusHandle) {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        metrics.run_upkeep();
    }
}

/// Who lives here: an installation that began without the demo world never has its people.
#[derive(Clone, Copy, PartialEq, Eq)]
enum People {
    Nobody,
    OfTheDemo,
    Others,
}

/// Where to go and how to sign in.
fn greet(app: &App, people: People) {
    println!("\nStaffel is running: {}\n", app.config.public_url);
    if people == People::Nobody {
        println!("Nobody lives here yet. Set up the first company with this one-time token:");
        println!("  {}/setup?token={}\n", app.config.public_url, app.setup_token);
    } else if people == People::OfTheDemo {
        println!("Demo sign-ins (password of all: {}):", demo::PASSWORD);
        for person in demo::sign_ins() {
            println!("  {:<36} {}, {}: {}", person.email, person.name, person.company, person.role);
        }
        println!(
            "\nMails that the demo would send are kept under {}/operator/mailbox\n",
            app.config.public_url
        );
    }
}

/// Waits for Ctrl-C or a termination; then tells the jobs and lets open requests finish.
async fn signal(stop: watch::Sender<bool>) {
    let interrupt = tokio::signal::ctrl_c();
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(terminate) => terminate,
            Err(error) => {
                tracing::error!("cannot listen for the termination signal: {error}");
                return;
            }
        };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
    let _ = stop.send(true);
}
