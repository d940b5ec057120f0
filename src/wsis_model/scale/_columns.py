"""The tables and columns that the rules read, and what is wrong with those that are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..errors import Finding, Position, excerpt
from ..relational import schemas
from ..relational._schemas import pa
from ._tables import Frame, nw

__all__ = ["faults_of", "tables_of"]

_is: Any = pa.types
_PLACED = ("id", "belongs_to", "position")
#: The columns that are read, by table; the others may be missing.
COLUMNS: dict[str, tuple[str, ...]] = {
    "identifiers": ("n", "id", "kind", "belongs_to", "holder", "field", "depth", "top"),
    "references": ("n", "source", "field", "target", "kinds", "top"),
    "documents": (*_PLACED, "symbol", "title", "annex_of", "draft"),
    "sections": (*_PLACED, "parent"),
    "provisions": (*_PLACED, "number", "parent"),
    "concepts": (*_PLACED, "label", "aliases", "parent", "status", "replaced_by"),
    "groups": (*_PLACED, "label", "aliases", "parent"),
    "entities": (*_PLACED, "acronym", "name", "aliases", "parent", "succeeded_by"),
    "sessions": (*_PLACED, "body", "number", "title"),
    "roadmaps": (*_PLACED, "title", "kind", "status", "scope"),
    "objectives": (*_PLACED, "alignments"),
    "activities": (*_PLACED, "status", "objective", "alignments", "depends_on"),
    "milestones": (*_PLACED, "depends_on"),
    "mandates": _PLACED,
    "indicators": (*_PLACED, "measures"),
}
_NAMED = ("documents", "provisions", "concepts", "groups", "entities", "sessions", "roadmaps")
_AIMS = ("roadmaps", "objectives", "activities", "indicators")
#: The tables that each rule reads, besides `identifiers`.
TABLES: dict[str, tuple[str, ...]] = {
    "I101": (),
    "R201": ("references", *_NAMED),
    "R202": ("references",),
    "R203": ("references", "concepts"),
    "R204": ("references", *_NAMED),
    "R205": ("groups", "entities", "sections", "provisions", "concepts"),
    "R206": ("activities", "milestones"),
    "R207": ("references",),
    "R208": ("concepts", "entities", "documents"),
    "C802": ("roadmaps", "concepts"),
    "C803": _AIMS,
    "C804": ("roadmaps", "objectives", "activities"),
    "C805": ("indicators",),
    "C806": ("roadmaps", "objectives", "activities", "concepts"),
}


def tables_of(codes: Iterable[str]) -> tuple[str, ...]:
    """The tables that some rules read."""
    return tuple(dict.fromkeys(("identifiers", *(name for c in codes for name in TABLES[c]))))


def faults_of(where: str, frames: Mapping[str, Frame], needed: Iterable[str]) -> Iterator[Finding]:
    """What is missing among tables, and what is of another type."""
    for name in needed:
        if name not in frames:
            message = f"the table {name} is missing"
            hint = "write one without rows if there are none"
            yield Finding("missing-table", message, Position(where or name), hint=hint)
            continue
        given = frames[name].collect_schema()
        expected = schemas()[name]
        for column in COLUMNS[name]:
            place = Position(f"{where}/{name}" if where else name, heading=column)
            what, fits = _expected(expected.field(column).type)
            if column not in given:
                message = f"the column {column!r} is missing"
                yield Finding("missing-field", message, place, (column,), expected=what)
            elif not fits(given[column]):
                found = excerpt(str(given[column])).strip("'")
                message = f"a column of {found} stands where {what} belong"
                yield Finding("wrong-shape", message, place, (column,), found=found, expected=what)


def _expected(of: Any) -> tuple[str, Callable[[Any], bool]]:
    """What belongs in a column, and a test of the type that narwhals says it has: what another
    program wrote may be wider. Mappings are known by no name there.
    """
    if _is.is_string(of):
        return "text", _is_text
    if _is.is_integer(of):
        return "whole numbers", _is_number
    if _is.is_map(of):
        return "mappings", _may_be_mapping
    assert _is.is_list(of)
    return "lists", _is_list


def _is_text(given: Any) -> bool:
    return isinstance(given, (nw.String, nw.Categorical, nw.Enum))


def _is_number(given: Any) -> bool:
    return bool(given.is_numeric())


def _may_be_mapping(given: Any) -> bool:
    return not (isinstance(given, (nw.String, nw.Boolean, nw.Struct)) or given.is_numeric())


def _is_list(given: Any) -> bool:
    return isinstance(given, (nw.List, nw.Array))
