"""How far a road map has come: indicators and the path to their targets, milestones and their
dates.
"""

from __future__ import annotations

import datetime
import html
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

import attrs

from .._width import wrap
from ..corpus import Corpus
from ..model import (
    ActivityStatus,
    FrozenMap,
    Objective,
    Roadmap,
)
from ..tables import Table
from ._indicators import MEASURED, READ, Course, Measured, measure
from ._milestones import Reached, Standing, milestones_of, reached_columns

__all__ = ["ObjectiveProgress", "Progress", "progress"]


@attrs.frozen
class ObjectiveProgress:
    """How far an objective has come, in numbers."""

    objective: Objective
    """The objective."""
    activities: int
    """How many activities serve it."""
    done: int
    """How many of these are done."""
    statuses: FrozenMap[int]
    """Its activities by status, e.g. `{"planned": 1, "under-way": 1, ...}`."""
    milestones: FrozenMap[int]
    """Its activities' milestones by standing, e.g. `{"done": 1, "late": 0, ...}`."""
    indicators: FrozenMap[int]
    """The indicators that measure it or one of its activities, by course."""


@attrs.frozen(repr=False)
class Progress:
    """How far a road map has come on a day. It prints as text, a notebook shows it, and its parts
    are tables.
    """

    roadmap: Roadmap
    """The road map."""
    as_of: datetime.date
    """The day."""
    indicators: Table[Measured]
    """Its indicators, in order."""
    milestones: Table[Reached]
    """Its milestones, in order."""
    objectives: Table[ObjectiveProgress]
    """Its objectives, in order. Parts that serve none are counted in the summary only."""

    @property
    def summary(self) -> str:
        """The whole road map in one line."""
        statuses = _counted(ActivityStatus, (each.status for each in self.roadmap.activities))
        standings = _counted(Standing, (each.standing for each in self.milestones))
        courses = _counted(Course, (each.course for each in self.indicators))
        parts = (("activities", statuses), ("milestones", standings), ("indicators", courses))
        return (
            f"{self.roadmap.id} as of {self.as_of}: "
            f"{'; '.join(_sum(name, counts) for name, counts in parts)}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The progress as JSON data: identifiers for records, text for dates and numbers."""
        return {
            "roadmap": self.roadmap.id,
            "as_of": self.as_of.isoformat(),
            "summary": self.summary,
            "indicators": [
                {
                    "indicator": each.indicator.id,
                    "course": each.course.value,
                    "observed": None if each.observed is None else each.observed.to_dict(),
                    "expected": None if each.expected is None else str(each.expected),
                    "target": None if each.target is None else each.target.to_dict(),
                    "share": None if each.share is None else str(each.share),
                    "arithmetic": each.arithmetic,
                }
                for each in self.indicators
            ],
            "milestones": [
                {
                    "milestone": each.milestone.id,
                    "activity": each.activity.id,
                    "standing": each.standing.value,
                    "earliest": None
                    if each.window.earliest is None
                    else each.window.earliest.isoformat(),
                    "latest": None
                    if each.window.latest is None
                    else each.window.latest.isoformat(),
                    "session": each.session,
                    "why": each.why,
                }
                for each in self.milestones
            ],
            "objectives": [
                {
                    "objective": each.objective.id,
                    "activities": dict(each.statuses),
                    "milestones": dict(each.milestones),
                    "indicators": dict(each.indicators),
                }
                for each in self.objectives
            ],
        }

    @property
    def tables(self) -> dict[str, Table[Any]]:
        """The tables that have rows, by their headings, with numbers rounded as in `arithmetic`."""
        parts: dict[str, Table[Any]] = {
            "Objectives": self.objectives,
            "Indicators": Table(self.indicators.rows, READ),
            "Milestones": self.milestones,
        }
        return {title: table for title, table in parts.items() if table}

    def to_text(self, width: int | None = None) -> str:
        """The summary and the tables as lines of text, no wider than *width*."""
        summary = "\n".join(wrap(self.summary, width)) if width else self.summary
        return "\n\n".join(
            [summary, *(f"{title}\n{table.to_text(width)}" for title, table in self.tables.items())]
        )

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Progress of {self.summary}>"

    def _repr_html_(self) -> str:
        shown = "".join(
            # The notebook protocol.
            f"<h4>{title}</h4>{table._repr_html_()}"  # pyright: ignore[reportPrivateUsage]
            for title, table in self.tables.items()
        )
        return f"<p>{html.escape(self.summary)}</p>{shown}"


def progress(corpus: Corpus, roadmap: str, *, as_of: datetime.date) -> Progress:
    """How far a road map has come on a day.

    **Indicators.** The path is a straight line from the baseline through the targets in order of
    date; a value for a month or a year stands at its last day, and after the last target the path
    is level. The latest observation whose month or year has begun by *as_of* is compared with it:
    `share` is the change since the baseline, divided by the change expected by the day of the
    observation. From 1.1 on the indicator is ahead, from 0.9 on it is on course, otherwise behind,
    whether the path leads up or down. If no change is expected yet, or the value is to be
    maintained, there is no share: the value is on course if it is not worse than expected by more
    than 2 % of the baseline. Worse means lower if the indicator should increase, higher if it
    should decrease, and either if it is to be maintained (which needs no target) or has no
    direction. If the path leads against the stated direction, one of the two is wrong, and there is
    no course.

    **Milestones.** A milestone is late if its last day was before *as_of* and it is not done. It is
    at risk if its status says so; if it depends, directly or not, on a late milestone or an
    activity that should have ended; if it is due within 90 days and still planned; or if its
    activity is suspended. The last possible day counts: for a session of which only the year is
    known, the last day of that year; `why` then gives the session and no number of days. For a
    recurring milestone, the next occurrence counts: whether earlier ones were reached is not
    recorded. If it is done, the first occurrence is; until its activity is done, the next one
    counts as planned.

    Args:
        corpus: The records, with the sessions at which milestones are due.
        roadmap: The road map, by identifier.
        as_of: The day.

    Raises:
        UnknownIdentifier: There is no such road map.

    Examples:
        >>> import datetime
        >>> from wsis_model import Corpus, Roadmap
        >>> indicator = {
        ...     "id": "map/i1",
        ...     "name": "Internet users",
        ...     "direction": "increase",
        ...     "baseline": {"value": 74, "when": 2025},
        ... }
        >>> indicator |= {
        ...     "targets": [{"value": 90, "by": 2030}],
        ...     "observations": [{"value": 76, "when": 2026}],
        ... }
        >>> corpus = Corpus.of(
        ...     Roadmap(id="map", title="A map", owners=["itu"], indicators=[indicator])
        ... )
        >>> found = progress(corpus, "map", as_of=datetime.date(2027, 3, 1))
        >>> found.indicators[0].course.value, found.indicators[0].arithmetic
        ('behind', 'from 74 (2025) to 90 (2030): 77.2 expected by 2026-12-31,
         76 observed for 2026: 62 % of the way expected')
    """
    day = as_of.date() if isinstance(as_of, datetime.datetime) else as_of
    one = corpus.roadmap(roadmap)
    measured = tuple(measure(indicator, day) for indicator in one.indicators)
    reached = milestones_of(corpus, one, day)
    return Progress(
        one,
        day,
        Table(measured, MEASURED),
        Table(reached, reached_columns(corpus)),
        Table(_objectives(one, measured, reached), _OBJECTIVES),
    )


# --- objectives, and the whole --------------------------------------------------------------------


def _objectives(
    roadmap: Roadmap, measured: tuple[Measured, ...], reached: tuple[Reached, ...]
) -> tuple[ObjectiveProgress, ...]:
    serves = {activity.id: activity.objective for activity in roadmap.activities}
    statuses: dict[str, list[ActivityStatus]] = defaultdict(list)
    standings: dict[str, list[Standing]] = defaultdict(list)
    courses: dict[str, list[Course]] = defaultdict(list)
    for activity in roadmap.activities:
        if activity.objective is not None:
            statuses[activity.objective].append(activity.status)
    for each in reached:
        if each.activity.objective is not None:
            standings[each.activity.objective].append(each.standing)
    for one in measured:
        for objective in dict.fromkeys(serves.get(each, each) for each in one.indicator.measures):
            if objective is not None:
                courses[objective].append(one.course)
    return tuple(
        ObjectiveProgress(
            objective,
            len(statuses[objective.id]),
            statuses[objective.id].count(ActivityStatus.DONE),
            _counted(ActivityStatus, statuses[objective.id]),
            _counted(Standing, standings[objective.id]),
            _counted(Course, courses[objective.id]),
        )
        for objective in roadmap.objectives
    )


def _counted(kinds: type[Enum], found: Iterable[Enum]) -> FrozenMap[int]:
    """How many of each kind, including those with none."""
    counts = Counter(each.value for each in found)
    return FrozenMap({each.value: counts[each.value] for each in kinds})


def _sum(name: str, counts: FrozenMap[int]) -> str:
    parts = ", ".join(_present(counts))
    return f"{sum(counts.values())} {name}" + (f" ({parts})" if parts else "")


def _present(counts: FrozenMap[int]) -> tuple[str, ...]:
    return tuple(f"{count} {kind}" for kind, count in counts.items() if count)


_OBJECTIVES: dict[str, Callable[[ObjectiveProgress], Any]] = {
    "objective": lambda each: each.objective.id,
    "statement": lambda each: each.objective.statement,
    "activities": lambda each: _present(each.statuses),
    "milestones": lambda each: _present(each.milestones),
    "indicators": lambda each: _present(each.indicators),
}
