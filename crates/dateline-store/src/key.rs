//! What makes two captures the same: id, bytes, and all that came with them.

use dateline_model::{Capture, Digest};
use sha2::{Digest as _, Sha256};

/// The key of a capture. A capture with a known key is not read again.
#[must_use]
pub fn capture_key(capture: &Capture) -> Digest {
    let supplied = &capture.supplied;
    let mut key = Sha256::new();
    // Debug forms of plain data: any difference in what was given makes another key.
    for part in [
        capture.id.as_str(),
        &capture.sha256.to_string(),
        &format!("{:?} {:?}", capture.media_type, capture.charset),
        &format!("{:?} {:?}", capture.uri, capture.retrieved.map(|moment| moment.to_string())),
        &format!("{:?} {:?} {:?}", supplied.headline, supplied.publisher, supplied.byline),
        &format!("{:?} {:?}", supplied.published.map(|moment| moment.to_string()), supplied.language),
    ] {
        key.update(part.as_bytes());
        key.update([0]);
    }
    Digest(key.finalize().into())
}

/// SHA-256 of a text.
pub(crate) fn digest(text: &str) -> Digest {
    Digest(Sha256::digest(text.as_bytes()).into())
}
