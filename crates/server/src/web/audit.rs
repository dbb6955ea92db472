//! The audit: who did what, when, from where; on the screen and as a file.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::language::Language;
use domain::permission::Permission;
use maud::{Markup, html};

use super::parts::{Icon, Look, button, empty_state, field, page_head, pager, table};
use super::pick;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Problem;
use crate::store;
use crate::store::PAGE;
use crate::store::audits::Entry;

/// The most rows of a file.
const EXPORT: i64 = 10_000;

/// `GET /audit`
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    visit.require(Permission::ReadAudit)?;
    let query = pick::query(&visit);
    let mut rows = read(&visit, &query, PAGE + 1).await?;
    let more = pick::cut(&mut rows, PAGE);
    let older = rows
        .last()
        .filter(|_| more)
        .map(|row| pick::address(&query, "before", &row.id.to_string()));
    let newest = query.has("before").then(|| pick::address(&query, "before", ""));
    let csv = format!("/audit.csv{}", pick::address(&query, "before", ""));
    let export = button::link(visit.t("audit-export"), &csv, Look::Plain, Some(Icon::Download));
    let reset = query.has("q").then(|| (visit.t("form-reset"), "/audit"));
    let search = field::search("q", visit.t("audit-search"), query.get("q"));
    let title = visit.t("audit-title");
    let body = html! {
        (page_head(title, Some(visit.t("audit-text")), &export))
        (table::filters("/audit", &search, visit.t("form-filter"), reset))
        @if rows.is_empty() {
            (empty_state(Icon::History, visit.t("audit-none"), visit.t("audit-none-text"), &html! {}))
        } @else {
            (list(&visit, &rows))
            (pager(
                visit.t("form-pages"),
                "",
                (visit.t("form-newer"), newest.as_deref()),
                (visit.t("audit-older"), older.as_deref()),
            ))
        }
    };
    Ok(visit.page(title, &body))
}

async fn read(visit: &Visit, query: &Fields, limit: i64) -> Result<Vec<Entry>, Problem> {
    let text: String = query.get("q").chars().take(200).collect();
    let before = query.number("before");
    visit.read(move |tx, acting| Ok(store::audits::newest(tx, acting, &text, before, limit)?)).await
}

fn columns(visit: &Visit) -> [&'static str; 6] {
    ["audit-at", "audit-person", "audit-action", "audit-about", "audit-detail", "audit-ip"]
        .map(|key| visit.t(key))
}

fn list(visit: &Visit, rows: &[Entry]) -> Markup {
    let [at, person, action, about, detail, ip] = columns(visit);
    let head = html! { @for label in columns(visit) { (table::head(label)) } };
    let lines = html! {
        @for row in rows {
            tr {
                (table::cell(at, &html! { span.nowrap { (visit.format.date_time(row.at)) } }))
                (table::cell_text(person, &row.person))
                (table::cell_text(action, visit.words.t(&row.action)))
                (table::cell_text(about, &row.about))
                (table::cell_text(detail, &row.detail))
                (table::cell_text(ip, &row.ip))
            }
        }
    };
    table::records(visit.t("audit-title"), &head, &lines)
}

/// `GET /audit.csv`
pub async fn export(visit: Visit) -> Result<Response, Problem> {
    visit.require(Permission::ReadAudit)?;
    let rows = read(&visit, &pick::query(&visit), EXPORT).await?;
    let file = csv_of(&visit, &rows)?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, file).into_response())
}

fn csv_of(visit: &Visit, rows: &[Entry]) -> Result<Vec<u8>, Problem> {
    // Spreadsheets take the separator from the language and the encoding from the mark in front.
    let separator = if visit.format.language == Language::De { b';' } else { b',' };
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(columns(visit)).map_err(anyhow::Error::from)?;
    for row in rows {
        let (at, action) = (row.at.to_string(), visit.words.t(&row.action));
        let cells = [at.as_str(), &row.person, action, &row.about, &row.detail, &row.ip];
        writer.write_record(cells.map(harmless)).map_err(anyhow::Error::from)?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("a file in memory: {error}"))?)
}

/// A spreadsheet runs what begins like a formula; an apostrophe in front makes it text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nothing_runs_in_a_spreadsheet() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        assert_eq!(harmless("Nord IT = gut"), "Nord IT = gut");
        assert_eq!(harmless(""), "");
    }
}
