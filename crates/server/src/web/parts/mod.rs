//! The building blocks of every page: pure functions from plain data to markup.
//!
//! They know no tickets, no store and no words: text arrives translated, figures and times arrive formatted.
//! No part writes a `style` attribute, because the content security policy forbids it; the looks are in
//! `static/staffel.css`, whose head lists every class.
//!
//! | Module | Gives |
//! |---|---|
//! | `layout` | `frame` around every page of a signed-in person, `door` around sign-in, invitations, set-up |
//! | `page` | heading, tabs, pager, flash, empty state, panels, definition lists, cards with figures |
//! | `field` | form fields with label, hint and mistake, groups of fields |
//! | `mistakes` | the list of mistakes on top of a form |
//! | `button` | buttons and links that look like them, forms of a single button |
//! | `menu` | drop-down menus that open without script |
//! | `table` | sortable heads, cells that become cards on a phone, the scrolling region |
//! | `mark` | chips, statuses, priorities, origin marks, initials, meters, times |
//! | `stream` | the conversation of a ticket |
//! | `outsource` | the information bar, the preview of what leaves the house, the steps of a round |
//! | `icon` | icons |
//! | `text` | text on pages that are asked for most |
//!
//! What the script adds hangs on attributes, all of them optional:
//!
//! | Attribute | On | Does |
//! |---|---|---|
//! | `data-live="/events/…"`, `data-live-text` | `main` (`Frame::live`) | listens; on `changed` fetches the page with `X-Part: a b`, toasts |
//! | `data-live-part="a"` | any element | is replaced by the element of the same mark in the answer, unless in use |
//! | `data-auto-submit` | GET form | submits itself on a change |
//! | `data-own-submit` | part of such a form | waits for its own button |
//! | `data-search`, `data-row-href` | input, `tr` | `/` focuses; `j`, `k`, arrows, Enter, click |
//! | `data-warn-unsaved` | form | warns before typed text is left |
//! | `data-compute="/url"`, `data-computed` | form, element | posts the form while one types, shows the answer's `[data-computed]` |
//! | `data-upload` | form with files | sends with a bar that fills |
//! | `data-menu` | `details` | closes on Escape and on a click elsewhere |
//! | `data-relative` | `time` | keeps "vor 5 Min." true |
//! | `data-script-hides` | anything | is needed only without script |
//! | `data-script-shows` | anything | does nothing without script |
//! | `data-select-all` | a box | ticks every box of the form it names |
//! | `data-focus` | anything | takes the focus when the page opens |
//!
//! ```ignore
//! html! {
//!     (page_head("Tickets", Some("25 offen"), &button::link("Neues Ticket", "/tickets/new", Look::Primary, Some(Icon::Plus))))
//!     form method="post" data-warn-unsaved {
//!         (field::text(Field::new("title", "Titel").value(&typed).required().maxlength(255).error(mistake)))
//!     }
//! }
//! ```

pub mod button;
pub mod field;
pub mod icon;
pub mod layout;
pub mod mark;
pub mod menu;
pub mod mistakes;
pub mod outsource;
pub mod page;
pub mod stream;
pub mod table;
pub mod text;

pub use button::Look;
pub use field::{Choice, Field, Theirs};
pub use icon::{Icon, icon};
pub use mark::{Tone, avatar_initials, chip, meter, status_chip, time};
pub use menu::menu;
pub use page::{definition_list, empty_state, flash, page_head, pager, panel, tabs};
pub use text::Text;
