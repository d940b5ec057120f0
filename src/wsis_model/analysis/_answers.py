"""What the road maps name, found in one walk over them, and how far that answers something."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

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
]

#: The vocabularies and the document that the questions are about.
LINES, SDG, COMPACT = "action-lines", "sdg", "gdc"
#: Road maps that are not that of an Action Line, as a route says it.
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
    """The activities, or else objectives, indicators or road maps, that answer it so far, in their
    order.
    """
    route: str
    """How they answer it, in words, e.g. `"names its paragraph"`; empty when nothing does."""
    roadmaps: tuple[str, ...]
    """The road maps in which these stand."""
    expected: bool
    """Whether the road maps are expected to answer it: see
    [`coverage`][wsis_model.analysis.coverage].
    """
    why: str = ""
    """Why they are, in words, e.g. `"falls due"`, `"official matrix of C9"`; empty where they are
    not.
    """
    asked: tuple[str, ...] = ()
    """Of a mandate and of a commitment, who is asked."""


@attrs.frozen
class Part:
    """An activity, objective, indicator or road map that names something."""

    place: int
    """Its place among all of them, by which they are sorted."""
    record: str
    """Its identifier."""
    roadmap: str
    """The road map that it stands in, or is."""
    suspended: bool = False
    """Whether it is an activity that is suspended."""


Index = dict[str, list[Part]]


def _index() -> Index:
    return defaultdict(list)


@attrs.frozen
class Named:
    """Who in the road maps names what, found in one walk; cancelled activities left out."""

    answers: Index = attrs.field(factory=_index)
    """Provision or mandate: the activities that answer it."""
    serves: Index = attrs.field(factory=_index)
    """Whatever an alignment names: the activities."""
    aims: Index = attrs.field(factory=_index)
    """Whatever an alignment names: the objectives."""
    measures: Index = attrs.field(factory=_index)
    """Global SDG indicator: the indicators that are this one."""
    mandated: Index = attrs.field(factory=_index)
    """Provision or mandate: the road maps that it asks for."""
    scope: Index = attrs.field(factory=_index)
    """Whatever a scope names: the road maps."""
    leads: Index = attrs.field(factory=_index)
    """Actor: the activities it leads."""
    joins: Index = attrs.field(factory=_index)
    """Actor: the activities in which it is a partner."""
    owns: Index = attrs.field(factory=_index)
    """Actor: the road maps it owns."""
    others: dict[str, str] = attrs.field(factory=dict[str, str])
    """Road map that is not that of an Action Line: of which kind it is, in words."""

    @classmethod
    def of(cls, roadmaps: tuple[Roadmap, ...]) -> Named:
        made = cls()
        places = itertools.count()
        for roadmap in roadmaps:
            part = Part(next(places), roadmap.id, roadmap.id)
            if not is_of_a_line(roadmap.kind):
                made.others[roadmap.id] = _OTHERS[roadmap.kind]
            _put(made.mandated, roadmap.mandated_by, part)
            _put(made.scope, roadmap.scope, part)
            _put(made.owns, roadmap.owners, part)
            for objective in roadmap.objectives:
                _put(
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
                _put(
                    made.measures,
                    filter(None, (indicator.sdg_indicator,)),
                    Part(next(places), indicator.id, roadmap.id),
                )
        return made

    def _add(self, activity: Activity, part: Part) -> None:
        _put(self.answers, activity.answers, part)
        _put(self.serves, _concepts_of(activity), part)
        _put(self.leads, filter(None, (activity.lead,)), part)
        _put(self.joins, activity.partners, part)

    def covering(self, line: Concept) -> dict[str, Part]:
        """The road maps whose scope names a line, or the line it is a sub-line of."""
        found = [*self.scope.get(line.id, ()), *self.scope.get(line.parent or "", ())]
        return {part.roadmap: part for part in found}


def _concepts_of(record: Objective | Activity) -> Iterator[str]:
    return (each.concept for each in record.alignments)


def _put(index: Index, names: Iterable[str], part: Part) -> None:
    for name in dict.fromkeys(names):
        index[name].append(part)


@attrs.frozen
class Link:
    """One way in which something is answered."""

    answer: Answer
    """How far it goes."""
    route: str
    """How, in words."""
    parts: Sequence[Part]
    """The parts of road maps that answer so."""


def links_of(answer: Answer, route: str, parts: Iterable[Part]) -> Iterator[Link]:
    """The link of the parts that go on, and that of suspended activities."""
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
    """What is answered by some links: those that answer best are told."""
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
    """The concepts of a vocabulary that may still be used; none if it is not held."""
    found = next((each for each in corpus.vocabularies if each.id == vocabulary), None)
    return (
        ()
        if found is None
        else tuple(each for each in found.concepts if each.status is ConceptStatus.CURRENT)
    )
