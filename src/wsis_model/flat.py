"""Records laid flat: the tables that records make, and their rows, for whatever holds them: Arrow,
or a database.

There is a table for each kind of record that may have an identifier, named after the field that
holds such records; `references` and `identifiers` follow from them. Parts without an identifier of
their own stay in the row of their record.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NoReturn

import attrs

from .errors import Finding, LoadError, excerpt
from .formats._text import MAX_PROBLEMS
from .model import Record
from .model.fields import Field, shape_of
from .model.identifiers import owner_of
from .model.kinds import KINDS, LISTS, Kind
from .model.record import identifier_of
from .model.references import Found, find
from .positions import Path, path_text

__all__ = [
    "DERIVED",
    "FORMAT",
    "OWN_COLUMNS",
    "Extra",
    "Flattener",
    "Rows",
    "Taken",
    "fields_of",
    "json_of",
    "misfits",
]

FORMAT = "1"
"""Version of the format of the tables."""


@attrs.frozen
class Extra:
    """A column that is no field of a record."""

    name: str
    """Its name."""
    type: type[str] | type[int]
    """What it holds."""
    description: str
    """What it is for."""


#: What a table of a kind has besides the fields of its records.
OWN_COLUMNS: tuple[Extra, ...] = (
    Extra("belongs_to", str, "Identifier of the record that holds it; null at the top."),
    Extra("position", int, "Its place in the list that holds it, or in the data set, from 0."),
)
#: The tables that are worked out from the others.
DERIVED: dict[str, tuple[Extra, ...]] = {
    "references": (
        Extra("n", int, "The order in which the references are found, from 0."),
        Extra("source", str, "Identifier of the record that names."),
        Extra("field", str, "The field below it, e.g. `alignments[0].concept`."),
        Extra("target", str, "The identifier that is named."),
        Extra("kinds", str, "The kinds that may stand there, joined by `|`; empty for any."),
        Extra("top", str, "Identifier of the record at the top that holds the source."),
    ),
    "identifiers": (
        Extra("n", int, "The order of the walk, a holder before its members, from 0."),
        Extra("id", str, "The identifier."),
        Extra("kind", str, "The kind of record, e.g. `provision`."),
        Extra("belongs_to", str, "Identifier of the record that holds it; null at the top."),
        Extra("holder", int, "`n` of the record that holds it; null at the top."),
        Extra("field", str, "The path below the holder, e.g. `provisions[3]`; null at the top."),
        Extra("depth", int, "How many records hold it: 0 at the top."),
        Extra("top", str, "Identifier of the record at the top."),
    ),
}


@functools.cache
def fields_of(record: type[Record]) -> tuple[Field, ...]:
    """The fields of a class that are columns: without the lists that are tables of their own.

    Examples:
        >>> from wsis_model import Provision
        >>> names = [field.key for field in fields_of(Provision)]
        >>> names[:2], "alignments" in names, "mandates" in names
        (['id', 'number'], True, False)
    """
    apart = LISTS.get(record, ())
    return tuple(each for each in shape_of(record) if each.name not in apart)


BATCH = 20_000
"""So many rows of a table, roughly, are given at once."""
_KIND: dict[type[Record], Kind] = {kind.record: kind for kind in KINDS}
_MEMBERS: dict[type[Record], tuple[Kind, ...]] = {
    holder.record: tuple(kind for kind in KINDS if kind.inside is holder.record) for holder in KINDS
}
#: The classes whose members are found only in them: their identifiers do not always lead there.
_NESTED = frozenset(kind.record for kind in KINDS if kind.inside is not None)


@attrs.define
class Rows:
    """The records of one kind, each with what holds it and its place there."""

    records: list[Record] = attrs.Factory(list[Record])
    belongs_to: list[str | None] = attrs.Factory(list[str | None])
    positions: list[int] = attrs.Factory(list[int])


class _Texts(dict[Path, str]):
    """Paths to their texts, each made once: most stand in many records."""

    def __missing__(self, path: Path) -> str:
        self[path] = text = path_text(path)
        return text


_Identified = tuple[int, str, str, str | None, int | None, str | None, int, str]
"""A row of `identifiers`."""


@attrs.frozen
class Taken:
    """Rows of all tables."""

    rows: dict[str, Rows]
    """The records of each kind, by table."""
    references: tuple[Sequence[Any], ...]
    """The columns of `references`; none where there are no rows."""
    identifiers: list[_Identified]
    """The rows of `identifiers`."""


@attrs.define
class Flattener:
    """Takes records one by one, those at the top and members of them, and gives their rows, a batch
    at a time.
    """

    rows: defaultdict[str, Rows] = attrs.field(factory=lambda: defaultdict(Rows))
    identified: list[_Identified] = attrs.Factory(list[_Identified])
    found: list[Found] = attrs.Factory(list[Found])
    tops: list[str] = attrs.Factory(list[str])
    """The record at the top for each of `found`."""
    identifiers: int = 0
    references: int = 0
    """How many rows were made before."""
    texts: _Texts = attrs.Factory(_Texts)
    members: defaultdict[tuple[str, str], int] = attrs.field(factory=lambda: defaultdict(int))
    """How many members a record at the top has, by their field and its identifier; also how many
    records at the top there are of each kind."""
    numbers: dict[tuple[type[Record], str], int] = attrs.Factory(
        dict[tuple[type[Record], str], int]
    )
    """The rows in `identifiers` of the records at the top that may hold others."""
    waiting: dict[tuple[type[Record], str], list[_Identified]] = attrs.field(
        factory=dict[tuple[type[Record], str], list[_Identified]]
    )
    """Members that came before the record that holds them."""

    def add(self, record: Record) -> None:
        """Take a record at the top, or a member of one."""
        kind = _KIND.get(type(record))
        name = identifier_of(record)
        if kind is None or not name or kind.inside in _NESTED:
            _refuse(record)
        holder, number = kind.inside, self.identifiers
        self.identifiers += 1
        if holder is None:
            position = self._place(kind, "")
            self._row(kind, record, None, position)
            self.identified.append((number, name, kind.name, None, None, None, 0, name))
            if _MEMBERS[type(record)]:
                self._settle(type(record), name, number)
            for each in _MEMBERS[type(record)]:
                if count := len(getattr(record, each.field)):
                    self.members[each.field, name] += count
            self._nest(record, name, number, 1, name)
            top = name
        else:
            top = owner_of(name)
            position = self._place(kind, top)
            self._row(kind, record, top, position)
            of = self.numbers.get((holder, top))
            row = (number, name, kind.name, top, of, f"{kind.field}[{position}]", 1, top)
            if of is None:
                self.waiting.setdefault((holder, top), []).append(row)
            else:
                self.identified.append(row)
            self._nest(record, name, number, 2, top)
        find(record, self.found)
        self.tops += [top] * (len(self.found) - len(self.tops))

    def _place(self, kind: Kind, holder: str) -> int:
        place = self.members[kind.field, holder]
        self.members[kind.field, holder] = place + 1
        return place

    def _settle(self, of: type[Record], name: str, number: int) -> None:
        """Note a record that holds others; members that waited for it have it now."""
        self.numbers.setdefault((of, name), number)
        for row in self.waiting.pop((of, name), ()):
            self.identified.append((*row[:4], number, *row[5:]))

    def _row(self, kind: Kind, record: Record, belongs_to: str | None, position: int) -> None:
        rows = self.rows[kind.field]
        rows.records.append(record)
        rows.belongs_to.append(belongs_to)
        rows.positions.append(position)

    def _nest(self, record: Record, name: str, holder: int, depth: int, top: str) -> None:
        """Add the records in a record."""
        for kind in _MEMBERS[type(record)]:
            members: Sequence[Record] = getattr(record, kind.field)
            if not members:
                continue
            rows = self.rows[kind.field]
            rows.records += members
            rows.belongs_to += [name] * len(members)
            rows.positions += range(len(members))
            for place, member in enumerate(members):
                own: str | None = vars(member)["id"]
                if own:  # an update may have none
                    number = self.identifiers
                    self.identifiers += 1
                    field = f"{kind.field}[{place}]"
                    self.identified.append(
                        (number, own, kind.name, name, holder, field, depth, top)
                    )
                    if _MEMBERS[kind.record]:
                        self._nest(member, own, number, depth + 1, top)

    def fill(self, records: Iterator[Record]) -> bool:
        """Take records until there are enough for a batch; False if there are no more."""
        for record in records:
            self.add(record)
            if len(self.found) >= BATCH or len(self.identified) >= BATCH:
                return True
        return False

    def take(self) -> Taken:
        """The rows that wait; they do so no longer."""
        taken = Taken(dict(self.rows), self._references() if self.found else (), self.identified)
        self.rows.clear()
        self.identified, self.found, self.tops = [], [], []
        return taken

    def _references(self) -> tuple[Sequence[Any], ...]:
        first, self.references = self.references, self.references + len(self.found)
        sources, paths, targets, kinds = zip(*self.found, strict=True)
        return (
            range(first, self.references),
            sources,
            list(map(self.texts.__getitem__, paths)),
            targets,
            list(map("|".join, kinds)),
            self.tops,
        )

    def end(self) -> None:
        """There are no more records.

        Raises:
            LoadError: Members came without the record that holds them.
        """
        if self.waiting:
            raise LoadError(
                tuple(
                    _without_holder(rows[0], holder)
                    for (_, holder), rows in itertools.islice(self.waiting.items(), MAX_PROBLEMS)
                )
            )


def _refuse(record: Record) -> NoReturn:
    name = type(record).__name__
    msg = f"a {name} stands inside other records; give the record that holds it"
    raise TypeError(msg)


def _without_holder(row: _Identified, holder: str) -> Finding:
    message = f"{excerpt(row[1])} belongs to {excerpt(holder)}, which is not among the records"
    return Finding("no-owner", message, path=("id",), record=row[1], found=row[1], names=(holder,))


def json_of(value: object) -> str:
    """Extensions, or other JSON data, as the text that stands in a table."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def misfits(records: Iterable[Record], bound: Callable[[object], str]) -> Iterator[Finding]:
    """The values in some records that do not fit into a column.

    Args:
        records: The records.
        bound: Gives what fits, if a value does not; else an empty text.
    """
    for record in records:
        yield from itertools.islice(_misfits_in(record, bound, "", ()), MAX_PROBLEMS)


def _misfits_in(
    record: Record, bound: Callable[[object], str], name: str, path: Path
) -> Iterator[Finding]:
    if own := identifier_of(record):
        name, path = own, ()
    for field in fields_of(type(record)):
        value: Any = getattr(record, field.name)
        below: Path = (*path, field.key)
        if field.what == "records":
            for place, member in enumerate(value):
                yield from _misfits_in(member, bound, name, (*below, place))
        elif field.what == "record" and value is not None:
            yield from _misfits_in(value, bound, name, below)
        elif most := bound(value):
            message = f"{excerpt(str(value))} does not fit into a table, which takes {most}"
            yield Finding(
                "wrong-value", message, path=below, record=name, found=str(value), expected=most
            )
