//! The page *Outsource Ticket* (section 8): choose a partner, set the terms, see what will leave, send.

mod choice;
mod typed;

use axum::extract::Path;
use axum::response::Response;
use domain::ids::{OrganizationId, PartnershipId, TicketId};
use domain::message::Message;
use domain::money::Currency;
use domain::outsourcing::{Move, Status};
use domain::permission::Permission;
use domain::terms::{Billing, RateType, Terms};
use domain::ticket::limits;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::offer;
use super::outsource_bar::rate_key;
use super::parts::outsource::sum;
use super::parts::page::{back, flash_with, head_with};
use super::parts::{Choice, Icon, Look, Tone, button, field, flash, icon};
use super::pick;
use crate::actions::letters::Recipient;
use crate::actions::offers::{self, Offerable, Snapshot};
use crate::actions::round_letters;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::secret;
use crate::store;
use crate::store::outsourcings::Outsourcing;
use crate::store::tickets::Ticket;

struct Stage {
    ticket: Ticket,
    currency: Currency,
    accept_hours: i64,
    unsent: Option<Outsourcing>,
    /// The last round, if the partner did not take it: its terms may serve again.
    former: Option<Outsourcing>,
    billing: Billing,
    offerable: Offerable,
    /// The chosen partner: the relationship, the organization in the own book, its name.
    partner: Option<(PartnershipId, OrganizationId, String)>,
    /// Who at the partner is written to; nobody if the address book has no address (gap G18).
    reader: Option<Recipient>,
}

async fn stage(
    visit: &Visit,
    id: TicketId,
    asked: Option<PartnershipId>,
) -> Result<Stage, Problem> {
    visit.require(Permission::Outsource)?;
    visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let ticket = store::tickets::of(tx, company, id)?.ok_or(Problem::NotFound)?;
            let own = store::companies::of(tx, company)?.ok_or(Problem::NotFound)?;
            let newest = store::outsourcings::on_ticket(tx, company, id)?.into_iter().next();
            let live = newest.as_ref().is_some_and(|round| round.round.status.is_live());
            let complete = !ticket.status.is_open();
            domain::outsourcing::may_start_round(complete, live, ticket.insourced_from.is_some())?;
            let (unsent, former) = match newest {
                Some(round) if round.round.status == Status::Unsent => (Some(round), None),
                newest => (None, newest.filter(|round| !round.round.was_accepted())),
            };
            let billing = match unsent.as_ref().or(former.as_ref()) {
                Some(round) => {
                    let currency = round.terms.authorized_charge.currency;
                    store::outsourcings::billing(tx, company, round.id, currency)?
                }
                None => Billing::default(),
            };
            let chosen = asked.or(unsent.as_ref().map(|round| round.partnership));
            let chosen =
                chosen.map(|id| store::partnerships::of(tx, company, id)).transpose()?.flatten();
            let (partner, reader) = match chosen {
                Some(found) if found.status.may_receive_tickets().is_ok() => {
                    let organization = store::organizations::of(tx, company, found.organization)?
                        .ok_or(Problem::NotFound)?;
                    let reader = round_letters::partner_recipient(tx, &found)?;
                    let partner = (found.id, organization.id, organization.name.clone());
                    (Some(partner).filter(|_| organization.may_be_partner().is_ok()), reader)
                }
                Some(_) | None => (None, None),
            };
            Ok(Stage {
                offerable: offers::offerable(tx, company, id)?,
                currency: own.currency,
                accept_hours: own.accept_hours,
                ticket,
                unsent,
                former,
                billing,
                partner,
                reader,
            })
        })
        .await
}

/// `GET /tickets/{id}/outsource`: the terms for a partner, or the choice of one.
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let query = pick::query(&visit);
    let asked = query.number("partner").map(PartnershipId);
    let stage = stage(&visit, TicketId(id), asked).await?;
    if stage.partner.is_none() || query.ticked("switch") {
        return choice::page(&visit, &stage, &query).await;
    }
    let form = Form::fresh(typed::first_fields(&visit, &stage));
    let again = stage.former.as_ref().map(|_| flash(Tone::Info, visit.t("outsource-terms-again")));
    terms_page(&visit, &stage, &form, again).await
}

fn head(visit: &Visit, stage: &Stage) -> Markup {
    let above = back(&stage.ticket.number, &format!("/tickets/{}", stage.ticket.id));
    head_with(
        &above,
        &html! { (visit.t("outsource-title")) },
        &html! { (stage.ticket.title) },
        &html! {},
    )
}

/// `POST /tickets/{id}/outsource`: save without sending, or send; which button was pressed says the field `then`.
pub async fn create(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    // Another one, taken over from the choice, or the one whose terms these are.
    let asked = fields.number("to").or(fields.number("partner")).map(PartnershipId);
    let stage = stage(&visit, TicketId(id), asked).await?;
    let switches = fields.get("then") == "switch" && !fields.has("to");
    let Some((partner, ..)) = stage.partner.clone().filter(|_| !switches) else {
        return choice::page(&visit, &stage, &fields).await;
    };
    let (terms, mistakes) = typed::read(&visit, &stage, &fields);
    let then = fields.get("then").to_owned();
    // Without a button pressed (the script computing while one types) nothing is saved.
    if then != "send" && then != "save" {
        let form = Form::fresh(fields);
        return terms_page(&visit, &stage, &form, None).await;
    }
    let shown = fields.get("seen").to_owned();
    let seen = digest(&visit, &stage, &terms).await?;
    if then == "send"
        && mistakes.is_empty()
        && terms.validate(visit.now()).is_empty()
        && seen != shown
    {
        let form = Form::fresh(fields);
        let notice = flash(Tone::Warning, visit.t("outsource-preview-changed"));
        return terms_page(&visit, &stage, &form, Some(notice)).await;
    }
    match act(&visit, id, partner, terms, mistakes, &then).await {
        Ok(()) if then == "send" => {
            let told = if stage.reader.is_some() { "done-outsourced" } else { "warned-outsourced" };
            Ok(go(&format!("/tickets/{id}"), told))
        }
        Ok(()) => Ok(go(&format!("/tickets/{id}"), "done-terms-saved")),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            terms_page(&visit, &stage, &form, None).await
        }
    }
}

async fn act(
    visit: &Visit,
    id: i64,
    partner: PartnershipId,
    terms: Terms,
    mistakes: Mistakes,
    then: &str,
) -> Result<(), Problem> {
    let ticket = TicketId(id);
    let send = then == "send";
    if send {
        // Every mistake at once: what cannot be read and what the rules find.
        let mut all = mistakes;
        all.join(Mistakes(terms.validate(visit.now())));
        all.check()?;
        return visit
            .write(move |tx, acting| offers::send(tx, acting, ticket, partner, &terms).map(|_| ()))
            .await;
    }
    // Unfinished terms may be saved; what cannot be read may not, as it would be lost.
    Mistakes(
        mistakes.0.into_iter().filter(|(_, message)| message.key != "mistake-missing").collect(),
    )
    .check()?;
    visit
        .write(move |tx, acting| offers::save(tx, acting, ticket, partner, &terms).map(|_| ()))
        .await
}

/// What the sender saw: a digest of everything that would leave.
async fn digest(visit: &Visit, stage: &Stage, terms: &Terms) -> Result<String, Problem> {
    let snapshot = snapshot(visit, stage, terms).await?;
    Ok(secret::digest(&serde_json::to_string(&snapshot)?))
}

async fn snapshot(visit: &Visit, stage: &Stage, terms: &Terms) -> Result<Snapshot, Problem> {
    let ticket = stage.ticket.clone();
    let terms = terms.clone();
    visit.read(move |tx, _| offers::snapshot(tx, &ticket, &terms)).await
}

async fn terms_page(
    visit: &Visit,
    stage: &Stage,
    form: &Form,
    notice: Option<Markup>,
) -> Result<Response, Problem> {
    let Some((partner, organization, name)) = &stage.partner else { return Err(Problem::NotFound) };
    let (terms, _) = typed::read(visit, stage, form.fields());
    let snapshot = snapshot(visit, stage, &terms).await?;
    let seen = secret::digest(&serde_json::to_string(&snapshot)?);
    let home = format!("/tickets/{}", stage.ticket.id);
    let body = html! {
        (head(visit, stage))
        @if let Some(notice) = notice { (notice) }
        (form.summary())
        form.sheet.terms method="post" action={ (home) "/outsource" } data-warn-unsaved data-compute={ (home) "/outsource" } {
            (field::hidden("partner", &partner.to_string()))
            section.partner-chosen {
                span.label { (visit.t("outsource-partner")) }
                // Beside the form, so that what was typed stays where it is.
                strong { a href={ "/organizations/" (organization) } target="_blank" rel="noopener" { (name) } }
                (switch(visit))
            }
            @if stage.reader.is_none() { (unreachable(visit, *organization)) }
            (terms_fields(visit, stage, form))
            (share_fields(visit, stage, form))
            (billing_fields(visit, stage, form))
            div data-computed="outsource" {
                (field::hidden("seen", &seen))
                @let stated = typed::stated(form.fields(), &terms);
                (sums(visit, &terms, stated))
                (offer::preview(visit, &snapshot, &terms, stated))
            }
            (button::row(&html! {
                (button::submit_as(visit.t("move-send"), "then", "send", Look::Primary))
                (button::submit_as(visit.t("outsource-preview-refresh"), "then", "preview", Look::Plain))
                (button::submit_as(visit.t("outsource-save"), "then", "save", Look::Plain))
                @if let Some(round) = &stage.unsent {
                    (button::link(visit.t(Move::Remove.key()), &format!("/outsourcings/{}/removal", round.id), Look::Danger, Some(Icon::Delete)))
                }
                (button::link(visit.t("form-cancel"), &home, Look::Quiet, None))
            }))
        }
    };
    Ok(form.answer(visit.page(visit.t("outsource-title"), &body)))
}

/// Back to the choice with all that was typed. A first button that nobody sees keeps the Enter key from switching.
fn switch(visit: &Visit) -> Markup {
    html! {
        button hidden type="submit" name="then" value="preview" formnovalidate {}
        button.button.quiet type="submit" name="then" value="switch" formnovalidate {
            (icon(Icon::Refresh))
            span { (visit.t("outsource-switch")) }
        }
    }
}

/// The partner will learn of the ticket only by looking; the address book is where to change that (gap G18).
fn unreachable(visit: &Visit, organization: OrganizationId) -> Markup {
    flash_with(
        Tone::Warning,
        &html! {
            p { (visit.t("outsource-unreachable")) }
            p { a href={ "/organizations/" (organization) } target="_blank" rel="noopener" { (visit.t("outsource-unreachable-link")) } }
        },
    )
}

fn terms_fields(visit: &Visit, stage: &Stage, form: &Form) -> Markup {
    let code = stage.currency.code();
    let rates = [RateType::Hourly, RateType::Flat]
        .map(|rate| Choice::new(rate.name(), visit.t(rate_key(rate))));
    field::group(
        visit.t("terms-title"),
        Some(visit.t("terms-hint")),
        &html! {
            (field::date_time(form.field("accept_by", visit.t("terms-accept-by")).required().hint(visit.t("terms-accept-by-hint"))))
            (field::date_time(form.field("due", visit.t("terms-due"))))
            (field::radio(form.field("rate_type", visit.t("terms-rate-type")).wide(), &rates))
            (field::money(form.field("authorized_charge", visit.t("terms-authorized-charge")).required().hint(visit.t("terms-authorized-charge-hint")), code))
            (field::amount(form.field("authorized_hours", visit.t("terms-authorized-hours")).hint(visit.t("terms-authorized-hours-hint")), visit.t("unit-hours")))
            (field::textarea(form.field("instructions", visit.t("terms-instructions")).maxlength(limits::INSTRUCTIONS).wide().hint(visit.t("terms-instructions-hint")), 4))
        },
    )
}

fn share_fields(visit: &Visit, stage: &Stage, form: &Form) -> Markup {
    let ticked = |name: &str, id: i64| form.fields().all(name).any(|value| value == id.to_string());
    field::group(
        visit.t("terms-share"),
        Some(visit.t("terms-share-hint")),
        &html! {
            @if stage.ticket.contact.is_some() {
                (field::checkbox(form.field("share_contact", visit.t("share-contact")), form.ticked("share_contact")))
            }
            @if !stage.ticket.device.is_empty() {
                (field::checkbox(form.field("share_device", visit.t("share-device")), form.ticked("share_device")))
            }
            @for note in &stage.offerable.notes {
                @let (id, dom) = (note.id.0.to_string(), format!("field-note-{}", note.id.0));
                @let label = visit.say(&Message::new("share-note").with("author", note.author_name.as_str()).with("text", short(&note.title, &note.body)));
                (field::checkbox_of(field::Field::new("note", &label).id(&dom).value(&id).wide(), ticked("note", note.id.0)))
            }
            @for file in &stage.offerable.files {
                @let (id, dom) = (file.id.0.to_string(), format!("field-file-{}", file.id.0));
                @let name = match &file.part { store::items::Part::Attachment(file) => file.file_name.as_str(), _ => "" };
                @let label = visit.say(&Message::new("share-file").with("name", name));
                (field::checkbox_of(field::Field::new("file", &label).id(&dom).value(&id).wide(), ticked("file", file.id.0)))
            }
        },
    )
}

fn short(title: &str, body: &str) -> String {
    let text = if title.is_empty() { body } else { title };
    let mut short: String = text.lines().next().unwrap_or("").chars().take(80).collect();
    if text.chars().count() > short.chars().count() {
        short.push('…');
    }
    short
}

fn billing_fields(visit: &Visit, stage: &Stage, form: &Form) -> Markup {
    field::group(
        visit.t("terms-billing"),
        Some(visit.t("terms-billing-hint")),
        &html! {
            (field::money(form.field("billing_rate", visit.t("terms-billing-rate")).required(), stage.currency.code()))
            (field::text(form.field("work_type", visit.t("terms-work-type")).maxlength(100)))
        },
    )
}

/// Total, and for those who may see figures the margin; warnings stand against nothing.
fn sums(visit: &Visit, terms: &Terms, stated: bool) -> Markup {
    let total = terms.total().ok().filter(|_| stated);
    let total = total.map_or_else(|| "–".to_owned(), |total| visit.format.money(total));
    let hours = terms.authorized_hours.unwrap_or_default();
    let margin = terms
        .margin(hours)
        .ok()
        .filter(|_| visit.may(Permission::SeeFinancials) && terms.billing.billing_rate.is_some());
    html! {
        @if let Some(margin) = margin.filter(|_| terms.rate_type == RateType::Hourly) {
            (sum(&[
                (visit.t("terms-total"), total.as_str()),
                (visit.t("terms-revenue"), &visit.format.money(margin.revenue)),
            ], (visit.t("terms-margin"), &visit.format.money(margin.margin))))
        } @else {
            (sum(&[], (visit.t("terms-total"), &total)))
        }
        @for (_, warning) in terms.warnings(domain::money::Hours(0)) { (flash(Tone::Warning, &visit.say(&warning))) }
    }
}
