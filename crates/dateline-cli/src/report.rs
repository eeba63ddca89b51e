//! What a run says on standard error: progress on a terminal, what was set aside, a summary.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use dateline_export::{SummaryLine, summary_line};
use dateline_ingest::SetAsideInput;
use dateline_model::Severity;
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::Everywhere;

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

impl Report {
    /// A report that is as talkative as the user wants it.
    pub(crate) fn new(everywhere: &Everywhere) -> Self {
        let form = match (everywhere.json, everywhere.quiet) {
            (true, _) => SummaryForm::Json,
            (false, true) => SummaryForm::None,
            (false, false) => SummaryForm::Words,
        };
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
        let diagnostic = &input.diagnostic;
        *self.summary.set_aside.entry(diagnostic.code.clone()).or_default() += 1;
        if diagnostic.severity == Severity::Note && matches!(self.form, SummaryForm::None) {
            return;
        }
        let place = input.origin.place.as_deref().map(|p| format!(", {p}")).unwrap_or_default();
        let hint = diagnostic.hint.as_deref().map(|h| format!(" ({h})")).unwrap_or_default();
        let line = format!("dateline: {}{place}: {}{hint}", input.origin.file, diagnostic.message);
        self.progress.suspend(|| {
            // Standard error may be closed; then there is nobody to tell.
            let _ = writeln!(io::stderr(), "{line}");
        });
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

fn count(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {per_sec}, {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
