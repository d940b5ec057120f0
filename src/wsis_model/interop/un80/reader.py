"""Rows of the dashboard as a road map."""

from __future__ import annotations

import datetime
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
from pydantic import ValidationError

from ..._catalogue import catalogue
from ..._collector import paused_collector
from ...corpus import Corpus, TopRecord
from ...errors import Finding, LoadError, excerpt
from ...model import (
    Activity,
    ActivityStatus,
    Certainty,
    Due,
    Entity,
    Milestone,
    MilestoneStatus,
    Objective,
    Roadmap,
    RoadmapKind,
    RoadmapStatus,
    Source,
    Translations,
    Update,
)
from ...model.record import EXTENSION_KEY, Extensions, first_day
from .._drafting import bytes_of
from .._reading import LeftOut, Repair
from .actors import Actors
from .wire import DEADLINES, Row, rows_of, slug_of

__all__ = ["ActionPlan", "read"]

IDENTIFIER = "un80"
TITLE = "UN80 Initiative Action Plan"
ADDRESS = "https://un80actions.un.org"
TERMS = "published by the United Nations, whose words they are"
OTHERS = "-"
"""The name of the extension that holds what has no name of its own that fits."""

_STATUSES = {
    "decision taken": ActivityStatus.DONE,
    "further work ongoing": ActivityStatus.UNDER_WAY,
}
_PACKAGE = ("work_package_number", "work_package_name", "work_package_goal", "work_package_leads")
_TOLD_BY = ("indicative_activity", "first_milestone", "final_milestone")
"""What an action is about: it changes less from file to file than days, status and updates."""
_TIMED = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")
"""A day with a time, as databases write it."""
_MILESTONES = {"first": "First milestone", "final": "Final milestone", "upcoming": "Next milestone"}
"""What a milestone is called of which the file says only when it is due."""


@attrs.frozen
class ActionPlan:
    """What was made of the file of an action plan."""

    roadmap: Roadmap
    """The road map."""
    entities: tuple[Entity, ...] = ()
    """The actors that it names and the catalogue does not hold, by identifier: each has the name
    that the file gives it, and no facts beside."""
    left_out: tuple[LeftOut, ...] = ()
    """The rows that found no place in it: each stands in the file once more."""
    repairs: tuple[Repair, ...] = ()
    """What was not as the format has it, and how it was read."""

    @property
    def records(self) -> tuple[TopRecord, ...]:
        """The road map and the new actors, as any reader gives its records."""
        return (self.roadmap, *self.entities)

    @property
    def corpus(self) -> Corpus:
        """The road map with the new actors, to be joined with the catalogue."""
        return Corpus.of(*self.records)


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    corpus: Corpus | None = None,
    owners: Sequence[str] = ("secretary-general",),
    published: datetime.date | None = None,
) -> ActionPlan:
    """Read the dashboard's `actions.json`: a road map with the actors that are new in it.

    Identifiers are made of the report, the number of the action and, for a sub-action, its name:
    they are the same in every version of the file, whatever the order of its rows.

    Args:
        source: Path of the file, or its bytes.
        corpus: Where to look up actors by their names; None for the shipped catalogue.
        owners: Who is responsible for the road map; the file does not say.
        published: The day of the file, which it does not give itself: the version of the road map,
            and the day of what its `updates` say. Without it they stand in the extensions.

    Raises:
        LoadError: The file is not of this format; every problem, each with its place.

    Examples:
        >>> plan = read(b'''[{
        ...     "report": "WS3", "work_package_number": 1, "work_package_name": "Peace operations",
        ...     "action_number": 14, "indicative_activity": "Delegate tasks",
        ...     "work_package_leads": ["USG DPPA", "USG Policy"], "action_entities": "DPO; UNDP",
        ...     "final_milestone": "Note", "final_milestone_deadline": "2026-06-10",
        ...     "public_action_status": "Further work ongoing"
        ... }]''')
        >>> (activity,) = plan.roadmap.activities
        >>> activity.id, activity.leads, activity.partners, str(activity.milestones[0].due)
        ('un80/ws3-a14', ('dppa', 'un80-usg-policy'), ('dpo', 'undp'), '2026-06-10')
        >>> [entity.id for entity in plan.entities]
        ['un80-usg-policy']
    """
    data, file = bytes_of(source)
    with paused_collector():
        rows = rows_of(data, file)
        actors = Actors.of(catalogue() if corpus is None else corpus, IDENTIFIER)
        origin = Source(
            title=TITLE,
            url=ADDRESS,
            terms=TERMS,
            certainty=Certainty.REPORTED,
            date=published,
            retrieved=published,
        )
        return _Reader(actors, published, origin).read(rows, tuple(owners))


@attrs.frozen
class _Package:
    """A work package of a report: its objective, and what all its rows say of it alike."""

    objective: Objective
    values: dict[str, Any]


@attrs.define(eq=False)
class _Reader:
    """Makes records of rows."""

    actors: Actors
    published: datetime.date | None
    origin: Source
    left_out: list[LeftOut] = attrs.Factory(list[LeftOut])
    repairs: list[Repair] = attrs.Factory(list[Repair])
    faults: list[Finding] = attrs.Factory(list[Finding])

    def read(self, rows: Iterable[Row], owners: tuple[str, ...]) -> ActionPlan:
        """The road map of all rows.

        Raises:
            LoadError: Something in them is nothing that a record takes.
        """
        named = self._named(rows)
        packages = self._packages(named.values())
        activities: list[Activity] = []
        updates: list[Update] = []
        for name, row in named.items():
            try:
                package = packages.get(_package_of(row))
                activities.append(self._activity(name, row, package))
                updates += self._updates(name, row)
            except ValidationError as error:
                self._fail(row, error)
        if self.faults:
            raise LoadError(tuple(self.faults))
        roadmap = Roadmap(
            id=IDENTIFIER,
            title=Translations(en=TITLE),
            kind=RoadmapKind.ORGANISATIONAL,
            owners=owners,
            status=RoadmapStatus.PUBLISHED,
            version=None if self.published is None else self.published.isoformat(),
            issued=self.published,
            objectives=tuple(each.objective for each in packages.values()),
            activities=tuple(activities),
            updates=tuple(updates),
            source=self.origin,
        )
        entities = self.actors.entities(self.origin)
        return ActionPlan(roadmap, entities, tuple(self.left_out), tuple(self.repairs))

    def _fail(self, row: Row, error: ValidationError) -> None:
        for each in error.errors(include_url=False, include_input=False):
            message = excerpt(each["msg"], 160).strip("'\"")
            key, *inner = each.get("ctx", {}).get("path", ("",))
            path = (key.removeprefix(f"{IDENTIFIER}:"), *inner)
            path = path[1:] if path[0] == OTHERS else path
            self.faults.append(Finding("wrong-value", message, row.place(path), (row.index, *path)))

    def _named(self, rows: Iterable[Row]) -> dict[str, Row]:
        """The rows by the identifiers of their activities, in the order of their numbers."""
        once: dict[str, Row] = {}
        for row in rows:
            if once.setdefault(row.digest(), row) is not row:
                text = f"action {row.text('action_number')}"
                self.left_out.append(LeftOut(row.position, text, "stands in the file already"))
        named: dict[str, Row] = {}
        left = tuple(once.values())
        # Of several that would share a name, each is told by what it is about, or else by all.
        for keys in ((), (_TOLD_BY,), (_TOLD_BY, None)):
            by_name: dict[str, list[Row]] = defaultdict(list)
            for row in left:
                by_name["-".join((_identifier(row), *map(row.digest, keys)))].append(row)
            named |= {name: several[0] for name, several in by_name.items() if len(several) == 1}
            left = tuple(row for several in by_name.values() if len(several) > 1 for row in several)
        return dict(sorted(named.items(), key=lambda item: _natural(item[1], item[0])))

    def _packages(self, rows: Iterable[Row]) -> dict[str, _Package]:
        """The work packages by identifier, in the order of their numbers."""
        by_name: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if name := _package_of(row):
                by_name[name].append(row)
        found: dict[str, _Package] = {}
        for name, several in by_name.items():
            values: dict[str, Any] = {}
            for key in _PACKAGE:
                # The value of most rows; of several such, one that does not depend on their order.
                said = Counter(repr(row.values[key]) for row in several if key in row.values)
                if said:
                    most = min(said, key=lambda text: (-said[text], text))
                    values[key] = next(
                        row.values[key] for row in several if repr(row.values.get(key)) == most
                    )
            try:
                found[name] = _package(name, values)
            except ValidationError as error:
                self._fail(several[0], error)
        return dict(sorted(found.items(), key=lambda item: _in_order(item[0])))

    def _activity(self, name: str, row: Row, package: _Package | None) -> Activity:
        rest = _Rest(row, {} if package is None else package.values)
        details, activity = row.text("sub_action_details"), row.text("indicative_activity")
        if details and (row.values.get("is_subaction") or not activity):
            title, description = rest.take("sub_action_details"), rest.take("indicative_activity")
        else:
            title, description = rest.take("indicative_activity"), rest.take("doc_text")
        found = [self.actors.find(each) for each in _leads(row)]
        leads = tuple(dict.fromkeys(filter(None, found)))
        partners = map(self.actors.find, row.names("action_entities"))
        status = self._status(row)
        milestones = tuple(self._milestones(name, row, rest, status))
        if self.published is not None:
            rest.take("updates")
        return Activity(
            id=name,
            title=Translations(en=title),
            description=description or None,
            objective=None if package is None else package.objective.id,
            lead=leads[0] if leads else None,
            co_leads=leads[1:],
            partners=tuple(
                dict.fromkeys(each for each in partners if each is not None and each not in leads)
            ),
            milestones=milestones,
            status=status,
            extensions=Extensions(rest.extensions()),
        )

    def _status(self, row: Row) -> ActivityStatus:
        said = row.text("public_action_status")
        status = _STATUSES.get(" ".join(said.casefold().split()))
        if said and status is None:
            self.repairs.append(
                Repair("unknown-status", row.position, said, "read as planned, and kept")
            )
        return status or ActivityStatus.PLANNED

    def _milestones(
        self, name: str, row: Row, rest: _Rest, status: ActivityStatus
    ) -> Iterator[Milestone]:
        """The first and the final milestone, and the next one if it has a day of its own: else it
        is one of these in other words, or is yet to be said, and stands in the extensions.
        """
        done = status is ActivityStatus.DONE
        days: set[str] = {""}
        for which, label in _MILESTONES.items():
            key = f"{which}_milestone"
            title = row.text(key)
            deadline = next((text for each in DEADLINES[which] if (text := row.text(each))), "")
            if not (title or deadline) or (which == "upcoming" and (done or deadline in days)):
                continue
            days.add(deadline)
            rest.take(key)
            yield Milestone(
                id=f"{name}.{which}",
                title=Translations(en=title or label),
                due=self._due(row, rest, DEADLINES[which], deadline),
                status=MilestoneStatus.DONE if done else MilestoneStatus.PLANNED,
            )

    def _due(self, row: Row, rest: _Rest, keys: Sequence[str], text: str) -> Due | None:
        """When a milestone is due; in words where the file gives no date."""
        if not text:
            return None
        key = next(each for each in keys if row.text(each))
        if timed := _TIMED.fullmatch(text):
            day = timed[1]
        else:
            rest.take(key)
            day = text
        try:
            first_day(day)
            return Due(date=day)
        except (ValueError, ValidationError):
            self.repairs.append(Repair("no-date", row.position, text, "kept in words"))
            return Due(event=text)

    def _updates(self, name: str, row: Row) -> Iterator[Update]:
        note = row.text("updates")
        if note and self.published is not None:
            yield Update(date=self.published, about=name, note=note)


@attrs.frozen(eq=False)
class _Rest:
    """What is said of an action and not carried by a field as it is written."""

    row: Row
    package: dict[str, Any]
    """What its objective says of the work package."""
    taken: set[str] = attrs.field(factory=set[str], init=False)

    def take(self, key: str) -> str:
        """A text for a field: it is not kept beside, unless blanks around it were left out."""
        text = self.row.text(key)
        if text == self.row.values.get(key):
            self.taken.add(key)
        return text

    def extensions(self) -> dict[str, Any]:
        """All that was not taken, and that the objective does not say."""
        return _extensions(
            {
                key: value
                for key, value in self.row.values.items()
                if key not in self.taken
                and not (key in self.package and self.package[key] == value)
            }
        )


def _extensions(values: dict[str, Any]) -> dict[str, Any]:
    """Values by the names of extensions; those with other names together under one."""
    named = {f"{IDENTIFIER}:{key}": value for key, value in values.items()}
    fitting = {key: value for key, value in named.items() if re.match(EXTENSION_KEY, key)}
    others = {key: value for key, value in values.items() if f"{IDENTIFIER}:{key}" not in fitting}
    return {**fitting, **({f"{IDENTIFIER}:{OTHERS}": others} if others else {})}


def _package(name: str, values: dict[str, Any]) -> _Package:
    title = values.get("work_package_name") or f"Work package {values.get('work_package_number')}"
    beside = {key: value for key, value in values.items() if key != "work_package_name"}
    objective = Objective(
        id=name, statement=Translations(en=title), extensions=Extensions(_extensions(beside))
    )
    return _Package(objective, values)


def _leads(row: Row) -> tuple[str, ...]:
    return row.names("action_leads") or row.names("work_package_leads")


def _of_report(row: Row) -> str:
    report = row.text("report")
    return f"{IDENTIFIER}/{slug_of(report)}-" if report else f"{IDENTIFIER}/"


def _package_of(row: Row) -> str:
    """The identifier of the objective that stands for the work package; empty if there is none."""
    number, name = row.text("work_package_number"), row.text("work_package_name")
    if number:
        return f"{_of_report(row)}wp{slug_of(number)}"
    return f"{_of_report(row)}wp-{slug_of(name)}" if name else ""


def _identifier(row: Row) -> str:
    """The identifier of an activity: of a sub-action with its name, or with what stands for it."""
    name = f"{_of_report(row)}a{slug_of(row.text('action_number'))}"
    if not row.values.get("is_subaction"):
        return name
    details = row.text("sub_action_details")
    return f"{name}-{slug_of(details)}" if details else f"{name}-sub-{row.digest(_TOLD_BY)}"


def _in_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts "wp2" before "wp10", with numbers of any length."""
    return tuple(
        (1, len(each.lstrip("0")), each.lstrip("0")) if each.isdigit() else (0, 0, each)
        for each in re.findall(r"[0-9]+|[^0-9]+", text)
    )


def _natural(row: Row, name: str) -> tuple[Any, ...]:
    return (_in_order(row.text("action_number")), _in_order(name))
