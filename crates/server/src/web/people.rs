//! People: the list, the form for a new one, the page of one with its tabs Data and Security.

use axum::extract::Path;
use axum::response::Response;
use domain::ids::PersonId;
use domain::message::Message;
use domain::permission::{OutsourcingLevel, Permission, SecurityLevel};
use domain::refusal::Refusal;
use domain::ticket::limits;
use maud::{Markup, html};

use super::forms::{Form, go};
use super::organizations::state_chip;
use super::parts::mark::email as email_address;
use super::parts::page::Tab as TabLink;
use super::parts::{
    Icon, Look, Tone, button, field, flash, page, page_head, pager, panel, table, tabs,
};
use super::{choices, frame, pick};
use crate::actions;
use crate::actions::people::{Change, Tab};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::PAGE;
use crate::store::people::{By, NewPerson, Order, Person, Which};

/// `GET /people`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    visit.require(Permission::AdministerPeople)?;
    let query = pick::query(&visit);
    let after = query.number("after").map(PersonId);
    let order = order(&query);
    let mut people = visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            Ok(store::people::page(tx, company, Which::All, order, after)?)
        })
        .await?;
    let more = pick::cut(&mut people, PAGE);
    let (email, security, level, state) = (
        visit.t("person-email"),
        visit.t("person-security"),
        visit.t("permissions-column"),
        visit.t("organization-state"),
    );
    let columns = [
        (By::Name, visit.t("person-name")),
        (By::Email, email),
        (By::Security, security),
        (By::Outsourcing, level),
        (By::Active, state),
    ];
    let head = heads(&query, order, &columns);
    let rows = html! {
        @for person in &people {
            @let href = format!("/people/{}", person.id);
            (table::row(&href, &html! {
                (table::cell_title(&format!("{}, {}", person.last_name, person.first_name), &href, None))
                (table::cell(email, &email_address(&person.email)))
                (table::cell_text(security, visit.t(frame::security_key(person.security))))
                (table::cell_text(level, visit.t(person.outsourcing.key())))
                (table::cell(state, &state_chip(&visit, person.active)))
            }))
        }
    };
    let new = button::link(visit.t("person-new"), "/people/new", Look::Primary, Some(Icon::Plus));
    let body = html! {
        (page_head(visit.t("people-title"), None, &new))
        (table::records(visit.t("people-title"), &head, &rows))
        (steps(&visit, "/people", &query, people.last().filter(|_| more)))
    };
    Ok(visit.page(visit.t("people-title"), &body))
}

/// The order that an address asks for.
pub fn order(query: &Fields) -> Order {
    let (sort, down) = pick::sort(query);
    Order { by: By::from_name(sort), down }
}

/// Heads of columns that sort a list of people.
pub fn heads(query: &Fields, order: Order, columns: &[(By, &str)]) -> Markup {
    let head = |by: By, label: &str| {
        let now = pick::way(order.by == by, order.down);
        table::sort_head(label, &pick::sorted_by(query, by.name(), now), now)
    };
    html! { @for (by, label) in columns { (head(*by, label)) } }
}

/// Backwards and forwards through a list of people; `last` is the last of this page, if there are more.
pub fn steps(visit: &Visit, here: &str, query: &Fields, last: Option<&Person>) -> Markup {
    let next = last.map(|person| pick::address(query, "after", &person.id.to_string()));
    let first = query.has("after").then(|| format!("{here}{}", pick::address(query, "after", "")));
    html! {
        @if next.is_some() || first.is_some() {
            (pager(
                visit.t("pager-label"),
                "",
                (visit.t("pager-first"), first.as_deref()),
                (visit.t("pager-next"), next.as_deref()),
            ))
        }
    }
}

/// `GET /people/new`
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::AdministerPeople)?;
    let fields = Fields::default().with("security", SecurityLevel::ServiceDeskUser.name());
    Ok(new_page(&visit, &Form::fresh(fields)))
}

/// `POST /people`
pub async fn create(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::AdministerPeople)?;
    match add(&visit, &fields).await {
        Ok(id) => Ok(go(&format!("/people/{id}"), "done-person-added")),
        Err(problem) => Ok(new_page(&visit, &visit.returned(fields, problem)?)),
    }
}

async fn add(visit: &Visit, fields: &Fields) -> Result<PersonId, Problem> {
    let security = SecurityLevel::from_name(fields.get("security"))
        .ok_or_else(|| Mistakes::one("security", Message::new("mistake-choice")))?;
    let mut new = NewPerson {
        email: fields.text("email"),
        first_name: fields.text("first_name"),
        last_name: fields.text("last_name"),
        phone: fields.text("phone"),
        password_hash: String::new(),
        security,
        outsourcing: OutsourcingLevel::None,
        operator: false,
    };
    let password = fields.get("password");
    actions::people::mistakes(&new, password).check()?;
    new.password_hash = actions::sessions::hash(&visit.app, password.to_owned()).await?;
    visit.write(move |tx, acting| actions::people::add(tx, acting, &new)).await
}

fn new_page(visit: &Visit, form: &Form) -> Response {
    let title = visit.t("person-new");
    let password = form.field("password", visit.t("person-first-password")).required();
    let security = form.field("security", visit.t("person-security")).required();
    let entry = html! {
        (field::select(security.hint(visit.t("person-security-hint")), &choices::security_levels(visit.words)))
        (field::password(password.hint(visit.t("password-hint")).autocomplete("new-password")))
    };
    let body = html! {
        (page::head_with(&back(visit), &html! { (title) }, &html! {}, &html! {}))
        (form.summary())
        form.form method="post" action="/people" data-warn-unsaved {
            (field::group(visit.t("person-data"), None, &data_fields(visit, form)))
            (field::group(visit.t("person-access"), None, &entry))
            (save_row(visit, form, "/people"))
        }
    };
    form.answer(visit.page(title, &body))
}

fn back(visit: &Visit) -> Markup {
    page::back(visit.t("people-title"), "/people")
}

fn save_row(visit: &Visit, form: &Form, leave: &str) -> Markup {
    button::row(&html! {
        (button::submit(form.save(visit.t("form-save")), Look::Primary))
        (button::link(visit.t("form-cancel"), leave, Look::Quiet, None))
    })
}

fn data_fields(visit: &Visit, form: &Form) -> Markup {
    let name = limits::PERSON_NAME;
    let email = form.field("email", visit.t("person-email")).required().maxlength(limits::EMAIL);
    html! {
        (field::text(form.field("first_name", visit.t("person-first-name")).required().maxlength(name)))
        (field::text(form.field("last_name", visit.t("person-last-name")).required().maxlength(name)))
        (field::email(email.hint(visit.t("person-email-hint")).autocomplete("off")))
        (field::phone(form.field("phone", visit.t("person-phone")).maxlength(limits::PHONE)))
    }
}

/// `GET /people/{id}`
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::AdministerPeople)?;
    let person = stored(&visit, id).await?;
    let tab = pick::query(&visit).get("tab").to_owned();
    let tab = if tab == "security" { "security" } else { "data" };
    let fields = stored_fields(&person).with("tab", tab);
    Ok(person_page(&visit, &person, &Form::fresh(fields)))
}

fn stored_fields(person: &Person) -> Fields {
    Fields::default()
        .with("version", person.version.to_string())
        .with("first_name", &person.first_name)
        .with("last_name", &person.last_name)
        .with("email", &person.email)
        .with("phone", &person.phone)
        .with("security", person.security.name())
        .with("outsourcing", person.outsourcing.name())
        .with("active", if person.active { "1" } else { "" })
}

/// `POST /people/{id}`: the tab that was sent.
pub async fn update(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::AdministerPeople)?;
    let person = stored(&visit, id).await?;
    let version = fields.number("version").unwrap_or(0);
    let saved = match typed_tab(&visit, &person, &fields) {
        Ok(tab) => {
            let change = Change { id: person.id, version, tab };
            visit.write(move |tx, acting| actions::people::change(tx, acting, &change)).await
        }
        Err(problem) => Err(problem),
    };
    match saved {
        Ok(()) => {
            let tab = if fields.get("tab") == "security" { "?tab=security" } else { "" };
            Ok(go(&format!("/people/{id}{tab}"), "done-person-saved"))
        }
        Err(Problem::Stale) => {
            let person = stored(&visit, id).await?;
            let form = visit.overtaken(fields, stored_fields(&person), "version");
            Ok(person_page(&visit, &person, &form))
        }
        Err(problem) => Ok(person_page(&visit, &person, &visit.returned(fields, problem)?)),
    }
}

async fn stored(visit: &Visit, id: i64) -> Result<Person, Problem> {
    visit
        .read(move |tx, acting| {
            store::people::of(tx, acting.actor.company, PersonId(id))?.ok_or(Problem::NotFound)
        })
        .await
}

fn typed_tab(visit: &Visit, person: &Person, fields: &Fields) -> Result<Tab, Problem> {
    if fields.get("tab") != "security" {
        return Ok(Tab::Data {
            first_name: fields.text("first_name"),
            last_name: fields.text("last_name"),
            email: fields.text("email"),
            phone: fields.text("phone"),
        });
    }
    let wrong = |field: &'static str| Mistakes::one(field, Message::new("mistake-choice"));
    let security =
        SecurityLevel::from_name(fields.get("security")).ok_or_else(|| wrong("security"))?;
    let outsourcing = match fields.get("outsourcing") {
        "" => None,
        name => Some(OutsourcingLevel::from_name(name).ok_or_else(|| wrong("outsourcing"))?),
    };
    // The page fills the list for everybody; what was not touched follows from a change of the security level.
    let touched = outsourcing != Some(person.outsourcing) || security == person.security;
    let outsourcing = outsourcing.filter(|_| touched && visit.actor().agreement);
    Ok(Tab::Security { security, outsourcing, active: fields.ticked("active") })
}

fn person_page(visit: &Visit, person: &Person, form: &Form) -> Response {
    let security = form.value("tab") == "security";
    let home = format!("/people/{}", person.id);
    let rights = format!("{home}?tab=security");
    let links = [
        TabLink { label: visit.t("person-data"), href: &home, current: !security, count: None },
        TabLink {
            label: visit.t("person-tab-security"),
            href: &rights,
            current: security,
            count: None,
        },
    ];
    let name = person.name();
    let below = html! { (state_chip(visit, person.active)) };
    let body = html! {
        (page::head_with(&back(visit), &html! { (name) }, &below, &html! {}))
        (tabs(&name, &links))
        (form.summary())
        form.form method="post" action=(home) data-warn-unsaved {
            (field::hidden("tab", if security { "security" } else { "data" }))
            (field::hidden("version", form.value("version")))
            @if security {
                (field::group(visit.t("person-tab-security"), None, &security_fields(visit, person, form)))
            } @else {
                (field::group(visit.t("person-data"), None, &data_fields(visit, form)))
            }
            (save_row(visit, form, "/people"))
        }
        @if security { (password_panel(visit, person, form)) }
    };
    form.answer(visit.page(&name, &body))
}

fn security_fields(visit: &Visit, person: &Person, form: &Form) -> Markup {
    let security = form.field("security", visit.t("person-security")).required();
    let level = form.field("outsourcing", visit.t("permissions-column"));
    let active = form.field("active", visit.t("person-active"));
    let obstacle = level_obstacle(visit, person.security);
    let level = match &obstacle {
        // A list that cannot be changed is not sent: what is stored stands there also when the form comes back.
        Some(reason) => level.disabled(true).hint(reason).value(person.outsourcing.name()),
        None => level,
    };
    html! {
        (field::select(security.hint(visit.t("person-security-change-hint")), &choices::security_levels(visit.words)))
        (field::select(level, &choices::outsourcing_levels(visit.words)))
        (field::checkbox(active.hint(visit.t("person-active-hint")).wide(), form.ticked("active")))
    }
}

/// Why the outsourcing permission of somebody with this security level cannot be chosen, if it cannot.
pub fn level_obstacle(visit: &Visit, security: SecurityLevel) -> Option<String> {
    if security == SecurityLevel::Administrator {
        return Some(visit.say(&Refusal::AdministratorHoldsAll.message()));
    }
    (!visit.actor().agreement).then(|| visit.t("person-level-before-agreement").to_owned())
}

fn password_panel(visit: &Visit, person: &Person, form: &Form) -> Markup {
    let action = format!("/people/{}/password", person.id);
    let new = form.field("password", visit.t("password-new")).required();
    let content = html! {
        (flash(Tone::Info, visit.t("person-password-text")))
        form.form method="post" action=(action) {
            (field::hidden("tab", "security"))
            (field::password(new.hint(visit.t("password-hint")).autocomplete("new-password")))
            (button::row(&button::submit(visit.t("person-password-set"), Look::Plain)))
        }
    };
    panel(visit.t("person-password"), &html! {}, &content)
}

/// `POST /people/{id}/password`
pub async fn reset(visit: Visit, Path(id): Path<i64>, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::AdministerPeople)?;
    let person = stored(&visit, id).await?;
    match set_password(&visit, person.id, fields.get("password")).await {
        Ok(()) => Ok(go(&format!("/people/{id}?tab=security"), "done-password-reset")),
        Err(problem) => {
            let fields = stored_fields(&person).with("tab", "security");
            Ok(person_page(&visit, &person, &visit.returned(fields, problem)?))
        }
    }
}

async fn set_password(visit: &Visit, id: PersonId, password: &str) -> Result<(), Problem> {
    let mut mistakes = Mistakes::default();
    actions::check::password(&mut mistakes, "password", password);
    mistakes.check()?;
    let hash = actions::sessions::hash(&visit.app, password.to_owned()).await?;
    visit.write(move |tx, acting| actions::people::reset_password(tx, acting, id, &hash)).await
}
