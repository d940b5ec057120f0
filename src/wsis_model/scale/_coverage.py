"""Coverage on tables: road maps, what they aim at, and what is done and measured for it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, TypeVar

from ..checks import CheckContext, Found, Rule
from ..checks import coverage as rules
from ..checks.roadmaps.common import ACTION_LINES, with_ancestors
from ..corpus import Corpus
from ..model import (
    ActivityStatus,
    Alignment,
    Concept,
    Objective,
    Roadmap,
    RoadmapKind,
    RoadmapStatus,
    Vocabulary,
)
from ._tables import Frame, Tables, nw, rows_of

__all__ = [
    "indicators_measure_something",
    "lines_in_scope_are_worked_on",
    "lines_of_joint_road_maps_have_road_maps",
    "objectives_are_measured",
    "objectives_are_worked_on",
    "unanswered_mandates",
]

E = TypeVar("E", bound=Enum)


def _not_cancelled(tables: Tables, *columns: str) -> Frame:
    """Some columns of the activities that were not cancelled. Only what is needed is joined: not
    every engine joins tables that have mappings.
    """
    status = nw.col("status")
    kept = status.is_null() | (status != ActivityStatus.CANCELLED.value)
    return tables["activities"].filter(kept).select(*columns)


def _names(frame: Frame, column: str = "id") -> list[str]:
    return [row[column] for row in rows_of(frame.select(column))]


def _held(tables: Tables, name: str, *kinds: str) -> Frame:
    """The identifiers of records of some kinds, in a column of this name."""
    known = tables.known.filter(nw.col("kind").is_in(kinds))
    return known.select(nw.col("id").alias(name))


def _there(frame: Frame, column: str) -> Frame:
    return frame.filter(~nw.col(column).is_null())


def _in(holder: str) -> Any:
    return nw.col("belongs_to").alias(holder)


def objectives_are_measured(tables: Tables) -> Iterator[Found]:
    """C803."""
    kind = nw.col("kind")
    of_lines = tables["roadmaps"].filter(kind.is_null() | (kind == RoadmapKind.ACTION_LINE.value))
    of_lines = of_lines.select("id")
    objectives = tables["objectives"].select("belongs_to", "id")
    indicators = tables["indicators"].select("belongs_to", "measures")
    empty = of_lines.join(objectives.select(_in("id")), "id", "anti")
    for name in _names(empty.join(indicators.select(_in("id")), "id", "anti")):
        yield rules.has_no_indicator(name)
    named = indicators.filter(nw.col("measures").list.len() > 0)
    measured = named.select("belongs_to", "measures").explode("measures")
    measured = measured.rename({"measures": "id"})
    lost = measured.join(_held(tables, "id", "objective", "activity"), "id", "anti")
    both = ["belongs_to", "id"]
    working = _not_cancelled(tables, "belongs_to", "id", "objective")
    through = _there(working.join(measured, both, "semi"), "objective")
    through = through.select("belongs_to", nw.col("objective").alias("id"))
    asked = objectives.join(of_lines.select(nw.col("id").alias("belongs_to")), "belongs_to", "semi")
    idle = asked.join(nw.concat([measured, through]), both, "anti")
    for name in _names(idle.join(lost, "belongs_to", "anti")):
        yield rules.is_not_measured(name)


def objectives_are_worked_on(tables: Tables) -> Iterator[Found]:
    """C804."""
    objectives = tables["objectives"].select("belongs_to", "id")
    working = _not_cancelled(tables, "belongs_to", "objective")
    empty = tables["roadmaps"].select("id").join(objectives.select(_in("id")), "id", "anti")
    for name in _names(empty.join(working.select(_in("id")), "id", "anti")):
        yield rules.has_no_activity(name)
    served = working.select("belongs_to", nw.col("objective").alias("id"))
    activities = tables["activities"].select("belongs_to", "objective")
    held = _held(tables, "objective", "objective")
    lost = _there(activities, "objective").join(held, "objective", "anti")
    idle = objectives.join(_there(served, "id"), ["belongs_to", "id"], "anti")
    for name in _names(idle.join(lost.select("belongs_to"), "belongs_to", "anti")):
        yield rules.is_not_worked_on(name)


def indicators_measure_something(tables: Tables) -> Iterator[Found]:
    """C805."""
    for name in _names(tables["indicators"].filter(nw.col("measures").list.len() == 0)):
        yield rules.measures_nothing(name)


# --- Action Lines: there are few, and of a road map only its scope matters ------------------------


def _look(rule: Rule, tables: Tables, concepts: bool = False) -> Iterator[Found]:
    """What a rule finds in a corpus of the Action Lines, and of what road maps say of them."""
    lines = _action_lines(tables)
    named = _lines_named(tables, [each.id for each in lines]) if concepts and lines else {}
    roadmaps = [
        Roadmap.model_construct(
            id=row["id"],
            kind=_value(RoadmapKind, row["kind"]),
            status=_value(RoadmapStatus, row["status"]),
            scope=tuple(row["scope"]),
            objectives=tuple(named.get(row["id"], ())),
        )
        for row in rows_of(tables["roadmaps"].select("id", "kind", "status", "scope"))
    ]
    vocabulary = Vocabulary.model_construct(id=ACTION_LINES, concepts=tuple(lines))
    corpus = Corpus(vocabularies=(vocabulary,), roadmaps=roadmaps)
    return rule.look(CheckContext(corpus))


def _action_lines(tables: Tables) -> list[Concept]:
    of = tables["concepts"].filter(nw.col("belongs_to") == ACTION_LINES)
    rows = rows_of(of.select("id", "parent", "position"))
    return [
        Concept.model_construct(id=row["id"], parent=row["parent"])
        for row in sorted(rows, key=lambda row: row["position"])
    ]


def _lines_named(tables: Tables, lines: list[str]) -> dict[str, list[Objective]]:
    """The Action Lines that objectives and activities of each road map name, in an objective."""
    named: dict[str, list[Objective]] = {}
    for frame in (tables["objectives"], _not_cancelled(tables, "belongs_to", "alignments")):
        some = frame.filter(nw.col("alignments").list.len() > 0)
        links = some.select("belongs_to", "alignments").explode("alignments")
        concept = nw.col("alignments").struct.field("concept").alias("concept")
        found = links.select("belongs_to", concept).filter(nw.col("concept").is_in(lines))
        for row in rows_of(found.unique()):
            link = Alignment.model_construct(concept=row["concept"])
            made = Objective.model_construct(id=row["concept"], alignments=(link,))
            named.setdefault(row["belongs_to"], []).append(made)
    return named


def _value(of: type[E], value: str | None) -> E | None:
    return of(value) if value in {each.value for each in of} else None


def lines_of_joint_road_maps_have_road_maps(tables: Tables) -> Iterator[Found]:
    """C802."""
    return _look(rules.lines_of_joint_road_maps_have_road_maps, tables)


def lines_in_scope_are_worked_on(tables: Tables) -> Iterator[Found]:
    """C806."""
    return _look(rules.lines_in_scope_are_worked_on, tables, concepts=True)


def _answered(tables: Tables) -> Frame:
    """What road maps in force answer, in the column `name`: what is named by their activities and
    objectives, and what they are mandated by.
    """
    status = nw.col("status")
    superseded = status.is_null() | (status != RoadmapStatus.SUPERSEDED.value)
    roadmaps = tables["roadmaps"].filter(superseded).select(nw.col("id").alias("belongs_to"))
    of = tables["objectives"].select("id", "belongs_to"), _not_cancelled(tables, "id", "belongs_to")
    objectives, activities = (
        each.join(roadmaps, "belongs_to", "semi").select(nw.col("id").alias("source"))
        for each in of
    )
    field = nw.col("field")
    aligned = field.str.starts_with("alignments[") & field.str.ends_with("].concept")
    named = (
        (field.str.starts_with("mandated_by["), roadmaps.rename({"belongs_to": "source"})),
        (field.str.starts_with("answers[") | aligned, activities),
        (aligned, objectives),
    )
    columns = tables["references"].select("source", "field", nw.col("target").alias("name"))
    parts = [
        columns.filter(those).join(holders, "source", "semi").select("name")
        for those, holders in named
    ]
    return nw.concat(parts, how="vertical").unique()


def unanswered_mandates(tables: Tables) -> tuple[str, ...]:
    """The identifiers of the mandates that no road map answers, not even in part."""
    answered = _names(_answered(tables), "name")
    provisions = tables["provisions"]
    items = rows_of(provisions.filter(~nw.col("parent").is_null()).select("id", "parent"))
    parents = {row["id"]: row["parent"] for row in items}
    done = frozenset(answered)
    mandates = rows_of(tables["mandates"].select("id", "belongs_to"))
    return tuple(
        sorted(
            row["id"]
            for row in mandates
            if row["id"] not in done and done.isdisjoint(with_ancestors(parents, row["belongs_to"]))
        )
    )
