//! The stage: the whole program on a port of its own, on either database, for browsers to visit.

use std::net::SocketAddr;

use staffel::app::App;
use staffel::clock::Clock;
use tokio::net::TcpListener;

use crate::house::{Engine, House};
use crate::pages::{Place, furnish};

/// The running program. Dropping it removes its files and its schema.
pub struct Stage {
    pub address: SocketAddr,
    house: House,
}

/// Where chromedriver listens; `None` (said loudly) where none was named. CI always names one.
pub fn webdriver() -> Option<String> {
    named("STAFFEL_TEST_WEBDRIVER", "a chromedriver")
}

/// The text of axe-core; `None` (said loudly) where its file was not named. CI always names it.
pub fn axe() -> Option<String> {
    let file = named("STAFFEL_TEST_AXE", "the script of axe-core")?;
    Some(std::fs::read_to_string(file).unwrap())
}

fn named(variable: &str, what: &str) -> Option<String> {
    let value = std::env::var(variable).ok();
    if value.is_none() {
        assert!(std::env::var_os("CI").is_none(), "CI must name {what}");
        eprintln!("SKIPPED in the browser: {variable} is not set");
    }
    value
}

impl Stage {
    /// Starts the program where these people live; `None` if this database is not there.
    pub async fn new(engine: Engine, place: Place) -> Option<Self> {
        Self::at(Clock::System, engine, place).await
    }

    /// The same by another clock.
    pub async fn at(clock: Clock, engine: Engine, place: Place) -> Option<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let open = move || {
            let house = House::open(engine, clock, Some(format!("http://{address}")))?;
            furnish(&house.app, place);
            Some(house)
        };
        let house = tokio::task::spawn_blocking(open).await.unwrap()?;
        let service = staffel::serve::router(house.app.clone(), None)
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Some(Self { address, house })
    }

    pub fn app(&self) -> &App {
        &self.house.app
    }
}
