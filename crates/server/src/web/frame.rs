//! What stands around every page: navigation, who is signed in, what came of the last action.

use std::sync::OnceLock;

use domain::permission::{Permission, SecurityLevel};
use maud::{Markup, html};

use super::parts::layout::{
    Door, Files, Frame, FrameWords, NavEntry, NavGroup, NavSection, door, frame,
};
use super::parts::{Icon, Tone, flash, menu};
use crate::http::assets;
use crate::http::fields::Fields;
use crate::http::visit::{Stranger, Visit};
use crate::words::Words;

fn files() -> Files<'static> {
    static ADDRESSES: OnceLock<[String; 3]> = OnceLock::new();
    let [css, js, favicon] =
        ADDRESSES.get_or_init(|| ["staffel.css", "staffel.js", "favicon.svg"].map(assets::address));
    Files { css, js, favicon }
}

impl Visit {
    /// A page.
    pub fn page(&self, title: &str, body: &Markup) -> Markup {
        self.page_with(title, None, body)
    }

    /// A page that hears of changes at this address (server-sent events).
    pub fn live_page(&self, title: &str, live: &str, body: &Markup) -> Markup {
        self.page_with(title, Some(live), body)
    }

    fn page_with(&self, title: &str, live: Option<&str>, body: &Markup) -> Markup {
        let sections = sections(self);
        frame(&Frame {
            lang: self.format.language.code(),
            theme: &self.theme,
            title,
            files: files(),
            words: FrameWords {
                skip: self.t("frame-skip"),
                menu: self.t("frame-menu"),
                navigation: self.t("frame-navigation"),
                person_menu: self.t("frame-person-menu"),
                search: self.t("frame-search"),
                updated: self.t("frame-updated"),
                draft: self.t("frame-draft"),
            },
            company: &self.frame.company,
            person: &self.actor().name,
            person_detail: self.t(security_key(self.actor().security)),
            person_menu: person_menu(self),
            nav: &sections,
            search_action: Some("/tickets"),
            search_value: "",
            live,
            flash: done(self),
            body,
        })
    }
}

/// The locale key of a security level.
pub fn security_key(level: SecurityLevel) -> &'static str {
    match level {
        SecurityLevel::Administrator => "security-administrator",
        SecurityLevel::Manager => "security-manager",
        SecurityLevel::ServiceDeskUser => "security-service_desk_user",
        SecurityLevel::ReadOnly => "security-read_only",
    }
}

/// What came of the last action: the address carries its key (`?done=done-…`, or `warned-…` if it went
/// through and something is still to be minded), never words.
fn done(visit: &Visit) -> Markup {
    let query = visit.frame.here.split_once('?').map_or("", |(_, query)| query);
    let key = Fields::parse(query).get("done").to_owned();
    let text = visit.words.t(&key);
    match key.split('-').next() {
        Some("done") if text != key => flash(Tone::Success, text),
        Some("warned") if text != key => flash(Tone::Warning, text),
        _ => html! {},
    }
}

fn person_menu(visit: &Visit) -> Markup {
    html! {
        (menu::link(visit.t("nav-preferences"), "/preferences", Some(Icon::Settings)))
        (menu::link(visit.t("nav-password"), "/preferences/password", Some(Icon::Key)))
        (menu::line())
        (menu::post(visit.t("nav-sign-out"), "/sign-out", Some(Icon::SignOut)))
    }
}

fn sections(visit: &Visit) -> Vec<NavSection<'static>> {
    let facts = &visit.frame;
    let entry = |label: &'static str, href: &'static str, icon: Icon, badge: i64| NavEntry {
        label: visit.t(label),
        href,
        icon,
        current: is_here(&facts.path, href),
        badge,
        badge_means: visit.t(if href == "/received" {
            "nav-waiting-offers"
        } else {
            "nav-waiting-approval"
        }),
    };
    let mut desk = vec![entry("nav-tickets", "/tickets", Icon::Ticket, 0)];
    if visit.may(Permission::SeeReceivedWork) {
        desk.push(entry("nav-received", "/received", Icon::Received, facts.waiting_acceptance));
    }
    desk.push(entry("nav-organizations", "/organizations", Icon::Organization, 0));
    let mut all = vec![NavSection { heading: "", entries: desk, groups: Vec::new() }];
    let outsource = outsource(visit, &entry);
    if !outsource.entries.is_empty() || !outsource.groups.is_empty() {
        all.push(outsource);
    }
    let admin: Vec<_> = [
        (Permission::AdministerPeople, "nav-people", "/people", Icon::People),
        (Permission::AdministerCompany, "nav-company", "/company", Icon::Settings),
        (Permission::RemapLeadPartner, "nav-leads", "/leads", Icon::Lead),
        (Permission::ReadAudit, "nav-audit", "/audit", Icon::History),
        (Permission::ReadMailbox, "nav-mailbox", "/operator/mailbox", Icon::Mail),
    ]
    .into_iter()
    .filter(|(permission, ..)| visit.may(*permission))
    .map(|(_, label, href, icon)| entry(label, href, icon, 0))
    .collect();
    if !admin.is_empty() {
        all.push(NavSection {
            heading: visit.t("nav-administration"),
            entries: admin,
            groups: Vec::new(),
        });
    }
    all
}

/// Section 3.1: which entries of the Outsource menu each level sees, before and after the agreement. Before it the menu
/// has a single entry (section 3).
fn outsource(
    visit: &Visit,
    entry: &dyn Fn(&'static str, &'static str, Icon, i64) -> NavEntry<'static>,
) -> NavSection<'static> {
    let seen = |list: &[(Permission, &'static str, &'static str, Icon, i64)]| -> Vec<_> {
        let mine = list.iter().filter(|(permission, ..)| visit.may(*permission));
        mine.map(|(_, label, href, icon, badge)| entry(label, href, *icon, *badge)).collect()
    };
    let waiting = visit.frame.waiting_approval;
    let dashboard =
        (Permission::OpenDashboard, "nav-dashboard", "/outsource", Icon::Dashboard, waiting);
    let groups = [
        (
            "nav-partners",
            seen(&[
                (Permission::ManagePartners, "nav-invite", "/partners", Icon::Partner, 0),
                (Permission::EditInvitation, "nav-edit-invitation", INVITATION, Icon::Edit, 0),
                (Permission::ManageNetworks, "nav-networks", "/networks", Icon::Network, 0),
            ]),
        ),
        (
            "nav-other",
            seen(&[
                (Permission::ReadAgreement, "nav-agreement", AGREEMENT, Icon::Agreement, 0),
                (
                    Permission::ConfigurePermissions,
                    "nav-permissions",
                    "/outsource/permissions",
                    Icon::Shield,
                    0,
                ),
            ]),
        ),
    ];
    NavSection {
        heading: visit.t("nav-outsource"),
        entries: seen(&[dashboard]),
        groups: groups
            .into_iter()
            .filter(|(_, entries)| !entries.is_empty())
            .map(|(key, entries)| NavGroup { heading: visit.t(key), entries })
            .collect(),
    }
}

const INVITATION: &str = "/partners/invitation-text";
const AGREEMENT: &str = "/outsource/agreement";

fn is_here(path: &str, href: &str) -> bool {
    let below = |start: &str| {
        path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    match href {
        // The pages below have entries of their own.
        "/outsource" => path == href,
        "/partners" => below(href) && !below(INVITATION),
        "/organizations" => below(href) || below("/contacts"),
        "/tickets" => {
            ["/tickets", "/items", "/outsourcings", "/network-rounds"].into_iter().any(below)
                && !is_offer(path)
        }
        "/received" => below(href) || is_offer(path),
        _ => below(href),
    }
}

/// What is declined is not a ticket of this company yet.
fn is_offer(path: &str) -> bool {
    path.starts_with("/outsourcings/") && path.ends_with("/refusal")
}

/// A page outside the frame.
pub struct Bare<'a> {
    /// The words of its language.
    pub words: &'a Words,
    /// Title.
    pub title: &'a str,
    /// Wide enough for a document?
    pub wide: bool,
    /// Where the other language leads back to.
    pub here: &'a str,
    /// The page, beginning with its `h1`.
    pub body: Markup,
}

/// A page for somebody who is not signed in.
pub fn bare(page: &Bare) -> Markup {
    let other = match page.words.language {
        domain::language::Language::De => ("English", "en"),
        domain::language::Language::En => ("Deutsch", "de"),
    };
    door(&Door {
        lang: page.words.language.code(),
        title: page.title,
        files: files(),
        skip: page.words.t("frame-skip"),
        wide: page.wide,
        flash: html! {},
        body: page.body.clone(),
        foot: html! { a href=(with_language(page.here, other.1)) lang=(other.1) { (other.0) } },
    })
}

fn with_language(here: &str, code: &str) -> String {
    let (path, query) = here.split_once('?').unwrap_or((here, ""));
    let mut fields = Fields::parse(query);
    fields.set("lang", code);
    format!("{path}?{}", serde_urlencoded::to_string(&fields.0).unwrap_or_default())
}

impl Stranger {
    /// A page outside the frame.
    pub fn page(&self, title: &str, wide: bool, body: Markup) -> Markup {
        bare(&Bare { words: self.words, title, wide, here: &self.here, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_below_a_section_mark_it() {
        let sections = [
            "/tickets",
            "/received",
            "/organizations",
            "/outsource",
            "/partners",
            INVITATION,
            "/networks",
            AGREEMENT,
            "/people",
            "/operator/mailbox",
        ];
        for (path, section) in [
            ("/tickets", "/tickets"),
            ("/tickets/7/outsource", "/tickets"),
            ("/items/7/deletion", "/tickets"),
            ("/outsourcings/7/crossings", "/tickets"),
            ("/outsourcings/7/refusal", "/received"),
            ("/network-rounds/7/completion", "/tickets"),
            ("/contacts/7/edit", "/organizations"),
            ("/partners/7/history", "/partners"),
            ("/partners/invitation-text", INVITATION),
            ("/outsource/agreement", AGREEMENT),
            ("/operator/mailbox/7", "/operator/mailbox"),
        ] {
            let marked: Vec<_> = sections.into_iter().filter(|href| is_here(path, href)).collect();
            assert_eq!(marked, [section], "{path}");
        }
        assert!(!sections.into_iter().any(|href| is_here("/ticketsandmore", href)));
    }
}
