"""The guide to large corpora runs, with what it says of Spark."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from .java import options

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "scale.md"
BLOCK = re.compile(r"^```python( title=\"on Spark\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_runs_as_a_reader_types_it(on_java: dict[str, str], tmp_path: Path) -> None:
    """All Python blocks of the page, one after the other; `tests/test_docs.py` runs those that need
    no Spark.
    """
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))

    done = subprocess.run(
        [sys.executable, "-c", "".join(text for _, text in blocks)],
        env={**on_java, "PYSPARK_SUBMIT_ARGS": " ".join([*options(), "pyspark-shell"])},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert any(title for title, _ in blocks)
    assert 0 == done.returncode, done.stderr
