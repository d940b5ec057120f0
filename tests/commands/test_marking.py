"""Faults marked in copies of workbooks and tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from running import ROOT, Ran

import wsis_model as wsis
from wsis_model import Finding, LoadError, Position, cli


def test_faults_are_marked_in_a_copy_of_a_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The copy holds the remarks of the report as comments, the workbook itself stays, and the copy
    reads as the workbook does.
    """
    import openpyxl

    Ran(capsys, ("new", "roadmap", "--action-line", "C2", "-o", "plan.xlsx"))
    before = (folder / "plan.xlsx").read_bytes()
    ran = Ran(capsys, ("check", "plan.xlsx", "--profile", "publish", "--mark", "marked.xlsx"))

    book = openpyxl.load_workbook(folder / "marked.xlsx")
    remarks = [
        cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]
    assert (1, "wrote marked.xlsx\n") == (ran.code, ran.err)
    assert before == (folder / "plan.xlsx").read_bytes()
    assert any("M707" in each for each in remarks)
    assert 0 == Ran(capsys, ("check", "marked.xlsx", "--strict")).code


def test_faults_are_marked_in_a_copy_of_tables(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each table of the folder is copied with a column of faults, also those that could not be
    read, and the folder stays as it is.
    """
    tables = folder / "tables"
    tables.mkdir()
    (tables / "roadmaps.csv").write_text("id,title,owners\nplan,Plan,ITU\n", encoding="utf-8")
    (tables / "activities.csv").write_text(
        "id,title,lead,period.end\nplan/a1,A,nobody,2027\nplan/a2,B,ITU,soon\n", encoding="utf-8"
    )

    ran = Ran(capsys, ("check", "tables", "--mark", "marked"))
    rows = list(
        csv.DictReader(
            io.StringIO((folder / "marked" / "activities.csv").read_text(encoding="utf-8"))
        )
    )

    assert 2 == ran.code
    assert "by sheet" not in ran.out
    assert ["lead: R201: ", "period.end: "] == [
        row["faults"][: len(said)]
        for row, said in zip(rows, ("lead: R201: ", "period.end: "), strict=True)
    ]
    assert {"roadmaps.csv", "activities.csv"} == {
        path.name for path in (folder / "marked").iterdir()
    }
    assert "faults" not in (tables / "activities.csv").read_text(encoding="utf-8")
    assert 2 == Ran(capsys, ("check", "tables", "--mark", "tables/marked")).code


def test_a_copy_of_tables_named_as_sheets_is_marked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tables that a spreadsheet saved are marked under their names; what is not read is copied as
    it is, lock files are left out.
    """
    tables = folder / "tables"
    tables.mkdir()
    (tables / "plan-Road maps.csv").write_text("ID;Title;Owners\nplan;Plan;ITU\n", encoding="utf-8")
    (tables / "plan-Activities.CSV").write_text("ID;Title;Lead\na1;A;nobody\n", encoding="utf-8")
    (tables / "plan-Read me.csv").write_text("How to fill it\n", encoding="utf-8")
    (tables / "~$plan.xlsx").write_bytes(b"somebody")

    ran = Ran(capsys, ("check", "tables", "--mark", "marked"))
    marked = {path.name: path.read_text(encoding="utf-8") for path in (folder / "marked").iterdir()}

    assert 1 == ran.code
    assert {"plan-Road maps.csv", "plan-Activities.CSV", "plan-Read me.csv"} == set(marked)
    assert "How to fill it\n" == marked["plan-Read me.csv"]
    assert "a1;A;nobody;Lead: R201: " in marked["plan-Activities.CSV"]


def test_a_workbook_that_is_none_is_told_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be opened cannot be marked, and is told in the report."""
    (folder / "plan.xlsx").write_bytes(b"no workbook")

    ran = Ran(capsys, ("check", "plan.xlsx", "--mark", "marked.xlsx"))

    assert (2, 1) == (ran.code, (ran.out + ran.err).count("not a whole workbook"))
    assert not (folder / "marked.xlsx").exists()


def test_a_workbook_that_cannot_be_marked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was read, no copy was written, and somebody waits for it."""
    pytest.importorskip("openpyxl", reason="a workbook is marked with it")
    book, copy = tmp_path / "k.xlsx", tmp_path / "marked.xlsx"
    wsis.save(wsis.load(ROOT / "examples" / "data" / "c2-roadmap.yaml"), book)
    from wsis_model.formats.workbooks import marks

    def refuse(*_: object) -> bytes:
        raise LoadError((Finding("workbook", "too many cells are merged", Position("")),))

    monkeypatch.setattr(marks, "mark", refuse)

    assert cli.main(["check", str(book), "--mark", str(copy)]) == 2
    assert f"{book}: too many cells are merged [workbook]" in capsys.readouterr().err
    assert not copy.exists()
