//! Configure User Permissions: everybody's outsourcing permission in one table (section 4).

use axum::response::Response;
use domain::ids::PersonId;
use domain::message::Message;
use domain::permission::{OutsourcingLevel, Permission};
use maud::{Markup, html};

use super::forms::{Form, go};
use super::parts::mark::email;
use super::parts::{Look, button, field, page_head, table};
use super::{choices, frame, people, pick};
use crate::actions;
use crate::actions::people::Row;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::PAGE;
use crate::store::people::{By, Person, Which};

const HERE: &str = "/outsource/permissions";

/// `GET /outsource/permissions`
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::ConfigurePermissions)?;
    let query = pick::query(&visit);
    let fields = Fields::default();
    let fields = fields.with("sort", query.get("sort")).with("after", query.get("after"));
    table_page(&visit, &Form::fresh(fields)).await
}

/// `POST /outsource/permissions`
pub async fn save(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::ConfigurePermissions)?;
    let saved = match typed(&fields) {
        Ok(rows) => {
            visit.write(move |tx, acting| actions::people::set_levels(tx, acting, &rows)).await
        }
        Err(problem) => Err(problem),
    };
    match saved {
        Ok(changed) => {
            let query = query(&Form::fresh(fields));
            let query = serde_urlencoded::to_string(&query.0).unwrap_or_default();
            let page = if query.is_empty() { HERE.to_owned() } else { format!("{HERE}?{query}") };
            let done =
                if changed == 0 { "done-permissions-unchanged" } else { "done-permissions-saved" };
            Ok(go(&page, done))
        }
        Err(problem) => table_page(&visit, &visit.returned(fields, problem)?).await,
    }
}

/// Every row sends whose it is and what it showed; administrators' rows send nothing else.
fn typed(fields: &Fields) -> Result<Vec<Row>, Problem> {
    let level = |name: &str| {
        OutsourcingLevel::from_name(name)
            .ok_or_else(|| Mistakes::one("level", Message::new("mistake-choice")))
    };
    let mut rows = Vec::new();
    for (name, seen) in &fields.0 {
        let Some(id) = name.strip_prefix("seen-").and_then(|id| id.parse().ok()) else { continue };
        let wanted = fields.get(&format!("level-{id}"));
        if !wanted.is_empty() {
            rows.push(Row { id: PersonId(id), seen: level(seen)?, wanted: level(wanted)? });
        }
    }
    Ok(rows)
}

/// The address of this page of the table.
fn query(form: &Form) -> Fields {
    let mut query = Fields::default();
    for name in ["sort", "after"] {
        if !form.value(name).is_empty() {
            query.set(name, form.value(name));
        }
    }
    query
}

async fn table_page(visit: &Visit, form: &Form) -> Result<Response, Problem> {
    let query = query(form);
    let order = people::order(&query);
    let after = form.fields().number("after").map(PersonId);
    let mut list = visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            Ok(store::people::page(tx, company, Which::Active, order, after)?)
        })
        .await?;
    let more = pick::cut(&mut list, PAGE);
    let columns = [
        (By::Name, visit.t("person-name")),
        (By::Security, visit.t("person-security")),
        (By::Outsourcing, visit.t("permissions-column")),
    ];
    let head = people::heads(&query, order, &columns);
    let rows = html! { @for person in &list { (row(visit, form, person)) } };
    let title = visit.t("permissions-title");
    let body = html! {
        (page_head(title, Some(visit.t("permissions-text")), &html! {}))
        (form.summary())
        form.stack method="post" action=(HERE) data-warn-unsaved {
            (field::hidden("sort", form.value("sort")))
            (field::hidden("after", form.value("after")))
            (table::records(title, &head, &rows))
            (button::row(&button::submit(visit.t("form-save"), Look::Primary)))
        }
        (people::steps(visit, HERE, &query, list.last().filter(|_| more)))
    };
    Ok(form.answer(visit.page(title, &body)))
}

fn row(visit: &Visit, form: &Form, person: &Person) -> Markup {
    let name = format!("{}, {}", person.last_name, person.first_name);
    let security = visit.t(frame::security_key(person.security));
    html! {
        tr {
            td.title { span.strong { (name) } span.detail { (email(&person.email)) } }
            td.nowrap data-label=(visit.t("person-security")) { (security) }
            (table::cell(visit.t("permissions-column"), &choice(visit, form, person, &name)))
        }
    }
}

fn choice(visit: &Visit, form: &Form, person: &Person, name: &str) -> Markup {
    let obstacle = people::level_obstacle(visit, person.security);
    let (id, seen) = (format!("level-{}", person.id), format!("seen-{}", person.id));
    let stored = person.outsourcing.name();
    let typed = form.value(&id);
    let chosen = if typed.is_empty() { stored } else { typed };
    // Somebody else was quicker: their choice is named, and whoever saves again has seen it.
    let first = form.value(&seen);
    let theirs = !first.is_empty() && first != stored && chosen != stored;
    let label = format!("{}: {name}", visit.t("permissions-column"));
    html! {
        input type="hidden" name=(seen) value=(stored);
        select name=(id) aria-label=(label) disabled[obstacle.is_some()] title=[obstacle.as_deref()] {
            @for level in choices::outsourcing_levels(visit.words) {
                option value=(level.value) selected[level.value == chosen] { (level.label) }
            }
        }
        @if theirs { span.theirs { (visit.t("form-theirs")) " " (visit.t(person.outsourcing.key())) } }
        @if let Some(reason) = obstacle { span.hint { (reason) } }
    }
}
