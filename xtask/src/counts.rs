//! How well are the killed and the injured counted? Our own scorer over hand-read reports of incidents.
//!
//! For each report: a count that overlaps the quote of a figure (killed, wounded, or a further figure of
//! either) is right when it has the least and the most of one that it overlaps. Precision is over the
//! counts that overlap a quote; recall over the figure that a report puts first for each incident, which
//! must be found under its own kind.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// A figure of a report, or a count that was read in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Figure {
    kind: String,
    start: u64,
    end: u64,
    min: Option<u64>,
    max: Option<u64>,
    /// The figure that the report puts first.
    first: bool,
}

/// Precision and recall, by name, of what `program` reads in the reports of `folder`.
pub(crate) fn scores(program: &Path, folder: &Path) -> Result<BTreeMap<String, f64>> {
    let expected = expected(&lines(&folder.join("incidents-dev.jsonl"))?);
    let mut seen = BTreeSet::new();
    let reports = lines(&folder.join("docs.jsonl"))?.into_iter().filter(|report| {
        let id = report["id"].as_str().unwrap_or_default();
        // Some ids stand twice; the figures are those of the first.
        expected.contains_key(id) && seen.insert(id.to_owned())
    });
    let input: String = reports
        .map(|r| json!({"id": r["id"], "text": r["text"], "published": r["published"]}).to_string() + "\n")
        .collect();
    let read = annotated(program, input)?;
    let mut tally = Tally::default();
    for (id, figures) in &expected {
        tally.add(figures, read.get(id).map_or(&[], Vec::as_slice));
    }
    Ok(tally.scores())
}

#[derive(Default)]
struct Tally {
    right: u32,
    overlapping: u32,
    found: u32,
    first: u32,
}

impl Tally {
    fn add(&mut self, figures: &[Figure], counts: &[Figure]) {
        for count in counts {
            let over: Vec<&Figure> = figures.iter().filter(|f| overlap(f, count)).collect();
            self.overlapping += u32::from(!over.is_empty());
            self.right += u32::from(over.iter().any(|f| same(f, count)));
        }
        for figure in figures.iter().filter(|f| f.first) {
            self.first += 1;
            let found = |c: &Figure| c.kind == figure.kind && overlap(c, figure) && same(c, figure);
            self.found += u32::from(counts.iter().any(found));
        }
    }

    fn scores(&self) -> BTreeMap<String, f64> {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        let (precision, recall) = (share(self.right, self.overlapping), share(self.found, self.first));
        [("count_precision".to_owned(), precision), ("count_recall".to_owned(), recall)].into()
    }
}

fn overlap(a: &Figure, b: &Figure) -> bool {
    a.start < b.end && b.start < a.end
}

fn same(a: &Figure, b: &Figure) -> bool {
    (a.min, a.max) == (b.min, b.max)
}

/// The figures of each report, by its id.
fn expected(incidents: &[Value]) -> BTreeMap<String, Vec<Figure>> {
    let mut all: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for account in incidents.iter().flat_map(|i| i["accounts"].as_array().into_iter().flatten()) {
        let figures = all.entry(account["report"].as_str().unwrap_or_default().to_owned()).or_default();
        for kind in ["killed", "wounded"] {
            figures.extend(figure(kind, &account[kind]).map(|f| Figure { first: true, ..f }));
            let others = account[format!("{kind}_other")].as_array().into_iter().flatten();
            figures.extend(others.filter_map(|f| figure(kind, f)));
        }
    }
    all
}

fn figure(kind: &str, value: &Value) -> Option<Figure> {
    Some(Figure {
        kind: kind.to_owned(),
        start: value["start"].as_u64()?,
        end: value["end"].as_u64()?,
        min: value["min"].as_u64(),
        max: value["max"].as_u64(),
        first: false,
    })
}

/// What the program counts in each report, by its id.
fn annotated(program: &Path, input: String) -> Result<BTreeMap<String, Vec<Figure>>> {
    let mut child = Command::new(program)
        .args(["annotate", "--as-is", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run the program")?;
    let mut stdin = child.stdin.take().context("the program takes no input")?;
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    if !output.status.success() || writer.join().is_err() {
        bail!("the program failed");
    }
    let printed = String::from_utf8(output.stdout)?;
    printed.lines().map(|line| counts(&serde_json::from_str(line)?)).collect()
}

fn counts(report: &Value) -> Result<(String, Vec<Figure>)> {
    let events = report["events"].as_array().into_iter().flatten().filter(|e| e.get("of").is_none());
    let counts = events.flat_map(|e| e["counts"].as_array().into_iter().flatten());
    let kind = |count: &Value| count["kind"].as_str().unwrap_or_default().to_owned();
    let of_people = counts.filter(|c| matches!(&*kind(c), "killed" | "wounded"));
    let id = report["id"].as_str().context("a line without id")?.to_owned();
    Ok((id, of_people.filter_map(|c| figure(&kind(c), c)).collect()))
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_must_have_both_bounds() {
        let at_least = |n| json!({"start": 10, "end": 30, "min": n, "max": null});
        let incident = json!({"accounts": [{"report": "a", "killed": at_least(12), "wounded": null}]});
        let expected = expected(&[incident]);
        for (count, scores) in [
            (json!({"start": 12, "end": 20, "min": 12, "max": null}), (1.0, 1.0)),
            (json!({"start": 12, "end": 20, "min": 12, "max": 12}), (0.0, 0.0)),
        ] {
            let mut tally = Tally::default();
            tally.add(&expected["a"], &[figure("killed", &count).unwrap()]);
            let found = tally.scores();
            assert_eq!((found["count_precision"], found["count_recall"]), scores, "{count}");
        }
    }
}
