//! The main job as a library: from inputs to the events of the record, one JSON object a line.
//!
//! `cargo run --release -p dateline-pipeline --example record -- examples/reports`

use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use dateline_cluster::AccountConfig;
use dateline_export::{TextOffsets, record_line};
use dateline_extract::Extractor;
use dateline_ingest::{Config, ingest};
use dateline_nlp::Pipeline;
use dateline_pipeline::{Annotator, Depth, Extracted, build_record, dossier, extract_inputs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = AccountConfig::built_in();
    let annotator = Annotator::new(Pipeline::english()?, Depth::Full, None);
    let read = |article: &_| dossier(article, &annotator.annotate(article), &config);
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let mut dossiers = Vec::new();
    let inputs = ingest(std::env::args().skip(1), &Config::default());
    extract_inputs(inputs, &Extractor::new(), threads, read, |extracted| {
        if let Extracted::Article(dossier) = extracted {
            dossiers.push(dossier);
        }
        ControlFlow::Continue(())
    });

    let (pile, record) = build_record(dossiers);
    let dossiers: Vec<_> = (0..pile.count()).map(|place| pile.dossier(place)).collect();
    let texts = TextOffsets::new(dossiers.iter().map(|d| (d.id.as_str(), d.text.as_str())));
    let headlines = TextOffsets::new(dossiers.iter().map(|d| (d.id.as_str(), d.headline.as_str())));
    let mut out = std::io::stdout().lock();
    for event in &record.events {
        writeln!(out, "{}", record_line(event, &texts, &headlines)?)?;
    }
    Ok(())
}
