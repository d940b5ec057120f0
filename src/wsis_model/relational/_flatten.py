"""Records as rows, and rows as Arrow arrays, column by column."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from decimal import Decimal
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from .._collector import paused_collector
from ..corpus import Corpus
from ..errors import LoadError
from ..flat import Flattener, Rows, Taken, json_of, misfits
from ..model import Record
from ..model.fields import Field
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
_fields_of: Callable[[Any], dict[str, Any]] = attrgetter("__dict__")


def _tables_of(taken: Taken) -> dict[str, ArrowTable]:
    """Rows as tables."""
    made = {name: _table_of(name, rows) for name, rows in taken.rows.items()}
    if taken.references:
        made["references"] = _from_lists("references", taken.references)
    if taken.identifiers:
        columns = [list(column) for column in zip(*taken.identifiers, strict=True)]
        made["identifiers"] = _from_lists("identifiers", columns)
    return made


def _from_lists(name: str, columns: Sequence[Iterable[Any]]) -> ArrowTable:
    schema = schemas()[name]
    arrays = [pa.array(column, of) for column, of in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _table_of(name: str, rows: Rows) -> ArrowTable:
    try:
        identifiers, *columns = _columns(type(rows.records[0]), rows.records)
    except (pa.ArrowInvalid, OverflowError):
        if problems := tuple(misfits(rows.records, _bound)):
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
    flattener = Flattener()
    records = iter(source.top if isinstance(source, Corpus) else source)
    more = True
    while more:
        with paused_collector():
            more = flattener.fill(records)
            batch = _tables_of(flattener.take())
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
