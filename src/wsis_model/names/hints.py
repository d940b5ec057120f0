"""Who or what may have been meant where another record is named, said as it is written there."""

from __future__ import annotations

import json
import re
from typing import Literal

import attrs

from ..errors import Position
from ..model import Alignment, Due, Record, is_identifier
from ..model.fields import Field, shape_of
from .index import Names

__all__ = ["Known", "Where", "column_of", "hint_for_name", "in_yaml", "likely"]

_SEPARATORS = re.compile(r"\s*(?:[;,\n&]|\band\b)\s*", re.IGNORECASE)
#: These separate names where each side is one: symbols and units have them too.
_JOINTS = re.compile(r"\s*[/+]\s*")
#: The columns of tables that take concepts, by the letters of their headings: the beginning of the
#: identifiers that belong there.
_COLUMNS = {
    "actionlines": "action-lines/",
    "sdgtargets": "sdg/",
    "commitments": "gdc/",
    "compactcommitments": "gdc/",
    "themes": "",
    "otheralignments": "",
}
#: The columns for concepts of one kind, by the beginning of their identifiers, in tables of
#: programs and of people.
_COLUMNS_OF = {
    "action-lines/": ("action_lines", "Action Lines"),
    "sdg/": ("sdg_targets", "SDG targets"),
    "gdc/": ("commitments", "Compact commitments"),
    "": ("themes", "Other alignments"),
}
#: What stands before a number of that column where it stands elsewhere.
_PREFIXES = {"action-lines/": "C", "sdg/": "SDG ", "gdc/": "GDC "}
_SUB_LINE = re.compile(r"(C\s?\d{1,2})\s*\(\s*(e-?[a-z]+)\s*\)", re.IGNORECASE)
_ITEM = re.compile(r"(?:GDC\s*)?(\d{1,3})\s*[.-]?\s*([a-z])", re.IGNORECASE)
_PAGE = re.compile(r"(?:p|par|pg)\b\.?\s*(\d{1,3})", re.IGNORECASE)
_NAME_HINT = "write a name such as UNESCO, a reference such as SDG 9.c or para. 26, or an identifier such as groups/youth"
#: By the form of a file: how to add an organisation.
_ADDED = {
    "workbook": "give it a line in the sheet Entities",
    "table": "give it a line in the table entities",
    "text": "describe it under 'entities'",
}
SEVERAL = 20
"""Into so many parts a text is taken apart at most, to see whether it names several things."""


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

    names: Names
    """Knows names."""
    field: Field
    """The field that takes it."""

    @property
    def column(self) -> str | None:
        """With what the identifiers begin that belong in the column of alignments it stands in;
        None where it stands in none.
        """
        if self.holder is not Alignment or self.place.heading is None:
            return None
        return _COLUMNS.get(re.sub(r"[^a-z]", "", self.place.heading[:100].lower()))

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of record are meant there; none stands for any."""
        return ("provision",) if self.column == "gdc/" else likely(self.field)


def likely(field: Field) -> tuple[str, ...]:
    """What kinds of record are meant in a field that names others; none stands for any."""
    return LIKELY.get(field.key) or (field.refers.kinds if field.refers else ())


LIKELY: dict[str, tuple[str, ...]] = {"concept": ("concept",)}
"""What is most likely meant in a field that takes records of several kinds: the Action Line by "Media",
and not the group.
"""


def hint_for_name(text: str, known: Known) -> str:
    """Who or what was meant where another record is named."""
    parts = _parts(text, known)
    means = [_means(part, known) for part in parts] if 1 < len(parts) <= SEVERAL else []
    if any(means) and known.column is not None:
        how = (
            f": {'; '.join(_in_column(part, known.column) for part in parts)}" if all(means) else ""
        )
        return f"several are separated by semicolons{how}"
    if any(means) and known.field.what == "value":
        return _only_one(parts if all(means) else [], known)
    if any(means) and known.form == "text":
        how = f": [{', '.join(map(in_yaml, parts))}]" if all(means) else ""
        return f"several make a list{how}"
    if any(means):
        how = f": {'; '.join(parts)}" if all(means) else ""
        return f"several are separated by semicolons{how}"
    if ";" in text:
        return "only one belongs here"
    close = _respelt(text.strip(), known) or _near(text, known)
    if close:
        return f"did you mean {close!r}?"
    if known.column is not None and (head := _head_elsewhere(text.strip()[:60], known)):
        return f"write it under {column_of(head, human=known.form == 'workbook')!r}"
    return _otherwise(known.kinds, known)


def column_of(identifier: str, *, human: bool) -> str:
    """The column of alignments in which a concept belongs.

    Examples:
        >>> column_of("sdg/9.c", human=True), column_of("themes/igf", human=False)
        ('SDG targets', 'themes')
    """
    head = next(head for head in _COLUMNS_OF if identifier.startswith(head))
    return _COLUMNS_OF[head][human]


def _head_elsewhere(text: str, known: Known) -> str | None:
    """The beginning of the identifiers of another column, in which a text means something."""
    for head in _PREFIXES:
        kinds = ("provision",) if head == "gdc/" else ("concept",)
        meant = known.names.meant(_in_column(text, head, full=True), kinds)
        if (
            head != known.column
            and meant
            and meant.startswith(head)
            and meant in known.names.near(meant, 1, kinds)
        ):
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


def _near(text: str, known: Known) -> str | None:
    """What is called nearly so, of what belongs there."""
    first, *others = _JOINTS.split(text, 1)
    if others and "entity" in known.kinds and known.names.meant(first, known.kinds):
        return None  # of UNESCO/IFAP the second would be lost
    head = known.column or ""
    close = known.names.near(text, SEVERAL if head else 1, known.kinds)
    return next((each for each in close if each.startswith(head)), None)


def _parts(text: str, known: Known) -> list[str]:
    """The parts of a text that names several things: a few, or one more than that."""
    found: list[str] = []
    for part in _SEPARATORS.split(text.strip()):
        sides = [side for side in _JOINTS.split(part, SEVERAL) if side]
        joint = (
            1 < len(sides) <= SEVERAL
            and not _means(part, known)
            and all(known.names.meant(side, known.kinds) for side in sides)
        )
        found += sides if joint else [part] if part else []
        if len(found) > SEVERAL:
            break
    return found


def _means(part: str, known: Known) -> bool:
    if known.column:
        meant = known.names.meant(_in_column(part, known.column, full=True), known.kinds)
        return meant is not None and meant.startswith(known.column)
    return is_identifier(part) or known.names.meant(part, known.kinds) is not None


def _in_column(part: str, head: str, *, full: bool = False) -> str:
    """One of several concepts as it is written in the column where identifiers begin so, or, in
    *full*, as it is elsewhere.
    """
    prefix = _PREFIXES.get(head, "")
    if head == "gdc/" and (item := _ITEM.fullmatch(part)):
        part = f"{item[1]}({item[2].lower()})"
    bare = part.removeprefix(prefix)
    if head != "action-lines/":
        return f"{prefix}{bare}" if full and bare[:1].isdigit() else bare
    return f"{prefix}{part}" if part.isdecimal() else part


def _respelt(text: str, known: Known) -> str | None:
    """What is meant by a number without what belongs before it, or with other signs within it,
    where there is such a thing.
    """
    plain = text[:60]
    if "provision" in known.kinds and (page := _PAGE.fullmatch(plain)):
        said = f"para. {page[1]}"
        meant = known.names.meant(said, known.kinds)
        return said if meant and meant in known.names.near(meant, 1, known.kinds) else None
    if line := _SUB_LINE.fullmatch(plain):
        said = f"{line[1]}: {line[2].lower()}"
    elif _ITEM.fullmatch(plain) and (known.column == "gdc/" or plain[:3].upper() == "GDC"):
        said = _in_column(plain, "gdc/", full=True)
    elif known.column and plain.isdecimal():
        said = _in_column(plain, known.column, full=True)
    else:
        return None
    kinds = ("provision",) if said.startswith("GDC") else known.kinds
    meant = known.names.meant(said, kinds)
    if (
        meant is None
        or not meant.startswith(known.column or "")
        or meant not in known.names.near(meant, 1, kinds)
    ):
        return None
    return said if plain.isdecimal() else meant


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
