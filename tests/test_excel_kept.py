"""Excel workbooks: nothing that somebody wrote is lost or silently taken for something else."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import pytest
from workbooks import (
    BARE,
    PARTS,
    ROADMAP,
    Cells,
    kept,
    opened,
    read,
    roadmap,
    told,
    workbook,
    written,
)

from wsis_model import Position, formats
from wsis_model.formats import CSV, csv, excel
from wsis_model.formats.tables.columns import SHEETS
from wsis_model.formats.workbooks.template import template
from wsis_model.model import File


class TestKept:
    """Nothing that somebody wrote is passed over without a word, unless it is marked as theirs."""

    def test_an_example_that_nobody_wrote_over(self) -> None:
        """It is no row of anybody's, in whatever case or form its cells are now."""
        targets: list[list[Any]] = [
            ["Belongs to", "Value", "By", "Note"],
            ["example: i1", "90", "2030", "potential target, para. 113"],
        ]
        sheets: Cells = {**ROADMAP, "Indicators": [["ID", "Name"], ["i1", "I"]]}
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
            ), untouched

    @pytest.mark.parametrize("table", [each for each in PARTS if each != "roadmaps"])
    def test_what_the_template_shows_is_an_example(self, table: str) -> None:
        """The example row of each sheet of the template is known again, and is no longer one when a
        cell of it is changed.
        """
        book = opened(template(File(roadmaps=(BARE,)), {}))
        sheet: Any = book[SHEETS[table]]
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
        for sheets, code, place in (
            ({"Notes": [["x"]]}, "unknown-field", "Notes!A1 (x)"),
            (
                {"Activities": [["Title", "Remarks"], ["T", "x"]]},
                "unknown-field",
                "Activities!B1 (Remarks)",
            ),
        ):
            (problem,) = told(workbook({**ROADMAP, **sheets}))
            assert (code, f"map.xlsx:{place}") == (problem.code, str(problem.position))
            assert "#" in problem.hint

    def test_a_cell_of_spaces(self) -> None:
        """It looks empty and is empty; a text that really is only spaces is written so that it is
        read back.
        """
        made = roadmap(Activities=[["Title", "Description", "Lead"], ["T", "  ", " "]]).activities[
            0
        ]
        (problem,) = told(workbook({**ROADMAP, "Activities": [["ID", "Title"], ["a1", " "]]}))

        assert (None, None) == (made.description, made.lead)
        assert ("missing-field", "map.xlsx:Activities!B2 (Title)") == (
            problem.code,
            str(problem.position),
        )
        for text in (" ", "\u2003\n", r"\e \e", r"\e\e \e", r"\e"):
            file = File(roadmaps=(BARE.replace(title=text, description=text),))
            assert file == read(written(file))
            assert (
                file
                == formats.read(
                    {name: (name, data) for name, data in csv.tables(file).items()}, "folder", CSV
                ).complete()
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

        assert ("wrong-value", "map.xlsx:Activities!C2 (SDG targets)") == (
            problem.code,
            str(problem.position),
        )
        assert f"SDG {value}0 or SDG {value};" in problem.hint

    @pytest.mark.parametrize(
        ("value", "both"),
        [
            ("150.000", ("150000", "150")),
            ("10.500 ", ("10500", "10.5")),
            ("-1.125", ("-1125", "-1.1250")),
            ("1.1250", ()),
            ("0.125", ()),
            ("1000.125", ()),
            (1.125, ()),
        ],
    )
    def test_a_text_that_may_be_thousands(self, value: Any, both: tuple[str, ...]) -> None:
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
        if not both:
            assert (
                Decimal(str(value))
                == read(workbook(sheets)).roadmaps[0].indicators[0].targets[0].value
            )
            return
        problems = told(workbook(sheets))
        assert [
            ("wrong-value", "map.xlsx:Indicators!C2 (Baseline: value)"),
            ("wrong-value", "map.xlsx:Targets!B2 (Value)"),
        ] == [(each.code, str(each.position)) for each in problems]
        for each in problems:
            assert both == tuple(re.findall(r"-?\d[\d.]*", each.hint))

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

        assert ([] if sound else [("wrong-value", "resources.csv:2 (amount)")]) == [
            (each.code, str(each.position)) for each in problems
        ]
        assert all(value.replace(".", "") in each.message for each in problems)
        assert (
            places.is_reported(("roadmaps", 0, "activities", 0, "resources", 0, "amount"))
            is not sound
        )

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

        places = [str(each.position) for each in problems]
        assert sound is not ("resources.csv:2 (amount)" in places)
        assert "resources.csv:3 (amount)" in places
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
        ("data", "code", "line"),
        [
            (b"sep=|\nid|title\n", "csv-syntax", 1),
            (b"what;else\nr;T\n", "csv-syntax", 1),
            ("id,title\r\n".encode("utf-16"), "encoding", 1),
            ("id,title\r\nr,é\r\n".encode("cp1252"), "encoding", 2),
        ],
        ids=["strokes", "semicolons", "UTF-16", "Windows"],
    )
    def test_tables_of_another_kind(self, data: bytes, code: str, line: int) -> None:
        """What stays unread is told as that."""
        (problem,) = csv.parse({"roadmaps": ("roadmaps.csv", data)}, "folder")[2]

        assert (code, line) == (problem.code, problem.position.line)

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
                ["Title", "Due: date", "Due: session", "Due: event"],
                ["M", None, "cstd-30"],
                ["N", None, None, "The next review"],
                ["O"],
            ],
        }
        _, places, _ = excel.parse(workbook({**ROADMAP, **rows}), "map.xlsx")
        activity = ("roadmaps", 0, "activities", 0)
        shown = {
            (*activity, "milestones", 0, "due"): "Milestones!C2 (Due: session)",
            (*activity, "milestones", 1, "due"): "Milestones!D3 (Due: event)",
            (*activity, "milestones", 2, "due"): "Milestones!B4 (Due: date)",
            (*activity, "alignments", "action_lines"): "Activities!D2 (Action Lines)",
            (*activity, "alignments", "commitments"): "Activities!C2 (Action Lines / SDG targets)",
        }

        assert shown == {path: str(places.find(path)).removeprefix("map.xlsx:") for path in shown}
