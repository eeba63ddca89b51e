//! Is anything lost when the program is killed? Kills builds, corrections and upgrades at random moments, again and
//! again.
//!
//! After each kill `dateline check` must find the record whole, or not begun. Each build that was killed is begun
//! again until it ends by itself: then it must be, byte for byte of what it exports, the record of a build that
//! nobody disturbed. A correction that was killed was made or was not, nothing between. A record of an earlier version
//! that is brought up is the earlier or the later one, and holds the same.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::pile;
use crate::pile::Random;
use crate::workplace::Workplace;

/// How often, and over which pile.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many builds are killed, and a fourth as many corrections, and as many upgrades
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

/// What is built of.
const PILE: &str = "pile.jsonl";

/// Kills and looks.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    fs::create_dir_all(&arguments.output)?;
    let program = Workplace { folder: &arguments.output };
    pile::write(arguments.articles, arguments.seed, &program.file(PILE))?;
    let start = Instant::now();
    program.done(&program.build("whole.dateline", PILE))?;
    let (took, whole) = (start.elapsed(), program.exported("whole.dateline")?);
    let mut random = Random::new(arguments.seed, 0);
    let ended = builds(&program, arguments.times, took, &whole, &mut random)?;
    let corrected = corrections(&program, arguments.times / 4, &whole, &mut random)?;
    let upgraded = upgrades(&program, arguments.times / 4, &mut random)?;
    println!("| what | |\n|---|---|");
    println!("| reports | {} |", arguments.articles);
    println!("| builds killed | {} |", arguments.times);
    println!("| builds that ended after being killed, equal to an undisturbed one | {ended} |");
    println!("| corrections killed | {} |", arguments.times / 4);
    println!("| of them made | {corrected} |");
    println!("| upgrades of a record of version 1 killed | {} |", arguments.times / 4);
    println!("| of them not begun, brought up, done | {} · {} · {} |", upgraded[0], upgraded[1], upgraded[2]);
    println!("| records that were damaged, or lost what was committed | 0 |");
    Ok(())
}

/// Kills so many builds; how many records were completed on the way.
fn builds(
    program: &Workplace<'_>,
    times: usize,
    took: Duration,
    whole: &str,
    random: &mut Random,
) -> Result<usize> {
    let (mut killed, mut ended, mut known) = (0, 0, 0);
    while killed < times {
        // Most moments of a build, from its first: the later ones are those of builds that go on.
        let after = took.mul_f64(random.below(1000) as f64 / 2000.0);
        if program.killed(&program.build("r.dateline", PILE), after)? {
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
fn corrections(program: &Workplace<'_>, times: usize, whole: &str, random: &mut Random) -> Result<usize> {
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

/// A record as the first version of the file had it: three reports, two events.
const VERSION_1: &str = "crates/dateline-store/tests/frozen/version-1.dateline.zst";

/// Kills so many builds that bring up a record of the first version; after how many it was still that version, after
/// how many the latest with its events still to be made, after how many all was done.
fn upgrades(program: &Workplace<'_>, times: usize, random: &mut Random) -> Result<[usize; 3]> {
    let old = zstd::decode_all(fs::File::open(crate::root().join(VERSION_1))?)?;
    fs::write(program.file("nothing.jsonl"), "")?;
    let build = program.build("old.dateline", "nothing.jsonl");
    let put = || {
        program.remove("old.dateline");
        fs::write(program.file("old.dateline"), &old)
    };
    let version = || Ok::<_, anyhow::Error>(fs::read(program.file("old.dateline"))?.get(63).copied());
    put()?;
    let start = Instant::now();
    program.done(&build)?;
    let (took, latest) = (start.elapsed(), version()?);
    let (reports, done) = (program.held("old.dateline")?, program.exported("old.dateline")?);
    let mut ended = [0; 3];
    for time in 0..times {
        put()?;
        program.killed(&build, took.mul_f64(random.below(1000) as f64 / 1000.0))?;
        let held = program.held("old.dateline")?;
        let place = match version()? {
            _ if held != reports => bail!("upgrade {time}: {held} reports are left of {reports}"),
            Some(1) => 0,
            found if found != latest => bail!("upgrade {time}: version {found:?} is between two"),
            _ => 1 + usize::from(program.exported("old.dateline")? == done),
        };
        ended[place] += 1;
        program.done(&build)?;
        if program.exported("old.dateline")? != done {
            bail!("upgrade {time}: done again, the record is not the undisturbed one");
        }
    }
    Ok(ended)
}

/// The name of an event, from its line.
fn name(line: &str) -> Option<String> {
    serde_json::from_str::<serde_json::Value>(line).ok()?.get("event")?.as_str().map(str::to_owned)
}
