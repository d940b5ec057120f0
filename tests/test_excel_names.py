"""Excel workbooks: rows that name one another, and whose they are."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from workbooks import BARE, ROADMAP, Cells, opened, roadmap, told, workbook, written

import wsis_model as wsis
from wsis_model import formats
from wsis_model.formats import csv
from wsis_model.formats.workbooks.template import template
from wsis_model.model import File


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
        found = formats.read(
            {name: (f"{name}.csv", text.encode()) for name, text in tables.items()},
            "folder",
            formats.CSV,
        ).partial()
        (problem,) = found.problems

        assert "activities.csv:2 (objective)" == str(problem.position)
        assert (
            "'o1' stands in no id cell of objectives; write o1 under id in the row that is meant; without one: line 2"
            == f"{problem.message}; {problem.hint}"
        )
        assert "c2-roadmap/o1" == found.records.roadmaps[0].activities[0].objective

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
            ("c2-roadmap#2027-01-15", 0),
            ("updates/3 of 3", 2),
        ],
    )
    def test_an_update_by_its_date(self, name: Any, number: int) -> None:
        """By its date where no other has that."""
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

    @pytest.mark.parametrize(
        ("name", "number"), [("u1", 1), ("U1", 1), ("c2-roadmap/u1", 1), ("2027-01-15", 0)]
    )
    def test_an_update_by_its_identifier(self, name: str, number: int) -> None:
        """One that has an identifier is named by it, as all other parts of the road map are."""
        made = roadmap(
            **{
                **self.SHEETS,
                "Updates": [
                    [own, *cells]
                    for own, cells in zip(["ID", None, "u1", None], self.UPDATES, strict=True)
                ],
                "Evidence": [["Belongs to", "Title"], [name, "E"]],
            }
        )

        assert [None, "c2-roadmap/u1", None] == [each.id for each in made.updates]
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
        file = formats.read({"roadmaps": [{**BARE.to_dict(), "updates": updates}]}, "x").complete()
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
                "2 rows are called '2027-02-01'; write the ID of the one that is meant, or give it one",
            ),
            (
                "Evidence",
                "#updates/1",
                "'#updates/1' is not in these tables; an update is named by its ID, or by what tells it apart, e.g. '2027-01-15'",
            ),
            *(
                ("Evidence", day, f"{day!r} is not in these tables; an update is named by its ID")
                for day in ("2027-01-14", "2027-01-51", "2027-01", "16/1/2027", "2027-01-14 a1")
            ),
            (
                "Evidence",
                "15/01/2027",
                "'15/01/2027' is not in these tables; did you mean '2027-01-15'?",
            ),
            ("Evidence", "15 January 2027", "did you mean '2027-01-15'?"),
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
        """The note on the heading says where the owners are."""
        book = opened(template(File(roadmaps=(BARE,)), {}))

        assert "in the sheet Milestones or Updates" in str(
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
