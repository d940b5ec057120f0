"""Places in a tree whose lists have lost items, or have items that stood for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import attrs

from ..errors import Finding, Position
from ..positions import Path, Places

__all__ = ["Lists", "Moved", "Reported", "composed"]

Lists = Mapping[Path, Sequence[int]]
"""By path of a list: for each of its items, the number of the item in the file that it came from.
"""


@runtime_checkable
class Reported(Protocol):
    """Places in some of which a problem is reported already."""

    def is_reported(self, path: Path) -> bool:
        """Whether it is reported already that the value at a path cannot be read, or is missing."""
        ...

    def misplaced(self, tree: Any, lists: Lists) -> Iterable[Finding]:
        """Problems of values in the wrong place, once names are resolved."""
        ...


@attrs.frozen(eq=False)
class Moved:
    """Places in a file, by paths in a tree whose lists differ from those of the file."""

    places: Places
    """Places in the file."""
    lists: Sequence[Lists]
    """Where the items of lists came from, step by step."""

    def in_file(self, path: Path) -> Path:
        """The path in the file for a path in the tree."""
        for lists in reversed(self.lists):
            steps: list[str | int] = []
            for step in path:
                if isinstance(step, int):
                    numbers = lists.get(tuple(steps), ())
                    step = numbers[step] if step < len(numbers) else step
                steps.append(step)
            path = tuple(steps)
        return path

    def find(self, path: Path, *, key: bool = False) -> Position:
        """The position of what stands at a path; with *key* that of its key."""
        return self.places.find(self.in_file(path), key=key)

    def is_reported(self, path: Path) -> bool:
        """Whether it is reported already that what stands at a path cannot be read."""
        return isinstance(self.places, Reported) and self.places.is_reported(self.in_file(path))


def composed(before: Lists, then: Lists) -> Lists:
    """The two steps as one."""
    return {
        **before,
        **{
            path: [before[path][each] for each in numbers] if path in before else numbers
            for path, numbers in then.items()
        },
    }
