//! The settings of the company, and its queues.

use axum::response::Response;
use domain::ids::QueueId;
use domain::message::Message;
use domain::money::Currency;
use domain::permission::Permission;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::parts::{Choice, Look, button, field, page_head, panel};
use super::{choices, pick};
use crate::actions;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::companies::Company;

struct Queues {
    /// As many as a list holds.
    list: Vec<(QueueId, String)>,
    /// The one for received tickets, if the list has no room for it.
    default: Option<(QueueId, String)>,
}

/// `GET /company`
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::AdministerCompany)?;
    let (company, queues) = stored(&visit).await?;
    Ok(page(&visit, &Form::fresh(stored_fields(&company)), &queues))
}

async fn stored(visit: &Visit) -> Result<(Company, Queues), Problem> {
    visit
        .read(|tx, acting| {
            let company = acting.actor.company;
            let stored = store::companies::of(tx, company)?.ok_or(Problem::NotFound)?;
            let queues = store::queues::all(tx, company)?;
            let default = match stored.default_queue {
                Some(id) if !queues.iter().any(|(known, _)| *known == id) => {
                    store::queues::name(tx, company, id)?.map(|name| (id, name))
                }
                _ => None,
            };
            Ok((stored, Queues { list: queues, default }))
        })
        .await
}

fn stored_fields(company: &Company) -> Fields {
    let queue = company.default_queue.map(|queue| queue.to_string()).unwrap_or_default();
    Fields::default()
        .with("version", company.version.to_string())
        .with("name", &company.name)
        .with("language", company.language.code())
        .with("time_zone", &company.time_zone)
        .with("currency", company.currency.code())
        .with("accept_hours", company.accept_hours.to_string())
        .with("default_queue", queue)
}

/// `POST /company`
pub async fn save(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::AdministerCompany)?;
    let (company, queues) = stored(&visit).await?;
    let saved = match typed(&fields, company) {
        Ok(changed) => {
            visit.write(move |tx, acting| actions::companies::change(tx, acting, &changed)).await
        }
        Err(problem) => Err(problem),
    };
    match saved {
        Ok(()) => Ok(go("/company", "done-company-saved")),
        Err(Problem::Stale) => {
            let (company, queues) = stored(&visit).await?;
            let form = visit.overtaken(fields, stored_fields(&company), "version");
            Ok(page(&visit, &form, &queues))
        }
        Err(problem) => Ok(page(&visit, &visit.returned(fields, problem)?, &queues)),
    }
}

fn typed(fields: &Fields, stored: Company) -> Result<Company, Problem> {
    let currency = Currency::from_code(fields.get("currency"))
        .ok_or_else(|| Mistakes::one("currency", Message::new("mistake-choice")))?;
    Ok(Company {
        name: fields.text("name"),
        language: choices::language(fields.get("language")),
        time_zone: fields.text("time_zone"),
        currency,
        accept_hours: fields.number("accept_hours").unwrap_or(0),
        default_queue: fields.number("default_queue").map(QueueId),
        version: fields.number("version").unwrap_or(0),
        ..stored
    })
}

/// `POST /company/queues`
pub async fn add_queue(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::AdministerCompany)?;
    let name = fields.text("queue");
    let added =
        visit.write(move |tx, acting| actions::companies::add_queue(tx, acting, &name)).await;
    match added {
        Ok(()) => Ok(go("/company#queues", "done-queue-added")),
        Err(problem) => {
            let (company, queues) = stored(&visit).await?;
            let fields = stored_fields(&company).with("queue", fields.get("queue"));
            Ok(page(&visit, &visit.returned(fields, problem)?, &queues))
        }
    }
}

fn page(visit: &Visit, form: &Form, queues: &Queues) -> Response {
    let title = visit.t("company-title");
    let body = html! {
        (page_head(title, Some(visit.t("company-text")), &html! {}))
        (form.summary())
        form.form method="post" action="/company" data-warn-unsaved {
            (field::hidden("version", form.value("version")))
            (field::group(visit.t("company-general"), None, &general(visit, form)))
            (field::group(visit.t("company-outsourcing"), None, &outsourcing(visit, form, queues)))
            (button::row(&button::submit(form.save(visit.t("form-save")), Look::Primary)))
        }
        div #queues { (panel(visit.t("company-queues"), &html! {}, &queue_list(visit, form, queues))) }
    };
    form.answer(visit.page(title, &body))
}

fn general(visit: &Visit, form: &Form) -> Markup {
    let zones = choices::zones(form.value("time_zone"));
    let name = form.field("name", visit.t("company-name")).required().maxlength(100).wide();
    let zone = form.field("time_zone", visit.t("company-time-zone")).required();
    let currency = form.field("currency", visit.t("company-currency")).required();
    let language = form.field("language", visit.t("company-language")).required();
    html! {
        (field::text(name.hint(visit.t("company-name-hint"))))
        (field::select(language.hint(visit.t("company-language-hint")), &choices::LANGUAGES))
        (field::select(zone.hint(visit.t("company-time-zone-hint")), &choices::plain(&zones)))
        (field::select(currency, &choices::currencies()))
    }
}

fn outsourcing(visit: &Visit, form: &Form, queues: &Queues) -> Markup {
    let all = queues.list.iter().chain(&queues.default);
    let ids: Vec<(String, &str)> = all.map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let mut list = vec![Choice::new("", visit.t("company-no-queue"))];
    list.extend(ids.iter().map(|(id, name)| Choice::new(id, name)));
    let hours = form.field("accept_hours", visit.t("company-accept-hours")).required();
    let queue = form.field("default_queue", visit.t("company-default-queue"));
    html! {
        (field::amount(hours.hint(visit.t("company-accept-hours-hint")), visit.t("company-hours")))
        (field::select(queue.hint(visit.t("company-default-queue-hint")), &list))
    }
}

fn queue_list(visit: &Visit, form: &Form, queues: &Queues) -> Markup {
    html! {
        ul.stack { @for (_, name) in &queues.list { li { (name) } } }
        (pick::notes(visit, &[(pick::QUEUES, queues.list.len())]))
        form.form method="post" action="/company/queues" {
            (field::text(form.field("queue", visit.t("company-new-queue")).required().maxlength(50)))
            (button::row(&button::submit(visit.t("company-add-queue"), Look::Plain)))
        }
    }
}
