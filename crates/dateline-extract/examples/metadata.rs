//! Prints what each page of a folder says of itself, one JSON object a line: `metadata FOLDER [--candidates]`.

use std::path::PathBuf;

use dateline_extract::decode;
use dateline_extract::html::Document;
use dateline_extract::metadata::{Metadata, MetadataReader, PageOrigin};
use serde_json::{Value, json};

#[expect(clippy::print_stdout, reason = "the program's purpose")]
fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| ".".into()));
    let candidates = arguments.next().is_some();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let reader = MetadataReader::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "html")) {
        let bytes = std::fs::read(file)?;
        let text = decode(&bytes, charset(&bytes));
        let metadata = reader.of_page(&Document::parse(&text), PageOrigin::default());
        let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        println!("{}", row(&id, &metadata, candidates));
    }
    Ok(())
}

/// The charset that the head of the page names, if the page is not UTF-8.
fn charset(bytes: &[u8]) -> &str {
    let head = &bytes[..bytes.len().min(4096)];
    let named = |at: usize| {
        let rest = head[at + 8..].strip_prefix(b"\"").unwrap_or(&head[at + 8..]);
        let length =
            rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
        std::str::from_utf8(&rest[..length]).ok()
    };
    let at = head.windows(8).position(|w| w.eq_ignore_ascii_case(b"charset="));
    if std::str::from_utf8(bytes).is_ok() { "utf-8" } else { at.and_then(named).unwrap_or("utf-8") }
}

fn row(id: &str, metadata: &Metadata, candidates: bool) -> Value {
    let mut row = json!({ "id": id });
    if let Some(p) = &metadata.published {
        row["published"] = json!({"value": p.value.to_string(), "quote": p.quote, "reason": p.reason});
    }
    row["headline"] = metadata.headline.as_ref().map(|h| h.as_str().to_owned()).into();
    row["byline"] = metadata.byline.as_ref().map(|b| b.value.clone()).into();
    row["publisher"] = metadata.publisher.as_ref().map(|b| b.value.clone()).into();
    row["language"] = metadata.language.clone().into();
    if candidates {
        let list = metadata.date_candidates.iter();
        row["candidates"] = list.map(|c| json!([c.value.to_string(), c.reason, c.quote, c.weight])).collect();
    }
    row
}
