"""Dates: periods, due dates, dependencies, and the order of what happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from ..._messages import sentence
from ...corpus import Corpus
from ...model import (
    Activity,
    ActivityStatus,
    Indicator,
    Milestone,
    MilestoneStatus,
    Period,
    Roadmap,
    Window,
)
from ...model.record import first_day, last_day
from .._contents import parts
from .._rule import CheckContext, Found, Path, Severity, found, rule
from .common import ALWAYS, OPEN, days_due, days_of, not_cancelled

_DONE = (ActivityStatus.DONE, MilestoneStatus.DONE)


def status_of(record: Activity | Milestone) -> ActivityStatus | MilestoneStatus:
    """The status of an activity, or of a milestone by the day on which it was reached."""
    return record.effective_status if isinstance(record, Milestone) else record.status


def _span(partial: str) -> Window:
    """A day, month or year as days."""
    return Window(first_day(partial), last_day(partial))


def _before(one: Window, other: Window) -> bool:
    """Whether *one* certainly lies before *other*."""
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _outside(window: Window, frame: Window) -> str | None:
    """How a window lies outside a frame, for certain."""
    if _before(window, frame):
        return sentence("before {day}", day=frame.earliest)
    return sentence("after {day}", day=frame.latest) if _before(frame, window) else None


def done_by(corpus: Corpus, record: Activity | Milestone) -> Window:
    """The days between which a milestone is to be reached, or an activity is to end."""
    if isinstance(record, Milestone):
        return days_due(corpus, record.due)
    frame = days_of(record.period)
    end = None if record.period is None or frame == ALWAYS else record.period.end
    return Window(frame.earliest, None) if end is None else _span(end)


def _dependencies(
    context: CheckContext,
) -> Iterator[tuple[Activity | Milestone, Path, Activity | Milestone]]:
    """The dependencies of activities and milestones that are not cancelled: the record, the path of
    the reference in it, and the record that it depends on.
    """
    for roadmap in context.corpus.roadmaps:
        for activity in not_cancelled(roadmap):
            milestones = (
                each for each in activity.milestones if each.status is not MilestoneStatus.CANCELLED
            )
            records: tuple[Activity | Milestone, ...] = (activity, *milestones)
            for record in records:
                for number, name in enumerate(record.depends_on):
                    prerequisite = context.get(name, Activity, Milestone)
                    if prerequisite is not None:
                        yield record, ("depends_on", number), prerequisite


@rule("M704", Severity.WARNING, reads=("period", "reached", "status"))
def activities_lie_inside_the_road_map(context: CheckContext) -> Iterator[Found]:
    """Activities lie inside the period of their road map.

    Work that began earlier and goes on may be meant, so somebody should look. For an activity
    without a period, its milestones are looked at. `2027` lies inside a road map that ends in June
    2027: only dates that are certainly outside are reported.

    Mend: correct the years, or the period of the road map.
    """
    for roadmap in context.corpus.roadmaps:
        frame = days_of(roadmap.period)
        for activity in not_cancelled(roadmap) if frame != ALWAYS else ():
            yield from (
                _ends_outside(activity, activity.period, frame)
                if activity.period
                else _dues_outside(context, activity, frame)
            )


def _ends_outside(activity: Activity, period: Period, frame: Window) -> Iterator[Found]:
    ends = (("start", period.start), ("end", period.end))
    for field, value in ends if days_of(period) != ALWAYS else ():
        if value is not None and (how := _outside(_span(value), frame)):
            yield found(
                activity,
                sentence("begins in {value}; the road map has nothing {how}", value=value, how=how)
                if field == "start"
                else sentence(
                    "ends in {value}; the road map has nothing {how}", value=value, how=how
                ),
                ("period", field),
            )
            return


def _dues_outside(context: CheckContext, activity: Activity, frame: Window) -> Iterator[Found]:
    for milestone in activity.milestones:
        if milestone.effective_status in OPEN and (
            how := _outside(days_due(context.corpus, milestone.due), frame)
        ):
            message = sentence(
                "is due {due}; the road map has nothing {how}", due=milestone.due, how=how
            )
            yield found(milestone, message, "due")


@rule("M705", reads=("period", "status"))
def milestones_are_due_while_work_goes_on(context: CheckContext) -> Iterator[Found]:
    """A milestone is due inside the period of its activity.

    A milestone is a step of the activity. The days of a session come from the calendar. If the
    activity has no period, M704 compares with the road map.

    Mend: correct the due date or the period.
    """
    for roadmap in context.corpus.roadmaps:
        for activity in not_cancelled(roadmap):
            frame = days_of(activity.period)
            for milestone in activity.milestones:
                if milestone.status is not MilestoneStatus.CANCELLED and (
                    how := _outside(days_due(context.corpus, milestone.due), frame)
                ):
                    message = sentence(
                        "is due {due}; its activity does nothing {how}", due=milestone.due, how=how
                    )
                    yield found(milestone, message, "due")


@rule("M706", reads=("status",), whole="what is depended on may be in another road map")
def nothing_is_due_before_what_it_depends_on(context: CheckContext) -> Iterator[Found]:
    """Nothing is due, or ends, before what it depends on.

    Such a plan cannot be kept. An activity may begin before the thing it depends on is ready: only
    the ends are compared, and only if every day that they may mean is in the wrong order. A report
    due in 2027 may use a survey of 2027. Finished work delays nothing. If several come too late,
    the last is named.

    Mend: correct one of the two dates, or remove the dependency.
    """
    late: dict[str, list[tuple[dt.date, str]]] = {}
    for record, _, prerequisite in _dependencies(context):
        earliest = done_by(context.corpus, prerequisite).earliest
        if (
            earliest is not None
            and status_of(prerequisite) not in _DONE
            and _before(done_by(context.corpus, record), Window(earliest, None))
        ):
            late.setdefault(record.id, []).append((earliest, prerequisite.id))
    for name, needs in late.items():
        record = context.get(name, Activity, Milestone)
        earliest, last = max(needs)
        more = f", as {len(needs) - 1} more that it depends on" if len(needs) > 1 else ""
        message = (
            f"is to be done by {done_by(context.corpus, record).latest}, and depends on {last!r}, "
            f"which will not be there before {earliest}{more}"
        )
        yield found(name, message, _end(record), names=(last,))


def _end(record: Activity | Milestone) -> Path:
    """The field that says by when a milestone is to be reached, or an activity ends."""
    if isinstance(record, Activity):
        return ("period", "end")
    fields = (field for field in ("date", "session") if getattr(record.due, field, None))
    return ("due", *fields)[:2]


@rule("M725", Severity.WARNING)
def lists_are_in_order_of_time(context: CheckContext) -> Iterator[Found]:
    """Targets, observations and updates are in order of time, the oldest first.

    Lists are read in order: the last update counts as the latest news.

    Mend: put them in order.
    """
    for roadmap in context.corpus.roadmaps:
        yield from _first_out_of_order(
            roadmap, "updates", "date", [each.date.isoformat() for each in roadmap.updates]
        )
        for indicator in roadmap.indicators:
            yield from _first_out_of_order(
                indicator, "targets", "by", [each.by for each in indicator.targets]
            )
            yield from _first_out_of_order(
                indicator, "observations", "when", [each.when for each in indicator.observations]
            )


def _first_out_of_order(
    holder: Roadmap | Indicator, field: str, date: str, times: list[str]
) -> Iterator[Found]:
    """A finding about the first item of a list that is certainly earlier than the one above it."""
    for number, (above, here) in enumerate(pairwise(times), 1):
        if _before(_span(here), _span(above)):
            yield found(holder, f"{here} stands after {above}", (field, number, date))
            return


@rule("M726")
def periods_end_after_they_begin(context: CheckContext) -> Iterator[Found]:
    """A period does not end before it begins, and no activity is finished before it started.

    No activity or date can lie inside such a period.

    Mend: correct one of the two dates.
    """
    for name, path, period in parts(context.corpus, Period):
        if period.start and period.end and last_day(period.end) < first_day(period.start):
            yield found(
                name, f"ends in {period.end}, before it begins in {period.start}", (*path, "end")
            )
    for name, path, each in parts(context.corpus, Activity):
        if each.started and each.finished and each.finished < each.started:
            message = f"was finished on {each.finished}, before it started on {each.started}"
            yield found(name, message, (*path, "finished"))


@rule(
    "M727",
    Severity.WARNING,
    reads=("reached", "status"),
    whole="what is depended on may be in another road map",
)
def nothing_depends_on_cancelled_work(context: CheckContext) -> Iterator[Found]:
    """No open work depends on cancelled work.

    Either it will wait for ever, or it does not depend on that work.

    Mend: remove the dependency, name the replacement, or cancel this too.
    """
    for record, path, prerequisite in _dependencies(context):
        if status_of(record) not in _DONE and prerequisite.status in (
            ActivityStatus.CANCELLED,
            MilestoneStatus.CANCELLED,
        ):
            yield found(
                record,
                f"depends on {prerequisite.id!r}, which was cancelled",
                path,
                names=(prerequisite.id,),
            )
