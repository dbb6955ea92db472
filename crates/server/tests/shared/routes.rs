//! Every address of the program with its methods, read from the routes themselves: a route that is new cannot be forgotten.

use std::collections::BTreeSet;

const ROUTES: &str = include_str!("../../src/web/routes.rs");

/// Addresses with their methods, as the routes list them.
pub fn listed() -> BTreeSet<(String, &'static str)> {
    let mut found = BTreeSet::new();
    for part in ROUTES.split(".route(").skip(1) {
        let path = part.split('"').nth(1).unwrap().to_owned();
        let handlers = part.split_once("\",").map_or("", |(_, rest)| rest);
        let handlers = handlers.split(".layer").next().unwrap();
        let end = handlers.find("\n        .").unwrap_or(handlers.len());
        let handlers = handlers.get(..end).unwrap();
        for (method, word) in [("GET", "get("), ("POST", "post(")] {
            if handlers.contains(word) {
                found.insert((path.clone(), method));
            }
        }
    }
    found
}
