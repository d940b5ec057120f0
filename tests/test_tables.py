"""Tables: what an answer looks like on a terminal, in a notebook, as CSV, Markdown, JSON and data
frame.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from operator import itemgetter, methodcaller
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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
    (
        ("itu", Part.ANNEX, DAY),
        "itu, annex, 2027-04-30",
        ["itu", "annex", "2027-04-30"],
        ["itu", "annex", "2027-04-30"],
    ),
    (Translations(en="Media", fr="Médias"), "Media", {"en": "Media", "fr": "Médias"}, "Media"),
    (
        Window(None, DAY),
        "… to 2027-04-30",
        {"earliest": None, "latest": "2027-04-30"},
        "… to 2027-04-30",
    ),
    (
        Position("a.yaml", 3, 5),
        "a.yaml:3:5",
        {"file": "a.yaml", "line": 3, "column": 5, "sheet": None, "cell": None, "heading": None},
        "a.yaml:3:5",
    ),
    (
        (Window(DAY, DAY),),
        "2027-04-30",
        [{"earliest": "2027-04-30", "latest": "2027-04-30"}],
        ["2027-04-30"],
    ),
    (
        Citation(target="gdc"),
        str(Citation(target="gdc")),
        {"target": "gdc"},
        str(Citation(target="gdc")),
    ),
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


@pytest.mark.parametrize(
    ("value", "flat"), [(value, flat) for value, _, _, flat in CELLS], ids=repr
)
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_what_a_data_frame_holds(library: Any, value: Any, flat: Any) -> None:
    """In a data frame a cell is a plain value, and what has parts is its text."""
    pytest.importorskip(library, reason=f"{library} is not installed")
    [found] = one_cell(value).to_frame(library)["cell"]

    assert flat == (found.to_list() if hasattr(found, "to_list") else found) or (
        flat is None and found != found
    )


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_data_frame_keeps_its_columns(library: Any) -> None:
    """Columns stand in their order, also where there are no rows, and a column may hold whole
    numbers, others and none.
    """
    pytest.importorskip(library, reason=f"{library} is not installed")
    columns: dict[str, Callable[[Any], Any]] = {
        "z": lambda row: row,
        "a": lambda row: (row,) if row else (),
    }

    assert ["z", "a"] == list(Table[Any]((), columns).to_frame(library).columns)
    assert (4, 2) == Table[Any]((1, Decimal("0.5"), None, 2), columns).to_frame(library).shape


def test_the_columns_of_an_empty_data_frame_are_not_numbers() -> None:
    """Without rows nothing tells what a column holds; pandas would take it for numbers, and texts
    could not be added.
    """
    pytest.importorskip("pandas", reason="pandas is not installed")
    columns: dict[str, Callable[[Any], Any]] = {"record": str, "answer": str}

    assert ["object", "object"] == [str(each) for each in Table[Any]((), columns).to_frame().dtypes]
    assert "int64" == str(Table((1,), {"n": lambda n: n}).to_frame()["n"].dtype)


@pytest.mark.parametrize(
    ("value", "flat"), [(value, flat) for value, _, _, flat in CELLS], ids=repr
)
def test_what_an_arrow_table_holds(value: Any, flat: Any) -> None:
    """The same as a data frame."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")

    assert one_cell(value).to_arrow().to_pylist() == [{"cell": flat}]


def test_an_arrow_column_has_one_type() -> None:
    """Numbers stay numbers; where texts stand beside them, or none fits, all are texts."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    columns: dict[str, Callable[[Any], Any]] = {"z": lambda row: row, "a": lambda _: None}

    def column(*cells: Any) -> tuple[list[Any], str]:
        made = Table(cells, columns).to_arrow()
        assert made.column_names == ["z", "a"]
        return made["z"].to_pylist(), str(made.schema.field("z").type)

    assert column(1, Decimal("0.5"), None) == ([1, 0.5, None], "double")
    assert column(1, "two", None) == (["1", "two", None], "string")
    assert column(1, 2**64) == (["1", str(2**64)], "string")
    assert column() == ([], "string")


def test_without_pyarrow_there_is_no_arrow_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtra, match=r"wsis_model\[arrow\]"):
        one_cell(1).to_arrow()


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
    """On a terminal and in a notebook long lists, texts and tables are cut, and say so; in files
    they are whole.
    """
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
    """Whatever ends a line somewhere is a space in text and Markdown; what steers a terminal is
    shown.
    """
    wicked = one_cell("a\rb\x0bc\x85d\u2028e\x1b[31mf\tg\nh")

    assert str(wicked).splitlines()[2:] == [r"a b c d e\x1b[31mf g h"]
    assert wicked.to_markdown().splitlines()[2:] == [r"| a b c d e\\x1b\[31mf g h |"]


def test_a_long_word_is_cut_and_not_lost() -> None:
    """An identifier longer than a cell shows how it begins."""
    assert str(one_cell("road-map/" + "a" * 90)).splitlines()[2] == f"road-map/{'a' * 50}…"
    assert str(one_cell("see road-map/" + "a" * 90)).splitlines()[2] == f"see road-map/{'a' * 46}…"


def columns_of(*names: str) -> dict[str, Callable[[Any], Any]]:
    """Columns that show a row's members, in order."""
    return {name: itemgetter(at) for at, name in enumerate(names)}


def test_text_fits_a_terminal() -> None:
    """Sentences go on in further lines before anything is cut, identifiers stay whole, and columns
    for which there is no room are named.
    """
    row = (
        "c2-roadmap/a10.m1",
        "Recommendations reported to the Commission at its session",
        "under way",
        57,
    )
    table = Table((row, row), columns_of("what", "title", "status", "share of the way"))

    assert table.to_text() == str(table)
    assert table.to_text(200) == str(table)
    assert table.to_text(70).splitlines()[:5] == [
        "what               title                        status     share of",
        "                                                           the way",
        "-----------------  ---------------------------  ---------  -----------",
        "c2-roadmap/a10.m1  Recommendations reported to  under way  57",
        "                   the Commission at its",
    ]
    assert table.to_text(46).splitlines() == [
        "what               title             status",
        "-----------------  ----------------  ---------",
        *(
            "c2-roadmap/a10.m1  Recommendations   under way",
            "                   reported to the",
            "                   Commission at",
            "                   its session",
        )
        * 2,
        "not shown: share of the way; CSV and JSON have",
        "them",
    ]
    assert Table((), table.columns).to_text(9).splitlines()[0] == "title"


@pytest.mark.parametrize("title", ["title", "label", "name", "statement", "what is lacking"])
def test_the_title_is_the_last_that_a_narrow_terminal_loses(title: str) -> None:
    """Wherever it stands, columns beside it go first; with the first column it shares what room
    there is.
    """
    columns: dict[str, Callable[[int], Any]] = {
        "actor": lambda n: f"groups/digital-technology-companies-{n}",
        "session": lambda n: f"Seventy-ninth session of the General Assembly, {n}",
        "identifier": lambda n: f"80-173/{n}.1",
        title: lambda n: f"Work out what the office would take and cost ({n})",
        "answered": lambda n: n,
    }
    table = Table((1, 2), columns)

    for width in (20, 30, 40, 60, 80, 120):
        lines = table.to_text(width).splitlines()
        assert title.split()[0] in lines[0]
        assert max(map(len, lines)) <= width
        assert ("actor" in lines[0]) == (width > 20)


def test_columns_that_hold_nothing_take_no_room() -> None:
    """Beside an empty column no sentence is broken; where all fits it is shown, and files have it."""
    rows = (("ungis", "", "no road map here is for C1"), ("itu", None, "has no lead"))
    table = Table(rows, columns_of("owner", "how to correct it", "what is lacking"))

    assert "owner  what is lacking" == table.to_text(40).splitlines()[0]
    assert "ungis  no road map here is for C1" == table.to_text(40).splitlines()[2]
    assert "owner  how to correct it  what is lacking" == table.to_text(80).splitlines()[0]
    assert "owner,how to correct it,what is lacking" == table.to_csv().splitlines()[0]
    assert Table((("",),), columns_of("how to correct it")).to_text(4)


def test_a_place_is_cut_in_front() -> None:
    """Of a file that stands deep in folders its name is read, and the line."""
    place = Position("a folder/of/road-maps/c2-roadmap.yaml", 12, 5)
    rows = ((place, "has no lead and no period"), (place, "has none"))

    assert Table(rows, columns_of("place", "what")).to_text(49).splitlines()[2:] == [
        "…/c2-roadmap.yaml:12:5  has no lead and no period",
        "…/c2-roadmap.yaml:12:5  has none",
    ]
    assert str(one_cell(Position("d/" * 40 + "a.yaml", 12, 5))).endswith("/d/a.yaml:12:5")
    assert str(one_cell(Position("d" * 90 + ".yaml", 12, 5))).endswith("ddd.yaml:12:5")


def test_a_time_span_and_a_list_are_read_to_their_end() -> None:
    """A span breaks after its first day, a list after a comma; a long identifier after a hyphen or
    a slash, and no letter is lost.
    """
    rows = (
        (
            Window(DAY, DAY.replace(year=2028)),
            ("partnership-on-measuring-ict", "groups/action-line-facilitators"),
            "Map of all schools",
        ),
    ) * 9
    lines = Table(rows, columns_of("when", "who", "title")).to_text(50).splitlines()

    assert lines[2:6] == [
        "2027-04-30 to  partnership-on-        Map of all",
        "2028-04-30     measuring-ict,         schools",
        "               groups/action-line-",
        "               facilitators",
    ]


def test_a_very_long_cell_leaves_room_to_others() -> None:
    """Where few lines do not hold a text it is cut, and other columns are no narrower for it."""
    rows = (
        ("Method agreed by all", "word " * 5000),
        *((f"Report {n} sent to the Commission", "reached") for n in range(20)),
    )
    lines = Table(rows, columns_of("title", "why")).to_text(60).splitlines()

    assert lines[4].endswith(" …") and "word" not in lines[5]
    assert "Report 7 sent to the" in "\n".join(lines)


def test_the_only_row_of_a_table_stands_cell_under_cell() -> None:
    """What one actor has to do fits no line, and is read as a list."""
    table = Table(
        (("itu", ("c2-roadmap/a1", "c2-roadmap/a2"), "", 5),),
        columns_of("actor", "leads", "joins", "milestones"),
    )

    assert (
        table.to_text(80).splitlines()[0]
        == "actor  leads                         joins  milestones"
    )
    assert table.to_text(30).splitlines() == [
        "actor       itu",
        "leads       c2-roadmap/a1,",
        "            c2-roadmap/a2",
        "milestones  5",
    ]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("接続されていない学校", 20),
        ("Médias", 6),
        ("Me\u0301dias", 6),
        ("विद्यालय", 6),
        ("\u200fעברית\u200f", 5),
        ("soft\xadhyphen", 11),
    ],
)
def test_letters_of_east_asia_take_two_columns_and_accents_none(text: str, width: int) -> None:
    """Columns stand under each other, whatever the writing."""
    head, rule, row = str(Table(((text, "x"),), columns_of("t", "next"))).splitlines()

    assert len(rule) == width + len("  next")
    assert head == f"t{' ' * (width - 1)}  next"
    assert row == f"{text}  x"


@given(
    rows=st.lists(st.tuples(*[st.text("ab -/é\u0301学,.", max_size=80)] * 4), max_size=12),
    width=st.integers(12, 90),
)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, ...]], width: int) -> None:
    """Whatever stands in the cells, no line runs over the edge."""
    lines = (
        Table(tuple(rows), columns_of("what", "title", "due", "why")).to_text(width).splitlines()
    )

    assert all(
        sum(0 if each == "\u0301" else 2 if each == "学" else 1 for each in line) <= width
        for line in lines
    )


FORMULAS = [
    "=1+1",
    "+1+cmd|'/c calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n-1+2",
    "＝1+1",
    "-5, -3",
    Translations(en="=1+1"),
    ("=1", "2"),
]
NO_FORMULAS = [
    -5,
    -0.5,
    -1e-9,
    Decimal("-0.5"),
    "-5 %",
    "+3",
    "-1,000.5",
    "-",
    "a=b",
    "80-173/113",
    DAY,
    "",
    None,
    True,
]


def in_csv(table: Table[Any], *, guard: bool) -> str:
    """The only cell of a table, read back from CSV."""
    rows = csv.reader(io.StringIO(table.to_csv(guard_formulas=guard), newline=""))
    _, (cell,) = rows
    return cell


@pytest.mark.parametrize("cell", FORMULAS, ids=repr)
def test_a_spreadsheet_takes_no_text_for_a_formula(cell: Any) -> None:
    """What looks like a formula has an apostrophe before it where that is asked for, and is itself
    where not.
    """
    exact = in_csv(one_cell(cell), guard=False)

    assert exact == (str(cell) if not isinstance(cell, tuple) else "=1, 2")
    assert in_csv(one_cell(cell), guard=True) == f"'{exact}"


@pytest.mark.parametrize("cell", NO_FORMULAS, ids=repr)
def test_a_number_stays_a_number(cell: Any) -> None:
    """Negative numbers and texts that are no formulas are written as they are."""
    assert not one_cell(cell).to_csv(guard_formulas=True).splitlines()[1].startswith("'")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"], ids=repr)
def test_a_cell_of_several_lines_reads_back(end: str) -> None:
    """However a line ends within a cell of CSV, the cell is quoted and stays one."""
    said = f"Paris{end}=1+1"

    assert in_csv(one_cell(said), guard=False) == said
    assert one_cell(said).to_csv() == f'cell\n"{said}"\n'


def test_a_table_is_a_sequence() -> None:
    """It has a length, members and parts, and two with the same rows are equal."""
    table = Table((1, 2, 3), {"n": lambda n: n})

    assert (3, 3, [1, 2, 3]) == (len(table), table[-1], list(table))
    assert Table((2, 3), {}) == table[1:]
    assert "Table of 3 rows: n" == repr(table)


@given(st.text(st.sampled_from("ab_*`~<>[]()!|\\\\&;#lt -"), min_size=1))
@example("<script>alert(1)</script> [l](javascript:alert(1)) <!-- ")
@example("&lt; ~~no~~ _no_ a_b")
def test_a_cell_of_markdown_means_itself(said: str) -> None:
    """No markup, link, entity or HTML of a value is one in the table: rendered, it reads as it was
    written.
    """
    markdown_it = pytest.importorskip(
        "markdown_it", reason="a reader of Markdown is needed to read it back"
    )
    page = (
        markdown_it.MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(one_cell(said).to_markdown())
    )
    (cell,) = re.findall("<td>(.*)</td>", page)

    assert " ".join(said.split()) == " ".join(html.unescape(cell).split())
    assert "<" not in cell


def test_markup_in_a_cell_is_text() -> None:
    """What looks like HTML or like a cell's end in Markdown is shown as it is."""
    assert "&lt;b&gt;" in in_a_notebook(one_cell("<b>"))
    assert "| a\\|b\\\\c d |\n" in one_cell("a|b\\c\nd").to_markdown()
