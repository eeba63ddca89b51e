//! The main job as a library: from inputs to the events of the record, one JSON object a line.
//!
//! `cargo run --release -p dateline-pipeline --example record -- examples/reports`

use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use dateline_cluster::AccountConfig;
use dateline_export::{TextOffsets, record_line};
use dateline_extract::Extractor;
use dateline_ingest::{Config, Treatment, ingest};
use dateline_model::Dossier;
use dateline_nlp::Pipeline;
use dateline_pipeline::{Annotator, Depth, Extracted, build_record, dossier, extract_inputs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut inputs: Vec<String> = std::env::args().skip(1).collect();
    let as_is = inputs.first().is_some_and(|first| first == "--as-is");
    inputs.retain(|input| input != "--as-is");
    let treatment = if as_is { Treatment::AsIs } else { Treatment::Clean };
    let mut out = std::io::stdout().lock();
    let dossiers = match inputs.first() {
        Some(file) if file.ends_with(".dossiers") => read(file)?,
        _ => gather(&inputs, treatment)?,
    };
    // What the corpus stages need of each report, to be read again by this program: a file that ends in
    // `.dossiers`.
    if std::env::var_os("DOSSIERS").is_some() {
        for dossier in &dossiers {
            writeln!(out, "{}", serde_json::to_string(dossier)?)?;
        }
        return Ok(());
    }
    let (dossiers, record) = build_record(dossiers);
    let texts = TextOffsets::new(dossiers.iter().map(|d| (d.id.as_str(), d.text.as_str())));
    let headlines = TextOffsets::new(dossiers.iter().map(|d| (d.id.as_str(), d.headline.as_str())));
    for event in &record.events {
        writeln!(out, "{}", record_line(event, &texts, &headlines)?)?;
    }
    Ok(())
}

fn gather(inputs: &[String], treatment: Treatment) -> Result<Vec<Dossier>, Box<dyn std::error::Error>> {
    let config = AccountConfig::built_in();
    let annotator = Annotator::new(Pipeline::english()?, Depth::Full, None);
    let read = |article: &_| dossier(article, &annotator.annotate(article), &config);
    let ingested = ingest(inputs.iter().cloned(), &Config { treatment, ..Config::default() });
    let mut dossiers = Vec::new();
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    extract_inputs(ingested, &Extractor::new(), threads, read, |extracted| {
        if let Extracted::Article(dossier) = extracted {
            dossiers.push(dossier);
        }
        ControlFlow::Continue(())
    });
    Ok(dossiers)
}

fn read(file: &str) -> Result<Vec<Dossier>, Box<dyn std::error::Error>> {
    let lines = std::fs::read_to_string(file)?;
    Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}
