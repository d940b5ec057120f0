"""Faulty inputs and what is told of them, as data: one YAML file for each subject.

A case gives an input in one way:

- `yaml`, `json`, `ndjson`, `csv`: the text of a file of road maps, or of the file in `name`; `HUGE`
  in it stands for a number of 5,000 digits
- `bytes`: the same with each character a byte, and the form in `form`
- `roadmap`, `activity`: what a road map, or an activity in one, says more, in YAML
- `mapping`: records as plain data
- `sheets`: a workbook, rows by sheet; `{error: "#N/A"}` is the error of a formula. The sheet of road
  maps may be left out
- `folder`: the texts of files by name

in `case`, where a test asks for it, what it is called; and in `told` the facts of each problem, in
order: `code`, `at` (its position), `field`, `meant`, `fix` (what it puts there; nothing, where it
takes it away), and in `offers` what else its hint must hold, as it is to be written. With `check`, a
profile, the file is sound to read, and what rules find in it beside the catalogue, or `alone`, is
told, with `record`; of `rules`, where some are named. Sentences stand in
`tests/golden/sentences.txt`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

import wsis_model as wsis
from wsis_model import Corpus, Finding, LoadError

HERE = Path(__file__).parent
FORMS = ("yaml", "json", "ndjson", "csv")
HUGE = "9" * 5000
#: What each of these road maps says, in YAML and in JSON.
A_ROADMAP = '"id": "r", "title": "T", "owners": ["itu"]'


def a_roadmap(more: str) -> str:
    """A file of one road map in YAML that says *more*."""
    return f"roadmaps:\n- {{{A_ROADMAP}, {more}}}\n"


def an_activity(more: str) -> str:
    """A file of one road map in YAML with one activity that says *more*."""
    return a_roadmap(f"activities: [{{id: r/a, title: T, {more}}}]")


def _cell(value: Any) -> Any:
    match value:
        case {"error": str(said)}:
            return ValueError(said)
        case _:
            return value


def faults(read: Callable[..., object], *given: Any, **how: Any) -> tuple[Finding, ...]:
    """The problems that *read*, so called, tells; there must be some."""
    with pytest.raises(LoadError) as caught:
        read(*given, **how)
    return caught.value.problems


def facts(problem: Finding, folder: Path) -> dict[str, Any]:
    """What a problem says without words; places in *folder* are told without it."""
    told = {
        "code": problem.code,
        "at": without(folder, str(problem.position)) if problem.position else "",
        "record": problem.record,
        "field": problem.field,
        "meant": [*problem.meant] if problem.meant[1:] else "".join(problem.meant),
    }
    known = {name: value for name, value in told.items() if value}
    return known if problem.fix is None else {**known, "fix": problem.fix.new}


def without(folder: Path, text: str) -> str:
    """A text that names no file by where the test put it."""
    return text.replace(f"{folder}/", "").replace(str(folder), ".")


@attrs.frozen
class Case:
    """One faulty input."""

    label: str
    """Where it stands among the data, and how it begins."""
    given: Mapping[str, Any]
    """The case as it is written."""

    @property
    def told(self) -> list[dict[str, Any]]:
        """The facts of each problem, as the case says them."""
        return list(self.given["told"])

    def problems(self, folder: Path) -> tuple[Finding, ...]:
        """What is told of it; files that it needs are written to *folder*."""
        profile = self.given.get("check")
        if profile is None:
            return faults(self.load, folder)
        corpus = self.load(folder)
        if not self.given.get("alone"):
            corpus = wsis.catalogue() | corpus
        report = wsis.check(corpus, profile=profile)
        rules = self.given.get("rules")
        return tuple(each for each in report.findings if not rules or each.code in rules)

    def load(self, folder: Path) -> Corpus:
        """Its file, read."""
        given = self.given
        if "mapping" in given:
            return wsis.load(given["mapping"])
        if "sheets" in given:
            pytest.importorskip("xlsxwriter", reason="needs the extra excel")
            from workbooks import workbook

            return wsis.loads(workbook(self.sheets()), "excel", name="map.xlsx")
        if "folder" in given:
            for name, text in given["folder"].items():
                (folder / name).write_text(text, encoding="utf-8", newline="")
            return wsis.load(folder)
        form, data = self.source()
        return wsis.loads(data, form, name=given.get("name", f"roadmaps.{form}"))

    def sheets(self) -> dict[str, list[list[Any]]]:
        """The rows of its workbook by sheet."""
        from workbooks import ROADMAP

        return {
            name: [[_cell(cell) for cell in row] for row in rows]
            for name, rows in {**ROADMAP, **self.given["sheets"]}.items()
        }

    def source(self) -> tuple[str, str | bytes]:
        """The form and the text of a single file."""
        given = self.given
        if "roadmap" in given:
            return "yaml", a_roadmap(given["roadmap"].replace("HUGE", HUGE))
        if "activity" in given:
            return "yaml", an_activity(given["activity"])
        if "bytes" in given:
            return given["form"], given["bytes"].encode("latin-1")
        (form,) = (form for form in FORMS if form in given)
        return form, given[form].replace("HUGE", HUGE)


def _label(file: str, number: int, given: Mapping[str, Any]) -> str:
    (said,) = (
        value
        for name, value in given.items()
        if name in {*FORMS, "bytes", "roadmap", "activity", "mapping", "sheets", "folder"}
    )
    begins = (said if isinstance(said, str) else repr(said))[:50]
    return f"{file}-{number}-{begins}"


def case(claim: str) -> Case:
    """The one case that is called so."""
    (found,) = (each for each in cases() if each.given.get("case") == claim)
    return found


def cases(*files: str) -> list[Case]:
    """The cases of these files, by their names without suffix; without any, all there are."""
    return [
        Case(_label(path.stem, number, given), given)
        for path in sorted(HERE.glob("*.yaml"))
        if not files or path.stem in files
        for number, given in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]
