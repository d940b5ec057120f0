"""Excel workbooks: every fault has its cell, and marks show it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from faulty import case, faults
from faulty.packages import uncounted
from openpyxl.utils.cell import coordinate_to_tuple
from workbooks import BARE, ROADMAP, Cells, opened, read, rezipped, told, workbook

import wsis_model as wsis
from wsis_model import Position
from wsis_model.cli.marking import marked_copy
from wsis_model.formats import csv
from wsis_model.formats.workbooks.marks import mark
from wsis_model.formats.workbooks.template import template
from wsis_model.model import File


class TestFaults:
    """Everything that is wrong is told at its cell, and marked there."""

    def test_a_table_without_a_column(self) -> None:
        """So in tables, in the words of their columns; one without rows lacks nothing."""
        texts = {"entities": "acronym\nITU\nUNESCO", "groups": "id"}
        _, _, problems = csv.parse(
            {f"{name}.csv": (f"{name}.csv", text.encode()) for name, text in texts.items()},
            "folder",
        )

        assert [("missing-field", "entities.csv:1 (id / name)")] == [
            (each.code, str(each.position)) for each in problems
        ]

    def test_two_road_maps_with_the_same_short_names(self) -> None:
        """Each keeps its own; a part of the other is named by its whole identifier, and not taken
        for one of the same short name.
        """
        sheets: Cells = {
            "Road maps": [["ID", "Title", "Owners"], ["c2", "T", "itu"], ["c3", "T", "unesco"]],
            "Objectives": [
                ["ID", "Road map", "Statement"],
                ["o1", "c2", "S"],
                ["o1", "c3", "S"],
                ["o2", "c2", "S"],
            ],
            "Activities": [
                ["ID", "Road map", "Title", "Objective", "Depends on"],
                ["a1", "c2", "T", "o1", None],
                ["a1", "c3", "T", "o1", "c2/a1; a2"],
                ["a2", "c3", "T", "o2", None],
            ],
            "Milestones": [["Activity", "Title"], ["c3/a1", "M"], ["c2/a1", "N"]],
        }
        first, second = read(workbook(sheets)).roadmaps

        assert [("c2/a1", "c2/o1", ())] == [
            (each.id, each.objective, each.depends_on) for each in first.activities
        ]
        assert [("c3/a1", "c3/o1", ("c2/a1", "c3/a2")), ("c3/a2", "o2", ())] == [
            (each.id, each.objective, each.depends_on) for each in second.activities
        ]
        assert ["c2/a1.m1", "c3/a1.m1"] == [
            each.activities[0].milestones[0].id for each in (first, second)
        ]

    def test_a_formula_without_a_value(self) -> None:
        """A formula that was never worked out is told of, whatever belongs in its cell, not read as
        nothing.
        """
        assert [
            ("wrong-identifier", "map.xlsx:Road maps!A2 (ID)"),
            ("wrong-value", "map.xlsx:Road maps!B2 (Title)"),
        ] == [(each.code, str(each.position)) for each in told(uncounted())]

    def test_marks(self) -> None:
        """Faulty cells are filled and commented, listed with links in the order of the workbook
        and counted; the copy reads as it did.
        """
        faulty = case("seventeen faults")
        data = workbook(faulty.sheets(), lambda _, sheet: sheet.write_comment("B2", "as it was"))
        assert len(faulty.told) == 17
        # The errors here are formulas': they are worked out again when the copy is opened.
        problems = told(data)
        marked_copy = mark(data, [(each.position, each.message) for each in problems])
        book = opened(marked_copy)
        listed = list(book["Faults"].iter_rows(min_row=2, values_only=True))

        assert "Faults" == book.sheetnames[0]
        assert {
            (each.position.sheet, each.position.cell, each.position.heading or "", each.message)
            for each in problems
        } == {(row[0], row[1], row[2] or "", row[3]) for row in listed}
        assert len(problems) == len(listed)
        order = [
            (book.sheetnames.index(str(row[0])), *coordinate_to_tuple(str(row[1])))
            for row in listed
        ]
        assert order == sorted(order)
        assert {"Road maps": 5, "Targets": 2, "in all": 17} == {
            row[5]: row[6] for row in listed if row[5] in ("Road maps", "Targets", "in all")
        }
        assert [f"'{row[5]}'!A1" for row in listed if row[5] in book.sheetnames] == [
            cell.hyperlink.location
            for (cell,) in book["Faults"].iter_rows(min_row=2, min_col=6, max_col=6)
            if cell.hyperlink
        ]
        assert [f"'{row[0]}'!{row[1]}" for row in listed] == [
            getattr(cell.hyperlink, "location", None)
            for (cell,) in book["Faults"].iter_rows(min_row=2, min_col=2, max_col=2)
        ]
        for each in problems:
            cell = book[each.position.sheet][each.position.cell]
            assert "FFFFC7CE" == cell.fill.fgColor.rgb, each
            assert cell.comment is not None, each
        (title,) = (each for each in problems if each.field == "roadmaps[0].title")
        assert f"as it was\n\nTo mend:\n{title.message}" == str(
            getattr(book["Road maps"]["B2"].comment, "text", "")
        )
        assert [each.position for each in problems] == [each.position for each in told(marked_copy)]

    def test_faults_are_told_by_heading(self, tmp_path: Path) -> None:
        """The sheet of faults names headings, as people see them, and no paths of fields."""
        pairs = (
            ("Activities", ["ID", "Title"], ["a1", "TODO"]),
            ("Resources", ["Belongs to", "Kind", "Funder"], ["a1", "funding", "nobody-known"]),
        )
        source = tmp_path / "map.xlsx"
        source.write_bytes(workbook({**ROADMAP, **{name: rows for name, *rows in pairs}}))
        report = wsis.check(wsis.catalogue() | wsis.load(source), profile="publish")
        copy = marked_copy([str(source)], report.findings)
        assert isinstance(copy, bytes)
        listed = {
            row[1:]
            for row in opened(copy)["Faults"].iter_rows(min_row=2, max_col=4, values_only=True)
        }

        assert ("C2", "Funder", "R201: there is no 'nobody-known'") in {
            (cell, heading, said.partition(";")[0]) for cell, heading, said in listed
        }
        assert ("B2", "Title", "M722: is yet to be written: 'TODO'") in listed
        assert not [
            said for _, heading, said in listed if heading and ("[0]" in said or "title.en" in said)
        ]

    def test_marks_of_an_earlier_copy_go(self) -> None:
        """What was mended is no longer marked; what is wrong still is marked once."""
        data = workbook(
            {**ROADMAP, "Activities": [["ID", "Title"], ["a1", None]]},
            lambda _, sheet: sheet.write_comment("A2", "kept"),
        )
        places = [Position("map.xlsx", sheet="Road maps", cell=cell) for cell in ("A2", "B2", "C2")]
        first = mark(data, [(place, "wrong") for place in places])
        second = opened(
            mark(first, [(places[1], "still wrong"), (Position("map.xlsx"), "no owner")])
        )
        sheet = second["Road maps"]

        assert ["kept", "To mend:\nstill wrong", None] == [
            cell.comment and cell.comment.text for cell in sheet[2]
        ]
        assert [False, True, False] == [cell.fill.fgColor.rgb == "FFFFC7CE" for cell in sheet[2]]
        counts = [
            (row[5], row[6]) for row in second["Faults"].iter_rows(min_row=2, values_only=True)
        ]
        assert [("Road maps", 1), ("the workbook", 1), ("in all", 2)] == counts

    @pytest.mark.parametrize("name", ["Faults", "FAULTS", "faults "])
    def test_a_sheet_of_faults_in_another_case(self, name: str) -> None:
        """The sheet of an earlier copy is replaced, however it is called by now, and the copy reads
        as the workbook did.
        """
        marked_copy = mark(
            workbook({**ROADMAP, name: [["Sheet", "Cell"], ["Road maps", "A2"]]}), ()
        )

        assert ["Faults", "Road maps"] == opened(marked_copy).sheetnames
        assert (BARE,) == read(marked_copy).roadmaps

    def test_a_marked_template_is_still_one(self) -> None:
        """Drop-downs, names and notes survive, and merged cells are marked where they begin."""
        data = template(
            File(roadmaps=(BARE,)), {"actors": [("itu", "International Telecommunication Union")]}
        )
        marked_copy = mark(
            data,
            [
                (
                    Position("map.xlsx", sheet="Activities", cell="C1", heading="Description"),
                    "=wrong\x07",
                )
            ],
        )
        before, after = (opened(each) for each in (data, marked_copy))

        assert (BARE,) == read(marked_copy).roadmaps
        assert set(before.defined_names) == set(after.defined_names)
        assert len(before["Activities"].data_validations.dataValidation) == len(
            after["Activities"].data_validations.dataValidation
        )
        assert "More about it.\n\nTo mend:\n=wrong\ufffd" == str(
            getattr(after["Activities"]["C1"].comment, "text", "")
        )

    # Formulas lose their stored values in the marked copy: openpyxl writes none, and we put none
    # back any more.
    def test_marks_keep_formulas(self) -> None:
        """Formulas stand in the marked copy, to be worked out when it is opened; until then they
        are told of, not read as nothing.
        """

        def dress(_: Any, sheet: Any) -> None:
            sheet.merge_range("A3:B3", "example: c2-roadmap")
            sheet.write_formula("B2", '="Road " & "<map>"', None, "Road <map> & more")
            sheet.write_formula("D2", "=2000+27", None, 2027)
            sheet.write_formula("E2", "=1=1", None, True)

        rows: list[list[Any]] = [
            ["ID", "Title", "Owners", "Version", "Description"],
            ["c2-roadmap", None, "itu"],
        ]
        data = workbook({"Road maps": rows}, dress)
        marked_copy = mark(data, [(Position("map.xlsx", sheet="Road maps", cell="B3"), "merged")])
        book = opened(marked_copy)

        assert (
            BARE.replace(title="Road <map> & more", version="2027", description="true")
            == read(data).roadmaps[0]
        )
        assert '="Road " & "<map>"' == book["Road maps"]["B2"].value
        assert book.calculation.fullCalcOnLoad
        assert ["B2", "D2", "E2"] == [each.position.cell for each in told(marked_copy)]

    def test_whole_columns_merged(self) -> None:
        """Whole columns that are merged are read at no cost; a marked copy, in which each cell
        would be made anew, is refused.
        """
        real = workbook({"Activities": [["Title", "Lead"], ["T", "itu"], ["T"]], **ROADMAP})
        content = zipfile.ZipFile(io.BytesIO(real)).read("xl/worksheets/sheet1.xml")
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells>'
        data = rezipped(real, sheet1=content.replace(b"</sheetData>", merged))

        assert ["itu", "itu"] == [each.lead for each in read(data).roadmaps[0].activities]
        (problem,) = faults(mark, data, ())
        assert "workbook" == problem.code

    def test_csv_marks(self) -> None:
        """A table gets a last column `faults`, in place of an earlier one; it reads as it did."""
        data = b"\xef\xbb\xbffaults,id,title,owners\r\nold,r,,itu\r\nold,s,T,itu,more\r\n"
        marked_copy = csv.mark(
            data,
            [
                (Position("roadmaps.csv", 2, heading="title"), "missing"),
                (Position("roadmaps.csv", 1), "no\nheading"),
            ],
        )

        assert (
            b'\xef\xbb\xbfid,title,owners,faults\r\nr,,itu,"title:'
            b' missing\nno\nheading"\r\ns,T,itu,more,\r\n' == marked_copy
        )
        assert b"id,titel,faults\r\n,,titel: unknown\r\n" == csv.mark(
            b"id,titel", [(Position("roadmaps.csv", 1, heading="titel"), "unknown")]
        )
        assert b'id;title\nr;"T' == csv.mark(
            b'id;title\nr;"T', [(Position("roadmaps.csv", 2), "x")]
        )


class TestHints:
    """What would do is said in the words of the workbook, and does when it is done."""

    def test_a_cell_that_shows_per_cent(self) -> None:
        """What is typed into it is taken for per cent, so that it must be made one of numbers
        first.
        """

        def per_cent(book: Any, sheet: Any) -> None:
            if sheet.name == "Observations":
                sheet.write_number(1, 2, 0.5, book.add_format({"num_format": "0%"}))

        sheets: Cells = {
            "Indicators": [["ID", "Name"], ["i1", "I"]],
            "Observations": [["Belongs to", "When", "Value"], ["i1", "2026", None]],
        }
        (problem,) = told(workbook({**ROADMAP, **sheets}, per_cent))

        assert "map.xlsx:Observations!C2 (Value)" == str(problem.position)
        assert ("wrong-value", "value") == (problem.code, problem.field.rpartition(".")[2])
        assert "write 50;" in problem.hint  # and not 0.5
