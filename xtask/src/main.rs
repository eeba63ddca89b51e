//! Chores of the house, one module each: `cargo xtask tidy`.

#![expect(clippy::print_stdout, reason = "chores talk to the person who runs them")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::bail;
use clap::{Parser, Subcommand};

mod bench;
mod chain;
mod counts;
mod data;
mod eval;
mod fit;
mod kill;
mod model;
mod pile;
mod soak;
mod tidy;
mod workplace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the house")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Times `dateline extract` over INPUT, or the language runtime (`nlp`), and checks that the answer stays the same
    Bench(bench::Bench),
    /// Makes the gazetteer under data/ out of packages
    Data(data::Arguments),
    /// Measures who said what through whom on the marks of eval/gold/attribution
    Chain(chain::Arguments),
    /// Runs the public scorers and holds their figures to eval/floors.toml
    Eval(eval::Arguments),
    /// Fits the weights of a model on public data
    Fit(fit::Arguments),
    /// Kills builds, corrections and upgrades at random moments, and looks whether anything is lost
    Kill(kill::Arguments),
    /// Makes the English model that the binary holds out of spaCy's package
    Model(model::Arguments),
    /// Makes a large pile of reports to measure with, the same for the same seed
    Pile(pile::Arguments),
    /// Reads, builds and corrects one record at the same time, for long, and looks at every answer and at memory
    Soak(soak::Arguments),
    /// Checks the rules that no compiler checks, and prints the house in figures
    Tidy,
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().chore {
        Chore::Bench(arguments) => bench::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Data(arguments) => data::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Chain(arguments) => chain::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Eval(arguments) => eval::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Fit(arguments) => fit::run(&arguments),
        Chore::Kill(arguments) => kill::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Model(arguments) => model::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Pile(arguments) => pile::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Soak(arguments) => soak::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Tidy => tidy::run(),
    }
}

/// The repository this program was built in.
fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}

/// Builds the program as users have it.
fn build_program() -> anyhow::Result<()> {
    let build = ["build", "--release", "--package", "dateline-cli"];
    let status = Command::new(env!("CARGO")).args(build).current_dir(root()).status()?;
    if !status.success() {
        bail!("the program does not build");
    }
    Ok(())
}

/// Where the built program lies.
fn program() -> PathBuf {
    root().join("target/release/dateline")
}
