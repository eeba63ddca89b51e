//! Is anything lost when the program is killed? Kills builds and corrections at random moments, again and again.
//!
//! After each kill `dateline check` must find the record whole, or not begun. Each build that was killed is begun
//! again until it ends by itself: then it must be, byte for byte of what it exports, the record of a build that
//! nobody disturbed. A correction that was killed was made or was not, nothing between.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::pile;
use crate::pile::Random;

/// How often, and over which pile.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many builds are killed, and a fourth as many corrections
    #[arg(long, default_value_t = 200)]
    times: usize,
    /// Reports in the pile
    #[arg(long, default_value_t = 200)]
    articles: usize,
    /// Another seed, other moments
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// An empty folder to work in
    #[arg(short, long)]
    output: PathBuf,
}

/// Kills and looks.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    fs::create_dir_all(&arguments.output)?;
    let program = Program { folder: &arguments.output };
    pile::write(arguments.articles, arguments.seed, &program.file("pile.jsonl"))?;
    let start = Instant::now();
    program.done(&program.build("whole.dateline"))?;
    let (took, whole) = (start.elapsed(), program.exported("whole.dateline")?);
    let mut random = Random::new(arguments.seed, 0);
    let ended = builds(&program, arguments.times, took, &whole, &mut random)?;
    let corrected = corrections(&program, arguments.times / 4, &whole, &mut random)?;
    println!("| what | |\n|---|---|");
    println!("| reports | {} |", arguments.articles);
    println!("| builds killed | {} |", arguments.times);
    println!("| builds that ended after being killed, equal to an undisturbed one | {ended} |");
    println!("| corrections killed | {} |", arguments.times / 4);
    println!("| of them made | {corrected} |");
    println!("| records that were damaged, or lost what was committed | 0 |");
    Ok(())
}

/// Kills so many builds; how many records were completed on the way.
fn builds(
    program: &Program<'_>,
    times: usize,
    took: Duration,
    whole: &str,
    random: &mut Random,
) -> Result<usize> {
    let (mut killed, mut ended, mut known) = (0, 0, 0);
    while killed < times {
        // Most moments of a build, from its first: the later ones are those of builds that go on.
        let after = took.mul_f64(random.below(1000) as f64 / 2000.0);
        if program.killed(&program.build("r.dateline"), after)? {
            killed += 1;
            let held = program.held("r.dateline")?;
            if held < known {
                bail!("after kill {killed}: {held} reports are left of {known}");
            }
            known = held;
        } else {
            if program.exported("r.dateline")? != whole {
                bail!("after {killed} kills: the record is not the undisturbed one");
            }
            ended += 1;
            known = 0;
            program.remove("r.dateline");
        }
    }
    Ok(ended)
}

/// Kills so many corrections; how many of them were made nevertheless.
fn corrections(program: &Program<'_>, times: usize, whole: &str, random: &mut Random) -> Result<usize> {
    let names: Vec<String> = whole.lines().filter_map(name).take(2).collect();
    let [first, second] = names.as_slice() else { bail!("the pile tells of too few events") };
    let correct = |record: &str| {
        let record = program.file(record).display().to_string();
        let call = ["correct", &record, "merge", first, second, "--why", "a trial", "--who", "xtask"];
        [&call[..], &["--when", "2026-01-01"]].concat().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    fs::copy(program.file("whole.dateline"), program.file("after.dateline"))?;
    let start = Instant::now();
    program.done(&correct("after.dateline"))?;
    let (took, after) = (start.elapsed(), program.exported("after.dateline")?);
    let mut made = 0;
    for time in 0..times {
        program.remove("c.dateline");
        fs::copy(program.file("whole.dateline"), program.file("c.dateline"))?;
        program.killed(&correct("c.dateline"), took.mul_f64(random.below(1000) as f64 / 1000.0))?;
        program.held("c.dateline")?;
        match program.exported("c.dateline")? {
            exported if exported == after => made += 1,
            exported if exported == *whole => {}
            _ => bail!("correction {time}: the record is neither as before nor as after"),
        }
    }
    Ok(made)
}

/// The name of an event, from its line.
fn name(line: &str) -> Option<String> {
    serde_json::from_str::<serde_json::Value>(line).ok()?.get("event")?.as_str().map(str::to_owned)
}

/// The program at work in one folder.
struct Program<'a> {
    folder: &'a Path,
}

impl Program<'_> {
    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn remove(&self, record: &str) {
        for ending in ["", "-journal", ".lock"] {
            // What is not there need not go.
            let _ = fs::remove_file(self.file(&format!("{record}{ending}")));
        }
    }

    fn build(&self, record: &str) -> Vec<String> {
        let (pile, record) = (self.file("pile.jsonl"), self.file(record));
        let call = ["build", "--as-is", "--quiet", "-o"].map(str::to_owned);
        call.into_iter().chain([record, pile].map(|path| path.display().to_string())).collect()
    }

    fn begin(&self, call: &[String]) -> Result<Child> {
        let program = crate::program();
        let mut command = Command::new(&program);
        command.args(call).stdin(Stdio::null()).stdout(Stdio::null());
        command.spawn().with_context(|| format!("cannot run {}", program.display()))
    }

    /// Runs to the end.
    fn done(&self, call: &[String]) -> Result<()> {
        match self.begin(call)?.wait()?.success() {
            true => Ok(()),
            false => bail!("{call:?} failed"),
        }
    }

    /// Runs for so long at most. Was it killed?
    fn killed(&self, call: &[String], after: Duration) -> Result<bool> {
        let mut child = self.begin(call)?;
        thread::sleep(after);
        if let Some(ended) = child.try_wait()? {
            return if ended.success() { Ok(false) } else { bail!("{call:?} failed by itself") };
        }
        child.kill()?;
        // It may have ended between the look and the blow.
        Ok(!child.wait()?.success())
    }

    /// How many reports the record holds, which must be whole or not begun.
    fn held(&self, record: &str) -> Result<usize> {
        let path = self.file(record);
        if fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
            return Ok(0);
        }
        let output = Command::new(crate::program()).arg("check").arg(&path).output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() && !said.contains("it is empty") {
            bail!("{said}{}", String::from_utf8_lossy(&output.stdout));
        }
        let reports = said.split_once(" reports").and_then(|(before, _)| before.rsplit(' ').next());
        Ok(reports.and_then(|number| number.parse().ok()).unwrap_or_default())
    }

    fn exported(&self, record: &str) -> Result<String> {
        let mut command = Command::new(crate::program());
        let output = command.args(["export", "--format", "jsonl"]).arg(self.file(record)).output()?;
        match output.status.success() {
            true => Ok(String::from_utf8(output.stdout)?),
            false => bail!("{}", String::from_utf8_lossy(&output.stderr)),
        }
    }
}
