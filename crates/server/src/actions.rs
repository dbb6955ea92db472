//! What can be done: one function per verb of the field. Each asks who may, loads what is the acting company's,
//! lets the domain decide, saves, and writes down what happened, all in the transaction it is given.

pub mod agreement;
pub mod check;
pub mod companies;
pub mod crossings;
pub mod digests;
pub mod finish;
pub mod invitations;
pub mod items;
pub mod letters;
pub mod mailbox;
pub mod mapping;
pub mod network_rounds;
pub mod networks;
pub mod offers;
pub mod organizations;
pub mod partnerships;
pub mod people;
pub mod round_letters;
pub mod rounds;
pub mod sessions;
pub mod tickets;
pub mod tokens;
pub mod views;
