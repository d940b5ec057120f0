"""Who or what may have been meant where another record is named, said as it is written there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Literal

import attrs

from ..errors import Position
from ..model import Alignment, Due, Record
from ..model.fields import Field, record_at, shape_of
from ..positions import Path
from .columns import ITEM, PREFIXES, column_of, head_of, in_column
from .index import Context, Index
from .labels import identifier_for
from .several import pieces_of

__all__ = ["UNSURE", "Hint", "Known", "Where", "hint_for_name", "holder_at", "in_yaml", "known_at"]

#: These separate names where each side is one: symbols and units have them too.
_JOINTS = re.compile(r"\s*[/+]\s*")
_SUB_LINE = re.compile(r"(C\s?\d{1,2})\s*\(\s*(e-?[a-z]+)\s*\)", re.IGNORECASE)
_PAGE = re.compile(r"(?:p|par|pg)\b\.?\s*(\d{1,3})", re.IGNORECASE)
_NAME_HINT = "write a name such as UNESCO, a reference such as SDG 9.c or para. 26, or an identifier such as groups/youth"
#: By the form of a file: how to add an organisation.
_ADDED = {
    "workbook": "give it a line in the sheet Entities",
    "table": "give it a line in the table entities",
    "text": "describe it under 'entities'",
}
_SHOWN = 8
NEAR = 3
"""Of what is called nearly so, so many are given."""
SEVERAL = 20
"""Into so many parts a text is taken apart at most, to see whether it names several things."""


#: What to write where that is open.
UNSURE: Any = object()


@attrs.frozen
class Hint:
    """What would do: a sentence for people, and what it says as data."""

    text: str = ""
    """The sentence; may be empty."""
    meant: tuple[str, ...] = ()
    """What may have been meant, the likeliest first."""
    new: Any = UNSURE
    """What surely should stand there instead; None where nothing should."""

    @classmethod
    def sure(cls, meant: str) -> Hint:
        """The one thing that is plainly meant."""
        return cls(f"did you mean {meant}?", (meant,), meant)


@attrs.frozen(kw_only=True)
class Where:
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
        """What the field of this name is called of what is due."""
        return {"workbook": f"'Due: {key}'", "table": f"'due.{key}'", "text": f"{key!r}"}[self.form]

    @property
    def must_be_filled(self) -> bool:
        """Whether there is no record without it."""
        if self.field is None or self.holder is None or self.listed:
            return False
        return self.holder.model_fields[self.field.name].is_required()


@attrs.frozen(kw_only=True)
class Known(Where):
    """Who knows what things are called, and where the name of one belongs."""

    ask: Callable[[], Index]
    """Gives who knows names."""
    field: Field
    """The field that takes it."""

    @property
    def names(self) -> Index:
        """Knows names."""
        return self.ask()

    @property
    def column(self) -> str | None:
        """With what the identifiers begin that belong in the column of alignments it stands in;
        None where it stands in none.
        """
        if self.holder is not Alignment or self.place.heading is None:
            return None
        return head_of(self.place.heading)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of record are meant there; none stands for any."""
        return ("provision",) if self.column == "gdc/" else likely(self.field)

    @property
    def context(self) -> Context:
        """What belongs there, for who resolves names."""
        many = self.column is not None or (self.listed and self.field.what == "values")
        return Context(
            kinds=self.kinds,
            head=self.column or "",
            many=many,
            place="text" if self.form == "text" else "cell",
        )


def holder_at(root: type[Record], path: Path, place: Position) -> tuple[type[Record] | None, bool]:
    """The class of the record that has the field at a path, and whether several stand there."""
    in_list = bool(path) and not isinstance(path[-1], str)
    holder = record_at(root, path[:-2] if in_list else path[:-1])
    # A cell of a table holds several alignments.
    return holder, in_list or (holder is Alignment and place.heading is not None)


def known_at(
    root: type[Record], path: Path, field: Field, ask: Callable[[], Index], place: Position
) -> Known:
    """Where the name of a record belongs, and who knows names."""
    holder, listed = holder_at(root, path, place)
    return Known(field=field, holder=holder, place=place, listed=listed, ask=ask)


def likely(field: Field) -> tuple[str, ...]:
    """What kinds of record are meant in a field that names others; none stands for any."""
    return LIKELY.get(field.key) or (field.refers.kinds if field.refers else ())


LIKELY: dict[str, tuple[str, ...]] = {"concept": ("concept",)}
"""What is most likely meant in a field that takes records of several kinds: the Action Line by "Media",
and not the group.
"""


def hint_for_name(text: str, known: Known) -> Hint:
    """Who or what was meant where another record is named."""
    if several := _several(text, known):
        return Hint(several)
    said = _respelt(text.strip(), known)
    close = (said,) if said else _near(text, known)
    if close:
        sure = len(close) == 1 or identifier_for(text) == close[0]
        return Hint(f"did you mean {close[0]!r}?", close, close[0] if sure else UNSURE)
    if known.column is not None and (other := _head_elsewhere(text.strip()[:60], known)):
        return Hint(f"write it under {column_of(other, human=known.form == 'workbook')!r}")
    if last := known.names.beyond(text, known.context):
        said = known.names.spoken(last)
        return Hint(f"the last paragraph there is {said}", (said,))
    return Hint(_otherwise(known.kinds, known))


def _several(text: str, known: Known) -> str:
    """How several are written, where a text names several or seems to; else nothing."""
    parts = _parts(text, known)
    means = [_means(part, known) for part in parts] if 1 < len(parts) <= SEVERAL else []
    if any(means) and known.field.what == "value" and known.column is None:
        return _only_one(parts if all(means) else [], known)
    if any(means) and known.form == "text":
        how = f": [{', '.join(map(in_yaml, parts))}]" if all(means) else ""
        return f"several make a list{how}"
    if any(means):
        head = known.column or ""
        how = f": {'; '.join(in_column(part, head) for part in parts)}" if all(means) else ""
        return f"several are separated by semicolons{how}"
    several = known.names.resolve(text, known.context).identifiers
    if len(several) > 1 and not known.context.many:
        few = several if len(several) <= _SHOWN else ()
        return _only_one([known.names.spoken(each, known.context) for each in few], known)
    return "only one belongs here" if ";" in text else ""


def _head_elsewhere(text: str, known: Known) -> str | None:
    """The beginning of the identifiers of another column, in which a text means something."""
    for head in PREFIXES:
        kinds = ("provision",) if head == "gdc/" else ("concept",)
        meant = known.names.held(in_column(text, head, full=True), Context(kinds=kinds))
        if head != known.column and meant and meant.startswith(head):
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


def _near(text: str, known: Known) -> tuple[str, ...]:
    """What is called nearly so, of what belongs there, as it is written there; the nearest first."""
    first, *others = _JOINTS.split(text, 1)
    if others and "entity" in known.kinds and _means(first, known):
        return ()  # of UNESCO/IFAP the second would be lost
    head = known.column or ""
    close = known.names.near(text, SEVERAL if head else NEAR, known.kinds)
    found = [each for each in close if each.startswith(head)][:NEAR]
    return tuple(known.names.spoken(each, known.context) for each in found)


def _parts(text: str, known: Known) -> list[str]:
    """The parts of a text that names several things: a few, or one more than that."""
    found: list[str] = []
    for part in pieces_of(text.strip())[::2]:
        sides = [side for side in _JOINTS.split(part, SEVERAL) if side]
        joint = (
            1 < len(sides) <= SEVERAL
            and not _means(part, known)
            and all(_means(side, known) for side in sides)
        )
        found += sides if joint else [part] if part else []
        if len(found) > SEVERAL:
            break
    return found


def _means(part: str, known: Known) -> bool:
    """Whether a part means one thing."""
    head = known.column or ""
    found = known.names.resolve(in_column(part, head, full=True) if head else part, known.context)
    return len(found.identifiers) == 1 and found.identifiers[0].startswith(head)


def _respelt(text: str, known: Known) -> str | None:
    """What is meant by a number without what belongs before it, or with other signs within it,
    where there is such a thing.
    """
    plain = text[:60]
    if "provision" in known.kinds and (page := _PAGE.fullmatch(plain)):
        said = f"para. {page[1]}"
        return said if known.names.held(said, known.context) else None
    if line := _SUB_LINE.fullmatch(plain):
        said = f"{line[1]}: {line[2].lower()}"
    elif ITEM.fullmatch(plain) and (known.column == "gdc/" or plain[:3].upper() == "GDC"):
        said = in_column(plain, "gdc/", full=True)
    elif known.column and plain.isdecimal():
        said = in_column(plain, known.column, full=True)
    else:
        return None
    kinds = ("provision",) if said.startswith("GDC") else known.kinds
    meant = known.names.held(said, Context(kinds=kinds))
    if meant is None or not meant.startswith(known.column or ""):
        return None
    return said if plain.isdecimal() else known.names.spoken(meant, known.context)


def _only_one(parts: list[str], known: Known) -> str:
    """That a field takes one, and where the others go."""
    beside = (
        next((each for each in shape_of(known.holder) if each.key == "partners"), None)
        if known.holder
        else None
    )
    if beside is None or beside.refers != known.field.refers:
        return "only one belongs here"
    where = "Partners" if known.form == "workbook" else "partners"
    if not parts:
        return f"only one belongs here; the others go under {where}"
    return f"only one belongs here: write {parts[0]}, and {'; '.join(parts[1:])} under {where}"


def _otherwise(kinds: tuple[str, ...], known: Known) -> str:
    """What does where nothing is meant: what may be written, and how to say what is not held."""
    if "entity" in kinds:
        return f"write a name such as UNESCO or an identifier such as groups/youth, or {_ADDED[known.form]}"
    if kinds == ("session",) and known.holder is Due:
        return f"write what is due there under {known.due('event')} or {known.due('date')}"
    return _NAME_HINT
