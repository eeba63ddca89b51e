//! The whole reading of a flattened page: lines to roles, roles to an article's fields.

use std::ops::Range;

use dateline_model::{
    Basis, Dateline, Diagnostic, Evidence, Headline, Language, MappedText, SetAside, SetAsideReason, Severity,
};

use super::agency::Agencies;
use super::byline::byline;
use super::credit::credits;
use super::dateline::{Prefix, dateline, prefix};
use super::feature::{FEATURES, Survey, survey};
use super::language::language;
use super::paragraph::{Cut, Paragraph, paragraphs, push_clean, text_of, trimmed};
use super::publisher::{Signs, publisher, title_bars};
use super::recurring::RecurringLines;
use super::role::{Role, roles};
use crate::chain::Chain;

/// The tables that reading flattened pages needs, loaded once and shared by threads.
#[derive(Clone, Debug)]
pub struct Reader {
    chain: Chain,
    agencies: &'static Agencies,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

/// What is known of a page besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'k> {
    /// Where it stood.
    pub address: Option<&'k str>,
    /// The publisher that the input supplied.
    pub publisher: Option<&'k str>,
    /// The headline that the input supplied.
    pub headline: Option<&'k str>,
    /// The lines that stand in several pages of its publisher.
    pub recurring: Option<&'k RecurringLines>,
}

/// What was read from a flattened page.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The lines with what each is to the report: days are looked for by these.
    pub page: Page,
    /// The headline.
    pub headline: Option<Headline>,
    /// The site's own name.
    pub publisher: Option<Evidence>,
    /// The author.
    pub byline: Option<Evidence>,
    /// Agencies and outlets named as the origin.
    pub credits: Vec<Evidence>,
    /// Place and day before the first sentence.
    pub dateline: Option<Dateline>,
    /// Language of the text.
    pub language: Option<Language>,
    /// The text.
    pub text: MappedText,
    /// Everything else, in the page's order.
    pub set_aside: Vec<SetAside>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

/// The lines of a page and their roles, one for each.
#[derive(Clone, Debug)]
pub struct Page {
    /// The lines, with what was seen of them.
    pub survey: Survey,
    /// What each is to the report.
    pub roles: Vec<Role>,
}

impl Reader {
    /// Reads the tables under `data/extract/`, which are part of the program.
    #[must_use]
    pub fn new() -> Self {
        let weights = include_str!("../../../../data/extract/flat-weights.toml");
        let chain = Chain::read(weights, FEATURES)
            .expect("data/extract/flat-weights.toml is part of the build and tested");
        Self { chain, agencies: Agencies::built_in() }
    }

    /// The agencies and outlets whose names are known.
    #[must_use]
    pub fn agencies(&self) -> &'static Agencies {
        self.agencies
    }

    /// Reads a page of which more may be known than its text.
    #[must_use]
    pub fn read(&self, decoded: &MappedText, known: Known<'_>) -> Reading {
        let text = decoded.as_str();
        let survey = survey(text, known);
        let roles = roles(text, &survey, &self.chain);
        let (mut paragraphs, mut cuts) = paragraphs(text, &survey, &roles);
        let prefix = cut_prefix(text, &mut paragraphs, &mut cuts, self.agencies);
        let page = Page { survey, roles };
        let report = text_of(decoded, &paragraphs);
        let signs = Signs {
            decoded,
            page: &page.survey,
            uri: known.address,
            prefix: prefix.as_ref(),
            agencies: self.agencies,
        };
        let author = byline(text, &page.survey, &page.roles);
        let headline = headline(decoded, &page.survey);
        Reading {
            publisher: publisher(&signs),
            byline: author.clone().map(|(_, range)| printed(decoded, range)),
            credits: self.credits(decoded, &page, &paragraphs, prefix.as_ref()),
            dateline: prefix.as_ref().and_then(|p| dateline(p, |range| printed(decoded, range))),
            language: language(report.as_str()),
            set_aside: set_aside(decoded, &page, &cuts, headline.as_ref(), author.map(|a| a.0)),
            diagnostics: diagnostics(&report),
            headline: headline.map(|range| head(decoded, range)),
            text: report,
            page,
        }
    }

    fn credits(
        &self,
        decoded: &MappedText,
        page: &Page,
        paragraphs: &[Paragraph],
        prefix: Option<&Prefix>,
    ) -> Vec<Evidence> {
        let text = decoded.as_str();
        let agency = prefix.and_then(|p| p.agency.clone());
        let named = credits(text, &page.survey, &page.roles, paragraphs, self.agencies);
        let mut all: Vec<Evidence> = Vec::new();
        for range in agency.into_iter().chain(named) {
            let credit = printed(decoded, range);
            if !all.iter().any(|c| c.value == credit.value) {
                all.push(credit);
            }
        }
        all
    }
}

fn printed(decoded: &MappedText, range: Range<usize>) -> Evidence {
    let mut words = MappedText::new();
    push_clean(&mut words, decoded, range.clone());
    let quote = decoded.as_str()[range.clone()].to_owned();
    Evidence {
        value: words.as_str().to_owned(),
        quote,
        basis: Basis::Printed,
        bytes: decoded.bytes_of(range),
    }
}

/// Cuts the dateline off the first paragraph.
fn cut_prefix(
    text: &str,
    paragraphs: &mut [Paragraph],
    cuts: &mut Vec<Cut>,
    agencies: &Agencies,
) -> Option<Prefix> {
    let first = paragraphs.first_mut()?.first_mut()?;
    let found = prefix(text, first.clone(), agencies)?;
    first.start = found.whole.end;
    cuts.push(Cut { range: trimmed(text, found.whole.clone()), why: SetAsideReason::EditorialNote });
    Some(found)
}

/// The place of the headline's words: its line, or of the page's title what is not the site's name.
fn headline(decoded: &MappedText, page: &Survey) -> Option<Range<usize>> {
    let text = decoded.as_str();
    let index = page.titles.headline?;
    let line = &page.lines[index];
    if !page.titles.from_title {
        return Some(line.range.clone());
    }
    let title = line.of(text);
    let last = title_bars(title).map(|[_, (last, _)]| last);
    let head = last.filter(|&at| title[..at].split_whitespace().count() >= 3).unwrap_or(title.len());
    Some(trimmed(text, line.range.start..line.range.start + head))
}

fn head(decoded: &MappedText, range: Range<usize>) -> Headline {
    let mut text = MappedText::new();
    push_clean(&mut text, decoded, range);
    Headline { text, supplied: None, basis: Basis::Printed }
}

/// Everything of the page that is in no field, in its order.
fn set_aside(
    decoded: &MappedText,
    page: &Page,
    cuts: &[Cut],
    headline: Option<&Range<usize>>,
    author: Option<usize>,
) -> Vec<SetAside> {
    let mut aside: Vec<(Range<usize>, SetAsideReason)> =
        cuts.iter().map(|cut| (cut.range.clone(), cut.why)).collect();
    aside.extend(page.survey.furniture.iter().map(|(line, why)| (line.range.clone(), *why)));
    for (index, (line, role)) in page.survey.lines.iter().zip(&page.roles).enumerate() {
        match role {
            Role::Aside(_) if author == Some(index) => {
                aside.push((line.range.clone(), SetAsideReason::Byline));
            }
            Role::Aside(why) => aside.push((line.range.clone(), *why)),
            Role::Headline if headline.is_none_or(|h| *h != line.range) => {
                aside.push((line.range.clone(), SetAsideReason::Headline));
            }
            Role::Headline | Role::Body => {}
        }
    }
    aside.sort_by_key(|(range, _)| range.start);
    let quoted = |(range, why): (Range<usize>, SetAsideReason)| SetAside {
        quote: decoded.as_str()[range.clone()].to_owned(),
        why,
        bytes: decoded.bytes_of(range),
    };
    aside.into_iter().map(quoted).collect()
}

/// What is to be said of a text.
pub(crate) fn diagnostics(report: &MappedText) -> Vec<Diagnostic> {
    if !report.is_empty() {
        return Vec::new();
    }
    let message = "no line of the page reads like the text of a report";
    vec![
        Diagnostic::new("no-text", Severity::Warning, message)
            .hinting("give the article itself with --as-is"),
    ]
}
