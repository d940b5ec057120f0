"""One thing that changed, and how what it was and is now is put in a line."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import Any

import attrs

from .._width import cut
from ..formats.tables.columns import label_of
from ..model import Note, Provision, Record, Section
from ..model.fields import shape_of
from ..model.kinds import NAMES
from ..model.record import identified
from .words import Words

__all__ = [
    "TITLE",
    "WHOLE",
    "Change",
    "ChangeKind",
    "Place",
    "brief",
    "noun",
    "plain",
    "plural",
    "said",
    "tells_place",
    "titled",
]

TITLE = 60
"""A title beside an identifier is cut to so many columns."""
NAME = 40
"""So is what tells a member of a list from the others."""

#: What readers of a document call its parts.
_NOUNS: dict[type[Record], str] = {Provision: "paragraph", Section: "heading", Note: "note"}
_SPELT = {"roadmap": "road map"}


class ChangeKind(str, Enum):
    """In which way something changed."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """It stands elsewhere: among the others, under another heading, or in another activity."""
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
    """Identifier of the record it is told of, where it is now, or where it was if it was removed,
    e.g. `"80-118/19"`.
    """
    label: str
    """What people call the record, e.g. `"para. 19 (was 18)"`."""
    field: str = ""
    """The field as files write it, e.g. `"due.date"`, `"targets[2030].value"`; empty for the record
    as a whole.
    """
    before: Any = None
    """What was there: a value as files write it, or a whole record; None where nothing was. What it
    refers to is called as it is now.
    """
    after: Any = None
    """What is there now."""
    words: Words = ()
    """Of a text, what became of its words."""
    was: str = ""
    """Identifier of the record before; empty where it was not there."""
    count: int = 1
    """How many records it tells of: what follows each other is renumbered together."""
    heading: str = ""
    """The field as people read it, e.g. `"due: date"`, `"targets (2030): value"`."""
    title: str = ""
    """What the record says it is, e.g. `"Proposal published"`; empty where its label is all that
    people go by, as for paragraphs.
    """
    within: str = ""
    """Title of the activity that a milestone belongs to."""

    def to_dict(self) -> dict[str, Any]:
        """The change as plain data, values as files write them."""
        return {
            "kind": self.kind.value,
            "what": self.what,
            "record": self.record,
            "was": self.was,
            "label": self.label,
            "title": self.title,
            "within": self.within,
            "field": self.field,
            "heading": self.heading,
            "before": plain(self.before),
            "after": plain(self.after),
            "words": [list(part) for part in self.words],
            "count": self.count,
        }


@attrs.frozen
class Place:
    """A field of a record, or of what stands in it.

    Examples:
        >>> place = WHOLE.at("targets").member("2030").at("baseline_note")
        >>> place.written, place.read
        ('targets[2030].baseline_note', 'targets (2030): baseline note')
        >>> WHOLE.at("url").read, WHOLE.at("title").language("fr").read
        ('URL', 'title (fr)')
    """

    written: str = ""
    """As files write it; empty for a record as a whole."""
    read: str = ""
    """As people read it: in the words of a workbook's headings."""

    def at(self, key: str) -> Place:
        """A field of what stands here."""
        label = label_of(key)
        return self._at(key, label if label[1:2].isupper() else label[:1].lower() + label[1:])

    def extension(self, key: str) -> Place:
        """A field that somebody added to what stands here."""
        return self._at(key, key)

    def member(self, name: str) -> Place:
        """One of the list that stands here."""
        return Place(f"{self.written}[{name}]", f"{self.read} ({cut(name, NAME)})")

    def language(self, tag: str) -> Place:
        """What stands here in a language."""
        return Place(f"{self.written}.{tag}", f"{self.read} ({tag})")

    def _at(self, key: str, label: str) -> Place:
        return (
            Place(f"{self.written}.{key}", f"{self.read}: {label}")
            if self.written
            else Place(key, label)
        )


WHOLE = Place()
"""A record as a whole."""


def tells_place(change: Change) -> bool:
    """Whether a change tells where records stand or how they are counted, not what they say."""
    return change.kind is ChangeKind.RENUMBERED or (
        change.kind is ChangeKind.MOVED and change.field == "section"
    )


def noun(record: type[Record]) -> str:
    """What people call a kind of record.

    Examples:
        >>> noun(Provision)
        'paragraph'
    """
    name = _NOUNS.get(record) or NAMES.get(record) or record.__name__.lower()
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
        return said(value) if identified(type(value)) else brief(value.to_dict())
    if isinstance(value, _MAPPING):
        return ", ".join(f"{key}: {brief(each)}" for key, each in value.items())
    if isinstance(value, _LISTS):
        return ", ".join(map(brief, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(plain(value))


def titled(label: str, title: str, room: int = TITLE) -> str:
    """What a record is called, with its title, which is cut where it is long.

    Examples:
        >>> titled("activity wells/a1", "Draw a map"), titled("activity wells/a1", "")
        ('activity wells/a1 “Draw a map”', 'activity wells/a1')
    """
    return f"{label} “{cut(' '.join(title.split()), room)}”" if title else label


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
