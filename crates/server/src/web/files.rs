//! Files: upload into the store of files, download as a download and nothing else.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Path, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use domain::ids::TicketId;
use domain::message::Message;
use domain::permission::Permission;
use domain::sync::{AttachmentKind, Publish};
use domain::ticket::limits;
use maud::{Markup, html};
use object_store::path::Path as BlobPath;
use object_store::{ObjectStoreExt, WriteMultipart};

use super::forms::{Form, go};
use super::parts::page::{back, head_with};
use super::parts::{Look, button, field};
use super::ticket::{self, Facts, facts};
use super::{items, stream};
use crate::actions;
use crate::actions::items::Draft;
use crate::app::App;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::items::{Attachment, ItemId, Part};

/// A form may bring so many files of the largest size.
pub const FILES_AT_ONCE: usize = 20;

/// `GET /tickets/{id}/files/new`
pub async fn new(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let facts = facts(&visit, TicketId(id), None).await?;
    let form = Form::fresh(Fields::default().with("publish", Publish::All.name()));
    Ok(form.answer(page(&visit, &facts, &form)))
}

/// `POST /tickets/{id}/files`
pub async fn create(
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Problem> {
    visit.require(Permission::EditTickets)?;
    let ticket = TicketId(id);
    let facts = facts(&visit, ticket, None).await?;
    let mut fields = Fields::default();
    let stored = receive(&visit, request, &mut fields).await;
    let written = match stored {
        Ok(files) => write(&visit, ticket, &fields, files).await,
        Err(problem) => Err(problem),
    };
    match written {
        Ok(()) => Ok(go(&format!("/tickets/{id}"), "done-file-added")),
        Err(problem) => {
            let form = visit.returned(fields, problem)?;
            Ok(form.answer(page(&visit, &facts, &form)))
        }
    }
}

/// All files of the form in one transaction; what was certainly stored for nothing is removed again. What may have got its
/// row is left to the sweep, which asks the database.
async fn write(
    visit: &Visit,
    ticket: TicketId,
    fields: &Fields,
    files: Vec<Attachment>,
) -> Result<(), Problem> {
    let publish = Publish::from_name(fields.get("publish")).unwrap_or(Publish::Internal);
    let title = fields.text("title");
    let blobs: Vec<String> = files.iter().filter_map(|file| file.blob.clone()).collect();
    let written = visit
        .write(move |tx, acting| {
            for file in &files {
                let draft = Draft {
                    publish,
                    title: title.clone(),
                    body: String::new(),
                    part: Part::Attachment(file.clone()),
                };
                actions::items::write(tx, acting, ticket, &draft)?;
            }
            Ok(())
        })
        .await;
    if written.as_ref().is_err_and(Problem::is_certain) {
        for blob in blobs {
            forget(&visit.app, &blob).await;
        }
    }
    written
}

async fn forget(app: &App, blob: &str) {
    if let Err(error) = app.files.delete(&BlobPath::from(blob)).await {
        tracing::warn!(blob, "cannot remove an upload: {error}");
    }
}

/// Reads the form in the order in which it arrives; whatever is wrong with a file, the fields before it are kept.
async fn receive(
    visit: &Visit,
    request: Request,
    fields: &mut Fields,
) -> Result<Vec<Attachment>, Problem> {
    let app = &visit.app;
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| garbled())?;
    let mut files = Vec::new();
    let mut wrong = None;
    loop {
        let mut part = match form.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(error) => {
                wrong = wrong.or(Some(broken_off(app, &error)));
                break;
            }
        };
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file_name) = part.file_name().map(str::to_owned) {
            if file_name.is_empty() {
                continue;
            }
            match store_file(app, &clean(visit, &file_name), &mut part).await {
                Ok(file) => files.push(file),
                Err(problem) => wrong = wrong.or(Some(problem)),
            }
        } else {
            match text(&mut part).await {
                Ok(text) => fields.push(name, &text),
                Err(error) => wrong = wrong.or(Some(broken_off(app, &error))),
            }
        }
    }
    let problem = wrong.or_else(|| {
        files.is_empty().then(|| Mistakes::one("file", Message::new("mistake-file-missing")))
    });
    match problem {
        None => Ok(files),
        Some(problem) => {
            for blob in files.iter().filter_map(|file| file.blob.as_deref()) {
                forget(app, blob).await;
            }
            Err(problem)
        }
    }
}

/// A field beside the file. What are no letters are replaced; what is longer than any field of the form is cut, so that
/// it is still too long.
async fn text(part: &mut axum::extract::multipart::Field<'_>) -> Result<String, MultipartError> {
    const LONGEST: usize = 16 * 1024;
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await? {
        let room = LONGEST.saturating_sub(bytes.len()).min(chunk.len());
        bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn broken_off(app: &App, error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let most = megabytes(app.config.upload_limit.saturating_mul(FILES_AT_ONCE));
        let message = Message::new("mistake-files-too-large").with("megabytes", most);
        return Mistakes::one("file", message);
    }
    garbled()
}

/// A form that is none, or that ended in the middle.
fn garbled() -> Problem {
    Mistakes::one("file", Message::new("mistake-file-broken-off"))
}

fn limit(app: &App) -> Problem {
    let most = megabytes(app.config.upload_limit);
    Mistakes::one("file", Message::new("mistake-file-too-large").with("megabytes", most))
}

fn megabytes(bytes: usize) -> i64 {
    i64::try_from(bytes / 1_000_000).unwrap_or(i64::MAX)
}

async fn store_file(
    app: &App,
    name: &str,
    part: &mut axum::extract::multipart::Field<'_>,
) -> Result<Attachment, Problem> {
    let blob = uuid::Uuid::now_v7().simple().to_string();
    let upload = object_store::ObjectStore::put_multipart_opts(
        &*app.files,
        &BlobPath::from(blob.as_str()),
        object_store::PutMultipartOptions::default(),
    )
    .await
    .map_err(anyhow::Error::from)?;
    let mut writer = WriteMultipart::new(upload);
    let mut size = 0_usize;
    loop {
        match part.chunk().await {
            Ok(Some(bytes)) => {
                size += bytes.len();
                if size > app.config.upload_limit {
                    let _ = writer.abort().await;
                    return Err(limit(app));
                }
                writer.write(&bytes);
            }
            Ok(None) => break,
            Err(error) => {
                let _ = writer.abort().await;
                return Err(broken_off(app, &error));
            }
        }
    }
    writer.finish().await.map_err(anyhow::Error::from)?;
    Ok(Attachment {
        kind: AttachmentKind::File,
        file_name: name.to_owned(),
        media_type: media_type(name),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        blob: Some(blob),
        url: None,
    })
}

/// The last part of the name, without control characters, at most 255 letters.
fn clean(visit: &Visit, name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let kept: String =
        last.chars().filter(|letter| !letter.is_control()).take(limits::ATTACHMENT_TITLE).collect();
    if kept.trim().is_empty() { visit.t("file-nameless").to_owned() } else { kept }
}

fn media_type(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "txt" | "log" => "text/plain",
        _ => "application/octet-stream",
    }
    .to_owned()
}

/// `GET /files/{item}`: always a download, whatever it claims to be.
pub async fn show(visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    visit.require(Permission::ViewTickets)?;
    let company = visit.company();
    let item = visit
        .read(move |tx, _| store::items::of(tx, company, ItemId(id))?.ok_or(Problem::NotFound))
        .await?;
    let Part::Attachment(file) = item.part else { return Err(Problem::NotFound) };
    let blob = file.blob.ok_or(Problem::NotFound)?;
    let found =
        visit.app.files.get(&BlobPath::from(blob.as_str())).await.map_err(|error| match error {
            object_store::Error::NotFound { .. } => Problem::NotFound,
            other => Problem::Broken(other.into()),
        })?;
    let size = found.meta.size;
    let mut response = axum::body::Body::from_stream(found.into_stream()).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(size));
    headers.insert(CONTENT_DISPOSITION, disposition(&file.file_name));
    Ok(response)
}

/// `attachment` with the name in RFC 8187 form, so that no letter of it can break the header.
fn disposition(name: &str) -> HeaderValue {
    use std::fmt::Write;
    let encoded = name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    });
    HeaderValue::try_from(format!("attachment; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

fn page(visit: &Visit, facts: &Facts, form: &Form) -> Markup {
    let ticket = &facts.ticket;
    let home = format!("/tickets/{}", ticket.id);
    let most = megabytes(visit.app.config.upload_limit);
    let hint = visit.say(&Message::new("file-hint").with("megabytes", most));
    let publish = html! { (field::select(form.field("publish", visit.t("item-publish")), &stream::publish_choices(visit, facts))) };
    let title = form.field("title", visit.t("file-title")).maxlength(limits::ATTACHMENT_TITLE);
    let body = html! {
        (head_with(&back(&ticket.number, &home), &html! { (visit.t("file-new")) }, &html! { (ticket.title) }, &html! {}))
        (form.summary())
        (ticket::stays(visit, facts))
        form.sheet method="post" action={ (home) "/files" } enctype="multipart/form-data" data-upload {
            (field::group(visit.t("file-upload"), None, &html! {
                // The file comes last: should it be too large, the fields before it have arrived.
                (field::text(title))
                (publish)
                (field::file(form.field("file", visit.t("file-file")).hint(&hint).required().wide(), "", true))
            }))
            (button::row(&html! {
                (button::submit(visit.t("file-upload"), Look::Primary))
                (button::link(visit.t("form-cancel"), &home, Look::Quiet, None))
            }))
        }
        form.sheet method="post" action={ (home) "/links" } {
            (field::group(visit.t("file-link"), Some(visit.t("file-link-hint")), &html! {
                (items::link_fields(visit, form))
                (field::text(title.id("field-link-title")))
                (field::select(
                    form.field("publish", visit.t("item-publish")).id("field-link-publish"),
                    &stream::publish_choices_of_link(visit),
                ))
            }))
            (button::row(&html! { (button::submit(visit.t("file-link-add"), Look::Plain)) }))
        }
    };
    visit.page(visit.t("file-new"), &body)
}
