//! How well is it read? Runs the public scorers over the public data and holds the figures to the floors.
//!
//! Scorers and data are no part of the repository: they lie in a neighbour folder. The floors are, in
//! `eval/floors.toml`, and a change that reads better raises them in the same commit.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use toml::Table;

/// Where the data lie, and what to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder that holds `score` and `data`
    #[arg(long, default_value = "../shared")]
    data: PathBuf,
    /// Names of the measures; all of them if none is named
    measures: Vec<String>,
}

/// Prints every figure beside its floor and its goal; fails when one lies on the wrong side of its floor.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if !arguments.data.join("score").is_dir() {
        bail!("{} holds no scorers: nothing can be measured", arguments.data.display());
    }
    crate::build_program()?;
    let mut below = 0;
    println!("{:<10} {:<20} {:>8} {:>8} {:>8}", "measure", "figure", "is", "floor", "goal");
    for (name, measure) in measures(&fs::read_to_string(crate::root().join("eval/floors.toml"))?)? {
        if arguments.measures.is_empty() || arguments.measures.contains(&name) {
            let scores = measure.scores(&arguments.data)?;
            below += measure.bounds.iter().filter(|bound| !told(&name, bound, &scores)).count();
        }
    }
    if below > 0 {
        bail!("{below} figures are not held");
    }
    Ok(())
}

/// One scorer over one data set.
struct Measure {
    scorer: String,
    data: String,
    /// What the program is asked to do with the data.
    command: String,
    /// SHA-256 of the data set's answers: figures over other answers cannot be compared.
    answers: BTreeMap<String, String>,
    bounds: Vec<Bound>,
}

/// What one figure must not fall short of, and what it should come to.
struct Bound {
    figure: String,
    floor: f64,
    goal: f64,
}

impl Bound {
    /// A goal below its floor means that less is better.
    fn holds(&self, value: f64) -> bool {
        if self.goal < self.floor { value <= self.floor } else { value >= self.floor }
    }
}

impl Measure {
    /// Runs the scorer; its figures by name.
    fn scores(&self, shared: &Path) -> Result<BTreeMap<String, f64>> {
        for (file, sha256) in &self.answers {
            let path = shared.join(file);
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            if hexadecimal(&Sha256::digest(&bytes)) != *sha256 {
                bail!("{file} is not the file that the floors were measured on");
            }
        }
        let program = crate::program();
        if self.scorer == "counts" {
            return crate::counts::scores(&program, &shared.join(&self.data));
        }
        let output = Command::new("python3")
            .arg(shared.join(&self.scorer))
            .arg(shared.join(&self.data))
            .args(["--run", &self.call(&program.to_string_lossy())])
            .output()
            .context("cannot run python3")?;
        if !output.status.success() {
            bail!("{}: {}", self.scorer, String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(figures(&String::from_utf8_lossy(&output.stdout)))
    }

    /// The seeds' scorer calls several commands; the others are told which.
    fn call(&self, program: &str) -> String {
        if self.scorer.ends_with("seeds.py") {
            program.to_owned()
        } else {
            format!("{program} {}", self.command)
        }
    }
}

/// The measures of `floors.toml`, by name.
fn measures(toml: &str) -> Result<BTreeMap<String, Measure>> {
    let table: Table = toml.parse()?;
    table
        .iter()
        .map(|(name, value)| Ok((name.clone(), measure(value).with_context(|| name.clone())?)))
        .collect()
}

fn measure(value: &toml::Value) -> Result<Measure> {
    let word = |key: &str| value.get(key).and_then(toml::Value::as_str).context(key.to_owned());
    let table = |key: &str| value.get(key).and_then(toml::Value::as_table).context(key.to_owned());
    let answer = |(file, sha256): (&String, &toml::Value)| Some((file.clone(), sha256.as_str()?.to_owned()));
    let bound = |(figure, value): (&String, &toml::Value)| {
        let number = |key: &str| value.get(key).and_then(toml::Value::as_float).context(figure.clone());
        Ok(Bound { figure: figure.clone(), floor: number("floor")?, goal: number("goal")? })
    };
    Ok(Measure {
        scorer: word("scorer")?.to_owned(),
        data: word("data")?.to_owned(),
        command: word("command").unwrap_or("extract").to_owned(),
        answers: table("answers")?.iter().filter_map(answer).collect(),
        bounds: table("figures")?.iter().map(bound).collect::<Result<_>>()?,
    })
}

/// Lines `score: NAME VALUE`, as the scorers print them.
fn figures(printed: &str) -> BTreeMap<String, f64> {
    let lines = printed.lines().filter_map(|line| line.strip_prefix("score: ")?.split_once(' '));
    lines.filter_map(|(name, value)| Some((name.to_owned(), value.trim().parse().ok()?))).collect()
}

/// Prints one line of the table; does the figure hold?
fn told(measure: &str, bound: &Bound, scores: &BTreeMap<String, f64>) -> bool {
    let Bound { figure, floor, goal } = bound;
    let value = scores.get(figure).copied().unwrap_or(f64::NAN);
    let holds = bound.holds(value);
    let mark = if holds { "" } else { "  not held" };
    println!("{measure:<10} {figure:<20} {value:>8.4} {floor:>8.4} {goal:>8.4}{mark}");
    holds
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floors_can_be_read() {
        let measures =
            measures(&fs::read_to_string(crate::root().join("eval/floors.toml")).unwrap()).unwrap();
        assert!(measures.values().all(|measure| !measure.bounds.is_empty()));
    }

    #[test]
    fn less_is_better_where_the_goal_lies_below_the_floor() {
        for (floor, goal, value, holds) in [
            (0.8, 0.9, 0.85, true),
            (0.8, 0.9, 0.7, false),
            (0.05, 0.02, 0.03, true),
            (0.05, 0.02, 0.06, false),
        ] {
            let bound = Bound { figure: String::new(), floor, goal };
            assert_eq!(bound.holds(value), holds, "{floor} {goal} {value}");
        }
        assert!(!Bound { figure: String::new(), floor: 0.0, goal: 1.0 }.holds(f64::NAN));
    }

    #[test]
    fn figures_are_read_from_what_a_scorer_prints() {
        let printed = "set pages\nall 200\nscore: line_f1 0.2187\nscore: told 1.0000\n";
        assert_eq!(figures(printed), [("line_f1".to_owned(), 0.2187), ("told".to_owned(), 1.0)].into());
    }
}
