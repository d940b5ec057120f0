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
    """The role of an entity in an Action Line, a mechanism or a body."""

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
    """The role."""
    of: AnyId = Field(examples=["action-lines/c2", "ungis"])
    """The Action Line, mechanism or body."""
    since: PartialDate | None = Field(default=None, examples=["2008-05"])
    """When it began."""
    until: PartialDate | None = Field(default=None, examples=["2024-12"])
    """When it ended; absent while it lasts."""
    source: Source | None = None
    """The source of the claim, and how well it is known."""


class StakeholderGroup(Record):
    """A group of stakeholders as a document names it.

    Three readings exist: five groups (80/173, paras. 3 and 91), six (105), and youth added (3,
    119). All are allowed.
    """

    id: Identifier = Field(examples=["groups/technical-community"])
    """Its identifier."""
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
    """For a group such as "other stakeholders", the wider group of which it is the rest."""
    aliases: tuple[Text, ...] = Field(default=(), examples=[["Member States"]])
    """Other ways in which it is named."""
    named_in: tuple[ProvisionId, ...] = Field(default=(), examples=[["80-173/3"]])
    """Where the outcome and the Compact name it."""
    source: Source | None = None
    """Which document names it."""


class Entity(Record):
    """An organisation, body, mechanism or forum that can be asked to do something."""

    id: Identifier = Field(examples=["itu", "ripe-ncc"])
    """Its identifier."""
    name: Label = Field(examples=[{"en": "International Telecommunication Union"}])
    """Its full name."""
    acronym: Text | None = Field(default=None, examples=["ITU"])
    """The acronym as it writes it."""
    kind: Text | None = Field(default=None, examples=["specialized-agency"])
    """The kind of entity."""
    groups: tuple[GroupId, ...] = Field(default=(), examples=[["groups/technical-community"]])
    """The stakeholder groups it belongs to."""
    parent: EntityId | None = Field(default=None, examples=["un-secretariat"])
    """The entity that it is part of or reports to; this alone gives it no duty."""
    until: PartialDate | None = Field(default=None, examples=["2024-12"])
    """When it ended; absent while it exists. After that it is addressed only by its own name."""
    succeeded_by: EntityId | None = Field(default=None, examples=["odet"])
    """The entity that took over from it."""
    url: Iri | None = Field(default=None, examples=["https://www.itu.int"])
    """Its website."""
    aliases: tuple[Text, ...] = Field(default=(), examples=[["RIPE Network Coordination Centre"]])
    """Other names."""
    roles: tuple[Role, ...] = ()
    """Its roles in Action Lines, mechanisms and bodies."""
    source: Source | None = None
    """Where the record comes from."""
