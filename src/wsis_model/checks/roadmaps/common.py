"""What several rules of road maps have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ...corpus import Corpus
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
from .._rule import CheckContext

__all__ = [
    "ACTION_LINES",
    "ALWAYS",
    "OPEN",
    "action_lines",
    "records_with_alignments",
    "alignments_of",
    "all_indicators",
    "days_due",
    "days_of",
    "in_force",
    "is_of_a_line",
    "of_action_lines",
    "plain",
    "not_cancelled",
    "with_ancestors",
]

ACTION_LINES = "action-lines"
OPEN = (MilestoneStatus.PLANNED, MilestoneStatus.UNDER_WAY, MilestoneStatus.AT_RISK)
ALWAYS = Window(None, None)


def in_force(corpus: Corpus) -> tuple[Roadmap, ...]:
    """The road maps that are not superseded."""
    return tuple(each for each in corpus.roadmaps if each.status is not RoadmapStatus.SUPERSEDED)


def not_cancelled(roadmap: Roadmap) -> Iterator[Activity]:
    """The activities of a road map except the cancelled ones; the done ones are included."""
    return (each for each in roadmap.activities if each.status is not ActivityStatus.CANCELLED)


def action_lines(context: CheckContext) -> dict[str, str | None]:
    """The Action Lines by identifier, each with the line that it is under; none where the corpus
    does not hold them.
    """
    return {name: each.parent for name, each in context.concepts(ACTION_LINES).items()}


def records_with_alignments(roadmap: Roadmap) -> tuple[Objective | Activity, ...]:
    """The records of a road map that have alignments: objectives, and activities not cancelled."""
    return (*roadmap.objectives, *not_cancelled(roadmap))


def alignments_of(record: Objective | Activity) -> Iterator[str]:
    """The concepts and commitments that an objective or activity is aligned with."""
    return (each.concept for each in record.alignments)


def _usable(window: Window) -> Window:
    """A window; no limit instead of one that ends before it begins, which M726 or A505 reports."""
    backwards = window.earliest and window.latest and window.latest < window.earliest
    return ALWAYS if backwards else window


def days_of(period: Period | None) -> Window:
    """A period as days."""
    return ALWAYS if period is None else _usable(period.window())


def days_due(corpus: Corpus, due: Due | None) -> Window:
    """The days between which something is due."""
    return ALWAYS if due is None else _usable(due.window(corpus.calendar))


def all_indicators(context: CheckContext) -> Iterator[Indicator]:
    """The indicators of all road maps."""
    return (each for roadmap in context.corpus.roadmaps for each in roadmap.indicators)


def is_of_a_line(kind: RoadmapKind | None) -> bool:
    """Whether a road map of a kind is one that paragraph 113 asks for, that of an Action Line; one
    that does not say is taken for it.
    """
    return kind in (RoadmapKind.ACTION_LINE, None)


def of_action_lines(context: CheckContext) -> Iterator[Roadmap]:
    """The road maps of which paragraph 113 asks links and indicators: those of Action Lines, and
    those that do not say whose they are.
    """
    return (each for each in context.corpus.roadmaps if is_of_a_line(each.kind))


def plain(value: Decimal) -> str:
    """A number without an exponent."""
    return f"{value:f}"


def with_ancestors(parents: Mapping[str, str | None], identifier: str | None) -> Iterator[str]:
    """An identifier, that of its parent, that of the parent's parent, and so on; a circle is
    followed once.
    """
    seen: set[str] = set()
    while identifier is not None and identifier not in seen:
        seen.add(identifier)
        yield identifier
        identifier = parents.get(identifier)
