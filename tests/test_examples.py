"""The examples are whole programs, and run."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from extras import lacking

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"

SAYS = {
    "first_look.py": [
        "127 provisions",
        "76 lettered commitments",
        "0 errors, 0 warnings",
        "unsound.yaml:5:14",
        "ten-faults.yaml:14:5",
        "Compact commitments",
        "8 indicators",
    ],
    "follow_a_roadmap.py": [
        "status: done, evidence: [{title: List of requests (invented)",
        "value: 25.5",
        "Not written",
        "line ",
    ],
    "official_text.py": [
        "A/RES/80/173",
        "662c8e07ac7f",
        "docs.un.org/fr/A/RES/80/173",
        "wsis-model fetch",
    ],
    "reports_asked_for.py": [
        "our own summaries",
        "297 rows in resolutions.parquet",
        "80-173/124        every two years",
        "2 paragraphs ask",
    ],
    "search_the_outcome.py": [
        "80-173/9 ",
        "gdc/11-b.1",
        "entry-level broadband",
        "flowchart LR",
        "outcome.sqlite, ",
    ],
    "technical_community.py": [
        "LACNIC",
        "fragment",
        "groups/technical-community",
        "A/RES/80/173, para. 107",
        "2027",
    ],
    "what_changed.py": [
        "Targets (2028): value: [-60-] {+75+}",
        "1 paragraph changed, 1 added, 2 renumbered",
        "**and springs**",
    ],
    "your_own_rule.py": ["X001", "waived", "report.sarif"],
}
#: Programs that the job `spark` runs (`tests/spark/test_examples.py`), for they need Java.
ON_SPARK = {"on_spark.py"}


def without(modules: set[str]) -> str:
    """Lines of Python after which these modules are not installed.

    None in `sys.modules` would do for Python itself, but compiled code takes it for the module.
    """
    return f"""import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(modules)}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
"""


@pytest.mark.parametrize("name", sorted({path.name for path in EXAMPLES.glob("*.py")} - ON_SPARK))
def test_a_program_runs_and_says_what_it_is_for(name: str, tmp_path: Path) -> None:
    """Each program ends well and prints what it promises, with what it says to install."""
    arguments = [str(tmp_path)] if name == "your_own_rule.py" else []
    absent = without(lacking((EXAMPLES / name).read_text(encoding="utf-8")))
    run = (
        f"{absent}import runpy; sys.argv[:1] = []; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, str(EXAMPLES / name), *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        encoding="utf-8",
    )

    assert 0 == done.returncode, done.stderr
    assert not [each for each in SAYS[name] if each not in done.stdout], done.stdout


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.ipynb")))
def test_a_notebook_runs(name: str) -> None:
    """Each notebook runs from top to bottom, with what it says to install, and is stored without
    outputs.
    """
    nbformat = pytest.importorskip(
        "nbformat", reason="notebooks are run where the test group is installed"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the kernel's own dependencies warn; none of it is ours
        from nbclient import NotebookClient

        notebook = nbformat.read(EXAMPLES / name, as_version=4)
        assert not [cell for cell in notebook.cells if cell.get("outputs")]
        told = "".join(cell["source"] for cell in notebook.cells if cell["cell_type"] == "markdown")
        notebook.cells.insert(0, nbformat.v4.new_code_cell(without(lacking(told))))
        NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            resources={"metadata": {"path": str(EXAMPLES)}},
        ).execute()

    assert [
        cell
        for cell in notebook.cells
        if any("text/html" in output.get("data", {}) for output in cell.get("outputs", ()))
    ]
