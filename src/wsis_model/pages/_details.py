"""What the tables have no room for."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import (
    Alignment,
    Due,
    Evidence,
    Milestone,
    Objective,
    Observation,
    Period,
    Record,
    Resource,
    Source,
    Target,
    Translations,
    Update,
)
from ..model.description import describe
from ..pictures._labels import clean, counted
from ._content import Block, Fold, Foreign, Line, grid, shown_in
from ._facts import RoadmapFacts
from ._lines import details_of, everything, part_of, titled

__all__ = ["other_details"]

#: What other parts of the page tell of a record; of the road map, activities and indicators they
#: tell all.
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
    for owner, path, record in everything(facts.roadmap):
        texts += [
            (owner, each.value)
            for each in describe(record)
            if isinstance(each.value, Translations) and len(each.value) > 1
        ]
        # What is of a kind that the page does not know is told in one line of what holds it.
        told = next((_TOLD[kind] for kind in type(record).__mro__ if kind in _TOLD), None)
        if told is not None:
            within = "".join(f"{label.capitalize()}: " for label in path)
            others += [
                (part_of(facts.corpus, owner), (f"{within}{name}",), words)
                for name, words in details_of(facts.corpus, record, *told)
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
