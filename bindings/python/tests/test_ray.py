"""The example job on Ray, two workers on this machine: its lines are those of one machine, byte for byte."""

import os
import subprocess
import sys
from pathlib import Path

import dateline
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_reading import PAGES, archive

pytestmark = pytest.mark.ray

JOB = Path(__file__).resolve().parents[1] / "ray" / "annotate.py"


@pytest.fixture(scope="module")
def run():
    """Runs the job on a Ray of two workers."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # it tells its makers nothing
    ray = pytest.importorskip("ray")
    workers = ray.init(address="local", num_cpus=2, include_dashboard=False)

    def job(*arguments) -> None:
        environment = os.environ | {"RAY_ADDRESS": workers.address_info["gcs_address"]}
        command = [sys.executable, *map(str, [JOB, *arguments])]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-4000:]

    yield job
    ray.shutdown()


def lines(printed: list[str | None]) -> list[str]:
    """Those that are there: which worker writes first is not known."""
    return sorted(line for line in printed if line)


def test_the_record_of_many_workers_is_that_of_one_machine(run, program, samples, tmp_path):
    run("--archives", samples / "*", "--out", tmp_path / "annotations")
    files = sorted(samples.iterdir())
    table = pq.read_table(tmp_path / "annotations")
    printed = program("annotate", "--for-build", *files).split("\n")
    assert lines(table.column("annotation").to_pylist()) == lines(printed)
    dateline.build(files, tmp_path / "one.dateline")
    dateline.build([], tmp_path / "many.dateline", annotations=sorted((tmp_path / "annotations").glob("*.parquet")))
    expected = program("export", tmp_path / "one.dateline", "--format", "jsonl")
    assert len(expected.splitlines()) > 5
    assert program("export", tmp_path / "many.dateline", "--format", "jsonl") == expected


def test_captures_are_read_as_the_program_reads_their_archive(run, program, tmp_path):
    """What cannot be read is a row too, and ends nothing; what was written before is written over."""
    rows, warc = archive(PAGES)
    (tmp_path / "pages.warc").write_bytes(warc)
    image = {"id": "image", "url": None, "content_type": "image/png", "payload": b"\x89PNG", "fetched": "some day"}
    pq.write_table(pa.Table.from_pylist([*rows, image]), tmp_path / "captures.parquet")
    for _ in range(2):
        run("--captures", tmp_path / "captures.parquet", "--out", tmp_path / "annotations")
        table = pq.read_table(tmp_path / "annotations").to_pylist()
        printed = program("annotate", "--for-build", tmp_path / "pages.warc").split("\n")
        assert lines([row["annotation"] for row in table]) == lines(printed)
        codes = {row["id"]: [remark["code"] for remark in row["diagnostics"]] for row in table}
        assert codes["image"] == ["no-page"] and len(table) == len(PAGES) + 1
