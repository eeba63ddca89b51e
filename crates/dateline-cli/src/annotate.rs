//! `dateline annotate`: what stands in each article, one JSON object a line.

use std::process::ExitCode;

use anyhow::Result;
use dateline_export::{Findings, Tokens, annotation_line};
use dateline_model::Article;
use dateline_pipeline::{Annotator, Depth};

use crate::arguments::{Annotate, Everywhere};
use crate::dictionaries::gazetteer;
use crate::extract::{print_articles, treatment};
use crate::language::load;
use crate::readable::readable_findings;

/// Reads every input and prints its annotated articles.
pub(crate) fn run(options: &Annotate, everywhere: &Everywhere) -> Result<ExitCode> {
    let depth = if options.model_only { Depth::Model } else { Depth::Full };
    let tokens = if options.tokens { Tokens::With } else { Tokens::Without };
    let annotator = Annotator::new(load(&options.language)?, depth, options.document_time)
        .with_gazetteer(gazetteer(&options.language)?);
    let line = |article: &Article| {
        let read = annotator.annotate(article);
        if options.readable {
            return Ok(readable_findings(article, &read));
        }
        let findings = Findings {
            report: &read.report,
            readings: read.readings.as_ref(),
            diagnostics: &read.diagnostics,
        };
        annotation_line(article, findings, tokens)
    };
    print_articles(&options.inputs, treatment(options.as_is), everywhere, line)
}
