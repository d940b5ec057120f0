"""Where a road map's facts come from, and those of what it is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..model import (
    Activity,
    Certainty,
    Document,
    Objective,
    Roadmap,
    Source,
    Vocabulary,
    cite,
)
from ..pictures._labels import clean, said_day
from ._content import Block, Line, Paragraph, grid, linked
from ._facts import RoadmapFacts
from ._lines import lean

__all__ = ["sources_section"]


def sources_section(facts: RoadmapFacts) -> Iterator[Block]:
    """Sources of the road map, and of the documents and vocabularies beside it."""
    used: dict[Source, list[str]] = defaultdict(list)
    for source, what in _of_roadmap(facts.roadmap):
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


def _aligned(record: Roadmap) -> tuple[Objective | Activity, ...]:
    return (*record.objectives, *record.activities)


def _of_roadmap(record: Roadmap) -> Iterator[tuple[Source, str]]:
    """Every source that the road map names, and for what."""
    if record.source is not None:
        yield record.source, "the road map"
    for holder in _aligned(record):
        for alignment in holder.alignments:
            if alignment.source is not None:
                yield alignment.source, f"an alignment of {holder.id}"
    for indicator in record.indicators:
        name = clean(indicator.name.pick())
        if indicator.source is not None:
            yield indicator.source, f"definition of: {name}"
        if indicator.baseline is not None and indicator.baseline.source is not None:
            yield indicator.baseline.source, f"baseline of: {name}"
        for observation in indicator.observations:
            if observation.source is not None:
                yield observation.source, f"observations of: {name}"


def _beside(facts: RoadmapFacts) -> Iterator[tuple[Document | Vocabulary, str]]:
    """The documents that the road map names, and the vocabularies."""
    corpus, record = facts.corpus, facts.roadmap
    named = {
        *record.mandated_by,
        *record.scope,
        *(each for activity in record.activities for each in activity.answers),
    }
    named |= {each.concept for holder in _aligned(record) for each in holder.alignments}
    tops = {each.partition("/")[0] for each in (*named, facts.document or "")}
    for document in corpus.documents:
        if document.id in tops:
            yield document, cite(document.id)
    for vocabulary in corpus.vocabularies:
        if vocabulary.id in tops:
            yield vocabulary, clean(vocabulary.title.pick())
