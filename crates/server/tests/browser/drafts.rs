//! A session that ended while somebody wrote: what they wrote comes back after they sign in.

use fantoccini::Locator;
use serde_json::json;
use staffel::demo;

use crate::house::Engine;
use crate::pages::{JENS, Place};
use crate::stage::{Stage, webdriver};
use crate::visitor::{Script, Visitor};

const NOTE: &str = "Der Toner ist da, die Walze kommt morgen.";

async fn sign_in(visitor: &Visitor, email: &str) {
    visitor.fill("email", email).await;
    visitor.fill("password", demo::PASSWORD).await;
    visitor.press("Anmelden").await;
}

/// Writes a note on the newest ticket and sends it after the session has ended.
async fn write(visitor: &Visitor) {
    visitor.go("/sign-in").await;
    sign_in(visitor, JENS).await;
    visitor.sees("nav.nav").await;
    visitor.go("/tickets").await;
    visitor.click("td.title a").await;
    visitor.fill("body", NOTE).await;
    visitor.command("Network.clearBrowserCookies", json!({})).await;
    visitor.press("Notiz hinzufügen").await;
    visitor.reads("ist in diesem Fenster noch da").await;
}

async fn value(visitor: &Visitor) -> String {
    visitor.sees("main textarea[name=body]").await;
    let field = visitor.client.find(Locator::Css("main textarea[name=body]")).await.unwrap();
    field.prop("value").await.unwrap().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_outlives_the_session() {
    let Some(driver) = webdriver() else { return };
    let Some(stage) = Stage::new(Engine::Sqlite, Place::Demo).await else { return };
    let visitor = Visitor::new(&driver, &stage, "de", Script::Runs).await;
    write(&visitor).await;
    sign_in(&visitor, JENS).await;
    visitor.reads("es ist noch nicht gespeichert").await;
    assert_eq!(value(&visitor).await, NOTE);
    visitor.press("Notiz hinzufügen").await;
    visitor.sees("[id^=item-]").await;
    visitor.reads(NOTE).await;
    assert_eq!(value(&visitor).await, "", "what was saved does not come back");
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_gets_what_was_written() {
    let Some(driver) = webdriver() else { return };
    let Some(stage) = Stage::new(Engine::Sqlite, Place::Demo).await else { return };
    let visitor = Visitor::new(&driver, &stage, "de", Script::Runs).await;
    write(&visitor).await;
    sign_in(&visitor, "ole.hinrichs@hansekontor.example").await;
    assert_eq!(value(&visitor).await, "");
    visitor.close().await;
}
