"""The values of a record with labels, to be shown in a terminal, a notebook or a page.

A writer gives the fields it knows a place of their own, and describes the others with this module,
so that a field that no writer knows is shown too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from decimal import Decimal
from enum import Enum
from typing import Any, cast

import attrs

from .fields import Field, shape_of
from .record import Record

__all__ = ["Detail", "describe", "in_words"]

#: Fields whose values need no label where a record is written on one line.
_PLAIN = (
    "certainty", "concept", "date", "event", "kind", "label", "name", "recurrence", "role",
    "session", "title", "url",
)  # fmt: skip


@attrs.frozen
class Detail:
    """One value of a record, with its label."""

    label: str
    """What it is, e.g. `"lead reason"`; of an extension, its key."""
    value: Any
    """The value."""
    field: Field
    """Its field."""

    def in_words(self, named: Callable[[str], str] = str) -> str:
        """The value on one line; *named* gives the names of identifiers."""
        if self.field.refers is not None:
            return "; ".join(
                map(named, (self.value,) if self.field.what == "value" else self.value)
            )
        if self.field.what == "extensions" and not isinstance(self.value, str):
            return json.dumps(self.value, ensure_ascii=False)
        return in_words(self.value, named)


def describe(record: Record, besides: Collection[str] = ()) -> tuple[Detail, ...]:
    """The values of a record, in the order of its fields; extensions come last, one by one.

    Args:
        record: The record.
        besides: Names of fields to leave out, since they are shown elsewhere.

    Examples:
        >>> from wsis_model import Activity
        >>> activity = Activity(
        ...     id="plan/a1", title="Map", lead_reason="it can", extensions={"x:risk": "low"}
        ... )
        >>> [(each.label, each.in_words()) for each in describe(activity, ("id", "title"))]
        [('lead reason', 'it can'), ('status', 'planned'), ('x:risk', 'low')]
    """
    found: list[Detail] = []
    for field in shape_of(type(record)):
        value = getattr(record, field.name)
        if field.name in besides or value is None or value == () or value == {}:
            continue
        if field.what == "extensions":
            found += (Detail(key.removeprefix("unknown:"), value[key], field) for key in value)
        else:
            found.append(Detail(field.key.replace("_", " "), value, field))
    return tuple(found)


def in_words(value: object, named: Callable[[str], str] = str) -> str:
    """A value on one line; *named* gives the names of identifiers in it.

    Examples:
        >>> from wsis_model import Evidence, Period
        >>> in_words(Period(start="2026", end="2027"))
        'start 2026, end 2027'
        >>> in_words((Evidence(title="Minutes", date="2026-11-24"), Evidence(title="Photograph")))
        'Minutes, 2026-11-24; Photograph'
    """
    match value:
        case Record():
            return ", ".join(
                f"{'' if each.label in _PLAIN else f'{each.label} '}{each.in_words(named)}"
                for each in describe(value)
            )
        case tuple():
            return "; ".join(in_words(each, named) for each in cast("tuple[object, ...]", value))
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
