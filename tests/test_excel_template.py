"""Excel workbooks: the template."""

from __future__ import annotations

import pytest
from workbooks import BARE, PARTS, opened, read

from wsis_model.formats.csv import OF_ROADMAP
from wsis_model.formats.tables.columns import SHEETS
from wsis_model.formats.workbooks.template import template
from wsis_model.model import File
from wsis_model.testing import a_roadmap


class TestTemplate:
    """A workbook to fill in."""

    CHOICES = {
        "actors": [("ITU", "International Telecommunication Union"), ("UNESCO", "")],
        "mandates": [("80-173/37.1", "connect schools")],
        "concepts:sdg": [("9.c", "access to technology"), ("9.1", "9.1")],
    }

    def test_what_is_in_it(self) -> None:
        """How to fill it, a sheet for each part of a road map, and last the lists."""
        book = opened(template(File(roadmaps=(BARE,)), self.CHOICES))

        assert [SHEETS[table] for table in PARTS] == book.sheetnames[1:-1]
        assert {*PARTS} == {*OF_ROADMAP} - {"alignments"}, "alignments are columns here"
        assert ("Read me", "Lists") == (book.sheetnames[0], book.sheetnames[-1])
        assert any("wsis-model check" in str(cell.value) for (cell,) in book["Read me"])
        assert "ITU | International Telecommunication Union" == book["Lists"]["A2"].value
        assert "9.1" == book["Lists"]["C3"].value
        for sheet in book.worksheets[1:-1]:
            assert "B2" == sheet.freeze_panes, sheet.title
            assert sheet.auto_filter.ref, sheet.title
            assert all(cell.comment for cell in sheet[1]), sheet.title
            assert ("landscape", True) == (
                sheet.page_setup.orientation,
                sheet.sheet_properties.pageSetUpPr.fitToPage,
            ), sheet.title

    def test_drop_downs(self) -> None:
        """One value is chosen from a list, with a warning at others; where several may stand, a
        message says how.
        """
        book = opened(template(File(roadmaps=(BARE,)), self.CHOICES))
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
        book = opened(template(File(roadmaps=(BARE,)), {}))
        roadmaps, activities, updates = book["Road maps"], book["Activities"], book["Updates"]
        (date,) = (cell.column_letter for cell in updates[1] if cell.value == "Date")

        assert ["ID", "Title", "Owners"] == [cell.value for cell in roadmaps[1] if cell.font.bold]
        assert ["Title"] == [cell.value for cell in activities[1] if cell.font.bold]
        assert ("@", "yyyy-mm-dd") == (
            roadmaps["A2"].number_format,
            updates.column_dimensions[date].number_format,
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
        page = opened(template(File(roadmaps=(BARE,)), {}))[sheet]
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
        data = template(file, {}, examples=False)

        assert "Belongs to" in [cell.value for cell in opened(data)["Objectives"][1]]
        assert file == read(data)
        assert not any(
            str(row[0]).startswith("example")
            for sheet in opened(data).worksheets[1:-1]
            for row in sheet.iter_rows(min_row=2, values_only=True)
        )
