//! Letters and links: what is refused, what is filled in, and that no value breaks out of its place.

use proptest::prelude::*;
use url::Url;

use super::*;

fn mistake(template: &str) -> Option<&'static str> {
    link_mistake(template).map(|message| message.key)
}

#[test]
fn a_link_leads_where_its_template_says() {
    let table = [
        ("https://desk.example/new?subject={title}", None),
        ("http://desk.example:8080", None),
        ("https://müller.example/störung/{ticket_number}#{site}", None),
        ("https://desk.example/a%20b", None),
        ("", Some(LINK_SCHEME)),
        ("desk.example/new", Some(LINK_SCHEME)),
        ("javascript:alert(1)", Some(LINK_SCHEME)),
        (" https://desk.example", Some(LINK_SCHEME)),
        ("https://", Some(LINK_HOST)),
        ("https:///new", Some(LINK_HOST)),
        ("https://{title}.example/", Some(LINK_HOST)),
        ("https://desk.example{title}", Some(LINK_HOST)),
        ("https://a@b.example/", Some(LINK_HOST)),
        ("https://desk.example:{title}/", Some(LINK_HOST)),
        ("https://desk.example:+80/", Some(LINK_HOST)),
        ("https://desk.example\\@evil.example/", Some(LINK_HOST)),
        ("https://desk.example/?q={nothing}&r={billing_rate}", Some(UNKNOWN)),
        ("https://desk.example/?q={ title }", Some(UNKNOWN)),
        ("https://desk.example/?q={title", Some(LINK_CHARACTER)),
        ("https://desk.example/a b", Some(LINK_CHARACTER)),
        ("https://desk.example/a\\b", Some(LINK_CHARACTER)),
        ("https://desk.example/\"", Some(LINK_CHARACTER)),
        ("https://desk.example/%2", Some(LINK_CHARACTER)),
        ("https://desk.example/%zz", Some(LINK_CHARACTER)),
        ("https://desk.example/a/../b", Some(LINK_DOTS)),
        ("https://desk.example/%2E%2e{title}/b", Some(LINK_DOTS)),
    ];
    for (template, expected) in table {
        assert_eq!(mistake(template), expected, "{template}");
    }
    let names = Message::new(UNKNOWN).with("names", "{nothing}, {billing_rate}".to_owned());
    let twice = link_mistake("https://desk.example/?q={nothing}&r={billing_rate}");
    assert_eq!(twice, Some(names));
}

#[test]
fn nothing_internal_has_a_variable() {
    let secret = ["rate", "billing", "margin", "internal", "note", "cost", "price", "work_type"];
    for variable in Variable::ALL {
        let name = variable.name();
        assert!(!secret.iter().any(|word| name.contains(word)), "{name}");
        assert_eq!(Variable::from_name(name), Some(variable));
    }
}

#[test]
fn every_value_is_encoded() {
    let values = Values::default()
        .with(Variable::Title, "Grüße & 100 % \"neu\"? #1/2")
        .with(Variable::TicketNumber, "T20261124.0001")
        .with(Variable::Description, "eins\nzwei");
    let link =
        link("https://desk.example/{ticket_number}?s={title}&d={description}&x={site}", &values);
    let expected = "https://desk.example/T20261124.0001?s=Gr%C3%BC%C3%9Fe%20%26%20100%20%25%20%22neu%22%3F%20%231%2F2&d=eins%0Azwei&x=";
    assert_eq!(link.as_deref(), Ok(expected));
}

#[test]
fn dots_alone_in_the_path_are_refused_and_elsewhere_harmless() {
    let dots = Values::default().with(Variable::Title, "..");
    let refused = link("https://desk.example/a/{title}/b", &dots);
    assert_eq!(refused, Err(Message::new(LINK_DOTS)));
    let one = Values::default().with(Variable::Title, ".");
    assert!(link("https://desk.example/a/{title}{title}", &one).is_err());
    let query = link("https://desk.example/a?t={title}", &dots);
    assert_eq!(query.as_deref(), Ok("https://desk.example/a?t=.."));
}

#[test]
fn a_letter_is_filled_as_it_is_worded() {
    let values = Values::default().with(Variable::Title, "{company}").with(Variable::Company, "A");
    assert_eq!(text("{title} of {company}, {odd} {", &values), "{company} of A, {odd} {");
    assert_eq!(text_mistake("{title} {"), None);
    let names = Message::new(UNKNOWN).with("names", "{odd}".to_owned());
    assert_eq!(text_mistake("{title} {odd}"), Some(names));
    assert!(uses("a {message}", Variable::Message) && !uses("message", Variable::Message));
}

#[test]
fn lines_that_would_say_nothing_are_left_out() {
    let values = Values::default().with(Variable::Title, "T\nU").with(Variable::Site, " ");
    let template = "Title: {title}\nSite: {site}, {device}\n\n{message}\n\n\nNo variable:\n{odd}";
    assert_eq!(text(template, &values), "Title: T\nU\n\n\nNo variable:\n{odd}");
    assert_eq!(text("{site}", &values), "");
}

/// What a browser makes of an address.
type Parts = (String, Option<String>, Option<u16>, Vec<String>, Vec<String>, bool);

fn parts(link: &str) -> Parts {
    let url = Url::parse(link).unwrap();
    let segments =
        url.path_segments().map(|all| all.map(str::to_owned).collect()).unwrap_or_default();
    let keys = url.query_pairs().map(|(key, _)| key.into_owned()).collect();
    let host = url.host_str().map(str::to_owned);
    (url.scheme().to_owned(), host, url.port(), segments, keys, url.fragment().is_some())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// Whatever the values are: the link leads to the same place, with the same path and the same questions, and
    /// each value arrives whole.
    #[test]
    fn no_value_breaks_out_of_its_place(title in any::<String>(), number in any::<String>(), site in any::<String>()) {
        let template = "https://desk.example:8443/new/{ticket_number}/form?subject={title}&ref=A{ticket_number}Z#at={site}";
        let values = Values::default()
            .with(Variable::Title, title.clone())
            .with(Variable::TicketNumber, number.clone())
            .with(Variable::Site, site.clone());
        let Ok(link) = link(template, &values) else {
            prop_assert!(number == "." || number == "..");
            return Ok(());
        };
        prop_assert!(link.is_ascii() && !link.contains(char::is_whitespace));
        let found = parts(&link);
        let harmless = parts("https://desk.example:8443/new/x/form?subject=x&ref=x#at=x");
        prop_assert_eq!((&found.0, &found.1, found.2), (&harmless.0, &harmless.1, harmless.2));
        prop_assert_eq!((found.3.len(), &found.4, found.5), (harmless.3.len(), &harmless.4, harmless.5));
        prop_assert_eq!((&found.3[0], &found.3[2]), (&harmless.3[0], &harmless.3[2]));
        let url = Url::parse(&link).unwrap();
        let answers: Vec<String> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
        prop_assert_eq!(answers, [title, format!("A{number}Z")]);
    }

    /// A template that is accepted gives an address that a browser understands, at the host that stands in it.
    #[test]
    fn what_is_accepted_is_an_address(rest in "[a-z{}./?#&=%@: \\\\\"äß<>|^-]{0,24}") {
        let template = format!("https://desk.example/{rest}");
        if link_mistake(&template).is_none() {
            let link = link(&template, &Values::default()).unwrap();
            let url = Url::parse(&link).unwrap();
            prop_assert_eq!(url.host_str(), Some("desk.example"));
            prop_assert_eq!(url.as_str(), link.as_str(), "a browser reads it in one way only");
        }
    }
}
