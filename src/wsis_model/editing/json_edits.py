"""Fixes in the text of JSON, as one file or with a record a line."""

from __future__ import annotations

import functools
import json
import re
from typing import Any

import attrs

from ..errors import Finding, Fix
from ..formats import ndjson
from ..formats._json_places import Member, members
from ..positions import Path
from .edits import Document, Edit
from .text import NotInPlace, Splice

__all__ = ["JsonDocument", "NdjsonDocument"]

_BLANK = re.compile(r"[ \t\r\n]*")


@attrs.frozen
class _Number:
    """A number as it is written."""

    text: str


def _loaded(text: str) -> Any:
    """JSON as plain data, in which numbers are as they are written."""
    return json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@attrs.frozen(eq=False)
class JsonDocument(Document):
    """A file of JSON. Spaces, line ends and the order of keys stay."""

    known: dict[int, dict[str | int, Member]] = attrs.Factory(dict[int, dict[str | int, Member]])
    """The members of the lists and mappings that were looked into, by where these begin."""

    def read(self) -> Any:
        """The content."""
        return _loaded(self.text)

    def edit(self, finding: Finding) -> Edit:
        """What the fix of a finding changes."""
        path, fix = self.place(finding), finding.fix
        assert fix is not None
        self.check_stands(path, fix, _loaded(_dumped(fix.old)))
        new = fix.new if fix.key else _loaded(_dumped(fix.new))
        return Edit(finding, path, (self._splice(*self.begin(path), fix),), new)

    def begin(self, path: Path) -> tuple[int, Path]:
        """Where the value begins that holds a path, and the steps below it."""
        return 0, path

    def _splice(self, start: int, path: Path, fix: Fix) -> Splice:
        """The change of the value at a path of the JSON that begins at an offset."""
        at = _skip(self.text, start)
        listed: dict[str | int, Member] = {}
        for step in path:
            listed = self._members(at)
            if step not in listed:
                raise NotInPlace
            at = listed[step].start
        found = listed[path[-1]]
        if fix.key:
            return found.key, found.key_end, _dumped(fix.new)
        if fix.several:
            return found.start, found.end, ", ".join(map(_dumped, fix.new))
        if fix.new is not None:
            return found.start, found.end, _dumped(fix.new)
        beside = list(listed.values())
        index = beside.index(found)
        if index + 1 < len(beside):
            return found.key, beside[index + 1].key, ""
        return (beside[index - 1].end if index else found.key), found.end, ""

    def _members(self, at: int) -> dict[str | int, Member]:
        if at not in self.known:
            listed = list(members(self.text, at))
            self.known[at] = {each.step: each for each in listed}
            if len(listed) > len(self.known[at]):
                self.known[at].clear()  # of a key that stands twice nobody knows which is meant
        return self.known[at]


@attrs.frozen(eq=False)
class NdjsonDocument(JsonDocument):
    """A file of JSON with a record a line."""

    def read(self) -> Any:
        """What each line says; the text of one that is blank or no JSON."""
        return [_line(each) for each in self.text.split("\n")]

    def place(self, finding: Finding) -> Path:
        """The number of the line, from 0, and the path in it."""
        assert finding.fix is not None
        path = finding.fix.path
        if finding.record:
            return super().place(finding)
        match path:
            case (str(group), int(index), *_):
                lines = self._places.texts.get((group, index), {})
                match path[2:4]:
                    case (str(field), int(number)) if (field, number) in lines:
                        return (lines[field, number][0] - 1, *path[4:])
                    case _ if None in lines:
                        return (lines[None][0] - 1, *path[2:])
                    case _:
                        raise NotInPlace
            case _:
                return (self._places.head[0] - 1, *path)

    def begin(self, path: Path) -> tuple[int, Path]:
        """Where the line begins."""
        line, *steps = path
        assert isinstance(line, int)
        return self._starts[line], tuple(steps)

    @functools.cached_property
    def _places(self) -> Any:
        return ndjson.parse(self.text.encode(), self.file)[1]

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *(each.end() for each in re.finditer("\n", self.text))]


def _line(text: str) -> Any:
    try:
        return _loaded(text)
    except ValueError:
        return text


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return at if blank is None else blank.end()
