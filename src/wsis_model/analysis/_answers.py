"""An index of which part of a road map refers to which identifier, and the rows of coverage that
are made from it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import TypeVar

import attrs

from ..checks.roadmaps.common import is_of_a_line
from ..corpus import Corpus
from ..model import (
    Activity,
    ActivityStatus,
    Concept,
    ConceptStatus,
    Objective,
    Roadmap,
    RoadmapKind,
)

__all__ = [
    "COMPACT",
    "LINES",
    "SDG",
    "Answer",
    "CoverageRow",
    "PartsByIdentifier",
    "Link",
    "RoadmapIndex",
    "RoadmapPart",
    "all_parts",
    "answer_of",
    "coverage_row",
    "current_concepts",
    "links_of",
    "put",
]

T = TypeVar("T")

#: The vocabularies and the document that are covered.
LINES, SDG, COMPACT = "action-lines", "sdg", "gdc"
#: The kinds of road map other than those of an Action Line, in words.
_OTHERS: dict[RoadmapKind | None, str] = {
    RoadmapKind.JOINT: "a joint",
    RoadmapKind.NATIONAL: "a national",
    RoadmapKind.ORGANISATIONAL: "an organisational",
}


class Answer(str, Enum):
    """How far something is answered."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT = "not"


@attrs.frozen
class CoverageRow:
    """A mandate, an Action Line, an SDG target, a Compact commitment or a stakeholder group, and
    what answers it.
    """

    record: str
    """Its identifier, e.g. `"80-173/37.1"`."""
    label: str
    """A short label; of a mandate its action."""
    answer: Answer
    """How far it is answered."""
    by: tuple[str, ...]
    """The activities, or else objectives, indicators or road maps, that answer it, in their order.
    """
    route: str
    """How they answer it, in words, e.g. `"names its paragraph"`; empty if nothing does."""
    roadmaps: tuple[str, ...]
    """The road maps of these."""
    expected: bool
    """Whether the road maps are expected to answer it: see
    [`coverage`][wsis_model.analysis.coverage].
    """
    why: str = ""
    """Why it is expected, in words, e.g. `"falls due"`, `"official matrix of C9"`; empty if it is
    not.
    """
    asked: tuple[str, ...] = ()
    """The addressees of a mandate or a commitment."""


@attrs.frozen
class RoadmapPart:
    """An activity, objective, indicator or road map that refers to something."""

    number: int
    """Its number in the order of all parts, by which they are sorted."""
    record: str
    """Its identifier."""
    roadmap: str
    """The road map that it belongs to, or is."""
    suspended: bool = False
    """Whether it is an activity that is suspended."""


#: Identifier to the parts that refer to it.
PartsByIdentifier = dict[str, list[RoadmapPart]]


def _index() -> PartsByIdentifier:
    return defaultdict(list)


@attrs.frozen
class RoadmapIndex:
    """Which part of a road map refers to which identifier; without cancelled activities."""

    by_answers: PartsByIdentifier = attrs.field(factory=_index)
    """Provision or mandate to the activities that answer it."""
    by_activity_alignment: PartsByIdentifier = attrs.field(factory=_index)
    """Concept, provision or mandate to the activities aligned with it."""
    by_objective_alignment: PartsByIdentifier = attrs.field(factory=_index)
    """Concept, provision or mandate to the objectives aligned with it."""
    by_sdg_indicator: PartsByIdentifier = attrs.field(factory=_index)
    """Global SDG indicator to the indicators that measure it."""
    by_mandate: PartsByIdentifier = attrs.field(factory=_index)
    """Provision or mandate to the road maps mandated by it."""
    by_scope: PartsByIdentifier = attrs.field(factory=_index)
    """Concept or document to the road maps with it in their scope."""
    by_lead: PartsByIdentifier = attrs.field(factory=_index)
    """Actor to the activities that it leads."""
    by_partner: PartsByIdentifier = attrs.field(factory=_index)
    """Actor to the activities in which it is a partner."""
    by_owner: PartsByIdentifier = attrs.field(factory=_index)
    """Actor to the road maps that it owns."""
    other_kinds: dict[str, str] = attrs.field(factory=dict[str, str])
    """Road map, if not of an Action Line, to its kind in words, e.g. `"a joint"`."""

    @classmethod
    def of(cls, roadmaps: tuple[Roadmap, ...]) -> RoadmapIndex:
        index = cls()
        numbers = itertools.count()
        for roadmap in roadmaps:
            part = RoadmapPart(next(numbers), roadmap.id, roadmap.id)
            if not is_of_a_line(roadmap.kind):
                index.other_kinds[roadmap.id] = _OTHERS[roadmap.kind]
            put(index.by_mandate, roadmap.mandated_by, part)
            put(index.by_scope, roadmap.scope, part)
            put(index.by_owner, roadmap.owners, part)
            for objective in roadmap.objectives:
                put(
                    index.by_objective_alignment,
                    _concepts_of(objective),
                    RoadmapPart(next(numbers), objective.id, roadmap.id),
                )
            for activity in roadmap.activities:
                if activity.status is not ActivityStatus.CANCELLED:
                    index._add(
                        activity,
                        RoadmapPart(
                            next(numbers),
                            activity.id,
                            roadmap.id,
                            activity.status is ActivityStatus.SUSPENDED,
                        ),
                    )
            for indicator in roadmap.indicators:
                put(
                    index.by_sdg_indicator,
                    filter(None, (indicator.sdg_indicator,)),
                    RoadmapPart(next(numbers), indicator.id, roadmap.id),
                )
        return index

    def _add(self, activity: Activity, part: RoadmapPart) -> None:
        put(self.by_answers, activity.answers, part)
        put(self.by_activity_alignment, _concepts_of(activity), part)
        put(self.by_lead, activity.leads, part)
        put(self.by_partner, activity.partners, part)

    def roadmaps_covering(self, line: Concept) -> dict[str, RoadmapPart]:
        """The road maps with a line, or the line above it, in their scope, by identifier."""
        parts = [*self.by_scope.get(line.id, ()), *self.by_scope.get(line.parent or "", ())]
        return {part.roadmap: part for part in parts}


def _concepts_of(record: Objective | Activity) -> Iterator[str]:
    return (each.concept for each in record.alignments)


def put(index: dict[str, list[T]], names: Iterable[str], value: T) -> None:
    """Add a value under each name once."""
    for name in dict.fromkeys(names):
        index[name].append(value)


@attrs.frozen
class Link:
    """One way in which something is answered."""

    answer: Answer
    """How far it is answered in this way."""
    route: str
    """The way, in words, e.g. `"names its paragraph"`."""
    parts: Sequence[RoadmapPart]
    """The parts of road maps that answer in this way."""


def links_of(answer: Answer, route: str, parts: Iterable[RoadmapPart]) -> Iterator[Link]:
    """A link of the active parts, if any, and one of the suspended activities, if any: these answer
    partly at most.
    """
    suspended: list[RoadmapPart] = []
    active: list[RoadmapPart] = []
    for each in parts:
        (suspended if each.suspended else active).append(each)
    if active:
        yield Link(answer, route, active)
    if suspended:
        yield Link(Answer.PARTLY, f"{route}, suspended", suspended)


def answer_of(links: Iterable[Link]) -> Answer:
    """The best answer that some links give."""
    answers = {link.answer for link in links}
    return next((each for each in (Answer.ANSWERED, Answer.PARTLY) if each in answers), Answer.NOT)


def coverage_row(
    record: str, label: str, links: Sequence[Link], why: str, asked: Iterable[str] = ()
) -> CoverageRow:
    """The row of a record: of its links only those count that give the best answer. It is expected
    if there is a *why*.
    """
    answer = answer_of(links)
    best = [link for link in links if link.answer is answer]
    parts = sorted((each for link in best for each in link.parts), key=lambda each: each.number)
    by, roadmaps = (
        tuple(dict.fromkeys(names))
        for names in ((each.record for each in parts), (each.roadmap for each in parts))
    )
    route = "; ".join(dict.fromkeys(link.route for link in best))
    return CoverageRow(
        record, label, answer, by, route, roadmaps, bool(why), why, tuple(dict.fromkeys(asked))
    )


def all_parts(index: PartsByIdentifier, names: Iterable[str]) -> Iterator[RoadmapPart]:
    """The parts that refer to any of some identifiers."""
    return (part for name in names for part in index.get(name, ()))


def current_concepts(corpus: Corpus, vocabulary: str) -> tuple[Concept, ...]:
    """The current concepts of a vocabulary; none if the corpus does not hold it."""
    return tuple(
        concept
        for each in corpus.vocabularies
        if each.id == vocabulary
        for concept in each.concepts
        if concept.status is ConceptStatus.CURRENT
    )
