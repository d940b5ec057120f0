"""Places of a tree of which items of lists were left out, or stand for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import attrs

from ..errors import Finding, Position
from ..positions import Path, Places

__all__ = ["Lists", "Moved", "Reported", "followed"]

Lists = Mapping[Path, Sequence[int]]
"""For lists by their paths: of which item of the list in the file each of their items came."""


@runtime_checkable
class Reported(Protocol):
    """Places of which some are told already."""

    def told(self, path: Path) -> bool:
        """Whether it is told already that what stands at a path, or should, cannot be read."""
        ...

    def misplaced(self, tree: Any, lists: Lists) -> Iterable[Finding]:
        """What stands in a place where something else belongs, once its names are identifiers."""
        ...


@attrs.frozen(eq=False)
class Moved:
    """Places in a file of what stands elsewhere in a tree made of it."""

    places: Places
    """Places in the file."""
    lists: Sequence[Lists]
    """Where the items of lists came from, once or again and again."""

    def in_file(self, path: Path) -> Path:
        """The path in the file of what stands at a path of the tree."""
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

    def told(self, path: Path) -> bool:
        """Whether it is reported already that what stands at a path cannot be read."""
        return isinstance(self.places, Reported) and self.places.told(self.in_file(path))


def followed(before: Lists, then: Lists) -> Lists:
    """Where the items of lists came from that came to stand for several once more."""
    return {
        **before,
        **{
            path: [before[path][each] for each in numbers] if path in before else numbers
            for path, numbers in then.items()
        },
    }
