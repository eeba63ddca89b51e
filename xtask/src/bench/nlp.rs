//! How fast is the language runtime, how much memory does it take, and where does its time go?
//!
//! Times `dateline annotate --model-only --tokens --as-is` over texts and over one sentence, so that what the start
//! costs can be told apart. Whether spaCy says the same, and how fast, is for `../shared/score/nlp_parity.py`.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

/// Words a second on one processor that nobody passes without approximations, multiply-adds alone and with all other
/// work, as reckoned for the processor that the first figures were taken on.
const LIMITS: [(&str, f64, f64); 2] = [("avx512", 95_000.0, 56_000.0), ("avx2", 40_800.0, 29_000.0)];

/// What start and loading are measured with.
const SENTENCE: &str = r#"{"id": "1", "text": "Ministers from six countries met in Geneva on Friday."}"#;

/// What to run, and how often.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Threads that the program works on
    #[arg(long, default_value_t = NonZeroUsize::MIN)]
    threads: NonZeroUsize,
    /// How often; the best run counts
    #[arg(long, default_value = "3")]
    runs: NonZeroUsize,
    /// Vector instructions to compute with: avx512, avx2, neon, scalar
    #[arg(long, default_value = "auto")]
    kernel: String,
    /// Texts, JSON Lines with `text`
    texts: PathBuf,
}

/// Builds the program, runs it, prints the record.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    crate::build_program()?;
    let words = words(&arguments.texts)?;
    let sentence = crate::root().join("target/bench-sentence.jsonl");
    fs::write(&sentence, SENTENCE)?;
    let (start, all) = (best(arguments, &sentence)?, best(arguments, &arguments.texts)?);
    print_record(arguments, words, &start, &all);
    print_shares(arguments)
}

/// Words are what white space parts.
fn words(texts: &Path) -> Result<usize> {
    let file = File::open(texts).with_context(|| texts.display().to_string())?;
    let mut words = 0;
    for line in BufReader::new(file).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        words += row["text"].as_str().unwrap_or_default().split_whitespace().count();
    }
    ensure!(words > 0, "{} holds no words", texts.display());
    Ok(words)
}

/// One run: what it took and what it gave.
struct Run {
    wall: Duration,
    /// Processor time, and the most memory in kB; where the system tells.
    processor: Option<Duration>,
    memory: Option<u64>,
    sha256: String,
}

/// The run with the least processor time; all must give the same.
fn best(arguments: &Arguments, texts: &Path) -> Result<Run> {
    let runs: Result<Vec<Run>> = (0..arguments.runs.get()).map(|_| time(arguments, texts)).collect();
    let runs = runs?;
    if runs.iter().any(|run| run.sha256 != runs[0].sha256) {
        bail!("two runs gave different answers: that is a fault, and no time counts");
    }
    let memory = runs.iter().filter_map(|run| run.memory).max();
    let best = runs.into_iter().min_by_key(|run| run.processor.unwrap_or(run.wall)).context("no run")?;
    Ok(Run { memory, ..best })
}

fn time(arguments: &Arguments, texts: &Path) -> Result<Run> {
    let program = crate::program();
    let (start, before) = (Instant::now(), processor_time_of_children());
    let mut child = Command::new(&program)
        .args(["annotate", "--model-only", "--tokens", "--as-is", "--quiet"])
        .args(["--kernel", &arguments.kernel, "--threads", &arguments.threads.to_string()])
        .arg(texts)
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let mut out = child.stdout.take().context("no output")?;
    let digest = std::thread::spawn(move || digest(&mut out));
    let memory = most_memory(&mut child)?;
    let wall = start.elapsed();
    let sha256 = digest.join().map_err(|_| anyhow::anyhow!("the output could not be read"))??;
    let processor = processor_time_of_children().zip(before).map(|(after, before)| after - before);
    Ok(Run { wall, processor, memory, sha256 })
}

fn digest(out: &mut impl Read) -> Result<String> {
    let (mut digest, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match out.read(&mut buffer)? {
            0 => return Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => digest.update(&buffer[..read]),
        }
    }
}

/// Waits for the program's end; the most memory that it was seen to have, in kB.
fn most_memory(child: &mut Child) -> Result<Option<u64>> {
    let status = format!("/proc/{}/status", child.id());
    let mut most = None;
    loop {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next());
        most = most.max(peak.and_then(|kilobytes| kilobytes.parse().ok()));
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "the program ended with {status}");
            return Ok(most);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// User and system time of all children that have ended: fields 16 and 17 of Linux's `stat`, in hundredths of a second.
fn processor_time_of_children() -> Option<Duration> {
    let told = fs::read_to_string("/proc/self/stat").ok()?;
    let fields = told.rsplit_once(')')?.1.split_whitespace().skip(13).take(2);
    let ticks: u64 = fields.filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}

fn print_record(arguments: &Arguments, words: usize, start: &Run, all: &Run) {
    let memory =
        |run: &Run| run.memory.map_or_else(|| "not known".to_owned(), |kb| format!("{} MB", kb / 1024));
    let seconds = |run: &Run| match run.processor {
        Some(processor) => format!(
            "{:.2} s by the clock, {:.2} s of processor time",
            run.wall.as_secs_f64(),
            processor.as_secs_f64()
        ),
        None => format!("{:.2} s by the clock", run.wall.as_secs_f64()),
    };
    #[expect(clippy::cast_precision_loss, reason = "word counts are far below 2^52")]
    let rate = words as f64 / all.processor.unwrap_or(all.wall).as_secs_f64().max(f64::EPSILON);
    println!("| what | |\n|---|---|");
    println!("| input | {}, {words} words |", super::last_part(&arguments.texts.to_string_lossy()));
    println!("| commit | {} |", super::said_by("git", &["rev-parse", "--short", "HEAD"]));
    println!("| compiler | {} |", super::said_by("rustc", &["--version"]));
    println!("| machine | {} |", super::machine());
    println!("| kernel, threads | {}, {} |", arguments.kernel, arguments.threads);
    println!("| SHA-256 of the output | `{}` |", all.sha256);
    println!("| one sentence, best of {} runs | {}; {} |", arguments.runs, seconds(start), memory(start));
    println!("| all, best of {} runs | {}; {} |", arguments.runs, seconds(all), memory(all));
    println!("| words a second and processor | {rate:.0} |");
    let kernel =
        if arguments.kernel == "auto" { dateline_nlp::Kernel::best().name() } else { &arguments.kernel };
    for (_, sums, whole) in LIMITS.iter().filter(|(name, ..)| *name == kernel) {
        println!("| of the limit by multiply-adds alone, {sums:.0} | {:.0} % |", 100.0 * rate / sums);
        println!("| of the limit with all other work, {whole:.0} | {:.0} % |", 100.0 * rate / whole);
    }
    println!();
}

/// The shares of the components, which the library's example measures.
fn print_shares(arguments: &Arguments) -> Result<()> {
    let run = ["run", "--quiet", "--release", "--package", "dateline-nlp", "--example", "shares", "--"];
    let texts = File::open(&arguments.texts)?;
    let shares = Command::new(env!("CARGO"))
        .args(run)
        .arg(&arguments.kernel)
        .current_dir(crate::root())
        .stdin(texts)
        .status()?;
    ensure!(shares.success(), "the example `shares` ended with {shares}");
    Ok(())
}
