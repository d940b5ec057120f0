"""How far a road map has come: indicators against the path to their targets, milestones against
their dates.
"""

from __future__ import annotations

import datetime
import html
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs

from .._width import broken
from ..corpus import Corpus
from ..model import (
    Activity,
    ActivityStatus,
    Direction,
    FrozenMap,
    Indicator,
    Milestone,
    MilestoneStatus,
    Objective,
    Observation,
    Roadmap,
    Session,
    Target,
    Window,
)
from ..model.record import first_day, last_day
from ..tables import Table
from ._calendar import Occurrence, Unrolling, in_short, meeting, span

__all__ = [
    "AHEAD",
    "NEAR",
    "ON_COURSE",
    "TOLERANCE",
    "Course",
    "Measured",
    "ObjectiveProgress",
    "Progress",
    "Reached",
    "Standing",
    "progress",
]

AHEAD = Fraction(11, 10)
"""An indicator that has come at least this far of the way expected is ahead."""

ON_COURSE = Fraction(9, 10)
"""An indicator that has come at least this far of the way expected is on course, and what has come
less far is behind.
"""

TOLERANCE = Fraction(2, 100)
"""Where nothing is to change, a value may be worse than expected by this part of the baseline and
is still on course.
"""

NEAR = 90
"""A milestone whose last day comes within this many days and on which nobody has begun is at risk.
"""

_SIGNS: dict[Direction | None, int] = {Direction.INCREASE: 1, Direction.DECREASE: -1}
_WIDE = Context(prec=60)
_SHARE = 4
_LEGS = 3


class Course(str, Enum):
    """How an indicator stands against the path to its targets."""

    AHEAD = "ahead"
    ON_COURSE = "on course"
    BEHIND = "behind"
    NO_DATA = "no data"
    """A baseline, a target or an observation is missing, nothing was observed after the baseline,
    or the path leads against the direction that is stated.
    """


class Standing(str, Enum):
    """How a milestone stands against its date."""

    DONE = "done"
    LATE = "late"
    """Its last day is over."""
    AT_RISK = "at risk"
    """Said to be; or what it depends on is late; or it is due soon and nobody has begun; or its
    activity is suspended.
    """
    COMING = "coming"
    NO_DATE = "no date"
    CANCELLED = "cancelled"


@attrs.frozen
class Measured:
    """An indicator's latest observation, held against the path from its baseline through its
    targets.
    """

    indicator: Indicator
    """The indicator."""
    course: Course
    """How it stands."""
    observed: Observation | None
    """The latest observation."""
    expected: Decimal | None
    """What the path gives for the day of that observation, rounded to two places more than
    `arithmetic` shows.
    """
    target: Target | None
    """The target to which the path then leads; the last one, when all are over."""
    share: Decimal | None
    """How far it has come of the way expected by then, `1` being just as far; four places, rounded
    down. None where none was expected.
    """
    arithmetic: str
    """The sum in words, e.g.
    `"from 74 (2025) to 90 (2030): 77.2 expected by 2026-12-31, 76 observed for 2026: 62 % of the way expected"`.
    """
    shown: str = ""
    """The expected value as `arithmetic` shows it, for reading; empty where there is none."""


@attrs.frozen
class Reached:
    """A milestone, held against its date."""

    milestone: Milestone
    """The milestone."""
    activity: Activity
    """The activity it belongs to."""
    standing: Standing
    """How it stands."""
    window: Window
    """The earliest and the latest day that is meant; of what recurs, at the next time."""
    why: str
    """Why it stands so, e.g. `"due by 2026-09-30, 55 days ago"`."""
    session: str | None = None
    """The session or meeting in which it falls, e.g. `"sessions/cstd-30"`."""


@attrs.frozen
class ObjectiveProgress:
    """How far an objective has come: what serves it, counted."""

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
    """How far a road map has come on a day. It prints as text, shows in a notebook, and its parts
    are tables.
    """

    roadmap: Roadmap
    """The road map."""
    as_of: datetime.date
    """The day for which it is worked out."""
    indicators: Table[Measured]
    """Its indicators, in order."""
    milestones: Table[Reached]
    """Its milestones, in order."""
    objectives: Table[ObjectiveProgress]
    """Its objectives, in order. What serves none is counted in the summary only."""

    @property
    def summary(self) -> str:
        """The road map as a whole, in a line."""
        statuses = _counted(ActivityStatus, (each.status for each in self.roadmap.activities))
        standings = _counted(Standing, (each.standing for each in self.milestones))
        courses = _counted(Course, (each.course for each in self.indicators))
        parts = (("activities", statuses), ("milestones", standings), ("indicators", courses))
        return f"{self.roadmap.id} as of {self.as_of}: {'; '.join(_sum(name, counts) for name, counts in parts)}"

    def to_dict(self) -> dict[str, Any]:
        """It all as plain JSON data: identifiers for records, text for dates and numbers."""
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
        """The tables that have rows, under their headings, with numbers rounded for reading as
        `arithmetic` has them.
        """
        parts: dict[str, Table[Any]] = {
            "Objectives": self.objectives,
            "Indicators": Table(self.indicators.rows, _READ),
            "Milestones": self.milestones,
        }
        return {title: table for title, table in parts.items() if table}

    def to_text(self, width: int | None = None) -> str:
        """The summary and the tables as lines of text, no wider than *width*, where that is given."""
        said = "\n".join(broken(self.summary, width)) if width else self.summary
        return "\n\n".join(
            [said, *(f"{title}\n{table.to_text(width)}" for title, table in self.tables.items())]
        )

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Progress of {self.summary}>"

    def _repr_html_(self) -> str:
        shown = "".join(
            f"<h4>{title}</h4>{table._repr_html_()}"  # pyright: ignore[reportPrivateUsage]  # the notebook protocol
            for title, table in self.tables.items()
        )
        return f"<p>{html.escape(self.summary)}</p>{shown}"


def progress(corpus: Corpus, roadmap: str, *, as_of: datetime.date) -> Progress:
    """How far a road map has come on a day.

    **Indicators.** The path is a straight line from the baseline through the targets in order of
    date; a value that is given for a month or a year stands at its last day, and after the last
    target the path is level. The latest observation whose month or year has begun by *as_of* is
    held against it: `share` is the way come since the baseline as part of the way expected by the
    day of the observation. From 1.1 on the indicator is ahead, from 0.9 on it is on course,
    otherwise behind; whichever way the path leads, up or down. Where the path has not left the
    baseline, and for what is to be maintained, there is no such part: the value is on course while
    it is not worse than expected by more than 2 % of the baseline. Worse is lower where the
    indicator should increase, higher where it should decrease, and either where it is to be
    maintained (that needs no target) or nothing says which way it should go. Where the path has
    left the baseline against the direction that is stated, one of the two is wrong, and there is no
    course.

    **Milestones.** Late is what should have been reached before *as_of*. At risk is what is said to
    be; what depends, at whatever distance, on a milestone that is late or an activity that should
    have ended; what is due within 90 days and on which nobody has begun; what belongs to a
    suspended activity. What counts is the last day that the due may mean: at a session of which
    only the year is known, the last day of that year; `why` then gives the session and no count of
    days. Of what recurs, the next time counts: whether earlier ones were met is not recorded. Where
    it is done, the first time is; while its activity goes on, the next one after it counts as
    planned.

    Args:
        corpus: The records; its sessions tell when a milestone is due that is due at a session.
        roadmap: The road map, by identifier.
        as_of: The day to look from.

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
        ('behind', 'from 74 (2025) to 90 (2030): 77.2 expected by 2026-12-31, 76 observed for 2026: 62 % of the way expected')
    """
    day = as_of.date() if isinstance(as_of, datetime.datetime) else as_of
    one = corpus.roadmap(roadmap)
    measured = tuple(_measured(indicator, day) for indicator in one.indicators)
    reached = _milestones(corpus, one, day)
    return Progress(
        one,
        day,
        Table(measured, _MEASURED),
        Table(reached, _reached(corpus)),
        Table(_objectives(one, measured, reached), _OBJECTIVES),
    )


# --- indicators -----------------------------------------------------------------------------------


def _measured(indicator: Indicator, as_of: datetime.date) -> Measured:
    baseline = indicator.baseline
    begun = [each for each in indicator.observations if first_day(each.when) <= as_of]
    observed = max(
        reversed(begun), key=lambda each: last_day(each.when), default=None
    )  # of two for one day, the one written last
    targets = targets_of(indicator)
    keep = indicator.direction is Direction.MAINTAIN
    missing = _missing(indicator, targets, observed, as_of)
    if baseline is None or observed is None or missing:
        return Measured(
            indicator, Course.NO_DATA, observed, None, None, None, f"missing: {', '.join(missing)}"
        )
    day = last_day(observed.when)
    target = next(
        (each for each in targets if last_day(each.by) >= day), targets[-1] if targets else None
    )
    if day <= last_day(baseline.when):
        said = f"{_plain(observed.value)} observed for {observed.when}, not after the baseline of {baseline.when}: nothing has elapsed"
        return Measured(indicator, Course.NO_DATA, observed, None, target, None, said)
    expected = _expected(baseline, targets, day)
    start, value = Fraction(baseline.value), Fraction(observed.value)
    if (expected - start) * _SIGNS.get(indicator.direction, 0) < 0:
        assert indicator.direction is not None
        said = f"its path leads against its direction: {_way(baseline, targets, target)}, and it should {indicator.direction.value}"
        return Measured(indicator, Course.NO_DATA, observed, None, target, None, said)
    places = 1 + max(
        _places(each)
        for each in (baseline.value, observed.value, *(each.value for each in targets))
    )
    if keep or expected == start:
        course, outcome, share = (
            *_kept(indicator, targets, start, expected, value, places + 2),
            None,
        )
    else:
        share = (value - start) / (expected - start)
        course = (
            Course.AHEAD
            if share >= AHEAD
            else Course.ON_COURSE
            if share >= ON_COURSE
            else Course.BEHIND
        )
        outcome = (
            f"{_percent(share)} of the way expected"
            if share >= 0
            else f"farther from the target than the baseline ({_percent(share)})"
        )
        if target is not None and day >= last_day(target.by) and share < 1:
            outcome += f"; the target of {_plain(target.value)} was not reached"
    rounded = _plain(_decimal(expected, places))
    said = f"{_way(baseline, targets, target)}: {rounded} expected by {day}, {_plain(observed.value)} observed for {observed.when}: {outcome}"
    shown = (
        None
        if share is None
        else _decimal(Fraction(math.floor(share * 10**_SHARE), 10**_SHARE), _SHARE)
    )
    return Measured(
        indicator, course, observed, _decimal(expected, places + 2), target, shown, said, rounded
    )


def _missing(
    indicator: Indicator, targets: list[Target], observed: Observation | None, as_of: datetime.date
) -> list[str]:
    """What an indicator lacks, so that nothing can be said of its course."""
    target = (
        "target"
        if not indicator.targets or indicator.baseline is None
        else "target after the baseline"
    )
    needed = (
        ("baseline", indicator.baseline is not None),
        (target, bool(targets) or indicator.direction is Direction.MAINTAIN),
        (f"observation by {as_of}", observed is not None),
    )
    return [name for name, there in needed if not there]


def targets_of(indicator: Indicator) -> list[Target]:
    """The targets after the baseline, in order of date; of two for one day the one written last."""
    start = last_day(indicator.baseline.when) if indicator.baseline else datetime.date.min
    by_day = {last_day(target.by): target for target in indicator.targets}
    return [by_day[day] for day in sorted(by_day) if day > start]


def _expected(baseline: Observation, targets: list[Target], day: datetime.date) -> Fraction:
    """The value of the path on a day after the baseline."""
    points = [
        (last_day(baseline.when), Fraction(baseline.value)),
        *((last_day(each.by), Fraction(each.value)) for each in targets),
    ]
    for (since, low), (until, high) in itertools.pairwise(points):
        if day <= until:
            return low + (high - low) * Fraction((day - since).days, (until - since).days)
    return points[-1][1]


def _kept(
    indicator: Indicator,
    targets: list[Target],
    start: Fraction,
    expected: Fraction,
    value: Fraction,
    places: int,
) -> tuple[Course, str]:
    """How a value stands where the path has not left the baseline, or is to be maintained."""
    leads = Fraction(targets[-1].value) - start if targets else Fraction(0)
    rises = indicator.direction is Direction.INCREASE or (indicator.direction is None and leads > 0)
    falls = indicator.direction is Direction.DECREASE or (indicator.direction is None and leads < 0)
    worse = expected - value if rises else value - expected if falls else abs(value - expected)
    allowed = TOLERANCE * abs(start)
    if worse <= 0:
        return Course.ON_COURSE, "kept"
    off = f"off by {_plain(_decimal(worse, places))}, {_plain(_decimal(allowed, places))} allowed"
    return (Course.ON_COURSE if worse <= allowed else Course.BEHIND), off


def _way(baseline: Observation, targets: list[Target], target: Target | None) -> str:
    """The path up to *target*, in words."""
    start = f"from {_plain(baseline.value)} ({baseline.when})"
    if target is None:
        return f"{start}, to be maintained"
    between = targets[: targets.index(target)]
    stops = [f"{_plain(each.value)} ({each.by})" for each in between]
    through = (
        f" through {', '.join(stops) if len(stops) <= _LEGS else f'{len(stops)} targets'}"
        if stops
        else ""
    )
    return f"{start}{through} to {_plain(target.value)} ({target.by})"


def _decimal(value: Fraction, places: int) -> Decimal:
    """*value* rounded to so many places, half to even, and written without needless noughts."""
    rounded = Decimal(round(value * 10**places)).scaleb(-places, _WIDE)
    return Decimal(format(rounded.normalize(_WIDE), "f"))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _percent(share: Fraction) -> str:
    """Rounded down, so that nothing reads 90 % that is less."""
    return f"{math.floor(share * 100)} %"


# --- milestones -----------------------------------------------------------------------------------


def _milestones(corpus: Corpus, roadmap: Roadmap, as_of: datetime.date) -> tuple[Reached, ...]:
    unrolling = Unrolling.of(corpus)
    times = {
        milestone.id: _time(milestone, activity, roadmap, unrolling, as_of)
        for activity in roadmap.activities
        for milestone in activity.milestones
    }
    waiting = _waiting(corpus, roadmap, times, unrolling, as_of)
    found: list[Reached] = []
    for activity in roadmap.activities:
        for milestone in activity.milestones:
            time = times[milestone.id]
            standing, why = _standing(
                milestone, activity, time, waiting.get(milestone.id), corpus, as_of
            )
            found.append(Reached(milestone, activity, standing, time.window, why, time.session))
    return tuple(found)


def _time(
    milestone: Milestone,
    activity: Activity,
    roadmap: Roadmap,
    unrolling: Unrolling,
    as_of: datetime.date,
) -> Occurrence:
    """When a milestone is due; of what recurs the first time that is not over, or the last there
    is.
    """
    if milestone.due is None:
        return Occurrence(Window(None, None))
    since, until = span(activity, roadmap)
    return unrolling.next(milestone.due, since=since, until=until, as_of=as_of)


def _standing(
    milestone: Milestone,
    activity: Activity,
    time: Occurrence,
    waits_for: tuple[str, str] | None,
    corpus: Corpus,
    as_of: datetime.date,
) -> tuple[Standing, str]:
    status = time.status_of(milestone, activity, as_of)
    if status is MilestoneStatus.CANCELLED:
        return Standing.CANCELLED, "cancelled"
    if status is MilestoneStatus.DONE:
        return Standing.DONE, "done"
    if activity.status is ActivityStatus.CANCELLED:
        return Standing.CANCELLED, "its activity is cancelled"
    left = None if time.window.latest is None else (time.window.latest - as_of).days
    due = "" if left is None else _due(milestone, time, left, corpus)
    if left is not None and left < 0:
        return Standing.LATE, due
    risks: list[str] = []
    if status is MilestoneStatus.AT_RISK:
        risks.append("said to be at risk")
    if activity.status is ActivityStatus.SUSPENDED:
        risks.append("its activity is suspended")
    if waits_for is not None:
        late, nearest = waits_for
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


def _due(milestone: Milestone, time: Occurrence, left: int, corpus: Corpus) -> str:
    """When a milestone is due, in words: with the days that are left, or with the session alone
    where its days are not known.
    """
    again = "due again" if milestone.status is MilestoneStatus.DONE else "due"
    dated = milestone.due is not None and milestone.due.day is not None
    if time.session is None or dated or _has_days(corpus.calendar.get(time.session)):
        return f"{again} by {time.window.latest}, {f'in {_days(left)}' if left >= 0 else f'{_days(-left)} ago'}"
    when = in_short(time.window)
    some = f"some day {'from' if ' to ' in when else 'of'} {when}"
    return f"{again} at {meeting(time.session, milestone.due, corpus)}, {some} (its days are not known)"


def _has_days(session: Session | None) -> bool:
    """Whether the days of a session are known, and not only its month or year."""
    ends = [each for each in (session.opens, session.closes) if each] if session else []
    return bool(ends) and all(first_day(each) == last_day(each) for each in ends)


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _waiting(
    corpus: Corpus,
    roadmap: Roadmap,
    times: dict[str, Occurrence],
    unrolling: Unrolling,
    as_of: datetime.date,
) -> dict[str, tuple[str, str]]:
    """What waits, at whatever distance, for something late: to that which is late, and that which
    it waits for itself.

    A milestone waits for what it and its activity depend on, an activity for that and for its
    milestones. What is done or cancelled waits for nothing. Of another road map is known what is
    late in it, not what waits there.
    """
    late: list[str] = []
    over: set[str] = set()
    within: set[str] = set()
    followers: dict[str, list[str]] = defaultdict(list)
    named: dict[str, None] = {}
    for activity in roadmap.activities:
        start = f"the start of {activity.id}"  # stands between, so that many milestones and many dependencies need no edge for each pair
        within.add(activity.id)
        followers[start].append(activity.id)
        for each in activity.depends_on:
            followers[each].append(start)
            named[each] = None
        for milestone in activity.milestones:
            within.add(milestone.id)
            followers[start].append(milestone.id)
            followers[milestone.id].append(activity.id)
            for each in milestone.depends_on:
                followers[each].append(milestone.id)
                named[each] = None
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
        elif activity.period is not None and _is_late(activity.period.window(), as_of):
            late.append(activity.id)
    late += [
        each
        for each in named
        if each not in within and _is_late_elsewhere(corpus, each, unrolling, as_of)
    ]
    return _followed(followers, late, over, within)


def _followed(
    followers: Mapping[str, list[str]], late: list[str], over: set[str], within: set[str]
) -> dict[str, tuple[str, str]]:
    """What comes, at whatever distance, after something late and is not over: each with that, and
    with the record just before it.
    """
    found: dict[str, tuple[str, str]] = {}
    seen = {*late, *over}
    queue = [(each, each, each) for each in late]
    for here, origin, nearest in queue:
        for follower in followers.get(here, ()):
            if follower not in seen:
                seen.add(follower)
                found[follower] = (origin, nearest)
                # The start of an activity is no record: who waits for it waits for what it waits
                # for.
                queue.append((follower, origin, follower if follower in within else nearest))
    return found


_MILESTONE_OVER = (MilestoneStatus.DONE, MilestoneStatus.CANCELLED)
_ACTIVITY_OVER = (ActivityStatus.DONE, ActivityStatus.CANCELLED)


def _is_late(window: Window, as_of: datetime.date) -> bool:
    return window.latest is not None and window.latest < as_of


def _is_late_elsewhere(
    corpus: Corpus, name: str, unrolling: Unrolling, as_of: datetime.date
) -> bool:
    """Whether a part of another road map is late, by the same measure."""
    match corpus.get(name):
        case Activity() as activity:
            return (
                activity.status not in _ACTIVITY_OVER
                and activity.period is not None
                and _is_late(activity.period.window(), as_of)
            )
        case Milestone() as milestone:
            roadmap, of = corpus.ancestors(name)
            assert isinstance(roadmap, Roadmap)
            assert isinstance(of, Activity)
            given_up = milestone.status in _MILESTONE_OVER or of.status is ActivityStatus.CANCELLED
            return not given_up and _time(milestone, of, roadmap, unrolling, as_of).is_over(as_of)
        case _:
            return False


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
    """How many of each kind, those of which there is none too."""
    counts = Counter(each.value for each in found)
    return FrozenMap({each.value: counts[each.value] for each in kinds})


def _sum(name: str, counts: FrozenMap[int]) -> str:
    parts = ", ".join(_present(counts))
    return f"{sum(counts.values())} {name}" + (f" ({parts})" if parts else "")


def _present(counts: FrozenMap[int]) -> tuple[str, ...]:
    return tuple(f"{count} {kind}" for kind, count in counts.items() if count)


_MEASURED: dict[str, Callable[[Measured], Any]] = {
    "indicator": lambda each: each.indicator.id,
    "name": lambda each: each.indicator.name,
    "course": lambda each: each.course.value,
    "observed": lambda each: None if each.observed is None else each.observed.value,
    "observed for": lambda each: None if each.observed is None else each.observed.when,
    "expected": lambda each: each.expected,
    "share of the way expected": lambda each: each.share,
    "arithmetic": lambda each: each.arithmetic,
}
#: The same for reading; files have the numbers to more places.
_READ: dict[str, Callable[[Measured], Any]] = {
    **_MEASURED,
    "expected": lambda each: each.shown,
    "share of the way expected": lambda each: (
        None if each.share is None else _percent(Fraction(each.share))
    ),
}
_OBJECTIVES: dict[str, Callable[[ObjectiveProgress], Any]] = {
    "objective": lambda each: each.objective.id,
    "statement": lambda each: each.objective.statement,
    "activities": lambda each: _present(each.statuses),
    "milestones": lambda each: _present(each.milestones),
    "indicators": lambda each: _present(each.indicators),
}


def _reached(corpus: Corpus) -> dict[str, Callable[[Reached], Any]]:
    return {
        "milestone": lambda each: each.milestone.id,
        "title": lambda each: each.milestone.title,
        "lead": lambda each: each.activity.lead,
        "standing": lambda each: each.standing.value,
        "due": lambda each: each.window,
        "session": lambda each: meeting(each.session, each.milestone.due, corpus),
        "why": lambda each: each.why,
    }
