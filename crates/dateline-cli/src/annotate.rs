//! `dateline annotate`: what stands in each article, one JSON object a line.

use std::process::ExitCode;

use anyhow::Result;
use dateline_export::Tokens;
use dateline_model::{Article, Capture};
use dateline_pipeline::{Annotator, Carried, Depth, Printer};

use crate::arguments::{Annotate, Everywhere};
use crate::dictionaries::gazetteer;
use crate::extract::{Look, print_articles, treatment};
use crate::language::{load, reading};
use crate::readable::readable_findings;

/// Reads every input and prints its annotated articles.
pub(crate) fn run(options: &Annotate, everywhere: &Everywhere) -> Result<ExitCode> {
    let depth = if options.model_only { Depth::Model } else { Depth::Full };
    let tokens = if options.tokens { Tokens::With } else { Tokens::Without };
    let language = load(&options.language)?;
    let (carried, look) = match options.for_build {
        true => {
            let reading = reading(&language, &options.language, options.document_time)?;
            (Carried::Capture { reading }, Look::Never)
        }
        false => (Carried::Nothing, Look::Ahead),
    };
    let annotator =
        Annotator::new(language, depth, options.document_time).with_gazetteer(gazetteer(&options.language)?);
    let printer = Printer::new(tokens, carried);
    let line = |capture: &Capture, article: &Article| {
        let read = annotator.annotate(article);
        match options.readable {
            true => Ok(readable_findings(article, &read)),
            false => printer.line(capture, article, &read),
        }
    };
    print_articles(&options.inputs, (treatment(options.as_is), look), everywhere, line)
}
