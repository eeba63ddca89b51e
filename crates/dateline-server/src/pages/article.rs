//! One report: all that was read in it, the page it was read from, the events that it tells of, and
//! the reports that it shares text with.

use axum::Json;
use axum::extract::State;
use dateline_store::{CaptureFacts, CitedWords, Store};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::asked::Named;
use crate::failure::{Failure, Trouble};
use crate::readers::Readers;
use crate::shapes::ReportInList;

/// One report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Article {
    /// Its name.
    id: String,
    /// All that `dateline annotate` prints of it.
    #[schema(value_type = Findings)]
    findings: Value,
    /// The page that it was read from.
    capture: Capture,
    /// The first report of its story, where that is another one.
    story: Option<String>,
    /// The words that events cite of it.
    cited: Vec<Cited>,
    /// How many reports it shares text with.
    related_total: usize,
    /// Those reports; at most 60.
    related: Vec<Related>,
    /// The cluster of copies that it is in.
    cluster: Option<u32>,
}

/// The page that a report was read from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Capture {
    /// The input it came from.
    file: String,
    /// Where in that file.
    place: Option<String>,
    /// Its address.
    uri: Option<String>,
    /// When it was fetched; never a day of publication.
    retrieved: Option<String>,
    /// SHA-256 of its bytes.
    sha256: String,
    /// `text/html` or `text/plain`.
    media_type: String,
    /// Its charset.
    charset: String,
    /// Number of its bytes.
    size: u64,
    /// Are the bytes in the record?
    is_kept: bool,
}

/// Words that stand for something in an event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cited {
    /// The event.
    event: String,
    /// Its title.
    title: String,
    /// The field that they carry; null where they tell of the event at all.
    field: Option<String>,
    /// The value that they carry.
    shown: Option<String>,
    /// `text`, `headline` or `published`.
    of: String,
    /// First code point; null outside text and headline.
    start: Option<u32>,
    /// One past the last.
    end: Option<u32>,
    /// The words.
    quote: String,
}

/// A report that shares text with this one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Related {
    /// The other report.
    report: ReportInList,
    /// `copy`, `rewrite`, `quotation` or `independent`.
    relation: String,
    /// Which had it first: `this`, `other`, or null where nothing tells.
    earlier: Option<&'static str>,
    /// Where the shared passages stand in this report.
    passages: Vec<SharedPassage>,
}

/// A passage of this report that another one shares.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharedPassage {
    /// First code point.
    start: u32,
    /// One past the last.
    end: u32,
    /// `prose`, `quotation` or `stock`.
    kind: String,
}

/// What was read in a report; more stands in it than is described here.
#[derive(ToSchema)]
#[expect(dead_code, reason = "lines are passed on as they stand in the record; this describes them")]
pub(crate) struct Findings {
    /// The text: paragraphs parted by a blank line.
    text: String,
    /// The headline.
    headline: Option<String>,
    /// The outlet.
    publisher: Option<String>,
    /// Who wrote it.
    byline: Option<String>,
    /// Its language.
    language: Option<String>,
    /// Its address.
    uri: Option<String>,
    /// Agencies and outlets named as origin.
    credits: Vec<String>,
    /// Day or moment of publication, with what tells it and why.
    published: Option<Day>,
    /// All days that might be it.
    date_candidates: Vec<Day>,
    /// What is not part of the text, and why.
    set_aside: Vec<Cut>,
    /// Remarks.
    diagnostics: Vec<Remark>,
    /// The names.
    entities: Vec<Entity>,
}

/// A day that might be that of publication.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct Day {
    /// The day or moment.
    value: String,
    /// `printed`, `metadata`, `url` or `supplied`.
    basis: String,
    /// The words that say so.
    quote: String,
    /// What speaks for or against it.
    reason: String,
    /// Its weight among the candidates of one page.
    #[schema(required = false)]
    weight: Option<i32>,
}

/// A stretch of the page that is not part of the text.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct Cut {
    /// The words.
    quote: String,
    /// Why.
    why: String,
}

/// A remark.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct Remark {
    /// A stable name.
    code: String,
    /// `note`, `warning` or `error`.
    severity: String,
    /// What is the matter.
    message: String,
}

/// A name in the text.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a part of a line")]
pub(crate) struct Entity {
    /// First code point.
    start: u32,
    /// One past the last.
    end: u32,
    /// What it names: `PERSON`, `ORG`, `GPE` …
    #[schema(rename = "type")]
    entity_type: String,
    /// The words.
    text: String,
    /// Key of who is meant.
    #[schema(required = false)]
    entity: Option<String>,
    /// `headline` where it stands there.
    #[schema(required = false)]
    of: Option<String>,
}

/// One report with all that was read in it.
#[utoipa::path(get, path = "/api/articles/{id}", params(("id" = String, Path, description = "Its name")), responses(
    (status = 200, body = Article), (status = 404, body = Trouble), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn article(
    State(readers): State<Readers>,
    Named(id): Named<String>,
) -> Result<Json<Article>, Failure> {
    readers.ask(move |store| Article::read(store, &id)).await.map(Json)
}

pub(crate) fn no_report(id: &str) -> Failure {
    Failure::Missing(format!("no report is named {id:?}"))
}

impl Article {
    fn read(store: &Store, id: &str) -> Result<Self, Failure> {
        let parts = store.report(id)?.ok_or_else(|| no_report(id))?;
        let (related_total, related) = related(store, id)?;
        Ok(Self {
            findings: serde_json::from_str(&parts.findings)?,
            capture: parts.capture.into(),
            story: parts.story.filter(|story| *story != parts.id),
            cited: store.cited_words(id)?.into_iter().map(Cited::from).collect(),
            related_total,
            related,
            cluster: store.cluster_of(id)?,
            id: parts.id,
        })
    }
}

/// So many related reports are told; a stock paragraph may stand in thousands.
const RELATED: usize = 60;

fn related(store: &Store, id: &str) -> Result<(usize, Vec<Related>), Failure> {
    let mut related = Vec::new();
    let pairs = store.pairs_of(id)?;
    let total = pairs.len();
    for pair in pairs.into_iter().take(RELATED) {
        let other = if pair.a == id { &pair.b } else { &pair.a };
        let head = store.heads(std::slice::from_ref(other))?.into_iter().next();
        let passages = store.passages_between(id, other)?.into_iter();
        let passages = passages.map(|p| {
            let (start, end) = if p.a == id { (p.a_start, p.a_end) } else { (p.b_start, p.b_end) };
            SharedPassage { start, end, kind: p.kind }
        });
        let earlier = pair.earlier.map(|first| if first == id { "this" } else { "other" });
        let passages = passages.collect();
        related.extend(head.map(|head| Related {
            report: head.into(),
            relation: pair.relation,
            earlier,
            passages,
        }));
    }
    Ok((total, related))
}

impl From<CaptureFacts> for Capture {
    fn from(facts: CaptureFacts) -> Self {
        let CaptureFacts { file, place, uri, retrieved, sha256, media_type, charset, size, is_kept } = facts;
        Self { file, place, uri, retrieved, sha256, media_type, charset, size, is_kept }
    }
}

impl From<CitedWords> for Cited {
    fn from(words: CitedWords) -> Self {
        let CitedWords { event, title, field, shown, of, start, end, quote } = words;
        Self { event, title, field, shown, of, start, end, quote }
    }
}
