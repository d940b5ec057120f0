"""NDJSON: one record a line, so that a million provisions can be read without holding the file.

Each line is an object with `record` (what kind of record it is) and the record's fields. A
document's provisions and a vocabulary's concepts follow on lines of their own, in order, and find
their document or vocabulary by identifier; the lines may stand in any order. Where an identifier
does not lead to what holds the record, all members stay in the line of what holds them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from ..errors import Finding, Position, excerpt
from ..model import File, Record, kinds
from ..model.concepts import Concept, Vocabulary
from ..model.documents import Document, Provision
from ..model.identifiers import owner_of
from ..positions import Path
from ._problems import near, shown
from ._text import HINTED, MOST, Plain, decode, restore_unknown
from .json import Scanned, read_text

__all__ = ["KINDS", "lines_of", "parse", "write"]

#: The members that have a line of their own, and the list of their owner; other kinds are at the
#: top.
_MEMBERS = {"provision": "provisions", "concept": "concepts"}
_TOP = {kind.record: kind.listed for kind in kinds.TOP}
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
    line: Scanned | None = None
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

    def _scanned(self, line: tuple[int, str]) -> Scanned:
        number, text = line
        if self.line is None or self.line.line != number:
            self.line = Scanned(self.file, text, number)
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
        if len(problems) >= MOST:
            break
        line = Scanned(file, text, number)
        record: Plain
        record, wrong = read_text(line, above=2)
        problems += wrong or line.doubled()
        if wrong:
            continue
        if not isinstance(record, dict):
            problems.append(
                Finding(
                    "wrong-shape",
                    f"{shown(record)} stands where a mapping belongs",
                    Position(file, number, 1),
                )
            )
            continue
        kind = record.pop("record", None)
        if kind == "file":
            tree.update({key: value for key, value in record.items() if key not in GROUPS})
            places.head = (number, text)
            continue
        if not isinstance(kind, str) or kind not in KINDS:
            hint = near(str(kind), KINDS) or f"kinds are {', '.join(KINDS)}"
            at = line.find(("record",))
            problems.append(
                Finding(
                    "unknown-kind",
                    f"{shown(kind)} is not a kind of record"
                    if kind is not None
                    else "the line names no kind of record",
                    at,
                    "record",
                    hint,
                )
            )
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
        if len(problems) >= MOST:
            break
        group, field = KINDS[kind][1], _MEMBERS[kind]
        owner = owner_of(str(record.get("id", "")))
        if (group, owner) not in owners:
            message = f"{shown(record.get('id'))} belongs to {excerpt(owner)}, which the file does not hold"
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


def _apart(holder: Document | Vocabulary, members: Sequence[Provision | Concept]) -> bool:
    """Whether members find their holder from lines of their own: all of their identifiers lead to
    it.
    """
    return all(owner_of(member.id) == holder.id for member in members)


def lines_of(file: File) -> Iterator[tuple[str, Record]]:
    """The records of a file with their kinds, each document before its provisions, each vocabulary
    before its concepts.

    Provisions and concepts whose identifiers do not lead to what holds them stay in it.
    """
    for document in file.documents:
        yield "document", document
        if _apart(document, document.provisions):
            for provision in document.provisions:
                yield "provision", provision
    for vocabulary in file.vocabularies:
        yield "vocabulary", vocabulary
        if _apart(vocabulary, vocabulary.concepts):
            for concept in vocabulary.concepts:
                yield "concept", concept
    for kind, records in (
        ("group", file.groups),
        ("entity", file.entities),
        ("session", file.sessions),
        ("roadmap", file.roadmaps),
    ):
        for record in records:
            yield kind, record


def write(file: File) -> Iterator[bytes]:
    """The file as NDJSON, a line at a time. The first line gives the version of the format."""
    extensions = file.extensions
    head: dict[str, Any] = {"record": "file", "wsis_model": "1"}
    if extensions:
        head = restore_unknown({**head, "extensions": extensions})
    yield json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    for kind, record in lines_of(file):
        left_out = None
        if isinstance(record, Document) and _apart(record, record.provisions):
            left_out = {"provisions"}
        elif isinstance(record, Vocabulary) and _apart(record, record.concepts):
            left_out = {"concepts"}
        body = record.__pydantic_serializer__.to_json(
            record, exclude_defaults=True, by_alias=True, exclude=left_out
        )
        if b'"unknown:' in body:
            plain = restore_unknown(json.loads(body))
            body = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
        yield (
            b'{"record":"'
            + kind.encode()
            + b'"'
            + (b"," + body[1:] if body != b"{}" else b"}")
            + b"\n"
        )
