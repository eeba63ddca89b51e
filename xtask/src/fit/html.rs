//! Blocks of HTML pages, in two readings: the second is fitted on what the first says of pages that it
//! was not fitted on. Measured by runs of four words, as the public benchmarks do.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_extract::chain::{Chain, Items};
use dateline_extract::decode;
use dateline_extract::html::{Document, LABELS, Reading, SignTable, feature_names, margins};
use dateline_ingest::{CharsetClues, detect_charset};
use flate2::read::GzDecoder;
use serde::Deserialize;

use super::logistic::{self, Weighed};
use super::{Arguments, align, flat, folds};

/// Where the weights go, from the root of the repository.
const WEIGHTS: [&str; 2] = ["data/extract/html-first-weights.toml", "data/extract/html-weights.toml"];
/// A block is body if this share of its words stands in the gold.
const ENOUGH: f64 = 0.5;
/// What all blocks of a page weigh together.
const PAGE: f64 = 50.0;

#[derive(Deserialize)]
struct Gold {
    id: String,
    set: String,
    file: String,
    url: String,
    #[serde(default)]
    body: Option<String>,
}

/// A page and what is to be learned from it.
struct Page<'p> {
    gold: &'p Gold,
    reading: &'p Reading<'p, 'p>,
    labels: Vec<usize>,
    /// A mistake costs as much as the block's share in the page's words: so does the measure count.
    costs: Vec<f64>,
}

impl Page<'_> {
    /// Precision and recall of the runs of words of the blocks labelled body.
    fn score(&self, scores: &[f64]) -> (f64, f64) {
        let blocks = self.reading.blocks().iter().zip(scores).filter(|(_, s)| **s > 0.0);
        let text: Vec<&str> = blocks.map(|(b, _)| b.text.as_str()).collect();
        run_score(self.gold.body.as_deref().unwrap_or_default(), &text.join("\n\n"))
    }
}

/// Fits both readings, prints the figures and writes the weights.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let path = arguments.data.join("gold.jsonl");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let gold = text.lines().map(serde_json::from_str).collect::<Result<Vec<Gold>, _>>()?;
    let gold: Vec<&Gold> = gold.iter().filter(|g| g.body.as_ref().is_some_and(|b| !b.is_empty())).collect();
    let sources = gold.iter().map(|g| source(&arguments.data, g)).collect::<Result<Vec<_>>>()?;
    let documents: Vec<Document<'_>> = sources.iter().map(Document::parse).collect();
    let signs = SignTable::built_in();
    let readings: Vec<Reading<'_, '_>> = documents.iter().map(|d| Reading::new(d, &signs)).collect();
    let pages: Vec<Page<'_>> = gold.iter().zip(&readings).map(|(g, r)| page(g, r)).collect();
    println!("{} pages, {} features", pages.len(), feature_names().len());
    let (first, second) = fit(&pages, arguments)?;
    if !arguments.dry {
        for (path, chain) in WEIGHTS.iter().zip([first, second]) {
            std::fs::write(path, format!("{}\n{}", origin(text.as_bytes(), arguments), chain.to_toml()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn fit(pages: &[Page<'_>], arguments: &Arguments) -> Result<(Chain, Chain)> {
    let first: Vec<Items> = pages.iter().map(|p| p.reading.first_items()).collect();
    let unseen = score_unseen(pages, &first, arguments);
    println!("first reading, cross-validated over {} folds of sites", arguments.folds);
    report(pages, &unseen);
    let second: Vec<Items> =
        pages.iter().zip(&first).zip(&unseen).map(|((p, i), s)| p.reading.second_items(i, s)).collect();
    let scores = score_unseen(pages, &second, arguments);
    println!("second reading, cross-validated");
    let figures = report(pages, &scores);
    if let Some(path) = &arguments.labels {
        write_labels(path, pages, &scores, &figures)?;
    }
    let all: Vec<usize> = (0..pages.len()).collect();
    let chains = (fit_chain(pages, &first, &all, arguments), fit_chain(pages, &second, &all, arguments));
    let seen = pages
        .iter()
        .zip(&first)
        .map(|(p, i)| margins(&chains.1, &p.reading.second_items(i, &margins(&chains.0, i))));
    println!("fitted on all pages, measured on the same");
    report(pages, &seen.collect::<Vec<_>>());
    Ok(chains)
}

fn fit_chain(pages: &[Page<'_>], items: &[Items], of: &[usize], arguments: &Arguments) -> Chain {
    let blank = Chain::blank(feature_names(), LABELS, 0);
    let samples: Vec<Weighed<'_>> = of
        .iter()
        .map(|n| Weighed { items: &items[*n], gold: &pages[*n].labels, weights: &pages[*n].costs })
        .collect();
    logistic::fit(blank, &samples, arguments.l2, arguments.rounds)
}

/// What each page's blocks get from a chain fitted on the pages of other folds.
fn score_unseen(pages: &[Page<'_>], items: &[Items], arguments: &Arguments) -> Vec<Vec<f64>> {
    let count = arguments.folds.max(2);
    let fold_of = folds(pages.iter().map(|p| flat::site(&p.gold.url)), count);
    let chain = |fold: usize| {
        let others: Vec<usize> = (0..pages.len()).filter(|n| fold_of[*n] != fold).collect();
        fit_chain(pages, items, &others, arguments)
    };
    let chains: Vec<Chain> = (0..count).map(chain).collect();
    items.iter().zip(&fold_of).map(|(i, f)| margins(&chains[*f], i)).collect()
}

fn source(folder: &Path, gold: &Gold) -> Result<dateline_model::MappedText> {
    let file = std::fs::File::open(folder.join(&gold.file)).with_context(|| gold.file.clone())?;
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes)?;
    let clues = CharsetClues { header: None, uri: Some(&gold.url) };
    Ok(decode(&bytes, detect_charset(&bytes, clues).0.name))
}

fn page<'p>(gold: &'p Gold, reading: &'p Reading<'p, 'p>) -> Page<'p> {
    let blocks: Vec<&str> = reading.blocks().iter().map(|b| b.text.as_str()).collect();
    let shares = align::shares(&blocks, gold.body.as_deref().unwrap_or_default());
    let words: Vec<f64> = blocks.iter().map(|b| align::words(b).count() as f64).collect();
    let all = words.iter().sum::<f64>().max(1.0);
    Page {
        gold,
        reading,
        labels: shares.iter().map(|s| usize::from(*s < ENOUGH)).collect(),
        costs: words.iter().map(|w| (w + 1.0) * PAGE / all).collect(),
    }
}

/// Precision and recall of runs of four words, as `scrapinghub/article-extraction-benchmark` has them.
fn run_score(gold: &str, found: &str) -> (f64, f64) {
    let (gold, found) = (runs(gold), runs(found));
    let (mut g, mut f, mut both) = (0, 0, 0);
    while g < gold.len() && f < found.len() {
        match gold[g].cmp(&found[f]) {
            std::cmp::Ordering::Less => g += 1,
            std::cmp::Ordering::Greater => f += 1,
            std::cmp::Ordering::Equal => {
                (g, f, both) = (g + 1, f + 1, both + 1);
            }
        }
    }
    (both as f64 / found.len().max(1) as f64, both as f64 / gold.len().max(1) as f64)
}

fn runs(text: &str) -> Vec<[&str; 4]> {
    let words: Vec<&str> = align::words(text).collect();
    let mut runs: Vec<_> = words.windows(4).map(|w| [w[0], w[1], w[2], w[3]]).collect();
    runs.sort_unstable();
    runs
}

fn report(pages: &[Page<'_>], found: &[Vec<f64>]) -> Vec<(f64, f64)> {
    let scores: Vec<(f64, f64)> = pages.iter().zip(found).map(|(p, s)| p.score(s)).collect();
    for set in ["andy", "fundus", "wcxb", "all"] {
        let of_set: Vec<&(f64, f64)> = pages
            .iter()
            .zip(&scores)
            .filter(|(p, _)| set == "all" || p.gold.set == set)
            .map(|(_, s)| s)
            .collect();
        let mean =
            |f: fn(&(f64, f64)) -> f64| of_set.iter().map(|s| f(s)).sum::<f64>() / of_set.len().max(1) as f64;
        let (p, r) = (mean(|s| s.0), mean(|s| s.1));
        println!("  {set:<8} P {p:.4}  R {r:.4}  F1 {:.4}", 2.0 * p * r / (p + r).max(1e-9));
    }
    scores
}

/// Writes, for each page, its figures and its blocks with the label found and the gold one.
fn write_labels(path: &Path, pages: &[Page<'_>], found: &[Vec<f64>], figures: &[(f64, f64)]) -> Result<()> {
    let mut out = String::new();
    for ((page, found), (p, r)) in pages.iter().zip(found).zip(figures) {
        let blocks = page.reading.blocks().iter().zip(found).zip(&page.labels);
        let blocks: Vec<_> =
            blocks.map(|((b, found), gold)| (usize::from(*found <= 0.0), gold, b.text.as_str())).collect();
        let row =
            serde_json::json!({"id": page.gold.id, "set": page.gold.set, "p": p, "r": r, "blocks": blocks});
        out += &format!("{row}\n");
    }
    Ok(std::fs::write(path, out)?)
}

fn origin(gold: &[u8], arguments: &Arguments) -> String {
    format!(
        "# Weights by which the blocks of an HTML page are told apart. Written by\n\
         # `cargo xtask fit html --l2 {} --rounds {}`.\n\
         # Origin: fitted on the gold bodies of data set `extract`, taken from parts of\n\
         # article-extraction-dataset (Apache-2.0), web-content-extraction-benchmark (CC-BY-4.0) and\n\
         # fundus (MIT); gold.jsonl has SHA-256 {}.\n\
         # No text of it is kept here: each row says how much a feature speaks for each label.\n\
         # Licence: that of Dateline.\n",
        arguments.l2,
        arguments.rounds,
        flat::digest(gold)
    )
}
