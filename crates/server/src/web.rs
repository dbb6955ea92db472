//! The door for people with a browser: pages, one module per noun. A handler turns a request into one call of an
//! action or a reading of the store, and its result into a page. `parts` are the building blocks of every page.
//!
//! Read first `frame` (what stands around a page) and `forms` (how a form shows mistakes).

pub mod agreement;
pub mod audit;
pub mod choices;
pub mod company;
pub mod completion;
pub mod contacts;
pub mod dashboard;
pub mod files;
pub mod forms;
pub mod frame;
pub mod invitation;
pub mod invitation_text;
pub mod items;
pub mod leads;
pub mod live;
pub mod mailbox;
pub mod mark;
pub mod networks;
pub mod offer;
pub mod organizations;
pub mod outsource;
pub mod outsource_bar;
pub mod partners;
pub mod parts;
pub mod people;
pub mod permissions;
pub mod pick;
pub mod preferences;
pub mod received;
pub mod received_round;
pub mod register;
pub mod rounds;
pub mod routes;
pub mod setup;
pub mod sheet;
pub mod sign_in;
pub mod standing_in;
pub mod stream;
pub mod ticket;
pub mod tickets;
pub mod trouble;
pub mod views;

pub use routes::routes;
