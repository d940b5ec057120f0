"""Positions for data whose lists differ from those of its file: one item of the file became several
("paras 26-28"), or invalid items were dropped.
"""

from __future__ import annotations

import abc
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from ..errors import Finding, Position
from ..positions import Path, Places

__all__ = ["SourceIndexes", "ShiftedPlaces", "TablePlaces", "compose"]

SourceIndexes = Mapping[Path, Sequence[int]]
"""Path of a list in the data, to the index in the file of each of its items: `[0, 1, 1, 1, 2]` if
the second item of three became three. Lists that are as in the file are left out.
"""


class TablePlaces(abc.ABC):
    """What the places of tables (CSV, workbooks) can do besides; their reader reports the problems
    of cells itself.
    """

    @abc.abstractmethod
    def is_reported(self, path: Path) -> bool:
        """Whether the reader reported that the value at a path cannot be read, or is missing."""
        ...

    @abc.abstractmethod
    def misplaced(self, tree: Any, source_indexes: SourceIndexes) -> Iterable[Finding]:
        """Problems of values in the column of another kind, once names are resolved."""
        ...


@attrs.frozen(eq=False)
class ShiftedPlaces:
    """Places in a file, found by paths in data whose lists differ from those of the file."""

    places: Places
    """Places by paths in the file."""
    source_indexes: Sequence[SourceIndexes]
    """What each change of the data did to its lists, the first change first."""

    def in_file(self, path: Path) -> Path:
        """The path in the file for a path in the data."""
        for change in reversed(self.source_indexes):
            steps: list[str | int] = []
            for step in path:
                if isinstance(step, int):
                    indexes = change.get(tuple(steps), ())
                    step = indexes[step] if step < len(indexes) else step
                steps.append(step)
            path = tuple(steps)
        return path

    def find(self, path: Path, *, key: bool = False) -> Position:
        """The position of what stands at a path; with *key* that of its key."""
        return self.places.find(self.in_file(path), key=key)

    def is_reported(self, path: Path) -> bool:
        """Whether the reader of tables reported the value at a path already."""
        return isinstance(self.places, TablePlaces) and self.places.is_reported(self.in_file(path))


def compose(before: SourceIndexes, then: SourceIndexes) -> SourceIndexes:
    """Two changes of the data, one after the other, as one."""
    return {
        **before,
        **{
            path: [before[path][index] for index in indexes] if path in before else indexes
            for path, indexes in then.items()
        },
    }
