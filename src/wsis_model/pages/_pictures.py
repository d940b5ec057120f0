"""The section with the pictures."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import cite
from ..pictures import decade, gantt, heat_map, indicator_paths
from ._content import Code, Figure, Line
from ._facts import RoadmapFacts

__all__ = ["pictures_section"]


def pictures_section(facts: RoadmapFacts) -> Iterator[Figure]:
    """The four pictures, each with the place where the page says the same in words."""
    corpus, name, day = facts.corpus, facts.roadmap.id, facts.as_of
    yield Figure(
        gantt(corpus, name, as_of=day),
        ("The tables of activities and of milestones, above, say the same.",),
    )
    yield Figure(heat_map(corpus, name))
    yield Figure(
        indicator_paths(corpus, name, as_of=day),
        ("The tables of indicators, above, say the same.",),
    )
    elsewhere: Line = ("The table of what is due, above, says the same for this road map.",)
    if facts.document:
        elsewhere += (
            f" What {cite(facts.document)} asks of others is listed by ",
            Code(f"wsis-model calendar --document {facts.document}"),
            ".",
        )
    yield Figure(decade(corpus, document=facts.document, roadmap=name, as_of=day), elsewhere)
