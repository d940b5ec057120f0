"""Implementation road maps: who will do what by when, what it answers, and how progress is
measured.

A/RES/80/173, para. 113 asks Action Line facilitators for them, and para. 122 asks UNGIS for a joint
one. Only identifier, title and owners are mandatory here: rules, by profile, ask for more.
CONTRIBUTING.md says what a new field takes: a line here and a test.
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

_EXACT = Context(prec=60)  # more digits than an amount may have
_TWO_DIGITS = re.compile(r"\s*[+-]?(\d)_?\d")
#: Pydantic's own error for a text that is no number, so that it is reported as one.
_DECIMAL_ERROR: Final = "decimal_parsing"


def _reject_leading_zeros(value: object) -> object:
    """Refuse a text such as `0125`: it may be 125, or 0.125 without its point."""
    if isinstance(value, str) and (found := _TWO_DIGITS.match(value)) and int(found[1]) == 0:
        raise PydanticCustomError(_DECIMAL_ERROR, "Input should be a number without a leading zero")
    return value


def _canonical(value: Decimal) -> Decimal:
    """Equal amounts are written alike: `1.0` as `1`, `-0` as `0`."""
    return Decimal(format(_EXACT.add(value, Decimal(0)).normalize(_EXACT), "f"))


Amount = Annotated[
    Decimal,
    Field(max_digits=30, decimal_places=12, allow_inf_nan=False),
    BeforeValidator(_reject_leading_zeros),
    AfterValidator(_canonical),
]
ProvisionOrMandateId = Annotated[Identifier, Refers(("provision", "mandate"))]
ObjectiveId = Annotated[Identifier, Refers(("objective",))]
ObjectiveOrActivityId = Annotated[Identifier, Refers(("objective", "activity"))]
ActivityOrMilestoneId = Annotated[Identifier, Refers(("activity", "milestone"))]
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
    """A source that shows that something was done or measured."""

    title: Text = Field(examples=["Measuring digital development: Facts and Figures 2025"])
    """The title of the source."""
    url: Iri | None = Field(
        default=None, examples=["https://www.itu.int/itu-d/reports/statistics/"]
    )
    """The address at which it can be read."""
    date: Date | None = Field(default=None, examples=["2025-11-17"])
    """The date of the source."""
    note: Text | None = Field(default=None, examples=["table 2"])
    """Where in it to look."""


class Observation(Record):
    """A value of an indicator at a time."""

    value: Amount = Field(examples=[74])
    """The value in the indicator's unit."""
    when: PartialDate = Field(examples=["2025"])
    """The day, month or year it is for."""
    source: Source | None = None
    """Who measured it."""
    note: Text | None = Field(default=None, examples=["estimate"])
    """Any remark on it."""


class Target(Record):
    """The value that an indicator should reach by a time."""

    value: Amount = Field(examples=[90])
    """The value in the indicator's unit."""
    by: PartialDate = Field(examples=["2030"])
    """The day, month or year by which it should be reached."""
    note: Text | None = Field(default=None, examples=["potential target, para. 113"])
    """Any remark on it."""


class Indicator(Record):
    """Something that is measured to see whether the road map is on course."""

    id: Identifier = Field(examples=["c2-roadmap/i1"])
    """Its identifier."""
    name: Label = Field(examples=[{"en": "Individuals using the Internet"}])
    """What is measured."""
    unit: Text | None = Field(default=None, examples=["percent of population"])
    """The unit of every value."""
    direction: Direction | None = Field(default=None, examples=["increase"])
    """Which way it should go."""
    definition: Text | None = None
    """What exactly is counted."""
    method: Text | None = Field(default=None, examples=["household surveys, ITU estimates"])
    """How it is measured."""
    frequency: Recurrence | None = Field(default=None, examples=["annual"])
    """How often it is measured."""
    disaggregation: tuple[Text, ...] = Field(default=(), examples=[["sex", "urban/rural"]])
    """The categories by which it is broken down."""
    measures: tuple[ObjectiveOrActivityId, ...] = Field(default=(), examples=[["c2-roadmap/o1"]])
    """The objectives or activities whose progress it shows."""
    baseline: Observation | None = None
    """The value to start from."""
    targets: tuple[Target, ...] = ()
    """The values to reach, by date."""
    observations: tuple[Observation, ...] = ()
    """The values measured since."""
    sdg_indicator: ConceptId | None = Field(default=None, examples=["sdg/17.8.1"])
    """The global SDG indicator it is, if it is one."""
    source: Source | None = None
    """Where its definition comes from."""


class Resource(Record):
    """Money, people or things that an activity needs."""

    kind: Text = Field(examples=["funding", "staff"])
    """The kind of resource."""
    amount: Amount | None = Field(default=None, examples=[250000])
    """How much, in `currency` for money."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = Field(
        default=None, examples=["CHF"]
    )
    """ISO 4217 code."""
    period: Period | None = None
    """The period that it is for."""
    funder: ActorId | None = Field(default=None, examples=["itu"])
    """Who provides it."""
    status: Text | None = Field(default=None, examples=["pledged"])
    """How certain it is that it comes."""
    within_existing: bool | None = Field(default=None, examples=[True])
    """Whether it comes out of existing resources (80/173 often says so)."""
    note: Text | None = None
    """Any remark on it."""


class Milestone(Record):
    """A step of an activity that can be reached or missed."""

    id: Identifier = Field(examples=["c2-roadmap/a1.m1"])
    """Its identifier."""
    title: Label = Field(examples=[{"en": "Draft sent to UNGIS"}])
    """What will be reached."""
    due: Due | None = None
    """The time by which it is due."""
    deliverable: ConceptId | None = Field(default=None, examples=["deliverables/report"])
    """The kind of deliverable."""
    status: MilestoneStatus = Field(default=MilestoneStatus.PLANNED, examples=["done"])
    """How far it has come."""
    reached: Date | None = Field(default=None, examples=["2026-10-05"])
    """The day on which it was reached."""
    depends_on: tuple[ActivityOrMilestoneId, ...] = Field(
        default=(), examples=[["c2-roadmap/a1.m0"]]
    )
    """What must be done before."""
    evidence: tuple[Evidence, ...] = ()
    """The sources that show that it was reached."""

    @property
    def effective_status(self) -> MilestoneStatus:
        """Its status; `done` where it says on which day it was reached, unless it is cancelled.

        Examples:
            >>> Milestone(
            ...     id="plan/a1.m1", title="Sent", reached="2026-10-05"
            ... ).effective_status.value
            'done'
        """
        cancelled = self.status is MilestoneStatus.CANCELLED
        return self.status if self.reached is None or cancelled else MilestoneStatus.DONE


class Objective(Record):
    """An expected result of the road map."""

    id: Identifier = Field(examples=["c2-roadmap/o1"])
    """Its identifier."""
    statement: Label = Field(examples=[{"en": "Every school is connected"}])
    """The result."""
    alignments: tuple[Alignment, ...] = ()
    """The Action Lines, SDG targets and Compact commitments it serves."""


class Activity(Record):
    """Work that will be done: by whom, and in answer to what."""

    id: Identifier = Field(examples=["c2-roadmap/a1"])
    """Its identifier."""
    title: Label = Field(examples=[{"en": "Map the unconnected schools"}])
    """What is done."""
    description: Text | None = None
    """More about it."""
    objective: ObjectiveId | None = Field(default=None, examples=["c2-roadmap/o1"])
    """The objective it serves."""
    answers: tuple[ProvisionOrMandateId, ...] = Field(default=(), examples=[["80-173/37.1"]])
    """The provisions or mandates it answers."""
    alignments: tuple[Alignment, ...] = ()
    """The Action Lines, SDG targets and Compact commitments it serves."""
    lead: ActorId | None = Field(default=None, examples=["itu"])
    """The group or entity that leads."""
    co_leads: tuple[ActorId, ...] = Field(default=(), examples=[["unesco"]])
    """The groups and entities that lead with it."""
    lead_reason: Text | None = None
    """Why that lead, where the mandate addresses others."""
    partners: tuple[ActorId, ...] = Field(default=(), examples=[["unicef"]])
    """The groups and entities that take part."""
    beneficiaries: tuple[ActorId, ...] = Field(default=(), examples=[["groups/youth"]])
    """The groups and entities for whom it is done."""
    period: Period | None = None
    """From when to when, as planned."""
    started: Date | None = Field(default=None, examples=["2026-03-02"])
    """The day on which it began."""
    finished: Date | None = Field(default=None, examples=["2027-06-30"])
    """The day on which it was finished."""
    milestones: tuple[Milestone, ...] = ()
    """Its milestones."""
    depends_on: tuple[ActivityOrMilestoneId, ...] = Field(default=(), examples=[["c2-roadmap/a0"]])
    """What must be done before."""
    resources: tuple[Resource, ...] = ()
    """The resources that it needs."""
    status: ActivityStatus = Field(default=ActivityStatus.PLANNED, examples=["under-way"])
    """How far it has come."""

    @property
    def leads(self) -> tuple[str, ...]:
        """All who lead, each once: `lead`, then `co_leads`.

        Examples:
            >>> Activity(id="plan/a1", title="Map", lead="itu", co_leads=("unesco",)).leads
            ('itu', 'unesco')
        """
        return tuple(dict.fromkeys(filter(None, (self.lead, *self.co_leads))))


class Update(Record):
    """What someone reports about the road map or a part of it."""

    id: Identifier | None = Field(default=None, examples=["c2-roadmap/u1"])
    """Its identifier; may be left out."""
    date: Date = Field(examples=["2026-11-24"])
    """The day of the report."""
    about: AnyId = Field(examples=["c2-roadmap/a1"])
    """What it is about."""
    by: ActorId | None = Field(default=None, examples=["itu"])
    """Who reports."""
    status: Text | None = Field(default=None, examples=["on course"])
    """The state of the work, in a word or two."""
    note: Text | None = None
    """What happened."""
    evidence: tuple[Evidence, ...] = ()
    """The sources that show it."""


class Roadmap(Record):
    """An implementation road map: objectives, activities with milestones, indicators with targets,
    and progress.
    """

    id: Identifier = Field(examples=["c2-roadmap"])
    """Its identifier."""
    title: Label = Field(examples=[{"en": "Road map for Action Line C2"}])
    """What it is called."""
    owners: Annotated[tuple[ActorId, ...], Field(min_length=1)] = Field(examples=[["itu"]])
    """Who is responsible for it."""
    kind: RoadmapKind | None = Field(default=None, examples=["action-line"])
    """Whose road map it is."""
    description: Text | None = None
    """What it is for, in a paragraph."""
    mandated_by: tuple[ProvisionOrMandateId, ...] = Field(default=(), examples=[["80-173/113.1"]])
    """The provisions or mandates that ask for it."""
    scope: tuple[ScopeId, ...] = Field(default=(), examples=[["action-lines/c2"]])
    """The Action Lines and other concepts, documents or paragraphs that it covers."""
    period: Period | None = None
    """From when to when."""
    status: RoadmapStatus = Field(default=RoadmapStatus.DRAFT, examples=["published"])
    """The state of the road map itself."""
    version: Text | None = Field(default=None, examples=["0.2"])
    """The version, which is read as text."""
    issued: Date | None = Field(default=None, examples=["2026-11-24"])
    """The day of this edition."""
    reports_to: tuple[ActorId, ...] = Field(default=(), examples=[["cstd"]])
    """The bodies that it is reported to."""
    objectives: tuple[Objective, ...] = ()
    """The expected results."""
    activities: tuple[Activity, ...] = ()
    """The activities, each with its milestones and resources."""
    indicators: tuple[Indicator, ...] = ()
    """The indicators by which progress is measured."""
    updates: tuple[Update, ...] = ()
    """What was reported since, oldest first."""
    source: Source | None = None
    """Where the record comes from."""
