//! Stories
fn main() {}
