"""Whether everything that is done with a road map takes time in proportion to its activities.

    python benchmarks/roadmaps.py [--size 500 --size 5000 --size 50000] [--only coverage]

Each piece of work runs once at each size, in a fresh process, after it was warmed up on a small
road map; times are process CPU seconds. The last column is the time an activity at the largest size
over that at the middle one: about 1 where the work is linear.
"""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import wsis_model as wsis
from wsis_model.diff import difference
from wsis_model.editing import edit

AS_OF = datetime.date(2026, 11, 24)
SMALL = 20
Work = Callable[[], object]


def plain(size: int) -> dict[str, Any]:
    """A road map of *size* activities in plain data: each depends on an earlier one, some share
    objectives, some are measured.
    """
    corpus = wsis.catalogue()
    mandates = [asked.mandate.id for asked in corpus.mandates(document="80-173")]
    targets = [each.id for each in corpus.concepts("sdg") if each.id.count(".") == 1]
    commitments = [each.id for each in corpus.document("gdc").provisions if each.parent]
    leads = ["itu", "unesco", "undp", "un-desa", "unctad"]
    few = max(size // 10, 1)

    def alignments(number: int) -> list[dict[str, str]]:
        named = (
            "action-lines/c2",
            targets[number % len(targets)],
            commitments[number % len(commitments)],
        )
        return [{"concept": each, "basis": "editorial"} for each in named]

    def activity(number: int) -> dict[str, Any]:
        name = f"big/a{number}"
        return {
            "id": name,
            "title": f"Activity {number}",
            "objective": f"big/o{number % few}",
            "answers": [mandates[number % len(mandates)]],
            "alignments": alignments(number),
            "lead": leads[number % len(leads)],
            "lead_reason": "invented",
            "partners": ["unicef"],
            "period": {"start": "2026", "end": "2029"},
            "depends_on": [f"big/a{number // 2}"] if number > 1 else [],
            "status": ("planned", "under-way", "done")[number % 3],
            "milestones": [
                {
                    "id": f"{name}.m1",
                    "title": "First",
                    "due": {"date": f"2026-{number % 12 + 1:02}-15"},
                    "status": "planned",
                },
                {
                    "id": f"{name}.m2",
                    "title": "Second",
                    "due": {"session": "sessions/cstd-30", "date": "2027"},
                },
            ],
        }

    def indicator(number: int) -> dict[str, Any]:
        return {
            "id": f"big/i{number}",
            "name": f"Indicator {number}",
            "unit": "percent",
            "direction": "increase",
            "measures": [f"big/o{number}"],
            "baseline": {"value": 20, "when": "2025"},
            "targets": [{"value": 60, "by": "2030"}],
            "observations": [{"value": 30 + number % 5, "when": "2026-06"}],
        }

    roadmap = {
        "id": "big",
        "title": "A big road map",
        "owners": ["itu"],
        "kind": "action-line",
        "mandated_by": ["80-173/113.1"],
        "scope": ["action-lines/c2"],
        "period": {"start": "2026", "end": "2030"},
        "version": "1",
        "reports_to": ["cstd"],
        "objectives": [
            {"id": f"big/o{n}", "statement": f"Objective {n}", "alignments": alignments(n)}
            for n in range(few)
        ],
        "activities": [activity(n) for n in range(1, size + 1)],
        "indicators": [indicator(n) for n in range(few)],
        "updates": [
            {"date": "2026-10-01", "about": f"big/a{n}", "note": "invented"} for n in range(1, few)
        ],
        "source": {
            "title": "Invented",
            "terms": "none",
            "date": "2026-11-24",
            "checked": "invented",
        },
    }
    return {"roadmaps": [roadmap]}


def works(size: int, folder: Path) -> dict[str, Callable[[], Work]]:
    """Name of a piece of work to what prepares it."""
    mine = wsis.load(plain(size))
    corpus = wsis.catalogue() | mine
    roadmap = mine.roadmap("big")
    from wsis_model import analysis, pages, pictures

    def yaml_edit() -> Work:
        path = folder / f"edit-{size}.yaml"
        wsis.save(mine, path)

        def work() -> object:
            with edit(path) as file:
                file.set(f"big/a{size}", "status", "suspended")
            return None

        return work

    def read_excel() -> Work:
        data = wsis.dumps(mine, "excel")
        return lambda: wsis.loads(data, "excel")

    def read_yaml() -> Work:
        data = wsis.dumps(mine, "yaml").replace(b"lead: itu", b"lead: ITU")
        return lambda: wsis.loads(data, "yaml")

    def faulty() -> Work:
        data = wsis.dumps(mine, "yaml").replace(b"status: under-way", b"status: under way")
        from wsis_model.loading import salvage

        return lambda: salvage(data, format="yaml")

    changed = roadmap.replace(
        version="2", activities=tuple(each.replace(lead="unesco") for each in roadmap.activities)
    )
    return {
        "load YAML with human references": read_yaml,
        "salvage YAML with a fault in each third activity": faulty,
        "check under publish": lambda: lambda: wsis.check(corpus, profile="publish", as_of=AS_OF),
        "coverage": lambda: lambda: analysis.coverage(corpus),
        "calendar": lambda: lambda: analysis.calendar(corpus),
        "workload": lambda: lambda: analysis.workload(corpus),
        "progress": lambda: lambda: analysis.progress(corpus, "big", as_of=AS_OF),
        "gaps": lambda: lambda: analysis.gaps(corpus, as_of=AS_OF),
        "difference, every activity changed": lambda: lambda: difference(roadmap, changed),
        "write a workbook": lambda: lambda: wsis.dumps(mine, "excel"),
        "read a workbook": read_excel,
        "edit one value in place": yaml_edit,
        "gantt": lambda: lambda: pictures.gantt(corpus, "big"),
        "report page without pictures": lambda: (
            lambda: pages.roadmap_page(corpus, "big", as_of=AS_OF, pictures=False).to_html()
        ),
    }


def measure(name: str, size: int) -> float:
    """CPU seconds of one piece of work."""
    with tempfile.TemporaryDirectory() as folder:
        works(SMALL, Path(folder))[name]()()
        work = works(size, Path(folder))[name]()
        start = time.process_time()
        work()
        return time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--size",
        type=int,
        action="append",
        help="activities of the road map; may be given again (500, 5000, 50000)",
    )
    parser.add_argument("--only", default="", help="only the work whose name contains this text")
    parser.add_argument("--one", nargs=2, metavar=("NAME", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(measure(options.one[0], int(options.one[1])))
        return 0
    sizes: list[int] = sorted(set(options.size or (500, 5_000, 50_000)))
    print(
        "| what | "
        + " | ".join(f"{size:,}" for size in sizes)
        + " | time an activity, largest over the one before |"
    )
    print("|---|" + "---|" * (len(sizes) + 1))
    with tempfile.TemporaryDirectory() as folder:
        names = [name for name in works(SMALL, Path(folder)) if options.only in name]
    for name in names:
        times: list[float] = []
        for size in sizes:
            done = subprocess.run(
                [sys.executable, __file__, "--one", name, str(size)],
                capture_output=True,
                text=True,
                check=True,
            )
            times.append(float(done.stdout))
        ratio = times[-1] / times[-2] * sizes[-2] / sizes[-1] if len(sizes) > 1 else 1.0
        print(
            f"| {name} | " + " | ".join(f"{spent:.2f} s" for spent in times) + f" | {ratio:.2f}x |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
