"""Implementation road maps: who will do what by when, what it answers, and how progress is
measured.

A/RES/80/173, para. 113 asks Action Line facilitators for them, and para. 122 asks UNGIS for a joint
one. Only identifier, title and owners are mandatory here: rules, by profile, ask for more.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from enum import Enum
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from .concepts import Alignment
from .identifiers import ActorId, AnyId, ConceptId, Identifier
from .record import Date, Iri, PartialDate, Record, Refers, Text
from .text import Label, Source
from .when import Due, Period, Recurrence

__all__ = [
    "Activity",
    "ActivityStatus",
    "Direction",
    "Evidence",
    "Indicator",
    "Milestone",
    "MilestoneStatus",
    "Objective",
    "Observation",
    "Resource",
    "Roadmap",
    "RoadmapKind",
    "RoadmapStatus",
    "Target",
    "Update",
]

_WIDE = Context(prec=60)
_IDLE = re.compile(r"\s*[+-]?(\d)_?\d")
_NO_NUMBER: Final = "decimal_parsing"


def _without_idle_noughts(value: object) -> object:
    """A text that begins as `0125` does is refused: it may be 125, or 0.125 that lost its point."""
    if isinstance(value, str) and (found := _IDLE.match(value)) and int(found[1]) == 0:
        raise PydanticCustomError(_NO_NUMBER, "Input should be a number without a nought in front")
    return value


def _plain(value: Decimal) -> Decimal:
    """Equal amounts are written alike: `1.0` as `1`, `-0` as `0`."""
    return Decimal(format(_WIDE.add(value, Decimal(0)).normalize(_WIDE), "f"))


Amount = Annotated[
    Decimal,
    Field(max_digits=30, decimal_places=12, allow_inf_nan=False),
    BeforeValidator(_without_idle_noughts),
    AfterValidator(_plain),
]
MandatedById = Annotated[Identifier, Refers(("provision", "mandate"))]
ObjectiveId = Annotated[Identifier, Refers(("objective",))]
MeasuredId = Annotated[Identifier, Refers(("objective", "activity"))]
ActivityId = Annotated[Identifier, Refers(("activity", "milestone"))]
ScopeId = Annotated[Identifier, Refers(("concept", "document", "provision", "section"))]


class RoadmapKind(str, Enum):
    """Whose road map it is."""

    ACTION_LINE = "action-line"
    """Of an Action Line's facilitators (A/RES/80/173, para. 113)."""
    JOINT = "joint"
    """Of UNGIS (A/RES/80/173, para. 122)."""
    NATIONAL = "national"
    ORGANISATIONAL = "organisational"


class RoadmapStatus(str, Enum):
    """How far the road map itself has come."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class ActivityStatus(str, Enum):
    """How far an activity has come."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class MilestoneStatus(str, Enum):
    """How far a milestone has come. Whether it is late is worked out, not stated."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    AT_RISK = "at-risk"
    DONE = "done"
    CANCELLED = "cancelled"


class Direction(str, Enum):
    """Which way an indicator should go."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"


class Evidence(Record):
    """What shows that something was done or measured."""

    title: Text
    """What it is, e.g. `"Measuring digital development: Facts and Figures 2025"`."""
    url: Iri | None = None
    """Where it can be seen, e.g. `"https://www.itu.int/itu-d/reports/statistics/"`."""
    date: Date | None = None
    """Its date, e.g. `2025-11-17`."""
    note: Text | None = None
    """What in it shows the thing, e.g. `"table 2"`."""


class Observation(Record):
    """A value of an indicator at a time."""

    value: Amount
    """The value in the indicator's unit, e.g. `74`."""
    when: PartialDate
    """The day, month or year it is for, e.g. `"2025"`."""
    source: Source | None = None
    """Who measured it."""
    note: Text | None = None
    """What should be known about it, e.g. `"estimate"`."""


class Target(Record):
    """The value that an indicator should reach by a time."""

    value: Amount
    """The value in the indicator's unit, e.g. `90`."""
    by: PartialDate
    """By when, e.g. `"2030"`."""
    note: Text | None = None
    """What should be known about it, e.g. `"potential target, para. 113"`."""


class Indicator(Record):
    """Something that is measured to see whether the road map is on course."""

    id: Identifier
    """Its name here, e.g. `"c2-roadmap/i1"`."""
    name: Label
    """What is measured, e.g. `{"en": "Individuals using the Internet"}`."""
    unit: Text | None = None
    """The unit of every value, e.g. `"percent of population"`."""
    direction: Direction | None = None
    """Which way it should go, e.g. `"increase"`."""
    definition: Text | None = None
    """What exactly is counted."""
    method: Text | None = None
    """How it is measured, e.g. `"household surveys, ITU estimates"`."""
    frequency: Recurrence | None = None
    """How often it is measured, e.g. `"annual"`."""
    disaggregation: tuple[Text, ...] = ()
    """By what it is broken down, e.g. `["sex", "urban/rural"]`."""
    measures: tuple[MeasuredId, ...] = ()
    """The objectives or activities whose progress it shows, e.g. `["c2-roadmap/o1"]`."""
    baseline: Observation | None = None
    """The value to start from."""
    targets: tuple[Target, ...] = ()
    """The values to reach, by date."""
    observations: tuple[Observation, ...] = ()
    """The values measured since."""
    sdg_indicator: ConceptId | None = None
    """The global SDG indicator it is, if it is one, e.g. `"sdg/17.8.1"`."""
    source: Source | None = None
    """Where its definition comes from."""


class Resource(Record):
    """Money, people or things that an activity takes."""

    kind: Text
    """What sort, e.g. `"funding"`, `"staff"`."""
    amount: Amount | None = None
    """How much, in `currency` for money, e.g. `250000`."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    """ISO 4217 code, e.g. `"CHF"`."""
    period: Period | None = None
    """For which time."""
    funder: ActorId | None = None
    """Who gives it, e.g. `"itu"`."""
    status: Text | None = None
    """How sure it is, e.g. `"pledged"`."""
    within_existing: bool | None = None
    """Whether it comes out of existing resources (80/173 often says so), e.g. `true`."""
    note: Text | None = None
    """What should be known about it."""


class Milestone(Record):
    """A point on the way that can be reached or missed."""

    id: Identifier
    """Its name here, e.g. `"c2-roadmap/a1.m1"`."""
    title: Label
    """What will be there, e.g. `{"en": "Draft sent to UNGIS"}`."""
    due: Due | None = None
    """By when."""
    deliverable: ConceptId | None = None
    """What kind of thing is to come of it, e.g. `"deliverables/report"`."""
    status: MilestoneStatus = MilestoneStatus.PLANNED
    """How far it has come, e.g. `"done"`."""
    depends_on: tuple[ActivityId, ...] = ()
    """What must be done before, e.g. `["c2-roadmap/a1.m0"]`."""
    evidence: tuple[Evidence, ...] = ()
    """What shows that it was reached."""


class Objective(Record):
    """An expected result of the road map."""

    id: Identifier
    """Its name here, e.g. `"c2-roadmap/o1"`."""
    statement: Label
    """The result, e.g. `{"en": "Every school is connected"}`."""
    alignments: tuple[Alignment, ...] = ()
    """The Action Lines, SDG targets and Compact commitments it serves."""


class Activity(Record):
    """Something that will be done, by whom, in answer to what."""

    id: Identifier
    """Its name here, e.g. `"c2-roadmap/a1"`."""
    title: Label
    """What is done, e.g. `{"en": "Map the unconnected schools"}`."""
    description: Text | None = None
    """More about it."""
    objective: ObjectiveId | None = None
    """The objective it serves, e.g. `"c2-roadmap/o1"`."""
    answers: tuple[MandatedById, ...] = ()
    """The provisions or mandates it answers, e.g. `["80-173/37.1"]`."""
    alignments: tuple[Alignment, ...] = ()
    """The Action Lines, SDG targets and Compact commitments it serves."""
    lead: ActorId | None = None
    """Who leads, e.g. `"itu"`."""
    lead_reason: Text | None = None
    """Why that lead, where the mandate addresses others."""
    partners: tuple[ActorId, ...] = ()
    """Who takes part, e.g. `["unicef"]`."""
    period: Period | None = None
    """From when to when."""
    milestones: tuple[Milestone, ...] = ()
    """Points on the way."""
    depends_on: tuple[ActivityId, ...] = ()
    """What must be done before, e.g. `["c2-roadmap/a0"]`."""
    resources: tuple[Resource, ...] = ()
    """What it takes."""
    status: ActivityStatus = ActivityStatus.PLANNED
    """How far it has come, e.g. `"under-way"`."""


class Update(Record):
    """What someone reports about the road map or a part of it."""

    id: Identifier | None = None
    """Its name here, e.g. `"c2-roadmap/u1"`, for what names it."""
    date: Date
    """When, e.g. `2026-11-24`."""
    about: AnyId
    """What it is about, e.g. `"c2-roadmap/a1"`."""
    by: ActorId | None = None
    """Who reports, e.g. `"itu"`."""
    status: Text | None = None
    """In a word, e.g. `"on course"`."""
    note: Text | None = None
    """What happened."""
    evidence: tuple[Evidence, ...] = ()
    """What shows it."""


class Roadmap(Record):
    """An implementation road map: objectives, activities with milestones, indicators with targets,
    and progress.
    """

    id: Identifier
    """Its name here, e.g. `"c2-roadmap"`."""
    title: Label
    """What it is called, e.g. `{"en": "Road map for Action Line C2"}`."""
    owners: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    """Who answers for it, e.g. `["itu"]`."""
    kind: RoadmapKind | None = None
    """Whose it is, e.g. `"action-line"`."""
    description: Text | None = None
    """What it is for, in a paragraph."""
    mandated_by: tuple[MandatedById, ...] = ()
    """What asks for it, e.g. `["80-173/113.1"]`."""
    scope: tuple[ScopeId, ...] = ()
    """What it covers, e.g. `["action-lines/c2"]`."""
    period: Period | None = None
    """From when to when."""
    status: RoadmapStatus = RoadmapStatus.DRAFT
    """How far the road map itself has come, e.g. `"published"`."""
    version: Text | None = None
    """Which version, e.g. `"0.2"`; a name, never a number."""
    reports_to: tuple[ActorId, ...] = ()
    """To whom it is reported, e.g. `["cstd"]`."""
    objectives: tuple[Objective, ...] = ()
    """Expected results."""
    activities: tuple[Activity, ...] = ()
    """What will be done."""
    indicators: tuple[Indicator, ...] = ()
    """What is measured."""
    updates: tuple[Update, ...] = ()
    """What was reported since, oldest first."""
    source: Source | None = None
    """Where the record comes from."""
