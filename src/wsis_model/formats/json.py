"""JSON: the canonical form, the same bytes for the same records.

The bytes are validated as they are. Only when something is wrong are they read again for the places
of their values.
"""

from __future__ import annotations

import bisect
import functools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from json import decoder
from typing import Any, TypeVar

import attrs

from ..errors import Finding, Position, excerpt
from ..model import File, Record
from ..model.given import keys_given
from ..model.kinds import TOP_KINDS
from ..model.text import plain_texts
from ..positions import Path
from ._text import (
    MAX_PROBLEMS,
    as_written,
    decode,
    restore_unknown,
    too_deep,
    too_deep_problem,
    whole_number,
)

__all__ = [
    "Scanned",
    "doubled_keys",
    "may_have_doubled_keys",
    "parse",
    "read_record",
    "read_text",
    "write",
]

R = TypeVar("R", bound=Record)

#: Not in the stubs; there since Python 3.1.
_string: Callable[[str, int], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]
#: Matches anything, so never None.
_BLANKS: Any = re.compile(r"[ \t\r\n]*")
_blanks: Callable[[str, int], re.Match[str]] = _BLANKS.match
#: The lists of a file, in the order in which they are written.
_PLAIN = re.compile(r"[^ \t\r\n,\]}]+")
#: What Python reads as a number and JSON does not have; strings, in which it may stand, are passed
#: over.
_NO_NUMBER = re.compile(r'(NaN|-?Infinity)|"(?:[^"\\]++|\\.)*+"', re.DOTALL)
#: A colon behind white space, found by looking at colons only; and the same behind a string.
_BLANK_COLON = re.compile(rb":(?<=[ \t\r\n]:)")
_LATE_COLON = re.compile(rb'"[ \t\r\n]+:')


@attrs.frozen
class _Node:
    """Where a value stands, where its key stands, and its members."""

    at: int
    key_at: int
    members: dict[str | int, _Node] | None


def _descend(node: _Node, path: Path) -> tuple[_Node, bool]:
    """The node at *path* below *node*, or the nearest container; and whether it was reached."""
    for step in path:
        if node.members is None or step not in node.members:
            return node, False
        node = node.members[step]
    return node, True


@attrs.define(eq=False)
class Scanned:
    """Places in a JSON text, found by walking over it once. The text is known to be JSON."""

    file: str
    text: str
    line: int = 1
    """Line of the file on which the text begins (for NDJSON)."""
    duplicates: list[tuple[Path, int]] = attrs.Factory(list[tuple[Path, int]])
    _root: _Node | None = None

    def _scan(self) -> _Node:
        # One loop with its own stack: with recursion a deep file would overflow ours.
        if self._root is not None:
            return self._root
        text, at = self.text, _blanks(self.text, 0).end()
        stack: list[tuple[_Node, bool, str | int]] = []
        root: _Node | None = None
        key: str | int = ""
        key_at = at
        while True:
            start = at
            char = text[at]
            opened = char in "[{"
            node = _Node(start, key_at, {} if opened else None)
            if root is None:
                root = node
            if stack:
                members = stack[-1][0].members
                assert members is not None
                if key in members:
                    self.duplicates.append(((*(each[2] for each in stack[1:]), key), key_at))
                else:
                    members[key] = node
            if opened:
                stack.append((node, char == "{", key))
                at = _blanks(text, at + 1).end()
                if text[at] in "]}":
                    stack.pop()
                    at += 1
                else:
                    key, key_at, at = self._key(text, at, is_object=char == "{", previous=-1)
                    continue
            elif char == '"':
                at = _string(text, at + 1)[1]
            else:
                # None where it is not JSON: see `find`.
                at = _PLAIN.match(text, at).end()  # type: ignore[union-attr]
            while stack:
                at = _blanks(text, at).end()
                if text[at] == ",":
                    at = _blanks(text, at + 1).end()
                    parent = stack[-1]
                    previous = -1 if parent[1] else len(parent[0].members or ()) - 1
                    key, key_at, at = self._key(text, at, is_object=parent[1], previous=previous)
                    break
                stack.pop()
                at += 1
            else:
                self._root = root
                return root

    @staticmethod
    def _key(text: str, at: int, *, is_object: bool, previous: int) -> tuple[str | int, int, int]:
        """The key of the next member, where it stands, and where its value begins."""
        if not is_object:
            return previous + 1, at, at
        key, end = _string(text, at + 1)
        colon = _blanks(text, end).end()
        return key, at, _blanks(text, colon + 1).end()

    @functools.cached_property
    def _starts(self) -> list[int]:
        """Where each line begins; found once, since a file may have many findings."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def position(self, at: int) -> Position:
        """The line and column of an offset."""
        line = bisect.bisect_right(self._starts, at)
        return Position(self.file, line - 1 + self.line, at - self._starts[line - 1] + 1)

    def find(self, path: Path, *, key: bool = False) -> Position:
        """The place of the value at *path*, or of the nearest container."""
        try:
            node = self._scan()
        except (IndexError, AttributeError, ValueError):  # not JSON: nothing has a place
            return Position(self.file, self.line, 1)
        found, reached = _descend(node, path)
        written = as_written(path)
        if not reached and written != path:
            found, reached = _descend(node, written)
            key = True
        return self.position(found.key_at if key and reached else found.at)

    def doubled(self) -> list[Finding]:
        """The keys that stand twice in one object."""
        self._scan()
        return [
            Finding(
                "duplicate-key",
                f"the key {excerpt(path[-1])} stands twice in one mapping",
                self.position(at),
                path,
                "keep one",
            )
            for path, at in self.duplicates[:MAX_PROBLEMS]
        ]


class _Doubled(Exception):
    pass


def _reject_doubled(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) != len(pairs):
        raise _Doubled


def doubled_keys(data: bytes) -> bool:
    """Whether a key stands twice in one object of *data*, which is known to be JSON: by reading all
    of it.
    """
    try:
        json.loads(data, object_pairs_hook=_reject_doubled)
    except _Doubled:
        return True
    except (ValueError, RecursionError):
        return False
    return False


def may_have_doubled_keys(data: bytes, records: Sequence[Record], plain: int = 0) -> bool:
    """Whether a key may stand twice in one object of *data*: quickly, and false only if none does.

    Args:
        data: JSON from which records were validated.
        records: The records that were made of it, all of one class, and of all of it.
        plain: How many of its texts were plain strings: by how much `plain_texts.seen` went up.

    Examples:
        >>> from wsis_model import Concept
        >>> once = b'{"id":"themes/igf","label":{"en":"IGF"}}'
        >>> twice = b'{"id":"themes/igf","label":{"en":"IGF","en":"Forum"}}'
        >>> [
        ...     may_have_doubled_keys(each, [Concept.model_validate_json(each)])
        ...     for each in (once, twice)
        ... ]
        [False, True]
    """
    # Every key that a record was made of stands in the text, so that as many keys as there are
    # ends of keys leave none over. What looks like one within a string makes us doubt, not err.
    ends = data.count(b'":')
    made = keys_given(type(records[0]), records) - plain if records else 0
    if ends != made and ends - data.count(b'\\":') + data.count(b'\\\\":') != made:
        return True
    return _BLANK_COLON.search(data) is not None and _LATE_COLON.search(data) is not None


def read_record(record: type[R], data: bytes) -> R | None:
    """The record in some JSON; None if a key stands twice.

    Raises:
        pydantic.ValidationError: It is no such record.

    Examples:
        >>> from wsis_model import Concept
        >>> read_record(Concept, b'{"id":"themes/igf","label":"IGF"}')
        Concept(id='themes/igf', label={'en': 'IGF'})
        >>> read_record(Concept, b'{"id":"themes/igf","label":"IGF","label":"Forum"}')
    """
    before = plain_texts.seen
    made = record.model_validate_json(data)
    doubtful = may_have_doubled_keys(data, [made], plain_texts.seen - before)
    return None if doubtful and doubled_keys(data) else made


def parse(data: bytes, file: str) -> tuple[Any, Scanned, list[Finding]]:
    """The plain data of a JSON file, the places of its values, and the problems of its writing."""
    text, problems = decode(data, file)
    places = Scanned(file, text)
    if problems:
        return None, places, problems
    tree, problems = read_text(places)
    return tree, places, problems or places.doubled()


def read_text(places: Scanned, above: int = 0) -> tuple[Any, list[Finding]]:
    """The plain data of a JSON text, or why there is none.

    Args:
        places: The text with its places.
        above: In how many lists and mappings it stands.
    """
    text = places.text
    if (deep := too_deep(text.encode(), above)) is not None:
        return None, [too_deep_problem(places.position(deep))]
    strange = False

    def no_number(_: str) -> None:
        nonlocal strange
        strange = True

    try:
        tree = json.loads(text, parse_int=whole_number, parse_constant=no_number)
    except json.JSONDecodeError as error:
        message = f"not JSON: {excerpt(error.msg, 120)}"
        return None, [Finding("json-syntax", message, places.position(error.pos))]
    if strange:
        found = (each for each in _NO_NUMBER.finditer(text) if each[1])
        return None, [
            Finding(
                "json-syntax", f"not JSON: {each[1]} is no number", places.position(each.start())
            )
            for each in islice(found, MAX_PROBLEMS)
        ]
    return tree, []


def _body(record: Record) -> bytes:
    """One record as JSON, defaults left out, unknown fields back where they stood."""
    body = record.__pydantic_serializer__.to_json(record, exclude_defaults=True, by_alias=True)
    if b'"unknown:' not in body:
        return body
    plain = restore_unknown(record.model_dump(mode="json", exclude_defaults=True))
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def write(file: File) -> Iterator[bytes]:
    """The file as canonical JSON: compact, fields in the record's order, defaults left out, one
    line; a record at a time.
    """
    yield b'{"wsis_model":"1"'
    for name in (kind.field for kind in TOP_KINDS):
        records: tuple[Record, ...] = getattr(file, name)
        for index, record in enumerate(records):
            yield b"," if index else f',"{name}":['.encode()
            yield _body(record)
        if records:
            yield b"]"
    rest = _body(File(extensions=file.extensions))
    yield (b"," + rest[1:] if rest != b"{}" else b"}") + b"\n"
