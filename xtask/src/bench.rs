//! How fast is it, and is the answer still the same? Times `dateline extract` over files or folders, or `nlp`.
//!
//! The output is counted and digested, so that a run that is faster because it does less cannot pass
//! for a faster one. What is printed is a record in Markdown, to be kept under `bench/runs/`.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

mod nlp;

/// Pages, or another part of the program by its name.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Bench {
    #[command(subcommand)]
    part: Option<Part>,
    #[command(flatten)]
    pages: Option<Arguments>,
}

/// Parts of the program that are timed by themselves.
#[derive(clap::Subcommand)]
enum Part {
    /// Times the language runtime over texts: speed, memory, shares of its components
    Nlp(nlp::Arguments),
}

/// Times what was asked for.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    match (&bench.part, &bench.pages) {
        (Some(Part::Nlp(arguments)), _) => nlp::run(arguments),
        (None, Some(arguments)) => run_pages(arguments),
        (None, None) => bail!("nothing to time"),
    }
}

/// What to run, and how often.
#[derive(clap::Args)]
struct Arguments {
    /// Threads that the program works on
    #[arg(long, default_value_t = NonZeroUsize::MIN)]
    threads: NonZeroUsize,
    /// How often; the best run counts
    #[arg(long, default_value = "3")]
    runs: NonZeroUsize,
    /// Files and folders, as for `dateline extract`
    #[arg(required = true)]
    inputs: Vec<String>,
}

/// Builds the program, runs it, prints the record.
fn run_pages(arguments: &Arguments) -> Result<()> {
    crate::build_program()?;
    let runs: Result<Vec<Run>> = (0..arguments.runs.get()).map(|_| time(arguments)).collect();
    println!("{}", Record::new(arguments, runs?)?);
    Ok(())
}

/// One run: what it took and what it gave.
#[derive(PartialEq, Eq)]
struct Run {
    wall: Duration,
    pages: usize,
    sha256: String,
}

fn time(arguments: &Arguments) -> Result<Run> {
    let program = crate::program();
    let start = Instant::now();
    let output = Command::new(&program)
        .args(["extract", "--quiet", "--threads", &arguments.threads.to_string()])
        .args(&arguments.inputs)
        .stderr(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let wall = start.elapsed();
    let pages = output.stdout.iter().filter(|&&byte| byte == b'\n').count();
    let sha256 = Sha256::digest(&output.stdout).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Run { wall, pages, sha256 })
}

/// All runs, which gave one and the same answer.
struct Record<'a> {
    arguments: &'a Arguments,
    walls: Vec<Duration>,
    pages: usize,
    sha256: String,
}

impl<'a> Record<'a> {
    fn new(arguments: &'a Arguments, runs: Vec<Run>) -> Result<Self> {
        let mut walls: Vec<Duration> = runs.iter().map(|run| run.wall).collect();
        walls.sort_unstable();
        let mut runs = runs.into_iter();
        let Run { pages, sha256, .. } = runs.next().context("no run")?;
        if runs.any(|run| run.sha256 != sha256) {
            bail!("two runs gave different answers: that is a fault, and no time counts");
        }
        Ok(Self { arguments, walls, pages, sha256 })
    }
}

impl fmt::Display for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (best, worst) = (self.walls[0], self.walls[self.walls.len() - 1]);
        let inputs: Vec<&str> = self.arguments.inputs.iter().map(|input| last_part(input)).collect();
        writeln!(f, "| what | |\n|---|---|")?;
        writeln!(f, "| input | {} |", inputs.join(", "))?;
        writeln!(f, "| commit | {} |", said_by("git", &["rev-parse", "--short", "HEAD"]))?;
        writeln!(f, "| compiler | {} |", said_by("rustc", &["--version"]))?;
        writeln!(f, "| machine | {} |", machine())?;
        writeln!(f, "| threads | {} |", self.arguments.threads)?;
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
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
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
        let three = NonZeroUsize::MIN.saturating_add(2);
        let arguments = Arguments { threads: NonZeroUsize::MIN, runs: three, inputs: vec!["a/b".to_owned()] };
        let record = Record::new(&arguments, vec![run_of(200, "x"), run_of(100, "x")]).unwrap().to_string();
        assert!(record.contains("| input | b |") && record.contains("best run | 100 |"), "{record}");
        assert!(Record::new(&arguments, vec![run_of(200, "x"), run_of(100, "y")]).is_err());
    }
}
