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
