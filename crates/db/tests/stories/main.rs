//! What the layer promises, told on both engines.

mod basics;
mod crowd;
mod kill;
mod lost;
mod migrations;
mod notices;
mod place;
