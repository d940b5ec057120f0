"""Links that lead in a circle. Nothing here recurses: circles may be long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

__all__ = ["circle_text", "circles"]

#: A message shows this many steps of a circle: circles may be long, and there may be many.
SHOWN = 8


def circles(
    links: Mapping[str, Sequence[str]], shown: int = SHOWN
) -> Iterator[tuple[list[str], str]]:
    """For each link that closes a circle: the first *shown* names on the circle, and the name whose
    link leads back to the first.

    A name that links to itself is no circle here. Takes time in proportion to the links.

    Examples:
        >>> list(circles({"a": ["b"], "b": ["c"], "c": ["a", "c"], "d": ["a"]}))
        [(['a', 'b', 'c'], 'c')]
    """
    # The index of a name on the path; None once everything it leads to was seen.
    place: dict[str, int | None] = {}
    for start in links:
        if start in place:
            continue
        path, ahead = [start], [iter(links[start])]
        place[start] = 0
        while path:
            for name in ahead[-1]:
                if name == path[-1] or name not in links:
                    continue
                if name not in place:
                    place[name] = len(path)
                    path.append(name)
                    ahead.append(iter(links[name]))
                    break
                if (first := place[name]) is not None:
                    yield path[first : first + shown], path[-1]
            else:
                place[path.pop()] = None
                ahead.pop()


def circle_text(names: list[str], last: str) -> str:
    """A circle as people write it.

    Examples:
        >>> circle_text(["a", "b"], "b"), circle_text(["a", "b"], "z")
        ('a -> b -> a', 'a -> b -> ... -> z -> a')
    """
    between = [] if names[-1] == last else ["...", last]
    return " -> ".join([*names, *between, names[0]])
