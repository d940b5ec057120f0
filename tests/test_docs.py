"""The documentation runs: README, guides, and the pages that the code writes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from extras import EXTRAS, brought_by, lacking

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "api").glob("*.md")),
]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Absent:
    """Has modules that are installed look as if they were not.

    None in `sys.modules` would do for Python itself, but compiled code takes it for the module.
    """

    def __init__(self, modules: set[str]) -> None:
        self.modules = modules

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in self.modules:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def blocks(page: Path) -> list[tuple[int, str]]:
    """Line and text of each Python block of a page."""
    text = page.read_text(encoding="utf-8")
    return [(text.count("\n", 0, found.start()) + 2, found[1]) for found in BLOCK.finditer(text)]


@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis's, of DuckDB
@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page)], ids=lambda page: page.name
)
def test_code_on_the_page_runs(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every Python block of the page runs, one after the other, as a reader would type them, with
    what the page has told to install.
    """
    for name in ("examples", "tests"):  # the page may write beside what it reads
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__page__"}
    told = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for line, text in blocks(page):
        code = compile("\n" * (line - 1) + text, str(page), "exec")
        with monkeypatch.context() as patch:
            absent = lacking("".join(told[:line]))
            patch.setattr(sys, "meta_path", [Absent(absent), *sys.meta_path])
            for module in absent:
                patch.delitem(sys.modules, module, raising=False)
            if "hypothesis" in absent:  # what was imported before would not miss it
                patch.delitem(sys.modules, "wsis_model.testing", raising=False)
            exec(code, names)

    assert "Traceback" not in capsys.readouterr().out


#: What a command needs that the base install lacks, by what stands in its line.
NEEDS = (
    (r"\.xlsx\b|--format xlsx|new roadmap --from", "excel"),
    (r"wsis-model (?:report|brief)(?!.*--no-pictures)", "plot"),
    (r"wsis-model (?:report|brief) .*\.docx", "docx"),
    (r"--format ics", "ical"),
    (r"wsis-model fetch", "fetch"),
    (r"wsis-model mcp", "mcp"),
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_on_the_page_have_what_they_need(page: Path) -> None:
    """Before a command stands an install line with the extra that it needs."""
    text = page.read_text(encoding="utf-8")
    commands = [
        (found.start() + at.start(), at[0])
        for found in re.finditer(r"^```(?:console|sh)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        for at in re.finditer(r"^(?:\$ )?wsis-model .*$", found[0], re.MULTILINE)
    ]

    for at, command in commands:
        for pattern, extra in NEEDS:
            if re.search(pattern, command):
                assert not brought_by({extra}) & lacking(text[:at]), f"{command}: needs {extra}"


def test_one_extra_brings_all_that_the_library_uses() -> None:
    """`wsis_model[all]` is every extra but for that of tests, and Spark, which needs Java."""
    assert brought_by({"all"}) == brought_by({*EXTRAS} - {"testing", "spark"})


@pytest.mark.parametrize("page", ["tables", "scale"])
def test_pages_written_by_the_code_are_fresh(page: str) -> None:
    """`docs/problems.md`, `docs/tables.md` and the table of `docs/scale.md` say what the code says."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / f"write_{page}_page.py"), "--check"],
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stderr


def test_the_pictures_show_what_the_library_gives() -> None:
    """The pictures of README and start page are there, small, and as the library draws them."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "write_pictures.py"), "--check"],
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stderr


def test_a_picture_stands_first_and_is_described() -> None:
    """README and start page show what comes out before they say what to type, each picture with a
    description in words.
    """
    for page, folder in ((ROOT / "README.md", ROOT), (ROOT / "docs/index.md", ROOT / "docs")):
        text = page.read_text(encoding="utf-8")
        pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)

        assert pictures and text.index("![") < text.index("```"), page
        for words, file in pictures:
            assert len(words.split()) > 20 and (folder / file).is_file(), file


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
