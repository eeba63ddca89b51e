//! The file that a page comes from, as the user named it and as the page's id names it.

use std::sync::Arc;

use dateline_model::{Capture, Charset, Diagnostic, Digest, MediaType, Origin, Severity, Supplied};
use ring::digest::{SHA256, digest};

use crate::ingested::{Ingested, SetAsideInput};

/// A file that is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// As the user named it, for messages and [`Origin`].
    pub(crate) file: String,
    /// Its path within the folder given, or its name: what ids are made of.
    pub(crate) name: String,
}

impl Source {
    pub(crate) fn origin(&self, place: Option<String>) -> Origin {
        Origin { file: self.file.clone(), place }
    }

    /// Word of a part that gave no page.
    pub(crate) fn aside(&self, place: Option<String>, diagnostic: Diagnostic) -> Ingested {
        Ingested::SetAside(SetAsideInput { origin: self.origin(place), diagnostic })
    }

    /// Word of a part that could not be read, and of nothing more.
    pub(crate) fn failed(&self, place: Option<String>, code: &str, message: impl Into<String>) -> Ingested {
        self.aside(place, Diagnostic::new(code, Severity::Error, message))
    }

    /// A capture with nothing but its bytes.
    pub(crate) fn capture(&self, id: String, place: Option<String>, page: Page) -> Capture {
        Capture {
            id,
            sha256: sha256(&page.bytes),
            bytes: Arc::from(page.bytes),
            media_type: page.media_type,
            charset: page.charset,
            uri: None,
            retrieved: None,
            origin: self.origin(place),
            supplied: Supplied::default(),
            diagnostics: page.diagnostics,
        }
    }
}

fn sha256(bytes: &[u8]) -> Digest {
    let mut sum = Digest([0; 32]);
    // Both are of one length, always.
    sum.0.iter_mut().zip(digest(&SHA256, bytes).as_ref()).for_each(|(to, from)| *to = *from);
    sum
}

/// The bytes of a page with what they are.
pub(crate) struct Page {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: MediaType,
    pub(crate) charset: Charset,
    pub(crate) diagnostics: Vec<Diagnostic>,
}
