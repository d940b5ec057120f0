"""NDJSON: one record a line, so that a million provisions can be read without holding the file.

Each line is an object with `record` (what kind of record it is) and the record's fields. A
document's provisions and a vocabulary's concepts follow on lines of their own, in order, and find
their document or vocabulary by identifier; the lines may stand in any order. Where an identifier
does not lead to what holds the record, all members stay in the line of what holds them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs

from ..errors import Finding, Position, excerpt
from ..model import File, Record, kinds
from ..model.identifiers import owner_of
from ..positions import Path
from ._json_places import JsonPlaces
from ._problems import near, shown
from ._text import HINTED, MAX_PROBLEMS, Plain, decode, restore_unknown
from .json import doubled_problems, read_text

__all__ = ["KINDS", "lines_of", "parse", "write"]

#: By the kind of a record at the top: the kind of the members that have lines of their own, and
#: the list of them.
_MEMBER_OF = {"document": ("provision", "provisions"), "vocabulary": ("concept", "concepts")}
_MEMBERS = dict(_MEMBER_OF.values())
_TOP = {kind.record: kind.field for kind in kinds.TOP_KINDS}
#: What a line's `record` may say: the record class and the list of a file in which it, or its
#: owner, stands.
KINDS: dict[str, tuple[type[Record], str]] = {
    kind.name: (kind.record, _TOP[kind.inside or kind.record])
    for kind in kinds.KINDS
    if kind.inside is None or kind.name in _MEMBERS
}
GROUPS = frozenset(group for _, group in KINDS.values())


#: Number and text of a record's own line (under None), and of the lines of its members (under list
#: and index).
_Texts = dict[tuple[str, int] | None, tuple[int, str]]


@attrs.define(eq=False)
class _Lines:
    """Places in an NDJSON file: which line a record came from, then the place in that line."""

    file: str
    head: tuple[int, str] = (1, "")
    texts: dict[tuple[str, int], _Texts] = attrs.Factory(dict[tuple[str, int], _Texts])
    line: JsonPlaces | None = None
    """The line in which a place was sought last: a line may have many faults, and is walked over
    once."""

    def find(self, path: Path, *, key: bool = False) -> Position:
        if (
            len(path) < 2
            or not isinstance(path[0], str)
            or path[0] not in GROUPS
            or not isinstance(path[1], int)
        ):
            return self._scanned(self.head).find(path, key=key)
        lines = self.texts.get((path[0], path[1]), {})
        if (
            len(path) >= 4
            and isinstance(path[2], str)
            and isinstance(path[3], int)
            and (path[2], path[3]) in lines
        ):
            return self._scanned(lines[(path[2], path[3])]).find(path[4:], key=key)
        if None not in lines:
            return Position(self.file, 1, 1)
        return self._scanned(lines[None]).find(path[2:], key=key)

    def _scanned(self, line: tuple[int, str]) -> JsonPlaces:
        number, text = line
        if self.line is None or self.line.line != number:
            self.line = JsonPlaces(self.file, text, number)
        return self.line


def parse(data: bytes, file: str) -> tuple[Any, _Lines, list[Finding]]:
    """The plain data of an NDJSON file in the shape of a `File`, the places of its values, and what
    is wrong with its writing.
    """
    said, problems = decode(data, file)
    places = _Lines(file)
    if problems:
        return None, places, problems
    tree: dict[str, Any] = {}
    owners: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
    members: list[tuple[int, str, dict[str, Any], str]] = []
    for number, text in enumerate(said.split("\n"), 1):
        if not text.strip():
            continue
        if len(problems) >= MAX_PROBLEMS:
            break
        line = JsonPlaces(file, text, number)
        record: Plain
        record, wrong = read_text(line, above=2)
        problems += wrong or doubled_problems(line)
        if wrong:
            continue
        if not isinstance(record, dict):
            message = f"{shown(record)} stands where a mapping belongs"
            problems.append(Finding("wrong-shape", message, Position(file, number, 1)))
            continue
        kind = record.pop("record", None)
        if kind == "file":
            tree.update({key: value for key, value in record.items() if key not in GROUPS})
            places.head = (number, text)
            continue
        if not isinstance(kind, str) or kind not in KINDS:
            hint = near(str(kind), KINDS) or f"kinds are {', '.join(KINDS)}"
            named = f"{shown(kind)} is not a" if kind is not None else "the line names no"
            place = line.find(("record",))
            message = f"{named} kind of record"
            problems.append(Finding("unknown-kind", message, place, "record", hint))
            continue
        if kind in _MEMBERS:
            members.append((number, kind, record, text))
            continue
        group = KINDS[kind][1]
        index = len(tree.setdefault(group, []))
        tree[group].append(record)
        places.texts[(group, index)] = {None: (number, text)}
        owners.setdefault((group, str(record.get("id"))), (index, record))
    missed: set[str] = set()
    for number, kind, record, text in members:
        if len(problems) >= MAX_PROBLEMS:
            break
        group, field = KINDS[kind][1], _MEMBERS[kind]
        owner = owner_of(str(record.get("id", "")))
        if (group, owner) not in owners:
            belongs = f"{shown(record.get('id'))} belongs to {excerpt(owner)}"
            message = f"{belongs}, which the file does not hold"
            hint = ""
            if len(missed) < HINTED:
                missed.add(owner)
                hint = near(owner, [each for kind_, each in owners if kind_ == group])
            problems.append(Finding("no-owner", message, Position(file, number, 1), "id", hint))
            continue
        index, holder = owners[(group, owner)]
        listed: Plain = holder.setdefault(field, [])
        if isinstance(listed, list):
            places.texts[(group, index)][(field, len(listed))] = (number, text)
            listed.append(record)
    return tree, places, problems


def lines_of(file: File) -> Iterator[tuple[str, Record, str | None]]:
    """The records of a file, a line each: the kind, the record, and the list that the line leaves
    out, since its members follow on lines of their own.

    Provisions and concepts whose identifiers do not lead to the record that holds them stay in it.
    """
    for kind in kinds.TOP_KINDS:
        member, field = _MEMBER_OF.get(kind.name, ("", ""))
        for record in getattr(file, kind.field):
            members = getattr(record, field) if field else ()
            own_lines = all(owner_of(each.id) == record.id for each in members)
            yield kind.name, record, field if field and own_lines else None
            if own_lines:
                yield from ((member, each, None) for each in members)


def write(file: File) -> Iterator[bytes]:
    """The file as NDJSON, a line at a time. The first line gives the version of the format."""
    extensions = file.extensions
    head: dict[str, Any] = {"record": "file", "wsis_model": "1"}
    if extensions:
        head = restore_unknown({**head, "extensions": extensions})
    yield json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    for kind, record, left_out in lines_of(file):
        body = record.__pydantic_serializer__.to_json(
            record,
            exclude_defaults=True,
            by_alias=True,
            exclude=None if left_out is None else {left_out},
        )
        if b'"unknown:' in body:
            plain = restore_unknown(json.loads(body))
            body = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
        fields = b"," + body[1:] if body != b"{}" else b"}"
        yield b'{"record":"' + kind.encode() + b'"' + fields + b"\n"
