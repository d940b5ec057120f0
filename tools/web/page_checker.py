"""What the page that checks asks of the library, in the browser.

It runs the commands of the command line, in a folder of its own, so that the page tells what a
terminal would. Files that were dropped on the page lie in `DROPPED`, what commands write in `MADE`.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from wsis_model.cli import main

__all__ = ["Desk"]

DROPPED, MADE = "dropped", "made"
_TABLES = (".csv", ".xlsx")


class Desk:
    """The folder in which the page works."""

    def __init__(self, root: str | Path) -> None:
        """Two empty folders below *root*."""
        self.root = Path(root)
        self.report: dict[str, Any] = {}
        self.clear()

    def clear(self) -> None:
        """Forget all files."""
        self.report = {}
        for name in (DROPPED, MADE):
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).mkdir(parents=True)

    def put(self, path: str, data: bytes | memoryview) -> None:
        """A file that was dropped; *path* is its name, or its path in the folder that was."""
        steps = [each for each in path.split("/") if each not in ("", ".", "..")]
        target = self.root.joinpath(DROPPED, *steps)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    @property
    def target(self) -> Path:
        """What is checked: the file that was dropped, or the folder of several."""
        dropped = self.root / DROPPED
        found = [*dropped.iterdir()]
        return found[0] if len(found) == 1 else dropped

    def check(
        self, profile: str = "draft", day: str | None = None, lang: str = "en"
    ) -> dict[str, Any]:
        """The report, as `wsis-model check --format json` writes it in a language, with its exit
        `code` and what else it `said`. Positions name files as they were dropped.
        """
        report = self.root / MADE / "report.json"
        dated = ["--as-of", day] if day else []
        made = self._run(
            "check", str(self.target), "--profile", profile, *dated, "--lang", lang, "--format", "json",
            "--output", str(report), "--force",
        )  # fmt: skip
        found: dict[str, Any] = {"findings": []}
        if report.exists():
            found = json.loads(report.read_bytes())
        for each in found["findings"]:
            if "position" in each:
                each["position"]["file"] = self._as_dropped(each["position"].get("file", ""))
        self.report = {**found, **made}
        return self.report

    def offers(self) -> list[str]:
        """What can be made of what was checked: `"marked"`, `"mended"`, `"report"`, `"brief"`."""
        findings: list[dict[str, Any]] = self.report.get("findings", [])
        readable = self.report.get("code") in (0, 1)
        made = {
            "marked": bool(findings)
            and any(each.suffix.lower() in _TABLES for each in self._files()),
            "mended": any("fix" in each for each in findings),
            "report": readable,
            "brief": readable,
        }
        return [copy for copy, possible in made.items() if possible]

    def make(self, copy: str, lang: str = "en") -> dict[str, Any]:
        """One of `offers`: the `path` of the file that was made, none if it could not be, with the
        exit `code` of the command and what it `said`. Copies speak the language; pages are English.
        """
        source = self.target
        name = "roadmap" if source.name == DROPPED else source.stem
        own = source.suffix if source.is_file() else ""
        suffix = {"report": ".html", "brief": ".html"}.get(copy, own)
        made = self.root / MADE / f"{name}-{copy}{suffix}"
        arguments = {
            "marked": ("check", str(source), "--lang", lang, "--mark", str(made)),
            "mended": ("check", str(source), "--lang", lang, "--fix", str(made)),
            "report": ("report", str(source), "--no-pictures", "-o", str(made)),
            "brief": ("brief", str(source), "--no-pictures", "-o", str(made)),
        }[copy]
        return self._made(made, self._run(*arguments, "--force"))

    def template(self, action_line: str, form: str, lang: str = "en") -> dict[str, Any]:
        """An empty road map for an Action Line, as `xlsx` or `yaml`; the rest is as for `make`."""
        made = self.root / MADE / f"roadmap-{action_line.rpartition('/')[2]}.{form}"
        told = self._run(
            "new",
            "roadmap",
            "--action-line",
            action_line,
            "--lang",
            lang,
            "-o",
            str(made),
            "--force",
        )
        return self._made(made, told)

    def _files(self) -> list[Path]:
        return [each for each in (self.root / DROPPED).rglob("*") if each.is_file()]

    def _as_dropped(self, text: str) -> str:
        return text.replace(f"{self.root / DROPPED}/", "").replace(f"{self.root / DROPPED}", ".")

    def _made(self, made: Path, told: dict[str, Any]) -> dict[str, Any]:
        """What a command made; a folder is put into one file."""
        if made.is_dir():
            packed = made.with_suffix(".zip")
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for each in sorted(made.rglob("*")):
                    archive.write(each, each.relative_to(made))
            shutil.rmtree(made)
            made = packed
        return {**told, "path": str(made) if made.exists() else None}

    def _run(self, *arguments: str) -> dict[str, Any]:
        """A command: its exit code and the lines that it printed."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            try:
                code: Any = main(arguments)
            except SystemExit as stopped:
                code = stopped.code
        lines = self._as_dropped(said.getvalue()).splitlines()
        return {"code": code, "said": [each for each in lines if not each.startswith("wrote ")]}
