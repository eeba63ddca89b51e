//! What a run says on standard error: progress on a terminal, what was set aside, a summary.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use dateline_export::{BuildSummary, SummaryLine, build_summary_line, summary_line};
use dateline_ingest::{BytesRead, SetAsideInput, bytes_of};
use dateline_model::Severity;
use dateline_pipeline::{BuildStep, CompareStep};
use dateline_store::Tally;
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use crate::arguments::Everywhere;
use crate::plain::remarks;

/// Counts what became of the inputs and tells the user.
pub(crate) struct Report {
    summary: SummaryLine,
    progress: ProgressBar,
    form: SummaryForm,
}

enum SummaryForm {
    None,
    Words,
    Json,
}

impl SummaryForm {
    fn of(everywhere: &Everywhere) -> Self {
        match (everywhere.json, everywhere.quiet) {
            (true, _) => Self::Json,
            (false, true) => Self::None,
            (false, false) => Self::Words,
        }
    }
}

impl Report {
    /// A report that is as talkative as the user wants it.
    pub(crate) fn new(everywhere: &Everywhere) -> Self {
        let form = SummaryForm::of(everywhere);
        let shown =
            matches!(form, SummaryForm::Words) && io::stderr().is_terminal() && !io::stdout().is_terminal();
        Self {
            summary: SummaryLine::default(),
            progress: if shown { spinner() } else { ProgressBar::hidden() },
            form,
        }
    }

    /// One more article.
    pub(crate) fn article(&mut self) {
        self.summary.captures += 1;
        self.summary.articles += 1;
        self.progress.inc(1);
    }

    /// An input that could not be read: named at once, with place, reason and next step.
    pub(crate) fn set_aside(&mut self, input: &SetAsideInput) {
        *self.summary.set_aside.entry(input.diagnostic.code.clone()).or_default() += 1;
        tell_set_aside(input, &self.form, &self.progress);
    }

    /// Prints the summary. Exit code 1 when nothing at all could be read.
    pub(crate) fn finish(self) -> Result<ExitCode> {
        self.progress.finish_and_clear();
        let set_aside: u64 = self.summary.set_aside.values().sum();
        match self.form {
            SummaryForm::None => {}
            SummaryForm::Json => writeln!(io::stderr(), "{}", summary_line(&self.summary)?)?,
            SummaryForm::Words => {
                let articles = count(self.summary.articles, "article");
                writeln!(io::stderr(), "dateline: {articles}, {set_aside} set aside")?;
            }
        }
        Ok(if self.summary.articles == 0 && set_aside > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// What a build does and did, on standard error.
pub(crate) struct BuildReport {
    read: u64,
    known: u64,
    set_aside: BTreeMap<String, u64>,
    progress: ProgressBar,
    form: SummaryForm,
    way: Option<Way>,
}

/// How far the inputs are read.
struct Way {
    bytes: u64,
    read: BytesRead,
}

impl Way {
    /// The share that is read, and how long the rest takes at that rate.
    fn told(&self, elapsed: Duration) -> String {
        let share = (self.read.so_far() as f64 / self.bytes.max(1) as f64).min(1.0);
        if share < LEAST_SHARE || elapsed < LEAST_TIME {
            return String::new();
        }
        let left = Duration::from_secs_f64(elapsed.as_secs_f64() * (1.0 - share) / share);
        format!("{:.0} % read, about {} left to read", 100.0 * share, HumanDuration(left))
    }
}

/// Before so much is read, the rate says little.
const LEAST_SHARE: f64 = 0.005;
const LEAST_TIME: Duration = Duration::from_secs(3);

impl BuildReport {
    /// A report that is as talkative as the user wants it.
    pub(crate) fn new(everywhere: &Everywhere) -> Self {
        let form = SummaryForm::of(everywhere);
        let shown = matches!(form, SummaryForm::Words) && io::stderr().is_terminal();
        let progress = if shown { spinner() } else { ProgressBar::hidden() };
        Self { read: 0, known: 0, set_aside: BTreeMap::new(), progress, form, way: None }
    }

    /// Of which inputs the way that is left is to be told. What it is on standard input nobody knows.
    pub(crate) fn expect(&mut self, inputs: &[String], read: &BytesRead) {
        if !self.progress.is_hidden() {
            self.way = bytes_of(inputs).map(|bytes| Way { bytes, read: read.clone() });
        }
    }

    /// One more input.
    pub(crate) fn step(&mut self, step: &BuildStep<'_>) {
        self.progress.inc(1);
        if let Some(way) = &self.way {
            self.progress.set_message(way.told(self.progress.elapsed()));
        }
        match step {
            BuildStep::Read => self.read += 1,
            BuildStep::Known => self.known += 1,
            BuildStep::SetAside(input) => {
                *self.set_aside.entry(input.diagnostic.code.clone()).or_default() += 1;
                tell_set_aside(input, &self.form, &self.progress);
            }
        }
    }

    /// All is read; now reports are compared.
    pub(crate) fn comparing(&self, step: CompareStep) {
        self.progress.set_message(match step {
            CompareStep::Loading => "comparing reports: loading",
            CompareStep::SharedText => "comparing reports: shared text",
            CompareStep::Events => "comparing reports: events",
            CompareStep::Stories => "comparing reports: stories",
            CompareStep::Fields => "comparing reports: fields",
            CompareStep::Writing => "writing what was found",
        });
    }

    /// Captures read, and inputs set aside.
    pub(crate) fn counted(&self) -> (u64, u64) {
        (self.read, self.set_aside.values().sum())
    }

    /// Prints what the record holds now. Exit code 1 when nothing at all could be read.
    pub(crate) fn finish(
        self,
        (record, notes): (&Path, &[String]),
        tally: &Tally,
        took: Duration,
    ) -> Result<ExitCode> {
        self.progress.finish_and_clear();
        let (read, set_aside) = self.counted();
        let summary = BuildSummary {
            captures: read + self.known,
            read,
            known: self.known,
            set_aside: &self.set_aside,
            articles: tally.articles,
            events: tally.events,
            accounts: tally.accounts,
            independent_accounts: tally.independent_accounts,
            disputed: tally.disputed,
            seconds: (took.as_secs_f64() * 100.0).round() / 100.0,
            articles_per_second: (read as f64 / took.as_secs_f64().max(0.001) * 10.0).round() / 10.0,
        };
        match self.form {
            SummaryForm::None => {}
            SummaryForm::Json => writeln!(io::stderr(), "{}", build_summary_line(&summary)?)?,
            SummaryForm::Words => {
                tell_build(&summary, record)?;
                notes.iter().try_for_each(|note| writeln!(io::stderr(), "{note}"))?;
            }
        }
        Ok(if read + self.known == 0 && set_aside > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn tell_set_aside(input: &SetAsideInput, form: &SummaryForm, progress: &ProgressBar) {
    let diagnostic = &input.diagnostic;
    if diagnostic.severity == Severity::Note && matches!(form, SummaryForm::None) {
        return;
    }
    let place = input.origin.place.as_deref().map(|p| format!(", {p}")).unwrap_or_default();
    let hint = diagnostic.hint.as_deref().map(|h| format!(" ({h})")).unwrap_or_default();
    let line = format!("dateline: {}{place}: {}{hint}", input.origin.file, diagnostic.message);
    progress.suspend(|| {
        // Standard error may be closed; then there is nobody to tell.
        let _ = writeln!(remarks(), "{line}");
    });
}

/// The summary in words: a line for what was read, a line for what the record holds.
fn tell_build(summary: &BuildSummary<'_>, record: &Path) -> Result<()> {
    let mut out = remarks();
    let known = if summary.known > 0 { format!(", {} known already", summary.known) } else { String::new() };
    let aside: Vec<_> = summary.set_aside.iter().map(|(why, n)| format!("{n} {why}")).collect();
    let aside = if aside.is_empty() { "nothing set aside".to_owned() } else { aside.join(", ") };
    writeln!(
        out,
        "read        {}{known}; {aside}; {:.1} s, {:.1} articles a second",
        count(summary.read, "capture"),
        summary.seconds,
        summary.articles_per_second
    )?;
    writeln!(
        out,
        "record      {}: {}, {}, {} ({} independent), {} disputed",
        record.display(),
        count(summary.articles, "article"),
        count(summary.events, "event"),
        count(summary.accounts, "account"),
        summary.independent_accounts,
        summary.disputed
    )?;
    Ok(())
}

fn count(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {per_sec}, {elapsed}  {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
