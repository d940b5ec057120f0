"""The dashboard's JSON as it comes: rows of values, each with its place in the file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

import attrs

from ...errors import Finding, LoadError, Position
from ...formats import json as formats_json
from ...formats._json_places import JsonPlaces
from ...formats._text import MAX_PROBLEMS, holds_half_pair
from ...positions import Path

__all__ = ["DEADLINES", "NAMES", "Row", "rows_of", "slug_of"]

#: A number that is a name; some files write it as text.
_CODES = ("action_number", "work_package_number")
DEADLINES = {
    "first": ("first_milestone_deadline",),
    "final": ("final_milestone_deadline",),
    "upcoming": ("delivery_date", "upcoming_milestone_deadline"),
}
"""Where it stands by when each milestone is due; older files have another name for the last."""
_TEXTS = (
    "report",
    "work_package_name",
    "work_package_goal",
    "indicative_activity",
    "sub_action_details",
    "doc_text",
    "public_action_status",
    "updates",
    *(f"{name}_milestone" for name in DEADLINES),
    *(key for keys in DEADLINES.values() for key in keys),
)
NAMES = ("action_leads", "work_package_leads", "action_entities")
"""Lists of names; some files write them as one text."""
_FLAGS = ("is_subaction",)
#: As `Any`, so that `isinstance` leaves what it looks at `Any`: that is what JSON data is.
_LIST: Any = list
_MAPPING: Any = dict
_SEPARATORS = {"action_entities": r"[;\n]"}
_SLUG = 60


@attrs.frozen
class Row:
    """An action or sub-action, with what the file says of it."""

    index: int
    """Its number in the file, from 0."""
    position: Position
    """Where it begins."""
    values: dict[str, Any]
    """What is said of it; nothing that is null or blank."""
    places: JsonPlaces | None = attrs.field(default=None, repr=False)
    """The places in its file."""

    def text(self, key: str) -> str:
        """A text or a number as text, without blanks around it; empty if there is none.

        Examples:
            >>> row = Row(0, Position("actions.json"), {"action_number": 14.0})
            >>> row.text("action_number"), row.text("report")
            ('14', '')
        """
        value = self.values.get(key, "")
        return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()

    def names(self, key: str) -> tuple[str, ...]:
        """The names in a list, or in a text that lists them.

        Examples:
            >>> row = Row(0, Position("actions.json"), {"action_entities": "DPPA;DPO; UN Women"})
            >>> row.names("action_entities")
            ('DPPA', 'DPO', 'UN Women')
        """
        value = self.values.get(key, ())
        parts = re.split(_SEPARATORS.get(key, "[;,\n]"), value) if isinstance(value, str) else value
        return tuple(filter(None, (" ".join(each.split()) for each in parts)))

    def place(self, path: Path) -> Position:
        """Where something in it stands."""
        return self.position if self.places is None else self.places.find((self.index, *path))

    def digest(self, keys: Iterable[str] | None = None) -> str:
        """Eight characters that rows with other values of some keys, or of any, do not have."""
        chosen = self.values if keys is None else {key: self.values.get(key) for key in keys}
        text = json.dumps(chosen, sort_keys=True, default=repr)
        return hashlib.sha256(text.encode()).hexdigest()[:8]


def slug_of(text: str) -> str:
    """A text as a segment of an identifier; of one without Latin letters and digits, what stands
    for it.

    Examples:
        >>> slug_of("Payroll consolidation"), slug_of("UN Habitat "), slug_of("…")
        ('payroll-consolidation', 'un-habitat', 'b4935894')
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:_SLUG].strip("-")
    return slug or hashlib.sha256(text.encode()).hexdigest()[:8]


def rows_of(data: bytes, file: str) -> list[Row]:
    """The rows of a file.

    Raises:
        LoadError: Every problem of the file.
    """
    tree, places, problems = formats_json.parse(data, file)
    found: list[Row] = []
    if not problems:
        if not isinstance(tree, _LIST):
            hint = "the dashboard's file is a list of actions"
            message = "no list stands at the top of the file"
            raise LoadError.of(places.find(()), "wrong-shape", message, hint)
        for index, value in enumerate(tree):
            for code, path, message in _faults(value):
                problems.append(Finding(code, message, places.find((index, *path)), (index, *path)))
            if len(problems) >= MAX_PROBLEMS:
                break
            if isinstance(value, _MAPPING):
                said = {key: each for key, each in value.items() if not _is_blank(each)}
                found.append(Row(index, places.find((index,)), said, places))
        if not problems and not found:
            problems.append(Finding("empty", "the file holds no action", places.find(())))
    if problems:
        raise LoadError(tuple(problems))
    return found


def _is_blank(value: Any) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _faults(value: Any) -> Iterator[tuple[str, Path, str]]:
    """What is wrong with a row: the code of the fault, its path in the row, and a sentence."""
    if not isinstance(value, _MAPPING):
        yield "wrong-shape", (), "should be a mapping: an action"
        return
    if holds_half_pair(value):
        yield "wrong-value", (), "a text holds half of a surrogate pair"
        return
    for key, each in value.items():
        if _is_blank(each):
            continue
        if key in _CODES and not _is_code(each):
            yield "wrong-shape", (key,), "should be a number, or text"
        elif key in _TEXTS and not isinstance(each, str):
            yield "wrong-shape", (key,), "should be text"
        elif key in NAMES and not isinstance(each, (str, _LIST)):
            yield "wrong-shape", (key,), "should be a list of names, or text"
        elif key in NAMES and isinstance(each, _LIST):
            for number, name in enumerate(cast("list[Any]", each)):
                if not isinstance(name, str):
                    yield "wrong-shape", (key, number), "should be text"
        elif key in _FLAGS and not isinstance(each, bool):
            yield "wrong-shape", (key,), "should be true or false"
    if _is_blank(value.get("action_number")):
        yield "missing-field", (), "an action has no action_number"
    if _is_blank(value.get("indicative_activity")) and _is_blank(value.get("sub_action_details")):
        yield "missing-field", (), "an action has no indicative_activity"


def _is_code(value: Any) -> bool:
    return isinstance(value, (int, float, str)) and not isinstance(value, bool)
