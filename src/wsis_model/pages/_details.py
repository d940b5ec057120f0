"""What the tables have no room for."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import (
    Activity,
    Alignment,
    Due,
    Evidence,
    Indicator,
    Milestone,
    Objective,
    Observation,
    Period,
    Record,
    Resource,
    Roadmap,
    Source,
    Target,
    Translations,
    Update,
)
from ..model.description import describe
from ..pictures._labels import clean, counted
from ._content import Block, Fold, Foreign, Line, grid, shown_in
from ._facts import RoadmapFacts
from ._lines import details_of, part_of, titled

__all__ = ["other_details"]

#: Of these other parts of the page tell all.
_WHOLE = (Roadmap, Activity, Indicator)
#: What other parts of the page tell of the records that these hold.
_TOLD: dict[type[Record], tuple[str, ...]] = {
    Objective: ("statement", "alignments"),
    Milestone: ("title", "due", "deliverable", "status", "depends_on", "evidence"),
    Resource: (
        "kind", "amount", "currency", "period", "funder", "status", "within_existing", "note",
    ),
    Update: ("date", "about", "by", "status", "note", "evidence"),
    Alignment: ("concept", "basis", "note", "source"),
    Evidence: ("title", "url", "date", "note"),
    Observation: ("value", "when", "source", "note"),
    Target: ("value", "by", "note"),
    Source: ("title", "url", "date", "retrieved", "terms", "certainty"),
    Due: ("date", "session", "event", "recurrence"),
    Period: ("start", "end"),
}  # fmt: skip


def other_details(facts: RoadmapFacts) -> Iterator[Block]:
    """What the tables have no room for: titles in other languages, and fields that no table has a
    column for.
    """
    texts: list[tuple[str, Translations]] = []
    others: list[tuple[Line, ...]] = []
    for owner, within, record in _all(facts.roadmap):
        texts += [
            (owner, each.value)
            for each in describe(record)
            if isinstance(each.value, Translations) and len(each.value) > 1
        ]
        others += [
            (part_of(facts.corpus, owner), (f"{within}{name}",), words)
            for name, words in details_of(facts.corpus, record, *_told(record))
            if not isinstance(record, _WHOLE)
        ]
    call = facts.call("corpus.roadmap(ID).to_dict()")
    if texts:
        more = [{each: text[each] for each in text if each != shown_in(text)} for _, text in texts]
        spoken = sorted({language for each in more for language in each})
        rows: list[tuple[Line, ...]] = [
            (
                titled(text, owner),
                *((Foreign(clean(each[way]), way) if way in each else "",) for way in spoken),
            )
            for (owner, text), each in zip(texts, more, strict=True)
        ]
        table = grid("Titles in other languages", ("Title", *spoken), rows, call)
        yield Fold(
            (f"{counted(len(rows), 'title')} in other languages: {', '.join(spoken)}",), (table,)
        )
    if others:
        table = grid("Other details", ("Of", "Detail", "What it says"), others, call)
        yield Fold((counted(len(others), "other detail"),), (table,))


def _told(record: Record) -> tuple[str, ...]:
    """What other parts of the page tell of a record; of a kind that they do not know, nothing."""
    return next((_TOLD[kind] for kind in type(record).__mro__ if kind in _TOLD), ())


def _all(record: Record, owner: str = "", within: str = "") -> Iterator[tuple[str, str, Record]]:
    """A record and all that it holds, each with the identifier of itself or of what it belongs to,
    and where in that it stands; what is of a kind that the page does not know is told in one line
    of what holds it.
    """
    name = getattr(record, "id", None)
    owner, within = (name, "") if name else (owner, within)
    yield owner, within, record
    for each in describe(record):
        if each.field.record is not None:
            for held in each.value if each.field.what == "records" else (each.value,):
                if isinstance(held, _WHOLE) or _told(held):
                    yield from _all(held, owner, f"{within}{each.label.capitalize()}: ")
