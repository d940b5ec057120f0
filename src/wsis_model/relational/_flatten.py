"""Records as rows, and rows as Arrow arrays, column by column."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from decimal import Decimal
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, NoReturn

import attrs

from .._collector import paused_collector
from ..corpus import Corpus
from ..errors import Finding, LoadError, excerpt
from ..formats._text import MAX_PROBLEMS
from ..model import Record
from ..model.fields import Field
from ..model.identifiers import owner_of
from ..model.kinds import KINDS, Kind
from ..model.record import identifier_of
from ..model.references import Found, find
from ..positions import Path, path_text
from ._schemas import (
    DIGITS,
    EXTENDED,
    EXTENSIONS,
    PLACES,
    ArrowType,
    columns_of,
    pa,
    schemas,
    struct_of,
)

__all__ = ["ArrowTable", "batches", "tables"]

ArrowTable = Any
"""A `pyarrow.Table`."""
BATCH = 20_000
"""So many rows of a table, roughly, are made into arrays at once."""

_KIND: dict[type[Record], Kind] = {kind.record: kind for kind in KINDS}
_MEMBERS: dict[type[Record], tuple[Kind, ...]] = {
    holder.record: tuple(kind for kind in KINDS if kind.inside is holder.record) for holder in KINDS
}
#: The classes whose members are found only in them: their identifiers do not always lead there.
_NESTED = frozenset(kind.record for kind in KINDS if kind.inside is not None)
_fields_of: Callable[[Any], dict[str, Any]] = attrgetter("__dict__")


@attrs.define
class _Rows:
    """The records of one kind that are not in an array yet, each with what holds it."""

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


@attrs.define
class _Flattener:
    """Takes records one by one and gives their rows as tables, a batch at a time."""

    rows: defaultdict[str, _Rows] = attrs.field(factory=lambda: defaultdict(_Rows))
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

    def take(self) -> dict[str, ArrowTable]:
        """The rows that wait, as tables."""
        taken = {name: _table_of(name, rows) for name, rows in self.rows.items()}
        if self.found:
            taken["references"] = self._references()
        if self.identified:
            taken["identifiers"] = _from_lists(
                "identifiers", [list(column) for column in zip(*self.identified, strict=True)]
            )
        self.rows.clear()
        self.identified, self.found, self.tops = [], [], []
        return taken

    def _references(self) -> ArrowTable:
        first, self.references = self.references, self.references + len(self.found)
        sources, paths, targets, kinds = zip(*self.found, strict=True)
        return _from_lists(
            "references",
            [
                range(first, self.references),
                sources,
                list(map(self.texts.__getitem__, paths)),
                targets,
                list(map("|".join, kinds)),
                self.tops,
            ],
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


def _from_lists(name: str, columns: Sequence[Iterable[Any]]) -> ArrowTable:
    schema = schemas()[name]
    arrays = [pa.array(column, of) for column, of in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _table_of(name: str, rows: _Rows) -> ArrowTable:
    try:
        identifiers, *columns = _columns(type(rows.records[0]), rows.records)
    except (pa.ArrowInvalid, OverflowError):
        if problems := tuple(_misfits(rows.records)):
            raise LoadError(problems) from None
        raise
    own = (pa.array(rows.belongs_to, pa.string()), pa.array(rows.positions, pa.int32()))
    return pa.Table.from_arrays([identifiers, *own, *columns], schema=schemas()[name])


def _columns(record: type[Record], records: Iterable[Record]) -> list[Any]:
    """The arrays of the fields of some records of one class."""
    all_fields = list(map(_fields_of, records))
    return [
        _array(field, of, list(map(itemgetter(field.name), all_fields)))
        for field, of in columns_of(record)
    ]


def _array(field: Field, of: ArrowType, values: list[Any]) -> Any:
    """The array of the values of one field."""
    match field.what:
        case "value":
            return pa.array(values, of)
        case "values":
            items = pa.array(list(chain.from_iterable(values)), of.value_type)
            return pa.ListArray.from_arrays(_offsets(values), items, of)
        case "translations":
            keys = pa.array(list(chain.from_iterable(values)), of.key_type)
            texts = list(chain.from_iterable(map(dict[str, str].values, values)))
            return pa.MapArray.from_arrays(
                _offsets(values), keys, pa.array(texts, of.item_type), of
            )
        case "extensions":
            return pa.array([json_of(each) if each else None for each in values], of)
        case "records":
            items = _struct(field, list(chain.from_iterable(values)))
            return pa.ListArray.from_arrays(_offsets(values), items, of)
        case "record":
            there = [each for each in values if each is not None]
            if len(there) == len(values):
                return _struct(field, there)
            if not there:
                return pa.nulls(len(values), of)
            place = itertools.count()
            places = [None if each is None else next(place) for each in values]
            return _struct(field, there).take(pa.array(places, pa.int32()))


def _offsets(lists: Iterable[Sized]) -> Any:
    return pa.array(itertools.accumulate(map(len, lists), initial=0), pa.int32())


def _struct(field: Field, records: list[Record]) -> Any:
    assert field.record is not None
    columns = _columns(field.record, records)
    return pa.StructArray.from_arrays(columns, fields=struct_of(field.record))


def json_of(extensions: Mapping[str, Any]) -> str:
    """Extensions as the JSON text that stands in a table."""
    return json.dumps(extensions, ensure_ascii=False, separators=(",", ":"))


def _misfits(records: Iterable[Record]) -> Iterator[Finding]:
    """The numbers in some records that do not fit into a column."""
    for record in records:
        yield from itertools.islice(_misfits_in(record, "", ()), MAX_PROBLEMS)


def _misfits_in(record: Record, name: str, path: Path) -> Iterator[Finding]:
    if own := identifier_of(record):
        name, path = own, ()
    for field, _ in columns_of(type(record)):
        value: Any = getattr(record, field.name)
        below: Path = (*path, field.key)
        if field.what == "records":
            for place, member in enumerate(value):
                yield from _misfits_in(member, name, (*below, place))
        elif field.what == "record" and value is not None:
            yield from _misfits_in(value, name, below)
        elif most := _bound(value):
            message = f"{excerpt(str(value))} does not fit into a table, which takes {most}"
            yield Finding(
                "wrong-value", message, path=below, record=name, found=str(value), expected=most
            )


def _bound(value: object) -> str:
    """What fits into a column, if a value does not."""
    if isinstance(value, Decimal) and abs(value) >= 10 ** (DIGITS - PLACES):
        return f"at most {DIGITS - PLACES} digits before the point"
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return "whole numbers of at most 64 bits"
    return ""


def batches(source: Corpus | Iterable[Record]) -> Iterator[dict[str, ArrowTable]]:
    """The rows of all tables, a batch at a time.

    Raises:
        LoadError: A number does not fit into a column, or a member came without its holder.
        TypeError: A record is of a kind that is only nested in members.
    """
    flattener = _Flattener()
    records = iter(source.top if isinstance(source, Corpus) else source)
    more = True
    while more:
        with paused_collector():
            more = flattener.fill(records)
            batch = flattener.take()
        yield batch
    flattener.end()


def tables(source: Corpus | Iterable[Record]) -> dict[str, ArrowTable]:
    """All tables of a corpus, or of a stream of records, as `pyarrow.Table`, by name.

    Args:
        source: A corpus; or records: documents, vocabularies and so on, and after them, or among
            them, members that their record does not hold itself (as in NDJSON), which belong to the
            record that their identifier names.

    Raises:
        LoadError: A number does not fit into its column, or the record that a member belongs to is
            not there.
        TypeError: A record is of a kind that stands in members, such as a mandate.

    Examples:
        >>> from wsis_model import catalogue
        >>> made = tables(catalogue())
        >>> made["mandates"].num_rows == catalogue().counts()["mandate"]
        True
        >>> made["references"].select(["source", "field", "target"]).to_pylist()[0]
        {'source': '217-a-iii', 'field': 'body', 'target': 'general-assembly'}
    """
    parts: dict[str, list[ArrowTable]] = {name: [] for name in schemas()}
    with paused_collector():
        for batch in batches(source):
            for name, table in batch.items():
                parts[name].append(table)
    made: dict[str, ArrowTable] = {}
    for name, schema in schemas().items():
        made[name] = pa.concat_tables(parts[name]) if parts[name] else schema.empty_table()
    made[EXTENDED] = made[EXTENDED].replace_schema_metadata(extended_metadata(source))
    return made


def extended_metadata(source: object) -> dict[bytes, bytes]:
    """The metadata of the table that has, besides, the extensions of a corpus."""
    metadata: dict[bytes, bytes] = dict(schemas()[EXTENDED].metadata)
    if isinstance(source, Corpus) and source.extensions:
        metadata[EXTENSIONS.encode()] = json_of(source.extensions).encode()
    return metadata
