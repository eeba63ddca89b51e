//! A report and a statement as a record keeps them, read back for those who show or export it.

/// A report of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptReport {
    /// Its name in the record.
    pub id: String,
    /// The address of the page.
    pub uri: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Agencies and outlets named as origin.
    pub credits: Vec<String>,
    /// SHA-256 of the capture.
    pub sha256: Option<String>,
    /// Id of the first report of its story.
    pub story: Option<String>,
    /// The text.
    pub text: String,
    /// The stretches of the text, in code points, and their bytes in the capture: `same` bytes or decoded.
    pub map: Vec<(u32, u32, u32, u32, String)>,
}

/// A statement of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptStatement {
    /// The report that carries it.
    pub report: String,
    /// `text` or `headline`: where the offsets count.
    pub of: String,
    /// Who says it.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub source: Option<String>,
    /// Direct, indirect or mixed.
    pub kind: String,
    /// What is said.
    pub content: String,
    /// First code point of the content.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// Through whom it came.
    pub reported_by: Vec<String>,
    /// By what means.
    pub medium: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
}
