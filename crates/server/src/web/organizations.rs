//! Organizations: the list, the page of one with its contacts, the form.

use axum::extract::Path;
use axum::response::Response;
use db::Tx;
use domain::ids::{CompanyId, OrganizationId, PersonId};
use domain::message::Message;
use domain::permission::Permission;
use domain::ticket::{OrganizationType, limits};
use maud::{Markup, html};

use super::forms::{Form, go, own_path};
use super::parts::mark::phone_link;
use super::parts::{
    Choice, Icon, Look, Tone, button, chip, definition_list, empty_state, field, page, page_head,
    pager, panel, table,
};
use super::{contacts, pick};
use crate::actions;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::PAGE;
use crate::store::organizations::{Filter, Organization, Sort};

/// `GET /organizations`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    visit.require(Permission::ViewTickets)?;
    let query = pick::query(&visit);
    let (sort, down) = pick::sort(&query);
    let filter = Filter {
        text: query.get("q").chars().take(100).collect(),
        kind: OrganizationType::from_name(query.get("type")),
        sort: Sort::from_name(sort),
        down,
        after: pick::after(&query),
    };
    let asked = filter.clone();
    let mut rows = visit
        .read(move |tx, acting| Ok(store::organizations::page(tx, acting.actor.company, &asked)?))
        .await?;
    let more = pick::cut(&mut rows, PAGE);
    let last = rows.last().filter(|_| more);
    let next = last.map(|(row, key)| pick::address(&query, "after", &format!("{}~{key}", row.id)));
    let first = query.has("after").then(|| pick::address(&query, "after", ""));
    let body = html! {
        // An empty list says so itself, with the same button.
        (page_head(visit.t("organizations-title"), None, &html! {
            @if !rows.is_empty() || is_filtered(&query) { (new_button(&visit)) }
        }))
        (filters(&visit, &query))
        @if rows.is_empty() { (nothing(&visit, &query)) } @else {
            (list(&visit, &query, &filter, &rows))
            (pager(
                visit.t("pager-label"),
                "",
                (visit.t("pager-first"), first.as_deref()),
                (visit.t("pager-next"), next.as_deref()),
            ))
        }
    };
    Ok(visit.page(visit.t("organizations-title"), &body))
}

fn new_button(visit: &Visit) -> Markup {
    html! {
        @if visit.may(Permission::EditOrganizations) {
            (button::link(visit.t("organization-new"), "/organizations/new", Look::Primary, Some(Icon::Plus)))
        }
    }
}

fn filters(visit: &Visit, query: &Fields) -> Markup {
    let mut kinds = vec![Choice::new("", visit.t("organizations-any-type"))];
    kinds.extend(types(visit));
    let fields = html! {
        (field::search("q", visit.t("organizations-search"), query.get("q")))
        (field::filter("type", visit.t("organization-type"), query.get("type"), &kinds))
        @if query.has("sort") { (field::hidden("sort", query.get("sort"))) }
    };
    let reset = is_filtered(query).then(|| (visit.t("form-reset"), "/organizations"));
    table::filters("/organizations", &fields, visit.t("form-filter"), reset)
}

fn types(visit: &Visit) -> Vec<Choice<'static>> {
    OrganizationType::ALL.iter().map(|kind| Choice::new(kind.name(), visit.t(kind.key()))).collect()
}

fn is_filtered(query: &Fields) -> bool {
    ["q", "type", "after"].iter().any(|name| query.has(name))
}

fn nothing(visit: &Visit, query: &Fields) -> Markup {
    if !is_filtered(query) {
        let (title, text) = (visit.t("organizations-none"), visit.t("organizations-none-text"));
        return empty_state(Icon::Organization, title, text, &new_button(visit));
    }
    let reset = button::link(visit.t("form-reset"), "/organizations", Look::Plain, None);
    let text = visit.t("organizations-not-found-text");
    empty_state(Icon::Search, visit.t("organizations-not-found"), text, &reset)
}

fn list(visit: &Visit, query: &Fields, filter: &Filter, rows: &[(Organization, String)]) -> Markup {
    let (kind, city, phone, state) = (
        visit.t("organization-type"),
        visit.t("organization-city"),
        visit.t("organization-phone"),
        visit.t("organization-state"),
    );
    let sorted = |sort: Sort, label| {
        let now = pick::way(filter.sort == sort, filter.down);
        table::sort_head(label, &pick::sorted_by(query, sort.name(), now), now)
    };
    let head = html! {
        (sorted(Sort::Name, visit.t("organization-name")))
        (sorted(Sort::Kind, kind)) (sorted(Sort::City, city)) (table::head(phone)) (sorted(Sort::Active, state))
    };
    let lines = html! {
        @for (row, _) in rows {
            @let href = format!("/organizations/{}", row.id);
            (table::row(&href, &html! {
                (table::cell_title(&row.name, &href, None))
                (table::cell_text(kind, visit.t(row.kind.key())))
                (table::cell_text(city, &row.city))
                (table::cell_text(phone, &row.phone))
                (table::cell(state, &state_chip(visit, row.active)))
            }))
        }
    };
    table::records(visit.t("organizations-title"), &head, &lines)
}

/// Active or not, as people read it.
pub fn state_chip(visit: &Visit, active: bool) -> Markup {
    if active {
        chip(Tone::Success, visit.t("form-active"))
    } else {
        chip(Tone::Neutral, visit.t("form-inactive"))
    }
}

/// An organization that is the company's, or a 404.
pub fn own(tx: &mut Tx, company: CompanyId, id: i64) -> Result<Organization, Problem> {
    store::organizations::of(tx, company, OrganizationId(id))?.ok_or(Problem::NotFound)
}

/// `GET /organizations/{id}`
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Markup, Problem> {
    visit.require(Permission::ViewTickets)?;
    let (organization, owner, contacts) = visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let organization = own(tx, company, id)?;
            let owner = store::people::of(tx, company, organization.owner)?;
            let contacts = store::contacts::at(tx, company, organization.id)?;
            Ok((organization, owner, contacts))
        })
        .await?;
    let owner = owner.map(|person| person.name()).unwrap_or_default();
    let below = html! {
        (chip(Tone::Info, visit.t(organization.kind.key()))) " "
        (state_chip(&visit, organization.active))
    };
    let body = html! {
        (page::head_with(
            &page::back(visit.t("organizations-title"), "/organizations"),
            &html! { (organization.name) },
            &below,
            &show_actions(&visit, &organization),
        ))
        (panel(visit.t("organization-facts"), &html! {}, &facts(&visit, &organization, &owner)))
        (contacts::panel_of(&visit, organization.id, &contacts))
    };
    Ok(visit.page(&organization.name, &body))
}

fn show_actions(visit: &Visit, organization: &Organization) -> Markup {
    let tickets = format!("/tickets?organization={}&status=all", organization.id);
    let new_ticket = format!("/tickets/new?organization={}", organization.id);
    let edit = format!("/organizations/{}/edit", organization.id);
    let takes_tickets = organization.active && organization.kind.may_have_tickets();
    html! {
        (button::link(visit.t("organization-tickets"), &tickets, Look::Plain, Some(Icon::Ticket)))
        @if visit.may(Permission::EditOrganizations) {
            (button::link(visit.t("form-edit"), &edit, Look::Plain, Some(Icon::Edit)))
        }
        @if takes_tickets && visit.may(Permission::EditTickets) {
            (button::link(visit.t("organization-new-ticket"), &new_ticket, Look::Primary, Some(Icon::Plus)))
        }
    }
}

fn facts(visit: &Visit, organization: &Organization, owner: &str) -> Markup {
    let text = |value: &str| html! { (value) };
    let city = format!("{} {}", organization.postal_code, organization.city);
    let web = html! {
        @if organization.web.starts_with("https://") || organization.web.starts_with("http://") {
            a href=(organization.web) rel="noopener noreferrer" { (organization.web) }
        } @else if organization.web.contains('.') && !organization.web.contains(char::is_whitespace) {
            a href={ "https://" (organization.web) } rel="noopener noreferrer" { (organization.web) }
        } @else { (organization.web) }
    };
    let phone = html! { @if !organization.phone.is_empty() { (phone_link(&organization.phone)) } };
    definition_list(&[
        (visit.t("organization-phone"), phone),
        (visit.t("organization-web"), web),
        (visit.t("organization-address"), text(&organization.address)),
        (visit.t("organization-place"), text(city.trim())),
        (visit.t("organization-country"), text(&organization.country)),
        (visit.t("organization-tax-id"), text(&organization.tax_id)),
        (visit.t("organization-owner"), text(owner)),
    ])
}

/// `GET /organizations/new`
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::EditOrganizations)?;
    let query = pick::query(&visit);
    let kind = OrganizationType::from_name(query.get("type")).unwrap_or(OrganizationType::Customer);
    let fields = Fields::default()
        .with("return", query.get("return"))
        .with("name", query.get("name"))
        .with("type", kind.name())
        .with("owner", visit.actor().person.to_string())
        .with("active", "1");
    form_page(&visit, &Form::fresh(fields), None).await
}

/// `POST /organizations`
pub async fn create(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    visit.require(Permission::EditOrganizations)?;
    let made = match typed(&fields, OrganizationId(0)) {
        Ok(new) => {
            visit.write(move |tx, acting| actions::organizations::create(tx, acting, &new)).await
        }
        Err(problem) => Err(problem),
    };
    match made {
        Ok(id) => {
            let page = format!("/organizations/{id}");
            Ok(go(own_path(fields.get("return"), &page), "done-organization-added"))
        }
        Err(problem) => form_page(&visit, &visit.returned(fields, problem)?, None).await,
    }
}

/// `GET /organizations/{id}/edit`
pub async fn edit(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::EditOrganizations)?;
    let stored = visit.read(move |tx, acting| own(tx, acting.actor.company, id)).await?;
    let mut fields = stored_fields(&stored);
    fields.set("return", pick::query(&visit).get("return"));
    form_page(&visit, &Form::fresh(fields), Some(id)).await
}

/// `POST /organizations/{id}`
pub async fn update(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    visit.require(Permission::EditOrganizations)?;
    visit.read(move |tx, acting| own(tx, acting.actor.company, id)).await?;
    let saved = match typed(&fields, OrganizationId(id)) {
        Ok(changed) => {
            visit
                .write(move |tx, acting| actions::organizations::change(tx, acting, &changed))
                .await
        }
        Err(problem) => Err(problem),
    };
    match saved {
        Ok(()) => {
            let page = format!("/organizations/{id}");
            Ok(go(own_path(fields.get("return"), &page), "done-organization-saved"))
        }
        Err(problem) => {
            let form = match problem {
                Problem::Stale => {
                    let stored = visit.read(move |tx, acting| own(tx, acting.actor.company, id));
                    visit.overtaken(fields, stored_fields(&stored.await?), "version")
                }
                problem => visit.returned(fields, problem)?,
            };
            form_page(&visit, &form, Some(id)).await
        }
    }
}

fn stored_fields(stored: &Organization) -> Fields {
    Fields::default()
        .with("version", stored.version.to_string())
        .with("name", &stored.name)
        .with("type", stored.kind.name())
        .with("phone", &stored.phone)
        .with("address", &stored.address)
        .with("postal_code", &stored.postal_code)
        .with("city", &stored.city)
        .with("country", &stored.country)
        .with("web", &stored.web)
        .with("tax_id", &stored.tax_id)
        .with("owner", stored.owner.to_string())
        .with("active", if stored.active { "1" } else { "" })
}

fn typed(fields: &Fields, id: OrganizationId) -> Result<Organization, Problem> {
    let mut mistakes = Mistakes::default();
    let kind = OrganizationType::from_name(fields.get("type")).unwrap_or_else(|| {
        mistakes.add("type", Message::new("mistake-choice"));
        OrganizationType::Customer
    });
    let owner = fields.number("owner").unwrap_or_else(|| {
        mistakes.add("owner", Message::new("mistake-missing"));
        0
    });
    mistakes.check()?;
    Ok(Organization {
        id,
        name: fields.text("name"),
        kind,
        phone: fields.text("phone"),
        address: fields.text("address"),
        postal_code: fields.text("postal_code"),
        city: fields.text("city"),
        country: fields.text("country"),
        web: fields.text("web"),
        tax_id: fields.text("tax_id"),
        owner: PersonId(owner),
        active: fields.ticked("active"),
        version: fields.number("version").unwrap_or(0),
    })
}

async fn form_page(visit: &Visit, form: &Form, id: Option<i64>) -> Result<Response, Problem> {
    let owners = [form.value("owner"), form.stored("owner")];
    let owners: Vec<PersonId> =
        owners.iter().filter_map(|id| id.parse().ok()).map(PersonId).collect();
    let people = visit
        .read(move |tx, acting| {
            let company = acting.actor.company;
            let mut people = store::people::pick_list(tx, company)?;
            // Whoever has left stays until somebody else is chosen.
            for owner in &owners {
                if !people.iter().any(|(id, _)| id == owner)
                    && let Some(person) = store::people::of(tx, company, *owner)?
                {
                    people.push((*owner, person.name()));
                }
            }
            Ok(people)
        })
        .await?;
    let title = visit.t(if id.is_some() { "organization-edit" } else { "organization-new" });
    let action =
        id.map_or_else(|| "/organizations".to_owned(), |id| format!("/organizations/{id}"));
    let leave = id.map_or_else(|| "/organizations".to_owned(), |id| format!("/organizations/{id}"));
    let body = html! {
        (page::head_with(&form_back(visit, form, &leave, id.is_some()), &html! { (title) }, &html! {}, &html! {}))
        (form.summary())
        form.form method="post" action=(action) data-warn-unsaved {
            (field::hidden("version", form.value("version")))
            (field::hidden("return", form.value("return")))
            (first_group(visit, form, &people))
            (second_group(visit, form))
            (button::row(&html! {
                (button::submit(form.save(visit.t("form-save")), Look::Primary))
                (button::link(visit.t("form-cancel"), own_path(form.value("return"), &leave), Look::Quiet, None))
            }))
        }
    };
    Ok(form.answer(visit.page(title, &body)))
}

/// The way back from the form: to the organization, or to the list that one came from.
fn form_back(visit: &Visit, form: &Form, leave: &str, exists: bool) -> Markup {
    let name = form.value("name");
    let partners = own_path(form.value("return"), leave) == "/partners";
    match (exists, partners) {
        (true, _) if !name.is_empty() => page::back(name, leave),
        (false, true) => page::back(visit.t("partner-title"), "/partners"),
        _ => page::back(visit.t("organizations-title"), leave),
    }
}

fn first_group(visit: &Visit, form: &Form, people: &[(PersonId, String)]) -> Markup {
    let owners: Vec<(String, &str)> =
        people.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let owners: Vec<Choice> = owners.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let cut = pick::said(visit, pick::PEOPLE, owners.len());
    let owner = form.field("owner", visit.t("organization-owner")).required();
    let name = form.field("name", visit.t("organization-name")).required();
    let fields = html! {
        (field::text(name.maxlength(limits::ORGANIZATION_NAME).wide()))
        (field::select(form.field("type", visit.t("organization-type")).required(), &types(visit)))
        (field::select(owner.maybe_hint(cut.as_deref()), &owners))
        (field::checkbox(form.field("active", visit.t("organization-active")), form.ticked("active")))
    };
    field::group(visit.t("organization-facts"), None, &fields)
}

fn second_group(visit: &Visit, form: &Form) -> Markup {
    let line = |name: &'static str, key: &'static str, longest: usize| {
        form.field(name, visit.t(key)).maxlength(longest)
    };
    let fields = html! {
        (field::phone(line("phone", "organization-phone", limits::PHONE).required()))
        (field::text(line("web", "organization-web", limits::WEB).placeholder("https://")))
        (field::text(line("address", "organization-address", limits::ADDRESS).wide()))
        (field::text(line("postal_code", "organization-postal-code", 20)))
        (field::text(line("city", "organization-city", limits::CITY)))
        (field::text(line("country", "organization-country", 60)))
        (field::text(line("tax_id", "organization-tax-id", limits::TAX_ID)))
    };
    field::group(visit.t("organization-reach"), None, &fields)
}
