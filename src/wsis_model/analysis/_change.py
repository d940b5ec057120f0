"""One thing that changed, and how what it was and is now is put in a line."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import Any

import attrs

from ..corpus import KINDS
from ..model import Note, Provision, Record, Section
from ..model._shape import shape_of
from ._words import Words

__all__ = ["Change", "ChangeKind", "brief", "noun", "plain", "plural", "said", "tells_place"]

#: What readers of a document call its parts.
_NOUNS: dict[type[Record], str] = {Provision: "paragraph", Section: "heading", Note: "note"}
_SPELT = {"roadmap": "road map"}


class ChangeKind(str, Enum):
    """In which way something changed."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """It stands elsewhere among the others, or under another heading."""
    RENUMBERED = "renumbered"
    """Only its number is another, because of what was added or removed before it."""
    CHANGED = "changed"


@attrs.frozen
class Change:
    """One thing that changed: of which record, in which field, from what to what."""

    kind: ChangeKind
    """In which way."""
    what: str
    """What kind of record, e.g. `"paragraph"`, `"activity"`."""
    record: str
    """Identifier of the record it is told of, where it is now, or where it was if it was removed, e.g. `"80-118/19"`."""
    label: str
    """What people call the record, e.g. `"para. 19 (was 18)"`."""
    field: str = ""
    """The field as files write it, e.g. `"due.year"`, `"targets[2030].value"`; empty for the record as a whole."""
    before: Any = None
    """What was there: a value as files write it, or a whole record; None where nothing was."""
    after: Any = None
    """What is there now."""
    words: Words = ()
    """Of a text, what became of its words."""
    was: str = ""
    """Identifier of the record before; empty where it was not there."""
    count: int = 1
    """How many records it tells of: paragraphs that follow each other are renumbered together."""

    def to_dict(self) -> dict[str, Any]:
        """The change as plain data, values as files write them."""
        return {
            "kind": self.kind.value,
            "what": self.what,
            "record": self.record,
            "was": self.was,
            "label": self.label,
            "field": self.field,
            "before": plain(self.before),
            "after": plain(self.after),
            "words": [list(part) for part in self.words],
            "count": self.count,
        }


def tells_place(change: Change) -> bool:
    """Whether a change tells where records stand or how they are counted, not what they say."""
    return change.kind is ChangeKind.RENUMBERED or (change.kind is ChangeKind.MOVED and change.field == "section")


def noun(record: type[Record]) -> str:
    """What people call a kind of record.

    Examples:
        >>> noun(Provision)
        'paragraph'
    """
    name = _NOUNS.get(record) or KINDS.get(record) or record.__name__.lower()
    return _SPELT.get(name, name)


def plural(count: int, word: str) -> str:
    """So many of something.

    Examples:
        >>> plural(1, "note"), plural(2, "activity")
        ('1 note', '2 activities')
    """
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{count} {word if count == 1 else many}"


#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
_MAPPING: Any = Mapping
_LISTS: Any = (tuple, list)


def plain(value: Any) -> Any:
    """A value as JSON data, as files write it."""
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _MAPPING):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, _LISTS):
        return [plain(each) for each in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def brief(value: Any) -> str:
    """A value in a line; a whole record by what it says first.

    Examples:
        >>> from wsis_model import Target
        >>> brief(Target(value=90, by="2030")), brief(("itu", "undp")), brief(True)
        ('value: 90, by: 2030', 'itu, undp', 'true')
    """
    if isinstance(value, Record):
        return said(value) if "id" in type(value).model_fields else brief(value.to_dict())
    if isinstance(value, _MAPPING):
        return ", ".join(f"{key}: {brief(each)}" for key, each in value.items())
    if isinstance(value, _LISTS):
        return ", ".join(map(brief, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(plain(value))


def said(record: Record, *languages: str) -> str:
    """What a record says in its first field that says something: its text, title or summary.

    Examples:
        >>> said(Provision(id="99-1/1", number="1", summary="Asks for maps."))
        'Asks for maps.'
    """
    fields = shape_of(type(record))
    for field in fields:
        if field.what == "translations" and (text := getattr(record, field.name).pick(*languages)):
            return str(text)
    for name in ("summary", "action"):
        if text := getattr(record, name, None):
            return str(text)
    return ""
