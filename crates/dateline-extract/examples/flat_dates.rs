//! Prints the day of publication of each flattened page of a folder, one JSON object a line, with all candidates.

use std::path::PathBuf;

use dateline_extract::published::{DateReader, LinesContext};
use dateline_extract::{
    decode,
    flat::{Known, Reader},
};
use serde_json::{Value, json};

#[expect(clippy::print_stdout, reason = "the program's purpose")]
fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let (reader, dates) = (Reader::new(), DateReader::new());
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
        let text = decode(&std::fs::read(file)?, "utf-8");
        let reading = reader.read(&text, Known::default());
        let language = reading.language.as_ref().map(|l| l.code.as_str());
        let dated =
            dates.of_lines(&text, &reading.page, LinesContext { language, ..LinesContext::default() });
        let published = dated
            .published
            .map(|p| json!({"value": p.value.to_string(), "quote": p.quote, "reason": p.reason}));
        let candidates: Value =
            dated.candidates.iter().map(|c| json!([c.value.to_string(), c.reason, c.quote])).collect();
        let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        println!("{}", json!({"id": id, "published": published, "candidates": candidates}));
    }
    Ok(())
}
