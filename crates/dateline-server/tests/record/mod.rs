//! A small record, written through the store: two reports of one shelling, the second a copy with
//! another figure, and a statement.

use std::path::Path;
use std::sync::Arc;

use dateline_model::{
    Article, Attribution, AttributionKind, Basis, Capture, Charset, CharsetBasis, Digest, Earlier, Evidence,
    MappedText, MediaType, Origin, Party, Readings, Relation, Report, ReuseCluster, SharedText, Span,
    Supplied, Witness,
};
use dateline_store::{
    Corpus, EventEntry, Events, Found, Growth, KeepBytes, PackedReport, PairEntry, PassageEntry, StoreWriter,
};
use serde_json::{Value, json};

const ONE: &str =
    "Seventeen people died when the bridge was shelled.\n\n“Nobody came,” Ada Brenn said: nobody was warned.";
const TWO: &str = "Twelve people died when the bridge was shelled.";

/// Writes it.
pub(crate) fn write(path: &Path) {
    let mut record = StoreWriter::open(path).unwrap();
    record.add(&[report("a/one.txt", "Karna", ONE), report("two", "Post", TWO)], &[], "test").unwrap();
    let entries = [
        entry("brenn-speaks", "Ada Brenn speaks", &speaks()),
        entry("bridge-shelled", "Shelling: bridge", &shelling()),
    ];
    let shown = dateline_export::shown;
    let events = Events { entries: &entries, told: &[], outcomes: &[], shown, version: "test" };
    let (pairs, clusters) = (&[pair()], &[cluster()]);
    record.replace_record(Corpus { stories: &[], pairs, clusters, texts: &[], events }).unwrap();
}

/// Adds a report that no event knows of yet.
pub(crate) fn add_one_more(path: &Path) {
    let mut record = StoreWriter::open(path).unwrap();
    record.add(&[report("three", "Post", "Voters chose a mayor today.")], &[], "test").unwrap();
}

/// Compares that report with those nearby alone.
pub(crate) fn compare_it_nearby(path: &Path) {
    let mut record = StoreWriter::open(path).unwrap();
    let events =
        Events { entries: &[], told: &[], outcomes: &[], shown: dateline_export::shown, version: "test" };
    let stories = [("three".to_owned(), "three".to_owned())];
    let growth = Growth { stories: &stories, pairs: &[], clusters: &[], texts: &[], former: &[], events };
    record.grow_record(growth).unwrap();
}

fn entry(name: &str, title: &str, line: &Value) -> EventEntry {
    let mut line = line.clone();
    line["event"] = json!(name);
    EventEntry { line: line.to_string(), title: title.to_owned() }
}

fn account(id: &str, publisher: &str, quote: &Value) -> Value {
    json!({"id": id, "publisher": publisher, "published": null, "origin": 0, "time": null, "quotes": [quote]})
}

fn speaks() -> Value {
    let quote = json!({"id": "a/one.txt", "start": 52, "end": 66, "quote": "“Nobody came,”"});
    json!({"type": "REQUEST", "mode": null, "cameo": "010",
        "time": {"value": "2019-03-09", "status": "stated", "agreement": "single", "independent_accounts": 1, "citations": [quote]},
        "place": null,
        "participants": [{"value": "Ada Brenn", "entity": "ada brenn", "role": "actor", "agreement": "single",
            "independent_accounts": 1, "citations": [quote]}],
        "fields": {}, "accounts": [account("a/one.txt", "Karna", &quote)], "independent_accounts": 1, "wording": []})
}

fn shelling() -> Value {
    let (one, two) = (
        json!({"id": "a/one.txt", "start": 0, "end": 9, "quote": "Seventeen"}),
        json!({"id": "two", "start": 0, "end": 6, "quote": "Twelve"}),
    );
    let figure = |n: u32, citation: &Value| json!({"value": {"min": n, "max": n, "counted": "all"}, "by": null, "independent_accounts": 1, "citations": [citation]});
    json!({"type": "ASSAULT", "mode": "artillery", "cameo": "194",
        "time": {"value": "2019-03-10", "status": "stated", "agreement": "agreed", "independent_accounts": 1, "citations": [one, two]},
        "place": null, "participants": [],
        "fields": {"killed": {"value": null, "agreement": "disputed", "relation": "incompatible", "independent_accounts": 1,
            "citations": [one, two], "claims": [figure(17, &one), figure(12, &two)]}},
        "accounts": [account("a/one.txt", "Karna", &one), account("two", "Post", &two)],
        "independent_accounts": 1, "independence": "two goes back to a/one.txt", "wording": []})
}

fn pair() -> PairEntry<'static> {
    let passage = PassageEntry { a: (10, 50), b: (7, 47), similarity: 1.0, kind: SharedText::Prose };
    PairEntry {
        a: "a/one.txt",
        b: "two",
        relation: Relation::Copy,
        earlier: Earlier::A,
        passages: vec![passage],
    }
}

fn cluster() -> ReuseCluster {
    let witness = |article: &str| Witness { article: article.to_owned(), origin: 0 };
    let witnesses = vec![witness("a/one.txt"), witness("two")];
    ReuseCluster { witnesses, origin: Some("a/one.txt".to_owned()), independent: 1 }
}

fn report(id: &str, publisher: &str, text: &str) -> PackedReport {
    let capture = Capture {
        id: id.to_owned(),
        bytes: Arc::from(text.as_bytes()),
        sha256: Digest([text.len() as u8; 32]),
        media_type: MediaType::Text,
        charset: Charset { name: "UTF-8", basis: CharsetBasis::Valid },
        uri: None,
        retrieved: None,
        origin: Origin { file: "pile.jsonl".to_owned(), place: None },
        supplied: Supplied::default(),
        diagnostics: Vec::new(),
    };
    let article = article(&capture, publisher, text);
    let words = Report { text: text.to_owned(), ..Report::default() };
    let readings = readings(text);
    let line = json!({"id": id, "text": text, "headline": null, "publisher": publisher, "byline": null, "language": "en",
        "uri": null, "credits": [], "published": null, "date_candidates": [], "set_aside": [], "diagnostics": [], "entities": []});
    let letters = text.chars().count();
    let found = Found {
        article: &article,
        report: &words,
        readings: Some(&readings),
        diagnostics: &[],
        line: &line.to_string(),
        map: &json!([[0, letters, 0, text.len(), "same"]]).to_string(),
        dossier: "{}",
    };
    PackedReport::new(&capture, found, KeepBytes::Yes)
}

/// What Brenn says, where she speaks.
fn readings(text: &str) -> Readings {
    let content = text.find("nobody was").map(|start| Span::new(start as u32, text.len() as u32 - 1));
    Readings { attributions: content.map(said).into_iter().collect(), ..Readings::default() }
}

fn said(content: Span) -> Attribution {
    Attribution {
        source: Vec::new(),
        cue: Vec::new(),
        content: vec![content],
        kind: AttributionKind::Indirect,
        speaker: Some(Party { span: content, entity: None, name: "ada brenn".to_owned(), code: None }),
        reason: "named as the source".to_owned(),
        reported_by: Vec::new(),
        medium: None,
        occasion: Vec::new(),
        addressee: None,
        within: None,
    }
}

fn article(capture: &Capture, publisher: &str, text: &str) -> Article {
    let mut mapped = MappedText::new();
    mapped.push_same(text, 0);
    let (value, quote) = (publisher.to_owned(), String::new());
    Article {
        id: capture.id.clone(),
        uri: None,
        sha256: capture.sha256,
        media_type: capture.media_type,
        charset: capture.charset,
        retrieved: None,
        language: None,
        headline: None,
        publisher: Some(Evidence { value, quote, basis: Basis::Supplied, bytes: None }),
        byline: None,
        credits: Vec::new(),
        canonical: None,
        published: None,
        date_candidates: Vec::new(),
        dateline: None,
        text: mapped,
        set_aside: Vec::new(),
        diagnostics: Vec::new(),
    }
}
