"""What several rules of road maps look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ...model import (
    Activity,
    ActivityStatus,
    Due,
    Indicator,
    MilestoneStatus,
    Objective,
    Period,
    Roadmap,
    RoadmapKind,
    RoadmapStatus,
    Window,
)
from .._rule import Subject

__all__ = [
    "ACTION_LINES",
    "ALWAYS",
    "OPEN",
    "PUBLISH",
    "action_lines",
    "alignments_of",
    "all_indicators",
    "days_due",
    "days_of",
    "in_force",
    "of_action_lines",
    "plain",
    "to_do",
    "within",
]

ACTION_LINES = "action-lines"
PUBLISH = ("publish",)
OPEN = (MilestoneStatus.PLANNED, MilestoneStatus.UNDER_WAY, MilestoneStatus.AT_RISK)
ALWAYS = Window(None, None)


def in_force(subject: Subject) -> tuple[Roadmap, ...]:
    """The road maps that no other has taken the place of."""
    return tuple(
        each for each in subject.corpus.roadmaps if each.status is not RoadmapStatus.SUPERSEDED
    )


def to_do(roadmap: Roadmap) -> Iterator[Activity]:
    """The activities of a road map that were not cancelled."""
    return (each for each in roadmap.activities if each.status is not ActivityStatus.CANCELLED)


def action_lines(subject: Subject) -> dict[str, str | None]:
    """The Action Lines by identifier, each with the line that it is under; none where the corpus
    does not hold them.
    """
    return {
        each.id: each.parent
        for one in subject.corpus.vocabularies
        if one.id == ACTION_LINES
        for each in one.concepts
    }


def alignments_of(record: Objective | Activity) -> Iterator[str]:
    """The concepts and commitments that an objective or activity is aligned with."""
    return (each.concept for each in record.alignments)


def _sane(window: Window) -> Window:
    """A window; one that ends before it begins is reported by M726 or A505, and bounds nothing."""
    return (
        ALWAYS if window.earliest and window.latest and window.latest < window.earliest else window
    )


def days_of(period: Period | None) -> Window:
    """A period as days."""
    return ALWAYS if period is None else _sane(period.window())


def days_due(subject: Subject, due: Due | None) -> Window:
    """The days between which something is due."""
    return ALWAYS if due is None else _sane(due.window(subject.corpus.calendar))


def all_indicators(subject: Subject) -> Iterator[Indicator]:
    """The indicators of all road maps."""
    return (each for roadmap in subject.corpus.roadmaps for each in roadmap.indicators)


def of_action_lines(subject: Subject) -> Iterator[Roadmap]:
    """The road maps of which paragraph 113 asks links and indicators: those of Action Lines, and
    those that do not say whose they are.
    """
    return (
        each for each in subject.corpus.roadmaps if each.kind in (RoadmapKind.ACTION_LINE, None)
    )


def plain(value: Decimal) -> str:
    """A number without an exponent."""
    return f"{value:f}"


def within(parents: Mapping[str, str | None], name: str | None) -> Iterator[str]:
    """A name, what it is under, what that is under, and so on; a circle is walked once."""
    seen: set[str] = set()
    while name is not None and name not in seen:
        seen.add(name)
        yield name
        name = parents.get(name)
