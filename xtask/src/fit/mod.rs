//! Fits the weights of a linear chain: cross-validation by site first, then one fit on all pages.
//!
//! A task says what its pages, features and labels are (see [`Corpus`]); everything else is the same
//! for all. The features come from the crate that uses the weights, so both always see the same.

mod align;
mod crf;
mod flat;
mod html;
mod lbfgs;
mod logistic;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use dateline_extract::chain::{Chain, Items};

/// Fits the weights of a model on public data.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which model
    task: Task,
    /// Folder of the data set
    #[arg(long)]
    data: PathBuf,
    /// Folds of the cross-validation; 0 skips it
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Strength of the pull towards small weights
    #[arg(long, default_value_t = 10.0)]
    l2: f64,
    /// How far features speak for their neighbours
    #[arg(long, default_value_t = 1)]
    reach: usize,
    /// Share of the pages that are left out as badly labelled: those that a first fit fits worst
    #[arg(long, default_value_t = 0.04)]
    trim: f64,
    /// Rounds of the optimiser
    #[arg(long, default_value_t = 50)]
    rounds: usize,
    /// Writes the cross-validated labels into this file: page, item, found, gold, for each error
    #[arg(long)]
    errors: Option<PathBuf>,
    /// Where to write the labels of pages not fitted on, for looking at errors (HTML only)
    #[arg(long)]
    labels: Option<PathBuf>,
    /// Prints the figures and writes nothing
    #[arg(long)]
    dry: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Task {
    /// Lines of flattened pages
    Flat,
    /// Blocks of HTML pages
    Html,
}

/// What a task brings.
pub(super) struct Corpus {
    /// Names of the features, by id.
    pub(super) features: &'static [&'static str],
    /// Names of the labels, the one that is looked for first.
    pub(super) labels: &'static [&'static str],
    /// The pages.
    pub(super) samples: Vec<Sample>,
    /// Where the weights go, from the root of the repository.
    pub(super) weights: &'static str,
    /// What the weights file says of its origin: lines of a comment.
    pub(super) origin: String,
}

/// One page with its gold.
pub(super) struct Sample {
    /// The page.
    pub(super) id: String,
    /// Pages of one group stand in one fold: the site.
    pub(super) group: String,
    /// The set that it is reported under.
    pub(super) set: String,
    /// Where a person finds each item: its line.
    pub(super) places: Vec<usize>,
    /// The features.
    pub(super) items: Items,
    /// The label of each item.
    pub(super) gold: Vec<usize>,
    /// Items of the first label that the model never sees: they count as missed.
    pub(super) lost: usize,
    /// Does the item count in the figures?
    pub(super) counted: Vec<bool>,
}

/// Runs the chore.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let corpus = match arguments.task {
        Task::Flat => flat::corpus(&arguments.data)?,
        Task::Html => return html::run(arguments),
    };
    println!("{} pages, {} features", corpus.samples.len(), corpus.features.len());
    if arguments.folds > 1 {
        let tallies = cross_validate(&corpus, arguments)?;
        println!("cross-validated over {} folds of sites", arguments.folds);
        report(&tallies);
    }
    let all: Vec<&Sample> = corpus.samples.iter().collect();
    let chain = fit(&corpus, &all, arguments);
    println!("fitted on all pages, measured on the same");
    report(&all.iter().map(|s| (s.set.as_str(), tally(&chain, s))).collect::<Vec<_>>());
    if !arguments.dry {
        std::fs::write(corpus.weights, format!("{}\n{}", corpus.origin, chain.to_toml()))?;
        println!("wrote {}", corpus.weights);
    }
    Ok(ExitCode::SUCCESS)
}

fn fit(corpus: &Corpus, samples: &[&Sample], arguments: &Arguments) -> Chain {
    let blank = Chain::blank(corpus.features, corpus.labels, arguments.reach);
    crf::fit(
        blank,
        samples,
        &crf::Config { l2: arguments.l2, trim: arguments.trim, rounds: arguments.rounds },
    )
}

fn cross_validate<'c>(corpus: &'c Corpus, arguments: &Arguments) -> Result<Vec<(&'c str, Tally)>> {
    let fold_of = folds(corpus.samples.iter().map(|s| s.group.as_str()), arguments.folds);
    let mut tallies = Vec::new();
    let mut errors = String::new();
    for fold in 0..arguments.folds {
        let pick = |inside: bool| -> Vec<&Sample> {
            corpus
                .samples
                .iter()
                .zip(&fold_of)
                .filter(|(_, f)| (**f == fold) == inside)
                .map(|p| p.0)
                .collect()
        };
        let chain = fit(corpus, &pick(false), arguments);
        for sample in pick(true) {
            tallies.push((sample.set.as_str(), tally(&chain, sample)));
            list_errors(&chain, sample, &mut errors);
        }
    }
    if let Some(path) = &arguments.errors {
        std::fs::write(path, errors)?;
    }
    Ok(tallies)
}

fn list_errors(chain: &Chain, sample: &Sample, out: &mut String) {
    for (item, found) in chain.label(&sample.items).into_iter().enumerate() {
        let gold = sample.gold[item];
        if found != gold && sample.counted[item] {
            out.push_str(&format!("{}\t{}\t{found}\t{gold}\n", sample.id, sample.places[item]));
        }
    }
}

/// Deals the groups, by name, to the folds in turn.
fn folds<'s>(groups: impl Iterator<Item = &'s str> + Clone, folds: usize) -> Vec<usize> {
    let mut names: Vec<&str> = groups.clone().collect();
    names.sort_unstable();
    names.dedup();
    groups.map(|g| names.binary_search(&g).unwrap_or_default() % folds.max(1)).collect()
}

/// Right, wrong and missed items of the first label.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn tally(chain: &Chain, sample: &Sample) -> Tally {
    let mut tally = Tally { missed: sample.lost, ..Tally::default() };
    let found = chain.label(&sample.items);
    for ((found, gold), counted) in found.iter().zip(&sample.gold).zip(&sample.counted) {
        if *counted {
            tally.right += usize::from(*found == 0 && *gold == 0);
            tally.wrong += usize::from(*found == 0 && *gold != 0);
            tally.missed += usize::from(*found != 0 && *gold == 0);
        }
    }
    tally
}

fn report(tallies: &[(&str, Tally)]) {
    let mut sets: Vec<&str> = tallies.iter().map(|t| t.0).collect();
    sets.sort_unstable();
    sets.dedup();
    for set in sets.into_iter().chain(["all"]) {
        let mut sum = Tally::default();
        tallies.iter().filter(|t| t.0 == set || set == "all").for_each(|t| sum.add(t.1));
        let ratio = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        let (p, r) = (ratio(sum.right, sum.right + sum.wrong), ratio(sum.right, sum.right + sum.missed));
        println!("  {set:<24} P {p:.3}  R {r:.3}  F1 {:.4}", 2.0 * p * r / (p + r).max(1e-9));
    }
}
