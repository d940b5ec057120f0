"""Tables of results: shown in a notebook, printed as text, written as CSV, JSON, Markdown and data
frames.
"""

from __future__ import annotations

import bisect
import csv
import datetime
import html
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from importlib import import_module
from types import SimpleNamespace
from typing import Any, Generic, Literal, TypeVar, cast, overload

import attrs

from ._width import (
    HIDDEN,
    cut,
    cut_start,
    in_html,
    longest_part,
    overruns,
    pad,
    readable,
    text_in_html,
    width_of,
    wrap,
    wrap_at_most,
)
from .errors import MissingExtra, Position

__all__ = ["Table", "csv_text", "json_text"]

Row = TypeVar("Row")
#: How many columns of a cell, rows of a table, items of a list and letters of a text are shown to
#: people; files have all of them.
WIDTH = 60
SHOWN = 200
LISTED = 10
LONG = 5000
#: How many lines a cell may take on a terminal: this many, or the lines of a screen divided among
#: the rows.
LINES, SCREEN = 3, 24
#: On a terminal, the longest cell that stays on one line, the longest word that is not broken, and
#: the columns that prose gets before a column is left out.
NARROW, WORD, PROSE = 12, 24, 16
GAP = "  "
#: The columns that say what a row is about, which a narrow terminal leaves out last.
TITLES = frozenset(("title", "label", "name", "statement", "message", "what is lacking"))
#: Characters with a meaning in a Markdown cell; an underscore within a word has none.
_ACTIVE = re.compile(r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])|~")
#: Texts that a spreadsheet would take for a formula; numbers are none.
_FORMULA = re.compile(
    r"[=@\t\r\n＝＠＋－]|[+-](?!\d[\d.,]*(?:e[+-]?\d+)?(?: ?%)?\Z)(?!\Z)", re.IGNORECASE
)


@attrs.frozen(repr=False)
class Table(Sequence[Row], Generic[Row]):
    """Rows of a result, in order, with named columns. It is a sequence: iterate over it, index it,
    take its length.

    Examples:
        >>> table = Table((3, 5), {"n": lambda n: n, "square": lambda n: n * n})
        >>> table[1], len(table), table.to_dicts()[0]
        (5, 2, {'n': 3, 'square': 9})
        >>> print(table)
        n  square
        -  ------
        3  9
        5  25
    """

    rows: tuple[Row, ...]
    """The rows."""
    columns: dict[str, Callable[[Row], Any]] = attrs.field(eq=False)
    """Column heading to a function that gives the cell of a row."""

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Table[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Table[Row]:
        if isinstance(index, slice):
            return Table(self.rows[index], self.columns)
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def _cells(self, limit: int | None = None, listed: int | None = None) -> list[list[str]]:
        return [
            [_cell_text(show(row), listed) for show in self.columns.values()]
            for row in self.rows[:limit]
        ]

    def to_dicts(self, *, plain: bool = False) -> list[dict[str, Any]]:
        """The rows as dictionaries, column heading to cell.

        Args:
            plain: Give cells as JSON data, as [`to_json`][wsis_model.Table.to_json] writes them.
        """
        return [
            {
                name: _json_value(show(row)) if plain else show(row)
                for name, show in self.columns.items()
            }
            for row in self.rows
        ]

    def to_json(self) -> str:
        """The table as JSON: an array with an object for each row, in the order of the columns.

        Numbers, texts, true and false stay the same, a cell with several values is an array, and a
        day is written `2027-04-30`. A value with parts is an object: a time span has `earliest` and
        `latest` (`null` if it has no bound), a text in several languages has its languages, and a
        record has its fields as in our JSON files.

        Examples:
            >>> import datetime
            >>> day = datetime.date(2027, 4, 30)
            >>> print(
            ...     Table(
            ...         (day,), {"day": lambda day: day, "who": lambda _: ("itu", "unesco")}
            ...     ).to_json()
            ... )
            [
              {
                "day": "2027-04-30",
                "who": [
                  "itu",
                  "unesco"
                ]
              }
            ]
        """
        return json_text(self.to_dicts(plain=True))

    def to_frame(self, library: Literal["pandas", "polars"] = "pandas") -> Any:
        """The table as a data frame, with its columns in order, even if it has no rows.

        A cell is a number, true or false, a day, a text, or a list of texts; a value with parts (a
        time span, a label) is the text that would be printed.

        Args:
            library: Which data frame: of `"pandas"` or of `"polars"`.

        Raises:
            MissingExtra: The library is not installed.
            ValueError: The library is neither of the two.

        Examples:
            >>> frame = Table((3, 5), {"n": lambda n: n, "square": lambda n: n * n}).to_frame()
            >>> list(frame["square"])
            [9, 25]
        """
        if library not in _FRAMES:
            msg = f"there are data frames of {' and '.join(_FRAMES)}, none of {library!r}"
            raise ValueError(msg)
        data = {
            name: [_frame_value(show(row)) for row in self.rows]
            for name, show in self.columns.items()
        }
        try:
            frames = import_module(library)
        except ImportError:
            raise MissingExtra(library, library) from None
        # In polars a column has one type: a number may stand beside a number with a fraction.
        options = _FRAMES[library]
        if library == "pandas" and not self.rows:
            # pandas takes empty columns for numbers, and most columns are texts.
            options = {**options, "dtype": object}
        return frames.DataFrame(data, **options)

    def to_arrow(self) -> Any:
        """The table as a `pyarrow.Table`, with cells as in a data frame; an empty column is one of
        texts, and so is one that holds values of several types.

        Raises:
            MissingExtra: pyarrow is not installed.

        Examples:
            >>> table = Table((3, 5), {"n": lambda n: n, "half": lambda n: n / 2}).to_arrow()
            >>> table.num_rows, str(table.schema.field("half").type)
            (2, 'double')
        """
        try:
            arrow: Any = import_module("pyarrow")
        except ImportError:
            raise MissingExtra("arrow", "pyarrow") from None  # noqa: EM101 - facts, no sentence

        def column(values: list[Any]) -> Any:
            if all(value is None for value in values):
                return arrow.array(values, arrow.string())
            try:
                return arrow.array(values)
            except (arrow.ArrowException, OverflowError):
                texts = (None if value is None else _cell_text(value) for value in values)
                return arrow.array(texts, arrow.string())

        return arrow.table(
            {
                name: column([_frame_value(show(row)) for row in self.rows])
                for name, show in self.columns.items()
            }
        )

    def to_csv(self, *, guard_formulas: bool = False) -> str:
        """The table as CSV with a line of headings; cells as printed, but not cut: `yes` and `no`,
        lists with commas.

        Args:
            guard_formulas: For a spreadsheet: put an apostrophe before a text that it would take
                for a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a line break, and
                is no number. Titles come from files of other people.

        Examples:
            >>> table = Table(("=1+1", "-5 %", -5), {"n": lambda n: n})
            >>> print(table.to_csv(guard_formulas=True), end="")
            n
            '=1+1
            -5 %
            -5
        """
        return csv_text(self.columns, self._cells(), guard_formulas=guard_formulas)

    def to_markdown(self) -> str:
        """The table as Markdown; cells are escaped, so that they contain no markup or HTML."""

        def line(cells: Sequence[str]) -> str:
            return f"| {' | '.join(map(_in_markdown, cells))} |"

        rule = "|" + "---|" * len(self.columns)
        return "\n".join([line(list(self.columns)), rule, *map(line, self._cells())]) + "\n"

    def to_text(self, width: int | None = None) -> str:
        """The table as lines of text, as it is printed.

        Args:
            width: How many columns a line may take, e.g. those of the terminal. If that is too
                little, empty columns are left out, cells take several lines, and columns for which
                there is no room are left out and named below, titles last; a table with a single
                row is then written cell under cell. Without a width each row is one line, as wide
                as needed, with cells cut to 60 columns.

        Examples:
            >>> print(Table(("technical community",), {"group": str, "letters": len}).to_text(20))
            group        letters
            -----------  -------
            technical    19
            community
        """
        shown = [
            _Column.of(name, map(show, self.rows[:SHOWN])) for name, show in self.columns.items()
        ]
        more = [f"... and {len(self) - SHOWN} more"] if len(self) > SHOWN else []
        if width is None:
            widths = [min(each.natural, WIDTH) for each in shown]
            return "\n".join((*_lines(shown, widths, 1), *more))
        tall = max(LINES, SCREEN // max(len(self), 1))
        widths = [each.natural for each in shown]
        left_out: list[str] = []
        if not _fits(widths, width):
            filled = [each for each in shown if any(each.cells)] or shown
            shown = _columns_that_fit(filled, width, tall)
            if shown != filled and len(self) == 1:
                return "\n".join(_as_list(filled, width))
            left_out = [each.name for each in filled if each not in shown]
            widths = _widths(shown, width, tall)
        note: Iterable[str] = ()
        if left_out:
            note = wrap(f"not shown: {', '.join(left_out)}; CSV and JSON have them", width)
        return "\n".join((*_lines(shown, widths, tall), *more, *note))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"Table of {len(self)} rows: {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{in_html(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>"
            + "".join(f"<td style='text-align:left'>{text_in_html(cell)}</td>" for cell in row)
            + "</tr>"
            for row in self._cells(SHOWN, LISTED)
        )
        more = f"<caption>{len(self)} rows, the first {SHOWN} shown</caption>"
        more = more if len(self) > SHOWN else ""
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def csv_text(
    headings: Iterable[str], rows: Iterable[Iterable[Any]], *, guard_formulas: bool = False
) -> str:
    r"""Rows as CSV. A cell with a line break of any kind is quoted; characters that control a
    terminal are escaped.

    Examples:
        >>> csv_text(("title",), (("A\rB",), ("\x1b[2J",)))
        'title\n"A\rB"\n\\x1b[2J\n'
    """
    lines: list[str] = []
    stream = SimpleNamespace(write=lines.append)
    # Python quotes only cells that contain its own line break.
    write = csv.writer(cast("Any", stream), lineterminator="\r\n").writerow
    for row in (headings, *rows):
        cells = (readable("" if each is None else str(each), lines=True) for each in row)
        write(f"'{each}" if guard_formulas and _FORMULA.match(each) else each for each in cells)
    return "".join(f"{line[:-2]}\n" for line in lines)


def json_text(data: Any) -> str:
    r"""Plain data as JSON, in any script, with escapes for invisible characters.

    Examples:
        >>> print(json_text("Réseaux \x9b\u202e"))
        "Réseaux \u009b\u202e"
    """
    return HIDDEN.sub(_in_json, json.dumps(data, ensure_ascii=False, indent=2))


def _in_json(found: re.Match[str]) -> str:
    return "\n" if found[0] == "\n" else json.dumps(found[0])[1:-1]


def _in_markdown(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", html.escape(readable(text), quote=False))


#: The libraries of data frames, with options for their constructors.
_FRAMES: dict[str, dict[str, Any]] = {"pandas": {}, "polars": {"strict": False}}
#: Typed `Any`, so that `isinstance` does not narrow a cell.
_LIST: Any = (tuple, list)
_MAPPING: Any = Mapping
_SIMPLE = (type(None), str, bool, int, float)


def _cell_text(value: Any, listed: int | None = None) -> str:
    """A cell for people; of a list the first *listed* items."""
    if value is None:
        return ""
    if isinstance(value, _LIST):
        left_out = 0 if listed is None else max(len(value) - listed, 0)
        more = [f"… and {left_out} more"] if left_out else []
        return ", ".join([*map(_cell_text, value[:listed]), *more])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value if isinstance(value, Enum) else value)


def _json_value(value: Any) -> Any:
    """A cell as JSON data."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _SIMPLE):
        return value
    if isinstance(value, _LIST):
        return [_json_value(each) for each in value]
    if isinstance(value, _MAPPING):
        return {str(key): _json_value(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    # The fields of an attrs class; pyright does not understand attrs.fields.
    fields: Any = getattr(value, "__attrs_attrs__", None)
    if fields is not None:
        return {field.name: _json_value(getattr(value, field.name)) for field in fields}
    return value.to_dict() if hasattr(value, "to_dict") else str(value)


def _frame_value(value: Any) -> Any:
    """A cell for a data frame."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (*_SIMPLE, datetime.date)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return list(map(_cell_text, value)) if isinstance(value, _LIST) else str(value)


@attrs.frozen
class _Column:
    """A column to print, each cell on one line."""

    name: str
    cells: list[str]
    is_place: bool
    """Whether it holds positions in files: such cells are cut at the start, and not broken."""

    @classmethod
    def of(cls, name: str, values: Iterable[Any]) -> _Column:
        values = list(values)
        cells = [
            readable(each if len(each) <= LONG else f"{each[:LONG]}…")
            for each in (_cell_text(each, LISTED) for each in values)
        ]
        return cls(readable(name), cells, any(isinstance(each, Position) for each in values))

    @property
    def natural(self) -> int:
        """Its width if nothing is cut or broken."""
        return max(map(width_of, (self.name, *self.cells)))

    def narrowest(self, whole: int, tall: int) -> int:
        """How narrow it may become: no word of up to *whole* columns is broken, and prose takes up
        to *tall* lines or is 16 columns wide.
        """
        width = longest_part(self.name, whole)
        if self.is_place:
            names = ((width_of(each), width_of(each.rpartition("/")[2])) for each in self.cells)
            return max(width, *(min(full, name + 2, whole) for full, name in names))
        width = max(width, *(longest_part(each, whole) for each in self.cells), 0)
        for cell in self.cells:
            most = min(tall, -(-width_of(cell) // NARROW))
            while width < PROSE and overruns(cell, width, most):
                width += 1
        return width

    def lines(self, cell: str, width: int, tall: int) -> list[str]:
        if self.is_place:
            return [cut_start(cell, width)]
        return [cut(cell, width)] if tall == 1 else wrap_at_most(cell, width, tall)


def _fits(widths: Sequence[int], room: int) -> bool:
    return sum(widths) + len(GAP) * (len(widths) - 1) <= room


def _columns_that_fit(shown: Sequence[_Column], room: int, tall: int) -> list[_Column]:
    """The columns for which there is room: the first ones, but the title before all others."""
    title = next((each for each in shown if each.name in TITLES), shown[0])
    kept = list(shown)
    while len(kept) > 1 and not any(_fits(each, room) for each in _narrowest_widths(kept, tall)):
        kept.remove(next(each for each in reversed(kept) if each is not title))
    return kept


def _narrowest_widths(shown: Sequence[_Column], tall: int) -> Iterator[list[int]]:
    """How narrow the columns may become, first with words whole, then with long words broken; two
    columns also with short words broken.
    """
    for whole in (WIDTH, WORD, NARROW) if len(shown) == 2 else (WIDTH, WORD):
        yield [each.narrowest(whole, tall) for each in shown]


def _widths(shown: Sequence[_Column], room: int, tall: int) -> list[int]:
    """The widths of columns that fit; the remaining room goes to those in which most text is
    broken.
    """
    if len(shown) == 1:
        return [min(shown[0].natural, room)]
    widths = next(each for each in _narrowest_widths(shown, tall) if _fits(each, room))
    sizes = [
        sorted(min(width_of(text), LINES * WIDTH) for text in (each.name, *each.cells))
        for each in shown
    ]
    # For each column: the amount of text in the cells from the nth shortest on.
    amounts = [[*itertools.accumulate(reversed(each), initial=0)][::-1] for each in sizes]

    def gain(at: int) -> float:
        """How much shorter the broken cells become if their column gets one more; little for
        positions, which are not broken.
        """
        return (
            amounts[at][bisect.bisect_right(sizes[at], widths[at])]
            / widths[at] ** 2
            / (WIDTH**3 if shown[at].is_place else 1)
        )

    for _ in range(room - sum(widths) - len(GAP) * (len(widths) - 1)):
        widths[max(range(len(widths)), key=gain)] += 1
    return [min(width, each.natural) for width, each in zip(widths, shown, strict=True)]


def _lines(shown: Sequence[_Column], widths: Sequence[int], tall: int) -> Iterator[str]:
    """The lines of a table with columns of these widths."""

    def lines(cells: Iterable[Sequence[str]]) -> Iterator[str]:
        for parts in itertools.zip_longest(*cells, fillvalue=""):
            yield GAP.join(
                pad(part, width) for part, width in zip(parts, widths, strict=True)
            ).rstrip()

    columns = list(zip(shown, widths, strict=True))
    yield from lines(list(wrap(each.name, width)) for each, width in columns)
    yield GAP.join("-" * width for width in widths)
    for row in zip(*(each.cells for each, _ in columns), strict=True):
        # A row of empty cells is a line too.
        yield from lines(
            each.lines(cell, width, tall) or [""]
            for cell, (each, width) in zip(row, columns, strict=True)
        )


def _as_list(shown: Sequence[_Column], width: int) -> Iterator[str]:
    """The single row of a table, cell under cell."""
    names = max(width_of(each.name) for each in shown)
    for each in shown:
        for at, line in enumerate(wrap(each.cells[0], width - names - len(GAP))):
            yield f"{pad('' if at else each.name, names)}{GAP}{line}"
