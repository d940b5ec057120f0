"""Build the wheel, install it with nothing but its own dependencies in a fresh environment, and use
it away from the sources.

Run it with any Python that the library supports: `python3 tools/check_wheel.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROBE = """
import datetime
import wsis_model
from wsis_model.pages import roadmap_page
corpus = wsis_model.catalogue()
assert corpus["80-173/113"].mandates[0].due.date == "2027"
assert wsis_model.check(corpus).ok
mine = wsis_model.loads("roadmaps: [{id: mine, title: Mine, owners: [itu]}]", "yaml")
page = roadmap_page(corpus | mine, "mine", as_of=datetime.date(2027, 2, 1), pictures=False)
assert "@media print" in page.to_html()
try:
    import wsis_model.testing
except wsis_model.MissingExtra as error:
    assert "wsis_model[testing]" in str(error)
else:
    raise SystemExit("wsis_model.testing was imported without hypothesis")
print("wheel:", wsis_model.__version__, corpus)
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, str(ROOT)], check=True)
        wheel = next(Path(folder).glob("*.whl"))
        subprocess.run([*pip, "install", str(wheel)], check=True)
        subprocess.run([python, "-I", "-c", PROBE], check=True, cwd=folder)
        subprocess.run([python, "-I", "-m", "wsis_model", "check"], check=True, cwd=folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
