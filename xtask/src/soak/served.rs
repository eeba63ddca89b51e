//! The server at work, and how much memory it holds.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// A server of its own.
pub(crate) struct Served {
    child: Child,
    /// Its host and port.
    pub(crate) address: String,
}

/// What the server held, second by second.
pub(crate) struct Memory {
    /// Resident, in KiB; nothing where the system does not tell.
    resident: Vec<u64>,
    /// Open files.
    files: Vec<usize>,
}

impl Served {
    /// Serves the record on any free port.
    pub(crate) fn start(record: &Path) -> Result<Self> {
        let mut command = Command::new(crate::program());
        command.args(["serve", "--quiet", "--port", "0"]).arg(record);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let address = line.trim().strip_prefix("http://").map(|rest| rest.trim_end_matches('/').to_owned());
        let address = address.with_context(|| format!("no address but {line:?}"))?;
        Ok(Self { child, address })
    }

    /// Looks each second.
    pub(crate) fn watch_until(&self, until: Instant) -> Memory {
        let mut memory = Memory { resident: Vec::new(), files: Vec::new() };
        while Instant::now() < until {
            thread::sleep(Duration::from_secs(1));
            memory.resident.extend(self.resident());
            memory.files.extend(fs::read_dir(format!("/proc/{}/fd", self.child.id())).map(Iterator::count));
        }
        memory
    }

    fn resident(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// Ends it.
    pub(crate) fn stop(mut self) {
        // It may have ended by itself; then its answers have told.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Memory {
    /// How it went up and down: the mean of each fifth of the time.
    pub(crate) fn print(&self) {
        let fifth = |n: usize| {
            let length = self.resident.len();
            let part = self.resident.get(n * length / 5..(n + 1) * length / 5).unwrap_or_default();
            part.iter().sum::<u64>() / 1024 / part.len().max(1) as u64
        };
        let fifths: Vec<_> = (0..5).map(|n| fifth(n).to_string()).collect();
        println!("| memory of the server in each fifth of the time (MiB) | {} |", fifths.join(" · "));
        println!("| the most of it (MiB) | {} |", self.resident.iter().max().unwrap_or(&0) / 1024);
        let (first, last) = (self.files.first().unwrap_or(&0), self.files.last().unwrap_or(&0));
        println!(
            "| its open files at first, at last, at most | {first} · {last} · {} |",
            self.files.iter().max().unwrap_or(&0)
        );
    }
}
