//! Are the chains of statements read right? Measures `annotate` on the marks of `eval/gold/attribution`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Where the texts of foreign reports lie, and which cases to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder that holds `data`
    #[arg(long, default_value = "../shared")]
    data: PathBuf,
    /// Only the cases whose errors are not read
    #[arg(long)]
    unseen: bool,
    /// Print the cases that are wrong; never for the unseen ones
    #[arg(long, conflicts_with = "unseen")]
    wrong: bool,
}

/// A statement with its chain.
struct Case {
    name: String,
    text: String,
    /// In code points.
    content: (usize, usize),
    chain: Vec<String>,
}

/// Prints the share of links that are right.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    crate::build_program()?;
    let gold = crate::root().join("eval/gold/attribution");
    let mut cases = own_cases(&fs::read_to_string(gold.join("chain.txt"))?);
    let texts = arguments.data.join("data/conflict/docs.jsonl");
    if texts.is_file() {
        cases.extend(foreign_cases(&fs::read_to_string(gold.join("conflict-marks.jsonl"))?, &texts)?);
    } else {
        println!("{} is not at hand: its marks are left out", texts.display());
    }
    cases.retain(|case| is_unseen(&case.name) == arguments.unseen);
    let found = annotated(&cases)?;
    let (mut right, mut links) = (0, 0);
    for (case, statements) in cases.iter().zip(&found) {
        let chain = chain(case, statements);
        let (these, all) = count(&case.chain, &chain);
        if arguments.wrong && these < all {
            println!("{}: {:?} is {:?}", case.name, chain, case.chain);
        }
        right += these;
        links += all;
    }
    println!(
        "{} cases, {right} of {links} links right: {:.3}",
        cases.len(),
        right as f64 / links.max(1) as f64
    );
    Ok(())
}

/// Every third case, by the number in its name.
fn is_unseen(name: &str) -> bool {
    name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().is_ok_and(|n| n % 3 == 0)
}

fn own_cases(file: &str) -> Vec<Case> {
    file.split("\n== ").skip(1).filter_map(own_case).collect()
}

fn own_case(block: &str) -> Option<Case> {
    let (name, body) = block.split_once('\n')?;
    let (marked, chain) = body.trim_end().rsplit_once("\n<")?;
    let points = |text: &str| text.chars().count();
    let start = points(marked.split_once('{')?.0);
    let end = points(marked.split_once('}')?.0) - 1;
    let names = chain.split('<').map(str::trim).filter(|name| !name.is_empty());
    Some(Case {
        name: name.trim().to_owned(),
        text: marked.replace(['{', '}'], ""),
        content: (start, end),
        chain: names.map(str::to_owned).collect(),
    })
}

fn foreign_cases(marks: &str, texts: &Path) -> Result<Vec<Case>> {
    let rows = fs::read_to_string(texts)?;
    let rows = rows.lines().map(serde_json::from_str::<Value>).collect::<Result<Vec<_>, _>>()?;
    let by_id: BTreeMap<&str, &str> =
        rows.iter().filter_map(|row| Some((row["id"].as_str()?, row["text"].as_str()?))).collect();
    let case = |(number, line): (usize, &str)| {
        let mark: Value = serde_json::from_str(line)?;
        let text = mark["id"].as_str().and_then(|id| by_id.get(id)).context("a mark without its text")?;
        let pair = |value: &Value| {
            let at = |n: usize| value[n].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            (at(0), at(1))
        };
        let words =
            |(start, end): (usize, usize)| text.chars().skip(start).take(end - start).collect::<String>();
        let relays = mark["reported_by"].as_array().into_iter().flatten();
        Ok(Case {
            name: format!("s{:03}", number + 1),
            text: (*text).to_owned(),
            content: pair(&mark["content"]),
            chain: [&mark["speaker"]].into_iter().chain(relays).map(|place| words(pair(place))).collect(),
        })
    };
    marks.lines().enumerate().map(case).collect()
}

/// The statements that the program finds in each case.
fn annotated(cases: &[Case]) -> Result<Vec<Vec<Value>>> {
    let lines: String = cases
        .iter()
        .map(|case| format!("{}\n", json!({"id": case.name, "language": "en", "text": case.text})))
        .collect();
    let mut program = Command::new(crate::program())
        .args(["annotate", "--as-is", "--quiet", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = program.stdin.take().context("no way in")?;
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = program.wait_with_output()?;
    writer.join().map_err(|_| anyhow::anyhow!("the writer stopped"))??;
    let printed = String::from_utf8(output.stdout)?;
    let statements = |line: &str| -> Result<Vec<Value>> {
        let row: Value = serde_json::from_str(line)?;
        Ok(row["attributions"].as_array().cloned().unwrap_or_default())
    };
    printed.lines().map(statements).collect()
}

/// The chain of the statement that is meant: the nearest content, then the innermost.
fn chain(case: &Case, statements: &[Value]) -> Option<Vec<String>> {
    let marked: BTreeSet<usize> = (case.content.0..case.content.1).collect();
    let rated = statements.iter().filter_map(|statement| {
        let content = characters(&statement["content"]);
        let shared = marked.intersection(&content).count() * 200;
        let dice = shared / (marked.len() + content.len()).max(1);
        (dice >= 50).then(|| ((dice, depth(statements, statement)), statement))
    });
    let (_, best) = rated.max_by_key(|(rank, _)| *rank)?;
    let name = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let relays = best["reported_by"].as_array().into_iter().flatten().map(name);
    Some([name(&best["speaker"])].into_iter().chain(relays).collect())
}

fn characters(spans: &Value) -> BTreeSet<usize> {
    let place = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    spans.as_array().into_iter().flatten().flat_map(|span| place(&span[0])..place(&span[1])).collect()
}

fn depth(statements: &[Value], statement: &Value) -> usize {
    let mut at = statement;
    let mut depth = 0;
    while let Some(outer) = at["within"].as_u64().and_then(|n| statements.get(usize::try_from(n).ok()?)) {
        depth += 1;
        at = outer;
        if depth > statements.len() {
            break;
        }
    }
    depth
}

/// Right links, and all links, marked or given in excess.
fn count(marked: &[String], given: &Option<Vec<String>>) -> (usize, usize) {
    match given {
        Some(given) if marked.is_empty() => (usize::from(given.iter().all(String::is_empty)), 1),
        Some(given) => {
            let right = marked.iter().zip(given).filter(|(a, b)| same(a, b)).count();
            (right, marked.len().max(given.len()))
        }
        None => (0, marked.len().max(1)),
    }
}

/// All words of one among the other's, or the same last word.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let within = |x: &[String], y: &[String]| x.iter().all(|word| y.contains(word));
    !a.is_empty() && !b.is_empty() && (within(&a, &b) || within(&b, &a) || a.last() == b.last())
}

fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace("'s", " ").replace("’s", " ");
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let small = ["", "the", "a", "an", "of", "on", "in", "at", "to"];
    words.filter(|word| !small.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gold_can_be_read() {
        let file = fs::read_to_string(crate::root().join("eval/gold/attribution/chain.txt")).unwrap();
        let cases = own_cases(&file);
        assert_eq!(cases.len(), file.matches("\n== ").count());
        assert!(cases.iter().all(|case| case.content.0 < case.content.1));
    }

    #[test]
    fn names_are_compared_by_their_words() {
        for (a, b, expected) in [
            ("the Kremlin", "kremlin", true),
            ("Maret", "anna maret", true),
            ("the ministry's spokesman", "spokesman", true),
            ("Maret", "oran", false),
            ("", "oran", false),
        ] {
            assert_eq!(same(a, b), expected, "{a} {b}");
        }
    }
}
