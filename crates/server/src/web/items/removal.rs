//! Deleting an item, and untying it from the other side.

use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::changeable;
use crate::actions;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store::items::ItemId;
use crate::web::forms::go;
use crate::web::parts::{Look, button};
use crate::web::{stream, ticket};

/// `GET /items/{id}/deletion`
pub async fn ask_deletion(visit: Visit, Path(id): Path<i64>) -> Result<Markup, Problem> {
    let (item, facts) = changeable(&visit, ItemId(id)).await?;
    let linked = stream::link_of(&facts, &item)
        .is_some_and(|link| link.state == domain::sync::LinkState::Linked);
    let text =
        visit.t(if linked && !item.is_copy { "item-delete-linked" } else { "item-delete-text" });
    let form = html! {
        (stream::in_short(&visit, &item))
        form method="post" action={ "/items/" (id) "/deletion" } {
            (button::row(&html! {
                (button::submit(visit.t("form-delete"), Look::Danger))
                (button::link(visit.t("form-cancel"), &format!("/tickets/{}", item.ticket), Look::Quiet, None))
            }))
        }
    };
    Ok(ticket::ask(&visit, &facts, visit.t("item-delete"), text, &form))
}

/// `POST /items/{id}/deletion`
pub async fn destroy(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let ticket =
        visit.write(move |tx, acting| actions::items::delete(tx, acting, ItemId(id))).await?;
    Ok(go(&format!("/tickets/{ticket}"), "done-item-deleted"))
}

/// `POST /items/{id}/detachment`
pub async fn detach(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let ticket =
        visit.write(move |tx, acting| actions::items::detach(tx, acting, ItemId(id))).await?;
    Ok(go(&format!("/tickets/{ticket}#item-{id}"), "done-item-detached"))
}
