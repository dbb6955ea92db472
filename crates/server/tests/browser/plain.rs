//! Without script every page loads, says what it is, and its menus open.

use fantoccini::Locator;

use crate::stage::webdriver;
use crate::visitor::{Script, Visitor};
use crate::walk::{Pace, Stop, walk};

/// The rows of a table have the same menu each; a few are enough.
const ENOUGH: usize = 4;

/// Opens menus by their buttons, as a hand would, and looks whether they show something.
async fn menus(visitor: &Visitor, stop: &Stop<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let all = visitor.client.find_all(Locator::Css("details.menu")).await.unwrap();
    for menu in all.into_iter().take(ENOUGH) {
        let button = menu.find(Locator::Css("summary")).await.unwrap();
        if !button.is_displayed().await.unwrap() {
            continue;
        }
        button.click().await.unwrap();
        let list = menu.find(Locator::Css(".menu-list")).await.unwrap();
        if !list.is_displayed().await.unwrap() {
            wrong.push(format!("{}: a menu does not open", stop.name));
        }
        button.click().await.unwrap();
        if list.is_displayed().await.unwrap() {
            wrong.push(format!("{}: a menu does not close", stop.name));
        }
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_works_without_script() {
    let Some(driver) = webdriver() else { return };
    let mut wrong = Vec::new();
    let mut opened = 0;
    let examine = async |visitor: &Visitor, stop: &Stop<'_>| {
        opened += 1;
        let heading = visitor.client.find(Locator::Css("h1")).await.unwrap();
        if heading.html(true).await.unwrap().is_empty() {
            wrong.push(format!("{}: has no heading", stop.name));
        }
        // What the script would have written: it does not run.
        let ran = visitor.client.find_all(Locator::Css("html[data-script]")).await.unwrap();
        assert!(ran.is_empty(), "the script runs");
        wrong.extend(menus(visitor, stop).await);
    };
    walk(&driver, "de", Script::Off, Pace::Looking, async |_| {}, examine).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{opened} pages without script");
}
