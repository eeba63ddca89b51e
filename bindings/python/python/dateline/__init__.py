"""A pile of news reports becomes a sourced record, from Python: Arrow in, Arrow out.

>>> import dateline
>>> reports = [{"id": "a", "text": "The ferry sank on Friday, the mayor said.", "published": "2019-03-04"}]
>>> table = dateline.annotate(reports, as_is=True)
>>> table.column("times")[0].as_py()[0]["value"]
'2019-03-01'

The functions are the commands of the program ``dateline``: :func:`extract`, :func:`annotate`, :func:`build`, and
:func:`open` for what ``show``, ``search`` and ``export`` give. Reports are an Arrow table, batch or stream of any
library (pyarrow, Polars, DuckDB ...), or an iterable of dictionaries; tables that come back are pyarrow's.
Offsets count Unicode code points, the end not included.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from dateline._dateline import VERSION as __version__
from dateline._dateline import DatelineError, Files, Reader
from dateline._dateline import Record as _Record
from dateline._dateline import build as _build

__all__ = [
    "__version__",
    "DatelineError",
    "Found",
    "Record",
    "Summary",
    "annotate",
    "annotate_batches",
    "annotate_files",
    "build",
    "extract",
    "open",
    "schema",
]

#: So many rows of a table are read at once.
_ROWS = 256

_readers: dict[tuple[Any, ...], Reader] = {}


def extract(reports: Any, *, as_is: bool = False, threads: int | None = None) -> pa.Table:
    """Cleans pages: headline, publisher, day, text, and what was set aside, a row for each report.

    ``reports``: dictionaries with ``id``, one of ``text`` and ``html``, and optionally ``url``, ``publisher``,
    ``headline``, ``published``, ``language``; or Arrow data with such columns, or with ``payload`` (the page's bytes),
    ``content_type``, ``url`` and ``fetched``. A report that cannot be read is a row whose ``diagnostics`` say why.
    ``as_is``: the text is the article, clean nothing. The column ``article`` is what ``dateline extract`` prints.
    """
    reader = Reader(False, as_is=as_is, threads=threads)
    return _table(reader, _batches(reports))


def annotate(
    reports: Any,
    *,
    as_is: bool = False,
    tokens: bool = False,
    document_time: str | date | None = None,
    model: str | os.PathLike[str] | None = None,
    threads: int | None = None,
) -> pa.Table:
    """Reads reports: names, times, places, statements and events, a row for each report.

    Takes what :func:`extract` takes, also what it gives. ``document_time``: the day against which "Friday" is read
    where a report has none of its own. ``tokens``: every token stands in the line. ``model``: a spaCy v3 package,
    unmodified; the English one inside the package else. The column ``annotation`` is what ``dateline annotate
    --for-build`` prints of the report, and what :func:`build` takes in place of the page.
    """
    reader = _reader(as_is, tokens, document_time, model, threads)
    return _table(reader, _batches(reports))


def annotate_batches(
    batches: Iterable[pa.RecordBatch], *, as_is: bool = False, threads: int = 1
) -> Iterator[pa.RecordBatch]:
    """The document stages as one operator over batches, for Spark's ``mapInArrow`` and its like.

    A batch with ``id`` or ``url``, ``content_type``, ``payload`` and ``fetched`` comes in, a batch with a row for each
    goes out; a row that cannot be read becomes a row that says why, and never an end of the job. ``bands`` and
    ``runs`` are numbers to join on: reports that share a band are likely copies, reports that share a run have a
    passage in common.
    """
    reader = _reader(as_is, False, None, None, threads)
    for batch in batches:
        yield from _read(reader, batch)


def annotate_files(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, as_is: bool = False, threads: int = 1
) -> Iterator[pa.RecordBatch]:
    """The same over files: web archives, folders of pages, JSON Lines, feeds, as the command line takes them.

    What gives no page, such as a damaged record of an archive, is a row too; its ``id`` is the place in the file.
    """
    files = Files(_reader(as_is, False, None, None, threads), _paths(inputs))
    while (batch := files.next(_ROWS)) is not None:
        yield batch


def schema() -> pa.Schema:
    """Names and types of the columns that :func:`annotate`, :func:`annotate_batches` and their like give."""
    return pa.schema(_reader(False, False, None, None, 1).schema())


class Summary(NamedTuple):
    """What :func:`build` did, and what the record holds after it."""

    captures: int
    read: int
    known: int
    set_aside: list[tuple[str, str]]
    articles: int
    events: int
    accounts: int
    independent_accounts: int
    disputed: int
    nearby: int
    seconds: float


def build(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    record: str | os.PathLike[str],
    *,
    annotations: Any = None,
    as_is: bool = False,
    document_time: str | date | None = None,
    model: str | os.PathLike[str] | None = None,
    keep_captures: bool = True,
    memory: int | None = None,
    nearby: bool = False,
    threads: int | None = None,
) -> Summary:
    """Builds the sourced record of a pile, one SQLite file, or adds to it.

    ``inputs``: files and folders as the command line takes them. ``annotations``: what :func:`annotate` gave, in
    place of pages: a table, or paths of JSON Lines or Parquet. A run that was stopped goes on where it was.
    ``memory``: bytes for what reports share, such as ``2 << 30``; the rest waits in files beside the record.
    ``nearby``: new reports are compared with those near them alone, which takes seconds, however large the record; no
    event that is known is joined with another or parted, and the next build without it compares all.
    """
    files, table = _annotations(annotations)
    counts = _build(
        _paths(inputs),
        os.fspath(record),
        annotation_files=files,
        annotation_table=table,
        as_is=as_is,
        document_time=_day(document_time),
        model=None if model is None else os.fspath(model),
        keep_captures=keep_captures,
        memory=memory,
        nearby=nearby,
        threads=threads,
    )
    return Summary(**counts)


class Found(NamedTuple):
    """Something that :meth:`Record.search` found. What was looked for stands in brackets in ``snippet``."""

    kind: str
    id: str
    time: str | None
    who: str | None
    title: str | None
    snippet: str


class Record:
    """A record that is open for reading. Its tables are Arrow's: ``.to_pandas()``, or ``polars.from_arrow(...)``."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self._record = _Record(self.path)

    def __repr__(self) -> str:
        return f"dateline.open({self.path!r})"

    def events(self) -> pa.Table:
        """Each happening once, by time: who did what to whom, when, where, and how many accounts stand behind it."""
        return self._record.table("events")

    def accounts(self) -> pa.Table:
        """Each report's telling of each event; those with the same ``origin`` go back to one source."""
        return self._record.table("accounts")

    def claims(self) -> pa.Table:
        """Every value that reports give to a field of an event, and whether they agree."""
        return self._record.table("claims")

    def citations(self) -> pa.Table:
        """The words that carry each claim and each account, and where they stand."""
        return self._record.table("citations")

    def statements(self) -> pa.Table:
        """Who is said to have said what, in which report."""
        return self._record.table("statements")

    def reports(self) -> pa.Table:
        """The reports, with their texts."""
        return self._record.table("reports")

    def event(self, name: str) -> dict[str, Any]:
        """One event with every field, claim and citation, by its name or the beginning of it."""
        found = [event for event in map(json.loads, self._record.event_lines()) if event["event"].startswith(name)]
        if len(found) != 1:
            raise KeyError(f"{len(found)} events have a name that begins with {name!r}")
        return found[0]

    def search(self, query: str, limit: int = 10) -> list[Found]:
        """What matches ``query``, at most ``limit`` of each kind.

        All words must be there; ``"words in quotation marks"`` stand together; fields: ``speaker:putin``,
        ``publisher:"Press TV"``, ``date:2016-10..2017``, ``type:CONSULT``, ``place:Sochi``.
        """
        return [Found(*hit) for hit in self._record.search(query, limit)]


def open(record: str | os.PathLike[str]) -> Record:
    """Opens a record that :func:`build` made."""
    return Record(record)


def _reader(
    as_is: bool,
    tokens: bool,
    document_time: str | date | None,
    model: str | os.PathLike[str] | None,
    threads: int | None,
) -> Reader:
    """A reader of this kind: the language model is loaded once."""
    path = None if model is None else os.fspath(model)
    key = (as_is, tokens, _day(document_time), path, threads)
    if key not in _readers:
        _readers[key] = Reader(True, as_is=as_is, tokens=tokens, document_time=key[2], model=path, threads=threads)
    return _readers[key]


def _table(reader: Reader, batches: Iterator[pa.RecordBatch]) -> pa.Table:
    read = [out for batch in batches for out in _read(reader, batch)]
    return pa.Table.from_batches(read, schema=pa.schema(reader.schema()))


def _read(reader: Reader, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    for start in range(0, batch.num_rows, _ROWS):
        yield reader.read(batch.slice(start, _ROWS))


def _batches(reports: Any) -> Iterator[pa.RecordBatch]:
    """Arrow data as batches; dictionaries as batches of one column, a line of JSON each."""
    if hasattr(reports, "__arrow_c_stream__"):
        yield from pa.RecordBatchReader.from_stream(reports)
    elif hasattr(reports, "__arrow_c_array__"):
        yield pa.record_batch(reports)
    elif isinstance(reports, (str, bytes, Mapping)) or not isinstance(reports, Iterable):
        raise TypeError("reports: give Arrow data or an iterable of dictionaries; files are for build()")
    else:
        lines: list[str] = []
        for report in reports:
            lines.append(json.dumps(dict(report), ensure_ascii=False, default=_plain))
            if len(lines) == _ROWS:
                yield pa.record_batch({"__json__": pa.array(lines, pa.large_string())})
                lines = []
        if lines:
            yield pa.record_batch({"__json__": pa.array(lines, pa.large_string())})


def _plain(value: Any) -> Any:
    """Days and moments in ISO 8601, which every data frame has."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"a report holds {type(value).__name__}: give strings, days and numbers")


def _annotations(annotations: Any) -> tuple[list[str], Any]:
    """Paths of JSON Lines, and one stream of whatever is Arrow or Parquet."""
    if annotations is None:
        return [], None
    if hasattr(annotations, "__arrow_c_stream__") or hasattr(annotations, "__arrow_c_array__"):
        return [], annotations
    paths = _paths(annotations)
    frames = [path for path in paths if path.endswith(".parquet")]
    if not frames:
        return paths, None
    import pyarrow.dataset as ds

    found = ds.dataset(frames if len(frames) > 1 else frames[0], format="parquet")
    table = found.scanner(columns=["annotation"]).to_reader()
    return [path for path in paths if path not in frames], table


def _paths(paths: Any) -> list[str]:
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]


def _day(day: str | date | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day
