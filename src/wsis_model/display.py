"""What a notebook shows of a record: a small table of what it says, escaped, without script."""

from __future__ import annotations

import datetime
import html
from decimal import Decimal
from enum import Enum
from typing import Any

from .model import Record, Translations, cite
from .model._shape import shape_of

__all__ = ["html_of"]

LISTED = 10
DEPTH = 3


def html_of(record: Record) -> str:
    """A record as HTML.

    Examples:
        >>> from wsis_model import Due
        >>> html_of(Due(year=2027)).startswith("<table")
        True
    """
    return _table(record, 0)


_HEAD = "style='text-align:left;vertical-align:top'"
_CELL = "style='text-align:left'"


def _said(record: Record) -> dict[str, str]:
    """What a record says, field by field: the key as people read it, and the field's name."""
    fields = shape_of(type(record))
    return {f.key.replace("_", " "): f.name for f in fields if f.key != "id" and getattr(record, f.name) not in (None, (), {})}


def _table(record: Record, depth: int) -> str:
    rows: list[str] = []
    name = getattr(record, "id", None)
    if isinstance(name, str):
        title = html.escape(cite(name)) + (f" <code>{html.escape(name)}</code>" if cite(name) != name else "")
        rows.append(f"<tr><th scope='row' {_HEAD}>{type(record).__name__}</th><td {_CELL}>{title}</td></tr>")
    for key, field in _said(record).items():
        value = _value(getattr(record, field), depth)
        rows.append(f"<tr><th scope='row' {_HEAD}>{html.escape(key)}</th><td {_CELL}>{value}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _list(records: tuple[Record, ...], depth: int) -> str:
    """Records without identifiers, such as alignments: one a row, a column for each field that any of them has."""
    said = {key: field for record in records for key, field in _said(record).items()}
    head = "".join(f"<th scope='col' {_HEAD}>{html.escape(key)}</th>" for key in said)
    rows = (
        "".join(
            f"<td {_CELL}>{_value(value, depth) if (value := getattr(record, field)) is not None else ''}</td>" for field in said.values()
        )
        for record in records
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


#: What a field may hold.
_Shown = Record | tuple[Any, ...] | Enum | Translations | datetime.date | Decimal | str | float


def _value(value: _Shown, depth: int) -> str:
    if isinstance(value, Record):
        return _table(value, depth + 1) if depth < DEPTH else html.escape(repr(value))
    if isinstance(value, tuple):
        if value and isinstance(value[0], Record):
            if depth >= DEPTH - 1 or len(value) > LISTED:
                shown = ", ".join(html.escape(str(getattr(each, "id", type(each).__name__))) for each in value[:LISTED])
                more = f" … ({len(value)} in all)" if len(value) > LISTED else ""
                return shown + more
            if not hasattr(value[0], "id"):
                return _list(value, depth + 1)
            return "".join(_table(each, depth + 1) for each in value)
        return ", ".join(_value(each, depth) for each in value)
    if isinstance(value, Enum):
        return html.escape(str(value.value))
    if isinstance(value, Translations):
        if len(value) == 1 and "en" in value:
            return html.escape(value["en"])
        return "<br>".join(
            f"<span lang='{html.escape(language)}' dir='{'rtl' if language.startswith('ar') else 'ltr'}'>{html.escape(text)}</span>"
            for language, text in value.items()
        )
    return html.escape(str(value))
