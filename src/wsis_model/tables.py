"""Answers as tables: they show in a notebook, print as text, and go to CSV, JSON, Markdown and data
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
    broken,
    cut,
    cut_in_front,
    in_html,
    in_lines,
    longest,
    overruns,
    padded,
    readable,
    width_of,
)
from .errors import MissingExtra, Position

__all__ = ["Table", "csv_text", "json_text"]

Row = TypeVar("Row")
#: How many columns of a cell, rows of a table, members of a list and letters of a text people are
#: shown; files have all of them.
WIDTH = 60
SHOWN = 200
LISTED = 10
LONG = 5000
#: On a terminal a cell goes on in further lines: in so many, or in as many as a screen has for each
#: row.
LINES, SCREEN = 3, 24
#: There a cell of up to so many letters stays in one line, a word of up to so many whole, and prose
#: gets so many columns before one is left out.
NARROW, WORD, PROSE = 12, 24, 16
GAP = "  "
#: The columns that tell people what a row is about: the last that a narrow terminal loses.
TITLES = frozenset(("title", "label", "name", "statement", "message", "what is lacking"))
#: What means something to Markdown within a cell; an underscore within a word does not.
_ACTIVE = re.compile(r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])|~")
#: What a spreadsheet would work out instead of showing it; a number may stand as it is.
_FORMULA = re.compile(
    r"[=@\t\r\n＝＠＋－]|[+-](?!\d[\d.,]*(?:e[+-]?\d+)?(?: ?%)?\Z)(?!\Z)", re.IGNORECASE
)


@attrs.frozen(repr=False)
class Table(Sequence[Row], Generic[Row]):
    """Rows of an answer, in order, with named columns. It is a sequence: iterate over it, index it,
    ask its length.

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
    """Column heading to what a row shows there."""

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Table[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Table[Row]:
        return (
            Table(self.rows[index], self.columns) if isinstance(index, slice) else self.rows[index]
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def _cells(self, limit: int | None = None, listed: int | None = None) -> list[list[str]]:
        return [
            [_shown(show(row), listed) for show in self.columns.values()]
            for row in self.rows[:limit]
        ]

    def to_dicts(self, *, plain: bool = False) -> list[dict[str, Any]]:
        """The rows as dictionaries, column heading to cell.

        Args:
            plain: Give of each cell only what JSON can hold, as
                [`to_json`][wsis_model.Table.to_json] writes it.
        """
        return [
            {name: _plain(show(row)) if plain else show(row) for name, show in self.columns.items()}
            for row in self.rows
        ]

    def to_json(self) -> str:
        """The table as JSON: an array with an object for each row, in the order of the columns.

        Numbers, texts, true and false stay what they are, a cell with several values is an array, a
        day is written `2027-04-30`. What has parts is an object of its parts: a time span has
        `earliest` and `latest` (`null` where it has no bound), a text in several languages its
        languages, a record its fields as in our JSON files.

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
        """The table as a data frame, with its columns in their order, also where it has no rows.

        A cell is a number, true or false, a day, a text, or a list of texts; what has parts (a time
        span, a label) is the text that is printed of it.

        Args:
            library: Whose data frame: that of `"pandas"` or of `"polars"`.

        Raises:
            MissingExtra: The library is not installed.
            ValueError: It is neither of the two.

        Examples:
            >>> frame = Table((3, 5), {"n": lambda n: n, "square": lambda n: n * n}).to_frame()
            >>> list(frame["square"])
            [9, 25]
        """
        if library not in _FRAMES:
            msg = f"there are data frames of {' and '.join(_FRAMES)}, none of {library!r}"
            raise ValueError(msg)
        data = {
            name: [_flat(show(row)) for row in self.rows] for name, show in self.columns.items()
        }
        try:
            frames = import_module(library)
        except ImportError:
            raise MissingExtra(library, library) from None
        # In polars a column has one type: a number may stand beside a number with a fraction.
        options = _FRAMES[library]
        if library == "pandas" and not self.rows:
            options = {
                **options,
                "dtype": object,
            }  # pandas takes what is empty for numbers, and most columns are texts
        return frames.DataFrame(data, **options)

    def to_csv(self, *, guard_formulas: bool = False) -> str:
        """The table as CSV with a line of headings; cells as they are printed, whole: `yes` and
        `no`, lists with commas.

        Args:
            guard_formulas: For a spreadsheet: put an apostrophe before a text that it would take
                for a formula, which begins with `=`, `+`, `-`, `@`, a tab or the end of a line, and
                is no number. Titles come from files of others.

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
        """The table as Markdown: what stands in a cell means itself, and is no markup or HTML."""

        def line(cells: Sequence[str]) -> str:
            return f"| {' | '.join(map(_in_markdown, cells))} |"

        rule = "|" + "---|" * len(self.columns)
        return "\n".join([line(list(self.columns)), rule, *map(line, self._cells())]) + "\n"

    def to_text(self, width: int | None = None) -> str:
        """The table as lines of text, as it is printed.

        Args:
            width: How many columns a line may take, e.g. those of the terminal. Where that is not
                enough, columns that hold nothing are left out, cells go on in further lines, and
                columns for which there is no room are named below, titles last of all; the only row
                of a table then stands cell under cell. Without a width a row is one line, as wide
                as it takes, of cells cut to 60 columns.

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
            return "\n".join(
                (*_written(shown, [min(each.natural, WIDTH) for each in shown], 1), *more)
            )
        tall = max(LINES, SCREEN // max(len(self), 1))
        widths = [each.natural for each in shown]
        left_out: list[str] = []
        if not _fit(widths, width):
            filled = [each for each in shown if any(each.cells)] or shown
            shown = _kept(filled, width, tall)
            if shown != filled and len(self) == 1:
                return "\n".join(_listed(filled, width))
            left_out = [each.name for each in filled if each not in shown]
            widths = _fitted(shown, width, tall)
        said = (
            broken(f"not shown: {', '.join(left_out)}; CSV and JSON have them", width)
            if left_out
            else ()
        )
        return "\n".join((*_written(shown, widths, tall), *more, *said))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"Table of {len(self)} rows: {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{in_html(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>"
            + "".join(f"<td style='text-align:left'>{in_html(cell)}</td>" for cell in row)
            + "</tr>"
            for row in self._cells(SHOWN, LISTED)
        )
        more = (
            f"<caption>{len(self)} rows, the first {SHOWN} shown</caption>"
            if len(self) > SHOWN
            else ""
        )
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def csv_text(
    headings: Iterable[str], rows: Iterable[Iterable[Any]], *, guard_formulas: bool = False
) -> str:
    r"""Rows as CSV. A cell in which a line ends is quoted, however it ends; what steers a terminal
    stands as its escape.

    Examples:
        >>> csv_text(("title",), (("A\rB",), ("\x1b[2J",)))
        'title\n"A\rB"\n\\x1b[2J\n'
    """
    lines: list[str] = []
    stream = SimpleNamespace(write=lines.append)
    # Python quotes only what its own end of a line holds.
    write = csv.writer(cast("Any", stream), lineterminator="\r\n").writerow
    for row in (headings, *rows):
        cells = (readable("" if each is None else str(each), lines=True) for each in row)
        write(f"'{each}" if guard_formulas and _FORMULA.match(each) else each for each in cells)
    return "".join(f"{line[:-2]}\n" for line in lines)


def json_text(data: Any) -> str:
    r"""Plain data as JSON, in any script; signs that nobody sees stand as escapes, and are read
    back as they were.

    Examples:
        >>> print(json_text("Réseaux \x9b\u202e"))
        "Réseaux \u009b\u202e"
    """
    return HIDDEN.sub(_in_json, json.dumps(data, ensure_ascii=False, indent=2))


def _in_json(found: re.Match[str]) -> str:
    return "\n" if found[0] == "\n" else json.dumps(found[0])[1:-1]


def _in_markdown(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", html.escape(readable(text), quote=False))


#: The libraries whose data frames there are, with what their constructors are told.
_FRAMES: dict[str, dict[str, Any]] = {"pandas": {}, "polars": {"strict": False}}
#: As `Any`, so that `isinstance` leaves a cell `Any`: checkers would narrow it to a tuple of who
#: knows what.
_SEVERAL: Any = (tuple, list)
_MAPPING: Any = Mapping
_AS_IT_IS = (type(None), str, bool, int, float)


def _shown(value: Any, listed: int | None = None) -> str:
    """A cell as people read it; of a list its first *listed* members."""
    if value is None:
        return ""
    if isinstance(value, _SEVERAL):
        more = (
            [f"… and {len(value) - listed} more"]
            if listed is not None and len(value) > listed
            else []
        )
        return ", ".join([*map(_shown, value[:listed]), *more])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value if isinstance(value, Enum) else value)


def _plain(value: Any) -> Any:
    """A cell as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, _SEVERAL):
        return [_plain(each) for each in value]
    if isinstance(value, _MAPPING):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    fields: Any = getattr(
        value, "__attrs_attrs__", None
    )  # what attrs says of its classes; pyright cannot see through attrs.fields
    if fields is not None:
        return {field.name: _plain(getattr(value, field.name)) for field in fields}
    return value.to_dict() if hasattr(value, "to_dict") else str(value)


def _flat(value: Any) -> Any:
    """A cell as a data frame holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (*_AS_IT_IS, datetime.date)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return list(map(_shown, value)) if isinstance(value, _SEVERAL) else str(value)


@attrs.frozen
class _Column:
    """A column as it is printed, each cell on one line."""

    name: str
    cells: list[str]
    places: bool
    """Whether it says where something stands: then cells are cut in front, and not broken."""

    @classmethod
    def of(cls, name: str, values: Iterable[Any]) -> _Column:
        held = list(values)
        cells = [
            readable(each if len(each) <= LONG else f"{each[:LONG]}…")
            for each in (_shown(each, LISTED) for each in held)
        ]
        return cls(readable(name), cells, any(isinstance(each, Position) for each in held))

    @property
    def natural(self) -> int:
        """How wide it is when nothing is cut or broken."""
        return max(map(width_of, (self.name, *self.cells)))

    def least(self, whole: int, tall: int) -> int:
        """How narrow it may become: no word of up to *whole* columns is broken, and of prose *tall*
        lines are whole or 16 columns wide.
        """
        width = longest(self.name, whole)
        if self.places:
            return max(
                width,
                *(
                    min(width_of(each), width_of(each.rpartition("/")[2]) + 2, whole)
                    for each in self.cells
                ),
            )
        width = max(width, *(longest(each, whole) for each in self.cells), 0)
        for cell in self.cells:
            most = min(tall, -(-width_of(cell) // NARROW))
            while width < PROSE and overruns(cell, width, most):
                width += 1
        return width

    def lines(self, cell: str, width: int, tall: int) -> list[str]:
        if self.places:
            return [cut_in_front(cell, width)]
        return [cut(cell, width)] if tall == 1 else in_lines(cell, width, tall)


def _fit(widths: Sequence[int], room: int) -> bool:
    return sum(widths) + len(GAP) * (len(widths) - 1) <= room


def _kept(shown: Sequence[_Column], room: int, tall: int) -> list[_Column]:
    """The columns for which there is room: the first ones, but before all others that which tells
    what a row is about.
    """
    title = next((each for each in shown if each.name in TITLES), shown[0])
    kept = list(shown)
    while len(kept) > 1 and not any(_fit(each, room) for each in _leasts(kept, tall)):
        kept.remove(next(each for each in reversed(kept) if each is not title))
    return kept


def _leasts(shown: Sequence[_Column], tall: int) -> Iterator[list[int]]:
    """How narrow columns may become; if need be with long words broken, and of two columns also
    short ones.
    """
    for whole in (WIDTH, WORD, NARROW) if len(shown) == 2 else (WIDTH, WORD):
        yield [each.least(whole, tall) for each in shown]


def _fitted(shown: Sequence[_Column], room: int, tall: int) -> list[int]:
    """The widths of columns for which there is room; what is left of it goes where most text is
    broken.
    """
    if len(shown) == 1:
        return [min(shown[0].natural, room)]
    widths = next(each for each in _leasts(shown, tall) if _fit(each, room))
    sizes = [
        sorted(min(width_of(text), LINES * WIDTH) for text in (each.name, *each.cells))
        for each in shown
    ]
    # Of each column: how much text there is in the cells from the nth shortest on.
    amounts = [[*itertools.accumulate(reversed(each), initial=0)][::-1] for each in sizes]

    def gain(at: int) -> float:
        """How much shorter the cells become that are broken, if their column is made wider by one;
        of places their end does.
        """
        return (
            amounts[at][bisect.bisect_right(sizes[at], widths[at])]
            / widths[at] ** 2
            / (WIDTH**3 if shown[at].places else 1)
        )

    for _ in range(room - sum(widths) - len(GAP) * (len(widths) - 1)):
        widths[max(range(len(widths)), key=gain)] += 1
    return [min(width, each.natural) for width, each in zip(widths, shown, strict=True)]


def _written(shown: Sequence[_Column], widths: Sequence[int], tall: int) -> Iterator[str]:
    """The lines of a table of columns of these widths."""

    def lines(cells: Iterable[Sequence[str]]) -> Iterator[str]:
        for parts in itertools.zip_longest(*cells, fillvalue=""):
            yield GAP.join(
                padded(part, width) for part, width in zip(parts, widths, strict=True)
            ).rstrip()

    held = list(zip(shown, widths, strict=True))
    yield from lines(list(broken(each.name, width)) for each, width in held)
    yield GAP.join("-" * width for width in widths)
    for row in zip(*(each.cells for each, _ in held), strict=True):
        # A row in which every cell is empty is a line too.
        yield from lines(
            each.lines(cell, width, tall) or [""]
            for cell, (each, width) in zip(row, held, strict=True)
        )


def _listed(shown: Sequence[_Column], width: int) -> Iterator[str]:
    """The only row of a table, cell under cell."""
    names = max(width_of(each.name) for each in shown)
    for each in shown:
        for at, line in enumerate(broken(each.cells[0], width - names - len(GAP))):
            yield f"{padded('' if at else each.name, names)}{GAP}{line}"
