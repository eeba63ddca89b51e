//! `dateline extract`: articles out of pages, one JSON object a line.

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_export::{ByteMap, article_line};
use dateline_extract::{Extractor, RecurringLines};
use dateline_ingest::{Config, Treatment, ingest};
use dateline_model::{Article, Capture};
use dateline_pipeline::{Extracted, LookedOver, look_over, read_inputs};

use crate::arguments::{Everywhere, Extract};
use crate::plain::lines;
use crate::readable::readable;
use crate::report::Report;

/// Reads every input and prints its articles.
pub(crate) fn run(options: &Extract, everywhere: &Everywhere) -> Result<ExitCode> {
    let print = Print::of(options);
    let treatment = treatment(options.as_is);
    print_articles(&options.inputs, (treatment, Look::Ahead), everywhere, |_, article| print.article(article))
}

/// What `--as-is` asks for.
pub(crate) fn treatment(as_is: bool) -> Treatment {
    if as_is { Treatment::AsIs } else { Treatment::Clean }
}

/// Prints what `line` makes of every article of `inputs`, in their order.
pub(crate) fn print_articles(
    inputs: &[String],
    reading: (Treatment, Look),
    everywhere: &Everywhere,
    line: impl Fn(&Capture, &Article) -> Result<String, serde_json::Error> + Sync,
) -> Result<ExitCode> {
    let mut out = BufWriter::with_capacity(1 << 16, lines());
    let print = |line: Result<String, serde_json::Error>| {
        writeln!(out, "{}", line?).context("cannot write to standard output")
    };
    let code = each_page(inputs, reading, everywhere, line, print)?;
    out.flush().context("cannot write to standard output")?;
    Ok(code)
}

/// Hands what `make` makes of every article of `inputs` to `take`, in their order; says what was set
/// aside.
pub(crate) fn each_article<T: Send>(
    inputs: &[String],
    reading: (Treatment, Look),
    everywhere: &Everywhere,
    make: impl Fn(&Article) -> T + Sync,
    take: impl FnMut(T) -> Result<()>,
) -> Result<ExitCode> {
    each_page(inputs, reading, everywhere, |_, article| make(article), take)
}

/// The same, where the page itself is wanted beside its article.
fn each_page<T: Send>(
    inputs: &[String],
    (treatment, look): (Treatment, Look),
    everywhere: &Everywhere,
    make: impl Fn(&Capture, &Article) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<ExitCode> {
    let config = Config { treatment, ..Config::default() };
    let LookedOver { recurring, inputs } = match look {
        Look::Ahead => looked_over(inputs, &config),
        Look::Never => unseen(inputs, &config),
    };
    let extractor = Extractor::new().with_recurring(recurring);
    let mut report = Report::new(everywhere);
    let mut outcome = Ok(());
    let make = |capture: &Capture| make(capture, &extractor.extract(capture));
    read_inputs(inputs, everywhere.threads(), make, |extracted| {
        match extracted {
            Extracted::Article(made) => {
                report.article();
                outcome = take(made);
            }
            Extracted::SetAside(input) => report.set_aside(&input),
        }
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome?;
    report.finish()
}

/// The inputs, and the lines that recur over pages of one publisher where pages are to be cleaned.
pub(crate) fn looked_over(inputs: &[String], config: &Config) -> LookedOver {
    match config.treatment {
        Treatment::AsIs => unseen(inputs, config),
        Treatment::Clean => look_over(inputs, config),
    }
}

/// The inputs as they come.
fn unseen(inputs: &[String], config: &Config) -> LookedOver {
    LookedOver { recurring: RecurringLines::default(), inputs: Box::new(ingest(inputs, config)) }
}

/// Are the pages looked over before the first of them is read?
#[derive(Clone, Copy)]
pub(crate) enum Look {
    /// Yes, for the lines that recur.
    Ahead,
    /// No: each is read as it comes, as from a live feed.
    Never,
}

/// For whom an article is printed.
enum Print {
    Person,
    Program(ByteMap),
}

impl Print {
    fn of(options: &Extract) -> Self {
        match (options.readable, options.map) {
            (true, _) => Self::Person,
            (false, true) => Self::Program(ByteMap::With),
            (false, false) => Self::Program(ByteMap::Without),
        }
    }

    fn article(&self, article: &Article) -> Result<String, serde_json::Error> {
        match self {
            Self::Person => Ok(readable(article)),
            Self::Program(map) => article_line(article, *map),
        }
    }
}
