//! Does the server hold for long? Readers ask, builds add reports and persons correct, all at once and for as long as
//! is wanted.
//!
//! Every answer is looked at: its status, that it is JSON, and that each quote of an event stands in its report where
//! it is said to stand. The memory of the server is watched. At the end the record must be whole, and what it exports
//! must be, byte for byte, what a record exports that is built of all reports at once and given the same log.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::pile;
use crate::pile::Random;
use crate::workplace::Workplace;

mod asking;
mod served;
mod tally;
mod visitor;

use asking::Asking;
use served::Served;
use tally::Tally;
use visitor::Visitor;

/// How long, and how much of everything.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// For so many minutes
    #[arg(long, default_value_t = 30)]
    minutes: u64,
    /// Reports in the record to begin with
    #[arg(long, default_value_t = 300)]
    articles: usize,
    /// Reports that each build adds
    #[arg(long, default_value_t = 20)]
    more: usize,
    /// Seconds from one build to the next
    #[arg(long, default_value_t = 20)]
    every: u64,
    /// How many read at once
    #[arg(long, default_value_t = 4)]
    readers: u64,
    /// Another seed, other reports and other questions
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// An empty folder to work in
    #[arg(short, long)]
    output: PathBuf,
}

const RECORD: &str = "soaked.dateline";

/// Puts everything to work at once, and prints how it went.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    fs::create_dir_all(&arguments.output)?;
    let program = Workplace { folder: &arguments.output };
    program.remove(RECORD);
    pile::write(arguments.articles, arguments.seed, &program.file("0.jsonl"))?;
    program.done(&program.build(RECORD, "0.jsonl"))?;
    let served = Served::start(&program.file(RECORD))?;
    let until = Instant::now() + Duration::from_secs(60 * arguments.minutes);
    let visitor = |n| Visitor::new(Asking::new(&served.address), Random::new(arguments.seed, 1 + n));
    let (mut tally, built, memory) = thread::scope(|scope| {
        let visitor = &visitor;
        let readers = (0..arguments.readers).map(|n| scope.spawn(move || visitor(n).read_until(until)));
        let readers: Vec<_> = readers.collect();
        let corrector = scope.spawn(move || visitor(arguments.readers).correct_until(until));
        let builder = scope.spawn(|| build_until(until, &program, arguments));
        let memory = served.watch_until(until);
        let mut tally = Tally::default();
        for one in readers.into_iter().chain([corrector]) {
            tally.add(one.join().unwrap_or_else(|_| Tally::fault("a visitor panicked".to_owned())));
        }
        let built = builder.join().unwrap_or_else(|_| bail!("the builder panicked"));
        (tally, built, memory)
    });
    served.stop();
    let built = built?;
    compare(&program, built.piles, &mut tally)?;
    println!("| what | |\n|---|---|");
    println!("| minutes | {} |", arguments.minutes);
    println!("| reports at first, at last | {} · {} |", arguments.articles, program.held(RECORD)?);
    println!("| builds beside it; of them told to wait | {} · {} |", built.piles - 1, built.waited);
    tally.print();
    memory.print();
    println!("| answers that were wrong, records that differ | {} |", tally.faults.len());
    match tally.faults.first() {
        None => Ok(()),
        Some(_) => bail!("{}", tally.faults.join("\n")),
    }
}

/// What was built beside the server.
struct Built {
    /// Piles that are in the record, the first among them.
    piles: usize,
    /// How often somebody else was writing.
    waited: usize,
}

/// Adds pile after pile.
fn build_until(until: Instant, program: &Workplace<'_>, arguments: &Arguments) -> Result<Built> {
    let mut built = Built { piles: 1, waited: 0 };
    while Instant::now() + Duration::from_secs(arguments.every) < until {
        thread::sleep(Duration::from_secs(arguments.every));
        let name = format!("{}.jsonl", built.piles);
        let skip = arguments.articles + (built.piles - 1) * arguments.more;
        pile::write_part(skip, arguments.more, arguments.seed, &program.file(&name))?;
        let call = program.build(RECORD, &name);
        loop {
            let said = program.said(&call)?;
            match said {
                None => break,
                Some(said) if said.contains("is being written by") => built.waited += 1,
                Some(said) => bail!("{call:?}: {said}"),
            }
        }
        built.piles += 1;
    }
    Ok(built)
}

/// Holds the record against one that nobody disturbed.
fn compare(program: &Workplace<'_>, piles: usize, tally: &mut Tally) -> Result<()> {
    const FRESH: &str = "fresh.dateline";
    program.remove(FRESH);
    let mut call = program.build(FRESH, "0.jsonl");
    call.extend((1..piles).map(|n| program.file(&format!("{n}.jsonl")).display().to_string()));
    program.done(&call)?;
    // What a correction took in while reports waited to be compared is compared by the next build.
    program.done(&program.build(RECORD, "0.jsonl"))?;
    let path = |path: &Path| path.display().to_string();
    let log = program.output(&["correct", &path(&program.file(RECORD)), "log"])?;
    fs::write(program.file("log.jsonl"), log)?;
    let fresh = path(&program.file(FRESH));
    program.output(&["correct", &fresh, "combine", &path(&program.file("log.jsonl"))])?;
    if program.exported(RECORD)? != program.exported(FRESH)? {
        tally.faults.push("the record is not that of all reports and the same log".to_owned());
    }
    Ok(())
}
