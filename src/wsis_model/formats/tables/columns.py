"""The columns of each table: their names, their headings for people, and the fields that they stand
for.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs

from ..._messages import LANGUAGES, in_language
from ...model import RECORDS, Alignment, File, Record
from ...model.fields import Field, example_text, record_at, shape_of, with_examples
from ...model.kinds import KINDS
from ...model.record import field_docs, identified
from ...model.roadmaps import Activity, Roadmap

__all__ = [
    "ALIGNED",
    "BETWEEN",
    "Column",
    "FAULTS",
    "FILE",
    "HEADING",
    "NUMBERED",
    "OF",
    "OWN",
    "OWNERS_FIRST",
    "PARTS",
    "ROADMAPS",
    "SHEET",
    "SHEETS",
    "TABLES",
    "TOP_TABLES",
    "about_column",
    "aliases_of",
    "column_under",
    "columns_of",
    "doc_of",
    "field_of",
    "folded",
    "count_headings",
    "heading_parts",
    "in_order",
    "is_aligned",
    "kind_name",
    "known_columns",
    "label_of",
    "language_of",
    "must_be_filled",
    "naming_parts",
    "sheet_of",
    "with_article",
    "owners_of",
    "words_of",
]

OF = "belongs_to"
"""The column that names the record a row belongs to."""
FAULTS = "faults"
"""The column of a marked copy that says what is wrong with a row."""
OWN = "#"
"""The first sign of a heading, or of the name of a sheet, that is not read."""
#: The columns of alignments: the beginning of the identifiers that stand in them (none: all others)
#: what they hold, and an example.
ALIGNED: dict[str, tuple[str, str, str]] = {
    "action_lines": ("action-lines/", "Action Lines.", "C2; C7: e-health"),
    "sdg_targets": ("sdg/", "SDG targets; never inferred from a goal.", "9.c; 4.4"),
    "commitments": ("gdc/", "Commitments of the Global Digital Compact.", "21(a)"),
    "themes": ("", "Other concepts that it serves.", "themes/igf"),
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
    "co_leads": "Co-leads",
}
#: The kinds of record that are parts of road maps and have identifiers: how those begin that are
#: made for a blank one.
NUMBERED = {"objectives": "o", "activities": "a", "indicators": "i", "milestones": "m"}
PARTS = {kind.name: kind.field for kind in KINDS if kind.inside in (Roadmap, Activity)}
"""The kinds of record that are parts of a road map, and their tables."""
ROADMAPS = "roadmaps"
FILE = "file"


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
TOP_TABLES = {field.key for field in shape_of(File) if field.what == "records"}
#: For each table those whose records may own its rows; first those whose records have identifiers.
_HOLDERS: dict[str, tuple[str, ...]] = {
    table: tuple(
        sorted(
            (
                holder
                for holder, record in TABLES.items()
                if any(field.key == table for field in shape_of(record) if field.record)
            ),
            key=lambda holder: not identified(TABLES[holder]),
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


OWNERS_FIRST = sorted(TABLES, key=_depth)
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


def label_of(column: str, language: str = "en") -> str:
    """The heading of a column for people, in a language.

    Examples:
        >>> label_of("due.session"), label_of("title:fr"), label_of("id"), label_of("sdg_targets")
        ('Due: session', 'Title (fr)', 'ID', 'SDG targets')
        >>> label_of("title:fr", "fr"), label_of("sdg_targets", "es")
        ('Titre (fr)', 'Metas de los ODS')
    """
    stem, _, tag = column.partition(":")
    parts = [in_language(each, language, HEADING) for each in heading_parts(stem)]
    parts[0] = parts[0][:1].upper() + parts[0][1:]
    between = in_language(BETWEEN, language, HEADING)
    return between.join(parts) + (f" ({tag})" if tag else "")


def heading_parts(column: str) -> list[str]:
    """What the parts of the name of a column are called, as in `due` and `session`."""
    return [_LABELS.get(part) or part.replace("_", " ") for part in column.split(".")]


def sheet_of(table: str, language: str = "en") -> str:
    """The name of the sheet of a table, in a language.

    Examples:
        >>> sheet_of("roadmaps"), sheet_of("roadmaps", "fr"), sheet_of("roadmaps", "es")
        ('Road maps', 'Feuilles de route', 'Hojas de ruta')
    """
    return in_language(SHEETS[table], language, SHEET)


def folded(heading: str) -> str:
    """A heading without regard to case, spaces and signs, as headings are compared."""
    return " ".join(re.sub(r"[_.:-]", " ", heading).casefold().split())


def _patterned(annotation: Any) -> bool:
    """Whether an annotation says how its text is written."""
    marks = (*getattr(annotation, "__metadata__", ()), annotation)
    return any(getattr(each, "pattern", None) for each in marks) or any(
        _patterned(each) for each in typing.get_args(annotation)
    )


#: The contexts of headings and of the names of sheets in the catalogues of messages, and what
#: stands between the parts of a heading.
HEADING, SHEET, BETWEEN = "heading", "sheet", ": "


@attrs.frozen
class Column:
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
def known_columns(record: type[Record]) -> dict[str, Column]:
    """The columns of a record's table by name, those for languages other than English left out."""
    found: dict[str, Column] = {}
    for name, field in columns_of(record):
        holder = record_at(record, tuple(name.split(".")[:-1]))
        assert holder is not None
        info = holder.model_fields[field.name]
        named = (
            field.refers is not None
            or _patterned(info.annotation)
            or any(map(_patterned, info.metadata))
        )
        words = {folded(word): word for word in words_of(field)}
        free = field.what == "translations" or (
            field.what in ("value", "values") and field.type is str and not named
        )
        found[name] = Column(field, free, words)
    return found


@functools.cache
def aliases_of(table: str) -> dict[str, str]:
    """How people may write each heading of a table, folded, and the column it stands for."""
    record = TABLES.get(table, File)
    columns = [
        *known_columns(record),
        *(ALIGNED if is_aligned(record) else ()),
        *((OF,) if owners_of(table) else ()),
    ]
    found = {folded(each): column for column in columns for each in (column, label_of(column))}
    for holder in owners_of(table):
        # "Activity" over the column that says which activity a milestone belongs to.
        found.setdefault(kind_name(holder), OF)
    return found


@functools.cache
def _headings_in_languages(table: str) -> dict[str, tuple[str, str]]:
    """The headings of a table in other languages than English, folded: the column that each stands
    for, and the language. Of a text a heading says in which language it is.
    """
    record = TABLES.get(table, File)
    columns = [
        *known_columns(record),
        *(ALIGNED if is_aligned(record) else ()),
        *((OF,) if owners_of(table) else ()),
    ]
    found: dict[str, tuple[str, str]] = {}
    for language in LANGUAGES[1:]:
        for column in columns:
            found.setdefault(folded(label_of(column, language)), (column, language))
    return found


def kind_name(table: str) -> str:
    """The kind of record in a table, in words.

    Examples:
        >>> kind_name("activities"), kind_name("roadmaps")
        ('activity', 'road map')
    """
    return (
        "road map"
        if table == ROADMAPS
        else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", TABLES[table].__name__).lower()
    )


def with_article(table: str) -> str:
    """A record of a table, in a message."""
    kind = kind_name(table)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


@functools.cache
def is_aligned(record: type[Record]) -> bool:
    """Whether a record has alignments."""
    return any(field.record is Alignment and field.what == "records" for field in shape_of(record))


def column_under(table: str, heading: str) -> str | None:
    """The column that a heading stands for, or None."""
    columns = known_columns(TABLES.get(table, File))
    if heading in columns:
        return heading
    stem, colon, language = heading.partition(":")
    if colon and not language:
        return None
    if not language:
        with_language = re.fullmatch(
            r"(.+?)\s*\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)", heading
        )
        stem = _column_called(table, with_language[1])[0] if with_language else ""
        language = with_language[2] if with_language else ""
        language = language.lower() if len(language) < 4 else language
    if language and stem in columns and columns[stem].field.what == "translations":
        return stem if language == "en" else f"{stem}:{language}"
    stem, language = _column_called(table, heading)
    # Under a French heading stands French text.
    translated = language and stem in columns and columns[stem].field.what == "translations"
    return (f"{stem}:{language}" if translated else stem) or None


def language_of(table: str, headings: Iterable[str]) -> str:
    """The language of the headings of a table: the first that one of them is in and English is not.

    Examples:
        >>> language_of("objectives", ["ID", "Énoncé (fr)"]), language_of("objectives", ["ID"])
        ('fr', 'en')
    """
    stems = (re.sub(r"\s*\([^()]*\)$", "", each) for each in headings)
    return next((lang for each in stems if (lang := _column_called(table, each)[1])), "en")


def _column_called(table: str, heading: str) -> tuple[str, str]:
    """The column of a heading in any language, and that language if it is not English; two empty
    texts for a heading that is none.
    """
    plain = folded(heading.replace("’", "'"))
    found = aliases_of(table).get(plain)
    return _headings_in_languages(table).get(plain, ("", "")) if found is None else (found, "")


def count_headings(table: str, headings: Iterable[str]) -> int:
    """How many of some cells are headings of a table."""
    return sum(column_under(table, each.strip()) is not None for each in headings if each.strip())


@functools.cache
def naming_parts(record: type[Record]) -> tuple[Field, ...]:
    """The fields that may name a part of the road map that their record stands in."""
    return tuple(
        field
        for field in shape_of(record)
        if field.refers is not None
        and (not PARTS.keys().isdisjoint(field.refers.kinds) or field.key == "about")
    )


def in_order(table: str, used: Iterable[str], *, human: bool = False) -> list[str]:
    """The columns of a table: those used and those that must be filled, owner first (for people
    after the identifier).
    """
    record = TABLES.get(table, File)
    listed = [*known_columns(record), *(ALIGNED if is_aligned(record) else ())]
    order: dict[str, float] = {column: index for index, column in enumerate(listed)}
    order[OF] = 0.5 if human and listed[0] == "id" else -1
    required = must_be_filled(table) if table != FILE else frozenset[str]()

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


def field_of(table: str, column: str) -> Field | None:
    """The field that a column stands for; None for one that no field has (`belongs_to`,
    `sdg_targets`).
    """
    known = known_columns(TABLES.get(table, File)).get(column.partition(":")[0])
    return None if known is None else known.field


def about_column(table: str, column: str) -> tuple[str, tuple[Any, ...]]:
    """What a column is for, and examples of what it holds.

    Examples:
        >>> about_column("milestones", "due.session")
        ('A session or meeting.', ('sessions/cstd-30',))
    """
    if column == OF:
        return "The record that the row belongs to.", ()
    if column in ALIGNED:
        _, text, example = ALIGNED[column]
        return text, (example,)
    field = field_of(table, column)
    holder = record_at(TABLES.get(table, File), tuple(column.split(".")[:-1]))
    if field is None or holder is None:
        return "", ()
    return " ".join(field_docs(holder).get(field.name, "").split()), field.examples


def doc_of(table: str, column: str) -> str:
    """What a column is for, with examples as they stand in a file.

    Examples:
        >>> doc_of("milestones", "due.session")
        'A session or meeting, e.g. `"sessions/cstd-30"`.'
    """
    said, examples = about_column(table, column)
    field = field_of(table, column)
    return with_examples(said, (example_text(field, each) for each in examples))
