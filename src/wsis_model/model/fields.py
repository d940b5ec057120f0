"""The fields of a record class, worked out once from its annotations, for code that treats all
records alike.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import types
import typing
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

import attrs

from .record import Extensions, FrozenMap, Record, Refers, field_docs

__all__ = ["Field", "example_text", "explain", "field_at", "record_at", "shape_of", "with_examples"]

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
    examples: tuple[Any, ...] = ()
    """Values that it may have, as JSON data."""
    pattern: str | None = None
    """The pattern that its texts fit, which tells an address or a partial date from other texts."""


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
        examples = tuple(info.examples or ())
        pattern = next((p for each in metadata if (p := getattr(each, "pattern", None))), None)
        found.append(Field(name, info.alias or name, what, of, refers, bare, examples, pattern))
    return (
        *(f for f in found if f.what != "extensions"),
        *(f for f in found if f.what == "extensions"),
    )


_CLAUSE_END = re.compile(r";|\.(?=\s|$)")


EXAMPLE = "e.g."
"""What stands before examples."""


def with_examples(text: str, examples: Iterable[str], mark: str = EXAMPLE) -> str:
    """A text with examples where its first clause ends.

    Examples:
        >>> with_examples("Which version; a name, never a number.", ["`0.2`"])
        'Which version, e.g. `0.2`; a name, never a number.'
    """
    listed = ", ".join(examples)
    end = _CLAUSE_END.search(text)
    at = end.start() if end else len(text)
    return f"{text[:at]}, {mark} {listed}{text[at:]}" if listed else text


def example_text(field: Field | None, example: Any) -> str:
    """An example as it stands in a file, between the signs of code."""
    is_day = field is not None and field.type is datetime.date
    return f"`{example if is_day else json.dumps(example, ensure_ascii=False)}`"


def explain(record: type[Record], said: Callable[[str], str] = str) -> dict[str, str]:
    """What each field of a record class is for, with examples, by its name in Python. *said* puts
    a text into another language.

    Examples:
        >>> from wsis_model import Evidence
        >>> explain(Evidence)["date"]
        'The date of the source, e.g. `2025-11-17`.'
    """
    docs = field_docs(record)
    return {
        field.name: with_examples(
            said(docs.get(field.name, "")),
            (example_text(field, each) for each in field.examples),
            said(EXAMPLE),
        )
        for field in shape_of(record)
    }


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
    fields = () if holder is None else shape_of(holder)
    return next((field for field in fields if field.key == steps[-1]), None)


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
