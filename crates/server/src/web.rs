//! The door for people with a browser: pages, one module per noun. A handler turns a request into one call of an
//! action or a reading of the store, and its result into a page. `parts` are the building blocks of every page.
//!
//! Read first `frame` (what stands around a page) and `forms` (how a form shows mistakes).

pub mod forms;
pub mod frame;
pub mod live;
pub mod mark;
pub mod parts;
pub mod routes;
pub mod sign_in;
pub mod trouble;

pub use routes::routes;
