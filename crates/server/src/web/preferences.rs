//! One's own settings: language, theme, time zone, password.

use axum::response::Response;
use domain::language::Language;
use domain::message::Message;
use maud::html;

use super::choices;
use super::forms::{Form, go};
use super::parts::page::{back, head_with};
use super::parts::{Choice, Icon, Look, button, field, page_head};
use crate::actions;
use crate::actions::people::Preferences;
use crate::http::fields::Fields;
use crate::http::visit::{Stranger, Visit};
use crate::problem::{Mistakes, Problem};
use crate::store;

/// `GET /preferences`
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    let own = visit
        .read(|tx, acting| {
            store::people::of(tx, acting.actor.company, acting.actor.person)?
                .ok_or(Problem::NotFound)
        })
        .await?;
    let fields = Fields::default()
        .with("language", own.language.map_or("", Language::code))
        .with("theme", own.theme)
        .with("time_zone", own.time_zone.unwrap_or_default());
    Ok(page(&visit, &Form::fresh(fields)))
}

/// `POST /preferences`
pub async fn save(visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let zone = fields.text("time_zone");
    let wanted = Preferences {
        language: Language::from_code(fields.get("language")),
        theme: fields.text("theme"),
        time_zone: (!zone.is_empty()).then_some(zone),
    };
    let saved = visit.write(move |tx, acting| actions::people::prefer(tx, acting, &wanted)).await;
    match saved {
        Ok(()) => Ok(go("/preferences", "done-preferences-saved")),
        Err(problem) => Ok(page(&visit, &visit.returned(fields, problem)?)),
    }
}

fn page(visit: &Visit, form: &Form) -> Response {
    let of_company = Choice::new("", visit.t("preferences-of-company"));
    let mut languages = vec![of_company];
    languages.extend(choices::LANGUAGES);
    let zones = choices::zones(form.value("time_zone"));
    let mut zone_list = vec![of_company];
    zone_list.extend(choices::plain(&zones));
    let themes = [
        Choice::new("system", visit.t("theme-system")),
        Choice::new("light", visit.t("theme-light")),
        Choice::new("dark", visit.t("theme-dark")),
    ];
    let title = visit.t("preferences-title");
    let zone = form.field("time_zone", visit.t("company-time-zone"));
    let fields = html! {
        (field::select(form.field("language", visit.t("company-language")), &languages))
        (field::select(zone.hint(visit.t("preferences-time-zone-hint")), &zone_list))
        (field::radio(form.field("theme", visit.t("preferences-theme")).wide(), &themes))
    };
    let password = button::link(
        visit.t("nav-password"),
        "/preferences/password",
        Look::Plain,
        Some(Icon::Key),
    );
    let body = html! {
        (page_head(title, None, &password))
        (form.summary())
        form.form method="post" action="/preferences" data-warn-unsaved {
            (field::group(visit.t("preferences-look"), None, &fields))
            (button::row(&button::submit(visit.t("form-save"), Look::Primary)))
        }
    };
    form.answer(visit.page(title, &body))
}

/// `GET /preferences/password`
pub async fn password(visit: Visit) -> Response {
    password_page(&visit, &Form::fresh(Fields::default()))
}

/// `POST /preferences/password`
pub async fn change_password(
    visit: Visit,
    stranger: Stranger,
    fields: Fields,
) -> Result<Response, Problem> {
    match changed(&visit, &stranger, &fields).await {
        Ok(()) => Ok(go("/preferences/password", "done-password-changed")),
        Err(problem) => Ok(password_page(&visit, &visit.returned(fields, problem)?)),
    }
}

async fn changed(visit: &Visit, stranger: &Stranger, fields: &Fields) -> Result<(), Problem> {
    let (old, new) = (fields.get("old"), fields.get("new"));
    let mut mistakes = Mistakes::default();
    if old.is_empty() {
        mistakes.add("old", Message::new("mistake-missing"));
    }
    actions::check::password(&mut mistakes, "new", new);
    if mistakes.at("new").is_none() && old == new {
        mistakes.add("new", Message::new("mistake-password-same"));
    }
    let twice = (new, fields.get("again"));
    actions::check::repeated(&mut mistakes, "again", twice, "mistake-password-repeat");
    if old.len() > 1000 {
        mistakes.add("old", Message::new("mistake-password-wrong"));
    }
    mistakes.check()?;
    actions::people::confirm_password(&visit.app, &visit.acting, old.to_owned()).await?;
    let hash = actions::sessions::hash(&visit.app, new.to_owned()).await?;
    let token = stranger.token.as_deref().ok_or(Problem::SignIn)?;
    let session = crate::secret::digest(token);
    visit
        .write(move |tx, acting| actions::people::change_password(tx, acting, &hash, &session))
        .await
}

fn password_page(visit: &Visit, form: &Form) -> Response {
    let title = visit.t("password-title");
    let old = form.field("old", visit.t("password-old")).required().wide();
    let new = form.field("new", visit.t("password-new")).required();
    let again = form.field("again", visit.t("password-again")).required();
    let fields = html! {
        (field::password(old.autocomplete("current-password")))
        (field::password(new.hint(visit.t("password-hint")).autocomplete("new-password")))
        (field::password(again.autocomplete("new-password")))
    };
    let body = html! {
        (head_with(
            &back(visit.t("preferences-title"), "/preferences"),
            &html! { (title) },
            &html! { (visit.t("password-text")) },
            &html! {},
        ))
        (form.summary())
        form.form method="post" action="/preferences/password" {
            (field::group("", None, &fields))
            (button::row(&html! {
                (button::submit(visit.t("form-save"), Look::Primary))
                (button::link(visit.t("form-cancel"), "/preferences", Look::Quiet, None))
            }))
        }
    };
    form.answer(visit.page(title, &body))
}
