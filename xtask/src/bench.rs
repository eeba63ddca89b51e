//! How fast is it, and is the answer still the same? Times `dateline extract` over files or folders.
//!
//! The output is counted and digested, so that a run that is faster because it does less cannot pass
//! for a faster one. What is printed is a record in Markdown, to be kept under `bench/runs/`.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// What a user types behind `cargo xtask bench`.
pub(crate) const USAGE: &str = "bench [--threads N] [--runs N] INPUT…";

/// Builds the program, runs it, prints the record.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let plan = Plan::read(arguments)?;
    build()?;
    let mut runs = Vec::new();
    for _ in 0..plan.runs {
        runs.push(time(&plan)?);
    }
    println!("{}", Record::new(plan, runs)?);
    Ok(())
}

/// What to run, and how often.
struct Plan {
    threads: String,
    runs: usize,
    inputs: Vec<String>,
}

impl Plan {
    fn read(arguments: &[String]) -> Result<Self> {
        let mut plan = Self { threads: "1".to_owned(), runs: 3, inputs: Vec::new() };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--threads" => plan.threads = words.next().context(USAGE)?.clone(),
                "--runs" => plan.runs = words.next().context(USAGE)?.parse()?,
                input => plan.inputs.push(input.to_owned()),
            }
        }
        if plan.inputs.is_empty() || plan.runs == 0 {
            bail!("cargo xtask {USAGE}");
        }
        Ok(plan)
    }
}

/// One run: what it took and what it gave.
#[derive(PartialEq, Eq)]
struct Run {
    wall: Duration,
    pages: usize,
    sha256: String,
}

fn build() -> Result<()> {
    let status =
        Command::new(env!("CARGO")).args(["build", "--release", "--package", "dateline-cli"]).status()?;
    if !status.success() {
        bail!("the program does not build");
    }
    Ok(())
}

fn time(plan: &Plan) -> Result<Run> {
    let program = crate::root().join("target/release/dateline");
    let start = Instant::now();
    let output = Command::new(&program)
        .args(["extract", "--quiet", "--threads", &plan.threads])
        .args(&plan.inputs)
        .stderr(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let wall = start.elapsed();
    let pages = output.stdout.iter().filter(|&&byte| byte == b'\n').count();
    let sha256 = Sha256::digest(&output.stdout).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Run { wall, pages, sha256 })
}

/// All runs of one plan, which gave one and the same answer.
struct Record {
    plan: Plan,
    walls: Vec<Duration>,
    pages: usize,
    sha256: String,
}

impl Record {
    fn new(plan: Plan, runs: Vec<Run>) -> Result<Self> {
        let mut walls: Vec<Duration> = runs.iter().map(|run| run.wall).collect();
        walls.sort_unstable();
        let mut runs = runs.into_iter();
        let Run { pages, sha256, .. } = runs.next().context("no run")?;
        if runs.any(|run| run.sha256 != sha256) {
            bail!("two runs gave different answers: that is a fault, and no time counts");
        }
        Ok(Self { plan, walls, pages, sha256 })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (best, worst) = (self.walls[0], self.walls[self.walls.len() - 1]);
        let inputs: Vec<&str> = self.plan.inputs.iter().map(|input| last_part(input)).collect();
        writeln!(f, "| what | |\n|---|---|")?;
        writeln!(f, "| input | {} |", inputs.join(", "))?;
        writeln!(f, "| commit | {} |", said_by("git", &["rev-parse", "--short", "HEAD"]))?;
        writeln!(f, "| compiler | {} |", said_by("rustc", &["--version"]))?;
        writeln!(f, "| machine | {} |", machine())?;
        writeln!(f, "| threads | {} |", self.plan.threads)?;
        writeln!(f, "| pages | {} |", self.pages)?;
        writeln!(f, "| SHA-256 of the output | `{}` |", self.sha256)?;
        writeln!(f, "| best of {} runs | {:.3} s |", self.walls.len(), best.as_secs_f64())?;
        writeln!(f, "| worst | {:.3} s |", worst.as_secs_f64())?;
        #[expect(clippy::cast_precision_loss, reason = "page counts are far below 2^52")]
        let rate = self.pages as f64 / best.as_secs_f64().max(f64::EPSILON);
        write!(f, "| pages a second, best run | {rate:.0} |")
    }
}

/// The input's own name: where it lies is the machine's business.
fn last_part(input: &str) -> &str {
    Path::new(input).file_name().and_then(|name| name.to_str()).unwrap_or(input)
}

fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let described = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = described.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    format!("{}, {cores} cores", model.map_or(std::env::consts::ARCH, |(_, name)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_of(millis: u64, sha256: &str) -> Run {
        Run { wall: Duration::from_millis(millis), pages: 10, sha256: sha256.to_owned() }
    }

    #[test]
    fn a_record_needs_one_answer() {
        let plan = || Plan::read(&["a/b".to_owned()]).unwrap();
        let record = Record::new(plan(), vec![run_of(200, "x"), run_of(100, "x")]).unwrap().to_string();
        assert!(record.contains("| input | b |") && record.contains("best run | 100 |"), "{record}");
        assert!(Record::new(plan(), vec![run_of(200, "x"), run_of(100, "y")]).is_err());
        assert!(Plan::read(&[]).is_err());
    }
}
