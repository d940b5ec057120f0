"""Milestones and their dates."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

import attrs

from ..corpus import Corpus
from ..model import (
    Activity,
    ActivityStatus,
    Milestone,
    MilestoneStatus,
    Roadmap,
    Session,
    Window,
)
from ..model.record import first_day, last_day
from ._calendar import Occurrence, Unrolling, in_short, is_over, meeting, span

__all__ = ["NEAR", "Reached", "Standing", "milestones_of", "reached_columns"]

NEAR = 90
"""A milestone that is due within this many days and still planned is at risk."""


class Standing(str, Enum):
    """The standing of a milestone, by its date."""

    DONE = "done"
    LATE = "late"
    """Its last day has passed."""
    AT_RISK = "at risk"
    """By its status; or something it depends on is late; or it is due soon and still planned; or
    its activity is suspended.
    """
    COMING = "coming"
    NO_DATE = "no date"
    CANCELLED = "cancelled"


@attrs.frozen
class Reached:
    """A milestone with its standing."""

    milestone: Milestone
    """The milestone."""
    activity: Activity
    """The activity it belongs to."""
    standing: Standing
    """Its standing."""
    window: Window
    """The earliest and the latest possible day; of a recurring one, for the next occurrence."""
    why: str
    """The reason, e.g. `"due by 2026-09-30, 55 days ago"`."""
    session: str | None = None
    """The session or meeting at which it is due, e.g. `"sessions/cstd-30"`."""
    waits_for: str | None = None
    """What is late, if it is at risk because it depends on that, directly or not."""


def milestones_of(corpus: Corpus, roadmap: Roadmap, as_of: datetime.date) -> tuple[Reached, ...]:
    unrolling = Unrolling.of(corpus)
    times = {
        milestone.id: _next_time(milestone, activity, roadmap, unrolling, as_of)
        for activity in roadmap.activities
        for milestone in activity.milestones
    }
    dependent = _dependent_on_late(corpus, roadmap, times, unrolling, as_of)
    found: list[Reached] = []
    for activity in roadmap.activities:
        for milestone in activity.milestones:
            time = times[milestone.id]
            standing, why = _standing(
                milestone, activity, time, dependent.get(milestone.id), corpus, as_of
            )
            late, _ = dependent.get(milestone.id, (None, None))
            waits_for = late if standing is Standing.AT_RISK else None
            found.append(
                Reached(milestone, activity, standing, time.window, why, time.session, waits_for)
            )
    return tuple(found)


def _next_time(
    milestone: Milestone,
    activity: Activity,
    roadmap: Roadmap,
    unrolling: Unrolling,
    as_of: datetime.date,
) -> Occurrence:
    """When a milestone is due: the first occurrence that is not over, or the last one."""
    if milestone.due is None:
        return Occurrence(Window(None, None))
    since, until = span(activity, roadmap)
    return unrolling.next(milestone.due, since=since, until=until, as_of=as_of)


def _standing(
    milestone: Milestone,
    activity: Activity,
    time: Occurrence,
    late_dependency: tuple[str, str] | None,
    corpus: Corpus,
    as_of: datetime.date,
) -> tuple[Standing, str]:
    status = time.status_of(milestone, activity, as_of)
    if status is MilestoneStatus.CANCELLED:
        return Standing.CANCELLED, "cancelled"
    if status is MilestoneStatus.DONE:
        return Standing.DONE, _done(milestone, time)
    if activity.status is ActivityStatus.CANCELLED:
        return Standing.CANCELLED, "its activity is cancelled"
    left = None if time.window.latest is None else (time.window.latest - as_of).days
    due = "" if left is None else _due(milestone, time, left, corpus)
    if left is not None and left < 0:
        return Standing.LATE, due
    risks: list[str] = []
    if status is MilestoneStatus.AT_RISK:
        risks.append("its status is at risk")
    if activity.status is ActivityStatus.SUSPENDED:
        risks.append("its activity is suspended")
    if late_dependency is not None:
        late, nearest = late_dependency
        risks.append(
            f"depends on {late}, which is late"
            if late == nearest
            else f"depends on {nearest}, and that on {late}, which is late"
        )
    if left is not None and left <= NEAR and status is MilestoneStatus.PLANNED:
        risks.append(f"{due}, and still planned")
    if risks:
        return Standing.AT_RISK, "; ".join(risks)
    if left is None:
        return (
            Standing.NO_DATE,
            "no date is given"
            if milestone.due is None
            else f"no day follows from: {milestone.due}",
        )
    return Standing.COMING, due


def _done(milestone: Milestone, time: Occurrence) -> str:
    """That a milestone is done; with the day on which it was reached, and how late that was."""
    if milestone.reached is None or (time.number or 1) > 1:
        return "done"
    late = 0 if time.window.latest is None else (milestone.reached - time.window.latest).days
    return f"done on {milestone.reached}{f', {_days(late)} late' if late > 0 else ''}"


def _due(milestone: Milestone, time: Occurrence, left: int, corpus: Corpus) -> str:
    """When a milestone is due, in words: with the days left, or with the session if its days are
    not known.
    """
    again = "due again" if milestone.effective_status is MilestoneStatus.DONE else "due"
    dated = milestone.due is not None and milestone.due.day is not None
    if time.session is None or dated or _has_days(corpus.calendar.get(time.session)):
        return (
            f"{again} by {time.window.latest}, "
            f"{f'in {_days(left)}' if left >= 0 else f'{_days(-left)} ago'}"
        )
    when = in_short(time.window)
    some = f"some day {'from' if ' to ' in when else 'of'} {when}"
    return (
        f"{again} at {meeting(time.session, milestone.due, corpus)}, {some} (its days are not "
        "known)"
    )


def _has_days(session: Session | None) -> bool:
    """Whether the days of a session are known, and not only its month or year."""
    ends = [each for each in (session.opens, session.closes) if each] if session else []
    return bool(ends) and all(first_day(each) == last_day(each) for each in ends)


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _dependent_on_late(
    corpus: Corpus,
    roadmap: Roadmap,
    times: dict[str, Occurrence],
    unrolling: Unrolling,
    as_of: datetime.date,
) -> dict[str, tuple[str, str]]:
    """The records that depend, directly or not, on something late: each with the late record, and
    with the record that it depends on directly.

    A milestone depends on what it and its activity depend on, an activity on that and on its
    milestones. What is done or cancelled depends on nothing. In another road map only late records
    count, not dependencies.
    """
    late: list[str] = []
    over: set[str] = set()
    within: set[str] = set()
    followers: dict[str, list[str]] = defaultdict(list)
    dependencies: dict[str, None] = {}
    for activity in roadmap.activities:
        # A node between, so that many milestones and dependencies need no edge for each pair.
        start = f"the start of {activity.id}"
        within.add(activity.id)
        followers[start].append(activity.id)
        for each in activity.depends_on:
            followers[each].append(start)
            dependencies[each] = None
        for milestone in activity.milestones:
            within.add(milestone.id)
            followers[start].append(milestone.id)
            followers[milestone.id].append(activity.id)
            for each in milestone.depends_on:
                followers[each].append(milestone.id)
                dependencies[each] = None
            time = times[milestone.id]
            if (
                time.status_of(milestone, activity, as_of) in _MILESTONE_OVER
                or activity.status is ActivityStatus.CANCELLED
            ):
                over.add(milestone.id)
            elif time.is_over(as_of):
                late.append(milestone.id)
        if activity.status in _ACTIVITY_OVER:
            over.add(activity.id)
        elif activity.period is not None and is_over(activity.period.window(), as_of):
            late.append(activity.id)
    late += [
        each
        for each in dependencies
        if each not in within and _is_late_elsewhere(corpus, each, unrolling, as_of)
    ]
    return _reached_from(followers, late, over, within)


def _reached_from(
    followers: Mapping[str, list[str]], late: list[str], over: set[str], within: set[str]
) -> dict[str, tuple[str, str]]:
    """The records that follow, directly or not, after a late one and are not over: each with the
    late one, and with the record just before it.
    """
    found: dict[str, tuple[str, str]] = {}
    seen = {*late, *over}
    queue = [(each, each, each) for each in late]
    for here, origin, nearest in queue:
        for follower in followers.get(here, ()):
            if follower not in seen:
                seen.add(follower)
                found[follower] = (origin, nearest)
                # The start of an activity is no record: pass on what it depends on.
                queue.append((follower, origin, follower if follower in within else nearest))
    return found


_MILESTONE_OVER = (MilestoneStatus.DONE, MilestoneStatus.CANCELLED)
_ACTIVITY_OVER = (ActivityStatus.DONE, ActivityStatus.CANCELLED)


def _is_late_elsewhere(
    corpus: Corpus, name: str, unrolling: Unrolling, as_of: datetime.date
) -> bool:
    """Whether a part of another road map is late, by the same rules."""
    match corpus.get(name):
        case Activity() as activity:
            return (
                activity.status not in _ACTIVITY_OVER
                and activity.period is not None
                and is_over(activity.period.window(), as_of)
            )
        case Milestone() as milestone:
            roadmap, of = corpus.ancestors(name)
            assert isinstance(roadmap, Roadmap)
            assert isinstance(of, Activity)
            over = (
                milestone.effective_status in _MILESTONE_OVER
                or of.status is ActivityStatus.CANCELLED
            )
            return not over and _next_time(milestone, of, roadmap, unrolling, as_of).is_over(as_of)
        case _:
            return False


def reached_columns(corpus: Corpus) -> dict[str, Callable[[Reached], Any]]:
    return {
        "milestone": lambda each: each.milestone.id,
        "title": lambda each: each.milestone.title,
        "lead": lambda each: each.activity.lead,
        "standing": lambda each: each.standing.value,
        "due": lambda each: each.window,
        "session": lambda each: meeting(each.session, each.milestone.due, corpus),
        "why": lambda each: each.why,
    }
