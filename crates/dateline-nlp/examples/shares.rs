//! Where does the time go? Annotates JSON Lines from standard input on one thread, and prints each component's share.
//!
//! ```text
//! shares [KERNEL] < TEXTS.jsonl
//! ```
//! `cargo xtask bench nlp` runs it after the program itself.

#![expect(clippy::print_stdout, reason = "it talks to the person who runs it")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

use dateline_nlp::{Component, Kernel, Pipeline, Watch, annotate_watched};

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "auto".to_owned());
    let kernel = Kernel::named(&name).ok_or("this processor has no such kernel")?;
    let pipeline = Pipeline::english_with(kernel)?;
    let mut stopwatch = Stopwatch { since: Instant::now(), at_work: None, spent: BTreeMap::new() };
    for line in std::io::stdin().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let _ = annotate_watched(&pipeline, row["text"].as_str().unwrap_or_default(), &mut stopwatch);
        stopwatch.stop();
    }
    let all: Duration = stopwatch.spent.values().sum();
    println!("| {} | share |\n|---|---|", kernel.name());
    for (component, spent) in &stopwatch.spent {
        println!("| {} | {:.0} % |", component.name(), 100.0 * spent.as_secs_f64() / all.as_secs_f64());
    }
    println!("| all of these | {:.2} s |", all.as_secs_f64());
    Ok(())
}

/// Adds up the time of each component.
struct Stopwatch {
    since: Instant,
    at_work: Option<Component>,
    spent: BTreeMap<Component, Duration>,
}

impl Stopwatch {
    fn stop(&mut self) {
        if let Some(component) = self.at_work.take() {
            *self.spent.entry(component).or_default() += self.since.elapsed();
        }
    }
}

impl Watch for Stopwatch {
    fn turn(&mut self, component: Component) {
        self.stop();
        self.at_work = Some(component);
        self.since = Instant::now();
    }
}
