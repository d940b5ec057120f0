"""Slips that workbooks and tables took in silence: each is told once, in the words of what it
stands in.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import wsis_model as wsis
from wsis_model import Finding, LoadError, check
from wsis_model.cli import main
from wsis_model.formats.tables.columns import TABLES, label_of

Rows = Sequence[Sequence[Any]]
ROADMAP: dict[str, Rows] = {"Road maps": [["ID", "Title", "Owners"], ["r", "Road map", "ITU"]]}


def workbook(folder: Path, **sheets: Rows) -> Path:
    """A workbook of a road map with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {**ROADMAP, **sheets}.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    path = folder / "map.xlsx"
    book.save(path)
    return path


def tables(folder: Path, **sheets: Rows) -> Path:
    """The same as a folder of CSV tables, whose headings are those of programs."""
    labels = {
        label_of(name): name
        for name in (
            *(column for record in TABLES.values() for column in record.model_fields),
            *("belongs_to", "action_lines", "sdg_targets", "commitments", "themes"),
            *("due.date", "period.start", "title:fr"),
        )
    }
    for name, rows in {**ROADMAP, **sheets}.items():
        stream = io.StringIO(newline="")
        writer = csv.writer(stream)
        for row in rows:
            writer.writerow([labels.get(str(cell), cell) for cell in row])
        table = name.replace("_", "").replace(" ", "").lower()
        (folder / f"{table}.csv").write_text(stream.getvalue(), encoding="utf-8")
    return folder


def told(path: Path) -> tuple[Finding, ...]:
    """What is wrong with a file."""
    with pytest.raises(LoadError) as caught:
        wsis.load(path)
    return caught.value.problems


def found(path: Path, **how: Any) -> tuple[Finding, ...]:
    """What is found in a file over the catalogue."""
    return check(wsis.catalogue() | wsis.load(path), **how).findings


ACTIVITY = ["ID", "Title", "Action Lines", "SDG targets", "Compact commitments"]


@pytest.mark.parametrize("made", [workbook, tables])
def test_headings_pasted_again_are_told(tmp_path: Path, made: Any) -> None:
    """Where tables were pasted one under the other: one problem, at the row that repeats the
    headings.
    """
    sheet = [
        ["ID", "Title", "Lead"],
        ["a1", "A", "ITU"],
        ["ID", "Title", "Lead"],
        ["a2", "B", None],
    ]
    (problem,) = told(made(tmp_path, Activities=sheet))

    assert "wrong-heading" == problem.code
    assert 3 == (problem.position.line or int((problem.position.cell or "A0")[1:]))


@pytest.mark.parametrize("made", [workbook, tables])
def test_one_cell_like_a_heading_is_a_cell(tmp_path: Path, made: Any) -> None:
    """An activity may be called *Title*."""
    assert wsis.load(made(tmp_path, Activities=[["Title"], ["Title"]])).roadmap("r").activities


@pytest.mark.parametrize(
    ("version", "codes"),
    [(1.1, ["wrong-value"]), ("1.10", []), ("1.1", []), (2, []), (1.25, []), ("draft 3", [])],
)
def test_a_version_that_may_have_lost_its_nought_is_told(
    tmp_path: Path, version: Any, codes: list[str]
) -> None:
    """1.10 as a number is 1.1; as a text, and where no nought can be lost, a version is one."""
    sheet = [["ID", "Title", "Owners", "Version"], ["r", "Road map", "ITU", version]]
    path = workbook(tmp_path, **{"Road maps": sheet})

    if codes:
        assert codes == [each.code for each in told(path)]
    else:
        assert str(version) == wsis.load(path).roadmap("r").version


def test_findings_in_a_workbook_call_fields_as_the_sheet_does(tmp_path: Path) -> None:
    """*Lead reason*, and not `lead_reason`; the path of a field is not said beside the heading of
    its cell.
    """
    sheet = [
        ["ID", "Title", "Answers", "Lead"],
        ["a1", "A", "para. 67, mandate 2", "Secretary-General"],
    ]
    (finding,) = (
        each
        for each in found(workbook(tmp_path, Activities=sheet), profile="publish")
        if each.code == "M720"
    )

    assert "Lead reason" in finding.hint
    assert "lead_reason" not in str(finding) and "r/a1 lead" not in str(finding)


def test_findings_in_tables_call_fields_as_programs_do(tmp_path: Path) -> None:
    """Columns of CSV have the names of fields."""
    sheet = [
        ["ID", "Title", "Answers", "Lead"],
        ["a1", "A", "para. 67, mandate 2", "Secretary-General"],
    ]
    (finding,) = (
        each
        for each in found(tables(tmp_path, Activities=sheet), profile="publish")
        if each.code == "M720"
    )

    assert "lead_reason" in finding.hint


@pytest.mark.parametrize(
    ("made", "hint"), [(workbook, "Title (ru)"), (tables, "title:ru")], ids=["workbook", "tables"]
)
def test_a_text_in_another_script_is_told_with_the_column_of_its_language(
    tmp_path: Path, made: Any, hint: str
) -> None:
    """In the words of what it stands in."""
    sheet = [["ID", "Title"], ["a1", "Обследование"]]
    (finding,) = (each for each in found(made(tmp_path, Activities=sheet)) if each.code == "I107")

    assert hint in finding.hint


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("Lead", "tbc"),
        ("Lead", "N/A"),
        ("Partners", "?"),
        ("Status", "-"),
        ("Period: start", "TBD"),
        ("Objective", "n.a."),
        ("SDG targets", "–"),
        ("Depends on", "none"),
    ],
)
def test_a_cell_that_says_nothing_is_to_be_left_empty(
    tmp_path: Path, column: str, written: str
) -> None:
    """Whether it has the form of an identifier or not, it is told once, and with what to do."""
    path = workbook(tmp_path, Activities=[["ID", "Title", column], ["a1", "A", written]])
    problems: tuple[Finding | Finding, ...]
    try:
        problems = found(path)
    except LoadError as error:
        problems = error.problems

    (problem,) = problems
    assert problem.position and ("C2", column) == (problem.position.cell, problem.position.heading)
    assert problem.hint and written not in problem.hint


WORDS = [
    ("Activities", "Period: start", "Q9 2027"),
    ("Activities", "Lead", "UNESCO and ITU"),
    ("Activities", "Partners", "UNESCO/ITU"),
    ("Activities", "Lead", "Nobody we know"),
    ("Activities", "Title:", "A"),
    ("Activities", "Start date", "2027"),
    ("Activities", "SDG targets", "C5"),
    ("Milestones", "Due: date", "June 2027"),
    ("Milestones", "Due: session", "CSTD 99"),
    ("Milestones", "Belongs to", "a9"),
]


@pytest.mark.parametrize(("sheet", "column", "written"), WORDS)
def test_a_workbook_is_told_in_its_own_words(
    tmp_path: Path, sheet: str, column: str, written: str
) -> None:
    """No word of CSV, of lines, or of the names that programs give to columns."""
    first = {"Activities": ["a1"], "Milestones": ["a1.m1"]}
    sheets = {"Activities": [["ID", "Title"], ["a1", "A"]]}
    named = "Name" if column.startswith("Title") else "Title"
    sheets[sheet] = [["ID", named, column], [*first[sheet], "M", written]]
    said = [
        f"{each.message} {each.hint} {each.code}" for each in told(workbook(tmp_path, **sheets))
    ]

    assert said
    for words in said:
        assert not {"csv", "due.", "sdg_targets", "belongs_to", "action_lines"} & {
            part
            for part in ("csv", "due.", "sdg_targets", "belongs_to", "action_lines")
            if part in words.lower()
        }


def test_a_day_is_not_changed_by_what_is_told(tmp_path: Path) -> None:
    """A cell that holds a day is one, whatever it looks like."""
    sheet: Rows = [["ID", "Title", "Due: date"], ["a1.m1", "M", dt.date(2027, 6, 5)]]
    path = workbook(tmp_path, Activities=[["ID", "Title"], ["a1", "A"]], Milestones=sheet)
    (milestone,) = wsis.load(path).roadmap("r").activities[0].milestones

    assert wsis.Due(date="2027-06-05") == milestone.due


def test_what_could_not_be_read_is_not_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of an activity whose milestone has a day that cannot be read it is not said that it names
    none.
    """
    sheet = [["ID", "Belongs to", "Title", "Due: date"], ["a1.m1", "a1", "M", "June 2027"]]
    path = workbook(
        tmp_path, Activities=[["ID", "Title"], ["a1", "A"], ["a2", "B"]], Milestones=sheet
    )

    main(["check", str(path), "--profile", "publish", "--format", "json"])

    told = json.loads(capsys.readouterr().out)["findings"]
    assert ["r/a2"] == [each["record"] for each in told if each["code"] == "M733"]
    assert 1 == sum(each["code"] == "wrong-date" for each in told)
