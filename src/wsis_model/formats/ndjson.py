"""NDJSON: one record a line, so that a million provisions can be read without holding the file.

Each line is an object with `record` (what kind of record it is) and the record's fields. A
document's provisions and a vocabulary's concepts follow on lines of their own, in order, and find
their document or vocabulary by identifier; the lines may stand in any order. Where an identifier
does not lead to what holds the record, all members stay in the line of what holds them.
"""

from __future__ import annotations

import functools
import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO, Any

import attrs
from pydantic import ValidationError

from ..errors import Finding, LoadError, Position, excerpt
from ..model import File, Record, kinds
from ..model.identifiers import owner_of
from ..model.kinds import BY_LIST
from ..model.record import identifier_of
from ..positions import Path
from ._json_places import JsonPlaces
from ._pieces import Piece, PlainPiece, lines
from ._problems import near, shown
from ._text import HINTED, MAX_PROBLEMS, Plain, decode, restore_unknown
from .json import dense, doubled_problems, read_record, read_text

__all__ = [
    "KINDS",
    "members_of",
    "no_owner",
    "parse",
    "pieces",
    "read_quick",
    "write",
    "write_stream",
]

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
_MEMBER = {kind.inside: kind for kind in kinds.KINDS if kind.inside and kind.name in _MEMBERS}
_BY_NAME = {
    kind.name.encode(): kind for kind in kinds.KINDS if kind.inside is None or kind.name in _MEMBERS
}
_HEAD = re.compile(rb'\{"record":"([a-z]+)"([,}])')
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


def no_owner(name: object, owner: str, place: Position, hint: str) -> Finding:
    """The problem of a line whose record belongs to one that the file does not hold."""
    message = f"{shown(name)} belongs to {excerpt(owner)}, which the file does not hold"
    return Finding("no-owner", message, place, "id", hint)


def _record_of(line: JsonPlaces) -> tuple[str | None, dict[str, Any], list[Finding]]:
    """What kind of record a line holds, with its fields, and what is wrong with its writing. The
    kind is None if nothing can be made of the line.
    """
    record: Plain
    record, problems = read_text(line, above=2)
    if problems:
        return None, {}, problems
    problems = doubled_problems(line)
    if not isinstance(record, dict):
        message = f"{shown(record)} stands where a mapping belongs"
        return (
            None,
            {},
            [*problems, Finding("wrong-shape", message, Position(line.file, line.line, 1))],
        )
    kind = record.pop("record", None)
    if kind == "file" or (isinstance(kind, str) and kind in KINDS):
        return kind, record, problems
    hint = near(str(kind), KINDS) or f"kinds are {', '.join(KINDS)}"
    named = f"{shown(kind)} is not a" if kind is not None else "the line names no"
    place = line.find(("record",))
    message = f"{named} kind of record"
    return None, {}, [*problems, Finding("unknown-kind", message, place, "record", hint)]


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
        kind, record, wrong = _record_of(JsonPlaces(file, text, number))
        problems += wrong
        if kind is None:
            continue
        if kind == "file":
            tree.update({key: value for key, value in record.items() if key not in GROUPS})
            places.head = (number, text)
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
            hint = ""
            if len(missed) < HINTED:
                missed.add(owner)
                hint = near(owner, [each for kind_, each in owners if kind_ == group])
            problems.append(no_owner(record.get("id"), owner, Position(file, number, 1), hint))
            continue
        index, holder = owners[(group, owner)]
        listed: Plain = holder.setdefault(field, [])
        if isinstance(listed, list):
            places.texts[(group, index)][(field, len(listed))] = (number, text)
            listed.append(record)
    return tree, places, problems


def pieces(stream: IO[bytes], file: str) -> Iterator[Piece]:
    """The records of a stream, a line each.

    Raises:
        LoadError: The stream cannot be read any further.
    """
    for number, line in lines(stream, file):
        if number == 1:
            line = line.removeprefix(BOM_UTF8)
        found = _HEAD.match(line)
        if found and (kind := _BY_NAME.get(found[1])):
            body = b"{" + line[found.end() :]
            parse = functools.partial(_plain, line, file, number)
            yield Piece(kind, parse, number, body if found[2] == b"," else None)
        elif line.strip():  # it is not written as we write it, or is the first of a file
            name, plain = _line(line, file, number)
            kind = _BY_NAME.get((name or "").encode())
            yield Piece(kind, functools.partial(_itself, plain), number)


def _itself(plain: PlainPiece) -> PlainPiece:
    return plain


def _plain(line: bytes, file: str, number: int) -> PlainPiece:
    return _line(line, file, number)[1]


def _line(line: bytes, file: str, number: int) -> tuple[str | None, PlainPiece]:
    """What kind of record a line holds, and the record as plain data."""
    text, problems = decode(line, file)
    scanned = JsonPlaces(file, text, number)
    if problems:
        place = attrs.evolve(problems[0].position, line=number)
        return None, (None, scanned, [attrs.evolve(problems[0], position=place)])
    kind, record, problems = _record_of(scanned)
    if kind == "file":
        record = {key: value for key, value in record.items() if key not in GROUPS}
    return kind, (None if kind is None else record, scanned, problems)


def read_quick(data: bytes) -> File | None:
    """The records of lines as we write them, each validated as it is; None if there is any problem,
    or a line is written otherwise: then the full path reports it, or reads it.
    """
    head: dict[str, Any] = {}
    members: dict[tuple[str, str], list[Record]] = {}
    records: dict[str, list[Record]] = {}
    try:
        for piece in pieces(io.BytesIO(data), ""):
            kind = piece.kind
            if kind is None:
                plain, _, problems = piece.parse()
                if problems:
                    return None
                head |= plain
                continue
            if piece.data is None or dense(piece.data):
                return None
            if (record := read_record(kind.record, piece.data)) is None:
                return None
            if kind.inside is None:
                records.setdefault(kind.field, []).append(record)
            else:
                owner = owner_of(identifier_of(record))
                members.setdefault((KINDS[kind.name][1], owner), []).append(record)
        for field, tops in records.items():
            member = _MEMBER_OF.get(BY_LIST[field], ("", ""))[1]
            for index, record in enumerate(tops) if member else ():
                if own := members.pop((field, identifier_of(record)), None):
                    joined = (*getattr(record, member), *own)
                    tops[index] = record.model_copy(update={member: joined})
        return None if members else File.model_validate({**head, **records})
    except (ValidationError, LoadError):
        return None


def members_of(record: Record) -> tuple[kinds.Kind, tuple[Record, ...]] | None:
    """The members of a record that have lines of their own, and their kind; None if it has none,
    or their identifiers do not lead to it.
    """
    if (kind := _MEMBER.get(type(record))) is None:
        return None
    members: tuple[Record, ...] = getattr(record, kind.field)
    name = identifier_of(record)
    led = all(owner_of(identifier_of(each)) == name for each in members)
    return (kind, members) if members and led else None


def write(file: File) -> Iterator[bytes]:
    """The file as NDJSON, a line at a time. The first line gives the version of the format."""
    lists = (getattr(file, kind.field) for kind in kinds.TOP_KINDS)
    yield from write_stream(chain.from_iterable(lists), file.extensions)


def write_stream(records: Iterable[Record], extensions: Mapping[str, Any]) -> Iterator[bytes]:
    """Records as NDJSON, a line at a time.

    Provisions and concepts whose identifiers do not lead to the record that holds them stay in it.

    Args:
        records: Records, with the members that they hold or members beside them.
        extensions: What stands in the first line. A stream that knows more of them after its last
            record has them in a last line too.

    Raises:
        TypeError: A record is of a kind that has no lines of its own.
    """
    records = iter(records)
    first = next(records, None)
    known = dict(extensions)
    yield _head(known)
    for record in () if first is None else chain((first,), records):
        name = kinds.KIND_OF.get(type(record), "")
        if name not in KINDS:
            of = type(record).__name__
            msg = f"a {of} stands inside other records; give the record that holds it"
            raise TypeError(msg)
        if (found := members_of(record)) is None:
            yield _written(name, record, None)
        else:
            member, members = found
            yield _written(name, record, member.field)
            for each in members:
                yield _written(member.name, each, None)
    if extensions != known:
        yield _head(extensions)


def _head(extensions: Mapping[str, Any]) -> bytes:
    head: dict[str, Any] = {"record": "file", "wsis_model": "1"}
    if extensions:
        head = restore_unknown({**head, "extensions": dict(extensions)})
    return json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _written(kind: str, record: Record, left_out: str | None) -> bytes:
    """The line of a record."""
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
    return b'{"record":"' + kind.encode() + b'"' + fields + b"\n"
