//! Texts with variables in braces, as companies word their letters and links with them: where the variables stand.

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Stands as it is.
    Text(&'a str),
    /// A name between braces, as typed.
    Name(&'a str),
}

/// A text cut at its variables. A brace without its partner on the same line is a brace.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        let inside = &from[1..];
        let Some(end) = inside.find(['{', '}', '\n']).filter(|at| inside[*at..].starts_with('}'))
        else {
            found.push(Piece::Text(&rest[..=start]));
            rest = inside;
            continue;
        };
        found.push(Piece::Text(before));
        found.push(Piece::Name(&inside[..end]));
        rest = &inside[end + 1..];
    }
    found.push(Piece::Text(rest));
    found.retain(|piece| *piece != Piece::Text(""));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brace_without_its_partner_is_a_brace() {
        use Piece::{Name, Text};
        let found = pieces("a {b} {c{d }\n{e\n} f}");
        let expected = [
            Text("a "),
            Name("b"),
            Text(" {"),
            Text("c"),
            Name("d "),
            Text("\n{"),
            Text("e\n} f}"),
        ];
        assert_eq!(found, expected);
        assert_eq!(pieces(""), []);
    }
}
