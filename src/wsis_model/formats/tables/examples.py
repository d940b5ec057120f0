"""The example row of each table, which a template shows and reading passes over."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import Finding, bounded, excerpt
from ...model import File, cite
from .columns import (
    ALIGNED,
    FAULTS,
    OF,
    OWN,
    TABLES,
    about_column,
    field_of,
    folded,
    is_aligned,
    known_columns,
    owners_of,
)
from .rows import Table

__all__ = ["example_problems", "examples_of", "in_a_cell", "in_words"]


def example_problems(
    table: Table, number: int, cells: Sequence[tuple[int, str]]
) -> list[Finding] | None:
    """What is wrong with an example row: nothing where it is as the template wrote it. None for a
    row that is no example.
    """
    filled = [
        (at, cell.strip())
        for at, cell in cells
        if cell.strip() and not table.headings.get(at, "").startswith(OWN)
    ]
    shown = examples_of(table.name)
    if len(filled) > 1 and {table.columns.get(at, ""): cell for at, cell in filled} == {
        key: shown[key] for key in list(shown)[1:]
    }:
        message = f"{table.row(number)} is the example of the template without its mark"
        return [
            Finding(
                "wrong-value",
                message,
                table.at(number, filled[0][0], table.headings.get(filled[0][0])),
                hint="delete it, or write over it",
            )
        ]
    if not filled or not filled[0][1].lower().startswith("example:"):
        return None
    first, mark = filled[0]
    values = [(first, mark.partition(":")[2].strip()), *filled[1:]]
    column = table.columns.get(first, "")
    if all(
        cell.casefold() == shown.get(table.columns.get(at, ""), "").casefold()
        for at, cell in values
        if folded(table.headings.get(at, "")) != FAULTS
    ):
        return []
    what = {
        OF: f"the {table.shown('id')} of what it belongs to",
        "id": f"its {table.shown('id')}",
    }.get(column, "what belongs there")
    message = f"{table.row(number)} is still marked as an example and is not read"
    place = table.at(number, first, table.headings.get(first))
    return [
        Finding(
            "wrong-value",
            message,
            place,
            bounded(column),
            f"write {what} instead of {excerpt(mark)}",
        )
    ]


#: The names of the records in the examples of our documentation; `cite` knows paragraphs, Action
#: Lines and SDG targets.
_CALLED = {
    "itu": "ITU",
    "unicef": "UNICEF",
    "cstd": "CSTD",
    "sessions/cstd-30": "CSTD 30",
    "deliverables/report": "Report",
    "groups/technical-community": "Technical community",
}
#: Left out of the example rows, where another column says the same better.
_NO_EXAMPLE = frozenset(
    (
        "due.date",
        "due.event",
        "due.recurrence",
        "lead_reason",
        "sdg_indicator",
        "themes",
        "depends_on",
        "url",
        "extensions",
    )
)
_EXAMPLES: dict[str, dict[str, str]] = {
    "entities": {
        "id": "ministry-of-ict",
        "name": "Ministry of Information and Communications",
        "acronym": "MoIC",
        "groups": "Governments",
        "url": "https://www.example.org",
        "source.title": "Website of the Ministry",
        "source.date": "2026-01-15",
        "source.terms": "facts only",
    }
}


def in_words(identifier: str) -> str:
    """What people call the record of an identifier, without a corpus that knows; the identifier
    where that takes one.

    Examples:
        >>> (
        ...     in_words("80-173/37.1"),
        ...     in_words("itu"),
        ...     in_words("c2-roadmap/a1"),
        ...     in_words("ripe-ncc"),
        ... )
        ('A/RES/80/173, para. 37, mandate 1', 'ITU', 'a1', 'ripe-ncc')
    """
    return _CALLED.get(identifier) or cite(identifier.removeprefix("c2-roadmap/"))


_MAPPING: Any = dict


def in_a_cell(example: Any, *, names: bool = False) -> str:
    """An example of a field, as it would stand in a cell.

    Args:
        example: A value, as JSON data.
        names: It names other records, and people write what they are called.

    Examples:
        >>> in_a_cell(["itu", "unicef"]), in_a_cell(["itu"], names=True), in_a_cell(True)
        ('itu; unicef', 'ITU', 'true')
    """
    listed: Any = example.values() if isinstance(example, _MAPPING) else example
    listed = listed if isinstance(example, (_MAPPING, list)) else [example]
    texts = (str(each).lower() if isinstance(each, bool) else str(each) for each in listed)
    return "; ".join(in_words(each) if names else each for each in texts)


@functools.cache
def examples_of(table: str) -> Mapping[str, str]:
    """The example row of a table in the template: column to cell.

    Examples:
        >>> dict(examples_of("targets"))
        {'belongs_to': 'i1', 'value': '90', 'by': '2030', 'note': 'potential target, para. 113'}
    """
    if table in _EXAMPLES:
        return _EXAMPLES[table]
    found = (
        {
            OF: "a1.m1"
            if table == "evidence"
            else "a1"
            if owners_of(table) == ("activities",)
            else "i1"
        }
        if owners_of(table)
        else {}
    )
    record = TABLES.get(table, File)
    for column in (*known_columns(record), *(ALIGNED if is_aligned(record) else ())):
        _, examples = about_column(table, column)
        if (
            examples
            and column not in _NO_EXAMPLE
            and not column.endswith(".extensions")
            and not column.startswith("source.")
        ):
            field = field_of(table, column)
            text = in_a_cell(examples[0], names=field is not None and field.refers is not None)
            found[column] = text.removeprefix("c2-roadmap/")
    return found
