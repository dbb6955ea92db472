//! Somebody at a browser: goes, reads, fills in, clicks.

use std::path::Path;
use std::time::Duration;

use axum::http::Method;
use fantoccini::elements::Element;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::stage::Stage;

/// How long a condition may take to come true.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(50);

const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1440,1000",
];

/// Whether the browser runs scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Runs,
    Off,
}

/// A browser of its own.
pub struct Visitor {
    pub client: Client,
    base: String,
}

impl Visitor {
    /// Opens a browser that prefers this language, for the program on this stage.
    pub async fn new(driver: &str, stage: &Stage, language: &str, script: Script) -> Self {
        let mut preferences = json!({ "intl.accept_languages": language });
        if script == Script::Off {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let options = json!({ "args": ARGUMENTS, "prefs": preferences });
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".into(), options);
        capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
        let mut connector = HttpConnector::new();
        connector.enforce_http(true);
        let client =
            ClientBuilder::new(connector).capabilities(capabilities).connect(driver).await.unwrap();
        Self { client, base: format!("http://{}", stage.address) }
    }

    pub async fn close(self) {
        self.client.close().await.unwrap();
    }

    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// Waits until there is such an element.
    pub async fn sees(&self, css: &str) {
        let found =
            self.client.wait().at_most(PATIENCE).every(GLANCE).for_element(Locator::Css(css)).await;
        if let Err(error) = found {
            self.fail(&format!("no {css} ({error})")).await;
        }
    }

    /// Waits until the page shows a text.
    pub async fn reads(&self, text: &str) {
        let path = format!("//main[contains(normalize-space(.), \"{text}\")]");
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .every(GLANCE)
            .for_element(Locator::XPath(&path))
            .await;
        if let Err(error) = found {
            self.fail(&format!("«{text}» is missing ({error})")).await;
        }
    }

    pub async fn fill(&self, name: &str, text: &str) {
        let css = format!("main [name='{name}']");
        self.sees(&css).await;
        let field = self.client.find(Locator::Css(&css)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Names a file to be sent along.
    pub async fn attach(&self, name: &str, file: &Path) {
        let css = format!("main [name='{name}']");
        self.sees(&css).await;
        let field = self.client.find(Locator::Css(&css)).await.unwrap();
        field.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    pub async fn click(&self, css: &str) {
        self.sees(css).await;
        self.client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
    }

    /// Clicks what a person reads: a link, a button, a menu.
    pub async fn press(&self, words: &str) {
        self.press_at("", words).await;
    }

    /// The same in a row or an entry that contains a text.
    pub async fn press_in(&self, row: &str, words: &str) {
        self.press_at(&row_of(row), words).await;
    }

    /// Follows an entry of the main navigation.
    pub async fn turns_to(&self, words: &str) {
        let path = format!("//nav//a[span[normalize-space(.)=\"{words}\"]]");
        let wait = self.client.wait().at_most(PATIENCE).every(GLANCE);
        match wait.for_element(Locator::XPath(&path)).await {
            Ok(entry) => entry.click().await.unwrap(),
            Err(error) => self.fail(&format!("the menu has no «{words}» ({error})")).await,
        }
    }

    async fn press_at(&self, place: &str, words: &str) {
        let path = format!(
            "{place}//*[self::a or self::button or self::summary]\
             [normalize-space(.)=\"{words}\" or @aria-label=\"{words}\"]"
        );
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while tokio::time::Instant::now() < deadline {
            for element in self.client.find_all(Locator::XPath(&path)).await.unwrap() {
                // A live update may take it away between looking and clicking: then look again.
                if element.is_displayed().await.unwrap_or(false) && element.click().await.is_ok() {
                    return;
                }
            }
            tokio::time::sleep(GLANCE).await;
        }
        self.fail(&format!("nothing says «{words}»")).await;
    }

    /// The field that is labelled so.
    async fn field(&self, label: &str) -> Element {
        let path = format!(
            "//main//*[@aria-label=\"{label}\" or \
             @id=//main//label[normalize-space(text()[1])=\"{label}\"]/@for]"
        );
        let wait = self.client.wait().at_most(PATIENCE).every(GLANCE);
        match wait.for_element(Locator::XPath(&path)).await {
            Ok(field) => field,
            Err(error) => self.fail(&format!("no field «{label}» ({error})")).await,
        }
    }

    /// Types into a field, in the place of what stands there.
    pub async fn types(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses from a list.
    pub async fn chooses(&self, label: &str, choice: &str) {
        self.field(label).await.select_by_label(choice).await.unwrap();
    }

    /// Ticks a box, or takes the tick away.
    pub async fn ticks(&self, label: &str) {
        self.field(label).await.click().await.unwrap();
    }

    /// What is typed or chosen in a field.
    pub async fn value(&self, label: &str) -> String {
        self.field(label).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Whether a field can be changed.
    pub async fn may_change(&self, label: &str) -> bool {
        self.field(label).await.is_enabled().await.unwrap()
    }

    /// Decides for one of a few choices that are all in sight.
    pub async fn decides(&self, choice: &str) {
        let path = format!("//main//label[.//span[normalize-space(text())=\"{choice}\"]]");
        self.client.find(Locator::XPath(&path)).await.unwrap().click().await.unwrap();
    }

    /// The page says nothing of this, not even where one would have to open something.
    pub async fn hides(&self, text: &str) {
        let path = format!("//main[contains(normalize-space(.), \"{text}\")]");
        if !self.client.find_all(Locator::XPath(&path)).await.unwrap().is_empty() {
            self.fail(&format!("«{text}» is there")).await;
        }
    }

    /// What the panel with this heading says.
    pub async fn panel(&self, heading: &str) -> String {
        let path = format!("//main//section[header/h2[normalize-space(.)=\"{heading}\"]]");
        self.client.find(Locator::XPath(&path)).await.unwrap().text().await.unwrap()
    }

    /// The texts of all such elements, in their order.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.client.find_all(Locator::Css(css)).await.unwrap() {
            texts.push(element.text().await.unwrap());
        }
        texts
    }

    /// The text of an element.
    pub async fn text(&self, css: &str) -> String {
        self.sees(css).await;
        self.client.find(Locator::Css(css)).await.unwrap().text().await.unwrap()
    }

    async fn fail(&self, what: &str) -> ! {
        let address = self.client.current_url().await.unwrap();
        let body = self.client.find(Locator::Css("body")).await.unwrap();
        panic!("{what} on {address}\n{}", body.text().await.unwrap());
    }

    /// A command of the browser's own protocol.
    pub async fn command(&self, name: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": name, "params": parameters });
        let command = Extension { path: "goog/cdp/execute", body };
        self.client.issue_cmd(command).await.unwrap()
    }

    /// What the console has said since one last asked: errors of scripts, and what the content security policy stopped.
    pub async fn complaints(&self) -> Vec<String> {
        let command = Extension { path: "se/log", body: json!({ "type": "browser" }) };
        let lines = self.client.issue_cmd(command).await.unwrap();
        let lines = lines.as_array().cloned().unwrap_or_default();
        let message = |line: &Value| line["message"].as_str().unwrap_or_default().to_owned();
        lines.iter().filter(|line| line["level"] == "SEVERE").map(message).collect()
    }
}

/// Where a row of a table, or an entry of a list, contains a text.
fn row_of(text: &str) -> String {
    format!("//main//*[self::tr or self::li][contains(normalize-space(.), \"{text}\")]")
}

/// A command that chromedriver knows beyond the standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
