"""Answers as tables: they show in a notebook, print as text, and go to CSV, JSON, Markdown and data frames."""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any, Generic, Literal, TypeVar, overload

import attrs

from .errors import MissingExtra

__all__ = ["Table"]

Row = TypeVar("Row")
#: How many characters of a cell, rows of a table, and members of a list people are shown; files have all of them.
WIDTH = 60
SHOWN = 200
LISTED = 10
#: A column is not made narrower than this to fit a terminal, nor than its longest word of up to so many letters: identifiers are read whole.
NARROW, WORD = 14, 24
GAP = "  "
#: What ends a line in some program, or steers a terminal.
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@attrs.frozen(repr=False)
class Table(Sequence[Row], Generic[Row]):
    """Rows of an answer, in order, with named columns. It is a sequence: iterate over it, index it, ask its length.

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
        return Table(self.rows[index], self.columns) if isinstance(index, slice) else self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def _cells(self, limit: int | None = None, listed: int | None = None) -> list[list[str]]:
        return [[_shown(show(row), listed) for show in self.columns.values()] for row in self.rows[:limit]]

    def to_dicts(self, *, plain: bool = False) -> list[dict[str, Any]]:
        """The rows as dictionaries, column heading to cell.

        Args:
            plain: Give of each cell only what JSON can hold, as [`to_json`][wsis_model.Table.to_json] writes it.
        """
        return [{name: _plain(show(row)) if plain else show(row) for name, show in self.columns.items()} for row in self.rows]

    def to_json(self) -> str:
        """The table as JSON: an array with an object for each row, in the order of the columns.

        Numbers, texts, true and false stay what they are, a cell with several values is an array, a day is written `2027-04-30`.
        What has parts is an object of its parts: a time span has `earliest` and `latest` (`null` where it has no bound), a text
        in several languages its languages, a record its fields as in our JSON files.

        Examples:
            >>> import datetime
            >>> day = datetime.date(2027, 4, 30)
            >>> print(Table((day,), {"day": lambda day: day, "who": lambda _: ("itu", "unesco")}).to_json())
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
        return json.dumps(self.to_dicts(plain=True), ensure_ascii=False, indent=2)

    def to_frame(self, library: Literal["pandas", "polars"] = "pandas") -> Any:
        """The table as a data frame, with its columns in their order, also where it has no rows.

        A cell is a number, true or false, a day, a text, or a list of texts; what has parts (a time span, a label) is the text that
        is printed of it.

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
        data = {name: [_flat(show(row)) for row in self.rows] for name, show in self.columns.items()}
        try:
            frames = import_module(library)
        except ImportError:
            raise MissingExtra(library, library) from None
        # In polars a column has one type: a number may stand beside a number with a fraction.
        options = _FRAMES[library]
        if library == "pandas" and not self.rows:
            options = {**options, "dtype": object}  # pandas takes what is empty for numbers, and most columns are texts
        return frames.DataFrame(data, **options)

    def to_csv(self) -> str:
        """The table as CSV with a line of headings; cells as they are printed, whole: `yes` and `no`, lists with commas."""
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self._cells())
        return stream.getvalue()

    def to_markdown(self) -> str:
        """The table as Markdown."""

        def line(cells: Sequence[str]) -> str:
            return "| " + " | ".join(_UNPRINTED.sub(" ", cell).replace("\\", "\\\\").replace("|", "\\|") for cell in cells) + " |"

        return "\n".join([line(list(self.columns)), "|" + "---|" * len(self.columns), *map(line, self._cells())]) + "\n"

    def to_text(self, width: int | None = None) -> str:
        """The table as lines of text, as it is printed.

        Args:
            width: How many characters a line may have, e.g. those of the terminal. Cells are cut where that is not enough, the widest first;
                columns for which there is no room are named below. As wide as it takes, when it is not given.

        Examples:
            >>> print(Table(("technical-community",), {"group": str, "letters": len, "capitals": str.upper}).to_text(32))
            group                letters
            -------------------  -------
            technical-community  19
            not shown: capitals
        """
        cells = [[_short(cell) for cell in row] for row in self._cells(SHOWN, LISTED)]
        names = list(self.columns)
        widths = [max(len(name), *(len(row[i]) for row in cells), 0) for i, name in enumerate(names)]
        if width is not None:
            words = [max((len(word) for row in cells for word in row[i].split()), default=0) for i in range(len(names))]
            widths = _fitted(widths, words, width)
        lines = [names, ["-" * each for each in widths], *cells]
        text = "\n".join(
            GAP.join(_short(cell, each).ljust(each) for cell, each in zip(row, widths, strict=False)).rstrip() for row in lines
        )
        left_out = names[len(widths) :]
        return "\n".join(
            (
                text,
                *([f"... and {len(self) - SHOWN} more"] if len(self) > SHOWN else []),
                *(textwrap.wrap(f"not shown: {', '.join(left_out)}", width or WIDTH) if left_out else []),
            )
        )

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"Table of {len(self)} rows: {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td style='text-align:left'>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._cells(SHOWN, LISTED)
        )
        more = f"<caption>{len(self)} rows, the first {SHOWN} shown</caption>" if len(self) > SHOWN else ""
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


#: The libraries whose data frames there are, with what their constructors are told.
_FRAMES: dict[str, dict[str, Any]] = {"pandas": {}, "polars": {"strict": False}}
#: As `Any`, so that `isinstance` leaves a cell `Any`: checkers would narrow it to a tuple of who knows what.
_SEVERAL: Any = (tuple, list)
_MAPPING: Any = Mapping
_AS_IT_IS = (type(None), str, bool, int, float)


def _shown(value: Any, listed: int | None = None) -> str:
    """A cell as people read it; of a list its first *listed* members."""
    if value is None:
        return ""
    if isinstance(value, _SEVERAL):
        more = [f"… and {len(value) - listed} more"] if listed is not None and len(value) > listed else []
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
    fields: Any = getattr(value, "__attrs_attrs__", None)  # what attrs says of its classes; pyright cannot see through attrs.fields
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


def _short(text: str, width: int = WIDTH) -> str:
    """A cell on one line, cut between words, or within one that would be lost whole."""
    line = _UNPRINTED.sub(" ", text)
    if len(line) <= width:
        return line
    cut = textwrap.shorten(line, width, placeholder=" …") if width > len(" …") else ""
    return cut if len(cut) > width // 2 else f"{line[: width - 1]}…"


def _fitted(widths: list[int], words: list[int], room: int) -> list[int]:
    """The widths of the first columns, as many as there is room for, the widest of them cut; *words* are their longest words."""
    least = [min(width, max(NARROW, min(word, WORD))) for width, word in zip(widths, words, strict=True)]
    while len(least) > 1 and sum(least) + len(GAP) * (len(least) - 1) > room:
        least.pop()
    free = room - len(GAP) * (len(least) - 1)

    def cut(most: int) -> list[int]:
        return [max(low, min(width, most)) for low, width in zip(least, widths, strict=False)]

    return next((found for most in range(WIDTH, 0, -1) if sum(found := cut(most)) <= free), least)
