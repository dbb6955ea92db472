//! The conversation of a ticket as entries: who, what, when, where it came from, what can be done with it.

use domain::message::Message;
use domain::outsourcing::{Side, Status};
use domain::permission::Permission;
use domain::sync::{self, AttachmentKind, LinkState, Publish};
use domain::terms::RateType;
use maud::{Markup, html};

use super::mark as marks;
use super::parts::stream::{Entry, Kind, file, prose, stream as list};
use super::parts::{Choice, Icon, empty_state, mark, menu};
use super::ticket::Facts;
use crate::actions::crossings;
use crate::http::visit::Visit;
use crate::saying;
use crate::store::items::{Attachment, Charge, Item, Part};
use crate::store::links::Link;

/// Every item that was read, newest first.
pub fn stream(visit: &Visit, facts: &Facts) -> Markup {
    if facts.items.is_empty() {
        return empty_state(
            Icon::Message,
            visit.t("stream-empty"),
            visit.t("stream-empty-hint"),
            &html! {},
        );
    }
    let prepared: Vec<Prepared> =
        facts.items.iter().map(|item| prepare(visit, facts, item)).collect();
    let entries: Vec<Entry> = prepared.iter().map(Prepared::entry).collect();
    list(visit.t("stream-label"), &entries)
}

struct Prepared<'a> {
    id: String,
    item: &'a Item,
    kind: Kind,
    kind_label: &'static str,
    title: String,
    when: Markup,
    figure: Option<String>,
    marks: Markup,
    body: Markup,
    actions: Markup,
}

impl Prepared<'_> {
    fn entry(&self) -> Entry<'_> {
        Entry {
            id: &self.id,
            kind: self.kind,
            kind_label: self.kind_label,
            author: &self.item.author_name,
            when: &self.when,
            title: &self.title,
            figure: self.figure.as_deref(),
            internal: self.item.publish != Publish::All
                && !self.item.is_copy
                && !self.item.is_system(),
            marks: &self.marks,
            body: &self.body,
            actions: &self.actions,
        }
    }
}

fn prepare<'a>(visit: &Visit, facts: &Facts, item: &'a Item) -> Prepared<'a> {
    let kind = match &item.part {
        Part::Note if item.is_system() => Kind::Event,
        Part::Note => Kind::Note,
        Part::Time(_) => Kind::Time,
        Part::Charge(_) => Kind::Charge,
        Part::Attachment(_) => Kind::File,
    };
    let title = match &item.message {
        Some(message) => saying::tell(message, visit.words, &visit.format),
        // A time entry has no title: its hours stand there.
        None => match &item.part {
            Part::Time(time) => {
                format!("{} {}", visit.format.hours(time.billed()), visit.t("unit-hours"))
            }
            // A file without a title of its own is named below.
            Part::Attachment(file) if file.file_name == item.title => String::new(),
            _ => item.title.clone(),
        },
    };
    Prepared {
        id: format!("item-{}", item.id.0),
        item,
        kind,
        kind_label: visit.t(item.kind().key()),
        title,
        when: marks::ago(&visit.format, item.created_at),
        figure: figure(visit, item),
        marks: origin(visit, facts, item),
        body: body(visit, facts, item),
        actions: if item.is_system() {
            html! {}
        } else {
            actions(visit, facts, item)
        },
    }
}

/// Which entry it is, for a question about it: kind, who and when, title and text.
pub fn in_short(visit: &Visit, item: &Item) -> Markup {
    let file = match &item.part {
        Part::Attachment(file) => file.url.as_deref().unwrap_or(&file.file_name),
        Part::Note | Part::Time(_) | Part::Charge(_) => "",
    };
    let hours = match &item.part {
        Part::Time(time) => {
            format!("{} {}", visit.format.hours(time.billed()), visit.t("unit-hours"))
        }
        Part::Note | Part::Charge(_) | Part::Attachment(_) => String::new(),
    };
    let facts = [item.title.as_str(), file, &hours].into_iter().filter(|fact| !fact.is_empty());
    let facts: Vec<&str> = facts.collect();
    html! {
        blockquote {
            p.detail {
                (visit.t(item.kind().key())) " · " (item.author_name) " · " (visit.format.date_time(item.created_at))
            }
            @if !facts.is_empty() { p { strong { (facts.join(" · ")) } } }
            @if !item.body.is_empty() { (prose(&item.body)) }
        }
    }
}

fn figure(visit: &Visit, item: &Item) -> Option<String> {
    match &item.part {
        // What a charge costs is for those who may see figures; what it brings, too, if it came from across.
        Part::Charge(charge) if charge.bundle_of.is_some() || item.is_copy => {
            visit.may(Permission::SeeFinancials).then(|| visit.format.money(charge.cost()))
        }
        Part::Charge(charge) => Some(visit.format.money(charge.price())),
        Part::Note | Part::Time(_) | Part::Attachment(_) => None,
    }
}

/// "from Partner X", and whether it still follows; for own items, whether they are at the other side.
fn origin(visit: &Visit, facts: &Facts, item: &Item) -> Markup {
    let edited = html! { @if item.edited_at.is_some() && !item.is_copy { span.quiet { (visit.t("item-edited")) } } };
    // Copies arrive internal; after the end of a round one sees here which of them the customer gets to see (rule 3).
    // At the partner the whole copy is theirs to read; the word of the level would sound as if it were not.
    let foreign = item.is_copy && facts.side() == Side::Partner;
    let internal = html! {
        @if item.publish != Publish::All && !item.is_system() {
            (mark::internal(visit.t(if foreign { "publish-copy" } else { publish_key(item.publish) })))
        }
    };
    let Some(link) = link_of(facts, item) else { return html! { (internal) (edited) } };
    let (state, picture) = match link.state {
        LinkState::Linked => ("link-linked", mark::Link::Linked),
        LinkState::Severed => ("link-severed", mark::Link::Severed),
        LinkState::Ended => ("link-ended", mark::Link::Ended),
    };
    let round = facts.rounds.iter().find(|round| round.id == link.round);
    let other = round.map_or("", |round| round.name(facts.side().other()));
    let key = if item.is_copy { "item-from" } else { "item-at" };
    let text = visit.say(&Message::new(key).with("other", other));
    html! { (internal) (mark::origin(picture, &text, visit.t(state))) (edited) }
}

/// The newest link of an item.
pub fn link_of<'a>(facts: &'a Facts, item: &Item) -> Option<&'a Link> {
    facts
        .links
        .iter()
        .rev()
        .find(|link| if item.is_copy { link.copy == item.id } else { link.origin == item.id })
}

fn body(visit: &Visit, facts: &Facts, item: &Item) -> Markup {
    html! {
        @if !item.body.is_empty() { (prose(&item.body)) }
        @match &item.part {
            Part::Time(time) => {
                p.quiet { (time_line(visit, time)) }
                @if !time.internal_note.is_empty() {
                    p.quiet { (mark::internal(visit.t("time-internal"))) " " (time.internal_note) }
                }
            }
            Part::Charge(charge) => p.quiet { (charge_line(visit, facts, item, charge)) },
            Part::Attachment(attached) => (attachment(visit, item, attached)),
            Part::Note => {}
        }
    }
}

fn time_line(visit: &Visit, time: &crate::store::items::TimeEntry) -> String {
    let mut parts = vec![visit.format.day(time.worked_on)];
    if let Some((start, end)) = time.span {
        parts.push(format!("{:02}:{:02}–{:02}:{:02}", start / 60, start % 60, end / 60, end % 60));
    }
    if time.deduct.0 != 0 {
        let message = if time.deduct.0 > 0 {
            Message::new("time-deducted").with("deduct", time.deduct)
        } else {
            let surcharge = domain::money::Hours(time.deduct.0.saturating_neg());
            Message::new("time-surcharged").with("surcharge", surcharge)
        };
        let message = message.with("worked", time.worked);
        parts.push(visit.say(&message.with("billed", time.billed())));
    }
    if !time.billable {
        parts.push(visit.t("item-not-billable").to_owned());
    }
    parts.join(" · ")
}

fn charge_line(visit: &Visit, facts: &Facts, item: &Item, charge: &Charge) -> String {
    let mut parts = vec![visit.format.day(charge.charged_on)];
    let quantity = visit.format.hours(domain::money::Hours(charge.quantity.0));
    let quantity = format!("{quantity} {}", visit.t(unit_key(facts, charge)));
    let received = item.is_copy || charge.bundle_of.is_some();
    let price = if charge.bundle_of.is_some() { charge.unit_cost } else { charge.unit_price };
    if !received || visit.may(Permission::SeeFinancials) {
        parts.push(format!("{quantity} × {}", visit.format.money(price)));
    } else {
        parts.push(quantity);
    }
    if !charge.billable {
        parts.push(visit.t("item-not-billable").to_owned());
    }
    parts.join(" · ")
}

/// What a charge is counted in. One that bundles the partner's time at an hourly rate is counted in hours.
fn unit_key(facts: &Facts, charge: &Charge) -> &'static str {
    let round = facts.rounds.iter().find(|round| charge.bundle_of == Some(round.id));
    match round.map(|round| round.terms.rate_type) {
        Some(RateType::Hourly) => "unit-hours",
        Some(RateType::Flat) | None => "unit-pieces",
    }
}

fn attachment(visit: &Visit, item: &Item, attached: &Attachment) -> Markup {
    match (&attached.url, attached.kind) {
        (Some(url), AttachmentKind::Url) => {
            html! { p { a href=(url) rel="noreferrer noopener" target="_blank" { (url) } } }
        }
        // A path on a file server is text: browsers open no such links.
        (Some(path), _) => html! { p { code { (path) } } },
        (None, _) => {
            file(&attached.file_name, &size(visit, attached.size), &format!("/files/{}", item.id.0))
        }
    }
}

/// Bytes as people read them.
pub fn size(visit: &Visit, bytes: i64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", visit.format.number(bytes / 1_000)),
        _ => format!("{} MB", visit.format.hours(domain::money::Hours(bytes / 10_000))),
    }
}

/// What the rules leave open: edit, delete, detach; otherwise why not.
fn actions(visit: &Visit, facts: &Facts, item: &Item) -> Markup {
    if !visit.may(Permission::EditTickets) {
        return html! {};
    }
    let link = link_of(facts, item);
    let round = link.map(|link| link.round).or(item.born_round);
    let case = facts
        .rounds
        .iter()
        .find(|case| Some(case.id) == round)
        .or(facts.round().filter(|_| round.is_none()));
    let status = case.map_or(Status::Unsent, |case| case.round.status);
    let side = if facts.rounds.is_empty() { Side::Lead } else { facts.side() };
    let id = case.map_or(domain::ids::OutsourcingId(0), |case| case.id);
    let known = crossings::facts(item, link, id);
    let edit = sync::may_edit(&known, side, status);
    let detach = sync::may_detach(&known, status).is_ok();
    let own = item.author == Some(visit.actor().person)
        || item.is_copy
        || matches!(
            visit.actor().security,
            domain::permission::SecurityLevel::Administrator
                | domain::permission::SecurityLevel::Manager
        );
    let base = format!("/items/{}", item.id.0);
    let items = html! {
        @match edit {
            Ok(()) if own => {
                (menu::link(visit.t("form-edit"), &format!("{base}/edit"), Some(Icon::Edit)))
                (menu::link(visit.t("form-delete"), &format!("{base}/deletion"), Some(Icon::Delete)))
            }
            Ok(()) => {}
            Err(refusal) => div.menu-heading { (visit.say(&refusal.message())) }
        }
        @if detach { (menu::post(visit.t("item-detach"), &format!("{base}/detachment"), Some(Icon::Unlink))) }
    };
    if items.0.is_empty() {
        html! {}
    } else {
        menu::more(visit.t("item-menu"), &items)
    }
}

/// The locale key of a publish level.
pub fn publish_key(publish: Publish) -> &'static str {
    match publish {
        Publish::All => "publish-all",
        Publish::Internal => "publish-internal",
        Publish::InternalCoManaged => "publish-internal_co_managed",
    }
}

/// Choices for who may see a link: links never travel, so that the first is only for those of this side.
pub fn publish_choices_of_link(visit: &Visit) -> Vec<Choice<'static>> {
    publish_levels(visit, "publish-all")
}

/// Choices for who may see an item; while a round is linked, the first says that the partner will, too.
pub fn publish_choices(visit: &Visit, facts: &Facts) -> Vec<Choice<'static>> {
    let linked = facts.round().is_some_and(|round| round.round.status.is_linked());
    publish_levels(visit, if linked { "publish-all-linked" } else { "publish-all" })
}

fn publish_levels(visit: &Visit, all: &'static str) -> Vec<Choice<'static>> {
    vec![
        Choice::new(Publish::All.name(), visit.t(all)),
        Choice::new(Publish::Internal.name(), visit.t("publish-internal")),
        Choice::new(Publish::InternalCoManaged.name(), visit.t("publish-internal_co_managed")),
    ]
}
