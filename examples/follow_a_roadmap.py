"""Follow a road map: record what was measured and what was reached, in its file, and leave the rest
of the file alone.

Run it: `python examples/follow_a_roadmap.py`. It works on a copy in a temporary folder and prints
the difference.
"""

from __future__ import annotations

import datetime
import difflib
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import wsis_model as wsis
from wsis_model import Evidence, MilestoneStatus, Observation, Update
from wsis_model.editing import edit

DATA = Path(__file__).parent / "data"
TODAY = datetime.date(2027, 1, 29)


def main() -> None:
    path = Path(shutil.copy(DATA / "c2-roadmap.yaml", tempfile.mkdtemp()))
    before = path.read_text(encoding="utf-8")

    with edit(path) as file:
        # A value of an indicator: at the end of its list, whose style it takes.
        file.append(
            "c2-roadmap/i2",
            "observations",
            Observation(value=Decimal("25.5"), when="2027", note="invented"),
        )

        # A milestone is reached, and something shows it.
        file.set("c2-roadmap/a5.m1", "status", MilestoneStatus.DONE)
        file.append(
            "c2-roadmap/a5.m1",
            "evidence",
            Evidence(title="List of requests (invented)", date=TODAY),
        )

        # What is said about it, in the words of who answers for it.
        said = "The last three requests came in this week. Invented for illustration."
        file.append(
            "c2-roadmap",
            "updates",
            Update(date=TODAY, about="c2-roadmap/a5.m1", by="eca", status="done", note=said),
        )

    after = path.read_text(encoding="utf-8")
    print(
        *difflib.unified_diff(
            before.splitlines(), after.splitlines(), "before", "after", n=0, lineterm=""
        ),
        sep="\n",
    )

    milestone = wsis.load(path)["c2-roadmap/a5.m1"]
    print(f"\n{milestone.title}: {milestone.status.value}, {milestone.evidence[0].title}")

    # What would not be sound is not written: every problem is told with its line.
    try:
        with edit(path) as file:
            file.set("c2-roadmap/a1.m2", "due.date", "2028-02-30")
    except wsis.LoadError as error:
        print(
            f"\nNot written: {error.problems[0].message} (line {error.problems[0].position.line})"
        )


if __name__ == "__main__":
    main()
