"""Details for which the tables have no column."""

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
from ..pictures._labels import clean, counted
from ._content import Block, Fold, Foreign, Line, grid, language_shown
from ._facts import RoadmapFacts
from ._lines import details_of, part_name, records_in, texts_of, title_with_id

__all__ = ["other_details"]

#: The fields of a record that other parts of the page show; of the road map, activities and
#: indicators they show all.
IN_OTHER_PLACES: dict[type[Record], tuple[str, ...]] = {
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
    """Titles in other languages, and fields for which no table has a column."""
    texts: list[tuple[str, Translations]] = []
    others: list[tuple[Line, ...]] = []
    for owner, path, record in records_in(facts.roadmap):
        texts += [(owner, text) for text in texts_of(record) if len(text) > 1]
        # A record of a kind that the page does not know is one line of the record that holds it.
        elsewhere = next(
            (IN_OTHER_PLACES[kind] for kind in type(record).__mro__ if kind in IN_OTHER_PLACES),
            None,
        )
        if elsewhere is not None:
            within = "".join(f"{label.capitalize()}: " for label in path)
            others += [
                (part_name(facts.corpus, owner), (f"{within}{name}",), words)
                for name, words in details_of(facts.corpus, record, *elsewhere)
            ]
    call = facts.call("corpus.roadmap(ID).to_dict()")
    if texts:
        others_of = [
            {each: text[each] for each in text if each != language_shown(text)} for _, text in texts
        ]
        languages = sorted({language for each in others_of for language in each})
        rows: list[tuple[Line, ...]] = [
            (
                title_with_id(text, owner),
                *(
                    (Foreign(clean(each[language]), language) if language in each else "",)
                    for language in languages
                ),
            )
            for (owner, text), each in zip(texts, others_of, strict=True)
        ]
        table = grid("Titles in other languages", ("Title", *languages), rows, call)
        yield Fold(
            (f"{counted(len(rows), 'title')} in other languages: {', '.join(languages)}",), (table,)
        )
    if others:
        table = grid("Other details", ("Of", "Detail", "What it says"), others, call)
        yield Fold((counted(len(others), "other detail"),), (table,))
