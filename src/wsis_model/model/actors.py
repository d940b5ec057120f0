"""Who acts: stakeholder groups as the outcome names them, entities, and the roles that entities
hold.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field

from .identifiers import AnyId, Identifier, ProvisionId
from .record import Iri, PartialDate, Record, Refers, Text
from .text import Label, Source

__all__ = ["Entity", "Role", "RoleKind", "StakeholderGroup"]

GroupId = Annotated[Identifier, Refers(("group",))]
EntityId = Annotated[Identifier, Refers(("entity",))]


class RoleKind(str, Enum):
    """What an entity is to an Action Line, a mechanism or a body."""

    FACILITATOR = "facilitator"
    """Leads the facilitation of an Action Line."""
    CO_FACILITATOR = "co-facilitator"
    PARTNER = "partner"
    MEMBER = "member"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    ADVISER = "adviser"


class Role(Record):
    """A role that an entity holds, from when to when. Facilitators are not a fixed list: each claim
    has its source.
    """

    role: RoleKind = Field(examples=["facilitator"])
    """Which role."""
    of: AnyId = Field(examples=["action-lines/c2", "ungis"])
    """In what."""
    since: PartialDate | None = Field(default=None, examples=["2008-05"])
    """From when."""
    until: PartialDate | None = None
    """Until when; absent while it lasts."""
    source: Source | None = None
    """Who says so, and how well it is known."""


class StakeholderGroup(Record):
    """A group of stakeholders as a document names it.

    Three readings exist: five groups (80/173, paras. 3 and 91), six (105), and youth added (3,
    119). All are allowed.
    """

    id: Identifier = Field(examples=["groups/technical-community"])
    """Its name here."""
    label: Label = Field(examples=[{"en": "Technical community"}])
    """What it is called."""
    parent: GroupId | None = Field(
        default=None, examples=["groups/technical-and-academic-communities"]
    )
    """The wider group."""
    definition: Text | None = None
    """Who belongs to it, in our own words."""
    roles: tuple[RoleKind, ...] = Field(default=(), examples=[["facilitator", "co-facilitator"]])
    """The roles that make up the group, if any do."""
    rest_of: GroupId | None = Field(default=None, examples=["groups/all-stakeholders"])
    """Where a group is whoever of a wider group is not named beside it, that group."""
    aliases: tuple[Text, ...] = Field(default=(), examples=[["Member States"]])
    """Other ways in which it is named."""
    named_in: tuple[ProvisionId, ...] = Field(default=(), examples=[["80-173/3"]])
    """Where the outcome and the Compact name it."""
    source: Source | None = None
    """Which document names it."""


class Entity(Record):
    """An organisation, body, mechanism or forum that can be asked to do something."""

    id: Identifier = Field(examples=["itu", "ripe-ncc"])
    """Its name here."""
    name: Label = Field(examples=[{"en": "International Telecommunication Union"}])
    """Its full name."""
    acronym: Text | None = Field(default=None, examples=["ITU"])
    """The acronym as it writes it."""
    kind: Text | None = Field(default=None, examples=["specialized-agency"])
    """What sort of entity."""
    groups: tuple[GroupId, ...] = Field(default=(), examples=[["groups/technical-community"]])
    """The stakeholder groups it belongs to."""
    parent: EntityId | None = Field(default=None, examples=["un-secretariat"])
    """What it is part of or reports to; a line that carries no duty."""
    until: PartialDate | None = Field(default=None, examples=["2024-12"])
    """When it ended; absent while it lasts. Then only its name reaches it."""
    succeeded_by: EntityId | None = Field(default=None, examples=["odet"])
    """What took over from it."""
    url: Iri | None = Field(default=None, examples=["https://www.itu.int"])
    """Its site."""
    aliases: tuple[Text, ...] = Field(default=(), examples=[["RIPE Network Coordination Centre"]])
    """Other names."""
    roles: tuple[Role, ...] = ()
    """What it does for Action Lines, mechanisms and bodies."""
    source: Source | None = None
    """Where the record comes from."""
