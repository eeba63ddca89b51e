//! A correction makes anew what it reaches and leaves the rest: corrections that are made one by one give the record
//! that the same log gives when all of it is held against all events.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use dateline_correct::{Request, Signature};
use dateline_model::{Correction, Outcome};
use dateline_pipeline::{bring_up_to_date, corrections, make_corrections, resolve_correction};
use dateline_store::{Store, StoreWriter};
use serde_json::{Value, json};

mod program;

use program::{command, file, folder, path};

/// Corrections of each log.
const CORRECTIONS: usize = 30;

#[test]
fn corrections_at_random_give_the_record_of_the_whole_log() {
    let folder = folder("reached");
    let built = built(&folder);
    for seed in 1..=4 {
        let log = check(&built, &format!("random-{seed}"), |record| correct_at_random(record, Random(seed)));
        assert!(log.len() > CORRECTIONS / 2, "most hold: {log:?}");
    }
}

#[test]
fn reports_that_are_cited_from_outside_an_event_and_taken_for_one_reach_it() {
    let folder = folder("reached-from-outside");
    let built = built(&folder);
    let named = |part: &str| {
        let names = Store::open(&built).unwrap().events_named_like("").unwrap();
        names.into_iter().find(|name| name.contains(part)).unwrap()
    };
    let set = |field: &str, value: &str, report: &str, quote: &str| {
        let evidence = [json!({"report": report, "quote": quote})];
        json!({"does": "set", "event": named("abduct"), "field": field, "value": value, "evidence": evidence})
    };
    let requests = [
        set("killed", "9", "harvest", "nine farmers"),
        set("place", "Merin", "court", "Merin"),
        json!({"does": "dependent", "reports": ["harvest", "court"]}),
    ];
    let log = check(&built, "outside", |record| {
        let correct = |request: &Value| correct(record, &serde_json::from_value(request.clone()).unwrap(), 0);
        requests.iter().filter_map(correct).collect()
    });
    assert_eq!(log.len(), requests.len(), "none is refused");
}

/// Corrections that `make` makes in a record one by one, held against the same log in a record that it is all of it
/// held against; the log.
fn check(
    built: &Path,
    name: &str,
    make: impl FnOnce(&mut StoreWriter) -> Vec<Correction>,
) -> Vec<Correction> {
    let one_by_one = built.with_file_name(format!("{name}-one-by-one.dateline"));
    let whole = built.with_file_name(format!("{name}-whole.dateline"));
    fs::copy(built, &one_by_one).unwrap();
    fs::copy(built, &whole).unwrap();
    let log = make(&mut StoreWriter::open(&one_by_one).unwrap());
    let mut record = StoreWriter::open(&whole).unwrap();
    record.append_corrections(&log).unwrap();
    bring_up_to_date(&mut record).unwrap();
    drop(record);
    for (one, other) in outcomes(&one_by_one).into_iter().zip(outcomes(&whole)) {
        assert_eq!(one, other, "{name}: of {log:#?}");
    }
    assert!(events(&one_by_one) == events(&whole), "{name}: the same events");
    log
}

/// Makes what a person might who reads here and there; the entries of the log.
fn correct_at_random(record: &mut StoreWriter, mut random: Random) -> Vec<Correction> {
    let mut log = Vec::new();
    for n in 0..CORRECTIONS {
        let request = random.request(record.store(), &log);
        log.extend(correct(record, &request, n));
    }
    log
}

/// The entry that is made of a request; none where it is refused, as it is for a person who asks for what is not there.
fn correct(record: &mut StoreWriter, request: &Request, n: usize) -> Option<Correction> {
    let who = ["Ada Lund", "Ben Rask"][n % 2].to_owned();
    let by = Signature { who, when: format!("2020-05-01T10:{n:02}Z"), why: "as it reads".to_owned() };
    let correction = resolve_correction(record.store(), request, &by).ok()?;
    make_corrections(record, std::slice::from_ref(&correction)).unwrap();
    Some(correction)
}

/// Numbers that are the same in every run (xorshift: Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % count
    }

    fn of<'v>(&mut self, values: &'v [String]) -> &'v str {
        &values[self.below(values.len())]
    }

    fn request(&mut self, record: &Store, log: &[Correction]) -> Request {
        let names = record.events_named_like("").unwrap();
        let name = self.of(&names).to_owned();
        let event: Value = serde_json::from_str(&record.event(&name).unwrap().unwrap().0).unwrap();
        let reports: Vec<String> =
            event["accounts"].as_array().unwrap().iter().map(|account| word(&account["id"])).collect();
        let report = self.of(&reports).to_owned();
        let all = record.report_ids().unwrap();
        let request = match self.below(12) {
            0 | 1 => json!({"does": "merge", "events": [name, self.of(&names)]}),
            2 => json!({"does": "split", "event": name, "reports": [report]}),
            3 | 4 => json!({"does": "reject", "event": name, "report": report}),
            5 | 6 => {
                let told_by = if self.below(2) == 0 { report } else { self.of(&all).to_owned() };
                let words = self.words(record, &told_by);
                let value = format!("{}", 2 + self.below(5));
                let evidence = [json!({"report": told_by, "quote": words, "at": 0})];
                json!({"does": "set", "event": name, "field": "killed", "value": value, "evidence": evidence})
            }
            7 => json!({"does": "unset", "event": name, "field": "place"}),
            8 => {
                json!({"does": "same-entity", "entities": [self.actor(record, &names), self.actor(record, &names)]})
            }
            9 => json!({"does": "dependent", "reports": [report, self.of(&all)]}),
            _ if log.is_empty() => json!({"does": "undo", "correction": "none"}),
            _ => json!({"does": "undo", "correction": log[self.below(log.len())].id}),
        };
        serde_json::from_value(request).unwrap()
    }

    /// The first words of a report.
    fn words(&mut self, record: &Store, report: &str) -> String {
        let text = record.article(report).unwrap().unwrap().text;
        text.split_inclusive(' ').take(2 + self.below(3)).collect()
    }

    /// Somebody whom an event speaks of.
    fn actor(&mut self, record: &Store, names: &[String]) -> String {
        for _ in 0..20 {
            let (line, _) = record.event(self.of(names)).unwrap().unwrap();
            let event: Value = serde_json::from_str(&line).unwrap();
            let participants = event["participants"].as_array().unwrap();
            if !participants.is_empty() {
                return word(&participants[self.below(participants.len())]["entity"]);
            }
        }
        "nobody".to_owned()
    }
}

fn built(folder: &Path) -> PathBuf {
    let record = folder.join("built.dateline");
    run(&["build", "--as-is", "--quiet", "-o", path(&record), path(&file(folder, "pile.jsonl", &pile()))]);
    record
}

/// Reports of three outlets on what some persons do in some towns, many of them of the same, two that tell of
/// nothing that they do, and some of arrests on no known day.
fn pile() -> Vec<String> {
    let whats = [
        "President Ada Brenn met Prime Minister Karl Ost in Merin on Tuesday. They spoke about the gas pipeline.",
        "A car bomb killed 12 people at the market of Velin on Monday, police said.",
        "Gunmen of the Karna Front kidnapped the mayor of Saren on Wednesday, his deputy said.",
        "Karl Ost phoned King Tarek on Thursday. King Tarek promised aid to Saren Hill.",
        "Lorry drivers protested in Merin on Friday against the price of diesel. Police arrested 9 people.",
        "The Karna Front shelled Velin on Saturday and killed 3 people. Ada Brenn condemned the attack.",
    ];
    let hows = [
        ("Karna Daily", ""),
        ("Gulf Ledger", "The news spread at once in the streets and in the cafés. "),
        ("Velinsk Post", "It was a quiet week until then. "),
    ];
    let asides = [
        ("harvest", "The harvest was good this year, nine farmers said. Prices may fall before the autumn."),
        ("court", "A new roof for the old court of Merin will be paid for by the province."),
    ];
    // Three that would have one name, and when one of them goes by another act or place, two.
    let arrests = [
        ("arrest-1", "2019-01-05", "Police arrested 40 people at a protest in Cairo. Shops stayed open."),
        ("arrest-2", "2019-02-20", "Police arrested 7 people at a protest in Cairo. It rained all night."),
        ("arrest-3", "2019-06-11", "Police arrested 9 people at a protest in Cairo. The trams stood still."),
        (
            "arrest-4",
            "2019-06-12",
            "Police arrested 9 people at a protest in Cairo, and 12 in Merin, they said.",
        ),
    ];
    let weeks = ["2019-03-10", "2019-04-14"];
    let report = |id: &str, outlet: &str, published: &str, text: &str| {
        json!({"id": id, "publisher": outlet, "published": published, "text": text}).to_string()
    };
    let mut reports = asides.map(|(id, text)| report(id, "Karna Daily", "2019-04-20", text)).to_vec();
    reports.extend(arrests.map(|(id, day, text)| report(id, id, day, text)));
    for (n, what) in whats.iter().enumerate() {
        for (m, (outlet, how)) in hows.iter().enumerate() {
            for week in weeks {
                let also = whats[(n + m + 1) % whats.len()];
                let id = format!("{outlet}-{n}-{week}").to_lowercase().replace(' ', "-");
                let text = format!("{how}{what} {also}");
                reports.push(
                    json!({"id": id, "publisher": outlet, "published": week, "text": text}).to_string(),
                );
            }
        }
    }
    reports
}

fn outcomes(record: &Path) -> Vec<(Correction, Option<Outcome>)> {
    corrections(&Store::open(record).unwrap()).unwrap()
}

fn events(record: &Path) -> String {
    run(&["export", path(record), "--format", "jsonl"])
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn run(arguments: &[&str]) -> String {
    let output = command(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
