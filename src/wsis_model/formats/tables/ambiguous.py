"""Numbers that can be read in two ways."""

from __future__ import annotations

import re

import attrs

from ...errors import Finding, excerpt
from .._salvage import UNREAD
from .cells import put_cell
from .columns import TABLES, known_columns
from .rows import Row, Table

__all__ = [
    "AmbiguousNumbers",
    "POINTED",
    "THOUSANDS",
    "WITH_FINAL_ZERO",
    "lost_zero_problem",
    "thousands_problem",
]

#: The goals of which x.1 and x.10 are both targets: a spreadsheet's number cannot tell them apart.
_TENTHS = re.compile(r"(?:8|16|17)\.1")
#: The columns that hold names of versions, and one that may have lost a final zero: `1.1` of
#: `1.10`.
_VERSIONS = frozenset(("version", "edition"))
_SHORTENED = re.compile(r"[0-9]+\.[0-9]")
#: A text that may be a whole number with a point between its thousands: with any three places after
#: it, or only with a final zero, which most programs do not write after a point.
THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
WITH_FINAL_ZERO = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{2}0")
#: A number with a point, which can only stand before its fraction unless it may be between
#: thousands.
POINTED = re.compile(r"-?[0-9]+\.[0-9]+")


@attrs.define(eq=False)
class AmbiguousNumbers:
    """Numbers that may have a point between their thousands, until all tables are read: another may
    show what the point is.
    """

    pointed: bool = False
    """Whether some number has a point that can only stand before its fraction."""
    asked: list[tuple[Finding, Row, str]] = attrs.Factory(list[tuple[Finding, Row, str]])
    """What is wrong with a number if none has, its row and column."""

    def report(self, problems: list[Finding]) -> None:
        """Report the numbers, once all tables are read, unless another number shows what the point
        is.
        """
        for problem, row, column in () if self.pointed else self.asked:
            problems.append(problem)
            row.source.reported.add((row.number, column))
            put_cell(row.tree, known_columns(TABLES[row.table])[column], column, UNREAD)


def lost_zero_problem(table: Table, number: int, at: int, cell: str) -> Finding | None:
    """What is wrong with an SDG target or a version that is a number, if it may have lost the final
    zero.
    """
    column = table.columns[at]
    if column in ("sdg_targets", "sdg_indicator") and _TENTHS.fullmatch(cell):
        meant = (f"SDG {cell}0", f"SDG {cell}")
        hint = f"write {meant[0]} or {meant[1]}; a cell formatted as text keeps the 0"
    elif column in _VERSIONS and _SHORTENED.fullmatch(cell):
        meant = (f"{cell}0", cell)
        hint = f"format the cell as text, then write {meant[0]} or {meant[1]}"
    else:
        return None
    return Finding(
        "wrong-value",
        f"{cell} as a number may have been {cell}0",
        table.at(number, at, table.headings[at]),
        column,
        hint,
        found=cell,
        meant=meant,
    )


def thousands_problem(table: Table, number: int, at: int, cell: str) -> Finding | None:
    """What is wrong with a text that may be a number with a point between its thousands, as much of
    the world writes it; we never do.
    """
    if not (THOUSANDS if table.pointed else WITH_FINAL_ZERO).fullmatch(cell):
        return None
    whole, short = cell.replace(".", ""), cell.rstrip("0").removesuffix(".")
    # With a fourth place nobody takes the point for one between thousands.
    meant = (whole, short if short != cell else f"{cell}0")
    hint = f"write {', or '.join(meant)} if that is meant"
    message = f"{excerpt(cell)} may be {whole} with a point between its thousands, or {short}"
    return Finding(
        "wrong-value",
        message,
        table.at(number, at, table.headings[at]),
        table.columns[at],
        hint,
        found=cell,
        meant=meant,
    )
