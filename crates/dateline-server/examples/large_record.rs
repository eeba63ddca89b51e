//! Writes a large record of made-up words, to measure the server on: `large_record FILE [ARTICLES]`.
//!
//! Words are as unevenly common as those of a language (the n-th word stands 1/n as often as the first),
//! so that searches meet both words of nearly every report and words of one. The same call writes the
//! same record.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a tool for measuring should stop loudly")]

use std::env;
use std::path::Path;
use std::sync::Arc;

use dateline_model::{
    Article, Attribution, AttributionKind, Basis, Capture, Charset, CharsetBasis, Digest, Evidence, Headline,
    MappedText, MediaType, Origin, Party, Published, Readings, Report, Span, Supplied,
};
use dateline_store::{Corpus, EventEntry, Events, Found, KeepBytes, PackedReport, StoreWriter};
use serde_json::{Value, json};

/// So many different words, outlets and actors.
const WORDS: usize = 40_000;
const OUTLETS: usize = 120;
const ACTORS: usize = 3_000;
/// Words of a report.
const LENGTH: usize = 250;
/// Reports to a commit.
const BATCH: usize = 2_000;

fn main() {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().expect("large_record FILE [ARTICLES]");
    let articles: usize = arguments.next().map_or(100_000, |n| n.parse().expect("a number of articles"));
    let mut made = Maker::new();
    let mut record = StoreWriter::open(Path::new(&path)).unwrap();
    for first in (0..articles).step_by(BATCH) {
        let batch: Vec<_> = (first..(first + BATCH).min(articles)).map(|n| made.report(n)).collect();
        record.add(&batch, &[], "made").unwrap();
    }
    let mut events: Vec<_> = (0..articles * 3 / 10).map(|n| made.event(n, articles)).collect();
    events.sort();
    let entries: Vec<_> = events.into_iter().map(|(_, line, title)| EventEntry { line, title }).collect();
    let shown = dateline_export::shown;
    let events = Events { entries: &entries, told: &[], outcomes: &[], shown, version: "made" };
    let corpus = Corpus { stories: &[], pairs: &[], clusters: &[], texts: &[], events };
    record.replace_record(corpus).unwrap();
}

/// Makes words, reports and events, one after the other.
struct Maker {
    state: u64,
    words: Vec<String>,
    /// Sums of 1/n: how far up a chance between 0 and the last reaches.
    sums: Vec<f64>,
}

impl Maker {
    fn new() -> Self {
        let mut sum = 0.0;
        let sums = (1..=WORDS).map(|n| {
            sum += 1.0 / n as f64;
            sum
        });
        Self { state: 1, words: (0..WORDS).map(word).collect(), sums: sums.collect() }
    }

    /// A number below `bound` (a linear congruential generator: no more is needed here).
    fn below(&mut self, bound: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.state >> 33) as usize) % bound
    }

    fn word(&mut self) -> &str {
        let chance = self.below(1 << 30) as f64 / f64::from(1 << 30) * self.sums[WORDS - 1];
        let at = self.sums.partition_point(|sum| *sum < chance);
        &self.words[at.min(WORDS - 1)]
    }

    fn sentence(&mut self, length: usize) -> String {
        (0..length).map(|_| self.word().to_owned()).collect::<Vec<_>>().join(" ")
    }

    fn day(&mut self) -> String {
        format!("{}-{:02}-{:02}", 2011 + self.below(8), 1 + self.below(12), 1 + self.below(28))
    }

    fn report(&mut self, n: usize) -> PackedReport {
        let paragraphs: Vec<_> = (0..LENGTH / 50).map(|_| self.sentence(50)).collect();
        let text = paragraphs.join(".\n\n");
        let (headline, day) = (self.sentence(8), self.day());
        let outlet = format!("Outlet {}", self.below(OUTLETS).min(self.below(OUTLETS)));
        let readings =
            Readings { attributions: (0..5).map(|at| self.said(at, &text)).collect(), ..Readings::default() };
        let capture = capture(n, &text);
        let article = article(&capture, &text, (&headline, &outlet, &day));
        let report = Report { text: text.clone(), ..Report::default() };
        let line = json!({"id": capture.id, "text": text, "headline": headline, "publisher": outlet, "byline": null,
            "language": "en", "uri": null, "credits": [], "date_candidates": [], "set_aside": [], "diagnostics": [],
            "published": {"value": day, "basis": "supplied", "quote": day, "reason": "supplied"}, "entities": []});
        let found = Found {
            article: &article,
            report: &report,
            readings: Some(&readings),
            diagnostics: &[],
            line: &line.to_string(),
            map: &json!([[0, text.len(), 0, text.len(), "same"]]).to_string(),
            dossier: "{}",
        };
        PackedReport::new(&capture, found, KeepBytes::Yes)
    }

    /// A statement: one of the report's stretches, by somebody.
    fn said(&mut self, at: usize, text: &str) -> Attribution {
        let start = text.len() / 5 * at;
        let span = Span::new(start as u32, (start + 90).min(text.len()) as u32);
        let name = self.actor();
        Attribution {
            source: Vec::new(),
            cue: Vec::new(),
            content: vec![span],
            kind: AttributionKind::Indirect,
            speaker: Some(Party { span, entity: None, name, code: None }),
            reason: "made up".to_owned(),
            reported_by: Vec::new(),
            medium: None,
            occasion: Vec::new(),
            addressee: None,
            within: None,
        }
    }

    fn actor(&mut self) -> String {
        format!("actor {}", self.below(ACTORS).min(self.below(ACTORS)).min(self.below(ACTORS)))
    }

    /// Its day, line and title.
    fn event(&mut self, n: usize, articles: usize) -> (String, String, String) {
        let (day, accounts) = (self.day(), 1 + self.below(3));
        let reports: Vec<_> = (0..accounts).map(|_| format!("report-{}", self.below(articles))).collect();
        let cite = |id: &String| json!({"id": id, "start": 0, "end": 40, "quote": "words"});
        let all: Vec<_> = reports.iter().map(cite).collect();
        let field = |value: Value| json!({"value": value, "agreement": "agreed", "independent_accounts": accounts, "citations": all});
        let (actor, other) = (self.actor(), self.actor());
        let who = |key: &str, role: &str| {
            let mut who = field(json!(key));
            who["entity"] = json!(key);
            who["role"] = json!(role);
            who
        };
        let types = ["CONSULT", "ASSAULT", "PROTEST", "REJECT", "AID", "AGREE"];
        let account = |(origin, id): (usize, &String)| {
            json!({"id": id, "publisher": format!("Outlet {}", n % OUTLETS), "published": day, "origin": origin,
                "time": null, "quotes": [cite(id)]})
        };
        let line = json!({"event": format!("event-{n}"), "type": types[n % types.len()], "mode": null, "cameo": "040",
            "time": field(json!(day)), "place": field(json!(format!("Place {}", self.below(400)))),
            "participants": [who(&actor, "actor"), who(&other, "recipient")],
            "fields": {"type": field(json!(types[n % types.len()])), "cameo": field(json!("040"))},
            "accounts": reports.iter().enumerate().map(account).collect::<Vec<_>>(),
            "independent_accounts": accounts, "independence": null, "wording": []});
        (day, line.to_string(), format!("{actor} meets {other}"))
    }
}

/// The n-th word: syllables, fewer for the common ones.
fn word(n: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "lo", "mi", "ren", "tu", "sa", "vel", "do", "pi", "nar", "ge", "ho", "ul", "bes", "ti", "qua"];
    let (mut rest, mut word) = (n, String::new());
    loop {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
        if rest == 0 {
            return word;
        }
    }
}

fn capture(n: usize, text: &str) -> Capture {
    let mut digest = [0; 32];
    digest[..8].copy_from_slice(&(n as u64).to_be_bytes());
    Capture {
        id: format!("report-{n}"),
        bytes: Arc::from(text.as_bytes()),
        sha256: Digest(digest),
        media_type: MediaType::Text,
        charset: Charset { name: "UTF-8", basis: CharsetBasis::Valid },
        uri: None,
        retrieved: None,
        origin: Origin { file: "made-up".to_owned(), place: None },
        supplied: Supplied::default(),
        diagnostics: Vec::new(),
    }
}

fn article(capture: &Capture, text: &str, (headline, outlet, day): (&str, &str, &str)) -> Article {
    let mut mapped = MappedText::new();
    mapped.push_same(text, 0);
    let evidence = |value: &str| Evidence {
        value: value.to_owned(),
        quote: value.to_owned(),
        basis: Basis::Supplied,
        bytes: None,
    };
    Article {
        id: capture.id.clone(),
        uri: None,
        sha256: capture.sha256,
        media_type: capture.media_type,
        charset: capture.charset,
        retrieved: None,
        language: None,
        headline: Some(Headline {
            text: MappedText::new(),
            supplied: Some(headline.to_owned()),
            basis: Basis::Supplied,
        }),
        publisher: Some(evidence(outlet)),
        byline: None,
        credits: Vec::new(),
        canonical: None,
        published: Some(Published {
            value: day.parse().expect("a day"),
            basis: Basis::Supplied,
            quote: day.to_owned(),
            bytes: None,
            reason: "supplied".to_owned(),
        }),
        date_candidates: Vec::new(),
        dateline: None,
        text: mapped,
        set_aside: Vec::new(),
        diagnostics: Vec::new(),
    }
}
