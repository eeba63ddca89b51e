//! Corrections by the real binary: what a person puts right is in the record at once, stays in later builds,
//! can be undone, and is set aside where its evidence is gone.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

mod program;

use program::{command, file, folder, path};

#[test]
fn a_disputed_figure_of_the_samples_is_settled_and_stays() {
    let folder = folder("corrections-settled");
    let record = folder.join("r.dateline");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    ok(&["build", path(&samples), "-o", path(&record), "--quiet"]);
    let before = export(&record);
    let is_disputed = |event: &&Value| event["fields"]["killed"]["agreement"] == "disputed";
    let events = events(&before);
    let event = events.iter().find(is_disputed).expect("the samples hold a disputed toll");
    let (name, claims) = (word(&event["event"]), event["fields"]["killed"]["claims"].as_array().unwrap());
    let proof = &claims[0]["citations"][0];
    let at = proof["start"].to_string();
    let set = ["correct", path(&record), "set", name, "killed", "19", "--report", word(&proof["id"])];
    let by = ["--quote", word(&proof["quote"]), "--at", &at, "--who", "Ada Lund", "--when", "2020-05-01"];
    let call = [&set[..], &by[..], &["--why", "the count was corrected a week later"]].concat();

    let dry = ok(&[&call[..], &["--dry-run"]].concat());
    assert!(dry.contains("would change 1 event") && dry.contains("→ 19"), "{dry}");
    assert!(export(&record) == before, "a dry run changes nothing");
    let told = ok(&call);
    assert!(told.contains("changed 1 event"), "{told}");

    let after = export(&record);
    let killed = find(&after, name)["fields"]["killed"].clone();
    assert_eq!(killed["value"], json!({"min": 19, "max": 19, "counted": "all"}));
    assert_eq!((&killed["agreement"], &killed["set_by"][0]["who"]), (&json!("disputed"), &json!("Ada Lund")));
    let own = |claim: &&Value| claim["value"] == killed["value"];
    let own = killed["claims"].as_array().unwrap().iter().find(own).unwrap();
    assert_eq!(own["citations"], json!([proof]));
    let shown = ok(&["show", path(&record), name]);
    assert!(shown.contains("set by Ada Lund, 2020-05-01"), "{shown}");
    assert!(ok(&["export", path(&record), "--format", "html"]).contains("✎ set killed by Ada Lund"));

    ok(&["build", path(&samples), "-o", path(&record), "--quiet"]);
    assert!(export(&record) == after, "building again keeps it");
    let id = word(&killed["set_by"][0]["correction"]);
    ok(&["correct", path(&record), "undo", &id[..6], "--who", "Ada Lund", "--why", "a slip"]);
    assert!(export(&record) == before, "undone is never made");
    let list = ok(&["correct", path(&record), "list"]);
    assert!(list.contains("undone") && list.contains("holds"), "{list}");
    let again = refused(&["correct", path(&record), "undo", id, "--who", "Ada", "--why", "again"]);
    assert!(again.contains("undone already"), "{again}");
}

#[test]
fn one_log_gives_one_record_however_it_was_built() {
    let folder = folder("corrections-parts");
    let lines = pile();
    let record = folder.join("once.dateline");
    build(&[&file(&folder, "all.jsonl", &lines)], &record);
    let (calls, bombing) = (named(&record, "consult"), named(&record, "assault"));
    assert!(calls.len() > 1, "the two calls are two events: {calls:?}");
    correct(&record, &["merge", &calls[0], &calls[1]], "one call, told on two days");
    correct(
        &record,
        &["set", &bombing[0], "killed", "14", "--report", "bomb-2", "--quote", "14 people"],
        "as in the text",
    );
    correct(&record, &["unset", &bombing[0], "place"], "nobody says where");
    let orsk = ["set", &bombing[0], "participant/actor", "Karna Front", "--report", "aside"];
    correct(
        &record,
        &[&orsk[..], &["--quote", "Karna Front had planted the bomb"]].concat(),
        "another report says who",
    );
    correct(&record, &["dependent", "bomb-1", "bomb-2"], "one stringer wrote both");
    let once = export(&record);
    let event = find(&once, &bombing[0]);
    assert_eq!(event["independent_accounts"], 2, "{event}");
    assert!(word(&event["independence"]).contains("as a person found"), "{event}");
    assert_eq!(event["place"], Value::Null);
    assert_eq!(
        event["accounts"].as_array().unwrap().len(),
        3,
        "the report that was cited from outside is one"
    );
    let who: Vec<_> = event["participants"].as_array().unwrap().iter().map(|p| word(&p["value"])).collect();
    assert!(who.contains(&"Karna Front"), "{who:?}");
    assert_eq!(event["corrections"].as_array().unwrap().len(), 4);
    for citation in cited(&event) {
        let stands = lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let report = stands.into_iter().find(|report| report["id"] == citation["id"]).unwrap();
        let (Some(start), Some(end)) = (citation["start"].as_u64(), citation["end"].as_u64()) else {
            continue;
        };
        let words = word(&report["text"]).chars().skip(start as usize).take((end - start) as usize);
        assert_eq!(citation["quote"], words.collect::<String>(), "{citation}");
    }

    let log = folder.join("log.jsonl");
    fs::write(&log, ok(&["correct", path(&record), "log"])).unwrap();
    for (n, chunk) in [3, 2].into_iter().enumerate() {
        let parts = folder.join(format!("parts-{n}.dateline"));
        for (number, part) in lines.chunks(chunk).enumerate().rev() {
            build(&[&file(&folder, &format!("part-{n}-{number}.jsonl"), part)], &parts);
            if number == 1 {
                // The log comes in while half of the reports are not there yet.
                ok(&["correct", path(&parts), "combine", path(&log)]);
            }
        }
        assert!(export(&parts) == once, "in parts of {chunk}");
    }
    let joined = ok(&["correct", path(&record), "combine", path(&log)]);
    assert!(joined.contains("changed 0 events"), "{joined}");
    assert!(export(&record) == once, "an entry stands once");
}

#[test]
fn who_is_one_stays_so_when_reports_are_added_nearby() {
    let folder = folder("corrections-one");
    let report = |id: &str, text: &str| {
        json!({"id": id, "publisher": "Velinsk Post", "published": "2019-05-07", "text": text}).to_string()
    };
    let visit = report("visit", "President Adah Brenn visited Saren Hill on Monday and met King Tarek.");
    let new = report("new", "Masked men kidnapped the mayor of Quillondale on Monday, his deputy said.");
    let lines: Vec<String> = pile().into_iter().chain([visit]).collect();
    let (record, anew) = (folder.join("r.dateline"), folder.join("anew.dateline"));
    build(&[&file(&folder, "first.jsonl", &lines)], &record);
    let is_of = |event: &&Value, id: &str| event["accounts"].to_string().contains(id);
    let who = |record: &Path, id: &str| {
        let lines = export(record);
        events(&lines).iter().find(|event| is_of(event, id)).unwrap()["participants"].to_string()
    };
    assert!(who(&record, "visit").contains("adah brenn") && who(&record, "call-1").contains("\"ada brenn"));

    let told = correct(&record, &["same-entity", "ada brenn", "adah brenn"], "misspelt");
    assert!(told.contains("changed 2 events"), "{told}");
    assert!(!who(&record, "call-1").contains("\"ada brenn"), "{}", who(&record, "call-1"));
    let second = file(&folder, "second.jsonl", &[new]);
    let list = ok(&["correct", path(&record), "list"]);
    ok(&["build", "--as-is", "--quiet", "--nearby", "-o", path(&record), path(&second)]);
    assert!(list.contains("holds") && list.contains("in 20"), "{list}");
    assert_eq!(ok(&["correct", path(&record), "list"]), list);
    let log = folder.join("log.jsonl");
    fs::write(&log, ok(&["correct", path(&record), "log"])).unwrap();
    build(&[&folder.join("first.jsonl"), &second], &anew);
    ok(&["correct", path(&anew), "combine", path(&log)]);
    assert!(export(&record) == export(&anew), "as if all were there at once");
}

#[test]
fn what_is_not_there_or_not_clear_is_refused_with_what_there_is() {
    let folder = folder("corrections-refused");
    let record = folder.join("r.dateline");
    build(&[&file(&folder, "all.jsonl", &pile())], &record);
    let before = export(&record);
    let event = named(&record, "assault").remove(0);
    let set = |field: &str, value: &str, report: &str, quote: &str| {
        let call = ["correct", path(&record), "set", &event, field, value, "--report", report];
        refused(&[&call[..], &["--quote", quote, "--who", "Ada", "--why", "so"]].concat())
    };
    for (told, parts) in [
        (
            set("victims", "3", "bomb-1", "12 people"),
            vec!["no field is named \"victims\"", "killed, wounded"],
        ),
        (set("killed", "many", "bomb-1", "12 people"), vec!["\"many\" is no value of killed", "12 or more"]),
        (
            set("killed", "12", "bomb-9", "12 people"),
            vec!["no report is named \"bomb-9\"", "there is bomb-1"],
        ),
        (set("killed", "12", "bomb-1", "13 people"), vec!["“13 people” does not stand in bomb-1"]),
        (
            set("place", "Merin", "bomb-1", "Merin"),
            vec!["stands 2 times in bomb-1", "at 31: …", "quote more words"],
        ),
        (
            refused(&["correct", path(&record), "reject", &event, "call-1", "--who", "Ada", "--why", "so"]),
            vec!["call-1 does not tell of", "its reports are bomb-1"],
        ),
        (
            refused(&["correct", path(&record), "merge", "2019", &event, "--who", "Ada", "--why", "so"]),
            vec!["events have names that begin with \"2019\""],
        ),
        (
            refused(&[
                "correct",
                path(&record),
                "reject",
                "bombing-in-merin",
                "x",
                "--who",
                "Ada",
                "--why",
                "so",
            ]),
            vec!["no event is named \"bombing-in-merin\""],
        ),
        (
            refused(&[
                "correct",
                path(&record),
                "same-entity",
                "ada brenn",
                "adah brenn",
                "--who",
                "A",
                "--why",
                "so",
            ]),
            vec!["nobody is known as \"adah brenn\"", "ada brenn"],
        ),
        (
            refused(&["correct", path(&record), "undo", "ffff", "--who", "Ada", "--why", "so"]),
            vec!["no correction is named \"ffff\""],
        ),
        (
            refused(&["correct", path(&record), "reject", &event, "bomb-1", "--who", " ", "--why", "so"]),
            vec!["--who"],
        ),
    ] {
        assert!(parts.iter().all(|part| told.contains(part)), "{parts:?} in {told}");
    }
    assert!(export(&record) == before, "nothing is changed");
    assert_eq!(ok(&["correct", path(&record), "list"]), "nothing is corrected\n");
    let missing = dateline(&["correct", path(&record), "reject", &event, "bomb-1"]);
    assert_eq!(missing.status.code(), Some(2), "a correction without a reason is no call");
    // A place settles which of two is meant.
    let call = ["set", &event, "place", "Merin", "--report", "bomb-1", "--quote", "Merin", "--at", "31"];
    correct(&record, &call, "the town");
    assert_eq!(find(&export(&record), &event)["place"]["citations"][0]["start"], 31);
}

#[test]
fn what_lost_its_evidence_is_set_aside_and_told() {
    let folder = folder("corrections-aside");
    let (first, second) = (folder.join("a.dateline"), folder.join("b.dateline"));
    let lines = pile();
    build(&[&file(&folder, "all.jsonl", &lines)], &first);
    let event = named(&first, "assault").remove(0);
    correct(
        &first,
        &["set", &event, "killed", "14", "--report", "bomb-2", "--quote", "14 people"],
        "as in the text",
    );
    let log = folder.join("log.jsonl");
    fs::write(&log, ok(&["correct", path(&first), "log"])).unwrap();
    // The outlet has changed its report since.
    let changed: Vec<String> =
        lines.iter().map(|line| line.replace("14 people died", "More than 14 people died")).collect();
    build(&[&file(&folder, "changed.jsonl", &changed)], &second);
    ok(&["correct", path(&second), "combine", path(&log)]);
    let list = ok(&["correct", path(&second), "list"]);
    assert!(list.contains("set aside"), "{list}");
    assert!(ok(&["show", path(&second)]).contains("0 corrections taken in, 1 set aside"));
    let list = ok(&["correct", path(&second), "list", "--json"]);
    let entry: Value = serde_json::from_str(list.trim()).unwrap();
    assert_eq!(entry["outcome"]["standing"], "set-aside");
    let reason = word(&entry["outcome"]["reason"]);
    assert!(reason.starts_with("“14 people” no longer stands at"), "{reason}");
    assert!(!export(&second).contains("set_by"));

    // What is forgotten is gone from the log too.
    ok(&["forget", path(&first), "bomb-2"]);
    let log = ok(&["correct", path(&first), "log"]);
    assert!(
        log.contains("forgotten") && !log.contains("14 people") && !log.contains("as in the text"),
        "{log}"
    );
    assert!(ok(&["correct", path(&first), "list"]).contains("forgotten"));
}

#[test]
fn two_persons_logs_are_compared() {
    let folder = folder("corrections-two");
    let all = file(&folder, "all.jsonl", &pile());
    let logs = ["ada", "ben"].map(|who| folder.join(format!("{who}.jsonl")));
    for (log, toll) in logs.iter().zip(["12", "14"]) {
        let record = log.with_extension("dateline");
        build(&[&all], &record);
        let event = named(&record, "assault").remove(0);
        let (report, quote) = if toll == "12" { ("bomb-1", "12 people") } else { ("bomb-2", "14 people") };
        let who = if toll == "12" { "Ada" } else { "Ben" };
        let set =
            ["correct", path(&record), "set", &event, "killed", toll, "--report", report, "--quote", quote];
        ok(&[&set[..], &["--who", who, "--when", "2020-05-01", "--why", "read so"]].concat());
        let calls = named(&record, "consult");
        let merge = ["correct", path(&record), "merge", &calls[0], &calls[1], "--why", "one call"];
        ok(&[&merge[..], &["--who", who, "--when", "2020-05-02"]].concat());
        fs::write(log, ok(&["correct", path(&record), "log"])).unwrap();
    }
    let record = folder.join("both.dateline");
    build(&[&all], &record);
    let told = ok(&["correct", path(&record), "combine", path(&logs[0]), path(&logs[1])]);
    for part in ["they differ on killed of", "Ada (", "Ben (", "killed", "Krippendorff"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    // Two persons who read differently settle nothing.
    let event = named(&record, "assault").remove(0);
    let killed = find(&export(&record), &event)["fields"]["killed"].clone();
    assert_eq!((&killed["value"], &killed["agreement"]), (&Value::Null, &json!("disputed")));
    assert_eq!(killed["set_by"].as_array().unwrap().len(), 2);
    let told =
        ok(&["correct", path(&record), "combine", path(&logs[0]), path(&logs[1]), "--dry-run", "--json"]);
    let summary: Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    assert_eq!(summary["disagreements"][0]["voices"][1]["value"], "14");
    assert_eq!(
        summary["agreement"],
        json!([
            {"variable": "events", "units": 1, "alike": 1, "alpha": null},
            {"variable": "killed", "units": 1, "alike": 0, "alpha": 0.0},
        ])
    );
}

/// All citations of an event.
fn cited(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(parts) if parts.contains_key("quote") => vec![value],
        Value::Object(parts) => parts.values().flat_map(cited).collect(),
        Value::Array(items) => items.iter().flat_map(cited).collect(),
        _ => Vec::new(),
    }
}

/// Two reports of a bombing, one that says who did it without telling of it, and two calls.
fn pile() -> Vec<String> {
    let report = |id: &str, outlet: &str, published: &str, text: &str| {
        json!({"id": id, "publisher": outlet, "published": published, "text": text}).to_string()
    };
    vec![
        report(
            "aside",
            "Velinsk Post",
            "2019-03-20",
            "The harvest was good this year, farmers near Velin said. Months later a court found that the Karna Front had planted the bomb at the market.",
        ),
        report(
            "bomb-1",
            "Karna Daily",
            "2019-03-06",
            "A car bomb killed 12 people in Merin on Tuesday, police said. The market of Merin was full of buyers.",
        ),
        report(
            "bomb-2",
            "Gulf Ledger",
            "2019-03-06",
            "A car bomb tore through the market of Merin on Tuesday and 14 people died, the hospital said.",
        ),
        report(
            "call-1",
            "Karna Daily",
            "2019-03-14",
            "President Ada Brenn phoned Prime Minister Karl Ost on Wednesday. They spoke about the gas pipeline.",
        ),
        report(
            "call-2",
            "Gulf Ledger",
            "2019-04-04",
            "President Ada Brenn phoned Prime Minister Karl Ost on Wednesday about a loan, his office said.",
        ),
    ]
}

fn build(inputs: &[&Path], record: &Path) {
    let mut call = vec!["build", "--as-is", "--quiet", "-o", path(record)];
    call.extend(inputs.iter().map(|input| path(input)));
    ok(&call);
}

fn correct(record: &Path, action: &[&str], why: &str) -> String {
    let mut call = vec!["correct", path(record)];
    call.extend(action);
    call.extend(["--who", "Ada Lund", "--when", "2020-05-01T10:00Z", "--why", why]);
    ok(&call)
}

fn export(record: &Path) -> String {
    ok(&["export", path(record), "--format", "jsonl"])
}

fn events(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn find(lines: &str, name: &str) -> Value {
    events(lines).into_iter().find(|event| event["event"] == name).unwrap()
}

/// Names of the events with that word in them.
fn named(record: &Path, part: &str) -> Vec<String> {
    let names = events(&export(record)).into_iter().map(|event| word(&event["event"]).to_owned());
    names.filter(|name| name.contains(part)).collect()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn dateline(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn ok(arguments: &[&str]) -> String {
    let output = dateline(arguments);
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = dateline(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}
