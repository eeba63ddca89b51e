"""The compiled part of the package; its public face is `dateline`."""

from typing import Any

import pyarrow as pa

VERSION: str

class DatelineError(Exception): ...

class Reader:
    def __init__(
        self,
        annotate: bool,
        *,
        as_is: bool = False,
        tokens: bool = False,
        for_build: bool = True,
        document_time: str | None = None,
        model: str | None = None,
        threads: int | None = None,
    ) -> None: ...
    def schema(self) -> Any: ...
    def read(self, rows: Any) -> pa.RecordBatch: ...

class Files:
    def __init__(self, reader: Reader, inputs: list[str]) -> None: ...
    def next(self, count: int) -> pa.RecordBatch | None: ...

class Record:
    def __init__(self, path: str) -> None: ...
    def table(self, name: str) -> pa.Table: ...
    def event_lines(self) -> list[str]: ...
    def search(self, query: str, limit: int) -> list[tuple[str, str, str | None, str | None, str | None, str]]: ...

def build(
    inputs: list[str],
    record: str,
    *,
    annotation_files: list[str] = ...,
    annotation_table: Any = None,
    as_is: bool = False,
    document_time: str | None = None,
    model: str | None = None,
    keep_captures: bool = True,
    memory: int | None = None,
    nearby: bool = False,
    threads: int | None = None,
) -> dict[str, Any]: ...
