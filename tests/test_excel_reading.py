"""Excel workbooks: headings and cells as people and other programs write them."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbooks import (
    BARE,
    ROADMAP,
    SHEET,
    Cells,
    editorial,
    kept,
    read,
    rezipped,
    roadmap,
    told,
    workbook,
    written,
)

import wsis_model as wsis
from wsis_model import formats
from wsis_model.formats import CSV, excel


class TestPeople:
    """Workbooks and tables are understood as people write them."""

    @pytest.mark.parametrize(
        ("heading", "cell", "field"),
        [
            ("Title (fr)", "Plan", {"title": {"en": "T", "fr": "Plan"}}),
            ("title:fr", "Plan", {"title": {"en": "T", "fr": "Plan"}}),
            ("Title\n( FR )", "Plan", {"title": {"en": "T", "fr": "Plan"}}),
            ("PERIOD START", "2026", {"period": {"start": "2026"}}),
            ("Period: end", "2030", {"period": {"end": "2030"}}),
            ("period.end", "2030", {"period": {"end": "2030"}}),
            ("lead_reason", "R", {"lead_reason": "R"}),
            ("Lead reason", "R", {"lead_reason": "R"}),
            ("Status", "Under way", {"status": "under-way"}),
            (
                "Depends on",
                "A2 | Train; c2-roadmap/a1",
                {"depends_on": ["c2-roadmap/a2", "c2-roadmap/a1"]},
            ),
            ("Objective", "o1 | Every school is connected", {"objective": "c2-roadmap/o1"}),
            ("Partners", "unicef\ngiga; who", {"partners": ["unicef", "giga", "who"]}),
            (
                "Action Lines",
                "C2; c7 e-health",
                {"alignments": ["action-lines/c2", "action-lines/c7-e-health"]},
            ),
            ("SDG targets", "9.c | access; SDG 4.4", {"alignments": ["sdg/9.c", "sdg/4.4"]}),
            (
                "Compact commitments",
                "21(a); para. 11 (b)",
                {"alignments": ["gdc/21-a", "gdc/11-b"]},
            ),
            ("Other alignments", "themes/igf", {"alignments": ["themes/igf"]}),
            ("Lead", "itu | International Telecommunication Union", {"lead": "itu"}),
            ("sdg_targets", "sdg/9.c", {"alignments": ["sdg/9.c"]}),
        ],
    )
    def test_headings_and_cells(self, heading: str, cell: str, field: dict[str, Any]) -> None:
        """A heading may be the field's name or what people call it; alignments stand in columns;
        references may be short.
        """
        found = roadmap(
            Objectives=[["ID", "Statement"], ["o1", "S"]],
            Activities=[["ID", "Title", heading], ["a1", "T", cell], ["a2", "T"]],
        ).activities[0]
        for name in field:
            if name == "alignments":
                field = {name: [{"concept": each, "basis": "editorial"} for each in field[name]]}
            elif name == "title":
                assert field[name] == dict(found.title)
                return

        assert field == {name: value for name, value in found.to_dict().items() if name in field}

    def test_a_list_of_words(self) -> None:
        """Words in a list of values may be written as one alone may."""
        data = workbook(
            {"Groups": [["ID", "Label", "Roles"], ["groups/x", "X", "Facilitator; CO-FACILITATOR"]]}
        )
        (group,) = read(data).groups

        assert ["facilitator", "co-facilitator"] == [each.value for each in group.roles]

    def test_blank_names(self) -> None:
        """A blank identifier gets the next that is free, and a blank owner is the only one there
        can be.
        """
        made = roadmap(
            Objectives=[["Statement"], ["S"]],
            Activities=[["ID", "Title"], [None, "First"], ["A1", "Second"], [None, "Third"]],
            Indicators=[["Name"], ["I"]],
            Targets=[["Value", "By"], [90, 2030]],
            Milestones=[
                ["ID", "Activity", "Title"],
                [None, "First", "M"],
                [None, " FIRST", "N"],
                ["a1.m7", "A1", "O"],
            ],
        )

        assert ["c2-roadmap/o1", "c2-roadmap/i1"] == [made.objectives[0].id, made.indicators[0].id]
        assert ["c2-roadmap/a2", "c2-roadmap/a1", "c2-roadmap/a3"] == [
            each.id for each in made.activities
        ]
        assert [["c2-roadmap/a2.m1", "c2-roadmap/a2.m2"], ["c2-roadmap/a1.m7"]] == [
            [each.id for each in activity.milestones] for activity in made.activities[:2]
        ]
        assert "2030" == made.indicators[0].targets[0].by

    def test_what_is_passed_over(self) -> None:
        """A title above the headings, empty rows and columns, example rows, faults told before,
        other sheets of ours.
        """
        data = workbook(
            {
                "Read me": [["How to fill it"]],
                "Sheet1": [],
                "ROAD MAPS": [
                    [],
                    [None, "The road map of our Action Line"],
                    [],
                    [None, "ID", "Title", "Faults", "Owners"],
                    [None, " Example: c2-roadmap", "Road map for Action Line C2", None, "ITU"],
                    [None, "c2-roadmap", "Road map", "'Title' is missing", "itu"],
                ],
                "Lists": [["itu"]],
                "Faults": [["Sheet"]],
            }
        )

        assert (BARE,) == read(data).roadmaps

    def test_what_is_merged_or_hidden(self) -> None:
        """A value merged over rows is said of each; hidden rows and sheets of records are read,
        others are not.
        """

        def dress(_: Any, sheet: Any) -> None:
            if sheet.name == "Activities":
                sheet.merge_range("C2:C3", "itu")
                sheet.set_row(2, None, None, {"hidden": True})
            if sheet.name in ("Objectives", "Scratch"):
                sheet.hide()

        sheets: Cells = {
            **ROADMAP,
            "Activities": [["ID", "Title", "Lead"], ["a1", "T"], ["a2", "T"], ["a3", "T"]],
            "Objectives": [["Statement"], ["S"]],
            "Scratch": [["for ourselves"]],
        }
        (made,) = read(workbook(sheets, dress)).roadmaps

        assert ["itu", "itu", None] == [each.lead for each in made.activities]
        assert 1 == len(made.objectives)

    @pytest.mark.parametrize(
        ("value", "shape", "text"),
        [
            (2027, "", "2027"),
            (2027, "0.00", "2027"),
            (1.1, "", "1.1"),
            (0.1 + 0.2, "", "0.3"),
            (1e21, "", "1000000000000000000000"),
            (-0.0, "", "0"),
            (0.74, "0%", "74%"),
            (46568, "dd/mm/yyyy", "2027-06-30"),
            (46568, "[$-409]d-mmm-yy;@", "2027-06-30"),
            (46568, "mmm yyyy", "2027-06"),
            (46568, "yyyy", "2027"),
            (46568, 'd" de "mmmm', "2027-06-30"),
            (46568, "#,##0.00 [$EUR]", "46568"),
            (46568, '0 "days"', "46568"),
            (46568.5, "yyyy-mm-dd hh:mm", "2027-06-30 12:00:00"),
            (0.5, "h:mm AM/PM", "12:00:00"),
            (1.25, "[h]:mm", "30 hours"),
            (59, "yyyy-mm-dd", "1900-02-28"),
            (46568, "[$-F800]dddd, mmmm dd, yyyy", "2027-06-30"),
            (True, "", "true"),
        ],
    )
    def test_a_cell_is_read_as_it_looks(self, value: float, shape: str, text: str) -> None:
        """Dates as ISO 8601 writes them, to what is shown of them; whole numbers without a point;
        percentages as such.
        """

        def dress(book: Any, sheet: Any) -> None:
            if sheet.name == "Road maps":
                sheet.write(1, 3, value, book.add_format({"num_format": shape}))

        data = workbook(
            {
                "Road maps": [
                    ["ID", "Title", "Owners", "Description"],
                    ["c2-roadmap", "Road map", "itu"],
                ]
            },
            dress,
        )

        assert text == read(data).roadmaps[0].description

    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ('<c r="A2" t="d"><v>2027-06-30</v></c>', "2027-06-30"),
            ('<c r="A2" t="d"><v>2027-06-30T12:00:00Z</v></c>', "2027-06-30 12:00:00"),
            ('<c r="A2" t="inlineStr"><is><r><t>One</t></r><r><t xml:space="preserve"> two</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>', "One two"),
            ('<c r="A2" t="inlineStr"><is><t>_x005F_x0041_ _x0041_</t></is></c>', "_x0041_ A"),
            ('<c t="str"><f>A1</f><v>text</v></c>', "text"),
            ('<c r="A2" t="str"><f>""</f><v></v></c>', None),
            ('<c r="A2" t="b"><v>0</v></c>', "false"),
            ('<c r="A2"><v>1E3</v></c>', "1000"),
            ('<c r="A2" s="1"><v>46568</v></c>', "2027-06-30"),
        ],
    )  # fmt: skip
    def test_what_other_programs_write(self, cell: str, text: str | None) -> None:
        """Dates in ISO 8601, text within a cell, formulas that give nothing, and the dates of East
        Asian programs.
        """
        rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Description</t></is></c></row>'
        made = SHEET.format(f'{rows}<row r="2">{cell}</row>').encode()
        real = workbook(
            {"Road maps": [[]]},
            lambda book, sheet: sheet.write(0, 0, 1, book.add_format({"num_format": 31})),
        )
        tree, _, problems = excel.parse(rezipped(real, sheet1=made), "map.xlsx")

        assert {"missing-field"} >= {each.code for each in problems}  # there is no other column
        assert text == tree.get("roadmaps", [{}])[0].get("description")

    def test_days_counted_from_1904(self) -> None:
        """Workbooks of old Macintoshes count days from 1904."""
        book = openpyxl.Workbook()
        book.epoch = CALENDAR_MAC_1904
        sheet = book.create_sheet("Road maps")
        for row in (
            ["ID", "Title", "Owners", "Description"],
            ["c2-roadmap", "Road map", "itu", datetime.date(2027, 6, 30)],
        ):
            sheet.append(row)
        stream = io.BytesIO()
        book.save(stream)

        assert b'date1904="1"' in zipfile.ZipFile(stream).read("xl/workbook.xml")
        assert "2027-06-30" == read(stream.getvalue()).roadmaps[0].description

    # It was read as the number; people see only "#######".
    def test_a_date_that_is_none(self) -> None:
        """A number that its format shows as a date, and that is none, is told of."""

        def dress(book: Any, sheet: Any) -> None:
            sheet.write("D2", 20270630, book.add_format({"num_format": "yyyy-mm-dd"}))

        data = workbook(
            {
                "Road maps": [
                    ["ID", "Title", "Owners", "Description"],
                    ["c2-roadmap", "Road map", "itu"],
                ]
            },
            dress,
        )

        assert ["map.xlsx:Road maps!D2 (Description)"] == [
            str(each.position) for each in told(data)
        ]

    def test_charts(self) -> None:
        """A chart in a sheet of its own is passed over."""

        def dress(book: Any, sheet: Any) -> None:
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "='Road maps'!$A$2:$A$2"})
            book.add_chartsheet("Picture").set_chart(chart)

        assert (BARE,) == read(workbook(ROADMAP, dress)).roadmaps

    def test_a_later_field_is_kept(self) -> None:
        """A column of a later version is kept when asked for, and written back."""
        data = workbook(
            {
                "Road maps": [
                    ["ID", "Title", "Owners", "risk"],
                    ["c2-roadmap", "Road map", "itu", "high"],
                ]
            }
        )
        corpus = wsis.loads(data, "excel", unknown="keep")

        assert "high" == corpus.roadmaps[0].extensions["unknown:risk"]
        assert corpus.to_file() == kept(written(corpus.to_file()))
        assert [("unknown-field", "map.xlsx:Road maps!D1 (risk)")] == [
            (each.code, str(each.position)) for each in told(data)
        ]

    def test_csv_understands_the_same(self) -> None:
        """A folder of tables takes what a workbook takes."""
        tables = {
            "roadmaps": "ID,Title,Owners\nc2-roadmap,Road map,itu\n",
            "activities": (
                "Title,SDG targets,Faults\nexample: Map the unconnected schools,9.c; 4.4,\nT,9.c;"
                " 4.4,told\n"
            ),
            "milestones": "Belongs to,Title\nT,M\n",
        }
        (made,) = (
            formats.read(
                {name: (f"{name}.csv", text.encode()) for name, text in tables.items()},
                "folder",
                CSV,
            )
            .complete()
            .roadmaps
        )

        assert "c2-roadmap/a1.m1" == made.activities[0].milestones[0].id
        assert tuple(editorial("sdg/9.c", "sdg/4.4")) == made.activities[0].alignments

    def test_a_place_far_away(self) -> None:
        """A cell at the far end of a sheet costs nothing, and is told of."""
        data = workbook(
            {**ROADMAP, "Activities": [["ID", "Title"], ["a1", "T"]]},
            lambda _, sheet: sheet.write(1_048_575, 16_383, "x"),
        )

        assert {("Road maps", "XFD1048576"), ("Activities", "XFD1048576")} <= {
            (p.position.sheet, p.position.cell) for p in told(data)
        }
