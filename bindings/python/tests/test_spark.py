"""The example job on a real cluster of Spark, two executors on this machine: its record is that of one machine."""

import os
import subprocess
import sys
from pathlib import Path

import dateline
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.spark

JOB = Path(__file__).resolve().parents[1] / "spark" / "annotate.py"


def submit(*arguments) -> None:
    environment = os.environ | {
        "PYSPARK_PYTHON": sys.executable,  # the workers', else they take the system's
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    command = [Path(sys.executable).parent / "spark-submit", "--master", "local-cluster[2,1,1024]"]
    command += ["--conf", "spark.ui.enabled=false", JOB, *arguments]
    done = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]


def test_the_record_of_a_cluster_is_that_of_one_machine(program, samples, tmp_path):
    pytest.importorskip("pyspark")
    submit("--archives", samples / "*", "--out", tmp_path / "annotations", "--candidates", tmp_path / "pairs")
    files = sorted(samples.iterdir())
    dateline.build(files, tmp_path / "one.dateline")
    dateline.build([], tmp_path / "many.dateline", annotations=sorted((tmp_path / "annotations").glob("*.parquet")))
    expected = program("export", tmp_path / "one.dateline", "--format", "jsonl")
    assert len(expected.splitlines()) > 5
    assert program("export", tmp_path / "many.dateline", "--format", "jsonl") == expected
    # The lines themselves, byte for byte.
    table = pq.read_table(tmp_path / "annotations")
    lines = sorted(line for line in table.column("annotation").to_pylist() if line)
    printed = program("annotate", "--for-build", *files).split("\n")
    assert lines == sorted(line for line in printed if line)
    pairs = {(row["a"], row["b"]) for row in pq.read_table(tmp_path / "pairs").to_pylist()}
    assert pairs, "the samples hold copies"


def test_rows_that_cannot_be_read_do_not_end_the_job(tmp_path):
    pytest.importorskip("pyspark")
    captures = pa.table(
        {
            "url": ["https://a.example/1", None, "https://a.example/3"],
            "content_type": ["text/html", "image/png", None],
            "payload": pa.array(
                [b"<p>The ferry sank off the cape on Friday, the mayor of Orsk said.", b"\x89PNG", None], pa.binary()
            ),
            "fetched": ["2019-03-04T12:00:00Z", None, "some day"],
        }
    )
    pq.write_table(captures, tmp_path / "captures.parquet")
    submit("--captures", tmp_path / "captures.parquet", "--out", tmp_path / "annotations")
    rows = pq.read_table(tmp_path / "annotations").to_pylist()
    codes = {row["id"]: [remark["code"] for remark in row["diagnostics"]] for row in rows}
    assert codes["https://a.example/3"] == ["no-text"] and len(rows) == 3
    assert sum(row["annotation"] is not None for row in rows) == 1
