//! Reads every `.html` of the folders given and prints one article a line, in the contract's form; with
//! `--time` in front, prints nothing but the pages read in a second of one thread.
//!
//! `cargo run --release --example articles -- FOLDER…`

#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use dateline_extract::decode;
use dateline_extract::html::{Page, Reader};
use dateline_ingest::{CharsetClues, detect_charset};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new();
    let mut arguments = std::env::args().skip(1).peekable();
    let timed = arguments.next_if(|a| a == "--time").is_some();
    let mut files = Vec::new();
    for folder in arguments {
        files.extend(pages(Path::new(&folder))?);
    }
    if timed {
        println!("{:.0} pages a second", speed(&reader, &files)?);
        return Ok(());
    }
    for file in files {
        let bytes = std::fs::read(&file)?;
        let decoded = decode(&bytes, detect_charset(&bytes, CharsetClues::default()).0.name);
        println!("{}", line(&file, &reader.read(&decoded)));
    }
    Ok(())
}

fn pages(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let files = std::fs::read_dir(folder)?.map(|e| Ok(e?.path()));
    let mut files = files.collect::<std::io::Result<Vec<_>>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "html"));
    files.sort();
    Ok(files)
}

/// Reads the files first, so that only the reading of pages is timed.
fn speed(reader: &Reader, files: &[PathBuf]) -> std::io::Result<f64> {
    let pages = files.iter().map(std::fs::read).collect::<std::io::Result<Vec<_>>>()?;
    let began = Instant::now();
    let mut told = 0;
    for bytes in &pages {
        let decoded = decode(bytes, detect_charset(bytes, CharsetClues::default()).0.name);
        let page = reader.read(&decoded);
        told += page.text().len() + page.set_aside().len();
    }
    std::hint::black_box(told);
    Ok(pages.len() as f64 / began.elapsed().as_secs_f64())
}

fn line(file: &Path, page: &Page<'_>) -> Value {
    let aside: Vec<Value> =
        page.set_aside().iter().map(|s| json!({"quote": s.quote, "why": s.why})).collect();
    json!({
        "id": file.file_stem().unwrap_or_default().to_string_lossy(),
        "text": page.text().as_str(),
        "set_aside": aside,
    })
}
