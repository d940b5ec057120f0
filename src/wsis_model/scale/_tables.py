"""The tables of a source, and what several rules ask of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, TypeVar

import attrs

from ..corpus import Reference
from ..errors import MissingExtra
from ..model.kinds import KINDS, LISTS
from ..model.roadmaps import Activity, Roadmap
from ..positions import path_of

__all__ = ["Frame", "Row", "Tables", "in_order", "nw", "place_of", "rows_of"]

try:
    nw: Any = import_module("narwhals")
except ImportError:
    raise MissingExtra("arrow", "narwhals") from None  # noqa: EM101 - facts, no sentence

T = TypeVar("T")

Frame = Any
"""A `narwhals.LazyFrame`."""
Row = dict[str, Any]
"""A row that was collected, by column."""

#: The kinds in road maps, in the order in which a corpus finds them by identifier.
_IN_ROADMAPS = ("objective", "activity", "indicator", "milestone", "update")
assert {*LISTS[Roadmap], *LISTS[Activity]} == {k.field for k in KINDS if k.name in _IN_ROADMAPS}


def rows_of(frame: Frame) -> list[Row]:
    """The rows of a frame, collected."""
    rows: list[Row] = frame.collect(backend="pyarrow").to_arrow().to_pylist()
    return rows


def place_of(row: Row) -> Reference:
    """A row of `references` as a reference."""
    kinds = tuple(row["kinds"].split("|")) if row["kinds"] else ()
    return Reference(row["source"], path_of(row["field"]), row["target"], kinds)


def in_order(row: Row) -> tuple[bool, bool, str, int, int]:
    """The order in which a corpus finds the records of `identifiers` by identifier: those at the
    top come first.
    """
    inside = row["kind"] in _IN_ROADMAPS
    rank = _IN_ROADMAPS.index(row["kind"]) if inside else 0
    return (row["depth"] > 0, inside, row["top"] if inside else "", rank, row["n"])


@attrs.frozen(eq=False)
class Tables:
    """The tables of a source, lazily, and what several rules ask of them, asked once."""

    frames: Mapping[str, Frame]
    """The tables by name."""
    _answers: dict[object, Any] = attrs.field(factory=dict[object, Any], init=False)

    def once(self, ask: Callable[[Tables], T]) -> T:
        """What a function finds in these tables, asked once."""
        if ask not in self._answers:
            self._answers[ask] = ask(self)
        answer: T = self._answers[ask]
        return answer

    def __getitem__(self, name: str) -> Frame:
        return self.frames[name]

    @functools.cached_property
    def doubled(self) -> tuple[Row, ...]:
        """The rows of `identifiers` whose identifier is that of several, in the order in which a
        corpus finds them: the first of each is the one that is found.
        """
        counted = self["identifiers"].group_by("id").agg(nw.len().alias("count"))
        several = counted.filter(nw.col("count") > 1).select("id")
        return tuple(sorted(rows_of(self["identifiers"].join(several, "id", "semi")), key=in_order))

    @functools.cached_property
    def firsts(self) -> dict[str, Row]:
        """Of the identifiers that several records have, the row of the one that is found."""
        firsts: dict[str, Row] = {}
        for row in self.doubled:
            firsts.setdefault(row["id"], row)
        return firsts

    @functools.cached_property
    def known(self) -> Frame:
        """Each identifier, once, with the kind of its record: `id`, `kind`."""
        identifiers = self["identifiers"]
        hidden = [row["n"] for row in self.doubled if self.firsts[row["id"]] is not row]
        if hidden:
            identifiers = identifiers.filter(~nw.col("n").is_in(hidden))
        return identifiers.select("id", "kind")

    @functools.cached_property
    def count(self) -> int:
        """How many identifiers there are."""
        (row,) = rows_of(self["identifiers"].select(nw.len().alias("count")))
        return int(row["count"]) - len(self.doubled) + len(self.firsts)

    @functools.cached_property
    def broken(self) -> tuple[Row, ...]:
        """The targets that are not there or of the wrong kind: `target` and `kinds`, the kind that
        it is of (None if it is not there), how many references name it, and the first of these.
        """
        targets = self["references"].group_by("target", "kinds")
        counted = targets.agg(nw.col("n").min().alias("first"), nw.len().alias("count"))
        kinds = self.known.rename({"id": "target"})
        joined = counted.join(kinds, "target", "left")
        broken = joined.filter(
            nw.col("kind").is_null() | ((nw.col("kinds") != "") & ~_fits(nw.col("kinds")))
        )
        places = self["references"].select(nw.col("n").alias("first"), "source", "field")
        return tuple(sorted(rows_of(places.join(broken, "first", "inner")), key=_first))

    def kinds_of(self, identifiers: Iterable[str]) -> dict[str, str]:
        """The kinds of the records of some identifiers, by identifier."""
        wanted = sorted(set(identifiers))
        rows = rows_of(self.known.filter(nw.col("id").is_in(wanted))) if wanted else ()
        return {row["id"]: row["kind"] for row in rows}


def _first(row: Row) -> int:
    return int(row["first"])


def _fits(kinds: Any) -> Any:
    """Whether the column `kind` is among the kinds in a column, which are joined by `|`."""
    return nw.any_horizontal(
        *(
            (nw.col("kind") == kind.name) & kinds.str.contains(rf"(^|\|){kind.name}(\||$)")
            for kind in KINDS
        ),
        ignore_nulls=True,
    )
