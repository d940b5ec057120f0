"""Excel workbooks: rows that name one another, and whose they are."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from workbooks import BARE, ROADMAP, opened, roadmap, told, workbook, written

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

        assert ("no-owner", "map.xlsx:Milestones!A2 (Belongs to)", ()) == (
            problem.code,
            str(problem.position),
            problem.meant,
        )
        assert "a2" not in problem.hint

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

        assert ("wrong-value", "activities.csv:2 (objective)") == (
            problem.code,
            str(problem.position),
        )
        assert "line 2" in problem.hint  # the row of objectives that may be meant
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
        assert all("of 3'" in each.message for each in found.problems)  # the names of the two
        assert [None, "0", None, None] == [
            str(u.evidence[0].title) if u.evidence else None
            for u in found.corpus.roadmaps[0].updates
        ]

    def test_the_template_says_so(self) -> None:
        """The note on the heading says where the owners are."""
        book = opened(template(File(roadmaps=(BARE,)), {}))

        assert "in the sheet Milestones or Updates" in str(
            getattr(book["Evidence"]["A1"].comment, "text", "")
        )
