//! Saved views: the menu on the dashboard, the page where one gets its name, the page where it is changed.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::dashboard::{list_key, lists_of};
use super::forms::{Form, go};
use super::parts::page::{back, head_with};
use super::parts::{Icon, Look, button, field, icon};
use super::pick;
use crate::actions;
use crate::actions::views::{NAME, permission};
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store::views::{Door, SavedView, Start};

/// Where a view is shown.
pub fn address(view: &SavedView) -> String {
    format!("{}?{}&view={}", view.door.path(), view.query, view.id)
}

/// Keep what is shown as a view; or, on a view, what can be done with it.
pub fn menu(visit: &Visit, door: Door, kept: &str, view: Option<&SavedView>) -> Markup {
    let new = format!(
        "/views/new{}",
        pick::address(&Fields::default().with("door", door.name()), "query", kept)
    );
    let Some(view) = view else {
        return button::link(visit.t("view-save"), &new, Look::Quiet, Some(Icon::Bookmark));
    };
    html! {
        details.menu data-menu {
            summary.button.quiet { (icon(Icon::Bookmark)) span { (visit.t("view")) } (icon(Icon::Down)) }
            div.menu-list {
                form method="post" action=(format!("/views/{}/query", view.id)) {
                    (field::hidden("query", kept))
                    button.menu-item type="submit" {
                        span.menu-icon { (icon(Icon::Check)) } span { (visit.t("view-overwrite")) }
                    }
                }
                (super::parts::menu::link(visit.t("view-edit"), &format!("/views/{}", view.id), Some(Icon::Edit)))
                (super::parts::menu::link(visit.t("view-save-another"), &new, Some(Icon::Plus)))
                hr;
                (super::parts::menu::post_danger(visit.t("view-delete"), &format!("/views/{}/deletion", view.id), Some(Icon::Delete)))
            }
        }
    }
}

fn door(fields: &Fields) -> Result<Door, Problem> {
    Door::from_name(fields.get("door")).ok_or(Problem::NotFound)
}

/// In the navigation the pages of a view belong to its door.
fn stand_at(visit: &mut Visit, door: Door) {
    Arc::make_mut(&mut visit.frame).path = door.path().to_owned();
}

/// `GET /views/new`
pub async fn new(mut visit: Visit) -> Result<Response, Problem> {
    let form = Form::fresh(pick::query(&visit));
    let door = door(form.fields())?;
    stand_at(&mut visit, door);
    visit.require(permission(door))?;
    Ok(form.answer(new_page(&visit, door, &form)))
}

fn new_page(visit: &Visit, door: Door, form: &Form) -> Markup {
    let title = visit.t("view-save");
    let query = Fields::parse(form.value("query"));
    let list = lists_of(visit, door).into_iter().find(|list| list.name == query.get("list"));
    let to = format!("{}?{}", door.path(), form.value("query"));
    let body = html! {
        (head_with(&back(visit.t("view-back"), &to), &html! { (title) }, &html! { @if let Some(list) = list { (visit.t(list_key(&list))) } }, &html! {}))
        form.sheet method="post" action="/views" {
            (form.summary())
            (field::hidden("door", door.name()))
            (field::hidden("query", form.value("query")))
            (field::text(form.field("name", visit.t("view-name")).hint(visit.t("view-name-hint")).required().maxlength(NAME).autofocus()))
            (button::row(&html! {
                (button::submit(visit.t("view-save"), Look::Primary))
                (button::link(visit.t("form-cancel"), &to, Look::Quiet, None))
            }))
        }
    };
    visit.page(title, &body)
}

/// A query that came with a form, as we would have written it ourselves.
fn tidied(fields: &Fields) -> String {
    let query = Fields::parse(fields.get("query"));
    serde_urlencoded::to_string(&query.0).unwrap_or_default().replace("%00", "")
}

/// `POST /views`
pub async fn create(mut visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let door = door(&fields)?;
    stand_at(&mut visit, door);
    let (name, query) = (fields.text("name"), tidied(&fields));
    let saved =
        visit.write(move |tx, acting| actions::views::save(tx, acting, door, &name, &query)).await;
    match saved {
        Ok(view) => Ok(go(&address(&view), "done-view-saved")),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            Ok(form.answer(new_page(&visit, door, &form)))
        }
    }
}

/// `GET /views/{id}`
pub async fn show(mut visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let view = visit.read(move |tx, acting| actions::views::own(tx, acting, id)).await?;
    stand_at(&mut visit, view.door);
    let start = if view.is_start { "1" } else { "" };
    let fields = Fields::default().with("name", view.name.clone()).with("start", start);
    let form = Form::fresh(fields);
    Ok(form.answer(page(&visit, &view, &form)))
}

fn page(visit: &Visit, view: &SavedView, form: &Form) -> Markup {
    let title = visit.t("view-edit");
    let body = html! {
        (head_with(&back(visit.t("view-back"), &address(view)), &html! { (title) }, &html! { (view.name) }, &html! {}))
        form.sheet method="post" action=(format!("/views/{}", view.id)) {
            (form.summary())
            (field::text(form.field("name", visit.t("view-name")).required().maxlength(NAME)))
            (field::checkbox(form.field("start", visit.t("view-start")).hint(visit.t("view-start-hint")), form.ticked("start")))
            (button::row(&html! {
                (button::submit(visit.t("form-save"), Look::Primary))
                (button::link(visit.t("form-cancel"), &address(view), Look::Quiet, None))
            }))
        }
        (button::row(&button::post(visit.t("view-delete"), &format!("/views/{}/deletion", view.id), Look::Danger, Some(Icon::Delete))))
    };
    visit.page(title, &body)
}

/// `POST /views/{id}`
pub async fn update(
    mut visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let view = visit.read(move |tx, acting| actions::views::own(tx, acting, id)).await?;
    stand_at(&mut visit, view.door);
    let name = fields.text("name");
    let start = if fields.ticked("start") { Start::Here } else { Start::Elsewhere };
    let changed =
        visit.write(move |tx, acting| actions::views::change(tx, acting, id, &name, start)).await;
    match changed {
        Ok(view) => Ok(go(&address(&view), "done-view-saved")),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            Ok(form.answer(page(&visit, &view, &form)))
        }
    }
}

/// `POST /views/{id}/query`: what is shown now under the name of the view.
pub async fn overwrite(
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let query = tidied(&fields);
    let view =
        visit.write(move |tx, acting| actions::views::overwrite(tx, acting, id, &query)).await?;
    Ok(go(&address(&view), "done-view-saved"))
}

/// `POST /views/{id}/deletion`
pub async fn destroy(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let view = visit.write(move |tx, acting| actions::views::delete(tx, acting, id)).await?;
    Ok(go(
        &format!("{}?list={}", view.door.path(), lists_of(&visit, view.door)[0].name),
        "done-view-deleted",
    ))
}
