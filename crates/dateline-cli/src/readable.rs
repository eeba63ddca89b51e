//! An article as a person reads it in a terminal: what it says of itself, and how it was told.

use std::collections::BTreeMap;
use std::fmt::Write;

use dateline_model::{Article, Evidence, Published, SetAsideReason};
use textwrap::{Options, fill};

use crate::plain::plain;

mod findings;

pub(crate) use findings::readable_findings;

/// Columns of a line; the width of the terminal plays no part, so that the same input gives the same lines.
const COLUMNS: usize = 100;

/// How much of the text is shown.
const BEGINNING: usize = 2;

/// The article in a few lines, with a blank line at the end.
pub(crate) fn readable(article: &Article) -> String {
    let mut out = head(article);
    if let Some(byline) = &article.byline {
        line(&mut out, "byline", &byline.value);
    }
    if !article.credits.is_empty() {
        line(&mut out, "credits", &credits(&article.credits));
    }
    if let Some(place) = article.dateline.as_ref().and_then(|d| d.place.as_ref()) {
        line(&mut out, "dateline", &place.value);
    }
    line(&mut out, "language", article.language.as_ref().map_or("not told", |l| l.code.as_str()));
    line(&mut out, "text", &size(article.text.as_str()));
    for paragraph in beginning(article.text.as_str()) {
        line(&mut out, "", paragraph);
    }
    line(&mut out, "set aside", &set_aside(article));
    for diagnostic in &article.diagnostics {
        line(&mut out, "remark", &diagnostic.message);
    }
    out.push('\n');
    plain(&out).into_owned()
}

/// Id, headline, publisher and day: what every reading of an article begins with.
fn head(article: &Article) -> String {
    let mut out = format!("── {} ", article.id);
    out.extend(std::iter::repeat_n('─', COLUMNS.saturating_sub(out.chars().count())));
    line(&mut out, "headline", article.headline.as_ref().map_or("not said", |h| h.as_str()));
    line(&mut out, "publisher", named(article.publisher.as_ref()));
    line(&mut out, "published", &published(article.published.as_ref()));
    out
}

/// One field, its name before it; further lines are indented to its value.
fn line(out: &mut String, name: &str, value: &str) {
    let first = format!("{name:>10}  ");
    let options = Options::new(COLUMNS).initial_indent(&first).subsequent_indent("            ");
    let _ = write!(out, "\n{}", fill(value, options));
}

fn named(evidence: Option<&Evidence>) -> &str {
    evidence.map_or("not said", |e| &e.value)
}

fn published(published: Option<&Published>) -> String {
    published.map_or_else(
        || "not said".to_owned(),
        |p| {
            format!(
                "{}  “{}”: {}",
                p.value,
                p.quote.split_whitespace().collect::<Vec<_>>().join(" "),
                p.reason
            )
        },
    )
}

fn credits(credits: &[Evidence]) -> String {
    credits.iter().map(|c| c.value.as_str()).collect::<Vec<_>>().join(", ")
}

fn size(text: &str) -> String {
    let paragraphs = text.split("\n\n").filter(|p| !p.is_empty()).count();
    format!("{} words in {paragraphs} paragraphs, which begin:", text.split_whitespace().count())
}

fn beginning(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").filter(|p| !p.trim().is_empty()).take(BEGINNING)
}

fn set_aside(article: &Article) -> String {
    let mut counts: BTreeMap<SetAsideReason, usize> = BTreeMap::new();
    for piece in &article.set_aside {
        *counts.entry(piece.why).or_default() += 1;
    }
    if counts.is_empty() {
        return "nothing".to_owned();
    }
    counts.iter().map(|(why, n)| format!("{n} {}", why.name())).collect::<Vec<_>>().join(", ")
}
