//! The table Invite & Manage. Its boxes belong to a form of their own beside it, because each row has forms, too.

use domain::outsourcing::Side;
use domain::partnership::{Move, PartnerKind, State};
use domain::refusal::Refusal;
use domain::ticket::OrganizationType;
use maud::{Markup, html};

use super::address;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::store::partnerships::list::{Filter, Line, Relation, Sort};
use crate::web::mark::ago;
use crate::web::parts::mark::{email, status_chip};
use crate::web::parts::table::{self as parts, Direction};
use crate::web::parts::{Choice, Icon, Look, Tone, button, chip, field, icon, menu};
use crate::web::pick;

/// The id of the form with the filters.
const FORM: &str = "partner-filters";

/// The chip of a partnership's state.
pub fn state_chip(visit: &Visit, state: State) -> Markup {
    status_chip(("partnership-", state.name()), visit.t(state.key()))
}

/// The table with its button for several.
pub fn table(visit: &Visit, query: &Fields, filter: &Filter, lines: &[Line]) -> Markup {
    let back = back(query);
    let sorted = |sort, label| sort_head(visit, query, filter, sort, label);
    let both = |upper, lower| sort_heads(visit, query, filter, [upper, lower]);
    let head = html! {
        th.actions scope="col" {
            span.visually-hidden { (visit.t("partner-choose")) }
            input type="checkbox" data-script-shows data-select-all="invite" title=(visit.t("partner-choose-all"))
                aria-label=(visit.t("partner-choose-all"));
        }
        (sorted(Sort::Name, "partner-organization"))
        (sorted(Sort::Place, "partner-place"))
        (sorted(Sort::Kind, "partner-type"))
        (sorted(Sort::Partner, "partner-kind"))
        (sorted(Sort::Status, "partner-status"))
        (sorted(Sort::Recipient, "partner-recipient"))
        (both((Sort::Invited, "partner-invited"), (Sort::Responded, "partner-responded")))
        (both((Sort::Outsourced, "partner-outsourced"), (Sort::Open, "partner-open")))
        (parts::head_hidden(visit.t("partner-actions")))
    };
    let rows = html! { @for line in lines { (row(visit, line, &back)) } };
    let has_choice = lines.iter().any(|line| obstacle(line).is_none());
    let hint = if has_choice { "partner-invite-hint" } else { "partner-invite-none" };
    // Below the table the button keeps in sight, however long the list is.
    html! {
        p.hint { (visit.t(hint)) }
        (parts::records_filtered(visit.t("partner-title"), &head, &filters(visit, query), &rows))
        @if has_choice {
            form #invite.chosen-row method="post" action="/partners/invitations" {
                (field::hidden("back", &back))
                (button::submit(visit.t("partner-invite-chosen"), Look::Primary))
            }
        }
    }
}

/// The form to which the filters beneath the head belong: they stand in the table, which has forms of its own.
pub fn form(visit: &Visit, query: &Fields) -> Markup {
    let hidden = html! { @if query.has("sort") { (field::hidden("sort", query.get("sort"))) } };
    let reset = super::is_filtered(query).then(|| (visit.t("form-reset"), super::HERE));
    parts::filter_form((FORM, super::HERE), &hidden, visit.t("form-filter"), reset)
}

/// A field for each column that one looks something up in.
fn filters(visit: &Visit, query: &Fields) -> Markup {
    let text =
        |name: &'static str, label| parts::filter_text(FORM, name, visit.t(label), query.get(name));
    let choice = |name: &'static str, label, keys: Vec<(&'static str, &'static str)>| {
        let all = keys.into_iter().map(|(value, key)| Choice::new(value, visit.t(key)));
        let all: Vec<_> =
            std::iter::once(Choice::new("", visit.t("filter-any"))).chain(all).collect();
        parts::filter_choice(FORM, name, visit.t(label), query.get(name), &all)
    };
    let types = OrganizationType::ALL.into_iter().filter(|kind| kind.may_be_partner());
    let types = types.map(|kind| (kind.name(), kind.key())).collect();
    let kinds = PartnerKind::ALL.map(|kind| (kind.name(), kind_key(kind))).to_vec();
    let states = State::ALL.map(|state| (state.name(), state.key())).to_vec();
    html! {
        (parts::filter_none())
        (text("q", "partner-organization"))
        (text("place", "partner-place"))
        (choice("kind", "partner-type", types))
        (choice("partner", "partner-kind", kinds))
        (choice("status", "partner-status", states))
        (text("recipient", "partner-recipient"))
        @for _ in 0..3 { (parts::filter_none()) }
    }
}

const fn kind_key(kind: PartnerKind) -> &'static str {
    match kind {
        PartnerKind::Tenant => "partner-kind-tenant",
        PartnerKind::Portal => "partner-kind-portal",
    }
}

fn back(query: &Fields) -> String {
    let same = address(query, "", "");
    if same.ends_with('?') { super::HERE.to_owned() } else { same }
}

fn sort_head(
    visit: &Visit,
    query: &Fields,
    filter: &Filter,
    sort: Sort,
    label: &'static str,
) -> Markup {
    let now = direction(filter, sort);
    parts::sort_head(visit.t(label), &pick::sorted_by(query, sort.name(), now), now)
}

/// Two facts in one column, each of which sorts.
fn sort_heads(
    visit: &Visit,
    query: &Fields,
    filter: &Filter,
    facts: [(Sort, &'static str); 2],
) -> Markup {
    let links = facts.map(|(sort, label)| {
        let now = direction(filter, sort);
        (visit.t(label), pick::sorted_by(query, sort.name(), now), now)
    });
    parts::sort_heads(&links)
}

fn direction(filter: &Filter, sort: Sort) -> Option<Direction> {
    pick::way(filter.sort == sort, filter.down)
}

/// Whether this company stands where it can be invited; whether it can be reached is another question.
fn stands_open(line: &Line) -> bool {
    let moves = line.status.moves(Side::Lead);
    moves.contains(&Move::SendInvitation) || moves.contains(&Move::Reinvite)
}

/// Why this row cannot be invited now, if so.
fn obstacle(line: &Line) -> Option<Refusal> {
    if !stands_open(line) {
        return line.status.play(Side::Lead, Move::SendInvitation).err();
    }
    line.may_be_partner().and_then(|()| line.may_receive()).err()
}

fn row(visit: &Visit, line: &Line, back: &str) -> Markup {
    let relation = line.relation.as_ref();
    let partner =
        relation.and_then(|relation| relation.partner.as_deref()).filter(|name| *name != line.name);
    let works_with = line.partner_kind().map(|kind| html! { (visit.t(kind_key(kind))) });
    let outsourced = relation.and_then(|relation| relation.outsourced_at).map(|at| {
        html! {
            span.stacked {
                (ago(&visit.format, at))
                span.detail { (visit.count("partner-open-count", line.open)) }
            }
        }
    });
    let cells = html! {
        (parts::cell(visit.t("partner-choose"), &checkbox(line)))
        (parts::cell_title(&line.name, &format!("/organizations/{}", line.organization), partner))
        (parts::cell_text(visit.t("partner-place"), &line.place))
        (parts::cell(visit.t("partner-type"), &kind(visit, line)))
        (parts::cell_maybe(visit.t("partner-kind"), works_with.as_ref()))
        (parts::cell(visit.t("partner-status"), &status(visit, line)))
        (parts::cell(visit.t("partner-recipient"), &recipient(visit, line, back)))
        (parts::cell_maybe(visit.t("partner-invited"), invited(visit, relation).as_ref()))
        (parts::cell_maybe(visit.t("partner-outsourced"), outsourced.as_ref()))
        (parts::cell_actions(&actions(visit, line, back)))
    };
    html! { tr { (cells) } }
}

/// The box of a row; one that cannot be ticked points to where the row says why (section 5).
fn checkbox(line: &Line) -> Markup {
    let why = obstacle(line).map(|_| why_id(line));
    html! {
        input type="checkbox" name="organization" value=(line.organization) form="invite"
            disabled[why.is_some()] aria-label=(line.name) aria-describedby=[why];
    }
}

fn why_id(line: &Line) -> String {
    format!("why-{}", line.organization)
}

/// The state, and why nobody of this state can be invited.
fn status(visit: &Visit, line: &Line) -> Markup {
    let why = match line.status {
        State::Invited => Some("partner-why-invited"),
        State::Active => Some("partner-why-active"),
        State::Inactive => Some("partner-why-inactive"),
        State::NotInvited | State::Declined => None,
    };
    html! {
        span.stacked {
            (state_chip(visit, line.status))
            @if let Some(why) = why { span.detail id=(why_id(line)) { (visit.t(why)) } }
        }
    }
}

/// Its type, and that it has left the address book or can be no partner any more.
fn kind(visit: &Visit, line: &Line) -> Markup {
    html! {
        (visit.t(line.kind.key()))
        @if !line.active { " " (chip(Tone::Neutral, visit.t("form-inactive"))) }
    }
}

/// Edit Recipient, and from there back to the list as it is.
fn recipient_page(line: &Line, back: &str) -> String {
    let query = pick::address(&Fields::default().with("back", back), "", "");
    format!("/partners/{}/recipient{query}", line.organization)
}

fn recipient(visit: &Visit, line: &Line, back: &str) -> Markup {
    let edit = recipient_page(line, back);
    let id = stands_open(line).then(|| why_id(line));
    html! {
        span.stacked.roomy {
            @if let Some(recipient) = &line.recipient {
                @if !recipient.redacted { @if recipient.name.trim() != recipient.email { span { (recipient.name) } } span.detail { (email(&recipient.email)) } }
            }
            @if let Err(refusal) = line.may_be_partner() {
                a.detail id=[id] href={ "/organizations/" (line.organization) } { (icon(Icon::Warning)) " " (visit.say(&refusal.message())) }
            } @else if let Err(refusal) = line.may_receive() {
                // Most rows of a long list have none: two words, not a sentence in each.
                @let text = match refusal {
                    Refusal::RecipientMissing => visit.t("partner-choose-recipient").to_owned(),
                    other => visit.say(&other.message()),
                };
                a.detail id=[id] href=(edit) { (icon(Icon::Warning)) " " (text) }
            }
        }
    }
}

fn invited(visit: &Visit, relation: Option<&Relation>) -> Option<Markup> {
    let (relation, (at, by)) = relation.and_then(|it| Some((it, it.invited.as_ref()?)))?;
    // An answered or withdrawn invitation runs out no more.
    let open = relation.expires_at.filter(|_| relation.responded_at.is_none());
    Some(html! {
        span.stacked {
            (ago(&visit.format, *at))
            span.detail { (by) }
            @if let Some(at) = relation.responded_at {
                span.detail { (visit.t("partner-responded")) " " (ago(&visit.format, at)) }
            }
            @if let Some(until) = open {
                @if until < visit.now() {
                    span.detail { (icon(Icon::Warning)) " " (visit.t("partner-expired")) }
                } @else {
                    span.detail { (visit.t("partner-valid-until")) " " (visit.format.date(until)) }
                }
            }
        }
    })
}

fn actions(visit: &Visit, line: &Line, back: &str) -> Markup {
    let moves = line.status.moves(Side::Lead);
    let label = format!("{}: {}", visit.t("partner-actions"), line.name);
    let reachable = line.may_be_partner().and_then(|()| line.may_receive()).is_ok();
    let items = html! {
        @if line.may_be_partner().is_ok() { (menu::link(visit.t("partner-edit-recipient"), &recipient_page(line, back), Some(Icon::Person))) }
        @for mv in moves {
            @if reachable || !mv.sends_invitation() { (entry(visit, line, mv, back)) }
        }
        @if let Some(relation) = &line.relation {
            (menu::link(visit.t("partner-history"), &format!("/partners/{}/history", relation.id), Some(Icon::History)))
        }
    };
    menu::more(&label, &items)
}

/// One move as an entry of the row's menu.
fn entry(visit: &Visit, line: &Line, mv: Move, back: &str) -> Markup {
    let Some((noun, picture)) = noun(mv) else { return html! {} };
    let action = match &line.relation {
        Some(relation) if noun != "invitations" => format!("/partners/{}/{noun}", relation.id),
        _ => "/partners/invitations".to_owned(),
    };
    let danger = matches!(mv, Move::Withdraw | Move::Deactivate);
    html! {
        form method="post" action=(action) {
            (field::hidden("back", back))
            @if noun == "invitations" { (field::hidden("organization", &line.organization.to_string())) }
            button.menu-item.danger[danger] type="submit" {
                span.menu-icon { (icon(picture)) }
                span { (visit.t(mv.key())) }
            }
        }
    }
}

/// Where a move is posted to, and its icon; the invited side's moves are not here.
fn noun(mv: Move) -> Option<(&'static str, Icon)> {
    match mv {
        Move::SendInvitation | Move::Reinvite => Some(("invitations", Icon::Send)),
        Move::Resend => Some(("renewal", Icon::Refresh)),
        Move::Withdraw => Some(("withdrawal", Icon::Return)),
        Move::Deactivate => Some(("deactivation", Icon::Ban)),
        Move::Reactivate => Some(("reactivation", Icon::Check)),
        Move::Accept | Move::Decline => None,
    }
}
