//! Pictures of every page for people to look at: `cargo xtask pictures`.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::stage::webdriver;
use crate::visitor::{Script, Visitor};
use crate::walk::{Look, Pace, Theme, put_on, walk};

/// The whole page, also what is below the window.
async fn picture(visitor: &Visitor) -> Vec<u8> {
    let size = visitor.command("Page.getLayoutMetrics", json!({})).await;
    let size = &size["cssContentSize"];
    let clip =
        json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
    let wanted = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
    let taken = visitor.command("Page.captureScreenshot", wanted).await;
    STANDARD.decode(taken["data"].as_str().unwrap()).unwrap()
}

/// Puts a picture of the open page where pictures of this kind are.
pub async fn keep(visitor: &Visitor, folder: &Path, language: &str, look: Look, name: &str) {
    let kind = format!("{}-{}-{language}", look.width, look.theme.name());
    let folder = folder.join(kind);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), picture(visitor).await).unwrap();
}

/// Where pictures are wanted, if they are.
pub fn wanted() -> Option<PathBuf> {
    std::env::var_os("STAFFEL_PICTURES").map(PathBuf::from)
}

async fn pictures(language: &str) {
    let (Some(driver), Some(folder)) = (webdriver(), wanted()) else {
        eprintln!("SKIPPED: run `cargo xtask pictures`");
        return;
    };
    let looks = [1440, 390].into_iter().flat_map(|width| {
        [Theme::Light, Theme::Dark].into_iter().map(move |theme| Look { width, theme })
    });
    let looks: Vec<Look> = looks.collect();
    walk(
        &driver,
        language,
        Script::Runs,
        Pace::Trying,
        async |_| {},
        async |visitor, stop| {
            for look in &looks {
                put_on(visitor, *look).await;
                keep(visitor, &folder, language, *look, stop.name).await;
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "for people to look at; takes minutes"]
async fn pictures_in_german() {
    pictures("de").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "for people to look at; takes minutes"]
async fn pictures_in_english() {
    pictures("en").await;
}
