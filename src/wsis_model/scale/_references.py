"""References and identifiers on tables: the rules of the families I and R."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..checks import Found
from ..checks.identity import is_taken
from ..checks.references import (
    Named,
    are_of_the_wrong_kind,
    are_retired,
    cite_no_part,
    lead_nowhere,
    names_itself,
)
from ..corpus import Reference
from ..model import ConceptStatus
from ..model.fields import shape_of
from ..model.kinds import KINDS
from ..positions import path_of
from ._held import HeldInTables
from ._tables import Row, Tables, nw, place_of, rows_of

__all__ = [
    "identifiers_are_unique",
    "nothing_refers_to_itself",
    "parts_that_are_cited_exist",
    "references_lead_somewhere",
    "references_lead_to_current_concepts",
    "references_lead_to_the_right_kind",
]

_KEYS = {kind.name: frozenset(f.key for f in shape_of(kind.record)) for kind in KINDS}


def identifiers_are_unique(tables: Tables) -> Iterator[Found]:
    """I101."""
    seen: set[str] = set()
    hidden: set[int] = set()
    names: dict[int, str] = {}
    for row in sorted(tables.doubled, key=lambda row: (row["depth"], row["n"])):
        if row["holder"] in hidden:  # found with what holds it
            hidden.add(row["n"])
        elif row["id"] in seen:
            hidden.add(row["n"])
            holder, path = row["belongs_to"], path_of(row["field"] or "")
            kind = tables.firsts[row["id"]]["kind"]
            yield is_taken(holder or row["id"], path, row["id"], kind)
        seen.add(row["id"])
        names[row["n"]] = row["id"]


def _held(tables: Tables) -> HeldInTables:
    """What is held, to say what is wrong with the targets that are not there: in the order in which
    they are named first.
    """
    found: dict[str, tuple[Reference, int]] = {}
    for row in tables.broken:
        if row["kind"] is None:
            place, others = found.get(row["target"], (None, -1))
            found[row["target"]] = (place or place_of(row), others + row["count"])
    return HeldInTables(tables, [Named(place, others) for place, others in found.values()])


def references_lead_somewhere(tables: Tables) -> Iterator[Found]:
    """R201."""
    held = tables.once(_held)
    return lead_nowhere(held, held.missing)


def parts_that_are_cited_exist(tables: Tables) -> Iterator[Found]:
    """R204."""
    held = tables.once(_held)
    return cite_no_part(held, held.missing)


def references_lead_to_the_right_kind(tables: Tables) -> Iterator[Found]:
    """R202."""
    return are_of_the_wrong_kind(
        Named(place_of(row), row["count"] - 1, row["kind"])
        for row in tables.broken
        if row["kind"] is not None
    )


def references_lead_to_current_concepts(tables: Tables) -> Iterator[Found]:
    """R203."""
    concepts = tables["concepts"].filter(nw.col("status") == ConceptStatus.RETIRED.value)
    columns = ("id", "belongs_to", "position", "replaced_by")
    rows = sorted(rows_of(concepts.select(*columns)), key=_in_holder)
    retired = {row["id"]: row["replaced_by"] for row in rows}
    if not retired:
        return iter(())
    names = concepts.select("id").unique()
    places = (
        tables["references"]
        .join(names.rename({"id": "target"}), "target", "semi")
        .join(names.rename({"id": "source"}), "source", "anti")
    )
    return are_retired(map(place_of, _in_order(rows_of(places))), retired)


def nothing_refers_to_itself(tables: Tables) -> Iterator[Found]:
    """R207."""
    own = tables["references"].filter(
        (nw.col("source") == nw.col("target")) & ~nw.col("field").str.starts_with("updates[")
    )
    rows = _in_order(rows_of(own))
    kinds = tables.kinds_of(row["source"] for row in rows)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        name, place = row["source"], place_of(row)
        kind = kinds.get(name)
        if kind is None or (place.kinds and kind not in place.kinds):
            continue
        if first := tables.firsts.get(name):
            # Tables do not tell the references of two records of one identifier apart; those of the
            # one that is found are in its record at the top, in fields that it has.
            key = (name, row["field"])
            if row["top"] != first["top"] or place.path[0] not in _KEYS[kind] or key in seen:
                continue
            seen.add(key)
        yield names_itself(name, place.path)


def _in_holder(row: Row) -> tuple[str, int]:
    return (row["belongs_to"] or "", row["position"])


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["n"])
