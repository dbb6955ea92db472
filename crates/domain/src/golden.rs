//! Lists under version control that a test prints. Run the tests with `STAFFEL_BLESS=1` to accept a change of the rules.

use std::path::Path;
use std::{env, fs};

/// Compares the text with the file of this name in `tests/`, or rewrites the file.
pub fn golden(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    if env::var("STAFFEL_BLESS").as_deref() == Ok("1") {
        fs::write(&file, text).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == text,
        "{name} no longer says what the rules say; if that is meant, bless it:\n{text}"
    );
}
