"""Workload: what each entity and group owns, leads, joins, is asked for and must report."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from .._collector import paused_collector
from ..checks.roadmaps.common import in_force
from ..corpus import Corpus
from ..model import (
    Activity,
    ActivityStatus,
    Document,
    Due,
    Entity,
    MilestoneStatus,
    Roadmap,
    StakeholderGroup,
    Window,
)
from ..queries import ACTORS
from ..tables import Table
from ._answers import put
from ._calendar import Occurrence, Unrolling, is_over, span
from ._expected import names_addressing

__all__ = ["Load", "Reporting", "workload"]


@attrs.frozen
class Reporting:
    """Something that is to be reported: what, to whom, and when."""

    what: str
    """The mandate that asks for the report, or the road map that is reported, e.g.
    `"80-173/113.1"`.
    """
    to: tuple[str, ...]
    """To whom, e.g. `("cstd",)`."""
    window: Window
    """When, if it is known."""

    def __str__(self) -> str:
        when = "" if self.window == _NO_DATE else f" ({self.window})"
        return f"{self.what} to {', '.join(self.to)}{when}"


@attrs.frozen
class Load:
    """The workload of one entity or group: see [`workload`][wsis_model.analysis.workload]."""

    actor: str
    """The entity or group, e.g. `"itu"`."""
    name: str
    """Its name; empty if the corpus does not hold it."""
    owns: tuple[str, ...]
    """The road maps it owns."""
    leads: tuple[str, ...]
    """The activities it leads that are neither done nor cancelled."""
    joins: tuple[str, ...]
    """The activities in which it is a partner that are neither done nor cancelled."""
    milestones: tuple[str, ...]
    """The open milestones of the activities it leads."""
    asked: tuple[str, ...]
    """The mandates that name it."""
    asked_through: tuple[str, ...]
    """The mandates that reach it only through a group it belongs to, or a body it is part of."""
    reports: tuple[Reporting, ...]
    """What it must report, and to whom."""
    receives: tuple[str, ...]
    """The mandates and road maps that are reported to it."""
    next_due: Window | None
    """When the first of its open milestones and mandates is due that is not over on the given day;
    None if none has a date. Without a day it is the first of all, and may be in the past.
    """
    overdue: tuple[str, ...] = ()
    """The open milestones that were due before the given day; none without a day."""

    @property
    def burden(self) -> int:
        """How many road maps, activities and mandates it owns, leads, joins, is named by or reports
        on.
        """
        return len(
            {
                *self.owns,
                *self.leads,
                *self.joins,
                *self.asked,
                *(each.what for each in self.reports),
            }
        )


_NO_DATE = Window(None, None)


def workload(
    corpus: Corpus,
    actor: str | None = None,
    *,
    document: str | None = None,
    as_of: datetime.date | None = None,
) -> Table[Load]:
    """What each entity and group leads, joins and must report: the greatest burden first.

    There is a row for each actor that owns a road map, leads or joins an activity, is named by a
    mandate, or is reported to. Superseded road maps, and activities and milestones that are done or
    cancelled, are left out.

    *Reports* are mandates with a `reports_to` that name the actor, or a group of those with a role
    that it has (an Action Line facilitator is asked for a road map of its line), and the road maps
    it owns that have a `reports_to`.

    The *burden* is a number: how many road maps it owns, activities it leads or joins, mandates
    that name it, and mandates and road maps that it reports on, each counted once. Mandates that
    reach it through a group or a body are listed (*asked through*), but not counted. Milestones are
    parts of activities, and not counted separately.

    Args:
        corpus: The road maps, together with the documents and actors that they refer to:
            `workload(catalogue() | mine)`.
        actor: Only this entity or group, by identifier, acronym or name. The table then lists
            records instead of numbers.
        document: Count only mandates of this document; None for every document.
        as_of: The day of the question: next due is then the first due after it, or the next
            occurrence; an open milestone that was due before is overdue, and the table counts these
            too. Mandates due on an earlier day are over, because it is not known whether they were
            met. Without a day nothing is over: next due is the first due of all, or the first
            occurrence.

    Raises:
        UnknownIdentifier: There is no such entity, group or document.

    Examples:
        >>> from wsis_model import catalogue
        >>> [load] = workload(catalogue(), "ITU", document="80-173")
        >>> load.asked
        ('80-173/67.1', '80-173/67.2', '80-173/121.3')
        >>> [str(each) for each in load.reports]
        ['80-173/67.2 to cstd (2027-01-01 to 2027-12-31)',
         '80-173/113.1 to cstd (2027-01-01 to 2027-12-31)']
    """
    documents = corpus.documents if document is None else (corpus.document(document),)
    assignments = _Assignments(Unrolling.of(corpus), as_of)
    for each in documents:
        assignments.read_document(each)
    for roadmap in in_force(corpus):
        assignments.read_roadmap(roadmap)
    loads = _Loads(corpus, assignments, as_of, names_addressing(corpus))
    if actor is not None:
        return Table((loads.of(corpus.find(actor, ACTORS).id),), _columns(_WHAT, as_of))
    with paused_collector():  # it would run again and again for millions of small tuples
        rows = sorted(
            map(loads.of, assignments.actors()), key=lambda load: (-load.burden, load.actor)
        )
    return Table(tuple(rows), _columns(_HOW_MANY, as_of))


@attrs.frozen
class _Task:
    """A mandate or a milestone, and when it is due."""

    record: str
    window: Window
    reports_to: tuple[str, ...] = ()


def _lists() -> dict[str, list[Any]]:
    return defaultdict(list)


@attrs.frozen
class _Assignments:
    """The records of each actor, in the order of documents and road maps."""

    unrolling: Unrolling
    as_of: datetime.date | None
    owns: dict[str, list[Roadmap]] = attrs.field(factory=_lists)
    leads: dict[str, list[Activity]] = attrs.field(factory=_lists)
    joins: dict[str, list[Activity]] = attrs.field(factory=_lists)
    milestones: dict[str, list[_Task]] = attrs.field(factory=_lists)
    mandates: dict[str, list[_Task]] = attrs.field(factory=_lists)
    receives: dict[str, list[str]] = attrs.field(factory=_lists)
    order: dict[str, int] = attrs.field(factory=dict[str, int])
    """The mandates, numbered in the order of the documents."""

    def actors(self) -> dict[str, None]:
        """All actors with something to do."""
        return dict.fromkeys((*self.owns, *self.leads, *self.joins, *self.mandates, *self.receives))

    def read_document(self, document: Document) -> None:
        since = document.adopted.year if document.adopted else None
        for provision in document.provisions:
            for mandate in provision.mandates:
                self.order.setdefault(mandate.id, len(self.order))
                task = _Task(
                    mandate.id,
                    self._time(mandate.due, since, datetime.date.max).window,
                    mandate.reports_to,
                )
                put(self.mandates, mandate.addressees, task)
                put(self.receives, mandate.reports_to, mandate.id)

    def read_roadmap(self, roadmap: Roadmap) -> None:
        put(self.owns, roadmap.owners, roadmap)
        put(self.receives, roadmap.reports_to, roadmap.id)
        for activity in roadmap.activities:
            if activity.status in (ActivityStatus.DONE, ActivityStatus.CANCELLED):
                continue
            put(self.joins, activity.partners, activity)
            if activity.leads:
                put(self.leads, activity.leads, activity)
                since, until = span(activity, roadmap)
                for milestone in activity.milestones:
                    time = self._time(milestone.due, since, until)
                    if time.status_of(milestone, activity, self.as_of) not in (
                        MilestoneStatus.DONE,
                        MilestoneStatus.CANCELLED,
                    ):
                        put(self.milestones, activity.leads, _Task(milestone.id, time.window))

    def _time(self, due: Due | None, since: int | None, until: datetime.date) -> Occurrence:
        return (
            Occurrence(_NO_DATE)
            if due is None
            else self.unrolling.next(due, since=since, until=until, as_of=self.as_of)
        )


@attrs.frozen
class _Loads:
    """Makes the row of an actor."""

    corpus: Corpus
    assignments: _Assignments
    as_of: datetime.date | None
    names: Callable[[str], frozenset[str]]
    """Gives the addressees that mean an actor."""
    by_groups: dict[frozenset[str], tuple[str, ...]] = attrs.field(
        factory=dict[frozenset[str], tuple[str, ...]]
    )
    """The mandates that name any of some groups; worked out once, because it may be all there are.
    """

    def of(self, actor: str) -> Load:
        assignments = self.assignments
        record = self.corpus.get(actor)
        own = assignments.mandates.get(actor, [])
        asked = tuple(task.record for task in own)
        in_name = self._tasks(self.names(actor))
        milestones = assignments.milestones.get(actor, [])
        return Load(
            actor=actor,
            name=_name(record),
            owns=tuple(each.id for each in assignments.owns.get(actor, ())),
            leads=tuple(each.id for each in assignments.leads.get(actor, ())),
            joins=tuple(each.id for each in assignments.joins.get(actor, ())),
            milestones=tuple(task.record for task in milestones),
            asked=asked,
            asked_through=self._through(actor, record, asked),
            reports=self._reports(actor, in_name),
            receives=tuple(assignments.receives.get(actor, ())),
            next_due=min(
                (
                    task.window
                    for task in (*milestones, *in_name)
                    if task.window.latest and not self._is_over(task)
                ),
                default=None,
            ),
            overdue=tuple(task.record for task in milestones if self._is_over(task)),
        )

    def _tasks(self, actors: Iterable[str]) -> list[_Task]:
        """The mandates that name any of some actors, in the order of their documents."""
        tasks = {
            task.record: task
            for actor in actors
            for task in self.assignments.mandates.get(actor, ())
        }
        return sorted(tasks.values(), key=lambda task: self.assignments.order[task.record])

    def _through(self, actor: str, record: Any, asked: tuple[str, ...]) -> tuple[str, ...]:
        if not isinstance(record, (Entity, StakeholderGroup)):
            return ()
        groups = frozenset(
            each
            for each in self.corpus.routes(actor)
            if each != actor and each in self.assignments.mandates
        )
        if groups not in self.by_groups:
            self.by_groups[groups] = tuple(task.record for task in self._tasks(groups))
        own = frozenset(asked)
        return tuple(each for each in self.by_groups[groups] if each not in own)

    def _reports(self, actor: str, asked: Iterable[_Task]) -> tuple[Reporting, ...]:
        mandates = [
            Reporting(task.record, task.reports_to, task.window)
            for task in asked
            if task.reports_to
        ]
        roadmaps = [
            Reporting(each.id, each.reports_to, _NO_DATE)
            for each in self.assignments.owns.get(actor, ())
            if each.reports_to
        ]
        return (*mandates, *roadmaps)

    def _is_over(self, task: _Task) -> bool:
        return self.as_of is not None and is_over(task.window, self.as_of)


def _name(record: Any) -> str:
    if isinstance(record, Entity):
        return str(record.name)
    return str(record.label) if isinstance(record, StakeholderGroup) else ""


_WHAT: dict[str, Callable[[Load], Any]] = {
    "actor": lambda load: load.actor,
    "name": lambda load: load.name,
    "burden": lambda load: load.burden,
    "owns": lambda load: load.owns,
    "leads": lambda load: load.leads,
    "joins": lambda load: load.joins,
    "milestones": lambda load: load.milestones,
    "asked": lambda load: load.asked,
    "asked through": lambda load: load.asked_through,
    "reports": lambda load: load.reports,
    "receives": lambda load: load.receives,
    "overdue": lambda load: load.overdue,
    "next due": lambda load: load.next_due,
}


_LISTS = (
    "owns",
    "leads",
    "joins",
    "milestones",
    "asked",
    "asked through",
    "reports",
    "receives",
    "overdue",
)


def _counted(show: Callable[[Load], Any]) -> Callable[[Load], Any]:
    return lambda load: len(show(load))


_HOW_MANY = {name: _counted(show) if name in _LISTS else show for name, show in _WHAT.items()}


def _columns(
    columns: dict[str, Callable[[Load], Any]], as_of: datetime.date | None
) -> dict[str, Callable[[Load], Any]]:
    """The columns; without a day no `overdue`, because zeros would say that nothing is late."""
    return {name: show for name, show in columns.items() if name != "overdue" or as_of is not None}
