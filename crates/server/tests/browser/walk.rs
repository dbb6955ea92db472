//! A walk through every page, and through what one finds there: open menus, refused forms, the preview.

use serde_json::json;
use staffel::actions::sessions;

use crate::house::Engine;
use crate::pages::{KATHRIN, NOBODY, PAGES, Page, Place, Who, speak};
use crate::stage::Stage;
use crate::visitor::{Script, Visitor};

/// What one does on a page before looking at it.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    Nothing,
    /// Opens a menu.
    Open(&'static str),
    /// Empties a field (or none) and sends the form as it is; it comes back with what is wrong.
    Refuse(&'static str, &'static str),
    /// Presses a button that sends what is not fit to be sent.
    Press(&'static str),
    /// Signs in with a password that is wrong.
    Guess,
}

/// A page after something was done on it: its own name, the page it begins with, the deed.
type Scene = (&'static str, &'static str, Act);

/// How a page says that something is wrong.
const WRONG: &str = "main [aria-invalid=true], main .mistakes, main .flash.tone-danger";

const SHEET: &str = "main form.sheet";
const FORM: &str = "main form.form";

/// What pages look like that have been used.
const SCENES: &[Scene] = &[
    ("menu-outsource", "ticket", Act::Open("main .page-actions details:not(.more) > summary")),
    ("menu-person", "tickets", Act::Open("details.person > summary")),
    ("menu-notify", "insourced-in-progress", Act::Open("main .page-actions details > summary")),
    ("sign-in-refused", "sign-in", Act::Guess),
    ("setup-refused", "setup", Act::Refuse("main form", "")),
    ("register-refused", "register", Act::Refuse("main form", "email")),
    ("ticket-new-refused", "ticket-new", Act::Refuse(SHEET, "")),
    ("ticket-edit-refused", "ticket-edit", Act::Refuse(SHEET, "title")),
    ("time-new-refused", "time-new", Act::Refuse(SHEET, "")),
    ("charge-new-refused", "charge-new", Act::Refuse(SHEET, "")),
    ("file-new-refused", "file-new", Act::Refuse(SHEET, "")),
    ("item-edit-refused", "item-edit", Act::Refuse(SHEET, "body")),
    ("organization-new-refused", "organization-new", Act::Refuse("main form", "")),
    ("contact-new-refused", "contact-new", Act::Refuse("main form", "")),
    ("person-new-refused", "person-new", Act::Refuse("main form", "")),
    ("agreement-refused", "agreement-to-accept", Act::Refuse("main form", "")),
    ("password-refused", "password", Act::Refuse(FORM, "")),
    ("rejection-refused", "move-rejection", Act::Refuse(SHEET, "")),
    ("invitation-text-refused", "invitation-text", Act::Refuse("main form", "subject")),
    ("terms-refused", "outsource-terms", Act::Press("button[name=then][value=send]")),
];

/// One stop of a walk.
pub struct Stop<'a> {
    pub name: &'static str,
    pub page: &'a Page,
    pub act: Act,
}

impl Stop<'_> {
    /// The answer one has to get.
    pub fn status(&self) -> u16 {
        if matches!(self.act, Act::Refuse(..) | Act::Press(_) | Act::Guess) {
            422
        } else {
            self.page.status
        }
    }
}

/// Light or dark, as the system asks for it.
#[derive(Debug, Clone, Copy)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub width: u32,
    pub theme: Theme,
}

/// Changes the window under the open page.
pub async fn put_on(visitor: &Visitor, look: Look) {
    let size =
        json!({ "width": look.width, "height": 1000, "deviceScaleFactor": 1, "mobile": false });
    visitor.command("Emulation.setDeviceMetricsOverride", size).await;
    // Colours that are still on their way would be measured in between.
    let features = json!({ "features": [
        { "name": "prefers-color-scheme", "value": look.theme.name() },
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ] });
    visitor.command("Emulation.setEmulatedMedia", features).await;
}

/// Whether a walk does something, or only looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    Looking,
    Trying,
}

/// Walks through all pages in one language and examines each.
pub async fn walk(
    driver: &str,
    language: &str,
    script: Script,
    how: Pace,
    mut prepare: impl AsyncFnMut(&Visitor),
    mut examine: impl AsyncFnMut(&Visitor, &Stop<'_>),
) {
    for place in [Place::Bare, Place::Fresh, Place::Demo] {
        let stage = Stage::new(Engine::Sqlite, place).await.unwrap();
        speak(stage.app(), language);
        let visitor = Visitor::new(driver, &stage, language, script).await;
        prepare(&visitor).await;
        let mut known = None;
        for page in PAGES.iter().filter(|page| page.place == place) {
            if known != Some(page.who) {
                become_somebody(&stage, &visitor, page.who).await;
                known = Some(page.who);
            }
            for stop in stops(page, how) {
                // A menu of the wide window may not be there in the narrow one.
                put_on(&visitor, Look { width: 1440, theme: Theme::Light }).await;
                visitor.go(&page.address(stage.app())).await;
                act(&visitor, stop.act).await;
                examine(&visitor, &stop).await;
            }
        }
        visitor.close().await;
    }
}

fn stops(page: &Page, how: Pace) -> Vec<Stop<'_>> {
    let mut stops = vec![Stop { name: page.name, page, act: Act::Nothing }];
    let scenes = SCENES.iter().filter(|(_, of, _)| how == Pace::Trying && *of == page.name);
    stops.extend(scenes.map(|(name, _, act)| Stop { name, page, act: *act }));
    stops
}

/// Brings the cookie along instead of signing in through the door each time.
pub async fn become_somebody(stage: &Stage, visitor: &Visitor, who: Who) {
    visitor.command("Network.clearBrowserCookies", json!({})).await;
    if who == NOBODY {
        return;
    }
    let password = staffel::demo::PASSWORD;
    let token = sessions::sign_in(stage.app(), who, password, "127.0.0.1", None).await.unwrap();
    let url = format!("http://{}/", stage.address);
    let cookie = json!({ "name": "staffel", "value": token, "url": url, "httpOnly": true });
    visitor.command("Network.setCookie", cookie).await;
}

async fn act(visitor: &Visitor, act: Act) {
    match act {
        Act::Nothing => {}
        Act::Open(summary) => {
            // On a phone the person's menu stands in the navigation, which is folded up; elsewhere this shows nothing.
            let unfold =
                "document.querySelector('.nav-toggle').open = arguments[0].includes('.person');";
            visitor.client.execute(unfold, vec![summary.into()]).await.unwrap();
            visitor.click(summary).await;
        }
        Act::Guess => {
            visitor.fill("email", KATHRIN).await;
            visitor.fill("password", "guessed").await;
            visitor.click("main button[type=submit]").await;
            visitor.sees(WRONG).await;
        }
        Act::Press(button) => {
            let free = "for (const form of document.forms) form.noValidate = true;";
            visitor.client.execute(free, vec![]).await.unwrap();
            visitor.click(button).await;
            visitor.sees(WRONG).await;
        }
        Act::Refuse(form, field) => {
            // The browser's own check would keep it here; what the server says is to be seen.
            let send = "const form = document.querySelector(arguments[0]);
                        const field = form.elements[arguments[1]];
                        if (field) field.value = '';
                        form.noValidate = true;
                        form.requestSubmit();";
            visitor.client.execute(send, vec![json!(form), json!(field)]).await.unwrap();
            visitor.sees(WRONG).await;
        }
    }
}
