"""Excel workbooks: what is written reads back the same."""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from workbooks import BARE, editorial, kept, opened, read, written

import wsis_model as wsis
from wsis_model import MissingExtra, Roadmap, formats
from wsis_model.formats import CSV, csv
from wsis_model.formats.tables.write import rows_of
from wsis_model.formats.workbooks import book
from wsis_model.formats.workbooks.marks import mark
from wsis_model.formats.workbooks.template import template
from wsis_model.model import Activity, File, Indicator, Objective, Update
from wsis_model.testing import a_corpus, files, roadmaps

EXAMPLES = Path(__file__).parents[1] / "examples" / "data"


def again(file: File, form: str) -> File:
    """A file as it reads back from a workbook or from tables."""
    if form == "excel":
        return read(written(file))
    return formats.read(
        {f"{name}.csv": (f"{name}.csv", data) for name, data in csv.tables(file).items()},
        "folder",
        CSV,
    ).complete()


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
            data = template(file, {"actors": [("itu", "International Telecommunication Union")]})
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
            an_activity(name, depends_on=parts, milestones=[{"id": f"{name}/m1", "title": "M"}])
            for name in parts
        )
        updates = tuple(
            Update(date=datetime.date(2027, 1, day), about=name)
            for day, name in enumerate((*parts, "itu"), 1)
        )
        file = File(roadmaps=(BARE.replace(activities=activities, updates=updates),))
        tables = {name: (f"{name}.csv", data) for name, data in csv.tables(file).items()}

        assert file == (
            read(written(file))
            if form == "excel"
            else formats.read(tables, "folder", CSV).complete()
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
            file = formats.read(
                {"roadmaps": [{**BARE.to_dict(), "indicators": [indicator]}]}, "x"
            ).complete()
            data = written(file)

            assert file == read(data), value
            assert kind is type(opened(data)["Targets"]["B2"].value), value

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
        updates[1]["id"] = "c2-roadmap/u1"
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
            "excel": ["c2-roadmap#2027-01-01", "u1"],
            "csv": ["c2-roadmap#2027-01-01", "c2-roadmap/u1"],
        }[form]
        whole = "" if form == "excel" else "c2-roadmap#"

        assert file == again(file, form)
        assert [*names, *(f"{whole}updates/{number} of 7" for number in range(3, 8))] == [
            row["belongs_to"] for row in rows_of(file, human=form == "excel")["evidence"]
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
        file = formats.read({"documents": documents}, "x").complete()
        written = rows_of(file, human=form == "excel")

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
        monkeypatch.setattr(book, "ROWS", 2)
        with pytest.raises(ValueError, match="a sheet holds 2 rows, and there are 2 roadmaps"):
            written(File(roadmaps=(BARE, BARE.replace(id="other"))))

    # Reading needs the extra, too, since openpyxl reads.
    @pytest.mark.parametrize(
        "work", [lambda: written(File()), lambda: mark(b"", ()), lambda: read(b"")]
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
