//! Reads every `.txt` of the folders given and prints one article a line, in the contract's form.
//!
//! `cargo run --release --example flat_articles -- FOLDER…`

#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::path::Path;

use dateline_extract::decode;
use dateline_extract::flat::{Known, Reader, Reading};
use dateline_model::Evidence;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new();
    for folder in std::env::args().skip(1) {
        let mut files =
            std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<std::io::Result<Vec<_>>>()?;
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
            let decoded = decode(&std::fs::read(file)?, "utf-8");
            println!("{}", line(file, &reader.read(&decoded, Known::default())));
        }
    }
    Ok(())
}

fn line(file: &Path, reading: &Reading) -> Value {
    let value = |e: &Option<Evidence>| e.as_ref().map(|e| e.value.clone());
    json!({
        "id": file.file_name().map(|n| n.to_string_lossy()),
        "language": reading.language.as_ref().map(|l| &l.code),
        "headline": reading.headline.as_ref().map(dateline_model::Headline::as_str),
        "publisher": value(&reading.publisher),
        "byline": value(&reading.byline),
        "credits": reading.credits.iter().map(|c| &c.value).collect::<Vec<_>>(),
        "published": null,
        "dateline": reading.dateline.as_ref().map(|d| json!({"place": value(&d.place), "date": value(&d.date)})),
        "text": reading.text.as_str(),
        "set_aside": reading.set_aside.iter().map(|s| json!({"quote": s.quote, "why": s.why})).collect::<Vec<_>>(),
        "diagnostics": reading.diagnostics,
    })
}
