"""Workbooks: they read back exactly, understand people, and name the cell of everything that is
wrong.
"""

from __future__ import annotations

import concurrent.futures
import datetime
import functools
import importlib
import io
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import wsis_model as wsis
from wsis_model import LoadError, MissingExtra, Position, Problem, Roadmap
from wsis_model.cli.marking import marked
from wsis_model.formats import _packages, _rows, _sheets, csv, excel, read_tree
from wsis_model.model import Activity, Alignment, File, Indicator, Objective, Update
from wsis_model.testing import a_corpus, a_roadmap, files, roadmaps

EXAMPLES = Path(__file__).parents[1] / "examples" / "data"
BARE = Roadmap.model_validate({"id": "c2-roadmap", "title": "Road map", "owners": ["itu"]})
XLSXWRITER: Any = importlib.import_module("xlsxwriter")  # it has no types
Cells = Mapping[str, Iterable[Iterable[Any]]]


def workbook(sheets: Cells, dress: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook with these sheets: name to rows of cells. `None` is an empty cell, an exception an
    error.
    """
    stream = io.BytesIO()
    with XLSXWRITER.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        day: Any = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, Exception):
                        sheet.write_formula(at, column, "=1/0", None, str(value))
                    elif isinstance(value, datetime.date):
                        sheet.write_datetime(at, column, value, day)
                    elif value is not None:
                        sheet.write(at, column, value)
            if dress is not None:
                dress(book, sheet)
    return stream.getvalue()


def opened(data: bytes) -> Any:
    """A workbook as another program sees it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def read(data: bytes) -> File:
    """The records in a workbook, with no help of what things are called in the catalogue."""
    return read_tree(*excel.parse(data, "map.xlsx"))


def kept(data: bytes) -> File:
    """The same, fields of later versions kept."""
    return read_tree(*excel.parse(data, "map.xlsx", keep=True))


def written(file: File) -> bytes:
    """A file as a workbook."""
    return b"".join(excel.write(file))


def again(file: File, form: str) -> File:
    """A file as it reads back from a workbook or from tables."""
    if form == "excel":
        return read(written(file))
    return read_tree(
        *csv.parse(
            {f"{name}.csv": (f"{name}.csv", data) for name, data in csv.tables(file).items()},
            "folder",
        )
    )


def told(data: bytes) -> tuple[Problem, ...]:
    """The problems of a workbook."""
    with pytest.raises(LoadError) as caught:
        wsis.loads(data, "excel", name="map.xlsx")
    return caught.value.problems


ROADMAP: dict[str, list[list[Any]]] = {
    "Road maps": [["ID", "Title", "Owners"], ["c2-roadmap", "Road map", "itu"]]
}


def roadmap(**sheets: list[list[Any]]) -> Roadmap:
    """The one road map in a workbook, with more sheets."""
    return read(workbook({**ROADMAP, **sheets})).roadmaps[0]


class TestRoundTrip:
    """What is written as a workbook reads back exactly."""

    @pytest.mark.parametrize("name", ["c2-roadmap", "joint-roadmap", "rir-commitments"])
    def test_the_examples(self, name: str) -> None:
        """The road maps we show."""
        file = wsis.load(EXAMPLES / f"{name}.yaml").to_file()

        assert file == read(written(file))

    def test_the_catalogue(self) -> None:
        """Everything we ship, of whatever kind."""
        file = wsis.catalogue().to_file()

        assert file == read(written(file))

    @given(file=files())
    @settings(max_examples=25)
    def test_any_file(self, file: File) -> None:
        """Any file that can be written at all."""
        assert file == kept(written(file))

    @given(roadmap=roadmaps())
    @settings(max_examples=25)
    def test_a_template(self, roadmap: Roadmap) -> None:
        """A road map that somebody shall go on with, with its drop-downs and example rows."""
        file = File(roadmaps=(roadmap,))
        try:
            data = excel.template(
                file, {"actors": [("itu", "International Telecommunication Union")]}
            )
        except wsis.DuplicateIdentifier:
            return

        assert file == kept(data)

    def test_bytes_are_the_same(self) -> None:
        """Equal records give equal bytes, also on another day."""
        file = a_corpus().to_file()

        assert written(file) == written(file)
        assert b"2026-01-01" in zipfile.ZipFile(io.BytesIO(written(file))).read("docProps/core.xml")

    @pytest.mark.parametrize(
        "title",
        [
            "_x0041_",
            "a\r\nb\x07",
            "=1+1",
            "1.10",
            "https://docs.un.org",
            " spaced ",
            "{=x}",
            "true",
            "#N/A",
            "'x",
            "2027-06-30",
            "_x005F_",
            "x005F_ & _x005f_",
            "_x0007_\x07",
            "_x0041_x0041_",
            "_x005F_x0041_",
            "_x0041\x07",
            "<r>a & b</r>",
        ],
    )
    def test_texts_that_spreadsheets_mistake(self, title: str) -> None:
        """Text is written as text, whatever a spreadsheet might make of it."""
        file = File(roadmaps=(BARE.replace(title=title, version=title),))

        assert file == read(written(file))

    @pytest.mark.parametrize("form", ["excel", "csv"])
    def test_names_that_look_short(self, form: str) -> None:
        """`a1` and `c2-roadmap/a1` stay two, and so do references to them."""
        parts = ("a1", "c2-roadmap/a1", "x/y", "c2-roadmap/x/y")
        activities = tuple(
            an_activity(name, depends_on=parts, milestones=[{"id": f"{name}.m1", "title": "M"}])
            for name in parts
        )
        updates = tuple(
            Update(date=datetime.date(2027, 1, day), about=name)
            for day, name in enumerate((*parts, "itu"), 1)
        )
        file = File(roadmaps=(BARE.replace(activities=activities, updates=updates),))
        tables = {name: (f"{name}.csv", data) for name, data in csv.tables(file).items()}

        assert file == (
            read(written(file)) if form == "excel" else read_tree(*csv.parse(tables, "folder"))
        )

    def test_alignments_that_no_cell_can_say(self) -> None:
        """What has a ground of its own, a note or another order stands in a sheet of its own; the
        rest in columns.
        """
        plain = an_objective(
            "c2-roadmap/o1", "action-lines/c7-e-health", "sdg/9.c", "gdc/21-a", "themes/igf"
        )
        turned = an_objective("c2-roadmap/o2", "sdg/9.c", "action-lines/c2")
        data = written(File(roadmaps=(BARE.replace(objectives=(plain, turned)),)))
        book = opened(data)

        assert (plain, turned) == read(data).roadmaps[0].objectives
        assert ("o1", "S", "C7: e-health", "9.c", "21(a)", "themes/igf") == next(
            book["Objectives"].iter_rows(min_row=2, values_only=True)
        )
        assert ["o2", "o2"] == [
            row[0] for row in book["Alignments"].iter_rows(min_row=2, values_only=True)
        ]

    def test_numbers_are_numbers(self) -> None:
        """What a spreadsheet can reckon with is a number, what it would round is text."""
        for value, kind in (
            ("74", int),
            ("0.1", float),
            ("-2.5", float),
            ("123456789012345678", str),
            ("123456789012345.5", str),
        ):
            indicator = {
                "id": "c2-roadmap/i1",
                "name": "I",
                "targets": [{"value": value, "by": "2030"}],
            }
            file = read_tree({"roadmaps": [{**BARE.to_dict(), "indicators": [indicator]}]}, "x")
            data = written(file)

            assert file == read(data)
            assert kind is type(opened(data)["Targets"]["B2"].value)

    @pytest.mark.parametrize("form", ["excel", "csv"])
    @pytest.mark.parametrize(
        "value", ["1.125", "10.000", "150.000", "-1.500", "999.999", "0.125", "1000.125"]
    )
    def test_numbers_of_three_places(self, value: str, form: str) -> None:
        """A number that could be taken for thousands, were it typed, is none where we wrote it."""
        targets = [{"value": Decimal(value), "by": "2030"}]
        indicator = Indicator.model_validate(
            {
                "id": "c2-roadmap/i1",
                "name": "I",
                "baseline": {"value": value, "when": "2026"},
                "targets": targets,
            }
        )
        file = File(roadmaps=(BARE.replace(indicators=(indicator,)),))

        assert file == again(file, form)

    @pytest.mark.parametrize("form", ["excel", "csv"])
    def test_what_belongs_to_a_record_without_identifier(self, form: str) -> None:
        """It names its owner by what tells that apart, and by its place among so many where nothing
        does.
        """
        days = [
            ("01", "a1"),
            ("02", "a1"),
            ("02", "a2"),
            ("03", "a1"),
            ("03", "a1"),
            ("04", "itu"),
            ("04", "unesco"),
        ]
        updates = [
            {"date": f"2027-01-{day}", "about": about, "evidence": [{"title": f"{day} {about}"}]}
            for day, about in days
        ]
        activities = tuple(
            an_activity(name)
            for name in ("c2-roadmap/a1", "c2-roadmap/a2", "c2-roadmap/2027-01-01")
        )
        for each in updates:
            each["about"] = (
                str(each["about"])
                if "a" not in str(each["about"])[:1]
                else f"c2-roadmap/{each['about']}"
            )
        file = File(
            roadmaps=(
                BARE.replace(
                    activities=activities, updates=tuple(map(Update.model_validate, updates))
                ),
            )
        )
        names = {
            "excel": ["c2-roadmap#2027-01-01", "2027-01-02 a1", "2027-01-02 a2"],
            "csv": [
                "c2-roadmap#2027-01-01",
                "c2-roadmap#2027-01-02 c2-roadmap/a1",
                "c2-roadmap#2027-01-02 c2-roadmap/a2",
            ],
        }[form]
        whole = "" if form == "excel" else "c2-roadmap#"

        assert file == again(file, form)
        assert [*names, *(f"{whole}updates/{number} of 7" for number in range(4, 8))] == [
            row["belongs_to"] for row in _rows.rows_of(file, human=form == "excel")["evidence"]
        ]

    @pytest.mark.parametrize("form", ["excel", "csv"])
    def test_notes_and_tables_of_documents(self, form: str) -> None:
        """A note is named by its mark, and a table by its place among so many; none is mistaken for
        that of another document.
        """
        notes = [
            {"mark": mark, "citations": [{"target": "gdc", "text": str(at)}]}
            for at, mark in enumerate(("1", "2", "2", " ", "tables/1 of 2"))
        ]
        rows = [{"rows": [{"cells": ["a"]}]}, {"rows": [{"cells": ["b"]}]}]
        documents = [
            {"id": name, "title": "T", "notes": notes, "tables": rows} for name in ("80-1", "80-2")
        ]
        file = read_tree({"documents": documents}, "x")
        written = _rows.rows_of(file, human=form == "excel")

        assert file == again(file, form)
        assert [
            "80-1#1",
            "80-1#notes/2 of 5",
            "80-1#notes/3 of 5",
            "80-1#notes/4 of 5",
            "80-1#notes/5 of 5",
        ] == [row["belongs_to"] for row in written["citations"][:5]]
        assert ["80-1#tables/1 of 2", "80-1#tables/2 of 2"] == [
            row["belongs_to"] for row in written["rows"][:2]
        ]

    @pytest.mark.parametrize("owning", [(True, False), (False, True), (True, True)])
    def test_two_owners_of_one_identifier(self, owning: tuple[bool, ...]) -> None:
        """Whatever belongs to one of two records of one identifier could be the other's: that is
        not written.
        """
        milestones = [{"id": "c2-roadmap/a1.m1", "title": "M"}]
        twins = tuple(
            an_activity("c2-roadmap/a1", title=str(at), milestones=milestones if owns else [])
            for at, owns in enumerate(owning)
        )
        with pytest.raises(wsis.DuplicateIdentifier):
            written(File(roadmaps=(BARE.replace(activities=twins),)))

    def test_two_kinds_of_one_identifier(self) -> None:
        """So it is where they are of two kinds that may both own such rows; where only one of them
        may, all is clear.
        """
        ground = {"concept": "gdc", "basis": "stated"}  # which no column can say
        activity = an_activity("c2-roadmap/x", milestones=[{"id": "c2-roadmap/x.m1", "title": "M"}])
        file = File(
            roadmaps=(
                BARE.replace(objectives=(an_objective("c2-roadmap/x"),), activities=(activity,)),
            )
        )

        assert file == read(written(file))
        with pytest.raises(wsis.DuplicateIdentifier):
            written(
                File(
                    roadmaps=(
                        file.roadmaps[0].replace(
                            activities=(an_activity("c2-roadmap/x", alignments=[ground]),)
                        ),
                    )
                )
            )

    def test_a_file_of_nothing(self) -> None:
        """A file without records is a workbook without rows."""
        assert File() == read(written(File()))

    def test_what_a_workbook_cannot_hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A text or a table that is too long is an error that names it, never cut."""
        with pytest.raises(
            ValueError,
            match="32,767 characters, and description of 'c2-roadmap' in roadmaps has 32,768",
        ):
            written(File(roadmaps=(BARE.replace(description="x" * 32_768),)))
        monkeypatch.setattr(excel, "ROWS", 2)
        with pytest.raises(ValueError, match="a sheet holds 2 rows, and there are 2 roadmaps"):
            written(File(roadmaps=(BARE, BARE.replace(id="other"))))

    # Reading needs the extra, too, since openpyxl reads.
    @pytest.mark.parametrize(
        "work", [lambda: written(File()), lambda: excel.mark(b"", ()), lambda: read(b"")]
    )
    def test_without_the_extra(
        self, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Writing, marking and reading say how to install the extra that they need."""
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        with pytest.raises(MissingExtra, match=r"pip install 'wsis_model\[excel\]'"):
            work()


def an_activity(name: str, **more: Any) -> Activity:
    """An activity."""
    return Activity.model_validate({"id": name, "title": "T", **more})


def an_objective(name: str, *concepts: str) -> Objective:
    """An objective that serves these concepts."""
    return Objective.model_validate(
        {"id": name, "statement": "S", "alignments": tuple(editorial(*concepts))}
    )


def editorial(*concepts: str) -> Iterable[Alignment]:
    """Alignments that a cell can say."""
    return (
        Alignment.model_validate({"concept": concept, "basis": "editorial"}) for concept in concepts
    )


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
        assert ["'risk' is not a column of the sheet Road maps"] == [
            each.message for each in told(data)
        ]

    def test_csv_understands_the_same(self) -> None:
        """A folder of tables takes what a workbook takes."""
        tables = {
            "roadmaps": "ID,Title,Owners\nc2-roadmap,Road map,itu\n",
            "activities": "Title,SDG targets,Faults\nexample: Map the unconnected schools,9.c; 4.4,\nT,9.c; 4.4,told\n",
            "milestones": "Belongs to,Title\nT,M\n",
        }
        (made,) = read_tree(
            *csv.parse(
                {name: (f"{name}.csv", text.encode()) for name, text in tables.items()}, "folder"
            )
        ).roadmaps

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


PARTS = (
    "roadmaps",
    "objectives",
    "activities",
    "milestones",
    "indicators",
    "targets",
    "observations",
    "resources",
    "updates",
    "evidence",
    "entities",
)

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


class TestNames:
    """What a row is called in other rows stands in a cell, or is told of: no row put in between
    moves anything.
    """

    ACTIVITIES: list[list[Any]] = [["ID", "Title"], ["a1", "First"], [None, "Second"]]

    @pytest.mark.parametrize(
        ("sheets", "place"),
        [
            ({"Milestones": [["Belongs to", "Title"], ["a2", "M"]]}, "Milestones!A2 (Belongs to)"),
            (
                {"Milestones": [["Title", "Belongs to"], ["M", "c2-roadmap/a2"]]},
                "Milestones!B2 (Belongs to)",
            ),
            (
                {"Resources": [["Belongs to", "Kind"], ["A2 | Second", "funding"]]},
                "Resources!A2 (Belongs to)",
            ),
            (
                {"Indicators": [["ID", "Name", "Measures"], ["i1", "I", "a1; a2"]]},
                "Indicators!C2 (Measures)",
            ),
            ({"Updates": [["Date", "About"], ["2027-01-01", "a2"]]}, "Updates!B2 (About)"),
            (
                {"Milestones": [["Belongs to", "Title", "Depends on"], ["a1", "M", "a2"]]},
                "Milestones!C2 (Depends on)",
            ),
        ],
    )
    def test_an_identifier_that_was_made_up(self, sheets: Cells, place: str) -> None:
        """What we gave to a blank cell may not be quoted: with the rows in another order it would
        be another's.
        """
        (problem,) = told(workbook({**ROADMAP, "Activities": self.ACTIVITIES, **sheets}))

        assert f"map.xlsx:{place}" == str(problem.position)
        assert "stands in no ID cell of Activities" in problem.message
        assert "under ID in the row that is meant; without one: row 3" in problem.hint

    def test_it_is_no_near_miss_either(self) -> None:
        """Nobody is told to write what was made up."""
        (problem,) = told(
            workbook(
                {
                    **ROADMAP,
                    "Activities": self.ACTIVITIES,
                    "Milestones": [["Belongs to", "Title"], ["c2-roadmap/aa2", "M"]],
                }
            )
        )

        assert "write the ID or the title of a row in the sheet Activities" == problem.hint

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("Map unconnected schools", "did you mean 'Map the unconnected schools' (a1)?"),
            ("Map the unconnected schools.", "did you mean 'Map the unconnected schools' (a1)?"),
            ("map the unconected schools", "did you mean 'Map the unconnected schools' (a1)?"),
            ("a 1", "did you mean 'Map the unconnected schools' (a1)?"),
            ("c2-roadmp/a1", "did you mean 'Map the unconnected schools' (a1)?"),
            ("Negotiate the prices", "did you mean 'Negotiate prices'?"),
            ("a10", "write the ID or the title of a row in the sheet Activities"),
            ("Something else", "write the ID or the title of a row in the sheet Activities"),
        ],
    )
    def test_the_near_miss_of_a_title(self, name: str, hint: str) -> None:
        """It is told by its title and, where it has one of its own, its ID; what has another number
        is another.
        """
        activities: list[list[Any]] = [
            ["ID", "Title"],
            ["a1", "Map the unconnected schools"],
            [None, "Negotiate prices"],
        ]
        (problem,) = told(
            workbook(
                {
                    **ROADMAP,
                    "Activities": activities,
                    "Milestones": [["Belongs to", "Title"], [name, "M"]],
                }
            )
        )

        assert hint == problem.hint

    def test_a_milestone_without_its_activity(self) -> None:
        """Its ID begins with that of its activity: it is told what it would be."""
        sheets: Cells = {
            **ROADMAP,
            "Activities": [["ID", "Title"], ["a1", "A"]],
            "Milestones": [
                ["ID", "Belongs to", "Title"],
                ["m1", "a1", "M"],
                ["m2", "a1", "N"],
                ["a1.m2", "a1", "O"],
            ],
        }
        found = [
            each
            for each in wsis.check(wsis.loads(workbook(sheets), "excel", name="map.xlsx")).findings
            if each.code == "I102"
        ]

        assert ["did you mean 'c2-roadmap/a1.m1'?", ""] == [each.hint for each in found]

    def test_the_objective_too(self) -> None:
        """So with an objective; in a table the line is named."""
        tables = {
            "roadmaps": "id,title,owners\nc2-roadmap,T,itu\n",
            "objectives": "id,statement\n,S\n",
            "activities": "id,title,objective\na1,T,o1\n",
        }
        found = wsis.formats.salvage_tables(
            {name: (f"{name}.csv", text.encode()) for name, text in tables.items()}, "folder"
        )
        (problem,) = found[1]

        assert "activities.csv:2 (objective)" == str(problem.position)
        assert (
            "'o1' stands in no id cell of objectives; write o1 under id in the row that is meant; without one: line 2"
            == f"{problem.message}; {problem.hint}"
        )
        assert "c2-roadmap/o1" == found[0].file.roadmaps[0].activities[0].objective

    def test_titles_do_too(self) -> None:
        """What a row belongs to, and any other part of the road map, may be named by its title,
        which stays what it is.
        """
        made = roadmap(
            Objectives=[
                ["Statement", "Statement (fr)"],
                ["Every school is connected", "Toutes les écoles"],
            ],
            Activities=[
                ["Title", "Objective", "Depends on"],
                ["First one", "toutes  les écoles", None],
                ["Second", None, "First One"],
            ],
            Milestones=[["Belongs to", "Title"], ["SECOND", "M"], ["First  one | the first", "N"]],
            Indicators=[
                ["Name", "Measures"],
                ["Schools online", "Every school is connected; Second"],
            ],
            Targets=[["Belongs to", "Value", "By"], ["schools online", 90, 2030]],
            Updates=[["Date", "About"], ["2027-01-01", "M"]],
        )
        first, second = made.activities

        assert ("c2-roadmap/o1", ("c2-roadmap/a1",)) == (first.objective, second.depends_on)
        assert [["N"], ["M"]] == [
            [str(each.title) for each in activity.milestones] for activity in made.activities
        ]
        assert ("c2-roadmap/o1", "c2-roadmap/a2") == made.indicators[0].measures
        assert 1 == len(made.indicators[0].targets)
        assert "c2-roadmap/a2.m1" == made.updates[0].about

    def test_a_title_that_two_rows_have(self) -> None:
        """It means neither, and nothing but the whole title means a row."""
        sheets: Cells = {
            **ROADMAP,
            "Activities": [
                ["ID", "Title", "Depends on"],
                ["a1", "Train", None],
                ["a2", "train", "Train"],
            ],
            "Milestones": [["Belongs to", "Title"], ["TRAIN", "M"], ["trai", "N"]],
        }

        assert [
            ("C3", "2 rows are called 'Train'", "write the ID of the one that is meant"),
            ("A2", "2 rows are called 'TRAIN'", "write the ID of the one that is meant"),
            ("A3", "'trai' is not in these tables", "did you mean 'Train' (a1)?"),
        ] == [(each.position.cell, each.message, each.hint) for each in told(workbook(sheets))]


class TestOwners:
    """What has no identifier is named by what tells it apart, and never by its place, which the
    next row put in above would change.
    """

    UPDATES: list[list[Any]] = [
        ["Date", "About"],
        ["2027-01-15", "a1"],
        ["2027-02-01", "First"],
        [datetime.date(2027, 2, 1), "A2"],
    ]
    SHEETS: dict[str, list[list[Any]]] = {
        **ROADMAP,
        "Activities": [["ID", "Title"], ["a1", "First"], ["a2", "Second"]],
    }

    @pytest.mark.parametrize(
        ("name", "number"),
        [
            ("2027-01-15", 0),
            (datetime.date(2027, 1, 15), 0),
            ("a1 2027-02-01", 1),
            ("2027-02-01  A1", 1),
            ("First 2027-02-01", 1),
            ("2027-02-01 c2-roadmap/a2", 2),
            ("c2-roadmap#2027-02-01 a2", 2),
            ("updates/3 of 3", 2),
        ],
    )
    def test_an_update_by_its_date(self, name: Any, number: int) -> None:
        """By its date where no other has that, and by what it is about where one has, however that
        is said.
        """
        made = roadmap(
            **{
                **self.SHEETS,
                "Updates": self.UPDATES,
                "Evidence": [["Belongs to", "Title"], [name, "E"]],
            }
        )

        assert [len(each.evidence) for each in made.updates] == [
            int(at == number) for at in range(3)
        ]

    @pytest.mark.parametrize("form", ["excel", "csv"])
    def test_a_row_put_in_above_moves_nothing(self, form: str, tmp_path: Path) -> None:
        """Evidence stays with its update, or it is told that it cannot be known; so it is when rows
        of one name are taken out.
        """
        twins = ("2027-01-01", "2027-02-01", "2027-02-01")
        updates = [
            {"date": day, "about": "itu", "note": str(at), "evidence": [{"title": str(at)}]}
            for at, day in enumerate(twins)
        ]
        file = read_tree({"roadmaps": [{**BARE.to_dict(), "updates": updates}]}, "x")
        tables = {f"{name}.csv": (f"{name}.csv", data) for name, data in csv.tables(file).items()}
        if form == "excel":
            book = opened(written(file))
            book["Updates"].insert_rows(2)
            for column, value in enumerate(("2026-12-01", "itu"), 1):
                book["Updates"].cell(2, column).value = value
            book.save(tmp_path / "map.xlsx")
            found = wsis.loading.salvage(tmp_path / "map.xlsx")
        else:
            heading, rows = tables["updates.csv"][1].split(b"\r\n", 1)
            new = heading + b"\r\nc2-roadmap,2026-12-01,itu,\r\n" + rows
            for name, (_, data) in {**tables, "updates.csv": ("", new)}.items():
                (tmp_path / name).write_bytes(data)
            found = wsis.loading.salvage(tmp_path)

        assert ["no-owner"] * 2 == [each.code for each in found.problems]
        assert all("of 3' is not in these tables" in each.message for each in found.problems)
        assert [None, "0", None, None] == [
            str(u.evidence[0].title) if u.evidence else None
            for u in found.corpus.roadmaps[0].updates
        ]

    @pytest.mark.parametrize(
        ("table", "name", "said"),
        [
            (
                "Evidence",
                "2027-02-01",
                "2 rows are called '2027-02-01'; write '2027-02-01 a1' or '2027-02-01 a2'",
            ),
            (
                "Evidence",
                "#updates/1",
                "'#updates/1' is not in these tables; an update is named by what tells it apart, e.g. '2027-01-15'",
            ),
            *(
                ("Evidence", day, f"{day!r} is not in these tables; an update is named by its date")
                for day in ("2027-01-14", "2027-01-51", "2027-01", "16/1/2027", "2027-01-14 a1")
            ),
            (
                "Evidence",
                "15/01/2027",
                "'15/01/2027' is not in these tables; did you mean '2027-01-15'?",
            ),
            ("Evidence", "15 January 2027", "did you mean '2027-01-15'?"),
            ("Evidence", "1.2.2027 a2", "did you mean '2027-02-01 a2'?"),
            ("Evidence", "1.2.2027", "did you mean '2027-02-01 a1' or '2027-02-01 a2'?"),
            (
                "Evidence",
                "a1",
                "'a1' is an activity; a row of evidence belongs to a milestone or an update",
            ),
            (
                "Evidence",
                "second",
                "'second' is an activity; a row of evidence belongs to a milestone or an update",
            ),
            (
                "Milestones",
                "c2-roadmap",
                "'c2-roadmap' is a road map; a row of milestones belongs to an activity",
            ),
        ],
    )
    def test_what_is_said_of_a_name(self, table: str, name: str, said: str) -> None:
        """Which names there are, and of what is another thing, what that is."""
        (problem,) = told(
            workbook(
                {
                    **self.SHEETS,
                    "Updates": self.UPDATES,
                    table: [["Belongs to", "Title"], [name, "E"]],
                }
            )
        )

        assert said in f"{problem.message}; {problem.hint}"

    @pytest.mark.parametrize("name", ["2027-01-25", "25/01/2027"])
    def test_an_update_whose_date_is_written_otherwise(self, name: str) -> None:
        """The date is told, and not the evidence that names the day."""
        updates = [["Date", "About"], ["2027-01-24", "a1"], ["25/01/2027", "a1"]]

        (problem,) = told(
            workbook(
                {
                    **self.SHEETS,
                    "Updates": updates,
                    "Evidence": [["Belongs to", "Title"], [name, "E"]],
                }
            )
        )

        assert ("Updates", "A3") == (problem.position.sheet, problem.position.cell)

    def test_in_several_road_maps(self) -> None:
        """Updates of one date in two road maps are told apart by the road map."""
        sheets: Cells = {
            "Road maps": [["ID", "Title", "Owners"], ["c2", "T", "itu"], ["c3", "T", "unesco"]],
            "Updates": [
                ["Road map", "Date", "About"],
                ["c2", "2027-01-01", "itu"],
                ["c3", "2027-01-01", "itu"],
            ],
            "Evidence": [["Belongs to", "Title"], ["c3#2027-01-01", "E"], ["2027-01-01", "F"]],
        }
        (problem,) = told(workbook(sheets))

        assert (
            "Evidence!A3: write 'c2#2027-01-01' or 'c3#2027-01-01'"
            == f"Evidence!{problem.position.cell}: {problem.hint}"
        )

    def test_the_template_says_so(self) -> None:
        """The note on the heading speaks of the ID only where there is one."""
        book = opened(excel.template(File(roadmaps=(BARE,)), {}))

        assert "in the sheet Milestones. Of an update: its date" in str(
            getattr(book["Evidence"]["A1"].comment, "text", "")
        )

    def test_an_identifier_that_stands_twice(self) -> None:
        """Once others name it, it is told with all its cells, and nothing of what follows."""
        sheets: Cells = {
            **ROADMAP,
            "Activities": [
                ["ID", "Title", "Depends on"],
                ["a1", "A", None],
                ["A1", "B", None],
                ["a3", "C", "a2"],
            ],
            "Milestones": [
                ["ID", "Belongs to", "Title"],
                ["a1.m1", "a1", "M"],
                ["a2.m1", "a2", "N"],
            ],
            "Resources": [["Belongs to", "Kind"], ["c2-roadmap/a1", "staff"]],
            "Evidence": [["Belongs to", "Title"], ["M", "E"], ["N", "E"], ["a2.m1", "E"]],
            "Updates": [["Date", "About"], ["2027-01-01", "N"]],
        }
        (problem,) = told(workbook(sheets))

        assert ("duplicate-record", "A3") == (problem.code, problem.position.cell)
        assert "the ID 'a1' stands in several rows (A2, A3), and others name it" == problem.message

    def test_what_cannot_be_placed_is_told_once(self) -> None:
        """Whatever names a row without owner, by identifier or title, is not told of again."""
        sheets: Cells = {
            **self.SHEETS,
            "Milestones": [
                ["ID", "Belongs to", "Title", "Depends on"],
                ["m9", "a9", "Lost", None],
                ["m1", "a1", "M", "m9"],
            ],
            "Evidence": [["Belongs to", "Title"], ["lost", "E"], ["m9", "E"]],
            "Updates": [["Date", "About"], ["2027-01-01", "Lost"]],
        }

        assert ["B2"] == [each.position.cell for each in told(workbook(sheets))]


class TestKept:
    """Nothing that somebody wrote is passed over without a word, unless it is marked as theirs."""

    def test_an_example_that_somebody_wrote_over(self) -> None:
        """Whatever was changed in it, a row still marked as an example is told of at its first
        cell.
        """
        targets: list[list[Any]] = [
            ["Belongs to", "Value", "By", "Note"],
            ["example: i1", "90", "2030", "potential target, para. 113"],
        ]
        sheets: Cells = {**ROADMAP, "Indicators": [["ID", "Name"], ["i1", "I"]]}
        for column, cell in (
            (1, 95),
            (2, "2031"),
            (3, "ours"),
            (0, "example: i2"),
            (0, "example:"),
        ):
            changed = [
                targets[0],
                [cell if at == column else each for at, each in enumerate(targets[1])],
            ]
            (problem,) = told(workbook({**sheets, "Targets": changed}))

            assert "map.xlsx:Targets!A2 (Belongs to)" == str(problem.position)
            assert "row 2 is still marked as an example and is not read" == problem.message
            assert (
                f"write the ID of what it belongs to instead of {changed[1][0]!r}" == problem.hint
            )
        for untouched in (
            targets,
            [targets[0], ["Example: I1", 90, 2030]],
            [[*targets[0], "# ours"], [*targets[1], "x"]],
        ):
            assert (
                not read(workbook({**sheets, "Targets": untouched}))
                .roadmaps[0]
                .indicators[0]
                .targets
            )

    def test_an_example_without_its_mark(self) -> None:
        """The example of the template, of which only the first cell was emptied, is no row of
        anybody's.
        """
        sheets: Cells = {**ROADMAP, "Indicators": [["ID", "Name"], ["i1", "I"]]}
        rows: list[list[Any]] = [
            ["Belongs to", "Value", "By", "Note"],
            [None, "90", "2030", "potential target, para. 113"],
        ]
        (problem,) = told(workbook({**sheets, "Targets": rows}))

        assert ("B2", "delete it, or write over it") == (problem.position.cell, problem.hint)

    @pytest.mark.parametrize(
        "written",
        [
            "ITU | International Telecommunication Union, UNESCO",
            "ITU | International Telecommunication Union, UNICEF | United Nations Children",
            "ITU | International Telecommunication Union & UNDP",
        ],
    )
    def test_what_follows_a_label_is_not_lost(self, written: str) -> None:
        """A second choice typed behind the label of the first is told of, and how several are
        written.
        """
        (problem,) = told(
            workbook({**ROADMAP, "Activities": [["ID", "Title", "Partners"], ["a1", "A", written]]})
        )

        assert "C2" == problem.position.cell
        assert "several are separated by semicolons" in problem.hint

    def test_a_year_typed_into_a_cell_for_days(self) -> None:
        """A spreadsheet takes 2027 for a day of 1905; the year is named."""
        rows: list[list[Any]] = [
            ["ID", "Belongs to", "Title", "Due: date"],
            ["a1.m1", "a1", "M", datetime.date(1905, 7, 19)],
        ]
        (problem,) = told(
            workbook({**ROADMAP, "Activities": [["ID", "Title"], ["a1", "A"]], "Milestones": rows})
        )

        assert ("D2", "1905-07-19 may be the year 2027, typed into a cell that shows days") == (
            problem.position.cell,
            problem.message,
        )

    @pytest.mark.parametrize("table", PARTS)
    def test_what_the_template_shows_is_an_example(self, table: str) -> None:
        """The example row of each sheet of the template is known again, and is no longer one when a
        cell of it is changed.
        """
        if table == "roadmaps":
            return
        book = opened(excel.template(File(roadmaps=(BARE,)), {}))
        sheet: Any = book[excel.SHEETS[table]]
        assert str(sheet["A2"].value).startswith("example:")
        sheet["B2"] = "ours"
        stream = io.BytesIO()
        book.save(stream)

        assert [f"map.xlsx:{sheet.title}!A2 ({sheet['A1'].value})"] == [
            str(each.position) for each in told(stream.getvalue())
        ]

    def test_what_people_keep_for_themselves(self) -> None:
        """A column or sheet whose name begins with # is not read; any other that is not ours is
        told of, and told how to be kept.
        """
        mine: dict[str, list[list[Any]]] = {
            **ROADMAP,
            "# notes": [["whatever"], ["I like"]],
            "Activities": [
                ["#", "Title", "# to do"],
                ["example: mine", "T", "call them"],
                ["x", None, None],
            ],
        }

        assert ["T"] == [str(each.title) for each in roadmap(**mine).activities]
        assert ["T"] == [str(each.title) for each in kept(workbook(mine)).roadmaps[0].activities]
        for sheets in ({"Notes": [["x"]]}, {"Activities": [["Title", "Remarks"], ["T", "x"]]}):
            (problem,) = told(workbook({**ROADMAP, **sheets}))
            assert "with # to keep the" in problem.hint

    def test_a_cell_of_spaces(self) -> None:
        """It looks empty and is empty; a text that really is only spaces is written so that it is
        read back.
        """
        made = roadmap(Activities=[["Title", "Description", "Lead"], ["T", "  ", " "]]).activities[
            0
        ]
        (problem,) = told(workbook({**ROADMAP, "Activities": [["ID", "Title"], ["a1", " "]]}))

        assert (None, None) == (made.description, made.lead)
        assert (
            "map.xlsx:Activities!B2 (Title): 'Title' is missing"
            == f"{problem.position}: {problem.message}"
        )
        for text in (" ", "\u2003\n", r"\e \e", r"\e\e \e", r"\e"):
            file = File(roadmaps=(BARE.replace(title=text, description=text),))
            assert file == read(written(file))
            assert file == read_tree(
                *csv.parse(
                    {name: (name, data) for name, data in csv.tables(file).items()}, "folder"
                )
            )

    @pytest.mark.parametrize(
        ("value", "sound"),
        [(16.1, False), (8.1, False), (17.1, False), (9.1, True), (17.2, True), ("16.1", True)],
    )
    def test_a_target_that_lost_its_zero(self, value: Any, sound: bool) -> None:
        """16.10 typed into a cell for numbers is 16.1 there: where both are targets, a number is
        not believed.
        """
        data = workbook(
            {**ROADMAP, "Activities": [["ID", "Title", "SDG targets"], ["a1", "T", value]]}
        )
        if sound:
            assert f"sdg/{value}" == read(data).roadmaps[0].activities[0].alignments[0].concept
            return
        (problem,) = told(data)

        assert (
            f"map.xlsx:Activities!C2 (SDG targets): {value} as a number may have been {value}0"
            == f"{problem.position}: {problem.message}"
        )
        assert (
            f"write SDG {value}0 or SDG {value}; a cell formatted as text keeps the 0"
            == problem.hint
        )

    @pytest.mark.parametrize(
        ("value", "hint"),
        [
            ("150.000", "write 150000, or 150 if that is meant"),
            ("10.500 ", "write 10500, or 10.5 if that is meant"),
            ("-1.125", "write -1125, or -1.1250 if that is meant"),
            ("1.1250", ""),
            ("0.125", ""),
            ("1000.125", ""),
            (1.125, ""),
        ],
    )
    def test_a_text_that_may_be_thousands(self, value: Any, hint: str) -> None:
        """Typed into a cell for text, 150.000 is 150 to some and 150000 to others: it is told, and
        no more is said of the cell.
        """
        sheets: Cells = {
            **ROADMAP,
            "Indicators": [
                ["ID", "Name", "Baseline: value", "Baseline: when"],
                ["i1", "I", value, "2026"],
            ],
            "Targets": [["Belongs to", "Value", "By"], ["i1", value, 2030]],
        }
        if not hint:
            assert (
                Decimal(str(value))
                == read(workbook(sheets)).roadmaps[0].indicators[0].targets[0].value
            )
            return
        assert [("Indicators", "C2", hint), ("Targets", "B2", hint)] == [
            (each.position.sheet, each.position.cell, each.hint) for each in told(workbook(sheets))
        ]

    @pytest.mark.parametrize(
        ("mark", "value", "sound"),
        [(",", "1.125", True), (",", "1.500", False), (";", "1.125", False), (";", "1.25", True)],
    )
    def test_so_in_tables(self, mark: str, value: str, sound: bool) -> None:
        """Between commas, as we write it, 1.125 is one; with a nought at the end, or between
        semicolons, nobody knows.
        """
        texts = {
            "roadmaps": "id,title,owners\nc2-roadmap,T,itu",
            "activities": "id,title\na1,T",
            "resources": f"kind,amount\nstaff,{value}",
        }
        tables = {
            f"{name}.csv": (f"{name}.csv", text.replace(",", mark).encode())
            for name, text in texts.items()
        }
        _, places, problems = csv.parse(tables, "folder")

        assert (
            []
            if sound
            else [f"resources.csv:2 (amount): {value!r} may be {value.replace('.', '')}"]
        ) == [f"{each.position}: {each.message}".partition(" with")[0] for each in problems]
        assert places.told(("roadmaps", 0, "activities", 0, "resources", 0, "amount")) is not sound

    @pytest.mark.parametrize(
        ("other", "sound"),
        [
            ("12.5", True),
            ("0.125", True),
            ("1000.125", True),
            ("12", False),
            ("74.125", False),
            ("1.500", False),
        ],
    )
    def test_unless_another_shows_the_point(self, other: str, sound: bool) -> None:
        """A number of another table whose point can only stand before its fraction tells what the
        point is in all of them.
        """
        texts = {
            "roadmaps": "id;title;owners\nc2-roadmap;T;itu",
            "activities": "id;title\na1;T",
            "resources": "kind;amount\nstaff;90.125\nstaff;10.500",
            "indicators": f"id;name;baseline.value;baseline.when\ni1;I;{other};2026",
        }
        tree, _, problems = csv.parse(
            {f"{name}.csv": (f"{name}.csv", text.encode()) for name, text in texts.items()},
            "folder",
        )

        assert sound is not any("'90.125'" in each.message for each in problems)
        assert any("'10.500'" in each.message for each in problems)
        assert ("90.125" if sound else "unread") == tree["roadmaps"][0]["activities"][0][
            "resources"
        ][0]["amount"]

    def test_a_number_over_several_rows(self) -> None:
        """Merged over rows, a number is a number in each of them."""
        sheets: Cells = {
            **ROADMAP,
            "Activities": [["Title"], ["T"]],
            "Resources": [["Kind", "Amount"], ["staff"], ["fuel"]],
        }
        data = workbook(
            sheets,
            lambda _, sheet: (
                sheet.merge_range("B2:B3", 1.125) if sheet.name == "Resources" else None
            ),
        )

        assert [Decimal("1.125")] * 2 == [
            each.amount for each in read(data).roadmaps[0].activities[0].resources
        ]

    def test_the_indicator_too(self) -> None:
        """So under SDG indicator."""
        data = workbook({**ROADMAP, "Indicators": [["Name", "SDG indicator"], ["I", 17.1]]})

        assert "17.1 as a number may have been 17.10" in {each.message for each in told(data)}

    @pytest.mark.parametrize("text", ["{0}", "sep={1}\r\n{0}", "\r\n{0}", "\ufeff{0}"])
    @pytest.mark.parametrize("mark", [";", "\t", ","])
    def test_what_stands_between_columns(self, mark: str, text: str) -> None:
        """A table as spreadsheets of any country save it: the same records and places, and a marked
        copy separated likewise.
        """
        rows = [
            ["id", "Title", "owners", "status"],
            ["c2-roadmap", f'"Road{mark} map"', '"itu; unesco"', "daft"],
        ]
        data = text.format("\r\n".join(map(mark.join, rows)), mark).encode()
        line = 2 + text.count("\n")
        tree, places, problems = csv.parse({"roadmaps": ("roadmaps.csv", data)}, "folder")
        marked = csv.mark(data, [(Position("roadmaps.csv", line, heading="status"), "wrong")])

        assert not problems
        assert [("c2-roadmap", f"Road{mark} map", ["itu", "unesco"])] == [
            (r["id"], r["title"]["en"], r["owners"]) for r in tree["roadmaps"]
        ]
        assert f"roadmaps.csv:{line} (status)" == str(places.find(("roadmaps", 0, "status")))
        assert mark.join((*rows[0], "faults")).encode() in marked
        assert data.startswith(b"sep=") is marked.startswith(b"sep=")
        assert tree == csv.parse({"roadmaps": ("roadmaps.csv", marked)}, "folder")[0]

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"sep=|\nid|title\n", "columns are separated by '|'"),
            (b"what;else\nr;T\n", "columns are separated by ';'"),
            ("id,title\r\n".encode("utf-16"), "save it as 'CSV UTF-8'"),
            ("id,title\r\nr,é\r\n".encode("cp1252"), "save it as 'CSV UTF-8'"),
        ],
    )
    def test_tables_of_another_kind(self, data: bytes, said: str) -> None:
        """What stays unread says how to save it."""
        (problem,) = csv.parse({"roadmaps": ("roadmaps.csv", data)}, "folder")[2]

        assert said in f"{problem.message}; {problem.hint}"

    def test_what_has_no_column_of_its_own(self) -> None:
        """What is wrong with a list or a record within a record is told at a heading or sheet that
        people can find.
        """
        rows = {
            "Activities": [["ID", "Title", "SDG targets", "Action Lines"], ["a1", "T"]],
            "Indicators": [["ID", "Name", "Baseline: when"], ["i1", "I"]],
            "Objectives": [["ID", "Statement"], ["o1", "S"]],
        }
        _, places, _ = excel.parse(workbook({**ROADMAP, **rows}), "map.xlsx")
        activity, indicator = ("roadmaps", 0, "activities", 0), ("roadmaps", 0, "indicators", 0)
        shown = {
            (*activity, "alignments"): "Activities!C2 (Action Lines / SDG targets)",
            (*activity, "milestones"): "Activities!A2 (sheet Milestones)",
            (*activity, "resources"): "Activities!A2 (sheet Resources)",
            (*activity, "period"): "Activities!A2 (Period: start)",
            (*activity, "period", "end"): "Activities!A2 (Period: end)",
            (*activity, "title", "fr"): "Activities!B2 (Title)",
            (*indicator, "targets"): "Indicators!A2 (sheet Targets)",
            (*indicator, "baseline"): "Indicators!C2 (Baseline: when)",
            (*indicator, "source"): "Indicators!A2 (Source: title)",
            ("roadmaps", 0, "objectives", 0, "alignments"): "Objectives!A2 (sheet Alignments)",
            ("roadmaps", 0, "source", "terms"): "Road maps!A2 (Source: terms)",
        }

        assert shown == {path: str(places.find(path)).removeprefix("map.xlsx:") for path in shown}

    def test_what_stands_in_several_columns(self) -> None:
        """It is told at the column that is filled, or, of a list, at the one in which it would be
        mended.
        """
        rows: Cells = {
            "Activities": [["ID", "Title", "SDG targets", "Action Lines", "Due"], ["a1", "T"]],
            "Milestones": [
                ["Title", "Due: date", "Due: session", "Due: year"],
                ["M", None, "cstd-30"],
                ["N", None, None, 2027],
                ["O"],
            ],
        }
        _, places, _ = excel.parse(workbook({**ROADMAP, **rows}), "map.xlsx")
        activity = ("roadmaps", 0, "activities", 0)
        shown = {
            (*activity, "milestones", 0, "due"): "Milestones!C2 (Due: session)",
            (*activity, "milestones", 1, "due"): "Milestones!D3 (Due: year)",
            (*activity, "milestones", 2, "due"): "Milestones!B4 (Due: date)",
            (*activity, "alignments", "action_lines"): "Activities!D2 (Action Lines)",
            (*activity, "alignments", "commitments"): "Activities!C2 (Action Lines / SDG targets)",
        }

        assert shown == {path: str(places.find(path)).removeprefix("map.xlsx:") for path in shown}


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
        marked = excel.mark(data, [(each.position, each.message) for each in problems])
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
        first = excel.mark(data, [(place, "wrong") for place in places])
        second = opened(
            excel.mark(first, [(places[1], "still wrong"), (Position("map.xlsx"), "no owner")])
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
        marked = excel.mark(
            workbook({**ROADMAP, name: [["Sheet", "Cell"], ["Road maps", "A2"]]}), ()
        )

        assert ["Faults", "Road maps"] == opened(marked).sheetnames
        assert (BARE,) == read(marked).roadmaps

    def test_a_marked_template_is_still_one(self) -> None:
        """Drop-downs, names and notes survive, and merged cells are marked where they begin."""
        data = excel.template(
            File(roadmaps=(BARE,)), {"actors": [("itu", "International Telecommunication Union")]}
        )
        marked = excel.mark(
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
        marked = excel.mark(data, [(Position("map.xlsx", sheet="Road maps", cell="B3"), "merged")])
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
            excel.mark(data, ())

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


class TestTemplate:
    """A workbook to fill in."""

    CHOICES = {
        "actors": [("ITU", "International Telecommunication Union"), ("UNESCO", "")],
        "mandates": [("80-173/37.1", "connect schools")],
        "concepts:sdg": [("9.c", "access to technology"), ("9.1", "9.1")],
    }

    def test_what_is_in_it(self) -> None:
        """How to fill it, a sheet for each part of a road map, and last the lists."""
        book = opened(excel.template(File(roadmaps=(BARE,)), self.CHOICES))

        assert [excel.SHEETS[table] for table in PARTS] == book.sheetnames[1:-1]
        assert ("Read me", "Lists") == (book.sheetnames[0], book.sheetnames[-1])
        assert any("wsis-model check" in str(cell.value) for (cell,) in book["Read me"])
        assert "ITU | International Telecommunication Union" == book["Lists"]["A2"].value
        assert "9.1" == book["Lists"]["C3"].value
        for sheet in book.worksheets[1:-1]:
            assert "B2" == sheet.freeze_panes
            assert sheet.auto_filter.ref
            assert all(cell.comment for cell in sheet[1])
            assert ("landscape", True) == (
                sheet.page_setup.orientation,
                sheet.sheet_properties.pageSetUpPr.fitToPage,
            )

    def test_drop_downs(self) -> None:
        """One value is chosen from a list, with a warning at others; where several may stand, a
        message says how.
        """
        book = opened(excel.template(File(roadmaps=(BARE,)), self.CHOICES))
        found = {
            f"{sheet.title}: {sheet[1][next(iter(each.sqref.ranges)).min_col - 1].value}": each
            for sheet in book.worksheets
            for each in sheet.data_validations.dataValidation
        }

        assert "choices_actors" == found["Activities: Lead"].formula1
        assert "warning" == found["Activities: Lead"].errorStyle
        assert "'Lists'!$A$2:$A$3" == book.defined_names["choices_actors"].attr_text
        assert "ids_objectives" == found["Activities: Objective"].formula1
        assert "ids_activities" == found["Milestones: Belongs to"].formula1
        assert (
            '"planned,under-way,done,suspended,cancelled"' == found["Activities: Status"].formula1
        )
        assert "choices_concepts_sdg" == found["Activities: SDG targets"].formula1
        assert not found["Activities: SDG targets"].showErrorMessage
        assert "semicolons" in str(found["Activities: SDG targets"].prompt)
        assert "2027-06-30" in str(found["Milestones: Due: date"].prompt)
        assert "Activities: Compact commitments" in found
        assert "ids_milestones" == found["Evidence: Belongs to"].formula1
        assert {
            each.formula1
            for each in found.values()
            if str(each.formula1).startswith(("ids_", "choices_"))
        } <= set(book.defined_names)

    def test_what_must_be_filled_looks_so(self) -> None:
        """Headings of what must be filled are dark and bold; names that are text are not turned
        into numbers.
        """
        book = opened(excel.template(File(roadmaps=(BARE,)), {}))
        roadmaps, activities = book["Road maps"], book["Activities"]

        assert ["ID", "Title", "Owners"] == [cell.value for cell in roadmaps[1] if cell.font.bold]
        assert ["Title"] == [cell.value for cell in activities[1] if cell.font.bold]
        assert ("@", "yyyy-mm-dd") == (
            roadmaps["A2"].number_format,
            book["Milestones"].column_dimensions["D"].number_format,
        )
        assert "example: a1" == activities["A2"].value
        assert activities["A2"].font.italic

    @pytest.mark.parametrize(
        ("sheet", "heading", "shape"),
        [
            ("Targets", "Value", "General"),
            ("Resources", "Amount", "General"),
            ("Indicators", "Baseline: value", "General"),
            ("Updates", "Date", "yyyy-mm-dd"),
            ("Evidence", "Date", "yyyy-mm-dd"),
            ("Targets", "By", "@"),
            ("Indicators", "Measures", "@"),
        ],
    )
    def test_an_example_is_formatted_as_its_column(
        self, sheet: str, heading: str, shape: str
    ) -> None:
        """Whatever is written over it is taken for what it would be in any other row: a number for
        a number, a day for a day.
        """
        page = opened(excel.template(File(roadmaps=(BARE,)), {}))[sheet]
        column = next(cell.column for cell in page[1] if cell.value == heading)
        cell = page.cell(2, column)

        assert (shape, shape == "General") == (
            cell.number_format,
            isinstance(cell.value, int | float),
        )
        assert cell.font.italic

    def test_without_examples(self) -> None:
        """Who needs no example has none; several road maps can stand in one workbook."""
        file = File(roadmaps=(a_roadmap(), BARE))
        data = excel.template(file, {}, examples=False)

        assert "Belongs to" in [cell.value for cell in opened(data)["Objectives"][1]]
        assert file == read(data)
        assert not any(
            str(row[0]).startswith("example")
            for sheet in opened(data).worksheets[1:-1]
            for row in sheet.iter_rows(min_row=2, values_only=True)
        )


def rezipped(data: bytes, **changes: bytes | None) -> bytes:
    """A workbook with other content in some parts; `None` leaves one out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = changes.get(name.rpartition("/")[2].partition(".")[0], old.read(name))
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


#: A document that would expand to a hundred million letters.
ENTITIES = f"""<!DOCTYPE x [<!ENTITY a0 "0123456789">{
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 8))
}]><x>&a7;</x>""".encode()
STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


class TestAnything:
    """Any bytes give records or a `LoadError`."""

    def test_what_is_warned_of_stays_as_it_was(self) -> None:
        """Threads that read side by side leave the warnings of the program alone."""
        before, data = list(warnings.filters), workbook(ROADMAP)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(functools.partial(wsis.loads, format="excel"), [data] * 12))

        assert before == list(warnings.filters)

    def test_what_is_merged_without_measure_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is merged is said of each row, cell by cell: of all sheets together so many cells,
        and no more.
        """

        def merged(_: Any, sheet: Any) -> None:
            for row in range(1, 30):
                sheet.write_string(row, 5, "x")
            for column in (6, 7):
                sheet.merge_range(1, column, 29, column, "y")

        data = workbook({"#one": [["a"]], "#two": [["b"]]}, merged)
        monkeypatch.setattr(_sheets, "MERGED", 4 * 28)
        assert [29, 29] == [len(sheet.rows) - 1 for sheet in _sheets.read_sheets(data, "map.xlsx")]
        monkeypatch.setattr(_sheets, "MERGED", 4 * 28 - 1)
        with pytest.raises(LoadError, match="of rows that are filled are merged"):
            _sheets.read_sheets(data, "map.xlsx")

    @pytest.mark.parametrize("place", ["A9999999", "XFE1", "nonsense"])
    def test_a_list_of_faults_that_somebody_changed(self, place: str) -> None:
        """What stands under the cells of an earlier copy need not be a cell."""
        data = workbook({**ROADMAP, "Faults": [["Sheet", "Cell"], ["Road maps", place]]})

        assert list(wsis.loads(data, "excel")) == list(wsis.loads(excel.mark(data, []), "excel"))

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "not a whole workbook"),
            (b"id,title\r\n", "not a whole workbook"),
            (b"PK\x03\x04" + b"x" * 100, "not a whole workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "the old format .xls"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "locked with a password",
            ),
            (workbook(ROADMAP)[:-30], "not a whole workbook"),
            (rezipped(workbook(ROADMAP), workbook=None), "the file is no workbook"),
            (rezipped(workbook(ROADMAP), workbook=STRICT), "the format 'Strict Open XML'"),
            (
                rezipped(workbook(ROADMAP), sheet1=None),
                "the sheet 'Road maps' is listed, and not there",
            ),
            (rezipped(workbook(ROADMAP), sheet1=b"<worksheet"), "not a whole workbook"),
            (rezipped(workbook(ROADMAP), sheet1=ENTITIES), "declares entities"),
            (rezipped(workbook(ROADMAP), workbook=ENTITIES), "declares entities"),
            (rezipped(workbook(ROADMAP), sharedStrings=b"<sst/>"), "not a whole workbook"),
            (
                rezipped(
                    workbook(ROADMAP), sheet1=SHEET.format('<row r="1"><c r="1A"/></row>').encode()
                ),
                "not a whole workbook",
            ),
            (
                rezipped(workbook(ROADMAP), sheet1=SHEET.format(f'<row r="{10**30}"/>').encode()),
                "more rows and columns than can be read",
            ),
            (workbook({"Sheet1": []}), "the workbook holds no sheet of records"),
        ],
    )
    # What is wrong within a workbook is told in openpyxl's words; a sheet that is listed and
    # missing is passed over.
    def test_what_is_no_workbook(self, data: bytes, said: str) -> None:
        """Each is refused in a sentence that says what it is."""
        (problem,) = told(data)

        assert said in problem.message
        assert "map.xlsx" == problem.position.file

    def test_other_files_of_offices(self) -> None:
        """A Word file or an OpenDocument sheet under the wrong suffix is named."""
        for name, content, said in (
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
            ("word/document.xml", b"<w/>", "no workbook"),
        ):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                archive.writestr(name, content)

            assert said in told(stream.getvalue())[0].message

    def test_a_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A workbook that expands beyond all measure is refused before it does."""
        monkeypatch.setattr(_packages, "EXPANDED", 100_000)
        (problem,) = told(rezipped(workbook(ROADMAP), sheet1=SHEET.format(" " * 200_000).encode()))

        assert "expands to more than 100,000 bytes" in problem.message

    @given(data=st.data())
    @settings(max_examples=60)
    def test_damaged_parts(self, data: st.DataObject) -> None:
        """A real workbook, damaged in any of its parts, is read or told of."""
        names = ("workbook", "sheet1", "sheet2", "sharedStrings", "styles", "")
        name = data.draw(st.sampled_from(names))
        real = workbook(
            {
                **ROADMAP,
                "Activities": [["ID", "Title"], ["a1", 1.5], ["a2", datetime.date(2027, 1, 1)]],
            }
        )
        old = zipfile.ZipFile(io.BytesIO(real))
        content = old.read(
            next(
                each for each in old.namelist() if each.rpartition("/")[2].partition(".")[0] == name
            )
        )
        at = data.draw(st.integers(0, len(content)))
        damaged = (
            content[:at]
            + data.draw(st.binary(max_size=3) | st.just(b"-1") | st.just(b"9" * 30))
            + content[at + data.draw(st.integers(0, 9)) :]
        )
        found = wsis.loading.salvage(
            rezipped(real, **{name: damaged}), format="excel", name="map.xlsx"
        )

        assert found.problems or found.corpus.roadmaps
        assert all(each.position.file == "map.xlsx" for each in found.problems)

    @given(
        data=st.binary(max_size=200) | st.integers(0, 4000).map(lambda at: workbook(ROADMAP)[:at])
    )
    @settings(max_examples=60)
    def test_any_bytes(self, data: bytes) -> None:
        """Bytes of no meaning, or half a workbook."""
        assert told(data)


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
                "write what is due there under 'Due: event' or 'Due: year'",
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
                {"Action Lines": "C2, C5"},
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
                {"SDG targets": "9.c, 4.4"},
                "several are separated by semicolons: 9.c; 4.4",
            ),
            (
                "Activities",
                {"SDG targets": "9.c and 4.4"},
                "several are separated by semicolons: 9.c; 4.4",
            ),
            (
                "Activities",
                {"Compact commitments": "11(a), 21b"},
                "several are separated by semicolons: 11(a); 21(b)",
            ),
            (
                "Activities",
                {"Other alignments": "Media, Capacity building"},
                "several are separated by semicolons: Media; Capacity building",
            ),
            # A near miss is of what belongs in the column.
            ("Activities", {"Action Lines": "2"}, "did you mean 'C2'?"),
            ("Activities", {"Action Lines": "e-helth"}, "did you mean 'action-lines/c7-e-health'?"),
            (
                "Activities",
                {"Action Lines": "C7 (e-health)"},
                "did you mean 'action-lines/c7-e-health'?",
            ),
            ("Activities", {"Compact commitments": "21a"}, "did you mean 'gdc/21-a'?"),
            ("Activities", {"Compact commitments": "21-a"}, "did you mean 'gdc/21-a'?"),
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
