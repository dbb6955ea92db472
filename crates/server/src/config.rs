//! The whole configuration as one value: flags win over the environment, the environment over the file.
//! Read once at start, checked before anything listens.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Parser;
use serde::Deserialize;

/// Staffel: IT service companies hand tickets to each other under agreed terms.
///
/// Without any option it listens on 127.0.0.1:8080, keeps its data in ./data (SQLite) and loads a demo world on the first start.
#[derive(Parser, Debug, Clone, Default)]
#[command(name = "staffel", version)]
pub struct Flags {
    /// Configuration file (TOML); its keys are the long names of these flags with underscores.
    #[arg(long, env = "STAFFEL_CONFIG")]
    pub config: Option<PathBuf>,
    /// Address and port to listen on [default: 127.0.0.1:8080].
    #[arg(long, env = "STAFFEL_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Folder for the SQLite file and uploads [default: data].
    #[arg(long, env = "STAFFEL_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// `postgres://user:password@host/database`, or `sqlite:path` [default: staffel.db in the data folder].
    #[arg(long, env = "STAFFEL_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The address people type, for links in mails and cookies [default: <http://LISTEN>].
    #[arg(long, env = "STAFFEL_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Start with an empty database and a one-time set-up page instead of the demo world.
    #[arg(long, env = "STAFFEL_NO_DEMO")]
    pub no_demo: bool,
    /// Mail server, `smtp://user:password@host:587` or `smtps://…`; without it mails are kept on the mailbox page.
    #[arg(long, env = "STAFFEL_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Sender of all mails [default: staffel@localhost].
    #[arg(long, env = "STAFFEL_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Minutes without a click after which a session ends [default: 480].
    #[arg(long, env = "STAFFEL_SESSION_IDLE_MINUTES")]
    pub session_idle_minutes: Option<u32>,
    /// Largest upload in bytes [default: 10000000].
    #[arg(long, env = "STAFFEL_UPLOAD_LIMIT")]
    pub upload_limit: Option<usize>,
    /// Take the visitor's address from X-Forwarded-For (only behind a reverse proxy of your own).
    #[arg(long, env = "STAFFEL_TRUST_PROXY")]
    pub trust_proxy: bool,
    /// Log lines as JSON.
    #[arg(long, env = "STAFFEL_LOG_JSON")]
    pub log_json: bool,
}

#[derive(Deserialize, Default, Debug)]
#[serde(deny_unknown_fields)]
struct FileConfig {
    listen: Option<SocketAddr>,
    data_dir: Option<PathBuf>,
    database_url: Option<String>,
    public_url: Option<String>,
    no_demo: Option<bool>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    session_idle_minutes: Option<u32>,
    upload_limit: Option<usize>,
    trust_proxy: Option<bool>,
    log_json: Option<bool>,
}

/// What the program runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Folder of the SQLite file and the uploads.
    pub data_dir: PathBuf,
    /// Which database.
    pub database_url: String,
    /// Scheme, host and port people use; no slash at the end.
    pub public_url: String,
    /// Whether the demo world is loaded into an empty database.
    pub demo: bool,
    /// Where mail goes; `None` keeps it.
    pub smtp_url: Option<String>,
    /// Sender of mails.
    pub mail_from: String,
    /// Minutes until an idle session ends.
    pub session_idle_minutes: u32,
    /// Largest upload in bytes.
    pub upload_limit: usize,
    /// Whether X-Forwarded-For is believed.
    pub trust_proxy: bool,
    /// Whether logs are JSON.
    pub log_json: bool,
}

impl Config {
    /// Puts flags, environment and file together and checks them; the error says which setting is wrong and why.
    pub fn assemble(flags: Flags) -> anyhow::Result<Self> {
        let file = match &flags.config {
            Some(path) => read(path)?,
            None => FileConfig::default(),
        };
        let listen =
            flags.listen.or(file.listen).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let data_dir = flags.data_dir.or(file.data_dir).unwrap_or_else(|| "data".into());
        let database_url = flags
            .database_url
            .or(file.database_url)
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("staffel.db").display()));
        let public_url =
            flags.public_url.or(file.public_url).unwrap_or_else(|| format!("http://{listen}"));
        let config = Self {
            listen,
            database_url,
            public_url: public_url.trim_end_matches('/').to_owned(),
            demo: !(flags.no_demo || file.no_demo.unwrap_or(false)),
            smtp_url: flags.smtp_url.or(file.smtp_url).filter(|url| !url.is_empty()),
            mail_from: flags
                .mail_from
                .or(file.mail_from)
                .unwrap_or_else(|| "Staffel <staffel@localhost>".into()),
            session_idle_minutes: flags
                .session_idle_minutes
                .or(file.session_idle_minutes)
                .unwrap_or(480),
            upload_limit: flags.upload_limit.or(file.upload_limit).unwrap_or(10_000_000),
            trust_proxy: flags.trust_proxy || file.trust_proxy.unwrap_or(false),
            log_json: flags.log_json || file.log_json.unwrap_or(false),
            data_dir,
        };
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        if !self.public_url.starts_with("http://") && !self.public_url.starts_with("https://") {
            bail!("public_url must begin with http:// or https://, not «{}»", self.public_url);
        }
        if self.session_idle_minutes == 0 {
            bail!("session_idle_minutes must be at least 1");
        }
        if self.upload_limit == 0 {
            bail!("upload_limit must be at least 1 byte");
        }
        let known = ["postgres://", "postgresql://", "sqlite:"];
        if !known.iter().any(|scheme| self.database_url.starts_with(scheme)) {
            bail!("database_url must begin with postgres:// or sqlite:");
        }
        if let Some(url) = &self.smtp_url
            && !url.starts_with("smtp://")
            && !url.starts_with("smtps://")
        {
            bail!("smtp_url must begin with smtp:// or smtps://");
        }
        self.mail_from
            .parse::<lettre::message::Mailbox>()
            .with_context(|| format!("mail_from «{}» is no mail address", self.mail_from))?;
        Ok(())
    }

    /// Whether people reach us over TLS, so that cookies may insist on it.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn read(path: &Path) -> anyhow::Result<FileConfig> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the configuration file {}", path.display()))?;
    toml::from_str(&text)
        .with_context(|| format!("the configuration file {} is wrong", path.display()))
}
