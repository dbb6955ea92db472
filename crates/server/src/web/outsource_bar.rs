//! What outsourcing adds to the ticket page: the information bar, the menus, the instructions, the rounds (section 7).

use domain::message::Message;
use domain::money::Money;
use domain::outsourcing::{Move, Side, Status, Who};
use domain::permission::{Permission, for_move};
use domain::terms::RateType;
use domain::ticket::TicketStatus;
use maud::{Markup, html};

use super::parts::outsource::{Bar, bar as draw};
use super::parts::{Icon, Look, button, definition_list, menu, meter, panel};
use super::ticket::{Facts, MENU};
use super::{mark, networks, received_round};
use crate::http::visit::Visit;
use crate::store::outsourcings::Outsourcing;

/// The information bar: everybody sees it; figures and *View Terms* need a permission.
pub fn bar(visit: &Visit, facts: &Facts) -> Markup {
    if let Some(round) = facts.network() {
        return networks::bar::bar(visit, round);
    }
    let Some(round) = facts.round() else { return html! {} };
    if round.round.status == Status::Unsent && !visit.may(Permission::SeeTerms) {
        return html! {};
    }
    let side = facts.side();
    let key = match (side, round.round.status.shows_partner()) {
        (Side::Partner, _) => "bar-from",
        (Side::Lead, true) => "bar-to",
        (Side::Lead, false) => "bar-was-to",
    };
    let title = visit.say(&Message::new(key).with("other", round.name(side.other())));
    let list = facts_of(visit, facts, round);
    draw(&Bar {
        title: html! { (title) },
        status: mark::outsource_status(visit.words, round.round.status),
        facts: &list,
        notes: &notes(visit, facts, round),
        actions: actions(visit, facts, round),
        links: links(visit, facts, round),
        label: visit.t("bar-label"),
    })
}

fn facts_of(visit: &Visit, facts: &Facts, round: &Outsourcing) -> Vec<(&'static str, Markup)> {
    let status = round.round.status;
    // Deadlines and hours are terms: at the lead they are for those who may see the terms (section 19, rule 8).
    let shown = facts.side() == Side::Partner || visit.may(Permission::SeeTerms);
    let mut list = vec![(visit.t("round-since"), html! { (visit.format.near(round.round.since)) })];
    if let (Status::Assigned, Some(until), true) = (status, round.round.accept_by, shown) {
        list.push((visit.t("round-accept-by"), mark::deadline(&visit.format, until)));
    }
    if let Some(due) = round.terms.due.filter(|_| status.is_linked() && shown) {
        // The ticket has a due date of its own, which is another.
        list.push((visit.t("terms-due"), mark::deadline(&visit.format, due)));
    }
    if let Some(number) = &facts.other_number {
        let key = match facts.side() {
            Side::Lead => "round-other-number",
            Side::Partner => "round-lead-number",
        };
        list.push((visit.t(key), html! { (number) }));
    }
    if let (RateType::Hourly, Some(hours), true) =
        (round.terms.rate_type, round.terms.authorized_hours, shown && round.round.was_accepted())
    {
        let used = facts.used;
        let text = format!(
            "{} / {} {}",
            visit.format.hours(domain::money::Hours(used)),
            visit.format.hours(hours),
            visit.t("unit-hours")
        );
        list.push((visit.t("round-hours"), meter(visit.t("round-hours"), used, hours.0, &text)));
    }
    list
}

fn notes(visit: &Visit, facts: &Facts, round: &Outsourcing) -> Vec<Markup> {
    let said = note(visit, facts.side(), round).into_iter().map(|note| html! { (note) });
    let warning = exceeded(visit, facts, round).map(|warning| html! { strong { (warning) } });
    said.chain(warning).collect()
}

fn note(visit: &Visit, side: Side, round: &Outsourcing) -> Vec<String> {
    let key = match (round.round.status, side) {
        (Status::WaitingApproval, Side::Lead) if !visit.may(Permission::SeeFinancials) => {
            "bar-note-waiting-lead-unpriced"
        }
        (Status::WaitingApproval, Side::Lead) => "bar-note-waiting-lead",
        (Status::WaitingApproval, Side::Partner) => "bar-note-waiting-partner",
        (Status::Declined | Status::Returned, Side::Lead) if !round.reason.is_empty() => {
            let reason = Message::new("bar-note-reason").with("reason", round.reason.as_str());
            let mut notes = vec![visit.say(&reason)];
            if round.round.status == Status::Returned {
                let ended =
                    Message::new("bar-note-complete").with("other", round.name(side.other()));
                notes.push(visit.say(&ended));
            }
            return notes;
        }
        (Status::InProgress, Side::Partner) if !round.reason.is_empty() => {
            let rejected = Message::new("bar-note-rejected").with("reason", round.reason.as_str());
            return vec![visit.say(&rejected)];
        }
        (Status::Complete | Status::Returned, _) if round.round.was_accepted() => {
            "bar-note-complete"
        }
        _ => return Vec::new(),
    };
    vec![visit.say(&Message::new(key).with("other", round.name(side.other())))]
}

/// More hours than were authorized (section 8: warned of, not refused), while something can still be done about it.
fn exceeded(visit: &Visit, facts: &Facts, round: &Outsourcing) -> Option<String> {
    let may = facts.side() == Side::Partner || visit.may(Permission::SeeTerms);
    let limit =
        round.terms.authorized_hours.filter(|_| round.terms.rate_type == RateType::Hourly)?;
    let open = round.round.status.is_live() && round.round.was_accepted();
    (may && open && facts.used > limit.0).then(|| visit.t("bar-note-exceeded").to_owned())
}

/// Buttons for what is waited for: approval here, completion there.
fn actions(visit: &Visit, facts: &Facts, round: &Outsourcing) -> Markup {
    let base = format!("/outsourcings/{}", round.id);
    let buttons: Vec<Move> = possible(visit, facts.side(), round)
        .into_iter()
        .filter(|mv| matches!(mv, Move::Approve | Move::Reject | Move::ReportCompletion))
        .collect();
    html! {
        @for mv in buttons {
            @let look = if mv == Move::Reject { Look::Plain } else { Look::Primary };
            (button::link(visit.t(button_key(mv)), &format!("{base}/{}", noun(mv)), look, Some(picture(mv))))
        }
        (next_step(visit, facts, round))
    }
}

/// What one may look at: the terms, how the round went, what crossed.
fn links(visit: &Visit, facts: &Facts, round: &Outsourcing) -> Markup {
    html! {
        @if visit.may(Permission::SeeTerms) && facts.side() == Side::Lead && round.round.status != Status::Unsent {
            (button::link(visit.t("terms-view"), &terms_address(facts, round), Look::Quiet, Some(Icon::Document)))
        }
        @if facts.side() == Side::Partner { (received_round::link(visit, round)) }
        @if round.round.was_accepted() && visit.may(Permission::EditTickets) {
            (button::link(visit.t("crossings-link"), &format!("/outsourcings/{}/crossings", round.id), Look::Quiet, Some(Icon::Handover)))
        }
    }
}

/// What the lead does next with work that nobody has: send the draft, or outsource once more.
fn next_step(visit: &Visit, facts: &Facts, round: &Outsourcing) -> Markup {
    let ticket = &facts.ticket;
    if facts.side() == Side::Partner
        || ticket.status == TicketStatus::Complete
        || !visit.may(Permission::Outsource)
    {
        return html! {};
    }
    let key = match round.round.status {
        Status::Unsent => "bar-go-on",
        Status::Declined | Status::Expired | Status::Returned | Status::Canceled => "bar-again",
        _ => return html! {},
    };
    button::link(
        visit.t(key),
        &format!("/tickets/{}/outsource", ticket.id),
        Look::Primary,
        Some(Icon::Handover),
    )
}

fn terms_address(facts: &Facts, round: &Outsourcing) -> String {
    if round.round.status == Status::Unsent {
        format!("/tickets/{}/outsource", facts.ticket.id)
    } else {
        format!("/outsourcings/{}", round.id)
    }
}

/// The moves this person is offered now: what the table allows and their level permits. A reported completion is
/// approved or rejected; completing it without approval (row 16) would be a second word for the same (section 7).
pub fn possible(visit: &Visit, side: Side, round: &Outsourcing) -> Vec<Move> {
    round
        .round
        .moves(Who::Side(side), visit.now())
        .into_iter()
        .filter(|mv| {
            let same = *mv == Move::Complete && round.round.status == Status::WaitingApproval;
            let may = for_move(*mv).is_some_and(|permission| visit.may(permission));
            mv.is_button() && may && !same
        })
        .collect()
}

/// The last part of a move's address: a noun, as what is done becomes a thing.
pub fn noun(mv: Move) -> &'static str {
    match mv {
        Move::Send => "sending",
        Move::Remove => "removal",
        Move::Cancel => "cancellation",
        Move::Accept => "acceptance",
        Move::Decline => "refusal",
        Move::ReportCompletion => "report",
        Move::Approve => "approval",
        Move::Reject => "rejection",
        Move::Complete => "completion",
        Move::Return => "return",
        Move::Expire | Move::BeginWork | Move::CompleteTicket => "",
    }
}

/// The move of an address.
pub fn from_noun(name: &str) -> Option<Move> {
    Move::ALL.into_iter().find(|mv| mv.is_button() && noun(*mv) == name)
}

/// The word on a move's button.
pub fn button_key(mv: Move) -> &'static str {
    mv.key()
}

/// The picture on a move's button.
pub fn picture(mv: Move) -> Icon {
    match mv {
        Move::Send => Icon::Send,
        Move::Remove => Icon::Delete,
        Move::Cancel => Icon::Ban,
        Move::Decline | Move::Reject => Icon::Refused,
        Move::Return => Icon::Return,
        _ => Icon::Check,
    }
}

/// The Outsource menu of the lead, or *Notify Lead Partner* of the partner (sections 7 and 11.3).
pub fn outsource_menu(visit: &Visit, facts: &Facts) -> Markup {
    match facts.side() {
        Side::Partner => partner_menu(visit, facts),
        Side::Lead
            if visit.may(Permission::Outsource)
                && facts.ticket.status != TicketStatus::Complete =>
        {
            lead_menu(visit, facts)
        }
        Side::Lead => html! {},
    }
}

fn partner_menu(visit: &Visit, facts: &Facts) -> Markup {
    let Some(round) = facts.round() else { return html! {} };
    let moves = possible(visit, Side::Partner, round);
    html! {
        @if !moves.is_empty() {
            (menu::menu_with(visit.t("menu-notify-lead"), Look::Plain, Some(Icon::Handover), &html! {
                @for mv in moves { (move_link(visit, round, mv)) }
            }))
        }
    }
}

fn move_link(visit: &Visit, round: &Outsourcing, mv: Move) -> Markup {
    menu::link(
        visit.t(button_key(mv)),
        &format!("/outsourcings/{}/{}", round.id, noun(mv)),
        Some(picture(mv)),
    )
}

fn lead_menu(visit: &Visit, facts: &Facts) -> Markup {
    let network = facts.network();
    let round = facts.round().filter(|_| network.is_none());
    let live = facts.ticket.outsource_status.is_some_and(Status::is_live);
    let base = format!("/tickets/{}/outsource", facts.ticket.id);
    menu::menu_with(
        visit.t("menu-outsource"),
        Look::Plain,
        Some(Icon::Handover),
        &html! {
            @if let Some(round) = round {
                @for mv in possible(visit, Side::Lead, round) {
                    @if mv != Move::Send { (move_link(visit, round, mv)) }
                }
                (menu::link(visit.t("terms-view"), &terms_address(facts, round), Some(Icon::Document)))
            }
            @if let Some(round) = network { (networks::bar::entries(visit, round)) }
            @if !live {
                @if !facts.partners.is_empty() {
                    (menu::heading(visit.t("menu-recent-partners")))
                    @for (partnership, name) in &facts.partners {
                        (menu::link(name, &format!("{base}?partner={partnership}"), Some(Icon::Partner)))
                    }
                }
                (menu::link(visit.t("menu-other-partner"), &base, Some(Icon::Search)))
                (network_entries(visit, facts))
            }
        },
    )
}

/// Networks and vendors below the partners; beyond the first ten the others are a page further.
fn network_entries(visit: &Visit, facts: &Facts) -> Markup {
    let base = format!("/tickets/{}/network", facts.ticket.id);
    let shown = usize::try_from(MENU).unwrap_or(usize::MAX);
    html! {
        @if !facts.networks.is_empty() {
            (menu::heading(visit.t("menu-networks")))
            @for (network, name) in facts.networks.iter().take(shown) {
                (menu::link(name, &format!("{base}?network={network}"), Some(Icon::Network)))
            }
            @if facts.networks.len() > shown {
                (menu::link(visit.t("menu-other-network"), &base, Some(Icon::Search)))
            }
        }
    }
}

/// The partner's section *Instructions* with the three figures (section 11.1).
pub fn instructions(visit: &Visit, facts: &Facts) -> Markup {
    let Some(round) = facts.round() else { return html! {} };
    let list = figures(visit, round);
    panel(
        visit.t("terms-instructions"),
        &html! {},
        &html! {
            @if !round.terms.instructions.is_empty() { (super::parts::stream::prose(&round.terms.instructions)) }
            (definition_list(&list))
        },
    )
}

/// Authorized Charge, Authorized Hours, Total Authorized.
pub fn figures(visit: &Visit, round: &Outsourcing) -> Vec<(&'static str, Markup)> {
    let terms = &round.terms;
    let mut list = vec![
        (visit.t("terms-rate-type"), html! { (visit.t(rate_key(terms.rate_type))) }),
        (
            visit.t("terms-authorized-charge"),
            html! { (rate(visit, terms.rate_type, terms.authorized_charge)) },
        ),
    ];
    if let (RateType::Hourly, Some(hours)) = (terms.rate_type, terms.authorized_hours) {
        list.push((
            visit.t("terms-authorized-hours"),
            html! { (visit.format.hours(hours)) " " (visit.t("unit-hours")) },
        ));
    }
    if let Ok(total) = terms.total() {
        list.push((visit.t("terms-total"), html! { strong { (visit.format.money(total)) } }));
    }
    list
}

/// The authorized charge: at an hourly rate it is what an hour costs.
pub fn rate(visit: &Visit, kind: RateType, charge: Money) -> String {
    let amount = visit.format.money(charge);
    match kind {
        RateType::Flat => amount,
        RateType::Hourly => visit.say(&Message::new("rate-per-hour").with("amount", amount)),
    }
}

/// The locale key of a rate type.
pub fn rate_key(rate: RateType) -> &'static str {
    match rate {
        RateType::Flat => "rate-flat",
        RateType::Hourly => "rate-hourly",
    }
}

/// Every round of the ticket, with partners and with networks, newest first.
pub fn rounds(visit: &Visit, facts: &Facts) -> Markup {
    let none = facts.rounds.is_empty() && facts.network_rounds.is_empty();
    if none || !visit.may(Permission::SeeTerms) || facts.side() == Side::Partner {
        return html! {};
    }
    let with_partners = facts.rounds.iter().map(|round| {
        let name = round.name(Side::Partner);
        (round.created_at, round.round.since, terms_address(facts, round), name, round.round.status)
    });
    let with_networks = facts.network_rounds.iter().map(|round| {
        let (name, status) = (round.network_name.as_str(), round.status.shown());
        (round.sent_at, round.since, networks::bar::terms(round), name, status)
    });
    let mut list: Vec<_> = with_partners.chain(with_networks).collect();
    list.sort_by_key(|round| std::cmp::Reverse((round.0, round.1)));
    panel(
        visit.t("rounds-title"),
        &html! {},
        &html! {
            ul.rounds {
                @for (_, since, href, name, status) in &list {
                    li {
                        a href=(href) { (name) }
                        (mark::outsource_status(visit.words, *status))
                        span.detail.nowrap { (visit.format.near(*since)) }
                    }
                }
            }
        },
    )
}
