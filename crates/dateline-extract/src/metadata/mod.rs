//! What is the report called, who wrote it, who published it, when, in which language?

mod headline;

use dateline_model::{DateCandidate, Moment, Published};

use crate::html::Document;
use crate::published::{DateReader, PageContext};
use crate::structured::Vocabulary;
use crate::structured::declared::Declared;

/// Reads a page's metadata; holds the words and weights it reads by, so make one and keep it.
#[derive(Debug)]
pub struct MetadataReader {
    vocabulary: Vocabulary,
    dates: DateReader,
}

/// What a page says of itself.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// Day or moment of publication.
    pub published: Option<Published>,
    /// All candidates for it, in the order of the page.
    pub date_candidates: Vec<DateCandidate>,
}

/// What is known of a page besides its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageOrigin<'c> {
    /// Where it stood.
    pub address: Option<&'c str>,
    /// When it was fetched.
    pub retrieved: Option<Moment>,
}

impl Default for MetadataReader {
    fn default() -> Self {
        Self::new()
    }
}

impl MetadataReader {
    /// Reads the data files that are compiled in.
    #[must_use]
    pub fn new() -> Self {
        Self { vocabulary: Vocabulary::new(), dates: DateReader::new() }
    }

    /// The metadata of a page of HTML.
    #[must_use]
    pub fn of_page(&self, page: &Document<'_>, origin: PageOrigin<'_>) -> Metadata {
        let declared = Declared::read(&self.vocabulary, page);
        let context = PageContext {
            address: origin.address,
            retrieved: origin.retrieved,
            headline: headline::heading(page, &declared),
        };
        let dated = self.dates.of_page(page, &declared, context);
        Metadata { published: dated.published, date_candidates: dated.candidates }
    }
}
