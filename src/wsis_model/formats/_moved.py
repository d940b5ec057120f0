"""Places of a tree of which items of lists were left out, or stand for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import attrs

from ..errors import Position, Problem
from ..positions import Path, Places

__all__ = ["Lists", "Moved", "Told", "followed"]

Lists = Mapping[Path, Sequence[int]]
"""For lists by their paths: of which item of the list in the file each of their items came."""


@runtime_checkable
class Told(Protocol):
    """Places of which some are told already."""

    def told(self, path: Path) -> bool:
        """Whether it is told already that what stands at a path, or should, cannot be read."""
        ...

    def misplaced(self, tree: Any, lists: Lists) -> Iterable[Problem]:
        """What stands in a place where something else belongs, once its names are identifiers."""
        ...


@attrs.frozen(eq=False)
class Moved:
    """Places in a file of what stands elsewhere in a tree made of it."""

    places: Places
    """Places in the file."""
    lists: Lists
    """Where the items of lists came from."""

    def _in_file(self, path: Path) -> Path:
        steps = list(path)
        for at, step in enumerate(path):
            numbers = self.lists.get(path[:at]) if isinstance(step, int) else None
            if numbers is not None and isinstance(step, int) and step < len(numbers):
                steps[at] = numbers[step]
        return tuple(steps)

    def find(self, path: Path, *, key: bool = False) -> Position:
        return self.places.find(self._in_file(path), key=key)

    def told(self, path: Path) -> bool:
        return isinstance(self.places, Told) and self.places.told(self._in_file(path))

    def misplaced(self, tree: Any, lists: Lists) -> Iterable[Problem]:  # noqa: ARG002 - as all `Told`
        return self.places.misplaced(tree, self.lists) if isinstance(self.places, Told) else ()


def followed(places: Places, lists: Lists) -> Places:
    """Places in a file after items of lists came to stand for several."""
    if not lists:
        return places
    if not isinstance(places, Moved):
        return Moved(places, lists)
    before = places.lists
    then = {
        path: [before[path][each] for each in numbers] if path in before else numbers
        for path, numbers in lists.items()
    }
    return Moved(places.places, {**before, **then})
