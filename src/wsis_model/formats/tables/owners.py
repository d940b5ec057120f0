"""Which record each row belongs to, by what it names, and the identifiers that are completed or
made up on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, islice
from typing import Any

import attrs

from ..._messages import sentence
from ...errors import Finding, Fix, excerpt
from ...model import is_identifier
from ...model.fields import Field
from ...names.hints import UNSURE, Hint
from ...names.labels import unlabelled
from ...names.typos import is_slip
from ...positions import Path
from .._hints import day_meant
from .._salvage import UNREAD
from .._text import MAX_PROBLEMS, Plain
from .cells import spaced
from .columns import (
    NUMBERED,
    OF,
    OWNERS_FIRST,
    PARTS,
    ROADMAPS,
    TABLES,
    TOP_TABLES,
    naming_parts,
    owners_of,
    with_article,
)
from .natural_keys import NAME, NATURAL_KEYS, names_for, natural_key
from .rows import Row, RowPlaces

__all__ = ["HINTS", "Joiner", "NEAR", "SHOWN"]

SHOWN = 8
"""At most this many rows are named in a hint."""
_TITLES = ("title", "statement", "name", "label")
"""The fields that hold the name of a record."""
HINTS = 20
"""At most this many missing owners get a near miss: each is compared with every owner."""
NEAR = 2000
"""At most this many rows of a table are compared for it."""


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
    """Rows without identifier by table and natural key."""
    parts: set[str] = attrs.Factory(set[str])
    given: dict[str, Row] = attrs.Factory(dict[str, Row])
    """Rows whose identifier was blank, by the one that was made up."""
    titles: dict[str, dict[str, list[Row]]] = attrs.Factory(dict[str, dict[str, list[Row]]])
    """Rows by table and by title."""
    doubled: dict[str, dict[str, list[Row]]] = attrs.Factory(dict[str, dict[str, list[Row]]])
    """Rows by table and identifier, if several have the same, until that is reported."""
    unplaced: set[str] = attrs.Factory(set[str])
    """Identifiers and titles of rows without an owner."""
    nameless: set[str] = attrs.Factory(set[str])
    """The tables in which some rows cannot be found by name: the titles are missing, or an
    identifier stands twice.
    """
    hints: dict[tuple[str, str], Hint] = attrs.Factory(dict[tuple[str, str], Hint])
    """Hints for unknown names, by the table of the row and the name."""

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
        if len(self.problems) >= MAX_PROBLEMS:
            return False
        holder: dict[str, Any] = self.tree
        path: Path = ()
        if row.table not in TOP_TABLES:
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
        """The identifier of a road map, or `UNREAD` for a faulty one, so that it is reported once
        and not with each of its parts.
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
            # If the identifier of the activity is faulty, its milestones are not reported too.
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
        """Name the rows of a table whose records may have no identifier."""
        lists: dict[Path, list[Row]] = {}
        for row in self.tables.get(table, ()):
            if row.path:
                lists.setdefault(row.path[:-1], []).append(row)
        for listed in lists.values():
            keys = [str(row.tree.get(NATURAL_KEYS[table], "")) for row in listed]
            names = names_for(table, keys)
            for number, (row, key, name) in enumerate(zip(listed, keys, names, strict=True), 1):
                row.called = name
                # A day in another form is reported at the row, not where the row is named.
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
            self._report_made_up(row, OF, said, meant[0].key)
            self._report_doubled(meant[0])
            return meant[0]
        called = [] if meant else self._called(holders, said)
        if len(called) == 1:
            return called[0]
        if not any(self.tables.get(holder) for holder in holders):
            self._report_ownerless(row, " or ".join(holders))
        elif meant or called or not (said and self._is_lost(said, holders)):
            self._report_unowned(row, said, meant, called)
        self.unplaced |= {
            spaced(each) for each in (str(row.tree.get("id", "")), *_titles(row.tree)) if each
        }
        return None

    def _is_lost(self, said: str, tables: Sequence[str]) -> bool:
        """Whether the named row may be one without an owner, or with an unreadable name, which is
        reported itself.
        """
        for table in tables:
            for key in list(self.doubled.get(table, ())):
                self._report_doubled(self.keys[table, key])
        return spaced(said) in self.unplaced or not self.nameless.isdisjoint(tables)

    def _called(self, tables: Iterable[str], said: str) -> list[Row]:
        """The first rows of some tables with this title, in any case and spacing."""
        for table in tables:
            if table not in self.titles:
                found = self.titles.setdefault(table, {})
                for row in self.tables.get(table, ()):
                    for title in {spaced(text) for text in _titles(row.tree)} if row.path else ():
                        found.setdefault(title, []).append(row)
        return _first(self.titles[table].get(spaced(said), ()) for table in tables)

    def _report_made_up(self, row: Row, column: str, said: str, identifier: str) -> None:
        """Report a row that names another by a made-up identifier, which stands in no cell and
        would change if rows were moved.
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

    def _report_doubled(self, first: Row) -> None:
        """Report once an identifier that several rows have and others name; it stands for the
        first.
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
        name = sentence("the {id} {name}", id=first.source.shown("id"), name=excerpt(short))
        message = sentence(
            "{name} stands in several rows ({rows}), and others name it", name=name, rows=listed
        )
        path, hint = (*rows[1].path, "id"), sentence("give each row an identifier of its own")
        self.problems.append(Finding("duplicate-record", message, places[1], path, hint))
        for each in rows[1:]:
            each.tree["id"] = UNREAD  # or it would be reported again

    def _report_unowned(
        self, row: Row, said: str, meant: Sequence[Row], called: Sequence[Row]
    ) -> None:
        near = Hint()
        found = sentence("a row of {table} names nothing it belongs to", table=row.table)
        hint = sentence(
            "name the owner's identifier under {column}", column=repr(row.source.shown(OF))
        )
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
            found = f"{excerpt(said)} stands in several rows"
            hint = (
                "give each row an identifier of its own; of two road maps write the whole one, "
                "e.g. 'c2-roadmap/a1'"
            )
        elif called:
            found = f"{_counted(called)} are called {excerpt(said)}"
            hint = f"write the {row.source.shown('id')} of the one that is meant"
        elif said and (other := self._elsewhere(said, row.table)):
            holders = " or ".join(map(with_article, owners_of(row.table)))
            kind = with_article(other.table)
            found = f"{excerpt(said)} is {kind}; a row of {row.table} belongs to {holders}"
            hint = ""
        elif said:
            found = sentence("{name} is not in these tables", name=excerpt(said))
            near = self._near(row, said)
            hint = near.text
        place = row.source.find(row.number, None, [OF])
        self.problems.append(
            Finding(
                "no-owner",
                found,
                place,
                (row.table,),
                hint,
                found=said or None,
                meant=near.meant,
                fix=None if near.new is UNSURE else Fix((OF,), said, near.new),
            )
        )

    def _elsewhere(self, said: str, table: str) -> Row | None:
        """The row of this name in another table, if there is one; later tables are not read yet."""
        before = OWNERS_FIRST[: OWNERS_FIRST.index(table)]
        for each in before:
            found = self.keys.get((each, said.removeprefix("/")))
            if found is not None:
                return found
            for rows in (self.short.get((each, spaced(said)), ()), self._called((each,), said)):
                if len(rows) == 1:
                    return rows[0]
        return None

    def _report_ownerless(self, row: Row, holders: str) -> None:
        """Report once a table whose rows cannot belong to anything."""
        if row is self.tables[row.table][0]:
            place = row.source.find(row.number, None, [OF])
            found = f"there are no {holders} that {row.table} could belong to"
            hint = "fill in what they belong to first"
            self.problems.append(Finding("no-owner", found, place, (row.table,), hint))

    def _near(self, row: Row, said: str) -> Hint:
        """The hint for an unknown owner, for at most `HINTS` names."""
        sought = (row.table, said)
        if sought not in self.hints and len(self.hints) < HINTS:
            self.hints[sought] = self._title_near(row, said)
        return self.hints.get(sought, Hint())

    def _title_near(self, row: Row, said: str) -> Hint:
        """The row with an identifier or title most like the text, else how owners are named."""
        said = day_meant(said) or said
        holders = owners_of(row.table)
        rows = [each for holder in holders for each in self.tables.get(holder, ())[:NEAR]]
        named: dict[str, list[Row]] = {}
        for each in rows:
            own = str(each.tree.get("id", ""))
            names = [title[:NAME] for title in _titles(each.tree)]
            names += [own, self._short(each)] if own and own not in self.given else []
            for name in {spaced(name) for name in (*names, each.called) if name}:
                named.setdefault(name, []).append(each)
        # A name with another number is another row, as a10 beside a1.
        numbers = re.findall(r"[0-9]+", said[:NAME])
        alike = [each for each in named if re.findall(r"[0-9]+", each) == numbers]
        if close := get_close_matches(spaced(said[:NAME]), alike, n=2):
            (nearest, *others) = (row for name in close for row in named[name])
            sure = is_slip(said[:NAME], close[0]) and all(other is nearest for other in others)
            return self._suggest(nearest, sure=sure)
        identifier = row.source.shown("id")
        form = "sheet" if row.source.human else "table"
        hints = [
            f"write the {identifier} or the title of a row in the {form} {row.source.sheet(holder)}"
            for holder in owners_of(row.table)
            if holder in NUMBERED and self.tables.get(holder)
        ]
        if first := next((each for each in rows if each.called), None):
            own = f"its {identifier}, or by " if "id" in TABLES[first.table].model_fields else ""
            kind = with_article(first.table)
            hints.append(f"{kind} is named by {own}what tells it apart, e.g. {first.called!r}")
        return Hint("; ".join(hints))

    def _short(self, row: Row) -> str:
        """The identifier of a row, without the road map's where there is only one."""
        own = str(row.tree.get("id", ""))
        return (
            own.removeprefix(f"{row.roadmap}/") if len(self.tables.get(ROADMAPS, ())) == 1 else own
        )

    def _suggest(self, row: Row, *, sure: bool) -> Hint:
        """A row as a near miss: by its title, with its identifier where that stands in a cell."""
        own = "" if str(row.tree.get("id", "")) in self.given else self._short(row)
        title = next(_titles(row.tree), "")
        meant = own or title or row.called
        shown = f"{excerpt(title)}{f' ({own})' if own else ''}" if title else repr(meant)
        return Hint(f"did you mean {shown}?", (meant,), meant if sure else UNSURE)

    def _complete(self, row: Row, roadmap: str) -> None:
        """Complete the references to parts of the same road map."""
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
            self._report_made_up(row, field.key, said, full)
            return full
        kinds = field.refers.kinds if field.refers is not None else ()
        tables = [table for kind, table in PARTS.items() if kind in kinds or not kinds]
        lost = spaced(said) in self.unplaced or not self.nameless.isdisjoint(tables)
        if is_identifier(said):
            self._report_made_up(row, field.key, said, said)
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
    """The first rows in some lists, one more than are shown, so that no long list is made."""
    return list(islice(chain.from_iterable(lists), SHOWN + 1))


def _counted(rows: Sequence[Row]) -> str:
    return f"{len(rows)} rows" if len(rows) <= SHOWN else f"more than {SHOWN} rows"


def _titles(tree: Mapping[str, Any]) -> Iterator[str]:
    """The titles of a record, in each language."""
    for key in _TITLES:
        value: Plain = tree.get(key)
        if isinstance(value, dict):
            yield from map(str, value.values())
