"""Links that lead in a circle, on tables: the links are collected, and followed here. An engine
follows a circle only by joining again and again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..checks import Found
from ..checks.references import CHAINS, chains_closing, dependencies_closing, parents_closing
from ..model.fields import shape_of
from ..model.kinds import KINDS, TOP_KINDS
from ._tables import Row, Tables, nw, rows_of

__all__ = ["chains_do_not_lead_back", "dependencies_form_no_circle", "parents_form_no_circle"]

#: The tables of records that have parents, in the order in which a corpus finds them.
_WITH_PARENTS = tuple(
    kind.field
    for kind in (*TOP_KINDS, *(kind for kind in KINDS if kind not in TOP_KINDS))
    if any(field.key == "parent" for field in shape_of(kind.record))
)


def _in_holder(row: Row) -> tuple[str, int]:
    return (row["belongs_to"] or "", row["position"])


def parents_form_no_circle(tables: Tables) -> Iterator[Found]:
    """R205."""
    columns = ("id", "belongs_to", "position", "parent")
    links = {
        name: tables[name].filter(~nw.col("parent").is_null()).select(*columns)
        for name in _WITH_PARENTS
    }
    # Most records are under one that has no parent itself: these links lead nowhere.
    joined = nw.concat([each.select("id", "parent") for each in links.values()])
    further = joined.select(nw.col("id").alias("parent"))
    on_circles = joined.join(further, "parent", "semi").select("parent").unique()
    hidden = _hidden(tables)
    rows: list[tuple[str, Row]] = []
    for name, frame in links.items():
        found = sorted(rows_of(frame.join(on_circles, "parent", "semi")), key=_in_holder)
        rows += ((name, row) for row in found)
    if {"sections", "provisions"} <= {name for name, _ in rows}:
        rows = _by_document(rows)
    parents: dict[str, str] = {}
    for name, row in rows:
        if (name, row["id"], row["belongs_to"], row["position"]) not in hidden:
            parents.setdefault(row["id"], row["parent"])
    return parents_closing(parents)


def _by_document(rows: list[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """The sections of a document before its provisions, and both before those of the next."""
    parts = ("sections", "provisions")
    places = [number for number, (name, _) in enumerate(rows) if name in parts]
    inside = sorted((rows[n] for n in places), key=lambda one: one[1]["belongs_to"])
    return [*rows[: places[0]], *inside, *rows[places[-1] + 1 :]]


def _hidden(tables: Tables) -> set[tuple[str, str, str | None, int]]:
    """The records that are not found by their identifiers, which others have before them: table,
    identifier, holder and place.
    """
    hidden: set[tuple[str, str, str | None, int]] = set()
    for row in tables.doubled:
        if tables.firsts[row["id"]] is not row and row["field"]:
            name, _, place = row["field"].rstrip("]").partition("[")
            hidden.add((name, row["id"], row["belongs_to"], int(place)))
    return hidden


def dependencies_form_no_circle(tables: Tables) -> Iterator[Found]:
    """R206."""
    columns = ("id", "belongs_to", "position", "depends_on")
    depends: Any = nw.col("depends_on").list.len() > 0
    if tables.firsts:  # of two records of one name the last counts, though it depends on nothing
        depends = depends | nw.col("id").is_in(sorted(tables.firsts))
    milestones = tables["milestones"].filter(depends).select(*columns)
    activities = tables["activities"].select(*columns)
    holders = milestones.select(nw.col("belongs_to").alias("id"))
    wanted = nw.concat([activities.filter(depends).select("id"), holders]).unique()
    within: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows_of(milestones), key=_in_holder):
        within[row["belongs_to"]].append(row)
    links: dict[str, list[str]] = {}
    for row in sorted(rows_of(activities.join(wanted, "id", "semi")), key=_in_holder):
        links[row["id"]] = row["depends_on"]
        links |= {each["id"]: each["depends_on"] for each in within.get(row["id"], ())}
    return dependencies_closing(links)


def chains_do_not_lead_back(tables: Tables) -> Iterator[Found]:
    """R208."""
    links: dict[str, dict[str, str]] = {}
    for name, fields in CHAINS.items():
        leads = nw.any_horizontal(*(~nw.col(f).is_null() for f in fields), ignore_nulls=True)
        frame = tables[name].filter(leads).select("id", "belongs_to", "position", *fields)
        for row in sorted(rows_of(frame), key=_in_holder):
            links[row["id"]] = {f: row[f] for f in fields if row[f]}
    return chains_closing(links)
