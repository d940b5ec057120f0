"""The page of a road map: what it is, what it answers, what is due, how far it has come, and what
is still to do.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..analysis import coverage, gaps, progress
from ..corpus import Corpus
from ..model import Document
from ..pictures._labels import clean, day_text
from ._activities import activities_section
from ._calendar import calendar_section
from ._content import Block, Fold, Section, language_shown
from ._coverage import coverage_section
from ._details import other_details
from ._facts import OUTCOME, RoadmapFacts
from ._findings import findings_section
from ._method import method_section
from ._pictures import pictures_section
from ._progress import progress_section
from ._sources import sources_section
from ._summary import particulars, summary_section
from .page import Page

__all__ = ["roadmap_page"]


def roadmap_page(
    corpus: Corpus,
    roadmap: str,
    *,
    as_of: datetime.date,
    pictures: bool = True,
    drafter: bool = False,
) -> Page:
    """A road map as one page for somebody who has two minutes: how it stands and a picture first,
    then what is late and next, what is planned, how far it has come and what it answers. Details,
    method and sources are folded away.

    Args:
        corpus: The road map, together with the documents, vocabularies and actors that it refers
            to: `catalogue() | mine`.
        roadmap: The road map's identifier.
        as_of: The day of the report: what is late, at risk or on course depends on it.
        pictures: Whether to draw pictures, which needs the extra `plot` when it becomes HTML.
        drafter: Whether it is the drafter's own copy, which also lists what is still to be done to
            the road map itself.

    Raises:
        UnknownIdentifier: There is no such road map.

    Examples:
        >>> import datetime
        >>> from wsis_model import catalogue, loads
        >>> mine = loads("roadmaps: [{id: my-map, title: My road map, owners: [itu]}]", "yaml")
        >>> page = roadmap_page(
        ...     catalogue() | mine, "my-map", as_of=datetime.date(2026, 11, 24), pictures=False
        ... )
        >>> page.to_markdown().splitlines()[0], page.to_html()[:15]
        ('# My road map', '<!DOCTYPE html>')
    """
    record = corpus.roadmap(roadmap)
    document = OUTCOME if isinstance(corpus.get(OUTCOME), Document) else None
    facts = RoadmapFacts(
        corpus,
        record,
        as_of,
        document,
        coverage(corpus, roadmap=record.id, document=document),
        progress(corpus, record.id, as_of=as_of),
        tuple(gaps(corpus, record.id, as_of=as_of)) if drafter else (),
    )
    sections = [
        Section("summary", "At a glance", tuple(summary_section(facts, pictures=pictures))),
        Section("calendar", "What is late, and what is next", tuple(calendar_section(facts))),
        Section("activities", "What is planned", tuple(activities_section(facts))),
        Section("progress", "How far it has come", tuple(progress_section(facts))),
        Section("coverage", "What it answers", tuple(coverage_section(facts))),
    ]
    if drafter:
        title = "What is still to be done to the road map itself"
        sections.append(Section("findings", title, tuple(findings_section(facts))))
    sections.append(
        Section("details", "Details, method and sources", tuple(_folded(facts, pictures=pictures)))
    )
    lead = f"Report on an implementation road map, as of {day_text(as_of)}"
    title = clean(record.title.pick())
    return Page(title, lead, tuple(sections), language_shown(record.title), as_of)


def _folded(facts: RoadmapFacts, *, pictures: bool) -> Iterator[Block]:
    """What most readers need not see: each part under a line that can be unfolded."""
    yield from particulars(facts)
    yield from other_details(facts)
    if pictures:
        yield Fold(("More pictures",), tuple(pictures_section(facts)))
    yield Fold(("How the figures are worked out",), tuple(method_section(facts, pictures=pictures)))
    yield Fold(("Sources",), tuple(sources_section(facts)))
