//! What every fuzz target holds the parsers to: they end, within bounds, and tell the truth.

use std::io::Cursor;
use std::sync::LazyLock;

use dateline_cluster::AccountConfig;
use dateline_extract::{Extractor, html::Reader};
use dateline_ingest::{CharsetClues, Config, Form, Ingested, detect_charset, read};
use dateline_model::{Account, Capture, CitedText, Dossier, MappedText, Span, Words};
use dateline_nlp::Pipeline;
use dateline_pipeline::{Annotator, Depth, build_record, dossier};

/// The most that one capture may hold while fuzzing: small, so that the bounds themselves are met.
const MOST: usize = 1 << 14;

/// Reads `data` as a file of this form and checks all that comes out.
pub fn drain(data: &[u8], form: Form) {
    let config = Config { max_capture: MOST, ..Config::default() };
    // Each result takes at least a byte of the file, or of what a byte of it can unpack to.
    let most = data.len() * 2000 + 2000;
    for (number, ingested) in read(Cursor::new(data.to_vec()), "file", form, &config).enumerate() {
        assert!(number < most, "reading does not end");
        match ingested {
            Ingested::Capture(capture) => check(&capture),
            Ingested::SetAside(aside) => assert!(!aside.to_string().is_empty()),
        }
    }
}

fn check(capture: &Capture) {
    assert!(capture.bytes.len() <= MOST, "a capture is larger than allowed");
    assert!(!capture.id.is_empty(), "a capture has no name");
    let text = dateline_extract::decode(&capture.bytes, capture.charset.name);
    assert!(text.bytes().is_none_or(|span| span.range().end <= capture.bytes.len()));
}

/// Reads a page of HTML: every block is told once, and every visible character of it has its bytes.
pub fn html(data: &[u8]) {
    static READER: LazyLock<Reader> = LazyLock::new(Reader::new);
    let charset = detect_charset(data, CharsetClues::default()).0;
    let decoded = dateline_extract::decode(data, charset.name);
    let page = READER.read(&decoded);
    assert_eq!(page.blocks.len(), page.roles.len(), "a block without a role");
    for text in page.blocks.iter().map(|b| &b.text).chain([&page.text()]) {
        check_map(text, data.len());
    }
    article(data, Form::Html);
}

/// Extracts the article of a page and holds every field to its bytes.
pub fn article(data: &[u8], form: Form) {
    static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);
    for ingested in read(Cursor::new(data.to_vec()), "page", form, &Config::default()) {
        let Ingested::Capture(capture) = ingested else { continue };
        let article = EXTRACTOR.extract(&capture);
        let most = capture.bytes.len();
        check_map(&article.text, most);
        if let Some(headline) = &article.headline {
            check_map(&headline.text, most);
        }
        let fields = [&article.publisher, &article.byline, &article.canonical];
        let bytes = fields.into_iter().flatten().chain(&article.credits).filter_map(|e| e.bytes);
        let bytes = bytes.chain(article.set_aside.iter().filter_map(|s| s.bytes));
        let bytes = bytes.chain(article.date_candidates.iter().filter_map(|d| d.bytes));
        bytes.for_each(|span| assert!(span.range().end <= most, "bytes beyond the page"));
    }
}

/// Every visible character has its bytes, and they lie within the page.
fn check_map(text: &MappedText, most: usize) {
    let mut covered = 0;
    for stretch in text.map() {
        assert!(stretch.bytes.range().end <= most, "bytes beyond the page");
        assert!(text.as_str()[covered..stretch.text.range().start].trim().is_empty(), "text without bytes");
        covered = stretch.text.range().end;
    }
    assert!(text.as_str()[covered..].trim().is_empty(), "text without bytes");
}

/// Tells the charset of a page whose first line is its HTTP header's, and decodes it.
pub fn charset(data: &[u8]) {
    let (header, page) =
        data.iter().position(|b| *b == b'\n').map_or((&[][..], data), |at| data.split_at(at));
    let header = std::str::from_utf8(header).ok();
    let (charset, remark) = detect_charset(page, CharsetClues { header, uri: header });
    let again = detect_charset(page, CharsetClues { header, uri: header });
    assert_eq!((charset, &remark), (again.0, &again.1), "the same bytes, the same charset");
    let text = dateline_extract::decode(page, charset.name);
    assert!(text.bytes().is_none_or(|span| span.range().end <= page.len()));
}

/// Reads a page from its bytes to the record: all stages, then the events of what was read with another report of
/// the same words, in either order.
///
/// # Panics
/// When a stage does, when a quote is not what stands there, or when the order of reports changes the record.
pub fn whole(data: &[u8]) {
    static STAGES: LazyLock<Stages> = LazyLock::new(Stages::new);
    for ingested in read(Cursor::new(data.to_vec()), "page", Form::Text, &Config::default()) {
        let Ingested::Capture(capture) = ingested else { continue };
        let report = STAGES.read(&capture);
        report.accounts.iter().for_each(|account| check_account(account, &report));
        check_order(&report);
    }
}

/// All that reads a report.
struct Stages {
    extractor: Extractor,
    annotator: Annotator,
    accounts: AccountConfig,
}

impl Stages {
    fn new() -> Self {
        let language = Pipeline::english().unwrap_or_else(|fault| panic!("the model inside: {fault}"));
        Self {
            extractor: Extractor::new(),
            annotator: Annotator::new(language, Depth::Full, None),
            accounts: AccountConfig::built_in(),
        }
    }

    fn read(&self, capture: &Capture) -> Dossier {
        let article = self.extractor.extract(capture);
        let read = self.annotator.annotate(&article);
        dossier(&article, &read, &self.accounts)
    }
}

/// Every word of an account stands where it says.
fn check_account(account: &Account, report: &Dossier) {
    let acts = account.acts.iter().map(|act| &act.words);
    let times = account.times.iter().map(|time| &time.words);
    let places = account.places.iter().map(|place| &place.words);
    let parties = account.parties.iter().map(|party| &party.words);
    let counts = account.counts.iter().map(|count| &count.words);
    let sources = account.sources.iter().map(|source| &source.words);
    let words = acts.chain(times).chain(places).chain(parties).chain(counts).chain(sources);
    words.chain(&account.telling).for_each(|words| check_words(words, report));
}

fn check_words(words: &Words, report: &Dossier) {
    let stands = |text: &str, span: Span| {
        assert_eq!(text.get(span.range()), Some(words.quote.as_str()), "a quote that does not stand there");
    };
    match words.of {
        CitedText::Body(span) => stands(&report.text, span),
        CitedText::Headline(span) => stands(&report.headline, span),
        CitedText::Published => assert_eq!(words.quote, report.published_quote),
    }
}

/// Neither the order of the reports nor the same report once more makes another record.
fn check_order(report: &Dossier) {
    let named = |id: &str| Dossier { id: id.to_owned(), ..report.clone() };
    let (first, again) = (named("first"), named("again"));
    let (_, record) = build_record(vec![first.clone(), again.clone()]);
    let (_, turned) = build_record(vec![again.clone(), first.clone()]);
    assert_eq!(record.events, turned.events, "the order of reports changes the events");
    assert_eq!(record.pairs, turned.pairs, "the order of reports changes what they share");
    let (_, twice) = build_record(vec![first.clone(), again, first]);
    assert_eq!(record.events, twice.events, "a report given twice changes the events");
}
