"""Which record each row belongs to, by what it names, and the identifiers that are completed or made
up on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, islice
from typing import Any

import attrs

from ...errors import Finding, excerpt
from ...model import is_identifier
from ...model.fields import Field
from ...names.labels import unlabelled
from ...positions import Path
from .._hints import day_meant
from .._salvage import UNREAD
from .._text import MOST, Plain
from .cells import spaced
from .columns import (
    NUMBERED,
    OF,
    OWNERS_FIRST,
    PARTS,
    ROADMAPS,
    TABLES,
    TOP,
    naming_parts,
    owners_of,
    with_article,
)
from .natural_keys import NAME, NATURAL_KEYS, names_for, natural_key
from .rows import Row, RowPlaces

__all__ = ["HINTS", "Joiner", "NEAR", "SHOWN"]

SHOWN = 8
"""So many rows are named in a hint."""
_TITLES = ("title", "statement", "name", "label")
"""The fields that say what a record is called."""
HINTS = 20
"""For so many owners that are not there a near miss is looked for, which takes time in proportion
to those that are.
"""
NEAR = 2000
"""So many rows of a table are looked at for it."""


@attrs.define(eq=False)
class Joiner:
    """Rows become records in records: each finds its owner by `belongs_to`, and identifiers of
    parts of a road map are completed.
    """

    places: RowPlaces
    problems: list[Finding]
    tree: dict[str, Any] = attrs.Factory(dict[str, Any])
    tables: dict[str, list[Row]] = attrs.Factory(dict[str, list[Row]])
    keys: dict[tuple[str, str], Row] = attrs.Factory(dict[tuple[str, str], Row])
    """Rows by table and by the name under which they own others."""
    short: dict[tuple[str, str], list[Row]] = attrs.Factory(dict[tuple[str, str], list[Row]])
    """The same by what is left of the name without the road map's."""
    names: dict[tuple[str, str], list[Row]] = attrs.Factory(dict[tuple[str, str], list[Row]])
    """Rows without identifier by table and by what tells them apart."""
    parts: set[str] = attrs.Factory(set[str])
    given: dict[str, Row] = attrs.Factory(dict[str, Row])
    """Rows whose identifier was blank, by the one that was made up."""
    titles: dict[str, dict[str, list[Row]]] = attrs.Factory(dict[str, dict[str, list[Row]]])
    """Rows by table and by what they are called."""
    doubled: dict[str, dict[str, list[Row]]] = attrs.Factory(dict[str, dict[str, list[Row]]])
    """Rows by table and identifier, where several have the same, until it is told."""
    unplaced: set[str] = attrs.Factory(set[str])
    """What rows that have no owner are called, by identifier and title."""
    nameless: set[str] = attrs.Factory(set[str])
    """The tables in which not every row can be found that others name: the titles are lacking, or
    an identifier was written twice.
    """
    hints: dict[tuple[str, str], str] = attrs.Factory(dict[tuple[str, str], str])
    """What may be meant by a name that nothing has, by the table of the row and the name."""

    def join(self, rows: list[Row]) -> dict[str, Any]:
        """The plain data of a file, from its rows."""
        for row in rows:
            self.tables.setdefault(row.table, []).append(row)
            if not row.source.lacking.isdisjoint(_TITLES):
                self.nameless.add(row.table)
        for table in OWNERS_FIRST:
            placed = [row for row in self.tables.get(table, ()) if self._place(row)]
            self._number(table, placed)
            for row in placed:
                self._register(row)
            if table in NATURAL_KEYS:
                self._name_rows(table)
        for table in OWNERS_FIRST:
            for row in self.tables.get(table, ()):
                if row.roadmap is not None:
                    self._complete(row, row.roadmap)
        return self.tree

    def _place(self, row: Row) -> bool:
        """Put a row into its owner's list; False where it has none."""
        if len(self.problems) >= MOST:
            return False
        holder: dict[str, Any] = self.tree
        path: Path = ()
        if row.table not in TOP:
            owner = self._owner(row)
            if owner is None:
                return False
            holder, path = owner.tree, owner.path
            row.key = owner.key
            row.roadmap = self._name(owner) if owner.table == ROADMAPS else owner.roadmap
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
    def _name(roadmap: Row) -> str:
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

    def _number(self, table: str, rows: list[Row]) -> None:
        """Give the parts of road maps that have none the next free identifier: `a1`, `a2` ...,
        milestones `a1.m1`.
        """
        mark = NUMBERED.get(table)
        counts: dict[str, int] = {}
        for row in rows if mark else ():
            if "id" in row.tree or row.roadmap is None:
                continue
            # What belongs to an activity whose identifier is none is not told of, too.
            owner = row.key if is_identifier(row.key) else f"{row.roadmap}/{UNREAD}"
            head = f"{owner}.{mark}" if table == "milestones" else f"{row.roadmap}/{mark}"
            while (name := f"{head}{counts.get(head, 0) + 1}") in self.parts:
                counts[head] = counts.get(head, 0) + 1
            row.tree["id"] = name
            self.parts.add(name)
            self.given[name] = row

    def _register(self, row: Row) -> None:
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
        """Learn how the rows of a table are called whose records may have no identifier."""
        lists: dict[Path, list[Row]] = {}
        for row in self.tables.get(table, ()):
            if row.path:
                lists.setdefault(row.path[:-1], []).append(row)
        for listed in lists.values():
            keys = [str(row.tree.get(NATURAL_KEYS[table], "")) for row in listed]
            names = names_for(table, keys)
            for number, (row, key, name) in enumerate(zip(listed, keys, names, strict=True), 1):
                row.called = name
                # A day that is written otherwise is told with the row, and not with what names it.
                day = day_meant(key) or key
                place = f"{table}/{number} of {len(listed)}"
                for form in {natural_key(key), natural_key(day), place} - {""}:
                    self.names.setdefault((table, form), []).append(row)
                    self.names.setdefault((table, spaced(f"{row.key}#{form}")), []).append(row)

    def _owner(self, row: Row) -> Row | None:
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
            meant = meant or _first(known.get((holder, spaced(said)), ()) for holder in holders)
        if len(meant) == 1:
            self._tell_made_up(row, OF, said, meant[0].key)
            self._tell_doubled(meant[0])
            return meant[0]
        called = [] if meant else self._called(holders, said)
        if len(called) == 1:
            return called[0]
        if not any(self.tables.get(holder) for holder in holders):
            self._tell_ownerless(row, " or ".join(holders))
        elif meant or called or not (said and self._is_lost(said, holders)):
            self._tell_unowned(row, said, meant, called)
        self.unplaced |= {
            spaced(each) for each in (str(row.tree.get("id", "")), *_titles(row.tree)) if each
        }
        return None

    def _is_lost(self, said: str, tables: Sequence[str]) -> bool:
        """Whether the row that is named may be one that could not be placed, or whose name could
        not be read: that is told.
        """
        for table in tables:
            for key in list(self.doubled.get(table, ())):
                self._tell_doubled(self.keys[table, key])
        return spaced(said) in self.unplaced or not self.nameless.isdisjoint(tables)

    def _called(self, tables: Iterable[str], said: str) -> list[Row]:
        """The first rows of some tables that are called so, in whatever case and spacing."""
        for table in tables:
            if table not in self.titles:
                found = self.titles.setdefault(table, {})
                for row in self.tables.get(table, ()):
                    for title in {spaced(text) for text in _titles(row.tree)} if row.path else ():
                        found.setdefault(title, []).append(row)
        return _first(self.titles[table].get(spaced(said), ()) for table in tables)

    def _tell_made_up(self, row: Row, column: str, said: str, identifier: str) -> None:
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
        self.problems.append(Finding(code, message, place, steps, hint))

    def _tell_doubled(self, first: Row) -> None:
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
            Finding(
                "duplicate-record",
                message,
                places[1],
                (*rows[1].path, "id"),
                "give each row an identifier of its own",
            )
        )
        for each in rows[1:]:
            each.tree["id"] = UNREAD  # or it would be told of again

    def _tell_unowned(
        self, row: Row, said: str, meant: Sequence[Row], called: Sequence[Row]
    ) -> None:
        found = f"a row of {row.table} names nothing it belongs to"
        hint = f"name the owner's identifier under {row.source.shown(OF)!r}"
        if meant and meant[0].called:
            found = f"{_counted(meant)} are called {excerpt(said)}"
            within = len({each.key for each in meant}) == 1
            names = [
                each.called if within else f"{each.key}#{each.called}" for each in meant[:SHOWN]
            ]
            hint = f"write {' or '.join(map(repr, names))}"
            if within and "id" in TABLES[meant[0].table].model_fields:
                hint = (
                    f"write the {row.source.shown('id')} of the one that is meant, or give it one"
                )
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
            holders = " or ".join(map(with_article, owners_of(row.table)))
            found, hint = (
                f"{excerpt(said)} is {with_article(other.table)}; a row of {row.table} belongs to {holders}",
                "",
            )
        elif said:
            found, hint = f"{excerpt(said)} is not in these tables", self._near(row, said)
        place = row.source.find(row.number, None, [OF])
        self.problems.append(Finding("no-owner", found, place, (row.table,), hint))

    def _elsewhere(self, said: str, table: str) -> Row | None:
        """The row that a name means in a table of other holders, if it means one; later tables are
        not read yet.
        """
        before = OWNERS_FIRST[: OWNERS_FIRST.index(table)]
        for each in before:
            found = self.keys.get((each, said.removeprefix("/")))
            if found is not None:
                return found
            for rows in (self.short.get((each, spaced(said)), ()), self._called((each,), said)):
                if len(rows) == 1:
                    return rows[0]
        return None

    def _tell_ownerless(self, row: Row, holders: str) -> None:
        """Tell once of a table whose rows have nothing to belong to."""
        if row is self.tables[row.table][0]:
            place = row.source.find(row.number, None, [OF])
            found = f"there are no {holders} that {row.table} could belong to"
            self.problems.append(
                Finding(
                    "no-owner",
                    found,
                    place,
                    (row.table,),
                    "fill in what they belong to first",
                )
            )

    def _near(self, row: Row, said: str) -> str:
        """What may be meant by a name that nothing has to which the row could belong; looked for so
        often only.
        """
        sought = (row.table, said)
        if sought not in self.hints and len(self.hints) < HINTS:
            self.hints[sought] = self._title_near(row, said)
        return self.hints.get(sought, "")

    def _title_near(self, row: Row, said: str) -> str:
        """The row with an identifier or title that is nearly what was written, else how owners are
        named.
        """
        said = day_meant(said) or said
        holders = owners_of(row.table)
        rows = [each for holder in holders for each in self.tables.get(holder, ())[:NEAR]]
        named: dict[str, Row] = {}
        for each in rows:
            own = str(each.tree.get("id", ""))
            if own and own not in self.given:
                named.setdefault(spaced(own), each)
                named.setdefault(spaced(self._short(each)), each)
            for title in _titles(each.tree):
                named.setdefault(spaced(title[:NAME]), each)
        named |= {spaced(each.called): each for each in rows if each.called}
        # What has another number, as a10 beside a1, is another.
        numbers = re.findall(r"[0-9]+", said[:NAME])
        alike = [each for each in named if re.findall(r"[0-9]+", each) == numbers]
        if close := get_close_matches(spaced(said[:NAME]), alike, n=1):
            return self._suggest(named[close[0]])
        hints = [
            f"write the {row.source.shown('id')} or the title of a row in the {'sheet' if row.source.human else 'table'} {row.source.sheet(holder)}"
            for holder in owners_of(row.table)
            if holder in NUMBERED and self.tables.get(holder)
        ]
        if first := next((each for each in rows if each.called), None):
            own = f"its {row.source.shown('id')}, or by " * (
                "id" in TABLES[first.table].model_fields
            )
            hints.append(
                f"{with_article(first.table)} is named by {own}what tells it apart, e.g. {first.called!r}"
            )
        return "; ".join(hints)

    def _short(self, row: Row) -> str:
        """The identifier of a row, without the road map's where there is only one."""
        own = str(row.tree.get("id", ""))
        return (
            own.removeprefix(f"{row.roadmap}/") if len(self.tables.get(ROADMAPS, ())) == 1 else own
        )

    def _suggest(self, row: Row) -> str:
        """A row as a near miss: by its title, with its identifier where that stands in a cell."""
        own = "" if str(row.tree.get("id", "")) in self.given else self._short(row)
        title = next(_titles(row.tree), "")
        if not title:
            return f"did you mean {own or row.called!r}?"
        return f"did you mean {excerpt(title)}{f' ({own})' if own else ''}?"

    def _complete(self, row: Row, roadmap: str) -> None:
        """Complete what names parts of the same road map."""
        for field in naming_parts(TABLES[row.table]):
            value: Plain = row.tree.get(field.key)
            if isinstance(value, list):
                row.tree[field.key] = [
                    self._whole_reference(row, field, str(each), roadmap) for each in value
                ]
            elif isinstance(value, str):
                row.tree[field.key] = self._whole_reference(row, field, value, roadmap)

    def _whole_reference(self, row: Row, field: Field, text: str, roadmap: str) -> str:
        said = unlabelled(text)
        full = f"{roadmap}/{said.lower()}"
        if "/" not in said and full in self.parts:
            self._tell_made_up(row, field.key, said, full)
            return full
        kinds = field.refers.kinds if field.refers is not None else ()
        tables = [table for kind, table in PARTS.items() if kind in kinds or not kinds]
        lost = spaced(said) in self.unplaced or not self.nameless.isdisjoint(tables)
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
                Finding("wrong-value", message, place, (*row.path, field.key), hint)
            )
        return str(called[0].tree["id"]) if called else text


def _first(lists: Iterable[Sequence[Row]]) -> list[Row]:
    """The rows in some lists, so many as are shown and one more: of many rows that name as many, no
    list is made for each.
    """
    return list(islice(chain.from_iterable(lists), SHOWN + 1))


def _counted(rows: Sequence[Row]) -> str:
    return f"{len(rows)} rows" if len(rows) <= SHOWN else f"more than {SHOWN} rows"


def _titles(tree: Mapping[str, Any]) -> Iterator[str]:
    """What a record is called, in each language."""
    for key in _TITLES:
        value: Plain = tree.get(key)
        if isinstance(value, dict):
            yield from map(str, value.values())
