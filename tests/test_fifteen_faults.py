"""A workbook that a non-programmer filled in wrongly in fifteen ways: one run names fifteen cells."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import wsis_model as wsis
from wsis_model import authoring
from wsis_model.cli import main

#: Sheet, heading, what was written, and the code under which it is told. Some keep the cell from
#: being read, some make no sense together.
FAULTS = [
    ("Road maps", "Status", "drfat", "wrong-value"),
    ("Road maps", "Period: end", "31/12/2030", "wrong-date"),
    ("Road maps", "Reports to", "the CSTTD", "wrong-identifier"),
    ("Objectives", "SDG targets", "9.9", "R201"),
    ("Activities", "Title", None, "missing-field"),
    ("Activities", "Lead", "UNESCCO", "wrong-identifier"),
    ("Activities", "Answers", "para. 999", "R204"),
    ("Activities", "Objective", "o9", "R201"),
    ("Activities", "Status", "finished", "wrong-value"),
    ("Milestones", "Due: date", "end of 2027", "wrong-date"),
    ("Milestones", "Due: session", "CSTD 99", "wrong-identifier"),
    ("Indicators", "Direction", "up", "wrong-value"),
    ("Indicators", "Baseline: value", "about 74", "wrong-value"),
    ("Resources", "Currency", "francs", "wrong-value"),
    ("Targets", "Value", "120", "M711"),
]
SOUND: dict[str, dict[str, Any]] = {
    "Activities": {
        "ID": "a1",
        "Title": "Map the schools",
        "Lead": "ITU",
        "Objective": "o1",
        "Answers": "para. 37",
    },
    "Objectives": {"ID": "o1", "Statement": "Every school is connected"},
    "Milestones": {"ID": "a1.m1", "Belongs to": "a1", "Title": "Map ready"},
    "Indicators": {
        "ID": "i1",
        "Name": "Use of the Internet",
        "Unit": "percent",
        "Baseline: when": 2025,
    },
    "Resources": {"Belongs to": "a1", "Kind": "funding", "Amount": 1000},
    "Targets": {"Belongs to": "i1", "By": 2030},
}


def cell(sheet: Any, heading: str, row: int) -> Any:
    """The cell under a heading in a row; the heading is made if the sheet has none of that name."""
    for each in sheet[1]:
        if str(each.value or "").casefold() == heading.casefold():
            return sheet.cell(row, each.column)
    headings = [str(each.value) for each in sheet[1]]
    raise AssertionError(f"{sheet.title} has no {heading!r}: {headings}")


def sound() -> Any:
    """The template for Action Line C2, filled in."""
    draft = authoring.new_roadmap(wsis.catalogue(), action_line="C2")
    book = openpyxl.load_workbook(io.BytesIO(draft.to_xlsx()))
    for name, row in SOUND.items():
        sheet = book[name]
        sheet.delete_rows(2, sheet.max_row)
        for heading, value in row.items():
            cell(sheet, heading, 2).value = value
    return book


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, dict[tuple[str, str], str]]:
    """The template for Action Line C2, filled in wrongly, and the cells that are wrong with their
    codes.
    """
    book = sound()
    wrong: dict[tuple[str, str], str] = {}
    for name, heading, value, code in FAULTS:
        here = cell(book[name], heading, 2)
        here.value = value
        wrong[name, here.coordinate] = code
    path = tmp_path / "filled.xlsx"
    book.save(path)
    return path, wrong


def test_fifteen_wrong_cells_are_fifteen_cells_named(
    filled: tuple[Path, dict[tuple[str, str], str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """One run tells all fifteen, each by sheet, cell and heading, grouped and counted; a marked
    copy says the same.
    """
    path, wrong = filled
    marked = path.with_name("marked.xlsx")

    code = main(["check", str(path), "--format", "json", "--mark", str(marked)])
    found = json.loads(capsys.readouterr().out)["findings"]
    named = {(each["position"]["sheet"], each["position"]["cell"]): each["code"] for each in found}

    assert 2 == code
    assert wrong == named
    assert len(FAULTS) == len(wrong) == len(found) == 15
    assert all(each["position"]["heading"] for each in found)

    main(["check", str(path)])
    told = capsys.readouterr().out
    assert "by sheet: " in told and "Activities 5" in told and "14 errors, 1 warning" in told

    book = openpyxl.load_workbook(marked)
    commented = {
        (sheet.title, each.coordinate)
        for sheet in book
        for row in sheet.iter_rows(min_row=2)
        for each in row
        if each.comment is not None and sheet.title != "Faults"
    }
    assert set(wrong) == commented
    assert "Faults" in book.sheetnames


#: Cells that are changed, and the one cell that is told, with its code and heading: whatever
#: follows from it is not.
MISTAKES: dict[str, tuple[dict[str, Any], tuple[str, str, str]]] = {
    "a heading that must be there was renamed": (
        {
            "Milestones!C1": "What",
            "Evidence!A2": "Map ready",
            "Evidence!B2": "E",
            "Updates!B2": "2027-01-01",
            "Updates!C2": "Map ready",
        },
        ("unknown-field", "Milestones!C1", "What"),
    ),
    "a row was copied, with its ID": (
        {
            "Activities!A3": "a1",
            "Activities!B3": "Train",
            "Activities!O2": "a2",
            "Resources!A3": "a2",
            "Resources!B3": "staff",
        },
        ("duplicate-record", "Activities!A3", "ID"),
    ),
    "thousands are written with points": (
        {"Targets!B2": "80.000"},
        ("wrong-value", "Targets!B2", "Value"),
    ),
    "a milestone is due at a session after its activity": (
        {"Activities!L2": "2026", "Milestones!E2": "CSTD 30"},
        ("M705", "Milestones!E2", "Due: session"),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_mistake_is_one_finding(
    mistake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told once, where it was made."""
    changes, told = MISTAKES[mistake]
    book = sound()
    for sheet in ("Evidence", "Updates"):
        book[sheet].delete_rows(2)
    for place, value in {
        "Indicators!D2": "increase",
        "Indicators!J2": 50,
        "Targets!B2": 80,
        **changes,
    }.items():
        name, _, at = place.partition("!")
        book[name][at] = value
    book.save(tmp_path / "map.xlsx")
    main(["check", str(tmp_path / "map.xlsx"), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]

    assert [told] == [
        (
            each["code"],
            f"{each['position']['sheet']}!{each['position']['cell']}",
            each["position"]["heading"],
        )
        for each in found
        if each["severity"] == "error"
    ]


@pytest.mark.parametrize(
    ("code", "heading"),
    [("M712", "SDG targets"), ("M713", "Compact commitments"), ("M714", "Action Lines")],
)
def test_a_link_that_is_missing_is_told_where_it_would_stand(
    code: str, heading: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the columns for links it is the one for what is missing."""
    book = sound()
    cell(book["Road maps"], "Scope", 2).value = None
    book.save(tmp_path / "map.xlsx")
    main(["check", str(tmp_path / "map.xlsx"), "--profile", "publish", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]

    assert [heading] == [each["position"]["heading"] for each in found if each["code"] == code]
    assert [cell(book["Activities"], heading, 2).coordinate] == [
        each["position"]["cell"] for each in found if each["code"] == code
    ]
