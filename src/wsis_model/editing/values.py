"""The slots of a file, and values as plain data."""

from __future__ import annotations

import datetime
import functools
import io
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

import attrs

from ..errors import (
    excerpt,
)
from ..formats._text import restore_unknown
from ..formats.yaml import Dumper, typed_scalar
from ..model import File, Record
from ..model.fields import Field, shape_of
from ..positions import Path

__all__ = [
    "BOTH",
    "DICT",
    "FILE",
    "LIST",
    "FREE",
    "VALUE",
    "FieldPath",
    "Slot",
    "as_read",
    "changed",
    "plain",
    "same",
    "steps_of",
]

FieldPath = str | int | Sequence[str | int]
"""A field below a record: `"status"`, `"due.date"`, `"milestones[0].status"`, or its steps."""

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(-?[0-9]+)\]")

#: Typed `Any`, so that `isinstance` does not narrow the value.
_MAPPING: Any = Mapping
DICT: Any = dict
LIST: Any = list
BOTH: Any = (dict, list)

_LISTS: Any = (list, tuple)

#: Gives the text of a single value; nothing is written through it.
REPRESENTER: Any = Dumper(io.StringIO(), sort_keys=False)


@attrs.frozen
class Slot:
    """What a place in a file holds."""

    what: Literal["value", "values", "record", "records", "translations", "free"]
    record: type[Record] | None = None
    typed: bool = False
    """Whether values are read as in JSON, because they are in `extensions`."""

    @classmethod
    def of(cls, field: Field) -> Slot:
        """The slot of a field."""
        if field.what == "extensions":
            return cls("free", typed=True)
        return cls(field.what, field.record)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields of its record, in order, by their names in files."""
        return _fields_of(self.record) if self.record and self.what == "record" else {}

    @property
    def takes_items(self) -> bool:
        """Whether it holds a list."""
        return self.what in ("values", "records", "free")

    def key(self, step: str) -> str:
        """The name of a field in files, given this name or that in Python (`with_`)."""
        if step in self.fields:
            return step
        return next((key for key, each in self.fields.items() if each.name == step), step)


VALUE = Slot("value")

FREE = Slot("free")

FILE = Slot("record", File)


@functools.cache
def _fields_of(record: type[Record]) -> dict[str, Field]:
    return {field.key: field for field in shape_of(record)}


def steps_of(path: FieldPath) -> Path:
    """The steps of a path.

    Raises:
        ValueError: It is not a path.
    """
    if isinstance(path, int):
        return (path,)
    if not isinstance(path, str):
        return tuple(path)
    found = [(int(index) if index else name) for name, index in _STEP.findall(path)]
    if "".join(match[0] for match in _STEP.finditer(path)) != path:
        msg = (
            f"{excerpt(path)} is not the path of a field; write for example 'due.date', "
            "or its steps: ('milestones', 0, 'status')"
        )
        raise ValueError(msg)
    return tuple(found)


def plain(value: Any) -> Any:
    """A value as lists, mappings and single values that YAML can write.

    Raises:
        TypeError: A file cannot hold it, or a part of it.
    """
    if isinstance(value, File):
        msg = "a whole file does not stand inside a file; give its records"
        raise TypeError(msg)
    if isinstance(value, Record):
        data = restore_unknown(value.model_dump(mode="python", exclude_defaults=True))
        return plain(_without_language(data, type(value)))
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, _MAPPING):
        for key in value:
            if not isinstance(key, str):
                msg = f"keys are text, not {excerpt(key)}"
                raise TypeError(msg)
        return {key: plain(value[key]) for key in value}
    if isinstance(value, _LISTS):
        return [plain(each) for each in value]
    if isinstance(value, str):
        value.encode()  # so that half of a surrogate pair is a ValueError here, not when writing
        return str(value)
    for kind in (bool, int, float, Decimal):
        if isinstance(value, kind):
            return kind(value)
    if value is None or type(value) is datetime.date:
        return value
    msg = (
        "a file holds text, numbers, dates, lists, mappings and records, "
        f"not {type(value).__name__}"
    )
    raise TypeError(msg)


def _without_language(data: dict[str, Any], record: type[Record]) -> dict[str, Any]:
    """The data of a record, with English texts without their language."""
    made = dict(data)
    for key, field in _fields_of(record).items():
        value: Any = made.get(key)
        if field.what == "translations" and value and set(value) == {"en"}:
            made[key] = value["en"]
        elif field.record is not None and isinstance(value, _LISTS):
            made[key] = [_without_language(each, field.record) for each in value]
        elif field.record is not None and value is not None:
            made[key] = _without_language(value, field.record)
    return made


def as_read(data: Any, *, typed: bool) -> Any:
    """Plain data as it is read after writing."""
    if isinstance(data, _MAPPING):
        return {key: as_read(data[key], typed=typed or key == "extensions") for key in data}
    if isinstance(data, _LISTS):
        return [as_read(each, typed=typed) for each in data]
    if data is None or isinstance(data, str):
        return data
    text: str = REPRESENTER.represent_data(data).value
    return typed_scalar(text) if typed else text


def same(a: Any, b: Any) -> bool:
    """Whether plain data is equal, including types: `1`, `1.0` and `true` differ."""
    if type(a) is not type(b):
        return False
    if isinstance(a, _MAPPING):
        return len(a) == len(b) and all(key in b and same(a[key], b[key]) for key in a)
    if isinstance(a, _LISTS):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)


def changed(tree: Any, path: Path, change: Callable[[Any], None]) -> Any:
    """A copy of *tree* in which the mapping or list at *path* is changed; the rest is shared."""
    made = tree.copy()
    if path:
        made[path[0]] = changed(made[path[0]], path[1:], change)
    else:
        change(made)
    return made
