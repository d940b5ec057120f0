"""Records in notebooks: a small table of the values, escaped, without script.

Records inside a record have tables of their own, a row for each with its main fields; all its
fields are folded in the row.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._width import cut, in_html, text_in_html, width_of
from .description import Detail, describe, in_words
from .fields import shape_of
from .identifiers import cite
from .record import Record, identified, identifier_of
from .text import Translations

__all__ = ["html_of"]

#: The number of records inside a record that are shown, and of those inside these; below them only
#: names are shown.
LISTED = (25, 10)
#: A text of more columns is cut in a row and whole where the row is unfolded.
WIDTH = 120
#: The main fields of records, in the order in which they are shown; records without identifiers
#: show all fields.
BRIEF = (
    "title", "name", "label", "heading", "statement", "level", "summary", "verb", "action",
    "addressees", "lead", "unit", "period", "due", "status",
)  # fmt: skip
_TOP_LEFT = "text-align:left;vertical-align:top"
_CELL = f"style='{_TOP_LEFT}'"


def html_of(record: Record) -> str:
    """A record as HTML.

    Examples:
        >>> from wsis_model import Due
        >>> html_of(Due(date="2027")).startswith("<table")
        True
    """
    return _table(record, 0)


def _table(record: Record, depth: int) -> str:
    """All values of a record, a row for each field."""
    rows: list[str] = []
    name = getattr(record, "id", None)
    if isinstance(name, str):
        title = in_html(cite(name)) + (
            f" <code>{in_html(name)}</code>" if cite(name) != name else ""
        )
        rows.append(
            f"<tr><th scope='row' {_CELL}>{type(record).__name__}</th><td {_CELL}>{title}</td></tr>"
        )
    for each in describe(record, ("id",)):
        count = f" ({len(each.value)})" if each.field.what == "records" else ""
        head = f"<th scope='row' {_CELL}>{in_html(each.label)}{count}</th>"
        rows.append(f"<tr>{head}<td {_CELL}>{_whole(each, depth)}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _whole(detail: Detail, depth: int) -> str:
    """The whole value of a field."""
    value = detail.value
    if detail.field.what == "records":
        return _list(value, depth)
    if detail.field.what == "record" and not _fits(detail):
        summary = f"<summary>{text_in_html(cut(in_words(value), WIDTH))}</summary>"
        return f"<details>{summary}{_table(value, depth + 1)}</details>"
    if isinstance(value, Translations) and tuple(value) != ("en",):
        return "<br>".join(_in_language(*each) for each in value.items())
    return text_in_html(detail.in_words())


def _in_language(language: str, text: str) -> str:
    return f"<span lang='{in_html(language)}' dir='auto'>{in_html(text)}</span>"


def _list(records: tuple[Record, ...], depth: int) -> str:
    """Records of one kind: a row for each, a column for each main field, and in the last
    column all fields, folded.
    """
    shown = records[: LISTED[min(depth, len(LISTED) - 1)]]
    more = f"… and {len(records) - len(shown)} more" if len(records) > len(shown) else ""
    if depth >= len(LISTED):
        names = (identifier_of(each) or cut(in_words(each), WIDTH) for each in shown)
        return "; ".join(map(text_in_html, filter(None, (*names, more))))
    named = identified(type(shown[0]))
    besides = ("id",) if named else ()
    values = [{each.field.name: each for each in describe(record, besides)} for record in shown]
    labels = {name: each.label for details in values for name, each in details.items()}
    columns = [each for each in (BRIEF if named else _values_of(type(shown[0]))) if each in labels]
    folded = [
        _table(record, depth + 1)
        if any(name not in columns or not _fits(each) for name, each in details.items())
        else ""
        for record, details in zip(shown, values, strict=True)
    ]
    heads = (
        *(("id",) if named else ()),
        *(in_html(labels[name]) for name in columns),
        *(("all of it",) if any(folded) else ()),
    )
    head = "".join(f"<th scope='col' {_CELL}>{each}</th>" for each in heads)
    body = "".join(
        _row(identifier_of(record) if named else "", [details.get(name) for name in columns], whole)
        for record, details, whole in zip(shown, values, folded, strict=True)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _values_of(record: type[Record]) -> list[str]:
    """The fields of a kind of record with short values."""
    return [
        each.name
        for each in shape_of(record)
        if each.what not in ("records", "extensions") and each.key != "source"
    ]


def _row(name: str, details: Sequence[Detail | None], whole: str) -> str:
    cells = [f"<td {_CELL}>{_brief(each)}</td>" for each in details]
    if name:
        cells.insert(
            0, f"<th scope='row' style='{_TOP_LEFT};white-space:nowrap'>{in_html(name)}</th>"
        )
    if whole:
        label = f"show all of {in_html(name) or 'it'}"  # screen readers name the record
        summary = f"<summary style='white-space:nowrap' aria-label='{label}'>show</summary>"
        cells.append(f"<td {_CELL}><details>{summary}{whole}</details></td>")
    return f"<tr>{''.join(cells)}</tr>"


def _fits(detail: Detail) -> bool:
    """Whether the whole value of a field fits in a row."""
    many = isinstance(detail.value, Translations) and len(detail.value) > 1
    return width_of(detail.in_words()) <= WIDTH and not many


def _brief(detail: Detail | None) -> str:
    """The value of a field, cut short."""
    if detail is None:
        return ""
    text = cut(detail.in_words(), WIDTH)
    if isinstance(detail.value, Translations) and "en" not in detail.value:
        return _in_language(next(iter(detail.value)), text)
    return text_in_html(text)
