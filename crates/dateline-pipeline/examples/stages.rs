//! What comparing all reports of a record takes, step by step: seconds, and how much memory was held at most so far.
//!
//! `cargo run --release -p dateline-pipeline --example stages -- RECORD [BYTES]`: with so much memory for what is shared. The record is written anew, as `build` does.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use dateline_pipeline::{COMPARE_MEMORY, compare_reports};
use dateline_store::StoreWriter;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which record?")?;
    let mut record = StoreWriter::open(Path::new(&path))?;
    let articles = record.store().tally()?.articles;
    let (start, mut before) = (Instant::now(), None);
    let mut out = io::stdout();
    let mut line = |step: String| {
        let (now, held) = (start.elapsed().as_secs_f64(), most_held());
        writeln!(
            out,
            "{now:9.2} s  {held:>10} kB  {:8.2} kB an article  {step}",
            held as f64 / articles as f64
        )
    };
    let memory = std::env::args().nth(2).map(|bytes| bytes.parse()).transpose()?.unwrap_or(COMPARE_MEMORY);
    compare_reports(&mut record, memory, |step| {
        if let Some(before) = before.replace(step) {
            // Nobody may be reading.
            let _ = line(format!("after {before:?}"));
        }
    })?;
    line("after Writing".to_owned())?;
    Ok(())
}

/// The most memory that the process held so far, where the system tells.
fn most_held() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
