//! A report as its line of annotations tells it: what a build takes in place of the page.
//!
//! The line is the contract; what it says is checked where that can be: words that it cites must stand where it says.

use dateline_model::{Account, Diagnostic, Digest, Dossier};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::account_fields::{Places, accounts_of_value};
use crate::one_line::one_line;

/// One report, read from its line.
#[derive(Clone, Debug)]
pub struct AnnotationView {
    /// What comparing reports needs of it.
    pub dossier: Dossier,
    /// Digest of the capture's bytes.
    pub sha256: Digest,
    /// `text/html` or `text/plain`.
    pub media_type: String,
    /// The charset of the capture.
    pub charset: String,
    /// Address of the page.
    pub uri: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<String>,
    /// Language of the text.
    pub language: Option<String>,
    /// The author or authors.
    pub byline: Option<String>,
    /// Is there a headline? The dossier holds an empty one where there is none.
    pub has_headline: bool,
    /// What told the day of publication.
    pub published_basis: Option<String>,
    /// Who is said to have said what.
    pub statements: Vec<StatementView>,
    /// Remarks of all stages.
    pub diagnostics: Vec<Diagnostic>,
    /// The stretches of the text and their bytes in the capture, as JSON; an empty list where the line has none.
    pub map: String,
    /// What a build knows the capture by: key, number of bytes, reading.
    pub capture: Option<(Digest, u64, String)>,
    /// The line as `annotate` prints it of this report alone, without what only a build needs.
    pub findings: String,
}

/// A statement of a report, its offsets in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementView {
    /// `headline` or `text`: where the offsets count.
    pub of: &'static str,
    /// Key of who says it.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub source: Option<String>,
    /// The words that make it a statement.
    pub cue: Option<String>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// What is said.
    pub content: String,
    /// All stretches of the content; never empty.
    pub spans: Vec<(u32, u32)>,
    /// Through whom it came.
    pub reported_by: Vec<String>,
    /// Phone, interview …
    pub medium: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
    /// Why this speaker.
    pub reason: String,
}

/// Why a line is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewError(pub String);

impl std::fmt::Display for ViewError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ViewError {}

impl From<serde_json::Error> for ViewError {
    fn from(error: serde_json::Error) -> Self {
        Self(format!("no line of annotations: {error}"))
    }
}

impl AnnotationView {
    /// Reads a line that `annotate` printed.
    ///
    /// # Errors
    /// When it is none, lacks what a build needs, or cites words that do not stand where it says.
    pub fn of_line(line: &str) -> Result<Self, ViewError> {
        let mut fields: Map<String, Value> = serde_json::from_str(line)?;
        let accounts = fields.remove("accounts").ok_or_else(lacks_accounts)?;
        let read_against: Option<String> = taken(&mut fields, "read_against")?;
        let capture: Option<Capture> = taken(&mut fields, "capture")?;
        let map = fields.remove("map").unwrap_or_else(|| Value::Array(Vec::new()));
        fields.remove("tokens");
        let findings = one_line(&fields)?;
        let row: Row = serde_json::from_value(Value::Object(fields))?;
        let headline = row.headline.as_deref().unwrap_or_default();
        let accounts = accounts_of_value(accounts, &row.text, headline).map_err(ViewError)?;
        let statements = statements(&row)?;
        Ok(Self {
            sha256: digest(&row.sha256)?,
            capture: capture.map(Capture::known_by).transpose()?,
            map: map.to_string(),
            findings,
            statements,
            has_headline: row.headline.is_some(),
            published_basis: row.published.as_ref().map(|published| published.basis.clone()),
            media_type: row.media_type.clone(),
            charset: row.charset.clone(),
            uri: row.uri.clone(),
            retrieved: row.retrieved.clone(),
            language: row.language.clone(),
            byline: row.byline.clone(),
            diagnostics: row.diagnostics.iter().chain(&row.remarks).cloned().collect(),
            dossier: row.dossier(accounts, read_against),
        })
    }
}

fn lacks_accounts() -> ViewError {
    ViewError(
        "has no `accounts`: it was printed by `extract`, by `annotate --model-only` or by an earlier version"
            .into(),
    )
}

/// A field that is taken out of the line.
fn taken<T: serde::de::DeserializeOwned>(
    fields: &mut Map<String, Value>,
    name: &str,
) -> Result<Option<T>, ViewError> {
    let Some(value) = fields.remove(name) else { return Ok(None) };
    serde_json::from_value(value).map_err(|error| ViewError(format!("`{name}`: {error}")))
}

#[derive(Deserialize)]
struct Capture {
    key: String,
    size: u64,
    reading: String,
}

impl Capture {
    fn known_by(self) -> Result<(Digest, u64, String), ViewError> {
        Ok((digest(&self.key)?, self.size, self.reading))
    }
}

/// What is read of a line; other fields are passed over.
#[derive(Deserialize)]
struct Row {
    id: String,
    uri: Option<String>,
    sha256: String,
    media_type: String,
    charset: String,
    retrieved: Option<String>,
    language: Option<String>,
    headline: Option<String>,
    publisher: Option<String>,
    byline: Option<String>,
    #[serde(default)]
    credits: Vec<String>,
    published: Option<Published>,
    text: String,
    #[serde(default)]
    diagnostics: Vec<Diagnostic>,
    #[serde(default)]
    remarks: Vec<Diagnostic>,
    #[serde(default)]
    attributions: Vec<Attribution>,
    #[serde(rename = "events")]
    _read_whole: IgnoredAny,
}

#[derive(Deserialize)]
struct Published {
    value: String,
    basis: String,
    quote: String,
}

impl Row {
    fn dossier(self, accounts: Vec<Account>, read_against: Option<String>) -> Dossier {
        Dossier {
            id: self.id,
            headline: self.headline.unwrap_or_default(),
            text: self.text,
            publisher: self.publisher,
            published_quote: self.published.as_ref().map(|p| p.quote.clone()).unwrap_or_default(),
            published: self.published.map(|p| p.value),
            read_against,
            credits: self.credits,
            accounts,
        }
    }
}

/// Stretches of a text.
type Pairs = Vec<(u32, u32)>;

#[derive(Deserialize)]
struct Attribution {
    source: Pairs,
    cue: Pairs,
    content: Pairs,
    kind: String,
    speaker: Option<String>,
    reason: String,
    reported_by: Vec<String>,
    medium: Option<String>,
    addressee: Option<String>,
    of: Option<String>,
}

/// The statements of a report, in its order. What has no content is none.
fn statements(row: &Row) -> Result<Vec<StatementView>, ViewError> {
    let text = Places::new(&row.text);
    let headline = Places::new(row.headline.as_deref().unwrap_or_default());
    let said = row.attributions.iter().filter(|attribution| !attribution.content.is_empty());
    said.map(|attribution| match attribution.of.as_deref() {
        Some(_) => attribution.statement("headline", &headline),
        None => attribution.statement("text", &text),
    })
    .collect()
}

impl Attribution {
    fn statement(&self, of: &'static str, places: &Places<'_>) -> Result<StatementView, ViewError> {
        Ok(StatementView {
            of,
            speaker: self.speaker.clone(),
            source: words(&self.source, places)?,
            cue: words(&self.cue, places)?,
            kind: self.kind.clone(),
            content: words(&self.content, places)?.unwrap_or_default(),
            spans: self.content.clone(),
            reported_by: self.reported_by.clone(),
            medium: self.medium.clone(),
            addressee: self.addressee.clone(),
            reason: self.reason.clone(),
        })
    }
}

/// The words of an interrupted stretch, with a mark at each break; none where it is empty.
fn words(pairs: &Pairs, places: &Places<'_>) -> Result<Option<String>, ViewError> {
    let word = |(start, end): &(u32, u32)| {
        let span = places.span(Some(u64::from(*start)), Some(u64::from(*end)));
        let outside =
            || ViewError(format!("the stretch {start} to {end} of a statement lies outside the text"));
        span.and_then(|span| places.words(span)).ok_or_else(outside)
    };
    let pieces: Vec<&str> = pairs.iter().map(word).collect::<Result<_, _>>()?;
    Ok((!pieces.is_empty()).then(|| pieces.join(" … ")))
}

/// A SHA-256 as it is printed.
fn digest(hexadecimal: &str) -> Result<Digest, ViewError> {
    Digest::of_digits(hexadecimal).ok_or_else(|| ViewError(format!("{hexadecimal:?} is no SHA-256")))
}
