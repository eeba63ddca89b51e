"""Reads a crawl on many machines: web archives or a table of captures in, annotations as Parquet out.

    spark-submit spark/annotate.py --archives 'crawl/*.warc.gz' --out annotations
    spark-submit spark/annotate.py --captures captures.parquet --out annotations --candidates candidates
    dateline build --from-annotations annotations -o crawl.dateline

The workers need the package `dateline` and the archives under the same paths. With `--candidates`, pairs of reports
that are likely copies of one another are written too: the join that looks for them is Spark's own, on `bands`.
"""

from __future__ import annotations

import argparse
import glob
import os
from collections.abc import Iterator

import dateline
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

#: What is kept of each report. Every column of `dateline.schema()` may be; `build` needs the last alone.
KEPT = ["id", "uri", "publisher", "headline", "diagnostics", "bands", "runs", "annotation"]


def kept_schema() -> pa.Schema:
    schema = dateline.schema()
    return pa.schema([schema.field(name) for name in KEPT])


def annotate_captures(captures: DataFrame) -> DataFrame:
    """The document stages over rows with `id` or `url`, `content_type`, `payload` and `fetched`."""

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in dateline.annotate_batches(batches):
            yield batch.select(KEPT)

    return captures.mapInArrow(read, from_arrow_schema(kept_schema()))


def annotate_archives(spark: SparkSession, paths: list[str]) -> DataFrame:
    """The document stages over files that every worker can open, one task each."""

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for path in batch.column("path").to_pylist():
                for annotated in dateline.annotate_files(path):
                    yield annotated.select(KEPT)

    rows = spark.createDataFrame([(path,) for path in paths], "path string").repartition(len(paths))
    return rows.mapInArrow(read, from_arrow_schema(kept_schema()))


def candidates(annotations: DataFrame) -> DataFrame:
    """Pairs of reports that share a band, and in how many bands they do."""
    bands = annotations.select("id", F.posexplode("bands").alias("band", "hash"))
    left, right = bands.withColumnRenamed("id", "a"), bands.withColumnRenamed("id", "b")
    pairs = left.join(right, ["band", "hash"]).where("a < b")
    return pairs.groupBy("a", "b").agg(F.count("*").alias("bands"))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = arguments.add_mutually_exclusive_group(required=True)
    source.add_argument("--archives", help="a pattern of paths of archives, folders or JSON Lines")
    source.add_argument("--captures", help="Parquet with id or url, content_type, payload, fetched")
    arguments.add_argument("--out", required=True, help="folder of Parquet that is written")
    arguments.add_argument("--candidates", help="folder of Parquet for pairs that are likely copies")
    given = arguments.parse_args()
    # Documents are large: few at a time, so that a worker's memory stays small.
    spark = (
        SparkSession.builder.appName("dateline")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
        .getOrCreate()
    )
    if given.archives:
        # Workers have a folder of their own.
        paths = sorted(map(os.path.abspath, glob.glob(given.archives)))
        if not paths:
            arguments.error(f"no file fits {given.archives}")
        annotations = annotate_archives(spark, paths)
    else:
        annotations = annotate_captures(spark.read.parquet(given.captures))
    annotations.write.mode("overwrite").parquet(given.out)
    if given.candidates:
        candidates(spark.read.parquet(given.out)).write.mode("overwrite").parquet(given.candidates)
    spark.stop()


if __name__ == "__main__":
    main()
