//! `dateline reuse`: what the reports of a pile share, one JSON object a line.

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_export::{TextOffsets, cluster_line, pair_line, passage_lines};
use dateline_extract::Extractor;
use dateline_ingest::Config;
use dateline_pipeline::{ComparedPile, Extracted, LookedOver, ReusePile, extract_inputs};

use crate::arguments::{Everywhere, Reuse};
use crate::extract::{looked_over, treatment};
use crate::plain::lines;
use crate::report::Report;

/// Reads every input, compares all, and prints what is shared.
pub(crate) fn run(options: &Reuse, everywhere: &Everywhere) -> Result<ExitCode> {
    let config = Config { treatment: treatment(options.as_is), ..Config::default() };
    let (mut pile, mut report) = (ReusePile::default(), Report::new(everywhere));
    let LookedOver { recurring, inputs } = looked_over(&options.inputs, &config);
    let extractor = Extractor::new().with_recurring(recurring);
    extract_inputs(inputs, &extractor, everywhere.threads(), ReusePile::entry, |extracted| {
        match extracted {
            Extracted::Article(entry) => {
                pile.add(entry);
                report.article();
            }
            Extracted::SetAside(input) => report.set_aside(&input),
        }
        ControlFlow::Continue(())
    });
    let mut out = BufWriter::with_capacity(1 << 16, lines());
    print(options, &pile.compare(), &mut out)?;
    out.flush().context("cannot write to standard output")?;
    report.finish()
}

fn print(options: &Reuse, pile: &ComparedPile, out: &mut impl Write) -> Result<()> {
    let reuse = &pile.reuse;
    if options.clusters {
        return reuse.clusters.iter().try_for_each(|cluster| line(out, &cluster_line(cluster)?));
    }
    let offsets = TextOffsets::new(pile.texts());
    for pair in &reuse.pairs {
        if options.pairs {
            line(out, &pair_line(pair, &offsets)?)?;
        } else {
            passage_lines(pair, &offsets)?.iter().try_for_each(|text| line(out, text))?;
        }
    }
    Ok(())
}

fn line(out: &mut impl Write, text: &str) -> Result<()> {
    writeln!(out, "{text}").context("cannot write to standard output")
}
