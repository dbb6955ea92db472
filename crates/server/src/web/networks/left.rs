//! What leaves for a network, as the preview, the form's example and the terms of a round show it: one markup.

use domain::network::Action;
use maud::{Markup, html};

use super::super::parts::{definition_list, stream};
use crate::http::visit::Visit;
use crate::store::network_rounds::Left;

/// The letter or the link, to the letter.
pub fn content(visit: &Visit, action: Action, left: &Left) -> Markup {
    match action {
        Action::Email => html! {
            (definition_list(&[
                (visit.t("network-to"), html! { (left.recipients.lines().collect::<Vec<_>>().join(", ")) }),
                (visit.t("network-subject"), html! { strong { (left.subject) } }),
            ]))
            (stream::prose(left.body.trim_end()))
        },
        Action::LiveLink => html! { code.long-link { (left.link) } },
        Action::Nothing => html! { p { (visit.t("network-nothing-leaves")) } },
    }
}
