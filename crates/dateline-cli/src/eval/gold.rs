//! A data set's own marks: one JSON object a line, with `text` and `entities`.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// One document as people marked it.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) line: Value,
    pub(crate) marks: Vec<Mark>,
}

/// One mark: offsets in code points.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: String,
    /// Start and end of its head word, where the data tell.
    pub(crate) head: Option<(u32, u32)>,
    pub(crate) chain: Option<String>,
    pub(crate) named: bool,
}

/// The data files that `path` names: a file, or all `.jsonl` files of a folder.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let folder = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut files: Vec<PathBuf> = folder.map(|e| Ok(e?.path())).collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    if files.is_empty() {
        bail!("{} holds no .jsonl file", path.display());
    }
    Ok(files)
}

/// The documents of one file.
pub(crate) fn documents(file: &Path) -> Result<Vec<Document>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(document).collect::<Result<_>>().with_context(|| format!("{} is no data set", file.display()))
}

fn document(line: &str) -> Result<Document> {
    let line: Value = serde_json::from_str(line)?;
    let marks =
        line["entities"].as_array().context("a line without `entities`")?.iter().filter_map(mark).collect();
    let id = line["id"].as_str().context("a line without `id`")?.to_owned();
    Ok(Document { id, line, marks })
}

fn mark(value: &Value) -> Option<Mark> {
    let number = |value: &Value| u32::try_from(value.as_u64()?).ok();
    let head = &value["head"];
    Some(Mark {
        start: number(&value["start"])?,
        end: number(&value["end"])?,
        kind: value["type"].as_str()?.to_owned(),
        head: number(&head[0]).zip(number(&head[1])),
        chain: (!value["chain"].is_null()).then(|| value["chain"].to_string()),
        named: value["named"].as_bool().unwrap_or(true),
    })
}
