//! The stage: the whole program on a port of its own with the demo world, and browsers that visit it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use staffel::app::App;
use staffel::clock::Clock;
use staffel::config::{Config, Flags};
use tokio::net::TcpListener;

/// How long a condition may take to come true.
const PATIENCE: Duration = Duration::from_secs(20);

/// The running program. Dropping it removes its files.
pub struct Stage {
    pub address: SocketAddr,
    folder: PathBuf,
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Where chromedriver listens; `None` (said loudly) where none was named. CI always names one.
pub fn webdriver() -> Option<String> {
    let url = std::env::var("STAFFEL_TEST_WEBDRIVER").ok();
    if url.is_none() {
        assert!(std::env::var_os("CI").is_none(), "CI must name a chromedriver");
        eprintln!("SKIPPED in the browser: STAFFEL_TEST_WEBDRIVER is not set");
    }
    url
}

impl Stage {
    /// Starts the program on SQLite with the demo world.
    pub async fn new() -> Self {
        let folder =
            std::env::temp_dir().join(format!("staffel-browser-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let flags = Flags { data_dir: Some(folder.clone()), ..Flags::default() };
        let app = tokio::task::spawn_blocking(move || {
            let app = App::open(Config::assemble(flags).unwrap(), Clock::System).unwrap();
            staffel::demo::load(&app).unwrap();
            app
        });
        let app = app.await.unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let service =
            staffel::serve::router(app, None).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { address, folder }
    }

    /// A browser of its own, signed in as somebody of the demo world, in this language.
    pub async fn sign_in(&self, driver: &str, email: &str, language: &str) -> Visitor {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1440,1000",
        ];
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".into(), json!({ "args": arguments }));
        let mut connector = HttpConnector::new();
        connector.enforce_http(true);
        let client =
            ClientBuilder::new(connector).capabilities(capabilities).connect(driver).await.unwrap();
        let visitor = Visitor { client, base: format!("http://{}", self.address) };
        visitor.go("/sign-in").await;
        visitor.fill("email", email).await;
        visitor.fill("password", staffel::demo::PASSWORD).await;
        visitor.click("main button[type=submit]").await;
        visitor.sees("nav.nav").await;
        visitor.go("/preferences").await;
        visitor.choose("language", language).await;
        visitor.click("main form button[type=submit]").await;
        visitor.sees(&format!("html[lang={language}] .flash")).await;
        visitor
    }
}

/// Somebody at a browser.
pub struct Visitor {
    pub client: Client,
    base: String,
}

impl Visitor {
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// Waits until there is such an element.
    pub async fn sees(&self, css: &str) {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        if let Err(error) = found {
            panic!(
                "no {css} on {} ({error})\n{}",
                self.client.current_url().await.unwrap(),
                self.text().await
            );
        }
    }

    /// Waits until the page shows a text.
    pub async fn reads(&self, text: &str) {
        let path = format!("//main[contains(normalize-space(.), \"{text}\")]");
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        if let Err(error) = found {
            panic!(
                "«{text}» is missing on {} ({error})\n{}",
                self.client.current_url().await.unwrap(),
                self.text().await
            );
        }
    }

    async fn text(&self) -> String {
        self.client.find(Locator::Css("main")).await.unwrap().text().await.unwrap()
    }

    pub async fn fill(&self, name: &str, text: &str) {
        let css = format!("main [name='{name}']");
        self.sees(&css).await;
        let field = self.client.find(Locator::Css(&css)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn choose(&self, name: &str, value: &str) {
        let css = format!("main select[name='{name}']");
        self.client.find(Locator::Css(&css)).await.unwrap().select_by_value(value).await.unwrap();
    }

    pub async fn click(&self, css: &str) {
        self.sees(css).await;
        self.client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
    }

    /// Clicks what a person reads: a link or a button.
    pub async fn press(&self, words: &str) {
        let path = format!(
            "//main//*[self::a or self::button or self::summary][normalize-space(.)=\"{words}\"]"
        );
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while tokio::time::Instant::now() < deadline {
            for element in self.client.find_all(Locator::XPath(&path)).await.unwrap() {
                // A live update may take it away between looking and clicking: then look again.
                if element.is_displayed().await.unwrap_or(false) && element.click().await.is_ok() {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!(
            "nothing says «{words}» on {}\n{}",
            self.client.current_url().await.unwrap(),
            self.text().await
        );
    }
}
