"""`extract` and `annotate`: a row for each report, and what it says is what the command line prints."""

import datetime
import json
import threading

import dateline
import pyarrow as pa
import pytest


def lines(reports) -> str:
    return "".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports)


def printed(program, reports, *arguments) -> dict[str, str]:
    """The lines that the program prints, by id: a report that cannot be read has none."""
    out = program(*arguments, "-", stdin=lines(reports))
    return {json.loads(line)["id"]: line for line in out.split("\n") if line}


def test_extract_is_what_the_program_prints(program, reports):
    table = dateline.extract(reports)
    expected = printed(program, reports, "extract")
    assert table.column("id").to_pylist() == ["a", "b", "c", "d", "5"]
    assert table.column("article").to_pylist() == [expected.get(id) for id in ["a", "b", "c", "d", "5"]]
    assert table.column("headline")[1].as_py() == "After the shelling"


def test_annotate_is_what_the_program_prints(program, reports):
    table = dateline.annotate(reports)
    expected = printed(program, reports, "annotate", "--for-build")
    assert table.column("annotation").to_pylist() == [expected.get(id) for id in ["a", "b", "c", "d", "5"]]


def test_the_options_are_those_of_the_program(program):
    reports = [{"id": "a", "text": "Share this\n\nThe ferry sank off the cape on Friday."}]
    options = {"as_is": True, "tokens": True, "document_time": datetime.date(2019, 3, 4)}
    table = dateline.annotate(reports, **options)
    flags = ["--for-build", "--as-is", "--tokens", "--document-time", "2019-03-04"]
    assert table.column("annotation")[0].as_py() == printed(program, reports, "annotate", *flags)["a"]
    assert table.column("times")[0].as_py()[0]["value"] == "2019-03-01"
    with pytest.raises(ValueError, match="document_time"):
        dateline.annotate(reports, document_time="last Friday")


def test_columns_say_what_the_line_says(reports):
    for row in dateline.annotate(reports).to_pylist():
        if row["annotation"] is None:
            assert (row["id"], row["text"], row["events"]) == ("d", None, None)
            assert row["diagnostics"][0]["code"] == "no-text"
            continue
        line = json.loads(row["annotation"])
        for name in ["id", "uri", "headline", "publisher", "language", "text", "credits", "sentences"]:
            assert row[name] == line[name], name
        for name in ["entities", "times", "places", "attributions", "events"]:
            assert len(row[name]) == len(line[name]), name
            for column, field in zip(row[name], line[name], strict=True):
                for key in set(column) & set(field):
                    assert_same(column[key], field[key], key)


def assert_same(column, field, key):
    """What the column has is in the line; a nested object of the line may have more."""
    if isinstance(column, dict):
        for inner in column:
            assert_same(column[inner], (field or {}).get(inner), f"{key}.{inner}")
    elif isinstance(column, list) and column and isinstance(column[0], dict):
        assert len(column) == len(field), key
        for one, other in zip(column, field, strict=True):
            assert_same(one, other, key)
    else:
        assert column == field, key


def test_any_arrow_will_do(reports):
    import polars as pl

    plain = [{"id": str(r["id"]), "text": r.get("text"), "html": r.get("html"), "url": r.get("url")} for r in reports]
    table = pa.Table.from_pylist(plain)
    expected = dateline.annotate(table)
    large = pa.schema([(name, pa.large_string()) for name in table.column_names])
    view = pa.schema([(name, pa.string_view()) for name in table.column_names])
    for other in [table.cast(large), table.cast(view), pl.from_arrow(table), table.to_batches()[0]]:
        assert dateline.annotate(other).equals(expected), type(other)
    assert dateline.annotate(table.slice(1, 2)).equals(expected.slice(1, 2))
    assert dateline.annotate(table.schema.empty_table()).num_rows == 0


PAGES = [
    (
        "text/html; charset=windows-1251",
        "<p>Город спит.</p><p>The ferry of Орск sank on Friday, the mayor said.".encode("cp1251"),
    ),
    (
        "text/html",
        b"<html><head><title>Orsk &amp; after</title><body><h1>Orsk &amp; after</h1><p>Calm returned on Monday.",
    ),
    ("application/xhtml+xml", "<html><body><p>Maret met Veresh in Orsk, né à midi.</p></body></html>".encode()),
    ("text/plain; charset=utf-8", b"Share\n\nRebels shelled the harbour of Orsk on Monday, killing 12 people."),
    ("text/html", b"<p>Not \xff in any \xe9 charset it names <meta charset=utf-8>, and cut"),
]


def archive(pages) -> tuple[list[dict], bytes]:
    """The same pages as rows and as a web archive."""
    rows, records = [], []
    for number, (kind, body) in enumerate(pages):
        row = {
            "id": f"urn:uuid:{number}",
            "url": f"https://orsk.example/2019/03/0{number + 1}/page",
            "content_type": kind,
        }
        rows.append(row | {"payload": body, "fetched": "2019-03-08T12:00:00Z"})
        block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = [
            "WARC/1.0",
            "WARC-Type: response",
            f"WARC-Record-ID: <{row['id']}>",
            f"WARC-Target-URI: {row['url']}",
            "WARC-Date: 2019-03-08T12:00:00Z",
            "Content-Type: application/http; msgtype=response",
            f"Content-Length: {len(block)}",
        ]
        records.append("\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n")
    return rows, b"".join(records)


def test_pages_as_they_were_fetched(program, tmp_path):
    """Rows of pages say what the program prints of an archive of the same pages, whatever the layout of the column."""
    rows, warc = archive(PAGES)
    (tmp_path / "pages.warc").write_bytes(warc)
    expected = [line for line in program("annotate", "--for-build", tmp_path / "pages.warc").split("\n") if line]
    assert len(expected) == len(PAGES)
    for payload in [pa.binary(), pa.large_binary(), pa.binary_view()]:
        schema = pa.schema([("id", pa.string_view()), ("url", pa.string()), ("content_type", pa.large_string())])
        schema = schema.append(pa.field("payload", payload)).append(pa.field("fetched", pa.string()))
        table = dateline.annotate(pa.Table.from_pylist(rows, schema=schema))
        assert table.column("annotation").to_pylist() == expected, payload
    files = pa.Table.from_batches(dateline.annotate_files(tmp_path / "pages.warc"), schema=dateline.schema())
    assert files.column("annotation").to_pylist() == expected


def test_what_cannot_be_read_is_a_row_that_says_why():
    rows = [
        {"url": "https://a.example/1", "content_type": "image/png", "payload": b"\x89PNG\r\n"},
        {"url": None, "content_type": "text/html", "payload": b"%PDF-1.7 ..."},
        {"url": "https://a.example/3", "content_type": None, "payload": None},
        {
            "url": "https://a.example/4",
            "content_type": "text/html; charset=klingon",
            "payload": b"<p>Calm \xff returned.",
        },
        {"url": "https://a.example/5", "content_type": None, "payload": b""},
    ]
    table = dateline.annotate(pa.Table.from_pylist(rows)).to_pylist()
    codes = [[remark["code"] for remark in row["diagnostics"]] for row in table]
    assert codes[0] == ["no-page"] and codes[1] == ["binary"] and codes[2] == ["no-text"] and codes[4] == ["empty"]
    assert [row["id"] for row in table] == [
        "https://a.example/1",
        "row 2",
        *(f"https://a.example/{n}" for n in (3, 4, 5)),
    ]
    assert [row["annotation"] is None for row in table] == [True, True, True, False, True]
    assert table[3]["text"].startswith("Calm")


def test_what_is_no_pile_is_refused():
    for wrong in ["report.txt", {"id": "a"}, 7, None]:
        with pytest.raises(TypeError, match="reports: give Arrow data or an iterable of dictionaries"):
            dateline.annotate(wrong)
    with pytest.raises(ValueError, match="no column `payload`, `text` or `html`"):
        dateline.annotate(pa.table({"body": ["words"]}))
    with pytest.raises(dateline.DatelineError, match="no-such-model"):
        dateline.annotate([], model="no-such-model")
    with pytest.raises(ValueError, match="threads"):
        dateline.extract([], threads=0)


def test_what_extract_gives_annotate_takes(reports):
    table = dateline.extract(reports)
    for column, expected in zip(
        dateline.annotate(table).to_pylist(), dateline.annotate(reports).to_pylist(), strict=True
    ):
        assert (column["id"], column["text"], column["events"]) == (
            expected["id"],
            expected["text"],
            expected["events"],
        )


def test_the_number_of_threads_changes_nothing_and_python_goes_on(reports):
    many = [dict(report, id=f"{report['id']}-{n}") for n in range(8) for report in reports]
    expected = dateline.annotate(many, threads=1)
    assert dateline.annotate(many, threads=4).equals(expected)
    results, ticks, done = [None] * 3, 0, threading.Event()

    def work(n):
        results[n] = dateline.annotate(many)

    workers = [threading.Thread(target=work, args=(n,)) for n in range(3)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        ticks += 1
        done.wait(0.001)
    assert all(result.equals(expected) for result in results)
    assert ticks > 2, "the lock was let go of"


def test_batches_are_read_as_they_come(reports):
    table = pa.Table.from_pylist([{"id": str(r["id"]), "text": r.get("text"), "html": r.get("html")} for r in reports])
    read = dateline.annotate_batches(iter(table.to_batches(max_chunksize=2)))
    assert next(read).num_rows == 2
    assert pa.Table.from_batches([*table.slice(0, 0).to_batches(), *read]).num_rows == 3


def test_signatures_tell_copies_from_others():
    prose = " ".join(f"word{n} of the quiet town number {n * 7 % 31}" for n in range(40))
    texts = [
        prose,
        prose.upper() + " And a line more.",
        " ".join(f"other{n} things at sea {n}" for n in range(60)),
        "Short.",
    ]
    rows = dateline.annotate([{"id": str(n), "text": text} for n, text in enumerate(texts)], as_is=True).to_pylist()
    bands = [set(row["bands"]) for row in rows]
    runs = [set(row["runs"]) for row in rows]
    assert bands[0] & bands[1] and runs[0] & runs[1]
    assert not bands[0] & bands[2] and not runs[0] & runs[2]
    assert rows[3]["bands"] == rows[3]["runs"] == []
