//! The whole configuration as one value: flags win over the environment, the environment over the file.
//! Read once at start, checked before anything listens.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use axum::http::Uri;
use clap::builder::BoolishValueParser;
use clap::{Parser, ValueEnum};
use domain::partnership::Languages;
use domain::ticket::limits;
use serde::Deserialize;

use crate::jobs::mailer;

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
    #[arg(long, env = "STAFFEL_NO_DEMO", value_parser = BoolishValueParser::new())]
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
    /// Which companies can outsource to each other: any, or only those of the same language [default: any].
    #[arg(long, env = "STAFFEL_LANGUAGES")]
    pub languages: Option<Together>,
    /// Take the visitor's address from X-Forwarded-For (only behind a reverse proxy of your own).
    #[arg(long, env = "STAFFEL_TRUST_PROXY", value_parser = BoolishValueParser::new())]
    pub trust_proxy: bool,
    /// Log lines as JSON.
    #[arg(long, env = "STAFFEL_LOG_JSON", value_parser = BoolishValueParser::new())]
    pub log_json: bool,
}

/// [`Languages`] as it is written in settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Together {
    /// All companies.
    Any,
    /// Those of the same language.
    Same,
}

impl From<Together> for Languages {
    fn from(together: Together) -> Self {
        match together {
            Together::Any => Self::Any,
            Together::Same => Self::Same,
        }
    }
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
    languages: Option<Together>,
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
    /// Which companies may work together here (decision 13).
    pub languages: Languages,
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
        let public_url = flags.public_url.or(file.public_url).unwrap_or_else(|| reachable(listen));
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
            upload_limit: flags.upload_limit.or(file.upload_limit).unwrap_or(limits::FILE_BYTES),
            languages: flags.languages.or(file.languages).map_or(Languages::Any, Languages::from),
            trust_proxy: flags.trust_proxy || file.trust_proxy.unwrap_or(false),
            log_json: flags.log_json || file.log_json.unwrap_or(false),
            data_dir,
        };
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        check_public_url(&self.public_url)?;
        if self.session_idle_minutes == 0 {
            bail!("session_idle_minutes must be at least 1");
        }
        if self.upload_limit == 0 {
            bail!("upload_limit must be at least 1 byte");
        }
        let known = ["postgres://", "postgresql://", "sqlite:"];
        match known.iter().find_map(|scheme| self.database_url.strip_prefix(scheme)) {
            None => bail!("database_url must begin with postgres:// or sqlite:"),
            Some("") => bail!("database_url says no place; sqlite: takes the path of a file"),
            Some(_) => {}
        }
        if let Some(url) = &self.smtp_url {
            if !url.starts_with("smtp://") && !url.starts_with("smtps://") {
                bail!("smtp_url must begin with smtp:// or smtps://");
            }
            mailer::to_server(url)?;
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

/// Where a browser on this machine finds us: nobody can type the address that means «every one of this machine».
fn reachable(listen: SocketAddr) -> String {
    let host = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(host, listen.port()))
}

/// Links in mails are this and a path, so it is a scheme, a host and perhaps a port.
fn check_public_url(url: &str) -> anyhow::Result<()> {
    if !url.starts_with("http://") && !url.starts_with("https://") {
        bail!("public_url must begin with http:// or https://, not «{url}»");
    }
    let parsed = url.parse::<Uri>();
    let parsed = parsed.with_context(|| format!("public_url «{url}» is no web address"))?;
    let host = parsed.authority().filter(|place| !place.host().is_empty());
    match host {
        None => bail!("public_url «{url}» names no host"),
        Some(place) if place.as_str().contains('@') => {
            bail!("public_url must not contain a user or a password")
        }
        Some(_) => {}
    }
    if parsed.path_and_query().is_some_and(|rest| rest.as_str() != "/") || url.contains('#') {
        bail!(
            "public_url «{url}» must end after the host and the port: there is no path before ours"
        );
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<FileConfig> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the configuration file {}", path.display()))?;
    toml::from_str(&text)
        .with_context(|| format!("the configuration file {} is wrong", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assemble(arguments: &[&str]) -> anyhow::Result<Config> {
        let all = std::iter::once(&"staffel").chain(arguments);
        Config::assemble(Flags::try_parse_from(all)?)
    }

    #[test]
    fn a_wrong_setting_is_named_at_start() {
        let cases: [(&[&str], &str); 13] = [
            (&["--smtp-url", "smtp://"], "smtp_url"),
            (&["--smtp-url", "smtp://h:99999"], "smtp_url"),
            (&["--smtp-url", "mail.example"], "smtp_url must begin"),
            (&["--public-url", "https://a b"], "is no web address"),
            (&["--public-url", "https://a.example/staffel"], "must end after the host"),
            (&["--public-url", "https://u:p@a.example"], "user or a password"),
            (&["--public-url", "http://"], "public_url"),
            (&["--public-url", "a.example"], "must begin with http"),
            (&["--database-url", "sqlite:"], "path of a file"),
            (&["--database-url", "mysql://a"], "postgres:// or sqlite:"),
            (&["--mail-from", "nobody"], "mail_from"),
            (&["--session-idle-minutes", "0"], "session_idle_minutes"),
            (&["--languages", "german"], "any, same"),
        ];
        for (arguments, said) in cases {
            let error = format!("{:#}", assemble(arguments).expect_err(said));
            assert!(error.contains(said), "{arguments:?}: {error}");
        }
    }

    #[test]
    fn what_is_right_starts() {
        for arguments in [
            ["--public-url", "https://staffel.example"],
            ["--public-url", "https://staffel.example:8443/"],
            ["--smtp-url", "smtp://u:p@mail.example:587"],
            ["--smtp-url", "smtps://mail.example"],
            ["--database-url", "sqlite:a.db"],
        ] {
            assert!(assemble(&arguments).is_ok(), "{arguments:?}");
        }
        let everywhere = assemble(&["--listen", "0.0.0.0:8080"]).expect("an address");
        assert_eq!(everywhere.public_url, "http://127.0.0.1:8080");
        assert_eq!(everywhere.languages, Languages::Any, "decision 13: off as delivered");
        let same = assemble(&["--languages", "same"]).expect("a rule");
        assert_eq!(same.languages, Languages::Same);
    }
}
