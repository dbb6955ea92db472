//! What a mail looks like: the same words as plain text and as HTML. Plain HTML without looks of its own, so that
//! every mail program shows it the way its reader likes.

use domain::language::Language;
use maud::{DOCTYPE, Markup, html};

/// The parts of a mail, in the receiver's language.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// Language of all of it.
    pub language: Language,
    /// Title of the HTML document.
    pub subject: &'a str,
    /// `Guten Tag Frau …`; may be empty.
    pub greeting: &'a str,
    /// One paragraph each.
    pub lines: &'a [String],
    /// What somebody wrote, such as a reason.
    pub quote: Option<&'a str>,
    /// The word for the link, and the link.
    pub link: Option<(&'a str, &'a str)>,
    /// Why one gets this mail; may be empty.
    pub footer: &'a str,
}

/// As plain text.
pub fn plain(content: &Content) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !content.greeting.is_empty() {
        parts.push(content.greeting.to_owned());
    }
    parts.extend(content.lines.iter().cloned());
    if let Some(quote) = content.quote {
        parts.push(quote.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"));
    }
    if let Some((label, link)) = content.link {
        parts.push(format!("{label}:\n{link}"));
    }
    if !content.footer.is_empty() {
        parts.push(format!("-- \n{}", content.footer));
    }
    parts.join("\n\n") + "\n"
}

/// As HTML; everything is escaped.
pub fn page(content: &Content) -> String {
    document(
        content.language,
        content.subject,
        &html! {
            @if !content.greeting.is_empty() { p { (content.greeting) } }
            @for line in content.lines { p { (breaks(line)) } }
            @if let Some(quote) = content.quote { blockquote { p { (breaks(quote)) } } }
            @if let Some((label, link)) = content.link { p { a href=(link) { (label) } } }
            @if !content.footer.is_empty() { hr; p { small { (breaks(content.footer)) } } }
        },
    )
}

/// Free text as an HTML mail: paragraphs at empty lines, addresses that can be clicked.
pub fn text_page(language: Language, subject: &str, text: &str) -> String {
    document(language, subject, &paragraphs(text))
}

fn document(language: Language, subject: &str, content: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (subject) }
            }
            body { (content) }
        }
    };
    page.into_string()
}

/// Plain text as paragraphs with its line breaks; web addresses can be clicked.
pub fn paragraphs(text: &str) -> Markup {
    let text = text.replace("\r\n", "\n");
    html! {
        @for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
            p { (breaks(paragraph)) }
        }
    }
}

fn breaks(text: &str) -> Markup {
    html! {
        @for (at, line) in text.lines().enumerate() {
            @if at > 0 { br; }
            (clickable(line))
        }
    }
}

/// A line in which web addresses can be clicked.
fn clickable(line: &str) -> Markup {
    html! {
        @for (piece, is_link) in pieces(line) {
            @if is_link { a href=(piece) rel="noopener noreferrer" { (piece) } } @else { (piece) }
        }
    }
}

/// A line cut at its web addresses.
fn pieces(line: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(start) = first_address(rest) {
        let (before, from) = rest.split_at(start);
        let end = from.find(char::is_whitespace).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        // What ends a sentence does not belong to the address.
        let address = word
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'', '«', '»']);
        found.push((before, false));
        found.push((address, true));
        found.push((&word[address.len()..], false));
        rest = after;
    }
    found.push((rest, false));
    found.retain(|(piece, _)| !piece.is_empty());
    found
}

fn first_address(text: &str) -> Option<usize> {
    [text.find("https://"), text.find("http://")].into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_before_the_full_stop() {
        let line = "Hier (https://a.example/i/x_-). Oder http://b.example, bitte";
        let found = pieces(line);
        let links: Vec<_> =
            found.iter().filter(|(_, link)| *link).map(|(piece, _)| *piece).collect();
        assert_eq!(links, ["https://a.example/i/x_-", "http://b.example"]);
        assert_eq!(found.iter().map(|(piece, _)| *piece).collect::<String>(), line);
    }

    #[test]
    fn what_people_write_is_escaped() {
        let lines = ["<b>Müller & Söhne</b>".to_owned()];
        let content = Content {
            language: Language::De,
            subject: "S<",
            greeting: "Guten Tag",
            lines: &lines,
            quote: Some("<i>x</i>\nzwei"),
            link: Some(("Öffnen", "https://a.example/?a=1&b=2")),
            footer: "Fuß",
        };
        let html = page(&content);
        assert!(html.contains("&lt;b&gt;Müller &amp; Söhne&lt;/b&gt;"), "{html}");
        assert!(!html.contains("<i>"), "{html}");
        assert!(html.contains(r#"href="https://a.example/?a=1&amp;b=2""#), "{html}");
        let text = plain(&content);
        assert!(text.contains("> <i>x</i>\n> zwei"), "{text}");
        assert!(text.contains("Öffnen:\nhttps://a.example/?a=1&b=2\n"), "{text}");
    }

    #[test]
    fn empty_lines_make_paragraphs() {
        let html = paragraphs("a\nb\n\nhttps://c.example").into_string();
        assert!(html.starts_with("<p>a<br>b</p><p><a href=\"https://c.example\""), "{html}");
    }
}
