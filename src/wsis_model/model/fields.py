"""What fields a record has, worked out once from its annotations, for everything that treats all
records alike.
"""

from __future__ import annotations

import functools
import types
import typing
from typing import Annotated, Any, Literal

import attrs

from .record import Extensions, FrozenMap, Record, Refers

__all__ = ["Field", "field_at", "record_at", "shape_of"]

What = Literal["value", "values", "record", "records", "translations", "extensions"]


@attrs.frozen
class Field:
    """One field of a record: its names, what it holds, and what it refers to."""

    name: str
    """Name in Python, e.g. `"with_"`."""
    key: str
    """Name in files, e.g. `"with"`."""
    what: What
    """Whether it holds one value or many, one record or many, or a mapping."""
    record: type[Record] | None
    """The record class, for `record` and `records`."""
    refers: Refers | None
    """What its values name, if they are identifiers of others."""
    type: Any
    """The bare type of its values, e.g. `str`."""


def _unwrap(annotation: Any) -> tuple[Any, list[Any], bool]:
    """The bare type, its metadata, and whether it stands in a tuple; `None` as an alternative is
    dropped.
    """
    metadata: list[Any] = []
    many = False
    while True:
        origin = typing.get_origin(annotation)
        if origin is Annotated:
            metadata += annotation.__metadata__
            annotation = annotation.__origin__
        elif origin in (typing.Union, types.UnionType):
            (annotation,) = (each for each in typing.get_args(annotation) if each is not type(None))
        elif origin is tuple:
            many, annotation = True, typing.get_args(annotation)[0]
        else:
            return annotation, metadata, many


@functools.cache
def shape_of(record: type[Record]) -> tuple[Field, ...]:
    """The fields of a record class, in their order; `extensions` comes last.

    Examples:
        >>> from wsis_model import Mandate
        >>> [field.key for field in shape_of(Mandate)][:3]
        ['id', 'kind', 'verb']
    """
    found: list[Field] = []
    for name, info in record.model_fields.items():
        bare, metadata, many = _unwrap(info.annotation)
        metadata += info.metadata
        refers = next((each for each in metadata if isinstance(each, Refers)), None)
        what: What
        of: type[Record] | None = None
        if isinstance(bare, type) and issubclass(bare, Record):
            what, of = "records" if many else "record", bare
        elif isinstance(bare, type) and issubclass(bare, Extensions):
            what = "extensions"
        elif isinstance(bare, type) and issubclass(bare, FrozenMap):
            what = "translations"
        else:
            what = "values" if many else "value"
        found.append(Field(name, info.alias or name, what, of, refers, bare))
    return (
        *(f for f in found if f.what != "extensions"),
        *(f for f in found if f.what == "extensions"),
    )


def field_at(record: type[Record], path: tuple[str | int, ...]) -> Field | None:
    """The field at *path* below a record class, or None where the path leads to none.

    Examples:
        >>> from wsis_model import Roadmap
        >>> field = field_at(Roadmap, ("activities", 2, "lead"))
        >>> field.refers.kinds if field and field.refers else ()
        ('group', 'entity')
    """
    steps = [step for step in path if isinstance(step, str)]
    holder = record_at(record, tuple(steps[:-1])) if steps else None
    return (
        None
        if holder is None
        else next((field for field in shape_of(holder) if field.key == steps[-1]), None)
    )


def record_at(record: type[Record], path: tuple[str | int, ...]) -> type[Record] | None:
    """The record class that stands at *path* below *record*, or None where the path leads to
    something else.
    """
    here: type[Record] | None = record
    for step in path:
        if isinstance(step, int):
            continue
        if here is None:
            return None
        here = next((field.record for field in shape_of(here) if field.key == step), None)
    return here
