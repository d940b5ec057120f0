"""A corpus as a SQLite database, with full-text search. Needs nothing that does not come with
Python.

[`save`][wsis_model.interop.sqlite.save] writes a table for each kind of record that may have an
identifier, as [`relational`][wsis_model.relational.to_parquet] does for Parquet, and any program
that opens SQLite reads it, Datasette among them:

| table | what it holds |
|---|---|
| `provisions`, `mandates` ... | a row for each record, with what holds it and its place there |
| `names` | identifier, kind and title of each record, and of each that one names |
| `references` | a row for each place where a record names another; quote the name, a word of SQL |
| `identifiers` | what holds each record, at which path and depth |
| `translations` | labels and texts, by record, field and language |
| `search` | the full-text index |
| `about` | the version of the layout, and what third parties added to the data set as a whole |

A record that stands in a field is spread over columns (`due_date`, `source_title`); lists of values
and of parts without an identifier are JSON text; a text in several languages stands in English, or
where there is none, in the first that there is. A column that names a record is a foreign key to
`names`, so that `PRAGMA foreign_key_check` lists the references that lead nowhere.

Views: `mandates_and_addressees`, a row for each mandate and each that it addresses;
`activities_and_answers`, a row for each activity and each provision or mandate that it answers;
`records_and_concepts`, a row for each record and each concept that it is aligned with.

**Kept**: every field of every record with an identifier, and of updates without one.

**Lost**: the database is not read back. Amounts are text, since SQLite's numbers would lose digits
of long ones: `CAST(... AS REAL)` computes with them. The places in files that records were read
from.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import attrs

from ..corpus import Corpus
from ..errors import DuplicateIdentifier, LoadError, excerpt
from ..flat import DERIVED, FORMAT, OWN_COLUMNS, Extra, Flattener, Rows, fields_of, json_of, misfits
from ..formats._files import stream_of, write_whole
from ..model import Extensions, Record, Translations
from ..model.fields import Field, shape_of
from ..model.kinds import KIND_OF, KINDS, Kind
from ..model.record import field_docs, identified, identifier_of
from ._full_text import Hit, NoFullText, add_index, index, search, title_of

__all__ = ["APPLICATION_ID", "Hit", "NoFullText", "index", "save", "search"]

APPLICATION_ID = int.from_bytes(b"WSIS")
"""What the header of each database says of the program that wrote it, at byte 68."""
_HEAD, _ID_AT = b"SQLite format 3\0", 68
_BLOCK = 2**20
#: Types of columns; any other type of value is text.
_TYPES: dict[Any, str] = {bool: "INTEGER", int: "INTEGER", float: "REAL"}
_REFERS = "REFERENCES names(id)"
#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
_LIST: Any = tuple


# --- columns --------------------------------------------------------------------------------------


@attrs.frozen
class _Column:
    """A column of the table of a kind."""

    name: str
    type: str
    constraint: str
    description: str
    value: Callable[[Record], Any]
    """Gives what stands in it."""


def _quoted(name: str) -> str:
    return f'"{name}"'


def _columns_of(
    record: type[Record], fields: Iterable[Field], path: tuple[str, ...] = (), prefix: str = ""
) -> Iterator[_Column]:
    """The columns of a class; a record in a field takes one for each field of its own."""
    docs = field_docs(record)
    for field in fields:
        here, name = (*path, field.name), f"{prefix}{field.key}"
        if field.what == "record" and field.record is not None:
            yield from _columns_of(field.record, shape_of(field.record), here, f"{name}_")
            continue
        one = field.what == "value"
        names = one and field.refers is not None
        yield _Column(
            name,
            _TYPES.get(field.type, "TEXT") if one else "TEXT",
            _REFERS if names else "",
            docs.get(field.name, ""),
            functools.partial(_value_at, here),
        )


def _value_at(path: Sequence[str], record: Record) -> Any:
    value: Any = record
    for name in path:
        value = getattr(value, name)
        if value is None:
            return None
    return _cell(value)


def _cell(value: Any) -> Any:
    """A value as SQLite stores it; what is empty is null."""
    if isinstance(value, _LIST):
        return json_of([_json_value(each) for each in value]) if value else None
    match value:
        case Translations():
            return str(value) or None
        case Extensions():
            return json_of(value) if value else None
        case Enum():
            return value.value
        case Decimal():
            return f"{value:f}"
        case datetime.date():
            return value.isoformat()
        case _:
            return value


def _json_value(value: Any) -> Any:
    return value.to_dict() if isinstance(value, Record) else _cell(value)


@functools.cache
def _columns(kind: Kind) -> tuple[_Column, ...]:
    """The columns of the table of a kind, without those that say what holds the record."""
    identifier, *fields = _columns_of(kind.record, fields_of(kind.record))
    # Only updates may have none; SQLite lets a primary key be null.
    key = f"PRIMARY KEY {'NOT NULL ' if identified(kind.record) else ''}{_REFERS}"
    return attrs.evolve(identifier, constraint=key), *fields


# --- what the database looks like -----------------------------------------------------------------

_NAMES = (
    Extra("id", str, "The identifier."),
    Extra("kind", str, "The kind of record, e.g. `provision`."),
    Extra("title", str, "What it is called; of a provision or mandate, how it is cited."),
)
_TRANSLATIONS = (
    Extra("record", str, "Identifier of the record."),
    Extra("field", str, "The field that holds the text, e.g. `title`."),
    Extra("language", str, "The language, by its tag (BCP 47), e.g. `fr`."),
    Extra("text", str, "The text."),
)
_ABOUT = (
    Extra("key", str, "What is told: `format`, or `extensions`, as JSON text."),
    Extra("value", str, "The value."),
)
#: What holds of columns that are no fields, by table and name.
_CONSTRAINTS: dict[tuple[str, str], str] = {
    ("names", "id"): "PRIMARY KEY NOT NULL",
    ("about", "key"): "PRIMARY KEY NOT NULL",
    ("references", "n"): "PRIMARY KEY NOT NULL",
    ("references", "source"): f"NOT NULL {_REFERS}",
    ("references", "target"): f"NOT NULL {_REFERS}",
    ("references", "top"): f"NOT NULL {_REFERS}",
    ("identifiers", "n"): "PRIMARY KEY NOT NULL",
    ("identifiers", "id"): f"NOT NULL UNIQUE {_REFERS}",
    ("identifiers", "belongs_to"): _REFERS,
    ("identifiers", "holder"): "REFERENCES identifiers(n)",
    ("identifiers", "top"): f"NOT NULL {_REFERS}",
    ("translations", "record"): f"NOT NULL {_REFERS}",
}
_INDEXES = (("references", "source"), ("references", "target"), ("translations", "record"))
_VIEWS = {
    "mandates_and_addressees": """
SELECT m.id AS mandate, m.belongs_to AS provision, m.kind AS kind, verb.title AS verb,
  m.action AS action, r.target AS addressee, who.title AS addressee_title,
  m.due_date AS due_date, m.due_session AS due_session, what.title AS deliverable
FROM mandates AS m
LEFT JOIN "references" AS r ON r.source = m.id AND r.field LIKE 'addressees[%'
LEFT JOIN names AS who ON who.id = r.target
LEFT JOIN names AS verb ON verb.id = m.verb
LEFT JOIN names AS what ON what.id = m.deliverable
ORDER BY m.rowid, r.n""",
    "activities_and_answers": """
SELECT a.id AS activity, a.belongs_to AS roadmap, a.title AS title, a.status AS status,
  a.lead AS lead, lead.title AS lead_title, a.co_leads AS co_leads, r.target AS answers,
  what.title AS answers_title, coalesce(m.action, p.summary) AS asked
FROM activities AS a
LEFT JOIN "references" AS r ON r.source = a.id AND r.field LIKE 'answers[%'
LEFT JOIN names AS what ON what.id = r.target
LEFT JOIN names AS lead ON lead.id = a.lead
LEFT JOIN mandates AS m ON m.id = r.target
LEFT JOIN provisions AS p ON p.id = r.target
ORDER BY a.rowid, r.n""",
    "records_and_concepts": """
SELECT r.source AS record, of.kind AS kind, of.title AS title, r.target AS concept,
  what.title AS concept_title, r.field AS field
FROM "references" AS r
JOIN names AS of ON of.id = r.source
LEFT JOIN names AS what ON what.id = r.target
WHERE r.field LIKE 'alignments[%].concept'
ORDER BY r.n""",
}


def _schema() -> Iterator[str]:
    """The statements that make the tables, views and indexes."""
    yield _table("names", _extras("names", _NAMES))
    for kind in KINDS:
        identifier, *fields = _columns(kind)
        own = list(_extras(kind.field, OWN_COLUMNS))
        if kind.inside is not None:
            (holder,) = (each.field for each in KINDS if each.record is kind.inside)
            own[0] = attrs.evolve(own[0], constraint=f"NOT NULL REFERENCES {_quoted(holder)}(id)")
        yield _table(kind.field, (identifier, *own, *fields))
    for name, columns in DERIVED.items():
        yield _table(name, _extras(name, columns))
    yield _table("translations", _extras("translations", _TRANSLATIONS))
    yield _table("about", _extras("about", _ABOUT))
    for table, column in _INDEXES:
        yield f"CREATE INDEX {_quoted(f'{table}_by_{column}')} ON {_quoted(table)}({column})"
    for name, query in _VIEWS.items():
        yield f"CREATE VIEW {name} AS{query}"


def _extras(table: str, columns: Iterable[Extra]) -> Iterator[_Column]:
    for each in columns:
        kind = "INTEGER" if each.type is int else "TEXT"
        constraint = _CONSTRAINTS.get((table, each.name), "")
        yield _Column(each.name, kind, constraint, each.description, str)


def _table(name: str, columns: Iterable[_Column]) -> str:
    """The statement that makes a table, with what each column is for: SQLite keeps comments."""
    lines = [
        (" ".join(filter(None, (_quoted(each.name), each.type, each.constraint))), each.description)
        for each in columns
    ]
    made = [
        f"  {text}{',' if number < len(lines) else ''} -- {' '.join(description.split())}"
        for number, (text, description) in enumerate(lines, 1)
    ]
    return "\n".join((f"CREATE TABLE {_quoted(name)} (", *made, ")"))


# --- rows -----------------------------------------------------------------------------------------


def save(corpus: Corpus, path: str | os.PathLike[str], *, context: Corpus | None = None) -> None:
    """Write a corpus to a database.

    It is written beside its place and moved there when whole. A database that this function wrote
    before is replaced; any other file is not. The same corpus gives the same bytes with the same
    version of SQLite. Where SQLite was built without FTS5, the database has no table `search`.

    Args:
        corpus: What to write.
        path: The file.
        context: Where the names of what the records refer to are looked up; without it, among
            themselves.

    Raises:
        DuplicateIdentifier: Two records claim one identifier.
        LoadError: A whole number does not fit into 64 bits. Nothing is written.
        ValueError: The file is there and no database of ours, or another program has it open.
        OSError: The place cannot be written to.

    Examples:
        >>> import sqlite3, tempfile
        >>> from wsis_model import catalogue
        >>> path = f"{tempfile.mkdtemp()}/outcome.sqlite"
        >>> save(catalogue(), path)
        >>> query = "SELECT addressee_title FROM mandates_and_addressees WHERE mandate = ?"
        >>> with closing(sqlite3.connect(path)) as connection:
        ...     connection.execute(query, ["80-173/99.2"]).fetchall()
        [('Department of Economic and Social Affairs (DESA)',)]
        >>> search(path, "splinternet", kinds=["provision"], limit=1)[0].title
        'Global Digital Compact, para. 26'
    """
    target = Path(path)
    _refuse_others(target)
    with tempfile.TemporaryDirectory(prefix="wsis_model-") as folder:
        made = Path(folder, "database")
        with closing(sqlite3.connect(made)) as connection:
            _fill(connection, corpus, corpus if context is None else context)
        with made.open("rb") as stream:
            write_whole(target, iter(functools.partial(stream.read, _BLOCK), b""))


def _refuse_others(target: Path) -> None:
    """Refuse a file that is not ours to replace."""
    if stream_of(target) is not None or not target.is_file():
        return  # what is there and no file is refused when it is written to
    with target.open("rb") as stream:
        head = stream.read(_ID_AT + 4)
    if head and not (head.startswith(_HEAD) and head[_ID_AT:] == APPLICATION_ID.to_bytes(4)):
        msg = f"{excerpt(target.name)} is no database that we wrote: write to another file"
        raise ValueError(msg)
    # What another program has not written into the old database yet would be taken for part of the
    # new one.
    for suffix in ("-wal", "-journal"):
        if target.with_name(target.name + suffix).exists():
            msg = f"{excerpt(target.name)} is being written by another program: close it there"
            raise ValueError(msg)


def _fill(connection: sqlite3.Connection, corpus: Corpus, context: Corpus) -> None:
    connection.execute("PRAGMA journal_mode = OFF")  # nobody else sees it before it is whole
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    for statement in _schema():
        connection.execute(statement)
    flattener = Flattener()
    for record in corpus.top:
        flattener.add(record)
    taken = flattener.take()
    kinds = _kinds_by_identifier((each[1], each[2]) for each in taken.identifiers)
    references = list(zip(*taken.references, strict=True))
    _insert(connection, "names", _names(kinds, (each[3] for each in references), corpus, context))
    for kind in KINDS:
        if kind.field in taken.rows:
            _insert_records(connection, kind, taken.rows[kind.field])
    _insert(connection, "references", references)
    _insert(connection, "identifiers", taken.identifiers)
    about = {"format": FORMAT}
    if corpus.extensions:
        about["extensions"] = json_of(corpus.extensions)
    _insert(connection, "about", about.items())
    add_index(connection, corpus, context)
    connection.commit()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    found = iter(rows)
    first = next(found, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        statement = f"INSERT INTO {_quoted(table)} VALUES ({marks})"  # noqa: S608 - our own names
        connection.executemany(statement, itertools.chain((first,), found))


def _kinds_by_identifier(identified: Iterable[tuple[str, str]]) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for identifier, kind in identified:
        if identifier in kinds:
            raise DuplicateIdentifier(identifier, (kinds[identifier], kind))
        kinds[identifier] = kind
    return kinds


def _names(
    kinds: dict[str, str], targets: Iterable[str], corpus: Corpus, context: Corpus
) -> Iterator[tuple[str, str, str]]:
    """A row of `names` for each record, and for each that one refers to and *context* has."""
    for identifier, kind in kinds.items():
        yield identifier, kind, title_of(corpus[identifier])
    for target in dict.fromkeys(targets):
        other = context.get(target)
        if target not in kinds and other is not None:
            yield target, KIND_OF[type(other)], title_of(other)


def _insert_records(connection: sqlite3.Connection, kind: Kind, rows: Rows) -> None:
    identifier, *columns = [column.value for column in _columns(kind)]
    cells = (
        (identifier(record), holder, position, *(value(record) for value in columns))
        for record, holder, position in zip(
            rows.records, rows.belongs_to, rows.positions, strict=True
        )
    )
    try:
        _insert(connection, kind.field, cells)
    except OverflowError:
        raise LoadError(tuple(misfits(rows.records, _bound))) from None
    _insert(connection, "translations", _translations(kind, rows.records))


def _bound(value: object) -> str:
    """What fits into a column, if a value does not."""
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return "whole numbers of at most 64 bits"
    return ""


def _translations(kind: Kind, records: Iterable[Record]) -> Iterator[tuple[str, str, str, str]]:
    fields = [each for each in fields_of(kind.record) if each.what == "translations"]
    for record in records if fields else ():
        name = identifier_of(record)
        for field in fields:
            for language, text in getattr(record, field.name).items():
                yield name, field.key, language, text
