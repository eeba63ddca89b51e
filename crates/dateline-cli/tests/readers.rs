//! What other programs make of a record and its exports, where they are installed: sqlite3, Python's own
//! readers, and the packages that `.ci/readers.txt` lists. `DATELINE_PYTHON` names a Python that has them.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program should say so loudly")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The record of the samples, built for one test.
fn record(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readers-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let record = folder.join("samples.dateline");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    dateline(&["build", "--quiet", "-o", record.to_str().unwrap(), samples.to_str().unwrap()]);
    for form in ["jsonl", "eventreport", "gdelt", "plover", "jsonld", "annotation", "ftm"] {
        let file = folder.join(form);
        dateline(&["export", record.to_str().unwrap(), "--format", form, "-o", file.to_str().unwrap()]);
    }
    let tables = folder.join("tables");
    dateline(&["export", record.to_str().unwrap(), "--format", "csv", "-o", tables.to_str().unwrap()]);
    if cfg!(feature = "parquet") {
        let tables = folder.join("parquet");
        dateline(&[
            "export",
            record.to_str().unwrap(),
            "--format",
            "parquet",
            "-o",
            tables.to_str().unwrap(),
        ]);
    }
    record
}

fn dateline(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Runs a program that may not be there: then says so, and the test passes.
#[expect(clippy::print_stdout, reason = "a test says what it did not check")]
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(program).args(arguments).output();
    if output.is_err() {
        println!("{program} is not installed: not checked");
    }
    output.ok()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn sqlite3_opens_the_record_and_every_view() {
    let record = record("sqlite3");
    for view in ["timeline", "evidence", "disputes", "said", "publishers", "reports"] {
        let sql = format!("SELECT count(*) > 0 FROM {view}");
        let Some(output) = run("sqlite3", &[record.to_str().unwrap(), &sql]) else { return };
        assert_eq!(said(&output).trim(), "1", "{view}");
    }
    let sql =
        "SELECT count(*) > 0 FROM articles_text WHERE articles_text MATCH 'bridge'; PRAGMA integrity_check;";
    let Some(output) = run("sqlite3", &[record.to_str().unwrap(), sql]) else { return };
    assert_eq!(said(&output).split_whitespace().collect::<Vec<_>>(), ["1", "ok"]);
}

/// Reads every form with Python's own modules, and with packages where they are installed.
const READ: &str = r#"
import csv, json, os, sqlite3, sys
folder = sys.argv[1]
path = lambda name: os.path.join(folder, name)
text = lambda name: open(path(name), encoding="utf-8", newline="").read()

lines = [json.loads(line) for line in text("jsonl").splitlines()]
assert lines
record = sqlite3.connect(path("samples.dateline"))
events = [event for event, in record.execute("SELECT event FROM events ORDER BY number")]
assert events == [line["event"] for line in lines], "the table is the lines"

for name in ["tables/events.csv", "tables/accounts.csv", "tables/statements.csv", "eventreport"]:
    rows = list(csv.DictReader(open(path(name), encoding="utf-8", newline="")))
    assert rows and all(None not in row and None not in row.values() for row in rows), name
assert {row["event_id"] for row in rows} == set(events)

gdelt = list(csv.reader(text("gdelt").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
assert gdelt and all(len(row) == 61 for row in gdelt)
assert len({row[0] for row in gdelt}) == len(gdelt), "numbers are unique"
plover = list(csv.reader(text("plover").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
assert len(plover) > 1 and all(len(row) == 40 for row in plover)

page = json.loads(text("annotation"))
assert page["items"] and len({item["id"] for item in page["items"]}) == len(page["items"])
for item in page["items"]:
    quote = item["target"]["selector"][0]
    assert quote["type"] == "TextQuoteSelector" and quote["exact"]

try:
    import duckdb
    from duckdb_extensions import import_extension
    import_extension("sqlite_scanner")
    asked = duckdb.connect()
    asked.execute("LOAD sqlite_scanner")
    asked.execute(f"ATTACH '{path('samples.dateline')}' AS record (TYPE sqlite, READ_ONLY)")
    assert asked.execute("SELECT count(*) FROM record.events").fetchone() == (len(lines),)
    assert asked.execute("SELECT count(*) > 0 FROM record.timeline").fetchone() == (True,)
    if os.path.exists(path("parquet")):
        kinds = dict(row[:2] for row in asked.execute(f"DESCRIBE SELECT * FROM '{path('parquet/events.parquet')}'").fetchall())
        assert (kinds["event"], kinds["accounts"], kinds["latitude"]) == ("VARCHAR", "BIGINT", "DOUBLE"), kinds
        rows = asked.execute(f"SELECT event FROM '{path('parquet/events.parquet')}'").fetchall()
        assert [event for event, in rows] == events
except ImportError:
    print("duckdb is not installed: not checked")

try:
    import datasette
    import subprocess
    asked = [sys.executable, "-m", "datasette", "--get", "/samples/timeline.json?_shape=array", path("samples.dateline")]
    rows = json.loads(subprocess.run(asked, check=True, capture_output=True).stdout)
    assert {row["event"] for row in rows} == set(events)
except ImportError:
    print("datasette is not installed: not checked")

try:
    from pyld import jsonld
    nodes = jsonld.expand(json.loads(text("jsonld")))
    kinds = {kind for node in nodes for kind in node["@type"]}
    assert kinds == {"https://schema.org/" + kind for kind in ["NewsArticle", "Event", "Quotation"]}, kinds
except ImportError:
    print("pyld is not installed: not checked")

try:
    from followthemoney import model
    for line in text("ftm").splitlines():
        data = json.loads(line)
        entity = model.get_proxy(data)
        assert entity.schema.name == data["schema"]
        for name, values in data["properties"].items():
            assert set(entity.get(name)) and entity.schema.get(name) is not None, (name, values)
except ImportError:
    print("followthemoney is not installed: not checked")
print("read")
"#;

#[test]
fn python_reads_every_form() {
    let record = record("python");
    let folder = record.parent().unwrap().to_str().unwrap();
    let python = std::env::var("DATELINE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let Some(output) = run(&python, &["-c", READ, folder]) else { return };
    assert!(output.status.success() && said(&output).ends_with("read\n"), "{}", said(&output));
    print!("{}", said(&output));
}
