//! Notes, time entries, charges, links: their forms. Uploads and downloads are in `files`.

mod figures;
mod removal;
mod time;

pub use removal::{ask_deletion, destroy, detach};

use axum::extract::Path;
use axum::response::Response;
use domain::ids::TicketId;
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::outsourcing::Side;
use domain::permission::Permission;
use domain::sync::{AttachmentKind, ItemKind, Publish};
use domain::ticket::limits;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::parts::page::{back, head_with};
use super::parts::{Choice, Look, button, field};
use super::stream;
use super::ticket::{self, Facts, facts};
use crate::actions;
use crate::actions::items::Draft;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::items::{Attachment, Charge, Item, ItemId, Part};

/// `POST /tickets/{id}/notes`
pub async fn create_note(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    create(visit, id, ItemKind::Note, fields).await
}

/// `POST /tickets/{id}/time`
pub async fn create_time(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    create(visit, id, ItemKind::TimeEntry, fields).await
}

/// `POST /tickets/{id}/charges`
pub async fn create_charge(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    create(visit, id, ItemKind::Charge, fields).await
}

/// `POST /tickets/{id}/links`
pub async fn create_link(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    create(visit, id, ItemKind::Attachment, fields).await
}

async fn create(
    visit: Visit,
    id: i64,
    kind: ItemKind,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let ticket = TicketId(id);
    let currency = currency(&visit, None).await?;
    let fields = figures::without_hidden(&visit, fields);
    let written = match draft(&visit, kind, &fields, currency) {
        Ok(draft) => {
            visit.write(move |tx, acting| actions::items::write(tx, acting, ticket, &draft)).await
        }
        Err(problem) => Err(problem),
    };
    match written {
        Ok(item) => Ok(go(&format!("/tickets/{id}#item-{}", item.0), "")),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            if form.fields().ticked("quick") {
                return ticket::answer(&visit, ticket, &form).await;
            }
            let facts = facts(&visit, ticket, None).await?;
            Ok(form.answer(page(&visit, &facts, (kind, currency), &form, None)))
        }
    }
}

/// `GET /tickets/{id}/time/new`
pub async fn new_time(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let fields =
        Fields::default().with("date", visit.format.today().to_string()).with("billable", "1");
    new(visit, id, ItemKind::TimeEntry, fields).await
}

/// `GET /tickets/{id}/charges/new`
pub async fn new_charge(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let fields = Fields::default()
        .with("date", visit.format.today().to_string())
        .with("quantity", "1")
        .with("billable", "1");
    new(visit, id, ItemKind::Charge, fields).await
}

async fn new(visit: Visit, id: i64, kind: ItemKind, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let facts = facts(&visit, TicketId(id), None).await?;
    let currency = currency(&visit, None).await?;
    let form = Form::fresh(fields.with("publish", Publish::All.name()));
    Ok(form.answer(page(&visit, &facts, (kind, currency), &form, None)))
}

/// What the amounts of a form are in: a charge keeps its own, whatever currency the company has by now or the partner
/// asked for it in; a new one takes the company's.
async fn currency(visit: &Visit, existing: Option<&Item>) -> Result<Currency, Problem> {
    if let Some(Part::Charge(charge)) = existing.map(|item| &item.part) {
        return Ok(charge.unit_price.currency);
    }
    let company = visit.company();
    let find = move |tx: &mut db::Tx, _: &_| Ok(store::companies::of(tx, company)?);
    Ok(visit.read(find).await?.ok_or(Problem::NotFound)?.currency)
}

/// Reads a form of any kind; amounts are in `currency`.
fn draft(
    visit: &Visit,
    kind: ItemKind,
    fields: &Fields,
    currency: Currency,
) -> Result<Draft, Problem> {
    let mut mistakes = Mistakes::default();
    let part = match kind {
        ItemKind::Note => Part::Note,
        ItemKind::TimeEntry => Part::Time(time::read(visit, fields, &mut mistakes)),
        ItemKind::Charge => Part::Charge(read_charge(visit, fields, currency, &mut mistakes)),
        ItemKind::Attachment => Part::Attachment(read_link(fields)),
    };
    let publish = match kind {
        // Time and charges are for all (section 18.2): there is nothing to choose.
        ItemKind::TimeEntry | ItemKind::Charge => Publish::All,
        _ => Publish::from_name(fields.get("publish")).unwrap_or(Publish::Internal),
    };
    let draft = Draft { publish, title: fields.text("title"), body: fields.text("body"), part };
    // One answer names what cannot be read and what is missing. A link can always be read; and of a file it is known
    // only later that it needs none.
    if kind != ItemKind::Attachment {
        mistakes.join(actions::items::wrong(&draft));
    }
    mistakes.check()?;
    Ok(draft)
}

fn read_charge(
    visit: &Visit,
    fields: &Fields,
    currency: Currency,
    mistakes: &mut Mistakes,
) -> Charge {
    let language = visit.format.language;
    let day = fields.day("date", mistakes);
    if day.is_none() && fields.get("date").is_empty() {
        mistakes.add("date", Message::new("mistake-missing"));
    }
    let quantity = fields.quantity("quantity", language, mistakes);
    let price = fields.money("unit_price", language, currency, mistakes);
    for (field, missing) in [("quantity", quantity.is_none()), ("unit_price", price.is_none())] {
        if missing && fields.get(field).trim().is_empty() {
            mistakes.add(field, Message::new("mistake-missing"));
        }
    }
    let zero = Money::zero(currency);
    Charge {
        charged_on: day.unwrap_or_else(|| visit.format.today()),
        quantity: quantity.unwrap_or(domain::money::Quantity(0)),
        unit_cost: fields.money("unit_cost", language, currency, mistakes).unwrap_or(zero),
        unit_price: price.unwrap_or(zero),
        billable: fields.ticked("billable"),
        bundle_of: None,
    }
}

fn read_link(fields: &Fields) -> Attachment {
    let kind =
        AttachmentKind::from_name(fields.get("kind")).filter(|kind| *kind != AttachmentKind::File);
    Attachment {
        kind: kind.unwrap_or(AttachmentKind::Url),
        file_name: String::new(),
        media_type: String::new(),
        size: 0,
        blob: None,
        url: Some(fields.text("url")),
    }
}

/// `GET /items/{id}/edit`
pub async fn edit(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let (item, facts) = changeable(&visit, ItemId(id)).await?;
    let form = Form::fresh(fields_of(&visit, &item));
    let currency = currency(&visit, Some(&item)).await?;
    Ok(form.answer(page(&visit, &facts, (item.kind(), currency), &form, Some(&item))))
}

async fn changeable(visit: &Visit, id: ItemId) -> Result<(Item, Facts), Problem> {
    visit.require(Permission::EditTickets)?;
    let item = visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let item = store::items::of(tx, company, id)?.ok_or(Problem::NotFound)?;
            let live = store::outsourcings::on_ticket(tx, company, item.ticket)?.into_iter().next();
            let live = live.filter(|case| case.round.status.is_live());
            actions::items::changeable(tx, acting, &item, live.as_ref())?;
            Ok(item)
        })
        .await?;
    let facts = facts(visit, item.ticket, None).await?;
    Ok((item, facts))
}

fn fields_of(visit: &Visit, item: &Item) -> Fields {
    let fields = Fields::default()
        .with("revision", item.revision.to_string())
        .with("publish", item.publish.name())
        .with("title", item.title.clone())
        .with("body", item.body.clone());
    let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    let ticked = |yes: bool| if yes { "1" } else { "" };
    match &item.part {
        Part::Note => fields,
        Part::Time(time) => fields
            .with("date", time.worked_on.to_string())
            .with("start", time.span.map(|span| clock(span.0)).unwrap_or_default())
            .with("end", time.span.map(|span| clock(span.1)).unwrap_or_default())
            .with("worked", visit.format.input_minor(time.worked.0))
            .with(
                "deduct",
                if time.deduct.0 == 0 {
                    String::new()
                } else {
                    visit.format.input_minor(time.deduct.0)
                },
            )
            .with("billable", ticked(time.billable))
            .with("internal_note", time.internal_note.clone()),
        Part::Charge(charge) => fields
            .with("date", charge.charged_on.to_string())
            .with("quantity", visit.format.input_minor(charge.quantity.0))
            .with("unit_cost", visit.format.input_minor(charge.unit_cost.minor))
            .with("unit_price", visit.format.input_minor(charge.unit_price.minor))
            .with("billable", ticked(charge.billable)),
        Part::Attachment(file) => {
            fields.with("kind", file.kind.name()).with("url", file.url.clone().unwrap_or_default())
        }
    }
}

/// `POST /items/{id}`
pub async fn update(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (item, facts) = changeable(&visit, ItemId(id)).await?;
    let revision = fields.number("revision").unwrap_or(0);
    let currency = currency(&visit, Some(&item)).await?;
    let mut fields = fields;
    figures::keep_hidden(&visit, &item, &mut fields);
    let saved = match draft(&visit, item.kind(), &fields, currency) {
        Ok(mut draft) => {
            keep_what_no_form_shows(&item, &mut draft);
            visit
                .write(move |tx, acting| {
                    actions::items::edit(tx, acting, ItemId(id), revision, &draft)
                })
                .await
        }
        Err(problem) => Err(problem),
    };
    match saved {
        Ok(ticket) => Ok(go(&format!("/tickets/{ticket}#item-{id}"), "done-saved")),
        Err(problem) => {
            let form = match problem {
                Problem::Stale => {
                    let (item, _) = changeable(&visit, ItemId(id)).await?;
                    visit.overtaken(fields, fields_of(&visit, &item), "revision")
                }
                problem => visit.returned(fields, problem)?,
            };
            Ok(form.answer(page(&visit, &facts, (item.kind(), currency), &form, Some(&item))))
        }
    }
}

/// The rate of a time entry has no field; a copy stays internal as it arrived unless its kind has a choice.
fn keep_what_no_form_shows(before: &Item, draft: &mut Draft) {
    if let (Part::Time(before), Part::Time(after)) = (&before.part, &mut draft.part) {
        after.rate = before.rate;
    }
    if matches!(before.part, Part::Time(_) | Part::Charge(_)) {
        draft.publish = before.publish;
    }
}

fn titles(kind: ItemKind) -> (&'static str, &'static str) {
    match kind {
        ItemKind::Note => ("note-new", "note-edit"),
        ItemKind::TimeEntry => ("time-new", "time-edit"),
        ItemKind::Charge => ("charge-new", "charge-edit"),
        ItemKind::Attachment => ("file-new", "file-edit"),
    }
}

fn page(
    visit: &Visit,
    facts: &Facts,
    (kind, currency): (ItemKind, Currency),
    form: &Form,
    existing: Option<&Item>,
) -> Markup {
    let ticket = &facts.ticket;
    let (new, edit) = titles(kind);
    let title = visit.t(if existing.is_some() { edit } else { new });
    let home = format!("/tickets/{}", ticket.id);
    let action = match (existing, kind) {
        (Some(item), _) => format!("/items/{}", item.id.0),
        (None, ItemKind::Note) => format!("{home}/notes"),
        (None, ItemKind::TimeEntry) => format!("{home}/time"),
        (None, ItemKind::Charge) => format!("{home}/charges"),
        (None, ItemKind::Attachment) => format!("{home}/links"),
    };
    let body = html! {
        (head_with(&back(&ticket.number, &home), &html! { (title) }, &html! { (ticket.title) }, &html! {}))
        (form.summary())
        form.sheet method="post" action=(action) data-warn-unsaved {
            (field::hidden("revision", form.value("revision")))
            (ticket::stays_of(visit, facts, kind))
            (fields(visit, facts, (kind, currency), form, existing))
            (button::row(&html! {
                (button::submit(form.save(visit.t("form-save")), Look::Primary))
                (button::link(visit.t("form-cancel"), &home, Look::Quiet, None))
            }))
        }
    };
    visit.page(title, &body)
}

fn fields(
    visit: &Visit,
    facts: &Facts,
    (kind, currency): (ItemKind, Currency),
    form: &Form,
    existing: Option<&Item>,
) -> Markup {
    let is_link = existing.is_some_and(
        |item| matches!(&item.part, Part::Attachment(file) if file.kind != AttachmentKind::File),
    );
    let choices = if is_link {
        stream::publish_choices_of_link(visit)
    } else {
        stream::publish_choices(visit, facts)
    };
    let publish =
        html! { (field::select(form.field("publish", visit.t("item-publish")), &choices)) };
    match kind {
        ItemKind::Note => field::group(
            "",
            None,
            &html! {
                (field::text(form.field("title", visit.t("note-title")).maxlength(limits::NOTE_TITLE).wide()))
                (field::textarea(form.field("body", visit.t("note-body")).required().maxlength(limits::NOTE_TEXT).wide(), 8))
                (publish)
            },
        ),
        ItemKind::TimeEntry => time_fields(visit, form),
        ItemKind::Charge => {
            let payer = payer(visit, facts);
            charge_fields(visit, (currency, &payer), form, figures::shown(visit, existing))
        }
        ItemKind::Attachment => {
            let is_link = is_link || existing.is_none();
            field::group(
                "",
                None,
                &html! {
                    (field::text(form.field("title", visit.t("file-title")).maxlength(limits::ATTACHMENT_TITLE).wide()))
                    @if is_link { (link_fields(visit, form)) }
                    (publish)
                },
            )
        }
    }
}

/// Kind and address of a link.
pub fn link_fields(visit: &Visit, form: &Form) -> Markup {
    let kinds = [
        Choice::new(AttachmentKind::Url.name(), visit.t("attachment-url")),
        Choice::new(AttachmentKind::FileLink.name(), visit.t("attachment-file_link")),
        Choice::new(AttachmentKind::FolderLink.name(), visit.t("attachment-folder_link")),
    ];
    html! {
        (field::select(form.field("kind", visit.t("file-kind")), &kinds))
        (field::text(form.field("url", visit.t("file-url")).required()))
    }
}

fn time_fields(visit: &Visit, form: &Form) -> Markup {
    let hours = visit.t("unit-hours");
    let clock = |name: &'static str, label: &'static str, example: &'static str| {
        field::text(form.field(name, visit.t(label)).placeholder(example).autocomplete("off"))
    };
    html! {
        (field::group(visit.t("time-group-when"), Some(visit.t("time-group-when-hint")), &html! {
            (field::date(form.field("date", visit.t("time-date")).required().wide()))
            (clock("start", "time-start", "08:30"))
            (clock("end", "time-end", "10:00"))
            (field::amount(form.field("worked", visit.t("time-worked")), hours))
            (field::amount(form.field("deduct", visit.t("time-deduct")).hint(visit.t("time-deduct-hint")), hours))
            (field::checkbox(form.field("billable", visit.t("item-billable")), form.ticked("billable")))
        }))
        (field::group(visit.t("time-group-what"), None, &html! {
            (field::textarea(form.field("body", visit.t("time-summary")).required().maxlength(limits::TIME_SUMMARY).wide(), 5))
            (field::textarea(form.field("internal_note", visit.t("time-internal")).hint(visit.t("time-internal-hint")).maxlength(limits::TIME_SUMMARY).wide(), 2))
        }))
    }
}

/// Who pays what a charge asks: the lead whose work it is, or the customer.
fn payer(visit: &Visit, facts: &Facts) -> String {
    match facts.round().filter(|_| facts.side() == Side::Partner) {
        Some(round) => {
            let lead = round.name(Side::Lead);
            visit.say(&Message::new("charge-unit-price-hint-lead").with("lead", lead))
        }
        None => visit.t("charge-unit-price-hint").to_owned(),
    }
}

fn charge_fields(
    visit: &Visit,
    (currency, payer): (Currency, &str),
    form: &Form,
    figures: &[&str],
) -> Markup {
    field::group(
        "",
        None,
        &html! {
            (field::text(form.field("title", visit.t("charge-name")).required().maxlength(limits::CHARGE_NAME).wide()))
            (field::textarea(form.field("body", visit.t("charge-description")).maxlength(limits::CHARGE_DESCRIPTION).wide(), 3))
            (field::date(form.field("date", visit.t("charge-date")).required()))
            (field::amount(form.field("quantity", visit.t("charge-quantity")).required(), visit.t("unit-pieces")))
            @if figures.contains(&"unit_price") { (field::money(form.field("unit_price", visit.t("charge-unit-price")).required().hint(payer), currency.code())) }
            @if figures.contains(&"unit_cost") { (field::money(form.field("unit_cost", visit.t("charge-unit-cost")).hint(visit.t("charge-unit-cost-hint")), currency.code())) }
            (field::checkbox(form.field("billable", visit.t("item-billable")), form.ticked("billable")))
        },
    )
}
