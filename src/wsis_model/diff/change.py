"""One change, and how its record, its field and its values are named on one line."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from enum import Enum
from typing import Any

import attrs

from .._width import cut
from ..formats.tables.columns import label_of
from ..model import Provision, Record, Roadmap, Section, Translations
from ..model.fields import shape_of
from ..model.kinds import KIND_OF
from ..model.record import identified
from .words import Words

__all__ = [
    "TITLE",
    "WHOLE",
    "Change",
    "ChangeKind",
    "Place",
    "brief",
    "is_position",
    "noun",
    "plain",
    "plural",
    "text_of",
    "with_title",
]

TITLE = 60
"""The columns to which a title beside an identifier is cut."""
NAME = 40
"""The columns to which the name of an item of a list is cut."""

#: What readers of a document call its parts.
_NOUNS: dict[type[Record], str] = {
    Provision: "paragraph",
    Section: "heading",
    Roadmap: "road map",
}


class ChangeKind(str, Enum):
    """The kinds of change."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """It has another place: in its list, under another heading, or in another activity."""
    RENUMBERED = "renumbered"
    """Only its number or identifier changed, because others were added or removed before it."""
    CHANGED = "changed"


@attrs.frozen
class Change:
    """One change: the record, the field, and its value before and after."""

    kind: ChangeKind
    """The kind of change."""
    what: str
    """The kind of record, e.g. `"paragraph"`, `"activity"`."""
    record: str
    """Identifier of the record now, or before if it was removed, e.g. `"80-118/19"`."""
    label: str
    """Name of the record for people, e.g. `"para. 19 (was 18)"`."""
    field: str = ""
    """The field as in files, e.g. `"due.date"`, `"targets[2030].value"`; empty for a whole record.
    """
    before: Any = None
    """The value before: as in files, or a whole record; None if there was none. Identifiers in it
    are the new ones.
    """
    after: Any = None
    """The value after."""
    words: Words = ()
    """For a text: which words are the same, deleted or inserted."""
    was: str = ""
    """Identifier of the record before; empty if it was added."""
    count: int = 1
    """How many records changed in this way; records in a row are renumbered together."""
    heading: str = ""
    """The field for people, e.g. `"due: date"`, `"targets (2030): value"`."""
    title: str = ""
    """Title of the record, e.g. `"Proposal published"`; empty for records known by their label
    alone, such as paragraphs.
    """
    within: str = ""
    """Title of the activity that a milestone belongs to."""

    def to_dict(self) -> dict[str, Any]:
        """The change as plain data, with values as in files."""
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
    """A field of a record, or a field inside one of its values.

    Examples:
        >>> place = WHOLE.at("targets").item("2030").at("baseline_note")
        >>> place.path, place.heading
        ('targets[2030].baseline_note', 'targets (2030): baseline note')
        >>> WHOLE.at("url").heading, WHOLE.at("title").language("fr").heading
        ('URL', 'title (fr)')
    """

    path: str = ""
    """As in files; empty for a whole record."""
    heading: str = ""
    """For people: in the words of the headings of a workbook."""

    def at(self, key: str) -> Place:
        """A field of the record at this place."""
        label = label_of(key)
        return self._at(key, label if label[1:2].isupper() else label[:1].lower() + label[1:])

    def extension(self, key: str) -> Place:
        """An extension field of the record at this place."""
        return self._at(key, key)

    def item(self, name: str) -> Place:
        """An item of the list at this place."""
        return Place(f"{self.path}[{name}]", f"{self.heading} ({cut(name, NAME)})")

    def language(self, tag: str) -> Place:
        """The text at this place in one language."""
        return Place(f"{self.path}.{tag}", f"{self.heading} ({tag})")

    def _at(self, key: str, label: str) -> Place:
        if not self.path:
            return Place(key, label)
        return Place(f"{self.path}.{key}", f"{self.heading}: {label}")


WHOLE = Place()
"""The whole record."""


def is_position(change: Change) -> bool:
    """Whether only the number of a record or its heading changed, not its content."""
    return change.kind is ChangeKind.RENUMBERED or (
        change.kind is ChangeKind.MOVED and change.field == "section"
    )


def noun(record: type[Record]) -> str:
    """The name of a kind of record for people.

    Examples:
        >>> noun(Provision)
        'paragraph'
    """
    return _NOUNS.get(record) or KIND_OF.get(record) or record.__name__.lower()


def plural(count: int, word: str) -> str:
    """A number with its noun.

    Examples:
        >>> plural(1, "note"), plural(2, "activity")
        ('1 note', '2 activities')
    """
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{count} {word if count == 1 else many}"


#: Typed `Any`, so that `isinstance` does not narrow the value.
_MAPPING: Any = Mapping
_LISTS: Any = (tuple, list)


def plain(value: Any) -> Any:
    """A value as JSON data, as in files."""
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
    """A value on one line; a record with an identifier by its first text.

    Examples:
        >>> from wsis_model import Target
        >>> brief(Target(value=90, by="2030")), brief(("itu", "undp")), brief(True)
        ('value: 90, by: 2030', 'itu, undp', 'true')
    """
    if isinstance(value, Record):
        return text_of(value) if identified(type(value)) else brief(value.to_dict())
    if isinstance(value, _MAPPING):
        return ", ".join(f"{key}: {brief(each)}" for key, each in value.items())
    if isinstance(value, _LISTS):
        return ", ".join(map(brief, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(plain(value))


def with_title(label: str, title: str, room: int = TITLE) -> str:
    """A label with a title in quotation marks, which is cut to *room* columns.

    Examples:
        >>> with_title("activity wells/a1", "Draw a map"), with_title("activity wells/a1", "")
        ('activity wells/a1 “Draw a map”', 'activity wells/a1')
    """
    return f"{label} “{cut(' '.join(title.split()), room)}”" if title else label


def text_of(record: Record, *languages: str) -> str:
    """The first text of a record: its text, title or summary.

    Examples:
        >>> text_of(Provision(id="99-1/1", number="1", summary="Asks for maps."))
        'Asks for maps.'
    """
    for name in _text_fields(type(record)):
        value = getattr(record, name)
        if text := value.pick(*languages) if isinstance(value, Translations) else value:
            return str(text)
    return ""


@functools.cache
def _text_fields(record: type[Record]) -> tuple[str, ...]:
    """The fields of a class in which the text of a record may be, the first to look at first."""
    fields = shape_of(record)
    return (
        *(each.name for each in fields if each.what == "translations"),
        *(each.name for each in fields if each.name in ("summary", "action")),
    )
