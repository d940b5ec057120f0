"""The places of values in files.

Readers keep what they need to find a place, and work it out only when a problem or a finding is
reported there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import attrs

from ._width import visible

__all__ = ["Origin", "Path", "Places", "Position", "path_of", "path_text"]

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
Path = tuple[str | int, ...]
"""Steps from the top of a file to a value: field names and list indexes, e.g.
`("documents", 0, "title")`.
"""


@attrs.frozen(order=True)
class Position:
    """A place in a file: line and column for text, sheet and cell (or column heading) for tables.

    Lines and columns count from 1. A position without a file is false. `str()` gives the form that
    editors and terminals make clickable.

    Examples:
        >>> str(Position("map.yaml", 12, 5))
        'map.yaml:12:5'
        >>> str(Position("entities.csv", 3, heading="name.en"))
        'entities.csv:3 (name.en)'
        >>> str(Position("map.xlsx", sheet="Activities", cell="C7", heading="Lead"))
        'map.xlsx:Activities!C7 (Lead)'
    """

    file: str
    """Name of the file as it was given to the loader, e.g. `"roadmap.yaml"`."""
    line: int | None = attrs.field(default=None, order=lambda n: n or 0)
    """Line, from 1; for CSV the physical line on which the row starts."""
    column: int | None = attrs.field(default=None, order=lambda n: n or 0)
    """Column in characters, from 1."""
    sheet: str | None = attrs.field(default=None, order=lambda s: s or "")
    """Sheet of a workbook, e.g. `"Activities"`."""
    cell: str | None = attrs.field(default=None, order=lambda s: s or "")
    """Cell of a workbook, e.g. `"C7"`."""
    heading: str | None = attrs.field(default=None, order=lambda s: s or "")
    """Column heading of a table, e.g. `"due.date"`."""

    def __bool__(self) -> bool:
        return bool(self.file)

    def __str__(self) -> str:
        text = self.file
        if self.sheet is not None:
            text += f":{self.sheet}!{self.cell or '?'}"
        elif self.line is not None:
            text += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        return visible(text + (f" ({self.heading})" if self.heading else ""))


class Places(Protocol):
    """Gives the places of the values of one file."""

    def find(self, path: Path, *, key: bool = False) -> Position:
        """The place of the value at *path* (of its key, if *key*); of the nearest container when
        the value is not there.
        """
        ...


def path_text(path: Path) -> str:
    """A path as people write it.

    Examples:
        >>> path_text(("roadmaps", 0, "activities", 2, "lead"))
        'roadmaps[0].activities[2].lead'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f"{'.' if text else ''}{step}"
    return text


def path_of(text: str) -> Path:
    """The path that a text stands for, as [`path_text`][wsis_model.positions.path_text] writes it.

    Examples:
        >>> path_of("activities[2].milestones[0].due.date")
        ('activities', 2, 'milestones', 0, 'due', 'date')
        >>> path_of("")
        ()
    """
    return tuple(
        int(number) if number else name for number, name in _STEP.findall(text) if number or name
    )


@attrs.frozen(eq=False)
class Origin:
    """The file that a record came from and the path in it.

    Positions are not kept from the first reading: when the first is asked for, the file is parsed
    again, once for all records of it. If it has changed or is gone, only its name is given.
    """

    file: str
    """Name of the file."""
    path: Path
    """The path of the record from the top of the file, e.g. `("roadmaps", 0)`."""
    read: Callable[[], Places | None]
    """Parses the file again (`Remembered` does so once) and gives the places in it; None if that is
    no longer possible."""

    def find(self, path: Path) -> Position:
        """The position of the value at *path* below the record."""
        places = self.read()
        return Position(self.file) if places is None else places.find((*self.path, *path))


@attrs.define(eq=False)
class Remembered:
    """Places that are worked out when first needed, and again after unpickling."""

    read: Callable[[], Places | None]
    """Works them out: a `functools.partial`, whose arguments are pickled."""
    _found: tuple[Places | None] | None = attrs.field(default=None, init=False)

    def __call__(self) -> Places | None:
        if self._found is None:
            self._found = (self.read(),)
        return self._found[0]

    def __reduce__(self) -> tuple[object, ...]:
        # Places hold addresses in memory: a pickle carries only how they are worked out.
        return (Remembered, (self.read,))
