"""Tables: what an answer looks like on a terminal, in a notebook, as CSV, Markdown, JSON and data frame."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
from collections.abc import Callable
from decimal import Decimal
from operator import methodcaller
from typing import Any

import pytest

from wsis_model import Citation, MissingExtra, Part, Position, Table, Translations, Window

#: What a notebook shows of an object: it calls this method by name.
in_a_notebook: Callable[[object], str] = methodcaller("_repr_html_")

DAY = datetime.date(2027, 4, 30)


def one_cell(value: Any) -> Table[Any]:
    """A table of one cell."""
    return Table((value,), {"cell": lambda cell: cell})


#: What stands in a cell: as printed, in JSON, in a data frame.
CELLS: list[tuple[Any, str, Any, Any]] = [
    (None, "", None, None),
    ("text", "text", "text", "text"),
    (3, "3", 3, 3),
    (0.5, "0.5", 0.5, 0.5),
    (True, "yes", True, True),
    (False, "no", False, False),
    (Decimal(74), "74", 74, 74.0),
    (Decimal("0.5"), "0.5", 0.5, 0.5),
    (Part.ANNEX, "annex", "annex", "annex"),
    (DAY, "2027-04-30", "2027-04-30", DAY),
    ((), "", [], []),
    (("itu", Part.ANNEX, DAY), "itu, annex, 2027-04-30", ["itu", "annex", "2027-04-30"], ["itu", "annex", "2027-04-30"]),
    (Translations(en="Media", fr="Médias"), "Media", {"en": "Media", "fr": "Médias"}, "Media"),
    (Window(None, DAY), "… to 2027-04-30", {"earliest": None, "latest": "2027-04-30"}, "… to 2027-04-30"),
    (
        Position("a.yaml", 3, 5),
        "a.yaml:3:5",
        {"file": "a.yaml", "line": 3, "column": 5, "sheet": None, "cell": None, "heading": None},
        "a.yaml:3:5",
    ),
    ((Window(DAY, DAY),), "2027-04-30", [{"earliest": "2027-04-30", "latest": "2027-04-30"}], ["2027-04-30"]),
    (Citation(target="gdc"), str(Citation(target="gdc")), {"target": "gdc"}, str(Citation(target="gdc"))),
    (1 + 2j, "(1+2j)", "(1+2j)", "(1+2j)"),
]


@pytest.mark.parametrize(("value", "printed", "plain", "_"), CELLS, ids=repr)
def test_what_a_cell_says(value: Any, printed: str, plain: Any, _: Any) -> None:
    """A cell is printed alike in every text, and JSON has its parts."""
    table = one_cell(value)

    assert [["cell"], [printed]] == list(csv.reader(io.StringIO(table.to_csv())))
    assert f"| cell |\n|---|\n| {printed} |\n" == table.to_markdown()
    assert printed == str(table).split("\n")[2]
    assert [{"cell": plain}] == json.loads(table.to_json()) == table.to_dicts(plain=True)
    assert [{"cell": value}] == table.to_dicts()


@pytest.mark.parametrize(("value", "flat"), [(value, flat) for value, _, _, flat in CELLS], ids=repr)
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_what_a_data_frame_holds(library: Any, value: Any, flat: Any) -> None:
    """In a data frame a cell is a plain value, and what has parts is its text."""
    pytest.importorskip(library, reason=f"{library} is not installed")
    [found] = one_cell(value).to_frame(library)["cell"]

    assert flat == (found.to_list() if hasattr(found, "to_list") else found) or (flat is None and found != found)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_data_frame_keeps_its_columns(library: Any) -> None:
    """Columns stand in their order, also where there are no rows, and a column may hold whole numbers, others and none."""
    pytest.importorskip(library, reason=f"{library} is not installed")
    columns: dict[str, Callable[[Any], Any]] = {"z": lambda row: row, "a": lambda row: (row,) if row else ()}

    assert ["z", "a"] == list(Table[Any]((), columns).to_frame(library).columns)
    assert (4, 2) == Table[Any]((1, Decimal("0.5"), None, 2), columns).to_frame(library).shape


def test_the_columns_of_an_empty_data_frame_are_not_numbers() -> None:
    """Without rows nothing tells what a column holds; pandas would take it for numbers, and texts could not be added."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    columns: dict[str, Callable[[Any], Any]] = {"record": str, "answer": str}

    assert ["object", "object"] == [str(each) for each in Table[Any]((), columns).to_frame().dtypes]
    assert "int64" == str(Table((1,), {"n": lambda n: n}).to_frame()["n"].dtype)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_named(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error says what to install."""
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(MissingExtra, match=rf"wsis_model\[{library}\]"):
        one_cell(1).to_frame(library)


def test_there_are_data_frames_of_two_libraries() -> None:
    """Another library is refused, and the two are named."""
    library: Any = "numpy"
    with pytest.raises(ValueError, match="pandas and polars, none of 'numpy'"):
        one_cell(1).to_frame(library)


def test_people_see_the_first_of_many() -> None:
    """On a terminal and in a notebook long lists, texts and tables are cut, and say so; in files they are whole."""
    many = one_cell(tuple(map(str, range(1000, 1030))))
    rows = Table(tuple(range(300)), {"n": lambda n: n})

    assert str(many).endswith("1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, …")
    assert "1009, … and 20 more" in in_a_notebook(many)
    assert "1029" in many.to_csv()
    assert "1029" in many.to_markdown()
    assert str(rows).endswith("199\n... and 100 more")
    assert "300 rows, the first 200 shown" in in_a_notebook(rows)
    assert 301 == len(rows.to_csv().splitlines())


def test_a_row_is_one_line() -> None:
    """Whatever ends a line somewhere, or steers a terminal, is a space in text and Markdown."""
    wicked = one_cell("a\rb\x0bc\x85d\u2028e\x1b[31mf\tg\nh")

    assert str(wicked).splitlines()[2:] == ["a b c d e [31mf g h"]
    assert wicked.to_markdown().splitlines()[2:] == ["| a b c d e [31mf g h |"]


def test_a_long_word_is_cut_and_not_lost() -> None:
    """An identifier longer than a cell shows how it begins."""
    assert str(one_cell("road-map/" + "a" * 90)).splitlines()[2] == f"road-map/{'a' * 50}…"
    assert str(one_cell("see road-map/" + "a" * 90)).splitlines()[2] == f"see road-map/{'a' * 46}…"


def test_text_fits_a_terminal() -> None:
    """Long sentences are cut before identifiers, and columns for which there is no room are named."""
    columns: dict[str, Callable[[str], Any]] = {"what": lambda _: "c2-roadmap/a10.m1", "title": str, "who": str, "note": len}
    table = Table(("Recommendations reported to the Commission at its session",), columns)

    assert table.to_text() == str(table)
    assert table.to_text(200) == str(table)
    assert table.to_text(70).splitlines() == [
        "what               title                  who                    note",
        "-----------------  ---------------------  ---------------------  ----",
        "c2-roadmap/a10.m1  Recommendations …      Recommendations …      57",
    ]
    assert table.to_text(36).splitlines() == [
        "what               title",
        "-----------------  -----------------",
        "c2-roadmap/a10.m1  Recommendations …",
        "not shown: who, note",
    ]
    assert Table((), columns).to_text(9).splitlines()[0] == "what"


def test_a_table_is_a_sequence() -> None:
    """It has a length, members and parts, and two with the same rows are equal."""
    table = Table((1, 2, 3), {"n": lambda n: n})

    assert (3, 3, [1, 2, 3]) == (len(table), table[-1], list(table))
    assert Table((2, 3), {}) == table[1:]
    assert "Table of 3 rows: n" == repr(table)


def test_markup_in_a_cell_is_text() -> None:
    """What looks like HTML or like a cell's end in Markdown is shown as it is."""
    assert "&lt;b&gt;" in in_a_notebook(one_cell("<b>"))
    assert "| a\\|b\\\\c d |\n" in one_cell("a|b\\c\nd").to_markdown()
