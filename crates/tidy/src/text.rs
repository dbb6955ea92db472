//! Tells the code of a Rust file from the words in its strings, keeping every line where it is.

use std::iter::Peekable;
use std::str::Chars;

/// A file seen in two ways. Both have the lines of the original; comments are in neither.
pub struct Parts {
    /// The code; strings are empty.
    pub code: String,
    /// What stands in string literals, in quotation marks; the rest is blank.
    pub strings: String,
}

/// Line numbers and lines, from one.
pub fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines())
}

/// Whether `word` occurs with no letter, digit or underscore on either side of it.
pub fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(part)
            && (word.ends_with(|c| !part(c)) || !line[at + word.len()..].starts_with(part))
    })
}

/// Takes a Rust file apart.
pub fn parts(text: &str) -> Parts {
    let mut reader =
        Reader { rest: text.chars().peekable(), code: String::new(), strings: String::new() };
    reader.read();
    Parts { code: reader.code, strings: reader.strings }
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    code: String,
    strings: String,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(c) = self.rest.next() {
            match (c, self.rest.peek().copied()) {
                ('/', Some('/')) => self.line_comment(),
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.string(),
                ('r', Some('"' | '#')) if !self.in_a_word() => self.raw_string(),
                ('\'', _) => self.character(),
                _ => self.both(c, ' '),
            }
        }
    }

    fn both(&mut self, code: char, string: char) {
        let line_ends = code == '\n' || string == '\n';
        self.code.push(if line_ends { '\n' } else { code });
        self.strings.push(if line_ends { '\n' } else { string });
    }

    /// `br"…"` is a raw string too; `for"` is not one.
    fn in_a_word(&self) -> bool {
        let before = self.code.strip_suffix('b').unwrap_or(&self.code);
        before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    }

    fn line_comment(&mut self) {
        for c in self.rest.by_ref() {
            if c == '\n' {
                self.both('\n', '\n');
                break;
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 1;
        let mut before = self.rest.next();
        while let Some(c) = self.rest.next() {
            let mut now = Some(c);
            match (before, c) {
                (Some('*'), '/') => (depth, now) = (depth - 1, None),
                (Some('/'), '*') => (depth, now) = (depth + 1, None),
                _ if c == '\n' => self.both('\n', '\n'),
                _ => {}
            }
            if depth == 0 {
                break;
            }
            before = now;
        }
    }

    fn string(&mut self) {
        self.both('"', '"');
        while let Some(c) = self.rest.next() {
            match c {
                '"' => break,
                '\\' => {
                    // Whatever is escaped is no word; a line that goes on in the next one is.
                    let escaped = self.rest.next();
                    self.both(' ', if escaped == Some('\n') { '\n' } else { ' ' });
                }
                _ => self.both(' ', c),
            }
        }
        self.both('"', '"');
    }

    fn raw_string(&mut self) {
        let mut hashes = 0;
        while self.rest.next_if_eq(&'#').is_some() {
            hashes += 1;
        }
        if self.rest.next_if_eq(&'"').is_none() {
            return self.both('r', ' '); // r#type: an identifier
        }
        self.both('"', '"');
        while let Some(c) = self.rest.next() {
            let end =
                c == '"' && self.rest.clone().take(hashes).filter(|c| *c == '#').count() == hashes;
            if end {
                self.rest.by_ref().take(hashes).for_each(drop);
                break;
            }
            self.both(' ', c);
        }
        self.both('"', '"');
    }

    /// A quotation mark begins a character or a lifetime.
    fn character(&mut self) {
        self.both('\'', ' ');
        let mut ahead = self.rest.clone();
        let escaped = ahead.next() == Some('\\');
        if !escaped && ahead.next() != Some('\'') {
            return;
        }
        let mut before = ' ';
        for c in self.rest.by_ref() {
            if c == '\'' && (before != '\\' || !escaped) {
                break;
            }
            before = if before == '\\' { ' ' } else { c };
        }
        self.both('\'', ' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_strings_and_comments_are_told_apart() {
        let text = "let a = \"in \\\" it\"; // not\n/* nor /* this */ */ let b = r#\"raw \" one\"#;\n\
                    let c = '\"'; let d: &'static str = \"two\\\n lines\"; let e = '\\''; r#type";
        let Parts { code, strings } = parts(text);
        let words: Vec<_> = strings.split_whitespace().collect();
        assert_eq!(words, ["\"in", "it\"", "\"raw", "\"", "one\"", "\"two", "lines\""]);
        for word in ["let a", "let b", "let c", "&'static str", "let e", "type"] {
            assert!(code.contains(word), "{word} in {code}");
        }
        assert!(!code.contains("not") && !code.contains("nor") && !code.contains("this"));
        assert_eq!(code.lines().count(), text.lines().count());
        assert_eq!(strings.lines().count(), text.lines().count());
    }

    #[test]
    fn a_word_stands_alone() {
        assert!(has_word("use axum::Router", "axum"));
        assert!(!has_word("not_axum or axums", "axum"));
        assert!(has_word("(SELECT id", "SELECT "));
    }
}
