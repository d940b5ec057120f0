"""Records and texts in a corpus or a record, at any depth; no recursion, since data may be deep."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, TypeVar

from ..corpus import Corpus
from ..model import Record
from ..model.fields import Field, shape_of
from ..model.record import identifier_of
from ._rule import Path

__all__ = ["holdings", "parts", "texts"]

R = TypeVar("R", bound=Record)


@functools.cache
def _record_fields(record: type[Record]) -> tuple[Field, ...]:
    """The fields of a record class that hold records."""
    return tuple(field for field in shape_of(record) if field.record is not None)


@functools.cache
def _fields_leading_to(record: type[Record], wanted: type[Record]) -> tuple[Field, ...]:
    """The fields of a record class that lead to records of a wanted class, at any depth."""
    return tuple(
        f
        for f in _record_fields(record)
        if f.record is not None
        and (issubclass(f.record, wanted) or _fields_leading_to(f.record, wanted))
    )


def parts(corpus: Corpus, wanted: type[R]) -> Iterator[tuple[str, Path, R]]:
    """Every record of a class in a corpus, at any depth: the identifier of the nearest record that
    has one, the path below that, and the record.

    Examples:
        >>> from wsis_model import Due, Mandate, Provision, Document, Corpus
        >>> mandate = Mandate(
        ...     id="x-1/1.1", kind="call", verb="verbs/urge", action="Act", due=Due(date="2027")
        ... )
        >>> document = Document(
        ...     id="x-1",
        ...     title="X",
        ...     provisions=(Provision(id="x-1/1", number="1", mandates=(mandate,)),),
        ... )
        >>> [(name, path) for name, path, _ in parts(Corpus.of(document), Due)]
        [('x-1/1.1', ('due',))]
    """
    stack: list[tuple[str, Path, Record]] = [("", (), record) for record in corpus.top]
    while stack:
        name, path, record = stack.pop()
        if own := identifier_of(record):
            name, path = own, ()
        if isinstance(record, wanted):
            yield name, path, record
        for field in _fields_leading_to(type(record), wanted):
            value = getattr(record, field.name)
            if field.what == "records":
                stack.extend(
                    (name, (*path, field.key, index), member) for index, member in enumerate(value)
                )
            elif value is not None:
                stack.append((name, (*path, field.key), value))


@functools.cache
def _text_fields(record: type[Record]) -> tuple[Field, ...]:
    """The fields of a record class that hold texts, or records that hold some; not identifiers."""
    return tuple(
        field
        for field in shape_of(record)
        if field.what == "translations"
        or (field.type is str and field.refers is None and field.key != "id")
        or (field.record is not None and _text_fields(field.record))
    )


def texts(top: Record) -> Iterator[tuple[str, Path, str]]:
    """Every text in a record, at any depth: the identifier of the record that it stands in, the
    path below that, and the text.

    Examples:
        >>> from wsis_model import Roadmap
        >>> roadmap = Roadmap(
        ...     id="r",
        ...     title={"en": "A"},
        ...     owners=["itu"],
        ...     objectives=[{"id": "r/o1", "statement": "B"}],
        ... )
        >>> list(texts(roadmap))
        [('r', ('title', 'en'), 'A'), ('r/o1', ('statement', 'en'), 'B')]
    """
    stack: list[tuple[str, Path, Record]] = [("", (), top)]
    while stack:
        name, path, record = stack.pop()
        if own := identifier_of(record):
            name, path = own, ()
        for field in _text_fields(type(record)):
            value: Any = getattr(record, field.name)
            if not value:
                continue
            if field.what == "value":
                yield name, (*path, field.key), value
            elif field.what == "translations":
                for language, text in value.items():
                    yield name, (*path, field.key, language), text
            elif field.what == "record":
                stack.append((name, (*path, field.key), value))
            elif field.what == "records":
                for index, member in enumerate(value):
                    stack.append((name, (*path, field.key, index), member))
            else:
                for index, each in enumerate(value):
                    yield name, (*path, field.key, index), each


@functools.cache
def _member_fields(record: type[Record]) -> tuple[Field, ...]:
    """The fields of a record class that hold records with identifiers of their own."""
    return tuple(
        field
        for field in _record_fields(record)
        if field.record is not None and "id" in field.record.model_fields
    )


def holdings(record: Record) -> Iterator[tuple[Path, Record]]:
    """The records with identifiers directly inside a record, each with its path, e.g. the
    provisions of a document.
    """
    for field in _member_fields(type(record)):
        for index, member in enumerate(getattr(record, field.name)):
            if identifier_of(member):
                yield (field.key, index), member
