"""What the road maps name, indexed once, and how far that answers something."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import TypeVar

import attrs

from ..checks.coverage import is_of_a_line
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
    "Covered",
    "Index",
    "Link",
    "Named",
    "Part",
    "all_parts",
    "answer_of",
    "covered",
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
class Covered:
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
class Part:
    """An activity, objective, indicator or road map that names something."""

    place: int
    """Its place among all parts, by which they are sorted."""
    record: str
    """Its identifier."""
    roadmap: str
    """The road map that it belongs to, or is."""
    suspended: bool = False
    """Whether it is an activity that is suspended."""


Index = dict[str, list[Part]]


def _index() -> Index:
    return defaultdict(list)


@attrs.frozen
class Named:
    """Indexes of what the road maps name; without cancelled activities."""

    answers: Index = attrs.field(factory=_index)
    """Provision or mandate to the activities that answer it."""
    serves: Index = attrs.field(factory=_index)
    """Concept, provision or mandate to the activities aligned with it."""
    aims: Index = attrs.field(factory=_index)
    """Concept, provision or mandate to the objectives aligned with it."""
    measures: Index = attrs.field(factory=_index)
    """Global SDG indicator to the indicators that measure it."""
    mandated: Index = attrs.field(factory=_index)
    """Provision or mandate to the road maps mandated by it."""
    scope: Index = attrs.field(factory=_index)
    """Concept or document to the road maps with it in their scope."""
    leads: Index = attrs.field(factory=_index)
    """Actor to the activities that it leads."""
    joins: Index = attrs.field(factory=_index)
    """Actor to the activities in which it is a partner."""
    owns: Index = attrs.field(factory=_index)
    """Actor to the road maps that it owns."""
    others: dict[str, str] = attrs.field(factory=dict[str, str])
    """Road map, if not of an Action Line, to its kind in words."""

    @classmethod
    def of(cls, roadmaps: tuple[Roadmap, ...]) -> Named:
        made = cls()
        places = itertools.count()
        for roadmap in roadmaps:
            part = Part(next(places), roadmap.id, roadmap.id)
            if not is_of_a_line(roadmap.kind):
                made.others[roadmap.id] = _OTHERS[roadmap.kind]
            put(made.mandated, roadmap.mandated_by, part)
            put(made.scope, roadmap.scope, part)
            put(made.owns, roadmap.owners, part)
            for objective in roadmap.objectives:
                put(
                    made.aims, _concepts_of(objective), Part(next(places), objective.id, roadmap.id)
                )
            for activity in roadmap.activities:
                if activity.status is not ActivityStatus.CANCELLED:
                    made._add(
                        activity,
                        Part(
                            next(places),
                            activity.id,
                            roadmap.id,
                            activity.status is ActivityStatus.SUSPENDED,
                        ),
                    )
            for indicator in roadmap.indicators:
                put(
                    made.measures,
                    filter(None, (indicator.sdg_indicator,)),
                    Part(next(places), indicator.id, roadmap.id),
                )
        return made

    def _add(self, activity: Activity, part: Part) -> None:
        put(self.answers, activity.answers, part)
        put(self.serves, _concepts_of(activity), part)
        put(self.leads, filter(None, (activity.lead,)), part)
        put(self.joins, activity.partners, part)

    def covering(self, line: Concept) -> dict[str, Part]:
        """The road maps with a line, or the line above it, in their scope."""
        found = [*self.scope.get(line.id, ()), *self.scope.get(line.parent or "", ())]
        return {part.roadmap: part for part in found}


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
    """How far it goes."""
    route: str
    """How, in words."""
    parts: Sequence[Part]
    """The parts of road maps that answer in this way."""


def links_of(answer: Answer, route: str, parts: Iterable[Part]) -> Iterator[Link]:
    """The link of active parts, and that of suspended activities."""
    suspended: list[Part] = []
    active: list[Part] = []
    for each in parts:
        (suspended if each.suspended else active).append(each)
    if active:
        yield Link(answer, route, active)
    if suspended:
        yield Link(Answer.PARTLY, f"{route}, suspended", suspended)


def answer_of(links: Iterable[Link]) -> Answer:
    """The best of some answers."""
    answers = {link.answer for link in links}
    return next((each for each in (Answer.ANSWERED, Answer.PARTLY) if each in answers), Answer.NOT)


def covered(
    record: str, label: str, links: Sequence[Link], why: str, asked: Iterable[str] = ()
) -> Covered:
    """The row of a record with the links that answer it best."""
    answer = answer_of(links)
    best = [link for link in links if link.answer is answer]
    parts = sorted((each for link in best for each in link.parts), key=lambda each: each.place)
    by, roadmaps = (
        tuple(dict.fromkeys(names))
        for names in ((each.record for each in parts), (each.roadmap for each in parts))
    )
    route = "; ".join(dict.fromkeys(link.route for link in best))
    return Covered(
        record, label, answer, by, route, roadmaps, bool(why), why, tuple(dict.fromkeys(asked))
    )


def all_parts(index: Index, names: Iterable[str]) -> Iterator[Part]:
    """The parts that name any of some names."""
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
