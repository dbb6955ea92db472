//! Every page can be used by everybody: axe-core finds nothing (WCAG 2.2 A and AA, and good practice), nothing sticks
//! out of a phone, the console is silent – in both languages, light and dark, wide and narrow.

use serde_json::{Value, json};

use crate::stage::{axe, webdriver};
use crate::visitor::{Script, Visitor};
use crate::walk::{Look, Pace, Theme, put_on, walk};

/// Runs axe-core, and looks who sticks out to the right of the window and is not meant to be scrolled there.
const EXAMINE: &str = "
    const out = document.documentElement.scrollWidth > innerWidth
        ? [...document.querySelectorAll('body *')]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 3).map((element) => element.outerHTML.slice(0, 120))
        : [];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    // An open menu lies over the page, as it should; the page itself is looked at while the menu is closed.
    const menu = document.querySelector('details[data-menu][open]');
    return axe.run(menu ?? document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(({ violations }) => ({
        language: document.documentElement.lang,
        status: performance.getEntriesByType('navigation')[0].responseStatus,
        wide: document.documentElement.scrollWidth > innerWidth,
        out,
        violations: violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) =>
            `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.split('\\n').slice(1, 2).join('').trim()}`)),
    }));";

async fn usable(language: &str, looks: [Look; 2]) {
    let (Some(driver), Some(axe)) = (webdriver(), axe()) else { return };
    let mut findings = Vec::new();
    let mut examined = 0;
    let bring = async |visitor: &Visitor| bring_axe(visitor, &axe).await;
    walk(&driver, language, Script::Runs, Pace::Trying, bring, async |visitor, stop| {
        let wrong = examine(visitor, language, stop.status(), &looks).await;
        examined += looks.len();
        findings.extend(wrong.into_iter().map(|wrong| format!("{} {wrong}", stop.name)));
    })
    .await;
    assert!(findings.is_empty(), "{language}:\n{}", findings.join("\n"));
    println!("{language}: {examined} looks at pages, nothing found");
}

/// From the next page on, axe-core is there.
pub async fn bring_axe(visitor: &Visitor, axe: &str) {
    // By the browser's own protocol: our content security policy keeps every script out that is not ours.
    visitor.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe })).await;
}

/// What is wrong with the open page, which is to be in this language and an answer of this status.
pub async fn examine(
    visitor: &Visitor,
    language: &str,
    status: u16,
    looks: &[Look],
) -> Vec<String> {
    let mut findings = Vec::new();
    for look in looks {
        put_on(visitor, *look).await;
        let found = visitor.client.execute(EXAMINE, vec![]).await.unwrap();
        let wrong = judge(&found, language, status);
        findings.extend(wrong.into_iter().map(|wrong| format!("{look:?}: {wrong}")));
    }
    let said = visitor.complaints().await.into_iter();
    // A page that says no is no error of the page.
    let said = said.filter(|line| status < 400 || !line.contains("Failed to load resource"));
    findings.extend(said.map(|line| format!("the console says {line}")));
    findings
}

fn judge(found: &Value, language: &str, status: u16) -> Vec<String> {
    let mut wrong = Vec::new();
    if found["language"] != language {
        wrong.push(format!("the page says that it is in {}", found["language"]));
    }
    if found["status"] != status {
        wrong.push(format!("answers {} instead of {status}", found["status"]));
    }
    if found["wide"] == true {
        wrong.push(format!("is wider than the window: {}", found["out"]));
    }
    let violations = found["violations"].as_array().unwrap().iter();
    wrong.extend(violations.map(|text| text.as_str().unwrap().to_owned()));
    wrong
}

/// Together the two tests show every language in each theme and at each width, and every theme at each width.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_can_be_used_in_german() {
    let looks =
        [Look { width: 1440, theme: Theme::Light }, Look { width: 390, theme: Theme::Dark }];
    usable("de", looks).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_can_be_used_in_english() {
    let looks =
        [Look { width: 1440, theme: Theme::Dark }, Look { width: 390, theme: Theme::Light }];
    usable("en", looks).await;
}
