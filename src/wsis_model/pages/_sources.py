"""The section on sources: of the road map, and of the documents and vocabularies it is compared
with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..model import (
    Alignment,
    Certainty,
    Document,
    Indicator,
    Source,
    Vocabulary,
    cite,
)
from ..pictures._labels import clean, day_text
from ._content import Block, Line, Paragraph, grid, linked
from ._facts import RoadmapFacts
from ._lines import records_in, title_of, without_empty_columns

__all__ = ["sources_section"]


def sources_section(facts: RoadmapFacts) -> Iterator[Block]:
    """The sources of the road map, and of the documents and vocabularies."""
    used: dict[Source, list[str]] = defaultdict(list)
    for source, what in _of_roadmap(facts):
        used[source].append(what)
    if used:
        rows = [_source(source, what) for source, what in used.items()]
        yield grid(
            "Sources of the road map",
            *without_empty_columns(_SOURCE, rows),
            facts.call("corpus.roadmap(ID)"),
        )
    else:
        yield Paragraph(("The road map names no source.",))
    other_sources: dict[Source, list[str]] = defaultdict(list)
    for record, name in _documents_and_vocabularies(facts):
        if record.source is not None:
            other_sources[record.source].append(name)
    if other_sources:
        rows = [_source(source, what) for source, what in other_sources.items()]
        caption = "Sources of the documents and vocabularies that it is compared with"
        yield grid(
            caption, *without_empty_columns(_SOURCE, rows), "[each.source for each in corpus.top]"
        )


_SOURCE = ("Source", "Used for", "Dated", "Read on", "Terms", "Certainty")


def _source(source: Source, what: list[str]) -> tuple[Line, ...]:
    used_for = list(dict.fromkeys(what))
    more = f" and {len(used_for) - 3:,} more" if len(used_for) > 3 else ""
    return (
        (linked(source.title, source.url),),
        (f"{', '.join(used_for[:3])}{more}",),
        (day_text(source.date) if source.date else "not given",),
        (day_text(source.retrieved) if source.retrieved else "not given",),
        (clean(source.terms or "not given"),),
        ("" if source.certainty is Certainty.VERIFIED else source.certainty.value,),
    )


def _of_roadmap(facts: RoadmapFacts) -> Iterator[tuple[Source, str]]:
    """Every source in the road map, with what it is the source of."""
    for name, path, source in records_in(facts.roadmap):
        if isinstance(source, Source):
            owner = facts.corpus[name]
            own = "definition of: " if isinstance(owner, Indicator) else ""
            what = "".join(f"{label} of: " for label in path[:-1]) or own
            title = "the road map" if owner is facts.roadmap else clean(title_of(owner).pick())
            yield source, f"{what}{title}"


def _documents_and_vocabularies(facts: RoadmapFacts) -> Iterator[tuple[Document | Vocabulary, str]]:
    """The documents that the road map names, and the vocabularies."""
    corpus, record = facts.corpus, facts.roadmap
    named = {
        *record.mandated_by,
        *record.scope,
        *(each for activity in record.activities for each in activity.answers),
    }
    named |= {each.concept for _, _, each in records_in(record) if isinstance(each, Alignment)}
    tops = {each.partition("/")[0] for each in (*named, facts.document or "")}
    for document in corpus.documents:
        if document.id in tops:
            yield document, cite(document.id)
    for vocabulary in corpus.vocabularies:
        if vocabulary.id in tops:
            yield vocabulary, clean(vocabulary.title.pick())
