//! What a one-way round adds to the ticket page: the information bar with its buttons, entries of menu and panel.

use domain::network::{Action, Move};
use domain::permission::{Permission, for_network_move};
use maud::{Markup, html};

use crate::http::visit::Visit;
use crate::store::network_rounds::NetworkRound;
use crate::web::mark;
use crate::web::networks::action_key;
use crate::web::outsource_bar::picture;
use crate::web::parts::outsource::{Bar, bar as draw};
use crate::web::parts::{Icon, Look, button, menu};

/// The information bar: everybody sees with whom the ticket is; what left needs a permission.
pub fn bar(visit: &Visit, round: &NetworkRound) -> Markup {
    let status = round.status.shown();
    let key = if status.shows_partner() { "bar-to" } else { "bar-was-to" };
    let title = domain::Message::new(key).with("other", round.network_name.as_str());
    let mut facts = vec![
        (visit.t("round-since"), html! { (visit.format.near(round.since)) }),
        (visit.t("round-sent-by"), html! { (round.sent_name) }),
    ];
    if visit.may(Permission::SeeTerms) {
        facts.push((visit.t("network-action"), html! { (visit.t(action_key(round.action))) }));
    }
    let notes: Vec<Markup> = round
        .status
        .is_live()
        .then(|| html! { (visit.t("network-bar-note")) })
        .into_iter()
        .collect();
    draw(&Bar {
        title: html! { (visit.say(&title)) },
        status: mark::outsource_status(visit.words, status),
        facts: &facts,
        notes: &notes,
        actions: actions(visit, round),
        links: links(visit, round),
        label: visit.t("bar-label"),
    })
}

/// As with partners the bar has what is waited for; what takes the ticket back stands in the menu.
fn actions(visit: &Visit, round: &NetworkRound) -> Markup {
    let link = round.action == Action::LiveLink
        && round.status.is_live()
        && visit.may(Permission::SeeTerms);
    let waited = possible(visit, round).into_iter().filter(|mv| *mv == Move::Complete);
    html! {
        @if link { (button::open(visit.t("network-open-link"), &round.left.link, Look::Primary)) }
        @for mv in waited {
            (button::link(visit.t(word(mv)), &address(round, mv), Look::Plain, Some(icon(mv))))
        }
    }
}

fn links(visit: &Visit, round: &NetworkRound) -> Markup {
    html! {
        @if visit.may(Permission::SeeTerms) {
            (button::link(visit.t("terms-view"), &terms(round), Look::Quiet, Some(Icon::Document)))
        }
    }
}

/// The entries of the Outsource menu.
pub fn entries(visit: &Visit, round: &NetworkRound) -> Markup {
    html! {
        @for mv in possible(visit, round) {
            (menu::link(visit.t(word(mv)), &address(round, mv), Some(icon(mv))))
        }
        (menu::link(visit.t("terms-view"), &terms(round), Some(Icon::Document)))
    }
}

/// Where one sees what left.
pub fn terms(round: &NetworkRound) -> String {
    format!("/network-rounds/{}", round.id)
}

/// The moves this person can make now.
pub fn possible(visit: &Visit, round: &NetworkRound) -> Vec<Move> {
    let mut moves = round.status.moves();
    moves.retain(|mv| visit.may(for_network_move(*mv)));
    moves
}

/// Where a move is confirmed.
pub fn address(round: &NetworkRound, mv: Move) -> String {
    format!("{}/{}", terms(round), noun(mv))
}

/// The last part of a move's address.
pub fn noun(mv: Move) -> &'static str {
    match mv {
        Move::Complete => "completion",
        Move::Cancel => "cancellation",
        Move::Send | Move::CompleteTicket => "",
    }
}

/// The word on its button: the same as with a partner.
pub fn word(mv: Move) -> &'static str {
    mv.shown().key()
}

/// The picture on its button.
pub fn icon(mv: Move) -> Icon {
    picture(mv.shown())
}
