"""The documentation runs: README, guides, and the pages that the code writes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[int, str]]:
    """Line and text of each Python block of a page."""
    text = page.read_text(encoding="utf-8")
    return [(text.count("\n", 0, found.start()) + 2, found[1]) for found in BLOCK.finditer(text)]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page)], ids=lambda page: page.name
)
def test_code_on_the_page_runs(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every Python block of the page runs, one after the other, as a reader would type them."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "__page__"}
    for line, text in blocks(page):
        code = compile("\n" * (line - 1) + text, str(page), "exec")
        exec(code, names)

    assert "Traceback" not in capsys.readouterr().out


def test_pages_written_by_the_code_are_fresh() -> None:
    """`docs/problems.md` and `docs/tables.md` say what the code says."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "write_tables_page.py"), "--check"],
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stderr


def test_the_readme_prints_the_two_commands_that_ci_runs() -> None:
    """The set-up commands stand in the README exactly once each."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [1, 1] == [
        len(re.findall(rf"^python3 tools/do\.py {job}$", text, re.MULTILINE))
        for job in ("demo", "test")
    ]


def test_links_between_files_lead_somewhere() -> None:
    """Relative links in README, CONTRIBUTING and CHANGELOG point at files that are there."""
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(
            r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text(encoding="utf-8")
        ):
            assert (ROOT / target).exists(), f"{name}: {target}"
