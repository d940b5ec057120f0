"""Hints for a field that names another record: what may have been meant, written as it belongs
there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Literal

import attrs

from .._messages import sentence
from ..errors import Position
from ..model import Alignment, Due, Record
from ..model.fields import Field, record_at, shape_of
from ..positions import Path
from .columns import ITEM, PREFIXES, column_of, head_of, in_column
from .index import Context, Index
from .labels import identifier_for
from .several import pieces_of

__all__ = [
    "UNSURE",
    "Hint",
    "NameField",
    "FieldPlace",
    "hint_for_name",
    "holder_at",
    "in_yaml",
    "name_field_at",
]

#: These separate names where each side is one: symbols and units have them too.
_JOINTS = re.compile(r"\s*[/+]\s*")
_SUB_LINE = re.compile(r"(C\s?\d{1,2})\s*\(\s*(e-?[a-z]+)\s*\)", re.IGNORECASE)
#: Of these, `p.` and `pg.` may as well be of a page.
_PAGE = re.compile(r"(?:p|par|pg)\b\.?\s*(\d{1,3})", re.IGNORECASE)
_NAME_HINT = sentence(
    "write a name such as UNESCO, a reference such as SDG 9.c or para. 26, "
    "or an identifier such as groups/youth"
)
#: By the form of a file: how to add an organisation.
_ADDED = {
    "workbook": sentence("give it a line in the sheet Entities"),
    "table": sentence("give it a line in the table entities"),
    "text": sentence("describe it under 'entities'"),
}
_SHOWN = 8
NEAR = 3
"""At most this many near misses are given."""
SEVERAL = 20
"""A text is split into at most this many parts, to see whether it names several things."""


#: Stands for the new value where it is open.
UNSURE: Any = object()


@attrs.frozen
class Hint:
    """How to correct a value: a sentence for people, and the same as data."""

    text: str = ""
    """The sentence; may be empty."""
    meant: tuple[str, ...] = ()
    """What may have been meant, the likeliest first."""
    new: Any = UNSURE
    """The value that surely belongs there; None to take the old one away; `UNSURE` if open."""
    several: bool = False
    """Whether `new` is a list of values each of which needs an item of a list for itself."""

    @classmethod
    def sure(cls, meant: str) -> Hint:
        """The hint where only one thing can be meant."""
        return cls(sentence("did you mean {meant}?", meant=meant), (meant,), meant)


@attrs.frozen(kw_only=True)
class FieldPlace:
    """A field, and where in a file it stands."""

    field: Field | None
    """The field; None where what stands there belongs to none."""
    holder: type[Record] | None
    """The class of the record that has the field."""
    place: Position
    """Where it stands."""
    listed: bool = False
    """Whether it is one of several."""

    @property
    def form(self) -> Literal["workbook", "table", "text"]:
        """What it stands in."""
        if self.place.sheet is not None:
            return "workbook"
        return "text" if self.place.heading is None else "table"

    def due(self, key: str) -> str:
        """How a field of `due` is named there."""
        return {"workbook": f"'Due: {key}'", "table": f"'due.{key}'", "text": f"{key!r}"}[self.form]

    @property
    def must_be_filled(self) -> bool:
        """Whether there is no record without it."""
        if self.field is None or self.holder is None or self.listed:
            return False
        return self.holder.model_fields[self.field.name].is_required()

    @property
    def column(self) -> str | None:
        """For a column of alignments, how the identifiers in it begin; None for any other place."""
        if self.holder is not Alignment or self.place.heading is None:
            return None
        return head_of(self.place.heading)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of record that belong there, the likeliest alone; empty: any kind."""
        if self.column == "gdc/":
            return ("provision",)
        if self.field is None or self.field.refers is None:
            return ()
        if self.field.key == "concept":  # "Media" is the Action Line there, not the group
            return ("concept",)
        return self.field.refers.kinds

    @property
    def context(self) -> Context:
        """What belongs there, as the index takes it."""
        many = self.column is not None or (
            self.listed and self.field is not None and self.field.what == "values"
        )
        return Context(
            kinds=self.kinds,
            head=self.column or "",
            many=many,
            place="text" if self.form == "text" else "cell",
        )


@attrs.frozen(kw_only=True)
class NameField(FieldPlace):
    """A field that names another record, where it stands, and the index of names."""

    names: Callable[[], Index]
    """Gives the index in which the name is looked up."""
    field: Field
    """The field that takes the name."""


def holder_at(root: type[Record], path: Path, place: Position) -> tuple[type[Record] | None, bool]:
    """The class of the record that has the field at a path, and whether several stand there."""
    in_list = bool(path) and not isinstance(path[-1], str)
    holder = record_at(root, path[:-2] if in_list else path[:-1])
    # A cell of a table holds several alignments.
    return holder, in_list or (holder is Alignment and place.heading is not None)


def name_field_at(
    root: type[Record], path: Path, field: Field, names: Callable[[], Index], place: Position
) -> NameField:
    """The field at a path, which names another record."""
    holder, listed = holder_at(root, path, place)
    return NameField(field=field, holder=holder, place=place, listed=listed, names=names)


def hint_for_name(text: str, where: NameField) -> Hint:
    """What to write instead of a text that names no record, or several."""
    if several := _hint_for_several(text, where):
        return Hint(several)
    if whole := _completed(text.strip(), where):
        page = re.match(r"\s*pg?\b", text, re.IGNORECASE)
        return _did_you_mean((whole,), UNSURE if page else whole)
    own = identifier_for(text)
    if own is not None and where.names().has_own(own, where.kinds):
        return _did_you_mean((own,), own)
    close, sure = _near_names(text, where)
    if close:
        return _did_you_mean(close, UNSURE if sure is None else sure)
    if where.column is not None and (other := _other_column(text.strip()[:60], where)):
        column = column_of(other, human=where.form == "workbook")
        return Hint(sentence("write it under {column}", column=repr(column)))
    if last := where.names().last_paragraph_for(text, where.context):
        name = where.names().display_name(last)
        return Hint(sentence("the last paragraph there is {last}", last=name), (name,))
    return Hint(_general_hint(where))


def _did_you_mean(meant: tuple[str, ...], new: Any) -> Hint:
    """The hint for a near miss."""
    return Hint(sentence("did you mean {meant}?", meant=repr(meant[0])), meant, new)


def _hint_for_several(text: str, where: NameField) -> str:
    """The hint for a text that names several things, or seems to; empty for any other."""
    parts = _parts(text, where)
    means = [_is_one_name(part, where) for part in parts] if 1 < len(parts) <= SEVERAL else []
    if any(means) and where.field.what == "value" and where.column is None:
        return _only_one(parts if all(means) else [], where)
    if any(means) and where.form == "text":
        how = f": [{', '.join(map(in_yaml, parts))}]" if all(means) else ""
        return f"several make a list{how}"
    if any(means):
        head = where.column or ""
        how = f": {'; '.join(in_column(part, head) for part in parts)}" if all(means) else ""
        return f"several are separated by semicolons{how}"
    several = where.names().resolve(text, where.context).identifiers
    if len(several) > 1 and not where.context.many:
        few = several if len(several) <= _SHOWN else ()
        return _only_one([where.names().display_name(each, where.context) for each in few], where)
    return sentence("only one belongs here") if ";" in text else ""


def _other_column(text: str, where: NameField) -> str | None:
    """The other column of alignments in which a text has a meaning."""
    for head in PREFIXES:
        kinds = ("provision",) if head == "gdc/" else ("concept",)
        meant = where.names().find_or_none(in_column(text, head, full=True), Context(kinds=kinds))
        if head != where.column and meant and meant.startswith(head):
            return head
    return None


def in_yaml(text: str) -> str:
    """A text as it stands in YAML within brackets or braces.

    Examples:
        >>> in_yaml("para. 26"), in_yaml("C7: e-health"), in_yaml("2027-06-30")
        ('para. 26', '"C7: e-health"', '2027-06-30')
    """
    plain = re.fullmatch(r"\w(?:[\w ./()-]*[\w.)])?", text) is not None
    return text if plain else json.dumps(text, ensure_ascii=False)


def _near_names(text: str, where: NameField) -> tuple[tuple[str, ...], str | None]:
    """The names most like a text, of what belongs there, as they are written there; and the one
    that certainly is meant, if there is one.
    """
    first, *others = _JOINTS.split(text, 1)
    if others and "entity" in where.kinds and _is_one_name(first, where):
        return (), None  # of UNESCO/IFAP the second would be lost
    head, names = where.column or "", where.names()
    close = names.near(text, SEVERAL if head else NEAR, where.kinds)
    found = [each for each in close if each.startswith(head)][:NEAR]
    sure = names.certain(text, found)
    return (
        tuple(names.display_name(each, where.context) for each in found),
        None if sure is None else names.display_name(sure, where.context),
    )


def _parts(text: str, where: NameField) -> list[str]:
    """The parts of a text that names several things; no more than `SEVERAL`, plus one."""
    found: list[str] = []
    for part in pieces_of(text.strip())[::2]:
        sides = [side for side in _JOINTS.split(part, SEVERAL) if side]
        joint = (
            1 < len(sides) <= SEVERAL
            and not _is_one_name(part, where)
            and all(_is_one_name(side, where) for side in sides)
        )
        found += sides if joint else [part] if part else []
        if len(found) > SEVERAL:
            break
    return found


def _is_one_name(part: str, where: NameField) -> bool:
    """Whether a part means one thing."""
    head = where.column or ""
    found = where.names().resolve(in_column(part, head, full=True) if head else part, where.context)
    return len(found.identifiers) == 1 and found.identifiers[0].startswith(head)


def _completed(text: str, where: NameField) -> str | None:
    """The reference that a bare number, or one with other signs in it, stands for, if there is such
    a record: `para. 26` for `p. 26`.
    """
    plain = text[:60]
    if "provision" in where.kinds and (page := _PAGE.fullmatch(plain)):
        whole = f"para. {page[1]}"
        return whole if where.names().find_or_none(whole, where.context) else None
    if line := _SUB_LINE.fullmatch(plain):
        whole = f"{line[1]}: {line[2].lower()}"
    elif ITEM.fullmatch(plain) and (where.column == "gdc/" or plain[:3].upper() == "GDC"):
        whole = in_column(plain, "gdc/", full=True)
    elif where.column and plain.isdecimal():
        whole = in_column(plain, where.column, full=True)
    else:
        return None
    kinds = ("provision",) if whole.startswith("GDC") else where.kinds
    meant = where.names().find_or_none(whole, Context(kinds=kinds))
    if meant is None or not meant.startswith(where.column or ""):
        return None
    return whole if plain.isdecimal() else where.names().display_name(meant, where.context)


def _only_one(parts: list[str], where: NameField) -> str:
    """The hint that a field takes one name, and where the others go."""
    fields = shape_of(where.holder) if where.holder else ()
    others = next((each for each in fields if each.key == f"co_{where.field.key}s"), None)
    if others is None:
        return sentence("only one belongs here")
    column = others.key.replace("_", "-").capitalize() if where.form == "workbook" else others.key
    if not parts:
        return f"only one belongs here; the others go under {column}"
    return f"only one belongs here: write {parts[0]}, and {'; '.join(parts[1:])} under {column}"


def _general_hint(where: NameField) -> str:
    """The hint where nothing is like the text: what may be written, and how to add a record."""
    if "entity" in where.kinds:
        return sentence(
            "write a name such as UNESCO or an identifier such as groups/youth, or {add}",
            add=_ADDED[where.form],
        )
    if where.kinds == ("session",) and where.holder is Due:
        return sentence(
            "write what is due there under {event} or {date}",
            event=where.due("event"),
            date=where.due("date"),
        )
    return _NAME_HINT
