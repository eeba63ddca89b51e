"""What the tests share: the sample reports, and the program where it was built."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "examples" / "reports"


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def program():
    """Runs the program `dateline`, which DATELINE_PROGRAM names; without it, what compares with it is skipped."""
    built = os.environ.get("DATELINE_PROGRAM", str(ROOT / "target" / "release" / "dateline"))
    if not Path(built).exists():
        pytest.skip("no program to compare with: cargo build --release -p dateline-cli, or DATELINE_PROGRAM")

    def run(*arguments, stdin: str | None = None) -> str:
        # Also its words on standard error are read, where something goes wrong.
        done = subprocess.run(
            [built, *map(str, arguments)], input=stdin, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


REPORTS = [
    {
        "id": "a",
        "published": "2019-03-05",
        "publisher": "Orsk Ledger",
        "headline": "Rebels shell Orsk’s harbour, killing 12",
        "text": "Rebels shelled the harbour of Orsk on Monday, killing 12 civilians, the mayor, André Levý, said.",
    },
    {
        "id": "b",
        "published": "2019-03-06",
        "url": "https://dia.example/b",
        "html": "<html><head><title>After the shelling</title></head><body><h1>After the shelling</h1>"
        "<p>“We shall rebuild it,” Levý told reporters in Orsk on Tuesday. Rebels killed at least 14 people "
        "there on Monday, he said, and the port is closed.</p></body></html>",
    },
    {"id": "c", "text": "Les rebelles ont bombardé le port lundi, tuant douze civils, a déclaré le maire."},
    {"id": "d", "headline": "nothing to read"},
    {"id": 5, "text": "Maret telephoned President Veresh on Monday, a spokesman said.\u2028They spoke of Karna."},
]


@pytest.fixture
def reports() -> list[dict]:
    return [dict(report) for report in REPORTS]
