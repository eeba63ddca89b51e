//! A large pile of made reports, the same for everybody who gives the same seed.
//!
//! Real archives are large, and are not ours to give away. So that anybody can repeat a measurement, this
//! makes reports of stories that never were: some thousand words in sentences that vary in all their parts,
//! lengths as newspapers have them, bursts of reports on one story, counts that differ from report to report,
//! a paragraph of an agency printed by several, and nearly a third of all reports copied from another, half of
//! the copies with a few words changed. Its tables are under `bench/pile`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

mod grammar;
mod output;
mod publisher;
mod random;
mod story;

use grammar::Grammar;
use output::{Output, Written};
use publisher::Publisher;
pub(crate) use random::Random;
use story::{Report, World};

/// How many, and where to.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many reports
    #[arg(long, default_value_t = 10_000)]
    articles: usize,
    /// Leave out so many before: what comes later of the same pile
    #[arg(long, default_value_t = 0)]
    skip: usize,
    /// Another seed, another pile
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Stories begin on one of so many days
    #[arg(long, default_value_t = 1000)]
    days: usize,
    /// How many papers there are
    #[arg(long, default_value_t = 400)]
    publishers: usize,
    /// FILE.jsonl, FILE.warc.gz, or a folder
    #[arg(short, long)]
    output: PathBuf,
}

/// Writes the pile.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let pile = Pile::new(arguments)?;
    let mut output = Output::open(&arguments.output)?;
    pile.each(arguments.skip, arguments.articles, |written| output.write(written))?;
    output.finish()
}

/// Writes `articles` reports to `output`, as `cargo xtask pile` does.
pub(crate) fn write(articles: usize, seed: u64, output: &Path) -> Result<()> {
    write_part(0, articles, seed, output)
}

/// The same without those before.
pub(crate) fn write_part(skip: usize, articles: usize, seed: u64, output: &Path) -> Result<()> {
    run(&Arguments { articles, skip, seed, days: 100, publishers: 40, output: output.to_owned() })
}

/// Everything that reports are made of.
struct Pile {
    world: World,
    publishers: Vec<Publisher>,
    seed: u64,
}

/// Stories whose reports are mixed before they are written, so that copies do not stand side by side.
const MIXED: u64 = 200;

impl Pile {
    fn new(arguments: &Arguments) -> Result<Self> {
        let (words, facts, mut sentences) =
            (table("words.toml")?, table("facts.toml")?, table("sentences.toml")?);
        let swaps = swaps(&sentences.remove("swap").context("sentences.toml has no swap")?)?;
        let grammar = Grammar::new(&[&words, &sentences])?;
        let seed = arguments.seed;
        let publishers = (0..arguments.publishers.max(1))
            .map(|n| Publisher::new(&grammar, seed, n as u64))
            .collect::<Vec<_>>();
        let world = World::new(grammar, &facts, swaps, (publishers.len(), arguments.days.max(1), seed))?;
        Ok(Self { world, publishers, seed })
    }

    /// Calls `take` on `articles` reports after the first `skip`.
    fn each(
        &self,
        skip: usize,
        articles: usize,
        mut take: impl FnMut(&Written<'_>) -> Result<()>,
    ) -> Result<()> {
        let end = skip + articles;
        let (mut number, mut story) = (0, 0);
        while number < end {
            let mut reports: Vec<Report> = (story..story + MIXED).flat_map(|n| self.world.story(n)).collect();
            shuffle(&mut reports, &mut Random::new(self.seed, u64::MAX / 2 + story));
            story += MIXED;
            for (at, report) in reports.iter().enumerate() {
                let others: Vec<&str> = reports
                    .iter()
                    .cycle()
                    .skip(at + 1)
                    .take(8)
                    .map(|other| other.headline.as_str())
                    .collect();
                let publisher = &self.publishers[report.publisher];
                if (skip..end).contains(&number) {
                    take(&Written { number, report, publisher, others: &others })?;
                }
                number += 1;
            }
        }
        Ok(())
    }
}

fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for at in (1..items.len()).rev() {
        items.swap(at, random.below(at + 1));
    }
}

fn table(name: &str) -> Result<Table> {
    let path = crate::root().join("bench/pile").join(name);
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    text.parse().with_context(|| path.display().to_string())
}

/// Words that an editor puts in the place of others.
fn swaps(value: &Value) -> Result<Vec<(String, String)>> {
    value.clone().try_into().context("swap: pairs of words")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pile(skip: usize, articles: usize) -> Vec<Report> {
        let output = PathBuf::new();
        let arguments = Arguments { articles, skip, seed: 7, days: 100, publishers: 20, output };
        let mut reports = Vec::new();
        let take = |written: &Written<'_>| {
            reports.push(written.report.clone());
            Ok(())
        };
        Pile::new(&arguments).unwrap().each(skip, articles, take).unwrap();
        reports
    }

    #[test]
    fn a_pile_goes_on_where_it_was_left() {
        let all = pile(0, 900);
        assert_eq!(all.len(), 900);
        assert_eq!(all[600..], pile(600, 300));
    }

    #[test]
    fn a_part_of_a_pile_is_copied() {
        let mut bodies: Vec<_> = pile(0, 2000).into_iter().map(|report| report.body).collect();
        bodies.sort();
        let all = bodies.len();
        bodies.dedup();
        let exact = all - bodies.len();
        assert!((all / 10..all / 4).contains(&exact), "{exact} of {all} are exact copies");
    }
}
