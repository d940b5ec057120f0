"""Milestones as the pictures draw them: their signs, when each is due, and how it stands."""

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
    """A milestone as it is drawn."""

    milestone: Milestone
    window: Window
    """When it is due; of what recurs the next time, or the first when it is drawn as of no day."""
    sign: Sign
    note: str = ""
    """How often it comes round, and from when that is counted."""

    @property
    def state(self) -> str:
        """How it stands, in words."""
        return self.sign.means.removeprefix("milestone ")

    @property
    def urgent(self) -> str:
        """The same where someone has to act."""
        return self.state if self.sign in (LATE, RISK) else ""

    @property
    def every(self) -> str:
        """How often it comes round."""
        return self.note.partition(";")[0]


def points(corpus: Corpus, record: Roadmap, as_of: datetime.date | None) -> Iterator[Point]:
    """The milestones of a road map in order, as they stand on a day; without one, as their records
    say.
    """
    unrolling = Unrolling.of(corpus)
    reached = (
        progress(corpus, record.id, as_of=as_of).milestones
        if as_of is not None
        else itertools.repeat(None)
    )
    held = (
        (activity, milestone) for activity in record.activities for milestone in activity.milestones
    )
    for (activity, milestone), found in zip(held, reached, strict=False):
        first = Occurrence(Window(None, None))
        if milestone.due is not None:
            since, until = span(activity, record)
            first = unrolling.next(milestone.due, since=since, until=until, as_of=None)
        if found is None:
            yield Point(milestone, first.window, _stated(milestone, activity), first.note)
        else:
            yield Point(milestone, found.window, _SIGNS.get(found.standing, OPEN), first.note)


def _stated(milestone: Milestone, activity: Activity) -> Sign:
    dropped = (
        activity.status is ActivityStatus.CANCELLED and milestone.status is not MilestoneStatus.DONE
    )
    return DROPPED if dropped else _STATUSES.get(milestone.status, OPEN)


def other_times(
    point: Point, activity: Activity, record: Roadmap, unrolling: Unrolling, until: datetime.date
) -> Iterator[tuple[Window, Sign]]:
    """When a milestone that recurs comes round beside the time that is drawn for it, each with its
    sign.
    """
    if point.milestone.due is not None:
        since, last = span(activity, record)
        for each in unrolling.occurrences(point.milestone.due, since=since, until=min(last, until)):
            if each.window != point.window:
                yield each.window, sign_at(point, each.window, each.number)


def sign_at(point: Point, window: Window, number: int | None) -> Sign:
    """The sign of a milestone at one of its times: what is done was done at the first, and of the
    others nothing is recorded.
    """
    if number is None or window == point.window:
        return point.sign
    return REACHED if number == 1 and point.milestone.status is MilestoneStatus.DONE else AGAIN
