"""Reads a crawl on many machines with Ray Data: web archives or a table of captures in, annotations as Parquet out.

    python ray/annotate.py --archives 'crawl/*.warc.gz' --out annotations
    python ray/annotate.py --captures captures.parquet --out annotations
    dateline build --from-annotations annotations -o crawl.dateline

It runs on the cluster that RAY_ADDRESS names, without one on the cores of this machine. The workers need the package
`dateline`, and the files under the same paths.
"""

from __future__ import annotations

import argparse
import glob
import os
from collections.abc import Iterator

# Else Ray tells its makers about each run.
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")

import dateline
import pyarrow as pa
import ray

#: What is kept of each report. Every column of `dateline.schema()` may be; `build` needs the last alone.
KEPT = ["id", "uri", "publisher", "headline", "diagnostics", "annotation"]


def kept(batch: pa.RecordBatch) -> pa.Table:
    return pa.Table.from_batches([batch.select(KEPT)])


def annotate_captures(captures: pa.Table) -> Iterator[pa.Table]:
    """The document stages over rows with `id` or `url`, `content_type`, `payload` and `fetched`."""
    yield from map(kept, dateline.annotate_batches(captures.to_batches()))


def annotate_archives(archives: pa.Table) -> Iterator[pa.Table]:
    """The document stages over files that every worker can open."""
    for path in archives.column("path").to_pylist():
        yield from map(kept, dateline.annotate_files(path))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = arguments.add_mutually_exclusive_group(required=True)
    source.add_argument("--archives", help="a pattern of paths of archives, folders or JSON Lines")
    source.add_argument("--captures", help="Parquet with id or url, content_type, payload, fetched")
    arguments.add_argument("--out", required=True, help="folder of Parquet that is written")
    given = arguments.parse_args()
    # Workers have a folder of their own.
    paths = sorted(map(os.path.abspath, glob.glob(given.archives or given.captures)))
    if not paths:
        arguments.error(f"no file fits {given.archives or given.captures}")
    if given.archives:
        # One task each.
        archives = ray.data.from_items([{"path": path} for path in paths], override_num_blocks=len(paths))
        annotations = archives.map_batches(annotate_archives, batch_size=1, batch_format="pyarrow")
    else:
        # Documents are large: few at a time, so that a worker's memory stays small.
        captures = ray.data.read_parquet(paths)
        annotations = captures.map_batches(annotate_captures, batch_size=256, batch_format="pyarrow")
    annotations.write_parquet(os.path.abspath(given.out), mode=ray.data.SaveMode.OVERWRITE)


if __name__ == "__main__":
    main()
