//! Text of people and words of ours on pages that are asked for most.

use maud::Render;

/// A text, escaped like any other. Most texts hold nothing to escape: that is found out in one go, and then they are
/// copied whole, where maud looks at and copies one letter after the other.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a>(pub &'a str);

impl Render for Text<'_> {
    fn render_to(&self, page: &mut String) {
        // Without an early exit, so that many letters are compared at once.
        let is_plain = self
            .0
            .bytes()
            .fold(true, |plain, letter| plain & !matches!(letter, b'&' | b'<' | b'>' | b'"'));
        if is_plain { page.push_str(self.0) } else { self.0.render_to(page) }
    }
}

#[cfg(test)]
mod tests {
    use maud::html;
    use proptest::prelude::*;

    use super::Text;

    proptest! {
        #[test]
        fn a_text_is_escaped_like_any_other(text in "[a-zäß&<>\"' ]{0,80}") {
            let ours = html! { p title=(Text(&text)) { (Text(&text)) } };
            prop_assert_eq!(ours.0, html! { p title=(text) { (text) } }.0);
        }
    }
}
