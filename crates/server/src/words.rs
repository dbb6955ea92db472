//! The words of both languages: Fluent files, embedded, looked up by key.
//!
//! Most messages have no variables; those are resolved once at start, so that a page of fifty rows costs map look-ups.

use std::sync::OnceLock;

use domain::language::Language;
use domain::message::{Arg, Message};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use rustc_hash::FxHashMap;
use unic_langid::{LanguageIdentifier, langid};

use crate::format::Format;

#[derive(RustEmbed)]
#[folder = "locales"]
struct Locales;

/// All messages of one language.
pub struct Words {
    /// Which language these words are in.
    pub language: Language,
    /// Our own keys need no protection from chosen collisions, and a page looks up a thousand of them.
    plain: FxHashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of a language; read and parsed once.
    pub fn of(language: Language) -> &'static Self {
        static ALL: OnceLock<[Words; 2]> = OnceLock::new();
        let [de, en] = ALL.get_or_init(|| [Words::load(Language::De), Words::load(Language::En)]);
        match language {
            Language::De => de,
            Language::En => en,
        }
    }

    fn load(language: Language) -> Self {
        let id: LanguageIdentifier = match language {
            Language::De => langid!("de"),
            Language::En => langid!("en"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        let mut plain = FxHashMap::default();
        let mut keys = Vec::new();
        for text in texts(language) {
            let resource = FluentResource::try_new(text).unwrap_or_else(|(rest, errors)| {
                tracing::error!(?errors, "a locale file has mistakes");
                rest
            });
            keys.extend(message_keys(&resource));
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(?errors, "a message is defined twice");
            }
        }
        for key in keys {
            if let Some(text) = resolve(&bundle, &key, None) {
                plain.insert(key, text);
            }
        }
        Self { language, plain, bundle }
    }

    /// The text of a message without variables; the key itself if there is none (a test keeps that from happening).
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.plain.get(key).map_or(key, String::as_str)
    }

    /// The keys that begin so and whose words hold these letters, whatever their case.
    pub fn keys_saying(&self, beginning: &str, letters: &str) -> Vec<String> {
        let letters = letters.to_lowercase();
        let says = |(key, text): &(&String, &String)| {
            key.starts_with(beginning) && text.to_lowercase().contains(&letters)
        };
        let mut keys: Vec<String> =
            self.plain.iter().filter(says).map(|(key, _)| key.clone()).collect();
        keys.sort_unstable();
        keys
    }

    /// Every key of this language, variables or not.
    pub fn keys(&self) -> Vec<String> {
        texts(self.language)
            .into_iter()
            .filter_map(|text| FluentResource::try_new(text).ok())
            .flat_map(|resource| message_keys(&resource))
            .collect()
    }

    /// The sentence of a message, its arguments written the way `format` writes them.
    pub fn say(&self, message: &Message, format: &Format) -> String {
        self.say_with(message.key, message.args.iter().map(|(name, arg)| (*name, arg)), format)
    }

    /// The sentence of a key with named arguments.
    pub fn say_with<'a>(
        &self,
        key: &str,
        args: impl Iterator<Item = (&'a str, &'a Arg)>,
        format: &Format,
    ) -> String {
        let mut fluent = FluentArgs::new();
        for (name, arg) in args {
            fluent.set(name.to_owned(), self.value(arg, format));
        }
        if fluent.iter().next().is_none() {
            return self.t(key).to_owned();
        }
        resolve(&self.bundle, key, Some(&fluent)).unwrap_or_else(|| key.to_owned())
    }

    fn value(&self, arg: &Arg, format: &Format) -> FluentValue<'static> {
        match arg {
            Arg::Text(text) => text.clone().into(),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Instant(at) => format.date_time(*at).into(),
            Arg::Hours(hours) => format.hours(*hours).into(),
            Arg::Money(money) => format.money(*money).into(),
            Arg::Key(key) => self.t(key).to_owned().into(),
        }
    }
}

fn texts(language: Language) -> Vec<String> {
    let folder = format!("{}/", language.code());
    Locales::iter()
        .filter(|path| path.starts_with(&folder))
        .filter_map(|path| Locales::get(&path))
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .collect()
}

fn message_keys(resource: &FluentResource) -> Vec<String> {
    resource
        .entries()
        .filter_map(|entry| match entry {
            fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        })
        .collect()
}

fn resolve(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    args: Option<&FluentArgs<'_>>,
) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}
