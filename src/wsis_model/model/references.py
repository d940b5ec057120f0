"""Finding every reference in a record, with code generated once from the annotations.

A corpus of a hundred thousand provisions holds a million references. Walking them by reflection
takes seconds; the functions made here take the attributes by name and are as fast as if written by
hand.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs

from ..positions import path_text
from .fields import shape_of
from .record import Record, identified

__all__ = ["Found", "Reference", "collect", "find", "references_in"]


@attrs.frozen
class Reference:
    """One record naming another."""

    source: str
    """Identifier of the record that names, e.g. `"80-173/113.1"`; of a part without one, of what it
    is a part of.
    """
    path: tuple[str | int, ...]
    """The field below `source`, e.g. `("due", "session")`."""
    target: str
    """The identifier that is named."""
    kinds: tuple[str, ...]
    """The kinds of record that may stand there; empty for any."""

    @property
    def field(self) -> str:
        """The path as text, e.g. `"alignments[0].concept"`."""
        return path_text(self.path)


Collector = Callable[[Sequence[Record], dict[tuple[str, ...], list[str]]], None]


@functools.cache
def _collector(record: type[Record]) -> Collector:
    """A function that appends every reference in some records of one class to a list per set of
    kinds.
    """
    lists: dict[tuple[str, ...], str] = {}
    body: list[str] = []
    scope: dict[str, Any] = {}
    for field in shape_of(record):
        value = f"d[{field.name!r}]"
        if field.refers is not None:
            name = lists.setdefault(field.refers.kinds, f"out{len(lists)}")
            if field.what == "values":
                body.append(f"v = {value}\n        if v: {name} += v")
            else:
                body.append(f"v = {value}\n        if v is not None: {name}.append(v)")
        elif field.record is not None and _refers_at_all(field.record):
            scope[f"below_{field.name}"] = _collector(field.record)
            some = value if field.what == "records" else f"({value},)"
            test = f"if {value}" if field.what == "records" else f"if {value} is not None"
            body.append(f"{test}: below_{field.name}({some}, out)")
    head = [f"{name} = out.setdefault({kinds!r}, [])" for kinds, name in lists.items()]
    lines = "\n    ".join(
        [
            *head,
            "for r in records:",
            "    d = r.__dict__",
            *(f"    {line}" for line in body),
            "    pass",
        ]
    )
    # The text is made of our own field names.
    exec(f"def collect(records, out):\n    {lines}\n", scope)  # noqa: S102
    made: Collector = scope["collect"]
    return made


@functools.cache
def _refers_at_all(record: type[Record]) -> bool:
    return any(
        field.refers or (field.record and _refers_at_all(field.record))
        for field in shape_of(record)
    )


def collect(
    record: type[Record], records: Sequence[Record], into: dict[tuple[str, ...], list[str]]
) -> None:
    """Append the targets of every reference in *records*, all of one class, to the list of its
    kinds in *into*.
    """
    _collector(record)(records, into)


Found = tuple[str, tuple[str | int, ...], str, tuple[str, ...]]
"""A reference before it is an object: source, path, target and kinds."""
Finder = Callable[[dict[str, Any], str, tuple[str | int, ...], Callable[[Found], None]], None]


@functools.cache
def _finder(record: type[Record]) -> Finder:
    """A function that gives every reference in a record of one class to *add*, in the order of the
    fields.
    """
    body: list[str] = []
    scope: dict[str, Any] = {}
    start = "" if identified(record) else "*path, "
    if "id" in record.model_fields:
        body.append("source = d['id']" if not start else "if d['id']: source, path = d['id'], ()")
    for field in shape_of(record):
        value, path = f"d[{field.name!r}]", f"{start}{field.key!r}"
        if field.refers is not None:
            scope[given := f"kinds_{field.name}"] = field.refers.kinds
            then = f"add((source, ({path}, {{}}), v, {given}))"
        elif field.record is not None and _refers_at_all(field.record):
            scope[given := f"find_{field.name}"] = _finder(field.record)
            then = f"{given}(v.__dict__, source, ({path}, {{}}), add)"
        else:
            continue
        if field.what in ("values", "records"):
            body.append(f"for i, v in enumerate({value}): {then.format('i')}")
        else:
            body += (f"v = {value}", f"if v is not None: {then.format('')}")
    lines = "\n    ".join((*body, "pass"))
    # The text is made of our own field names.
    exec(f"def find(d, source, path, add):\n    {lines}\n", scope)  # noqa: S102
    made: Finder = scope["find"]
    return made


def find(record: Record, into: list[Found]) -> None:
    """Append every reference in a record and in what it holds to *into*, in the order of
    [`references_in`][wsis_model.model.references.references_in] and without an object for each.
    """
    _finder(type(record))(vars(record), "", (), into.append)


def references_in(record: Record) -> Iterator[Reference]:
    """Every reference in a record and in what it holds, with its place: slower than `collect`, and
    it knows where.

    Examples:
        >>> from wsis_model import Citation, Provision
        >>> provision = Provision(
        ...     id="80-173/1", number="1", citations=(Citation(target="un-charter"),)
        ... )
        >>> [(found.field, found.target) for found in references_in(provision)]
        [('citations[0].target', 'un-charter')]
    """
    found: list[Found] = []
    find(record, found)
    return itertools.starmap(Reference, found)
