//! The document that is served is the one that is committed, from which the page's own types are made.

use std::env;
use std::fs;
use std::path::Path;

/// With `DATELINE_WRITE=1` in the environment the file is written anew instead.
#[test]
fn the_document_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let made = dateline_server::openapi();
    if env::var_os("DATELINE_WRITE").is_some() {
        fs::write(&path, &made).expect("the document can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        made == committed,
        "openapi.json is not what the handlers say: run this test with DATELINE_WRITE=1, then `npm run types` in web/"
    );
}
