//! What pages must not contain: the content security policy forbids style and script inside them.

use crate::{
    Complaint, Source,
    text::{has_word, numbered, parts},
};

/// Attributes and elements that the browser would refuse. In a page function they are code; in a
/// piece of ready-made HTML they are words of a string.
pub fn inline_style_and_script(sources: &[Source]) -> Vec<Complaint> {
    let in_code =
        ["style=", "onclick=", "onsubmit=", "onchange=", "oninput=", "onload=", "script {"];
    let in_strings = [
        "style=",
        "onclick=",
        "onsubmit=",
        "onchange=",
        "oninput=",
        "onload=",
        "<script>",
        "<style>",
    ];
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_in(&["crates/server/src/"])) {
        let parts = parts(&source.text);
        for ((number, code), words) in numbered(&parts.code).zip(parts.strings.lines()) {
            let refused = in_code.iter().find(|it| has_word(code, it));
            let refused = refused.or_else(|| in_strings.iter().find(|it| words.contains(*it)));
            if let Some(refused) = refused {
                complaints.push(format!(
                    "{}:{number}: {refused} is refused by the browser; use a class or a file",
                    source.path
                ));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        complains_at, holds,
        tree::{rust, sample},
    };

    #[test]
    fn pages_carry_no_style_and_no_script() {
        holds(&inline_style_and_script(&rust()));
    }

    #[test]
    fn style_and_script_in_a_page_are_noticed() {
        let path = "crates/server/src/web/page.rs";
        let text = "html! {\n  div style=\"color: red\" {}\n  button onclick=\"go()\" {}\n  \
                    script { \"go()\" }\n  script src=\"/x.js\" {}\n  (PreEscaped(\"<script>go()</script>\"))\n\
                    let style = 1;\n}\n";
        let lines = [2, 3, 4, 6].map(|line| format!("{path}:{line}"));
        complains_at(
            &inline_style_and_script(&sample(path, text)),
            &lines.each_ref().map(String::as_str),
        );
    }
}
