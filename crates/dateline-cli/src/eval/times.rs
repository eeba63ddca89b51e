//! Times by the convention of Recognizers-Text: how many of ours it writes otherwise, and by which rule.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_ingest::Treatment;
use dateline_model::{Article, CodePoints};
use dateline_pipeline::{Annotator, Depth};
use serde_json::{Value, json};

use crate::arguments::{Eval, Everywhere};
use crate::eval::recognizers::{Convention, Recognizers};
use crate::extract::{Look, each_article};
use crate::language::load;

/// What is printed of one text: its times as marks, and the conventions that changed any.
struct Read {
    line: Value,
    changed: Vec<Convention>,
    times: usize,
}

/// Reads the texts; prints their times by the convention, or how often it differs from TimeML.
pub(crate) fn run(options: &Eval, everywhere: &Everywhere) -> Result<ExitCode> {
    let annotator = Annotator::new(load(&options.language)?, Depth::Full, None);
    let recognizers = Recognizers::english()?;
    let inputs = [options.data.to_string_lossy().into_owned()];
    let mut out = io::stdout().lock();
    let (mut counts, mut times) = (BTreeMap::<Convention, usize>::new(), 0);
    let make = |article: &Article| read(&annotator, &recognizers, article);
    each_article(&inputs, (Treatment::AsIs, Look::Never), everywhere, make, |read| {
        if options.marks {
            writeln!(out, "{}", read.line)?;
        }
        times += read.times;
        read.changed.into_iter().for_each(|convention| *counts.entry(convention).or_default() += 1);
        Ok(())
    })?;
    if !options.marks {
        writeln!(out, "{times:>6}  times, of which by another convention:")?;
        for (convention, count) in counts {
            writeln!(out, "{count:>6}  {convention}")?;
        }
    }
    out.flush().context("cannot write to standard output")?;
    Ok(ExitCode::SUCCESS)
}

fn read(annotator: &Annotator, recognizers: &Recognizers, article: &Article) -> Read {
    let annotation = annotator.annotate(article);
    let report = &annotation.report;
    let index = CodePoints::new(&report.text);
    let found = annotation.readings.as_ref().map(|readings| readings.times.as_slice()).unwrap_or_default();
    let (mut changed, mut marks) = (Vec::new(), Vec::new());
    for time in found.iter().filter(|time| !report.is_in_headline(time.span)) {
        let other = recognizers.theirs(report, time);
        changed.extend(other.as_ref().map(|(convention, _)| *convention));
        let value = other.map_or_else(|| time.value.clone(), |(_, value)| value);
        marks.push(json!({
            "start": index.of(time.span.start as usize),
            "end": index.of(time.span.end as usize),
            "type": time.time_type.name(),
            "value": value,
        }));
    }
    Read { times: marks.len(), line: json!({"id": article.id, "times": marks}), changed }
}
