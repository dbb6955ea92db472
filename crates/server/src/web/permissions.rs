//! Configure User Permissions: everybody's outsourcing permission in one table (section 4).

use axum::response::Response;
use domain::ids::PersonId;
use domain::message::Message;
use domain::permission::{OutsourcingLevel, Permission};
use maud::{Markup, html};

use super::forms::{Form, go};
use super::parts::table::Direction;
use super::parts::{Look, button, field, page_head, table};
use super::{choices, frame, people, pick};
use crate::actions;
use crate::actions::people::Row;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::people::Person;

const HERE: &str = "/outsource/permissions";

/// `GET /outsource/permissions`
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::ConfigurePermissions)?;
    let sort = pick::query(&visit).get("sort").to_owned();
    table_page(&visit, &Form::fresh(Fields::default().with("sort", sort))).await
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
            let sort = Order::of(fields.get("sort")).name();
            let page =
                if sort.is_empty() { HERE.to_owned() } else { format!("{HERE}?sort={sort}") };
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

/// How the table is ordered: by last name, or by permission either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Name,
    Least,
    Most,
}

impl Order {
    fn of(name: &str) -> Self {
        match name {
            "permission" => Self::Least,
            "-permission" => Self::Most,
            _ => Self::Name,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Name => "",
            Self::Least => "permission",
            Self::Most => "-permission",
        }
    }

    fn sort(self, people: &mut [Person]) {
        match self {
            Self::Name => {}
            Self::Least => people.sort_by_key(|person| person.outsourcing),
            Self::Most => people.sort_by_key(|person| std::cmp::Reverse(person.outsourcing)),
        }
    }
}

async fn table_page(visit: &Visit, form: &Form) -> Result<Response, Problem> {
    let mut people =
        visit.read(|tx, acting| Ok(store::people::all(tx, acting.actor.company)?)).await?;
    people.retain(|person| person.active);
    let order = Order::of(form.value("sort"));
    order.sort(&mut people);
    let by_permission = match order {
        Order::Least => (format!("{HERE}?sort=-permission"), Some(Direction::Up)),
        Order::Most => (format!("{HERE}?sort=permission"), Some(Direction::Down)),
        Order::Name => (format!("{HERE}?sort=permission"), None),
    };
    let by_name = (order == Order::Name).then_some(Direction::Up);
    let head = html! {
        (table::sort_head(visit.t("person-name"), HERE, by_name))
        (table::head(visit.t("person-security")))
        (table::sort_head(visit.t("permissions-column"), &by_permission.0, by_permission.1))
    };
    let rows = html! { @for person in &people { (row(visit, form, person)) } };
    let title = visit.t("permissions-title");
    let body = html! {
        (page_head(title, Some(visit.t("permissions-text")), &html! {}))
        (form.summary())
        form.stack method="post" action=(HERE) data-warn-unsaved {
            (field::hidden("sort", order.name()))
            (table::records(title, &head, &rows))
            (button::row(&button::submit(visit.t("form-save"), Look::Primary)))
        }
    };
    Ok(form.answer(visit.page(title, &body)))
}

fn row(visit: &Visit, form: &Form, person: &Person) -> Markup {
    let name = format!("{}, {}", person.last_name, person.first_name);
    let security = visit.t(frame::security_key(person.security));
    html! {
        tr {
            td.title { span.strong { (name) } span.detail { (person.email) } }
            (table::cell_text(visit.t("person-security"), security))
            (table::cell(visit.t("permissions-column"), &choice(visit, form, person, &name)))
        }
    }
}

fn choice(visit: &Visit, form: &Form, person: &Person, name: &str) -> Markup {
    let obstacle = people::level_obstacle(visit, person.security);
    let (id, seen) = (format!("level-{}", person.id), format!("seen-{}", person.id));
    let typed = form.value(&id);
    let chosen = if typed.is_empty() { person.outsourcing.name() } else { typed };
    // What the page showed first, also when it comes back: so that nobody's change is overwritten unseen.
    let seen_level = form.value(&seen);
    let seen_level = if seen_level.is_empty() { person.outsourcing.name() } else { seen_level };
    let label = format!("{}: {name}", visit.t("permissions-column"));
    html! {
        input type="hidden" name=(seen) value=(seen_level);
        select name=(id) aria-label=(label) disabled[obstacle.is_some()] title=[obstacle.as_deref()] {
            @for level in choices::outsourcing_levels(visit.words) {
                option value=(level.value) selected[level.value == chosen] { (level.label) }
            }
        }
        @if let Some(reason) = obstacle { span.hint { (reason) } }
    }
}
