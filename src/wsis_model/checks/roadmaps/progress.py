"""Progress: what is done, overdue, or observed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..._messages import sentence
from ...model import (
    Activity,
    ActivityStatus,
    Evidence,
    Milestone,
    MilestoneStatus,
    Observation,
    Recurrence,
    Update,
)
from ...model.record import first_day
from .._contents import parts
from .._rule import CheckContext, Found, Severity, found, rule
from .common import OPEN, days_due, days_of, in_force, not_cancelled


def _updates(context: CheckContext) -> Iterator[Update]:
    return (each for roadmap in context.corpus.roadmaps for each in roadmap.updates)


@rule(
    "M715",
    Severity.WARNING,
    reads=("milestones", "status", "updates"),
    whole="an update with evidence may be in another road map",
)
def done_work_has_evidence(context: CheckContext) -> Iterator[Found]:
    """A milestone or activity that is done has evidence.

    "Done" is a claim until somebody can check it. For a milestone, its own evidence counts, or that
    of an update about it; for an activity with milestones, theirs; for one without, that of an
    update about it. Evidence that an activity is done counts for its milestones.

    Mend: add `evidence` to the milestone, or an update with `evidence`.
    """
    with_evidence = {each.about for each in _updates(context) if each.evidence}
    for roadmap in context.corpus.roadmaps:
        for activity in not_cancelled(roadmap):
            milestones = [
                each for each in activity.milestones if each.status is not MilestoneStatus.CANCELLED
            ]
            if activity.status is ActivityStatus.DONE and activity.id in with_evidence:
                continue
            if activity.status is ActivityStatus.DONE and not milestones:
                yield found(
                    activity,
                    sentence("is done, and nothing shows it"),
                    "status",
                    hint=sentence("add an update with evidence"),
                )
            for each in milestones:
                if (
                    each.status is MilestoneStatus.DONE
                    and not each.evidence
                    and each.id not in with_evidence
                ):
                    yield found(
                        each,
                        sentence("is done, and nothing shows it"),
                        "evidence",
                        hint=sentence("add it, or an update with evidence"),
                    )


@rule("M716", reads=("reached",))
def done_activities_have_no_open_milestones(context: CheckContext) -> Iterator[Found]:
    """An activity that is done has no open milestone.

    One of the two statuses is wrong.

    Mend: correct the status of the activity or of the milestone; an abandoned milestone is
    `cancelled`.
    """
    for roadmap in context.corpus.roadmaps:
        for activity in roadmap.activities:
            for each in activity.milestones if activity.status is ActivityStatus.DONE else ():
                if each.effective_status in OPEN:
                    yield found(
                        each,
                        f"is {each.status.value}, and {activity.id!r} is done",
                        "status",
                        names=(activity.id,),
                    )


@rule("M734")
def what_was_reached_is_done(context: CheckContext) -> Iterator[Found]:
    """A milestone that says when it was reached is done, and so is an activity that says when it
    was finished; one that says when it started is no longer planned.

    Either the day or the status is wrong. Reports count the milestone as done, unless it is
    cancelled. An activity that was given up after it started is cancelled, and may say when.

    Mend: set `status` to `done` (or `under-way`), or remove the day.
    """
    for roadmap in context.corpus.roadmaps:
        for activity in roadmap.activities:
            status = activity.status
            if activity.finished is not None and status not in _ACTIVITY_ENDED:
                message = f"is {status.value}, and was finished on {activity.finished}"
                yield found(activity, message, "status")
            elif activity.started is not None and status is ActivityStatus.PLANNED:
                message = f"is {status.value}, and started on {activity.started}"
                yield found(activity, message, "status")
            for each in activity.milestones:
                if each.reached is not None and each.status is not MilestoneStatus.DONE:
                    yield found(
                        each, f"is {each.status.value}, and was reached on {each.reached}", "status"
                    )


_ACTIVITY_ENDED = (ActivityStatus.DONE, ActivityStatus.CANCELLED)


def _day_missed(context: CheckContext, milestone: Milestone, as_of: dt.date) -> dt.date | None:
    """The last day on which a milestone was due, if that is past. What comes again and again is
    never over.
    """
    if (
        milestone.effective_status not in OPEN
        or milestone.due is None
        or milestone.due.recurrence not in (None, Recurrence.ONCE)
    ):
        return None
    latest = days_due(context.corpus, milestone.due).latest
    return latest if latest is not None and latest < as_of else None


def _has_no_update(latest: dict[str, dt.date], day: dt.date, *names: str) -> bool:
    """Whether nothing was reported about any of some records on or after a day."""
    return all(latest.get(name, dt.date.min) < day for name in names)


@rule(
    "M717",
    Severity.WARNING,
    dated=True,
    reads=("milestones", "reached", "status", "updates"),
    whole="an update may be in another road map",
)
def overdue_work_has_updates(context: CheckContext) -> Iterator[Found]:
    """An overdue milestone or activity has an update after the day it was due.

    Without news readers can only guess. For a milestone an update about its activity counts, and
    for an activity one about a milestone of it. The rule runs only with a day, `as_of`; a session
    is over on its last day. Suspended and recurring work, and superseded road maps, are not
    overdue. If an update names a record that does not exist, R201 reports that, and this rule
    reports nothing.

    Mend: add an update with the state of the work; correct the status; or agree on another date.
    """
    if context.as_of is None:
        return
    latest: dict[str, dt.date] = {}
    for each in _updates(context):
        latest[each.about] = max(each.date, latest.get(each.about, each.date))
    for roadmap in in_force(context.corpus):
        stray = (each.date for each in roadmap.updates if each.about not in context.corpus)
        latest[_STRAY] = max(stray, default=dt.date.min)
        for activity in roadmap.activities:
            if activity.status in (ActivityStatus.PLANNED, ActivityStatus.UNDER_WAY):
                yield from _overdue_without_update(context, activity, latest, context.as_of)


#: Stands for what updates are about that are about nothing there is: no identifier is empty.
_STRAY = ""


def _overdue_without_update(
    context: CheckContext, activity: Activity, latest: dict[str, dt.date], as_of: dt.date
) -> Iterator[Found]:
    """The overdue milestones of an activity that have no update since; if there are none, the
    activity, if it is overdue without an update.
    """
    found_milestone = False
    for each in activity.milestones:
        day = _day_missed(context, each, as_of)
        if day is not None and _has_no_update(latest, day, each.id, activity.id, _STRAY):
            found_milestone = True
            yield found(
                each,
                f"was due by {day}, and nothing was reported since",
                "due",
                hint="add an update, or its status",
            )
    end = days_of(activity.period).latest
    names = (activity.id, _STRAY, *(each.id for each in activity.milestones))
    if (
        not found_milestone
        and end is not None
        and end < as_of
        and _has_no_update(latest, end, *names)
    ):
        message = f"was to end by {end}, and nothing was reported since"
        yield found(activity, message, ("period", "end"), hint="add an update, or its status")


@rule("M718", dated=True)
def nothing_is_dated_in_the_future(context: CheckContext) -> Iterator[Found]:
    """No observation, update, evidence, reached milestone, or activity that started or was
    finished, is dated in the future.

    An expected value is a target, and an expected event a milestone. The rule runs only with a day,
    `as_of`.

    Mend: correct the date; make an expected value a target.
    """
    if context.as_of is None:
        return
    for name, path, observation in parts(context.corpus, Observation):
        if first_day(observation.when) > context.as_of:
            yield found(name, f"is of {observation.when}, which is yet to come", (*path, "when"))
    for name, path, update in parts(context.corpus, Update):
        if update.date > context.as_of:
            yield found(name, f"is of {update.date}, which is yet to come", (*path, "date"))
    happened: tuple[tuple[type[Activity | Milestone], str, str], ...] = (
        (Activity, "started", "started"),
        (Activity, "finished", "was finished"),
        (Milestone, "reached", "was reached"),
    )
    for kind, field, words in happened:
        for name, path, record in parts(context.corpus, kind):
            day: dt.date | None = getattr(record, field)
            if day is not None and day > context.as_of:
                message = f"{words} on {day}, which is yet to come"
                yield found(name, message, (*path, field))
    for name, path, evidence in parts(context.corpus, Evidence):
        if evidence.date is not None and evidence.date > context.as_of:
            yield found(name, f"is of {evidence.date}, which is yet to come", (*path, "date"))
