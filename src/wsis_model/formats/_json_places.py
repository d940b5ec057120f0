"""Places in JSON, found without reading all of it.

Only the lists and mappings on the way to what is asked for are looked into, and each only as far as
needed; what stands beside the way is passed over as a whole.
"""

from __future__ import annotations

import bisect
import re
from array import array
from collections.abc import Callable, Iterator
from json import decoder
from typing import Any

import attrs

from ..errors import Position
from ..positions import Path
from ._text import as_written

__all__ = ["JsonPlaces", "Member", "is_shallow", "members"]

#: Not in the stubs; there since Python 3.1.
_string: Callable[[str, int], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]
#: Matches anything, so never None.
_BLANKS: Any = re.compile(r"[ \t\r\n]*+")
_blanks: Callable[[str, int], re.Match[str]] = _BLANKS.match
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_PLAIN = r"[^][{} \t\r\n,]++"
_NESTED = 16
"""Lists and mappings that hold others no deeper than this are passed over by one expression."""


def _container(depth: int) -> str:
    """A list or mapping with others in it, *depth* deep."""
    within = f"|{_container(depth - 1)}" if depth else ""
    plain = r'[^][{}"]*+'
    return rf"[\[{{]{plain}(?:(?:{_STRING}{within}){plain})*+[\]}}]"


_SHALLOW = re.compile(rf"[ \t\r\n]*+{_container(_NESTED)}", re.DOTALL)
_VALUE = re.compile(f"{_STRING}|{_container(_NESTED)}|{_PLAIN}", re.DOTALL)
_BRACKETS = re.compile(rf"[][{{}}]|{_STRING}", re.DOTALL)
_TOKENS = re.compile(rf"({_STRING})([ \t\r\n]*+:)?|[][{{}},]", re.DOTALL)


def is_shallow(text: str) -> bool:
    """Whether some JSON is a list or mapping that is nested in few others: most files are.

    Examples:
        >>> is_shallow('{"a": [{}]}'), is_shallow("[" * 30 + "]" * 30)
        (True, False)
    """
    return _SHALLOW.match(text) is not None


def _end_of_value(text: str, at: int) -> int:
    """Where the value that begins at an offset ends."""
    found = _VALUE.match(text, at)
    if found is not None:
        return found.end()
    depth = 0
    for each in _BRACKETS.finditer(text, at):
        sign = text[each.start()]
        depth += (sign in "[{") - (sign in "]}")
        if depth == 0:
            return each.end()
    raise ValueError(text[at : at + 10])


@attrs.frozen
class Member:
    """A member of a list or mapping, with the offsets of its key and value."""

    step: str | int
    """Its key, or its number."""
    key: int
    """Where its key begins; of an item, where it begins itself."""
    key_end: int
    """Where its key ends; of an item, where it begins."""
    start: int
    """Where its value begins."""
    end: int
    """Where its value ends."""


def members(text: str, at: int) -> Iterator[Member]:
    """The members of the list or mapping that begins at an offset of some JSON, in their order;
    none of a single value.

    Examples:
        >>> text = '{"a": [1, 2]}'
        >>> [(each.step, text[each.start : each.end]) for each in members(text, 0)]
        [('a', '[1, 2]')]
        >>> [text[each.start : each.end] for each in members(text, 6)]
        ['1', '2']
    """
    if text[at] not in "[{":
        return
    mapping = text[at] == "{"
    here, number = _blanks(text, at + 1).end(), 0
    while text[here] not in "]}":
        step: str | int = number
        start = key_end = here
        if mapping:
            step, key_end = _string(text, here + 1)
            start = _blanks(text, _blanks(text, key_end).end() + 1).end()
        end = _end_of_value(text, start)
        yield Member(step, here, key_end, start, end)
        here, number = _next(text, end), number + 1


@attrs.define(eq=False)
class _Mapping:
    """The members of a mapping as far as they were looked at."""

    text: str
    next: int
    """Where the next member begins; where the mapping ends if there is none."""
    members: dict[str, tuple[int, int]] = attrs.Factory(dict[str, tuple[int, int]])
    """Where the key and the value of each stand."""

    def find(self, step: str | int) -> tuple[int, int] | None:
        """Where the key and the value of a member stand; None if there is none."""
        if not isinstance(step, str):
            return None
        text, members = self.text, self.members
        while step not in members and text[self.next] != "}":
            key, end = _string(text, self.next + 1)
            value = _blanks(text, _blanks(text, end).end() + 1).end()
            # Of a key that stands twice, the first place counts.
            members.setdefault(key, (self.next, value))
            self.next = _next(text, _end_of_value(text, value))
        return members.get(step)


@attrs.define(eq=False)
class _List:
    """The items of a list as far as they were looked at."""

    text: str
    next: int
    """Where the next item begins; where the list ends if there is none."""
    items: array[int] = attrs.Factory(lambda: array("q"))
    """Where each begins."""

    def find(self, step: str | int) -> tuple[int, int] | None:
        """Where an item stands, twice; None if there is none."""
        if not isinstance(step, int) or step < 0:
            return None
        text, items = self.text, self.items
        while step >= len(items) and text[self.next] != "]":
            items.append(self.next)
            self.next = _next(text, _end_of_value(text, self.next))
        return (items[step], items[step]) if step < len(items) else None


def _next(text: str, end: int) -> int:
    """Where the next member begins behind one that ends at an offset; else where its container
    ends.
    """
    at = _blanks(text, end).end()
    return _blanks(text, at + 1).end() if text[at] == "," else at


@attrs.define(eq=False)
class JsonPlaces:
    """Places in a JSON text. The text is known to be JSON."""

    file: str
    text: str
    line: int = 1
    """Line of the file on which the text begins (for NDJSON)."""
    column: int = attrs.field(default=1, kw_only=True)
    """Column in which it begins."""
    _containers: dict[int, _Mapping | _List] = attrs.field(
        factory=dict[int, _Mapping | _List], init=False
    )
    """The lists and mappings that were looked into, by where they begin."""
    _known: list[tuple[int, int, int]] = attrs.field(init=False)
    """Offsets of which the line is known, in their order: each with the number of line ends before
    it, and where its line begins."""

    def __attrs_post_init__(self) -> None:
        self._known = [(0, 0, 0)]

    def position(self, at: int) -> Position:
        """The line and column of an offset."""
        index = bisect.bisect_right(self._known, at, key=lambda known: known[0])
        before, lines, start = self._known[index - 1]
        if at != before:
            lines += self.text.count("\n", before, at)
            start = max(start, self.text.rfind("\n", before, at) + 1)
            self._known.insert(index, (at, lines, start))
        column = at - start + (1 if lines else self.column)
        return Position(self.file, lines + self.line, column)

    def find(self, path: Path, *, key: bool = False) -> Position:
        """The place of the value at *path*, or of the nearest container."""
        written = as_written(path)
        try:
            found, reached = self._descend(path)
            if not reached and written != path:
                found, reached = self._descend(written)
                key = True
        except (IndexError, AttributeError, ValueError):  # not JSON: nothing has a place
            return Position(self.file, self.line, 1)
        return self.position(found[0] if key and reached else found[1])

    def _descend(self, path: Path) -> tuple[tuple[int, int], bool]:
        """Where the key and the value at *path* stand, or those of the nearest container; and
        whether it was reached.
        """
        at = _blanks(self.text, 0).end()
        here = at, at
        for step in path:
            container = self._container(here[1])
            member = None if container is None else container.find(step)
            if member is None:
                return here, False
            here = member
        return here, True

    def _container(self, at: int) -> _Mapping | _List | None:
        """The list or mapping that begins at an offset; None if another value does."""
        if at not in self._containers:
            sign = self.text[at]
            if sign not in "[{":
                return None
            made = _Mapping if sign == "{" else _List
            self._containers[at] = made(self.text, _blanks(self.text, at + 1).end())
        return self._containers[at]

    def doubled(self) -> Iterator[tuple[Path, Position]]:
        """The keys that stand twice in one mapping, each with its place: by walking over all of
        the text.
        """
        keys: list[set[str] | None] = []  # None for a list
        steps: list[Any] = []
        for found in _TOKENS.finditer(self.text):
            sign = self.text[found.start()]
            if found[2]:
                key, seen = _string(self.text, found.start() + 1)[0], keys[-1]
                assert seen is not None
                if key in seen:
                    yield (*steps[:-1], key), self.position(found.start())
                seen.add(key)
                steps[-1:] = [key]
            elif sign in "[{":
                keys.append(set() if sign == "{" else None)
                steps.append(0)
            elif sign in "]}":
                keys.pop()
                steps.pop()
            elif sign == "," and keys[-1] is None:
                steps[-1] += 1
