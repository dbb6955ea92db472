//! Hands a ticket to a network: choose one, say what it should know, see what will leave, send (section 6).

use axum::extract::Path;
use axum::response::Response;
use domain::ids::{NetworkId, TicketId};
use domain::message::Message;
use domain::money::Currency;
use domain::network::Action;
use domain::network::template::{Variable, uses};
use domain::outsourcing::Status;
use domain::permission::Permission;
use domain::terms::Billing;
use domain::ticket::limits;
use maud::{Markup, html};

use super::{action_key, left};
use crate::actions::network_rounds::{self, Order};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::secret;
use crate::store;
use crate::store::PAGE;
use crate::store::network_rounds::Left;
use crate::store::networks::{Filter, Network};
use crate::store::tickets::Ticket;
use crate::web::forms::{Form, go};
use crate::web::mark::ago;
use crate::web::parts::outsource::preview as frame;
use crate::web::parts::page::{back, head_with};
use crate::web::parts::{Icon, Look, Tone, button, empty_state, field, flash, table};
use crate::web::pick;

/// Many sites read no longer addresses.
const LONG_LINK: usize = 2000;

struct Stage {
    ticket: Ticket,
    currency: Currency,
    network: Option<Network>,
    /// The partner of terms that were saved and not sent: sending drops them.
    unsent: Option<String>,
}

async fn stage(visit: &Visit, id: TicketId, asked: Option<NetworkId>) -> Result<Stage, Problem> {
    visit.require(Permission::Outsource)?;
    visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let ticket = store::tickets::of(tx, company, id)?.ok_or(Problem::NotFound)?;
            let own = store::companies::of(tx, company)?.ok_or(Problem::NotFound)?;
            let live = ticket.outsource_status.is_some_and(Status::is_live);
            let received = ticket.insourced_from.is_some();
            domain::outsourcing::may_start_round(!ticket.status.is_open(), live, received)?;
            let network = match asked {
                Some(asked) => {
                    let found = store::networks::of(tx, company, asked)?;
                    Some(found.ok_or(Problem::NotFound)?)
                }
                None => None,
            };
            let unsent = match ticket.outsource_status {
                Some(Status::Unsent) => store::outsourcings::on_ticket(tx, company, id)?
                    .into_iter()
                    .next()
                    .map(|case| case.partner_name),
                _ => None,
            };
            Ok(Stage { ticket, currency: own.currency, network, unsent })
        })
        .await
}

/// `GET /tickets/{id}/network`: the page for the network that is asked for, or the choice of one.
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let query = pick::query(&visit);
    let asked = query.number("network").map(NetworkId);
    let stage = stage(&visit, TicketId(id), asked).await?;
    match &stage.network {
        None => choose(&visit, &stage, &query).await,
        Some(network) => {
            domain::network::may_receive_tickets(network.active)?;
            page(&visit, &stage, network, &Form::fresh(Fields::default()), None).await
        }
    }
}

async fn choose(visit: &Visit, stage: &Stage, query: &Fields) -> Result<Response, Problem> {
    let text = query.text("q");
    let filter = Filter {
        text: text.chars().take(100).collect(),
        active: Some(true),
        limit: PAGE,
        ..Filter::default()
    };
    let mut lines = visit
        .read(move |tx, acting| Ok(store::networks::page(tx, acting.actor.company, &filter)?))
        .await?;
    let more = pick::cut(&mut lines, PAGE);
    let here = format!("/tickets/{}/network", stage.ticket.id);
    let columns = html! {
        (table::head(visit.t("network-name")))
        (table::head(visit.t("network-action")))
        (table::head(visit.t("network-organization")))
        (table::head(visit.t("network-used")))
    };
    let rows = html! {
        @for line in &lines {
            @let href = format!("{here}?network={}", line.network.id);
            (table::row(&href, &html! {
                (table::cell_title(&line.network.name, &href, None))
                (table::cell_text(visit.t("network-action"), visit.t(action_key(line.network.action))))
                (table::cell_text(visit.t("network-organization"), &line.organization))
                (table::cell(visit.t("network-used"), &html! {
                    @match line.used_at { Some(at) => (ago(&visit.format, at)), None => "–" }
                }))
            }))
        }
    };
    let manage = html! {
        @if visit.may(Permission::ManageNetworks) {
            (button::link(visit.t("nav-networks"), super::HERE, Look::Primary, Some(Icon::Network)))
        }
    };
    let search = field::search("q", visit.t("networks-search"), &text);
    let body = html! {
        (head(visit, stage))
        h2 { (visit.t("network-choose")) }
        (table::filters(&here, &search, visit.t("list-search"), None))
        @if lines.is_empty() {
            (empty_state(Icon::Network, visit.t("network-none-active"), visit.t("network-none-active-hint"), &manage))
        } @else {
            (table::records(visit.t("network-choose"), &columns, &rows))
            @if more { p.hint { (visit.t("network-choose-more")) } }
        }
    };
    Ok(Form::fresh(Fields::default()).answer(visit.page(visit.t("outsource-title"), &body)))
}

fn head(visit: &Visit, stage: &Stage) -> Markup {
    let above = back(&stage.ticket.number, &format!("/tickets/{}", stage.ticket.id));
    let title = html! { (visit.t("outsource-title")) };
    head_with(&above, &title, &html! { (stage.ticket.title) }, &html! {})
}

/// `POST /tickets/{id}/network`: sends, or shows the preview again; which button was pressed says the field `then`.
pub async fn create(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let asked = fields.number("network").map(NetworkId);
    let stage = stage(&visit, TicketId(id), asked).await?;
    let Some(network) = &stage.network else { return choose(&visit, &stage, &fields).await };
    domain::network::may_receive_tickets(network.active)?;
    let (order, mistakes) = read(&visit, &stage, network, &fields);
    // Without a button pressed (the script computing while one types) nothing is sent.
    if fields.get("then") != "send" {
        return page(&visit, &stage, network, &Form::fresh(fields), None).await;
    }
    let sent = match mistakes.check() {
        Ok(()) => {
            let left = leaves(&visit, &stage, network, &order.message).await;
            match left {
                Ok(left) if digest(network, &left)? != fields.get("seen") => {
                    let notice = flash(Tone::Warning, visit.t("outsource-preview-changed"));
                    let form = Form::fresh(fields);
                    return page(&visit, &stage, network, &form, Some(notice)).await;
                }
                Ok(_) => {
                    let ticket = stage.ticket.id;
                    visit
                        .write(move |tx, acting| network_rounds::send(tx, acting, ticket, &order))
                        .await
                }
                Err(problem) => Err(problem),
            }
        }
        Err(problem) => Err(problem),
    };
    match sent {
        Ok(_) => Ok(go(&format!("/tickets/{id}"), done_key(network.action))),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            page(&visit, &stage, network, &form, None).await
        }
    }
}

fn done_key(action: Action) -> &'static str {
    match action {
        Action::Email => "done-network-mailed",
        Action::LiveLink => "done-network-linked",
        Action::Nothing => "done-network-sent",
    }
}

fn read(visit: &Visit, stage: &Stage, network: &Network, fields: &Fields) -> (Order, Mistakes) {
    let mut mistakes = Mistakes::default();
    let language = visit.format.language;
    let billing_rate = fields.money("billing_rate", language, stage.currency, &mut mistakes);
    let order = Order {
        network: network.id,
        message: fields.text("message"),
        billing: Billing { billing_rate, work_type: fields.text("work_type") },
    };
    (order, mistakes)
}

async fn leaves(
    visit: &Visit,
    stage: &Stage,
    network: &Network,
    message: &str,
) -> Result<Left, Problem> {
    let (ticket, network, message) = (stage.ticket.clone(), network.clone(), message.to_owned());
    visit
        .read(move |tx, acting| network_rounds::left(tx, acting, &ticket, &network, &message))
        .await
}

/// What the sender saw: everything that would leave, and by which way.
fn digest(network: &Network, left: &Left) -> Result<String, Problem> {
    Ok(secret::digest(&serde_json::to_string(&(network.action.name(), left))?))
}

async fn page(
    visit: &Visit,
    stage: &Stage,
    network: &Network,
    form: &Form,
    notice: Option<Markup>,
) -> Result<Response, Problem> {
    let (order, _) = read(visit, stage, network, form.fields());
    let (seen, preview) = match leaves(visit, stage, network, &order.message).await {
        Ok(left) => (digest(network, &left)?, preview(visit, network, &left)),
        Err(Problem::Invalid(mistakes)) => {
            let told = mistakes.0.first().map(|(_, message)| visit.say(message));
            (String::new(), flash(Tone::Danger, &told.unwrap_or_default()))
        }
        Err(other) => return Err(other),
    };
    let home = format!("/tickets/{}", stage.ticket.id);
    let switch = button::link(
        visit.t("network-switch-to"),
        &format!("{home}/network"),
        Look::Quiet,
        Some(Icon::Refresh),
    );
    let unsent = stage.unsent.as_deref().map(|partner| {
        let message = Message::new("network-drops-unsent").with("partner", partner);
        flash(Tone::Info, &visit.say(&message))
    });
    let body = html! {
        (head(visit, stage))
        @if let Some(notice) = notice { (notice) }
        @if let Some(unsent) = unsent { (unsent) }
        (form.summary())
        form.sheet.terms method="post" action={ (home) "/network" } data-warn-unsaved data-compute={ (home) "/network" } {
            (field::hidden("network", &network.id.to_string()))
            section.partner-chosen { span.label { (visit.t("network")) } strong { (network.name) } (switch) }
            (message_field(visit, network, form))
            (billing_fields(visit, stage, form))
            div data-computed="network" { (field::hidden("seen", &seen)) (preview) }
            (button::row(&html! {
                (button::submit_as(visit.t("move-send"), "then", "send", Look::Primary))
                (button::submit_as(visit.t("outsource-preview-refresh"), "then", "preview", Look::Plain))
                (button::link(visit.t("form-cancel"), &home, Look::Quiet, None))
            }))
        }
    };
    Ok(form.answer(visit.page(visit.t("outsource-title"), &body)))
}

fn message_field(visit: &Visit, network: &Network, form: &Form) -> Markup {
    let travels = match network.action {
        Action::Email => {
            uses(&network.subject, Variable::Message) || uses(&network.body, Variable::Message)
        }
        Action::LiveLink => uses(&network.link, Variable::Message),
        Action::Nothing => false,
    };
    let hint = if travels { "network-message-leaves" } else { "network-message-stays" };
    let field = form.field("message", visit.t("network-message")).hint(visit.t(hint));
    field::group(
        visit.t(action_key(network.action)),
        None,
        &field::textarea(field.maxlength(limits::INSTRUCTIONS).wide().autofocus(), 5),
    )
}

fn billing_fields(visit: &Visit, stage: &Stage, form: &Form) -> Markup {
    field::group(
        visit.t("terms-billing"),
        Some(visit.t("terms-billing-hint")),
        &html! {
            (field::money(form.field("billing_rate", visit.t("terms-billing-rate")), stage.currency.code()))
            (field::text(form.field("work_type", visit.t("terms-work-type")).maxlength(100)))
        },
    )
}

fn preview(visit: &Visit, network: &Network, left: &Left) -> Markup {
    let stays = ["preview-stays-internal", "preview-stays-rate"].map(|key| visit.t(key));
    let hint = match network.action {
        Action::Email => "network-preview-email",
        Action::LiveLink => "network-preview-livelink",
        Action::Nothing => "network-preview-none",
    };
    let long = left.link.len() > LONG_LINK;
    html! {
        (frame(
            visit.t("preview-title"),
            visit.t(hint),
            &left::content(visit, network.action, left),
            visit.t("preview-stays"),
            &stays,
        ))
        @if long {
            @let length = i64::try_from(left.link.len()).unwrap_or(i64::MAX);
            (flash(Tone::Warning, &visit.say(&Message::new("network-link-long").with("length", length))))
        }
    }
}
