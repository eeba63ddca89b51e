//! Prints what each page of a folder says of itself, one JSON object a line: `metadata FOLDER [--candidates]`.

use std::path::PathBuf;

use dateline_extract::decode;
use dateline_extract::html::Document;
use dateline_extract::metadata::{Metadata, MetadataReader, PageOrigin};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| ".".into()));
    let candidates = arguments.next().is_some();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let reader = MetadataReader::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "html")) {
        let text = decode(&std::fs::read(file)?, "utf-8");
        let metadata = reader.of_page(&Document::parse(&text), PageOrigin::default());
        let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        println!("{}", row(&id, &metadata, candidates));
    }
    Ok(())
}

fn row(id: &str, metadata: &Metadata, candidates: bool) -> Value {
    let mut row = json!({ "id": id });
    if let Some(p) = &metadata.published {
        row["published"] = json!({"value": p.value.to_string(), "quote": p.quote, "reason": p.reason});
    }
    if candidates {
        let list = metadata.date_candidates.iter();
        row["candidates"] = list.map(|c| json!([c.value.to_string(), c.reason, c.quote, c.weight])).collect();
    }
    row
}
