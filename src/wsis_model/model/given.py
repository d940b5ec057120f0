"""Counting the keys of the JSON that records were made of, with code generated once per class.

A key that stands twice in one object leaves no trace in the records. That there is none can be told
by counting: the text has as many keys as the records were made of.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .fields import shape_of
from .record import FrozenMap, Record

__all__ = ["keys_given"]

#: As `Any`, so that `isinstance` leaves what it looks at `Any`: that is what JSON data is.
_MAPPING: Any = FrozenMap
_LIST: Any = tuple
Counter = Callable[[Sequence[Record]], int]


@functools.cache
def _counter(record: type[Record]) -> Counter:
    """A function that counts the keys of some records of one class and of all that they hold."""
    lines = ["def count(records):", "  n = 0", *_loop(record, "records", 1), "  return n"]
    scope: dict[str, Any] = {"keys_of_json": _keys_of_json}
    exec("\n".join(lines), scope)  # noqa: S102 - made of our own field names
    made: Counter = scope["count"]
    return made


def _loop(record: type[Record], records: str, depth: int) -> Iterator[str]:
    """The loop over some records, with the loops over what they hold in it: a call for each of a
    million short lists would take longer than counting.
    """
    before, within, below = "  " * depth, "  " * (depth + 1), "  " * (depth + 2)
    one, given = f"r{depth}", f"g{depth}"
    yield f"{before}for {one} in {records}:"
    yield f"{within}{given} = {one}.__pydantic_fields_set__"
    yield f"{within}n += len({given})"
    for field in shape_of(record):
        if field.what in ("value", "values"):
            continue
        value = f"{one}.__dict__[{field.name!r}]"
        yield f"{within}if {field.name!r} in {given}:"
        if field.record is not None:
            if field.what == "record":
                value = f"({value},) if {value} is not None else ()"
            yield from _loop(field.record, value, depth + 2)
        elif field.what == "translations":
            yield f"{below}n += len({value})"
        else:
            yield f"{below}n += keys_of_json({value})"


def _keys_of_json(value: Any) -> int:
    """The keys of an extension's value, at all depths."""
    if isinstance(value, _MAPPING):
        return len(value) + sum(map(_keys_of_json, value.values()))
    return sum(map(_keys_of_json, value)) if isinstance(value, _LIST) else 0


def keys_given(record: type[Record], records: Sequence[Record]) -> int:
    """How many keys of JSON stand in *records*, all of one class, and in all that they hold: the
    fields that were given, the languages of texts, the keys of extensions.

    A text given as a plain string counts as one language, though it was given without a key.

    Examples:
        >>> from wsis_model import Concept
        >>> concept = Concept.model_validate_json('{"id":"themes/igf","label":{"en":"IGF"}}')
        >>> keys_given(Concept, [concept])
        3
    """
    return _counter(record)(records)
