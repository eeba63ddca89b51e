"""`build` and `open`: the record is the program's, and its tables hang together."""

import json
import sqlite3

import dateline
import pyarrow as pa
import pyarrow.parquet as pq
import pytest


@pytest.fixture(scope="module")
def record(samples, tmp_path_factory):
    path = tmp_path_factory.mktemp("record") / "samples.dateline"
    summary = dateline.build(samples, path)
    assert (summary.read, summary.known) == (summary.captures, 0)
    return dateline.open(path)


def test_build_is_the_programs(program, record, samples, tmp_path):
    program("build", "--quiet", samples, "-o", tmp_path / "other.dateline")
    expected = program("export", tmp_path / "other.dateline", "--format", "jsonl")
    assert program("export", record.path, "--format", "jsonl") == expected
    assert record.events().num_rows == len(expected.splitlines())


def test_built_again_it_reads_nothing(record, samples):
    summary = dateline.build([samples], record.path)
    assert (summary.read, summary.known) == (0, summary.captures)
    assert {code for code, _ in summary.set_aside} >= {"bad-json"}
    assert any("line 4" in told for _, told in summary.set_aside)


def test_annotations_build_the_record_of_the_pages(program, reports, tmp_path):
    pages = tmp_path / "pages.jsonl"
    pages.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    dateline.build(pages, tmp_path / "pages.dateline")
    expected = program("export", tmp_path / "pages.dateline", "--format", "jsonl")
    table = dateline.annotate(reports)
    pq.write_table(table, tmp_path / "part.parquet")
    lines = [line for line in table.column("annotation").to_pylist() if line]
    (tmp_path / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for name, annotations in [
        ("table", table),
        ("parquet", tmp_path / "part.parquet"),
        ("lines", [tmp_path / "lines.jsonl"]),
    ]:
        summary = dateline.build([], tmp_path / name, annotations=annotations)
        assert (summary.read, summary.set_aside) == (4, []), name
        assert program("export", tmp_path / name, "--format", "jsonl") == expected, name
    bad = dateline.build([], tmp_path / "bad", annotations=pa.table({"annotation": ["{}", None]}))
    assert [code for code, _ in bad.set_aside] == ["bad-annotation"]


def pile(count: int) -> list[dict]:
    """Reports of days of their own, some of them of one event."""
    return [
        {
            "id": f"r{n:02}",
            "published": f"2019-03-{n // 2 + 1:02}",
            "text": f"Rebels shelled the harbour of Orsk on {'Monday' if n % 2 else 'Friday'}, killing {n + 3} people, "
            f"the mayor told reporters.\n\nThe ministry of house {n} protested on Tuesday.",
        }
        for n in range(count)
    ]


def test_new_reports_are_compared_with_those_near_them(program, tmp_path):
    annotated = dateline.annotate(pile(22), as_is=True)
    known, new = annotated.slice(0, 20), annotated.slice(20)
    dateline.build([], tmp_path / "once", annotations=annotated)
    expected = program("export", tmp_path / "once", "--format", "jsonl")
    for path in [tmp_path / "python", tmp_path / "program"]:
        assert dateline.build([], path, annotations=known).nearby == 0
    lines = tmp_path / "new.jsonl"
    lines.write_text("\n".join(new.column("annotation").to_pylist()), encoding="utf-8")
    program("build", "--quiet", "--from-annotations", lines, "--nearby", "-o", tmp_path / "program")
    summary = dateline.build([], tmp_path / "python", annotations=new, nearby=True)
    assert (summary.read, summary.nearby) == (2, 2)
    nearby = program("export", tmp_path / "program", "--format", "jsonl")
    assert program("export", tmp_path / "python", "--format", "jsonl") == nearby
    # Nothing new is compared with nothing; without the word all are compared.
    assert dateline.build([], tmp_path / "python", nearby=True).nearby == 2
    assert dateline.build([], tmp_path / "python").nearby == 0
    assert program("export", tmp_path / "python", "--format", "jsonl") == expected


def test_little_memory_builds_the_same_record(program, tmp_path):
    annotated = dateline.annotate(pile(6), as_is=True)
    dateline.build([], tmp_path / "much", annotations=annotated)
    dateline.build([], tmp_path / "little", annotations=annotated, memory=1 << 20)
    expected = program("export", tmp_path / "much", "--format", "jsonl")
    assert expected and program("export", tmp_path / "little", "--format", "jsonl") == expected
    with pytest.raises(ValueError, match="memory"):
        dateline.build([], tmp_path / "little", memory=-1)


def test_every_citation_stands_at_its_place(record):
    texts = {row["report"]: row for row in record.reports().to_pylist()}
    claims = {row["claim"]: row for row in record.claims().to_pylist()}
    events = set(record.events().column("event").to_pylist())
    checked = 0
    for row in record.citations().to_pylist():
        assert row["event"] in events
        if row["claim"] is not None:
            assert claims[row["claim"]]["event"] == row["event"] and claims[row["claim"]]["field"] == row["field"]
        if row["start"] is not None:
            text = texts[row["report"]]["headline" if row["of"] == "headline" else "text"]
            assert text[row["start"] : row["end"]] == row["quote"]
            checked += 1
    assert checked > 50
    for row in record.statements().to_pylist():
        text = texts[row["report"]]["headline" if row["of"] == "headline" else "text"]
        assert text[row["start"] : row["end"]].startswith(row["content"].split(" … ")[0])


def test_the_tables_are_those_of_the_file(record):
    with sqlite3.connect(record.path) as db:
        for name, table in [
            ("claims", record.claims()),
            ("citations", record.citations()),
            ("accounts", record.accounts()),
        ]:
            assert table.num_rows == db.execute(f"SELECT count(*) FROM {name}").fetchone()[0], name
    assert record.events().schema.field("accounts").type == pa.int64()
    assert record.events().to_pandas().accounts.sum() == record.accounts().num_rows


def test_an_event_by_its_name(record):
    name = record.events().column("event")[0].as_py()
    assert record.event(name)["event"] == name
    assert record.event(name)["accounts"]
    with pytest.raises(KeyError, match="0 events"):
        record.event("no such event")


def test_search_finds_what_the_program_finds(record):
    found = record.search("maret", limit=3)
    assert {hit.kind for hit in found} == {"event", "statement", "article"}
    assert any("[" in hit.snippet for hit in found)
    assert record.search("nobodyofthatname") == []
    with pytest.raises(ValueError):
        record.search("type:NOSUCHTYPE date:x")


def test_what_cannot_be_opened_says_so(tmp_path):
    with pytest.raises(dateline.DatelineError, match="absent.dateline"):
        dateline.open(tmp_path / "absent.dateline")
    other = tmp_path / "other.dateline"
    other.write_bytes(b"not a record at all, but some other file of somebody's")
    with pytest.raises(dateline.DatelineError):
        dateline.open(other)
    with pytest.raises(dateline.DatelineError):
        dateline.build([], other, annotations=[])
