"""Milestones in pictures: their signs, when each is due, and its standing."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

import attrs

from ..analysis import Standing, progress
from ..analysis._calendar import Occurrence, Unrolling, span
from ..corpus import Corpus
from ..model import Activity, ActivityStatus, Milestone, MilestoneStatus, Roadmap, Window
from ._picture import CROSS, DIAMOND, GREY, INK, LIGHT, WHITE, Sign

__all__ = ["AGAIN", "DROPPED", "LATE", "OPEN", "REACHED", "RISK", "Point", "other_times", "points"]

REACHED = Sign("milestone reached", DIAMOND, INK)
OPEN = Sign("milestone to come", DIAMOND)
LATE = Sign("milestone late", DIAMOND, stroke=INK, width=3.5, size=130)
RISK = Sign("milestone at risk", DIAMOND, LIGHT, INK)
DROPPED = Sign("milestone cancelled", CROSS, GREY, GREY)
AGAIN = Sign("the same milestone, at another time", DIAMOND, WHITE, GREY, width=1, size=45)
_SIGNS = {
    Standing.DONE: REACHED,
    Standing.LATE: LATE,
    Standing.AT_RISK: RISK,
    Standing.CANCELLED: DROPPED,
}
_STATUSES = {
    MilestoneStatus.DONE: REACHED,
    MilestoneStatus.AT_RISK: RISK,
    MilestoneStatus.CANCELLED: DROPPED,
}


@attrs.frozen
class Point:
    """A milestone to draw."""

    milestone: Milestone
    window: Window
    """When it is due; the next occurrence of a recurring one, or the first if there is no day."""
    sign: Sign
    note: str = ""
    """How often it recurs, and from when that is counted."""

    @property
    def state(self) -> str:
        """Its standing in words."""
        return self.sign.means.removeprefix("milestone ")

    @property
    def urgent(self) -> str:
        """Its standing if it is late or at risk; otherwise empty."""
        return self.state if self.sign in (LATE, RISK) else ""

    @property
    def every(self) -> str:
        """How often it recurs."""
        return self.note.partition(";")[0]


def points(corpus: Corpus, record: Roadmap, as_of: datetime.date | None) -> Iterator[Point]:
    """The milestones of a road map in order, with their standing on a day; without a day, with the
    status of their records.
    """
    unrolling = Unrolling.of(corpus)
    reached = (
        progress(corpus, record.id, as_of=as_of).milestones
        if as_of is not None
        else itertools.repeat(None)
    )
    milestones = (
        (activity, milestone) for activity in record.activities for milestone in activity.milestones
    )
    for (activity, milestone), found in zip(milestones, reached, strict=False):
        first = Occurrence(Window(None, None))
        if milestone.due is not None:
            since, until = span(activity, record)
            first = unrolling.next(milestone.due, since=since, until=until, as_of=None)
        if found is None:
            yield Point(milestone, first.window, _sign_of(milestone, activity), first.note)
        else:
            yield Point(milestone, found.window, _SIGNS.get(found.standing, OPEN), first.note)


def _sign_of(milestone: Milestone, activity: Activity) -> Sign:
    status = milestone.effective_status
    dropped = activity.status is ActivityStatus.CANCELLED and status is not MilestoneStatus.DONE
    return DROPPED if dropped else _STATUSES.get(status, OPEN)


def other_times(
    point: Point, activity: Activity, record: Roadmap, unrolling: Unrolling, until: datetime.date
) -> Iterator[tuple[Window, Sign]]:
    """The other occurrences of a recurring milestone, each with its sign."""
    if point.milestone.due is not None:
        since, last = span(activity, record)
        for each in unrolling.occurrences(point.milestone.due, since=since, until=min(last, until)):
            if each.window != point.window:
                yield each.window, sign_at(point, each.window, each.number)


def sign_at(point: Point, window: Window, number: int | None) -> Sign:
    """The sign of one occurrence of a milestone: if it is done, only the first occurrence is."""
    if number is None or window == point.window:
        return point.sign
    done = point.milestone.effective_status is MilestoneStatus.DONE
    return REACHED if number == 1 and done else AGAIN
