//! Every address of the program. A test walks this list as every kind of visitor.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::{
    agreement, audit, company, completion, contacts, dashboard, files, invitation, invitation_text,
    items, leads, live, mailbox, networks, organizations, outsource, partners, people, permissions,
    preferences, received, register, rounds, setup, sign_in, ticket, tickets, views,
};
use crate::app::App;
use crate::http::assets;

/// All routes for people.
pub fn routes(app: &App) -> Router<App> {
    // Each file is measured as it arrives; this is room for several, and for the fields beside them.
    let most = app.config.upload_limit.saturating_mul(files::FILES_AT_ONCE);
    let upload = DefaultBodyLimit::max(most.saturating_add(64 * 1024));
    Router::new()
        .route("/", get(sign_in::home))
        .route("/sign-in", get(sign_in::show).post(sign_in::create))
        .route("/sign-out", post(sign_in::destroy))
        .route("/static/{name}", get(assets::show))
        .route("/live/tickets/{id}", get(live::ticket))
        .route("/live/company", get(live::company))
        .merge(company_routes())
        .merge(ticket_routes())
        .merge(outsource_routes())
        .merge(partner_routes())
        .merge(network_routes())
        .layer(DefaultBodyLimit::max(512 * 1024))
        .route("/tickets/{id}/files", post(files::create).layer(upload))
}

/// The company, its people, its organizations.
fn company_routes() -> Router<App> {
    Router::new()
        .route("/setup", get(setup::show).post(setup::create))
        .route("/organizations", get(organizations::index).post(organizations::create))
        .route("/organizations/new", get(organizations::new))
        .route("/organizations/{id}", get(organizations::show).post(organizations::update))
        .route("/organizations/{id}/edit", get(organizations::edit))
        .route("/organizations/{id}/contacts", post(contacts::create))
        .route("/organizations/{id}/contacts/new", get(contacts::new))
        .route("/contacts/{id}", post(contacts::update))
        .route("/contacts/{id}/edit", get(contacts::edit))
        .route("/people", get(people::index).post(people::create))
        .route("/people/new", get(people::new))
        .route("/people/{id}", get(people::show).post(people::update))
        .route("/people/{id}/password", post(people::reset))
        .route("/outsource/permissions", get(permissions::show).post(permissions::save))
        .route("/outsource/agreement", get(agreement::show).post(agreement::accept))
        .route("/preferences", get(preferences::show).post(preferences::save))
        .route(
            "/preferences/password",
            get(preferences::password).post(preferences::change_password),
        )
        .route("/company", get(company::show).post(company::save))
        .route("/company/queues", post(company::add_queue))
        .route("/audit", get(audit::index))
        .route("/audit.csv", get(audit::export))
}

/// Tickets and what stands on them.
fn ticket_routes() -> Router<App> {
    Router::new()
        .route("/tickets", get(tickets::index).post(tickets::create))
        .route("/tickets/new", get(tickets::new))
        .route("/tickets/{id}", get(ticket::show).post(tickets::update))
        .route("/tickets/{id}/edit", get(tickets::edit))
        .route("/tickets/{id}/taking", post(tickets::take))
        .route("/tickets/{id}/status", post(tickets::set_status))
        .route("/tickets/{id}/completion", get(completion::ask))
        .route("/tickets/{id}/deletion", get(ticket::ask_deletion).post(tickets::destroy))
        .route("/tickets/{id}/notes", post(items::create_note))
        .route("/tickets/{id}/time", post(items::create_time))
        .route("/tickets/{id}/time/new", get(items::new_time))
        .route("/tickets/{id}/charges", post(items::create_charge))
        .route("/tickets/{id}/charges/new", get(items::new_charge))
        .route("/tickets/{id}/files/new", get(files::new))
        .route("/tickets/{id}/links", post(items::create_link))
        .route("/items/{id}", post(items::update))
        .route("/items/{id}/edit", get(items::edit))
        .route("/items/{id}/deletion", get(items::ask_deletion).post(items::destroy))
        .route("/items/{id}/detachment", post(items::detach))
        .route("/files/{id}", get(files::show))
}

/// Outsourcing on both sides.
fn outsource_routes() -> Router<App> {
    Router::new()
        .route("/tickets/{id}/outsource", get(outsource::show).post(outsource::create))
        .route("/outsource", get(dashboard::outsourced))
        .route("/outsource.csv", get(dashboard::outsourced_csv))
        .route("/received", get(dashboard::received))
        .route("/received.csv", get(dashboard::received_csv))
        .route("/columns", post(dashboard::choose_columns))
        .route("/views", post(views::create))
        .route("/views/new", get(views::new))
        .route("/views/{id}", get(views::show).post(views::update))
        .route("/views/{id}/query", post(views::overwrite))
        .route("/views/{id}/deletion", post(views::destroy))
        .route("/received/{id}", get(received::show))
        .route("/received/{id}/acceptance", post(received::accept))
        .route("/leads", get(leads::index))
        .route("/leads/{id}", get(leads::show).post(leads::update))
        .route("/outsourcings/{id}", get(rounds::show))
        .route("/outsourcings/{id}/crossings", get(rounds::crossings::index))
        .route("/outsourcings/{id}/crossings.csv", get(rounds::crossings::export))
        .route("/outsourcings/{id}/{move}", get(rounds::ask).post(rounds::play))
}

/// Networks and vendors, and the one-way rounds with them.
fn network_routes() -> Router<App> {
    Router::new()
        .route("/networks.csv", get(networks::list::export))
        .route("/networks", get(networks::index).post(networks::form::create))
        .route("/networks/new", get(networks::form::new))
        .route("/networks/preview", post(networks::form::preview))
        .route("/networks/{id}", post(networks::form::update))
        .route("/networks/{id}/edit", get(networks::form::edit))
        .route("/networks/{id}/activation", post(networks::activate))
        .route("/networks/{id}/deactivation", post(networks::deactivate))
        .route("/tickets/{id}/network", get(networks::send::show).post(networks::send::create))
        .route("/network-rounds/{id}", get(networks::round::show))
        .route("/network-rounds/{id}/{move}", get(networks::round::ask).post(networks::round::play))
}

/// Partners and invitations on both sides; the mailbox of the installation.
fn partner_routes() -> Router<App> {
    Router::new()
        .route("/partners", get(partners::index))
        .route("/partners/invitations", post(partners::invite))
        .route(
            "/partners/invitation-text",
            get(invitation_text::show).post(invitation_text::update),
        )
        .route("/partners/invitation-text/preview", post(invitation_text::preview))
        .route("/partners/invitation-text/standard", post(invitation_text::reset))
        .route(
            "/partners/{id}/recipient",
            get(partners::recipient::show).post(partners::recipient::update),
        )
        .route("/partners/{id}/history", get(partners::history::show))
        .route("/partners/{id}/renewal", post(partners::renew))
        .route("/partners/{id}/withdrawal", post(partners::withdraw))
        .route("/partners/{id}/deactivation", post(partners::deactivate))
        .route("/partners/{id}/reactivation", post(partners::reactivate))
        .route("/invitation/{token}", get(invitation::show))
        .route("/invitation/{token}/acceptance", post(invitation::accept))
        .route("/invitation/{token}/refusal", post(invitation::decline))
        .route("/register", get(register::show).post(register::create))
        .route("/operator/mailbox", get(mailbox::index))
        .route("/operator/mailbox/{id}", get(mailbox::show))
        .route("/operator/mailbox/{id}/sending", post(mailbox::send_again))
}
