"""Excel workbooks: every fault has its cell, and marks show it."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple
from workbooks import BARE, ROADMAP, Cells, opened, read, rezipped, told, workbook

import wsis_model as wsis
from wsis_model import LoadError, Position
from wsis_model.cli.marking import marked
from wsis_model.formats import csv
from wsis_model.formats.workbooks.marks import mark
from wsis_model.formats.workbooks.template import template
from wsis_model.model import File

FAULTY: Cells = {
    "Road maps": [
        ["ID", "Title", "Owners", "Status", "Period: start", "Budget", "Id"],
        ["c2-roadmap", None, "itu", "publishd", "from 2026", "1", "x"],
    ],
    "Activities": [
        ["ID", "Title", "Lead", "Status", "SDG targets"],
        ["a1", ValueError("#REF!"), "who knows?", "donee", "9.c; 9.z"],
    ],
    "Milestones": [
        ["ID", "Belongs to", "Title", "Due: date"],
        ["a1.m1", "a1", "M", "31/12/2027"],
        ["a1.m2", "a9", "N", None],
    ],
    "Indicators": [["ID", "Name"], ["i1", "I"]],
    "Targets": [
        ["Belongs to", "Value", "By"],
        ["i1", "ninety", "soon"],
        ["i1", 0.9, datetime.date(2027, 12, 31)],
    ],
    "Resources": [
        ["Belongs to", "Kind", "Amount", "Currency", "Within existing"],
        ["a1", "funding", ValueError("#N/A"), "Francs", "perhaps"],
    ],
    "Activitys": [["ID"], ["a2"]],
}
CELLS = {
    "Road maps!B2": "Title",
    "Road maps!D2": "Status",
    "Road maps!E2": "Period: start",
    "Road maps!F1": "Budget",
    "Road maps!G1": "Id",
    "Activities!B2": "Title",
    "Activities!C2": "Lead",
    "Activities!D2": "Status",
    "Activities!E2": "SDG targets",
    "Milestones!D2": "Due: date",
    "Milestones!B3": "Belongs to",
    "Targets!B2": "Value",
    "Targets!C2": "By",
    "Resources!C2": "Amount",
    "Resources!D2": "Currency",
    "Resources!E2": "Within existing",
    "Activitys!A1": None,
}


class TestFaults:
    """Everything that is wrong is told at its cell, and marked there."""

    def test_every_cell_is_named_in_one_run(self) -> None:
        """A workbook filled wrongly in seventeen ways names seventeen cells with their headings."""
        problems = told(workbook(FAULTY))

        assert CELLS == {
            f"{each.position.sheet}!{each.position.cell}": each.position.heading
            for each in problems
        }
        assert len(CELLS) == len(problems)

    @pytest.mark.parametrize(
        ("sheets", "said"),
        [
            ({"Activities": [["ID", "Titel"], ["a1", "T"]]}, "map.xlsx:Activities!B1 (Titel): 'Titel' is not a column of the sheet Activities; did you mean 'Title'?"),
            ({"Activities": [["ID", "Title"], ["a1", "T", "note"]]}, "map.xlsx:Activities!C2 (column 3): column 3 has no heading"),
            ({"Activities": [["Title"], ["T"], ["U"]], "Milestones": [["Title"], ["M"]]}, "map.xlsx:Milestones!A2 (Belongs to): a row of milestones names nothing"),
            ({"Milestones": [["ID", "Title"], ["m", "T"], ["n", "T"]]}, "map.xlsx:Milestones!A2 (Belongs to): there are no activities that milestones could belong to"),
            ({"Activities": [["ID", "Belongs to", "Title"], ["a1", "c9", "T"]], "Milestones": [["Belongs to", "Title"], ["a1", "M"]]}, "map.xlsx:Activities!B2 (Belongs to): 'c9' is not in these tables"),
            ({"Activities": [["ID", "Title"], ["A 1", "T"]], "Milestones": [["Belongs to", "Title"], ["A 1", "M"]]}, "map.xlsx:Activities!A2 (ID): 'A 1' is not an identifier; did you mean 'a-1'?"),
            ({"Activities": [["Title", "SDG targets"], ["T", ValueError("#N/A")]]}, "map.xlsx:Activities!B2 (SDG targets): nothing is called '#N/A'"),
            ({"Activities": [["Title", "Lead"], ["T", "ICC"]]}, "map.xlsx:Activities!B2 (Lead): 'ICC' is the name of 'international-chamber-of-commerce' and of 'international-criminal-court'"),
            ({"Activities": [["Title"], ["T"]], "Milestones": [["Belongs to", "Title"], [ValueError("#N/A"), "M"]]}, "map.xlsx:Milestones!A2 (Belongs to): '#N/A' is not in these tables"),
            ({"Activities": [["ID"], ["a1"], ["a2"]]}, "map.xlsx:Activities!A1 (Title): the sheet has no column 'Title'"),
            ({"Actvities": [["ID"], ["a1"]]}, "map.xlsx:Actvities!A1: 'Actvities' is not a sheet of records; did you mean 'Activities'?"),
            ({"Activities": [["ID", "Title"], ["a 1", "T"]]}, "'a 1' is not an identifier; did you mean 'a-1'?"),
            ({"Activities": [["Title", "SDG targets"], ["T", "9.z"]]}, "map.xlsx:Activities!B2 (SDG targets)"),
        ],
    )  # fmt: skip
    def test_one_fault_is_one_problem(self, sheets: Cells, said: str) -> None:
        """Each is told in the words of the sheet."""
        (problem,) = told(workbook({**ROADMAP, **sheets}))

        assert said in f"{problem.position}: {problem.message}; {problem.hint}"

    @pytest.mark.parametrize(
        ("sheet", "heading", "meant"),
        [
            ("Activities", "SDGs", "SDG targets"),
            ("Activities", "Start", "Period: start"),
            ("Activities", "End date", "Period: end"),
            ("Activities", "Reason", "Lead reason"),
            ("Activities", "Partner", "Partners"),
            ("Activities", "objectiv", "Objective"),
            ("Activities", "Comments", None),
            ("Activities", "Budget", None),
            ("Milestones", "Activity ID", "Belongs to"),
            ("Milestones", "Deadline date", "Due: date"),
            ("Resources", "Comments", "Note"),
            ("Resources", "Amount (CHF)", "Amount"),
        ],
    )
    def test_a_heading_that_is_nearly_one(
        self, sheet: str, heading: str, meant: str | None
    ) -> None:
        """Its words tell what was meant before its letters do, and cells under it are read; a
        remark is nobody's near miss.
        """
        known: dict[str, list[Any]] = {
            "Activities": ["ID", "Title"],
            "Milestones": ["ID", "Title"],
            "Resources": ["Kind"],
        }
        rows: dict[str, list[list[Any]]] = {
            name: [headings, ["x", "T"][: len(headings)]] for name, headings in known.items()
        }
        rows[sheet] = [[*known[sheet], heading], rows[sheet][1]]
        (problem,) = told(workbook({**ROADMAP, **rows}))

        assert f"{heading!r} is not a column of " in problem.message
        assert (
            (f"did you mean {meant!r}?" in problem.hint)
            if meant
            else ("columns are " in problem.hint)
        )
        assert "begin the heading with # to keep the column for yourself" in problem.hint

    def test_the_columns_that_are_listed(self) -> None:
        """They are those that people fill."""
        (problem,) = told(workbook({**ROADMAP, "Activities": [["Title", "Xyz"], ["T"]]}))

        assert problem.hint.startswith(
            "columns are ID, Belongs to, Title, Description, Objective, Answers, Lead, Lead reason, Partners, Period: start, Period: end, "
            "Depends on, Status, Action Lines, SDG targets, Compact commitments, Other alignments; begin"
        )

    def test_a_heading_that_was_renamed(self) -> None:
        """That a column that must be filled has another heading is one fault: not one of each row,
        nor of what names its rows.
        """
        sheets: Cells = {
            **ROADMAP,
            "Activities": [["ID", "Title"], ["a1", "A"]],
            "Milestones": [["Belongs to", "What", "Whom"], ["a1", "Map online"], ["a1", "N"]],
            "Indicators": [["ID", "Name"], ["i1", "I"]],
            "Targets": [["Belongs to", "How much", "By"], ["i1", 5, 2030], ["i1", 6, 2035]],
            "Updates": [["Date", "About"], ["2027-01-01", "Map online"]],
            "Evidence": [["Belongs to", "Title"], ["Map online", "E"]],
        }
        lacks = {
            "Milestones!B1 (What)": "'What' is not a column of the sheet Milestones, and the sheet has no column 'Title'",
            "Milestones!C1 (Whom)": "'Whom' is not a column of the sheet Milestones",
            "Targets!B1 (How much)": "'How much' is not a column of the sheet Targets, and the sheet has no column 'Value'",
        }

        assert lacks == {
            str(each.position).removeprefix("map.xlsx:"): each.message
            for each in told(workbook(sheets))
        }

    def test_a_table_without_a_column(self) -> None:
        """So in tables, in the words of their columns; one without rows lacks nothing."""
        texts = {"entities": "acronym\nITU\nUNESCO", "groups": "id"}
        _, _, problems = csv.parse(
            {f"{name}.csv": (f"{name}.csv", text.encode()) for name, text in texts.items()},
            "folder",
        )

        assert ["entities.csv:1 (id / name): the table has no columns 'id', 'name'"] == [
            f"{each.position}: {each.message}" for each in problems
        ]

    def test_a_name_in_several_road_maps(self) -> None:
        """A short name that could mean two things means neither."""
        sheets: Cells = {
            "Road maps": [["ID", "Title", "Owners"], ["c2", "T", "itu"], ["c3", "T", "unesco"]],
            "Activities": [
                ["ID", "Belongs to", "Title"],
                ["a1", "c2", "T"],
                ["a1", "c3", "T"],
                ["a2", "c3", "T"],
            ],
            "Milestones": [["Belongs to", "Title"], ["a1", "M"], ["a2", "M"]],
        }
        (problem,) = told(workbook(sheets))

        assert (
            "map.xlsx:Milestones!A2 (Belongs to): 'a1' stands in several rows; give each row an identifier of its own"
            in f"{problem.position}: {problem.message}; {problem.hint}"
        )

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

    def test_a_wrong_road_map_is_told_once(self) -> None:
        """An identifier that cannot be read is not told of again with every part of its road map."""
        sheets: Cells = {
            "Road maps": [["ID", "Title", "Owners"], ["C2 Road Map", "T", "itu"]],
            "Objectives": [["ID", "Statement"], ["o1", "S"]],
            "Activities": [
                ["ID", "Title", "Depends on", "Objective"],
                ["A1", "T", None, "O1"],
                [None, "T", "A1", None],
            ],
            "Milestones": [["Belongs to", "Title"], ["a1", "M"]],
        }

        assert ["'C2 Road Map' is not an identifier"] == [
            each.message for each in told(workbook(sheets))
        ]

    def test_a_formula_without_a_value(self) -> None:
        """A formula that was never worked out is told of, whatever belongs in its cell, not read as
        nothing.
        """
        book = openpyxl.Workbook()
        sheet = book.create_sheet("Road maps")
        for row in (["ID", "Title", "Owners"], ['="c2-" & "roadmap"', '="Road" & " map"', "itu"]):
            sheet.append(row)
        stream = io.BytesIO()
        book.save(stream)

        assert ["map.xlsx:Road maps!A2 (ID)", "map.xlsx:Road maps!B2 (Title)"] == [
            str(each.position) for each in told(stream.getvalue())
        ]
        assert all(
            "formula" in each.message and "no stored value" in f"{each.message} {each.hint}"
            for each in told(stream.getvalue())
        )

    def test_marks(self) -> None:
        """Faulty cells are filled and commented, listed with links in the order of the workbook
        and counted; the copy reads as it did.
        """
        data = workbook(FAULTY, lambda _, sheet: sheet.write_comment("B2", "as it was"))
        # The errors here are formulas': they are worked out again when the copy is opened.
        problems = told(data)
        marked = mark(data, [(each.position, each.message) for each in problems])
        book = opened(marked)
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
        for name in CELLS:
            sheet, _, cell = name.partition("!")
            assert "FFFFC7CE" == book[sheet][cell].fill.fgColor.rgb
            assert book[sheet][cell].comment is not None
        assert "as it was\n\nTo mend:\n'Title' is missing" == str(
            getattr(book["Road maps"]["B2"].comment, "text", "")
        )
        assert [each.position for each in problems] == [each.position for each in told(marked)]

    def test_faults_are_told_by_heading(self, tmp_path: Path) -> None:
        """The sheet of faults names headings, as people see them, and no paths of fields."""
        pairs = (
            ("Activities", ["ID", "Title"], ["a1", "TODO"]),
            ("Resources", ["Belongs to", "Kind", "Funder"], ["a1", "funding", "nobody-known"]),
        )
        source = tmp_path / "map.xlsx"
        source.write_bytes(workbook({**ROADMAP, **{name: rows for name, *rows in pairs}}))
        report = wsis.check(wsis.catalogue() | wsis.load(source), profile="publish")
        copy = marked([str(source)], report.findings)
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
        marked = mark(workbook({**ROADMAP, name: [["Sheet", "Cell"], ["Road maps", "A2"]]}), ())

        assert ["Faults", "Road maps"] == opened(marked).sheetnames
        assert (BARE,) == read(marked).roadmaps

    def test_a_marked_template_is_still_one(self) -> None:
        """Drop-downs, names and notes survive, and merged cells are marked where they begin."""
        data = template(
            File(roadmaps=(BARE,)), {"actors": [("itu", "International Telecommunication Union")]}
        )
        marked = mark(
            data,
            [
                (
                    Position("map.xlsx", sheet="Activities", cell="C1", heading="Description"),
                    "=wrong\x07",
                )
            ],
        )
        before, after = (opened(each) for each in (data, marked))

        assert (BARE,) == read(marked).roadmaps
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
        marked = mark(data, [(Position("map.xlsx", sheet="Road maps", cell="B3"), "merged")])
        book = opened(marked)

        assert (
            BARE.replace(title="Road <map> & more", version="2027", description="true")
            == read(data).roadmaps[0]
        )
        assert '="Road " & "<map>"' == book["Road maps"]["B2"].value
        assert book.calculation.fullCalcOnLoad
        assert ["B2", "D2", "E2"] == [each.position.cell for each in told(marked)]

    def test_whole_columns_merged(self) -> None:
        """Whole columns that are merged are read at no cost; a marked copy, in which each cell
        would be made anew, is refused.
        """
        real = workbook({"Activities": [["Title", "Lead"], ["T", "itu"], ["T"]], **ROADMAP})
        content = zipfile.ZipFile(io.BytesIO(real)).read("xl/worksheets/sheet1.xml")
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells>'
        data = rezipped(real, sheet1=content.replace(b"</sheetData>", merged))

        assert ["itu", "itu"] == [each.lead for each in read(data).roadmaps[0].activities]
        with pytest.raises(
            LoadError,
            match="more than 1,048,576 cells are merged or linked; merge no whole columns",
        ):
            mark(data, ())

    def test_csv_marks(self) -> None:
        """A table gets a last column `faults`, in place of an earlier one; it reads as it did."""
        data = b"\xef\xbb\xbffaults,id,title,owners\r\nold,r,,itu\r\nold,s,T,itu,more\r\n"
        marked = csv.mark(
            data,
            [
                (Position("roadmaps.csv", 2, heading="title"), "missing"),
                (Position("roadmaps.csv", 1), "no\nheading"),
            ],
        )

        assert (
            b'\xef\xbb\xbfid,title,owners,faults\r\nr,,itu,"title: missing\nno\nheading"\r\ns,T,itu,more,\r\n'
            == marked
        )
        assert b"id,titel,faults\r\n,,titel: unknown\r\n" == csv.mark(
            b"id,titel", [(Position("roadmaps.csv", 1, heading="titel"), "unknown")]
        )
        assert b'id;title\nr;"T' == csv.mark(
            b'id;title\nr;"T', [(Position("roadmaps.csv", 2), "x")]
        )


class TestHints:
    """What would do is said in the words of the workbook, and does when it is done."""

    @pytest.mark.parametrize(
        ("sheet", "cells", "hint"),
        [
            (
                "Activities",
                {"Lead": "IFLA"},
                "write a name such as UNESCO or an identifier such as groups/youth, or give it a line in the sheet Entities",
            ),
            (
                "Activities",
                {"Lead": "UNESCO and ITU"},
                "only one belongs here: write UNESCO, and ITU under Partners",
            ),
            (
                "Milestones",
                {"Belongs to": "a1", "Due: session": "IGF 2027"},
                "write what is due there under 'Due: event' or 'Due: date'",
            ),
            (
                "Resources",
                {"Belongs to": "a1", "Kind": "funding", "Amount": "74,125"},
                "write 74125, or 74.1250 if that is meant",
            ),
            (
                "Activities",
                {"Lead": "ITU/UNICEF"},
                "only one belongs here: write ITU, and UNICEF under Partners",
            ),
            (
                "Activities",
                {"Action Lines": "C2/C5"},
                "several are separated by semicolons: C2; C5",
            ),
            (
                "Activities",
                {"Action Lines": "2 and 5"},
                "several are separated by semicolons: C2; C5",
            ),
            ("Activities", {"Action Lines": "C2 and roads"}, "several are separated by semicolons"),
            (
                "Activities",
                {"SDG targets": "9.c + 4.4"},
                "several are separated by semicolons: 9.c; 4.4",
            ),
            (
                "Activities",
                {"Compact commitments": "11(a), 21b"},
                "several are separated by semicolons: 11(a); 21(b)",
            ),
            (
                "Activities",
                {"Other alignments": "Media + Capacity building"},
                "several are separated by semicolons: Media; Capacity building",
            ),
            # A near miss is of what belongs in the column.
            ("Activities", {"Action Lines": "2"}, "did you mean 'C2'?"),
            ("Activities", {"Action Lines": "e-helth"}, "did you mean 'C7: e-health'?"),
            (
                "Activities",
                {"Action Lines": "C7 (e-health)"},
                "did you mean 'C7: e-health'?",
            ),
            ("Activities", {"Compact commitments": "21a"}, "did you mean '21(a)'?"),
            ("Activities", {"Compact commitments": "21-a"}, "did you mean '21(a)'?"),
        ],
    )
    def test_hints(self, sheet: str, cells: dict[str, str], hint: str) -> None:
        """What to write, in which column or sheet."""
        rows: dict[str, list[list[Any]]] = {"Activities": [["ID", "Title"], ["a1", "A"]]}
        identified = {} if sheet == "Resources" else {"ID": "x1", "Title": "X"}
        rows[sheet] = [list({**identified, **cells}), list({**identified, **cells}.values())]
        if sheet == "Activities":
            rows[sheet].append(["a1", "A"])

        assert [hint] == [problem.hint for problem in told(workbook({**ROADMAP, **rows}))]

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
        assert (
            "format the cell as a number (in Excel: Home > Number > General), then write 50; the % belongs in the unit"
            == problem.hint
        )
