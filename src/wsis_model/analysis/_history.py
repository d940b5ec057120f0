"""The editions of a road map: what was promised when, what became of it, and who said so."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, TypeVar

import attrs

from ..checks.roadmaps.dates import done_by, status_of
from ..corpus import Corpus
from ..model import (
    Activity,
    ActivityStatus,
    Evidence,
    Milestone,
    MilestoneStatus,
    Observation,
    Roadmap,
    Update,
    Window,
)
from ..model.record import first_day, last_day
from ..tables import Table

__all__ = ["Dated", "Editions", "History", "Slip", "SlipKind", "editions", "history"]

Item = Activity | Milestone
S = TypeVar("S", ActivityStatus, MilestoneStatus)


@attrs.frozen
class Editions:
    """The editions of one road map, the oldest first: see
    [`editions`][wsis_model.analysis.editions].
    """

    roadmaps: tuple[Roadmap, ...]
    """The editions; each says when it was issued."""

    @property
    def latest(self) -> Roadmap:
        """The last edition."""
        return self.roadmaps[-1]

    def as_of(self, day: datetime.date) -> Roadmap:
        """The road map as it stood on a day: the edition in force on that day, with what is dated
        since and until that day in any edition, and without what is dated later.

        That is: updates, observations and evidence; the days on which milestones were reached and
        activities started and were finished, and the statuses that follow from them. A status that
        an update since that edition gives in the words of the field (`done`, `under-way`) counts
        too. Plans stay as in that edition. Before the first edition it is the first one, in which
        nothing has happened yet that is dated later.
        """
        return _Day.of(self.roadmaps, day).roadmap()


def editions(roadmaps: Iterable[Roadmap]) -> Editions:
    """The editions of one road map in order of time.

    Args:
        roadmaps: The editions in any order. They have one identifier, so that they are read from
            different files: `editions(load(path).roadmaps[0] for path in paths)`.

    Raises:
        ValueError: There is none; they are of several road maps; one does not say when it was
            issued, or two were issued on one day.

    Examples:
        >>> from wsis_model import Roadmap
        >>> first = Roadmap(id="plan", title="Plan", owners=["itu"], issued="2026-03-01")
        >>> second = first.replace(issued="2027-03-01", version="2")
        >>> both = editions([second, first])
        >>> both.latest.version, both.as_of(datetime.date(2026, 12, 31)).version
        ('2', None)
    """
    found = tuple(roadmaps)
    names = sorted({each.id for each in found})
    if len(names) != 1:
        msg = f"editions are of one road map, and these are of {', '.join(names) or 'none'}"
        raise ValueError(msg)
    undated = sum(each.issued is None for each in found)
    days = {each.issued for each in found}
    if undated or len(days) < len(found):
        do = "does" if undated == 1 else "do"
        what = f"{undated} of them {do} not" if undated else "two are of one day"
        msg = f"each edition of {names[0]} has to say when it was issued, and {what} (issued)"
        raise ValueError(msg)
    return Editions(tuple(sorted(found, key=_issued)))


def _issued(roadmap: Roadmap) -> datetime.date:
    assert roadmap.issued is not None
    return roadmap.issued


class SlipKind(str, Enum):
    """What became of something that was planned."""

    POSTPONED = "postponed"
    """A later edition says that it is due later."""
    BROUGHT_FORWARD = "brought forward"
    """A later edition says that it is due earlier."""
    LATE = "late"
    """It was reached or finished after it was due in the last edition before."""
    OVERDUE = "overdue"
    """It is past its day and not done."""
    CANCELLED = "cancelled"
    """A later edition cancels it."""
    DROPPED = "dropped"
    """A later edition does not hold it any more."""


@attrs.frozen
class Slip:
    """Something that did not go as planned: an activity or a milestone."""

    kind: SlipKind
    """What became of it."""
    record: str
    """The activity or milestone, e.g. `"c2-roadmap/a1.m1"`."""
    title: str
    """Its title."""
    planned: Window
    """When it was to be done, as the earlier edition says."""
    became: Window | None
    """When it is to be done now, or was; None if it is cancelled, dropped or overdue."""
    days: int | None
    """By how many days it moved: positive is later; None if it has no days."""
    told: datetime.date
    """When this was told: the day of the edition, or the day itself."""
    by: tuple[str, ...]
    """Who said so: who reported about it since the earlier edition, or else the owners."""
    why: str
    """The latest note of such a report; may be empty."""


@attrs.frozen
class Dated:
    """An activity or milestone with its planned and actual dates."""

    record: str
    """The activity or milestone."""
    title: str
    """Its title."""
    first_planned: Window
    """When it was to be done when it was first planned."""
    planned: Window
    """When it is to be done, as the last edition with it says."""
    actual: datetime.date | None
    """The day on which it was reached or finished."""
    status: str
    """Its status in the last edition with it; `dropped` if the last edition does not hold it."""
    days: int | None
    """How many days after the day it was first due it was done, or is due now; negative if before;
    None if it has no days."""


@attrs.frozen
class History:
    """What became of a road map's plans: see [`history`][wsis_model.analysis.history]."""

    editions: Editions
    """The editions."""
    slips: Table[Slip]
    """What did not go as planned, in order of time."""
    dates: Table[Dated]
    """Every activity and milestone of any edition, with planned and actual dates."""

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data, for JSON."""
        return {
            "roadmap": self.editions.latest.id,
            "editions": [str(each.issued) for each in self.editions.roadmaps],
            "slips": self.slips.to_dicts(plain=True),
            "dates": self.dates.to_dicts(plain=True),
        }

    def to_text(self, width: int | None = None) -> str:
        """The tables as lines of text, no wider than *width*."""
        days = ", ".join(str(each.issued) for each in self.editions.roadmaps)
        return "\n".join(
            (
                f"{self.editions.latest.id}, editions of {days}",
                "",
                f"Not as planned: {len(self.slips) or 'nothing'}",
                *([self.slips.to_text(width)] if len(self.slips) else []),
                "",
                "Planned and actual",
                self.dates.to_text(width),
            )
        )

    def __str__(self) -> str:
        return self.to_text()


def history(
    corpus: Corpus,
    roadmaps: Editions | Iterable[Roadmap],
    *,
    as_of: datetime.date | None = None,
) -> History:
    """What slipped in the editions of a road map, when, and who said so; and for every item its
    planned and actual dates.

    Records are the same by identifier, which is for life. A due that is less exact is no slip:
    `2027` after `2027-03` ends later, and is `postponed`; `2027-03` after `2027` is neither.

    Args:
        corpus: What gives sessions their days: `catalogue()`.
        roadmaps: The editions, as for [`editions`][wsis_model.analysis.editions].
        as_of: The day of the question, for what is overdue; without it nothing is.

    Raises:
        ValueError: As [`editions`][wsis_model.analysis.editions] does.

    Examples:
        >>> from wsis_model import Corpus, Roadmap
        >>> def plan(issued: str, due: str) -> Roadmap:
        ...     milestone = {"id": "plan/a1.m1", "title": "Survey", "due": {"date": due}}
        ...     activity = {"id": "plan/a1", "title": "Schools", "milestones": [milestone]}
        ...     return Roadmap(
        ...         id="plan", title="Plan", owners=["itu"], issued=issued, activities=[activity]
        ...     )
        >>> found = history(Corpus(), [plan("2026-03-01", "2027"), plan("2027-03-01", "2028")])
        >>> [(slip.kind.value, slip.record, slip.days, slip.by) for slip in found.slips]
        [('postponed', 'plan/a1.m1', 366, ('itu',))]
    """
    found = roadmaps if isinstance(roadmaps, Editions) else editions(roadmaps)
    items = [_items(each) for each in found.roadmaps]
    slips = [
        slip
        for number in range(1, len(items))
        for slip in _between(corpus, found.roadmaps, items, number)
    ]
    slips += _late(corpus, found.roadmaps, items)
    if as_of is not None:
        slips += _overdue(corpus, found.latest, items[-1], as_of)
    slips.sort(key=lambda slip: slip.told)
    names = dict.fromkeys(name for each in items for name in each)
    return History(
        found,
        Table(tuple(slips), _SLIPS),
        Table(tuple(_dated(corpus, items, name) for name in names), _DATES),
    )


def _items(roadmap: Roadmap) -> dict[str, Item]:
    """The activities and milestones of an edition, by identifier."""
    found: dict[str, Item] = {}
    for activity in roadmap.activities:
        found[activity.id] = activity
        found.update({each.id: each for each in activity.milestones})
    return found


def _actual(item: Item) -> datetime.date | None:
    """The day on which something was done."""
    return item.reached if isinstance(item, Milestone) else item.finished


def _is_cancelled(item: Item) -> bool:
    return item.status in (ActivityStatus.CANCELLED, MilestoneStatus.CANCELLED)


def _days_between(planned: Window, became: Window) -> int | None:
    """By how many days the end moved; None if one has no end."""
    if planned.latest is None or became.latest is None:
        return None
    return (became.latest - planned.latest).days


def _said(
    edition: Roadmap, item: Item, since: datetime.date, until: datetime.date
) -> tuple[tuple[str, ...], str]:
    """Who reported about something, or the activity it is part of, after one day and until another,
    and the last note; the owners of the edition if nobody did.
    """
    activity = item.id
    if isinstance(item, Milestone):
        steps = ((step.id, each.id) for each in edition.activities for step in each.milestones)
        activity = next((owner for step, owner in steps if step == item.id), item.id)
    reports = sorted(
        (
            each
            for each in edition.updates
            if each.about in (item.id, activity) and since < each.date <= until
        ),
        key=lambda update: update.date,
    )
    by = tuple(dict.fromkeys(each.by for each in reports if each.by))
    return by or edition.owners, next((each.note for each in reversed(reports) if each.note), "")


def _between(
    corpus: Corpus, roadmaps: Sequence[Roadmap], items: Sequence[dict[str, Item]], number: int
) -> Iterator[Slip]:
    """What an edition plans otherwise than the one before."""
    edition, since, told = (
        roadmaps[number],
        _issued(roadmaps[number - 1]),
        _issued(roadmaps[number]),
    )
    for name, before in items[number - 1].items():
        if _is_cancelled(before):
            continue
        after = items[number].get(name)
        planned, became, days = done_by(corpus, before), None, None
        if after is None:
            kind = SlipKind.DROPPED
        elif _is_cancelled(after):
            kind = SlipKind.CANCELLED
        else:
            became = done_by(corpus, after)
            days = _days_between(planned, became)
            if days is not None and days > 0:
                kind = SlipKind.POSTPONED
            elif became.latest and planned.earliest and became.latest < planned.earliest:
                kind = SlipKind.BROUGHT_FORWARD
            else:
                continue
        by, why = _said(edition, after or before, since, told)
        title = _title(after or before)
        yield Slip(kind, name, title, planned, became, days, told, by, why)


def _title(item: Item) -> str:
    return item.title.pick()


def _late(
    corpus: Corpus, roadmaps: Sequence[Roadmap], items: Sequence[dict[str, Item]]
) -> Iterator[Slip]:
    """What was done after it was due in the last edition before that day."""
    told: set[str] = set()
    for edition, held in zip(roadmaps, items, strict=True):
        for name, item in held.items():
            day = _actual(item)
            if day is None or name in told:
                continue
            told.add(name)
            before = [
                each[name]
                for roadmap, each in zip(roadmaps, items, strict=True)
                if name in each and _issued(roadmap) <= day
            ]
            planned = done_by(corpus, before[-1] if before else item)
            became = Window(day, day)
            days = _days_between(planned, became)
            if days is not None and days > 0:
                by, why = _said(edition, item, datetime.date.min, _issued(edition))
                yield Slip(SlipKind.LATE, name, _title(item), planned, became, days, day, by, why)


def _overdue(
    corpus: Corpus, latest: Roadmap, items: dict[str, Item], as_of: datetime.date
) -> Iterator[Slip]:
    """What is past its day and not done."""
    for name, item in items.items():
        planned = done_by(corpus, item)
        if status_of(item) in _ENDED or planned.latest is None or planned.latest >= as_of:
            continue
        by, why = _said(latest, item, planned.latest, as_of)
        days = (as_of - planned.latest).days
        yield Slip(SlipKind.OVERDUE, name, _title(item), planned, None, days, as_of, by, why)


_ENDED = (
    ActivityStatus.DONE,
    ActivityStatus.CANCELLED,
    MilestoneStatus.DONE,
    MilestoneStatus.CANCELLED,
)


def _dated(corpus: Corpus, items: Sequence[dict[str, Item]], name: str) -> Dated:
    """The planned and actual dates of something that an edition holds."""
    versions = [each[name] for each in items if name in each]
    last = versions[-1]
    first_planned, planned = done_by(corpus, versions[0]), done_by(corpus, last)
    actual = _actual(last)
    became = planned if actual is None else Window(actual, actual)
    status = status_of(last).value if name in items[-1] else SlipKind.DROPPED.value
    days = _days_between(first_planned, became)
    return Dated(name, _title(last), first_planned, planned, actual, status, days)


@attrs.frozen
class _Day:
    """What the editions of a road map know of a day."""

    day: datetime.date
    edition: Roadmap
    """The edition in force on it; the first if there was none."""
    updates: tuple[Update, ...]
    """What was reported until then."""
    happened: dict[tuple[str, str], datetime.date]
    """Activity or milestone, and field, to the day on which that happened, also later."""
    observations: dict[str, tuple[Observation, ...]]
    """Indicator to what was measured until then."""
    told: dict[str, str]
    """What the last update since the edition says of the status of something."""

    @classmethod
    def of(cls, roadmaps: Sequence[Roadmap], day: datetime.date) -> _Day:
        before = [each for each in roadmaps if _issued(each) <= day]
        edition = before[-1] if before else roadmaps[0]
        updates = dict.fromkeys(
            each for roadmap in roadmaps for each in roadmap.updates if each.date <= day
        )
        happened = {
            (item.id, field): when
            for roadmap in roadmaps
            for item in _items(roadmap).values()
            for field in _HAPPENS
            if (when := getattr(item, field, None)) is not None
        }
        observations: dict[str, dict[Observation, None]] = {}
        for roadmap in roadmaps:
            for indicator in roadmap.indicators:
                own = indicator.observations
                measured = observations.setdefault(indicator.id, {})
                measured.update((each, None) for each in own if last_day(each.when) <= day)
        in_order = tuple(sorted(updates, key=lambda each: each.date))
        return cls(
            day,
            edition,
            in_order,
            happened,
            {name: tuple(sorted(found, key=_when)) for name, found in observations.items()},
            {
                each.about: each.status
                for each in in_order
                if each.status and each.date > _issued(edition)
            },
        )

    def roadmap(self) -> Roadmap:
        """The road map as it stood."""
        return self.edition.replace(
            activities=[self._activity(each) for each in self.edition.activities],
            indicators=[
                each.replace(observations=self.observations[each.id])
                for each in self.edition.indicators
            ],
            updates=[each.replace(evidence=self._evidence(each)) for each in self.updates],
        )

    def _evidence(self, holder: Update | Milestone) -> list[Evidence]:
        return [each for each in holder.evidence if each.date is None or each.date <= self.day]

    def _activity(self, activity: Activity) -> Activity:
        started, finished = (self._until_then(activity, each) for each in ("started", "finished"))
        status = self._status(activity, "finished", ActivityStatus)
        if started and status is ActivityStatus.PLANNED:
            status = ActivityStatus.UNDER_WAY
        milestones = [
            each.replace(
                status=self._status(each, "reached", MilestoneStatus),
                reached=self._until_then(each, "reached"),
                evidence=self._evidence(each),
            )
            for each in activity.milestones
        ]
        return activity.replace(
            status=status, started=started, finished=finished, milestones=milestones
        )

    def _until_then(self, item: Item, field: str) -> datetime.date | None:
        """The day on which something happened to an item, if that was until then."""
        when = self.happened.get((item.id, field))
        return when if when is not None and when <= self.day else None

    def _status(self, item: Item, field: str, statuses: type[S]) -> S:
        """The status of an item: done, if it was until then; or what was told since the edition;
        or what the edition says, unless it says that it is done and that was later.
        """
        stated = statuses(item.status.value)
        if _is_cancelled(item):
            return stated
        if self._until_then(item, field):
            return statuses("done")
        told = self.told.get(item.id)
        if told in {each.value for each in statuses}:
            return statuses(told)
        later = (item.id, field) in self.happened
        return statuses("planned") if later and stated.value == "done" else stated


_HAPPENS = ("started", "finished", "reached")


def _when(observation: Observation) -> datetime.date:
    return first_day(observation.when)


_SLIPS: dict[str, Callable[[Slip], Any]] = {
    "told": lambda slip: slip.told,
    "what": lambda slip: slip.kind.value,
    "record": lambda slip: slip.record,
    "title": lambda slip: slip.title,
    "planned": lambda slip: slip.planned,
    "became": lambda slip: slip.became,
    "days": lambda slip: slip.days,
    "by": lambda slip: slip.by,
    "why": lambda slip: slip.why,
}
_DATES: dict[str, Callable[[Dated], Any]] = {
    "record": lambda row: row.record,
    "title": lambda row: row.title,
    "first planned": lambda row: row.first_planned,
    "planned": lambda row: row.planned,
    "actual": lambda row: row.actual,
    "status": lambda row: row.status,
    "days": lambda row: row.days,
}
