"""The guide to large corpora runs, with what it says of Spark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "scale.md"
BLOCK = re.compile(r"^```python( title=\"on Spark\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_runs_as_a_reader_types_it(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All Python blocks of the page, one after the other; `tests/test_docs.py` runs those that need
    no Spark.
    """
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": "__page__"}
    blocks = list(BLOCK.finditer(page))

    for block in blocks:
        line = page.count("\n", 0, block.start(2))
        exec(compile("\n" * line + block[2], str(PAGE), "exec"), names)

    assert any(block[1] for block in blocks)
    assert names["spark"] is spark, "the page takes the session that is there"
