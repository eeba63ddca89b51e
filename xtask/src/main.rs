//! The project's own chores, one module each: `cargo xtask CHORE …`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "chores talk to the person who runs them")]

use std::process::ExitCode;

mod fit;
mod tidy;

const USAGE: &str = "\
cargo xtask CHORE

  tidy    is the house in order? prints what is not, and a mirror of its size and shape
  fit     fits the weights of a model on public data; `cargo xtask fit --help` says how";

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("tidy") => tidy::run(),
        Some("fit") => fit::run(&arguments),
        _ => {
            eprintln!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    }
}
