"""What a notebook shows of a record: a small table of what it says, escaped, without script.

The records that it holds stand in tables of their own, a row for each with what tells them apart;
all that one says is folded in its row.
"""

from __future__ import annotations

import html
from collections.abc import Collection
from enum import Enum
from typing import Any, cast

from .._width import cut, readable, width_of
from .fields import Field, shape_of
from .identifiers import cite
from .record import Record
from .text import Translations

__all__ = ["html_of"]

#: Of the records that a record holds, and of those that these hold, so many are shown; below them
#: only their names.
LISTED = (25, 10)
#: A text of more columns is cut in a row and whole where the row is unfolded.
WIDTH = 120
#: What tells records of a kind apart, in the order in which it is shown; records without
#: identifiers show all they say.
BRIEF = (
    "title", "name", "label", "heading", "statement", "level", "summary", "verb", "action", "addressees", "lead", "unit", "period", "due", "status",
)  # fmt: skip
_TOP_LEFT = "text-align:left;vertical-align:top"
_CELL = f"style='{_TOP_LEFT}'"


def html_of(record: Record) -> str:
    """A record as HTML.

    Examples:
        >>> from wsis_model import Due
        >>> html_of(Due(year=2027)).startswith("<table")
        True
    """
    return _table(record, 0)


def _said(record: Record) -> list[Field]:
    """The fields in which a record says something, but for its identifier."""
    return [
        each
        for each in shape_of(type(record))
        if each.key != "id" and getattr(record, each.name) not in (None, (), {})
    ]


def _words(field: Field) -> str:
    return _escaped(field.key.replace("_", " "))


def _table(record: Record, depth: int) -> str:
    """All that a record says, a row for each field."""
    rows: list[str] = []
    name = getattr(record, "id", None)
    if isinstance(name, str):
        title = _escaped(cite(name)) + (
            f" <code>{_escaped(name)}</code>" if cite(name) != name else ""
        )
        rows.append(
            f"<tr><th scope='row' {_CELL}>{type(record).__name__}</th><td {_CELL}>{title}</td></tr>"
        )
    for field in _said(record):
        value = getattr(record, field.name)
        count = f" ({len(value)})" if field.what == "records" else ""
        rows.append(
            f"<tr><th scope='row' {_CELL}>{_words(field)}{count}</th><td {_CELL}>{_value(field, value, depth)}</td></tr>"
        )
    return f"<table>{''.join(rows)}</table>"


def _value(field: Field, value: Any, depth: int) -> str:
    """What a field says, whole."""
    if field.what == "records":
        return _list(value, depth)
    if field.what == "record" and not _is_whole(value):
        return f"<details><summary>{_escaped(cut(_text(value), WIDTH))}</summary>{_table(value, depth + 1)}</details>"
    if isinstance(value, Translations) and tuple(value) != ("en",):
        return "<br>".join(_in_language(*each) for each in value.items())
    return _escaped(_text(value))


def _in_language(language: str, text: str) -> str:
    return f"<span lang='{_escaped(language)}' dir='auto'>{_escaped(text)}</span>"


def _text(value: object) -> str:
    """A value in a few words."""
    if isinstance(value, Record):
        return ", ".join(
            f"{'' if field.key == 'title' else f'{field.key} '}{_text(getattr(value, field.name))}"
            for field in _said(value)
        )
    if isinstance(value, tuple):
        return ", ".join(map(_text, cast("tuple[object, ...]", value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value if isinstance(value, Enum) else value)


def _list(records: tuple[Record, ...], depth: int) -> str:
    """Records of one kind: a row for each, a column for each thing that tells them apart, and in
    the last all of it, folded.
    """
    shown = records[: LISTED[min(depth, len(LISTED) - 1)]]
    more = f"… and {len(records) - len(shown)} more" if len(records) > len(shown) else ""
    if depth >= len(LISTED):
        names = (str(getattr(each, "id", "")) or cut(_text(each), WIDTH) for each in shown)
        return _escaped("; ".join(filter(None, (*names, more))))
    said = {field.name: field for record in shown for field in _said(record)}
    named = hasattr(shown[0], "id")  # a kind of record has identifiers or has none
    columns = [
        said[each] for each in (BRIEF if named else _values_of(type(shown[0]))) if each in said
    ]
    folded = [_table(each, depth + 1) if _is_cut(each, columns) else "" for each in shown]
    heads = (
        *(("id",) if named else ()),
        *map(_words, columns),
        *(("all of it",) if any(folded) else ()),
    )
    head = "".join(f"<th scope='col' {_CELL}>{each}</th>" for each in heads)
    body = "".join(
        _row(record, named, columns, whole) for record, whole in zip(shown, folded, strict=True)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _values_of(record: type[Record]) -> list[str]:
    """The fields of a kind of record that a few words can say."""
    return [
        each.name
        for each in shape_of(record)
        if each.what not in ("records", "extensions") and each.key != "source"
    ]


def _row(record: Record, named: bool, columns: Collection[Field], whole: str) -> str:
    name = _escaped(str(getattr(record, "id", "")))
    cells = [f"<td {_CELL}>{_brief(getattr(record, each.name))}</td>" for each in columns]
    if named:
        cells.insert(0, f"<th scope='row' style='{_TOP_LEFT};white-space:nowrap'>{name}</th>")
    if whole:
        # Who listens instead of looking is told of which record it is all.
        summary = f"<summary style='white-space:nowrap' aria-label='{f'show all of {name}' if named else 'show all of it'}'>show</summary>"
        cells.append(f"<td {_CELL}><details>{summary}{whole}</details></td>")
    return f"<tr>{''.join(cells)}</tr>"


def _is_cut(record: Record, columns: Collection[Field]) -> bool:
    """Whether a row of these columns leaves out something of what a record says."""
    return any(
        field not in columns or not _is_whole(getattr(record, field.name))
        for field in _said(record)
    )


def _is_whole(value: Any) -> bool:
    return width_of(_text(value)) <= WIDTH and not (
        isinstance(value, Translations) and len(value) > 1
    )


def _brief(value: Any) -> str:
    """A value in a row, cut short."""
    if value in (None, (), {}):
        return ""
    text = _escaped(cut(_text(value), WIDTH))
    if isinstance(value, Translations) and "en" not in value:
        return f"<span lang='{_escaped(next(iter(value)))}' dir='auto'>{text}</span>"
    return text


def _escaped(text: str) -> str:
    return html.escape(readable(text))
