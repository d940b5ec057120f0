"""Commands that are run in tests, and the files of the page *Command line*."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wsis_model.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(
    re.findall(r'^```yaml title="([^"]+)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
)

#: Arguments of commands for road maps that cannot be, and what must be named when that is told.
REFUSED: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("new", "roadmap"), ("--action-line", "--kind")),
    (("new", "roadmap", "--kind", "action-line"), ("--action-line",)),
    (("new", "roadmap", "--kind", "national"), ("--owner",)),
    (("new", "roadmap", "--kind", "national", "--owner", "Ruritania"), ("'Ruritania'", "--in")),
    (("new", "roadmap", "--action-line", "C12"), ("'C12'", "'action-lines/c2'")),
    (("new", "roadmap", "--action-line", "C2", "--id", "My Map"), ("'My Map'", "--id")),
    (("new", "roadmap", "--action-line", "C2", "--id", "itu"), ("'itu'", "--id")),
    (("new", "roadmap", "--action-line", "C2", "-o", "plan.txt"), ("plan.txt", ".yaml")),
    (
        ("new", "roadmap", "--action-line", "C2", "--format", "xlsx", "-o", "plan.yaml"),
        ("plan.yaml", ".xlsx"),
    ),
    (("new", "roadmap", "--action-line", "C2", "-o", "no/such/plan.yaml"), ("no/such/plan.yaml",)),
    (("new", "roadmap", "--from", "roadmap.yaml", "--format", "yaml"), ("--from", ".xlsx")),
    (("new", "roadmap", "--from", "roadmap.yaml", "-o", "plan.csv"), ("--from", ".xlsx")),
    (
        ("new", "roadmap", "--from", "roadmap.yaml", "--action-line", "C2", "--id", "x"),
        ("--action-line", "--id", "--from"),
    ),
    (
        ("new", "roadmap", "--from", "roadmap.yaml", "--roadmap", "other"),
        ("roadmap.yaml", "'other'", "my-roadmap"),
    ),
    (
        ("report", "roadmap.yaml", "--no-pictures", "-o", "no/such/page.html"),
        ("no/such/page.html",),
    ),
    (
        ("calendar", "roadmap.yaml", "--format", "ics", "-o", "no/such/all.ics"),
        ("no/such/all.ics",),
    ),
    (("calendar", "--actor", "Nobody"), ("'Nobody'",)),
    (
        ("calendar", "--actor", "ICC"),
        ("'ICC'", "'international-chamber-of-commerce'", "'international-criminal-court'"),
    ),
    (("workload", "--actor", "Nobody"), ("'Nobody'",)),
    (("coverage", "--document", "99-999"), ("'99-999'",)),
    (("gaps", "broken.yaml"), ("broken.yaml:2:9",)),
    (("diff", "roadmap.yaml", "80-173"), ("roadmap.yaml", "80-173")),
    (("diff", "absent.yaml", "80-173"), ("absent.yaml",)),
    (("check", "roadmap.yaml", "--mark", "marked.yaml"), ("roadmap.yaml",)),
    (("check", "--mark", "marked.xlsx"), ("--mark",)),
]


class Ran:
    """A command that was run: its exit code and what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
        try:
            self.code: object = main(arguments)
        except SystemExit as stopped:
            self.code = stopped.code
        printed = capsys.readouterr()
        self.out: str = printed.out
        self.err: str = printed.err

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def process(
    *arguments: str, given: bytes = b"", settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with something on standard input and in its environment."""
    environment = {**os.environ, **(settings or {})}
    return subprocess.run(
        [sys.executable, "-m", "wsis_model", *arguments],
        input=given,
        env=environment,
        capture_output=True,
        check=False,
    )
