//! Two reports beside each other: the words that both have, and those that only one has.

use axum::Json;
use axum::extract::State;
use dateline_model::KeptReport;
use dateline_store::Store;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use utoipa::{IntoParams, ToSchema};

use super::article::no_report;
use crate::asked::Asked;
use crate::failure::{Failure, Trouble};
use crate::readers::Readers;
use crate::shapes::ReportInList;

/// Which two reports.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Two {
    /// One report.
    a: String,
    /// The other.
    b: String,
}

/// Two reports beside each other.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Comparison {
    /// One report.
    a: ReportInList,
    /// The other.
    b: ReportInList,
    /// `copy`, `rewrite`, `quotation`, `independent`; null where they share nothing that counts.
    relation: Option<String>,
    /// Id of the one that had it first, where something tells.
    earlier: Option<String>,
    /// Both texts in one, each piece in one or both of them.
    pieces: Vec<Variant>,
    /// Do the texts go on? Only their first 4,000 words are compared.
    is_cut: bool,
}

/// A stretch of text, and which of the two has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Variant {
    /// The words.
    text: String,
    /// `both`, `a` or `b`.
    #[serde(rename = "in")]
    within: &'static str,
}

/// Two reports beside each other, word by word.
#[utoipa::path(get, path = "/api/compare", params(Two), responses(
    (status = 200, body = Comparison), (status = 404, body = Trouble), (status = 400, body = Trouble),
    (status = 500, body = Trouble), (status = 503, body = Trouble)
))]
pub(crate) async fn compare(
    State(readers): State<Readers>,
    Asked(two): Asked<Two>,
) -> Result<Json<Comparison>, Failure> {
    readers.ask(move |store| Comparison::read(store, &two)).await.map(Json)
}

impl Comparison {
    fn read(store: &Store, two: &Two) -> Result<Self, Failure> {
        let report = |id: &String| store.article(id)?.ok_or_else(|| no_report(id));
        let (a, b) = (report(&two.a)?, report(&two.b)?);
        let pair = store.pair(&two.a, &two.b)?;
        Ok(Self {
            relation: pair.as_ref().map(|pair| pair.relation.clone()),
            earlier: pair.and_then(|pair| pair.earlier),
            pieces: variants(&a.text, &b.text),
            is_cut: is_long(&a.text) || is_long(&b.text),
            a: in_list(a),
            b: in_list(b),
        })
    }
}

fn in_list(report: KeptReport) -> ReportInList {
    let KeptReport { id, publisher, published, headline, .. } = report;
    dateline_store::ReportHead { id, publisher, published, headline }.into()
}

/// The work grows with the square of the words that differ, so that longer texts are compared so far.
const WORDS: usize = 4_000;

/// Both texts in one: what both have once, what one has marked as its own.
pub(crate) fn variants(a: &str, b: &str) -> Vec<Variant> {
    let (old, new) = (words(a), words(b));
    let same = |word: &&str| word.trim_end().to_lowercase();
    let (keys_a, keys_b): (Vec<_>, Vec<_>) = (old.iter().map(same).collect(), new.iter().map(same).collect());
    let mut pieces: Vec<Variant> = Vec::new();
    let mut push = |words: &[&str], within: &'static str| {
        let text = words.concat();
        match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.within == within => last.text.push_str(&text),
            _ => pieces.push(Variant { text, within }),
        }
    };
    for change in capture_diff_slices(Algorithm::Myers, &keys_a, &keys_b) {
        let (tag, in_a, in_b) = change.as_tag_tuple();
        match tag {
            DiffTag::Equal => push(&old[in_a], "both"),
            DiffTag::Delete => push(&old[in_a], "a"),
            DiffTag::Insert => push(&new[in_b], "b"),
            DiffTag::Replace => {
                push(&old[in_a], "a");
                push(&new[in_b], "b");
            }
        }
    }
    pieces
}

/// Has the text more words than are compared?
pub(crate) fn is_long(text: &str) -> bool {
    text.split_whitespace().nth(WORDS).is_some()
}

/// Words with the white space behind them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && words.len() < WORDS {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let space = rest[word..].find(|c: char| !c.is_whitespace()).map_or(rest.len(), |n| word + n);
        let (first, others) = rest.split_at(space);
        words.push(first);
        rest = others;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: &str) {
        let shown = |v: &Variant| match v.within {
            "a" => format!("-{}-", v.text),
            "b" => format!("+{}+", v.text),
            _ => v.text.clone(),
        };
        assert_eq!(variants(a, b).iter().map(shown).collect::<String>(), expected);
    }

    #[test]
    fn differences_are_marked_word_by_word() {
        check("", "", "");
        check("The ferry sank.", "The ferry sank.", "The ferry sank.");
        check("The old ferry sank.", "The ferry sank today.", "The -old -ferry -sank.-+sank today.+");
        check("Ünder water", "ünder  ice", "Ünder -water-+ice+");
    }
}
