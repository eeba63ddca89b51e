//! What a stranger's record keeps for comparing its reports is compared, whatever it says: places beyond the text,
//! numbers that are none, names without letters. It may be refused; it stops nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot write a file should say so loudly")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use dateline_export::AnnotationView;
use dateline_model::Origin;
use dateline_pipeline::{COMPARE_MEMORY, compare_reports};
use dateline_store::{PackedReport, ReadElsewhere, Store, StoreWriter};
use serde_json::{Value, json};

mod program;

use program::{command, file, folder, path};

#[test]
fn the_dossiers_of_a_stranger_are_compared_or_refused() {
    let folder = folder("hostile-dossiers");
    let told = [
        "A car bomb killed at least 14 people in Dorvin on Tuesday, police said. The market was full of buyers.\n\n\
         President Ida Brask phoned Prime Minister Olaf Tern on Wednesday, her office said. They spoke about the canal.",
        "A car bomb killed 11 people in Dorvin on Tuesday, a doctor told Gulf Ledger. The market was full of buyers.",
        "A car bomb killed at least 14 people in Dorvin on Tuesday, police said. The market was full of buyers.",
    ];
    let line = |(n, text): (usize, &&str)| {
        json!({"id": format!("report-{n}"), "publisher": "Gulf Ledger", "published": "2019-03-07", "headline": "Bomb in Dorvin",
            "text": text})
        .to_string()
    };
    let pile = file(&folder, "pile.jsonl", &told.iter().enumerate().map(line).collect::<Vec<_>>());
    let annotated = command(&["annotate", "--for-build", "--as-is", path(&pile)]).output().unwrap();
    let lines = String::from_utf8(annotated.stdout).unwrap();
    let views: Vec<AnnotationView> =
        lines.lines().map(|line| AnnotationView::of_line(line).unwrap()).collect();
    let dossiers: Vec<Value> =
        views.iter().map(|view| serde_json::to_value(&view.dossier).unwrap()).collect();
    let record = folder.join("r.dateline");
    let compared = |first: &Value| {
        put(&record, &views, &[first, &dossiers[1], &dossiers[2]]);
        let mut record = StoreWriter::open(&record).unwrap();
        compare_reports(&mut record, COMPARE_MEMORY, |_| {}).is_ok()
    };
    assert!(compared(&dossiers[0]));
    assert!(Store::open(&record).unwrap().events().unwrap().len() > 1, "there is something to compare");

    let (mut taken, mut refused) = (0, 0);
    for place in places(&dossiers[0], String::new()) {
        for harm in harms(dossiers[0].pointer(&place).unwrap()) {
            let mut dossier = dossiers[0].clone();
            *dossier.pointer_mut(&place).unwrap() = harm.clone();
            match catch_unwind(AssertUnwindSafe(|| compared(&dossier))) {
                Ok(true) => taken += 1,
                Ok(false) => refused += 1,
                Err(_) => panic!("{place}: {harm} stops comparing"),
            }
        }
    }
    println!("{taken} taken, {refused} refused");
    assert!(taken > 50 && refused > 50, "{taken} taken, {refused} refused");
}

/// A record of these reports, each with the dossier that is given for it.
fn put(path: &Path, views: &[AnnotationView], dossiers: &[&Value]) {
    let _ = std::fs::remove_file(path);
    let origin = Origin { file: "pile.jsonl".to_owned(), place: None };
    let report = |(view, dossier): (&AnnotationView, &&Value)| {
        let (key, size, _) = view.capture.clone().unwrap();
        PackedReport::read_elsewhere(&ReadElsewhere {
            dossier: &view.dossier,
            key,
            sha256: view.sha256,
            media_type: &view.media_type,
            charset: &view.charset,
            uri: None,
            retrieved: None,
            origin: &origin,
            size,
            language: view.language.as_deref(),
            has_headline: view.has_headline,
            byline: None,
            published_basis: view.published_basis.as_deref(),
            statements: Vec::new(),
            diagnostics: &[],
            map: &view.map,
            findings: &view.findings,
            packed_dossier: &dossier.to_string(),
        })
    };
    let reports: Vec<PackedReport> = views.iter().zip(dossiers).map(report).collect();
    StoreWriter::open(path).unwrap().add(&reports, &[], "test").unwrap();
}

/// Where everything in it stands, as JSON pointers.
fn places(value: &Value, at: String) -> Vec<String> {
    let below: Vec<String> = match value {
        Value::Object(fields) => {
            let name = |name: &String| name.replace('~', "~0").replace('/', "~1");
            fields.iter().flat_map(|(key, value)| places(value, format!("{at}/{}", name(key)))).collect()
        }
        // Those of a list are alike: the first and the last stand for all.
        Value::Array(items) => {
            let ends = [0, items.len().saturating_sub(1)];
            let ends = if ends[0] == ends[1] { &ends[..items.len().min(1)] } else { &ends[..] };
            ends.iter().flat_map(|n| places(&items[*n], format!("{at}/{n}"))).collect()
        }
        _ => Vec::new(),
    };
    [at].into_iter().filter(|at| !at.is_empty()).chain(below).collect()
}

/// What may stand in the place of a value.
fn harms(value: &Value) -> Vec<Value> {
    let mut harms = vec![Value::Null, json!("")];
    match value {
        Value::Number(_) => harms.extend([json!(0), json!(7), json!(u32::MAX), json!(-1), json!(1e300)]),
        Value::String(_) => {
            harms.extend([json!("\u{0}\u{1b}\u{301}"), json!("9999-99-99"), json!("é".repeat(3))]);
        }
        Value::Array(items) => harms.extend([json!([]), Value::Array([&items[..], &items[..]].concat())]),
        Value::Object(_) => harms.push(json!({})),
        Value::Bool(is) => harms.push(json!(!is)),
        Value::Null => harms.extend([json!(0), json!({}), json!([])]),
    }
    harms
}
