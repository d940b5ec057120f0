"""Answers as tables: they show in a notebook, print as text, and go to CSV, JSON data and Markdown."""

from __future__ import annotations

import csv
import html
import io
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import attrs

__all__ = ["Table"]

Row = TypeVar("Row")
WIDTH = 60
SHOWN = 200


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

    def _cells(self, limit: int | None = None) -> list[list[str]]:
        return [[_shown(show(row)) for show in self.columns.values()] for row in self.rows[:limit]]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dictionaries, for a data frame or JSON."""
        return [{name: show(row) for name, show in self.columns.items()} for row in self.rows]

    def to_csv(self) -> str:
        """The table as CSV with a line of headings."""
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self._cells())
        return stream.getvalue()

    def to_markdown(self) -> str:
        """The table as Markdown."""

        def line(cells: Sequence[str]) -> str:
            return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

        return "\n".join([line(list(self.columns)), "|" + "---|" * len(self.columns), *map(line, self._cells())]) + "\n"

    def __str__(self) -> str:
        cells = [[_short(cell) for cell in row] for row in self._cells(SHOWN)]
        names = list(self.columns)
        widths = [max(len(name), *(len(row[i]) for row in cells), 0) for i, name in enumerate(names)]
        lines = [names, ["-" * width for width in widths], *cells]
        text = "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines)
        return text + (f"\n... and {len(self) - SHOWN} more" if len(self) > SHOWN else "")

    def __repr__(self) -> str:
        return f"Table of {len(self)} rows: {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td style='text-align:left'>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._cells(SHOWN)
        )
        more = f"<caption>{len(self)} rows, the first {SHOWN} shown</caption>" if len(self) > SHOWN else ""
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


#: As `Any`, so that `isinstance` leaves a cell `Any`: checkers would narrow it to a tuple of who knows what.
_SEVERAL: Any = (tuple, list)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, _SEVERAL):
        return ", ".join(map(_shown, value))
    return str(value)


def _short(text: str) -> str:
    return textwrap.shorten(text, WIDTH, placeholder=" …") if len(text) > WIDTH else text.replace("\n", " ")
