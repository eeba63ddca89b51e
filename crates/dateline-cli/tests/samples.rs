//! The sample reports, read by the real binary, against what a careful reader finds in them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// Looks at one report; each string says what is wrong.
struct Look<'a> {
    expected: &'a Value,
    found: &'a Value,
    wrong: Vec<String>,
}

#[test]
fn the_samples_are_read_as_a_careful_reader_reads_them() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let expected: Value =
        serde_json::from_slice(&std::fs::read(samples.join("expected.json")).unwrap()).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_dateline")).arg("extract").arg(&samples).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let lines = String::from_utf8(run.stdout).unwrap();
    let found: BTreeMap<String, Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|row| (row["id"].as_str().unwrap().to_owned(), row))
        .collect();

    let documents = expected["documents"].as_object().unwrap();
    assert_eq!(found.keys().collect::<Vec<_>>(), {
        let mut ids: Vec<_> = documents.keys().collect();
        ids.sort();
        ids
    });
    let wrong: Vec<String> = documents
        .iter()
        .flat_map(|(id, report)| {
            look(report, &found[id]).into_iter().map(move |wrong| format!("{id}: {wrong}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} things are wrong:\n{wrong:#?}", wrong.len());
}

fn look(expected: &Value, found: &Value) -> Vec<String> {
    let mut look = Look { expected, found, wrong: Vec::new() };
    look.one_of("headline", "title", "title_also");
    look.one_of("publisher", "outlet", "outlet_also");
    look.published();
    look.same("language");
    look.credits();
    look.dateline();
    look.ends();
    look.clutter();
    look.wrong
}

impl Look<'_> {
    fn check(&mut self, holds: bool, message: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(message());
        }
    }

    fn one_of(&mut self, field: &str, name: &str, also: &str) {
        let allowed: Vec<&Value> = std::iter::once(&self.expected[name])
            .chain(self.expected[also].as_array().into_iter().flatten())
            .collect();
        let got = &self.found[field];
        let holds = allowed.iter().any(|a| plain(a.as_str()) == plain(got.as_str()));
        let message = format!("{field} is {got}, expected {allowed:?}");
        self.check(holds, || message);
    }

    fn published(&mut self) {
        let got = self.found["published"]["value"].as_str();
        let holds = match self.expected["published"].as_str() {
            Some(day) => got.is_some_and(|g| g.starts_with(day)),
            None => got.is_none(),
        };
        let message =
            format!("published is {}, expected {}", self.found["published"], self.expected["published"]);
        self.check(holds, || message);
    }

    fn same(&mut self, field: &str) {
        let message = format!("{field} is {}, expected {}", self.found[field], self.expected[field]);
        self.check(self.found[field] == self.expected[field], || message);
    }

    fn credits(&mut self) {
        for credit in strings(&self.expected["credits"]) {
            let holds =
                strings(&self.found["credits"]).any(|c| plain(Some(c)).contains(&plain(Some(credit))));
            let message = format!("credits are {}, expected {credit:?}", self.found["credits"]);
            self.check(holds, || message);
        }
    }

    fn dateline(&mut self) {
        if let Some(place) = self.expected["dateline_place"].as_str() {
            let message = format!("dateline is {}, expected {place:?}", self.found["dateline"]);
            self.check(self.found["dateline"]["place"] == place, || message);
        }
    }

    fn ends(&mut self) {
        let text = folded(self.found["text"].as_str().unwrap_or_default());
        let first = folded(self.expected["first_sentence"].as_str().unwrap_or_default());
        let opening: String = text.chars().take(first.chars().count() + 60).collect();
        self.check(opening.contains(&first), || format!("opens {opening:?}, expected {first:?}"));
        let last: Vec<String> = self.expected["last_sentence"]
            .as_str()
            .into_iter()
            .chain(strings(&self.expected["last_sentence_also"]))
            .map(folded)
            .collect();
        let tail: String = text.chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
        self.check(last.iter().any(|l| text.ends_with(l.as_str())), || {
            format!("closes {tail:?}, expected {last:?}")
        });
    }

    fn clutter(&mut self) {
        let raw = self.found["text"].as_str().unwrap_or_default().to_owned();
        let text = folded(&raw);
        let clutter: Vec<String> = strings(&self.expected["clutter"]).map(str::to_owned).collect();
        for line in clutter {
            let alone = raw.lines().any(|l| folded(l) == folded(&line));
            let within = line.split_whitespace().count() > 2 && text.contains(&folded(&line));
            self.check(!alone && !within, || format!("kept {line:?}"));
        }
    }
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and digits alone: case and punctuation do not count.
fn plain(text: Option<&str>) -> String {
    text.unwrap_or_default()
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
