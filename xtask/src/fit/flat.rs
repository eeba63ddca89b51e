//! Flattened pages as a corpus: a line is body or not, and lines that repeat the title do not count.

use std::path::Path;

use anyhow::{Context, Result};
use dateline_extract::flat::Known;
use dateline_extract::flat::feature::{FEATURES, LABELS, items, survey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Corpus, Sample};

#[derive(Deserialize)]
struct Gold {
    id: String,
    set: String,
    file: String,
    layout: String,
    url: String,
    labels: String,
}

/// Reads `gold.jsonl` and its pages.
pub(super) fn corpus(folder: &Path) -> Result<Corpus> {
    let path = folder.join("gold.jsonl");
    let gold = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let rows = gold.lines().map(serde_json::from_str).collect::<Result<Vec<Gold>, _>>()?;
    let samples = rows.iter().map(|row| sample(folder, row)).collect::<Result<Vec<_>>>()?;
    Ok(Corpus {
        features: FEATURES,
        labels: LABELS,
        samples,
        weights: "data/extract/flat-weights.toml",
        origin: origin(gold.as_bytes()),
    })
}

fn sample(folder: &Path, row: &Gold) -> Result<Sample> {
    let text = std::fs::read_to_string(folder.join(&row.file)).with_context(|| row.file.clone())?;
    let page = survey(&text, Known::default());
    let letters: Vec<char> = row.labels.chars().collect();
    let letter = |number: usize| letters.get(number).copied().unwrap_or('.');
    let lost = page.furniture.iter().filter(|(l, _)| letter(l.number) == 'B').count();
    let letters: Vec<char> = page.lines.iter().map(|l| letter(l.number)).collect();
    Ok(Sample {
        id: row.id.clone(),
        group: site(&row.url).to_owned(),
        set: format!("{}, {}", row.set, row.layout),
        items: items(&text, &page),
        places: page.lines.iter().map(|l| l.number).collect(),
        lost,
        gold: letters.iter().map(|&l| usize::from(l != 'B')).collect(),
        counted: letters.iter().map(|&l| l != 'T').collect(),
    })
}

/// The host without "www.".
pub(super) fn site(url: &str) -> &str {
    let host = url.split("://").last().unwrap_or_default().split('/').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// SHA-256 in hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn origin(gold: &[u8]) -> String {
    let digest = digest(gold);
    format!(
        "# Weights by which the lines of a flattened page are told apart. Written by `cargo xtask fit flat`.\n\
         # Origin: fitted on the gold labels of data set `flat`, which is derived from parts of\n\
         # article-extraction-dataset (Apache-2.0), web-content-extraction-benchmark (CC-BY-4.0) and\n\
         # fundus (MIT); gold.jsonl has SHA-256 {digest}.\n\
         # No text of it is kept here: each row says how much a feature speaks for each label.\n\
         # Licence: that of Dateline.\n"
    )
}
