r"""Records as tables and tables as records: what CSV and the workbook have in common.

A table has a heading over each column and a record in each row. Headings are the names of fields as
in YAML (`due.session`, `title:fr`) or the same for people (`Due: session`, `Title (fr)`), in any
case. Rows that belong to another record name it under `belongs_to`. Beside the fields there are:

* `action_lines`, `sdg_targets`, `commitments`, `themes`: alignments whose basis is editorial,
  several to a cell (`9.c; 4.4`);
* `faults`: what a marked copy says of a row, never read.

In the tables of a road map's parts an identifier without `/` belongs to the road map: `a1` in
`c2-roadmap` is `c2-roadmap/a1` (`/a1` is `a1` itself). Owners and other parts of a road map may
also be named by their titles. An identifier that was left blank is made up, and no other row may
name it: with the next row put in between it would be another's. For the same reason no row is named
by its place: an owner without identifier is named by what tells it apart (an update by its date, or
`2027-02-01 a1`, a note by its mark), after the identifier of what holds it and `#` (`80-173#1`);
where nothing does, as `updates/2 of 3`, which is told of once there are four.

A row whose first cell begins with `example:`, as the template writes it, is not read, nor is a
column whose heading begins with `#`.
"""

from __future__ import annotations

import functools
import json
import re
import typing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from itertools import chain, islice
from typing import Any, NoReturn

import attrs

from ..errors import DuplicateIdentifier, NotAReference, Position, Problem, excerpt
from ..model import RECORDS, Alignment, Basis, File, Record, cite, is_identifier, parse_reference
from ..model.fields import Field, record_at, shape_of
from ..model.kinds import KINDS
from ..model.record import field_docs
from ..model.roadmaps import Activity, Roadmap
from ..positions import Path, path_text
from ._hints import column_of, day_meant
from ._problems import bounded, nearest_field
from ._salvage import UNREAD
from ._text import (
    HINTED,
    MOST,
    UNKNOWN,
    Plain,
    as_written,
    can_be_kept,
    is_day,
    too_deep,
    unlabelled,
    whole_number,
)

__all__ = [
    "ALIGNED",
    "FAULTS",
    "OF",
    "OWN",
    "SHEETS",
    "TABLES",
    "RowPlaces",
    "Table",
    "assemble",
    "columns_of",
    "doc_of",
    "examples_of",
    "field_of",
    "heads",
    "in_a_cell",
    "in_order",
    "in_words",
    "label_of",
    "must_be_filled",
    "owners_of",
    "respelt",
    "rows_of",
    "words_of",
]

OF = "belongs_to"
"""The column that names the record a row belongs to."""
FAULTS = "faults"
"""The column in which a marked copy tells what is wrong with a row."""
OWN = "#"
"""What the heading of a column, and the name of a sheet, begins with that people keep for
themselves.
"""

#: The columns of alignments: the beginning of the identifiers that stand in them (none: all others)
#: and what they hold.
ALIGNED: dict[str, tuple[str, str]] = {
    "action_lines": ("action-lines/", 'Action Lines, e.g. `"C2; C7: e-health"`.'),
    "sdg_targets": ("sdg/", 'SDG targets, e.g. `"9.c; 4.4"`; never inferred from a goal.'),
    "commitments": ("gdc/", 'Commitments of the Global Digital Compact, e.g. `"21(a)"`.'),
    "themes": ("", 'Other concepts that it serves, e.g. `"themes/igf"`.'),
}
_LABELS = {
    "id": "ID",
    "iri": "IRI",
    "url": "URL",
    "urls": "URLs",
    "akn_iri": "AKN IRI",
    "sdg_targets": "SDG targets",
    "sdg_indicator": "SDG indicator",
    "commitments": "Compact commitments",
    "action_lines": "Action Lines",
    "themes": "Other alignments",
}
SHOWN = 8
"""So many rows are named in a hint."""
LISTED = 30
"""So many columns are."""
#: The kinds of record that are parts of road maps and have identifiers: how those begin that are
#: made for a blank one.
_NUMBERED = {"objectives": "o", "activities": "a", "indicators": "i", "milestones": "m"}
_PARTS = {kind.name: kind.listed for kind in KINDS if kind.inside in (Roadmap, Activity)}
"""The kinds of record that are parts of a road map, and their tables."""
_TITLES = ("title", "statement", "name", "label")
"""The fields that say what a record is called."""
#: The goals of which x.1 and x.10 are both targets: a spreadsheet's number cannot tell them apart.
_TENTHS = re.compile(r"(?:8|16|17)\.1")
#: The kinds of record that own others and have no identifier: the fields that tell those of one
#: list apart, as far as they do.
_TOLD_APART: dict[str, tuple[str, ...]] = {
    "updates": ("date", "about"),
    "notes": ("mark",),
    "tables": (),
}
NAME = 100
"""A name made of such fields has so many characters at most."""
_PLACE = re.compile(r"[a-z]+/[0-9]+ of [0-9]+")
"""How such a record is named by its place in a list where nothing tells it apart."""
#: What people head their notes with, without an `s` at the end: close to nothing of ours by its
#: letters only.
_REMARKS = frozenset(("comment", "remark"))
#: The columns that hold names of versions, and one that may have lost a nought at its end: `1.1` of
#: `1.10`.
_VERSIONS = frozenset(("version", "edition"))
_SHORTENED = re.compile(r"[0-9]+\.[0-9]")
#: A text that may be a whole number with a point between its thousands: with any three places after
#: it, or only with a nought at the end, which neither we nor most programs write after a point.
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_WITH_NOUGHT = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{2}0")
#: A number with a point, which can only stand before its fraction unless it may be between
#: thousands.
_POINTED = re.compile(r"-?[0-9]+\.[0-9]+")
HINTS = 20
"""For so many owners that are not there a near miss is looked for, which takes time in proportion
to those that are.
"""
NEAR = 2000
"""So many rows of a table are looked at for it."""
#: Part of a name that can only be a date, or the beginning of one.
_DATED = re.compile(r"[0-9][0-9./-]*")
_ROADMAPS = "roadmaps"
_FILE = "file"


def _find_tables() -> dict[str, type[Record]]:
    """Each record class that stands in a list somewhere, by the name of the list."""
    found: dict[str, type[Record]] = {}
    for holder in RECORDS:
        for field in shape_of(holder):
            if field.what == "records" and field.record is not None:
                assert found.setdefault(field.key, field.record) is field.record, field.key
    return found


#: Table name to record class. A table is named as the list that holds the records.
TABLES: dict[str, type[Record]] = _find_tables()
SHEETS: dict[str, str] = {
    name: "Road maps" if name == "roadmaps" else name.replace("_", " ").capitalize()
    for name in (*TABLES, "file")
}
"""Table name to name of the sheet in a workbook."""
_TOP = {field.key for field in shape_of(File) if field.what == "records"}
#: For each table those whose records may own its rows; first those whose records have identifiers.
_HOLDERS: dict[str, tuple[str, ...]] = {
    table: tuple(
        sorted(
            (
                holder
                for holder, record in TABLES.items()
                if any(field.key == table for field in shape_of(record) if field.record)
            ),
            key=lambda holder: "id" not in TABLES[holder].model_fields,
        )
    )
    for table in TABLES
}


def owners_of(table: str) -> tuple[str, ...]:
    """The tables whose records may own a row of this one.

    Examples:
        >>> owners_of("milestones"), owners_of("evidence"), owners_of("roadmaps")
        (('activities',), ('milestones', 'updates'), ())
    """
    return _HOLDERS.get(table, ())


def _depth(table: str) -> int:
    return 1 + max((_depth(holder) for holder in _HOLDERS[table]), default=-1)


_IN_ORDER = sorted(TABLES, key=_depth)
"""The tables, owners before what belongs to them."""


def columns_of(record: type[Record], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """The columns of a record's table, without those for languages other than English."""
    for field in shape_of(record):
        name = prefix + field.key
        if field.what == "record" and field.record is not None:
            yield name, field
            yield from columns_of(field.record, name + ".")
        elif field.what != "records":
            yield name, field


def label_of(column: str) -> str:
    """The heading of a column for people.

    Examples:
        >>> label_of("due.session"), label_of("title:fr"), label_of("id"), label_of("sdg_targets")
        ('Due: session', 'Title (fr)', 'ID', 'SDG targets')
    """
    stem, _, language = column.partition(":")
    parts = [_LABELS.get(part) or part.replace("_", " ") for part in stem.split(".")]
    parts[0] = parts[0][:1].upper() + parts[0][1:]
    return ": ".join(parts) + (f" ({language})" if language else "")


def _folded(heading: str) -> str:
    return " ".join(re.sub(r"[_.:-]", " ", heading).casefold().split())


def _patterned(annotation: Any) -> bool:
    """Whether an annotation says how its text is written."""
    marks = (*getattr(annotation, "__metadata__", ()), annotation)
    return any(getattr(each, "pattern", None) for each in marks) or any(
        _patterned(each) for each in typing.get_args(annotation)
    )


@attrs.frozen
class _Column:
    """A column of a table: its field, and whether it holds free text, in which a space at the end
    counts.
    """

    field: Field
    free: bool
    words: Mapping[str, str]
    """The values of an enumeration, by how people may write them."""


def words_of(field: Field) -> list[str]:
    """The values of a field that is an enumeration."""
    kind: Any = field.type
    return (
        [str(each.value) for each in kind]
        if isinstance(kind, type) and issubclass(kind, Enum)
        else []
    )


@functools.cache
def _columns(record: type[Record]) -> dict[str, _Column]:
    found: dict[str, _Column] = {}
    for name, field in columns_of(record):
        holder = record_at(record, tuple(name.split(".")[:-1]))
        assert holder is not None
        info = holder.model_fields[field.name]
        named = (
            field.refers is not None
            or _patterned(info.annotation)
            or any(map(_patterned, info.metadata))
        )
        words = {_folded(word): word for word in words_of(field)}
        free = field.what == "translations" or (
            field.what in ("value", "values") and field.type is str and not named
        )
        found[name] = _Column(field, free, words)
    return found


@functools.cache
def _aliases(table: str) -> dict[str, str]:
    """How people may write each heading of a table, folded, and the column it stands for."""
    record = TABLES.get(table, File)
    columns = [
        *_columns(record),
        *(ALIGNED if _is_aligned(record) else ()),
        *((OF,) if owners_of(table) else ()),
    ]
    found = {_folded(each): column for column in columns for each in (column, label_of(column))}
    for holder in owners_of(table):
        # "Activity" over the column that says which activity a milestone belongs to.
        found.setdefault(_kind(holder), OF)
    return found


def _kind(table: str) -> str:
    """What people call a record of a table.

    Examples:
        >>> _kind("activities"), _kind("roadmaps")
        ('activity', 'road map')
    """
    return (
        "road map"
        if table == _ROADMAPS
        else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", TABLES[table].__name__).lower()
    )


def _one(table: str) -> str:
    """A record of a table, in a message."""
    kind = _kind(table)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


@functools.cache
def _is_aligned(record: type[Record]) -> bool:
    return any(field.record is Alignment and field.what == "records" for field in shape_of(record))


def _column(table: str, heading: str) -> str | None:
    """The column that a heading stands for, or None."""
    columns = _columns(TABLES.get(table, File))
    if heading in columns:
        return heading
    stem, colon, language = heading.partition(":")
    if colon and not language:
        return None
    if not language:
        spoken = re.fullmatch(r"(.+?)\s*\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)", heading)
        stem = _aliases(table).get(_folded(spoken[1]), "") if spoken else ""
        language = spoken[2] if spoken else ""
        language = language.lower() if len(language) < 4 else language
    if language and stem in columns and columns[stem].field.what == "translations":
        return stem if language == "en" else f"{stem}:{language}"
    return _aliases(table).get(_folded(heading))


def heads(table: str, headings: Iterable[str]) -> int:
    """How many of some cells are headings of a table."""
    return sum(_column(table, each.strip()) is not None for each in headings if each.strip())


# --- writing --------------------------------------------------------------------------------------


def _join(values: tuple[Any, ...]) -> str:
    shown: list[str] = []
    for value in values:
        plain = value.value if isinstance(value, Enum) else value
        text = str(plain).replace("\\", "\\\\").replace(";", "\\;")
        text = re.sub(r"^(?=\s)|(?<=\s)$", r"\\e", text)
        shown.append(text or "\\e")
    return "; ".join(shown)


_BLANK = re.compile(r"(?:\\e)+\s+(?:\\e)+")


def _visible(text: str) -> str:
    r"""A text as it is written: one of spaces alone stands between signs, since a cell that looks
    empty is empty.

    Examples:
        >>> _visible("  "), _visible(" a")
        ('\\e  \\e', ' a')
    """
    return rf"\e{text}\e" if not text.strip() or _BLANK.fullmatch(text) else text


def _cell(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _visible(str(value))


def _spaced(text: str) -> str:
    return " ".join(text.split()).casefold()


def _forms(first: str, ways: Iterable[str]) -> set[str]:
    """How a record without identifier may be called: by what comes first, alone or beside what else
    is said of it, in any of its ways.
    """
    listed = [way for way in ways if way]
    said = (first, *(f"{first} {way}" for way in listed), *(f"{way} {first}" for way in listed))
    return {form for form in map(_spaced, said) if form and not _PLACE.fullmatch(form)}


def _dated(text: str) -> str:
    """A name with its day as ISO 8601 writes it, where that is plain.

    Examples:
        >>> (
        ...     _dated("25/11/2026"),
        ...     _dated("25 November 2026"),
        ...     _dated("25.11.2026 a1"),
        ...     _dated("4/5/2026"),
        ... )
        ('2026-11-25', '2026-11-25', '2026-11-25 a1', '4/5/2026')
    """
    if is_day(text) or len(text) > NAME:
        return text
    return day_meant(text) or " ".join(day_meant(word) or word for word in text.split())


def _is_name(text: str) -> bool:
    """Whether a text is read back from a cell as it is, and could not be the place of a record in a
    list.
    """
    plain = text.isprintable() and text == " ".join(text.split()) and "|" not in text
    return plain and 0 < len(text) <= NAME and not _PLACE.fullmatch(_spaced(text))


def _names(table: str, siblings: Sequence[tuple[str, str, Set[str]]]) -> list[str]:
    """A name for each of the records of a list that have no identifier: what tells it from the
    others, else which of how many it is.

    Args:
        table: Their table.
        siblings: Of each what comes first in its name, what is added where that does not do, and
            all the ways to say that.

    Examples:
        >>> _names(
        ...     "updates",
        ...     [
        ...         ("2027-01-01", "a1", {"a1"}),
        ...         ("2027-02-01", "a1", {"a1"}),
        ...         ("2027-02-01", "a2", {"a2"}),
        ...     ],
        ... )
        ['2027-01-01', '2027-02-01 a1', '2027-02-01 a2']
        >>> _names("notes", [("*", "", set()), ("*", "", set()), ("1", "", set())])
        ['notes/1 of 3', 'notes/2 of 3', '1']
    """
    counts = Counter(form for first, _, ways in siblings for form in _forms(first, ways))
    made: list[str] = []
    for number, (first, more, _) in enumerate(siblings, 1):
        names = (first, *([f"{first} {more}"] if more else []))
        place = f"{table}/{number} of {len(siblings)}"
        made.append(
            next((each for each in names if _is_name(each) and counts[_spaced(each)] == 1), place)
        )
    return made


@attrs.define(eq=False)
class _Writer:
    """Rows of records, for programs or for people."""

    human: bool
    only: str | None
    """The one road map of the file, whose identifier need not be repeated; None where there are
    others, or none.
    """
    keys: frozenset[str]
    """Every name under which a row may be owned."""
    parts: frozenset[str]
    """The identifiers of the parts of road maps."""
    met: set[tuple[str, str]] = attrs.Factory(set[tuple[str, str]])
    """The identifiers of the records there are already, by table."""
    owning: dict[tuple[str, str], str] = attrs.Factory(dict[tuple[str, str], str])
    """The tables of those that own rows, by the table of the rows and their identifier."""
    found: dict[str, list[dict[str, str]]] = attrs.Factory(dict[str, list[dict[str, str]]])

    def add(self, record: Record, table: str, owner: str, key: str, roadmap: str | None) -> None:
        """A row for *record*, and rows for what belongs to it."""
        row: dict[str, str] = {}
        if owner and not (self.only and owners_of(table) == (_ROADMAPS,)):
            row[OF] = self._owner(owner)
        self._flatten(record, row, table)
        if roadmap is not None:
            self._shorten(record, row, roadmap)
        columns = self._aligned(record) if self.human else None
        row |= columns or {}
        self.found.setdefault(table, []).append(row)
        listed = [
            (field, getattr(record, field.name))
            for field in shape_of(type(record))
            if field.what == "records"
        ]
        listed = [
            (field, members)
            for field, members in listed
            if members and not (columns and field.record is Alignment)
        ]
        if key:
            self._claim(
                key,
                table,
                [field.key for field in shape_of(type(record)) if field.what == "records"],
                {f.key for f, _ in listed},
            )
        within = key if table == _ROADMAPS else roadmap
        for field, members in listed:
            names = self._names(field.key, members, within) if field.key in _TOLD_APART else []
            for index, member in enumerate(members):
                self.add(
                    member,
                    field.key,
                    key,
                    getattr(member, "id", f"{key}#{names[index]}" if names else ""),
                    within,
                )

    def _claim(self, key: str, table: str, lists: Sequence[str], filled: Set[str]) -> None:
        """Note an identifier; rows that are its record's may not be taken for those of another of
        that name, nor the other way round.
        """
        for name in lists:
            twin = self.owning.get((name, key))
            if twin is None and name in filled:
                twin = next(
                    (holder for holder in owners_of(name) if (holder, key) in self.met), None
                )
            if twin is not None:
                raise DuplicateIdentifier(key, (twin, table))
        self.met.add((table, key))
        self.owning |= {(name, key): table for name in filled}

    def _names(self, table: str, members: Sequence[Any], roadmap: str | None) -> list[str]:
        """What the members of a list are called in the rows that they own."""
        siblings: list[tuple[str, str, Set[str]]] = []
        for member in members:
            first, about = [*(str(getattr(member, name)) for name in _TOLD_APART[table]), "", ""][
                :2
            ]
            short = self._part(about, roadmap or "")
            # What else it may be about is said in the words of people in a template.
            siblings.append(
                (
                    first,
                    short if about in self.parts else "",
                    {about, short, about.removeprefix(f"{roadmap}/")},
                )
            )
        return _names(table, siblings)

    def _owner(self, key: str) -> str:
        if self.only is not None and key.startswith((f"{self.only}/", f"{self.only}#")):
            short = key[len(self.only) + 1 :]
            named = key[len(self.only)] == "#"
            if (named or "/" not in short) and self.keys.isdisjoint(
                (short, f"{self.only}/{short}") if named else (short,)
            ):
                return short
        return key

    def _shorten(self, record: Record, row: dict[str, str], roadmap: str) -> None:
        """Write the identifiers of parts of a road map so that they are read as they are."""
        if "id" in row:
            row["id"] = self._part(row["id"], roadmap, own=True)
        for field in _naming_parts(type(record)):
            if field.key in row:
                value = getattr(record, field.name)
                values = value if field.what == "values" else (value,)
                row[field.key] = "; ".join(self._part(each, roadmap) for each in values)

    def _part(self, identifier: str, roadmap: str, *, own: bool = False) -> str:
        full = f"{roadmap}/{identifier}"
        if "/" not in identifier and ((own and is_identifier(full)) or full in self.parts):
            return f"/{identifier}"
        short = identifier if self.only is None else identifier.removeprefix(f"{self.only}/")
        return short if "/" not in short and (own or identifier in self.parts) else identifier

    def _aligned(self, record: Record) -> dict[str, str] | None:
        """The alignments of a record in columns, where that reads back as it was."""
        alignments: tuple[Alignment, ...] = (
            getattr(record, "alignments", ()) if _is_aligned(type(record)) else ()
        )
        cells: dict[str, list[str]] = {column: [] for column in ALIGNED}
        for each in alignments:
            if each != Alignment(concept=each.concept, basis=Basis.EDITORIAL):
                return None
            column = next(
                column for column, (head, _) in ALIGNED.items() if each.concept.startswith(head)
            )
            cells[column].append(each.concept)
        if [concept for listed in cells.values() for concept in listed] != [
            each.concept for each in alignments
        ]:
            return None
        return {
            column: "; ".join(_spoken(column, each) for each in listed)
            for column, listed in cells.items()
            if listed
        } or None

    def _flatten(self, record: Record, row: dict[str, str], table: str, prefix: str = "") -> None:
        for field in shape_of(type(record)):
            value = getattr(record, field.name)
            name = prefix + field.key
            if value is None or value == () or field.what == "records":
                continue
            if field.what == "record":
                self._flatten(value, row, table, name + ".")
            elif field.what == "values":
                row[name] = _join(value)
            elif field.what == "translations":
                for language, text in value.items():
                    row[name if language == "en" else f"{name}:{language}"] = _visible(text)
            elif field.what == "extensions":
                self._extensions(value, row, table, prefix)
            elif not (
                isinstance(value, Enum)
                and value == type(record).model_fields[field.name].get_default()
            ):
                row[name] = _cell(value)
        if prefix and not any(key.startswith(prefix) for key in row):
            row[prefix.removesuffix(".")] = "{}"

    def _extensions(
        self, extensions: Mapping[str, Any], row: dict[str, str], table: str, prefix: str
    ) -> None:
        rest: dict[str, Any] = {}
        for key, each in extensions.items():
            column = prefix + key.removeprefix(UNKNOWN)
            taken = _column(table, column) is not None or _folded(column) in (FAULTS, _folded(OF))
            if key.startswith(UNKNOWN) and isinstance(each, str) and each and not taken:
                row[column] = each
            else:
                rest[key] = each
        if rest:
            row[prefix + "extensions"] = json.dumps(rest, ensure_ascii=False)


@functools.cache
def _naming_parts(record: type[Record]) -> tuple[Field, ...]:
    """The fields that may name a part of the road map that their record stands in."""
    return tuple(
        field
        for field in shape_of(record)
        if field.refers is not None
        and (not _PARTS.keys().isdisjoint(field.refers.kinds) or field.key == "about")
    )


def _spoken(column: str, concept: str) -> str:
    """A concept as people write it in a column, where it is read back as it is.

    Examples:
        >>> (
        ...     _spoken("action_lines", "action-lines/c7-e-health"),
        ...     _spoken("commitments", "gdc/21-a"),
        ...     _spoken("themes", "themes/igf"),
        ... )
        ('C7: e-health', '21(a)', 'themes/igf')
    """
    code = concept.rpartition("/")[2]
    number, _, sub = code.partition("-")
    line = f"{number.upper()}: {sub}" if sub else number.upper()
    short = {"action_lines": line, "commitments": re.sub(r"-([a-z])$", r"(\1)", code)}.get(
        column, code
    )
    return short if column != "themes" and _concept(column, short) == concept else concept


def _concept(column: str, text: str) -> str:
    """The identifier of what people write in a column of alignments; their words where it has none.

    Examples:
        >>> (
        ...     _concept("action_lines", "c7 e-health"),
        ...     _concept("sdg_targets", "9.c | access"),
        ...     _concept("action_lines", "Media"),
        ... )
        ('action-lines/c7-e-health', 'sdg/9.c', 'Media')
    """
    full = said = unlabelled(text)
    if "/" not in said:
        if column == "action_lines":
            full = (
                said.upper()
                if re.match(r"c\s?[0-9]", said, re.IGNORECASE)
                else f"C7: {said}"
                if said.lower().startswith("e-")
                else said
            )
        elif column == "sdg_targets" and said[:1].isdigit():
            full = f"SDG {said}"
        elif column == "commitments" and re.match(r"[0-9]|para|§", said, re.IGNORECASE):
            full = f"GDC {said}"
    try:
        found = parse_reference(full)
    except NotAReference:
        return full
    # A word alone has the form of an identifier and is a name: with a capital it is looked up.
    return found if "/" in found or column == "themes" else said.capitalize()


def respelt(table: str, column: str, cell: str, spoken: Callable[[str], str]) -> str:
    """A cell that names other records, with each written as *spoken* says; any other cell as it is.

    Args:
        table: The table it stands in.
        column: Its column.
        cell: What is written.
        spoken: How people call the record of an identifier.

    Examples:
        >>> (
        ...     respelt("roadmaps", "owners", "itu; cstd", str.upper),
        ...     respelt("roadmaps", "version", "0.1", str.upper),
        ... )
        ('ITU; CSTD', '0.1')
    """
    if column in ALIGNED:
        return "; ".join(spoken(_concept(column, each)) for each in _several(cell))
    field = field_of(table, column)
    return cell if field is None or field.refers is None else "; ".join(map(spoken, _several(cell)))


def _identifiers(record: Record) -> Iterator[str]:
    """The identifier of a record and those of all that stands in its lists."""
    name = getattr(record, "id", None)
    if isinstance(name, str):
        yield name
    for field in shape_of(type(record)):
        if field.what == "records":
            for member in getattr(record, field.name):
                yield from _identifiers(member)


def rows_of(file: File, *, human: bool = False) -> dict[str, list[dict[str, str]]]:
    """The tables of a file: for each, its rows as column to cell.

    Args:
        file: The records.
        human: Write alignments in columns, and the identifiers within the one road map of the file
            short.

    Raises:
        DuplicateIdentifier: Of two records of one identifier one has members, so that `belongs_to`
            could not tell whose they are.
    """
    only = file.roadmaps[0].id if human and len(file.roadmaps) == 1 else None
    parts = {name for roadmap in file.roadmaps for name in _identifiers(roadmap)} - {
        roadmap.id for roadmap in file.roadmaps
    }
    writer = _Writer(human, only, frozenset(_identifiers(file)), frozenset(parts))
    for field in shape_of(File):
        if field.what == "records":
            for record in getattr(file, field.name):
                writer.add(record, field.key, "", record.id, None)
    found = writer.found
    if file.extensions:
        found[_FILE] = [{"extensions": json.dumps(dict(file.extensions), ensure_ascii=False)}]
    return {name: found[name] for name in (*TABLES, _FILE) if name in found}


def in_order(table: str, used: Iterable[str], *, human: bool = False) -> list[str]:
    """The columns of a table: those used and those that must be filled, owner first (for people
    after the identifier).
    """
    record = TABLES.get(table, File)
    listed = [*_columns(record), *(ALIGNED if _is_aligned(record) else ())]
    order: dict[str, float] = {column: index for index, column in enumerate(listed)}
    order[OF] = 0.5 if human and listed[0] == "id" else -1
    required = must_be_filled(table) if table != _FILE else frozenset[str]()

    def place(column: str) -> tuple[float, str]:
        return (order.get(column.partition(":")[0], len(order)), column)

    return sorted({*used, *required}, key=place)


def must_be_filled(table: str) -> frozenset[str]:
    """The columns of a table without which a row is no record.

    Examples:
        >>> sorted(must_be_filled("roadmaps"))
        ['id', 'owners', 'title']
    """
    record = TABLES.get(table, File)
    return frozenset(
        field.key for field in shape_of(record) if record.model_fields[field.name].is_required()
    )


# --- reading --------------------------------------------------------------------------------------


@attrs.define(eq=False)
class Table:
    """A table as it is written."""

    name: str
    """Which, e.g. `"activities"`."""
    number: int
    """The row (in CSV the line) of its headings."""
    headings: Mapping[int, str]
    """Its headings by the number of their column, from 0."""
    rows: Iterable[tuple[int, Sequence[tuple[int, str]]]]
    """Its rows: number, and the cells that are not empty, each with the number of its column."""
    at: Callable[[int, int | None, str | None], Position]
    """The place of a row, a column (none: of the row) and a heading."""
    human: bool = False
    """Whether hints name columns as people do."""
    faulty: Mapping[tuple[int, int], str] = attrs.Factory(dict[tuple[int, int], str])
    """What is wrong with some cells already, by row and column."""
    numeric: Set[tuple[int, int]] = frozenset[tuple[int, int]]()
    """The cells that hold numbers, by row and column; none where all is text."""
    pointed: bool = False
    """Whether a text with three places after a point may be a number of thousands: where we write
    numbers otherwise.
    """
    columns: dict[int, str] = attrs.Factory(dict[int, str])
    """The column that each heading stands for; none where its cells are not read."""
    under: dict[str, int] = attrs.Factory(dict[str, int])
    """The number of the column of each field (`title.fr`)."""
    filled: set[tuple[int, int]] = attrs.Factory(set[tuple[int, int]])
    """The cells of records within records that are not empty, by row and column."""
    lacking: Set[str] = frozenset[str]()
    """The columns that must be filled and are not there: told once, and not of every row."""
    told: set[tuple[int, str]] = attrs.Factory(set[tuple[int, str]])
    """The cells, by row and column, of which it is told already that they cannot be read."""

    def shown(self, column: str) -> str:
        """A column in a hint."""
        return label_of(column) if self.human else column

    def row(self, number: int) -> str:
        """A row in a message."""
        return f"{'row' if self.human else 'line'} {number}"

    def sheet(self, table: str) -> str:
        """A table in a message."""
        return SHEETS[table] if self.human else table

    def find(self, number: int, column: int | None, steps: list[str]) -> Position:
        """The place of a field in a row: of its cell, else of the nearest there is."""
        if column is not None:
            return self.at(number, column, self.headings[column])
        for size in range(len(steps), 0, -1):
            column = self.under.get(".".join(steps[:size]))
            if column is not None:
                return self.at(number, column, self.headings[column])
        return self.at(number, *self._nearest(number, steps))

    def _nearest(self, number: int, steps: list[str]) -> tuple[int | None, str | None]:
        """For a field without a column of its own: the column and heading that people would look
        for, or the sheet.
        """
        record: type[Record] | None = TABLES.get(self.name, File)
        above: list[str] = []
        for step in steps:
            field = (
                next((each for each in shape_of(record) if each.key == step), None)
                if record is not None
                else None
            )
            if field is None:
                break
            above.append(step)
            if field.what == "records":
                return self._listed(field, steps[len(above) :])
            record = field.record
        if record is None or not above:
            return None, self.shown(".".join(above or steps)) if steps else None
        prefix = ".".join(above) + "."
        below = [at for at, column in self.columns.items() if column.startswith(prefix)]
        if below:
            at = next((column for column in below if (number, column) in self.filled), below[0])
            return at, self.headings[at]
        return None, self.shown(
            next(name for name, field in columns_of(record, prefix) if field.what != "record")
        )

    def _listed(self, field: Field, sought: list[str]) -> tuple[int | None, str]:
        """Where the members of a list are written: alignments in columns, where there are some, all
        others in a table.
        """
        linked = {
            column: number
            for number, column in self.columns.items()
            if column in ALIGNED and column != "themes"
        }
        if field.record is Alignment and sought and sought[0] in linked:
            return linked[sought[0]], self.shown(sought[0])
        if field.record is Alignment and linked:
            return min(linked.values()), " / ".join(
                self.shown(column) for column in ALIGNED if column in linked
            )
        return None, f"{'sheet' if self.human else 'table'} {self.sheet(field.key)}"


@attrs.define(eq=False)
class RowPlaces:
    """Places in tables: which row of which table a record came from, then the column."""

    file: str
    first: int | None
    """The line to name where nothing better is known; none in a workbook."""
    rows: dict[Path, tuple[Table, int, int | None]] = attrs.Factory(
        dict[Path, tuple[Table, int, int | None]]
    )

    def find(self, path: Path, *, key: bool = False) -> Position:  # noqa: ARG002 - as all `Places`
        path = as_written(path)
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.rows:
                table, number, column = self.rows[path[:depth]]
                return table.find(
                    number, column, [str(step) for step in path[depth:] if isinstance(step, str)]
                )
        return Position(self.file, self.first)

    def misplaced(self, tree: Any) -> Iterator[Problem]:
        """What is wrong with concepts that stand in the column of another kind, once their names
        are identifiers.
        """
        for path, (table, number, at) in self.rows.items():
            column = table.columns.get(at, "") if at is not None else ""
            head = ALIGNED.get(column, ("",))[0]
            if not head or at is None:
                continue
            concept: Any = functools.reduce(lambda here, step: here[step], (*path, "concept"), tree)
            if is_identifier(concept) and "/" in concept and not concept.startswith(head):
                meant = column_of(concept, human=table.human)
                yield Problem(
                    "wrong-column",
                    f"{concept!r} does not belong under {table.shown(column)!r}",
                    table.at(number, at, table.headings[at]),
                    bounded(column),
                    f"write it under {meant!r}",
                )

    def told(self, path: Path) -> bool:
        """Whether it is told already, of a cell or a whole table, that what stands at a path cannot
        be read.
        """
        for depth in range(len(path) - 1, 0, -1):
            if path[:depth] in self.rows:
                table, number, _ = self.rows[path[:depth]]
                column = ".".join(map(str, path[depth:]))
                return column in table.lacking or (number, column) in table.told
        return False


@attrs.define(eq=False)
class _Row:
    """A row on its way to its owner."""

    table: str
    tree: dict[str, Any]
    of: str
    source: Table
    number: int
    aligned: list[int]
    """The columns from which its alignments came."""
    path: Path = ()
    key: str = ""
    """Its identifier; of a record that has none, its owner's."""
    called: str = ""
    """The name of a record that has no identifier, as rows that belong to it give it."""
    roadmap: str | None = None
    """The road map that it is a part of, or what stands for the identifier of one."""


@attrs.define(eq=False)
class _Doubts:
    """Numbers that may have a point between their thousands, until all tables are read: another may
    show what the point is.
    """

    pointed: bool = False
    """Whether some number has a point that can only stand before its fraction."""
    asked: list[tuple[Problem, _Row, str]] = attrs.Factory(list[tuple[Problem, _Row, str]])
    """What is wrong with a number if none has, its row and column."""

    def tell(self, problems: list[Problem]) -> None:
        """Once all tables are read: ask, unless some number has shown what the point is."""
        for problem, row, column in () if self.pointed else self.asked:
            problems.append(problem)
            row.source.told.add((row.number, column))
            _put(row.tree, _columns(TABLES[row.table])[column], column, UNREAD)


def assemble(
    tables: Iterable[Table], places: RowPlaces, problems: list[Problem], *, keep: bool = False
) -> dict[str, Any]:
    """The plain data of some tables. Places and problems are added to what is there.

    Args:
        tables: The tables, each of a name in `TABLES`, or `file`.
        places: Where the values stand.
        problems: What is wrong with their writing.
        keep: Keep columns that no field has, as extensions.
    """
    rows: list[_Row] = []
    doubts = _Doubts()
    extensions: Any = None
    for table in tables:
        said = _head(table, problems, keep=keep)
        read = list(_read(table, problems, doubts))
        if read and table.lacking and not said:
            place = table.at(
                table.number, None, " / ".join(map(table.shown, sorted(table.lacking)))
            )
            problems.append(
                Problem(
                    "missing-field", _lacks(table), place, hint="add it, and fill it in every row"
                )
            )
        if table.name == _FILE:
            extensions = next((row.tree.get("extensions") for row in reversed(read)), extensions)
        else:
            rows += read
    doubts.tell(problems)
    tree = _Joiner(places, problems).join(rows)
    if extensions is not None:
        tree["extensions"] = extensions
    return tree


def _head(table: Table, problems: list[Problem], *, keep: bool) -> bool:
    """Find the column that each heading of a table stands for, and what is wrong with the headings.

    A heading that is nearly one stands for it, so that its cells are checked and not missed. Tells
    whether it was said with a heading which columns are lacking.
    """
    columns = _columns(TABLES.get(table.name, File))
    names: dict[str, str] = {}
    strange: dict[int, str] = {}
    exact = {
        column for heading in table.headings.values() if (column := _column(table.name, heading))
    }
    for number, heading in table.headings.items():
        if len(problems) >= MOST:
            break
        if not heading or heading.startswith(OWN) or _folded(heading) == FAULTS:
            continue
        place = table.at(table.number, number, heading)
        stem, colon, language = heading.partition(":")
        name = _column(table.name, heading) or (OF if heading == OF else None)
        if name is None and stem in columns and colon and not language:
            translated = columns[stem].field.what == "translations"
            hint = f"write {table.shown(stem)}" + (
                f" or {table.shown(f'{stem}:fr')}" if translated else ""
            )
            problems.append(
                Problem(
                    "wrong-heading",
                    f"the heading {excerpt(heading)} names no language",
                    place,
                    bounded(heading),
                    hint,
                )
            )
        elif name is None and keep and can_be_kept(heading):
            name = heading
        elif name is None:
            sought = len(strange) < HINTED
            meant = strange[number] = _meant(table.name, heading, exact) if sought else ""
            name = None if meant in exact or meant in names else meant or None
        elif name in names:
            first = names[name]
            same = f"the column {excerpt(heading)} stands twice"
            said = (
                same
                if first == heading
                else f"the columns {excerpt(first)} and {excerpt(heading)} are the same"
            )
            problems.append(Problem("duplicate-key", said, place, bounded(heading), "keep one"))
            name = None
        if name is not None:
            names[name] = heading
            table.columns[number] = name
            _note(table, name, number, columns)
    table.lacking = _lacking(table.name, names)
    return _tell_strange(table, strange, problems)


def _lacking(table: str, names: Iterable[str]) -> Set[str]:
    """The columns that must be filled and that a table does not have."""
    there = {re.split("[.:]", name)[0] for name in names}
    return (
        (must_be_filled(table) if table in TABLES else frozenset[str]())
        - there
        - ({"id"} if table in _NUMBERED else set[str]())
    )


def _lacks(table: Table) -> str:
    listed = [
        table.shown(column)
        for column in in_order(table.name, (), human=table.human)
        if column in table.lacking
    ]
    what = f"columns {', '.join(map(repr, listed))}" if len(listed) > 1 else f"column {listed[0]!r}"
    return f"the {'sheet' if table.human else 'table'} has no {what}"


def _tell_strange(table: Table, strange: Mapping[int, str], problems: list[Problem]) -> bool:
    """Tell of the headings that stand for no column; with the first that is near to none, of the
    columns that are lacking, if any are.
    """
    said = False
    for number, meant in islice(strange.items(), MOST):
        heading = table.headings[number]
        kind = TABLES.get(table.name, File).__name__
        of = f"the sheet {table.sheet(table.name)}" if table.human else kind
        message = f"{excerpt(heading)} is not a column of {of}"
        if meant:
            hint = f"did you mean {table.shown(meant)!r}?"
        else:
            hint = f"columns are {', '.join(table.shown(column) for column in _to_fill(table)[:LISTED])}"
            if table.lacking and not said:
                said = True
                message += f", and {_lacks(table)}"
        hint += f"; begin the heading with {OWN} to keep the column for yourself"
        problems.append(
            Problem(
                "unknown-field",
                message,
                table.at(table.number, number, heading),
                bounded(heading),
                hint,
            )
        )
    return said


def _to_fill(table: Table) -> list[str]:
    """The columns of a table that people fill, in order."""
    record = TABLES.get(table.name, File)
    columns = [
        name
        for name, column in _columns(record).items()
        if column.field.what not in ("record", "extensions")
    ]
    columns += (
        *(ALIGNED if _is_aligned(record) else ()),
        *((OF,) if owners_of(table.name) else ()),
    )
    return in_order(table.name, columns, human=table.human)


def _stemmed(text: str) -> set[str]:
    """The words of a heading, each without an `s` at the end."""
    return {word.removesuffix("s") for word in _folded(text).split()}


def _meant(table: str, heading: str, there: Set[str]) -> str:
    """The column that people mean by a heading that stands for none; empty where none is near.

    `SDGs` is said of *SDG targets*, `Start` of *Period: start* and `End date` of *Period: end*:
    words tell before letters do.

    Args:
        table: The table.
        heading: The heading.
        there: The columns that have a heading of their own.

    Examples:
        >>> (
        ...     _meant("activities", "SDGs", set()),
        ...     _meant("activities", "End date", set()),
        ...     _meant("activities", "Titel", set()),
        ... )
        ('sdg_targets', 'period.end', 'title')
        >>> _meant("targets", "Comments", set()), _meant("activities", "Comments", set())
        ('note', '')
    """
    record = TABLES.get(table, File)
    columns = _columns(record)
    words = _stemmed(heading)
    if not words.isdisjoint(_REMARKS):
        return "note" if "note" in columns else ""
    near = nearest_field(
        heading.partition(":")[0], dict.fromkeys([*columns, *_aliases(table).values(), OF])
    )
    if re.sub("[^a-z]", "", heading.lower()) == re.sub("[^a-z]", "", near):
        return near
    filled = [
        name
        for name, column in columns.items()
        if column.field.what not in ("record", "extensions")
    ]
    filled += [name for name in ALIGNED if name != "themes"] if _is_aligned(record) else []
    labels = {name: label_of(name) for name in filled if name not in there}
    owners = [
        OF for holder in owners_of(table) if OF not in there and _stemmed(_kind(holder)) <= words
    ]
    part_of = (name for name, label in labels.items() if words <= _stemmed(label))
    more_than = (
        name for name, label in labels.items() if _stemmed(label.rpartition(": ")[2]) <= words
    )
    return [*owners, *part_of, *more_than, near][0]


def _note(table: Table, name: str, number: int, columns: Mapping[str, _Column]) -> None:
    stem, _, language = name.partition(":")
    if stem in columns and columns[stem].field.what == "translations":
        table.under[f"{stem}.{language or 'en'}"] = number
    table.under.setdefault(stem, number)


def _read(table: Table, problems: list[Problem], doubts: _Doubts) -> Iterator[_Row]:
    """The rows of a table that are records, each cell where it belongs."""
    columns = _columns(TABLES.get(table.name, File))
    owned = table.name not in _TOP and table.name != _FILE
    told: set[int] = set()
    for number, cells in table.rows:
        if len(problems) >= MOST:
            return
        if (shown := _example_told(table, number, cells)) is not None:
            problems += shown
            continue
        if _is_of_headings(table, cells):
            problems.append(_headings_again(table, number, cells[0][0]))
            continue
        row = _Row(table.name, {}, "", table, number, [])
        says = False
        for at, cell in cells:
            column = table.columns.get(at)
            if column is None:
                problems += _unheaded(table, number, at, cell, told)
                continue
            says = says or bool(cell.strip())
            if "." in column and cell.strip():
                table.filled.add((number, at))
            if (
                (number, at) in table.numeric
                and column in ("sdg_targets", "sdg_indicator")
                and _TENTHS.fullmatch(cell)
            ):
                problems.append(_tenth(table, number, at, cell))
            if (number, at) in table.numeric and column in _VERSIONS and _SHORTENED.fullmatch(cell):
                problems.append(_version(table, number, at, cell))
            known = columns.get(column.partition(":")[0])
            if (
                known is not None
                and known.field.type is Decimal
                and (number, at) not in table.numeric
            ):
                said = cell.strip()
                doubts.pointed = doubts.pointed or bool(
                    _POINTED.fullmatch(said) and not _THOUSANDS.fullmatch(said)
                )
                problem = _thousands(table, number, at, said)
                if problem is not None and not _WITH_NOUGHT.fullmatch(said):
                    doubts.asked.append((problem, row, column))
                elif problem is not None:
                    problems.append(problem)
                    table.told.add((number, column))
                    cell = UNREAD
            # Of all others it is told that no identifier, number or day is written so, but for a
            # day that is one, and not meant.
            free = (
                known.free if known is not None else column != OF and column not in ALIGNED
            ) or is_day(cell)
            if free and (number, at) in table.faulty:
                problems.append(_fault(table, number, at))
            if column == OF:
                row.of = cell.strip() if owned else ""
            elif known is not None:
                _put(row.tree, known, column, cell)
            elif column in ALIGNED:
                _align(row, column, at, cell)
            else:
                _keep(row.tree, columns, column, cell)
        if says:
            yield row


def _fault(table: Table, number: int, at: int) -> Problem:
    place = table.at(number, at, table.headings[at])
    return Problem(
        "wrong-value", table.faulty[number, at], place, bounded(table.columns[at]), "give a value"
    )


def _tenth(table: Table, number: int, at: int, cell: str) -> Problem:
    place = table.at(number, at, table.headings[at])
    hint = f"write SDG {cell}0 or SDG {cell}; a cell formatted as text keeps the 0"
    return Problem(
        "wrong-value",
        f"{cell} as a number may have been {cell}0",
        place,
        bounded(table.columns[at]),
        hint,
    )


def _version(table: Table, number: int, at: int, cell: str) -> Problem:
    place = table.at(number, at, table.headings[at])
    hint = f"format the cell as text, then write {cell}0 or {cell}"
    return Problem(
        "wrong-value",
        f"{cell} as a number may have been {cell}0",
        place,
        bounded(table.columns[at]),
        hint,
    )


def _is_of_headings(table: Table, cells: Sequence[tuple[int, str]]) -> bool:
    """Whether a row holds the headings again, as it does where tables were pasted one under the
    other.
    """
    filled = ((at, cell.strip()) for at, cell in cells if cell.strip())
    count = 0
    for at, cell in filled:
        column = table.columns.get(at)
        if len(cell) > NAME or column is None or _column(table.name, cell) != column:
            return False
        count += 1
    return count > 1


def _headings_again(table: Table, number: int, at: int) -> Problem:
    place = table.at(number, at, table.headings.get(at))
    return Problem(
        "wrong-heading", f"{table.row(number)} holds the headings again", place, hint="delete it"
    )


def _thousands(table: Table, number: int, at: int, cell: str) -> Problem | None:
    """What is wrong with a text that may be a number with a point between its thousands, as much of
    the world writes it; we never do.
    """
    if not (_THOUSANDS if table.pointed else _WITH_NOUGHT).fullmatch(cell):
        return None
    whole, short = cell.replace(".", ""), cell.rstrip("0").removesuffix(".")
    # With a fourth place nobody takes the point for one between thousands.
    hint = f"write {whole}, or {short if short != cell else f'{cell}0'} if that is meant"
    message = f"{excerpt(cell)} may be {whole} with a point between its thousands, or {short}"
    return Problem(
        "wrong-value",
        message,
        table.at(number, at, table.headings[at]),
        bounded(table.columns[at]),
        hint,
    )


def _example_told(
    table: Table, number: int, cells: Sequence[tuple[int, str]]
) -> list[Problem] | None:
    """What is wrong with an example row: nothing where it is as the template wrote it. None for a
    row that is no example.
    """
    told = [
        (at, cell.strip())
        for at, cell in cells
        if cell.strip() and not table.headings.get(at, "").startswith(OWN)
    ]
    shown = examples_of(table.name)
    if len(told) > 1 and {table.columns.get(at, ""): cell for at, cell in told} == {
        key: shown[key] for key in list(shown)[1:]
    }:
        message = f"{table.row(number)} is the example of the template without its mark"
        return [
            Problem(
                "wrong-value",
                message,
                table.at(number, told[0][0], table.headings.get(told[0][0])),
                hint="delete it, or write over it",
            )
        ]
    if not told or not told[0][1].lower().startswith("example:"):
        return None
    first, mark = told[0]
    said = [(first, mark.partition(":")[2].strip()), *told[1:]]
    column = table.columns.get(first, "")
    if all(
        cell.casefold() == shown.get(table.columns.get(at, ""), "").casefold()
        for at, cell in said
        if _folded(table.headings.get(at, "")) != FAULTS
    ):
        return []
    what = {
        OF: f"the {table.shown('id')} of what it belongs to",
        "id": f"its {table.shown('id')}",
    }.get(column, "what belongs there")
    message = f"{table.row(number)} is still marked as an example and is not read"
    place = table.at(number, first, table.headings.get(first))
    return [
        Problem(
            "wrong-value",
            message,
            place,
            bounded(column),
            f"write {what} instead of {excerpt(mark)}",
        )
    ]


def _unheaded(table: Table, number: int, at: int, cell: str, told: set[int]) -> Iterator[Problem]:
    """A cell that no heading stands over. Each column is told once."""
    if cell.strip() and not table.headings.get(at) and at not in told:
        told.add(at)
        place = table.at(number, at, f"column {at + 1}")
        said = f"column {at + 1} has no heading, and row {number} has a cell in it"
        yield Problem("wrong-heading", said, place, hint="give it a heading")


def _below(tree: dict[str, Any], steps: list[str]) -> dict[str, Any] | None:
    """The mapping that stands for a record in a record; None where a cell put text there, of which
    typing will tell.
    """
    for step in steps:
        below: Plain = tree.setdefault(step, {})
        if not isinstance(below, dict):
            return None
        tree = below
    return tree


def _keep(tree: dict[str, Any], columns: Mapping[str, _Column], column: str, cell: str) -> None:
    """Put a cell of a column that no field has among the extensions of the record it would belong
    to.
    """
    steps = column.split(".")
    depth = 0
    while (
        depth < len(steps) - 1
        and (known := columns.get(".".join(steps[: depth + 1])))
        and known.field.what == "record"
    ):
        depth += 1
    here = _below(tree, steps[:depth])
    held = None if here is None else here.setdefault("extensions", {})
    if isinstance(held, dict):
        held[UNKNOWN + ".".join(steps[depth:])] = cell


def _split(cell: str) -> list[str]:
    r"""The values in a cell, as `_join` writes them.

    Examples:
        >>> _split(r"a; b\;c; \e d")
        ['a', 'b;c', ' d']
    """
    if ";" not in cell and "\\" not in cell:
        return [cell.strip()] if cell.strip() else []
    parts = re.findall(r"(?:\\.|[^;\\]|\\$)+", cell, re.DOTALL)
    stripped = (part.strip() for part in parts)
    return [
        re.sub(r"\\(.)", lambda m: "" if m[1] == "e" else m[1], part, flags=re.DOTALL)
        for part in stripped
        if part
    ]


def _several(cell: str) -> list[str]:
    """The names in a cell, separated by `;` or by ends of lines."""
    return [each for line in cell.splitlines() for each in _split(line)]


def _named(text: str) -> str:
    """An identifier without its label; other words stay as they are."""
    said = unlabelled(text)
    return said if is_identifier(said) else text


def _align(row: _Row, column: str, at: int, cell: str) -> None:
    listed = row.tree.setdefault("alignments", [])
    for each in _several(cell):
        listed.append({"concept": _concept(column, each), "basis": Basis.EDITORIAL.value})
        row.aligned.append(at)


def _json(cell: str) -> Any:
    def no_number(name: str) -> NoReturn:
        raise ValueError(name)

    return json.loads(cell, parse_int=whole_number, parse_constant=no_number)


def _put(tree: dict[str, Any], known: _Column, column: str, cell: str) -> None:
    """Put a cell where its column says."""
    field = known.field
    stem, _, language = column.partition(":")
    *above, last = stem.split(".")
    if not cell.strip():
        return
    holder = _below(tree, above)
    if holder is None:
        return
    tree = holder
    if field.what == "translations":
        tree.setdefault(last, {})[language or "en"] = cell[2:-2] if _BLANK.fullmatch(cell) else cell
        return
    if known.free and field.what == "value" and _BLANK.fullmatch(cell):
        cell = cell[2:-2]
    value: Any = cell if known.free or field.what != "value" else cell.strip()
    if field.what == "values":
        value = (
            _split(cell)
            if known.free
            else [known.words.get(_folded(each), _named(each)) for each in _several(cell)]
        )
    elif field.what == "record":
        value = {} if cell.strip() == "{}" else cell  # text: of which typing will tell
    elif field.what == "extensions":
        try:
            value = cell if too_deep(cell.encode(errors="replace")) else _json(cell)
        except ValueError:
            value = cell
    elif field.refers is not None:
        value = _named(value)
    elif known.words:
        value = known.words.get(_folded(cell), value)
    if isinstance(value, dict) and isinstance(tree.get(last), dict):
        tree[last].update(value)
    else:
        tree[last] = value


@attrs.define(eq=False)
class _Joiner:
    """Rows become records in records: each finds its owner by `belongs_to`, and identifiers of
    parts of a road map are completed.
    """

    places: RowPlaces
    problems: list[Problem]
    tree: dict[str, Any] = attrs.Factory(dict[str, Any])
    tables: dict[str, list[_Row]] = attrs.Factory(dict[str, list[_Row]])
    keys: dict[tuple[str, str], _Row] = attrs.Factory(dict[tuple[str, str], _Row])
    """Rows by table and by the name under which they own others."""
    short: dict[tuple[str, str], list[_Row]] = attrs.Factory(dict[tuple[str, str], list[_Row]])
    """The same by what is left of the name without the road map's."""
    names: dict[tuple[str, str], list[_Row]] = attrs.Factory(dict[tuple[str, str], list[_Row]])
    """Rows without identifier by table and by what tells them apart."""
    parts: set[str] = attrs.Factory(set[str])
    given: dict[str, _Row] = attrs.Factory(dict[str, _Row])
    """Rows whose identifier was blank, by the one that was made up."""
    titles: dict[str, dict[str, list[_Row]]] = attrs.Factory(dict[str, dict[str, list[_Row]]])
    """Rows by table and by what they are called."""
    doubled: dict[str, dict[str, list[_Row]]] = attrs.Factory(dict[str, dict[str, list[_Row]]])
    """Rows by table and identifier, where several have the same, until it is told."""
    unplaced: set[str] = attrs.Factory(set[str])
    """What rows that have no owner are called, by identifier and title."""
    nameless: set[str] = attrs.Factory(set[str])
    """The tables in which not every row can be found that others name: the titles are lacking, or
    an identifier was written twice.
    """
    hints: dict[tuple[str, str], str] = attrs.Factory(dict[tuple[str, str], str])
    """What may be meant by a name that nothing has, by the table of the row and the name."""

    def join(self, rows: list[_Row]) -> dict[str, Any]:
        for row in rows:
            self.tables.setdefault(row.table, []).append(row)
            if not row.source.lacking.isdisjoint(_TITLES):
                self.nameless.add(row.table)
        named: list[str] = []
        for table in _IN_ORDER:
            for holder in owners_of(table):
                if holder in _TOLD_APART and holder not in named:
                    # By now every part of a road map that such a name may hold is in its place.
                    named.append(holder)
                    self._name_rows(holder)
            placed = [row for row in self.tables.get(table, ()) if self._place(row)]
            self._number(table, placed)
            for row in placed:
                self._register(row)
        for table in _IN_ORDER:
            for row in self.tables.get(table, ()) if table not in named else ():
                if row.roadmap is not None:
                    self._complete(row, row.roadmap)
        return self.tree

    def _place(self, row: _Row) -> bool:
        """Put a row into its owner's list; False where it has none."""
        if len(self.problems) >= MOST:
            return False
        holder: dict[str, Any] = self.tree
        path: Path = ()
        if row.table not in _TOP:
            owner = self._owner(row)
            if owner is None:
                return False
            holder, path = owner.tree, owner.path
            row.key = owner.key
            row.roadmap = self._name(owner) if owner.table == _ROADMAPS else owner.roadmap
        members: Plain = holder.setdefault(row.table, [])
        if not isinstance(members, list):  # a column of that name held something else
            return False
        row.path = (*path, row.table, len(members))
        members.append(row.tree)
        self.places.rows[row.path] = (row.source, row.number, None)
        for index, at in enumerate(row.aligned):
            self.places.rows[(*row.path, "alignments", index)] = (row.source, row.number, at)
        if row.roadmap is not None and isinstance(name := row.tree.get("id"), str):
            row.tree["id"] = self._whole(name, row.roadmap)
            self.parts.add(row.tree["id"])
        return True

    @staticmethod
    def _name(roadmap: _Row) -> str:
        """The identifier of a road map, or what stands for it, so that it is told of once and not
        with each of its parts.
        """
        name = str(roadmap.tree.get("id", ""))
        return name if is_identifier(name) else UNREAD

    @staticmethod
    def _whole(name: str, roadmap: str) -> str:
        """The whole identifier of a part of a road map."""
        if name.startswith("/"):
            return name[1:]
        full = f"{roadmap}/{name.lower()}"
        return full if "/" not in name and is_identifier(full) else name

    def _number(self, table: str, rows: list[_Row]) -> None:
        """Give the parts of road maps that have none the next free identifier: `a1`, `a2` ...,
        milestones `a1.m1`.
        """
        mark = _NUMBERED.get(table)
        counts: dict[str, int] = {}
        for row in rows if mark else ():
            if "id" in row.tree or row.roadmap is None:
                continue
            # What belongs to an activity whose identifier is none is not told of, too.
            owner = row.key if is_identifier(row.key) else UNREAD
            head = f"{owner}.{mark}" if table == "milestones" else f"{row.roadmap}/{mark}"
            while (name := f"{head}{counts.get(head, 0) + 1}") in self.parts:
                counts[head] = counts.get(head, 0) + 1
            row.tree["id"] = name
            self.parts.add(name)
            self.given[name] = row

    def _register(self, row: _Row) -> None:
        own = row.tree.get("id")
        if not isinstance(own, str):
            return
        row.key = own
        first = self.keys.setdefault((row.table, row.key), row)
        if first is not row and row.roadmap != UNREAD:  # as which two road maps may go
            self.doubled.setdefault(row.table, {}).setdefault(row.key, [first]).append(row)
        elif row.roadmap is not None and row.key.startswith(f"{row.roadmap}/"):
            self.short.setdefault((row.table, row.key[len(row.roadmap) + 1 :]), []).append(row)

    def _name_rows(self, table: str) -> None:
        """Learn how the rows of a table are called whose records have no identifier."""
        lists: dict[Path, list[tuple[_Row, tuple[str, str, Set[str]]]]] = {}
        for row in self.tables.get(table, ()):
            if not row.path:
                continue
            first, about = [*(str(row.tree.get(name, "")) for name in _TOLD_APART[table]), "", ""][
                :2
            ]
            # The date of an update that is written otherwise is told with the update, and not with
            # what names it rightly, too.
            day = _dated(first) if table == "updates" else first
            if row.roadmap is not None:
                self._complete(row, row.roadmap)
            whole = str(row.tree.get("about", ""))
            short = whole.removeprefix(f"{row.roadmap}/")
            lists.setdefault(row.path[:-1], []).append(
                (row, (day, short, {unlabelled(about), whole, short}))
            )
            if day != first:
                self.names.setdefault((table, _spaced(first)), []).append(row)
        for listed in lists.values():
            for number, ((row, said), name) in enumerate(
                zip(listed, _names(table, [said for _, said in listed]), strict=True), 1
            ):
                row.called = name
                for form in (*_forms(said[0], said[2]), f"{table}/{number} of {len(listed)}"):
                    self.names.setdefault((table, _spaced(f"{row.key}#{form}")), []).append(row)
                    self.names.setdefault((table, form), []).append(row)

    def _owner(self, row: _Row) -> _Row | None:
        """The record that a row belongs to; None, and a problem, where there is none."""
        holders = owners_of(row.table)
        said = unlabelled(row.of)
        if not said:
            counted = sum(len(self.tables.get(holder, ())) for holder in holders)
            if counted == 1:
                return next(rows[0] for holder in holders if (rows := self.tables.get(holder)))
        name = said.removeprefix("/")
        meant = [found for holder in holders if (found := self.keys.get((holder, name)))][:1]
        for known in (self.short, self.names):
            meant = meant or _first(known.get((holder, _spaced(said)), ()) for holder in holders)
        if len(meant) == 1:
            self._tell_made_up(row, OF, said, meant[0].key)
            self._tell_doubled(meant[0])
            return meant[0]
        called = [] if meant else self._called(holders, said)
        if len(called) == 1:
            return called[0]
        if not any(self.tables.get(holder) for holder in holders):
            self._ownerless(row, " or ".join(holders))
        elif meant or called or not (said and self._is_lost(said, holders)):
            self._unowned(row, said, meant, called)
        self.unplaced |= {
            _spaced(each) for each in (str(row.tree.get("id", "")), *_titles(row.tree)) if each
        }
        return None

    def _is_lost(self, said: str, tables: Sequence[str]) -> bool:
        """Whether the row that is named may be one that could not be placed, or whose name could
        not be read: that is told.
        """
        for table in tables:
            for key in list(self.doubled.get(table, ())):
                self._tell_doubled(self.keys[table, key])
        return _spaced(said) in self.unplaced or not self.nameless.isdisjoint(tables)

    def _called(self, tables: Iterable[str], said: str) -> list[_Row]:
        """The first rows of some tables that are called so, in whatever case and spacing."""
        for table in tables:
            if table not in self.titles:
                found = self.titles.setdefault(table, {})
                for row in self.tables.get(table, ()):
                    for title in {_spaced(text) for text in _titles(row.tree)} if row.path else ():
                        found.setdefault(title, []).append(row)
        return _first(self.titles[table].get(_spaced(said), ()) for table in tables)

    def _tell_made_up(self, row: _Row, column: str, said: str, identifier: str) -> None:
        """Tell of a row that names another by an identifier that stands in no cell, and would be
        another's if rows were moved.
        """
        found = self.given.get(identifier)
        if found is None:
            return
        source = found.source
        message = (
            f"{excerpt(said)} stands in no {source.shown('id')} cell of {source.sheet(found.table)}"
        )
        blank = [each.number for each in self.given.values() if each.table == found.table]
        rows = ", ".join(map(source.row, sorted(blank)[:SHOWN])) + (
            " ..." if len(blank) > SHOWN else ""
        )
        hint = (
            f"write {said} under {source.shown('id')} in the row that is meant; without one: {rows}"
        )
        place = row.source.find(row.number, None, [column])
        code, steps = (
            ("no-owner", (row.table,)) if column == OF else ("wrong-value", (*row.path, column))
        )
        self.problems.append(Problem(code, message, place, path_text(steps), hint))

    def _tell_doubled(self, first: _Row) -> None:
        """Tell once of an identifier that several rows have and others name. They are taken to mean
        the first of them.
        """
        rows = self.doubled.get(first.table, {}).pop(first.key, ())
        if not rows:
            return
        self.nameless.add(first.table)  # one of them may be what another row names in vain
        short = first.key.removeprefix(f"{first.roadmap}/")
        places = [each.source.find(each.number, None, ["id"]) for each in rows]
        # What one sheet or table holds: elsewhere the file has to be named, too.
        near = [
            each.cell or f"line {each.line}"
            if each.file == places[0].file and each.sheet == places[0].sheet
            else str(each)
            for each in places
        ]
        listed = ", ".join(near[:SHOWN]) + (" ..." if len(near) > SHOWN else "")
        message = f"the {first.source.shown('id')} {excerpt(short)} stands in several rows ({listed}), and others name it"
        self.problems.append(
            Problem(
                "duplicate-record",
                message,
                places[1],
                path_text((*rows[1].path, "id")),
                "give each row an identifier of its own",
            )
        )
        for each in rows[1:]:
            each.tree["id"] = UNREAD  # or it would be told of again

    def _unowned(self, row: _Row, said: str, meant: Sequence[_Row], called: Sequence[_Row]) -> None:
        found = f"a row of {row.table} names nothing it belongs to"
        hint = f"name the owner's identifier under {row.source.shown(OF)!r}"
        if meant and meant[0].called:
            found = f"{_counted(meant)} are called {excerpt(said)}"
            within = len({each.key for each in meant}) == 1
            names = [
                each.called if within else f"{each.key}#{each.called}" for each in meant[:SHOWN]
            ]
            hint = f"write {' or '.join(map(repr, names))}"
        elif meant:
            found, hint = (
                f"{excerpt(said)} stands in several rows",
                "give each row an identifier of its own; of two road maps write the whole one, e.g. 'c2-roadmap/a1'",
            )
        elif called:
            found, hint = (
                f"{_counted(called)} are called {excerpt(said)}",
                f"write the {row.source.shown('id')} of the one that is meant",
            )
        elif said and (other := self._elsewhere(said, row.table)):
            holders = " or ".join(map(_one, owners_of(row.table)))
            found, hint = (
                f"{excerpt(said)} is {_one(other.table)}; a row of {row.table} belongs to {holders}",
                "",
            )
        elif said:
            found, hint = f"{excerpt(said)} is not in these tables", self._near(row, said)
        place = row.source.find(row.number, None, [OF])
        self.problems.append(Problem("no-owner", found, place, path_text((row.table,)), hint))

    def _elsewhere(self, said: str, table: str) -> _Row | None:
        """The row that a name means in a table of other holders, if it means one; later tables are
        not read yet.
        """
        before = _IN_ORDER[: _IN_ORDER.index(table)]
        for each in before:
            found = self.keys.get((each, said.removeprefix("/")))
            if found is not None:
                return found
            for rows in (self.short.get((each, _spaced(said)), ()), self._called((each,), said)):
                if len(rows) == 1:
                    return rows[0]
        return None

    def _ownerless(self, row: _Row, holders: str) -> None:
        """Tell once of a table whose rows have nothing to belong to."""
        if row is self.tables[row.table][0]:
            place = row.source.find(row.number, None, [OF])
            found = f"there are no {holders} that {row.table} could belong to"
            self.problems.append(
                Problem(
                    "no-owner",
                    found,
                    place,
                    path_text((row.table,)),
                    "fill in what they belong to first",
                )
            )

    def _near(self, row: _Row, said: str) -> str:
        """What may be meant by a name that nothing has to which the row could belong; looked for so
        often only.
        """
        sought = (row.table, said)
        if sought not in self.hints and len(self.hints) < HINTS:
            self.hints[sought] = self._update_near(row, said) or self._title_near(row, said)
        return self.hints.get(sought, "")

    def _update_near(self, row: _Row, said: str) -> str:
        """The update of the day that is meant: that of another day, however near, is another."""
        if "updates" not in owners_of(row.table) or not self.tables.get("updates"):
            return ""
        dated = _dated(said)
        if dated == said and not any(map(_DATED.fullmatch, said.split())):
            return ""
        meant = self.names.get(("updates", _spaced(dated)), ())
        if not meant:
            return "an update is named by its date"
        within = len({each.key for each in meant}) == 1
        names = [
            repr(each.called if within else f"{each.key}#{each.called}") for each in meant[:SHOWN]
        ]
        return f"did you mean {' or '.join(names)}?"

    def _title_near(self, row: _Row, said: str) -> str:
        """The row with an identifier or title that is nearly what was written, else how owners are
        named.
        """
        holders = owners_of(row.table)
        rows = [each for holder in holders for each in self.tables.get(holder, ())[:NEAR]]
        named: dict[str, _Row] = {}
        for each in rows:
            own = str(each.tree.get("id", ""))
            if own and own not in self.given:
                named.setdefault(_spaced(own), each)
                named.setdefault(_spaced(self._short(each)), each)
            for title in _titles(each.tree):
                named.setdefault(_spaced(title[:NAME]), each)
        called = [each for each in rows if each.called and each.table != "updates"]
        named |= {_spaced(each.called): each for each in called}
        # What has another number, as a10 beside a1, is another.
        numbers = re.findall(r"[0-9]+", said[:NAME])
        alike = [each for each in named if re.findall(r"[0-9]+", each) == numbers]
        if close := get_close_matches(_spaced(said[:NAME]), alike, n=1):
            return self._perhaps(named[close[0]])
        hints = [
            f"write the {row.source.shown('id')} or the title of a row in the {'sheet' if row.source.human else 'table'} {row.source.sheet(holder)}"
            for holder in owners_of(row.table)
            if holder in _NUMBERED and self.tables.get(holder)
        ]
        if first := next((each for each in rows if each.called), None):
            hints.append(
                f"{_one(first.table)} is named by what tells it apart, e.g. {first.called!r}"
            )
        return "; ".join(hints)

    def _short(self, row: _Row) -> str:
        """The identifier of a row, without the road map's where there is only one."""
        own = str(row.tree.get("id", ""))
        return (
            own.removeprefix(f"{row.roadmap}/") if len(self.tables.get(_ROADMAPS, ())) == 1 else own
        )

    def _perhaps(self, row: _Row) -> str:
        """A row as a near miss: by its title, with its identifier where that stands in a cell."""
        own = "" if str(row.tree.get("id", "")) in self.given else self._short(row)
        title = next(_titles(row.tree), "")
        if not title:
            return f"did you mean {row.called or own!r}?"
        return f"did you mean {excerpt(title)}{f' ({own})' if own else ''}?"

    def _complete(self, row: _Row, roadmap: str) -> None:
        """Complete what names parts of the same road map."""
        for field in _naming_parts(TABLES[row.table]):
            value: Plain = row.tree.get(field.key)
            if isinstance(value, list):
                row.tree[field.key] = [
                    self._whole_reference(row, field, str(each), roadmap) for each in value
                ]
            elif isinstance(value, str):
                row.tree[field.key] = self._whole_reference(row, field, value, roadmap)

    def _whole_reference(self, row: _Row, field: Field, text: str, roadmap: str) -> str:
        said = unlabelled(text)
        full = f"{roadmap}/{said.lower()}"
        if "/" not in said and full in self.parts:
            self._tell_made_up(row, field.key, said, full)
            return full
        kinds = field.refers.kinds if field.refers is not None else ()
        tables = [table for kind, table in _PARTS.items() if kind in kinds or not kinds]
        lost = _spaced(said) in self.unplaced or not self.nameless.isdisjoint(tables)
        if is_identifier(said):
            self._tell_made_up(row, field.key, said, said)
            return UNREAD if lost and kinds and "/" not in said else text
        if said.startswith("/") and is_identifier(said[1:]):
            return said[1:]
        called = self._called(tables, said)
        if lost and not called:
            return UNREAD
        if len(called) > 1:
            place = row.source.find(row.number, None, [field.key])
            hint = f"write the {row.source.shown('id')} of the one that is meant"
            message = f"{_counted(called)} are called {excerpt(said)}"
            self.problems.append(
                Problem("wrong-value", message, place, path_text((*row.path, field.key)), hint)
            )
        return str(called[0].tree["id"]) if called else text


def _first(lists: Iterable[Sequence[_Row]]) -> list[_Row]:
    """The rows in some lists, so many as are shown and one more: of many rows that name as many, no
    list is made for each.
    """
    return list(islice(chain.from_iterable(lists), SHOWN + 1))


def _counted(rows: Sequence[_Row]) -> str:
    return f"{len(rows)} rows" if len(rows) <= SHOWN else f"more than {SHOWN} rows"


def _titles(tree: Mapping[str, Any]) -> Iterator[str]:
    """What a record is called, in each language."""
    for key in _TITLES:
        value: Plain = tree.get(key)
        if isinstance(value, dict):
            yield from map(str, value.values())


# --- what a column holds --------------------------------------------------------------------------


def field_of(table: str, column: str) -> Field | None:
    """The field that a column stands for; None for one that no field has (`belongs_to`,
    `sdg_targets`).
    """
    known = _columns(TABLES.get(table, File)).get(column.partition(":")[0])
    return None if known is None else known.field


def doc_of(table: str, column: str) -> str:
    """What a column is for.

    Examples:
        >>> doc_of("milestones", "due.session"), doc_of("milestones", "belongs_to")
        ('A session or meeting, e.g. `"sessions/cstd-30"`.', 'The record that the row belongs to.')
    """
    if column == OF:
        return "The record that the row belongs to."
    if column in ALIGNED:
        return ALIGNED[column][1]
    field = field_of(table, column)
    holder = record_at(TABLES.get(table, File), tuple(column.split(".")[:-1]))
    return (
        ""
        if field is None or holder is None
        else " ".join(field_docs(holder).get(field.name, "").split())
    )


# --- examples -------------------------------------------------------------------------------------

#: How people call the records that the examples of our documentation name; `cite` knows paragraphs,
#: Action Lines and SDG targets.
_CALLED = {
    "itu": "ITU",
    "unicef": "UNICEF",
    "cstd": "CSTD",
    "sessions/cstd-30": "CSTD 30",
    "deliverables/report": "Report",
    "groups/technical-community": "Technical community",
}
#: Left out of the example rows, where another column says the same better.
_NO_EXAMPLE = frozenset(
    (
        "due.date",
        "due.year",
        "due.event",
        "due.recurrence",
        "lead_reason",
        "sdg_indicator",
        "themes",
        "depends_on",
        "url",
        "extensions",
    )
)
_EXAMPLES: dict[str, dict[str, str]] = {
    "entities": {
        "id": "ministry-of-ict",
        "name": "Ministry of Information and Communications",
        "acronym": "MoIC",
        "groups": "Governments",
        "url": "https://www.example.org",
        "source.title": "Website of the Ministry",
        "source.date": "2026-01-15",
        "source.terms": "facts only",
    }
}


def in_words(identifier: str) -> str:
    """What people call the record of an identifier, without a corpus that knows; the identifier
    where that takes one.

    Examples:
        >>> (
        ...     in_words("80-173/37.1"),
        ...     in_words("itu"),
        ...     in_words("c2-roadmap/a1"),
        ...     in_words("ripe-ncc"),
        ... )
        ('A/RES/80/173, para. 37, mandate 1', 'ITU', 'a1', 'ripe-ncc')
    """
    return _CALLED.get(identifier) or cite(identifier.removeprefix("c2-roadmap/"))


def in_a_cell(written: str, *, names: bool = False) -> str:
    """What YAML writes so, as it would stand in a cell.

    Args:
        written: A value as our documentation gives it.
        names: It names other records, and people write what they are called.

    Examples:
        >>> (
        ...     in_a_cell('["itu", "unicef"]'),
        ...     in_a_cell('["itu", "unicef"]', names=True),
        ...     in_a_cell("true"),
        ... )
        ('itu; unicef', 'ITU; UNICEF', 'true')
    """
    try:
        value: Plain = json.loads(written)
    except ValueError:
        return written
    listed: list[Any] = (
        list(value.values())
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else [value]
    )
    texts = (str(each).lower() if isinstance(each, bool) else str(each) for each in listed)
    return "; ".join(in_words(each) if names else each for each in texts)


@functools.cache
def examples_of(table: str) -> Mapping[str, str]:
    """The example row of a table in the template: column to cell.

    Examples:
        >>> dict(examples_of("targets"))
        {'belongs_to': 'i1', 'value': '90', 'by': '2030', 'note': 'potential target, para. 113'}
    """
    if table in _EXAMPLES:
        return _EXAMPLES[table]
    found = (
        {
            OF: "a1.m1"
            if table == "evidence"
            else "a1"
            if owners_of(table) == ("activities",)
            else "i1"
        }
        if owners_of(table)
        else {}
    )
    record = TABLES.get(table, File)
    for column in (*_columns(record), *(ALIGNED if _is_aligned(record) else ())):
        said = re.search(r"e\.g\. `([^`]*)`", doc_of(table, column))
        if (
            said is not None
            and column not in _NO_EXAMPLE
            and not column.endswith(".extensions")
            and not column.startswith("source.")
        ):
            field = field_of(table, column)
            text = in_a_cell(said[1], names=field is not None and field.refers is not None)
            found[column] = text.removeprefix("c2-roadmap/")
    return found
