//! The report found in a capture: every field with the words and the bytes that carry it.

use serde::Serialize;

use crate::capture::{Charset, Digest, MediaType};
use crate::diagnostic::Diagnostic;
use crate::mapped::MappedText;
use crate::moment::Moment;
use crate::span::ByteSpan;

/// The cleaned report.
#[derive(Clone, Debug)]
pub struct Article {
    /// The capture's id.
    pub id: String,
    /// Address of the page, if known.
    pub uri: Option<String>,
    /// Digest of the capture's bytes.
    pub sha256: Digest,
    /// What the capture was.
    pub media_type: MediaType,
    /// The charset that the bytes were decoded with.
    pub charset: Charset,
    /// When the page was fetched, if known.
    pub retrieved: Option<Moment>,
    /// Language of the text.
    pub language: Option<Language>,
    /// The headline.
    pub headline: Option<Headline>,
    /// The outlet: the site's own name, not the agency's.
    pub publisher: Option<Evidence>,
    /// The author or authors as printed, without "By".
    pub byline: Option<Evidence>,
    /// Agencies and outlets that the page names as its origin.
    pub credits: Vec<Evidence>,
    /// The page's own word for its address.
    pub canonical: Option<Evidence>,
    /// Day or moment of publication, with its reasons.
    pub published: Option<Published>,
    /// All candidates for it, in the order of the page, the chosen one included.
    pub date_candidates: Vec<DateCandidate>,
    /// "TEHRAN, Dec 23 (Agency) –" at the head of the text.
    pub dateline: Option<Dateline>,
    /// The main text: paragraphs parted by a blank line.
    pub text: MappedText,
    /// Everything of the page that is in none of the fields above, in the page's order.
    pub set_aside: Vec<SetAside>,
    /// Remarks of ingest and extract.
    pub diagnostics: Vec<Diagnostic>,
}

/// A headline is a text of its own, with a map like the main text's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// The words, with their bytes. Empty map where the headline was supplied.
    pub text: MappedText,
    /// Supplied words, which stand in no page.
    pub supplied: Option<String>,
    /// What told it.
    pub basis: Basis,
}

impl Headline {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.supplied.as_deref().unwrap_or(self.text.as_str())
    }
}

/// What told a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Words that a reader of the page sees.
    Printed,
    /// Structured data or meta elements of the page.
    Metadata,
    /// The page's address.
    Url,
    /// The input itself gave it.
    Supplied,
}

/// A field's value with the words that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The value.
    pub value: String,
    /// The words as they stand in the page, decoded.
    pub quote: String,
    /// What told it.
    pub basis: Basis,
    /// Where the words stand in the capture; none where they were supplied or stand in the address.
    pub bytes: Option<ByteSpan>,
}

/// Day or moment of publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The value, as precise as its evidence.
    pub value: Moment,
    /// What told it.
    pub basis: Basis,
    /// The words as they stand in the page, the address or the input.
    pub quote: String,
    /// Where they stand in the capture, if there.
    pub bytes: Option<ByteSpan>,
    /// Why this candidate won, in a few words.
    pub reason: String,
}

/// A date that might be the day of publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateCandidate {
    /// Its value.
    pub value: Moment,
    /// What told it.
    pub basis: Basis,
    /// The words as they stand in the page, the address or the input.
    pub quote: String,
    /// Where they stand in the capture, if there.
    pub bytes: Option<ByteSpan>,
    /// What speaks for or against it: `datePublished of the structured data`, `copyright year` …
    pub reason: String,
    /// Its weight; the heaviest acceptable candidate wins. Comparable within one page only.
    pub weight: i32,
}

/// The dateline at the head of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The place in ordinary letters ("Tehran"), if printed.
    pub place: Option<Evidence>,
    /// The day as printed, if printed. A value only where the dateline itself gives day, month and year.
    pub date: Option<Evidence>,
}

/// The language of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// ISO 639-1 code where there is one, else 639-3.
    pub code: String,
    /// From 0 to 1.
    pub confidence: f32,
    /// What told it.
    pub basis: Basis,
}

/// A stretch of the page that is not part of the article, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The words as they stand in the page, decoded.
    pub quote: String,
    /// Why.
    pub why: SetAsideReason,
    /// Where they stand in the capture.
    pub bytes: Option<ByteSpan>,
}

/// Why a stretch is not part of the article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetAsideReason {
    /// Menus, breadcrumbs, section names, log-in and search boxes.
    Navigation,
    /// Calls to share, like, print or save.
    Share,
    /// The words under a picture or film, and its credit.
    Caption,
    /// Readers' comments and the form for them.
    Comment,
    /// Calls to subscribe, register or donate.
    Newsletter,
    /// Teasers and links to other reports.
    Related,
    /// Copyright, imprint, terms, cookies.
    Footer,
    /// Editors' notes on the page, disclaimers, credits.
    EditorialNote,
    /// Advertisements.
    Advertisement,
    /// The headline, where it is printed again.
    Headline,
    /// The line that names the author.
    Byline,
    /// The line that prints a date, a time or a reading time.
    Date,
    /// The publisher's name.
    Publisher,
    /// Scripts, templates, short codes, punctuation without words: what the flattening left over.
    Residue,
    /// Not part of the article, and no better reason than its place and form.
    Clutter,
}

impl SetAsideReason {
    /// The reason as it is printed: `navigation`, `editorial-note` …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::Share => "share",
            Self::Caption => "caption",
            Self::Comment => "comment",
            Self::Newsletter => "newsletter",
            Self::Related => "related",
            Self::Footer => "footer",
            Self::EditorialNote => "editorial-note",
            Self::Advertisement => "advertisement",
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Date => "date",
            Self::Publisher => "publisher",
            Self::Residue => "residue",
            Self::Clutter => "clutter",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SetAsideReason::*;

    #[test]
    fn a_reason_has_one_name() {
        let all = [
            Navigation,
            Share,
            Caption,
            Comment,
            Newsletter,
            Related,
            Footer,
            EditorialNote,
            Advertisement,
            Headline,
            Byline,
            Date,
            Publisher,
            Residue,
            Clutter,
        ];
        for reason in all {
            assert_eq!(format!("{:?}", reason).to_lowercase(), reason.name().replace('-', ""));
        }
    }
}
