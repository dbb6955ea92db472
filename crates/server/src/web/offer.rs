//! An offer as the partner gets it: the preview before sending and the page before accepting show the same markup.

use domain::message::Message;
use domain::terms::Terms;
use maud::{Markup, html};

use super::mark;
use super::outsource_bar::{rate, rate_key};
use super::parts::mark::{email_link, phone_link};
use super::parts::outsource::preview as frame;
use super::parts::{definition_list, stream};
use super::stream::size;
use crate::actions::offers::{SharedContact, Snapshot};
use crate::http::visit::Visit;

/// What will leave the house, and under it what stays.
/// `stated` is whether what the work may cost has been said yet.
pub fn preview(visit: &Visit, snapshot: &Snapshot, terms: &Terms, stated: bool) -> Markup {
    let stays = ["preview-stays-internal", "preview-stays-rate", "preview-stays-customer"]
        .map(|key| visit.t(key));
    frame(
        visit.t("preview-title"),
        visit.t("preview-hint"),
        &told(visit, snapshot, terms, stated),
        visit.t("preview-stays"),
        &stays,
    )
}

/// Ticket and terms as they cross.
pub fn content(visit: &Visit, snapshot: &Snapshot, terms: &Terms) -> Markup {
    told(visit, snapshot, terms, true)
}

fn told(visit: &Visit, snapshot: &Snapshot, terms: &Terms, stated: bool) -> Markup {
    html! {
        h3 { (snapshot.title) }
        @if !snapshot.description.is_empty() { (stream::prose(&snapshot.description)) }
        (definition_list(&facts(visit, snapshot, terms, stated)))
        @if !terms.instructions.is_empty() {
            h4 { (visit.t("terms-instructions")) }
            (stream::prose(&terms.instructions))
        }
        @if !snapshot.notes.is_empty() {
            h4 { (visit.t("preview-notes")) }
            ul.plain {
                @for note in &snapshot.notes {
                    li {
                        strong { (note.author) } " " span.detail { (visit.format.date_time(note.at)) }
                        @if !note.title.is_empty() { p { strong { (note.title) } } }
                        (stream::prose(&note.body))
                    }
                }
            }
        }
        @if !snapshot.files.is_empty() {
            h4 { (visit.t("preview-files")) }
            ul.plain {
                @for file in &snapshot.files {
                    li {
                        strong { (file.author) } " " span.detail { (size(visit, file.size)) }
                        @if !file.title.is_empty() && file.title != file.name { p { strong { (file.title) } } }
                        p { (file.name) }
                    }
                }
            }
        }
    }
}

fn facts<'a>(
    visit: &Visit,
    snapshot: &'a Snapshot,
    terms: &Terms,
    stated: bool,
) -> Vec<(&'a str, Markup)> {
    let mut list: Vec<(&str, Markup)> =
        vec![(visit.t("ticket-priority"), mark::priority(visit.words, snapshot.priority()))];
    if let Some(until) = terms.accept_by {
        list.push((visit.t("terms-accept-by"), html! { (visit.format.date_time(until)) }));
    }
    if let Some(due) = snapshot.due {
        list.push((visit.t("terms-due"), html! { (visit.format.date_time(due)) }));
    }
    if !snapshot.site.is_empty() {
        list.push((visit.t("ticket-site"), html! { (snapshot.site) }));
    }
    if let Some(contact) = &snapshot.contact {
        list.push((visit.t("ticket-contact-on-site"), reach(contact)));
    }
    if let Some(device) = &snapshot.device {
        list.push((visit.t("ticket-device"), html! { (device) }));
    }
    list.extend(figures(visit, terms, stated));
    list
}

/// A person with what they can be reached by, a line each: one calls from the phone that shows it.
pub fn reach(contact: &SharedContact) -> Markup {
    let lines = [
        (!contact.name.is_empty()).then(|| html! { (contact.name) }),
        (!contact.phone.is_empty()).then(|| phone_link(&contact.phone)),
        (!contact.email.is_empty()).then(|| email_link(&contact.email)),
    ];
    html! {
        @for (at, line) in lines.into_iter().flatten().enumerate() { @if at > 0 { br; } (line) }
    }
}

fn figures(visit: &Visit, terms: &Terms, stated: bool) -> Vec<(&'static str, Markup)> {
    let Ok(offered) = terms.offered() else { return Vec::new() };
    let mut list = vec![
        (visit.t("terms-rate-type"), html! { (visit.t(rate_key(offered.rate_type))) }),
        (
            visit.t("terms-authorized-charge"),
            html! { @if stated || offered.authorized_charge.minor != 0 { (rate(visit, offered.rate_type, offered.authorized_charge)) } },
        ),
    ];
    if let Some(hours) = offered.authorized_hours {
        list.push((
            visit.t("terms-authorized-hours"),
            html! { (visit.say(&Message::new("unit-hours-of").with("hours", hours))) },
        ));
    }
    let total = html! { @if stated { strong { (visit.format.money(offered.total)) } } };
    list.push((visit.t("terms-total"), total));
    list
}
