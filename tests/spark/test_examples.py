"""The examples that need Spark are submitted, and run on two workers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .java import options

ROOT = Path(__file__).resolve().parents[2]
SUBMIT = Path(sys.executable).with_name("spark-submit")
TWO_WORKERS = "local-cluster[2,1,1024]"


def submitted(on_java: dict[str, str], *arguments: str | Path) -> str:
    """What a program prints that is submitted to a local master with two workers."""
    done = subprocess.run(
        [SUBMIT, "--master", TWO_WORKERS, *options(), *arguments],
        env=on_java,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout


def test_the_job_reports_from_two_workers(on_java: dict[str, str]) -> None:
    """Without a folder it looks at the catalogue and the road maps of the examples, and finds what
    is wrong in `unsound.yaml`.
    """
    printed = submitted(on_java, "examples/on_spark.py")

    assert not [each for each in ("R201", "R202", "R204", "R206") if each not in printed], printed
