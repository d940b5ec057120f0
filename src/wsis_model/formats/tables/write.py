"""Records as rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from enum import Enum
from typing import Any

import attrs

from ...errors import DuplicateIdentifier
from ...model import Alignment, Basis, File, Record, is_identifier
from ...model.fields import shape_of
from ...model.record import identifier_of
from ...names.columns import write_in_column
from .._text import UNKNOWN_PREFIX
from .cells import cell_of, join_values, visible
from .columns import (
    ALIGNED,
    FAULTS,
    FILE,
    OF,
    ROADMAPS,
    TABLES,
    column_under,
    folded,
    is_aligned,
    naming_parts,
    owners_of,
)
from .natural_keys import NATURAL_KEYS, names_for

__all__ = ["rows_of"]


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
        if owner and not (self.only and owners_of(table) == (ROADMAPS,)):
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
        within = key if table == ROADMAPS else roadmap
        for field, members in listed:
            names = [""] * len(members)
            if (told_by := NATURAL_KEYS.get(field.key)) is not None:
                keys = [str(getattr(each, told_by, "")) for each in members]
                names = [f"{key}#{name}" for name in names_for(field.key, keys)]
            for member, name in zip(members, names, strict=True):
                self.add(member, field.key, key, identifier_of(member) or name, within)

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
        for field in naming_parts(type(record)):
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
            getattr(record, "alignments", ()) if is_aligned(type(record)) else ()
        )
        cells: dict[str, list[str]] = {column: [] for column in ALIGNED}
        for each in alignments:
            if each != Alignment(concept=each.concept, basis=Basis.EDITORIAL):
                return None
            column = next(
                column for column, (head, _, _) in ALIGNED.items() if each.concept.startswith(head)
            )
            cells[column].append(each.concept)
        if [concept for listed in cells.values() for concept in listed] != [
            each.concept for each in alignments
        ]:
            return None
        return {
            column: "; ".join(write_in_column(ALIGNED[column][0], each) for each in listed)
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
                row[name] = join_values(value)
            elif field.what == "translations":
                for language, text in value.items():
                    row[name if language == "en" else f"{name}:{language}"] = visible(text)
            elif field.what == "extensions":
                self._extensions(value, row, table, prefix)
            elif not (
                isinstance(value, Enum)
                and value == type(record).model_fields[field.name].get_default()
            ):
                row[name] = cell_of(value)
        if prefix and not any(key.startswith(prefix) for key in row):
            row[prefix.removesuffix(".")] = "{}"

    def _extensions(
        self, extensions: Mapping[str, Any], row: dict[str, str], table: str, prefix: str
    ) -> None:
        rest: dict[str, Any] = {}
        for key, each in extensions.items():
            column = prefix + key.removeprefix(UNKNOWN_PREFIX)
            taken = column_under(table, column) is not None or folded(column) in (
                FAULTS,
                folded(OF),
            )
            if key.startswith(UNKNOWN_PREFIX) and isinstance(each, str) and each and not taken:
                row[column] = each
            else:
                rest[key] = each
        if rest:
            row[prefix + "extensions"] = json.dumps(rest, ensure_ascii=False)


def _identifiers(record: Record) -> Iterator[str]:
    """The identifier of a record and those of all that stands in its lists."""
    if name := identifier_of(record):
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
            would be ambiguous.
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
        found[FILE] = [{"extensions": json.dumps(dict(file.extensions), ensure_ascii=False)}]
    return {name: found[name] for name in (*TABLES, FILE) if name in found}
