//! The project's own chores, one module each: `cargo xtask CHORE …`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "chores talk to the person who runs them")]

use std::path::Path;
use std::process::ExitCode;

mod bench;
mod tidy;

const USAGE: &str = "\
cargo xtask CHORE

  bench   how fast is extract, and is its answer still the same? [--threads N] [--runs N] INPUT…
  tidy    is the house in order? prints what is not, and a mirror of its size and shape";

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("bench") => bench::run(&arguments[1..]).map(|()| ExitCode::SUCCESS),
        Some("tidy") => tidy::run(),
        _ => {
            eprintln!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    }
}

/// The repository this program was built in.
fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}
