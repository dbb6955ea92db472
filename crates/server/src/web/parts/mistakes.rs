//! The list of mistakes on top of a form that came back.

use maud::{Markup, PreEscaped, html};

use super::icon::{Icon, icon};

/// How the list of mistakes and each of its lines begin.
const LIST: &str = "<ul class=\"mistake-list\">";
const LINE: &str = "<li><a href=\"#field-";

/// All mistakes on top of a form, each a link to its field: `(field name, sentence)`. [`name`] says which field.
pub fn list(heading: &str, list: &[(&str, &str)]) -> Markup {
    html! {
        @if !list.is_empty() {
            div.mistakes role="alert" tabindex="-1" data-focus {
                (icon(Icon::Alert))
                div {
                    h2 { (heading) }
                    ul.mistake-list {
                        @for (name, sentence) in list {
                            li { a href={ "#field-" (name) } { (sentence) } }
                        }
                    }
                }
            }
        }
    }
}

/// The page with the name of its field before every mistake in the list, in the order of the fields. The list stands
/// above the fields and is written before them, so both are read from the labels once the page is whole: what a field
/// is called is said in one place.
pub fn name(page: Markup) -> Markup {
    let html = page.into_string();
    let Some((before, rest)) = html.split_once(LIST) else { return PreEscaped(html) };
    let Some((list, after)) = rest.split_once("</ul>") else { return PreEscaped(html) };
    let mut lines: Vec<(usize, String)> = list
        .split_inclusive("</li>")
        .map(|line| {
            let name = line.strip_prefix(LINE).and_then(|link| link.split('"').next());
            match name.and_then(|name| label_of(after, name)) {
                Some((at, label)) => {
                    (at, line.replacen("\">", &format!("\"><strong>{label}:</strong> "), 1))
                }
                None => (usize::MAX, line.to_owned()),
            }
        })
        .collect();
    lines.sort_by_key(|(at, _)| *at);
    let list: String = lines.into_iter().map(|(_, line)| line).collect();
    PreEscaped(format!("{before}{LIST}{list}</ul>{after}"))
}

/// Where in the page a field is named, and what it is called, as markup.
fn label_of<'a>(html: &'a str, name: &str) -> Option<(usize, &'a str)> {
    let heads = [format!(" for=\"field-{name}\">"), format!(" id=\"field-{name}-label\">")];
    let from = heads.iter().find_map(|head| html.find(head).map(|at| at + head.len()))?;
    Some((from, html.get(from..)?.split('<').next()?))
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::{list, name};
    use crate::web::parts::field::{Choice, Field, radio, text};

    #[test]
    fn every_mistake_names_its_field_and_leads_there() {
        let mistakes = [("gone", "Alt."), ("rate", "Fehlt."), ("due", "Zu früh.")];
        let page = html! {
            (list("Bitte prüfen", &mistakes))
            (text(Field::new("due", "Fällig & mehr").required()))
            (radio(Field::new("rate", "Satz"), &[Choice::new("flat", "Pauschal")]))
        };
        let html = name(page).into_string();
        let lines = [
            r##"<li><a href="#field-due"><strong>Fällig &amp; mehr:</strong> Zu früh.</a></li>"##,
            r##"<li><a href="#field-rate"><strong>Satz:</strong> Fehlt.</a></li>"##,
            r##"<li><a href="#field-gone">Alt.</a></li></ul>"##,
        ];
        assert!(html.contains(&lines.concat()), "{html}");
        assert!(
            html.contains(r#"id="field-due""#) && html.contains(r#"id="field-rate""#),
            "{html}"
        );
    }
}
