//! What is the report called, who wrote it, who published it, when, in which language?
//!
//! A page of HTML comes in, [`Metadata`] goes out, each field with the words and bytes that carry it.
//!
//! ```
//! use dateline_extract::html::Document;
//! use dateline_extract::metadata::{MetadataReader, PageOrigin};
//!
//! let page = b"<h1>Talks go on</h1><p class=byline>By Ada Berg, 8 March 2019</p>";
//! let text = dateline_extract::decode(page, "utf-8");
//! let found = MetadataReader::new().of_page(&Document::parse(&text), PageOrigin::default());
//! let published = found.published.unwrap();
//! assert_eq!(published.value.to_string(), "2019-03-08");
//! assert_eq!(&page[published.bytes.unwrap().range()], b"8 March 2019");
//! assert_eq!(found.byline.unwrap().value, "Ada Berg");
//! ```

mod byline;
mod headline;
mod publisher;
mod site;

use dateline_model::{Basis, DateCandidate, Evidence, Headline, Moment, Published};

use crate::html::{Document, NodeId};
use crate::published::{DateReader, PageContext};
use crate::structured::declared::Declared;
use crate::structured::{Thing, Vocabulary};
use byline::{BylinePage, BylineWords};
pub(crate) use headline::key;
use publisher::{in_title, publisher};
use site::Site;

/// Reads a page's metadata; holds the words and weights it reads by, so make one and keep it.
#[derive(Debug)]
pub struct MetadataReader {
    vocabulary: Vocabulary,
    dates: DateReader,
    bylines: BylineWords,
}

/// What a page says of itself.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// The headline.
    pub headline: Option<Headline>,
    /// The element that prints it, if one does.
    pub heading: Option<NodeId>,
    /// The site's own name; its host where the page gives none.
    pub publisher: Option<Evidence>,
    /// The author or authors, without "By".
    pub byline: Option<Evidence>,
    /// The page's own word for its address.
    pub canonical: Option<Evidence>,
    /// What the page says of its language, as written there (`en-GB`). Pages copy templates, so the
    /// text itself is to be asked too.
    pub language: Option<String>,
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
        Self { vocabulary: Vocabulary::new(), dates: DateReader::new(), bylines: BylineWords::new() }
    }

    /// The metadata of a page of HTML.
    #[must_use]
    pub fn of_page(&self, page: &Document<'_>, origin: PageOrigin<'_>) -> Metadata {
        let declared = Declared::read(&self.vocabulary, page);
        let addresses = declared.addresses();
        let addresses: Vec<&str> = addresses.iter().map(|a| &**a).chain(origin.address).collect();
        let article = declared.graph.article(&addresses);
        let site = site(&declared, article, addresses.first().copied());
        let headed = headline::headline(page, &declared, article, &site);
        let context =
            PageContext { address: origin.address, retrieved: origin.retrieved, headline: headed.node };
        let dated = self.dates.of_page(page, &declared, context);
        let byline = BylinePage {
            words: &self.bylines,
            page,
            declared: &declared,
            article,
            headline: headed.node,
            site: &site,
        };
        let told = publisher(page, &declared, article, origin.address);
        let named = told.clone().filter(|name| name.basis != Basis::Url);
        let headline = headed.headline.as_ref().map_or("", Headline::as_str);
        let name = named.or_else(|| in_title(page, headline)).or(told);
        Metadata {
            headline: headed.headline,
            heading: headed.node,
            publisher: name,
            byline: byline.byline(),
            canonical: canonical(page, &declared),
            language: declared.language.map(|l| l.value().into_owned()),
            published: dated.published,
            date_candidates: dated.candidates,
        }
    }
}

/// The names that the page gives its site.
fn site(declared: &Declared<'_>, article: Option<Thing>, address: Option<&str>) -> Site {
    let metas = ["og:site_name", "application-name", "twitter:site"];
    let metas = metas.iter().flat_map(|name| declared.metas(name)).map(|meta| meta.content.value());
    let told = article.map(|thing| declared.graph.names(thing, "publisher")).unwrap_or_default();
    let names: Vec<String> = metas
        .map(std::borrow::Cow::into_owned)
        .chain(told.into_iter().map(|t| t.value.into_owned()))
        .collect();
    Site::new(names.iter().map(String::as_str), address)
}

/// `<link rel=canonical>`, else `og:url`, where it is a whole address.
fn canonical(page: &Document<'_>, declared: &Declared<'_>) -> Option<Evidence> {
    let social = declared.metas("og:url").map(|meta| meta.content);
    let whole = |value: &str| value.starts_with("https://") || value.starts_with("http://");
    let attribute = declared.canonical.into_iter().chain(social).find(|a| whole(a.value().trim()))?;
    let value = attribute.value().trim().to_owned();
    let bytes = page.source().bytes_of(attribute.span.value.range());
    Some(Evidence { quote: value.clone(), value, basis: Basis::Metadata, bytes })
}
