//! Chores of the house, each a subcommand: `cargo xtask fit flat --data ../shared/data/flat`.

mod fit;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the house")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Fits the weights of a model on public data and writes them under `data/`
    Fit(fit::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().chore {
        Chore::Fit(arguments) => fit::run(&arguments),
    }
}
