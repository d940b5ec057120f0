"""Where a road map's facts come from, and those of what it is held against."""

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
from ..pictures._labels import clean, said_day
from ._content import Block, Line, Paragraph, grid, linked
from ._facts import RoadmapFacts
from ._lines import everything, lean, title_of

__all__ = ["sources_section"]


def sources_section(facts: RoadmapFacts) -> Iterator[Block]:
    """Sources of the road map, and of the documents and vocabularies beside it."""
    used: dict[Source, list[str]] = defaultdict(list)
    for source, what in _of_roadmap(facts):
        used[source].append(what)
    if used:
        rows = [_source(source, what) for source, what in used.items()]
        yield grid(
            "Sources of the road map", *lean(_SOURCE, rows), facts.call("corpus.roadmap(ID)")
        )
    else:
        yield Paragraph(("The road map names no source.",))
    beside: dict[Source, list[str]] = defaultdict(list)
    for record, name in _beside(facts):
        if record.source is not None:
            beside[record.source].append(name)
    if beside:
        rows = [_source(source, what) for source, what in beside.items()]
        caption = "Sources of the documents and vocabularies that it is held against"
        yield grid(caption, *lean(_SOURCE, rows), "[each.source for each in corpus.top]")


_SOURCE = ("Source", "Used for", "Dated", "Read on", "Terms", "Certainty")


def _source(source: Source, what: list[str]) -> tuple[Line, ...]:
    held = list(dict.fromkeys(what))
    more = f" and {len(held) - 3:,} more" if len(held) > 3 else ""
    return (
        (linked(source.title, source.url),),
        (f"{', '.join(held[:3])}{more}",),
        (said_day(source.date) if source.date else "not given",),
        (said_day(source.retrieved) if source.retrieved else "not given",),
        (clean(source.terms or "not given"),),
        ("" if source.certainty is Certainty.VERIFIED else source.certainty.value,),
    )


def _of_roadmap(facts: RoadmapFacts) -> Iterator[tuple[Source, str]]:
    """Every source that the road map names, and for what."""
    for name, path, source in everything(facts.roadmap):
        if isinstance(source, Source):
            owner = facts.corpus[name]
            own = "definition of: " if isinstance(owner, Indicator) else ""
            what = "".join(f"{label} of: " for label in path[:-1]) or own
            title = "the road map" if owner is facts.roadmap else clean(title_of(owner).pick())
            yield source, f"{what}{title}"


def _beside(facts: RoadmapFacts) -> Iterator[tuple[Document | Vocabulary, str]]:
    """The documents that the road map names, and the vocabularies."""
    corpus, record = facts.corpus, facts.roadmap
    named = {
        *record.mandated_by,
        *record.scope,
        *(each for activity in record.activities for each in activity.answers),
    }
    named |= {each.concept for _, _, each in everything(record) if isinstance(each, Alignment)}
    tops = {each.partition("/")[0] for each in (*named, facts.document or "")}
    for document in corpus.documents:
        if document.id in tops:
            yield document, cite(document.id)
    for vocabulary in corpus.vocabularies:
        if vocabulary.id in tops:
            yield vocabulary, clean(vocabulary.title.pick())
