//! Where the server is and what every connection to it is told first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ::postgres::config::SslMode;
use ::postgres::{Client, Config, NoTls};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::errors::trouble;
use crate::{Error, Options};

/// A server, a schema in it, and limits.
pub(crate) struct Target {
    config: Config,
    tls: Arc<ClientConfig>,
    schema: Option<String>,
    settings: String,
    /// Set when the database is closed; the listener looks at it now and then.
    closed: AtomicBool,
}

impl Target {
    pub fn parse(url: &str, schema: Option<String>, options: &Options) -> Result<Self, Error> {
        let (url, root) = split_root(url);
        let mut config: Config = url.parse().map_err(|error| trouble(&error).error)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(options.connect_timeout);
        }
        // A server that vanished without a word is noticed, sooner than by the system's two hours.
        config.keepalives_idle(Duration::from_secs(30)).tcp_user_timeout(Duration::from_secs(30));
        // A statement is planned once a connection. All of them are written for an index, whatever the values; planned
        // anew for each value, a search in a million tickets took longer to plan than to run.
        let mut settings = format!(
            "SET plan_cache_mode = force_generic_plan; SET statement_timeout = {}; SET lock_timeout = {}; \
             SET idle_in_transaction_session_timeout = {}; \
             SET default_transaction_read_only = on;",
            options.statement_timeout.as_millis(),
            options.lock_timeout.as_millis(),
            options.idle_timeout.as_millis(),
        );
        if let Some(schema) = &schema {
            settings.push_str(" SET search_path TO ");
            settings.push_str(schema);
        }
        let tls = Arc::new(tls(root.as_deref())?);
        Ok(Self { config, tls, schema, settings, closed: AtomicBool::new(false) })
    }

    /// Nobody uses the database any more.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Is nobody using the database any more?
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// The schema's channel: `NOTIFY` reaches the whole database otherwise.
    pub fn channel(&self) -> String {
        format!("db_{}", self.schema.as_deref().unwrap_or("public"))
    }

    /// The schema's name as a key for advisory locks.
    pub fn lock_key(&self) -> i64 {
        crate::migrate::fnv1a(format!("migration of {}", self.channel()).as_bytes()).cast_signed()
    }

    /// A new connection, ready for use.
    pub fn connect(&self) -> Result<Client, Error> {
        let mut client = self.dial().map_err(|error| trouble(&error).error)?;
        client.batch_execute(&self.settings).map_err(|error| trouble(&error).error)?;
        Ok(client)
    }

    fn dial(&self) -> Result<Client, ::postgres::Error> {
        let tls = MakeRustlsConnect::new(ClientConfig::clone(&self.tls));
        let result = self.config.connect(tls);
        match result {
            // `prefer` promises no secrecy: a certificate that cannot be checked is no reason to
            // stay away.
            Err(error)
                if self.config.get_ssl_mode() == SslMode::Prefer
                    && error.as_db_error().is_none()
                    && error.to_string().contains("TLS") =>
            {
                tracing::warn!(%error, "no TLS to the database: going on without");
                self.config.clone().ssl_mode(SslMode::Disable).connect(NoTls)
            }
            other => other,
        }
    }

    /// Makes the schema unless it is there.
    pub fn create_schema(&self, mut client: Client) -> Result<(), Error> {
        let Some(schema) = &self.schema else { return Ok(()) };
        // The lock, because two at once would otherwise both try, and one fail.
        let sql = format!(
            "BEGIN READ WRITE; SELECT pg_advisory_xact_lock({}); \
             CREATE SCHEMA IF NOT EXISTS {schema}; COMMIT",
            self.lock_key()
        );
        client.batch_execute(&sql).map_err(|error| trouble(&error).error)
    }
}

/// Takes `sslrootcert=…` out of the URL, which the client does not know.
fn split_root(url: &str) -> (String, Option<String>) {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut root = None;
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| match pair.strip_prefix("sslrootcert=") {
            Some(path) => {
                root = Some(path.to_owned());
                false
            }
            None => !pair.is_empty(),
        })
        .collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{base}{query}"), root)
}

/// Certificates are checked against the given roots, else against those of the web.
fn tls(root: Option<&str>) -> Result<ClientConfig, Error> {
    let refused = |error: &dyn std::fmt::Display| Error::Engine(format!("sslrootcert: {error}"));
    let mut roots = RootCertStore::empty();
    match root {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            for certificate in CertificateDer::pem_file_iter(path).map_err(|e| refused(&e))? {
                let certificate = certificate.map_err(|e| refused(&e))?;
                roots.add(certificate).map_err(|e| refused(&e))?;
            }
        }
    }
    // The provider is named here, so that no process-wide default is needed.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Engine(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
