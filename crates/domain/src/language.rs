//! The languages of the product; German is an original, not a translation.

use crate::named::named;

/// A language in which the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    De,
    En,
}

named! { Language { De = "de", En = "en" } }

impl Language {
    /// The code of the language, as browsers send it and locale folders are called.
    pub const fn code(self) -> &'static str {
        self.name()
    }

    /// The language of a code such as `de`, `de-AT` or `EN_us`.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::from_name(&primary.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_carry_a_country() {
        assert_eq!(Language::from_code("de-AT"), Some(Language::De));
        assert_eq!(Language::from_code("EN_us"), Some(Language::En));
        assert_eq!(Language::from_code("fr"), None);
        assert_eq!(Language::from_code(""), None);
    }

    #[test]
    fn every_language_is_found_by_its_code() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language));
        }
    }
}
